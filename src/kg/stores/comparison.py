"""What two datasets say differently, graph by graph: a store and the local graph, or the graph before and after a build.

Seen from here: `missing` is what the local graph has and the other side lacks, `extra` what only the other side has.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from kg.stores.graphs import LocalDataset, LocalGraph

State = Literal["same", "changed", "missing", "extra"]


@dataclass(frozen=True, slots=True)
class Difference:
    """How one graph differs.

    Attributes:
        graph: its IRI.
        here: how many triples the local graph has; None where there is no such graph.
        there: how many the other side has; None where there is no such graph.
        missing: how many triples the other side lacks.
        extra: how many triples only the other side has.
    """

    graph: str
    here: int | None
    there: int | None
    missing: int
    extra: int

    @property
    def state(self) -> State:
        """``missing`` or ``extra`` for a graph that one side lacks as a whole, else ``changed`` or ``same``."""
        if self.there is None and self.here is not None:
            return "missing"
        if self.here is None and self.there is not None:
            return "extra"
        return "changed" if self.missing or self.extra else "same"


def subtract_lines(lines: Sequence[str], others: Sequence[str]) -> list[str]:
    """Return the lines that are not among the others, in their order."""
    known = set(others)
    return [line for line in lines if line not in known]


def compare_lines(graph: str, here: Sequence[str] | None, there: Sequence[str] | None) -> Difference:
    """Compare the two sides of one graph, each as distinct N-Triples lines, or None where there is no such graph."""
    ours, theirs = here or (), there or ()
    return Difference(
        graph,
        None if here is None else len(here),
        None if there is None else len(there),
        len(subtract_lines(ours, theirs)),
        len(subtract_lines(theirs, ours)),
    )


def compare_datasets(here: LocalDataset, there: LocalDataset | None) -> Iterator[Difference]:
    """Yield how each graph of two local datasets differs, in the order of the first; those of the second alone come last."""
    others = there.graphs if there else {}
    for name in (*here.graphs, *(name for name in others if name not in here.graphs)):
        ours, theirs = here.graphs.get(name), others.get(name)
        if ours and theirs and ours.digest == theirs.digest:
            yield Difference(name, ours.count, theirs.count, 0, 0)
        else:
            yield compare_lines(name, _lines(here, ours), _lines(there, theirs))


def _lines(dataset: LocalDataset | None, graph: LocalGraph | None) -> list[str] | None:
    return None if dataset is None or graph is None else dataset.triples(graph)
