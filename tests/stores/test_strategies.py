"""Every way into a store leads to the same triples; which one is taken follows from what the store can do."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.stores.plan import Mode, compare
from kg.stores.profiles import Capabilities
from kg.stores.strategies import (
    Change,
    Strategy,
    Work,
    by_batches,
    by_dataset,
    by_modification,
    by_put,
    by_staging,
    by_update,
    by_whole_update,
    choose,
)
from tests.stores.datasets import change, dice, document_graph, make_graphs, quads
from tests.stores.opening import build, load_all, opened

OLD = make_graphs(dice(1), 3)
NEW = change(dice(2), OLD, 1.0)
STAGING = "urn:staging"
ALL = Capabilities(graph_store=True, put_atomic=True, dataset_upload=True, update_atomic=True, move=True)


@pytest.mark.parametrize(
    ("can", "mode", "is_new", "way"),
    [
        (ALL, "auto", True, by_dataset),
        (ALL, "auto", False, by_update),
        (ALL, "replace", False, by_whole_update),
        (ALL, "diff", True, by_update),
        (ALL, "append", True, by_dataset),
        (ALL, "append", False, by_update),
        (Capabilities(graph_store=True, put_atomic=True), "auto", True, by_put),
        (Capabilities(graph_store=True, put_atomic=True), "auto", False, by_put),
        (Capabilities(graph_store=True, put_atomic=True), "append", True, by_batches),
        (Capabilities(graph_store=True, move=True), "auto", False, by_modification),
        (Capabilities(graph_store=True, move=True), "replace", False, by_staging),
        (Capabilities(graph_store=True), "replace", False, by_put),
        (Capabilities(), "auto", True, by_batches),
        (Capabilities(), "auto", False, by_batches),
        (Capabilities(), "replace", False, by_batches),
    ],
)
def test_the_way_follows_from_what_the_store_can_do(can: Capabilities, mode: Mode, is_new: bool, way: Strategy) -> None:  # noqa: FBT001
    with opened() as (store, _):
        store.capabilities = can
        assert choose(store, mode, is_new=is_new) is way


@pytest.mark.parametrize("way", [by_put, by_update, by_whole_update, by_modification, by_staging, by_batches])
def test_every_way_replaces_a_graph_and_may_be_gone_twice(way: Strategy, tmp_path: Path) -> None:
    with opened() as (store, fake):
        load_all(store, build(tmp_path, OLD))
        store.update(f"DROP GRAPH <{document_graph(0).rpartition('/')[0]}/ledger>")
        dataset = build(tmp_path, NEW)
        changes = [Change(graph.iri, graph) for graph in dataset.graphs.values()]
        if way not in (by_put, by_whole_update, by_staging):
            changes = [Change(c.iri, c.local, compare(store, dataset, c.local)) for c in changes if c.local]
        for _ in range(2):
            way(Work(store, dataset, STAGING), changes)
            assert fake.quads() == quads(NEW)


@pytest.mark.parametrize("way", [by_put, by_update, by_whole_update, by_modification, by_staging, by_batches])
def test_every_way_takes_a_graph_out(way: Strategy, tmp_path: Path) -> None:
    with opened() as (store, fake):
        dataset = build(tmp_path, OLD)
        by_dataset(Work(store, dataset, STAGING), [Change(graph.iri, graph) for graph in dataset.graphs.values()])
        way(Work(store, dataset, STAGING), [Change(document_graph(1), None)])
        assert fake.quads() == quads({name: lines for name, lines in OLD.items() if name != document_graph(1)})


def test_a_large_difference_goes_by_a_staging_graph_where_updates_are_not_atomic(tmp_path: Path) -> None:
    graphs = make_graphs(dice(1), 1, claims=3000)
    with opened() as (store, fake):
        dataset = build(tmp_path, graphs)
        (graph, _) = dataset.graphs.values()
        assert graph.count > store.preset.triples
        store.capabilities = Capabilities(graph_store=True, move=True)
        by_modification(Work(store, dataset, STAGING), [Change(graph.iri, graph)])
        updates = [request.parameters["update"] for request in fake.requests if "update" in request.parameters]
        assert [update.split()[0] for update in updates] == ["DROP", "MOVE"]
        assert len(fake.quads()) == graph.count
