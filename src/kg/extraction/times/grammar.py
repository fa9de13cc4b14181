"""The grammar of times of a language, read from its tables and compiled once, when it is first asked for."""

from __future__ import annotations

from functools import lru_cache

from kg.extraction.grammar.cascade import Cascade
from kg.extraction.grammar.grammars import read_cascade
from kg.extraction.times.meanings import MEANINGS

_TIMES = frozenset(("day", "days", "month", "year", "unit", "season", "period", "part", "night"))
_GROUPS = {
    "time": _TIMES,  # days and units of the calendar
    "dated": _TIMES - {"year"},  # all of them but bare years, which look like numbers
    "!firm": _TIMES,  # those that stand alone
    "!spell": _TIMES - {"day"},  # the same, longer than a day
}


@lru_cache(maxsize=4)
def read_grammar(language: str) -> Cascade:
    """The compiled grammar.

    Raises:
        UsageError: the language is not one that the extractor reads.
        WorldError: a table is missing or wrong; the message tells its line.
    """
    return read_cascade(language, "time", MEANINGS, _GROUPS)
