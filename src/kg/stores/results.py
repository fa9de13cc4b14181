"""SPARQL 1.1 Query Results in JSON to N-Triples terms: whole answers only."""

from __future__ import annotations

import json
from typing import Any, Final

from kg.iris import XSD, language_string, quoted
from kg.web import Reply, Unanswered

Row = dict[str, str]
"""Variables to N-Triples terms; a variable that is not bound is not there."""

ACCEPT: Final = "application/sparql-results+json"
_STRING: Final = f"{XSD}string"
_DECIMAL: Final = f"{XSD}decimal"
_BOOLEAN: Final = f"{XSD}boolean"
_TRUTH: Final = {"1": "true", "0": "false"}
"""Virtuoso's JSON says 1 where its N-Triples, and what it was given, say true."""


def parse_rows(reply: Reply) -> list[Row]:
    """Read the rows of a SELECT.

    Raises:
        Unanswered: the answer is a web page, is cut off, says that it is partial, or is no SPARQL result.
    """
    content = _parse(reply)
    try:
        return [{name: _term(value) for name, value in row.items()} for row in content["results"]["bindings"]]
    except (KeyError, TypeError, AttributeError):
        failure = _not_whole(reply, "no rows")
    raise failure


def parse_boolean(reply: Reply) -> bool:
    """Read the answer to an ASK; raises as `parse_rows`."""
    answer = _parse(reply).get("boolean")
    if not isinstance(answer, bool):
        raise _not_whole(reply, "neither true nor false")
    return answer


def check_whole(reply: Reply) -> None:
    """See that an answer is none that says that it is a part.

    Raises:
        Unanswered: it says so (Virtuoso, when its time is up), or is a web page.
    """
    if reply.content and reply.kind in ("text/html", "application/xhtml+xml"):  # Virtuoso calls no content that, too
        raise _not_whole(reply, "a web page")
    if "x-sql-state" in reply.headers:
        raise _not_whole(reply, f"a part of the result ({reply.headers['x-sql-state']})")


def _parse(reply: Reply) -> dict[str, Any]:
    check_whole(reply)
    try:
        content = json.loads(reply.content)
    except ValueError:
        content = None
    if not isinstance(content, dict):
        raise _not_whole(reply, "not JSON, or cut off")
    return content


def _not_whole(reply: Reply, what: str) -> Unanswered:
    return Unanswered(
        f"the answer is no SPARQL result: {what}",
        where=reply.url.split("?", 1)[0],
        hint="is it the query endpoint? a time limit of the store or a proxy may have cut the answer",
    )


def _term(value: dict[str, str]) -> str:
    kind, text = value["type"], value["value"]
    if kind == "uri":
        return f"<{text}>"
    if kind == "bnode":
        return f"_:{text}"
    if language := value.get("xml:lang"):
        return language_string(text, language.lower())
    datatype = value.get("datatype", _STRING)
    if datatype == _BOOLEAN:
        text = _TRUTH.get(text, text)
    if datatype == _DECIMAL and text.removeprefix("-").isdecimal():
        text = f"{text}.0"  # Oxigraph and Virtuoso write 1.0 as 1, others as it was given: one form for one value
    return quoted(text) if datatype == _STRING else f"{quoted(text)}^^<{datatype}>"
