"""What holds of every text, however odd: texts of any characters, and texts put together from pieces of our own reports."""

from __future__ import annotations

import hashlib
import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kg.analysis import Analysis
from kg.claims import dump_claim
from kg.extraction import extract
from kg.graph import Concepts, build_document
from kg.iris import Minter
from kg.language import analyze
from kg.linking import Linker, Registry
from kg.ontology import concept_index, vocabulary_triples
from kg.records import Claim, Document, Report
from kg.resources import entity_files
from kg.sources import read_reports
from kg.validation import DocumentRules, ShapesValidator, check_passages
from kg.vocab import DEFAULT_BASE

TESTS = Path(__file__).parents[1]
LANGUAGES = ("en", "fr")
MARKS = (
    *"«»“”\"‘’'()[],;:.!?…–—-/%$€§•",
    *("« ", " »", ". ", ".\n\n", "\n", "\n\n", " – ", "…\n", "(AFP) – ", " (", ") ", ". « ", " », a-t-il dit, « "),
)
DATES = (
    *(
        "le 5 mai 2024",
        "mardi",
        "2024-05-12",
        "12/05/2024",
        "on Tuesday",
        "May 5-9",
        "last night",
        "à 18h30",
        "99/99/9999",
    ),
    *(
        "depuis décembre",
        "since 1991",
        "in 2099",
        "the 31st of February",
        "il y a trois jours",
        "at least 12",
        "1 200 000",
    ),
    *("une dizaine de", "9" * 40, "deux cent mille", "between 10 and 20", "IIIe", "½", "٣"),
)
ODD = (
    "\u00a0",
    "\u200b",
    "\ufeff",
    "e\u0301",
    "ﬁ",
    "İ",
    "ß",
    "ǅ",
    "👩‍🚀",
    "שלום",
    "漢字",
    "\t",
    "\r\n",
    "\u2028",
    "\x0b",
    "\x1f",
    "_",
    "#",
)
NEAR = 2
"""How many paragraphs from a passage who says it may stand: a colon may be one between ``said`` and what is quoted."""
SIZES = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@cache
def pieces(language: str) -> tuple[str, ...]:
    """Words and runs of words of our reports in a language."""
    paths = sorted((TESTS / "gold").glob(f"{language}-*.md")) + sorted(
        (TESTS.parent / "reports").glob(f"*-{language}.md")
    )
    assert len(paths) >= 7
    texts = [next(iter(read_reports(path))).text for path in paths]
    runs = [run.strip() for text in texts for run in re.split(r"(?<=[.!?,;:»”])\s|\n", text) if run.strip()]
    return tuple(dict.fromkeys([*runs, *(word for text in texts for word in text.split())]))


def put_together(language: str) -> st.SearchStrategy[str]:
    """Texts of pieces of reports, marks, dates and odd characters, with blanks between them or not."""
    piece = st.one_of(
        st.sampled_from(pieces(language)), st.sampled_from(MARKS), st.sampled_from(DATES), st.sampled_from(ODD)
    )
    joints = st.sampled_from((" ", " ", " ", "", "\n", "\n\n"))
    return st.lists(st.tuples(piece, joints), max_size=40).map(lambda pairs: "".join(a + b for a, b in pairs))


ANY = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=200)


def report_of(text: str, language: str) -> Report:
    """A report of any text, of a day, of a month or of no date."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    date = ("2024-05-12", "2024-05", None)[len(text) % 3]
    return Report(text=text, sha256=digest, path="any", date=date, language=language)


def claims_of(text: str, language: str) -> tuple[Analysis, list[Claim]]:
    """The analysis of a text and what the rules find in it."""
    report = report_of(text, language)
    analysis = analyze(report, language)
    return analysis, list(extract(report, analysis))


class Checker:
    """The shapes and rules that a document's graph has to satisfy, compiled once."""

    def __init__(self) -> None:
        self.registry = Registry(entity_files())
        self.linker = Linker(self.registry, Minter(DEFAULT_BASE))
        self.concepts = Concepts(concept_index("instruments"), concept_index("post-types"))
        self.validator, self.rules = ShapesValidator(context=vocabulary_triples()), DocumentRules()

    def violations(self, text: str, language: str, claims: list[Claim]) -> list[object]:
        """What the graph of these claims violates."""
        document = Document(
            sha256=hashlib.sha256(text.encode()).hexdigest(), publisher="Example Press", language=language, text=text
        )
        graph = build_document(document, claims, self.linker, self.concepts)
        triples = [*graph.triples(), *self.registry.describe(graph.references)]
        found = [*self.validator.validate(triples, document=document.key), *self.rules.validate(triples)]
        return [finding for finding in found if finding.severity == "violation"]


@pytest.fixture(scope="module", autouse=True)
def tables() -> None:
    """Read all tables before any text, so that a wrong table is one error and no search for the smallest text."""
    for language in LANGUAGES:
        claims_of("In May, 12 died.", language)


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker()


def check(checker: Checker, text: str, language: str) -> None:
    """Check all that holds of the claims of one text."""
    analysis, claims = claims_of(text, language)
    assert [f for f in check_passages(claims, text) if f.severity == "violation"] == []
    assert checker.violations(text, language, claims) == []
    for claim in claims:
        for start, end in claim.evidence:
            assert text[start:end].strip(), claim
        check_claimant(analysis, claim)


def check_claimant(analysis: Analysis, claim: Claim) -> None:
    """Who is said to claim something is named around the passage: in its paragraphs, its quotation's, or near them."""
    if claim.claimant is None:
        assert claim.cue is None
        return
    assert claim.cue is not None
    start, end = claim.claimant.span
    assert analysis.text[start:end] == claim.claimant.text
    first, last = around(analysis, claim.evidence)
    assert first - NEAR <= paragraph_of(analysis, start) <= last + NEAR, claim
    assert first - NEAR <= paragraph_of(analysis, claim.cue[0]) <= last + NEAR, claim
    if claim.claimant.type == "Person" and claim.claimant.id is None:
        assert claim.claimant.name.split()[-1].casefold() in analysis.text.casefold(), claim


def around(analysis: Analysis, evidence: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The first and the last paragraph of passages and of the quotations that they stand in."""
    offsets = [offset for first, last in evidence for offset in (first, last - 1)]
    for offset in tuple(offsets):
        at = analysis.quotation_at(offset)
        while at is not None:
            offsets += (analysis.quotations[at].start, analysis.quotations[at].end - 1)
            at = analysis.quotations[at].parent
    paragraphs = [paragraph_of(analysis, offset) for offset in offsets]
    return min(paragraphs), max(paragraphs)


def paragraph_of(analysis: Analysis, offset: int) -> int:
    number = analysis.paragraph_at(offset)
    assert number is not None
    return number


@pytest.mark.parametrize("language", LANGUAGES)
@given(text=ANY)
@example(text="")
@example(text=" \n\n\t")
@example(text="«“‘\"'([" * 30)
@example(text="de la " * 200)
@example(text="the army of " * 100)
@example(text="ARMY " * 200)
@example(text="he said that " * 100)
@example(text="9" * 3000)
@example(text="People’s Forces Hadrin Peskov Jeyhun KYIV Harrow TASS Nagorno-Karabakh")
@SIZES
def test_any_text_gives_sound_claims_and_no_exception(checker: Checker, language: str, text: str) -> None:
    check(checker, text, language)


@pytest.mark.parametrize("language", LANGUAGES)
@given(data=st.data())
@SIZES
def test_pieces_of_reports_in_any_order_give_sound_claims(checker: Checker, language: str, data: st.DataObject) -> None:
    check(checker, data.draw(put_together(language)), language)


@given(data=st.data())
@SIZES
def test_rows_of_capitalised_words_give_sound_claims(checker: Checker, data: st.DataObject) -> None:
    words = [word for word in pieces("en") if word[0].isupper() and " " not in word]
    assert len(words) > 300
    check(checker, " ".join(data.draw(st.lists(st.sampled_from(words), max_size=80))), "en")


@given(data=st.data())
@SIZES
def test_a_text_in_the_other_language_gives_sound_claims(checker: Checker, data: st.DataObject) -> None:
    check(checker, data.draw(put_together("fr")), "en")


@pytest.mark.parametrize("language", LANGUAGES)
@given(data=st.data())
@SIZES
def test_a_text_gives_the_same_bytes_again_whatever_was_read_between(language: str, data: st.DataObject) -> None:
    text, between = data.draw(put_together(language)), data.draw(put_together(language))
    first = [dump_claim(claim) for claim in claims_of(text, language)[1]]
    claims_of(between, language)
    assert [dump_claim(claim) for claim in claims_of(text, language)[1]] == first


# --------------------------------------------------------------------------- other processes

CHILD = """
import json, sys
from tests.extraction.test_invariants import claims_of, dump_claim
for language, text in json.load(sys.stdin):
    print(json.dumps([dump_claim(claim) for claim in claims_of(text, language)[1]]))
"""


def drawn_texts() -> list[tuple[str, str]]:
    """Texts that are the same in every process: whole reports of ours, and pieces of them in a drawn order."""
    draw = random.Random(20241123)  # noqa: S311 - test data, not a secret
    texts = []
    for language in LANGUAGES:
        own = pieces(language)
        for _ in range(40):
            parts = [draw.choice(draw.choice((own, own, own, MARKS, DATES, ODD))) for _ in range(30)]
            texts.append((language, "".join(part + draw.choice((" ", " ", "", "\n\n")) for part in parts)))
        texts += [(language, "\n\n".join(own[at : at + 30])) for at in range(0, 300, 30)]
    return texts


def test_a_text_gives_the_same_bytes_under_any_hash_seed() -> None:
    texts = drawn_texts()
    here = [json.dumps([dump_claim(claim) for claim in claims_of(text, language)[1]]) for language, text in texts]
    assert sum(map(len, here)) > 10_000
    for seed in ("0", "1", "4711"):
        done = subprocess.run(
            [sys.executable, "-c", CHILD],
            input=json.dumps(texts),
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=TESTS.parent,
            capture_output=True,
            check=True,
            text=True,
            encoding="utf-8",
        )
        assert done.stdout.splitlines() == here
