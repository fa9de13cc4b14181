"""The grammar of a language, read from its word list and rule table and compiled once, when it is first asked for."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.errors import WorldError
from kg.extraction.tables import Row, read_table
from kg.extraction.times.cascade import Cascade, Rule
from kg.extraction.times.meanings import read_meaning

_MACRO = re.compile(r"@([A-Z]+)")


@lru_cache(maxsize=4)
def read_grammar(language: str) -> Cascade:
    """The compiled grammar.

    Raises:
        UsageError: the language is not one that the extractor reads.
        WorldError: a table is missing or wrong; the message tells its line.
    """
    rows = read_table(language, "time-rules")
    macros = {row["rule"]: row["pattern"] for row in rows if row["stage"] == "macro"}
    rules = tuple(_rule(row, macros) for row in rows if row["stage"] != "macro")
    return Cascade(language, rules, _words(language))


def read_examples(language: str) -> tuple[tuple[str, str], ...]:
    """The name and the example of each rule that has one, in order; for tests and documentation."""
    rows = read_table(language, "time-rules")
    return tuple((row["rule"], row["example"]) for row in rows if row["stage"] != "macro" and row["example"] != "-")


def _words(language: str) -> dict[str, dict[str, object]]:
    words: dict[str, dict[str, object]] = {}
    for row in read_table(language, "time-words"):
        value = row["value"]
        entry = int(value) if value.lstrip("-").isdigit() else value or None
        for form in row.forms("forms"):
            words.setdefault(form, {})[row["class"]] = entry
    return words


def _rule(row: Row, macros: dict[str, str]) -> Rule:
    return Rule(
        name=row["rule"],
        stage=int(row["stage"]),
        kind=row["gives"].rstrip("~"),
        is_strong=not row["gives"].endswith("~"),
        pattern=_expand(row["pattern"], macros, row.where),
        meaning=read_meaning(row),
        where=row.where,
    )


def _expand(pattern: str, macros: dict[str, str], where: str) -> str:
    def macro(match: re.Match[str]) -> str:
        if match[1] not in macros:
            raise WorldError(f"no macro is called {match[1]}", where=where)
        return macros[match[1]]

    while _MACRO.search(pattern):
        pattern = _MACRO.sub(macro, pattern)
    return pattern
