"""Which time belongs to which event, in sentences of our own."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.extraction import extract
from kg.language import analyze
from kg.records import EventClaim
from kg.sources import read_reports

DATA = Path(__file__).with_name("data")


def cases() -> list[object]:
    found: list[object] = []
    for language in ("fr", "en"):
        lines = (DATA / f"moments-{language}.tsv").read_text(encoding="utf-8").splitlines()
        for line in [line for line in lines if not line.startswith("#")][1:]:
            published, text, events = line.split("\t")
            found.append(pytest.param(language, published, text, events.split(), id=text))
    return found


CASES = cases()


def times_of(folder: Path, language: str, published: str, text: str) -> set[tuple[str, str | None]]:
    path = folder / "report.md"
    header = f"---\ntitle: Report\npublisher: Agency\ndate: {published}\nlanguage: {language}\n---\n"
    path.write_text(f"{header}{text}\n", encoding="utf-8")
    report = next(iter(read_reports(path)))
    claims = [claim for claim in extract(report, analyze(report, language)) if isinstance(claim, EventClaim)]
    return {(claim.type, claim.time.edtf if claim.time else None) for claim in claims}


@pytest.mark.parametrize(("language", "published", "text", "events"), CASES)
def test_each_event_has_its_own_time(
    tmp_path: Path, language: str, published: str, text: str, events: list[str]
) -> None:
    found = times_of(tmp_path, language, published, text)
    for event in events:
        kind, edtf = event.split("=")
        assert (kind, None if edtf == "-" else edtf) in found


def test_there_are_sentences_to_examine() -> None:
    assert len(CASES) >= 70
