"""Grammars as tables: the rules of a cascade and the words that they speak of, read from a language's data files."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from kg.errors import DataError
from kg.extraction.grammar.cascade import Cascade, Meaning, Rule
from kg.extraction.tables import Row, read_table

_MACRO = re.compile(r"@([A-Z]+)")


def read_cascade(
    language: str, name: str, meanings: Mapping[str, Callable[..., object]], groups: Mapping[str, frozenset[str]]
) -> Cascade:
    """Compile ``NAME-rules.tsv`` with the words of ``NAME-words.tsv``.

    Args:
        language: a language of the extractor.
        name: the grammar: ``time`` or ``number``.
        meanings: what the rules' meanings are called; each takes the slots of a match and the constants of the rule.
        groups: names for several kinds together, see `Cascade`.

    Raises:
        UsageError: the language is not one that the extractor reads.
        WorldError: a table cannot be read.
        DataError: a table is wrong, with file and line.
    """
    rows = read_table(language, f"{name}-rules")
    macros = {row["rule"]: row["pattern"] for row in rows if row["stage"] == "macro"}
    rules = tuple(_rule(row, macros, meanings) for row in rows if row["stage"] != "macro")
    return Cascade(language, rules, _words(language, f"{name}-words"), groups)


def read_examples(language: str, name: str) -> tuple[tuple[str, str], ...]:
    """The name and the example of each rule that has one, in order; for tests and documentation."""
    rows = read_table(language, f"{name}-rules")
    return tuple((row["rule"], row["example"]) for row in rows if row["stage"] != "macro" and row["example"] != "-")


def _words(language: str, name: str) -> dict[str, dict[str, object]]:
    words: dict[str, dict[str, object]] = {}
    for row in read_table(language, name):
        value = row["value"]
        entry = int(value) if value.lstrip("-").isdigit() else value or None
        for form in row.forms("forms"):
            words.setdefault(form, {})[row["class"]] = entry
    return words


def _rule(row: Row, macros: Mapping[str, str], meanings: Mapping[str, Callable[..., object]]) -> Rule:
    return Rule(
        name=row["rule"],
        stage=int(row["stage"]),
        kind=row["gives"].rstrip("~"),
        is_strong=not row["gives"].endswith("~"),
        pattern=_expand(row["pattern"], macros, row.where),
        meaning=_meaning(row, meanings),
        where=row.where,
    )


def _expand(pattern: str, macros: Mapping[str, str], where: str) -> str:
    def macro(match: re.Match[str]) -> str:
        if match[1] not in macros:
            raise DataError(f"no macro is called {match[1]}", code="lexicon.row", where=where)
        return macros[match[1]]

    while _MACRO.search(pattern):
        pattern = _MACRO.sub(macro, pattern)
    return pattern


def _meaning(row: Row, meanings: Mapping[str, Callable[..., object]]) -> Meaning:
    name, *constants = row["means"].split()
    if name not in meanings:
        raise DataError(
            f"no meaning is called {name}",
            code="lexicon.row",
            where=row.where,
            hint=f"meanings: {', '.join(sorted(meanings))}",
        )
    settings = dict(constant.split("=", 1) for constant in constants)
    return partial(meanings[name], **{key: _constant(value) for key, value in settings.items()})


def _constant(written: str) -> Any:
    """A constant of the rule table: yes, no, a whole number, or a word."""
    if written in ("yes", "no"):
        return written == "yes"
    return int(written) if written.lstrip("-").isdigit() else written
