"""Shapes and rules: what breaks which, exactly, in both engines; and that none of them is idle."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import DataError, UsageError
from kg.iris import Triple
from kg.ontology import read_triples
from kg.resources import ontology_files, shape_files, verify_files
from kg.validation import ShapesValidator, verify
from kg.validation.shacl.constraints import BUILDERS
from kg.validation.shacl.graph import Graph
from kg.validation.shapes import read_shapes, sort_key
from kg.vocab import EVENT_TYPES, KG, KGS, KGT, MODALITIES, POLARITIES, PREFIXES, RELATIONS
from tests.validation.base import Mutation, base_quads, flat, mutations, short, told, triples, turtle

pytestmark = [
    pytest.mark.filterwarnings("ignore:Parsing weird boolean"),  # rdflib's word for a literal that is a finding
    pytest.mark.filterwarnings("ignore:NotImplemented should not be used:DeprecationWarning"),  # within rdflib
]
SH = PREFIXES["sh"]
RDFS = PREFIXES["rdfs"]


def name_of(mutation: Mutation) -> str:
    return mutation.name


def is_rule(expected: str) -> bool:
    return expected.rpartition(" ")[2].startswith("verify-")


# --------------------------------------------------------------------------- the base


def test_the_base_conforms_in_both_engines_and_breaks_no_rule(
    fast: ShapesValidator, reference: ShapesValidator, store: ox.Store
) -> None:
    whole = triples(base_quads())
    assert len(whole) > 500
    assert fast.validate(whole, document="x") == reference.validate(whole, document="x") == ()
    assert verify(store) == ()


def test_the_base_holds_what_the_shapes_are_about() -> None:
    shapes = Graph(read_shapes(shape_files()))
    classes = {cls for block in shapes.out.values() for cls in block.get(f"<{SH}targetClass>", ())}
    paths = {path for block in shapes.out.values() for path in block.get(f"<{SH}path>", ()) if path[0] == "<"}
    assert len(classes) > 12
    assert len(paths) > 60
    terms = {term for triple in triples(base_quads()) for term in triple}
    # two are superclasses of the classes of nodes, one may never be asserted, one stands on concepts
    assert {short(term) for term in (classes | paths) - terms} == {
        "kg:Agent",
        "kg:Claim",
        "kg:involves",
        "skos:inScheme",
    }


# --------------------------------------------------------------------------- the table


@pytest.mark.parametrize("mutation", mutations(), ids=name_of)
def test_a_mutation_is_found_exactly(mutation: Mutation, fast: ShapesValidator, store: ox.Store) -> None:
    found = fast.validate(mutation.triples(), document="x")
    for quad in mutation.removed:
        store.remove(quad)
        store.remove(flat(quad))
    for quad in mutation.added:
        store.add(quad)
        store.add(flat(quad))
    try:
        broken = verify(store)
    finally:
        for quad in mutation.added:
            store.remove(quad)
            store.remove(flat(quad))
        for quad in mutation.removed:
            store.add(quad)
            store.add(flat(quad))
    assert told([*found, *broken]) == mutation.expected
    assert all(finding.message_en and finding.message_fr != finding.message_en for finding in (*found, *broken))


@pytest.mark.parametrize("mutation", mutations(), ids=name_of)
def test_the_reference_engine_finds_the_same(
    mutation: Mutation, fast: ShapesValidator, reference: ShapesValidator
) -> None:
    part = neighbourhood(mutation)
    found = reference.validate(part, document="x")
    assert fast.validate(part, document="x") == found
    assert {e for e in mutation.expected if not is_rule(e)} <= set(told(found))


def neighbourhood(mutation: Mutation) -> list[Triple]:
    """What the change concerns: the nodes it describes, those that point at a node of another class, and what they name.

    The reference engine takes as long as there are nodes. What is cut off is missed by both engines alike.
    """
    whole = mutation.triples()
    changes = [*mutation.removed, *mutation.added]
    kept = {str(quad.subject) for quad in changes}
    retyped = {str(quad.subject) for quad in changes if quad.predicate.value == f"{PREFIXES['rdf']}type"}
    kept |= {s for s, _, o in whole if o in retyped}
    kept |= {o for s, _, o in whole if s in kept}
    return [triple for triple in whole if triple[0] in kept]


# --------------------------------------------------------------------------- nothing is idle


def test_every_constraint_of_every_shape_is_broken_by_a_mutation(fast: ShapesValidator) -> None:
    shapes = Graph(read_shapes(shape_files()))
    waiting = [n for n, block in shapes.out.items() if any(p.startswith(f"<{SH}target") for p in block)]
    reported: set[str] = set()
    while waiting:
        node = waiting.pop()
        if node not in reported:
            reported.add(node)
            waiting += shapes.values(node, f"<{SH}property>")
    constraints = {(node, parameter) for node in reported for parameter in shapes.out[node] if parameter in BUILDERS}
    assert len(reported) > 100
    assert len(constraints) > 200
    broken = {
        (result.shape, result.component)
        for mutation in mutations()
        for result in fast.engine.results(mutation.triples())
    }
    assert constraints - broken == set()


def test_every_helper_shape_is_named_by_a_shape_that_reports() -> None:
    shapes = Graph(read_shapes(shape_files()))
    named = {value for block in shapes.out.values() for values in block.values() for value in values}
    idle = {
        node
        for node, block in shapes.out.items()
        if node.startswith(f"<{KGS}") and node not in named and not any(p.startswith(f"<{SH}target") for p in block)
    }
    assert idle == set()


def test_every_rule_is_broken_by_a_mutation() -> None:
    rules = {f"verify-{path.stem}" for path in verify_files()}
    assert len(rules) >= 20
    assert rules - {expected.rpartition(" ")[2] for mutation in mutations() for expected in mutation.expected} == set()


def test_there_are_mutations_enough_and_each_has_its_name() -> None:
    assert len(mutations()) > 250
    assert len({mutation.name for mutation in mutations()}) == len(mutations())
    assert all(mutation.removed or mutation.added for mutation in mutations())
    assert sum(not mutation.expected for mutation in mutations()) > 10, "what is allowed is tested as well"


def _domains() -> dict[str, set[str]]:
    """The classes of the domain of each property of the ontology, unions taken apart."""
    graph = Graph(read_triples(ontology_files()))
    found: dict[str, set[str]] = {}
    for node, block in graph.out.items():
        for domain in block.get(f"<{RDFS}domain>", ()):
            union = graph.one(domain, f"<{PREFIXES['owl']}unionOf>")
            found[node] = set(graph.items(union) if union else [domain])
    return found


def test_what_the_ontology_says_of_claims_may_stand_nowhere_else(fast: ShapesValidator) -> None:
    kinds = {f"<{KG}{name}>" for name in ("Claim", "EventClaim", "RelationClaim", "StanceClaim", "PostHoldingClaim")}
    ours = [p for p, domain in _domains().items() if domain <= kinds and p.startswith(f"<{KG}")]
    assert len(ours) > 35
    for predicate in ours:
        stray = ("<http://e/x>", predicate, "<http://e/y>")
        found = fast.validate([stray], document="x")
        assert [f.focus for f in found if f.check.endswith(("Attribution", "Content", "Involvement-involves"))] == [
            "<http://e/x>"
        ], predicate


# --------------------------------------------------------------------------- what is allowed


def replaced(old: str, new: str) -> list[Triple]:
    """The base with one statement in the place of another."""
    gone = {flat(quad) for quad in turtle(old)}
    assert gone <= {flat(quad) for quad in base_quads()}
    return triples([*(quad for quad in base_quads() if flat(quad) not in gone), *turtle(new)])


@pytest.mark.parametrize(
    ("statement", "words", "own"),
    [
        ("b:00000000d001 kg:eventType kgt:{}", EVENT_TYPES, "shortage"),
        ("a:00000000c007 kg:relation kgt:{}", RELATIONS, "located-in"),
        ("b:00000000d001 kg:polarity kgt:{}", POLARITIES, "affirmed"),
        ("b:00000000d001 kg:modality kgt:{}", MODALITIES, "possible"),
    ],
)
def test_every_word_of_a_record_is_a_word_of_the_shapes(
    fast: ShapesValidator, statement: str, words: tuple[str, ...], own: str
) -> None:
    for word in words:
        graph = replaced(f"{statement.format(own)} .", f"{statement.format(word)} .")
        assert fast.validate(graph, document="x") == (), word


@pytest.mark.parametrize(
    "told_alone",
    [
        *(f"kg:{role} agent:norland" for role in ("actor", "recipient", "victim", "participant", "mediator")),
        "kg:location place:marlow",
        "kg:territory place:marlow",
        *(f"kg:{kind}{bound} 3" for kind in ("deaths", "injured") for bound in ("Low", "Best", "High")),
        "kg:time time:0000000000a1",
        "kg:regarding agent:norland",
        "kg:restates a:00000000c001",
    ],
)
def test_an_event_claim_that_tells_one_thing_tells_enough(fast: ShapesValidator, told_alone: str) -> None:
    graph = replaced("b:00000000d001 kg:location place:marlow .", f"b:00000000d001 {told_alone} .")
    assert fast.validate(graph, document="x") == ()


EDTF = (
    *("2024", "2024-05", "2024-05-10", "-0044", "20XX", "2024-XX", "2024-05-XX", "2024-21", "2024?", "2024-05~"),
    *("2024-?05-10", "2024-05-10/2024-05-12", "2024-05/..", "../2024", "/2024", "2024/", "[2024-05-10,2024-05-11]"),
    *("{2023,2024}", "2024-05-10T10:00:00Z", "2024-05-10T10:00:00+02:00"),
)
NO_EDTF = (
    *(
        "",
        "May",
        "24",
        "2024-5",
        "2024-13",
        "2024-00",
        "2024-05-32",
        "2024-05-00",
        "2024/05/10",
        "2024-05-10 ",
        " 2024",
    ),
    *("2024-05-10T10", "[2024", "2024-05-10\\n", "2024-05-10/May", "10-05-2024"),
)


@pytest.mark.parametrize("value", EDTF)
def test_a_value_in_the_extended_date_time_format_is_allowed(fast: ShapesValidator, value: str) -> None:
    own = 'time:0000000000a1 kg:edtf "2024-05-10" .'
    assert fast.validate(replaced(own, own.replace("2024-05-10", value)), document="x") == ()


@pytest.mark.parametrize("value", NO_EDTF)
def test_another_value_of_a_time_is_not(fast: ShapesValidator, value: str) -> None:
    own = 'time:0000000000a1 kg:edtf "2024-05-10" .'
    assert told(fast.validate(replaced(own, own.replace("2024-05-10", value)), document="x")) == (
        "time:0000000000a1 kg:edtf TimeSpan-edtf",
    )


# --------------------------------------------------------------------------- what a finding says


def test_a_finding_names_its_document_its_claim_and_its_passage(fast: ShapesValidator) -> None:
    def only(old: str, new: str) -> tuple[str | None, tuple[int, int] | None, str | None, str]:
        (finding,) = fast.validate(replaced(old, new), document="d16")
        assert finding.document == "d16"
        return finding.claim and short(finding.claim), finding.passage, finding.value, finding.severity

    assert only("a:00000000c003 kg:polarity kgt:affirmed .", "a:00000000c003 kg:polarity kgt:doubted .") == (
        "a:00000000c003",
        (155, 190),
        f"<{KGT}doubted>",
        "violation",
    )
    assert only("", 'event:e2 rdfs:label "no language" .') == ("a:00000000c003", None, '"no language"', "violation")
    assert only("", 'time:0000000000a2 kg:timeExpression "week" .') == (
        "a:00000000c004",
        (333, 342),
        '"week"',
        "violation",
    )
    assert only('<doc/d822df16c129fd11> dcterms:issued "2024-05" .', "") == ("b:00000000d001", None, None, "warning")
    assert only("", 'event:e1 rdfs:label "no language" .') == (None, None, '"no language"', "violation"), "two claims"


def test_a_severity_is_that_of_the_shape(fast: ShapesValidator) -> None:
    def severities(name: str) -> set[str]:
        (mutation,) = (m for m in mutations() if m.name == name)
        return {f.severity for f in fast.validate(mutation.triples(), document="x")}

    assert severities("recommended: a post in no organization") == {"info"}
    assert severities("recommended: an event claim that tells nothing") == {"warning"}
    assert severities("claim: without a claimant") == {"violation"}


def test_findings_are_sorted_and_do_not_hang_on_the_order_of_triples(fast: ShapesValidator) -> None:
    broken = [*triples(base_quads()), *triples(quad for mutation in mutations() for quad in mutation.added)]
    found = fast.validate(broken, document="x")
    assert len(found) > 100
    assert found == tuple(sorted(found, key=sort_key))
    assert fast.validate(broken[::-1], document="x") == found
    assert fast.validate(iter(broken), document="x") == found


# --------------------------------------------------------------------------- shapes as files


@pytest.mark.parametrize("engine", ["fast", "pyshacl"])
def test_shapes_that_are_not_turtle_are_an_error_with_line_and_column(tmp_path: Path, engine: str) -> None:
    file = tmp_path / "shapes.ttl"
    file.write_text("<a:s> a <a:o> .\n<a:s> a .\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        ShapesValidator(engine, files=[file])
    assert (caught.value.code, caught.value.where) == ("shapes.syntax", f"{file}:2:9")


def test_an_unknown_engine_is_a_usage_error_that_lists_the_known() -> None:
    with pytest.raises(UsageError) as caught:
        ShapesValidator("slow")
    assert (caught.value.code, caught.value.hint) == ("engine", "engines: auto, fast, pyshacl")
