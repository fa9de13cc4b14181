"""The quantities of a text, in French and English: how many at least, at best, at most, and of what kind.

Casualty figures follow decision 10 of the guide of the claim record; where the guide is silent, its pattern is extended:

| words | low | best | high | approximate |
|---|---|---|---|---|
| 12, douze; both, a couple | n | n | n | |
| au moins 12, plus de 12, 12 ou plus; at least 12, more than 12, 12 or more | n | n | - | |
| moins de 12, jusqu'à 12, au plus 12; fewer than 12, up to 12, as many as 12 | - | - | n | |
| environ 12, près de 12, quelque 12; about 12, nearly 12, some 12, 12 or so | - | n | - | yes |
| une dizaine, une centaine; a dozen, two dozen | - | n | - | yes |
| entre 10 et 20, 10 à 20, 10-20, deux ou trois; between 10 and 20, two or three | a | - | b | |
| plusieurs, quelques; several, a few | 2 | - | - | yes |
| des dizaines, plusieurs centaines; dozens, hundreds, several hundred | 2 n | - | - | yes |
| plus d'une centaine; more than a dozen | n | n | - | |
| au moins des dizaines; more than several hundred | 2 n | - | - | yes |
| aucun; no casualties, not one | 0 | 0 | 0 | |

A plural means at least two of what it counts, as "des blessés" means at least two. "Un" and "a" are articles that may be
numbers; with a bound ("au moins un") they are. The kind keeps apart what is no count of people: dates and durations are
those of `kg.extraction.times`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from kg.extraction.grammar.cascade import Cascade, Found, Slots
from kg.extraction.grammar.grammars import read_cascade
from kg.extraction.grammar.numerals import Numeral, find_numerals
from kg.extraction.grammar.tokens import Token
from kg.extraction.tables import remembered
from kg.extraction.times.grammar import read_grammar

_MOST = 10**12
"""The largest count that a claim record can hold."""


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
    """A quantity with its words and passage, bounds included ("au moins 12").

    `low`, `best` and `high` are as in `kg.records.Casualties`; all three are `None` for what has no whole value.
    """

    text: str
    span: tuple[int, int]
    low: int | None
    best: int | None
    high: int | None
    is_approximate: bool
    kind: QuantityKind


@dataclass(frozen=True, slots=True)
class _Amount:
    low: int | None
    best: int | None
    high: int | None
    is_approximate: bool = False
    kind: QuantityKind = QuantityKind.COUNT


# --------------------------------------------------------------------------- what the rules mean


def _plain(value: int | None, kind: QuantityKind = QuantityKind.COUNT) -> _Amount:
    value = value if value is not None and value <= _MOST else None
    return _Amount(value, value, value, kind=kind)


def _amount(slots: Slots, *, kind: str) -> _Amount:
    return _plain(slots.number("n") if "n" in slots else slots.number("o"), QuantityKind(kind))


def _exact(slots: Slots, *, value: int | None = None) -> _Amount | None:
    if value is None and "o" in slots:
        return _plain(1, QuantityKind.ARTICLE)
    amount = _plain(slots.number("n") if value is None else value)
    return amount if amount.best is not None else None


def _score(slots: Slots, *, is_falling: bool = False) -> _Amount | None:
    first, second = slots.number("n") or 0, slots.number("k") or 0
    is_score = max(first, second) <= 20 and (first > second or not is_falling)
    return _Amount(None, None, None, kind=QuantityKind.SCORE) if is_score else None


def _collective(slots: Slots, value: int | None) -> int:
    times = slots.number("c") or 1
    if value is not None:
        return value
    return times * (slots.number("t") or 1) * (slots.number("n") or 1)


def _about(slots: Slots, *, value: int | None = None) -> _Amount | None:
    best = _collective(slots, value)
    return _Amount(None, best, None, is_approximate=True) if best <= _MOST else None


def _scaled(low: int, high: int) -> int:
    """The lower end of a range, with the scale that it leaves to the upper one: "two to three million"."""
    scale = next((s for s in (10**9, 10**6, 1000) if high >= s and high % s == 0), 1)
    return low * scale if low < 1000 and low * scale < high else low


def _kind_range(slots: Slots, *, kind: str) -> _Amount:
    low, high = (None if n is None or n > _MOST else n for n in (slots.number("n"), slots.number("k")))
    if low is not None and high is not None:
        low = _scaled(low, high)
    return _Amount(
        low, None, high if low is not None and high is not None and low < high else None, kind=QuantityKind(kind)
    )


def _and_half(slots: Slots, *, kind: str = "count") -> _Amount | None:
    value = slots.number("n") or 0
    scale = next((s for s in (10**9, 10**6) if value >= s and value % s == 0), 0)
    return _plain(value + scale // 2, QuantityKind(kind)) if scale and value < _MOST else None


def _of_kind(slots: Slots, *, kind: str) -> _Amount:
    return replace(_inner(slots), kind=QuantityKind(kind))


def _half(slots: Slots) -> _Amount:
    return _Amount(None, (slots.number("n") or 0) // 2, None, is_approximate=True)


def _plural(slots: Slots, *, value: int | None = None) -> _Amount | None:
    low = 2 * _collective(slots, value)
    return _Amount(low, None, None, is_approximate=True) if low <= _MOST else None


def _inner(slots: Slots, name: str = "a") -> _Amount:
    amount = slots.found(name).meaning
    if not isinstance(amount, _Amount):
        raise TypeError("a number rule gave no amount")
    return amount


def _range(slots: Slots) -> _Amount | None:
    first, last = _inner(slots), _inner(slots, "b")
    if first.best is None or last.best is None:
        return None
    low, high = first.best, last.best
    if all(1900 <= year <= 2100 for year in (low, high)):
        return None
    low = _scaled(low, high)
    return _Amount(low, None, high, first.is_approximate or last.is_approximate) if low < high else None


def _least(slots: Slots) -> _Amount:
    amount = _inner(slots)
    return _Amount(amount.low if amount.best is None else amount.best, amount.best, None, amount.best is None)


def _most(slots: Slots) -> _Amount | None:
    amount = _inner(slots)
    return None if amount.best is None else _Amount(None, None, amount.best)


def _roughly(slots: Slots) -> _Amount:
    amount = _inner(slots)
    if amount.best is None:
        return replace(amount, is_approximate=True)
    return _Amount(None, amount.best, None, is_approximate=True)


_MEANINGS: dict[str, Callable[..., object]] = {
    "about": _about,
    "amount": _amount,
    "and-half": _and_half,
    "exact": _exact,
    "filler": lambda slots: False,  # noqa: ARG005 - a word for other rules to build on
    "half": _half,
    "kind-range": _kind_range,
    "least": _least,
    "most": _most,
    "no-number": lambda slots: False,  # noqa: ARG005 - one signature for all meanings
    "of-kind": _of_kind,
    "plural": _plural,
    "range": _range,
    "roughly": _roughly,
    "score": _score,
}


@remembered
def read_number_grammar(language: str) -> Cascade:
    """The compiled grammar of numbers.

    Raises:
        UsageError: the language is not one that the extractor reads.
        WorldError: a table cannot be read.
        DataError: a table is wrong, with file and line.
    """
    return read_cascade(language, "number", _MEANINGS, {})


# --------------------------------------------------------------------------- reading


def find_numbers(
    text: str, language: str, *, numerals: Sequence[Numeral] | None = None, times: Sequence[Token] | None = None
) -> tuple[Quantity, ...]:
    """Find the quantities of a text, from left to right; they do not overlap.

    Args:
        text: any text.
        language: a language of the extractor.
        numerals: its cardinal numbers, where `find_numerals` has found them already.
        times: the text as the grammar of times leaves it, where that has read it already.

    Raises:
        UsageError: the language is not one that the extractor reads.
    """
    numerals = find_numerals(text, language) if numerals is None else numerals
    hidden = list(_times(read_grammar(language).read(text, (), numerals) if times is None else times))
    found = [
        _quantity(text, (token.start, token.end), token.value.meaning)
        for token in read_number_grammar(language).read(text, [span for span, _ in hidden], numerals)
        if isinstance(token.value, Found) and isinstance(token.value.meaning, _Amount)
    ]
    return tuple(sorted([*found, *_in_times(text, numerals, hidden)], key=lambda quantity: quantity.span))


def _quantity(text: str, span: tuple[int, int], amount: _Amount) -> Quantity:
    return Quantity(text[slice(*span)], span, amount.low, amount.best, amount.high, amount.is_approximate, amount.kind)


def _times(tokens: Sequence[Token]) -> Iterator[tuple[tuple[int, int], QuantityKind]]:
    """The passages that tell a date, a clock time or a duration."""
    for token in tokens:
        if not isinstance(token.value, Found):
            continue
        kind = token.value.kind
        if kind == "duration":
            yield (token.start, token.end), QuantityKind.DURATION
        elif kind == "clock" or (token.value.is_strong and kind not in ("none", "repeated")):
            yield (token.start, token.end), QuantityKind.DATE


def _in_times(
    text: str, numerals: Sequence[Numeral], times: list[tuple[tuple[int, int], QuantityKind]]
) -> Iterator[Quantity]:
    """The numbers inside such passages."""
    passages = iter([*times, ((len(text) + 1, len(text) + 1), QuantityKind.DATE)])
    (start, end), kind = next(passages)
    for numeral in numerals:
        while numeral.start >= end:
            (start, end), kind = next(passages)
        if start <= numeral.start and not numeral.is_article:
            yield _quantity(text, (numeral.start, numeral.end), _plain(numeral.value, kind))
