"""Loading: modes, what is gone, what somebody else wrote, what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import DataError, WorldError
from kg.stores.ledger import read_ledger
from kg.stores.loading import Event
from kg.vocab import DEFAULT_BASE
from tests.stores.datasets import dice, document_graph, make_graphs, quads
from tests.stores.faults import Behaviour, Script
from tests.stores.opening import build, load_all, opened, plan_for
from tests.stores.proving import held

GRAPHS = make_graphs(dice(1), 4)
A, B = (document_graph(n) for n in range(2))
EXTRA = "<urn:a> <urn:b> <urn:c>"


def test_every_graph_is_told_once_with_its_triples(tmp_path: Path) -> None:
    with opened() as (store, _):
        events = load_all(store, build(tmp_path, GRAPHS))
    assert sorted(events, key=lambda e: e.graph) == [Event("loaded", g, len(GRAPHS[g]), 0) for g in sorted(GRAPHS)]


def test_what_is_gone_stays_until_it_is_to_be_removed(tmp_path: Path) -> None:
    rest = {name: lines for name, lines in GRAPHS.items() if name != A}
    with opened() as (store, fake):
        load_all(store, build(tmp_path, GRAPHS))
        dataset = build(tmp_path, rest)
        assert load_all(store, dataset) == []
        assert held(fake) == quads(GRAPHS)
        assert load_all(store, dataset, remove=True) == [Event("removed", A, 0, len(GRAPHS[A]))]
        assert held(fake) == quads(rest)
        assert A not in read_ledger(store, DEFAULT_BASE).known


def test_append_vouches_only_for_graphs_that_are_just_as_here(tmp_path: Path) -> None:
    with opened() as (store, fake):
        store.update(f"INSERT DATA {{ GRAPH <{A}> {{ {EXTRA} }} }}")
        dataset = build(tmp_path, GRAPHS)
        load_all(store, dataset, mode="append")
        assert held(fake) == quads(GRAPHS | {A: [*GRAPHS[A], f"{EXTRA} ."]})
        assert read_ledger(store, DEFAULT_BASE).entries.keys() == GRAPHS.keys() - {A}
        load_all(store, dataset)
        assert held(fake) == quads(GRAPHS)


def test_what_was_there_without_an_entry_gets_one_and_is_not_written(tmp_path: Path) -> None:
    with opened() as (store, fake):
        dataset = build(tmp_path, GRAPHS)
        load_all(store, dataset)
        store.update(f"DROP GRAPH <{DEFAULT_BASE}graph/ledger>")
        fake.requests.clear()
        events = load_all(store, dataset)
        assert {(event.added, event.removed) for event in events} == {(0, 0)}
        assert read_ledger(store, DEFAULT_BASE).entries.keys() == GRAPHS.keys()
        touched = [request for request in fake.requests if request.is_write and A in str(request.parameters)]
        assert [request.parameters["update"].count(f"GRAPH <{A}>") for request in touched] == [0]


def test_a_store_that_keeps_half_is_found_out_and_the_ledger_says_nothing_of_it(tmp_path: Path) -> None:
    with opened(Behaviour(graph_store=False)) as (store, fake):
        dataset = build(tmp_path, GRAPHS)
        plan, ledger = plan_for(store, dataset)
        assert plan.new
        load_all(store, build(tmp_path, {A: GRAPHS[A]}))
        fake.script = Script(every_write="partly stored")
        with pytest.raises(WorldError):
            load_all(store, build(tmp_path, GRAPHS))
        fake.script = Script()
        assert read_ledger(store, DEFAULT_BASE).entries.keys() == {A}
        assert ledger.known == set()


def test_a_term_outside_the_profile_stops_it_before_anything_is_written(tmp_path: Path) -> None:
    wrong = '<urn:claim:7> <urn:b> "007"^^<http://www.w3.org/2001/XMLSchema#integer> .'
    with opened() as (store, fake):
        with pytest.raises(DataError) as caught:
            load_all(store, build(tmp_path, GRAPHS | {B: sorted([*GRAPHS[B], wrong])}))
        assert "urn:claim:7" in caught.value.message
        assert caught.value.code == "stores.profile"
        assert fake.writes == 0
