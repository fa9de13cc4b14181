"""Quotations: marks, nesting, paragraphs."""

from __future__ import annotations

import pytest

from kg.analysis import Quotation
from kg.language import analyze


def _found(text: str, language: str = "fr") -> list[tuple[str, str | None, bool]]:
    quotations = analyze(text, language).quotations

    def inner(quotation: Quotation) -> str:
        return text[slice(*quotation.inner)]

    return [(inner(q), None if q.parent is None else inner(quotations[q.parent]), q.is_closed) for q in quotations]


@pytest.mark.parametrize("marks", ["«\u00a0»", "«»", "“”", '""', "''", "‘’", "‹›", "„“"])
def test_each_pair_of_marks_makes_a_quotation(marks: str) -> None:
    opening, closing = (marks[0], marks[-1]) if "\u00a0" not in marks else (marks[:2], marks[1:])
    assert _found(f"Il a dit {opening}oui{closing} hier.") == [("oui", None, True)]


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("« Il a dit “non” hier », assure-t-elle.", "non"),
        ("« Il a dit « non » hier », assure-t-elle.", "non"),
        ("\"Il a dit 'non' hier\", assure-t-elle.", "non"),
        ("‘He said “no” again,’ she said.", "no"),
    ],
)
def test_a_quotation_inside_another_knows_it(text: str, inner: str) -> None:
    outer, nested = _found(text)
    assert (outer[1], outer[2]) == (None, True)
    assert nested == (inner, outer[0], True)


def test_apostrophes_are_no_marks() -> None:
    assert _found("L'armée d'Al-Qa'ida n'a pas l'air d'y croire, l’armée non plus.") == []
    assert _found("‘The workers’ demand isn’t new,’ he said.", "en") == [("The workers’ demand isn’t new,", None, True)]


def test_a_quotation_goes_on_in_the_next_paragraph_that_begins_with_its_mark() -> None:
    text = "« Nous resterons ici.\n\n« Nous ne partirons pas », a-t-il dit."
    assert _found(text) == [("Nous resterons ici.\n\n« Nous ne partirons pas", None, True)]


def test_a_quotation_goes_on_in_a_paragraph_that_closes_it() -> None:
    text = "Le maire a écrit : « Nous resterons ici.\n\nNous ne partirons pas. »\n\nPuis il est parti."
    assert _found(text) == [("Nous resterons ici.\n\nNous ne partirons pas.", None, True)]


def test_a_quotation_that_nothing_closes_ends_with_its_paragraph() -> None:
    text = "« Nous resterons ici.\n\nLe maire est parti."
    assert _found(text) == [("Nous resterons ici.", None, False)]


def test_the_innermost_quotation_around_an_offset_is_found() -> None:
    text = "« Il a dit “non” hier », dit-il."
    analysis = analyze(text, "fr")
    assert analysis.quotation_at(text.index("non")) == 1
    assert analysis.quotation_at(text.index("hier")) == 0
    assert analysis.quotation_at(text.index("dit-il")) is None
