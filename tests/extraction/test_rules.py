"""From a report to claims: what holds of every claim that the rules find, on reports of ours and on any text."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.claims import dump_claim
from kg.cli import run
from kg.extraction import extract
from kg.graph import Concepts, build_document
from kg.iris import Minter
from kg.language import analyze
from kg.linking import Linker, Registry
from kg.ontology import vocabulary_triples
from kg.records import Claim, Document, Report
from kg.resources import entity_files
from kg.sources import read_reports
from kg.validation import DocumentRules, ShapesValidator, check_passages
from kg.vocab import DEFAULT_BASE

TESTS = Path(__file__).parents[1]
FILES = sorted(
    [
        *(TESTS / "gold").glob("[ef][nr]-*.md"),
        *(TESTS.parent / "reports").glob("*-[ef][nr].md"),
        *(TESTS / "language" / "data" / "reports").glob("*.txt"),
    ]
)


def claims_of(report: Report, language: str | None = None) -> list[Claim]:
    """What the rules find."""
    return list(extract(report, analyze(report, language)))


def read(path: Path) -> Report:
    return next(iter(read_reports(path)))


def invented(text: str) -> Report:
    """A report of any text."""
    return Report(text=text, sha256=hashlib.sha256(text.encode()).hexdigest(), path="any", date="2024-05-12")


@pytest.fixture(scope="module")
def found() -> dict[Path, list[Claim]]:
    """The claims of every report of ours."""
    reports = {path: claims_of(read(path), path.name[:2] if path.suffix == ".txt" else None) for path in FILES}
    assert len(reports) >= 30
    return reports


def test_the_rules_find_claims_of_every_kind_in_every_report(found: dict[Path, list[Claim]]) -> None:
    assert all(len(claims) >= 5 for claims in found.values())
    assert {claim.kind for claims in found.values() for claim in claims} == {"event", "relation", "post", "stance"}


def test_every_passage_is_literally_there(found: dict[Path, list[Claim]]) -> None:
    for path, claims in found.items():
        wrong = [f for f in check_passages(claims, read(path).text) if f.severity == "violation"]
        assert wrong == [], path


def test_every_claim_conforms_to_the_shapes_and_the_rules(found: dict[Path, list[Claim]]) -> None:
    registry = Registry(entity_files())
    linker = Linker(registry, Minter(DEFAULT_BASE))
    validator, rules = ShapesValidator(context=vocabulary_triples()), DocumentRules()
    for path, claims in found.items():
        report = read(path)
        document = Document(sha256=report.sha256, publisher="Example Press", language=path.name[:2], text=report.text)
        graph = build_document(document, claims, linker, Concepts())
        whole = [*graph.triples(), *registry.describe(graph.references)]
        broken = [*validator.validate(whole, document=document.key), *rules.validate(whole)]
        assert [f for f in broken if f.severity == "violation"] == [], path


def test_who_is_said_to_claim_something_is_named_in_the_report(found: dict[Path, list[Claim]]) -> None:
    for path, claims in found.items():
        text = read(path).text
        for claim in claims:
            if claim.claimant:
                start, end = claim.claimant.span
                assert text[start:end] == claim.claimant.text


def test_every_claim_says_which_rule_found_it(found: dict[Path, list[Claim]]) -> None:
    methods = [claim.method for claims in found.values() for claim in claims]
    assert all(method and method.extractor == "rules" and method.rule for method in methods)


def test_the_same_report_gives_the_same_claims_under_any_hash_seed(found: dict[Path, list[Claim]]) -> None:
    path = next(path for path in FILES if path.name == "karabakh-fr.md")
    command = [sys.executable, "-m", "kg", "extract", str(path)]
    for seed in ("1", "4711"):
        done = subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True)
        assert done.stdout.decode("utf-8").splitlines() == [dump_claim(claim) for claim in found[path]]


WORDS = st.sampled_from(
    "The army said that « » “ ” , . : rebels killed at least 12 soldiers near Goma on Tuesday , according to Mr Keita . "
    "Le ministère a affirmé que deux civils ont été tués mardi par des tirs , selon l’armée . Kiev accuse Moscou d’avoir "
    "attaqué \n\n – ( ) qui dont who which and et mais not n’ pas".split(" ")
)


@pytest.mark.parametrize("language", ["en", "fr"])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.one_of(st.lists(WORDS, max_size=60).map(" ".join), st.text(max_size=200)))
def test_any_text_is_read_without_an_exception_and_its_claims_are_sound(language: str, text: str) -> None:
    text = "".join(c for c in text if c != "\0" and not "\ud800" <= c <= "\udfff")
    claims = claims_of(invented(text), language)
    assert [f for f in check_passages(claims, text) if f.severity == "violation"] == []


# --------------------------------------------------------------------------- how good they are


def test_no_layer_sinks_below_its_floor(capsys: pytest.CaptureFixture[str]) -> None:
    gold = TESTS / "gold"
    assert run(["eval", str(gold), "--floor", str(gold / "floors.toml")]) == 0, capsys.readouterr().err


# --------------------------------------------------------------------------- the commands


def test_extract_writes_claim_records_to_a_file(tmp_path: Path) -> None:
    report = TESTS.parent / "reports" / "karabakh-en.md"
    assert run(["extract", str(report), "-o", str(tmp_path / "a.claims.jsonl")]) == 0
    lines = (tmp_path / "a.claims.jsonl").read_text(encoding="utf-8").splitlines()
    assert lines == [dump_claim(claim) for claim in claims_of(read(report))]


def test_review_shows_each_sentence_with_its_claims(capsys: pytest.CaptureFixture[str]) -> None:
    report = TESTS.parent / "reports" / "karabakh-en.md"
    assert run(["review", str(report)]) == 0
    out = capsys.readouterr().out
    assert "Our units used neither artillery nor drones" in out
    assert "attack" in out


def sentences() -> Iterator[tuple[str, str]]:
    """Sentences in which nothing happens that a claim could be about."""
    yield "en", "The museum opens at nine and closes at five."
    yield "fr", "Le musée ouvre à neuf heures et ferme à dix-sept heures."


@pytest.mark.parametrize(("language", "text"), list(sentences()))
def test_what_claims_nothing_gives_no_event(language: str, text: str) -> None:
    assert [claim for claim in claims_of(invented(text), language) if claim.kind == "event"] == []
