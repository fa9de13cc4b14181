"""What the fake store answers when nothing fails: SPARQL 1.1 Query, Update and the Graph Store Protocol over pyoxigraph."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import pyoxigraph as ox

from tests.stores.faults import Behaviour

_MOVES: Final = re.compile(r"(?i)^\s*(MOVE|COPY|ADD)\b")
_TOKEN: Final = re.compile(r'"(?:[^"\\\n]|\\.)*"|<[^<>\s]*>|[{};]|#[^\n]*|.', re.DOTALL)
_FORMATS: Final = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/n-quads": ox.RdfFormat.N_QUADS,
    "application/trig": ox.RdfFormat.TRIG,
}


@dataclass(frozen=True, slots=True)
class Answer:
    """A response."""

    status: int
    kind: str = "text/plain"
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


def answer_query(store: ox.Store, query: str, headers: dict[str, str], behaviour: Behaviour) -> Answer:
    """Answer a query: SELECT and ASK in JSON, CONSTRUCT in N-Triples; rows beyond the cap are left out without a word."""
    try:
        found = store.query(query)
        if isinstance(found, ox.QueryTriples):
            triples = list(found)[: behaviour.row_cap]
            return Answer(200, "application/n-triples", _lines(triples))
        if isinstance(found, ox.QueryBoolean):
            content: dict[str, Any] = {"head": {}, "boolean": bool(found)}
        else:
            names = [variable.value for variable in found.variables]
            rows = [
                {name: _term(row[name]) for name in names if row[name] is not None}
                for row in list(found)[: behaviour.row_cap]
            ]
            content = {"head": {"vars": names}, "results": {"bindings": rows}}
    except (SyntaxError, ValueError, OSError) as error:
        return Answer(400, "text/plain", str(error).encode())
    accepted = headers.get("accept", "*/*")
    if "json" not in accepted and "*/*" not in accepted:
        return Answer(406, "text/plain", b"JSON only")
    return Answer(200, "application/sparql-results+json", json.dumps(content, ensure_ascii=False).encode())


def _lines(triples: list[ox.Triple]) -> bytes:
    return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""


def _term(term: Any) -> dict[str, str]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    assert isinstance(term, ox.Literal)
    extra = {"xml:lang": term.language} if term.language else {"datatype": term.datatype.value}
    return {"type": "literal", "value": term.value} | extra


def answer_update(store: ox.Store, update: str, behaviour: Behaviour) -> Answer:
    """Perform an update: in one transaction, or operation by operation where the store knows no better."""
    operations = list(split_operations(update))
    if not behaviour.moves and any(_MOVES.match(operation) for operation in operations):
        return Answer(400, "text/plain", b"MOVE, COPY and ADD are not supported")
    try:
        for part in [update] if behaviour.is_update_atomic else operations:
            store.update(part)
    except (SyntaxError, ValueError, OSError, RuntimeError) as error:
        return Answer(400, "text/plain", str(error).encode())
    return Answer(204)


def split_operations(update: str) -> Iterator[str]:
    """Split an update at the semicolons between its operations."""
    depth, parts = 0, list[str]()
    for match in _TOKEN.finditer(update):
        token = match[0]
        depth += {"{": 1, "}": -1}.get(token, 0)
        if token == ";" and depth == 0:
            yield "".join(parts)
            parts = []
        else:
            parts.append(token)
    if "".join(parts).strip():
        yield "".join(parts)


def graph_store(
    store: ox.Store,
    method: str,
    parameters: dict[str, str],
    headers: dict[str, str],
    body: bytes,
    behaviour: Behaviour,
) -> Answer:
    """Perform a request of the Graph Store Protocol."""
    name = ox.NamedNode(parameters["graph"]) if "graph" in parameters else None
    if name is None and "default" not in parameters and method != "POST":
        return Answer(400, "text/plain", b"which graph?")
    if method in ("GET", "HEAD", "DELETE"):
        found = [ox.Triple(q.subject, q.predicate, q.object) for q in store.quads_for_pattern(None, None, None, name)]
        if not found:
            return Answer(404, "text/plain", b"no such graph")
        if method == "DELETE":
            store.remove_graph(name or ox.DefaultGraph())
            return Answer(204)
        return Answer(200, "application/n-triples", _lines(found[: behaviour.row_cap]))
    return _receive(store, method == "PUT", name, headers, body, behaviour)


def _receive(
    store: ox.Store,
    is_put: bool,  # noqa: FBT001
    name: ox.NamedNode | None,
    headers: dict[str, str],
    body: bytes,
    behaviour: Behaviour,
) -> Answer:
    if headers.get("content-encoding") == "gzip":
        if not behaviour.reads_gzip:
            return Answer(500, "text/plain", b"cannot read gzip")
        body = gzip.decompress(body)
    form = _FORMATS.get(headers.get("content-type", "").split(";")[0])
    if form is None:
        return Answer(415, "text/plain", b"unknown media type")
    quads, broken = [], None
    try:
        for quad in ox.parse(body, format=form):
            graph = name if name is not None else quad.graph_name
            quads.append(ox.Quad(quad.subject, quad.predicate, quad.object, graph))
    except SyntaxError as error:
        broken = str(error)
        if behaviour.is_put_atomic:
            return Answer(400, "text/plain", broken.encode())
    is_new = not any(True for _ in store.quads_for_pattern(None, None, None, name))
    if is_put:
        store.remove_graph(name or ox.DefaultGraph())
    store.extend(quads)
    if broken:
        return Answer(500, "text/plain", broken.encode())
    return Answer(201 if is_new else 204)
