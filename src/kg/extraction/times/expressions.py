"""What time expressions mean before the report's date is known, and how they resolve against it.

An expression is a small tree; `resolve` reads it at a `Reference`: the days on which the report can have been published,
what the clause's tense says, and the day that the text spoke of last. The answer is a `Value`, a `Bounds` (open on a
side), or nothing, where nothing is known that could bound it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal, TypeAlias

from kg.extraction.times.calendar import (
    ONE_DAY,
    Days,
    Unit,
    Value,
    in_calendar,
    one_day,
    one_of,
)
from kg.extraction.times.recurrences import DayIn

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
    with their year, by month and day. `is_agenda`: see `kg.extraction.times.Convention`.
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
    is_agenda: bool = False

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


class Expression:
    """Anything that resolves."""

    __slots__ = ()

    @property
    def is_relative(self) -> bool:
        """Whether the words leave the year or the week to the report's date and the tense."""
        return False

    @property
    def is_context_needed(self) -> bool:
        """Whether the words are a time only where the text has told another."""
        return False

    def resolve(self, ref: Reference) -> Resolved:
        """The value at a reference."""
        raise NotImplementedError


def as_value(resolved: Resolved) -> Value | None:
    """The value, where it is closed on both sides."""
    return resolved if isinstance(resolved, Value) else None


def map_days(value: Value, unit: Unit, make: Callable[[Days], Days]) -> Value | None:
    """Make something of each stretch of which one is meant."""
    made = [in_calendar(make, days) for days in value.choices]
    known = tuple(dict.fromkeys(days for days in made if days is not None))
    return Value(known, unit) if None not in made else None


@dataclass(frozen=True, slots=True)
class Fixed(Expression):
    """A time that needs no reference: a full date, a year, a decade."""

    value: Value

    def resolve(self, ref: Reference) -> Resolved:
        """The value itself."""
        return self.value


@dataclass(frozen=True, slots=True)
class Yearly(Expression):
    """What comes once a year: a month, a day of a month, a season, a feast, a quarter.

    `days_in` gives its days in a year, or raises ValueError in a year without it. Without direction it is the last one
    that had begun by the report's day, or the first that had not ended before it where tense says future.
    """

    days_in: Callable[[int], Days]
    unit: Unit
    direction: Direction | None = None
    weekday: int | None = None

    @property
    def is_relative(self) -> bool:
        """Unless words give the direction."""
        return self.direction is None

    def resolve(self, ref: Reference) -> Resolved:
        """The occurrence that the direction picks; either of two where the report's year alone is known.

        A day that the text gives elsewhere with its year is that day.
        """
        if ref.report is None:
            return None
        if told := self._told(ref, ref.report):
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
        fits: dict[Direction, Callable[[Days], bool]] = {
            "past": lambda days: days.first <= day,
            "last": lambda days: days.last < day,
            "future": lambda days: days.last >= day,
            "next": lambda days: days.first > day,
            "this": lambda days: days.first.year == day.year,
        }
        back = direction in ("past", "last")
        years = range(day.year + 1, day.year - 9, -1) if back else range(day.year - 1, day.year + 9)
        candidates = [days for year in years if (days := in_calendar(self.days_in, year)) and fits[direction](days)]
        if self.weekday is None or not candidates:
            return candidates[0] if candidates else None
        return self._on_weekday(day, candidates)

    def _told(self, ref: Reference, report: Days) -> Days | None:
        days = in_calendar(self.days_in, 2000) if isinstance(self.days_in, DayIn) else None
        if self.direction or self.unit is not Unit.DAY or days is None:
            return None
        told = ref.told.get((days.first.month, days.first.day))
        return None if told and ref.tense == "future" and told.last < report.first else told

    def _on_weekday(self, day: date, candidates: list[Days]) -> Days:
        """The weekday outweighs the tense: "vendredi 14 juillet" is the nearest year in which the 14th is a Friday."""
        around = (in_calendar(self.days_in, year) for year in range(day.year - 5, day.year + 3))
        right = [days for days in around if days and days.first.weekday() == self.weekday]
        if candidates[0].first.weekday() == self.weekday or not right:
            return candidates[0]
        return min(right, key=lambda days: (abs((days.first - day).days), days.first))


@dataclass(frozen=True, slots=True)
class Weekday(Expression):
    """A day of the week (Monday is 0): the last one on or before the report's day unless tense or words say otherwise.

    `week` counts calendar weeks from the report's: "Monday of next week" is week 1. With `is_near` "next" is the nearest.
    """

    weekday: int
    direction: Direction | None = None
    week: int | None = None
    on_anchor: bool = False
    is_near: bool = False

    @property
    def is_relative(self) -> bool:
        """Unless words give the direction or the week."""
        return self.direction is None and self.week is None

    def resolve(self, ref: Reference) -> Resolved:
        """The day; any such day of the month where the report gives no day."""
        if self.on_anchor and ref.anchor:
            ref = replace(ref, report=one_of(ref.anchor.first, ref.anchor.last), is_next_of_next_week=False)
        if ref.report is None:
            return None
        direction = self.direction or ref.tense or "past"
        if ref.is_agenda and self.is_relative and ref.tense == "future":
            return replace(self, direction="next", is_near=True).resolve(ref)
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
        elif direction == "next" and ref.is_next_of_next_week and not self.is_near:
            offset += 7
        elif direction == "this":
            offset += {"past": -7 * (offset > 0), "future": 7 * (offset < 0)}.get(ref.tense or "", 0)
        else:
            offset = {
                "past": -(-offset % 7),
                "last": -(-offset % 7 or 7),
                "future": offset % 7,
                "next": offset % 7 or 7,
            }[direction]
        found = in_calendar(_days_later, day, offset)
        return found.first if found else None


def _days_later(day: date, by: int) -> Days:
    return one_day(day + ONE_DAY * by)


def _days(days: Days) -> Iterator[date]:
    for n in range((days.last - days.first).days + 1):
        yield days.first + ONE_DAY * n


@dataclass(frozen=True, slots=True)
class DayOfMonth(Expression):
    """A day of the month without the month ("le 16", "mardi 27"): the nearest such day, past unless tense says future.

    Without a weekday it is that of the month that the text spoke of last; where it spoke of none, a number is no day, but in an
    agenda.
    """

    day: int
    weekday: int | None = None

    @property
    def is_relative(self) -> bool:
        """Always."""
        return True

    @property
    def is_context_needed(self) -> bool:
        """Without a weekday."""
        return self.weekday is None

    def resolve(self, ref: Reference) -> Resolved:
        """The day, at most two years away."""
        if self.weekday is None and ref.day is None and not ref.is_agenda:
            return None
        if self.weekday is None and ref.day is not None:
            first = ref.day.first
            told = in_calendar(lambda: one_day(first.replace(day=self.day)))
            return Value((told,), Unit.DAY) if told is not None else None
        if ref.report is None:
            return None
        ahead = ref.tense == "future"
        start = ref.report.first if ahead else ref.report.last
        for n in range(750):
            found = in_calendar(_days_later, start, n if ahead else -n)
            is_weekday = found is not None and self.weekday in (None, found.first.weekday())
            if found and is_weekday and found.first.day == self.day:
                return Value((found,), Unit.DAY)
        return None
