"""The quantities of a text, in French and English: how many at least, at best, at most, and of what kind.

Casualty figures follow decision 10 of the guide of the claim record; where the guide is silent, its pattern is extended:

| words | low | best | high | approximate |
|---|---|---|---|---|
| 12, douze, les deux, both | n | n | n | |
| au moins 12, plus de 12; at least 12, more than 12, 12 or more | n | n | - | |
| moins de 12, jusqu'à 12, au plus 12; fewer than 12, up to 12, as many as 12 | - | - | n | |
| environ 12, près de 12, quelque 12; about 12, nearly 12, some 12, 12 or so | - | n | - | yes |
| une dizaine, une centaine; a dozen, two dozen | - | n | - | yes |
| entre 10 et 20, 10 à 20, 10-20, deux ou trois; between 10 and 20, two or three | a | - | b | |
| plusieurs, quelques; several, a few | 2 | - | - | yes |
| des dizaines, plusieurs centaines; dozens, hundreds, several hundred | 2 n | - | - | yes |
| plus d'une centaine; more than a dozen | n | n | - | |
| aucun; no, not one | 0 | 0 | 0 | |

A plural means at least two of what it counts, as "des blessés" means at least two. The kind keeps what is no count of
people apart: dates, ages, percentages, money, measures and the rest of `QuantityKind`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from kg.extraction.numerals import Numeral, find_numerals
from kg.extraction.tables import Row, read_table
from kg.extraction.cascade import Found
from kg.extraction.times.grammar import read_grammar

_REACH = 30
"""How many characters beside a number can hold words about it."""


class QuantityKind(StrEnum):
    """What a number counts or names."""

    COUNT = "count"
    ARTICLE = "article"
    ORDINAL = "ordinal"
    DATE = "date"
    DURATION = "duration"
    AGE = "age"
    PERCENTAGE = "percentage"
    MONEY = "money"
    MEASURE = "measure"
    MULTIPLICITY = "multiplicity"
    FRACTION = "fraction"
    DECIMAL = "decimal"
    SCORE = "score"
    ADDRESS = "address"
    LABEL = "label"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity: its words and passage, bounds included ("au moins 12"), and the passage of the number alone.

    `low`, `best`, `high` are as in `kg.records.Casualties`; all three are `None` for what has no whole value.
    """

    text: str
    span: tuple[int, int]
    number_span: tuple[int, int]
    low: int | None
    best: int | None
    high: int | None
    is_approximate: bool
    kind: QuantityKind


@dataclass(frozen=True, slots=True)
class _Lexicon:
    before: tuple[tuple[str, re.Pattern[str]], ...]
    after: tuple[tuple[str, re.Pattern[str]], ...]
    kinds_before: tuple[tuple[QuantityKind, re.Pattern[str]], ...]
    kinds_after: tuple[tuple[QuantityKind, re.Pattern[str]], ...]
    collective: re.Pattern[str]
    vague: re.Pattern[str]
    link: re.Pattern[str]
    values: dict[str, int]
    scales: dict[str, int]


_BOUNDS = ("least", "most", "about")
_KINDS = ("age", "percentage", "money", "measure", "duration", "multiplicity", "fraction", "address", "label")
_ORDINAL = re.compile(r"(?<!\w)(?:\d{1,4}(?:er|re|ère|e|è|ème|nde?|st|th|rd)|[IVXL]{1,6}(?:e|er|ème))(?!\w)")
_FOLLOWS = re.compile(r"\s[^\W\d_]")
_GAP = r"[\s\-‑]?"


def _either(forms: list[str]) -> str:
    """An alternation of forms, the longest first; blanks are any blank, apostrophes either one."""
    parts = []
    for form in sorted(forms, key=lambda form: (-len(form), form)):
        escaped = re.escape(form).replace(r"\ ", r"\s+").replace("'", "['’]")
        parts.append((r"(?<!\w)" if form[0].isalnum() else "") + escaped + (r"(?!\w)" if form[-1].isalnum() else ""))
    return "|".join(parts) or r"(?!)"


@lru_cache(maxsize=4)
def _lexicon(language: str) -> _Lexicon:
    forms: dict[str, list[str]] = {}
    values: dict[str, int] = {}
    rows: tuple[Row, ...] = read_table(language, "numbers")
    for row in rows:
        forms.setdefault(row["class"], []).extend(row.forms("forms"))
        if row["value"]:
            values |= {f"{row['class']} {form}": int(row["value"]) for form in row.forms("forms")}
    scales = {
        form: int(row["value"]) for row in read_table(language, "numerals") if row["class"] == "scale" for form in row.forms("forms")
    }

    def before(name: str) -> re.Pattern[str]:
        return re.compile(rf"(?:{_either(forms.get(name, []))})\s*$", re.IGNORECASE)

    def after(name: str) -> re.Pattern[str]:
        return re.compile(rf"\s*-?\s*(?:{_either(forms.get(name, []))})")

    of = r"\s+(?:de\s+|d['’]\s*|of\s+)"
    some, plural, one = (_either(forms.get(name, [])) for name in ("some", "plural", "collective"))
    return _Lexicon(
        before=tuple((name, before(name)) for name in _BOUNDS),
        after=tuple((name, after(f"{name}-after")) for name in _BOUNDS),
        kinds_before=tuple((QuantityKind(name), before(f"{name}-before")) for name in _KINDS if f"{name}-before" in forms),
        kinds_after=tuple((QuantityKind(name), after(name)) for name in _KINDS if name in forms),
        collective=re.compile(
            rf"(?:(?P<article>{_either(forms['article'])})\s+(?P<one>{one})"
            rf"|(?:(?P<some>{some})\s+)?(?P<plural>{plural}))(?:{of}(?P<times>{plural}))?",
            re.IGNORECASE,
        ),
        vague=re.compile(
            rf"(?P<never>{_either(forms.get('none-never', []))})|(?P<none>{_either(forms['none'])})|(?P<pair>{_either(forms['pair'])})"
            rf"|(?P<half>{_either(forms.get('half-dozen', []))})"
            rf"|(?P<vague>{_either(forms['vague'])})(?:\s+(?P<scale>{_either([*scales, 'hundred', 'dozen'])}))?",
            re.IGNORECASE,
        ),
        link=re.compile(
            rf"\s*(?:(?P<dash>[-–])|(?<!\S)(?P<to>{_either(forms['to'])})|(?P<and>{_either(forms['and'])})|(?P<or>{_either(forms['or'])}))\s*"
        ),
        values=values,
        scales=scales,
    )
