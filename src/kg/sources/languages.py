"""Which language a text is in, by the script of its letters and by its function words.

Function words (articles, prepositions, pronouns, auxiliaries) are two fifths of running text and hardly shared between
languages, which makes counting them enough from a sentence on (Grefenstette 1995, "Comparing two language identification
schemes"). A word that n languages have counts 1/n for each.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import Final

SUPPORTED: Final = ("en", "fr")
"""The languages that kg analyses."""

_WORDS: Final = Path(__file__).with_name("function-words.tsv")
_WORD: Final = re.compile(r"[^\W\d_]+['’]?")
_SAMPLE: Final = 20_000
"""Code points: what comes later does not change the answer."""

_LEAST: Final = 1.5
"""Function words, weighted, that a text must have at least."""
_SHARE: Final = 0.12
"""Of the words of a text that must be function words of its language at least."""
_LEAD: Final = 1.4
"""By what factor the language must be ahead of the next."""

_SCRIPTS: Final = (
    ("ja", "\u3040-\u30ff"),
    ("zh", "\u3400-\u4dbf\u4e00-\u9fff"),
    ("ko", "\u1100-\u11ff\uac00-\ud7af"),
    ("uk", "ґєіїҐЄІЇ"),
    ("ru", "\u0400-\u04ff"),
    ("fa", "پچژگ"),
    ("ar", "\u0600-\u06ff"),
    ("el", "\u0370-\u03ff"),
    ("he", "\u0590-\u05ff"),
    ("hy", "\u0530-\u058f"),
    ("ka", "\u10a0-\u10ff"),
    ("hi", "\u0900-\u097f"),
    ("am", "\u1200-\u137f"),
)
"""Letters that tell a language, or stand for the largest one of a script; the telling ones first."""


def identify(text: str) -> str | None:
    """Return the two-letter code of the language of a text; `None` where it is uncertain."""
    words = [word.replace("’", "'") for word in _WORD.findall(text[:_SAMPLE].casefold())]
    scores: Counter[str] = Counter()
    known = _languages_by_word()
    for word in words:
        for language in (found := known.get(word) or known.get(word.rstrip("'"), ())):
            scores[language] += 1 / len(found)
    if not scores:
        return None
    ranked=sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    (best, score) = ranked[0]
    second = ranked[1][1] if len(ranked)>1 else 0
    if score < _LEAST or score < _SHARE * len(words) or score < _LEAD * second:
        return None
    return best


@lru_cache(maxsize=1)
def _languages_by_word() -> dict[str, tuple[str, ...]]:
    languages: dict[str, list[str]] = {}
    for line in _WORDS.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            language, words = line.split("\t")
            for word in dict.fromkeys(words.split()):
                languages.setdefault(word, []).append(language)
    return {word: tuple(found) for word, found in languages.items()}
