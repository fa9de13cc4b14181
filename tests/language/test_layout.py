"""Paragraphs and their kinds, datelines."""

from __future__ import annotations

import pytest

from kg.language import analyze
from kg.records import Report

BODY = "Les habitants ont quitté la ville dans la nuit de mardi à mercredi, selon le maire de la commune voisine."


def _kinds(text: str, language: str = "fr") -> list[tuple[str, str]]:
    return [(p.kind, text[p.start : p.end]) for p in analyze(text, language).paragraphs]


def test_headline_standfirst_byline_heading_and_signature_are_told_from_the_body() -> None:
    text = "\n\n".join([
        "Trois morts près de Goma", "Les combats durent depuis lundi. Une trêve est demandée.", "Par Anne Lemaire, à Goma",
        f"GOMA, 6 mai (AFP) - {BODY}", "Un accord signé ?", BODY, "ab-cd/ef",
    ])  # fmt: skip
    assert [kind for kind, _ in _kinds(text)] == [
        "headline", "standfirst", "byline", "body", "heading", "body", "boilerplate",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "credit", ["ANNE LEMAIRE/AFP", "(AP Photo/Sam Okoro)", "REUTERS/Sam Okoro", "© Keystone", "Ana Lima via REUTERS"]
)
def test_a_credit_at_the_end_of_a_paragraph_makes_it_a_caption(credit: str) -> None:
    text = f"Trois morts\n\nUn drapeau flotte à la frontière. {credit}\n\n{BODY}"
    assert _kinds(text)[1:3] == [("caption", "Un drapeau flotte à la frontière."), ("credit", credit)]


def test_an_agency_that_is_only_named_is_no_credit() -> None:
    text = f"{BODY} Le maire l'a dit à l'AFP."
    assert _kinds(text) == [("body", text)]


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    words = (BODY + " " + BODY).split()
    lines, line = [], ""
    for word in words:
        if len(line) + len(word) > 60:
            lines.append(line.strip())
            line = ""
        line += word + " "
    text = "\n".join([*lines, line.strip()])
    assert len(text.split("\n")) > 3
    assert [kind for kind, _ in _kinds(text)] == ["body"]
    assert len(analyze(text, "fr").sentences) == 2


def test_lines_that_are_not_full_are_paragraphs_of_their_own() -> None:
    text = f"{BODY}\nUne trêve ?\n{BODY} {BODY}\n{BODY}"
    assert [kind for kind, _ in _kinds(text)] == ["body", "heading", "body", "body"]


def test_a_headline_that_lost_its_line_break_is_cut_off_before_the_article() -> None:
    text = (
        f"Quatre soldats ont été tués par des tirs ennemis L’armée a repris plusieurs villages du nord hier.\n\n{BODY}"
    )
    assert [kind for kind, _ in _kinds(text)] == ["headline", "standfirst", "body"]
    assert _kinds(text)[1][1].startswith("L’armée")


def test_a_title_after_its_noun_does_not_end_a_headline() -> None:
    text = f"Le président annonce dans le quotidien Le Monde une réforme de la loi électorale.\n\n{BODY}"
    assert [kind for kind, _ in _kinds(text)] == ["body", "body"]


def test_the_title_of_the_report_is_its_headline() -> None:
    text = f"Quatre soldats tués hier {BODY}"
    report = Report(text=text, sha256="0" * 64, path="a.txt", title="Quatre  soldats tués hier", language="fr")
    assert [(p.kind, p.start) for p in analyze(report).paragraphs] == [("headline", 0), ("standfirst", 25)]


@pytest.mark.parametrize(
    ("dateline", "place", "date", "agency"),
    [
        ("CAIRO (Reuters) -", "CAIRO", None, "Reuters"),
        ("RIYADH, 6 mai (Reuters) -", "RIYADH", "6 mai", "Reuters"),
        ("(Kyiv) –", "Kyiv", None, None),
        ("LA PAZ, Bolivia, Aug. 18 -", "LA PAZ, Bolivia", "Aug. 18", None),
        ("Genève (awp/ats) -", "Genève", None, "awp/ats"),
        ("BRUXELLES/KINSHASA (BELGA) -", "BRUXELLES/KINSHASA", None, "BELGA"),
        ("CAIRO (Agencies):", "CAIRO", None, "Agencies"),
        ("PORT-AU-PRINCE —", "PORT-AU-PRINCE", None, None),
    ],
)
def test_datelines_are_read(dateline: str, place: str | None, date: str | None, agency: str | None) -> None:
    text = f"Trois morts\n\n{dateline} {BODY}"
    found = analyze(text, "fr").dateline
    assert found is not None
    assert text[found.start : found.end] == dateline
    spans = (found.place, found.date, found.agency)
    assert tuple(span and text[slice(*span)] for span in spans) == (place, date, agency)


@pytest.mark.parametrize(
    "text", ["Liban : trois morts", f"Trois morts\n\n{BODY}", f"La ville - {BODY}", f"Le maire (élu) - {BODY}"]
)
def test_what_only_resembles_a_dateline_is_none(text: str) -> None:
    assert analyze(text, "fr").dateline is None
