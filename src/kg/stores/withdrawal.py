"""Taking documents out of a store: their graphs go, and what changed with them is brought to the new state.

The plan is carried out by `kg.stores.loading.load`, which removes what is gone only where its order says so.
"""

from __future__ import annotations

from collections.abc import Collection

from kg.stores.graphs import LocalDataset
from kg.stores.ledger import Ledger
from kg.stores.plan import Plan, make_plan
from kg.stores.protocol import Store


def plan_withdrawal(
    store: Store, dataset: LocalDataset, ledger: Ledger, *, withdrawn: Collection[str], returned: Collection[str] = ()
) -> Plan:
    """Say what is to be done in a store for a build without some documents; only reads.

    Graphs that the store has otherwise than the build are changed. What the store does not have is not added, and what only the
    store has is not taken out, but for the documents that this is about.

    Args:
        store: the store.
        dataset: the build without the documents.
        ledger: the store's ledger.
        withdrawn: the graphs of the documents that go.
        returned: the graphs of documents that come back.

    Raises:
        WorldError: the store does not answer as it should.
    """
    whole = make_plan(store, dataset, ledger)
    counts = store.count(sorted(withdrawn))
    return Plan(
        unchanged=whole.unchanged,
        new=tuple(graph for graph in whole.new if graph.iri in returned),
        changed=whole.changed,
        gone=tuple(graph for graph in sorted(withdrawn) if counts[graph] or graph in ledger.known),
    )
