"""What comes once a year, as functions from a year to its days; all raise ValueError in a year that lacks them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kg.extraction.times.calendar import Days, fraction_of, month_of, nth_in, one_day, season_of


@dataclass(frozen=True, slots=True)
class DayIn:
    """A day of a month, or the month, in a year."""

    month: int
    day: int | None = None

    def __call__(self, year: int) -> Days:
        """Its days in that year."""
        return one_day(date(year, self.month, self.day)) if self.day else month_of(year, self.month)


@dataclass(frozen=True, slots=True)
class FractionIn:
    """A quarter or half of a year, counted from 1, or from its end by negative numbers."""

    number: int
    of: int

    def __call__(self, year: int) -> Days:
        """Its days in that year."""
        return fraction_of(year, self.number if self.number > 0 else self.of + 1 + self.number, self.of)


@dataclass(frozen=True, slots=True)
class NthIn:
    """The nth week, or the nth of a weekday, in a month."""

    number: int
    month: int
    weekday: int | None = None

    def __call__(self, year: int) -> Days:
        """Its days in that year."""
        return nth_in(month_of(year, self.month), self.number, self.weekday)


@dataclass(frozen=True, slots=True)
class SeasonIn:
    """A season by its EDTF number."""

    season: int

    def __call__(self, year: int) -> Days:
        """Its days in that year."""
        return season_of(year, self.season)
