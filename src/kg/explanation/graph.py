"""A built graph, asked about single things: what stands on a claim, an event, an entity.

Every question is a query like any other (`kg.queries`): it runs in a process of its own, within bounds, and its answer is the
same on every run.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from kg.iris import Triple, iri_term
from kg.project import Project
from kg.queries import ask
from kg.store import open_database, store_directory
from kg.vocab import project_prefixes

_AT_ONCE: Final = 500
"""So many things are asked about in one query."""
_LANGUAGES: Final = ("en", "fr")


@dataclass(frozen=True, slots=True)
class Term:
    """An IRI or a literal; `language` is empty where it has none."""

    value: str
    is_iri: bool
    language: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """What a graph says of one thing: values by the short name of the property (``kg:claimant``), in a fixed order."""

    iri: str
    values: Mapping[str, tuple[Term, ...]] = field(default_factory=dict)

    def all(self, name: str) -> tuple[Term, ...]:
        """Return the values of a property."""
        return self.values.get(name, ())

    def one(self, name: str) -> str | None:
        """Return the first value of a property, `None` where there is none."""
        values = self.all(name)
        return values[0].value if values else None

    def number(self, name: str) -> int | None:
        """Return the value of a property that holds a whole number."""
        value = self.one(name)
        return None if value is None else int(value)

    @property
    def types(self) -> frozenset[str]:
        """The classes that it is said to have."""
        return frozenset(term.value for term in self.all("rdf:type"))

    @property
    def label(self) -> str | None:
        """Its name: the preferred one, in English where there is one."""
        names = self.all("skos:prefLabel") or self.all("rdfs:label")
        ranked = sorted(names, key=lambda n: (_LANGUAGES.index(n.language) if n.language in _LANGUAGES else 9, n.value))
        return ranked[0].value if ranked else None


class Graph:
    """The graph of a project.

    Args:
        database: the folder of its database, see `kg.store.open_database`.
        base: the project's base IRI.
    """

    def __init__(self, database: Path, base: str) -> None:
        self.base = base
        self.prefixes = project_prefixes(base)
        self._database = database

    def rows(
        self, query: str, *, name: str = "query", parameters: Mapping[str, str] | None = None
    ) -> Iterator[dict[str, Term]]:
        """Yield the rows of a SELECT query; unbound variables are left out.

        Args:
            query: the query; the project's prefixes are known.
            name: what errors call it.
            parameters: variables to fix, as N-Triples terms.
        """
        answer = ask(self._database, query, name=name, parameters=parameters, prefixes=self.prefixes, base=self.base)
        for row in json.loads(answer.read())["results"]["bindings"]:
            yield {variable: _term(value) for variable, value in row.items()}

    def describe(self, iris: Iterable[str]) -> dict[str, Node]:
        """Return what the graph says of each of some things; of what it does not know, a node without values."""
        wanted = sorted(set(iris))
        found: dict[str, dict[str, list[Term]]] = {iri: {} for iri in wanted}
        for start in range(0, len(wanted), _AT_ONCE):
            values = " ".join(map(iri_term, wanted[start : start + _AT_ONCE]))
            for row in self.rows(
                f"SELECT ?thing ?property ?value {{ VALUES ?thing {{ {values} }} ?thing ?property ?value }}"
            ):
                values_of = found[row["thing"].value].setdefault(self.short(row["property"].value), [])
                values_of.append(row["value"])
        return {iri: Node(iri, {name: tuple(terms) for name, terms in values.items()}) for iri, values in found.items()}

    def triples(self, graph: str) -> list[Triple]:
        """Return the triples of one named graph (a name as `kg.iris.Minter.graph` takes it), sorted."""
        query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {iri_term(f'{self.base}graph/{graph}')} {{ ?s ?p ?o }} }}"
        answer = ask(self._database, query, format="nt", prefixes=self.prefixes, base=self.base)
        parsed = ox.parse(answer.read(), format=ox.RdfFormat.N_TRIPLES)
        return [(str(quad.subject), str(quad.predicate), str(quad.object)) for quad in parsed]

    def short(self, iri: str) -> str:
        """Return an IRI as ``prefix:name`` where a prefix is known, else in angle brackets."""
        known = [(len(space), prefix) for prefix, space in self.prefixes.items() if iri.startswith(space)]
        if not known:
            return f"<{iri}>"
        length, prefix = max(known)
        return f"{prefix}:{iri[length:]}"


@contextmanager
def open_graph(project: Project) -> Iterator[Graph]:
    """Open the graph that ``kg build`` has made.

    Raises:
        WorldError: there is none yet.
    """
    with open_database(project.out / "kg.nq", store_directory(project.out)) as database:
        yield Graph(database, project.base)


def _term(value: Mapping[str, Any]) -> Term:
    return Term(str(value["value"]), value["type"] == "uri", value.get("xml:lang", ""))
