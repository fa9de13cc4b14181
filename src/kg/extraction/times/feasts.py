"""The days of feasts, from the rules that the tables of times write.

A rule is a base, a weekday before it (``<4``: the last Friday before), a shift in days (``+39``, ``-2``) and a length in days
(``*8``). The bases:

| base | what |
|---|---|
| ``12-25`` | a day of the Gregorian calendar |
| ``workday:10-16`` | the same, or the working day next to it |
| ``not-sunday:04-27`` | the same, or the day before where it is a Sunday |
| ``nth:11/4/3`` | the fourth Thursday (Monday is 0) of November; a negative number counts from the end |
| ``easter``, ``orthodox`` | Easter Sunday of the western and the eastern churches |
| ``hebrew:1/15`` | a day of the Hebrew calendar (Nisan is 1), which begins on the evening before: both days |
| ``islamic:10/1``, ``islamic:9`` | a day or a month of the Islamic calendar, from the new moon as seen in Mecca |
| ``chinese`` | the new year of the Chinese calendar |
| ``hindu:8/29@18`` | the day on which the lunar day 29 of month 8 (Chaitra is 1, months end with the new moon) holds at 18 h |
| ``sankranti:270`` | the day on which the sun enters a sign, by its sidereal longitude |
| ``wandering:2018-08-17`` | a new year of 365 days, leap years or not |

Calendars: Dershowitz and Reingold, Calendrical Calculations. What depends on a sighting of the moon may differ by a day.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Final

from kg.extraction.times.calendar import ONE_DAY, Days, Unit, easter, month_of, nth_in, one_day, stretch
from kg.extraction.times.moon import MONTH, moment_of_phase, new_moons, sun_longitude

_RULE: Final = re.compile(
    r"(?P<base>\d\d-\d\d|[a-z-]*[a-z])(?::(?P<arguments>\d{4}-\d\d-\d\d|\d\d-\d\d|\d+(?:/-?\d+)*(?:@\d+)?))?"
    r"(?:<(?P<weekday>\d))?(?P<shift>[+-]\d+)?(?:\*(?P<length>\d+))?"
)
_INDIA, _CHINA, _MECCA = 5.5 / 24, 8 / 24, 3 / 24
_DAYS, _WEEKS = 3, 27
_SUNSET: Final = 0.764
"""The mean hour of sunset in Mecca by its clocks, as a part of the day."""
_EVENING: Final = 0.75
_HEBREW_EPOCH: Final = -1373428
"""The day before 1 Tishri of the year 1, as `date.toordinal` counts."""


@dataclass(frozen=True, slots=True)
class FeastIn:
    """A feast by its rule; see the table of this module."""

    rule: str

    def __call__(self, year: int) -> Days:
        """Its days in that year, the first of two.

        Raises:
            ValueError: it does not fall into that year, or the rule is none.
        """
        return _days(self.rule, year)

    @property
    def unit(self) -> Unit:
        """How long it is: a day (also with its eve), some days, or about a month."""
        match = _RULE.fullmatch(self.rule)
        length = int(match["length"] or 1) if match else 1
        is_month = match is not None and match["base"] == "islamic" and "/" not in match["arguments"]
        if is_month or length > _WEEKS:
            return Unit.MONTH
        return Unit.DAY if length < _DAYS else Unit.WEEK


@lru_cache(maxsize=4096)
def _days(rule: str, year: int) -> Days:
    match = _RULE.fullmatch(rule)
    if match is None:
        raise ValueError(f"{rule!r} is no rule of a feast")
    shift, length = timedelta(int(match["shift"] or 0)), int(match["length"] or 0)
    for days in _bases(match["base"], match["arguments"] or "", year):
        back = timedelta((days.first.weekday() - int(match["weekday"]) - 1) % 7 + 1 if match["weekday"] else 0)
        first, last = days.first + shift - back, days.last + shift - back
        found = stretch(first, first + ONE_DAY * (length - 1) if length else last)
        if found.first.year == year:
            return found
    raise ValueError("no such feast in that year")


def _bases(base: str, arguments: str, year: int) -> Iterator[Days]:
    """The bases that can fall into a year."""
    if base[0].isdigit():
        yield one_day(date.fromisoformat(f"{year:04d}-{base}"))
        return
    if base not in _BASES:
        raise ValueError(f"{base!r} is no base of a feast")
    yield from _BASES[base](arguments, year)


def _workday(arguments: str, year: int) -> Iterator[Days]:
    day = date.fromisoformat(f"{year:04d}-{arguments}")
    yield one_day(day + ONE_DAY * {5: -1, 6: 1}.get(day.weekday(), 0))


def _not_sunday(arguments: str, year: int) -> Iterator[Days]:
    day = date.fromisoformat(f"{year:04d}-{arguments}")
    yield one_day(day - ONE_DAY * (day.weekday() == 6))


def _nth(arguments: str, year: int) -> Iterator[Days]:
    month, number, weekday = (int(part) for part in arguments.split("/"))
    yield nth_in(month_of(year, month), number, weekday)


def _orthodox(_: str, year: int) -> Iterator[Days]:
    """Easter of the Julian calendar (Meeus, chapter 8), as a Gregorian date."""
    a, b, c = year % 4, year % 7, year % 19
    d = (19 * c + 15) % 30
    e = (2 * a + 4 * b - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    yield one_day(date(year, month, day + 1) + ONE_DAY * (year // 100 - year // 400 - 2))


# --------------------------------------------------------------------------- the Hebrew calendar


def _elapsed(year: int) -> int:
    """The days from the epoch to the new year of a Hebrew year."""
    months = (235 * year - 234) // 19
    parts = 12084 + 13753 * months
    day = 29 * months + parts // 25920
    return day + (3 * (day + 1) % 7 < 3)


def _hebrew_new_year(year: int) -> int:
    before, here, after = _elapsed(year - 1), _elapsed(year), _elapsed(year + 1)
    return here + (2 if after - here == 356 else 1 if here - before == 382 else 0)


def _hebrew_months(year: int) -> dict[int, int]:
    """The first day of each month of a Hebrew year, by its number from Nisan; the second Adar is 13."""
    start, length = _hebrew_new_year(year), _hebrew_new_year(year + 1) - _hebrew_new_year(year)
    is_leap = (7 * year + 1) % 19 < 7
    lengths = [(7, 30), (8, 30 if length % 10 == 5 else 29), (9, 29 if length % 10 == 3 else 30), (10, 29), (11, 30)]
    lengths += [(12, 30), (13, 29)] if is_leap else [(12, 29)]
    lengths += [(1, 30), (2, 29), (3, 30), (4, 29), (5, 30), (6, 29)]
    months = {}
    for month, days in lengths:
        months[month] = start
        start += days
    return months


def _hebrew(arguments: str, year: int) -> Iterator[Days]:
    """From the evening before; what is in Adar is in the second one of a leap year."""
    month, day = (int(part) for part in arguments.split("/"))
    for hebrew in (year + 3760, year + 3761):
        months = _hebrew_months(hebrew)
        start = months[13] if month == 12 and 13 in months else months[month]
        found = date.fromordinal(_HEBREW_EPOCH + start + day)
        yield stretch(found - ONE_DAY, found)


# --------------------------------------------------------------------------- calendars of the moon


def _islamic(arguments: str, year: int) -> Iterator[Days]:
    """A month begins with the first sunset in Mecca after the new moon, and with it the day that follows."""
    numbers = [int(part) for part in arguments.split("/")]
    moons = new_moons(date(year, 1, 1).toordinal() - 32, date(year, 12, 31).toordinal() + 32)
    starts = [int(moon + _MECCA + 1 - _SUNSET) + 1 for moon in moons]
    for start, after in pairwise(starts):
        if _islamic_month(start) != numbers[0]:
            continue
        if len(numbers) > 1:
            yield one_day(date.fromordinal(start + numbers[1] - 1))
        else:
            yield stretch(date.fromordinal(start), date.fromordinal(after - 1))


def _islamic_month(start: int) -> int:
    """The month of which a day is about the first, by the arithmetical calendar."""
    elapsed = start + 15 - 227015
    year = (30 * elapsed + 10646) // 10631
    return int((elapsed - (354 * (year - 1) + (3 + 11 * year) // 30)) // 29.5) % 12 + 1


def _chinese(_: str, year: int) -> Iterator[Days]:
    first = date(year, 1, 21).toordinal() - _CHINA
    yield one_day(date.fromordinal(int(new_moons(first, first + 31)[0] + _CHINA)))


def _hindu(arguments: str, year: int) -> Iterator[Days]:
    lunar, _, hour = arguments.partition("@")
    month, day = (int(part) for part in lunar.split("/"))
    moons = new_moons(date(year, 1, 1).toordinal() - 32, date(year, 12, 31).toordinal() + 32)
    for moon, after in pairwise(moons):
        sign = int(_sidereal_sun(moon) // 30)
        is_leap = sign == int(_sidereal_sun(after) // 30)
        if (sign + 1) % 12 + 1 == month and not is_leap:
            yield one_day(_day_of_lunar(moon, day, int(hour or 6) / 24))


def _day_of_lunar(moon: float, number: int, part: float) -> date:
    """The day in India at whose hour a lunar day holds, or on which it begins where none does."""
    near = moon + (number - 1) / 30 * MONTH
    first, last = (moment_of_phase(near + n / 30 * MONTH, 12 * (number - 1 + n)) + _INDIA for n in (0, 1))
    day = int(first) if first <= int(first) + part else int(first) + 1
    return date.fromordinal(day if day + part < last else int(first))


def _sidereal_sun(moment: float) -> float:
    """The sun's longitude from the stars, by the ayanamsa of Lahiri."""
    return (sun_longitude(moment) - 23.853 - (moment - 730120) / 365.25 * 0.01397) % 360


def _sankranti(arguments: str, year: int) -> Iterator[Days]:
    target = int(arguments)
    for day in range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1):
        before, after = (((_sidereal_sun(day + _EVENING - _INDIA + n) - target + 180) % 360) - 180 for n in (-1, 0))
        if before < 0 <= after:
            yield one_day(date.fromordinal(day))


def _wandering(arguments: str, year: int) -> Iterator[Days]:
    start = date.fromisoformat(arguments)
    for turn in (year - start.year, year - start.year + 1):
        yield one_day(start + timedelta(365 * turn))


_BASES: Final[dict[str, Callable[[str, int], Iterator[Days]]]] = {
    "chinese": _chinese,
    "easter": lambda _, year: iter((one_day(easter(year)),)),
    "hebrew": _hebrew,
    "hindu": _hindu,
    "islamic": _islamic,
    "not-sunday": _not_sunday,
    "nth": _nth,
    "orthodox": _orthodox,
    "sankranti": _sankranti,
    "wandering": _wandering,
    "workday": _workday,
}
