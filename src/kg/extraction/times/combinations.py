"""Expressions made of others: parts of units, days that hang on days, ranges, lists, and the words that relate a time.

See `kg.extraction.times.expressions` for what an expression is and for the simple ones.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from kg.extraction.times.calendar import (
    ONE_DAY,
    Days,
    Part,
    Unit,
    Value,
    cover,
    in_calendar,
    nth_in,
    one_day,
    one_of,
    part_of,
    stretch,
    unit_around,
)
from kg.extraction.times.expressions import (
    Bounds,
    Direction,
    Expression,
    Reference,
    Resolved,
    Weekday,
    Yearly,
    as_value,
    map_days,
)


@dataclass(frozen=True, slots=True)
class Portion:
    """A part of a unit: early May, mid-2022, the second half of the year."""

    whole: Expression
    part: Part

    def resolve(self, ref: Reference) -> Resolved:
        """The part of the whole."""
        value = as_value(self.whole.resolve(ref))
        if value is None:
            return None
        return map_days(value, value.unit, lambda days: part_of(days, value.unit, self.part))


@dataclass(frozen=True, slots=True)
class UpToReport:
    """What of a unit lies before (or after) the report's day: earlier this week, later this month."""

    whole: Expression
    is_future: bool

    def resolve(self, ref: Reference) -> Resolved:
        """The unit cut at the report's day."""
        value = as_value(self.whole.resolve(ref))
        if value is None or ref.report is None or len(value.choices) > 1:
            return value
        days, report = value.choices[0], ref.report
        first, last = (max(days.first, report.first), days.last) if self.is_future else (days.first, min(days.last, report.last))
        edtf = days.edtf if "/" not in days.edtf else stretch(first, max(first, last)).edtf
        return Value((Days(first, last, edtf),), value.unit) if first <= last else value


@dataclass(frozen=True, slots=True)
class Nth:
    """The nth week of a unit, or the nth of a weekday in it: the first week of May, the last Friday of October."""

    whole: Expression
    number: int
    weekday: int | None = None

    def resolve(self, ref: Reference) -> Resolved:
        """The days, where the unit has them."""
        value = as_value(self.whole.resolve(ref))
        unit = Unit.DAY if self.weekday is not None else Unit.WEEK
        return value and map_days(value, unit, lambda days: nth_in(days, self.number, self.weekday))


@dataclass(frozen=True, slots=True)
class Edge:
    """The first or the last day of a unit."""

    whole: Expression
    is_first: bool

    def resolve(self, ref: Reference) -> Resolved:
        """The day."""
        value = as_value(self.whole.resolve(ref))
        return value and map_days(value, Unit.DAY, lambda days: one_day(days.first if self.is_first else days.last))


@dataclass(frozen=True, slots=True)
class InYear:
    """A month of a year that other words tell: May of last year."""

    year: Expression
    yearly: Yearly

    def resolve(self, ref: Reference) -> Resolved:
        """The month."""
        value = as_value(self.year.resolve(ref))
        return value and map_days(value, self.yearly.unit, lambda days: self.yearly.days_in(days.first.year))


@dataclass(frozen=True, slots=True)
class Within:
    """A day or night that hangs on a day told elsewhere: in the night, at dawn, that day.

    `day` names the day; without it, it is the day that the text spoke of shortly before. `before` and `after` widen it:
    a night that ends on the day is one day before.
    """

    day: Expression | None = None
    before: int = 0
    after: int = 0
    is_report_default: bool = True

    def resolve(self, ref: Reference) -> Resolved:
        """The day, widened."""
        value = as_value(self.day.resolve(ref)) if self.day else ref.near
        if value is None and self.day is None and self.is_report_default and ref.report:
            value = Value((ref.report,), Unit.DAY)
        if value is None:
            return None
        return map_days(value, Unit.DAY, self._widen)

    def _widen(self, days: Days) -> Days:
        if not self.before and not self.after:
            return days
        first, last = days.first - ONE_DAY * self.before, days.last + ONE_DAY * self.after
        return stretch(first, last) if days.first == days.last else one_of(first, last)


@dataclass(frozen=True, slots=True)
class Range:
    """From one time to another, both included: the side that needs a reference is read against the other."""

    start: Expression
    end: Expression

    def resolve(self, ref: Reference) -> Resolved:
        """From the first day of the one to the last day of the other; nothing if they do not follow each other."""
        start, end = as_value(self.start.resolve(ref)), as_value(self.end.resolve(ref))
        if ref.report is None or ref.is_exact:
            if is_relative(self.start) and end is not None and not is_relative(self.end):
                start = as_value(self.start.resolve(ref.at(end.first, "past")))
            elif is_relative(self.end) and start is not None:
                end = as_value(self.end.resolve(ref.at(start.first, "future")))
        if start is None or end is None or start.first > end.last:
            return None
        if len(start.choices) > 1 or len(end.choices) > 1:
            return Value((Days(start.first, end.last, cover(start.first, end.last)),), start.unit)
        is_plain = not any(mark in value.edtf for value in (start, end) for mark in "/[{")
        whole = f"{start.edtf}/{end.edtf}" if is_plain else stretch(start.first, end.last).edtf
        return Value((Days(start.first, end.last, whole),), start.unit)


@dataclass(frozen=True, slots=True)
class Listing:
    """Several times: all of them, or one of them."""

    items: tuple[Expression, ...]
    is_alternative: bool = False

    def resolve(self, ref: Reference) -> Resolved:
        """An interval where they follow each other, else a list; the hull where one of them is uncertain itself."""
        values: list[Value] = []
        for item in reversed(self.items):
            value = as_value(item.resolve(ref))
            if value and values and value.first > values[0].first and is_relative(item) and ref.is_exact:
                value = as_value(item.resolve(ref.at(values[0].first, "past")))
            if value is None:
                return None
            values.insert(0, value)
        unit = values[0].unit
        if any(len(value.choices) > 1 for value in values) or any(mark in v.edtf for v in values for mark in "/[{"):
            return Value((one_of(min(v.first for v in values), max(v.last for v in values)),), unit)
        if self.is_alternative:
            return Value(tuple(sorted({v.choices[0] for v in values}, key=lambda d: d.first)), unit)
        return Value((_joined(values),), unit)


def _joined(values: list[Value]) -> Days:
    ordered = sorted(values, key=lambda value: value.first)
    first, last = ordered[0].first, max(value.last for value in ordered)
    follow = all(b.first == a.last + ONE_DAY for a, b in zip(ordered, ordered[1:], strict=False))
    if follow:
        return Days(first, last, f"{ordered[0].edtf}/{ordered[-1].edtf}")
    return Days(first, last, "{" + ",".join(dict.fromkeys(value.edtf for value in ordered)) + "}")


def is_relative(expression: Expression) -> bool:
    """Whether only the report's date and the tense tell which year or week is meant."""
    match expression:
        case Yearly(direction=None) | Weekday(direction=None, week=None):
            return True
        case Portion(whole=whole) | Nth(whole=whole) | UpToReport(whole=whole):
            return is_relative(whole)
        case Within(day=day):
            return day is not None and is_relative(day)
        case Range(start=a, end=b):
            return is_relative(a) or is_relative(b)
        case Listing(items=items):
            return any(is_relative(item) for item in items)
        case Related(inner=inner):
            return is_relative(inner)
    return False


class Relation(StrEnum):
    """How a time relates to what happens."""

    AT = "at"
    SINCE = "since"
    UNTIL = "until"
    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Related:
    """A time and how it relates to what happens; see `Relation`. `direction` is what the words say ("d'ici": future)."""

    relation: Relation
    inner: Expression
    direction: Direction | None = None

    def resolve(self, ref: Reference) -> Resolved:
        """Open on the side that the relation leaves open."""
        resolved = self.resolve_inner(ref)
        if isinstance(resolved, Bounds) or resolved is None:
            return resolved
        first, last = resolved.first, resolved.last
        match self.relation:
            case Relation.SINCE | Relation.AFTER:
                return Bounds(f"{_open_label(resolved, at_start=True)}/..", first, None)
            case Relation.UNTIL:
                return Bounds(f"../{_open_label(resolved, at_start=False)}", None, last)
        before = in_calendar(lambda: one_day(first - ONE_DAY))
        return before and Bounds(f"../{_label_before(resolved, before.first)}", None, before.first)


    def resolve_inner(self, ref: Reference) -> Resolved:
        """What it is since looks back unless tense says future; what it is until looks ahead.

        With a past tense, "until" takes a weekday still ahead ("was extended until Friday") and of months and dates the
        nearer one ("lasted until May").
        """
        if self.direction or not is_relative(self.inner):
            return self.inner.resolve(replace(ref, tense=self.direction or ref.tense))
        if self.relation in (Relation.SINCE, Relation.AFTER):
            return self.inner.resolve(ref if ref.tense == "future" else replace(ref, tense="past"))
        ahead = self.inner.resolve(replace(ref, tense="future"))
        if (ref.tense != "past" and self.relation is Relation.UNTIL) or ref.tense == "future":
            return ahead
        if not isinstance(ahead, Value) or ahead.unit is Unit.DAY and _has_weekday(self.inner):
            return ahead
        back = self.inner.resolve(replace(ref, tense="past"))
        if not isinstance(back, Value) or ref.report is None:
            return ahead
        return back if ref.report.last - back.last <= ahead.first - ref.report.last else ahead


def _has_weekday(expression: Expression) -> bool:
    match expression:
        case Weekday():
            return True
        case Within(day=Weekday()):
            return True
    return False


def _open_label(value: Value, *, at_start: bool) -> str:
    """The end of an open interval: the calendar's unit where the bound is that unit's, else its month or its day."""
    day = value.first if at_start else value.last
    if len(value.choices) > 1 or value.edtf.startswith("["):
        return f"{day.year:04d}-{day.month:02d}"
    edtf = value.edtf
    if edtf.startswith("{") or "/" in edtf:
        return day.isoformat()
    whole = next((w for w in (Unit.MONTH, Unit.YEAR) if unit_around(day, w).edtf == edtf), None)
    if whole is None:
        return edtf
    unit = unit_around(day, whole)
    is_edge = (day == unit.first and value.last != unit.last) if at_start else (day == unit.last and value.first != unit.first)
    return day.isoformat() if is_edge else edtf


def _label_before(value: Value, day: date) -> str:
    """The unit that ends the day before a month or a year, else that day."""
    for unit in (Unit.YEAR, Unit.MONTH):
        if unit_around(value.first, unit).edtf == value.edtf and unit_around(day, unit).last == day:
            return unit_around(day, unit).edtf
    return day.isoformat()


@dataclass(frozen=True, slots=True)
class Boundless:
    """A duration without an anchor, a repetition, a part of an unknown day: nothing bounds it."""

    def resolve(self, ref: Reference) -> Resolved:  # noqa: ARG002 - one signature for all expressions
        """Nothing."""
        return None
