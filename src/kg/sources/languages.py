"""Which language a text is in, by the script of its letters and by its function words.

Function words (articles, prepositions, pronouns, auxiliaries) are two fifths of running text and hardly shared between
languages: from a few sentences on, counting them is enough (Grefenstette 1995, "Comparing two language identification
schemes"). A word that n languages have counts 1/n for each. Dictionaries of all word forms do no better on news and take
seconds to load.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Final

SUPPORTED: Final = ("en", "fr")
"""The languages that kg analyses."""

_WORDS: Final = Path(__file__).with_name("function-words.tsv")
_WORD: Final = re.compile(r"[^\W\d_]+'?")
_LETTER: Final = re.compile(r"[^\W\d_]")
_SAMPLE: Final = 20_000
"""Code points: what comes later does not change the answer."""
_LEAST: Final = 1.5
"""Function words, weighted, that a text must have at least."""
_SHARE: Final = 0.12
"""Of a text's words, those that must be function words of its language at least."""
_LEAD: Final = 2
"""By what factor the language must be ahead of the next."""

_SCRIPTS: Final = (
    ("\u0400-\u04ff", "ru", (("ґєіїҐЄІЇ", "uk"),)),
    ("\u0600-\u06ff", "ar", (("پچژگ", "fa"),)),
    ("\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff", "zh", (("\u3040-\u30ff", "ja"),)),
    ("\uac00-\ud7af", "ko", ()),
    ("\u0370-\u03ff", "el", ()),
    ("\u0590-\u05ff", "he", ()),
    ("\u0530-\u058f", "hy", ()),
    ("\u10a0-\u10ff", "ka", ()),
    ("\u0900-\u097f", "hi", ()),
    ("\u1200-\u137f", "am", ()),
)
"""Letters, the language with most readers among those written in them, and letters that tell another one."""


def identify(text: str) -> str | None:
    """Return the two-letter code of the language of a text; `None` where that is uncertain."""
    sample = unicodedata.normalize("NFC", text[:_SAMPLE]).replace("’", "'")
    return _by_script(sample) or _by_words(_WORD.findall(sample.casefold()))


def function_words(language: str) -> frozenset[str]:
    """The function words of a language in lower case, those that are elided with a straight apostrophe."""
    return frozenset(word for word, languages in _languages_by_word().items() if language in languages)


def _by_script(sample: str) -> str | None:
    letters = len(_LETTER.findall(sample))
    for script, language, others in _SCRIPTS:
        if 2 * len(re.findall(f"[{script}]", sample)) > letters:
            return next((other for telling, other in others if re.search(f"[{telling}]", sample)), language)
    return None


def _by_words(words: list[str]) -> str | None:
    known = _languages_by_word()
    scores: dict[str, float] = {}
    for word in words:
        found = known.get(word) or known.get(word.removesuffix("'"), ())
        for language in found:
            scores[language] = scores.get(language, 0) + 1 / len(found)
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    best, score = ranked[0] if ranked else ("", 0)
    second = ranked[1][1] if len(ranked) > 1 else 0
    is_certain = score >= max(_LEAST, _SHARE * len(words), _LEAD * second)
    return best if is_certain else None


@lru_cache(maxsize=1)
def _languages_by_word() -> dict[str, tuple[str, ...]]:
    languages: dict[str, list[str]] = {}
    for line in _WORDS.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            language, words = line.split("\t")
            for word in dict.fromkeys(words.split()):
                languages.setdefault(word, []).append(language)
    return {word: tuple(found) for word, found in languages.items()}
