"""The SHACL engines, one module each, all with the same findings.

`pyshacl` is the reference; `fast` is `kg.validation.shacl`, which the tests hold to it on every shape and every mutation.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, Protocol

from kg.errors import DataError, UsageError
from kg.iris import Triple
from kg.validation.shacl.compiler import Result

ENGINES: Final = ("fast", "pyshacl")
"""What `load_engine` knows, in the order in which ``auto`` tries."""


class Engine(Protocol):
    """Shapes, ready to run."""

    name: str

    def results(self, triples: Iterable[Triple]) -> Iterable[Result]:
        """Validate a graph: triples that are added to the context which the engine was made with."""


def load_engine(name: str, shapes: Sequence[Triple], context: Sequence[Triple]) -> Engine:
    """Make an engine.

    Args:
        name: one of `ENGINES`, or ``auto``: the fast engine, and pyshacl for shapes that need more than SHACL Core.
        shapes: the shapes graph.
        context: triples that every data graph is seen with: subclass axioms and concept schemes.

    Raises:
        UsageError: there is no engine of this name.
        DataError: the shapes are malformed, or more than SHACL Core is asked of the fast engine.
    """
    if name == "auto":
        try:
            return load_engine("fast", shapes, context)
        except DataError as error:
            if error.code != "shapes.core":
                raise
            return load_engine("pyshacl", shapes, context)
    if name == "fast":
        from kg.validation.engines.fast import FastEngine

        return FastEngine(shapes, context)
    if name == "pyshacl":
        from kg.validation.engines.pyshacl import PyshaclEngine

        return PyshaclEngine(shapes, context)
    raise UsageError(f"no SHACL engine {name!r}", code="engine", hint=f"engines: auto, {', '.join(ENGINES)}")
