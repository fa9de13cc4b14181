"""What rules mean that build on what earlier stages found; see `kg.extraction.times.meanings`."""

from __future__ import annotations

from collections.abc import Callable

from kg.extraction.grammar.cascade import Slots
from kg.extraction.times.calendar import Part, Unit, Value, year_of
from kg.extraction.times.combinations import InYear, Listing, NextWeekday, Nth, Portion, Range, UpToReport, Within
from kg.extraction.times.counting import Ahead, Counted, LastTold, UnitAround
from kg.extraction.times.expressions import Direction, Expression, Fixed, Weekday, Yearly
from kg.extraction.times.relations import Related, Relation
from kg.extraction.times.slots import FIRST_YEAR, LAST_YEAR, day_in, integer_in, node_in, nodes_in, ordinal_in


def _portion(slots: Slots, *, part: str | None = None) -> Expression:
    return Portion(nodes_in(slots)[0], Part(part or str(slots.value("p"))))


def _nth_of(slots: Slots) -> Expression | None:
    """The nth of a weekday in a unit, or its nth day."""
    if "c" not in slots:
        day = day_in(slots, "d", "e")
        return Nth(node_in(slots, "a"), day, None) if day else None
    weekday, number = node_in(slots, "c"), ordinal_in(slots, "f", "e")
    return Nth(node_in(slots, "a"), number, weekday.weekday) if isinstance(weekday, Weekday) and number else None


def _nth_after(slots: Slots) -> Expression | None:
    """The nth of a weekday after a day."""
    weekday, number = node_in(slots, "c"), ordinal_in(slots, "f", "e")
    if not isinstance(weekday, Weekday) or number < 1:
        return None
    return Counted(Unit.DAY, 7 * (number - 1), base=NextWeekday(node_in(slots, "a"), weekday.weekday))


def _feast_year(slots: Slots) -> Expression | None:
    feast, year = node_in(slots, "a"), integer_in(slots, "y")
    if not isinstance(feast, Yearly) or not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    return InYear(Fixed(Value((year_of(year),), Unit.YEAR)), feast)


def _in_year(slots: Slots) -> Expression | None:
    yearly, year = node_in(slots, "a"), node_in(slots, "b")
    if not isinstance(yearly, Yearly):
        return None
    if isinstance(year, Fixed):
        return InYear(year, yearly) if year.value.unit is Unit.YEAR else None
    unit = year.unit if isinstance(year, Counted) else year.counted.unit if isinstance(year, Ahead) else None
    is_within = unit is Unit.YEAR or (unit is Unit.MONTH and yearly.unit is Unit.DAY)
    return InYear(year, yearly) if is_within else None


def _around(slots: Slots, *, unit: str) -> Expression:
    return UnitAround(node_in(slots, "a"), Unit(unit))


def _cut(slots: Slots, *, is_future: bool = False) -> Expression:
    whole = Counted(Unit(str(slots.value("u"))), 0) if "u" in slots else nodes_in(slots)[0]
    return UpToReport(whole, is_future=is_future)


def _within(slots: Slots, *, of: str = "", relation: str | None = None, **widening: int) -> Expression:
    """Constants: before and after in days, is_report_default; of=report; relation."""
    day = Counted(Unit.DAY, 0) if of == "report" else node_in(slots, "b") if "b" in slots else None
    within = Within(day, **widening)  # type: ignore[arg-type]
    return Related(Relation(relation), within) if relation else within


def _hour(slots: Slots) -> Expression | None:
    """An hour alone ("at 11.15 am"), where its words say that it is the time of something."""
    hour = node_in(slots, "a")
    return hour if isinstance(hour, Within) and hour.is_report_default else None


def _range(slots: Slots) -> Expression:
    return Range(node_in(slots, "a"), node_in(slots, "b"))


def _listing(slots: Slots, *, is_alternative: bool = False) -> Expression:
    return Listing(tuple(nodes_in(slots)), is_alternative=is_alternative)


def _related(slots: Slots, *, relation: str, direction: Direction | None = None, is_told: bool = False) -> Expression:
    nodes = nodes_in(slots)
    return Related(Relation(relation), nodes[0] if nodes else LastTold(), direction, is_told)


COMPOUNDS: dict[str, Callable[..., Expression | None]] = {
    "keep": lambda slots: nodes_in(slots)[0],
    "around": _around,
    "cut": _cut,
    "feast-year": _feast_year,
    "hour": _hour,
    "in-year": _in_year,
    "listing": _listing,
    "nth-after": _nth_after,
    "nth-of": _nth_of,
    "portion": _portion,
    "range": _range,
    "related": _related,
    "within": _within,
}
