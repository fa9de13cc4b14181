"""From names to IRIs: mentions to entities, event keys to anchors.

A name finds its reference entity by its label or an alias in either language, and only where the kinds agree: a person is
never matched with a place, nothing is matched on likeness. What no registry knows gets an IRI made of its type and name;
people known only by a description belong to their document. So an IRI never depends on what else was read, or when.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg.errors import DataError
from kg.iris import Minter, Triple
from kg.records import Entity, LinkedEntity
from kg.vocab import KG, PREFIXES, TERRITORIAL_TYPES

_LABELS = frozenset({f"{PREFIXES['skos']}prefLabel", f"{PREFIXES['skos']}altLabel"})
_TYPE = f"{PREFIXES['rdf']}type"
_TERRITORY_OF = f"{KG}territoryOf"
_DEMONYM = f"{KG}demonym"
_ALIKE = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "‐": " ", "‑": " ", "‒": " ", "–": " ", "-": " "})
_ARTICLE = re.compile(r"(?:the |la |le |les |l' ?)(?=.)")


@lru_cache(maxsize=65536)
def match_key(name: str) -> str:
    """The form under which names are compared: case, accents, kinds of apostrophe and hyphen, and articles do not count."""
    plain = unicodedata.normalize("NFKD", name.translate(_ALIKE))
    words = " ".join("".join(c for c in plain if not unicodedata.combining(c)).casefold().split())
    article = _ARTICLE.match(words)
    return words[article.end() :] if article else words


def _family(entity_type: str) -> str:
    return entity_type if entity_type in ("Person", "Place", "Group") else "Organization"


class Registry:
    """The reference entities: one IRI for many spellings.

    Args:
        files: Turtle files of entities, the shipped ones first; a later file adds labels and entities, and where two
            entities claim one name, the earlier keeps it.

    Raises:
        DataError: a file is not Turtle, with file, line and column, or describes an entity without an IRI.
    """

    def __init__(self, files: Iterable[Path]) -> None:
        self._triples: dict[str, dict[Triple, None]] = {}
        self._by_name: dict[tuple[str, str], str] = {}
        self._territory: dict[str, str] = {}
        self._authority: dict[str, str] = {}
        self._families: dict[str, str] = {}
        self._polities: dict[str, str] = {}
        self._territorial: set[str] = set()
        for path in files:
            self._read(path)

    def _read(self, path: Path) -> None:
        labels: list[tuple[str, str]] = []
        demonyms: list[tuple[str, str]] = []
        try:
            for quad in parse(path=str(path), format=RdfFormat.TURTLE):
                subject, predicate, value = quad.subject, quad.predicate, quad.object
                if not isinstance(subject, NamedNode):
                    raise DataError("an entity without an IRI", code="entities.blank", where=str(path))
                term = str(value)
                self._triples.setdefault(subject.value, {})[str(subject), str(predicate), term] = None
                if predicate.value == _TYPE and term.startswith(f"<{KG}"):
                    self._families[subject.value] = _family(term[len(KG) + 1 : -1])
                    if term[len(KG) + 1 : -1] in TERRITORIAL_TYPES:
                        self._territorial.add(subject.value)
                elif predicate.value in _LABELS and isinstance(value, Literal):
                    labels.append((subject.value, value.value))
                elif predicate.value == _DEMONYM and isinstance(value, Literal):
                    demonyms.append((subject.value, value.value))
                elif predicate.value == _TERRITORY_OF and isinstance(value, NamedNode):
                    self._territory[value.value] = subject.value
                    self._authority.setdefault(subject.value, value.value)
        except SyntaxError as error:
            where = f"{path}:{error.lineno}:{error.offset}"
            raise DataError(f"not Turtle: {error.msg}", code="entities.syntax", where=where) from error
        for iri, label in labels:
            family = self._families.get(iri)
            if family:
                self._by_name.setdefault((family, match_key(label)), iri)
        for iri, name in (*labels, *demonyms):
            if iri in self._territorial:
                self._polities.setdefault(match_key(name), iri)

    def find(self, name: str, entity_type: str) -> str | None:
        """Return the IRI of the reference entity of this name and kind, or `None`.

        A state or an authority is also found by the name of its country: "Abkhazia" for the authorities there.
        """
        key = match_key(name)
        found = self._by_name.get((_family(entity_type), key))
        if found is None and entity_type in TERRITORIAL_TYPES:
            return self._authority.get(self._by_name.get(("Place", key), ""))
        return found

    def territory(self, iri: str) -> str | None:
        """Return the place that is called by the name of this state's or authority's country, or `None`."""
        return self._territory.get(iri)

    def polity(self, name: str) -> str | None:
        """Return the state or authority that has this name or demonym, or `None`."""
        return self._polities.get(match_key(name))

    def is_country(self, iri: str) -> bool:
        """Whether a place is the whole territory of a state or an authority."""
        return iri in self._authority

    def triples(self, iri: str) -> tuple[Triple, ...]:
        """Return the description of a reference entity."""
        return tuple(self._triples.get(iri, ()))

    def describe(self, references: Iterable[str]) -> list[Triple]:
        """Return the descriptions of reference entities and of those that they name (capital, territory), sorted."""
        waiting, done = sorted(references), set[str]()
        triples: list[Triple] = []
        while waiting:
            iri = waiting.pop()
            if iri not in done:
                done.add(iri)
                triples += self.triples(iri)
                waiting += [value[1:-1] for _, _, value in self.triples(iri) if value[1:-1] in self]
        return sorted(triples)

    def __contains__(self, iri: str) -> bool:
        return iri in self._triples

    def __len__(self) -> int:
        return len(self._triples)


class Linker:
    """Finds the IRI of everything that the claims of a project name."""

    def __init__(self, registry: Registry, minter: Minter, same_events: Mapping[str, str] | None = None) -> None:
        self.registry = registry
        self.minter = minter
        self._same_events = same_events or {}
        self._known: dict[tuple[str, str], LinkedEntity] = {}

    def entity(self, entity: Entity, document: str) -> LinkedEntity:
        """Link a mention in the document with this key (16 hex digits)."""
        if entity.id is not None:
            return LinkedEntity(entity.id, entity.id in self.registry)
        if entity.type == "Group":
            return LinkedEntity(self.minter.group(document, entity.name), is_reference=False)
        return self.named(entity.name, entity.type)

    def named(self, name: str, entity_type: str) -> LinkedEntity:
        """Link a name of a kind, whatever the document."""
        linked = self._known.get((entity_type, name))
        if linked is None:
            found = self.registry.find(name, entity_type)
            linked = self._known[entity_type, name] = (
                LinkedEntity(found, is_reference=True)
                if found
                else LinkedEntity(self._mint(name, entity_type), is_reference=False)
            )
        return linked

    def place(self, entity: Entity, document: str) -> LinkedEntity:
        """Link a mention that stands for a place: a state's name then means its territory."""
        if entity.type not in TERRITORIAL_TYPES:
            return self.entity(entity, document)
        territory = self.registry.territory(self.entity(entity, document).iri)
        if territory:
            return LinkedEntity(territory, is_reference=True)
        return self.named(entity.name, "Place")

    def event(self, key: str, document: str) -> str:
        """Return the IRI of the anchor of an event: the reviewed one where two documents tell the same happening."""
        return self.minter.event(*self._same_events.get(f"{document}/{key}", f"{document}/{key}").split("/", 1))

    def _mint(self, name: str, entity_type: str) -> str:
        return self.minter.place(name) if entity_type == "Place" else self.minter.agent(name, entity_type)
