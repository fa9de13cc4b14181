"""Claims to triples: exactly what each kind of claim says, and that nothing is said anywhere else."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import DataError
from kg.graph import Concepts, DocumentGraph, build_document
from kg.iris import Minter, Triple
from kg.linking import Linker, Registry
from kg.records import Claim, Document, content
from kg.vocab import DEFAULT_BASE, KG, KGT, PREFIXES
from tests import invented
from tests.invented import DIGEST, DOCUMENT, TEXT, attack, claim, entity, post, record, relation, span, stance
from tests.test_iris import HOSTILE

KEY = DIGEST[:16]
MINT = Minter(DEFAULT_BASE)
CONCEPTS = Concepts({"drones": f"{KGT}drone"}, {"army spokeswoman": f"{KGT}spokesperson"})


def build(
    *records: dict[str, Any],
    document: Document = DOCUMENT,
    concepts: Concepts = CONCEPTS,
    registry: Registry | None = None,
    same_events: dict[str, str] | None = None,
) -> DocumentGraph:
    """The graph of claim records."""
    linker = Linker(registry or Registry([]), MINT, same_events)
    return build_document(document, [claim(r) for r in records], linker, concepts)


def short(term: str) -> str:
    """A term as Turtle has it: what is minted is relative, what has a prefix bears it."""
    if term.startswith('"'):
        head, separator, datatype = term.rpartition("^^<")
        return f"{head}^^{short(f'<{datatype}')}" if separator and term.endswith(">") else term
    iri = term[1:-1]
    if iri.startswith(f"{DEFAULT_BASE}id/"):
        return f"<{iri.removeprefix(f'{DEFAULT_BASE}id/')}>"
    found = [f"{prefix}:{iri.removeprefix(name)}" for prefix, name in PREFIXES.items() if iri.startswith(name)]
    return found[0] if found else term


def said(graph: DocumentGraph, iri: str) -> set[tuple[str, str]]:
    """What a graph says of one node: predicates and objects."""
    return {(short(p), short(o)) for p, o in graph.blocks[f"<{iri}>"]}


def of_claim(graph: DocumentGraph, claim_id: str) -> set[tuple[str, str]]:
    (term,) = (term for term, known in graph.claims.items() if known == claim_id)
    return said(graph, term[1:-1])


def passage(words: str, occurrence: int = 0) -> str:
    start, end = span(words, occurrence)
    return f"<doc/{KEY}#char={start},{end}>"


def agent(name: str, entity_type: str) -> str:
    return short(f"<{MINT.agent(name, entity_type)}>")


PRESS = agent("Example Press", "MediaOrganization")
READ = {
    ("kg:statedIn", f"<doc/{KEY}>"),
    ("prov:wasGeneratedBy", f"<extraction/{KEY}/claim-file>"),
}
MINISTRY = agent("Ministry of Defence of Ruritania", "GovernmentBody")
EVENT = f"<event/{KEY}/e1>"


# --------------------------------------------------------------------------- each kind of claim


def test_an_event_claim_says_what_happened_and_who_says_so() -> None:
    graph = build(
        attack(instrument=["Drones", "mines"], injured={"low": 3, "best": None, "high": None}, regarding=["e1"])
    )
    time = next(o for p, o in of_claim(graph, "c1") if p == "kg:time")
    evidence = passage("Two soldiers were killed on Friday near Kalvar")
    assert of_claim(graph, "c1") == READ | {
        ("rdf:type", "kg:EventClaim"),
        ("kg:about", EVENT),
        ("kg:eventType", "kgt:attack"),
        ("kg:victim", short(f"<{MINT.group(KEY, 'two soldiers')}>")),
        ("kg:location", short(f"<{MINT.place('Kalvar')}>")),
        ("kg:instrument", "kgt:drone"),
        ("kg:instrumentExpression", '"Drones"@en'),
        ("kg:instrumentExpression", '"mines"@en'),
        ("kg:deathsLow", '"2"^^xsd:integer'),
        ("kg:deathsBest", '"2"^^xsd:integer'),
        ("kg:deathsHigh", '"2"^^xsd:integer'),
        ("kg:injuredLow", '"3"^^xsd:integer'),
        ("kg:time", time),
        ("kg:regarding", EVENT),
        ("kg:claimant", MINISTRY),
        ("kg:relayedBy", PRESS),
        ("kg:attributionCue", passage("the defence ministry of Ruritania said")),
        ("kg:polarity", "kgt:affirmed"),
        ("kg:modality", "kgt:factual"),
        ("kg:mainEvidence", evidence),
        ("kg:evidence", evidence),
        ("dcterms:identifier", '"c1"'),
    }


def test_every_role_and_place_of_an_event_is_named() -> None:
    roles = {
        "actor": [entity("Strelsau", "State", "Ruritania")],
        "recipient": [entity("the defence ministry of Ruritania", "GovernmentBody")],
        "victim": [entity("Two soldiers", "Group"), entity("Ada Lorne", "Person")],
        "participant": [entity("army", "ArmedForce")],
        "mediator": [entity("Ruritania", "InternationalOrganization", "League")],
    }
    graph = build(attack(roles=roles, territory=[entity("the Kalvar ridge", "Place", "Kalvar ridge")]))
    found = {(p, o) for p, o in of_claim(graph, "c1") if p.removeprefix("kg:") in (*roles, "location", "territory")}
    assert found == {
        ("kg:actor", agent("Ruritania", "State")),
        ("kg:recipient", agent("the defence ministry of Ruritania", "GovernmentBody")),
        ("kg:victim", short(f"<{MINT.group(KEY, 'Two soldiers')}>")),
        ("kg:victim", agent("Ada Lorne", "Person")),
        ("kg:participant", agent("army", "ArmedForce")),
        ("kg:mediator", agent("League", "InternationalOrganization")),
        ("kg:location", short(f"<{MINT.place('Kalvar')}>")),
        ("kg:territory", short(f"<{MINT.place('Kalvar ridge')}>")),
    }


def test_a_relation_claim_is_about_its_subject() -> None:
    subject, evidence = agent("Ruritania", "State"), passage("Strelsau disputes the Kalvar ridge")
    assert of_claim(build(relation(polarity="denied", modality="possible")), "c4") == READ | {
        ("rdf:type", "kg:RelationClaim"),
        ("kg:about", subject),
        ("kg:subject", subject),
        ("kg:relation", "kgt:disputes"),
        ("kg:object", short(f"<{MINT.place('Kalvar ridge')}>")),
        ("kg:claimant", PRESS),
        ("kg:polarity", "kgt:denied"),
        ("kg:modality", "kgt:possible"),
        ("kg:mainEvidence", evidence),
        ("kg:evidence", evidence),
        ("dcterms:identifier", '"c4"'),
    }


def test_a_post_claim_says_who_holds_a_post() -> None:
    graph = build(post())
    army = MINT.agent("Army of Ruritania", "ArmedForce")
    person, held = agent("Ada Lorne", "Person"), MINT.post(army, "army spokeswoman")
    evidence = passage("army spokeswoman Ada Lorne")
    assert of_claim(graph, "c3") == READ | {
        ("rdf:type", "kg:PostHoldingClaim"),
        ("kg:about", person),
        ("kg:subject", person),
        ("kg:relation", "kgt:holds-post"),
        ("kg:object", short(f"<{held}>")),
        ("kg:claimant", PRESS),
        ("kg:polarity", "kgt:affirmed"),
        ("kg:modality", "kgt:presupposed"),
        ("kg:mainEvidence", evidence),
        ("kg:evidence", evidence),
        ("dcterms:identifier", '"c3"'),
    }
    assert said(graph, held) == {
        ("rdf:type", "kg:Post"),
        ("rdfs:label", '"army spokeswoman"@en'),
        ("org:postIn", short(f"<{army}>")),
        ("kg:postType", "kgt:spokesperson"),
    }


def test_a_post_without_organization_and_of_no_known_kind_is_its_words_alone() -> None:
    graph = build(post(post="spokeswoman", organization=None))
    assert said(graph, MINT.post(None, "spokeswoman")) == {("rdf:type", "kg:Post"), ("rdfs:label", '"spokeswoman"@en')}


def test_a_stance_claim_quotes_and_is_about_what_it_regards() -> None:
    graph = build(attack(), stance(regarding=["e1", entity("Strelsau", "State", "Ruritania")]))
    quote = passage("The border is quiet")
    assert of_claim(graph, "c2") == READ | {
        ("rdf:type", "kg:StanceClaim"),
        ("kg:about", EVENT),
        ("kg:about", agent("Ruritania", "State")),
        ("kg:regarding", EVENT),
        ("kg:regarding", agent("Ruritania", "State")),
        ("kg:quote", quote),
        ("kg:isDirectQuote", '"true"^^xsd:boolean'),
        ("kg:claimant", agent("Ada Lorne", "Person")),
        ("kg:relayedBy", PRESS),
        ("kg:attributionCue", passage("army spokeswoman Ada Lorne told reporters")),
        ("kg:polarity", "kgt:affirmed"),
        ("kg:modality", "kgt:opinion"),
        ("kg:mainEvidence", quote),
        ("kg:evidence", quote),
        ("dcterms:identifier", '"c2"'),
    }


def test_a_publisher_that_names_itself_relays_nobody() -> None:
    press = entity("army", "MediaOrganization", "Example Press")
    found = of_claim(build(relation(claimant=press, cue=span("army spokeswoman"))), "c4")
    assert {(p, o) for p, o in found if p in ("kg:claimant", "kg:relayedBy", "kg:attributionCue")} == {
        ("kg:claimant", PRESS),
        ("kg:attributionCue", passage("army spokeswoman")),
    }


def test_several_passages_are_evidence_and_the_first_is_the_main_one() -> None:
    found = of_claim(build(relation(evidence=[span("Kalvar ridge"), span("Strelsau"), span("Kalvar ridge")])), "c4")
    assert {o for p, o in found if p == "kg:mainEvidence"} == {passage("Kalvar ridge")}
    assert {o for p, o in found if p == "kg:evidence"} == {passage("Kalvar ridge"), passage("Strelsau")}


def test_method_and_review_stand_on_the_claim_and_on_its_reading() -> None:
    graph = build(
        relation(
            method={"extractor": "rules-en", "rule": "dispute.verb", "confidence": 0.75},
            review={"reviewer": "N. Vole", "date": "2024-06-01"},
        )
    )
    assert of_claim(graph, "c4") >= {
        ("prov:wasGeneratedBy", f"<extraction/{KEY}/rules-en>"),
        ("kg:confidence", '"0.75"^^xsd:decimal'),
        ("kg:rule", '"dispute.verb"'),
        ("kg:reviewedBy", '"N. Vole"'),
        ("kg:reviewedOn", '"2024-06-01"'),
    }
    assert said(graph, MINT.extraction(KEY, "rules-en")) == {
        ("rdf:type", "kg:Extraction"),
        ("prov:used", f"<doc/{KEY}>"),
        ("rdfs:label", '"rules-en"'),
    }


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ((9, 9, None), {"Low": 9, "Best": 9}),
        ((10, None, 20), {"Low": 10, "High": 20}),
        ((None, None, 5), {"High": 5}),
        ((None, 7, None), {"Best": 7}),
        ((0, 0, 0), {"Low": 0, "Best": 0, "High": 0}),
        ((2, None, None), {"Low": 2}),
        (None, {}),
    ],
)
@pytest.mark.parametrize("field", ["deaths", "injured"])
def test_casualties_keep_their_bounds_and_nothing_is_made_of_what_is_open(
    field: str, numbers: tuple[int | None, ...] | None, expected: dict[str, int]
) -> None:
    value = None if numbers is None else dict(zip(("low", "best", "high"), numbers, strict=True))
    graph = build(attack(**{"deaths": None, "injured": None, field: value}))
    found = {(p, o) for p, o in of_claim(graph, "c1") if p.startswith(("kg:deaths", "kg:injured"))}
    assert found == {(f"kg:{field}{bound}", f'"{number}"^^xsd:integer') for bound, number in expected.items()}


# --------------------------------------------------------------------------- times


def when(**fields: Any) -> dict[str, Any]:
    return {"time": attack()["time"] | fields}


def test_a_time_has_its_words_its_value_its_bounds_and_its_passage() -> None:
    graph = build(attack(**when(edtf="2024-05-10/2024-05-12", latest="2024-05-12")))
    (time,) = (o for p, o in of_claim(graph, "c1") if p == "kg:time")
    assert said(graph, f"{DEFAULT_BASE}id/{time[1:-1]}") == {
        ("rdf:type", "kg:TimeSpan"),
        ("kg:timeExpression", '"on Friday"@en'),
        ("kg:edtf", '"2024-05-10/2024-05-12"'),
        ("kg:earliest", '"2024-05-10T00:00:00Z"^^xsd:dateTime'),
        ("kg:latest", '"2024-05-12T23:59:59Z"^^xsd:dateTime'),
        ("prov:wasDerivedFrom", passage("on Friday")),
    }


@pytest.mark.parametrize(("record", "claim_id"), [(relation, "c4"), (post, "c3")])
def test_a_relation_and_a_post_have_a_time_where_it_is_told(record: Any, claim_id: str) -> None:
    (time,) = (o for p, o in of_claim(build(record(**when())), claim_id) if p == "kg:time")
    assert ("kg:edtf", '"2024-05-10"') in said(build(record(**when())), f"{DEFAULT_BASE}id/{time[1:-1]}")
    assert not any(p == "kg:time" for p, _ in of_claim(build(record()), claim_id))


@pytest.mark.parametrize("open_end", ["edtf", "earliest", "latest"])
def test_what_a_time_leaves_open_is_not_said(open_end: str) -> None:
    graph = build(attack(**when(**{open_end: None})))
    (time,) = (o for p, o in of_claim(graph, "c1") if p == "kg:time")
    found = {p for p, _ in said(graph, f"{DEFAULT_BASE}id/{time[1:-1]}")}
    assert {"kg:edtf", "kg:earliest", "kg:latest"} - found == {f"kg:{open_end}"}


def test_claims_share_a_time_only_where_words_and_bounds_are_one() -> None:
    def times(one: dict[str, Any], other: dict[str, Any]) -> int:
        graph = build(attack(**one), attack(id="c5", polarity="denied", **other))
        return sum(("rdf:type", "kg:TimeSpan") in said(graph, term[1:-1]) for term in graph.blocks)

    assert times(when(), when()) == 1
    assert times(when(), when(latest="2024-05-11")) == 2
    assert times(when(), when(edtf=None)) == 2
    assert times(when(), {"time": when()["time"] | {"text": "Friday", "span": span("Friday")}}) == 2
    assert times({"time": None}, {"time": None}) == 0


@pytest.mark.parametrize(
    ("change", "date", "label"),
    [
        ({}, "2024-05-12", "attack, Kalvar, 2024-05-10"),
        (when(edtf=None), "2024-05-12", "attack, Kalvar, 2024-05-12"),
        ({"time": None}, "2024-05", "attack, Kalvar, 2024-05"),
        ({"time": None, "location": []}, None, "attack"),
    ],
)
def test_an_event_is_called_by_its_kind_its_place_and_its_time(
    change: dict[str, Any], date: str | None, label: str
) -> None:
    graph = build(attack(**change), document=replace(DOCUMENT, date=date))
    assert said(graph, MINT.event(KEY, "e1")) == {("rdf:type", "kg:Event"), ("rdfs:label", f'"{label}"@en')}


# --------------------------------------------------------------------------- the document and its passages


def test_a_document_carries_what_is_known_of_it_and_not_its_text() -> None:
    document = replace(
        DOCUMENT,
        title="Quiet border",
        author="R. Aske",
        url="https://example.org/a",
        identifier="x-1",
        language="en-gb",
    )
    assert said(build(relation(), document=document), MINT.document(KEY)) == {
        ("rdf:type", "kg:Document"),
        ("kg:sha256", f'"{DIGEST}"'),
        ("dcterms:publisher", PRESS),
        ("dcterms:language", '"en-gb"'),
        ("dcterms:issued", '"2024-05-12"'),
        ("dcterms:title", '"Quiet border"@en-gb'),
        ("dcterms:creator", '"R. Aske"'),
        ("dcterms:source", "<https://example.org/a>"),
        ("dcterms:identifier", '"x-1"'),
    }
    assert said(build(relation(), document=replace(DOCUMENT, date=None)), MINT.document(KEY)) == {
        ("rdf:type", "kg:Document"),
        ("kg:sha256", f'"{DIGEST}"'),
        ("dcterms:publisher", PRESS),
        ("dcterms:language", '"en"'),
    }


def test_words_carry_the_language_of_the_document_and_names_are_english() -> None:
    graph = build(*invented.records(), document=replace(DOCUMENT, language="fr"))
    tags = {(short(p), o.rpartition("@")[2]) for _, p, o in graph.triples() if o.startswith('"') and '"@' in o}
    assert tags == {
        ("kg:timeExpression", "fr"),
        ("skos:prefLabel", "en"),
        ("rdfs:label", "fr"),
        ("rdfs:label", "en"),
    }


def test_with_the_text_at_hand_a_passage_is_quoted() -> None:
    graph = build(relation())
    start, end = span("Strelsau disputes the Kalvar ridge")
    iri = MINT.span(KEY, start, end)
    assert said(graph, iri) == {
        ("rdf:type", "kg:Span"),
        ("oa:hasSource", f"<doc/{KEY}>"),
        ("oa:hasSelector", f"<doc/{KEY}#char={start},{end};selector>"),
    }
    assert said(graph, f"{iri};selector") == {
        ("rdf:type", "oa:TextPositionSelector"),
        ("rdf:type", "oa:TextQuoteSelector"),
        ("oa:exact", '"Strelsau disputes the Kalvar ridge"'),
        ("oa:start", f'"{start}"^^xsd:integer'),
        ("oa:end", f'"{end}"^^xsd:integer'),
    }


def test_without_the_text_positions_stand_alone_and_all_else_is_the_same() -> None:
    with_text, without = (build(*invented.records(), document=replace(DOCUMENT, text=text)) for text in (TEXT, None))
    quoting = {t for t in with_text.triples() if short(t[1]) == "oa:exact" or short(t[2]) == "oa:TextQuoteSelector"}
    assert len(quoting) == 2 * sum(short(o) == "oa:TextPositionSelector" for _, _, o in without.triples()) > 10
    assert set(with_text.triples()) - quoting == set(without.triples())


def test_offsets_count_code_points() -> None:
    text = "𝔘 😀é\r\n« oui », dit-il"
    document = Document(sha256="a" * 64, publisher="x", language="fr", text=text)
    start = text.index("oui")
    graph = build(stance(document="a" * 64, quote=[start, start + 3], evidence=[[0, len(text)]]), document=document)
    exact = {o for _, p, o in graph.triples() if short(p) == "oa:exact"}
    assert '"oui"' in exact
    assert '"𝔘 😀é\\r\\n« oui », dit-il"' in exact


def test_a_mention_refers_to_what_is_meant() -> None:
    graph = build(relation())
    for words, iri in (
        ("Strelsau", MINT.agent("Ruritania", "State")),
        ("the Kalvar ridge", MINT.place("Kalvar ridge")),
    ):
        assert ("kg:refersTo", short(f"<{iri}>")) in said(graph, MINT.span(KEY, *span(words)))


# --------------------------------------------------------------------------- entities

STATES = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items()) + (
    '<http://e/r> a kg:State ; skos:prefLabel "Ruritania"@en .\n'
    '<http://e/rl> a kg:Place ; skos:prefLabel "Ruritania"@en ; kg:territoryOf <http://e/r> .\n'
    '<http://e/z> a kg:State ; skos:prefLabel "Zubrowka"@en .\n'
)


@pytest.fixture
def states(tmp_path: Path) -> Registry:
    (tmp_path / "states.ttl").write_text(STATES, encoding="utf-8")
    return Registry([tmp_path / "states.ttl"])


def test_an_unknown_entity_is_described_where_it_is_named() -> None:
    graph = build(*invented.records())
    assert said(graph, MINT.agent("Ada Lorne", "Person")) == {
        ("rdf:type", "kg:Person"),
        ("skos:prefLabel", '"Ada Lorne"@en'),
    }
    assert said(graph, MINT.group(KEY, "two soldiers")) == {
        ("rdf:type", "kg:Group"),
        ("skos:prefLabel", '"two soldiers"@en'),
    }
    assert graph.references == set()


def test_a_reference_entity_is_named_and_described_elsewhere(states: Registry) -> None:
    graph = build(relation(), registry=states)
    assert ("kg:subject", "<http://e/r>") in of_claim(graph, "c4")
    assert graph.references == {"http://e/r"}
    assert "<http://e/r>" not in graph.blocks


def test_a_state_as_the_place_of_an_event_is_its_territory(states: Registry) -> None:
    where = entity("Ruritania", "State")
    mentioned = MINT.span(KEY, *span("Ruritania"))
    unknown = build(attack(location=[where]))
    place = MINT.place("Ruritania")
    assert ("kg:location", short(f"<{place}>")) in of_claim(unknown, "c1")
    assert said(unknown, place) == {
        ("rdf:type", "kg:Place"),
        ("skos:prefLabel", '"Ruritania"@en'),
        ("kg:territoryOf", agent("Ruritania", "State")),
    }
    known = build(attack(location=[where]), registry=states)
    assert ("kg:location", "<http://e/rl>") in of_claim(known, "c1")
    assert known.references == {"http://e/rl"}
    half_known = build(attack(location=[where | {"name": "Zubrowka"}]), registry=states)
    assert ("kg:territoryOf", "<http://e/z>") in said(half_known, MINT.place("Zubrowka"))
    assert half_known.references == {"http://e/z"}
    for graph, referent in ((unknown, place), (known, "http://e/rl"), (half_known, MINT.place("Zubrowka"))):
        assert {o for p, o in said(graph, mentioned) if p == "kg:refersTo"} == {short(f"<{referent}>")}


def test_a_state_elsewhere_than_in_a_place_stays_a_state() -> None:
    found = of_claim(build(relation(object=entity("Strelsau", "State", "Ruritania"), relation="part-of")), "c4")
    assert ("kg:object", agent("Ruritania", "State")) in found


def test_an_iri_that_an_extractor_gives_is_used() -> None:
    graph = build(relation(subject=entity("Strelsau", "State", "Ruritania") | {"id": "http://e/x"}))
    assert of_claim(graph, "c4") >= {("kg:subject", "<http://e/x>"), ("kg:about", "<http://e/x>")}
    assert said(graph, "http://e/x") == {("rdf:type", "kg:State"), ("skos:prefLabel", '"Ruritania"@en')}


def test_claims_about_one_happening_share_its_anchor() -> None:
    graph = build(attack(), attack(id="c5", polarity="denied"), attack(id="c6", event="e2"))
    assert {o for c in ("c1", "c5") for p, o in of_claim(graph, c) if p == "kg:about"} == {EVENT}
    assert ("kg:about", f"<event/{KEY}/e2>") in of_claim(graph, "c6")


def test_a_reviewed_identity_leads_to_the_anchor_of_the_other_document() -> None:
    graph = build(attack(), stance(regarding=["e1"]), same_events={f"{KEY}/e1": "0" * 16 + "/e9"})
    other = f"<event/{'0' * 16}/e9>"
    assert ("kg:about", other) in of_claim(graph, "c1")
    assert ("kg:regarding", other) in of_claim(graph, "c2")
    assert said(graph, MINT.event("0" * 16, "e9"))
    assert f"<{MINT.event(KEY, 'e1')}>" not in graph.blocks


# --------------------------------------------------------------------------- claims among claims


def test_a_claim_restates_another() -> None:
    graph = build(attack(), attack(id="c5", evidence=[span("Two soldiers were killed")], restates="c1"))
    (fuller,) = (term for term, known in graph.claims.items() if known == "c1")
    assert {o for p, o in of_claim(graph, "c5") if p == "kg:restates"} == {short(fuller)}
    assert not any(p == "kg:restates" for p, _ in of_claim(graph, "c1"))


def test_a_claim_whose_fuller_claim_is_not_there_stands_for_itself() -> None:
    with_target, without = build(relation(restates="c9")), build(relation())
    assert set(with_target.triples()) == set(without.triples())


def test_records_that_say_the_same_are_one_claim_and_the_others_are_told() -> None:
    graph = build(
        attack(id="b"),
        attack(id="a"),
        attack(id="c", restates="b"),
        relation(restates="b"),
        attack(id="d", polarity="denied"),
    )
    assert sorted(graph.claims.values()) == ["a", "c4", "d"]
    assert graph.duplicates == ["b", "c"]
    (only,) = (term for term, known in graph.claims.items() if known == "a")
    assert ("kg:restates", short(only)) in of_claim(graph, "c4")
    assert not any(p == "kg:restates" for p, _ in of_claim(graph, "a")), "nothing restates itself"


def test_the_name_of_a_claim_hangs_on_what_it_says_and_on_nothing_else() -> None:
    def name(**fields: Any) -> str:
        (term,) = build(attack(**fields)).claims
        return term

    same: list[dict[str, Any]] = [
        {"id": "x9"},
        {"restates": "c9"},
        {"method": {"extractor": "rules-en", "confidence": 0.5}},
        {"review": {"reviewer": "N. Vole", "date": "2024-06-01"}},
    ]
    other: list[dict[str, Any]] = [
        {"polarity": "denied"},
        {"modality": "possible"},
        {"event": "e2"},
        {"deaths": {"low": 2, "best": 2, "high": None}},
        {"deaths": {"low": None, "best": 2, "high": 2}},
        {"claimant": None, "cue": None},
        {"evidence": [span("Two soldiers were killed")]},
        {"type": "clash"},
    ]
    assert {name(**fields) for fields in same} == {name()}
    assert len({name(), *(name(**fields) for fields in other)}) == len(other) + 1


POOL: list[dict[str, Any]] = [
    attack(),
    attack(id="c5", evidence=[span("Two soldiers were killed")], restates="c1", time=None),
    attack(id="c6"),
    attack(id="c7", event="e2", type="accusation", location=[entity("Ruritania", "State")], **when(edtf=None)),
    stance(regarding=["e1", "e2"]),
    post(),
    post(id="c8", post="Army Spokeswoman"),
    relation(),
    relation(id="c9", polarity="denied", restates="c4"),
]


def test_the_order_of_claims_means_nothing() -> None:
    expected = build(*POOL)
    assert len(expected.claims) == len(POOL) - 1
    shuffler = random.Random(0)  # noqa: S311 - a fixed choice of orders
    for _ in range(30):
        graph = build(*shuffler.sample(POOL, len(POOL)))
        assert list(graph.triples()) == list(expected.triples())
        assert (graph.claims, graph.duplicates) == (expected.claims, expected.duplicates)


# --------------------------------------------------------------------------- structure

ON_ANCHORS = {
    "kg:Event": {"rdf:type", "rdfs:label"},
    "kg:Post": {"rdf:type", "rdfs:label", "org:postIn", "kg:postType"},
    "kg:Place": {"rdf:type", "skos:prefLabel", "kg:territoryOf"},
    "kg:Person": {"rdf:type", "skos:prefLabel"},
    "kg:Group": {"rdf:type", "skos:prefLabel"},
    "kg:State": {"rdf:type", "skos:prefLabel"},
    "kg:ArmedForce": {"rdf:type", "skos:prefLabel"},
    "kg:GovernmentBody": {"rdf:type", "skos:prefLabel"},
    "kg:MediaOrganization": {"rdf:type", "skos:prefLabel"},
}
BESIDE_CLAIMS = {"kg:Document", "kg:Span", "kg:TimeSpan", "kg:Extraction"}
CLAIMS = {"kg:EventClaim", "kg:RelationClaim", "kg:PostHoldingClaim", "kg:StanceClaim"}


def parsed(triples: Iterable[Triple]) -> list[ox.Quad]:
    text = "".join(f"{s} {p} {o} .\n" for s, p, o in triples)
    return list(ox.parse(text.encode(), format=ox.RdfFormat.N_TRIPLES))


@given(st.lists(st.sampled_from(range(len(POOL))), unique=True))
def test_anchors_are_bare_and_no_node_is_blank(chosen: list[int]) -> None:
    graph = build(*(POOL[n] for n in chosen))
    assert len(parsed(graph.triples())) == len(list(graph.triples()))
    for subject, block in graph.blocks.items():
        types = {short(o) for p, o in block if short(p) == "rdf:type"}
        predicates = {short(p) for p, _ in block}
        anchors = types & ON_ANCHORS.keys()
        assert len(anchors) <= 1
        if anchors:
            assert predicates <= ON_ANCHORS[anchors.pop()], subject
        else:
            assert types & (BESIDE_CLAIMS | CLAIMS) or subject.endswith(";selector>"), subject
        assert not any(term.startswith("_") for pair in ((subject, ""), *block) for term in pair)
    assert {t for t, b in graph.blocks.items() if {short(o) for _, o in b} & CLAIMS} == set(graph.claims)


def shape(graph: DocumentGraph) -> Counter[tuple[str, str]]:
    """How often each property has each kind of value, whatever the names and words."""
    return Counter(
        (q.predicate.value, f"@{q.object.language}^^{q.object.datatype}" if isinstance(q.object, ox.Literal) else "IRI")
        for q in parsed(graph.triples())
    )


def full(text: str, **document: str) -> DocumentGraph:
    """A graph in which every field that holds free text holds this one."""
    who = entity("Strelsau", "Person") | {"name": text}
    claims = [
        attack(
            location=[
                entity("Kalvar", "Place") | {"name": text},
                entity("Ruritania", "State") | {"name": f"{text} state"},
            ],
            instrument=[text],
            method={"extractor": "rules", "rule": text},
            review={"reviewer": text, "date": "2024-06-01"},
            claimant=who,
            **when(text=text, edtf=text),
        ),
        post(post=text, person=who, organization=entity("army", "ArmedForce") | {"name": text}),
        stance(regarding=[entity("Two soldiers", "Group") | {"name": text}]),
    ]
    known = {
        "publisher": text,
        "title": text,
        "author": text,
        "identifier": text,
        "date": text,
        "text": text + TEXT[1:],
    }
    return build(*claims, document=replace(DOCUMENT, **(known | document)), concepts=Concepts())


@pytest.mark.parametrize("text", [text for text in HOSTILE if text])
def test_hostile_text_in_every_field_changes_no_structure_and_reads_back(text: str) -> None:
    graph = full(text)
    assert shape(graph) == shape(full("plain words"))
    assert len(graph.blocks) == len(full("plain words").blocks)
    values = {
        (PREFIXES["dcterms"], "title", "creator", "identifier", "issued"),
        (PREFIXES["skos"], "prefLabel"),
        (PREFIXES["rdfs"], "label"),
        (KG, "instrumentExpression", "rule", "reviewedBy", "timeExpression", "edtf"),
    }
    quads = parsed(graph.triples())
    for namespace, *names in values:
        for name in names:
            objects = [q.object for q in quads if q.predicate.value == f"{namespace}{name}"]
            found = {value.value for value in objects if isinstance(value, ox.Literal)}
            assert text in found, name


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ({"url": "https://example.org/> <a:p> <a:o"}, "iri"),
        ({"url": "no address"}, "iri"),
        ({"language": "fr> <a:p"}, "language"),
        ({"language": "FR"}, "language"),
    ],
)
def test_what_cannot_be_written_is_refused(document: dict[str, str], code: str) -> None:
    with pytest.raises(DataError) as caught:
        full("plain words", **document)
    assert caught.value.code == code


@pytest.mark.parametrize("iri", ["http://e/> <a:p> <a:o", "x", "http://[", "http://e/ x", ""])
def test_an_iri_of_an_entity_is_one_or_its_record_is_refused(iri: str) -> None:
    with pytest.raises(ValueError, match="not an absolute IRI"):
        claim(relation(subject=entity("Strelsau", "State") | {"id": iri}))


def test_the_content_of_a_claim_leaves_its_number_out_and_its_entities_in() -> None:
    value: Claim = claim(relation(subject=entity("Strelsau", "State") | {"id": "http://e/x"}))
    assert '"id":"http://e/x"' in content(value)
    assert '"c4"' not in content(value)


def test_a_document_without_claims_is_described_alone() -> None:
    graph = build()
    assert set(graph.blocks) == {f"<{MINT.document(KEY)}>", f"<{MINT.agent('Example Press', 'MediaOrganization')}>"}
    assert graph.iri == f"{DEFAULT_BASE}graph/{KEY}"


def test_each_statement_is_said_once() -> None:
    triples = list(
        build(
            *POOL, record("relation", 50, "Strelsau", **{k: relation()[k] for k in ("subject", "relation", "object")})
        ).triples()
    )
    assert len(triples) == len(set(triples)) > 100
