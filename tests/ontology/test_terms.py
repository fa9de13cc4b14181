"""The schemes: one concept for each word, mappings as the guide has them, hierarchies that hold together."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.iris import RDF_TYPE, Triple
from kg.ontology import concept_index, read_triples
from kg.resources import term_files
from kg.vocab import EVENT_TYPES, KGT, PREFIXES
from tests.ontology.conftest import local

SKOS = PREFIXES["skos"]
LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"@(en|fr)')
MATCHES = {f"<{SKOS}{kind}Match>" for kind in ("exact", "close", "broad", "narrow")}
OUTSIDE = ("plover", "acled", "ucdp")


def _labels(triples: tuple[Triple, ...], *kinds: str) -> dict[str, set[tuple[str, str]]]:
    """The labels of each concept, with their languages."""
    wanted = {f"<{SKOS}{kind}>" for kind in kinds}
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for s, p, o in triples:
        if p in wanted:
            match = LITERAL.fullmatch(o)
            assert match, o
            found[s].add((match[1], match[2]))
    return found


@pytest.mark.parametrize("path", term_files(), ids=lambda path: path.stem)
def test_a_file_is_one_scheme_of_its_name(path: Path) -> None:
    triples = list(read_triples([path]))
    assert [s for s, p, o in triples if p == RDF_TYPE and o == f"<{SKOS}ConceptScheme>"] == [f"<{KGT}{path.stem}>"]
    assert {o for _, p, o in triples if p == f"<{SKOS}inScheme>"} == {f"<{KGT}{path.stem}>"}


@pytest.mark.parametrize("path", term_files(), ids=lambda path: path.stem)
def test_a_label_leads_to_one_concept_of_a_scheme_whatever_its_case(path: Path) -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for concept, labels in _labels(tuple(read_triples([path])), "prefLabel", "altLabel").items():
        for label, _ in labels:
            owners[label.casefold()].add(local(concept))
    assert owners
    assert {label: concepts for label, concepts in owners.items() if len(concepts) > 1} == {}


@pytest.mark.parametrize("scheme", ["instruments", "post-types"])
def test_labels_stand_with_both_apostrophes_and_with_and_without_an_accent_on_capitals(
    scheme: str, terms: tuple[Triple, ...], members: Callable[[str], set[str]]
) -> None:
    missing = []
    for concept, labels in _labels(terms, "prefLabel", "altLabel").items():
        if local(concept) in members(scheme):
            words = {label for label, _ in labels}
            missing += [label for label in words if label.replace("'", "’") not in words]
            missing += [label for label in words if label.replace("É", "E") not in words]
    assert missing == []


def test_no_concept_has_one_label_twice(terms: tuple[Triple, ...]) -> None:
    for concept, labels in _labels(terms, "prefLabel", "altLabel").items():
        folded = [(label.casefold(), language) for label, language in labels]
        assert len(folded) == len(set(folded)), concept


def test_instruments_and_posts_are_known_in_both_languages_with_plurals_and_feminines(
    members: Callable[[str], set[str]],
) -> None:
    instruments, posts = concept_index("instruments"), concept_index("post-types")
    assert len(members("instruments")) >= 50
    assert {instruments[word] for word in ("drone", "drones", "drones kamikazes", "uavs")} == {f"{KGT}drone"}
    assert {instruments[word] for word in ("twitter", "tweet", "réseau social x")} == {f"{KGT}twitter"}
    assert {instruments[word] for word in ("tirs d'artillerie", "tirs d’artillerie", "howitzers")} == {
        f"{KGT}artillery"
    }
    assert {posts[word] for word in ("foreign minister", "cheffe de la diplomatie")} == {f"{KGT}foreign-minister"}
    assert {posts[word] for word in ("chef de l'etat", "présidente", "head of state")} == {f"{KGT}head-of-state"}


@pytest.mark.parametrize("word", ["strike", "strikes", "barrage", "post", "call"])
def test_a_word_with_two_readings_leads_to_no_instrument(word: str) -> None:
    assert word not in concept_index("instruments")


def test_a_hierarchy_stays_in_its_scheme_and_ends_in_a_top_concept(terms: tuple[Triple, ...]) -> None:
    scheme = {s: o for s, p, o in terms if p == f"<{SKOS}inScheme>"}
    broader = {s: o for s, p, o in terms if p == f"<{SKOS}broader>"}
    tops = {(o, s) for s, p, o in terms if p == f"<{SKOS}topConceptOf>"}
    assert tops == {(s, o) for s, p, o in terms if p == f"<{SKOS}hasTopConcept>"}
    for concept, own in scheme.items():
        path = [concept]
        while path[-1] in broader:
            assert broader[path[-1]] not in path, f"a circle above {concept}"
            path.append(broader[path[-1]])
        assert {scheme[step] for step in path} == {own}
        assert (own, path[-1]) in tops


def test_event_types_are_mapped_to_plover_as_the_guide_says(terms: tuple[Triple, ...]) -> None:
    lines = (Path(__file__).parent / "plover.tsv").read_text(encoding="utf-8").splitlines()
    guide = dict(line.split("\t") for line in lines if not line.startswith("#"))
    assert set(guide) == set(EVENT_TYPES)
    codes = {s: o.strip('"') for s, p, o in terms if p == f"<{SKOS}notation>"}
    mapped: dict[str, list[str]] = {name: [] for name in EVENT_TYPES}
    for s, p, o in terms:
        if p in MATCHES and local(o).startswith("plover-"):
            mapped[local(s)].append(codes[o])
    assert mapped == {name: [] if code == "-" else [code] for name, code in guide.items()}


def test_matches_go_from_event_types_to_outside_schemes(terms: tuple[Triple, ...]) -> None:
    scheme = {s: local(o) for s, p, o in terms if p == f"<{SKOS}inScheme>"}
    matches = [(s, o) for s, p, o in terms if p in MATCHES]
    assert {scheme[s] for s, _ in matches} == {"event-types"}
    assert {scheme[o] for _, o in matches} == set(OUTSIDE)
    assert len(matches) == len(set(matches))


@pytest.mark.parametrize(("name", "tops", "coded"), [("plover", 4, 16), ("acled", 6, 31), ("ucdp", 3, 3)])
def test_an_outside_scheme_is_whole_and_its_codes_are_its_own(
    name: str, tops: int, coded: int, terms: tuple[Triple, ...], members: Callable[[str], set[str]]
) -> None:
    codes = [o for s, p, o in terms if p == f"<{SKOS}notation>" and local(s) in members(name)]
    assert len(codes) == len(set(codes)) == coded
    assert len([s for s, p, o in terms if p == f"<{SKOS}topConceptOf>" and local(o) == name]) == tops
    assert all(member.startswith(f"{name}-") for member in members(name))
    assert any(local(s) == name and local(p) == "source" for s, p, _ in terms)


def test_concepts_of_the_claim_graph_have_an_example(
    terms: tuple[Triple, ...], members: Callable[[str], set[str]]
) -> None:
    groups = {local(o) for _, p, o in terms if p == f"<{SKOS}broader>"}
    shown = {local(s) for s, p, _ in terms if p == f"<{SKOS}example>"}
    for scheme in ("event-types", "relations", "polarities", "modalities"):
        assert members(scheme) - groups - shown == set()
