"""The direct view: what nobody contests, and nothing else."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.direct import direct_triples
from kg.resources import direct_files
from kg.vocab import EVENT_TYPES, KG, KGD, KGT

PREFIXES = f"""
@prefix kg: <{KG}> . @prefix kgt: <{KGT}> . @prefix : <http://a/> .
"""
ATTACK = "kg:about :e1 ; kg:eventType kgt:attack"
SOUND = "kg:polarity kgt:affirmed ; kg:modality kgt:factual"
OPINION = "kg:polarity kgt:affirmed ; kg:modality kgt:opinion"
NAMES = {KG: "kg:", KGD: "kgd:", "http://a/": ":", "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf:"}


def view(claims: str) -> list[str]:
    """The direct view of claims in Turtle, shortened."""
    store = ox.Store()
    store.load(f"{PREFIXES}{claims}".encode(), ox.RdfFormat.TURTLE)
    return [" ".join(_short(term) for term in triple) for triple in direct_triples(store)]


def _short(term: str) -> str:
    for namespace, prefix in NAMES.items():
        term = term.replace(f"<{namespace}", prefix)
    return term.split("^^")[0].removesuffix(">")


def test_what_the_publisher_says_and_nobody_contests_goes_in() -> None:
    content = "kg:claimant :press ; kg:actor :army ; kg:victim :two ; kg:location :town ; kg:deathsLow 2 ; kg:time :t1"
    assert view(f":c1 {ATTACK} ; {SOUND} ; {content} .") == [
        ":e1 rdf:type kg:Attack",
        ":e1 kgd:actor :army",
        ':e1 kgd:deathsLow "2"',
        ":e1 kgd:location :town",
        ":e1 kgd:time :t1",
        ":e1 kgd:victim :two",
    ]


def test_what_is_relayed_and_uncontested_goes_in() -> None:
    claim = f":c1 {ATTACK} ; {SOUND} ; kg:claimant :ministry ; kg:relayedBy :press ."
    assert view(claim) == [":e1 rdf:type kg:Attack"]


@pytest.mark.parametrize(
    "claim",
    [
        f":c1 {ATTACK} ; kg:claimant :press ; kg:polarity kgt:denied ; kg:modality kgt:factual .",
        f":c1 {ATTACK} ; kg:claimant :press ; kg:polarity kgt:affirmed ; kg:modality kgt:planned .",
        f":c1 {ATTACK} ; kg:claimant :press ; kg:polarity kgt:affirmed ; kg:modality kgt:possible .",
        f":c1 {ATTACK} ; kg:claimant :press ; kg:polarity kgt:affirmed ; kg:modality kgt:opinion .",
        f":c1 {ATTACK} ; kg:claimant :press ; kg:polarity kgt:affirmed ; kg:modality kgt:presupposed .",
        f":c1 {ATTACK} ; {SOUND} ; kg:claimant :press ; kg:restates :c2 .",
    ],
)
def test_what_is_denied_not_factual_or_a_repetition_stays_out(claim: str) -> None:
    assert view(claim) == []


@pytest.mark.parametrize(
    "rival",
    [
        f":c2 {ATTACK} ; kg:claimant :state ; kg:polarity kgt:denied ; kg:modality kgt:factual .",
        f":c2 {ATTACK} ; kg:claimant :other ; kg:polarity kgt:affirmed ; kg:modality kgt:possible ; kg:actor :rebels .",
        f":c2 kg:about :e1 ; kg:eventType kgt:clash ; {OPINION} ; kg:deathsLow 9 .",
        f":c2 kg:about :e1 ; kg:eventType kgt:clash ; {OPINION} ; kg:deathsHigh 1 .",
        f":c2 kg:about :e1 ; kg:eventType kgt:clash ; {OPINION} ; kg:injuredLow 8 .",
        f":c2 kg:about :e1 ; kg:eventType kgt:clash ; {OPINION} ; kg:injuredHigh 6 .",
        f":c2 kg:eventType kgt:rejection ; kg:about :e2 ; kg:regarding :e1 ; {OPINION} .",
        ":c2 kg:contradicts :c1 .",
        ":c1 kg:contradicts :c2 .",
    ],
)
def test_what_another_claim_contradicts_stays_out_whoever_says_it(rival: str) -> None:
    content = "kg:actor :army ; kg:deathsLow 2 ; kg:deathsHigh 3 ; kg:injuredLow 7 ; kg:injuredHigh 7"
    claim = f":c1 {ATTACK} ; {SOUND} ; kg:claimant :press ; {content} ."
    assert view(claim) != []
    assert view(f"{claim} {rival}") == []


@pytest.mark.parametrize(
    "rival",
    [
        f":c2 {ATTACK} ; kg:claimant :other ; {SOUND} ; kg:actor :army , :rebels .",
        f":c2 {ATTACK} ; kg:claimant :press ; {SOUND} ; kg:actor :airforce .",
        f":c2 {ATTACK} ; kg:claimant :other ; {SOUND} ; kg:deathsLow 3 .",
        ":c2 kg:about :e1 ; kg:eventType kgt:blockade ; kg:polarity kgt:denied ; kg:modality kgt:factual .",
        ":c2 kg:about :e2 ; kg:eventType kgt:attack ; kg:polarity kgt:denied ; kg:modality kgt:factual .",
    ],
)
def test_what_differs_without_contradicting_leaves_it_in(rival: str) -> None:
    claim = f":c1 {ATTACK} ; {SOUND} ; kg:claimant :press ; kg:actor :army ; kg:deathsLow 2 ; kg:deathsHigh 3 ."
    assert ":e1 kgd:actor :army" in view(f"{claim} {rival}")


def test_the_matter_of_an_accusation_needs_the_publishers_own_voice() -> None:
    accusation = f":c2 kg:about :e2 ; kg:eventType kgt:accusation ; {SOUND} ; kg:claimant :press ; kg:regarding :e1 ."
    alleged = f":c1 {ATTACK} ; {SOUND} ; kg:claimant :state ; kg:relayedBy :press . {accusation}"
    assert view(alleged) == [":e2 rdf:type kg:Accusation", ":e2 kgd:regarding :e1"]
    told = f":c1 {ATTACK} ; {SOUND} ; kg:claimant :press . {accusation}"
    assert ":e1 rdf:type kg:Attack" in view(told)


def test_relations_and_posts_that_nobody_denies_go_in() -> None:
    supports = f":c1 kg:subject :a ; kg:relation kgt:supports ; kg:object :b ; {SOUND} ."
    holds = f":c2 kg:subject :p ; kg:relation kgt:holds-post ; kg:object :post ; {SOUND} ."
    denial = ":c3 kg:subject :a ; kg:relation kgt:supports ; kg:object :b ; kg:polarity kgt:denied ; kg:modality kgt:opinion ."
    other = ":c4 kg:subject :a ; kg:relation kgt:opposes ; kg:object :b ; kg:polarity kgt:denied ; kg:modality kgt:factual ."
    assert view(supports + holds + other) == [":a kgd:supports :b", ":p kgd:holds-post :post"]
    assert view(supports + holds + denial) == [":p kgd:holds-post :post"]


def test_a_disputed_place_is_part_of_nothing() -> None:
    part = f":c1 kg:subject :valley ; kg:relation kgt:part-of ; kg:object :land ; {SOUND} ."
    dispute = f":c2 kg:subject :rival ; kg:relation kgt:disputes ; kg:object :valley ; {SOUND} ."
    assert view(part) == [":valley kgd:part-of :land"]
    assert view(part + dispute) == [":rival kgd:disputes :valley"]


def test_every_event_type_has_its_class() -> None:
    text = next(path for path in direct_files() if path.stem == "events").read_text(encoding="utf-8")
    for event_type in EVENT_TYPES:
        name = "".join(part.capitalize() for part in event_type.split("-"))
        assert f"(kgt:{event_type} kg:{name})" in text
