"""Spellings of one person's name: the key under which romanizations of Arabic, Cyrillic and Armenian names meet.

Newswire writes one name in many ways (``Zelensky``, ``Zelenskyy``, ``Zelenski``; ``Haftar``, ``Hafter``; ``Mirzoyan``, ``Mirzoïan``):
French and English romanize by sound, vowels and doubled letters vary most. The key keeps the consonants, those that romanizations
confuse under one letter, in the manner of Soundex (R. C. Russell, US patent 1,261,167, 1918) but without a limit of length:

- accents, apostrophes, hyphens, case and the particles ``al``, ``el``, ``bin``, ``ben``, ``ibn`` do not count;
- ``ch``, ``sh``, ``sch``, ``tch`` are one, so are ``dj``, ``j``, ``zh``; ``c``, ``g``, ``k``, ``q``, ``gh``, ``kh``; ``v``, ``w``; ``ks``, ``x``;
- vowels and ``y`` are left out but for one at the beginning, and a final ``a``, which tells women's names from men's;
- of doubled consonants one counts, a final ``h`` does not.

Two names of one key may still be two persons: `kg.extraction.names.gazetteer.Gazetteer.variant` asks for a full name with enough
consonants, whose key a single person of the gazetteer has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

LEAST: Final = 5
"""How many letters a key has to have to say who is meant."""

_PARTICLES: Final = frozenset(("al", "el", "bin", "ben", "ibn", "as", "ad", "ar", "az", "ash", "an"))
_LETTERS: Final = (
    (re.compile(r"x"), "ks"),
    (re.compile(r"tsch|tch|tsh|sch|sh|ch"), "X"),
    (re.compile(r"dzh|dj|zh|j"), "J"),
    (re.compile(r"kh|gh|ck|[cgkq]"), "K"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"th"), "t"),
    (re.compile(r"dh"), "d"),
    (re.compile(r"w|ff$"), "v"),
    (re.compile(r"h$"), ""),
    (re.compile(r"^[yi]?[aeiou]"), "A"),
    (re.compile(r"(?<=.)a$"), "A"),
    (re.compile(r"[aeiouy]"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)


def variant_key(words: Iterable[str]) -> str:
    """Return the key of a name.

    Args:
        words: its words as `kg.extraction.names.atoms.atom_key` gives them: small letters without accents.
    """
    return "".join(_skeleton(word) for word in words if word not in _PARTICLES)


@lru_cache(maxsize=16384)
def _skeleton(word: str) -> str:
    for pattern, letters in _LETTERS:
        word = pattern.sub(letters, word)
    return word
