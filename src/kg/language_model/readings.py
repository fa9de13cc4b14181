"""Times and numbers: what a model reads in words, against what our grammars read there."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extraction.numbers.quantities import Quantity
from kg.language_model.answer import Dates, Toll
from kg.language_model.faults import Fault, Faulty
from kg.records import Casualties, Time

Span = tuple[int, int]


def read_time(text: str, span: Span, dates: Dates | None, ours: Time | None) -> tuple[Time, str | None]:
    """Return the time of a claim, and a remark where its dates are not those of the grammar.

    Without dates of the model's they are the grammar's, if it reads these words; else they are open. Dates of the model's that
    the grammar's exclude are kept and remarked on; so are those of words in which the grammar finds no dates.

    Args:
        text: the report.
        span: the words.
        dates: what the model says.
        ours: what the grammar reads there.

    Raises:
        pydantic.ValidationError: the dates are not in order.
    """
    words = text[slice(*span)]
    if dates is None:
        if ours is None:
            return Time(text=words, span=span, edtf=None, earliest=None, latest=None), None
        return Time(text=words, span=span, edtf=ours.edtf, earliest=ours.earliest, latest=ours.latest), None
    time = Time(text=words, span=span, edtf=_edtf(dates, ours), earliest=dates.earliest, latest=dates.latest)
    return time, _time_remark(dates, ours)


def _time_remark(dates: Dates, ours: Time | None) -> str | None:
    if dates.earliest is None and dates.latest is None:
        return None
    if ours is None or (ours.earliest is None and ours.latest is None):
        return "time: dates of the model alone"
    first, last = ours.earliest or "", ours.latest or "9999-12-31"
    if (dates.earliest or "") > last or (dates.latest or "9999-12-31") < first:
        return f"time: the calendar contradicts, {ours.earliest or '..'} to {ours.latest or '..'}"
    return None


def _edtf(dates: Dates, ours: Time | None) -> str | None:
    """EDTF (ISO 8601-2:2019, annex A, level 1) of two days; the grammar's unit is kept where a bound is its bound."""
    if ours is not None and (ours.earliest, ours.latest) == (dates.earliest, dates.latest):
        return ours.edtf
    if dates.earliest is None and dates.latest is None:
        return None
    if dates.earliest == dates.latest:
        return dates.earliest
    is_unit = ours is not None and ours.edtf is not None and "/" not in ours.edtf
    first = ours.edtf if ours and is_unit and dates.earliest == ours.earliest and not dates.latest else dates.earliest
    last = ours.edtf if ours and is_unit and dates.latest == ours.latest and not dates.earliest else dates.latest
    return f"{first or '..'}/{last or '..'}"


def read_toll(given: Toll, ours: Sequence[Quantity], name: str) -> tuple[Casualties, str | None]:
    """Return the number of people of a claim, and a remark where the grammar reads others in the words.

    Args:
        given: the words, and what the model reads in them; nothing, where it leaves them to the grammar.
        ours: the quantities in the words.
        name: the field.

    Raises:
        Faulty: neither reads a number there.
        pydantic.ValidationError: the bounds are not in order.
    """
    read = [(q.low, q.best, q.high) for q in ours if (q.low, q.best, q.high) != (None, None, None)]
    bounds = (given.low, given.best, given.high)
    if bounds == (None, None, None):
        if len(read) != 1:
            raise Faulty(Fault("toll.empty", name, value=given.quote))
        low, best, high = read[0]
        return Casualties(low=low, best=best, high=high), None
    toll = Casualties(low=given.low, best=given.best, high=given.high)
    if not read:
        return toll, f"{name}: number of the model alone"
    if bounds in read or any(_is_compatible(bounds, known) for known in read):
        return toll, None
    told = " or ".join("/".join("-" if n is None else str(n) for n in known) for known in read)
    return toll, f"{name}: the words say {told}"


def _is_compatible(a: tuple[int | None, ...], b: tuple[int | None, ...]) -> bool:
    """Whether one bound at least is told by both, and none differently."""
    told = [(x, y) for x, y in zip(a, b, strict=True) if x is not None and y is not None]
    return bool(told) and all(x == y for x, y in told)
