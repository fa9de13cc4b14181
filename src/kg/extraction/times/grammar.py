"""The grammar of times of a language, read from its tables and compiled once, when it is first asked for."""

from __future__ import annotations

from kg.extraction.grammar.cascade import Cascade
from kg.extraction.grammar.grammars import read_cascade
from kg.extraction.tables import remembered
from kg.extraction.times.meanings import MEANINGS

_TIMES = frozenset(("day", "days", "month", "year", "unit", "season", "period", "part", "night"))
_GROUPS = {
    "time": _TIMES,  # days and units of the calendar
    "dated": _TIMES - {"year"},  # all of them but bare years, which look like numbers
    "!firm": _TIMES,  # those that stand alone
    "!spell": _TIMES - {"day"},  # the same, longer than a day
}


@remembered
def read_grammar(language: str) -> Cascade:
    """The compiled grammar.

    Raises:
        UsageError: the language is not one that the extractor reads.
        WorldError: a table cannot be read.
        DataError: a table is wrong, with file and line.
    """
    return read_cascade(language, "time", MEANINGS, _GROUPS)
