"""Stores of kg's own, open on a fake store, and what is loaded there by way of the library."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kg.stores.graphs import LocalDataset, open_dataset
from kg.stores.ledger import Ledger, read_ledger
from kg.stores.loading import Event, Order, Tally, load
from kg.stores.plan import Plan, make_plan
from kg.stores.profiles import Profile
from kg.stores.protocol import Store, open_store
from kg.vocab import DEFAULT_BASE
from kg.web import Retries
from tests.stores.datasets import Graphs, write_nquads
from tests.stores.fake import FakeStore, serve
from tests.stores.faults import Behaviour

FAST = Retries(attempts=3, first=0.001, longest=0.002)


@contextmanager
def opened(behaviour: Behaviour | None = None) -> Iterator[tuple[Store, FakeStore]]:
    """A fake store, and a store of kg's that talks to it and knows its endpoints."""
    with serve(FakeStore(behaviour or Behaviour())) as fake:
        places = {"query": f"{fake.url}/query", "update": f"{fake.url}/update"}
        if fake.behaviour.graph_store:
            places["graph_store"] = f"{fake.url}/store"
        with open_store(Profile("store", fake.url, "generic", places), environ={}, retries=FAST) as store:
            yield store, fake


def build(folder: Path, graphs: Graphs) -> LocalDataset:
    """A build of these graphs."""
    return open_dataset(write_nquads(folder / "kg.nq", graphs))


def plan_for(store: Store, dataset: LocalDataset, **options: Any) -> tuple[Plan, Ledger]:
    """The plan for a build, and the ledger that it was made with."""
    ledger = read_ledger(store, DEFAULT_BASE)
    return make_plan(store, dataset, ledger, **options), ledger


def load_all(store: Store, dataset: LocalDataset, **order: Any) -> list[Event]:
    """Load a build; the events."""
    events: list[Event] = []
    plan, ledger = plan_for(store, dataset)
    load(store, dataset, plan, ledger, order=Order(DEFAULT_BASE, **order), tally=Tally(events=events.append))
    return events
