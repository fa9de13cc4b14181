"""Triples as an index: what SHACL asks of a data graph, answered by look-ups in dictionaries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from kg.iris import RDF_TYPE, Triple
from kg.vocab import PREFIXES

SUBCLASS_OF: Final = f"<{PREFIXES['rdfs']}subClassOf>"
_FIRST: Final = f"<{PREFIXES['rdf']}first>"
_REST: Final = f"<{PREFIXES['rdf']}rest>"
_NIL: Final = f"<{PREFIXES['rdf']}nil>"

NOTHING: Final[tuple[str, ...]] = ()


class Taxonomy:
    """The superclasses of classes, by asserted rdfs:subClassOf."""

    def __init__(self, parents: Mapping[str, Sequence[str]]) -> None:
        self.parents = parents
        self._above: dict[str, frozenset[str]] = {}

    def above(self, cls: str) -> frozenset[str]:
        """Return the class and all its superclasses."""
        known = self._above.get(cls)
        if known is None:
            found, waiting = {cls}, [cls]
            while waiting:
                for parent in self.parents.get(waiting.pop(), NOTHING):
                    if parent not in found:
                        found.add(parent)
                        waiting.append(parent)
            known = self._above[cls] = frozenset(found)
        return known


class Graph:
    """An index of triples.

    `out` maps a subject to its predicates and their values, in the order in which they came, each once.

    Args:
        triples: may repeat themselves.
        taxonomy: one that was made from the same subclass triples is taken over; otherwise a new one is made.
    """

    __slots__ = ("_classes", "_incoming", "out", "taxonomy")

    def __init__(self, triples: Iterable[Triple], taxonomy: Taxonomy | None = None) -> None:
        out: dict[str, dict[str, list[str]]] = {}
        for subject, predicate, value in dict.fromkeys(triples):
            block = out.get(subject)
            if block is None:
                out[subject] = {predicate: [value]}
            elif predicate in block:
                block[predicate].append(value)
            else:
                block[predicate] = [value]
        self.out = out
        parents = {subject: block[SUBCLASS_OF] for subject, block in out.items() if SUBCLASS_OF in block}
        self.taxonomy = taxonomy if taxonomy and taxonomy.parents == parents else Taxonomy(parents)
        self._classes: dict[str, frozenset[str]] = {}
        self._incoming: dict[str, dict[str, list[str]]] | None = None

    def values(self, node: str, predicate: str) -> Sequence[str]:
        """Return the values of a property of a node."""
        block = self.out.get(node)
        return NOTHING if block is None else block.get(predicate, NOTHING)

    def subjects(self, predicate: str, value: str) -> Sequence[str]:
        """Return the nodes that have this value of a property."""
        return self.incoming(predicate).get(value, NOTHING)

    def incoming(self, predicate: str) -> Mapping[str, Sequence[str]]:
        """Return for each value of a property the nodes that have it."""
        if self._incoming is None:
            self._incoming = {}
        known = self._incoming.get(predicate)
        if known is None:
            known = self._incoming[predicate] = {}
            for subject, block in self.out.items():
                for value in block.get(predicate, NOTHING):
                    known.setdefault(value, []).append(subject)
        return known

    def classes(self, node: str) -> frozenset[str]:
        """Return the classes that a node is a SHACL instance of."""
        known = self._classes.get(node)
        if known is None:
            above = self.taxonomy.above
            types = self.values(node, RDF_TYPE)
            known = above(types[0]) if len(types) == 1 else frozenset().union(*map(above, types))
            self._classes[node] = known
        return known

    def one(self, node: str, predicate: str) -> str | None:
        """Return the first value of a property, or `None`."""
        return next(iter(self.values(node, predicate)), None)

    def items(self, head: str) -> list[str]:
        """Return the members of an RDF list; a list that runs in a circle ends where it began."""
        found: list[str] = []
        seen = {_NIL}
        while head not in seen:
            seen.add(head)
            found += self.values(head, _FIRST)[:1]
            head = self.one(head, _REST) or _NIL
        return found
