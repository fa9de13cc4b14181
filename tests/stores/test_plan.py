"""The plan: what a store has already, what is new, what it has otherwise, what is of no document any more."""

from __future__ import annotations

from pathlib import Path

from kg.stores.plan import compare
from tests.stores.datasets import Graphs, dice, document_graph, make_graphs
from tests.stores.opening import build, load_all, opened, plan_for

GRAPHS = make_graphs(dice(1), 4)
A, B, C = (document_graph(n) for n in range(3))


def changed(graphs: Graphs, name: str) -> Graphs:
    return graphs | {name: sorted([*graphs[name][1:], "<urn:a> <urn:b> <urn:c> ."])}


def iris(graphs: object) -> set[str]:
    return {graph.iri for graph in graphs}  # type: ignore[attr-defined]


def test_all_is_new_to_an_empty_store(tmp_path: Path) -> None:
    with opened() as (store, fake):
        plan, _ = plan_for(store, build(tmp_path, GRAPHS))
        assert iris(plan.new) == GRAPHS.keys()
        assert (plan.unchanged, plan.changed, plan.gone) == ((), (), ())
        assert fake.writes == 0


def test_what_the_ledger_has_is_unchanged_and_not_looked_at(tmp_path: Path) -> None:
    with opened() as (store, fake):
        load_all(store, build(tmp_path, GRAPHS))
        fake.requests.clear()
        plan, _ = plan_for(store, build(tmp_path, changed(GRAPHS, A)))
        assert (iris(plan.changed), iris(plan.unchanged)) == ({A}, GRAPHS.keys() - {A})
        assert not any(B in str(request.parameters) for request in fake.requests)


def test_a_graph_without_an_entry_is_changed_where_the_store_has_some_of_it(tmp_path: Path) -> None:
    with opened() as (store, _):
        store.update(f"INSERT DATA {{ GRAPH <{A}> {{ <urn:a> <urn:b> <urn:c> }} }}")
        plan, _ = plan_for(store, build(tmp_path, GRAPHS))
        assert iris(plan.changed) == {A}


def test_a_loss_behind_the_ledgers_back_is_seen_only_by_a_full_look(tmp_path: Path) -> None:
    with opened() as (store, _):
        dataset = build(tmp_path, GRAPHS)
        load_all(store, dataset)
        lost = GRAPHS[B][0].removesuffix(" .")
        store.update(f"DELETE DATA {{ GRAPH <{B}> {{ {lost} }} }}")
        assert iris(plan_for(store, dataset)[0].changed) == set()
        assert iris(plan_for(store, dataset, verification="full")[0].changed) == {B}


def test_gone_is_what_the_ledger_has_and_the_build_has_not(tmp_path: Path) -> None:
    with opened() as (store, _):
        load_all(store, build(tmp_path, GRAPHS))
        rest = {name: lines for name, lines in GRAPHS.items() if name != C}
        dataset = build(tmp_path, rest)
        assert plan_for(store, dataset)[0].gone == (C,)
        assert plan_for(store, dataset, selected={A})[0].gone == ()


def test_only_what_is_selected_is_planned(tmp_path: Path) -> None:
    with opened() as (store, _):
        plan, _ = plan_for(store, build(tmp_path, GRAPHS), selected={A})
        assert iris(plan.new) == {A}


def test_a_comparison_names_what_must_go_and_what_must_come(tmp_path: Path) -> None:
    with opened() as (store, _):
        load_all(store, build(tmp_path, GRAPHS))
        dataset = build(tmp_path, changed(GRAPHS, A))
        difference = compare(store, dataset, dataset.graphs[A])
        assert (difference.removed, difference.added) == ([GRAPHS[A][0]], ["<urn:a> <urn:b> <urn:c> ."])
        assert not compare(store, dataset, dataset.graphs[B])
