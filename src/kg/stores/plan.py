"""What is to be done: which graphs of a build a store has already, which are new, which it has otherwise, which are of none.

The ledger is believed where it says that a graph is there as it is here. Where it says nothing, the store is asked; and with
`Verification` ``full`` it is asked about every graph.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Literal

from kg.stores.graphs import LocalDataset, LocalGraph
from kg.stores.ledger import Ledger
from kg.stores.protocol import Store

Verification = Literal["count", "full", "none"]
Mode = Literal["auto", "replace", "diff", "append"]


@dataclass(frozen=True, slots=True)
class Difference:
    """What must go and what must come for a graph to be as it is here: sorted N-Triples lines."""

    removed: list[str]
    added: list[str]

    def __bool__(self) -> bool:
        return bool(self.removed or self.added)


@dataclass(frozen=True, slots=True)
class Plan:
    """Graphs by what is to be done.

    Attributes:
        unchanged: the ledger says, or the store shows, that they are as here.
        new: the store has nothing of them.
        changed: the store has something else, or nobody knows what.
        gone: the ledger has them, and there is no such graph here.
    """

    unchanged: tuple[LocalGraph, ...]
    new: tuple[LocalGraph, ...]
    changed: tuple[LocalGraph, ...]
    gone: tuple[str, ...]

    @property
    def writes(self) -> tuple[LocalGraph, ...]:
        """The graphs to be written."""
        return self.new + self.changed


def make_plan(  # noqa: PLR0913 - what is compared, and how
    store: Store,
    dataset: LocalDataset,
    ledger: Ledger,
    *,
    selected: Collection[str] | None = None,
    verification: Verification = "count",
    advance: Callable[[int], None] = lambda _: None,
) -> Plan:
    """Compare a build with a store; only reads.

    Args:
        store: the store.
        dataset: the build.
        ledger: the store's ledger, or an empty one to believe nothing.
        selected: the IRIs of the graphs that it is about; default: all.
        verification: ``full``: see for yourself that every graph that the ledger has is as it says.
        advance: told how many graphs have been looked at.

    Raises:
        WorldError: the store does not answer as it should.
    """
    graphs = [graph for graph in dataset.graphs.values() if selected is None or graph.iri in selected]
    believed = [g for g in graphs if g.iri in ledger.entries and ledger.entries[g.iri].is_of(g)]
    known = {graph.iri for graph in believed}
    others = [graph for graph in graphs if graph.iri not in known]
    unchanged, altered = believed, list[LocalGraph]()
    if verification == "full":
        counts = store.count([graph.iri for graph in believed])
        unchanged = []
        for graph in believed:
            is_same = counts[graph.iri] == graph.count and not compare(store, dataset, graph)
            (unchanged if is_same else altered).append(graph)
            advance(1)
    counts = store.count([graph.iri for graph in others])
    advance(len(others) + (0 if verification == "full" else len(believed)))
    gone = () if selected is not None else tuple(sorted(ledger.known - dataset.graphs.keys()))
    return Plan(
        unchanged=tuple(unchanged),
        new=tuple(graph for graph in others if not counts[graph.iri]),
        changed=(*altered, *(graph for graph in others if counts[graph.iri])),
        gone=gone,
    )


def compare(store: Store, dataset: LocalDataset, graph: LocalGraph) -> Difference:
    """Read a graph from the store and say what must change for it to be as it is here.

    Raises:
        DataError: the graph here is not sorted.
        WorldError: the store does not answer as it should.
    """
    held, wanted = set(store.get_graph(graph.iri)), dataset.triples(graph)
    added = [line for line in wanted if line not in held]
    return Difference(sorted(held.difference(wanted)), added)
