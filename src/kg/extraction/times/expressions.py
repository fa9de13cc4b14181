"""What time expressions mean before the report's date is known, and how they resolve against it.

An expression is a small tree; `resolve` reads it at a `Reference`: the days on which the report can have been published,
what the clause's tense says, and the day that the text spoke of last. The answer is a `Value`, a `Bounds` (open on a
side), or nothing, where nothing is known that could bound it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Literal, Protocol, TypeAlias

from kg.extraction.times.calendar import (
    ONE_DAY,
    Days,
    Part,
    Unit,
    Value,
    cover,
    hull,
    in_calendar,
    nth_in,
    one_day,
    one_of,
    part_of,
    shift,
    stretch,
    unit_around,
)

Direction: TypeAlias = Literal["past", "future", "last", "next", "this"]
"""`past` and `future` come from tense or context and include the report's day, `last` and `next` from words and do not."""


class Relation(StrEnum):
    """How a time relates to what happens."""

    AT = "at"
    SINCE = "since"
    UNTIL = "until"
    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Bounds:
    """A time that is open on one side or both."""

    edtf: str
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Reference:
    """What an expression is read against.

    `report` holds the days on which the report can have appeared (`None`: unknown); `is_exact` says that it is one day.
    `tense` is the direction that tense or context gives, if any. `anchor` is the last time that the text spoke of,
    `near` the same if it is a day and stands close enough for "in the night" to belong to it, `said` if it stands in the
    same sentence.
    """

    report: Days | None
    tense: Direction | None = None
    anchor: Value | None = None
    near: Value | None = None
    said: Value | None = None
    is_next_of_next_week: bool = False

    @property
    def is_exact(self) -> bool:
        """Whether the report's day is known."""
        return self.report is not None and self.report.first == self.report.last

    def at(self, report: date, tense: Direction | None) -> Reference:
        """The same, read on another day."""
        return replace(self, report=one_day(report), tense=tense)


Resolved: TypeAlias = Value | Bounds | None


class Expression(Protocol):
    """Anything that resolves."""

    def resolve(self, ref: Reference) -> Resolved:
        """The value at a reference."""
        ...


def _value(resolved: Resolved) -> Value | None:
    return resolved if isinstance(resolved, Value) else None


def _over(days: Days, unit: Unit, make: Callable[[date], Days]) -> Value | None:
    """Apply what holds for one day to days of which one is meant."""
    first = in_calendar(lambda: make(days.first))
    last = in_calendar(lambda: make(days.last))
    if first is None or last is None:
        return None
    return Value((first if first == last else one_of(min(first.first, last.first), max(first.last, last.last)),), unit)


def _map(value: Value, unit: Unit, make: Callable[[Days], Days]) -> Value | None:
    made = [in_calendar(lambda days=days: make(days)) for days in value.choices]  # type: ignore[misc]
    known = tuple(dict.fromkeys(days for days in made if days is not None))
    return Value(known, unit) if len(known) and None not in made else None


# --------------------------------------------------------------------------- points and units


@dataclass(frozen=True, slots=True)
class Fixed:
    """A time that needs no reference: a full date, a year, a decade."""

    value: Value

    def resolve(self, ref: Reference) -> Resolved:  # noqa: ARG002 - one signature for all expressions
        """The value itself."""
        return self.value


@dataclass(frozen=True, slots=True)
class Yearly:
    """What comes once a year: a month, a day of a month, a season, a feast, a quarter.

    `days_in` gives its days in a year, or raises ValueError in a year without it. Without direction it is the last one
    that had begun by the report's day, or the first that had not ended before it where tense says future.
    """

    days_in: Callable[[int], Days]
    unit: Unit
    direction: Direction | None = None
    weekday: int | None = None

    def resolve(self, ref: Reference) -> Resolved:
        """The occurrence that the direction picks; either of two where the report's year alone is known."""
        if ref.report is None:
            return None
        direction = self.direction or ref.tense or "past"
        early = self._pick(ref.report.first, direction)
        late = self._pick(ref.report.last, direction)
        if early is None or late is None:
            return None
        is_within_month = (ref.report.last - ref.report.first).days < 31
        if early == late or (is_within_month and direction in ("past", "future")):
            return Value((early if direction == "future" else late,), self.unit)
        return Value((early, late), self.unit)

    def _pick(self, day: date, direction: Direction) -> Days | None:
        fits = {
            "past": lambda days: days.first <= day,
            "last": lambda days: days.last < day,
            "future": lambda days: days.last >= day,
            "next": lambda days: days.first > day,
            "this": lambda days: days.first.year == day.year,
        }[direction]
        back = direction in ("past", "last")
        years = range(day.year + 1, day.year - 9, -1) if back else range(day.year - 1, day.year + 9)
        candidates = [days for year in years if (days := in_calendar(lambda y=year: self.days_in(y))) and fits(days)]  # type: ignore[misc]
        if self.weekday is None or not candidates:
            return candidates[0] if candidates else None
        return self._on_weekday(day, candidates)

    def _on_weekday(self, day: date, candidates: list[Days]) -> Days:
        """The weekday outweighs the tense: "vendredi 14 juillet" is the nearest year in which the 14th is a Friday."""
        right = [days for days in self._around(day.year) if days.first.weekday() == self.weekday]
        if candidates[0].first.weekday() == self.weekday or not right:
            return candidates[0]
        return min(right, key=lambda days: (abs((days.first - day).days), days.first))

    def _around(self, year: int) -> Iterator[Days]:
        for other in range(year - 5, year + 3):
            days = in_calendar(lambda y=other: self.days_in(y))  # type: ignore[misc]
            if days:
                yield days


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week (Monday is 0): the last one on or before the report's day unless tense or words say otherwise.

    `week` counts calendar weeks from the report's: "Monday of next week" is week 1.
    """

    weekday: int
    direction: Direction | None = None
    week: int | None = None

    def resolve(self, ref: Reference) -> Resolved:
        """The day; any such day of the month where the report gives no day."""
        if ref.report is None:
            return None
        direction = self.direction or ref.tense or "past"
        if not ref.is_exact and self.week is None and direction not in ("last", "next"):
            choices = tuple(one_day(day) for day in _days(ref.report) if day.weekday() == self.weekday)
            return Value(choices, Unit.DAY) if choices else None
        first, last = self._pick(ref.report.first, direction, ref), self._pick(ref.report.last, direction, ref)
        if first is None or last is None:
            return None
        steps = (last - first).days // 7
        return Value(tuple(one_day(first + ONE_DAY * 7 * n) for n in range(steps + 1)), Unit.DAY)

    def _pick(self, day: date, direction: Direction, ref: Reference) -> date | None:
        offset = self.weekday - day.weekday()
        if self.week is not None:
            offset += 7 * self.week
        elif direction == "next" and ref.is_next_of_next_week:
            offset += 7
        elif direction == "this":
            offset += {"past": -7 * (offset > 0), "future": 7 * (offset < 0)}.get(ref.tense or "", 0)
        else:
            offset = {"past": -(-offset % 7), "last": -(-offset % 7 or 7), "future": offset % 7, "next": offset % 7 or 7}[direction]
        found = in_calendar(lambda: one_day(day + ONE_DAY * offset))
        return found.first if found else None


def _days(days: Days) -> Iterator[date]:
    for n in range((days.last - days.first).days + 1):
        yield days.first + ONE_DAY * n


@dataclass(frozen=True, slots=True)
class DayOfMonth:
    """A weekday with a day of the month but no month ("mardi 27"): the nearest such day, past unless tense says future."""

    day: int
    weekday: int

    def resolve(self, ref: Reference) -> Resolved:
        """The day, at most two years away."""
        if ref.report is None:
            return None
        ahead = ref.tense == "future"
        start = ref.report.first if ahead else ref.report.last
        for n in range(750):
            found = in_calendar(lambda n=n: one_day(start + ONE_DAY * (n if ahead else -n)))  # type: ignore[misc]
            if found and (found.first.day, found.first.weekday()) == (self.day, self.weekday):
                return Value((found,), Unit.DAY)
        return None


@dataclass(frozen=True, slots=True)
class Counted:
    """A unit of the calendar, so many before or after the report's: yesterday, last week, three months ago, this year.

    `on_anchor` counts from what the text spoke of last (the day before, two years later), and from the report's day where
    it spoke of nothing.
    """

    unit: Unit
    by: int
    on_anchor: bool = False

    def resolve(self, ref: Reference) -> Resolved:
        """The unit; something between the outermost ones where the day counted from is not certain."""
        base = ref.anchor if self.on_anchor and ref.anchor else None
        if base is None:
            base = Value((ref.report,), Unit.DAY) if ref.report else None
        if base is None:
            return None
        if self.unit is Unit.WEEKEND and self.by == 0 and ref.tense == "past":
            return _over_all(base, self.unit, lambda day: unit_around(day - ONE_DAY * 5, Unit.WEEKEND))
        if self.unit is Unit.HOUR:
            return _over_all(base, Unit.DAY, self._hours)
        return _over_all(base, self.unit, lambda day: unit_around(shift(day, self.unit, self.by), self.unit))

    def _hours(self, day: date) -> Days:
        full, rest = divmod(abs(self.by), 24)
        near, far = (full, full + bool(rest)) if self.by > 0 else (-full, -full - bool(rest))
        return one_of(min(day + ONE_DAY * near, day + ONE_DAY * far), max(day + ONE_DAY * near, day + ONE_DAY * far))


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
class Window:
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
        far = in_calendar(lambda: one_day(shift(report.first if by < 0 else report.last, unit, by)))
        if far is None:
            return None
        first, last = (far.first, report.last) if by < 0 else (report.first, far.first)
        return Value((stretch(first, last) if ref.is_exact else one_of(first, last),), self.unit)


@dataclass(frozen=True, slots=True)
class Vague:
    """Somewhat before or after the moment of speaking: recently, in recent weeks, soon, in the coming days."""

    is_future: bool

    def resolve(self, ref: Reference) -> Resolved:
        """Open on one side; the other is the day of the saying where the sentence gives it, else the report's."""
        base = ref.said or (Value((ref.report,), Unit.DAY) if ref.report else None)
        if base is None:
            return None
        if self.is_future:
            return Bounds(f"{base.edtf}/.." if len(base.choices) == 1 else f"{base.first.isoformat()}/..", base.first, None)
        return Bounds(f"../{base.edtf}" if "[" not in base.edtf else f"../{base.last.isoformat()}", None, base.last)


# --------------------------------------------------------------------------- parts, nights, ranges, lists


@dataclass(frozen=True, slots=True)
class Portion:
    """A part of a unit: early May, mid-2022, the second half of the year."""

    whole: Expression
    part: Part

    def resolve(self, ref: Reference) -> Resolved:
        """The part of the whole."""
        value = _value(self.whole.resolve(ref))
        if value is None:
            return None
        return _map(value, value.unit, lambda days: part_of(days, value.unit, self.part))


@dataclass(frozen=True, slots=True)
class UpToReport:
    """What of a unit lies before (or after) the report's day: earlier this week, later this month."""

    whole: Expression
    is_future: bool

    def resolve(self, ref: Reference) -> Resolved:
        """The unit cut at the report's day."""
        value = _value(self.whole.resolve(ref))
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
        value = _value(self.whole.resolve(ref))
        unit = Unit.DAY if self.weekday is not None else Unit.WEEK
        return value and _map(value, unit, lambda days: nth_in(days, self.number, self.weekday))


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
        value = _value(self.day.resolve(ref)) if self.day else ref.near
        if value is None and self.day is None and self.is_report_default and ref.report:
            value = Value((ref.report,), Unit.DAY)
        if value is None:
            return None
        return _map(value, Unit.DAY, self._widen)

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
        start, end = _value(self.start.resolve(ref)), _value(self.end.resolve(ref))
        if ref.report is None or ref.is_exact:
            if is_relative(self.start) and end is not None and not is_relative(self.end):
                start = _value(self.start.resolve(ref.at(end.first, "past")))
            elif is_relative(self.end) and start is not None:
                end = _value(self.end.resolve(ref.at(start.first, "future")))
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
            value = _value(item.resolve(ref))
            if value and values and value.first > values[0].first and is_relative(item) and ref.is_exact:
                value = _value(item.resolve(ref.at(values[0].first, "past")))
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


# --------------------------------------------------------------------------- relations


@dataclass(frozen=True, slots=True)
class Related:
    """A time and how it relates to what happens; see `Relation`."""

    relation: Relation
    inner: Expression

    def resolve(self, ref: Reference) -> Resolved:
        """Open on the side that the relation leaves open."""
        resolved = self.inner.resolve(ref)
        if isinstance(resolved, Bounds) or resolved is None or self.relation is Relation.AT:
            return resolved
        first, last = resolved.first, resolved.last
        match self.relation:
            case Relation.SINCE | Relation.AFTER:
                return Bounds(f"{_open_label(resolved, at_start=True)}/..", first, None)
            case Relation.UNTIL:
                return Bounds(f"../{_open_label(resolved, at_start=False)}", None, last)
        before = in_calendar(lambda: one_day(first - ONE_DAY))
        return before and Bounds(f"../{_label_before(resolved, before.first)}", None, before.first)


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
