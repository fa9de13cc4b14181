"""Days, the calendar's units, and how both are written in EDTF.

`Days` is one stretch of days with its EDTF value; a `Value` is one stretch, or several of which one is meant. A week runs
from Monday to Sunday. Everything that leaves the years 1 to 9999 is `None`.

Parts and seasons follow the guide of the claim record and extend its pattern:

| part | month | year, decade, century | week |
|---|---|---|---|
| early | 1 to 10 | first third (January to April; years 0 to 3; 0 to 33) | Monday to Wednesday |
| mid | 11 to 20 | second third (May to August; 4 to 6; 34 to 66) | Tuesday to Thursday |
| late | 21 to the end | last third (September to December; 7 to 9; 67 to 99) | Friday to Sunday |

A season begins with its first whole month and ends on the usual day of the solstice or equinox that ends it: spring
03-01 to 06-21, summer 06-01 to 09-22, autumn 09-01 to 12-21, winter 12-01 to 03-20. "Winter 2022" may begin or end in
2022, so that its bounds are 2022-01-01 and 2023-03-20.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import ParamSpec

P = ParamSpec("P")
_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-\d\d)?)?")
ONE_DAY = timedelta(days=1)


class Unit(StrEnum):
    """The granularity of a time, from fine to coarse."""

    HOUR = "hour"
    DAY = "day"
    WEEKEND = "weekend"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"


class Part(StrEnum):
    """A part of a longer unit."""

    EARLY = "early"
    MID = "mid"
    LATE = "late"
    FIRST_HALF = "first-half"
    SECOND_HALF = "second-half"


@dataclass(frozen=True, slots=True)
class Days:
    """The days from `first` to `last`, both included, and the EDTF value that stands for them."""

    first: date
    last: date
    edtf: str

    @property
    def is_date(self) -> bool:
        """Whether EDTF has a date for it, which can stand anywhere: a day, a month, a year."""
        return _DATE.fullmatch(self.edtf) is not None

    @property
    def is_end(self) -> bool:
        """Whether its EDTF can be the end of an interval: a date or a season."""
        return self.is_date or self.edtf[4:] in ("-21", "-22", "-23", "-24")

    @property
    def choice(self) -> str:
        """Its EDTF as one member of a set: a date or a range of dates."""
        if self.is_date:
            return self.edtf
        return f"{self.first.isoformat()}..{self.last.isoformat()}"


@dataclass(frozen=True, slots=True)
class Value:
    """One stretch of days, or several in order of which one is meant; `unit` is the granularity of the words."""

    choices: tuple[Days, ...]
    unit: Unit

    @property
    def first(self) -> date:
        """The first day that can belong to it."""
        return min(days.first for days in self.choices)

    @property
    def last(self) -> date:
        """The last day that can belong to it."""
        return max(days.last for days in self.choices)

    @property
    def edtf(self) -> str:
        """EDTF: the one stretch, the set of up to eight, or what covers them."""
        if len(self.choices) == 1:
            return self.choices[0].edtf
        if len(self.choices) > 8:
            return cover(self.first, self.last)
        return "[" + ",".join(days.choice for days in self.choices) + "]"


def in_calendar(make: Callable[P, Days], *given: P.args, **named: P.kwargs) -> Days | None:
    """Make days, or nothing where there are none such in the calendar."""
    try:
        return make(*given, **named)
    except (ValueError, OverflowError):
        return None


def one_day(day: date) -> Days:
    """A single day."""
    return Days(day, day, day.isoformat())


def stretch(first: date, last: date) -> Days:
    """All days from one to another: the day, month or year that they are, or an interval."""
    return Days(first, last, _whole_unit(first, last) or f"{first.isoformat()}/{last.isoformat()}")


def one_of(first: date, last: date) -> Days:
    """Some day or days between two, nobody knows which."""
    return Days(first, last, _whole_unit(first, last) or f"[{first.isoformat()}..{last.isoformat()}]")


def _whole_unit(first: date, last: date) -> str | None:
    if first == last:
        return first.isoformat()
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return f"{first.year:04d}"
    if first.day == 1 and last == _end_of_month(first.year, first.month):
        return f"{first.year:04d}-{first.month:02d}"
    return None


def cover(first: date, last: date) -> str:
    """The month or year that two days lie in, else the set of days between them."""
    if first.year != last.year:
        return f"[{first.isoformat()}..{last.isoformat()}]"
    return f"{first.year:04d}-{first.month:02d}" if first.month == last.month else f"{first.year:04d}"


def _end_of_month(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def month_of(year: int, month: int) -> Days:
    """A month."""
    return stretch(date(year, month, 1), _end_of_month(year, month))


def year_of(year: int) -> Days:
    """A year."""
    return stretch(date(year, 1, 1), date(year, 12, 31))


def years_of(first: int, length: int) -> Days:
    """A decade (10) or a century (100)."""
    digits = f"{first:04d}"
    edtf = digits[:3] + "X" if length == 10 else digits[:2] + "XX"
    return Days(date(max(first, 1), 1, 1), date(first + length - 1, 12, 31), edtf)


def fraction_of(year: int, number: int, of: int) -> Days:
    """A quarter (of 4) or a half (of 2) of a year, numbered from 1."""
    length = 12 // of
    last = number * length
    edtf = f"{year:04d}-{(32 if of == 4 else 39) + number}"
    return Days(date(year, last - length + 1, 1), _end_of_month(year, last), edtf)


_SEASONS = {21: ((3, 1), (6, 21)), 22: ((6, 1), (9, 22)), 23: ((9, 1), (12, 21)), 24: ((12, 1), (3, 20))}


def season_of(year: int, season: int, *, is_named_by_year: bool = False) -> Days:
    """A season by its EDTF number; a winter is that which begins in the year, or either where only the year names it."""
    (first_month, first_day), (last_month, last_day) = _SEASONS[season]
    first = date(year, 1, 1) if season == 24 and is_named_by_year else date(year, first_month, first_day)
    return Days(first, date(year + (season == 24), last_month, last_day), f"{year:04d}-{season}")


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm, Meeus, Astronomical Algorithms, chapter 8)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    return date(year, (h + k - 7 * m + 114) // 31, (h + k - 7 * m + 114) % 31 + 1)


def unit_around(day: date, unit: Unit) -> Days:
    """The unit of the calendar that a day lies in; a weekend is that of the day's week."""
    monday = day - ONE_DAY * day.weekday()
    match unit:
        case Unit.HOUR | Unit.DAY:
            return one_day(day)
        case Unit.WEEKEND:
            return stretch(monday + ONE_DAY * 5, monday + ONE_DAY * 6)
        case Unit.WEEK:
            return stretch(monday, monday + ONE_DAY * 6)
        case Unit.MONTH:
            return month_of(day.year, day.month)
        case Unit.QUARTER:
            return fraction_of(day.year, (day.month + 2) // 3, 4)
        case Unit.HALF:
            return fraction_of(day.year, 1 + (day.month > 6), 2)
        case Unit.SEASON:
            season = next(s for s in (24, 23, 22, 21) if (day.month, 1) >= _SEASONS[s][0] or s == 21)
            return season_of(day.year, season) if day.month > 2 else season_of(day.year - 1, 24)
        case Unit.YEAR:
            return year_of(day.year)
        case Unit.DECADE:
            return years_of(day.year // 10 * 10, 10)
        case Unit.CENTURY:
            return years_of(day.year // 100 * 100, 100)


_MONTHS = {
    Unit.MONTH: 1,
    Unit.QUARTER: 3,
    Unit.HALF: 6,
    Unit.SEASON: 3,
    Unit.YEAR: 12,
    Unit.DECADE: 120,
    Unit.CENTURY: 1200,
}


def shift(day: date, unit: Unit, by: int) -> date:
    """A day some units later (earlier, if negative); the last of a shorter month where it lacks the day."""
    if unit in (Unit.HOUR, Unit.DAY):
        return day + ONE_DAY * by
    if unit in (Unit.WEEK, Unit.WEEKEND):
        return day + ONE_DAY * 7 * by
    months = day.year * 12 + day.month - 1 + _MONTHS[unit] * by
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(day.day, _end_of_month(year, month).day))


def part_of(days: Days, unit: Unit, part: Part) -> Days:
    """A part of a stretch by the table above; where the table is silent, thirds or halves of its days."""
    first, last = days.first, days.last
    if unit is Unit.DAY:
        return days
    if unit in (Unit.WEEK, Unit.WEEKEND):
        begin, end = {Part.EARLY: (0, 2), Part.MID: (1, 3), Part.LATE: (4, 6)}.get(part, (0, 6))
        return stretch(min(first + ONE_DAY * begin, last), min(first + ONE_DAY * end, last))
    if part in (Part.FIRST_HALF, Part.SECOND_HALF):
        return _half(days, unit, is_first=part is Part.FIRST_HALF)
    second, third = _thirds(days, unit)
    return {
        Part.EARLY: Days(first, second - ONE_DAY, days.edtf),
        Part.MID: Days(second, third - ONE_DAY, days.edtf),
        Part.LATE: Days(third, last, days.edtf),
    }[part]


def _thirds(days: Days, unit: Unit) -> tuple[date, date]:
    """Where the second and the last third begin."""
    first, year = days.first, days.first.year
    match unit:
        case Unit.MONTH:
            return first + ONE_DAY * 10, first + ONE_DAY * 20
        case Unit.YEAR:
            return date(year, 5, 1), date(year, 9, 1)
        case Unit.DECADE:
            return date(year + 4, 1, 1), date(year + 7, 1, 1)
        case Unit.CENTURY:
            return date(year + 34, 1, 1), date(year + 67, 1, 1)
    length = (days.last - first).days + 1
    return first + ONE_DAY * (length // 3), first + ONE_DAY * (length * 2 // 3)


def _half(days: Days, unit: Unit, *, is_first: bool) -> Days:
    if unit is Unit.YEAR:
        return fraction_of(days.first.year, 1 if is_first else 2, 2)
    if unit is Unit.MONTH:
        middle = days.first + ONE_DAY * 15
    elif unit in (Unit.DECADE, Unit.CENTURY):
        middle = date(days.first.year + (5 if unit is Unit.DECADE else 50), 1, 1)
    else:
        middle = days.first + ONE_DAY * (((days.last - days.first).days + 2) // 2)
    return Days(days.first, middle - ONE_DAY, days.edtf) if is_first else Days(middle, days.last, days.edtf)


def nth_in(days: Days, number: int, weekday: int | None) -> Days:
    """The nth week (days 1 to 7, 8 to 14 …) or the nth of a weekday in a stretch; negative numbers count from its end.

    Raises:
        ValueError: the stretch has no such week or day.
    """
    if weekday is None:
        first = days.first + ONE_DAY * 7 * (number - 1) if number > 0 else days.last + ONE_DAY * (7 * number + 1)
        found = stretch(first, min(first + ONE_DAY * 6, days.last))
    elif number > 0:
        offset = (weekday - days.first.weekday()) % 7
        found = one_day(days.first + ONE_DAY * (offset + 7 * (number - 1)))
    else:
        offset = (days.last.weekday() - weekday) % 7
        found = one_day(days.last - ONE_DAY * (offset - 7 * (number + 1)))
    if not days.first <= found.first <= found.last <= days.last:
        raise ValueError("no such day")
    return found


def hull(values: Iterable[Value], unit: Unit) -> Value:
    """Some day or days between the first and the last of several values."""
    known = list(values)
    return Value((one_of(min(v.first for v in known), max(v.last for v in known)),), unit)
