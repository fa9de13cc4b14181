"""Relations and those who hold posts, on sentences of ours written from the guide of claim records."""

from __future__ import annotations

import csv
import hashlib
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from kg.extraction import extract
from kg.extraction.frame_tables import load_relations
from kg.extraction.frames import RelationFrame
from kg.language import analyze
from kg.records import Claim, RelationClaim, Report
from kg.vocab import RELATIONS

DATA = Path(__file__).with_name("data")
LANGUAGES = ("fr", "en")
Told = set[tuple[str, str, str]]


def claims_of(text: str, language: str) -> list[Claim]:
    report = Report(
        text=text, sha256=hashlib.sha256(text.encode()).hexdigest(), path="any", date="2024-05-12", language=language
    )
    return list(extract(report, analyze(report, language)))


def relations_of(text: str, language: str) -> list[RelationClaim]:
    return [claim for claim in claims_of(text, language) if isinstance(claim, RelationClaim)]


def table(language: str) -> dict[str, Told]:
    """The relations of each sentence of a table."""
    path = DATA / f"relations-{language}.tsv"
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    told: dict[str, Told] = defaultdict(set)
    for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
        found = told[row["sentence"]]
        if row["relation"] != "-":
            found.add((row["relation"], row["subject"], row["object"]))
    return dict(told)


CASES = [(language, text, told) for language in LANGUAGES for text, told in table(language).items()]
FRAMES = [(language, frame) for language in LANGUAGES for frame in load_relations(language).all]


def test_the_tables_hold_every_relation_in_both_languages_and_look_alikes() -> None:
    for language in LANGUAGES:
        told = table(language)
        counts = Counter(relation for found in told.values() for relation, _, _ in found)
        assert set(counts) == set(RELATIONS)
        assert min(counts.values()) >= 8
        assert sum(not found for found in told.values()) >= 25


@pytest.mark.parametrize(("language", "text", "told"), CASES, ids=[text for _, text, _ in CASES])
def test_a_sentence_tells_its_relations_and_no_others(language: str, text: str, told: Told) -> None:
    assert {(c.relation, c.subject.name, c.object.name) for c in relations_of(text, language)} == told


@pytest.mark.parametrize(("language", "frame"), FRAMES, ids=[f"{lang}-{frame.name}" for lang, frame in FRAMES])
def test_a_frame_finds_its_example_and_not_the_look_alike(language: str, frame: RelationFrame) -> None:
    found = [(c.relation, c.method.rule) for c in relations_of(frame.example, language) if c.method is not None]
    assert (frame.relation, frame.name) in found
    assert frame.relation not in [c.relation for c in relations_of(frame.unlike, language)]


@pytest.mark.parametrize(
    ("text", "language", "modality", "polarity"),
    [
        ("Le Hezbollah, un allié de l'Iran, a refusé.", "fr", "factual", "affirmed"),
        ("La Hongrie n'est pas membre de l'Alliance des États du Sahel.", "fr", "factual", "denied"),
        ("Crimea is not part of Ukraine.", "en", "factual", "denied"),
        ("The Iran-backed Houthis refused.", "en", "presupposed", "affirmed"),
        ("Rwanda does not support the M23.", "en", "factual", "denied"),
    ],
)
def test_a_relation_is_meant_as_the_grammar_has_it(text: str, language: str, modality: str, polarity: str) -> None:
    assert [(c.modality, c.polarity) for c in relations_of(text, language)] == [(modality, polarity)]


def test_whoever_says_a_relation_is_its_claimant_but_not_of_an_epithet() -> None:
    (said,) = relations_of("Rwanda backs the M23, the United Nations said.", "en")
    assert said.claimant is not None
    assert said.claimant.name == "United Nations"
    (epithet,) = relations_of("“The Iran-backed Houthis lost,” the United Nations said.", "en")
    assert epithet.claimant is None


def test_to_be_opposed_to_a_party_rejects_nothing() -> None:
    kinds = [(c.kind, c.method.rule) for c in claims_of("The Amal Movement is opposed to Israel.", "en") if c.method]
    assert kinds == [("relation", "opposed")]
