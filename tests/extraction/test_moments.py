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


def events_of(folder: Path, language: str, published: str, text: str) -> list[EventClaim]:
    path = folder / "report.md"
    header = f"---\ntitle: Report\npublisher: Agency\ndate: {published}\nlanguage: {language}\n---\n"
    path.write_text(f"{header}{text}\n", encoding="utf-8")
    report = next(iter(read_reports(path)))
    return [claim for claim in extract(report, analyze(report, language)) if isinstance(claim, EventClaim)]


def times_of(folder: Path, language: str, published: str, text: str) -> set[tuple[str, str | None]]:
    claims = events_of(folder, language, published, text)
    return {(claim.type, claim.time.edtf if claim.time else None) for claim in claims}


@pytest.mark.parametrize(("language", "published", "text", "events"), CASES)
def test_each_event_has_its_own_time(
    tmp_path: Path, language: str, published: str, text: str, events: list[str]
) -> None:
    found = times_of(tmp_path, language, published, text)
    for event in events:
        kind, edtf = event.split("=")
        assert (kind, None if edtf == "-" else edtf) in found


@pytest.mark.parametrize(
    ("language", "text", "type_", "length"),
    [
        ("en", "The negotiations in Geneva lasted barely an hour.", "negotiation", "an hour"),
        ("fr", "Assiégée pendant dix-huit mois, la ville est tombée.", "blockade", "pendant dix-huit mois"),
        ("fr", "La ville a été bombardée pendant plusieurs jours.", "attack", None),
        ("en", "He was jailed for three years for attacking a barracks.", "attack", None),
        ("en", "The minister called for a ceasefire for 30 days.", "ceasefire", None),
    ],
)
def test_a_counted_length_of_what_was_done_is_a_time_without_bounds(
    tmp_path: Path, language: str, text: str, type_: str, length: str | None
) -> None:
    times = [claim.time for claim in events_of(tmp_path, language, "2023-06-28", text) if claim.type == type_]
    assert [time and (time.text, time.earliest, time.latest) for time in times] == [length and (length, None, None)]


def test_there_are_sentences_to_examine() -> None:
    assert len(CASES) >= 70
