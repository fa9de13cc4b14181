"""The shapes on the ontology itself: they hold, and each finds what breaks it."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox
import pytest

from kg.iris import Triple
from kg.resources import shapes_dir
from kg.validation.shapes import ShapesValidator, read_shapes
from kg.vocab import KG, KGD, KGS, KGT, PREFIXES

STYLE = shapes_dir() / "ontology-style.ttl"
NAMES = {**PREFIXES, "kgs": KGS, "vann": "http://purl.org/vocab/vann/", "o": "https://w3id.org/kg-news/"}
TURTLE = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in NAMES.items())
HEADER = "o:ontology"

# what is taken out (subject, predicate, end of the object; the object may be left open), what is added, whom it is found
# at, and which shapes find it
FAULTS = [
    ((HEADER, "rdf:type", ""), "", HEADER, "Header"),
    ((HEADER, "owl:versionIRI", ""), "o:ontology owl:versionIRI <https://w3id.org/kg-news/0.1> .", HEADER, "Header-versionIRI"),
    ((HEADER, "owl:versionInfo", ""), 'o:ontology owl:versionInfo "one" .', HEADER, "Header-versionInfo"),
    ((HEADER, "dcterms:title", "@fr"), "", HEADER, "Header-title"),
    ((HEADER, "dcterms:description", "@en"), "", HEADER, "Header-description"),
    ((HEADER, "dcterms:abstract", "@en"), 'o:ontology dcterms:abstract "Kurz."@de .', HEADER, "Header-abstract"),
    ((HEADER, "dcterms:creator", ""), 'o:ontology dcterms:creator "kg" .', HEADER, "Header-creator"),
    ((HEADER, "dcterms:contributor", ""), "", HEADER, "Header-contributor"),
    ((HEADER, "dcterms:publisher", ""), "", HEADER, "Header-publisher"),
    ((HEADER, "dcterms:license", ""), 'o:ontology dcterms:license "CC BY" .', HEADER, "Header-license"),
    ((HEADER, "dcterms:created", ""), 'o:ontology dcterms:created "2026-11-25"^^xsd:date .', HEADER, "Header-created"),
    ((HEADER, "dcterms:modified", ""), 'o:ontology dcterms:modified "yesterday" .', HEADER, "Header-modified"),
    ((HEADER, "dcterms:issued", ""), "", HEADER, "Header-issued"),
    ((HEADER, "dcterms:bibliographicCitation", ""), "", HEADER, "Header-citation"),
    ((HEADER, "vann:preferredNamespacePrefix", ""), 'o:ontology vann:preferredNamespacePrefix "nk" .', HEADER, "Header-prefix"),
    ((HEADER, "vann:preferredNamespaceUri", ""), "", HEADER, "Header-namespace"),
    ((HEADER, "dcterms:source", ""), "", HEADER, "Header-source"),
    (None, "o:ontology owl:imports <https://example.org/> .", HEADER, "Header-imports"),
    (("kg:Place", "rdfs:isDefinedBy", ""), "", "kg:Place", "Term-isDefinedBy"),
    (("kg:Place", "rdfs:label", "@fr"), "", "kg:Place", "Term-label"),
    (("kg:actor", "rdfs:label", "@fr"), 'kg:actor rdfs:label "agent"@en .', "kg:actor", "Term-label"),
    (("kg:actor", "skos:definition", "@en"), "", "kg:actor", "Term-definition"),
    (None, 'kg:actor skos:definition "Another."@en .', "kg:actor", "Term-definition"),
    (("kgt:attack", "skos:definition", "@fr"), 'kgt:attack skos:definition "fragment"@fr .', "kgt:attack", "Term-definition"),
    (("kg:edtf", "skos:example", ""), "", "kg:edtf", "Term-example"),
    (("kg:edtf", "skos:example", ""), 'kg:edtf skos:example "Heute."@de .', "kg:edtf", "Term-example"),
    (("kg:Place", "rdfs:label", "@en"), 'kg:Place rdfs:label "place"@en .', "kg:Place", "Class-name"),
    (("kg:actor", "rdfs:label", "@en"), 'kg:actor rdfs:label "Actor"@en .', "kg:actor", "Property-name"),
    (("kg:actor", "rdfs:domain", ""), "", "kg:actor", "Property-domain"),
    (None, "kg:actor rdfs:domain kg:Claim .", "kg:actor", "Property-domain"),
    (None, "kg:actor rdfs:range kg:State .", "kg:actor", "Property-domain"),
    (("kg:reviewedOn", "rdfs:range", ""), "kg:reviewedOn rdfs:range xsd:date .", "kg:reviewedOn", "DatatypeProperty-range"),
    (("kg:edtf", "rdfs:range", ""), "", "kg:edtf", "DatatypeProperty-range"),
    (("kgt:drone", "skos:prefLabel", "@en"), 'kgt:drone skos:prefLabel " drone"@en .', "kgt:drone", "Concept-prefLabel-en"),
    (("kgt:drone", "skos:prefLabel", "@fr"), "", "kgt:drone", "Concept-prefLabel-fr"),
    (None, 'kgt:drone skos:altLabel "Drohne"@de .', "kgt:drone", "Concept-altLabel"),
    (None, 'kgt:drone skos:altLabel "drone"@en .', "kgt:drone", "Concept-altLabel"),
    (("kgt:drone", "skos:inScheme", ""), "", "kgt:drone", "Concept-inScheme Concept-isDefinedBy"),
    (None, "kgt:drone skos:broader kgt:vehicle .", "kgt:drone", "Concept-broader"),
    (("kgt:drone", "rdfs:isDefinedBy", ""), "", "kgt:drone", "Concept-isDefinedBy"),
    (("kgt:drone", "skos:broader", ""), "", "kgt:drone", "Concept-place"),
    (None, "kgt:drone skos:topConceptOf kgt:instruments .", "kgt:drone", "Concept-place"),
    (("kgt:relations", "dcterms:title", "@fr"), "", "kgt:relations", "ConceptScheme-title"),
    (("kgt:relations", "dcterms:description", ""), "", "kgt:relations", "ConceptScheme-description"),
    (("kgt:relations", "dcterms:license", ""), "", "kgt:relations", "ConceptScheme-license"),
    (("kgt:relations", "skos:hasTopConcept", ""), "", "kgt:relations", "ConceptScheme-hasTopConcept"),
    (("kgt:relations", "rdfs:isDefinedBy", ""), "", "kgt:relations", "ConceptScheme-isDefinedBy"),
]  # fmt: skip
ELSEWHERE = {"Concept", "ConceptScheme"}
"""Shapes of names, which are broken by a term of another name: see the last tests."""


def _iri(name: str) -> str:
    prefix, local = name.split(":")
    return f"<{NAMES[prefix]}{local}>"


def _triples(turtle: str) -> list[Triple]:
    parsed = ox.parse(TURTLE + turtle, format=ox.RdfFormat.TURTLE)
    return [(str(triple.subject), str(triple.predicate), str(triple.object)) for triple in parsed]


def _without(triples: Iterable[Triple], out: tuple[str, str, str]) -> list[Triple]:
    subject, predicate, end = _iri(out[0]), _iri(out[1]), out[2]
    return [t for t in triples if not (t[0] == subject and t[1] == predicate and t[2].endswith(end))]


def _checks(validator: ShapesValidator, triples: Iterable[Triple], focus: str) -> set[str]:
    findings = validator.validate(list(triples), document="ontology")
    assert {finding.focus for finding in findings} <= {_iri(focus)}
    assert {finding.severity for finding in findings} <= {"violation"}
    return {finding.check.removeprefix(KGS) for finding in findings}


@pytest.fixture(scope="module", params=["fast", "pyshacl"])
def each_engine(request: pytest.FixtureRequest) -> ShapesValidator:
    return ShapesValidator(request.param, files=[STYLE])


@pytest.fixture(scope="module")
def validator() -> ShapesValidator:
    return ShapesValidator("fast", files=[STYLE])


def test_the_ontology_and_the_terms_conform(each_engine: ShapesValidator, everything: tuple[Triple, ...]) -> None:
    assert each_engine.validate(everything, document="ontology") == ()


@pytest.mark.parametrize(("out", "added", "focus", "expected"), FAULTS)
def test_a_planted_fault_is_found(
    out: tuple[str, str, str] | None,
    added: str,
    focus: str,
    expected: str,
    *,
    validator: ShapesValidator,
    everything: tuple[Triple, ...],
) -> None:
    kept = list(everything) if out is None else _without(everything, out)
    assert out is None or len(kept) < len(everything)
    assert _checks(validator, [*kept, *_triples(added)], focus) == set(expected.split())


def test_the_reference_engine_finds_the_planted_faults_too(everything: tuple[Triple, ...]) -> None:
    triples, expected = list(everything), set()
    for out, added, focus, checks in FAULTS:
        if focus not in (HEADER, "kgt:drone", "kg:actor", "kg:edtf"):
            triples = [*(_without(triples, out) if out else triples), *_triples(added)]
            expected |= {(_iri(focus), check) for check in checks.split()}
    found = ShapesValidator("pyshacl", files=[STYLE]).validate(triples, document="ontology")
    assert {(finding.focus, finding.check.removeprefix(KGS)) for finding in found} == expected
    assert len(expected) >= 10


def test_every_shape_has_a_fault_that_it_finds() -> None:
    message = f"<{PREFIXES['sh']}message>"
    shapes = {s.strip("<>").removeprefix(KGS) for s, p, _ in read_shapes([STYLE]) if p == message}
    assert shapes == {check for *_, checks in FAULTS for check in checks.split()} | ELSEWHERE


@pytest.mark.parametrize(
    ("old", "new", "check"),
    [
        (f"{KG}ArmedForce", f"{KG}armed-force", "Class-name"),
        (f"{KG}ArmedForce", f"{KG}ARMEDForce", "Class-name"),
        (f"{KG}timeExpression", f"{KG}time_expression", "Property-name"),
        (f"{KG}timeExpression", f"{KG}TimeExpression", "Property-name"),
        (f"{KGD}part-of", f"{KGD}Part-of", "Property-name"),
        (f"{KG}timeExpression", f"{KG}time-expression", "Property-name"),
        (f"{KGT}drone", f"{KGT}Drone", "Concept"),
        (f"{KGT}drone", f"{KG}drone", "Concept"),
        (f"{KGT}relations", f"{KGT}Relations", "ConceptScheme"),
    ],
)
def test_a_name_against_the_rules_is_found(
    old: str, new: str, check: str, *, validator: ShapesValidator, everything: tuple[Triple, ...]
) -> None:
    renamed = [tuple(f"<{new}>" if term == f"<{old}>" else term for term in triple) for triple in everything]
    findings = validator.validate([(s, p, o) for s, p, o in renamed], document="ontology")
    assert {(finding.focus, finding.check) for finding in findings} == {(f"<{new}>", f"{KGS}{check}")}


def test_terms_of_others_need_no_labels_of_ours(validator: ShapesValidator, everything: tuple[Triple, ...]) -> None:
    foreign = _triples("<https://example.org/Thing> a owl:Class . <https://example.org/has> a owl:ObjectProperty .")
    assert validator.validate([*everything, *foreign], document="ontology") == ()


def test_a_term_of_ours_that_is_only_declared_is_found(
    validator: ShapesValidator, everything: tuple[Triple, ...]
) -> None:
    found = _checks(validator, [*everything, *_triples("kg:Truce a owl:Class .")], "kg:Truce")
    assert found == {"Term-isDefinedBy", "Term-label", "Term-definition", "Term-example"}
