"""What rules mean that count from a day, mostly the report's; see `kg.extraction.times.meanings`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kg.extraction.grammar.cascade import Slots
from kg.extraction.times.calendar import Unit
from kg.extraction.times.combinations import Boundless
from kg.extraction.times.counting import Ahead, Counted, ThisNight, Vague, Window
from kg.extraction.times.expressions import Expression
from kg.extraction.times.relations import Counterpart, Related, Relation
from kg.extraction.times.slots import direction_of, integer_in, node_in, number_in


def _counted(slots: Slots, *, relation: str | None = None, **how: Any) -> Expression | None:
    """Constants: unit, by or sign (with a number in the slots n or o, or a direction in x), on_anchor, relation."""
    count = how.get("by")
    if count is None and "x" in slots:
        count = -1 if direction_of(slots) == "last" else 1
    if count is None:
        count = how.get("sign", 1) * (number_in(slots, "n", "o") or 0) or None
    if count is None or abs(count) > 10**6:
        return None
    counted = Counted(
        Unit(how.get("unit") or str(slots.value("u"))),
        count,
        on_anchor=how.get("on_anchor", False),
        is_span="n" in slots or "o" in slots,
        base=node_in(slots, "a") if "a" in slots else None,
    )
    return Related(Relation(relation), counted) if relation else counted


def _ahead(slots: Slots) -> Expression | None:
    counted = _counted(slots)
    return Ahead(counted) if isinstance(counted, Counted) else None


def _window(
    slots: Slots, *, sign: int | None = None, by: int | None = None, relation: str | None = None
) -> Expression | None:
    number = by or number_in(slots, "n", "o") or (integer_in(slots, "p") if slots.value("p") else None)
    if not number or number > 10**6:
        return None
    is_past = direction_of(slots) == "last" if sign is None else sign < 0
    window = Window(Unit(str(slots.value("u"))), -number if is_past else number)
    return Related(Relation(relation), window) if relation else window


def _length(slots: Slots) -> Expression:
    number, unit = number_in(slots, "n", "o"), slots.value("u")
    return Boundless((number, Unit(str(unit))) if number and unit else None)


def _counted_from(slots: Slots, *, sign: int) -> Expression | None:
    """So long a time after (before, with a negative sign) a day."""
    duration = node_in(slots, "a")
    if not isinstance(duration, Boundless) or duration.length is None:
        return None
    count, unit = duration.length
    return Counted(unit, sign * count, base=node_in(slots, "b"), is_span=True) if count < 10**6 else None


def _counterpart(slots: Slots, *, by: int = 0, sign: int = 1, unit: str | None = None) -> Expression | None:
    """Constants: unit and by, or sign of the duration in the slot a."""
    if unit:
        return Counterpart(Unit(unit), by)
    duration = node_in(slots, "a")
    if not isinstance(duration, Boundless) or duration.length is None:
        return None
    count, counted = duration.length
    return Counterpart(counted, sign * count) if count < 10**6 else None


def _vague(slots: Slots, *, is_future: bool = False) -> Expression:
    return Vague(direction_of(slots) == "next" if "x" in slots else is_future)


COUNTS: dict[str, Callable[..., Expression | None]] = {
    "ahead": _ahead,
    "counted": _counted,
    "counted-from": _counted_from,
    "counterpart": _counterpart,
    "length": _length,
    "nothing": lambda slots: Boundless(),  # noqa: ARG005 - one signature for all meanings
    "this-night": lambda slots: ThisNight(),  # noqa: ARG005
    "vague": _vague,
    "window": _window,
}
