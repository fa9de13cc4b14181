"""RDF of any origin: whose finding it is, whatever the graphs are called, and what the texts at hand say."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

import pyoxigraph as ox
import pytest

from kg.iris import Triple
from kg.records import Finding
from kg.validation import ShapesValidator
from kg.validation.dataset import holds_claims, located, validate_store
from kg.validation.report import as_triples
from kg.validation.shapes import sort_key
from kg.vocab import DEFAULT_BASE, KG, PREFIXES
from tests.validation.base import (
    GRAPHS,
    VOCABULARY,
    Mutation,
    base_quads,
    base_triples,
    flat,
    mutations,
    short,
    told,
    turtle,
)

A, B = GRAPHS["a"], GRAPHS["b"]
OA = PREFIXES["oa"]


def check(
    quads: Iterable[ox.Quad], validator: ShapesValidator, texts: Mapping[str, str] | None = None
) -> list[Finding]:
    store = ox.Store()
    store.bulk_extend(quads)
    return list(validate_store(store, validator, texts=texts))


def with_added(text: str, graph: str = A) -> list[ox.Quad]:
    """The base and more, in one of its graphs."""
    name = ox.NamedNode(f"{DEFAULT_BASE}graph/{graph}")
    return [*base_quads(), *(ox.Quad(q.subject, q.predicate, q.object, name) for q in turtle(text))]


def by_document(findings: Iterable[Finding]) -> list[tuple[str, str]]:
    return sorted((f.document, short(f.focus)) for f in findings)


# --------------------------------------------------------------------------- a graph a document


def test_a_graph_a_document_and_graphs_around_them_conform(
    fast: ShapesValidator, vocabulary: tuple[Triple, ...]
) -> None:
    assert check(base_quads(), fast) == []
    store = ox.Store()
    store.bulk_extend(base_quads())
    store.bulk_load(
        "".join(f"{s} {p} {o} {VOCABULARY} .\n" for s, p, o in vocabulary).encode(), format=ox.RdfFormat.N_QUADS
    )
    assert list(validate_store(store, fast)) == []


def test_a_finding_is_that_of_the_document_in_whose_graph_it_is(fast: ShapesValidator) -> None:
    broken = with_added('<event/753a03df4c906815/e1> rdfs:label "a" .', A)
    broken += with_added('<event/d822df16c129fd11/e1> rdfs:label "b" .', B)[len(base_quads()) :]
    broken += with_added('place:marlow kg:demonym "c" .', "entities")[len(base_quads()) :]
    assert by_document(check(broken, fast)) == [
        ("", "place:marlow"),
        (A, "event:e1"),
        (B, "<event/d822df16c129fd11/e1>"),
    ]


def test_what_is_wrong_with_a_shared_entity_is_said_once(fast: ShapesValidator) -> None:
    broken = with_added('agent:harbour-wire skos:prefLabel "Wire" .', "entities")
    assert by_document(check(broken, fast)) == [("", "agent:harbour-wire")]


def test_what_two_documents_say_of_an_entity_is_the_finding_of_each(fast: ShapesValidator) -> None:
    broken = with_added("agent:harbour-wire skos:altLabel agent:norland .", A)
    broken += with_added("agent:harbour-wire skos:altLabel agent:norland .", B)[len(base_quads()) :]
    assert by_document(check(broken, fast)) == [(A, "agent:harbour-wire"), (B, "agent:harbour-wire")]


def test_a_document_is_validated_with_what_the_graphs_around_say_of_its_entities(fast: ShapesValidator) -> None:
    # a place that is the territory of a state that is described elsewhere, and that state's capital
    assert check(with_added("a:00000000c003 kg:location place:sudmark .", A), fast) == []
    stripped = [q for q in base_quads() if "graph/entities" not in str(q.graph_name)]
    assert len(check(stripped, fast)) > 10


@pytest.mark.parametrize("mutation", mutations()[::4], ids=lambda mutation: mutation.name)
def test_apart_or_together_the_findings_are_the_same(mutation: Mutation, fast: ShapesValidator) -> None:
    found, expected = Counter(told(check(mutation.quads(), fast))), Counter(mutation.expected)
    expected -= Counter(e for e in mutation.expected if e.endswith(("verify-known-class", "verify-known-property")))
    if _names_another_document(mutation):
        assert expected <= found  # what another document describes is not at hand
    else:
        assert found == expected


def _names_another_document(mutation: Mutation) -> bool:
    return any(
        (A if B in str(quad.graph_name) else B) in f"{quad.subject} {quad.object}"
        for quad in mutation.added
        if "entities" not in str(quad.graph_name)
    )


def test_the_order_of_findings_does_not_hang_on_the_order_of_statements(fast: ShapesValidator) -> None:
    broken = [quad for mutation in mutations()[:60] for quad in mutation.quads()]
    forth, back = check(broken, fast), check(broken[::-1], fast)
    assert forth == back
    assert len(forth) > 50


# --------------------------------------------------------------------------- other borders


@pytest.mark.parametrize("shape", ["flattened", "one named graph", "a graph for each claim", "a graph for each node"])
def test_where_no_border_can_be_trusted_all_is_one(shape: str, fast: ShapesValidator) -> None:
    (mutation,) = (m for m in mutations() if m.name == "claim: without a claimant")

    def graph(quad: ox.Quad) -> ox.NamedNode | ox.DefaultGraph:
        if shape == "one named graph":
            return ox.NamedNode("http://e/graph")
        if shape == "a graph for each claim" and "/claim/" in str(quad.subject):
            return ox.NamedNode(f"http://e/{hashlib.sha256(str(quad.subject).encode()).hexdigest()}")
        if shape == "a graph for each node":
            return ox.NamedNode(f"http://e/{hashlib.sha256(str(quad.subject).encode()).hexdigest()}")
        return ox.DefaultGraph()

    def moved(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
        return [ox.Quad(q.subject, q.predicate, q.object, graph(q)) for q in quads]

    assert check(moved(base_quads()), fast) == []
    (finding,) = check(moved(mutation.quads()), fast)
    assert told([finding]) == mutation.expected
    assert located(finding, "a.ttl").document == "a.ttl", "it may be of either document"


def test_a_finding_without_a_document_is_that_of_its_file() -> None:
    finding = Finding("", "<a:x>", "http://e/check", None, None, "violation", "en", "fr")
    assert located(finding, "a.ttl") == replace(finding, document="a.ttl")
    assert located(replace(finding, document="d16"), "a.ttl").document == "d16"


def test_a_graph_without_a_document_is_validated(fast: ShapesValidator) -> None:
    assert told(check(turtle("agent:x a kg:Person ."), fast)) == (
        "agent:x - verify-entity-is-named",
        "agent:x skos:prefLabel Agent-prefLabel",
    )
    assert check([], fast) == []


@pytest.mark.parametrize(
    ("text", "is_ours"),
    [
        ("agent:x a kg:Person .", True),
        ("agent:x kg:demonym agent:y .", True),
        ("agent:x a prov:Agent ; prov:used kg:Person .", False),
        ("kg:Person rdfs:label agent:x .", False),
        ("", False),
    ],
)
def test_what_is_of_our_vocabulary_is_known_by_its_classes_and_properties(text: str, is_ours: bool) -> None:  # noqa: FBT001 - a table
    store = ox.Store()
    store.bulk_extend(turtle(text))
    assert holds_claims(store) == is_ours


def test_graphs_named_by_blank_nodes_are_graphs(fast: ShapesValidator) -> None:
    renamed = {f"<{DEFAULT_BASE}graph/{key}>": ox.BlankNode(name) for name, key in GRAPHS.items()}
    moved = [ox.Quad(q.subject, q.predicate, q.object, renamed[str(q.graph_name)]) for q in base_quads()]
    assert check(moved, fast) == []


def test_a_triple_term_is_a_value_like_another(fast: ShapesValidator) -> None:
    (quad,) = ox.parse(b'<a:s> <a:p> <<( <a:s> <a:p> <<( <a:x> <a:y> "z" )>> )>> .', format=ox.RdfFormat.N_TRIPLES)
    event = ox.NamedNode(f"{DEFAULT_BASE}id/event/{A}/e1")
    stray = ox.Quad(event, ox.NamedNode(f"{KG}actor"), quad.object, ox.NamedNode(f"{DEFAULT_BASE}graph/{A}"))
    found = check([*base_quads(), stray], fast)
    assert {f.value for f in found if f.path} == {'<<( <a:s> <a:p> <<( <a:x> <a:y> "z" )>> )>>'}
    report = "".join(f"{s} {p} {o} .\n" for s, p, o in as_triples(found))
    assert len(list(ox.parse(report.encode(), format=ox.RdfFormat.N_TRIPLES))) == len(as_triples(found))


# --------------------------------------------------------------------------- texts at hand


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """Texts that hold the quoted words of the base where they are said to stand, by digest."""
    letters = [" "] * 600
    digest = ""
    described: dict[str, dict[str, str]] = {}
    for subject, predicate, value in sorted(base_triples()):
        described.setdefault(subject, {})[predicate] = value
        if predicate == f"<{KG}sha256>" and A in subject:
            digest = value.strip('"')
    for block in described.values():
        if f"<{OA}exact>" in block:
            start = int(block[f"<{OA}start>"].split('"')[1])
            letters[start : start + len(block[f"<{OA}exact>"]) - 2] = block[f"<{OA}exact>"][1:-1]
    return {digest: "".join(letters)}


def test_words_that_stand_in_their_text_are_not_remarked_on(fast: ShapesValidator, texts: dict[str, str]) -> None:
    assert "Drones strike the port of Marlow" in next(iter(texts.values()))
    assert check(base_quads(), fast, texts) == []
    assert check([flat(quad) for quad in base_quads()], fast, texts) == []


def test_words_that_stand_elsewhere_in_the_text_are_found(fast: ShapesValidator, texts: dict[str, str]) -> None:
    ((digest, text),) = texts.items()
    found = check(base_quads(), fast, {digest: text.replace("quiet seas", "silent sea")})
    assert told(found) == (f"<doc/{A}#char=421,439> oa:exact passage-words",)
    assert (found[0].document, found[0].passage, found[0].value) == (A, (421, 439), '"We want quiet seas"')
    assert found[0].severity == "violation"


def test_passages_outside_the_text_are_found(fast: ShapesValidator, texts: dict[str, str]) -> None:
    ((digest, text),) = texts.items()
    found = check(base_quads(), fast, {digest: text[:440]})
    assert told(found) == tuple(
        f"<doc/{A}#char={span}> oa:exact passage-within-text" for span in ("442,445", "442,460", "462,491", "493,520")
    )
    assert sorted(found, key=sort_key) == found


def test_a_passage_without_words_lies_within_its_text_or_is_found(fast: ShapesValidator) -> None:
    (digest,) = (o.strip('"') for s, p, o in base_triples() if p == f"<{KG}sha256>" and B in s)
    assert check(base_quads(), fast, {digest: "x" * 40}) == []
    (finding,) = check(base_quads(), fast, {digest: "x" * 39})
    assert (finding.document, finding.passage, finding.value) == (B, (0, 40), None)


def test_offsets_of_a_graph_count_code_points(fast: ShapesValidator, texts: dict[str, str]) -> None:
    ((digest, text),) = texts.items()
    words = "Marlow lies in the Lower Fens"
    wide = text.replace(words, "𝔐" + words[1:])
    quads = [
        q
        if str(q.object) != f'"{words}"'
        else ox.Quad(q.subject, q.predicate, ox.Literal("𝔐" + words[1:]), q.graph_name)
        for q in base_quads()
    ]
    assert check(quads, fast, {digest: wide}) == []


def test_the_texts_of_other_documents_mean_nothing(fast: ShapesValidator) -> None:
    assert check(base_quads(), fast, {"0" * 64: "another text"}) == []
    assert check(base_quads(), fast, {}) == []


POSITIONS = (
    *('oa:start "x" ; oa:end 3', "oa:start 0 ; oa:end 1.5", "oa:start -5 ; oa:end 3", 'oa:start 0 ; oa:end "\u0663"'),
    *(
        "oa:start 0 ; oa:end 3 ; oa:exact agent:norland",
        f"oa:start 0 ; oa:end {'9' * 5000}",
        "oa:start _:a ; oa:end <a:b>",
    ),
)


@pytest.mark.parametrize("positions", POSITIONS)
def test_positions_that_are_none_are_found_and_break_nothing(
    fast: ShapesValidator, texts: dict[str, str], positions: str
) -> None:
    span = f"<doc/{A}#char=0,3"
    added = (
        f"{span}> a kg:Span ; oa:hasSource <doc/{A}> ; oa:hasSelector {span};selector> ; kg:refersTo agent:norland ."
    )
    selector = f"{span};selector> a oa:TextPositionSelector ; {positions} ."
    found = check(with_added(f"{added}\n{selector}"), fast, texts)
    assert any("char=0,3" in finding.focus for finding in found)
