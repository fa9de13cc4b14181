"""Expressions made of others: parts of units, days that hang on days, ranges and lists.

See `kg.extraction.times.expressions` for what an expression is and for the simple ones.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from kg.extraction.times.calendar import (
    ONE_DAY,
    Days,
    Part,
    Unit,
    Value,
    cover,
    nth_in,
    one_day,
    one_of,
    part_of,
    stretch,
)
from kg.extraction.times.counting import Counted
from kg.extraction.times.expressions import Expression, Reference, Resolved, Yearly, as_value, map_days


@dataclass(frozen=True, slots=True)
class Portion(Expression):
    """A part of a unit: early May, mid-2022, the second half of the year."""

    whole: Expression
    part: Part

    @property
    def is_relative(self) -> bool:
        """If the whole is."""
        return self.whole.is_relative

    def resolve(self, ref: Reference) -> Resolved:
        """The part of the whole; of this month or year, if that part is over or to come, the one that tense asks for."""
        value = self._part(self.whole, ref)
        if (
            not isinstance(self.whole, Counted)
            or self.whole.by
            or self.whole.on_anchor
            or ref.is_agenda
            or value is None
            or not ref.report
        ):
            return value
        is_over, is_to_come = value.last < ref.report.first, value.first > ref.report.last
        if (ref.tense == "future" and is_over) or (ref.tense == "past" and is_to_come):
            return self._part(replace(self.whole, by=1 if is_over else -1), ref)
        return value

    def _part(self, whole: Expression, ref: Reference) -> Value | None:
        value = as_value(whole.resolve(ref))
        return value and map_days(value, value.unit, lambda days: part_of(days, value.unit, self.part))


@dataclass(frozen=True, slots=True)
class UpToReport(Expression):
    """What of a unit lies before (or after) the report's day: earlier this week, later this month."""

    whole: Expression
    is_future: bool

    @property
    def is_relative(self) -> bool:
        """If the whole is."""
        return self.whole.is_relative

    def resolve(self, ref: Reference) -> Resolved:
        """The unit cut at the report's day."""
        value = as_value(self.whole.resolve(ref))
        if value is None or ref.report is None or len(value.choices) > 1:
            return value
        days, report = value.choices[0], ref.report
        first = max(days.first, report.first) if self.is_future else days.first
        last = days.last if self.is_future else min(days.last, report.last)
        if first > last:
            return value
        return Value((Days(first, last, days.edtf) if "/" not in days.edtf else stretch(first, last),), value.unit)


@dataclass(frozen=True, slots=True)
class Nth(Expression):
    """The nth of a weekday in a unit, or its nth day: the first Monday of last month, the 20th of this month."""

    whole: Expression
    number: int
    weekday: int | None

    @property
    def is_relative(self) -> bool:
        """If the whole is."""
        return self.whole.is_relative

    def resolve(self, ref: Reference) -> Resolved:
        """The day, where the unit has it."""
        value = as_value(self.whole.resolve(ref))
        return value and map_days(value, Unit.DAY, self._nth)

    def _nth(self, days: Days) -> Days:
        if self.weekday is not None:
            return nth_in(days, self.number, self.weekday)
        found = days.first + ONE_DAY * (self.number - 1) if self.number > 0 else days.last + ONE_DAY * (self.number + 1)
        if not days.first <= found <= days.last:
            raise ValueError("no such day")
        return one_day(found)


@dataclass(frozen=True, slots=True)
class NextWeekday(Expression):
    """The first of a weekday after a day: the Tuesday after Easter."""

    day: Expression
    weekday: int

    @property
    def is_relative(self) -> bool:
        """If the day is."""
        return self.day.is_relative

    def resolve(self, ref: Reference) -> Resolved:
        """The day."""
        value = as_value(self.day.resolve(ref))
        return value and map_days(value, Unit.DAY, self._next)

    def _next(self, days: Days) -> Days:
        return one_day(days.last + ONE_DAY * ((self.weekday - days.last.weekday()) % 7 or 7))


@dataclass(frozen=True, slots=True)
class InYear(Expression):
    """A month or day of a year or month that other words tell: May of last year, Christmas two months ago."""

    year: Expression
    yearly: Yearly

    def resolve(self, ref: Reference) -> Resolved:
        """The month or day."""
        value = as_value(self.year.resolve(ref))
        return value and map_days(value, self.yearly.unit, lambda days: self.yearly.days_in(days.first.year))


@dataclass(frozen=True, slots=True)
class Within(Expression):
    """A day or night that hangs on a day told elsewhere: in the night, at dawn, Tuesday morning.

    `day` names the day; without it, it is the day that the text spoke of shortly before, or the report's if
    `is_report_default`. `before` and `after` widen it: a night that ends on the day begins one day before.
    """

    day: Expression | None = None
    before: int = 0
    after: int = 0
    is_report_default: bool = True

    @property
    def is_relative(self) -> bool:
        """If its day is."""
        return self.day is not None and self.day.is_relative

    def resolve(self, ref: Reference) -> Resolved:
        """The day, widened."""
        value = as_value(self.day.resolve(ref)) if self.day else self._near(ref)
        if value is None and self.day is None and self.is_report_default:
            value = ref.report_value
        if value is not None and self._is_ahead(value, ref):
            return map_days(value, Unit.DAY, replace(self, before=0, after=self.before)._widen)
        return value and map_days(value, Unit.DAY, self._widen)

    def _near(self, ref: Reference) -> Value | None:
        """The day told shortly before: of a night its last day, but none ahead of the report's."""
        near, report = ref.near, ref.report
        if near is None or self.before or len(near.choices) > 1 or near.first == near.last or report is None:
            return near
        return Value((one_day(min(near.last, report.last)),), Unit.DAY)

    def _is_ahead(self, value: Value, ref: Reference) -> bool:
        """Whether a night is still to come: "is to free them overnight" begins it on the day."""
        is_night = self.day is None and bool(self.before)
        return is_night and ref.tense == "future" and ref.report is not None and value.last >= ref.report.last

    def _widen(self, days: Days) -> Days:
        if not self.before and not self.after:
            return days
        first, last = days.first - ONE_DAY * self.before, days.last + ONE_DAY * self.after
        return stretch(first, last) if days.first == days.last else one_of(first, last)


@dataclass(frozen=True, slots=True)
class Range(Expression):
    """From one time to another, both included: the side that needs a reference is read against the other."""

    start: Expression
    end: Expression

    @property
    def is_relative(self) -> bool:
        """If one side is."""
        return self.start.is_relative or self.end.is_relative

    @property
    def is_context_needed(self) -> bool:
        """If its start needs it."""
        return self.start.is_context_needed

    def resolve(self, ref: Reference) -> Resolved:
        """From the first day of the one to the last day of the other; nothing if they do not follow each other."""
        start, end = as_value(self.start.resolve(ref)), as_value(self.end.resolve(ref))
        if ref.report is None or ref.is_exact:
            if self.start.is_relative and end is not None and not self.end.is_relative:
                start = as_value(self.start.resolve(ref.at(end.first, "past")))
            elif self.end.is_relative and start is not None:
                end = as_value(self.end.resolve(ref.at(start.first, "future")))
        if start is None or end is None or start.first > end.last:
            return None
        if len(start.choices) > 1 or len(end.choices) > 1:
            return Value((Days(start.first, end.last, cover(start.first, end.last)),), start.unit)
        is_plain = start.choices[0].is_end and end.choices[0].is_end
        edtf = f"{start.edtf}/{end.edtf}" if is_plain else stretch(start.first, end.last).edtf
        return Value((Days(start.first, end.last, edtf),), start.unit)


@dataclass(frozen=True, slots=True)
class Listing(Expression):
    """Several times: all of them, or one of them."""

    items: tuple[Expression, ...]
    is_alternative: bool = False

    @property
    def is_relative(self) -> bool:
        """If one of them is."""
        return any(item.is_relative for item in self.items)

    def resolve(self, ref: Reference) -> Resolved:
        """An interval where they follow each other, else a list; the hull where one of them is uncertain itself."""
        values: list[Value] = []
        for item in reversed(self.items):
            value = as_value(item.resolve(ref))
            if value and values and value.first > values[0].first and item.is_relative and ref.is_exact:
                value = as_value(item.resolve(ref.at(values[0].first, "past")))
            if value is None:
                return None
            values.insert(0, value)
        unit = values[0].unit
        if not all(len(value.choices) == 1 and value.choices[0].is_date for value in values):
            return Value((one_of(min(v.first for v in values), max(v.last for v in values)),), unit)
        if self.is_alternative:
            return Value(tuple(sorted({v.choices[0] for v in values}, key=lambda days: days.first)), unit)
        return Value((_joined(values),), unit)


def _joined(values: list[Value]) -> Days:
    ordered = sorted(values, key=lambda value: value.first)
    first, last = ordered[0].first, max(value.last for value in ordered)
    if all(b.first == a.last + ONE_DAY for a, b in pairwise(ordered)):
        return Days(first, last, f"{ordered[0].edtf}/{ordered[-1].edtf}")
    return Days(first, last, "{" + ",".join(dict.fromkeys(value.edtf for value in ordered)) + "}")


@dataclass(frozen=True, slots=True)
class Boundless(Expression):
    """A duration without an anchor, a repetition, a part of an unknown day: nothing bounds it.

    `length` is what a duration counts: so many of a unit.
    """

    length: tuple[int, Unit] | None = None

    def resolve(self, ref: Reference) -> Resolved:
        """Nothing."""
        return None
