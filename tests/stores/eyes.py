"""What a store really holds, seen without kg; and what kg sends to it."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote_plus

import httpx
import pyoxigraph as ox

from tests.stores.servers import Server

_JSON = {"Accept": "application/sparql-results+json"}


def ask_store(server: Server, query: str) -> list[dict[str, Any]]:
    """The rows of a SELECT."""
    with server.look() as client:
        headers = _JSON | {"Content-Type": "application/sparql-query"}
        if server.kind == "virtuoso":  # it hangs on a query that comes as the body
            response = client.post(server.query, data={"query": query}, headers=_JSON)
        else:
            response = client.post(server.query, content=query.encode(), headers=headers)
        assert response.status_code == 200, response.text[:500]
        rows: list[dict[str, Any]] = response.json()["results"]["bindings"]
        return rows


def update_store(server: Server, update: str) -> None:
    """Change a store behind kg's back."""
    with server.look() as client:
        headers = {"Content-Type": "application/sparql-update; charset=utf-8"}
        response = client.post(server.update, content=update.encode(), headers=headers)
        assert response.status_code in (200, 204), response.text[:500]


def read_graph(server: Server, graph: str) -> set[ox.Triple]:
    """The triples of a graph of at most 9,000."""
    rows = ask_store(server, f"SELECT ?s ?p ?o {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
    assert len(rows) < 9000, "row caps begin at 10,000"
    triples = [ox.Triple(_term(row["s"]), _term(row["p"]), _term(row["o"])) for row in rows]
    assert len(triples) == len(set(triples)), "a triple is there twice"
    return set(triples)


def count_graph(server: Server, graph: str) -> int:
    """How many triples a graph has."""
    (row,) = ask_store(server, f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
    return int(row["n"]["value"])


def list_graphs(server: Server, base: str) -> set[str]:
    """The graphs below a base IRI."""
    rows = ask_store(server, f'SELECT DISTINCT ?g {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), "{base}")) }}')
    return {row["g"]["value"] for row in rows}


def drop_graphs(server: Server, base: str) -> None:
    """Take out the graphs below a base IRI."""
    for graph in sorted(list_graphs(server, base)):
        update_store(server, f"DROP SILENT GRAPH <{graph}>")


def triples(lines: Iterable[str]) -> set[ox.Triple]:
    """N-Triples lines as triples."""
    quads = ox.parse("\n".join(lines).encode(), format=ox.RdfFormat.N_TRIPLES)
    return {ox.Triple(quad.subject, quad.predicate, quad.object) for quad in quads}


def differences(server: Server, graphs: Mapping[str, list[str]]) -> dict[str, tuple[set[ox.Triple], set[ox.Triple]]]:
    """By graph, what the store lacks and what it has too much; empty where it holds just these."""
    found = {}
    for name, lines in graphs.items():
        local, remote = triples(lines), read_graph(server, name)
        if local != remote:
            found[name] = (local - remote, remote - local)
    return found


def _term(value: dict[str, str]) -> Any:
    if value["type"] == "uri":
        return ox.NamedNode(value["value"])
    if value["type"] == "bnode":
        return ox.BlankNode(value["value"])
    if "xml:lang" in value:
        return ox.Literal(value["value"], language=value["xml:lang"])
    datatype = ox.NamedNode(value["datatype"]) if "datatype" in value else None
    if datatype and datatype.value.endswith("#boolean"):  # Virtuoso writes 1 in JSON, and true in N-Triples
        return ox.Literal(value["value"].replace("1", "true").replace("0", "false"), datatype=datatype)
    return ox.Literal(value["value"], datatype=datatype)


@dataclass
class Sent:
    """The requests that kg sent."""

    requests: list[httpx.Request] = field(default_factory=list)

    @property
    def writes(self) -> list[httpx.Request]:
        """Those that change the store."""
        return [request for request in self.requests if is_write(request)]

    def touched(self, graph: str) -> bool:
        """Whether a write names a graph."""
        return any(graph in unquote_plus(f"{sent.url} {_body(sent)}") for sent in self.writes)


def is_write(request: httpx.Request) -> bool:
    """Whether a request asks a store to change something."""
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return False
    kind = request.headers.get("content-type", "")
    is_form = kind.startswith("application/x-www-form-urlencoded")
    is_query = kind.startswith("application/sparql-query") or (is_form and b"query=" in request.content[:4000])
    return not (request.method == "POST" and is_query)


def _body(request: httpx.Request) -> str:
    is_packed = request.headers.get("content-encoding") == "gzip"
    return (gzip.decompress(request.content) if is_packed else request.content).decode()
