"""What is said about each mistake, and in which sentence."""

from __future__ import annotations

from typing import Any

import pytest

from kg.evaluation import Mistake
from kg.evaluation.sentences import Sentences
from kg.evaluation.table import mistake_lines, mistakes_as_json
from tests import invented
from tests.evaluation import cases
from tests.evaluation.cases import NOWHERE, time, toll
from tests.evaluation.test_layers import EVENT, POST, RELATION, STANCE, planted

ATTACK = (0, 46)


def found(gold: list[Any], system: list[Any]) -> list[Mistake]:
    return list(cases.evaluation(gold, system, with_mistakes=True).mistakes[invented.DIGEST])


def told(which: int, **fields: Any) -> list[tuple[str, str, str | None, str | None]]:
    """The mistakes of a planted error, as measure, kind, expected and found."""
    return [
        (f"{m.layer}.{m.measure}", m.kind, m.expected, m.found)
        for m in found(invented.claims(), planted(which, fields))
    ]


def test_without_the_wish_nothing_is_listed() -> None:
    assert cases.evaluation(invented.claims(), []).mistakes == {}


def test_a_missed_event_and_a_spurious_one_are_told_once_each() -> None:
    assert found(invented.claims()[:1], []) == [
        Mistake(ATTACK, "events", "type", "missed", gold="c1", expected="attack")
    ]
    extra = cases.event(id="c9", evidence=[NOWHERE], type="war")
    assert found(invented.claims(), [*invented.claims(), extra]) == [
        Mistake((NOWHERE[0], NOWHERE[1]), "events", "type", "spurious", system="c9", found="war")
    ]


@pytest.mark.parametrize(
    ("which", "fields", "expected"),
    [
        (EVENT, {"type": "meeting"}, ("events.type", "wrong", "attack", "meeting")),
        (EVENT, {"location": []}, ("arguments.role", "missed", "location Kalvar", None)),
        (
            EVENT,
            {"location": [], "territory": [invented.entity("Kalvar", "Place")]},
            ("arguments.role", "wrong", "location Kalvar", "territory Kalvar"),
        ),
        (
            EVENT,
            {"claimant": None, "cue": None},
            ("claimant.right", "wrong", "Ministry of Defence of Ruritania", "the publisher"),
        ),
        (EVENT, {"polarity": "denied"}, ("polarity.equal", "wrong", "affirmed", "denied")),
        (EVENT, {"modality": "possible"}, ("modality.equal", "wrong", "factual", "possible")),
        (EVENT, {"time": None}, ("time.exact", "missed", "2024-05-10/2024-05-10", None)),
        (
            EVENT,
            {"time": time("2024-05-10", "2024-05-11")},
            ("time.exact", "wrong", "2024-05-10/2024-05-10", "2024-05-10/2024-05-11, compatible"),
        ),
        (
            EVENT,
            {"time": time(None, "2024-05-10")},
            ("time.exact", "wrong", "2024-05-10/2024-05-10", "../2024-05-10"),
        ),
        (EVENT, {"deaths": toll(2, 2, None)}, ("casualties.exact", "wrong", "deaths 2/2/2", "deaths 2/2/?")),
        (EVENT, {"deaths": None}, ("casualties.exact", "missed", "deaths 2/2/2", None)),
        (EVENT, {"injured": toll(1, 1, 1)}, ("casualties.exact", "spurious", None, "injured 1/1/1")),
        (
            STANCE,
            {"quote": [invented.span("The border")[0], invented.span("The border")[1]]},
            ("quotations.at_0.8", "wrong", "90–109", "90–100"),
        ),
    ],
)
def test_a_mistake_says_what_was_expected_and_what_was_found(
    which: int, fields: dict[str, Any], expected: tuple[str, str, str | None, str | None]
) -> None:
    assert told(which, **fields) == [expected]


def test_a_post_without_its_organization_is_missed_and_spurious() -> None:
    assert told(POST, organization=None) == [
        ("posts.same", "missed", "Ada Lorne, army spokeswoman of Army of Ruritania", None),
        ("posts.same", "spurious", None, "Ada Lorne, army spokeswoman"),
    ]


def test_another_relation_is_told_under_claims_and_under_relations() -> None:
    assert told(RELATION, relation="controls") == [
        ("claims.aligned", "missed", "Ruritania disputes Kalvar ridge", None),
        ("claims.aligned", "spurious", None, "Ruritania controls Kalvar ridge"),
        ("relations.labelled", "missed", "Ruritania disputes Kalvar ridge", None),
        ("relations.labelled", "spurious", None, "Ruritania controls Kalvar ridge"),
    ]


def test_other_words_quoted_are_told_under_claims_and_under_quotations() -> None:
    assert told(STANCE, quote=NOWHERE) == [
        ("claims.aligned", "missed", "stance of Ada Lorne", None),
        ("claims.aligned", "spurious", None, "stance of Ada Lorne"),
        ("quotations.at_0.8", "missed", "90–109", None),
        ("quotations.at_0.8", "spurious", None, f"{NOWHERE[0]}–{NOWHERE[1]}"),
    ]


def test_the_wrong_speaker_is_told_as_claimant_and_as_speaker() -> None:
    speaker = invented.entity("Strelsau", "State", "Ruritania")
    assert told(STANCE, claimant=speaker) == [
        ("claimant.right", "wrong", "Ada Lorne", "Ruritania"),
        ("quotations.speaker", "wrong", "Ada Lorne", "Ruritania"),
    ]


def test_mistakes_are_shown_below_their_sentence() -> None:
    mistakes = found(invented.claims(), planted(EVENT, {"polarity": "denied", "modality": "possible"}))
    assert list(mistake_lines(mistakes, invented.TEXT)) == [
        "  0–46  ⟦Two soldiers were killed on Friday near Kalvar⟧, the defence ministry of Ruritania said.",
        "    wrong     modality equal: factual, found possible (gold c1, system c1)",
        "    wrong     polarity equal: affirmed, found denied (gold c1, system c1)",
    ]


def test_without_the_text_a_passage_is_given_by_its_offsets() -> None:
    mistakes = found(invented.claims()[:1], [])
    assert list(mistake_lines(mistakes, None)) == ["  0–46", "    missed    events type: attack (gold c1)"]
    assert [mistake["sentence"] for mistake in mistakes_as_json(mistakes, None)] == [None]


def test_a_mistake_as_json_has_its_sentence() -> None:
    (mistake,) = mistakes_as_json(found(invented.claims()[:1], []), invented.TEXT)
    assert mistake == {
        "span": ATTACK, "layer": "events", "measure": "type", "kind": "missed", "gold": "c1", "system": None,
        "expected": "attack", "found": None,
        "sentence": "⟦Two soldiers were killed on Friday near Kalvar⟧, the defence ministry of Ruritania said.",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("One. ⟦Two⟧ three. Four.", "⟦Two⟧ three."),
        ("A. M. Roy came. J. ⟦Roy⟧ left. So?", "J. ⟦Roy⟧ left."),
        ("“Go!” “⟦Stay⟧ here,” said he. Why?", "“⟦Stay⟧ here,” said he."),
        ("Il dit : « Oui. » ⟦Elle⟧ part.", "⟦Elle⟧ part."),
        ("At 3.5 km ⟦it⟧ fell", "At 3.5 km ⟦it⟧ fell"),
        ("Title\n\n⟦Body⟧ text\nmore", "⟦Body⟧ text"),
        ("One ⟦two. Three⟧ four. Five.", "One ⟦two. Three⟧ four."),
    ],
)
def test_a_passage_is_shown_in_its_sentence(text: str, sentence: str) -> None:
    start, end = text.index("⟦"), text.index("⟧") - 1
    plain = text.replace("⟦", "").replace("⟧", "")
    assert Sentences(plain).marked((start, end), "⟦", "⟧") == sentence


def test_a_passage_beyond_the_text_is_shown_as_far_as_there_is_text() -> None:
    assert Sentences("One. Two.").marked((5, 99), "⟦", "⟧") == "⟦Two.⟧"
    assert Sentences("One. Two.").marked((50, 99), "⟦", "⟧") == "Two.⟦⟧"
