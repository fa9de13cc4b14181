"""The manifests of W3C test suites: which tests there are, and the graph that describes each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from kg.iris import RDF_TYPE, Triple
from kg.rdf import read_quads
from kg.validation.shacl.graph import Graph

MF: Final = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"


@dataclass(frozen=True, slots=True)
class Entry:
    """A test: its node in the graph of the manifest that lists it, and that manifest's file."""

    graph: Graph
    node: str
    manifest: Path

    @property
    def name(self) -> str:
        """Folder and local name, by which the suites' own reports call it."""
        local = self.node.strip("<>").rpartition("#")[2].rpartition("/")[2]
        return f"{self.manifest.parent.name}/{local}"

    @property
    def kind(self) -> str:
        """The local name of its class."""
        return (self.graph.one(self.node, RDF_TYPE) or "").strip("<>").rpartition("#")[2]

    def one(self, *predicates: str) -> str | None:
        """Follow predicates (IRIs) from the test, each to its first value."""
        node: str | None = self.node
        for predicate in predicates:
            node = node and self.graph.one(node, f"<{predicate}>")
        return node


def entries(manifest: Path) -> Iterator[Entry]:
    """Yield the tests that a manifest and the manifests that it includes list, in their order."""
    waiting, seen = [manifest.resolve()], set()
    while waiting:
        path = waiting.pop(0)
        if path in seen:
            continue
        seen.add(path)
        graph = Graph(read_triples(path))
        here = f"<{path.as_uri()}>"
        for head in graph.values(here, f"<{MF}entries>"):
            yield from (Entry(graph, node, path) for node in graph.items(head))
        waiting += [file_of(node) for node in _included(graph, here)]


def _included(graph: Graph, manifest: str) -> list[str]:
    """What a manifest includes: SPARQL's suites write a list, SHACL's one triple for each."""
    found = []
    for node in graph.values(manifest, f"<{MF}include>"):
        found += graph.items(node) or [node]
    return found


def read_triples(path: Path, label: str | None = None) -> list[Triple]:
    """Read an RDF file as `kg validate` and `kg query` read it; relative IRIs are those of its file."""
    return [(str(q.subject), str(q.predicate), str(q.object)) for q in read_quads(path, label=label)]


def file_of(iri: str) -> Path:
    """Return the file that an IRI of the scheme ``file`` (a term) names."""
    return Path(unquote(urlsplit(iri.strip("<>")).path))
