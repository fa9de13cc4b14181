"""From names to IRIs: what is one entity, what stays apart, and that nothing depends on order."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import DataError
from kg.iris import Minter
from kg.linking import Linker, Registry, match_key
from kg.records import Entity, LinkedEntity
from kg.resources import entity_files
from kg.vocab import DEFAULT_BASE, ENTITY_TYPES, KG, PREFIXES

PREFIX = (
    "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
    + "@prefix : <http://e/> .\n"
)
ENTITIES = PREFIX + (
    ':norland a kg:State ; skos:prefLabel "Norland"@en , "Norlande"@fr ; skos:altLabel "Kingdom of Norland"@en ;\n'
    '    kg:capital :elmport ; kg:demonym "Norlander"@en , "Norlandais"@fr .\n'
    ':sudmark a kg:State ; skos:prefLabel "Sudmark"@en .\n'
    ':norland-land a kg:Place ; skos:prefLabel "Norland"@en ; kg:territoryOf :norland .\n'
    ':elmport a kg:Place ; skos:prefLabel "Elmport"@en ; skos:altLabel "Port-aux-Ormes"@fr , "L’Île d’Été"@fr .\n'
    ':council a kg:DeFactoAuthority ; skos:prefLabel "Fen Council"@en .\n'
    ':fens a kg:Place ; skos:prefLabel "The Fens"@en ; kg:territoryOf :council .\n'
    ':brandt a kg:Person ; skos:prefLabel "Ilse Brandt"@en .\n'
    ":unnamed a kg:Organization .\n"
    ':untyped skos:prefLabel "Untyped"@en .\n'
)
DOCUMENT, OTHER = "0123456789abcdef", "fedcba9876543210"


def registry(folder: Path, *texts: str) -> Registry:
    files = [folder / f"{number}.ttl" for number in range(len(texts))]
    for file, text in zip(files, texts, strict=True):
        file.write_text(text, encoding="utf-8")
    return Registry(files)


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    """The reference entities of these tests."""
    return registry(tmp_path_factory.mktemp("entities"), ENTITIES)


@pytest.fixture(scope="module")
def linker(known: Registry) -> Linker:
    return Linker(known, Minter(DEFAULT_BASE))


def mention(name: str, entity_type: str, iri: str | None = None) -> Entity:
    return Entity.model_validate({"text": "x", "span": [0, 1], "name": name, "type": entity_type, "id": iri})


# --------------------------------------------------------------------------- spellings


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Norland", "NORLAND"),
        ("Élysée", "elysee"),
        ("Straße", "STRASSE"),
        ("Haut-Karabakh", "haut karabakh"),
        ("Haut-Karabakh", "Haut\u2011Karabakh"),
        ("Haut-Karabakh", "Haut\u2013Karabakh"),
        ("Côte d’Ivoire", "Cote d'Ivoire"),
        ("Qur\u02bcan", "qur'an"),
        ("E\u0301te\u0301", "Été"),
        ("the Hague", "Hague"),
        ("La Norlande", "Norlande"),
        ("les Émirats", "Emirats"),
        ("l’Arménie", "Armenie"),
        ("two   words", " two\nwords "),
        ("ﬁn", "fin"),
        ("ℌaus", "haus"),
    ],
)
def test_spellings_of_one_name_meet(one: str, other: str) -> None:
    assert match_key(one) == match_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Norland", "Norlanda"),
        ("Niger", "Nigeria"),
        ("Georgia", "South Georgia"),
        ("Ереван", "Минск"),
        ("The", "A"),
        ("la", "le"),
        ("Lahore", "Hore"),
        ("Theodosia", "odosia"),
        ("A.B.", "AB"),
    ],
)
def test_names_that_are_only_alike_stay_apart(one: str, other: str) -> None:
    assert match_key(one) != match_key(other)


@given(st.text())
def test_a_name_that_is_not_blank_keeps_something_to_compare(name: str) -> None:
    key = match_key(name)
    assert key == " ".join(key.split())
    assert match_key(name.strip()) == key
    if any(c.isalnum() for c in name):
        assert key


# --------------------------------------------------------------------------- the registry


@pytest.mark.parametrize(
    ("name", "entity_type", "expected"),
    [
        ("Norland", "State", "norland"),
        ("la Norlande", "State", "norland"),
        ("the kingdom of norland", "State", "norland"),
        ("Norland", "Organization", "norland"),
        ("Norland", "ArmedForce", "norland"),
        ("Norland", "Place", "norland-land"),
        ("port aux ormes", "Place", "elmport"),
        ("L'Ile d'Ete", "Place", "elmport"),
        ("ILSE BRANDT", "Person", "brandt"),
        ("the Fens", "DeFactoAuthority", "council"),
        ("Fens", "State", "council"),
        ("Fens", "Place", "fens"),
    ],
)
def test_a_name_finds_its_entity_by_label_or_alias_in_any_language(
    known: Registry, name: str, entity_type: str, expected: str
) -> None:
    assert known.find(name, entity_type) == f"http://e/{expected}"


@pytest.mark.parametrize(
    ("name", "entity_type"),
    [
        ("Fens", "Organization"),
        ("Fens", "ArmedForce"),
        ("Elmport", "State"),
        ("Norlander", "State"),
        ("Ilse Brandt", "Place"),
        ("Ilse Brandt", "State"),
        ("Elmport", "Organization"),
        ("Norland", "Person"),
        ("Norland", "Group"),
        ("Norlan", "State"),
        ("Untyped", "Organization"),
        ("unnamed", "Organization"),
    ],
)
def test_nothing_is_found_across_kinds_or_by_likeness(known: Registry, name: str, entity_type: str) -> None:
    assert known.find(name, entity_type) is None


def test_a_reference_entity_is_described_as_its_file_does(known: Registry) -> None:
    assert "http://e/elmport" in known
    assert "http://e/nowhere" not in known
    assert len(known) == 9
    assert set(known.triples("http://e/brandt")) == {
        ("<http://e/brandt>", f"<{PREFIXES['rdf']}type>", f"<{KG}Person>"),
        ("<http://e/brandt>", f"<{PREFIXES['skos']}prefLabel>", '"Ilse Brandt"@en'),
    }
    assert known.triples("http://e/nowhere") == ()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("norlander", "norland"),
        ("les Norlandais", "norland"),
        ("Norlande", "norland"),
        ("Fen Council", "council"),
        ("Fens", None),
        ("Elmport", None),
        ("Ilse Brandt", None),
    ],
)
def test_a_polity_is_found_by_its_names_and_by_its_people(known: Registry, name: str, expected: str | None) -> None:
    assert known.polity(name) == (expected and f"http://e/{expected}")


def test_a_country_is_the_whole_territory_of_a_polity(known: Registry) -> None:
    assert [iri for iri in ("norland-land", "fens", "elmport", "norland") if known.is_country(f"http://e/{iri}")] == [
        "norland-land",
        "fens",
    ]
    assert known.territory("http://e/council") == "http://e/fens"
    assert known.territory("http://e/sudmark") is None


def test_an_earlier_file_keeps_a_name_and_a_later_one_adds_names(tmp_path: Path) -> None:
    later = PREFIX + (
        ':other a kg:State ; skos:prefLabel "Norland"@en , "Otherland"@en .\n:norland skos:altLabel "The Old North"@en .\n'
    )
    found = registry(tmp_path, ENTITIES, later)
    assert found.find("Norland", "State") == "http://e/norland"
    assert found.find("Otherland", "State") == "http://e/other"
    assert found.find("old north", "State") == "http://e/norland"
    assert found.polity("old north") == "http://e/norland"
    assert found.polity("Norland") == "http://e/norland"
    assert len(found.triples("http://e/norland")) == 8


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        (f"{PREFIX}:x a kg:State ;\n", "entities.syntax", f":{PREFIX.count(chr(10)) + 2}:1"),
        ('<a:x> <a:p> "\\q" .\n', "entities.syntax", ":1:14"),
        ('<a:x> <a:p> "y" .\n[] <a:p> "z" .\n', "entities.blank", ""),
    ],
)
def test_a_wrong_file_of_entities_is_told_with_its_place(tmp_path: Path, text: str, code: str, place: str) -> None:
    with pytest.raises(DataError) as caught:
        registry(tmp_path, ENTITIES, text)
    assert (caught.value.code, caught.value.where) == (code, f"{tmp_path / '1.ttl'}{place}")


def test_every_name_of_a_shipped_entity_finds_one_of_its_kind() -> None:
    shipped = Registry(entity_files())
    names = [
        (iri, label.value, kind.value.removeprefix(KG))
        for file in entity_files()
        for iri, kind, label in _names(file)
        if kind.value.startswith(KG)
    ]
    assert len(names) > 500
    assert [name for name in names if shipped.find(name[1], name[2]) is None] == []
    assert shipped.find("la France", "State") == shipped.find("FRANCE", "State")
    assert shipped.find("France", "Person") is None


def _names(file: Path) -> list[tuple[str, ox.NamedNode, ox.Literal]]:
    store = ox.Store()
    store.bulk_load(path=str(file), format=ox.RdfFormat.TURTLE)
    kind = ox.NamedNode(f"{PREFIXES['rdf']}type")
    return [
        (str(labelled.subject), typed.object, labelled.object)
        for name in ("prefLabel", "altLabel")
        for labelled in store.quads_for_pattern(None, ox.NamedNode(f"{PREFIXES['skos']}{name}"), None)
        for typed in store.quads_for_pattern(labelled.subject, kind, None)
        if isinstance(typed.object, ox.NamedNode) and isinstance(labelled.object, ox.Literal)
    ]


# --------------------------------------------------------------------------- mentions


def test_a_known_name_is_a_reference_and_an_unknown_one_is_minted(linker: Linker) -> None:
    assert linker.entity(mention("Norland", "State"), DOCUMENT) == LinkedEntity("http://e/norland", is_reference=True)
    assert linker.entity(mention("Zubrowka", "State"), DOCUMENT) == LinkedEntity(
        linker.minter.agent("Zubrowka", "State"), is_reference=False
    )
    assert linker.entity(mention("Zubrowka", "Place"), DOCUMENT) == LinkedEntity(
        linker.minter.place("Zubrowka"), is_reference=False
    )


def test_an_unknown_name_is_one_entity_in_all_documents(linker: Linker) -> None:
    for entity_type in ENTITY_TYPES:
        here, there = (linker.entity(mention("Zubrowka", entity_type), key).iri for key in (DOCUMENT, OTHER))
        assert (here == there) == (entity_type != "Group"), entity_type


def test_unknown_names_of_two_kinds_are_two_entities(linker: Linker) -> None:
    iris = {linker.entity(mention("Zubrowka", entity_type), DOCUMENT).iri for entity_type in ENTITY_TYPES}
    assert len(iris) == len(ENTITY_TYPES)


def test_people_known_by_a_description_belong_to_their_document(linker: Linker) -> None:
    here = linker.entity(mention("two soldiers", "Group"), DOCUMENT)
    assert here == LinkedEntity(linker.minter.group(DOCUMENT, "two soldiers"), is_reference=False)
    assert here == linker.entity(mention("two soldiers", "Group"), DOCUMENT)


def test_an_iri_that_an_extractor_found_is_kept(linker: Linker) -> None:
    assert linker.entity(mention("x", "Person", "http://e/brandt"), DOCUMENT) == LinkedEntity(
        "http://e/brandt", is_reference=True
    )
    assert linker.entity(mention("x", "Group", "http://e/some"), DOCUMENT) == LinkedEntity(
        "http://e/some", is_reference=False
    )


def test_a_state_as_a_place_is_its_territory(linker: Linker) -> None:
    assert linker.place(mention("Norlande", "State"), DOCUMENT).iri == "http://e/norland-land"
    assert linker.place(mention("any", "State", "http://e/norland"), DOCUMENT).iri == "http://e/norland-land"
    assert linker.place(mention("Fen Council", "DeFactoAuthority"), DOCUMENT).iri == "http://e/fens"
    for name, entity_type in (("Sudmark", "State"), ("Marsh Council", "DeFactoAuthority"), ("Zubrowka", "State")):
        place = linker.place(mention(name, entity_type), DOCUMENT)
        assert place == LinkedEntity(linker.minter.place(name), is_reference=False)


def test_another_mention_as_a_place_is_what_it_is(linker: Linker) -> None:
    for name, entity_type in (("Elmport", "Place"), ("Norland", "Organization"), ("two hills", "Group")):
        entity = mention(name, entity_type)
        assert linker.place(entity, DOCUMENT) == linker.entity(entity, DOCUMENT)


def test_nothing_depends_on_what_was_linked_before(known: Registry) -> None:
    mentions = [
        mention("Norland", "State"),
        mention("Norland", "Place"),
        mention("Zubrowka", "State"),
        mention("two soldiers", "Group"),
    ]

    def links(order: Sequence[int]) -> dict[int, tuple[LinkedEntity, LinkedEntity]]:
        fresh = Linker(known, Minter(DEFAULT_BASE))
        return {n: (fresh.entity(mentions[n], DOCUMENT), fresh.place(mentions[n], OTHER)) for n in order}

    expected = links(range(len(mentions)))
    assert all(links(order) == expected for order in permutations(range(len(mentions))))


# --------------------------------------------------------------------------- events of two documents


def test_claims_of_two_documents_meet_in_the_leading_event(known: Registry) -> None:
    linker = Linker(known, Minter(DEFAULT_BASE), {f"{DOCUMENT}/e7": f"{DOCUMENT}/e7", f"{OTHER}/e1": f"{DOCUMENT}/e7"})
    assert linker.event("e7", DOCUMENT) == linker.event("e1", OTHER) == linker.minter.event(DOCUMENT, "e7")
    assert linker.event("e1", DOCUMENT) == linker.minter.event(DOCUMENT, "e1")
    assert linker.event("e7", OTHER) == linker.minter.event(OTHER, "e7")
