"""Program, shapes, rules, questions and ontology speak one vocabulary: nothing undefined is used, nothing defined is dead."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

import kg
from kg.iris import RDF_TYPE, Triple
from kg.ontology import read_triples
from kg.resources import direct_files, entity_files, ontology_dir, question_files, shape_files, verify_files
from kg.vocab import (
    ENTITY_TYPES,
    EVENT_TYPES,
    HOLDS_POST,
    KG,
    KGD,
    KGT,
    MODALITIES,
    POLARITIES,
    PREFIXES,
    RELATIONS,
    ROLES,
)
from tests.ontology.conftest import local

OWL = PREFIXES["owl"]
SUBCLASS_OF = f"<{PREFIXES['rdfs']}subClassOf>"
PROPERTIES = (f"<{OWL}ObjectProperty>", f"<{OWL}DatatypeProperty>")
BASE = Path(__file__).parents[1] / "validation" / "base.trig"
IN_PROGRAM = re.compile(r"ontology_term\(\"(\w+)\"\)|\{KG\}([A-Za-z]\w*)|(?<!urn:)\bkg:([A-Za-z0-9]+)\b")
IN_QUERY = re.compile(r"\b(kg|kgt|kgd):([A-Za-z][\w-]*)")


def _of(triples: Iterable[Triple], *kinds: str) -> set[str]:
    return {s for s, p, o in triples if p == RDF_TYPE and o in kinds and s.startswith("<https://w3id.org/kg-news/")}


def _queries() -> set[str]:
    """The IRIs of ours in the rules, the questions and the rules of the direct view."""
    files = (*verify_files(), *question_files(), *direct_files())
    assert len(files) > 50
    lines = (line for path in files for line in path.read_text(encoding="utf-8").splitlines())
    return {
        f"<{PREFIXES[prefix]}{name}>"
        for line in lines
        if not line.startswith("PREFIX")
        for prefix, name in IN_QUERY.findall(line)
    }


def _program() -> set[str]:
    """The classes and properties of ours in the program's text."""
    files = sorted(Path(kg.__file__).parent.rglob("*.py"))
    found = [IN_PROGRAM.findall(path.read_text(encoding="utf-8")) for path in files]
    names = {"".join(groups) for matches in found for groups in matches}
    assert len(names) > 30
    return {f"<{KG}{name}>" for name in names}


def _data(*files: Path) -> set[str]:
    """The IRIs of ours in files of RDF, names of things left out."""
    assert files
    terms = {term for triple in read_triples(files) for term in triple}
    return {term for term in terms if term.startswith((f"<{KG}", f"<{KGT}", f"<{KGD}"))}


def test_every_word_of_a_claim_record_is_a_concept_and_every_concept_a_word(
    members: Callable[[str], set[str]], terms: tuple[Triple, ...]
) -> None:
    groups = {local(o) for _, p, o in terms if p.endswith("#broader>")}
    tops = {local(s) for s, p, _ in terms if p.endswith("#topConceptOf>")}
    assert set(POLARITIES) == members("polarities")
    assert set(MODALITIES) == members("modalities")
    assert {*RELATIONS, HOLDS_POST} == members("relations")
    assert set(EVENT_TYPES) <= members("event-types")
    assert members("event-types") - set(EVENT_TYPES) == members("event-types") & groups & tops
    assert set(EVENT_TYPES) & (groups | tops) == set()


def test_every_entity_type_is_a_class_of_agents_or_places(modules: tuple[Triple, ...]) -> None:
    above = {s: {o for x, p, o in modules if x == s and p == SUBCLASS_OF} for s in _of(modules, f"<{OWL}Class>")}

    def ancestors(cls: str) -> set[str]:
        return {cls}.union(*(ancestors(parent) for parent in above[cls] if parent.startswith(f"<{KG}")))

    agents = {local(cls) for cls in above if f"<{KG}Agent>" in ancestors(cls)} - {"Agent"}
    assert set(ENTITY_TYPES) == agents | {"Place"}


def test_every_role_is_a_kind_of_involvement(modules: tuple[Triple, ...]) -> None:
    assert {local(s) for s, p, o in modules if p.endswith("#subPropertyOf>") and o == f"<{KG}involves>"} == set(ROLES)


def test_every_iri_that_is_used_is_defined(everything: tuple[Triple, ...]) -> None:
    defined = {s for s, p, _ in everything if p == RDF_TYPE}
    for where, used in {
        "queries": _queries(),
        "program": _program(),
        "shapes": _data(*shape_files()),
        "data": _data(BASE, *entity_files()),
    }.items():
        assert used, where
        assert used - defined == set(), where


def test_every_property_of_claims_is_used_by_a_shape(modules: tuple[Triple, ...]) -> None:
    used = _data(*shape_files())
    properties = {p for p in _of(modules, *PROPERTIES) if p.startswith(f"<{KG}")}
    assert len(properties) > 40
    assert properties - used == set()


def test_every_class_is_used_or_groups_used_ones_or_is_for_the_reasoner(modules: tuple[Triple, ...]) -> None:
    used = _data(*shape_files()) | _queries() | {f"<{KG}{name}>" for name in ENTITY_TYPES}
    parents = {o for _, p, o in modules if p == SUBCLASS_OF}
    defined = {s for s, p, _ in modules if p == f"<{OWL}equivalentClass>"}
    classes = _of(modules, f"<{OWL}Class>")
    assert len(classes) > 40
    assert classes - used - parents - defined == set()
    assert {local(cls) for cls in defined} == {"RelayedClaim", "ContestedClaim"}


def test_the_direct_view_has_the_properties_that_its_rules_construct(modules: tuple[Triple, ...]) -> None:
    constructed = {term for term in _queries() if term.startswith(f"<{KGD}")}
    relations = {f"<{KGD}{name}>" for name in (*RELATIONS, HOLDS_POST)}
    assert {p for p in _of(modules, *PROPERTIES) if p.startswith(f"<{KGD}")} == constructed | relations


def test_the_direct_view_has_one_class_for_each_event_type_in_the_group_of_its_concept(
    everything: tuple[Triple, ...],
) -> None:
    text = (ontology_dir() / "direct" / "events.rq").read_text(encoding="utf-8")
    pairs = dict(re.findall(r"\(kgt:([\w-]+) kg:([A-Z]\w+)\)", text))
    assert pairs == {name: "".join(map(str.capitalize, name.split("-"))) for name in EVENT_TYPES}
    groups = {local(s): local(o) for s, p, o in everything if p.endswith("#broader>") and local(s) in EVENT_TYPES}
    parents = {local(s): local(o) for s, p, o in everything if p == SUBCLASS_OF and local(s) in pairs.values()}
    assert len({(groups[name], parents[cls]) for name, cls in pairs.items()}) == len(set(groups.values())) > 1


def test_plain_facts_say_that_they_are_no_part_of_the_claim_graph(modules: tuple[Triple, ...]) -> None:
    events = {s for s, p, o in modules if p == SUBCLASS_OF and (o == f"<{KG}Event>" or local(o).endswith("Event"))}
    direct = {p for p in _of(modules, *PROPERTIES) if p.startswith(f"<{KGD}")}
    plain = {
        language: {s for s, p, o in modules if p.endswith("#definition>") and words in o}
        for language, words in (
            ("en", 'A plain fact of the direct view, never part of the claim graph."@en'),
            ("fr", 'Un fait nu de la vue directe, jamais une part du graphe des affirmations."@fr'),
        )
    }
    assert len(events) > len(ROLES)
    assert plain == {"en": events | direct, "fr": events | direct}
