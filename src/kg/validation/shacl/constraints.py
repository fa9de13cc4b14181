"""One builder for each constraint component of SHACL Core (https://www.w3.org/TR/shacl/#core-components).

A builder takes the value of the parameter and returns a check; a check takes the data graph, the focus node and the value
nodes and returns the offending values, `None` standing for a result without a value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final, Protocol, TypeAlias

from kg.vocab import PREFIXES

from .graph import Graph
from .paths import SH
from .terms import LANG_STRING, compare, is_literal, is_valid, literal, order, string

Offending: TypeAlias = Sequence[str | None]
Check: TypeAlias = Callable[[Graph, str, Sequence[str]], Offending]

NONE: Final[Offending] = (None,)
FINE: Final[Offending] = ()


class Test(Protocol):
    """A shape as another shape sees it."""

    def conforms(self, graph: Graph, node: str) -> bool:
        """Whether a node conforms to the shape."""


class Context(Protocol):
    """What builders may ask: `kg.validation.shacl.compiler.Compiler`."""

    shapes: Graph

    def shape(self, node: str) -> Test:
        """Return the compiled shape of a node of the shapes graph."""

    def path_predicate(self, owner: str) -> str | None:
        """Return the predicate that is the path of a property shape."""

    def siblings(self, owner: str) -> Sequence[Test]:
        """Return the qualified value shapes of the property shapes beside this one."""


Builder: TypeAlias = Callable[[Context, str, str], Check]
"""(compiler, the shape's node, the value of the parameter) -> check."""


def _each(fails: Callable[[Graph, str], bool]) -> Check:
    """Make a check of a test that each value node must pass by itself."""

    def check(graph: Graph, focus: str, values: Sequence[str]) -> Offending:
        return [value for value in values if fails(graph, value)]

    return check


def _integer(term: str) -> int:
    return int(literal(term).lexical)


# --------------------------------------------------------------------------- value type


def _class(context: Context, owner: str, value: str) -> Check:
    return _each(lambda graph, node: value not in graph.classes(node))


def _datatype(context: Context, owner: str, value: str) -> Check:
    wanted = value[1:-1]
    suffix = f"^^{value}"

    def fails(graph: Graph, node: str) -> bool:
        if node[0] != '"':
            return True
        if wanted == LANG_STRING:
            return node[-1] in '">'
        if node[-1] == ">" and not node.endswith(suffix):
            return True
        found = literal(node)
        return found.datatype != wanted or not is_valid(found)

    return _each(fails)


_KINDS: Final[Mapping[str, str]] = {
    f"<{SH}IRI>": "<",
    f"<{SH}Literal>": '"',
    f"<{SH}BlankNode>": "_",
    f"<{SH}BlankNodeOrIRI>": "_<",
    f"<{SH}BlankNodeOrLiteral>": '_"',
    f"<{SH}IRIOrLiteral>": '<"',
}


def _node_kind(context: Context, owner: str, value: str) -> Check:
    initials = _KINDS.get(value, "")
    return _each(lambda graph, node: node[0] not in initials)


# --------------------------------------------------------------------------- cardinality


def _min_count(context: Context, owner: str, value: str) -> Check:
    least = _integer(value)
    return lambda graph, focus, values: FINE if len(values) >= least else NONE


def _max_count(context: Context, owner: str, value: str) -> Check:
    most = _integer(value)
    return lambda graph, focus, values: FINE if len(values) <= most else NONE


# --------------------------------------------------------------------------- value range


def _range(allowed: tuple[int, ...]) -> Builder:
    def build(context: Context, owner: str, value: str) -> Check:
        bound = order(value)
        return _each(lambda graph, node: compare(order(node), bound) not in allowed)

    return build


# --------------------------------------------------------------------------- strings


def _length(fits: Callable[[int, int], bool]) -> Builder:
    def build(context: Context, owner: str, value: str) -> Check:
        bound = _integer(value)

        def fails(graph: Graph, node: str) -> bool:
            text = string(node)
            return text is None or not fits(len(text), bound)

        return _each(fails)

    return build


_FLAGS: Final = {"i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL, "x": re.VERBOSE}
_DOLLAR = re.compile(r"(\\.|\[(?:\\.|[^\]\\])*\])|\$", re.DOTALL)


def end_at_end(pattern: str) -> str:
    """Let ``$`` mean the end, as in the regular expressions of XPath; in Python's it is also before a final line break."""
    return _DOLLAR.sub(lambda m: m[1] or r"\Z", pattern)


def _pattern(context: Context, owner: str, value: str) -> Check:
    flags = re.NOFLAG
    letters = context.shapes.one(owner, f"<{SH}flags>")
    for letter in literal(letters).lexical if letters else "":
        flags |= _FLAGS.get(letter, re.NOFLAG)
    text = literal(value).lexical
    search = re.compile(text if flags & re.MULTILINE else end_at_end(text), flags).search

    def fails(graph: Graph, node: str) -> bool:
        found = string(node)
        return found is None or search(found) is None

    return _each(fails)


def _language_in(context: Context, owner: str, value: str) -> Check:
    ranges = tuple(literal(item).lexical.lower() for item in context.shapes.items(value))

    def fails(graph: Graph, node: str) -> bool:
        tag = literal(node).language if is_literal(node) else None
        return tag is None or not any(tag == r or tag.startswith(f"{r}-") or r == "*" for r in ranges)

    return _each(fails)


def _unique_lang(context: Context, owner: str, value: str) -> Check:
    if value != f'"true"^^<{PREFIXES["xsd"]}boolean>':
        return lambda graph, focus, values: FINE

    def check(graph: Graph, focus: str, values: Sequence[str]) -> Offending:
        if len(values) < 2:
            return FINE
        tags = [tag for value in values if is_literal(value) and (tag := literal(value).language)]
        return [None for tag in dict.fromkeys(tags) if tags.count(tag) > 1]

    return check


# --------------------------------------------------------------------------- pairs of properties


def _equals(context: Context, owner: str, value: str) -> Check:
    def check(graph: Graph, focus: str, values: Sequence[str]) -> Offending:
        others = graph.values(focus, value)
        if values == others:
            return FINE
        return [v for v in values if v not in others] + [v for v in others if v not in values]

    return check


def _disjoint(context: Context, owner: str, value: str) -> Check:
    def check(graph: Graph, focus: str, values: Sequence[str]) -> Offending:
        others = graph.values(focus, value)
        return [v for v in values if v in others] if others else FINE

    return check


def _before(allowed: tuple[int, ...]) -> Builder:
    def build(context: Context, owner: str, value: str) -> Check:
        def check(graph: Graph, focus: str, values: Sequence[str]) -> Offending:
            others = [order(other) for other in graph.values(focus, value)]
            return [v for v in values for other in others if compare(order(v), other) not in allowed]

        return check

    return build


# --------------------------------------------------------------------------- logic and shapes


def _not(context: Context, owner: str, value: str) -> Check:
    shape = context.shape(value)
    return _each(shape.conforms)


def _and(context: Context, owner: str, value: str) -> Check:
    shapes = [context.shape(item) for item in context.shapes.items(value)]
    return _each(lambda graph, node: not all(shape.conforms(graph, node) for shape in shapes))


def _or(context: Context, owner: str, value: str) -> Check:
    shapes = [context.shape(item) for item in context.shapes.items(value)]
    return _each(lambda graph, node: not any(shape.conforms(graph, node) for shape in shapes))


def _xone(context: Context, owner: str, value: str) -> Check:
    shapes = [context.shape(item) for item in context.shapes.items(value)]
    return _each(lambda graph, node: sum(shape.conforms(graph, node) for shape in shapes) != 1)


def _node(context: Context, owner: str, value: str) -> Check:
    shape = context.shape(value)
    return _each(lambda graph, node: not shape.conforms(graph, node))


def _qualified(fits: Callable[[int, int], bool]) -> Builder:
    def build(context: Context, owner: str, value: str) -> Check:
        bound = _integer(value)
        wanted = context.shapes.one(owner, f"<{SH}qualifiedValueShape>")
        if wanted is None:
            return lambda graph, focus, values: FINE
        shape = context.shape(wanted)
        disjoint = context.shapes.one(owner, f"<{SH}qualifiedValueShapesDisjoint>")
        is_disjoint = disjoint is not None and literal(disjoint).lexical in ("true", "1")
        siblings = context.siblings(owner) if is_disjoint else ()

        def check(graph: Graph, focus: str, values: Sequence[str]) -> Offending:
            count = sum(
                shape.conforms(graph, v) and not any(sibling.conforms(graph, v) for sibling in siblings) for v in values
            )
            return FINE if fits(count, bound) else NONE

        return check

    return build


# --------------------------------------------------------------------------- other


def _has_value(context: Context, owner: str, value: str) -> Check:
    return lambda graph, focus, values: FINE if value in values else NONE


def _in(context: Context, owner: str, value: str) -> Check:
    allowed = frozenset(context.shapes.items(value))
    return _each(lambda graph, node: node not in allowed)


def _closed(context: Context, owner: str, value: str) -> Check:
    """The check of a closed shape gives the *predicates* that it does not allow; the shape adds their values."""
    if literal(value).lexical not in ("true", "1"):
        return lambda graph, focus, values: FINE
    ignored = context.shapes.one(owner, f"<{SH}ignoredProperties>")
    allowed = set(context.shapes.items(ignored)) if ignored else set()
    properties = context.shapes.values(owner, f"<{SH}property>")
    allowed |= {path for path in map(context.path_predicate, properties) if path}

    def check(graph: Graph, focus: str, values: Sequence[str]) -> Offending:
        block = graph.out.get(focus)
        if block is None or allowed.issuperset(block):
            return FINE
        return [predicate for predicate in block if predicate not in allowed]

    return check


BUILDERS: Final[Mapping[str, Builder]] = {
    f"<{SH}{name}>": builder
    for name, builder in (
        ("class", _class),
        ("datatype", _datatype),
        ("nodeKind", _node_kind),
        ("minCount", _min_count),
        ("maxCount", _max_count),
        ("minExclusive", _range((1,))),
        ("minInclusive", _range((0, 1))),
        ("maxExclusive", _range((-1,))),
        ("maxInclusive", _range((-1, 0))),
        ("minLength", _length(lambda length, bound: length >= bound)),
        ("maxLength", _length(lambda length, bound: length <= bound)),
        ("pattern", _pattern),
        ("languageIn", _language_in),
        ("uniqueLang", _unique_lang),
        ("equals", _equals),
        ("disjoint", _disjoint),
        ("lessThan", _before((-1,))),
        ("lessThanOrEquals", _before((-1, 0))),
        ("not", _not),
        ("and", _and),
        ("or", _or),
        ("xone", _xone),
        ("node", _node),
        ("qualifiedMinCount", _qualified(lambda count, bound: count >= bound)),
        ("qualifiedMaxCount", _qualified(lambda count, bound: count <= bound)),
        ("hasValue", _has_value),
        ("in", _in),
        ("closed", _closed),
    )
}

MINDS_ABSENCE: Final = frozenset(f"<{SH}{name}>" for name in ("minCount", "hasValue", "equals", "qualifiedMinCount"))
"""Components that may find something wrong where there is no value at all."""

NOT_CORE: Final = frozenset(f"<{SH}{name}>" for name in ("sparql", "rule", "js", "target", "expression", "values"))
"""What makes a shape more than SHACL Core."""
