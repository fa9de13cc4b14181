"""How a time relates to what happens: at it, since it, until it, before or after it.

What is open on a side has no bound there; "after" includes the day or year itself, "before" ends the day before it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from kg.extraction.times.calendar import ONE_DAY, Unit, Value, unit_around
from kg.extraction.times.combinations import Within
from kg.extraction.times.expressions import Bounds, Direction, Expression, Reference, Resolved, Weekday


class Relation(StrEnum):
    """How a time relates to what happens."""

    AT = "at"
    SINCE = "since"
    UNTIL = "until"
    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Related(Expression):
    """A time and how it relates to what happens; see `Relation`. `direction` is what the words say ("d'ici": future)."""

    relation: Relation
    inner: Expression
    direction: Direction | None = None

    @property
    def is_relative(self) -> bool:
        """If the time is."""
        return self.inner.is_relative

    def resolve(self, ref: Reference) -> Resolved:
        """Open on the side that the relation leaves open."""
        resolved = self.resolve_inner(ref)
        if isinstance(resolved, Bounds) or resolved is None:
            return resolved
        first, last = resolved.first, resolved.last
        match self.relation:
            case Relation.SINCE | Relation.AFTER:
                return Bounds(f"{_open_label(resolved, at_start=True)}/..", first, None)
            case Relation.UNTIL:
                return Bounds(f"../{_open_label(resolved, at_start=False)}", None, last)
        if first == date.min:
            return None
        before = first - ONE_DAY
        return Bounds(f"../{_label_before(resolved, before)}", None, before)

    def resolve_inner(self, ref: Reference) -> Resolved:
        """What it is since looks back unless tense says future; what it is until looks ahead.

        With a past tense, "until" takes a weekday still ahead ("was extended until Friday") and of months and dates the
        nearer one ("lasted until May").
        """
        if self.direction or not self.inner.is_relative:
            return self.inner.resolve(replace(ref, tense=self.direction or ref.tense))
        if self.relation in (Relation.SINCE, Relation.AFTER):
            return self.inner.resolve(ref if ref.tense == "future" else replace(ref, tense="past"))
        ahead = self.inner.resolve(replace(ref, tense="future"))
        if (ref.tense != "past" and self.relation is Relation.UNTIL) or ref.tense == "future":
            return ahead
        if not isinstance(ahead, Value) or _is_weekday(self.inner):
            return ahead
        back = self.inner.resolve(replace(ref, tense="past"))
        if not isinstance(back, Value) or ref.report is None:
            return ahead
        return back if ref.report.last - back.last <= ahead.first - ref.report.last else ahead


def _is_weekday(expression: Expression) -> bool:
    inner = expression.day if isinstance(expression, Within) else expression
    return isinstance(inner, Weekday)


def _open_label(value: Value, *, at_start: bool) -> str:
    """The end of an open interval: the calendar's unit where the bound is that unit's, else its month or its day."""
    day = value.first if at_start else value.last
    if len(value.choices) > 1 or value.edtf.startswith("["):
        return f"{day.year:04d}-{day.month:02d}"
    edtf = value.edtf
    if edtf.startswith("{") or "/" in edtf:
        return day.isoformat()
    whole = next((w for w in (Unit.MONTH, Unit.YEAR) if unit_around(day, w).edtf == edtf), None)
    if whole is None:
        return edtf
    unit = unit_around(day, whole)
    is_edge = (
        (day == unit.first and value.last != unit.last)
        if at_start
        else (day == unit.last and value.first != unit.first)
    )
    return day.isoformat() if is_edge else edtf


def _label_before(value: Value, day: date) -> str:
    """The unit that ends the day before a month or a year, else that day."""
    for unit in (Unit.YEAR, Unit.MONTH):
        if unit_around(value.first, unit).edtf == value.edtf and unit_around(day, unit).last == day:
            return unit_around(day, unit).edtf
    return day.isoformat()
