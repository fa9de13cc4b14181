"""Steps 1 to 3 over RDF of any origin, document by document.

A graph that holds a `kg:Document` is that document's; it is validated with what the other graphs say of the entities that it
names, so that the cost grows with the document. Graphs without a document (entities, vocabulary) are validated once. Where
claims lie outside the graph of a document, as in a flattened Turtle file, no border can be trusted and all is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

import pyoxigraph as ox

from kg.iris import RDF_TYPE, Triple
from kg.records import Finding
from kg.validation.passages import check_spans
from kg.validation.shapes import ShapesValidator, sort_key
from kg.validation.usage import CLAIM_CLASSES
from kg.validation.verify import document_name, verify
from kg.vocab import KG

_TYPE: Final = ox.NamedNode(RDF_TYPE[1:-1])
_DOCUMENT: Final = ox.NamedNode(f"{KG}Document")


def validate_store(
    store: ox.Store, validator: ShapesValidator, *, texts: Mapping[str, str] | None = None
) -> Iterator[Finding]:
    """Yield what is wrong with a dataset: shapes by document, then the rules over all, then the words of passages.

    Args:
        store: the dataset; each statement once, in its graph.
        validator: the shapes.
        texts: the texts of reports by the SHA-256 of their UTF-8 bytes, where they are at hand.
    """
    for name, triples, shared in _units(store):
        own = {subject for subject, _, _ in triples}
        found = validator.validate([*triples, *_described(triples, shared)], document=name)
        # what is wrong with a shared entity is said once, by the graph that describes it
        yield from (finding for finding in found if finding.focus in own)
    yield from verify(_with_union(store))
    if texts:
        yield from sorted(check_spans(store, texts), key=sort_key)


def holds_claims(store: ox.Store) -> bool:
    """Whether anything in a dataset is of our vocabulary: a class or a property of ``kg:``."""
    return any(
        quad.predicate.value.startswith(KG)
        or (str(quad.predicate) == RDF_TYPE and str(quad.object).startswith(f"<{KG}"))
        for quad in store
    )


_Unit = tuple[str, list[Triple], Mapping[str, list[Triple]]]


def _units(store: ox.Store) -> Iterator[_Unit]:
    """The parts that are validated apart: name, triples, and what is known around them, by subject."""
    graphs = [*sorted(store.named_graphs(), key=str), ox.DefaultGraph()]
    documents = [graph for graph in graphs if _holds(store, graph, (str(_DOCUMENT),))]
    others = [graph for graph in graphs if graph not in documents]
    if not documents or any(_holds(store, graph, CLAIM_CLASSES) for graph in others):
        yield "", _triples(store, graphs), {}
        return
    around: dict[str, list[Triple]] = {}
    for triple in _triples(store, others):
        around.setdefault(triple[0], []).append(triple)
    for graph in documents:
        yield _name(store, graph), _triples(store, [graph]), around
    yield "", [triple for block in around.values() for triple in block], {}


def _name(store: ox.Store, graph: ox.NamedNode | ox.BlankNode | ox.DefaultGraph) -> str:
    """The key of the document that a graph holds; none where it holds several."""
    found = {quad.subject for quad in store.quads_for_pattern(None, _TYPE, _DOCUMENT, graph)}
    return document_name(str(found.pop())) if len(found) == 1 else ""


def _with_union(store: ox.Store) -> ox.Store:
    """The same dataset with the union of its graphs as its default graph."""
    union = ox.Store()
    union.bulk_extend(store)
    union.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in store)
    return union


def _holds(store: ox.Store, graph: ox.NamedNode | ox.BlankNode | ox.DefaultGraph, classes: Iterable[str]) -> bool:
    return any(
        next(iter(store.quads_for_pattern(None, _TYPE, ox.NamedNode(cls[1:-1]), graph)), None) is not None
        for cls in classes
    )


def _triples(store: ox.Store, graphs: Iterable[ox.NamedNode | ox.BlankNode | ox.DefaultGraph]) -> list[Triple]:
    found = {
        (str(quad.subject), str(quad.predicate), _term(quad.object))
        for graph in graphs
        for quad in store.quads_for_pattern(None, None, None, graph)
    }
    return sorted(found)


def _term(value: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return f"<<( {value} )>>" if isinstance(value, ox.Triple) else str(value)


def _described(triples: Iterable[Triple], around: Mapping[str, list[Triple]]) -> list[Triple]:
    """What the graphs around say of what these triples name, and of what that names in its turn."""
    waiting = [value for _, _, value in triples]
    found: dict[str, list[Triple]] = {}
    while waiting:
        node = waiting.pop()
        if node not in found and node in around:
            found[node] = around[node]
            waiting += [value for _, _, value in around[node]]
    return [triple for block in found.values() for triple in block]


def located(finding: Finding, file: str) -> Finding:
    """Name the file where a finding names no document."""
    return finding if finding.document else replace(finding, document=file)
