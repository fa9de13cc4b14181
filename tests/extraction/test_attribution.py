"""Attribution: who says what, in which words; and words of saying that say nothing."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

import pytest

from kg.extraction.attribution.finding import find_attributions
from kg.extraction.parsing import read
from kg.language import analyze
from kg.records import Report

DATA = Path(__file__).with_name("data")


def rows(language: str) -> list[dict[str, str]]:
    lines = [
        line
        for line in (DATA / f"attributions-{language}.tsv").read_text(encoding="utf-8").splitlines()
        if line[:1] != "#"
    ]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


CASES = [(language, row) for language in ("en", "fr") for row in rows(language)]


def said(text: str, language: str) -> list[tuple[list[str], str, str]]:
    """The attributions of a text: speakers, cue and what is said, as their words with spaces between them."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    report = Report(text=text, sha256=digest, path="any", date="2024-05-12", language=language)
    reading, asides = read(report, analyze(report, language), None)
    words = [token.text for token in reading.text.analysis.tokens]
    return [
        (
            [" ".join(words[p.first : p.last]) for p in attribution.speakers],
            " ".join(words[slice(*attribution.cue)]),
            " ".join(" ".join(words[first:last]) for first, last in attribution.content),
        )
        for attribution in find_attributions(reading, asides)
    ]


@pytest.mark.parametrize(("language", "row"), CASES, ids=[row["text"] for _, row in CASES])
def test_it_is_known_who_says_what(language: str, row: dict[str, str]) -> None:
    found = said(row["text"], language)
    words = " ".join(token for token in row["said"].split())
    of_cue = [
        (speakers, content)
        for speakers, cue, content in found
        if row["cue"] in cue or row["cue"].split()[-1] in cue.split()
    ]
    if row["speaker"] == "-":
        assert [speakers for speakers, content in of_cue if speakers and words in content] == []
    else:
        assert any(speakers == row["speaker"].split("|") and words in content for speakers, content in of_cue), found
