"""What stands around a time within its clause, where that says whose time it is."""

from __future__ import annotations

from typing import Final

from kg.extraction.reading import Reading
from kg.extraction.syntax.clauses import Clause, Parse
from kg.extraction.times import Relation

_MEDIUM_REACH: Final = 4
"""How many tokens before a participle its medium may stand."""


def is_of_medium(reading: Reading, token: int) -> bool:
    """Tell whether a medium is told right before a participle: ``in a statement in Arabic issued on Friday``."""
    words = reading.text.words[max(token - _MEDIUM_REACH, 0) : token]
    return not reading.frames.lists["medium"].isdisjoint(words)


def is_aside(reading: Reading, clause: Clause) -> bool:
    """Tell whether a verb is that of an aside read as the main one: ``X, a commander whose men took the city in May, …``."""
    words, verb = reading.text.words, clause.verb
    if clause.kind != "main" or verb is None:
        return False
    return not reading.frames.lists["relative"].isdisjoint(words[clause.first + 1 : verb.first])


def is_compared(reading: Reading, first: int) -> bool:
    """Tell whether a time belongs to a figure that another is held against: ``, contre 8 350 la semaine précédente``."""
    words, start = reading.text.words, first
    while start > 0 and words[start - 1][0].isdigit():
        start -= 1
    return 2 <= start < first and words[start - 1] in reading.frames.lists["compared"] and words[start - 2] == ","


def is_of_another_object(reading: Reading, parse: Parse, holder: Clause, at: range) -> bool:
    """Tell whether a time stands with a second object: ``bombed columns in the south and, on July 16, the ministry``.

    Args:
        reading: the report.
        parse: the clauses of the sentence.
        holder: the clause that holds the time.
        at: the tokens of the time.
    """
    words, breaks = reading.text.words, reading.frames.lists["break"]
    is_between = at.start > 1 and words[at.start - 1] == "," and words[at.stop : at.stop + 1] == [","]
    if not is_between or holder.verb is None or holder.verb.last > at.start or words[at.start - 2] not in breaks:
        return False
    return not any(c.first in (at.stop, at.stop + 1) for c in parse.clauses)


def is_since_of_all(reading: Reading, holder: Clause, index: int, at: range) -> bool:
    """Tell whether what is since a day is all that the sentence tells: ``have fled fighting around Goma, since May``.

    Args:
        reading: the report.
        holder: the clause that holds the time.
        index: which time it is.
        at: the tokens of the time.
    """
    is_since = reading.text.times[index].relation is Relation.SINCE
    is_at_end = at.start > 0 and reading.text.words[at.start - 1] == "," and at.stop == holder.last
    return is_since and is_at_end and not holder.is_finite and any(c.is_finite for c in holder.ancestors())
