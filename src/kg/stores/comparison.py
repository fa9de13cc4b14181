"""What two datasets say differently, graph by graph: a store and the local graph, or the graph before and after a build.

Seen from here: `missing` is what the local graph has and the other side lacks, `extra` what only the other side has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from kg.iris import Minter
from kg.stores.graphs import LocalDataset, LocalGraph
from kg.stores.ledger import Ledger, ledger_graph
from kg.stores.protocol import Store

State = Literal["same", "unproved", "changed", "missing", "extra"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """How one graph compares.

    Attributes:
        graph: its IRI.
        state: ``missing`` or ``extra`` where one side lacks it as a whole; ``changed``; ``same``; ``unproved`` where the counts
            are equal and nothing was asked that tells whether the triples are.
        here: how many triples the local graph has; None where there is no such graph.
        there: how many the other side has; None where there is no such graph.
        missing: how many triples the other side lacks; None where only counts were compared.
        extra: how many triples only the other side has; None where only counts were compared.
    """

    graph: str
    state: State
    here: int | None
    there: int | None
    missing: int | None = None
    extra: int | None = None


def compare_lines(graph: str, here: Sequence[str] | None, there: Sequence[str] | None) -> Comparison:
    """Compare the two sides of one graph, each as N-Triples lines, or None where there is no such graph."""
    ours, theirs = set(here or ()), set(there or ())
    counts = (None if here is None else len(ours), None if there is None else len(theirs))
    state = _state(*counts)
    if state == "unproved":
        state = "same" if ours == theirs else "changed"
    return Comparison(graph, state, *counts, len(ours - theirs), len(theirs - ours))


def _state(here: int | None, there: int | None) -> State:
    """What counts alone tell."""
    if there is None and here is not None:
        return "missing"
    if here is None and there is not None:
        return "extra"
    return "unproved" if here == there else "changed"


# --------------------------------------------------------------------------- two files


def compare_datasets(here: LocalDataset, there: LocalDataset | None) -> Iterator[Comparison]:
    """Yield how each graph of two local datasets compares, in the order of the first; those of the second alone come last."""
    others = there.graphs if there else {}
    for name in (*here.graphs, *(name for name in others if name not in here.graphs)):
        ours, theirs = here.graphs.get(name), others.get(name)
        if ours and theirs and ours.digest == theirs.digest:
            yield Comparison(name, "same", ours.count, theirs.count, 0, 0)
        else:
            yield compare_lines(name, _lines(here, ours), _lines(there, theirs))


def _lines(dataset: LocalDataset | None, graph: LocalGraph | None) -> list[str] | None:
    return None if dataset is None or graph is None else dataset.triples(graph)


# --------------------------------------------------------------------------- a store


def count_graphs(store: Store, dataset: LocalDataset, base: str) -> list[Comparison]:
    """Compare the counts of a store's graphs with the local ones: those of the dataset in its order, then the others.

    Args:
        store: the store.
        dataset: the local graph.
        base: the project's base IRI; graphs of other projects and the ledger are left out.

    Raises:
        WorldError: the store does not answer as it should.
    """
    own = ledger_graph(base)  # below it lie graphs of a load that is under way
    held = {
        name: n
        for name, n in store.list_graphs(Minter(base).graph("")).items()
        if name != own and not name.startswith(f"{own}/")
    }
    counts = {name: graph.count for name, graph in dataset.graphs.items()}
    names = (*counts, *sorted(held.keys() - counts.keys()))
    pairs = ((name, counts.get(name), held.get(name)) for name in names)
    return [Comparison(name, _state(here, there), here, there) for name, here, there in pairs]


def consult_ledger(comparisons: Sequence[Comparison], dataset: LocalDataset, ledger: Ledger) -> list[Comparison]:
    """Settle by the ledger what counts leave open: the same where it has the digest of the local graph, else changed.

    What the ledger does not know stays unproved.
    """
    return [
        Comparison(found.graph, _told(ledger, dataset.graphs[found.graph]), found.here, found.there)
        if found.state == "unproved"
        else found
        for found in comparisons
    ]


def _told(ledger: Ledger, graph: LocalGraph) -> State:
    entry = ledger.entries.get(graph.iri)
    if entry is None:
        return "unproved"
    return "same" if entry.is_of(graph) else "changed"


def read_graphs(
    store: Store, dataset: LocalDataset, comparisons: Sequence[Comparison], advance: Callable[[int], None]
) -> Iterator[Comparison]:
    """Settle by reading: yield each comparison with the triples that differ counted.

    Args:
        store: the store.
        dataset: the local graph.
        comparisons: what `count_graphs` found.
        advance: is called with the number of graphs that are done.

    Raises:
        WorldError: the store does not answer as it should, or gives fewer triples than it counts.
    """
    for found in comparisons:
        if found.state == "missing":
            yield Comparison(found.graph, "missing", found.here, None, found.here, 0)
        elif found.state == "extra":
            yield Comparison(found.graph, "extra", None, found.there, 0, found.there)
        else:
            yield compare_lines(found.graph, _lines(dataset, dataset.graphs[found.graph]), store.get_graph(found.graph))
        advance(1)


def patch_lines(store: Store, dataset: LocalDataset, graph: str) -> list[str]:
    """Return what brings one graph of a store to the state that it has here, as lines of an RDF patch.

    A line is ``D`` (to be deleted from the store) or ``A`` (to be added) and a statement in N-Quads
    (https://afs.github.io/rdf-patch/); deletions come first, both sorted.

    Raises:
        WorldError: the store does not answer as it should.
    """
    ours = set(_lines(dataset, dataset.graphs.get(graph)) or ())
    theirs = set(store.get_graph(graph))
    rows = [("D", line) for line in sorted(theirs - ours)] + [("A", line) for line in sorted(ours - theirs)]
    return [f"{sign} {line.removesuffix(' .')} <{graph}> ." for sign, line in rows]
