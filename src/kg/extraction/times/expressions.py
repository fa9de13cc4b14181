"""What time expressions mean before the report's date is known, and how they resolve against it.

An expression is a small tree; `resolve` reads it at a `Reference`: the days on which the report can have been published,
what the clause's tense says, and the day that the text spoke of last. The answer is a `Value`, a `Bounds` (open on a
side), or nothing, where nothing is known that could bound it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal, Protocol, TypeAlias

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

Direction: TypeAlias = Literal["past", "future", "last", "next", "this"]
"""`past` and `future` come from tense or context and include the report's day, `last` and `next` from words and do not."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """A time that is open on one side or both."""

    edtf: str
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Reference:
    """What an expression is read against.

    `issued` holds the days on which the report can have appeared (`None`: unknown), `report` those of them that the
    weekdays of its text allow. `tense` is the direction that tense or context gives, if any. `anchor` is the last time that
    the text spoke of, `day` the last that is a month or shorter, `near` the last that is a day and stands close enough for
    "in the night" to belong to it, `said` the last day in the same sentence. `told` holds the days that the text gives
    with their year, by month and day.
    """

    report: Days | None
    issued: Days | None = None
    tense: Direction | None = None
    anchor: Value | None = None
    day: Value | None = None
    near: Value | None = None
    said: Value | None = None
    told: Mapping[tuple[int, int], Days] = field(default_factory=dict)
    is_next_of_next_week: bool = False

    @property
    def is_exact(self) -> bool:
        """Whether the report's day is known."""
        return self.report is not None and self.report.first == self.report.last

    @property
    def report_value(self) -> Value | None:
        """The report's day as a value."""
        return Value((self.report,), Unit.DAY) if self.report else None

    def at(self, report: date, tense: Direction | None) -> Reference:
        """The same, read on another day."""
        return replace(self, report=one_day(report), issued=one_day(report), tense=tense)


Resolved: TypeAlias = Value | Bounds | None


class Expression(Protocol):
    """Anything that resolves."""

    def resolve(self, ref: Reference) -> Resolved:
        """The value at a reference."""
        ...


def as_value(resolved: Resolved) -> Value | None:
    """The value, where it is closed on both sides."""
    return resolved if isinstance(resolved, Value) else None


def _over(days: Days, unit: Unit, make: Callable[[date], Days]) -> Value | None:
    """Apply what holds for one day to days of which one is meant."""
    first = in_calendar(lambda: make(days.first))
    last = in_calendar(lambda: make(days.last))
    if first is None or last is None:
        return None
    return Value((first if first == last else one_of(min(first.first, last.first), max(first.last, last.last)),), unit)


def map_days(value: Value, unit: Unit, make: Callable[[Days], Days]) -> Value | None:
    """Make something of each stretch of which one is meant."""
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
        if self.unit is Unit.DAY and not (self.direction or ref.tense) and (told := self._told(ref)):
            return Value((told,), self.unit)
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

    def _told(self, ref: Reference) -> Days | None:
        """The same day as the text gives it elsewhere with its year."""
        days = in_calendar(lambda: self.days_in(2000))
        return ref.told.get((days.first.month, days.first.day)) if days else None

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
    on_anchor: bool = False

    def resolve(self, ref: Reference) -> Resolved:
        """The day; any such day of the month where the report gives no day."""
        if self.on_anchor and ref.anchor:
            ref = replace(ref, report=one_of(ref.anchor.first, ref.anchor.last), is_next_of_next_week=False)
        if ref.report is None:
            return None
        direction = self.direction or ref.tense or "past"
        if not ref.is_exact and self.week is None and direction not in ("last", "next"):
            month = ref.issued or ref.report
            choices = tuple(one_day(day) for day in _days(month) if day.weekday() == self.weekday)
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

    `on_anchor` counts from what the text spoke of last (the day before, two years later); where it spoke of nothing, from
    the report's day, but ahead of it only if tense says future; `base` is what else it counts from ("the eve of 7 October"). With `is_span` a week is seven days
    ("a week ago"), not the calendar's ("last week").
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
        unit = Unit.DAY if self.is_span and self.unit is Unit.WEEK else self.unit
        return _over_all(base, unit, lambda day: unit_around(shift(day, self.unit, self.by), unit))

    def _base(self, ref: Reference) -> Value | None:
        if self.base is not None:
            return as_value(self.base.resolve(ref))
        if not self.on_anchor:
            return ref.report_value
        anchor = {Unit.HOUR: ref.near, Unit.DAY: ref.day}.get(self.unit, ref.anchor)
        return anchor or (ref.report_value if self.by <= 0 or ref.tense == "future" else None)

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
        base = ref.said or ref.report_value
        if base is None:
            return None
        if self.is_future:
            return Bounds(f"{base.edtf}/.." if len(base.choices) == 1 else f"{base.first.isoformat()}/..", base.first, None)
        return Bounds(f"../{base.edtf}" if "[" not in base.edtf else f"../{base.last.isoformat()}", None, base.last)


@dataclass(frozen=True, slots=True)
class Ahead:
    """What lies ahead where tense says future, and is a mere length otherwise: "in two weeks"."""

    counted: Counted

    def resolve(self, ref: Reference) -> Resolved:
        """The unit, if tense says future."""
        return self.counted.resolve(ref) if ref.tense == "future" else None


@dataclass(frozen=True, slots=True)
class ThisNight:
    """The night that ends on the report's day, or that begins on it where tense says future."""

    def resolve(self, ref: Reference) -> Resolved:
        """Two days where the report's day is known."""
        if ref.report is None:
            return None
        first, last = (0, 1) if ref.tense == "future" else (-1, 0)
        report = ref.report
        make = stretch if ref.is_exact else one_of
        days = in_calendar(lambda: make(report.first + ONE_DAY * first, report.last + ONE_DAY * last))
        return days and Value((days,), Unit.DAY)


@dataclass(frozen=True, slots=True)
class UnitAround:
    """The unit of the calendar that a day lies in: the week of 6 October."""

    day: Expression
    unit: Unit

    def resolve(self, ref: Reference) -> Resolved:
        """The unit."""
        value = as_value(self.day.resolve(ref))
        return value and map_days(value, self.unit, lambda days: unit_around(days.first, self.unit))
