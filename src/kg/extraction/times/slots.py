"""What the slots of a match hold, read for the meanings of the time rules."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from kg.extraction.grammar.cascade import Slots
from kg.extraction.times.calendar import Days, Unit, Value, in_calendar
from kg.extraction.times.expressions import Direction, Expression, Fixed, Yearly

FIRST_YEAR, LAST_YEAR = 1000, 2199
_LAST_SHORT_YEAR = 70


def make_yearly(
    days_in: Callable[[int], Days], unit: Unit, slots: Slots, weekday: int | None = None
) -> Expression | None:
    """What comes once a year, in the year that the words give or in the one that direction and tense pick."""
    year = slots.number("y") or full_year(slots.number("z"))
    if year is None:
        known = any(in_calendar(days_in, year) for year in (2000, 2001))
        return Yearly(days_in, unit, direction_of(slots), weekday) if known else None
    days = in_calendar(days_in, year)
    return Fixed(Value((days,), unit)) if days else None


def full_year(digits: int | None) -> int | None:
    """The year that two digits mean: 1974, 2014."""
    return None if digits is None else digits + (2000 if digits < _LAST_SHORT_YEAR else 1900)


def direction_of(slots: Slots) -> Direction | None:
    """The direction that a word such as "last" gives."""
    return cast("Direction | None", slots.value("x"))


def number_in(slots: Slots, *names: str) -> int | None:
    """The number under the first of the names that holds one."""
    return next((n for name in names if (n := slots.number(name)) is not None), None)


def integer_in(slots: Slots, name: str) -> int:
    """The value of a word as a number."""
    return int(str(slots.value(name)))


def month_in(slots: Slots) -> int:
    """The month, by its name or its abbreviation."""
    return integer_in(slots, "m" if "m" in slots else "n")


def day_in(slots: Slots, *names: str) -> int | None:
    """The day of the month under the first of the names that is there; nothing where no month has such a day."""
    for name in names:
        if name in slots:
            day = integer_in(slots, name)
            return day if 1 <= day <= 31 else None
    return None


def weekday_in(slots: Slots, *names: str) -> int | None:
    """The weekday under the first of the names that is there."""
    return next((integer_in(slots, name) for name in names if name in slots), None)


def ordinal_in(slots: Slots, *names: str) -> int:
    """The ordinal under the first of the names that is there, else 0."""
    return next((integer_in(slots, name) for name in names if name in slots), 0)


def node_in(slots: Slots, *names: str) -> Expression:
    """What an earlier stage found under the first of the names that is there."""
    name = next(name for name in names if name in slots)
    return cast("Expression", slots.found(name).meaning)


def nodes_in(slots: Slots) -> list[Expression]:
    """All that earlier stages found."""
    return [node_in(slots, name) for name in ("a", "b", "c", "e") if name in slots]
