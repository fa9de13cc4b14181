"""What the rules of the time grammar mean: from the slots of a match to an expression.

A meaning is written in the rule table as its name and constants: ``counted unit=day by=-1``. Each function below takes the
slots and these constants; it gives an expression, or nothing where the words make no sense as a time (30 February).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, cast

from kg.extraction.grammar.cascade import Slots
from kg.extraction.times.calendar import (
    Days,
    Part,
    Unit,
    Value,
    in_calendar,
    month_of,
    one_day,
    season_of,
    year_of,
    years_of,
)
from kg.extraction.times.combinations import (
    Boundless,
    Edge,
    InYear,
    Listing,
    Nth,
    Portion,
    Range,
    UpToReport,
    Within,
)
from kg.extraction.times.counting import Ahead, Counted, LastTold, ThisNight, UnitAround, Vague, Window
from kg.extraction.times.expressions import DayOfMonth, Direction, Expression, Fixed, Weekday, Yearly
from kg.extraction.times.feasts import FeastIn
from kg.extraction.times.recurrences import DayIn, FractionIn, NthIn, SeasonIn
from kg.extraction.times.relations import Counterpart, Related, Relation

_FIRST_YEAR, _LAST_YEAR = 1000, 2199
_LAST_SHORT_YEAR = 70
_LONG_FEAST, _MONTH_FEAST = 3, 28
"""From how many days on a feast is longer than a day and its eve, and from how many it is a month."""
_ALWAYS = (24, 7)
"""24/7 is no day."""


def _yearly(days_in: Callable[[int], Days], unit: Unit, slots: Slots, weekday: int | None = None) -> Expression | None:
    year = slots.number("y") or _full_year(slots.number("z"))
    if year is None:
        known = any(in_calendar(days_in, year) for year in (2000, 2001))
        return Yearly(days_in, unit, _direction(slots), weekday) if known else None
    days = in_calendar(days_in, year)
    return Fixed(Value((days,), unit)) if days else None


def _full_year(digits: int | None) -> int | None:
    """The year that two digits mean: 1974, 2014."""
    return None if digits is None else digits + (2000 if digits < _LAST_SHORT_YEAR else 1900)


def _direction(slots: Slots) -> Direction | None:
    return cast("Direction | None", slots.value("x"))


def _number(slots: Slots, *names: str) -> int | None:
    return next((n for name in names if (n := slots.number(name)) is not None), None)


def _integer(slots: Slots, name: str) -> int:
    return int(str(slots.value(name)))


def _month(slots: Slots) -> int:
    return _integer(slots, "m" if "m" in slots else "n")


def _day(slots: Slots, *names: str) -> int | None:
    for name in names:
        if name in slots:
            day = _integer(slots, name)
            return day if 1 <= day <= 31 else None
    return None


def _weekday(slots: Slots, *names: str) -> int | None:
    return next((_integer(slots, name) for name in names if name in slots), None)


# --------------------------------------------------------------------------- dates and months


def _date(slots: Slots) -> Expression | None:
    day = _day(slots, "d", "e", "f")
    return _yearly(DayIn(_month(slots), day), Unit.DAY, slots, _weekday(slots, "w", "k")) if day else None


def _dates(slots: Slots, *, op: str) -> Expression | None:
    days = [_day(slots, "a", "b", "c"), *([_day(slots, "g")] if "g" in slots else []), _day(slots, "d", "e", "f")]
    month, weekdays = _month(slots), [_weekday(slots, "v"), *([None] if "g" in slots else []), _weekday(slots, "w")]
    if op == "range":
        weekdays[-1] = None  # the second day is read against the first
    items = [_yearly(DayIn(month, day), Unit.DAY, slots, w) for day, w in zip(days, weekdays, strict=True) if day]
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
    month = _yearly(DayIn(_month(slots)), Unit.MONTH, slots)
    return replace(month, direction=direction) if direction and isinstance(month, Yearly) else month


def _month_edge(slots: Slots, *, is_first: bool = False) -> Expression | None:
    month = _month_meaning(slots)
    return month and Edge(month, is_first=is_first)


def _weekday_meaning(
    slots: Slots, *, direction: Direction | None = None, week: int | None = None, on_anchor: bool = False
) -> Expression:
    weekday = _integer(slots, "w" if "w" in slots else "k")
    return Weekday(weekday, direction or _direction(slots), week, on_anchor=on_anchor)


def _weekday_later(slots: Slots) -> Expression | None:
    """The weekday of one or two weeks after the next one, both ends counted: "lundi en huit", "lundi en quinze"."""
    days = {8: 7, 15: 14}.get(_integer(slots, "n"))
    return Counted(Unit.DAY, days, base=Weekday(_integer(slots, "w"), "future")) if days else None


def _weekday_of_week(slots: Slots) -> Expression:
    return Weekday(_integer(slots, "w"), week=-1 if _direction(slots) == "last" else 1)


def _nth(slots: Slots) -> Expression | None:
    number = _number_of(slots, "f", "e")
    unit = Unit.DAY if "w" in slots else Unit.WEEK
    return _yearly(NthIn(number, _month(slots), _weekday(slots, "w")), unit, slots) if number else None


def _number_of(slots: Slots, *names: str) -> int:
    return next((_integer(slots, name) for name in names if name in slots), 0)


def _day_of_month(slots: Slots) -> Expression | None:
    day = _day(slots, "d", "e")
    return DayOfMonth(day, _integer(slots, "w")) if day else None


def _day_alone(slots: Slots) -> Expression | None:
    day = _day(slots, "d")
    return DayOfMonth(day) if day else None


def _days_alone(slots: Slots) -> Expression | None:
    first, last = _day(slots, "a", "b"), _day(slots, "d", "e", "f")
    return Range(DayOfMonth(first), DayOfMonth(last)) if first and last and first < last else None


def _day_month(slots: Slots, *, is_sure: bool = False) -> Expression | None:
    """A day and a month in digits, in either order; with `is_sure` the day stands first, else it has to be beyond 12."""
    day, month = cast("tuple[int, int]", slots.value("s")) if "s" in slots else (_integer(slots, "d"), _integer(slots, "b"))
    if not is_sure and day <= 12:
        day, month = month, day
    if not 1 <= month <= 12 or not 1 <= day <= 31 or (not is_sure and (day <= 12 or (day, month) == _ALWAYS)):
        return None
    return _yearly(DayIn(month, day), Unit.DAY, slots)


def _month_digits(slots: Slots) -> Expression | None:
    month, year = cast("tuple[int, int]", slots.value("s"))
    return Fixed(Value((month_of(year, month),), Unit.MONTH)) if 1 <= month <= 12 else None


def _feast(slots: Slots, *, rule: str) -> Expression:  # noqa: ARG001
    feast = FeastIn(rule)
    length = (feast(2000).last - feast(2000).first).days + 1
    unit = Unit.DAY if length < _LONG_FEAST else Unit.WEEK if length < _MONTH_FEAST else Unit.MONTH
    return Yearly(feast, unit)


def _feast_in(slots: Slots, *, direction: Direction | None = None) -> Expression | None:
    """A feast in the year or the direction that the words give."""
    feast, year = _node(slots, "a"), slots.number("y")
    if not isinstance(feast, Yearly) or (year is not None and not _FIRST_YEAR <= year <= _LAST_YEAR):
        return None
    if year is None:
        return replace(feast, direction=direction or _direction(slots))
    days = in_calendar(feast.days_in, year)
    return Fixed(Value((days,), feast.unit)) if days else None


# --------------------------------------------------------------------------- years and longer


def _year(slots: Slots) -> Expression:
    return Fixed(Value((year_of(_integer(slots, "y")),), Unit.YEAR))


def _years(slots: Slots) -> Expression | None:
    first = _integer(slots, "a")
    last = slots.number("b") or first // 100 * 100 + (slots.number("z") or 0)
    is_plain = 1800 <= first < last <= 2100 and ("b" in slots or last % 100 > 12)
    return Range(*(Fixed(Value((year_of(year),), Unit.YEAR)) for year in (first, last))) if is_plain else None


def _decade(slots: Slots) -> Expression | None:
    number = _number(slots, "y", "z", "k", "t")
    if number is None or number % 10 or not (10 <= number <= 90 or _FIRST_YEAR <= number <= _LAST_YEAR):
        return None
    first = number if number > 99 else 1900 + number if number > 10 else 2000 + number
    return Fixed(Value((years_of(first, 10),), Unit.DECADE))


def _century(slots: Slots) -> Expression | None:
    number = _number_of(slots, "c", "e")
    if not 1 <= number <= 22:
        return None
    return Fixed(Value((years_of(number * 100 - 100, 100),), Unit.CENTURY))


def _season(slots: Slots) -> Expression | None:
    season = _number_of(slots, "s", "r")
    year = slots.number("y")
    if year is None:
        return Yearly(SeasonIn(season), Unit.SEASON, _direction(slots))
    if "b" in slots or "z" in slots:
        end = slots.number("b") or year // 100 * 100 + (slots.number("z") or 0)
        if season != 24 or end != year + 1:
            return None
    days = season_of(year, season, is_named_by_year="b" not in slots and "z" not in slots)
    return Fixed(Value((days,), Unit.SEASON))


def _fraction(slots: Slots, *, of: int = 0) -> Expression | None:
    of = int(of) or (4 if slots.value("u") == Unit.QUARTER else 2)
    number = _number_of(slots, "f", "e")
    unit = Unit.QUARTER if of == 4 else Unit.HALF
    if number == -1 and "y" not in slots:
        return Counted(unit, -1)
    return _yearly(FractionIn(number, of), unit, slots) if abs(number) in range(1, of + 1) else None


# --------------------------------------------------------------------------- counted from the report


def _counted(slots: Slots, *, relation: str | None = None, **how: Any) -> Expression | None:
    """Constants: unit, by or sign (with a number in the slots n or o, or a direction in x), on_anchor, relation."""
    count = how.get("by")
    if count is None and "x" in slots:
        count = -1 if _direction(slots) == "last" else 1
    if count is None:
        count = how.get("sign", 1) * (_number(slots, "n", "o") or 0) or None
    if count is None or abs(count) > 10**6:
        return None
    counted = Counted(
        Unit(how.get("unit") or str(slots.value("u"))),
        count,
        on_anchor=how.get("on_anchor", False),
        is_span="n" in slots or "o" in slots,
        base=_node(slots, "a") if "a" in slots else None,
    )
    return Related(Relation(relation), counted) if relation else counted


def _ahead(slots: Slots) -> Expression | None:
    counted = _counted(slots)
    return Ahead(counted) if isinstance(counted, Counted) else None


def _window(
    slots: Slots, *, sign: int | None = None, by: int | None = None, relation: str | None = None
) -> Expression | None:
    number = by or _number(slots, "n", "o")
    if not number or number > 10**6:
        return None
    is_past = _direction(slots) == "last" if sign is None else sign < 0
    window = Window(Unit(str(slots.value("u"))), -number if is_past else number)
    return Related(Relation(relation), window) if relation else window


def _length(slots: Slots) -> Expression:
    number, unit = _number(slots, "n", "o"), slots.value("u")
    return Boundless((number, Unit(str(unit))) if number and unit else None)


def _counted_from(slots: Slots, *, sign: int) -> Expression | None:
    """So long a time after (before, with a negative sign) a day."""
    duration = _node(slots, "a")
    if not isinstance(duration, Boundless) or duration.length is None:
        return None
    count, unit = duration.length
    return Counted(unit, sign * count, base=_node(slots, "b"), is_span=True) if count < 10**6 else None


def _counterpart(slots: Slots, *, by: int = 0, sign: int = 1, unit: str | None = None) -> Expression | None:
    """Constants: unit and by, or sign of the duration in the slot a."""
    if unit:
        return Counterpart(Unit(unit), by)
    duration = _node(slots, "a")
    if not isinstance(duration, Boundless) or duration.length is None:
        return None
    count, counted = duration.length
    return Counterpart(counted, sign * count) if count < 10**6 else None


def _vague(slots: Slots, *, is_future: bool = False) -> Expression:
    return Vague(_direction(slots) == "next" if "x" in slots else is_future)


# --------------------------------------------------------------------------- on what earlier stages found


def _node(slots: Slots, *names: str) -> Expression:
    name = next(name for name in names if name in slots)
    return cast("Expression", slots.found(name).meaning)


def _nodes(slots: Slots) -> list[Expression]:
    return [_node(slots, name) for name in ("a", "b", "c", "e") if name in slots]


def _portion(slots: Slots, *, part: str | None = None) -> Expression:
    return Portion(_nodes(slots)[0], Part(part or str(slots.value("p"))))


def _nth_of(slots: Slots) -> Expression | None:
    weekday, number = _node(slots, "c"), _number_of(slots, "f")
    return Nth(_node(slots, "a"), number, weekday.weekday) if isinstance(weekday, Weekday) and number else None


def _in_year(slots: Slots) -> Expression | None:
    yearly, year = _node(slots, "a"), _node(slots, "b")
    unit = year.unit if isinstance(year, Counted) else year.counted.unit if isinstance(year, Ahead) else None
    is_within = unit is Unit.YEAR or (unit is Unit.MONTH and isinstance(yearly, Yearly) and yearly.unit is Unit.DAY)
    return InYear(year, yearly) if isinstance(yearly, Yearly) and is_within else None


def _around(slots: Slots, *, unit: str) -> Expression:
    return UnitAround(_node(slots, "a"), Unit(unit))


def _cut(slots: Slots, *, is_future: bool = False) -> Expression:
    whole = Counted(Unit(str(slots.value("u"))), 0) if "u" in slots else _nodes(slots)[0]
    return UpToReport(whole, is_future=is_future)


def _within(slots: Slots, *, of: str = "", relation: str | None = None, **widening: int) -> Expression:
    """Constants: before and after in days, is_report_default; of=report; relation."""
    day = Counted(Unit.DAY, 0) if of == "report" else _node(slots, "b") if "b" in slots else None
    within = Within(day, **widening)  # type: ignore[arg-type]
    return Related(Relation(relation), within) if relation else within


def _range(slots: Slots) -> Expression:
    return Range(_node(slots, "a"), _node(slots, "b"))


def _listing(slots: Slots, *, is_alternative: bool = False) -> Expression:
    return Listing(tuple(_nodes(slots)), is_alternative=is_alternative)


def _related(
    slots: Slots, *, relation: str, direction: Direction | None = None, is_told: bool = False
) -> Expression:
    nodes = _nodes(slots)
    return Related(Relation(relation), nodes[0] if nodes else LastTold(), direction, is_told)


MEANINGS: dict[str, Callable[..., Expression | None]] = {
    "ahead": _ahead,
    "around": _around,
    "century": _century,
    "counted": _counted,
    "counted-from": _counted_from,
    "counterpart": _counterpart,
    "cut": _cut,
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
    "in-year": _in_year,
    "length": _length,
    "keep": lambda slots: _nodes(slots)[0],
    "listing": _listing,
    "month": _month_meaning,
    "month-digits": _month_digits,
    "month-edge": _month_edge,
    "nothing": lambda slots: Boundless(),  # noqa: ARG005 - one signature for all meanings
    "nth-of": _nth_of,
    "nth": _nth,
    "numeric": _numeric,
    "portion": _portion,
    "range": _range,
    "related": _related,
    "season": _season,
    "this-night": lambda slots: ThisNight(),  # noqa: ARG005
    "vague": _vague,
    "weekday": _weekday_meaning,
    "weekday-later": _weekday_later,
    "weekday-of-week": _weekday_of_week,
    "window": _window,
    "within": _within,
    "year": _year,
    "years": _years,
}
"""Every meaning by the name that the rule tables use."""
