"""What may be loaded: graphs whose terms every store gives back as they were, in order; seen to before anything is written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kg.errors import DataError
from kg.stores.graphs import LocalDataset, LocalGraph, check_order
from kg.stores.literals import Problem, find_outside_quads

_TOLD: Final = 10
"""So many problems are named."""


def check_profile(dataset: LocalDataset, graphs: Iterable[LocalGraph]) -> None:
    """See that graphs lie within the literal profile and are sorted.

    Raises:
        DataError: something lies outside; names the claims (or other subjects) of the first few.
    """
    problems: list[tuple[LocalGraph, Problem]] = []
    for graph in graphs:
        before = b""
        for piece in dataset.pieces(graph):
            problems += [(graph, problem) for problem in find_outside_quads(piece)]
            lines = piece.splitlines(keepends=True)
            check_order([before, *lines] if before else lines, dataset.path, graph)
            before = lines[-1]
        if len(problems) >= _TOLD:
            break
    if problems:
        told = "; ".join(f"{p.subject} has {p.term[:120]}: {p.reason}" for _, p in problems[:_TOLD])
        raise DataError(
            f"what stores do not give back as it was is not loaded: {told}",
            code="stores.profile",
            where=f"{dataset.path}:{problems[0][0].iri}",
            hint="correct the claims named, or how the graph is written (see kg.stores.literals)",
        )
