"""The shipped reference entities, read once."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg.linking import Registry
from kg.resources import entity_files, ontology_dir
from kg.vocab import KG, PREFIXES

_SKOS = PREFIXES["skos"]
_TEXTS = {
    f"{_SKOS}prefLabel": "preferred",
    f"{_SKOS}altLabel": "others",
    f"{KG}demonym": "demonyms",
    f"{KG}seat": "seats",
}
_LINKS = {f"{_SKOS}exactMatch": "matches", f"{KG}capital": "capitals", f"{KG}territoryOf": "territory_of"}

FILES = [
    "armed-groups", "authorities", "bodies", "cities", "former-states", "media", "officials", "organizations", "places",
    "states",
]  # fmt: skip

Text = tuple[str, str]
"""Words and their language."""


@dataclass(slots=True)
class Described:
    """An entity as the files describe it; `files` are those that give it a class."""

    iri: str
    types: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    preferred: list[Text] = field(default_factory=list)
    others: list[Text] = field(default_factory=list)
    demonyms: list[Text] = field(default_factory=list)
    seats: list[Text] = field(default_factory=list)
    matches: list[str] = field(default_factory=list)
    capitals: list[str] = field(default_factory=list)
    territory_of: list[str] = field(default_factory=list)

    @property
    def family(self) -> str:
        """The kind within which a name means one entity, as `kg.linking` has it."""
        return self.types[0] if self.types[0] in ("Person", "Place", "Group") else "Organization"

    @property
    def labels(self) -> list[Text]:
        return [*self.preferred, *self.others]

    def __str__(self) -> str:
        return self.iri.rsplit("/id/", 1)[1]


def _read(files: tuple[Path, ...]) -> dict[str, Described]:
    entities: dict[str, Described] = {}
    for path in files:
        for quad in parse(path=str(path), format=RdfFormat.TURTLE):
            assert isinstance(quad.subject, NamedNode)
            entity = entities.setdefault(quad.subject.value, Described(quad.subject.value))
            predicate, value = quad.predicate.value, quad.object
            if predicate == f"{PREFIXES['rdf']}type":
                entity.types.append(str(value)[len(KG) + 1 : -1])
                entity.files.append(path.name)
            elif isinstance(value, Literal):
                getattr(entity, _TEXTS[predicate]).append((value.value, value.language or ""))
            else:
                assert isinstance(value, NamedNode)
                getattr(entity, _LINKS[predicate]).append(value.value)
    return entities


@pytest.fixture(scope="session")
def files() -> tuple[Path, ...]:
    found = entity_files()
    assert [path.stem for path in found] == FILES
    assert all(path.parent == ontology_dir() / "entities" for path in found)
    return found


@pytest.fixture(scope="session")
def entities(files: tuple[Path, ...]) -> dict[str, Described]:
    return _read(files)


@pytest.fixture(scope="session")
def states(entities: dict[str, Described]) -> list[Described]:
    """The states of today."""
    found = [e for e in entities.values() if e.types == ["State"] and "former-states.ttl" not in e.files]
    assert len(found) > 190
    return found


@pytest.fixture(scope="session")
def registry(files: tuple[Path, ...]) -> Registry:
    return Registry(files)
