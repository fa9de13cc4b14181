"""What `kg load` does, on every store under test alike."""

from __future__ import annotations

import pytest

from tests.stores.datasets import Graphs, change, dice, document_graph, make_graphs
from tests.stores.eyes import Sent, count_graph, differences, list_graphs, read_graph, update_store
from tests.stores.loads import Desk
from tests.stores.measuring import read_declared

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def graphs(base: str) -> Graphs:
    """Six documents and the entities."""
    return make_graphs(dice(7), 6, base=base)


def test_a_first_load_puts_every_triple_in_its_graph(desk: Desk, graphs: Graphs) -> None:
    desk.build(graphs)
    assert desk.load() == 0
    assert differences(desk.server, graphs) == {}
    assert list_graphs(desk.server, desk.base) == {*graphs, f"{desk.base}graph/ledger"}


def test_a_second_load_writes_nothing(desk: Desk, graphs: Graphs, sent: Sent) -> None:
    desk.build(graphs)
    assert desk.load() == 0
    assert sent.writes
    sent.requests.clear()
    assert desk.load() == 0
    assert sent.requests
    assert sent.writes == []


def test_a_store_that_is_not_told_is_recognised(desk: Desk, graphs: Graphs, sent: Sent) -> None:
    desk.build(graphs)
    target = desk.server.url if desk.server.kind != "generic" else "desk"
    assert desk.kg("load", target) == 0
    assert differences(desk.server, graphs) == {}
    sent.requests.clear()
    assert desk.kg("load", target) == 0
    assert not any(sent.touched(name) for name in graphs)


def test_only_what_changed_is_written(desk: Desk, graphs: Graphs, sent: Sent) -> None:
    desk.build(graphs)
    assert desk.load() == 0
    sent.requests.clear()
    later = change(dice(3), graphs, 0.3)
    desk.build(later)
    assert desk.load() == 0
    assert differences(desk.server, later) == {}
    changed = {name for name in graphs if graphs[name] != later[name]}
    assert 0 < len(changed) < len(graphs)
    for name in graphs:
        assert sent.touched(name) == (name in changed)


@pytest.mark.parametrize("mode", ["replace", "diff"])
def test_every_mode_leads_to_the_same_triples(mode: str, desk: Desk, graphs: Graphs) -> None:
    desk.build(graphs)
    assert desk.load("--mode", mode) == 0
    assert differences(desk.server, graphs) == {}
    later = change(dice(5), graphs, 0.5)
    desk.build(later)
    assert desk.load("--mode", mode) == 0
    assert differences(desk.server, later) == {}


def test_append_keeps_what_is_there(desk: Desk, graphs: Graphs) -> None:
    name = document_graph(0, desk.base)
    extra = "<urn:a> <urn:b> <urn:c>"
    update_store(desk.server, f"INSERT DATA {{ GRAPH <{name}> {{ {extra} }} }}")
    desk.build(graphs)
    assert desk.load("--mode", "append") == 0
    assert differences(desk.server, graphs | {name: [*graphs[name], f"{extra} ."]}) == {}


def test_graphs_of_others_stay_as_they_are(desk: Desk, graphs: Graphs) -> None:
    other = f"https://example.com/{desk.base.split('/')[3]}/other"
    update_store(desk.server, f"INSERT DATA {{ GRAPH <{other}> {{ <urn:a> <urn:b> 'c' }} }}")
    before = read_graph(desk.server, other)
    desk.build(graphs)
    assert desk.load() == 0
    desk.build(change(dice(5), graphs, 1.0))
    assert desk.load() == 0
    assert read_graph(desk.server, other) == before


def test_a_triple_lost_on_the_server_is_noticed_and_repaired(desk: Desk, graphs: Graphs, sent: Sent) -> None:
    desk.build(graphs)
    assert desk.load() == 0
    name = document_graph(2, desk.base)
    lost = graphs[name][3].removesuffix(" .")
    update_store(desk.server, f"DELETE DATA {{ GRAPH <{name}> {{ {lost} }} }}")
    sent.requests.clear()
    assert desk.load("--verify", "full") == 0
    assert differences(desk.server, graphs) == {}
    assert not any(sent.touched(other) for other in graphs if other != name)


def test_a_triple_exchanged_on_the_server_is_noticed_and_repaired(desk: Desk, graphs: Graphs) -> None:
    desk.build(graphs)
    assert desk.load() == 0
    name = document_graph(1, desk.base)
    lost = graphs[name][5].removesuffix(" .")
    update_store(desk.server, f"DELETE DATA {{ GRAPH <{name}> {{ {lost} }} }}")
    update_store(desk.server, f"INSERT DATA {{ GRAPH <{name}> {{ <urn:a> <urn:b> <urn:c> }} }}")
    assert count_graph(desk.server, name) == len(graphs[name])
    assert desk.load("--verify", "full") == 0
    assert differences(desk.server, graphs) == {}


def test_a_dry_run_tells_and_writes_nothing(desk: Desk, graphs: Graphs, sent: Sent, capsys: Captured) -> None:
    desk.build(graphs)
    assert desk.load("--dry-run") == 1
    assert sent.writes == []
    told = capsys.readouterr().out
    for name, lines in graphs.items():
        assert name in told
        assert f"+{len(lines)}" in told
    assert desk.load() == 0
    assert desk.load("--dry-run") == 0
    later = {name: list(lines) for name, lines in graphs.items()}
    name = document_graph(0, desk.base)
    later[name] = sorted([*graphs[name][2:], f"<{desk.base}x> <urn:p> <urn:o> ."])
    desk.build(later)
    sent.requests.clear()
    capsys.readouterr()
    assert desk.load("--dry-run") == 1
    assert sent.writes == []
    told = capsys.readouterr().out
    assert "+1 −2" in told or "+1 -2" in told


def test_one_document_alone_is_loaded(desk: Desk, graphs: Graphs) -> None:
    desk.build(graphs)
    name = document_graph(4, desk.base)
    assert desk.load(name) == 0
    assert read_graph(desk.server, name)
    others = {graph for graph in graphs if graph != name and not graph.endswith("/entities")}
    assert list_graphs(desk.server, desk.base) & others == set()


def test_a_graph_of_more_triples_than_rows_come_at_a_time_is_loaded_and_read_back(desk: Desk) -> None:
    cap = read_declared(desk.server.name)["row_cap"]
    graphs = make_graphs(dice(1), 1, claims=(cap or 2000) * 3 // 10, base=desk.base)
    name = document_graph(0, desk.base)
    assert len(graphs[name]) > (cap or 2000)
    desk.build(graphs)
    assert desk.load("--verify", "full") == 0
    assert count_graph(desk.server, name) == len(graphs[name])
    later = graphs | {name: sorted([*graphs[name][1:], f"<{desk.base}x> <urn:p> <urn:o> ."])}
    desk.build(later)
    assert desk.load("--mode", "diff", "--verify", "full") == 0
    assert count_graph(desk.server, name) == len(later[name])
