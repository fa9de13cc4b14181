"""The ledger: a graph in the store that says which graphs kg has loaded there, and as what.

An entry is written last, when what it says has been seen to be true, and taken out before its graph is touched again; so whatever
happens in between, a graph with an entry holds what the entry says, as far as nobody else has written to it. An entry::

    <graph> dcterms:identifier "sha256:…" ; void:triples 42 ; owl:versionInfo "kg 0.1.0" ; dcterms:modified "…Z"^^xsd:dateTime

The time is there only where the caller gives one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
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


def take_out(store: Store, ledger: str, graphs: Iterable[str]) -> None:
    """Take the entries of graphs out of a ledger, and see that they are gone.

    Raises:
        WorldError: they are still there however often it was tried.
    """
    names = list(graphs)
    for start in range(0, len(names), _ENTRIES_AN_UPDATE):
        some = " ".join(map(iri_term, names[start : start + _ENTRIES_AN_UPDATE]))
        pattern = f"VALUES ?s {{ {some} }} GRAPH {iri_term(ledger)} {{ ?s ?p ?o }}"
        update = f"DELETE {{ GRAPH {iri_term(ledger)} {{ ?s ?p ?o }} }} WHERE {{ {pattern} }}"
        _settle(store, update, lambda pattern=pattern: not store.ask(f"ASK {{ {pattern} }}"))


def put_in(store: Store, ledger: str, entries: Mapping[str, Entry]) -> None:
    """Put entries into a ledger, where there are none of these graphs; done twice, it is done once.

    Raises:
        WorldError: they are not there however often it was tried.
    """
    names = list(entries)
    for start in range(0, len(names), _ENTRIES_AN_UPDATE):
        lines = [line for name in names[start : start + _ENTRIES_AN_UPDATE] for line in _lines(name, entries[name])]
        some = " ".join(map(iri_term, names[start : start + _ENTRIES_AN_UPDATE]))
        counting = f"SELECT (COUNT(*) AS ?n) {{ VALUES ?s {{ {some} }} GRAPH {iri_term(ledger)} {{ ?s ?p ?o }} }}"
        update = f"INSERT DATA {{ GRAPH {iri_term(ledger)} {{\n" + "\n".join(lines) + "\n} }"

        def is_done(counting: str = counting, wanted: int = len(lines)) -> bool:
            return store.number(counting) == wanted

        _settle(store, update, is_done)


def _lines(graph: str, entry: Entry) -> list[str]:
    subject = iri_term(graph)
    lines = [
        f"{subject} {_DIGEST} {quoted(f'sha256:{entry.digest}')} .",
        f"{subject} {_COUNT} {integer(entry.count)} .",
        f"{subject} {_VERSION} {quoted(entry.version)} .",
    ]
    return [*lines, f'{subject} {_TIME} "{entry.time}"^^<{XSD}dateTime> .'] if entry.time else lines


def _settle(store: Store, update: str, is_done: object) -> None:
    """Perform an update that may be performed twice until it is seen to be done."""
    assert callable(is_done)  # noqa: S101 - mypy knows no callables with defaults
    problem: WorldError | None = None
    for attempt in range(1, store.retries.attempts + 1):
        try:
            store.update(update)
        except (Unanswered, Unavailable) as error:
            problem = error
        if is_done():
            return
        store.wait(attempt, problem)
    raise problem or WorldError(
        "the store does not keep the ledger", code="store.lost", where=store.profile.endpoint("update")
    )
