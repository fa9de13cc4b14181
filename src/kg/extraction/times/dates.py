"""What rules mean that tell days, months, years and longer times by their names; see `kg.extraction.times.meanings`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import cast

from kg.extraction.grammar.cascade import Slots
from kg.extraction.times.calendar import Unit, Value, month_of, one_day, season_of, year_of, years_of
from kg.extraction.times.combinations import Listing, Nth, Range
from kg.extraction.times.counting import Counted
from kg.extraction.times.expressions import DayOfMonth, Direction, Expression, Fixed, Weekday, Yearly
from kg.extraction.times.feasts import FeastIn
from kg.extraction.times.recurrences import DayIn, FractionIn, NthIn, SeasonIn
from kg.extraction.times.slots import (
    FIRST_YEAR,
    LAST_YEAR,
    day_in,
    direction_of,
    integer_in,
    make_yearly,
    month_in,
    node_in,
    number_in,
    ordinal_in,
    weekday_in,
)

_MANY = 1000
_ALWAYS = (24, 7)
"""24/7 is no day."""


def _date(slots: Slots) -> Expression | None:
    day = day_in(slots, "d", "e", "f")
    return make_yearly(DayIn(month_in(slots), day), Unit.DAY, slots, weekday_in(slots, "w", "k")) if day else None


def _dates(slots: Slots, *, op: str) -> Expression | None:
    days = [day_in(slots, "a", "b", "c"), *([day_in(slots, "g")] if "g" in slots else []), day_in(slots, "d", "e", "f")]
    month, weekdays = (
        month_in(slots),
        [weekday_in(slots, "v"), *([None] if "g" in slots else []), weekday_in(slots, "w")],
    )
    if op == "range":
        weekdays[-1] = None  # the second day is read against the first
    items = [make_yearly(DayIn(month, day), Unit.DAY, slots, w) for day, w in zip(days, weekdays, strict=True) if day]
    known = tuple(item for item in items if item is not None)
    if len(known) < len(days):
        return None
    if op == "range":
        return Range(known[0], known[1]) if cast(int, days[0]) < cast(int, days[1]) else None
    return Listing(known, is_alternative=op == "or")


def _numeric(slots: Slots) -> Expression:
    days = cast("tuple[date, ...]", slots.value("t"))
    return Fixed(Value(tuple(one_day(day) for day in days), Unit.DAY))


def _month_meaning(slots: Slots, *, direction: Direction | None = None) -> Expression | None:
    month = make_yearly(DayIn(month_in(slots)), Unit.MONTH, slots)
    return replace(month, direction=direction) if direction and isinstance(month, Yearly) else month


def _month_edge(slots: Slots) -> Expression | None:
    """The last day of a month, or the nth last."""
    month, number = _month_meaning(slots), ordinal_in(slots, "f", "e") or 1
    return Nth(month, -number, None) if month and number > 0 else None


def _weekday_meaning(
    slots: Slots, *, direction: Direction | None = None, week: int | None = None, on_anchor: bool = False
) -> Expression:
    weekday = integer_in(slots, "w" if "w" in slots else "k")
    return Weekday(weekday, direction or direction_of(slots), week, on_anchor=on_anchor)


def _weekday_later(slots: Slots) -> Expression | None:
    """The weekday of one or two weeks after the next one, both ends counted: "lundi en huit", "lundi en quinze"."""
    days = {8: 7, 15: 14}.get(integer_in(slots, "n"))
    return Counted(Unit.DAY, days, base=Weekday(integer_in(slots, "w"), "future")) if days else None


def _weekday_of_week(slots: Slots) -> Expression:
    return Weekday(integer_in(slots, "w"), week=-1 if direction_of(slots) == "last" else 1)


def _nth(slots: Slots) -> Expression | None:
    number = ordinal_in(slots, "f", "e")
    unit = Unit.DAY if "w" in slots else Unit.WEEK
    return make_yearly(NthIn(number, month_in(slots), weekday_in(slots, "w")), unit, slots) if number else None


def _day_of_month(slots: Slots) -> Expression | None:
    day = day_in(slots, "d", "e")
    return DayOfMonth(day, weekday_in(slots, "w", "k")) if day else None


def _weekday_counted(slots: Slots, *, sign: int) -> Expression | None:
    """So many such weekdays before or after the report's day: "two Thursdays ago"."""
    number = integer_in(slots, "n")
    first = Weekday(integer_in(slots, "w"), "last" if sign < 0 else "next", is_near=True)
    return Counted(Unit.DAY, 7 * sign * (number - 1), base=first) if 0 < number < _MANY else None


def _day_alone(slots: Slots) -> Expression | None:
    day = day_in(slots, "d", "e")
    return DayOfMonth(day) if day else None


def _days_alone(slots: Slots) -> Expression | None:
    first, last = day_in(slots, "a", "b"), day_in(slots, "d", "e", "f")
    return Range(DayOfMonth(first), DayOfMonth(last)) if first and last and first < last else None


def _day_month(slots: Slots, *, is_sure: bool = False) -> Expression | None:
    """A day and a month in digits, in either order; with `is_sure` the day stands first, else it has to be beyond 12."""
    day, month = (
        cast("tuple[int, int]", slots.value("s")) if "s" in slots else (integer_in(slots, "d"), integer_in(slots, "b"))
    )
    if not is_sure and day <= 12:
        day, month = month, day
    if not 1 <= month <= 12 or not 1 <= day <= 31 or (not is_sure and (day <= 12 or (day, month) == _ALWAYS)):
        return None
    return make_yearly(DayIn(month, day), Unit.DAY, slots)


def _month_digits(slots: Slots) -> Expression | None:
    month, year = cast("tuple[int, int]", slots.value("s"))
    return Fixed(Value((month_of(year, month),), Unit.MONTH)) if 1 <= month <= 12 else None


def _feast(slots: Slots, *, rule: str) -> Expression:
    return Yearly(FeastIn(rule), FeastIn(rule).unit)


def _feast_in(slots: Slots, *, direction: Direction | None = None) -> Expression | None:
    """A feast in the direction that the words give, if any."""
    feast = node_in(slots, "a")
    return replace(feast, direction=direction or direction_of(slots)) if isinstance(feast, Yearly) else None


def _year(slots: Slots) -> Expression:
    return Fixed(Value((year_of(integer_in(slots, "y")),), Unit.YEAR))


def _years(slots: Slots) -> Expression | None:
    first = integer_in(slots, "a")
    last = slots.number("b") or first // 100 * 100 + (slots.number("z") or 0)
    is_plain = 1800 <= first < last <= 2100 and ("b" in slots or last % 100 > 12)
    return Range(*(Fixed(Value((year_of(year),), Unit.YEAR)) for year in (first, last))) if is_plain else None


def _decade(slots: Slots) -> Expression | None:
    number = number_in(slots, "y", "z", "k", "t")
    if number is None or number % 10 or not (10 <= number <= 90 or FIRST_YEAR <= number <= LAST_YEAR):
        return None
    first = number if number > 99 else 1900 + number if number > 10 else 2000 + number
    return Fixed(Value((years_of(first, 10),), Unit.DECADE))


def _century(slots: Slots) -> Expression | None:
    number = ordinal_in(slots, "c", "e")
    if not 1 <= number <= 22:
        return None
    return Fixed(Value((years_of(number * 100 - 100, 100),), Unit.CENTURY))


def _season(slots: Slots) -> Expression | None:
    season = ordinal_in(slots, "s", "r")
    year = slots.number("y")
    if year is None:
        return Yearly(SeasonIn(season), Unit.SEASON, direction_of(slots))
    if "b" in slots or "z" in slots:
        end = slots.number("b") or year // 100 * 100 + (slots.number("z") or 0)
        if season != 24 or end != year + 1:
            return None
    days = season_of(year, season, is_named_by_year="b" not in slots and "z" not in slots)
    return Fixed(Value((days,), Unit.SEASON))


def _fraction(slots: Slots, *, of: int = 0) -> Expression | None:
    of = int(of) or (4 if slots.value("u") == Unit.QUARTER else 2)
    number = ordinal_in(slots, "f", "e")
    unit = Unit.QUARTER if of == 4 else Unit.HALF
    if number == -1 and "y" not in slots:
        return Counted(unit, -1)
    return make_yearly(FractionIn(number, of), unit, slots) if abs(number) in range(1, of + 1) else None


DATES: dict[str, Callable[..., Expression | None]] = {
    "century": _century,
    "date": _date,
    "dates": _dates,
    "day-alone": _day_alone,
    "day-month": _day_month,
    "day-of-month": _day_of_month,
    "days-alone": _days_alone,
    "decade": _decade,
    "feast": _feast,
    "feast-in": _feast_in,
    "fraction": _fraction,
    "month": _month_meaning,
    "month-digits": _month_digits,
    "month-edge": _month_edge,
    "nth": _nth,
    "numeric": _numeric,
    "season": _season,
    "weekday": _weekday_meaning,
    "weekday-counted": _weekday_counted,
    "weekday-later": _weekday_later,
    "weekday-of-week": _weekday_of_week,
    "year": _year,
    "years": _years,
}
