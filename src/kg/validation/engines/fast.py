"""The engine of `kg.validation.shacl`: SHACL Core, compiled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from kg.iris import Triple
from kg.validation.shacl.compiler import Result, Validator
from kg.validation.shacl.graph import Graph


class FastEngine:
    """Shapes, compiled once; a graph costs an index and the look-ups of its own nodes."""

    name = "fast"

    def __init__(self, shapes: Sequence[Triple], context: Sequence[Triple]) -> None:
        self._validator = Validator(Graph(shapes))
        self._context = tuple(context)
        self._taxonomy = Graph(context).taxonomy

    def results(self, triples: Iterable[Triple]) -> list[Result]:
        """Validate a graph together with the context."""
        return self._validator.results(Graph(chain(self._context, triples), self._taxonomy))
