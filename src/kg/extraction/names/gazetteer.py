"""The names that the reference entities have: states, authorities, officials, forces, places, media.

A name is a label, a demonym, a seat or a capital of an entity file. What it stands for is decided once, when the gazetteer
is built: ``Armenia`` the state, also where something happens there; ``Yerevan`` the city, or as a party the state;
``Kremlin`` the state. Names are matched by `kg.extraction.names.atoms`: accents, hyphens and apostrophes do not count, capitals
do where the name has them, so that ``Turkey`` is never a bird.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final, cast

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg.errors import DataError
from kg.extraction.grammar.trie import Trie
from kg.extraction.mentions import MentionKind, Referent
from kg.extraction.names.atoms import CAPITALS, LOWER, OTHER, Atoms, label_keys
from kg.extraction.names.romanization import LEAST, variant_key
from kg.resources import entity_files
from kg.vocab import ENTITY_TYPES, KG, PREFIXES, TERRITORIAL_TYPES, EntityType

_TYPE: Final = f"{PREFIXES['rdf']}type"
_PREFERRED: Final = f"{PREFIXES['skos']}prefLabel"
_ALTERNATIVE: Final = f"{PREFIXES['skos']}altLabel"
_DEMONYM: Final = f"{KG}demonym"
_SEAT: Final = f"{KG}seat"
_CAPITAL: Final = f"{KG}capital"
_TERRITORY: Final = f"{KG}territoryOf"
_SHORT_ACRONYM: Final = {"en": 3, "fr": 2}
"""Up to this length an acronym is one only in capitals (``US``, ``WHO``); longer ones are also written ``Otan``, ``Unicef``."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a name of the gazetteer stands for.

    `referent` is what it means where nothing else is known, `place` and `party` what it means as the one or the other, if
    it can. `language` is that of the name, `cases` how its words are written, `words` the name.
    """

    kind: MentionKind
    referent: Referent
    place: Referent | None
    party: Referent | None
    language: str
    words: str
    cases: tuple[int, ...]


@dataclass(slots=True)
class _Described:
    iri: str
    type: EntityType | None = None
    preferred: dict[str, str] = field(default_factory=dict)
    labels: list[tuple[str, str]] = field(default_factory=list)
    demonyms: list[tuple[str, str]] = field(default_factory=list)
    seats: list[tuple[str, str]] = field(default_factory=list)
    capital: str | None = None
    territory_of: str | None = None

    def referent(self) -> Referent:
        name = self.preferred.get("en") or next(iter(self.preferred.values()), "") or self.labels[0][0]
        return Referent(name, cast(EntityType, self.type), self.iri)


class Gazetteer:
    """Finds the names of reference entities in a text.

    Args:
        files: Turtle files of entities, the shipped ones first; where two entities claim one name, the earlier keeps it.

    Raises:
        DataError: a file is not Turtle, with the file.
    """

    def __init__(self, files: Iterable[Path]) -> None:
        self._names: Trie[Known] = Trie()
        self._demonyms: dict[str, str] = {}
        self._english: dict[str, Referent] = {}
        self._places: dict[str, Referent] = {}
        self._adjectives: dict[str, Referent] = {}
        self._labels: dict[str, tuple[str, ...]] = {}
        self._capitals: dict[str, Referent] = {}
        self._variants: dict[str, Referent | None] = {}
        self._build(_read(files))

    def begins(self, key: str) -> bool:
        """Tell whether some name begins with the key of an atom."""
        return self._names.begins(key)

    def find(self, atoms: Atoms, start: int) -> tuple[int, Known] | None:
        """Return the longest name that begins at an atom: where it ends (end excluded) and what it stands for."""
        best: tuple[int, Known] | None = None
        language = atoms.analysis.language
        for end, values in self._names.matches(atoms.keys, start):
            fitting = [v for v in values if _is_written(v, atoms, start, end)]
            if fitting:
                best = end, min(fitting, key=lambda v: (v.language not in ("", language), v.kind == "demonym"))
        return best

    def demonym(self, iri: str | None) -> str | None:
        """Return the English adjective of a state, an authority or a place, e.g. ``Armenian``."""
        return self._demonyms.get(iri) if iri else None

    def named(self, name: str) -> Referent | None:
        """Return the entity of this usual English name that is an organization, e.g. ``Government of France``."""
        return self._english.get(name.casefold())

    def labels(self, iri: str | None) -> tuple[str, ...]:
        """Return the English names of an entity that may own bodies, the preferred one first."""
        return self._labels.get(iri, ()) if iri else ()

    def party(self, name: str) -> Referent | None:
        """Return the state or authority of this English name."""
        found = self._english.get(name.casefold())
        return found if found is not None and found.type in TERRITORIAL_TYPES else None

    def party_of_adjective(self, adjective: str) -> Referent | None:
        """Return the state or authority that an English adjective means."""
        return self._adjectives.get(adjective)

    def place(self, name: str) -> Referent | None:
        """Return the place of this usual English name."""
        return self._places.get(name.casefold())

    def variant(self, words: Sequence[str]) -> Referent | None:
        """Return the one person whose full name is this one in another romanization; None where several or nobody may be meant.

        Args:
            words: the keys of the atoms of the name.
        """
        key = variant_key(words) if len(words) > 1 else ""
        return self._variants.get(key) if len(key) >= LEAST else None

    def capital(self, iri: str | None) -> Referent | None:
        """Return the capital of a state."""
        return self._capitals.get(iri) if iri else None

    def _build(self, entities: dict[str, _Described]) -> None:
        capital_of = {e.capital: e for e in entities.values() if e.capital and e.type}
        found: dict[tuple[tuple[str, ...], str, bool], Known] = {}
        for entity in entities.values():
            if entity.type is None or not (entity.labels or entity.preferred):
                continue
            for known in _readings(entity, entities, capital_of):
                for keys, cases in label_keys(known.words):
                    if keys:
                        written = Known(
                            known.kind, known.referent, known.place, known.party, known.language, known.words, cases
                        )
                        at = (keys, known.language, known.kind == "demonym")
                        found[at] = _merged(found.get(at), written)
            if entity.type == "Person":
                self._add_variants(entity)
            self._labels[entity.iri] = tuple(label for label, language in entity.labels if language == "en")
            demonyms = [word for word, language in entity.demonyms if language == "en"]
            if demonyms:
                self._demonyms[entity.iri] = demonyms[0]
                if entity.type in TERRITORIAL_TYPES:
                    self._adjectives.setdefault(demonyms[0], entity.referent())
            if entity.capital in entities and entities[entity.capital].labels:
                self._capitals[entity.iri] = entities[entity.capital].referent()
            for label, language in entity.labels:
                if language == "en" and entity.type == "Place":
                    self._places.setdefault(label.casefold(), entity.referent())
                elif language == "en" and entity.type not in ("Person", "Group"):
                    self._english.setdefault(label.casefold(), entity.referent())
        for (keys, _, _), known in found.items():
            self._names.add(keys, known)

    def _add_variants(self, entity: _Described) -> None:
        """Note the keys of a person's full names; one that two persons share says nothing."""
        referent = entity.referent()
        for label, _ in entity.labels:
            for keys, _ in label_keys(label):
                if len(keys) > 1:
                    key = variant_key(keys)
                    known = self._variants.setdefault(key, referent)
                    if known is not None and known.iri != referent.iri:
                        self._variants[key] = None


def _readings(
    entity: _Described, entities: dict[str, _Described], capital_of: dict[str, _Described]
) -> Iterator[Known]:
    """What the names of one entity stand for."""
    itself = entity.referent()
    place: Referent | None = None
    party: Referent | None = None
    kind: MentionKind = "name"
    meant = itself
    if entity.type == "Place":
        place = itself
        ruler = entities.get(entity.territory_of or "")
        state = capital_of.get(entity.iri)
        if ruler is not None and ruler.type == "State":
            meant = place = party = ruler.referent()
        elif ruler is not None and ruler.type is not None:
            party = ruler.referent()
        elif state is not None:
            kind, party = "capital", state.referent()
    elif entity.type in TERRITORIAL_TYPES:
        place = party = itself
    elif entity.type is not None:
        party = itself
    for label, language in entity.labels:
        yield Known(kind, meant, place, party, language, label, ())
    for word, language in entity.demonyms:
        yield Known("demonym", meant, place, party, language, word, ())
    for label, language in entity.seats:
        yield Known("seat", itself, Referent(label, "Place"), itself, language, label, ())


def _merged(old: Known | None, new: Known) -> Known:
    """Two entities of one name: the earlier keeps it, but a seat that is also a place has that place."""
    if old is None:
        return new
    authority, territory = (old, new) if new.referent.type == "Place" else (new, old)
    if authority.referent.type == "DeFactoAuthority" and territory.party == authority.referent:
        return territory
    seat, city = (old, new) if old.kind == "seat" else (new, old)
    if seat.kind == "seat" and city.referent.type == "Place" and city.kind in ("name", "capital"):
        return Known("capital", city.referent, city.referent, seat.party, city.language, city.words, city.cases)
    return old


def _is_written(known: Known, atoms: Atoms, start: int, end: int) -> bool:
    """Tell whether the words have the capitals that the name has; adjectives of French may have one."""
    if known.kind == "demonym" and known.language not in ("", atoms.analysis.language):
        return False
    is_free = (
        known.language == "fr" and len(known.cases) > 2 and known.referent.type not in ("Person", "Place", "State")
    )
    short = _SHORT_ACRONYM.get(atoms.analysis.language, 3)
    if any(atoms.opens[start + 1 : end]):
        return False
    for offset, case in enumerate(known.cases):
        if case in (LOWER, OTHER) or (offset == 0 and is_free):
            continue
        written = atoms.cases[start + offset]
        if written == LOWER or (
            case == CAPITALS and written != CAPITALS and len(atoms.keys[start + offset]) <= short and end - start == 1
        ):
            return False
    return True


def _read(files: Iterable[Path]) -> dict[str, _Described]:
    entities: dict[str, _Described] = {}
    for path in files:
        try:
            for quad in parse(path=str(path), format=RdfFormat.TURTLE):
                if isinstance(quad.subject, NamedNode):
                    iri = quad.subject.value
                    _note(entities.setdefault(iri, _Described(iri)), quad.predicate.value, quad.object)
        except SyntaxError as error:
            raise DataError(str(error), code="entities.syntax", where=str(path)) from error
    return entities


def _note(entity: _Described, predicate: str, value: object) -> None:
    if isinstance(value, NamedNode):
        if predicate == _TYPE and value.value.startswith(KG):
            name = value.value[len(KG) :]
            if name in ENTITY_TYPES:
                entity.type = cast(EntityType, name)
        elif predicate == _CAPITAL:
            entity.capital = value.value
        elif predicate == _TERRITORY:
            entity.territory_of = value.value
    elif isinstance(value, Literal):
        word = (value.value, value.language or "")
        if predicate == _PREFERRED:
            entity.preferred.setdefault(word[1], word[0])
            entity.labels.append(word)
        elif predicate == _ALTERNATIVE:
            entity.labels.append(word)
        elif predicate == _DEMONYM:
            entity.demonyms.append(word)
        elif predicate == _SEAT:
            entity.seats.append(word)


@lru_cache(maxsize=4)
def load_gazetteer(own: tuple[Path, ...] = ()) -> Gazetteer:
    """Return the gazetteer of the shipped reference entities and of a project's own files; read once.

    Raises:
        DataError: a file is not Turtle.
    """
    return Gazetteer((*entity_files(), *own))
