"""kg store list, count and diff: what a store has otherwise than the local graph, on every store under test."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.stores.datasets import Graphs, dice, document_graph, make_graphs
from tests.stores.eyes import differences, read_graph, triples, update_store
from tests.stores.loads import Desk

Captured = pytest.CaptureFixture[str]

TRIPLE = '<urn:kg:test:s> <urn:kg:test:p> "été"@fr'
SENT = TRIPLE.replace("é", "\\u00E9")
"""The same in ASCII: RDF4J takes the body of an update for Latin-1."""


@pytest.fixture
def graphs(base: str) -> Graphs:
    """Four documents and the entities."""
    return make_graphs(dice(11), 4, base=base)


@pytest.fixture
def loaded(desk: Desk, graphs: Graphs, capsys: Captured) -> Desk:
    """A store that holds just the local graph."""
    desk.build(graphs)
    assert desk.load() == 0
    capsys.readouterr()
    return desk


def told(desk: Desk, command: str, capsys: Captured, *more: str) -> tuple[int, Any]:
    """The exit status of a command and what it says as JSON."""
    target, *kind = desk.target
    status = desk.kg("store", command, target, *more, *kind, "--format", "json")
    return status, json.loads(capsys.readouterr().out)


def states(answer: Any) -> dict[str, str]:
    return {row["graph"]: row["state"] for row in answer["graphs"]}


@pytest.mark.parametrize("command", ["list", "count", "diff"])
def test_a_store_that_holds_the_local_graph_is_the_same(
    command: str, loaded: Desk, graphs: Graphs, capsys: Captured
) -> None:
    status, answer = told(loaded, command, capsys)
    assert status == 0
    assert states(answer) == dict.fromkeys(graphs, "unproved" if command == "count" else "same")
    assert {(row["graph"], row["here"], row["store"]) for row in answer["graphs"]} == {
        (name, len(lines), len(lines)) for name, lines in graphs.items()
    }


def test_what_is_missing_extra_and_changed_is_counted_graph_by_graph(
    loaded: Desk, graphs: Graphs, base: str, capsys: Captured
) -> None:
    changed, gone, same = (document_graph(number, base) for number in range(3))
    foreign = f"{base}graph/0000000000000000"
    lost = graphs[changed][0].removesuffix(" .")
    for update in (
        f"DELETE DATA {{ GRAPH <{changed}> {{ {lost} }} }}",
        f"INSERT DATA {{ GRAPH <{changed}> {{ {SENT} }} }}",
        f"DELETE {{ GRAPH <{gone}> {{ ?s ?p ?o }} }} WHERE {{ GRAPH <{gone}> {{ ?s ?p ?o }} }}",
        f"INSERT DATA {{ GRAPH <{foreign}> {{ {SENT} }} }}",
        f"INSERT DATA {{ GRAPH <{base}elsewhere> {{ {SENT} }} }}",
    ):
        update_store(loaded.server, update)
    status, answer = told(loaded, "diff", capsys)
    assert status == 1
    rows = {row["graph"]: (row["state"], row["missing"], row["extra"]) for row in answer["graphs"]}
    assert (rows[changed], rows[same]) == (("changed", 1, 1), ("same", 0, 0))
    assert rows[gone] == ("missing", len(graphs[gone]), 0)
    assert rows[foreign] == ("extra", 0, 1)
    assert rows.keys() == {*graphs, foreign}
    assert answer["states"] == {"changed": 1, "extra": 1, "missing": 1, "same": len(graphs) - 2}
    status, answer = told(loaded, "count", capsys)
    assert status == 1
    counted = states(answer)
    assert (counted[gone], counted[foreign]) == ("missing", "extra")
    assert counted[changed] == "unproved"  # as many triples: a count cannot know better


def test_the_ledger_tells_a_graph_that_changed_here_though_the_counts_are_equal(
    loaded: Desk, graphs: Graphs, base: str, capsys: Captured
) -> None:
    name = document_graph(1, base)
    loaded.build(graphs | {name: sorted([*graphs[name][1:], f"{TRIPLE} ."])})
    status, answer = told(loaded, "list", capsys)
    assert status == 1
    assert states(answer) == dict.fromkeys(graphs, "same") | {name: "changed"}
    entry = next(row for row in answer["graphs"] if row["graph"] == name)
    assert entry["loaded_by"].startswith("kg ")
    assert len(entry["sha256"]) == 64


def test_what_the_ledger_does_not_know_is_unproved(desk: Desk, graphs: Graphs, base: str, capsys: Captured) -> None:
    desk.build(graphs)
    name = document_graph(2, base)
    update_store(desk.server, f"INSERT DATA {{ GRAPH <{name}> {{ {' '.join(graphs[name])} }} }}")
    status, answer = told(desk, "list", capsys)
    assert status == 1
    assert states(answer) == dict.fromkeys(graphs, "missing") | {name: "unproved"}


def test_the_patch_of_a_graph_brings_the_store_to_the_local_state(
    loaded: Desk, graphs: Graphs, base: str, capsys: Captured
) -> None:
    name = document_graph(0, base)
    lost = [line.removesuffix(" .") for line in graphs[name][:2]]
    update_store(loaded.server, f"DELETE DATA {{ GRAPH <{name}> {{ {' . '.join(lost)} }} }}")
    update_store(loaded.server, f"INSERT DATA {{ GRAPH <{name}> {{ {SENT} }} }}")
    target, *kind = loaded.target
    assert loaded.kg("store", "diff", target, name, *kind) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines == [f"D {TRIPLE} <{name}> .", *(f"A {line} <{name}> ." for line in lost)]
    held = read_graph(loaded.server, name)
    for line in lines:
        statement = triples([line[2:].removesuffix(f" <{name}> .") + " ."])
        held = held | statement if line.startswith("A") else held - statement
    assert held == triples(graphs[name])
    assert loaded.load("--verify", "full") == 0
    assert differences(loaded.server, graphs) == {}
    capsys.readouterr()
    assert loaded.kg("store", "diff", target, name, *kind) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("form", ["{}", "graph:{}"])
def test_a_graph_is_named_by_its_key_too(form: str, loaded: Desk, base: str) -> None:
    target, *kind = loaded.target
    key = document_graph(0, base).rpartition("/")[2]
    assert loaded.kg("store", "diff", target, form.format(key), *kind) == 0
    assert loaded.kg("store", "diff", target, "entities", *kind) == 0


def test_a_graph_that_is_not_here_must_be_named_in_full(loaded: Desk, base: str, capsys: Captured) -> None:
    target, *kind = loaded.target
    assert loaded.kg("store", "diff", target, "0123456789abcdef", *kind) == 2
    assert "error[store.graph]" in capsys.readouterr().err
    update_store(loaded.server, f"INSERT DATA {{ GRAPH <{base}graph/0123456789abcdef> {{ {SENT} }} }}")
    assert loaded.kg("store", "diff", target, f"{base}graph/0123456789abcdef", *kind) == 1
    assert capsys.readouterr().out == f"D {TRIPLE} <{base}graph/0123456789abcdef> .\n"


def test_the_table_has_a_line_for_each_graph_and_a_total(loaded: Desk, graphs: Graphs, capsys: Captured) -> None:
    target, *kind = loaded.target
    assert loaded.kg("store", "count", target, *kind) == 0
    captured = capsys.readouterr()
    header, *rows, total = captured.out.splitlines()
    assert header.split() == ["graph", "here", "store", "state"]
    assert [row.split()[0] for row in rows] == list(graphs)
    n = f"{sum(map(len, graphs.values())):,}"
    assert total.split() == ["total", n, n]
    assert f"{len(graphs)} unproved" in captured.err
