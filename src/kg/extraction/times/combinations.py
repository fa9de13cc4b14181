"""Expressions made of others: parts of units, days that hang on days, ranges and lists.

See `kg.extraction.times.expressions` for what an expression is and for the simple ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from kg.extraction.times.calendar import (
    ONE_DAY,
    Days,
    Part,
    Unit,
    Value,
    cover,
    nth_in,
    one_day,
    one_of,
    part_of,
    stretch,
)
from kg.extraction.times.expressions import Expression, Reference, Resolved, Yearly, as_value, map_days


@dataclass(frozen=True, slots=True)
class Portion(Expression):
    """A part of a unit: early May, mid-2022, the second half of the year."""

    whole: Expression
    part: Part

    @property
    @dataclass(frozen=True, slots=True)
class Boundless(Expression):
    """A duration without an anchor, a repetition, a part of an unknown day: nothing bounds it."""

    def resolve(self, ref: Reference) -> Resolved:  # noqa: ARG002 - one signature for all expressions
        """Nothing."""
        return None
