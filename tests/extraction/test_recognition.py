"""Who and where, on invented sentences over an invented gazetteer: what is found, what is meant, who holds which post."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extraction.mentions import Mentions
from kg.extraction.names.gazetteer import Gazetteer
from kg.extraction.recognition import find_mentions
from kg.language import analyze

DATA = Path(__file__).with_name("data")


def table(name: str) -> list[dict[str, str]]:
    lines = [
        line for line in (DATA / name).read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")
    ]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def gazetteer() -> Gazetteer:
    return Gazetteer([DATA / "entities.ttl"])


def mentions(text: str, language: str) -> Mentions:
    return find_mentions(analyze(text, language), gazetteer())


def meant(found: Mentions, words: str) -> list[tuple[str, str]]:
    """The types and names of what the last mention with these words stands for."""
    named = [mention for mention in found if mention.text == words]
    return [(referent.type, referent.name) for referent in named[-1].referents] if named else []


CASES = [(language, row) for language in ("fr", "en") for row in table(f"mentions-{language}.tsv")]
POSTS = [(language, row) for language in ("fr", "en") for row in table(f"posts-{language}.tsv")]
REFERENCES = table("references.tsv")


def test_the_tables_hold_the_cases() -> None:
    assert len(CASES) >= 85
    assert len(POSTS) >= 22
    assert len(REFERENCES) >= 34


@pytest.mark.parametrize(
    ("language", "row"), CASES, ids=lambda value: str(value.get("sentence") if isinstance(value, dict) else value)
)
def test_words_stand_for_what_is_meant(language: str, row: dict[str, str]) -> None:
    found = mentions(row["sentence"], language)
    if row["type"] == "-":
        assert row["words"] not in [mention.text for mention in found]
        return
    names = row["name"].split(" + ")
    assert meant(found, row["words"]) == [(row["type"], name) for name in names], [(m.text, m.name) for m in found]


@pytest.mark.parametrize(
    ("language", "row"), POSTS, ids=lambda value: str(value.get("sentence") if isinstance(value, dict) else value)
)
def test_a_post_is_held_by_whom_it_stands_beside(language: str, row: dict[str, str]) -> None:
    found = mentions(row["sentence"], language)
    posts = [
        (found[p.person].text, p.words, found[p.organization].text if p.organization is not None else "-")
        for p in found.posts
    ]
    assert (row["person"], row["words"], row["organization"]) in posts


@pytest.mark.parametrize("row", REFERENCES, ids=lambda row: row["text"])
def test_words_that_refer_back_stand_for_what_was_told(row: dict[str, str]) -> None:
    found = mentions(row["text"], row["language"])
    names = [name for _, name in meant(found, row["words"])]
    assert names == ([] if row["names"] == "-" else row["names"].split(" + ")), [(m.text, m.name) for m in found]


# --------------------------------------------------------------------------- spelling and structure


def test_spelling_variants_of_a_name_meet_in_one_iri() -> None:
    spellings = (("Ilse Brandt est là.", "fr"), ("Ilze Brant is here.", "en"), ("ILSE BRANDT est là.", "fr"))
    iris = {mentions(text, language)[0].iri for text, language in spellings}
    assert iris == {"https://w3id.org/kg-news/id/agent/ilse-brandt"}


def test_an_unknown_name_has_no_iri_and_one_name_throughout() -> None:
    found = mentions("Lena Orsk spoke. Later Orsk left. “Orsk lied,” said a man.", "en")
    named = [mention for mention in found if "Orsk" in mention.text]
    assert [(mention.name, mention.iri) for mention in named] == [("Lena Orsk", None)] * 3
    assert [mention.refers_to for mention in named[1:]] == [(0,), (1,)]


def test_a_capital_has_both_readings_and_the_syntax_chooses() -> None:
    (party,) = [m for m in mentions("Elmport accuses Sudmark.", "en") if m.text == "Elmport"]
    (place,) = [m for m in mentions("They met in Elmport.", "en") if m.text == "Elmport"]
    assert (party.name, place.name) == ("Norland", "Elmport")
    for mention in (party, place):
        assert [(e.name, e.type) for e in mention.as_place()] == [("Elmport", "Place")]
        assert [(e.name, e.type) for e in mention.as_party()] == [("Norland", "State")]


def test_a_state_is_itself_as_a_place() -> None:
    (mention,) = [m for m in mentions("Shells fell in Norland.", "en") if m.text == "Norland"]
    assert [(e.name, e.type) for e in mention.as_place()] == [("Norland", "State")]


def test_a_phrase_holds_the_names_within_it_and_knows_its_owner() -> None:
    found = mentions("Sudmark’s general staff confirmed it.", "en")
    body, owner = found[0], found[1]
    assert (body.text, owner.text) == ("Sudmark’s general staff", "Sudmark")
    assert (owner.parent, body.owner, found.inside(0), found.around(1)) == (0, 1, (1,), (0,))
    assert found.outermost(body.first, body.last) == (0,)
    assert found.at(body.head) == 0


def test_a_count_keeps_its_bounds() -> None:
    (mention,) = [m for m in mentions("Au moins neuf civils ont fui.", "fr") if m.kind == "group"]
    assert mention.count is not None
    assert (mention.count.low, mention.count.high) == (9, None)


@pytest.mark.parametrize(
    ("text", "language", "part", "whole"),
    [
        ("Korvani, ville du nord du Brenn, est calme.", "fr", "Korvani", "Brenn"),
        ("La rencontre a eu lieu à Tarna (Norlande).", "fr", "Tarna", "Norlande"),
        ("Le village de Banka, dans le nord de la Norlande, brûle.", "fr", "village de Banka", "Norlande"),
        ("Shells fell on Beit Torva, in the north of Norland.", "en", "Beit Torva", "Norland"),
        ("Cette région disputée du Haut-Fen brûle.", "fr", "Cette région disputée du Haut-Fen", "Haut-Fen"),
    ],
)
def test_a_text_says_which_place_lies_in_which(text: str, language: str, part: str, whole: str) -> None:
    found = mentions(text, language)
    pairs = [(found[c.part].text, found[c.whole].text) for c in found.containments]
    assert (part, whole) in pairs


def test_bylines_and_credits_name_nobody() -> None:
    text = "Shelling in Norland\nBy JAN KOLL and ANNE KELLER\n\nELMPORT — Shells fell in Norland on Monday.\n"
    assert not [m for m in mentions(text, "en") if "KOLL" in m.text or "KELLER" in m.text]


def test_a_long_chain_of_owners_is_read_without_end() -> None:
    found = mentions("the army’s " * 3000 + "chief left.", "en")
    assert len(found) > 100


# --------------------------------------------------------------------------- any text

WORDS = (
    "Elmeport Elmport Norland norlandais Haut-Fen Sudmark’s Reed Front ministère ministry de la du des les the of et and "
    "Orsk Ilse Brandt président president homologue counterpart soldats soldiers quatre 1.160 12 il elle they it leurs "
    "its village province frontière border entre between deux two both parties sides ( ) « » “ ” , . ; : ’ ' - — (FSR) "
    "U.S. Mi-17 É"
)
PIECES = st.sampled_from([*WORDS.split(), "\n\n"])


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map(" ".join)), st.sampled_from(["fr", "en"]))
def test_any_text_gives_exact_spans_in_order_and_the_same_twice(text: str, language: str) -> None:
    found = mentions(text, language)
    for index, mention in enumerate(found):
        assert text[mention.start : mention.end] == mention.text != ""
        assert mention.first <= mention.head < mention.last
        assert all(antecedent < index for antecedent in mention.refers_to)
        assert mention.parent is None or mention.parent < index
    assert [m.span for m in found] == sorted([m.span for m in found], key=lambda span: (span[0], -span[1]))
    assert mentions(text, language) == found
