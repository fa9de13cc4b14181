"""How a time relates to what happens: at it, since it, until it, before or after it.

What is open on a side has no bound there; "after" includes the day or year itself, "before" ends the day before it.
`COUNTERPART` is the time of another event than the one told with it: of the attack in "on Friday, two days after the attack".
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from kg.extraction.times.calendar import ONE_DAY, Part, Unit, Value, unit_around
from kg.extraction.times.combinations import Portion, Within
from kg.extraction.times.counting import Counted
from kg.extraction.times.expressions import Bounds, Direction, Expression, Fixed, Reference, Resolved, Weekday


class Relation(StrEnum):
    """How a time relates to what happens."""

    AT = "at"
    SINCE = "since"
    UNTIL = "until"
    BEFORE = "before"
    AFTER = "after"
    COUNTERPART = "counterpart"


@dataclass(frozen=True, slots=True)
class Related(Expression):
    """A time and how it relates to what happens; see `Relation`.

    `direction` is what the words say ("d'ici": future); with `is_told` a past tense outweighs them ("by Friday they had fled").
    """

    relation: Relation
    inner: Expression
    direction: Direction | None = None
    is_told: bool = False

    @property
    def is_relative(self) -> bool:
        """If the time is."""
        return self.inner.is_relative

    @property
    def is_context_needed(self) -> bool:
        """If the time needs it."""
        return self.inner.is_context_needed

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
        if isinstance(self.inner, Portion) and self.inner.part is Part.LATE:
            return self._before_end(resolved, ref)  # "before the end of August"
        if first == date.min:
            return None
        before = first - ONE_DAY
        return Bounds(f"../{_label_before(resolved, before)}", None, before)

    def _before_end(self, value: Value, ref: Reference) -> Bounds:
        """Up to the end of a unit; from the report's day on where that is still to come and no tense says past."""
        last, label = value.last, _open_label(value, at_start=False)
        if ref.tense == "past" or not ref.is_exact or ref.report is None or ref.report.last > last:
            return Bounds(f"../{label}", None, last)
        return Bounds(f"{ref.report.edtf}/{label}", ref.report.first, last)

    def resolve_inner(self, ref: Reference) -> Resolved:
        """What it is since looks back unless tense says future; what it is until looks ahead.

        With a past tense, "until" takes a weekday still ahead ("was extended until Friday") and of months and dates the
        nearer one ("lasted until May").
        """
        if self.is_told and ref.tense == "past":
            return self.inner.resolve(ref)
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


@dataclass(frozen=True, slots=True)
class Counterpart(Expression):
    """The day of the event that the words lead up to: "two days after the attack", "au lendemain du vote".

    It is counted from the day that the sentence gives for the event it is told with, or the text shortly before.
    """

    unit: Unit
    by: int

    @property
    def is_context_needed(self) -> bool:
        """Always."""
        return True

    def resolve(self, ref: Reference) -> Resolved:
        """The other event's day; nothing where no day is known to count from."""
        base = Fixed(ref.said) if ref.said is not None else None
        return Counted(self.unit, self.by, base=base, is_span=True).resolve(ref) if base is not None else None


def _is_weekday(expression: Expression) -> bool:
    inner = expression.day if isinstance(expression, Within) else expression
    return isinstance(inner, Weekday)


def _open_label(value: Value, *, at_start: bool) -> str:
    """The end of an open interval: the unit that the words name where EDTF allows it there, else a coarser date.

    Of a part that begins (ends) with its unit it is the day: "since the start of the year".
    """
    day = value.first if at_start else value.last
    days = value.choices[0]
    if len(value.choices) > 1 or days.edtf.startswith("["):
        return unit_around(day, Unit.MONTH).edtf
    if "/" in days.edtf or "{" in days.edtf:
        return day.isoformat()
    if not days.is_end:
        return unit_around(day, Unit.YEAR if "X" in days.edtf else Unit.MONTH).edtf
    whole = next((unit_around(day, w) for w in (Unit.MONTH, Unit.YEAR) if unit_around(day, w).edtf == days.edtf), days)
    is_start, is_end = day == whole.first, day == whole.last
    is_part = (days.first, days.last) != (whole.first, whole.last)
    return day.isoformat() if is_part and (is_start if at_start else is_end) else days.edtf


def _label_before(value: Value, day: date) -> str:
    """The unit that ends the day before a month or a year, else that day."""
    for unit in (Unit.YEAR, Unit.MONTH):
        if unit_around(value.first, unit).edtf == value.edtf and unit_around(day, unit).last == day:
            return unit_around(day, unit).edtf
    return day.isoformat()
