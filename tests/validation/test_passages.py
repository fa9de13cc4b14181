"""Claim records against the text of their report: each check, and what it must leave alone."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from kg.records import Finding
from kg.validation.passages import CHECKS, check_passages
from kg.vocab import KGS
from tests import invented
from tests.invented import DIGEST, TEXT, attack, claim, entity, post, relation, span, stance


def check(*records: dict[str, Any], text: str = TEXT) -> tuple[Finding, ...]:
    return check_passages([claim(r) for r in records], text)


def told(findings: tuple[Finding, ...]) -> list[tuple[str, str | None, str | None]]:
    """The check, the field and the value of each finding."""
    return [(f.check.removeprefix(KGS), f.path, f.value) for f in findings]


def moved(mention: dict[str, Any], by: int = 1) -> dict[str, Any]:
    """A mention whose span is a little off."""
    start, end = mention["span"]
    return mention | {"span": [start + by, end + by]}


def test_records_that_quote_their_text_are_not_remarked_on() -> None:
    assert check(*invented.records()) == ()
    assert check() == ()


CASES: dict[str, list[tuple[dict[str, Any], str | None, str | None]]] = {
    "passage-digest": [(relation(document="0" * 64), "document", "0" * 64)],
    "passage-within-text": [
        (relation(evidence=[span("Strelsau"), [0, len(TEXT) + 1]]), "evidence.1", f"0:{len(TEXT) + 1}"),
        (relation(claimant=entity("army", "ArmedForce"), cue=[5, 9000]), "cue", "5:9000"),
        (relation(subject=entity("Strelsau", "State") | {"span": [9000, 9008]}), "subject.span", "9000:9008"),
        (attack(time=attack()["time"] | {"span": [9000, 9009]}), "time.span", "9000:9009"),
        (attack(regarding=["e1", entity("Kalvar", "Place") | {"span": [9000, 9006]}]), "regarding.1.span", "9000:9006"),
    ],
    "passage-entity": [
        (relation(subject=moved(entity("Strelsau", "State"))), "subject.text", "Strelsau"),
        (relation(object=entity("Kalvar ridge", "Place") | {"text": "kalvar ridge"}), "object.text", "kalvar ridge"),
        (
            attack(location=[entity("Kalvar", "Place"), moved(entity("Kalvar", "Place"), -1)]),
            "location.1.text",
            "Kalvar",
        ),
        (
            attack(roles=attack()["roles"] | {"victim": [moved(entity("Two soldiers", "Group"))]}),
            "roles.victim.0.text",
            "Two soldiers",
        ),
        (stance(claimant=moved(entity("Ada Lorne", "Person"))), "claimant.text", "Ada Lorne"),
        (stance(regarding=[moved(entity("Strelsau", "State"))]), "regarding.0.text", "Strelsau"),
        (post(person=moved(entity("Ada Lorne", "Person"))), "person.text", "Ada Lorne"),
        (post(organization=moved(entity("army", "ArmedForce"))), "organization.text", "army"),
    ],
    "passage-time": [
        (attack(time=attack()["time"] | {"text": "Friday"}), "time.text", "Friday"),
        (relation(time=moved(attack()["time"])), "time.text", "on Friday"),
    ],
    "passage-quote": [
        (stance(quote=span("border is quiet,")), "quote", ":".join(map(str, span("border is quiet,")))),
        (stance(quote=span("Strelsau disputes")), "quote", ":".join(map(str, span("Strelsau disputes")))),
        (
            stance(evidence=[span("The border"), span("is quiet")]),
            "quote",
            ":".join(map(str, span("The border is quiet"))),
        ),
    ],
    "passage-post": [
        (post(post="foreign minister"), "post", "foreign minister"),
        (post(post="disputes"), "post", "disputes"),
    ],
    "passage-instrument": [
        (attack(instrument=["killed", "drones"]), "instrument.1", "drones"),
        (attack(instrument=["border"]), "instrument.0", "border"),
    ],
}


@pytest.mark.parametrize(
    ("name", "record", "path", "value"), [(name, *case) for name, cases in CASES.items() for case in cases]
)
def test_a_passage_that_is_not_so_is_found(
    name: str, record: dict[str, Any], path: str | None, value: str | None
) -> None:
    (finding,) = check(record)
    assert told((finding,)) == [(name, path, value)]
    assert (finding.document, finding.focus) == (record["document"][:16], record["id"])
    assert (finding.severity, finding.message_en, finding.message_fr) == CHECKS[name]


def test_every_check_of_records_has_its_case() -> None:
    of_graphs = {"passage-words"}  # see test_dataset
    assert CASES.keys() == CHECKS.keys() - of_graphs
    assert {severity for severity, _, _ in CHECKS.values()} == {"violation", "warning"}
    assert all(en.endswith(".") and fr.endswith(".") and en != fr for _, en, fr in CHECKS.values())


def test_a_finding_points_at_the_words_that_it_concerns() -> None:
    (wrong,) = check(relation(subject=moved(entity("Strelsau", "State"))))
    start, end = span("Strelsau")
    assert wrong.passage == (start + 1, end + 1)
    (far,) = check(post(post="foreign minister"))
    assert far.passage == tuple(span("army spokeswoman Ada Lorne"))
    (other,) = check(relation(document="0" * 64))
    assert other.passage is None


def test_a_claim_about_another_text_is_not_looked_at_further() -> None:
    assert [check for check, _, _ in told(check(relation(document="0" * 64, evidence=[[0, 9000]])))] == [
        "passage-digest"
    ]


def test_what_lies_outside_the_text_is_found_once_for_each_field() -> None:
    wrong = stance(evidence=[[0, 9000]], quote=[8000, 8010], regarding=[moved(entity("Strelsau", "State"))])
    assert told(check(wrong)) == [
        ("passage-entity", "regarding.0.text", "Strelsau"),
        ("passage-within-text", "evidence.0", "0:9000"),
        ("passage-within-text", "quote", "8000:8010"),
    ]


def test_a_passage_may_end_with_the_text() -> None:
    assert check(relation(evidence=[[0, len(TEXT)]])) == ()


@pytest.mark.parametrize(
    "record",
    [
        post(post="Army Spokeswoman"),
        post(post="army  spokeswoman"),
        post(post="spokeswoman", evidence=[span("Ada Lorne")]),
        post(post="reporters", evidence=[span("border")]),
        post(post="Defence Ministry", evidence=[span("soldiers")]),
        attack(instrument=["near Kalvar"]),
        attack(instrument=["the defence\nministry"]),
        attack(instrument=[]),
    ],
)
def test_words_without_a_span_stand_anywhere_in_the_sentences_of_the_evidence(record: dict[str, Any]) -> None:
    assert check(record) == ()


def test_a_quotation_lies_within_one_passage_of_the_evidence() -> None:
    assert check(stance(evidence=[span("Strelsau"), span("The border is quiet")])) == ()
    assert check(stance(quote=span("border"))) == ()


SENTENCES = "Le ministre « d’État » parle. Il part ! L’armée tire… « Oui. » dit-il\nLe général nie"


@pytest.mark.parametrize(
    ("evidence", "words", "is_near"),
    [
        ("parle", "ministre « d'État »", True),
        ("Le ministre", "parle.", True),
        ("parle", "Il part", False),
        ("Il part", "ministre", False),
        ("Il part", "L'ARMÉE", False),
        ("armée", "tire", True),
        ("tire", "oui", False),
        ("dit", "oui", False),
        ("dit", "général", False),
        ("nie", "général", True),
        ("Le général", "nie", True),
        ("part ! L", "armée tire", True),
        ("part ! L", "ministre", False),
    ],
)
def test_a_sentence_ends_at_its_mark_or_at_the_line(evidence: str, words: str, is_near: bool) -> None:  # noqa: FBT001 - a table
    digest = hashlib.sha256(SENTENCES.encode()).hexdigest()
    start = SENTENCES.index(evidence)
    who = entity("army", "ArmedForce") | {
        "text": "armée",
        "span": [SENTENCES.index("armée"), SENTENCES.index("armée") + 5],
    }
    record = post(
        document=digest,
        evidence=[[start, start + len(evidence)]],
        post=words,
        person=who | {"type": "Person"},
        organization=None,
    )
    found = check(record, text=SENTENCES)
    assert told(found) == ([] if is_near else [("passage-post", "post", words)])


def test_offsets_count_code_points() -> None:
    text = "😀𝔘 Ada Lorne, reine"
    digest = hashlib.sha256(text.encode()).hexdigest()
    who = entity("Ada Lorne", "Person") | {"span": [3, 12]}
    record = post(document=digest, evidence=[[3, len(text)]], post="reine", person=who, organization=None)
    assert check(record, text=text) == ()
    assert [path for _, path, _ in told(check(record | {"person": who | {"span": [5, 14]}}, text=text))] == [
        "person.text"
    ]


def test_findings_are_sorted_and_each_is_there_once() -> None:
    wrong = relation(subject=moved(entity("Strelsau", "State")))
    twice = check(wrong, wrong, post(post="king"), attack(instrument=["drones", "drones"]))
    assert list(twice) == sorted(set(twice))
    assert told(twice) == [
        ("passage-instrument", "instrument.0", "drones"),
        ("passage-instrument", "instrument.1", "drones"),
        ("passage-post", "post", "king"),
        ("passage-entity", "subject.text", "Strelsau"),
    ]
    assert check(post(post="king"), wrong) == check(wrong, post(post="king"))


def test_a_digest_is_that_of_the_text_as_utf8() -> None:
    assert [name for name, _, _ in told(check(relation(), text=f"{TEXT}\n"))] == ["passage-digest"]
    assert [name for name, _, _ in told(check(relation(), text=TEXT.replace("\n", "\r\n")))] == ["passage-digest"]
    assert check(relation(document=DIGEST)) == ()
