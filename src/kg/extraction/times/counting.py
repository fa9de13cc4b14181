"""Expressions that count from a day: the report's, or the one that the text spoke of last.

See `kg.extraction.times.expressions` for what an expression is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from kg.extraction.times.calendar import (
    ONE_DAY,
    Days,
    Unit,
    Value,
    hull,
    in_calendar,
    one_day,
    one_of,
    shift,
    stretch,
    unit_around,
)
from kg.extraction.times.expressions import Bounds, Expression, Reference, Resolved, as_value, map_days

_FINER = {Unit.MONTH: Unit.DAY, Unit.YEAR: Unit.MONTH}
"""What an agenda tells by months and years it counts to the day and to the month."""


@dataclass(frozen=True, slots=True)
class Counted(Expression):
    """A unit of the calendar, so many before or after the report's: yesterday, last week, three months ago, this year.

    `on_anchor` counts from what the text spoke of last (the day before, two years later); where it spoke of nothing, from
    the report's day, but ahead of it only if tense says future. `base` is what else it counts from ("the eve of 7
    October"). With `is_span` a week is seven days ("a week ago"), not the calendar's ("last week").
    """

    unit: Unit
    by: int
    on_anchor: bool = False
    base: Expression | None = None
    is_span: bool = False

    def resolve(self, ref: Reference) -> Resolved:
        """The unit; something between the outermost ones where the day counted from is not certain."""
        base = self._base(ref)
        if base is None:
            return None
        if self.unit is Unit.WEEKEND and self.by == 0 and ref.tense == "past":
            return _over_all(base, self.unit, lambda day: unit_around(day - ONE_DAY * 5, Unit.WEEKEND))
        if self.unit is Unit.HOUR:
            return _over_all(base, Unit.DAY, self._hours)
        unit: Unit = Unit.DAY if self.is_span and self.unit is Unit.WEEK else self.unit
        if self.is_span and ref.is_agenda:
            unit = _FINER.get(unit, unit)
        return _over_all(base, unit, lambda day: unit_around(shift(day, self.unit, self.by), unit))

    def _base(self, ref: Reference) -> Value | None:
        if self.base is not None:
            return as_value(self.base.resolve(ref))
        if not self.on_anchor:
            return ref.report_value
        day = ref.day if self.by else ref.near or ref.day  # "that night" is of a day, not of the month told last
        anchor = {Unit.HOUR: ref.near, Unit.DAY: day}.get(self.unit, ref.anchor)
        return anchor or (ref.report_value if self.by <= 0 or ref.tense == "future" else None)

    def _hours(self, day: date) -> Days:
        full, rest = divmod(abs(self.by), 24)
        near, far = (full, full + bool(rest)) if self.by > 0 else (-full, -full - bool(rest))
        return one_of(min(day + ONE_DAY * near, day + ONE_DAY * far), max(day + ONE_DAY * near, day + ONE_DAY * far))


def _over(days: Days, unit: Unit, make: Callable[[date], Days]) -> Value | None:
    """Apply what holds for one day to days of which one is meant."""
    first, last = in_calendar(make, days.first), in_calendar(make, days.last)
    if first is None or last is None:
        return None
    return Value((first if first == last else one_of(min(first.first, last.first), max(first.last, last.last)),), unit)


def _over_all(base: Value, unit: Unit, make: Callable[[date], Days]) -> Value | None:
    """Apply what holds for one day to each stretch of which one is meant."""
    made = [_over(days, unit, make) for days in base.choices]
    known = [value for value in made if value is not None]
    if not known or len(known) < len(made):
        return None
    if any(len(value.choices) > 1 for value in known):
        return hull(known, unit)
    return Value(tuple(dict.fromkeys(value.choices[0] for value in known)), unit)


@dataclass(frozen=True, slots=True)
class Window(Expression):
    """The last or the next so many units up to or from the report's day: the past 24 hours, the next three weeks."""

    unit: Unit
    by: int

    def resolve(self, ref: Reference) -> Resolved:
        """From the day that lies so far back (ahead) to the report's day."""
        if ref.report is None:
            return None
        unit, by = self.unit, self.by
        if unit is Unit.HOUR:
            unit, by = Unit.DAY, (-1 if by < 0 else 1) * -(-abs(by) // 24)
        report = ref.report
        if ref.is_agenda and unit is self.unit:
            return self._whole_units(report)
        far = in_calendar(lambda: one_day(shift(report.first if by < 0 else report.last, unit, by)))
        if far is None:
            return None
        first, last = (far.first, report.last) if by < 0 else (report.first, far.first)
        return Value((stretch(first, last) if ref.is_exact else one_of(first, last),), self.unit)

    def _whole_units(self, report: Days) -> Resolved:
        """The units beside the report's own."""
        nearest = 1 if self.by > 0 else -1
        ends = [in_calendar(self._unit, report.first, number) for number in sorted((self.by, nearest))]
        first, last = ends
        return Value((stretch(first.first, last.last),), self.unit) if first and last else None

    def _unit(self, day: date, number: int) -> Days:
        return unit_around(shift(day, self.unit, number), self.unit)


@dataclass(frozen=True, slots=True)
class Vague(Expression):
    """Somewhat before or after the moment of speaking: recently, in recent weeks, soon, in the coming days."""

    is_future: bool

    def resolve(self, ref: Reference) -> Resolved:
        """Open on one side; the other is the day of the saying where the sentence gives it, else the report's."""
        base = ref.said or ref.report_value
        if base is None:
            return None
        is_plain = len(base.choices) == 1 and base.choices[0].is_end
        if self.is_future:
            return Bounds(f"{base.edtf if is_plain else base.first.isoformat()}/..", base.first, None)
        return Bounds(f"../{base.edtf if is_plain else base.last.isoformat()}", None, base.last)


@dataclass(frozen=True, slots=True)
class LastTold(Expression):
    """The time that the text spoke of last, a month or shorter: since then."""

    def resolve(self, ref: Reference) -> Resolved:
        """That time; nothing where the text spoke of none."""
        return ref.day


@dataclass(frozen=True, slots=True)
class Ahead(Expression):
    """What lies ahead where tense says future, and is a mere length otherwise: "in two weeks"."""

    counted: Counted

    def resolve(self, ref: Reference) -> Resolved:
        """The unit, if tense says future."""
        return self.counted.resolve(ref) if ref.tense == "future" else None


@dataclass(frozen=True, slots=True)
class ThisNight(Expression):
    """The night that ends on the report's day, or that begins on it where tense says future."""

    def resolve(self, ref: Reference) -> Resolved:
        """Two days where the report's day is known."""
        if ref.report is None:
            return None
        first, last = (0, 1) if ref.tense == "future" else (-1, 0)
        report = ref.report
        make = stretch if ref.is_exact else one_of
        days = in_calendar(lambda: make(report.first + ONE_DAY * first, report.last + ONE_DAY * last))
        return Value((days,), Unit.DAY) if days else None


@dataclass(frozen=True, slots=True)
class UnitAround(Expression):
    """The unit of the calendar that a day lies in: the week of 6 October."""

    day: Expression
    unit: Unit

    def resolve(self, ref: Reference) -> Resolved:
        """The unit."""
        value = as_value(self.day.resolve(ref))
        return value and map_days(value, self.unit, lambda days: unit_around(days.first, self.unit))
