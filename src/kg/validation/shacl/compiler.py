"""A shapes graph to shapes with targets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from kg.errors import DataError
from kg.iris import RDF_TYPE
from kg.vocab import PREFIXES

from .constraints import BUILDERS, MINDS_ABSENCE, NOT_CORE, Check, Test
from .graph import NOTHING, Graph
from .paths import SH, Path, PathError, compile_path
from .terms import literal

_CLOSED: Final = f"<{SH}closed>"
_CLASSES: Final = frozenset({f"<{PREFIXES['rdfs']}Class>", f"<{PREFIXES['owl']}Class>"})
_TARGETS: Final = ("targetClass", "targetSubjectsOf", "targetObjectsOf", "targetNode")


class Result(NamedTuple):
    """One validation result; `focus`, `value`, `shape` and `severity` are terms, `path` is in SPARQL's syntax."""

    focus: str
    path: str | None
    value: str | None
    shape: str
    component: str
    severity: str


@dataclass(slots=True, eq=False)
class Shape:
    """A compiled shape.

    `minds_absence` says that it may find something wrong where its path leads nowhere.
    """

    node: str
    path: Path | None
    severity: str
    checks: tuple[tuple[str, Check], ...] = ()
    properties: tuple[Shape, ...] = ()
    minds_absence: bool = False

    def collect(self, graph: Graph, focus: str, results: list[Result]) -> None:
        """Append what is wrong with a focus node."""
        path = self.path
        if path is None:
            values: Sequence[str] = (focus,)
        elif path.predicate is None:
            values = path.walk(graph, focus)
        else:
            block = graph.out.get(focus)
            values = NOTHING if block is None else block.get(path.predicate, NOTHING)
        if not values and not self.minds_absence:
            return
        for component, check in self.checks:
            wrong = check(graph, focus, values)
            if wrong:
                results.extend(self._results(graph, focus, component, wrong))
        for value in values:
            block = graph.out.get(value)
            for shape in self.properties:
                # most properties of a shape are absent from most nodes: not calling is what makes this quick
                predicate = shape.path.predicate if shape.path else None
                if predicate is None or shape.minds_absence or (block is not None and predicate in block):
                    shape.collect(graph, value, results)

    def conforms(self, graph: Graph, node: str) -> bool:
        """Whether a node conforms: nothing at all is wrong with it, of whatever severity."""
        results: list[Result] = []
        self.collect(graph, node, results)
        return not results

    def _results(self, graph: Graph, focus: str, component: str, wrong: Sequence[str | None]) -> Iterator[Result]:
        path = self.path.text if self.path else None
        for value in wrong:
            if component == _CLOSED and value is not None:
                for extra in graph.values(focus, value):
                    yield Result(focus, value, extra, self.node, component, self.severity)
            else:
                yield Result(focus, path, value, self.node, component, self.severity)


class Compiler:
    """Compiles the shapes of a shapes graph; each shape once, so that shapes may name each other.

    Raises:
        DataError: the graph needs more than SHACL Core, or a shape is malformed.
    """

    def __init__(self, shapes: Graph) -> None:
        self.shapes = shapes
        self._compiled: dict[str, Shape] = {}
        for node, block in shapes.out.items():
            if not NOT_CORE.isdisjoint(block) or f"<{SH}ConstraintComponent>" in shapes.classes(node):
                raise DataError("the shapes need more than SHACL Core", code="shapes.core", where=node)

    def shape(self, node: str) -> Shape:
        """Return the compiled shape of a node of the shapes graph."""
        known = self._compiled.get(node)
        if known is None:
            severity = self.shapes.one(node, f"<{SH}severity>") or f"<{SH}Violation>"
            known = self._compiled[node] = Shape(node, self._path(node), severity)
            if not self._is_deactivated(node):
                self._fill(known)
        return known

    def _fill(self, shape: Shape) -> None:
        block = self.shapes.out.get(shape.node, {})
        try:
            shape.checks = tuple(
                (parameter, BUILDERS[parameter](self, shape.node, value))
                for parameter, values in block.items()
                if parameter in BUILDERS
                for value in values
            )
        except (ValueError, IndexError, re.error) as error:
            raise DataError(f"a malformed shape: {error}", code="shapes.malformed", where=shape.node) from error
        shape.properties = tuple(self.shape(node) for node in block.get(f"<{SH}property>", NOTHING))
        shape.minds_absence = shape.path is None or not MINDS_ABSENCE.isdisjoint(block)

    def _path(self, node: str) -> Path | None:
        path = self.shapes.one(node, f"<{SH}path>")
        try:
            return compile_path(self.shapes, path) if path else None
        except PathError as error:
            raise DataError(str(error), code="shapes.path", where=node) from error

    def _is_deactivated(self, node: str) -> bool:
        value = self.shapes.one(node, f"<{SH}deactivated>")
        return value is not None and literal(value).lexical in ("true", "1")

    def path_predicate(self, owner: str) -> str | None:
        """Return the predicate that is the path of a property shape; `None` where the path is more."""
        path = self._path(owner)
        return path.predicate if path else None

    def siblings(self, owner: str) -> Sequence[Test]:
        """Return the qualified value shapes of the property shapes beside this one, without its own."""
        qualified, of = f"<{SH}qualifiedValueShape>", f"<{SH}property>"
        beside = [p for parent in self.shapes.subjects(of, owner) for p in self.shapes.values(parent, of)]
        nodes = dict.fromkeys(node for p in beside for node in self.shapes.values(p, qualified))
        return [self.shape(node) for node in nodes if node not in self.shapes.values(owner, qualified)]


class Validator:
    """Shapes with targets, ready to run over data graphs."""

    def __init__(self, shapes: Graph) -> None:
        compiler = Compiler(shapes)
        self._by_class: dict[str, list[Shape]] = {}
        self._by_subject: dict[str, list[Shape]] = {}
        self._by_object: dict[str, list[Shape]] = {}
        self._by_node: dict[str, list[Shape]] = {}
        self._chosen: dict[tuple[frozenset[str], tuple[str, ...]], tuple[Shape, ...]] = {}
        for node, block in shapes.out.items():
            targets = {name: list(block.get(f"<{SH}{name}>", NOTHING)) for name in _TARGETS}
            if not _CLASSES.isdisjoint(block.get(RDF_TYPE, NOTHING)) and _is_shape(block):
                targets["targetClass"].append(node)
            if any(targets.values()):
                self._add(compiler.shape(node), targets)

    def _add(self, shape: Shape, targets: dict[str, list[str]]) -> None:
        for name, index in zip(
            _TARGETS, (self._by_class, self._by_subject, self._by_object, self._by_node), strict=True
        ):
            for target in targets[name]:
                index.setdefault(target, []).append(shape)

    def results(self, graph: Graph) -> list[Result]:
        """Return what is wrong with the nodes of a graph that the shapes target; the order is that of the graph."""
        results: list[Result] = []
        for node, block in graph.out.items():
            for shape in self._shapes_of(graph.classes(node), tuple(block)):
                shape.collect(graph, node, results)
        for node, shape in self._further_targets(graph):
            if shape not in self._shapes_of(graph.classes(node), tuple(graph.out.get(node, NOTHING))):
                shape.collect(graph, node, results)
        return results

    def _shapes_of(self, classes: frozenset[str], predicates: tuple[str, ...]) -> tuple[Shape, ...]:
        """Return the shapes that target a node by its classes or by its properties, each once."""
        known = self._chosen.get((classes, predicates))
        if known is None:
            if len(self._chosen) > 10_000:  # foreign data may combine classes and properties without end
                self._chosen.clear()
            by_class = (shape for cls, shapes in self._by_class.items() if cls in classes for shape in shapes)
            by_subject = (shape for predicate in predicates for shape in self._by_subject.get(predicate, ()))
            known = self._chosen[classes, predicates] = tuple(dict.fromkeys((*by_class, *by_subject)))
        return known

    def _further_targets(self, graph: Graph) -> Iterable[tuple[str, Shape]]:
        """The targets that are values or named nodes, each once."""
        by_node = ((node, shape) for node, shapes in self._by_node.items() for shape in shapes)
        by_object = (
            (value, shape)
            for predicate, shapes in self._by_object.items()
            for value in graph.incoming(predicate)
            for shape in shapes
        )
        return dict.fromkeys((*by_node, *by_object))


def _is_shape(block: dict[str, list[str]]) -> bool:
    types = block.get(RDF_TYPE, NOTHING)
    return any(f"<{SH}{name}>" in types for name in ("NodeShape", "PropertyShape")) or not BUILDERS.keys().isdisjoint(
        block
    )
