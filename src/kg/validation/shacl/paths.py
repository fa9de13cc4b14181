"""SHACL property paths (https://www.w3.org/TR/shacl/#property-paths), compiled."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from kg.vocab import PREFIXES

from .graph import Graph

SH: Final = PREFIXES["sh"]
Walk = Callable[[Graph, str], Sequence[str]]
"""From a node to the nodes at the end of the path, each once."""


@dataclass(frozen=True, slots=True)
class Path:
    """A path: how to walk it, its SPARQL form, and its predicate (a term) where it is nothing but one."""

    walk: Walk
    text: str
    predicate: str | None = None


class PathError(ValueError):
    """The node is not a SHACL property path."""


def compile_path(shapes: Graph, node: str, depth: int = 0) -> Path:
    """Compile the path that a node of the shapes graph describes.

    Raises:
        PathError: it describes none, or one nested deeper than 50.
    """
    if depth > 50:
        raise PathError(f"a path nested too deep: {node}")
    if node[0] == "<":
        return Path(lambda graph, focus: graph.values(focus, node), node, node)
    steps = shapes.items(node)
    if len(steps) > 1:
        return _sequence([compile_path(shapes, step, depth + 1) for step in steps])
    inner = shapes.one(node, f"<{SH}inversePath>")
    if inner:
        return _inverse(compile_path(shapes, inner, depth + 1))
    alternatives = shapes.one(node, f"<{SH}alternativePath>")
    if alternatives:
        return _alternative([compile_path(shapes, item, depth + 1) for item in shapes.items(alternatives)])
    for name, mark in (("zeroOrMorePath", "*"), ("oneOrMorePath", "+"), ("zeroOrOnePath", "?")):
        inner = shapes.one(node, f"<{SH}{name}>")
        if inner:
            return _repeated(compile_path(shapes, inner, depth + 1), mark)
    raise PathError(f"not a property path: {node}")


def _unique(nodes: Iterable[str]) -> Sequence[str]:
    return tuple(dict.fromkeys(nodes))


def _primary(path: Path) -> str:
    """The text of a path as an operator may follow or precede it (SPARQL 1.1 grammar, PathPrimary)."""
    is_primary = path.text[0] != "^" and path.text[-1] in ">)"
    return path.text if is_primary else f"({path.text})"


def _inverse(path: Path) -> Path:
    predicate = path.predicate
    if predicate is not None:
        return Path(lambda graph, focus: graph.subjects(predicate, focus), f"^{path.text}")
    # the inverse of a longer path: the nodes from which it leads here; rare, so the graph is walked from every node
    return Path(
        lambda graph, focus: tuple(node for node in _nodes(graph) if focus in path.walk(graph, node)),
        f"^{_primary(path)}",
    )


def _nodes(graph: Graph) -> Sequence[str]:
    values = (value for block in graph.out.values() for values in block.values() for value in values)
    return _unique((*graph.out, *values))


def _sequence(steps: Sequence[Path]) -> Path:
    def walk(graph: Graph, focus: str) -> Sequence[str]:
        here: Sequence[str] = (focus,)
        for step in steps:
            here = _unique(value for node in here for value in step.walk(graph, node))
        return here

    return Path(walk, f"({'/'.join(step.text for step in steps)})")


def _alternative(choices: Sequence[Path]) -> Path:
    def walk(graph: Graph, focus: str) -> Sequence[str]:
        return _unique(value for choice in choices for value in choice.walk(graph, focus))

    return Path(walk, f"({'|'.join(choice.text for choice in choices)})")


def _repeated(path: Path, mark: str) -> Path:
    def walk(graph: Graph, focus: str) -> Sequence[str]:
        found: dict[str, None] = {} if mark == "+" else {focus: None}
        waiting = [focus]
        while waiting:
            for value in path.walk(graph, waiting.pop()):
                if value not in found:
                    found[value] = None
                    if mark != "?":
                        waiting.append(value)
        return tuple(found)

    return Path(walk, f"{_primary(path)}{mark}")
