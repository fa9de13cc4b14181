"""Where quoted words stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.language_model.locating import MOST_DISTANCE, find_places, normalise

TEXT = "Le ministère de la Défense a dit que l’armée avait tué 12 soldats à Berdiansk ; « rien de plus »."


def words(quote: str, text: str = TEXT) -> list[tuple[str, str, int]]:
    return [(text[slice(*p.span)], p.how, p.distance) for p in find_places(text, quote, (0, len(text)))]


@pytest.mark.parametrize(
    ("quote", "found", "how"),
    [
        ("a dit que", "a dit que", "exact"),
        ("  a dit que ", "a dit que", "exact"),
        ("l'armée avait tué", "l’armée avait tué", "normalised"),
        ("LE MINISTÈRE DE LA DÉFENSE", "Le ministère de la Défense", "normalised"),
        ("Berdiansk ; “ rien", "Berdiansk ; « rien", "normalised"),
        ("Le ministere de la Défense a dit", "Le ministère de la Défense a dit", "approximate"),
        ("que l’armée avait tue 12 soldats", "que l’armée avait tué 12 soldats", "approximate"),
    ],
)
def test_words_are_found_in_the_first_of_three_ways(quote: str, found: str, how: str) -> None:
    assert [(text, way) for text, way, _ in words(quote)] == [(found, how)]


@pytest.mark.parametrize(
    "quote",
    [
        "",
        "   ",
        "Moscou",
        "soldat",
        "erdiansk",
        "que l’armée avait tué 13 soldats à Berdiansk",
        "The ministry of defence said",
        "tuè",
        "Le ministère de la Défense a dit que la flotte avait tué 12 soldats",
    ],
    ids=[
        "nothing",
        "spaces",
        "absent",
        "part of a word",
        "end of a word",
        "figure",
        "translated",
        "short",
        "other words",
    ],
)
def test_what_is_not_there_is_not_found(quote: str) -> None:
    assert words(quote) == []


def test_every_place_is_found_in_order() -> None:
    assert [p.span for p in find_places("un, deux, un", "un", (0, 12))] == [(0, 2), (10, 12)]


def test_only_the_window_is_looked_through() -> None:
    assert [p.span for p in find_places("un, deux, un", "un", (3, 12))] == [(10, 12)]


def test_an_approximate_place_among_two_is_none() -> None:
    sentence = "the army shelled the village at dawn"
    assert words(sentence.replace("shelled", "sheled"), f"{sentence}, and {sentence}") == []


@given(st.text(max_size=80), st.integers(0, 80), st.integers(0, 80))
def test_a_normalised_text_has_the_same_length_and_its_parts_are_found(text: str, start: int, end: int) -> None:
    assert len(normalise(text)) == len(text)
    quote = text[start:end]
    for place in find_places(text, quote, (0, len(text))):
        assert normalise(text[slice(*place.span)]) == normalise(quote.strip()) or place.how == "approximate"


@given(st.text("abc déf1 ’", min_size=30, max_size=90), st.text("abc déf1 ’", min_size=25, max_size=60))
def test_what_is_found_differs_by_no_more_than_is_told(text: str, quote: str) -> None:
    for place in find_places(text, quote, (0, len(text))):
        assert place.distance <= MOST_DISTANCE
        if place.how == "approximate":
            assert _distance(normalise(text[slice(*place.span)]), normalise(quote.strip())) == place.distance


def _distance(a: str, b: str) -> int:
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        previous, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            previous, row[j] = row[j], min(previous + (x != y), row[j] + 1, row[j - 1] + 1)
    return row[-1]
