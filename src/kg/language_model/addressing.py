"""Sentences that address the program that reads a report: they are told, and no model is shown them.

This is the second line of defence; the first is that a model has no tools and that whatever it answers is only taken for
claims about passages. A sentence counts as addressed to a model where it has the marks of a chat format, where a clause begins
with an order about what models are given or give (``ignore your instructions``), or where it names such a reader and tells it
what it is or must do. The words are a table, ``data/addressing.tsv``.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from kg.language.normalization import fold
from kg.language.tables import read_kinds

_TABLE: Final = Path(__file__).resolve().parent / "data" / "addressing.tsv"
_KINDS: Final = ("markup", "order", "object", "reader", "duty")
_CLAUSE: Final = (
    r"(?:^|[.,;:!?\"«“(\[\-–—*]\s*|\b(?:please|now|and|then|instead|must|should|et|puis|veuillez|maintenant)\s+)"
)


@dataclass(frozen=True, slots=True)
class _Address:
    markup: tuple[str, ...]
    order: re.Pattern[str]
    object: re.Pattern[str]
    reader: re.Pattern[str]
    duty: re.Pattern[str]


def is_addressed_to_a_model(sentence: str) -> bool:
    """Tell whether a sentence of a report speaks to the program that reads it."""
    address = _load()
    if any(mark in sentence for mark in address.markup):
        return True
    plain = _plain(sentence)
    has_order = address.order.search(plain) is not None
    if has_order and address.object.search(plain):
        return True
    return address.reader.search(plain) is not None and (has_order or address.duty.search(plain) is not None)


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", fold(text))
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).casefold().split())


@cache
def _load() -> _Address:
    kinds = read_kinds(_TABLE, _KINDS)

    def words(kind: str) -> str:
        return "|".join(re.escape(text).replace(r"\*", r"\w*") for text in sorted(kinds[kind], key=len, reverse=True))

    return _Address(
        markup=kinds["markup"],
        order=re.compile(rf"{_CLAUSE}(?:{words('order')})\b"),
        object=re.compile(rf"\b(?:{words('object')})(?!\w)"),
        reader=re.compile(rf"\b(?:{words('reader')})(?!\w)"),
        duty=re.compile(rf"\b(?:{words('duty')})(?!\w)"),
    )
