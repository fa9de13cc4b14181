"""The files: they parse everywhere, fetch nothing, and each holds what its place promises."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kg.iris import RDF_TYPE, Triple
from kg.ontology import read_triples
from kg.resources import ontology_dir, ontology_files, term_files
from kg.vocab import KG, KGD, KGT, PREFIXES
from tests.ontology.conftest import local, turtle_files

OWL, RDFS, SKOS = PREFIXES["owl"], PREFIXES["rdfs"], PREFIXES["skos"]
ONTOLOGY = "https://w3id.org/kg-news/ontology"
MODULES = ["agents", "claims", "direct", "events", "evidence", "kg", "places", "times"]
ALIGNMENTS = ["foaf", "geosparql", "org", "owl-time", "prov-o", "schema-org", "sem", "web-annotation"]
SCHEMES = [
    *("acled", "event-types", "instruments", "modalities", "plover", "polarities"),
    *("post-types", "relations", "ucdp"),
]
AXIOM_NODES = {f"<{OWL}{name}>" for name in ("Restriction", "Class", "AllDisjointClasses", "AllDifferent")}
"""What a blank node of ours may be, beside a list, a datatype with facets and its facets."""


def test_every_file_is_known() -> None:
    assert [path.stem for path in ontology_files()] == MODULES
    assert [path.stem for path in sorted((ontology_dir() / "alignments").glob("*"))] == ALIGNMENTS
    assert [path.stem for path in term_files()] == SCHEMES


@pytest.mark.parametrize("path", turtle_files(), ids=lambda path: path.stem)
def test_two_parsers_read_the_same_triples(path: Path) -> None:
    strict = {quad.triple for quad in ox.parse(path=str(path))}
    lenient = rdflib.Graph().parse(path, format="turtle")
    assert len(strict) == len(lenient) > 0


@pytest.mark.parametrize("path", turtle_files(), ids=lambda path: path.stem)
def test_a_file_says_first_what_it_is_and_declares_only_the_prefixes_that_it_uses(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.match(r"# [A-Z].*[.]\n", text) or re.match(r"# [A-Z][^\n]*\n# [^\n]+\n", text)
    body = "\n".join(line for line in text.splitlines() if not line.startswith(("@prefix", "#")))
    declared = re.findall(r"^@prefix ([a-z]+):", text, re.MULTILINE)
    assert declared
    assert [prefix for prefix in declared if not re.search(rf"(?<![\w/]){prefix}:[\w-]", body)] == []


def test_nothing_is_imported(everything: tuple[Triple, ...]) -> None:
    assert [triple for triple in everything if triple[1] == f"<{OWL}imports>"] == []


def test_blank_nodes_are_parts_of_axioms(everything: tuple[Triple, ...]) -> None:
    kinds: dict[str, set[str]] = {s: set() for s, _, _ in everything if s.startswith("_:")}
    for s, p, o in everything:
        if s in kinds and p == RDF_TYPE:
            kinds[s].add(o)
        elif s in kinds and p.endswith(("#first>", "#minInclusive>", "#maxInclusive>")):
            kinds[s].add(p)
    assert len(kinds) > 50
    untyped = {node for node, types in kinds.items() if not types}
    assert untyped == set()
    foreign = {t for types in kinds.values() for t in types if t.startswith("<") and not t.endswith("clusive>")}
    assert foreign - AXIOM_NODES - {f"<{PREFIXES['rdf']}first>"} == {f"<{RDFS}Datatype>"}


def test_the_terms_hold_no_blank_node(terms: tuple[Triple, ...]) -> None:
    assert [triple for triple in terms if triple[0].startswith("_:") or triple[2].startswith("_:")] == []


def test_every_term_is_defined_in_one_file() -> None:
    homes = Counter(
        subject
        for path in (*ontology_files(), *term_files())
        for subject in {s for s, p, _ in read_triples([path]) if p == RDF_TYPE and s.startswith("<")}
    )
    assert len(homes) > 300
    assert {subject for subject, number in homes.items() if number > 1} == set()


def test_every_iri_of_ours_that_is_said_something_of_has_a_type(everything: tuple[Triple, ...]) -> None:
    typed = {s for s, p, _ in everything if p == RDF_TYPE}
    ours = {t for triple in everything for t in triple if t.startswith((f"<{KG}", f"<{KGD}", f"<{KGT}"))}
    assert len(ours) > 300
    assert ours - typed == set()


def test_no_name_is_a_class_and_an_individual(everything: tuple[Triple, ...]) -> None:
    classes = {s for s, p, o in everything if p == RDF_TYPE and o == f"<{OWL}Class>"}
    concepts = {s for s, p, o in everything if p == RDF_TYPE and o in (f"<{SKOS}Concept>", f"<{SKOS}ConceptScheme>")}
    assert classes
    assert concepts
    assert classes & concepts == set()


def test_modules_take_no_superclass_and_no_superproperty_of_others(modules: tuple[Triple, ...]) -> None:
    above = [o for _, p, o in modules if p in (f"<{RDFS}subClassOf>", f"<{RDFS}subPropertyOf>")]
    assert len(above) > 50
    assert [o for o in above if not o.startswith(("_:", f"<{KG}", f"<{KGD}"))] == []


@pytest.mark.parametrize("path", sorted((ontology_dir() / "alignments").glob("*.ttl")), ids=lambda path: path.stem)
def test_an_alignment_declares_foreign_terms_and_places_ours_below_them(path: Path) -> None:
    triples = list(read_triples([path]))
    declared = {s for s, p, _ in triples if p == RDF_TYPE}
    axioms = [triple for triple in triples if triple[1] != RDF_TYPE]
    assert axioms
    assert {p for _, p, _ in axioms} <= {f"<{RDFS}subClassOf>", f"<{RDFS}subPropertyOf>"}
    assert {o for _, _, o in axioms} <= declared
    assert {s for s, _, _ in axioms if not s.startswith(f"<{KG}")} <= declared
    assert not any(term.startswith(f"<{KG}") for term in declared)


def test_the_version_is_that_of_the_package() -> None:
    project = tomllib.loads((ontology_dir().parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    header = {p: o for s, p, o in read_triples(ontology_files()) if s == f"<{ONTOLOGY}>"}
    assert header[f"<{OWL}versionInfo>"] == f'"{project["version"]}"'
    assert header[f"<{OWL}versionIRI>"] == f"<{ONTOLOGY}/{project['version']}>"
    citation = next(o for p, o in header.items() if local(p) == "bibliographicCitation")
    assert f"version {project['version']}" in citation
    assert f"{ONTOLOGY}/{project['version']}" in citation
