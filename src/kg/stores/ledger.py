"""The ledger: a graph in the store that says which graphs kg has loaded there, and as what.

An entry is written last, when what it says has been seen to be true, and taken out before its graph is touched again; so a
graph with an entry holds what the entry says, whatever happened in between, as far as nobody else wrote to it. An entry::

    <graph> dcterms:identifier "sha256:…" ; void:triples 42 ; owl:versionInfo "kg 0.1.0" ;
        dcterms:modified "2026-11-25T08:00:00Z"^^xsd:dateTime .

The time is there only where the caller gives one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.errors import WorldError
from kg.iris import XSD, Minter, integer, iri_term, quoted
from kg.stores.graphs import LocalGraph
from kg.stores.protocol import Store
from kg.web import Unanswered, Unavailable

NAME: Final = "ledger"
_DIGEST: Final = "<http://purl.org/dc/terms/identifier>"
_COUNT: Final = "<http://rdfs.org/ns/void#triples>"
_VERSION: Final = "<http://www.w3.org/2002/07/owl#versionInfo>"
_TIME: Final = "<http://purl.org/dc/terms/modified>"
_ENTRIES_AN_UPDATE: Final = 50
_SHA256: Final = re.compile(r'"sha256:([0-9a-f]{64})"')


@dataclass(frozen=True, slots=True)
class Entry:
    """What the ledger says of a graph: its digest, its number of triples, the version of kg that wrote it, and when."""

    digest: str
    count: int
    version: str
    time: str | None = None

    def is_of(self, graph: LocalGraph) -> bool:
        """Whether it is of this graph as it is here."""
        return (self.digest, self.count) == (graph.digest, graph.count)


@dataclass(frozen=True, slots=True)
class Ledger:
    """What a ledger holds: whole entries by graph, and the graphs whose entries are torn (a write that broke off)."""

    graph: str
    entries: Mapping[str, Entry]
    torn: frozenset[str]

    @property
    def known(self) -> frozenset[str]:
        """The graphs that have an entry, whole or not."""
        return self.torn | self.entries.keys()


def ledger_graph(base: str) -> str:
    """The IRI of the ledger of a project with this base."""
    return Minter(base).graph(NAME)


def read_ledger(store: Store, base: str) -> Ledger:
    """Read a ledger; an absent one is empty.

    Raises:
        WorldError: the store does not answer as it should.
    """
    rows: dict[str, dict[str, list[str]]] = {}
    graph = ledger_graph(base)
    for row in store.read_rows(["s", "p", "o"], f"GRAPH {iri_term(graph)} {{ ?s ?p ?o }}"):
        rows.setdefault(row["s"][1:-1], {}).setdefault(row["p"], []).append(row["o"])
    entries = {name: _entry(properties) for name, properties in rows.items()}
    whole = {name: entry for name, entry in entries.items() if entry}
    return Ledger(graph, whole, frozenset(entries.keys() - whole.keys()))


def _entry(properties: Mapping[str, list[str]]) -> Entry | None:
    """Read an entry; one that lacks something or says two things is none."""
    if any(len(values) != 1 for values in properties.values()) or not {_DIGEST, _COUNT, _VERSION} <= properties.keys():
        return None
    digest = _SHA256.fullmatch(properties[_DIGEST][0])
    count = properties[_COUNT][0].partition("^^")[0].strip('"')
    if digest is None or not count.isdecimal():
        return None
    time = properties.get(_TIME, [None])[0]
    return Entry(
        digest[1], int(count), properties[_VERSION][0].strip('"'), time.split('"')[1] if time is not None else None
    )


def take_out(store: Store, ledger: str, graphs: Sequence[str]) -> None:
    """Take the entries of graphs out of a ledger, and see that they are gone.

    Raises:
        WorldError: they are still there however often it was tried.
    """
    for some in _portions(graphs):
        pattern = _pattern(ledger, some)
        _settle(store, f"DELETE {{ GRAPH {iri_term(ledger)} {{ ?s ?p ?o }} }} WHERE {{ {pattern} }}", pattern, wanted=0)


def put_in(store: Store, ledger: str, entries: Mapping[str, Entry]) -> None:
    """Put entries into a ledger, where there are none of these graphs; done twice, it is done once.

    Raises:
        WorldError: they are not there however often it was tried.
    """
    for some in _portions(list(entries)):
        lines = [line for name in some for line in _lines(name, entries[name])]
        update = f"INSERT DATA {{ GRAPH {iri_term(ledger)} {{\n" + "\n".join(lines) + "\n} }"
        _settle(store, update, _pattern(ledger, some), wanted=len(lines))


def _portions(graphs: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(graphs), _ENTRIES_AN_UPDATE):
        yield graphs[start : start + _ENTRIES_AN_UPDATE]


def _pattern(ledger: str, graphs: Sequence[str]) -> str:
    """What matches the entries of graphs."""
    return f"VALUES ?s {{ {' '.join(map(iri_term, graphs))} }} GRAPH {iri_term(ledger)} {{ ?s ?p ?o }}"


def _lines(graph: str, entry: Entry) -> list[str]:
    subject = iri_term(graph)
    lines = [
        f"{subject} {_DIGEST} {quoted(f'sha256:{entry.digest}')} .",
        f"{subject} {_COUNT} {integer(entry.count)} .",
        f"{subject} {_VERSION} {quoted(entry.version)} .",
    ]
    return [*lines, f'{subject} {_TIME} "{entry.time}"^^<{XSD}dateTime> .'] if entry.time else lines


def _settle(store: Store, update: str, pattern: str, *, wanted: int) -> None:
    """Perform an update that may be performed twice, until a pattern matches as often as it should."""
    problem: WorldError | None = None
    for attempt in range(1, store.retries.attempts + 1):
        try:
            store.update(update)
            problem = None
        except (Unanswered, Unavailable) as error:
            problem = error
        if store.number(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}") == wanted:
            return
        store.wait(attempt, problem)
    raise problem or WorldError(
        "the store does not keep the ledger", code="store.lost", where=store.profile.endpoint("update")
    )
