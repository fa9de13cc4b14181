"""The words of a text as names are matched: the parts of its tokens, under keys that forget spelling.

A token that hyphens join counts as several atoms, so that ``Nagorny-Karabakh`` and ``Nagorny Karabakh`` are one name, and
the ``Hamas`` of ``Hamas-run`` and the ``Baku`` of ``Baku-Stepanakert`` are found. A key is in lower case, without accents,
without dots and inner apostrophes; an elided word keeps its apostrophe (``l'``, ``d'``), a mark is its own key.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from typing import Final

from kg.analysis import Analysis

LOWER, INITIAL, CAPITALS, OTHER = 0, 1, 2, 3
"""How an atom is written: in lower case, with an initial capital, in capitals (two letters or more), not in letters."""

_APOSTROPHES: Final = "’‘ʼʹ´`＇‛'"
_HYPHENS: Final = "‐‑-"
_JOINED: Final = re.compile(rf"[{_HYPHENS}]")
_PLAIN: Final = str.maketrans(dict.fromkeys(_APOSTROPHES, "'"))
_DROPPED: Final = str.maketrans("", "", f"{_APOSTROPHES}.\u00ad\u200b\u200c\u200d\u2060\ufeff")
_FOLDED: Final = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ß": "ss"})
_LABEL_WORD: Final = re.compile(rf"[^\W_][\w.{_APOSTROPHES}]*|[^\w\s{_HYPHENS}]")
_ELISION: Final = re.compile(rf"(?i:[ldsnmcjt]|qu|jusqu|lorsqu|puisqu)[{_APOSTROPHES}](?=\w)")


@lru_cache(maxsize=65536)
def atom_key(word: str) -> str:
    """Return the key of a word without hyphens: ``Égypte`` is ``egypte``, ``U.S.`` is ``us``, ``l’`` is ``l'``."""
    if word.isalpha() and word.isascii():
        return word.lower()
    plain = "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))
    plain = plain.translate(_PLAIN).translate(_FOLDED)
    bare = plain.translate(_DROPPED)
    if not bare:
        return plain.strip() or word
    if plain[-1] == "'" and len(bare) <= 6:
        return bare + "'"
    return f"'{bare}" if plain[0] == "'" else bare


@lru_cache(maxsize=65536)
def _case(word: str) -> int:
    letters = [c for c in word if c.isalpha()]
    if not letters or not word[0].isalpha():
        return OTHER
    if not letters[0].isupper():
        return LOWER
    return CAPITALS if len(letters) > 1 and all(c.isupper() for c in letters) else INITIAL


@dataclass(slots=True)
class Atoms:
    """The atoms of one text, as columns.

    Attributes:
        analysis: where they come from.
        keys: under which they are matched.
        starts: first offsets.
        ends: offsets after the last character.
        cases: `LOWER`, `INITIAL`, `CAPITALS` or `OTHER`.
        tokens: the index of the token that each is part of.
        first_of: for each token the index of its first atom, and one more for the end.
        opens: whether a sentence begins with the atom.
    """

    analysis: Analysis
    keys: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    cases: list[int] = field(default_factory=list)
    tokens: list[int] = field(default_factory=list)
    first_of: list[int] = field(default_factory=list)
    opens: list[bool] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.keys)

    def text(self, first: int, last: int) -> str:
        """Return the words from atom `first` to `last`, end excluded."""
        return self.analysis.text[self.starts[first] : self.ends[last - 1]]

    def key(self, index: int) -> str:
        """Return the key at `index`, or an empty one outside of the text."""
        return self.keys[index] if 0 <= index < len(self.keys) else ""


def read_atoms(analysis: Analysis) -> Atoms:
    """Cut the tokens of an analysis into atoms."""
    cut = [_parts(token.text) for token in analysis.tokens]
    rows = [
        (index, token.start, part)
        for index, (token, parts) in enumerate(zip(analysis.tokens, cut, strict=True))
        for part in parts
    ]
    first_of = list(accumulate(map(len, cut), initial=0))
    opens = [False] * len(rows)
    for sentence in analysis.sentences:
        if sentence.first < len(cut):
            opens[first_of[sentence.first]] = True
    return Atoms(
        analysis,
        keys=[part[2] for _, _, part in rows],
        starts=[start + part[0] for _, start, part in rows],
        ends=[start + part[1] for _, start, part in rows],
        cases=[part[3] for _, _, part in rows],
        tokens=[index for index, _, _ in rows],
        first_of=first_of,
        opens=opens,
    )


@lru_cache(maxsize=65536)
def _parts(text: str) -> tuple[tuple[int, int, str, int], ...]:
    """The parts of a token between hyphens: their offsets in it, key and case; a clitic keeps to one: ``-t-il`` is ``il``."""
    found: list[tuple[int, str]] = []
    start = 0
    for hyphen in _JOINED.finditer(text):
        if hyphen.start() > start:
            found.append((start, text[start : hyphen.start()]))
        start = hyphen.end()
    if start < len(text):
        found.append((start, text[start:]))
    if found and _JOINED.match(text):
        found = found[-1:]
    return tuple((start, start + len(part), atom_key(part), _case(part)) for start, part in found or [(0, text)])


def label_keys(label: str) -> Iterator[tuple[tuple[str, ...], tuple[int, ...]]]:
    """Yield the sequences of keys that a label may have in a text, each with the way its words are written.

    A word with an apostrophe inside may be one token or two, whatever the language of the text: both are given.
    """
    words = _LABEL_WORD.findall(label)
    yield _sequence(words)
    if any(_ELISION.match(word) for word in words):
        split = [part for word in words for part in _elided(word)]
        yield _sequence(split)


def _elided(word: str) -> tuple[str, ...]:
    match = _ELISION.match(word)
    return (word[: match.end()], word[match.end() :]) if match else (word,)


def _sequence(words: list[str]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    return tuple(atom_key(word) for word in words), tuple(_case(word) for word in words)
