"""The small whole of ``base.trig`` and the ways to break it: what the tests of this folder share."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.iris import Triple
from kg.records import Finding
from kg.vocab import DEFAULT_BASE, KGS, PREFIXES

HERE: Final = Path(__file__).parent
GRAPHS: Final = {
    "a": "753a03df4c906815",  # its words are quoted
    "b": "d822df16c129fd11",  # its text is not at hand
    "entities": "entities",
}
VOCABULARY: Final = ox.NamedNode(f"{DEFAULT_BASE}graph/vocabulary")


@dataclass(frozen=True, slots=True)
class Mutation:
    """A change of the base and what must be found then: ``focus path check``, ``-`` where there is no path."""

    name: str
    removed: tuple[ox.Quad, ...]
    added: tuple[ox.Quad, ...]
    expected: tuple[str, ...]

    def quads(self) -> list[ox.Quad]:
        """The base, changed."""
        return [*(quad for quad in base_quads() if quad not in self.removed), *self.added]

    def triples(self) -> list[Triple]:
        """The statements of the base, changed, of all graphs together."""
        return sorted((base_triples() - set(triples(self.removed))) | set(triples(self.added)))


@lru_cache(maxsize=1)
def base_text() -> str:
    return (HERE / "base.trig").read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def base_quads() -> tuple[ox.Quad, ...]:
    return tuple(ox.parse(base_text().encode(), format=ox.RdfFormat.TRIG))


@lru_cache(maxsize=1)
def base_triples() -> frozenset[Triple]:
    return frozenset(triples(base_quads()))


def triples(quads: Iterable[ox.Quad]) -> list[Triple]:
    """The statements of all graphs together, each once, in a fixed order."""
    return sorted({(str(q.subject), str(q.predicate), str(q.object)) for q in quads})


def union_store(quads: Iterable[ox.Quad], vocabulary: Iterable[Triple] = ()) -> ox.Store:
    """A store whose default graph is the union of its graphs."""
    store = ox.Store()
    store.bulk_extend(quads)
    lines = "".join(f"{s} {p} {o} {VOCABULARY} .\n" for s, p, o in vocabulary)
    store.bulk_load(lines.encode(), format=ox.RdfFormat.N_QUADS)
    store.bulk_extend([flat(quad) for quad in store])
    return store


def flat(quad: ox.Quad) -> ox.Quad:
    """The same statement in the default graph."""
    return ox.Quad(quad.subject, quad.predicate, quad.object)


def turtle(text: str) -> list[ox.Quad]:
    """Read Turtle with the prefixes of the base."""
    head = "".join(re.findall(r"^@(?:base|prefix) .*\n", base_text(), re.MULTILINE))
    return list(ox.parse((head + text).encode(), format=ox.RdfFormat.TURTLE))


@lru_cache(maxsize=1)
def mutations() -> tuple[Mutation, ...]:
    """Every mutation of the folder ``mutations``."""
    return tuple(mutation for path in sorted((HERE / "mutations").glob("*.toml")) for mutation in _read(path))


def _read(path: Path) -> Iterator[Mutation]:
    for entry in tomllib.loads(path.read_text(encoding="utf-8"))["mutation"]:
        graph = ox.NamedNode(f"{DEFAULT_BASE}graph/{GRAPHS[entry.pop('graph', 'a')]}")
        removed = {flat(quad) for quad in turtle(entry.pop("remove", ""))}
        yield Mutation(
            name=f"{path.stem}: {entry.pop('name')}",
            removed=tuple(quad for quad in base_quads() if flat(quad) in removed),
            added=tuple(
                ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in turtle(entry.pop("add", ""))
            ),
            expected=tuple(sorted(entry.pop("expect"))),
        )
        assert not entry, f"{path.name}: unknown fields {entry}"
        assert removed <= {flat(quad) for quad in base_quads()}, f"{path.name}: what is removed is there"


# --------------------------------------------------------------------------- short names


@lru_cache(maxsize=1)
def _namespaces() -> dict[str, str]:
    found = {name: prefix for prefix, name in re.findall(r"^@prefix (\w+): <([^>]*)>", base_text(), re.MULTILINE)}
    return dict(sorted((found | {PREFIXES["rdf"]: "rdf"}).items(), key=lambda item: -len(item[0])))


def short(term: str) -> str:
    """A term as the mutations write it."""
    iri = term.removeprefix("<").removesuffix(">")
    for namespace, prefix in _namespaces().items():
        if re.fullmatch(rf"{re.escape(namespace)}[\w-]+", iri):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    below = f"{DEFAULT_BASE}id/"
    if iri.startswith(below):
        return f"<{iri.removeprefix(below)}>"
    return term if term[0] in '_"<' else f"<{term}>"


def told(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Findings as the mutations write them."""
    return tuple(
        sorted(f"{short(f.focus)} {short(f.path) if f.path else '-'} {f.check.removeprefix(KGS)}" for f in findings)
    )
