"""What is known about a time of a text before it becomes the `Time` of a claim record."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kg.extraction.times.calendar import Unit
from kg.extraction.times.relations import Relation
from kg.records import Time


class Convention(StrEnum):
    """How words are read that two kinds of text mean differently.

    News look back: a bare weekday is the last one, and windows ("the past two weeks") roll up to the report's day. An agenda
    looks ahead: a bare weekday is the next one, today excluded, windows are whole units beside the present one, and "in two
    months" is a day, "in a year" a month.
    """

    NEWS = "news"
    AGENDA = "agenda"


class Kind(StrEnum):
    """What sort of time the words tell."""

    POINT = "point"
    INTERVAL = "interval"
    DURATION = "duration"
    REPEATED = "repeated"


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time in a text.

    `time` is what a claim record holds. `kind` says whether it is one day (known or not), a stretch of days, a mere
    length or a repetition; `unit` its granularity (`None` for lengths, repetitions and what nothing bounds); `relation`
    how it relates to what happens. `needs_tense` says that past or future was decided by tense or by default, not by
    words. `frame` is the time that a preceding "since" or "after" makes of it together with an event: for "on June 27"
    in "after the talks opened on June 27" it is that whole passage, open to the right. `rules` names the rules that fired.
    `length` is what a duration counts: so many of a unit.
    """

    time: Time
    kind: Kind
    unit: Unit | None
    relation: Relation
    needs_tense: bool
    rules: tuple[str, ...]
    frame: Time | None = None
    length: tuple[int, Unit] | None = None
