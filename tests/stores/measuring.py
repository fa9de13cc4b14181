"""What a store can do, measured by hand: the oracle for what kg's probe finds."""

from __future__ import annotations

import gzip
import tomllib
from pathlib import Path
from typing import Any

import httpx

from tests.stores.eyes import ask_store, count_graph, drop_graphs, update_store
from tests.stores.servers import Server

TURTLE = "text/turtle"
GOOD = b'@prefix a: <urn:> .\n<urn:a> <urn:b> "1", "2", "3" .\n'
BROKEN = GOOD + b'<urn:a> <urn:b> "4" .\n<urn:x> <urn:y \n'
NQUADS = b'<urn:a> <urn:b> "1" <urn:measure:dataset> .\n'
LATE_FAILURE = 'INSERT DATA {{ GRAPH <{graph}> {{ <urn:a> <urn:b> "x" }} }} ; LOAD <http://127.0.0.1:9/nothing>'
CAP_GRAPH, CAP_TRIPLES = "urn:measure:rows", 12_000


def read_declared(name: str) -> dict[str, Any]:
    """What capabilities.toml declares of a store."""
    table: dict[str, Any] = tomllib.loads(Path(__file__).with_name("capabilities.toml").read_text(encoding="utf-8"))[
        name
    ]
    return table


def measure(server: Server) -> dict[str, Any]:
    """Measure what capabilities.toml declares."""
    with server.look() as client:
        found = {
            **_graph_store(server, client),
            "update_atomic": _is_update_atomic(server, client),
            "move": _moves(server),
            "row_cap": _row_cap(server),
            "auth": _auth(server),
        }
    drop_graphs(server, "urn:measure:")
    return found


def _graph_store(server: Server, client: httpx.Client) -> dict[str, bool]:
    kinds = ("graph_store", "put_atomic", "chunked", "gzip", "dataset_upload")
    if server.graph_store is None:
        return dict.fromkeys(kinds, False)
    url = server.graph_store

    def put(graph: str, body: Any, **headers: str) -> int:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        client.put(url, params={"graph": graph}, content=body, headers={"Content-Type": TURTLE} | named)
        return count_graph(server, graph)

    speaks = put("urn:measure:put", GOOD) == 3
    atomic = put("urn:measure:put", BROKEN) == 3
    chunked = put("urn:measure:chunked", iter([GOOD])) == 3
    packed = put("urn:measure:gzip", gzip.compress(GOOD), Content_Encoding="gzip") == 3
    client.post(url, content=NQUADS, headers={"Content-Type": "application/n-quads"})
    dataset = count_graph(server, "urn:measure:dataset") == 1
    return dict(zip(kinds, (speaks, atomic, chunked, packed, dataset), strict=True))


def _is_update_atomic(server: Server, client: httpx.Client) -> bool:
    graph = "urn:measure:update"
    update = LATE_FAILURE.format(graph=graph).encode()
    answer = client.post(server.update, content=update, headers={"Content-Type": "application/sparql-update"})
    assert answer.status_code >= 400, "the second operation fails"
    return count_graph(server, graph) == 0


def _moves(server: Server) -> bool:
    source, target = "urn:measure:from", "urn:measure:to"
    update_store(server, f"INSERT DATA {{ GRAPH <{source}> {{ <urn:a> <urn:b> <urn:c> }} }}")
    update_store(server, f"MOVE SILENT GRAPH <{source}> TO GRAPH <{target}>")
    return (count_graph(server, source), count_graph(server, target)) == (0, 1)


def _row_cap(server: Server) -> int:
    for start in range(0, CAP_TRIPLES, 300):
        triples = " ".join(f'<urn:s{number}> <urn:p> "{number}" .' for number in range(start, start + 300))
        update_store(server, f"INSERT DATA {{ GRAPH <{CAP_GRAPH}> {{ {triples} }} }}")
    assert count_graph(server, CAP_GRAPH) == CAP_TRIPLES
    rows = ask_store(server, f"SELECT * {{ GRAPH <{CAP_GRAPH}> {{ ?s ?p ?o }} }}")
    return 0 if len(rows) == CAP_TRIPLES else len(rows)


def _auth(server: Server) -> str:
    answer = httpx.post(
        server.update, data={"update": "INSERT DATA { <urn:a> <urn:b> <urn:c> }"}, timeout=60, trust_env=False
    )
    if answer.status_code == 401:
        return answer.headers["WWW-Authenticate"].split(" ")[0].lower()
    return "none"
