"""Passages in their sentences."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.explanation import Quotation, Texts
from kg.project import read_project
from tests import invented
from tests.cli.conftest import FRONT, write_project


@pytest.fixture
def texts(tmp_path: Path) -> Texts:
    return Texts(read_project(write_project(tmp_path) / "kg.toml"))


def at(words: str) -> tuple[int, int]:
    start, end = invented.span(words)
    return start, end


def test_a_passage_stands_in_its_sentence_with_the_cue_marked(texts: Texts) -> None:
    passage, cue = at("Two soldiers were killed on Friday near Kalvar"), at("the defence ministry of Ruritania said")
    found = texts.quote(invented.DIGEST, [passage], cue)
    assert found.marked() == (
        "[Two soldiers were killed on Friday near Kalvar], {the defence ministry of Ruritania said}."
    )


def test_passages_of_two_sentences_are_joined_or_parted(texts: Texts) -> None:
    found = texts.quote(invented.DIGEST, [at("Two soldiers"), at("disputes")], None)
    marked = found.marked()
    assert marked is not None
    assert marked.startswith("[Two soldiers] were killed")
    assert marked.endswith("said. … Strelsau [disputes] the Kalvar ridge.")
    assert found.marked(("<b>", "</b>")) == marked.replace("[", "<b>").replace("]", "</b>")


def test_marks_that_meet_or_cross_keep_their_order(texts: Texts) -> None:
    passage, cue = at("Ada Lorne told reporters"), at("army spokeswoman Ada Lorne")
    marked = texts.quote(invented.DIGEST, [passage], cue).marked()
    assert marked is not None
    assert "{army spokeswoman [Ada Lorne} told reporters]" in marked


def test_a_text_that_is_not_at_hand_is_not_quoted(tmp_path: Path) -> None:
    texts = Texts(read_project(write_project(tmp_path, text=None) / "kg.toml"))
    found = texts.quote(invented.DIGEST, [(0, 5)], None)
    assert found == Quotation(((0, 5),), None)
    assert found.marked() is None


def test_a_text_is_found_by_its_digest_alone(texts: Texts) -> None:
    assert texts.text(invented.DIGEST) == invented.TEXT
    assert texts.text("0" * 64) is None


def test_texts_without_claims_beside_them_are_found_too(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    (project / "reports" / "border.claims.jsonl").unlink()
    other = "A second report.\n"
    (project / "reports" / "all.md").write_text(FRONT + other, encoding="utf-8")
    texts = Texts(read_project(project / "kg.toml"))
    digests = [hashlib.sha256(text.encode()).hexdigest() for text in (invented.TEXT, other, invented.TEXT)]
    assert [texts.text(digest) for digest in digests] == [invented.TEXT, other, invented.TEXT]
    assert texts.text("0" * 64) is None


@given(st.tuples(st.integers(0, 150), st.integers(1, 40)), st.tuples(st.integers(0, 150), st.integers(1, 40)))
def test_marks_add_nothing_but_themselves(one: tuple[int, int], other: tuple[int, int]) -> None:
    spans = [(start, start + length) for start, length in (one, other)]
    found = Quotation(tuple(spans), None, ((0, len(invented.TEXT)),), invented.TEXT)
    marked = found.marked(("\N{LEFT WHITE SQUARE BRACKET}", "\N{RIGHT WHITE SQUARE BRACKET}"))
    assert marked is not None
    plain = marked.replace("\N{LEFT WHITE SQUARE BRACKET}", "").replace("\N{RIGHT WHITE SQUARE BRACKET}", "")
    assert "".join(plain.split()) == "".join(invented.TEXT.split())
