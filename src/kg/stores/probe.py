"""What a store can do, found out by doing it in throw-away graphs.

What a store's documentation says of its version is not what this server does: Oxigraph empties a graph on a broken PUT until
0.5.11 and keeps it from 0.5.12 on; Virtuoso answers 201 to a body without a length and stores nothing. The probe looks at
counts only.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from kg.errors import WorldError
from kg.stores.profiles import Capabilities
from kg.stores.protocol import NQUADS, TURTLE, Store
from kg.web import Unanswered, Unavailable, retry

_STORE_PATHS: Final = ("/store", "/data", "/rdf-graphs/service", "/sparql-graph-crud-auth", "")
_GOOD: Final = b'@prefix p: <urn:kg:probe:> .\n<urn:kg:probe:s> <urn:kg:probe:p> "1", "2", "3" .\n'
_BROKEN: Final = _GOOD + b'<urn:kg:probe:s> <urn:kg:probe:p> "4" .\n<urn:kg:probe:s> <urn:kg:probe: \n'
_CAPS: Final = (12_000, 300)
"""Rows to look for a cap with, and how many go in at a time."""

_TRIES: Final = 3


@dataclass(frozen=True, slots=True)
class Findings:
    """What a probe found: the store's capabilities, its graph store's URL where it has one, and how it asks who one is."""

    capabilities: Capabilities
    graph_store: str | None
    auth: str


def probe(store: Store, token: str, *, rows: bool = False) -> Findings:
    """Find out what a store can do; it is left as it was.

    Args:
        store: the store.
        token: makes the names of the throw-away graphs this run's own.
        rows: look for a cap on rows too, which takes a large graph.

    Raises:
        WorldError: the store cannot be written to at all, or does not answer.
    """
    names = [f"urn:kg:probe:{token}:{part}" for part in ("a", "b", "c")]
    with _cleaned(store, names):
        _require_updates(store, names[0])
        graph_store = _find_graph_store(store, names[0])
        found = Capabilities(
            update_atomic=_is_update_atomic(store, names[1]),
            move=_moves(store, names[1], names[2]),
            row_cap=_row_cap(store, names[2]) if rows else store.capabilities.row_cap,
        )
        if graph_store:
            found = _graph_store_capabilities(store, graph_store, names[0], found)
    return Findings(found, graph_store, _auth(store))


def adopt(store: Store, findings: Findings) -> None:
    """Let a store's strategies follow what a probe found."""
    store.capabilities = findings.capabilities
    if findings.graph_store:
        endpoints = {**store.profile.endpoints, "graph_store": findings.graph_store}
        store.profile = replace(store.profile, endpoints=MappingProxyType(endpoints))


@contextmanager
def _cleaned(store: Store, graphs: list[str]) -> Iterator[None]:
    try:
        yield
    finally:
        for graph in graphs:
            with suppress(WorldError):
                _emptied(store, graph)


def empty(store: Store, graph: str) -> str:
    """The update operation that empties a graph."""
    if store.preset.clear == "delete":
        return f"DELETE WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
    return f"DROP SILENT GRAPH <{graph}>"


def _count(store: Store, graph: str) -> int:
    return store.count([graph])[graph]


def _require_updates(store: Store, graph: str) -> None:
    insert = f"INSERT DATA {{ GRAPH <{graph}> {{ <urn:kg:probe:s> <urn:kg:probe:p> 'here' }} }}"
    for _ in range(store.retries.attempts):
        store.settle(insert)
        if _count(store, graph) == 1:
            return
    raise WorldError(
        "the store takes an update and keeps nothing", code="store.lost", where=store.profile.endpoint("update")
    )


def _find_graph_store(store: Store, graph: str) -> str | None:
    """Find where the Graph Store Protocol is spoken: a PUT there stores what it should."""
    known = store.profile.endpoint("graph_store")
    if known is None and store.profile.kind != "generic":
        return None
    address = store.profile.url.rstrip("/")
    for url in [known] if known else [f"{address}{path}" for path in _STORE_PATHS]:
        if _put(store, url, graph, _GOOD) and _count(store, graph) == 3:
            return url
    return None


def _put(store: Store, url: str, graph: str, content: bytes, **headers: str) -> bool:
    """PUT Turtle; whether the answer is one of success."""
    named = {"Content-Type": TURTLE} | {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        return retry(
            lambda: store.client.request("PUT", url, params={"graph": graph}, content=content, headers=named),
            store.retries if content is _GOOD else replace(store.retries, attempts=1),
        ).is_success
    except (Unanswered, Unavailable):
        return False


def _graph_store_capabilities(store: Store, url: str, graph: str, found: Capabilities) -> Capabilities:
    _put(store, url, graph, _GOOD)
    _put(store, url, graph, _BROKEN)
    atomic = _count(store, graph) == 3
    packed = _emptied(store, graph) and _put(store, url, graph, gzip.compress(_GOOD, mtime=0), Content_Encoding="gzip")
    packed = packed and _count(store, graph) == 3
    _emptied(store, graph)
    store.client.send_chunked("PUT", url, [_GOOD], params={"graph": graph}, headers={"Content-Type": TURTLE})
    chunked = _count(store, graph) == 3
    _emptied(store, graph)
    quads = f'<urn:kg:probe:s> <urn:kg:probe:p> "1" <{graph}> .\n'.encode()
    with suppress(Unanswered, Unavailable):
        store.client.request("POST", url, content=quads, headers={"Content-Type": NQUADS})
    dataset = _count(store, graph) == 1
    return replace(found, graph_store=True, put_atomic=atomic, gzip=packed, chunked=chunked, dataset_upload=dataset)


def _emptied(store: Store, graph: str) -> bool:
    """Empty a throw-away graph, and see whether it is: a store may say so and do nothing."""
    for _ in range(store.retries.attempts):
        store.settle(empty(store, graph))
        if not _count(store, graph):
            return True
    return False


def _is_update_atomic(store: Store, graph: str) -> bool:
    """Whether nothing stays of an update whose second operation fails; one that does not fail proves nothing."""
    triple = "<urn:kg:probe:s> <urn:kg:probe:p> <urn:kg:probe:o>"
    store.settle(f"INSERT DATA {{ GRAPH <{graph}> {{ {triple} }} }}")
    for failing in (f"CREATE GRAPH <{graph}>", "LOAD <urn:kg:probe:nothing>"):
        update = f"INSERT DATA {{ GRAPH <{graph}> {{ {triple} ; <urn:kg:probe:q> 'x' }} }} ; {failing}"
        for _ in range(_TRIES):  # an answer that did not come may mean that nothing was tried
            if _fails(store, update):
                return _count(store, graph) == 1
        if _count(store, graph) != 1:
            _emptied(store, graph)
            store.settle(f"INSERT DATA {{ GRAPH <{graph}> {{ {triple} }} }}")
    return False


def _fails(store: Store, update: str) -> bool:
    """Whether the store refuses an update, or breaks on it."""
    try:
        store.update(update)
    except Unanswered:
        return False
    except Unavailable as error:
        return error.status == 500
    except WorldError:
        return True
    return False


def _moves(store: Store, source: str, target: str) -> bool:
    triple = "<urn:kg:probe:s> <urn:kg:probe:p> <urn:kg:probe:o>"
    _emptied(store, source)
    store.settle(f"INSERT DATA {{ GRAPH <{source}> {{ {triple} }} }}")
    try:
        store.settle(f"MOVE SILENT GRAPH <{source}> TO GRAPH <{target}>")
    except WorldError:
        return False
    counts = store.count([source, target])
    return (counts[source], counts[target]) == (0, 1)


def _row_cap(store: Store, graph: str) -> int:
    total, step = _CAPS
    for start in range(0, total, step):
        triples = " ".join(f"<urn:kg:probe:s> <urn:kg:probe:p> {number} ." for number in range(start, start + step))
        store.settle(f"INSERT DATA {{ GRAPH <{graph}> {{ {triples} }} }}")
    there = _count(store, graph)
    rows = len(store.select(f"SELECT ?o {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"))
    return 0 if rows == there else rows


def _auth(store: Store) -> str:
    """How the store asks one who does not say who one is: ``none`` where it does not ask."""
    challenge = store.client.challenge(store.endpoint("update"))
    return challenge or "none"
