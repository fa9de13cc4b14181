"""What holds of every file of reference entities."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

from pyoxigraph import parse

from kg.iris import Triple, ontology_term
from kg.linking import match_key
from kg.ontology import vocabulary_triples
from kg.validation.shapes import ShapesValidator
from kg.vocab import ENTITY_TYPES, PREFIXES, REFERENCE_BASE
from tests.entities.conftest import Described

AT_LEAST = {
    "states.ttl": 197 * 2 + 190,
    "organizations.ttl": 80,
    "bodies.ttl": 100,
    "armed-groups.ttl": 60,
    "authorities.ttl": 15,
    "media.ttl": 50,
    "places.ttl": 350,
    "officials.ttl": 150,
}
SEATS_THAT_ARE_CAPITALS_OF_ANOTHER = {
    "Brussels": "agent/european-union",
    "Bruxelles": "agent/european-union",
    "Sanaa": "agent/houthi-authorities",
    "Sana'a": "agent/houthi-authorities",
}


def test_the_files_hold_as_many_entities_as_coverage_asks_for(entities: dict[str, Described]) -> None:
    counted = Counter(file for entity in entities.values() for file in entity.files)
    assert {file: number for file, number in AT_LEAST.items() if counted[file] < number} == {}


def test_the_entities_conform_to_the_shapes(files: tuple[Path, ...]) -> None:
    triples: list[Triple] = [
        (str(q.subject), str(q.predicate), str(q.object)) for path in files for q in parse(path=str(path))
    ]
    validator = ShapesValidator(context=vocabulary_triples())
    assert validator.validate(triples, document="entities") == ()
    crimea = f"<{REFERENCE_BASE}id/place/crimea>"
    containment = (crimea, ontology_term("within"), f"<{REFERENCE_BASE}id/place/ukraine>")
    findings = validator.validate([*triples, containment], document="entities")
    assert [(finding.focus, finding.path) for finding in findings] == [(crimea, ontology_term("within")[1:-1])]


def test_every_entity_has_one_class_and_stands_in_one_file(entities: dict[str, Described]) -> None:
    assert [str(e) for e in entities.values() if len(e.types) != 1 or len(e.files) != 1] == []
    assert {kind for e in entities.values() for kind in e.types} <= set(ENTITY_TYPES) - {"Group"}


def test_an_iri_says_agent_or_place_and_a_readable_name(entities: dict[str, Described]) -> None:
    pattern = re.compile(rf"{re.escape(REFERENCE_BASE)}id/(agent|place)/[a-z0-9]+(-[a-z0-9]+)*")
    assert [iri for iri in entities if not pattern.fullmatch(iri)] == []
    assert [str(e) for e in entities.values() if (e.types == ["Place"]) != str(e).startswith("place/")] == []


def test_every_entity_has_one_preferred_name_in_each_language(entities: dict[str, Described]) -> None:
    assert [str(e) for e in entities.values() if sorted(lang for _, lang in e.preferred) != ["en", "fr"]] == []


def test_names_are_clean_text_in_english_or_french_and_stand_once(entities: dict[str, Described]) -> None:
    wrong = []
    for entity in entities.values():
        texts = [*entity.labels, *entity.demonyms, *entity.seats]
        wrong += [
            (str(entity), text)
            for text, language in texts
            if language not in ("en", "fr")
            or text != " ".join(text.split())
            or text != unicodedata.normalize("NFC", text)
            or set(text) & set("’‘“”«»;|")
        ]
        wrong += [(str(entity), text) for (text, _), count in Counter(entity.labels).items() if count > 1]
    assert wrong == []


def test_a_name_means_one_entity_of_its_family(entities: dict[str, Described]) -> None:
    meant: dict[tuple[str, str], set[str]] = defaultdict(set)
    for entity in entities.values():
        for text, _ in (*entity.labels, *entity.demonyms, *entity.seats):
            meant[entity.family, match_key(text)].add(str(entity))
    assert len(meant) > 10_000
    assert {key: sorted(iris) for key, iris in meant.items() if len(iris) > 1} == {}


def test_only_a_state_and_its_country_share_a_name_across_families(entities: dict[str, Described]) -> None:
    meant: dict[str, set[str]] = defaultdict(set)
    for entity in entities.values():
        owner = entity.territory_of[0] if entity.territory_of else None
        stands_for = owner if owner and entities[owner].types == ["State"] else entity.iri
        for text, _ in (*entity.labels, *entity.demonyms):
            meant[match_key(text)].add(stands_for)
    assert {key: sorted(iris) for key, iris in meant.items() if len(iris) > 1} == {}


def test_a_seat_is_the_capital_of_another_party_only_where_newswire_means_the_seat(
    entities: dict[str, Described],
) -> None:
    capital_of = {
        match_key(text): entity.iri
        for entity in entities.values()
        for capital in entity.capitals
        for text, _ in entities[capital].labels
    }
    shared = {
        text: str(entity)
        for entity in entities.values()
        for text, _ in entity.seats
        if capital_of.get(match_key(text), entity.iri) != entity.iri
    }
    assert shared == SEATS_THAT_ARE_CAPITALS_OF_ANOTHER


def test_a_wikidata_item_matches_one_entity(entities: dict[str, Described]) -> None:
    matches = Counter(match for entity in entities.values() for match in entity.matches)
    assert len(matches) > 350
    assert [match for match, count in matches.items() if count > 1] == []
    assert [match for match in matches if not re.fullmatch(re.escape(PREFIXES["wd"]) + r"Q[1-9]\d*", match)] == []


def test_seats_belong_to_organizations(entities: dict[str, Described]) -> None:
    with_seats = [entity for entity in entities.values() if entity.seats]
    assert len(with_seats) > 50
    assert {entity.family for entity in with_seats} == {"Organization"}


def test_a_territory_belongs_to_one_known_state_or_authority(entities: dict[str, Described]) -> None:
    owners = [owner for entity in entities.values() for owner in entity.territory_of]
    assert len(owners) == len(set(owners))
    assert {entities[owner].types[0] for owner in owners} == {"State", "DeFactoAuthority"}
