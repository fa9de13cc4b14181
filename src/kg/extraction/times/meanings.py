"""What the rules of the time grammar mean: from the slots of a match to an expression.

A meaning is written in the rule table as its name and constants: ``counted unit=day by=-1``. Each function takes the slots
and these constants; it gives an expression, or nothing where the words make no sense as a time (30 February).
"""

from __future__ import annotations

from collections.abc import Callable

from kg.extraction.times.compounds import COMPOUNDS
from kg.extraction.times.counts import COUNTS
from kg.extraction.times.dates import DATES
from kg.extraction.times.expressions import Expression

MEANINGS: dict[str, Callable[..., Expression | None]] = {**DATES, **COUNTS, **COMPOUNDS}
"""Every meaning by the name that the rule tables use."""
