"""Whatever a model answers: nothing without words of the report gets through, no exception, and every rejection has a name."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.language_model.extractor import Found
from tests.language_model import small
from tests.language_model.desk import model
from tests.language_model.holding import assert_held, codes
from tests.language_model.stub import Body, Said, asked, completion, is_repair


def read(folder: Path, *answers: Any, finish: str = "stop", more: str = "") -> tuple[Found, list[Body]]:
    """Read the small report; the model gives these answers one after the other, and the last one again and again."""

    def script(_: Body, count: int) -> Said:
        return completion(answers[min(count, len(answers)) - 1], finish=finish)

    with model(folder, script, f'mode = "json-schema"\n{more}') as (extractor, bodies):
        found = extractor.read(small.report())
    assert_held(found, small.report())
    return found, bodies


def claims(*proposals: Any) -> dict[str, Any]:
    return {"claims": list(proposals)}


def test_a_right_answer_gives_its_claims_with_what_kg_reads_in_the_words(tmp_path: Path) -> None:
    found, bodies = read(tmp_path, claims(small.attack(), small.accusation()))
    first, second = found.claims
    assert (found.rejections, len(bodies)) == ((), 1)
    assert first.kind == "event"
    assert first.time is not None
    assert (first.time.earliest, first.time.latest) == ("2024-05-13", "2024-05-13"), "by the calendar, not by the model"
    assert first.deaths is not None
    assert (first.deaths.low, first.deaths.best, first.deaths.high) == (3, 3, None)
    assert second.kind == "event"
    assert second.roles.recipient[0].id is not None, "a known name is linked"
    assert second.roles.actor[0].text == "Russia’s defence ministry", "the words are the report's, not the model's"


WRONG: dict[str, tuple[Callable[[], Any], str]] = {
    "an invented quotation": (lambda: small.attack(evidence=[{"quote": "The army fled in panic"}]), "quote.missing"),
    "an invented entity": (
        lambda: small.attack(actor=[{"quote": "army of Belarus", "name": "Belarus", "type": "State"}]),
        "quote.missing",
    ),
    "words of another sentence": (
        lambda: small.attack(evidence=[{"quote": "the Kremlin said nothing"}]),
        "quote.elsewhere",
    ),
    "words that go over a sentence": (
        lambda: small.attack(evidence=[{"quote": "three soldiers.\n\nRussia’s"}]),
        "quote.missing",
    ),
    "a translated quotation": (
        lambda: small.attack(evidence=[{"quote": "L’armée ukrainienne a bombardé le port de Berdiansk lundi"}]),
        "quote.missing",
    ),
    "a number that was changed in a quotation": (
        lambda: small.attack(id="c9", sentence=4, evidence=[{"quote": small.SENTENCES[3].replace("12", "13")}]),
        "quote.missing",
    ),
    "a part of a word": (lambda: small.attack(location=[_place("Berd")]), "quote.missing"),
    "a sentence that is not there": (lambda: small.attack(sentence=99), "sentence.unknown"),
    "a sentence number below one": (lambda: small.attack(sentence=-1), "sentence.unknown"),
    "an occurrence that is not there": (
        lambda: small.attack(location=[_place("Berdiansk") | {"occurrence": 2}]),
        "quote.occurrence",
    ),
    "a main passage that stands twice": (
        lambda: small.attack(sentence=4, evidence=[{"quote": "the two sides"}]),
        "quote.ambiguous",
    ),
    "another country's name": (
        lambda: small.accusation(id="c9", recipient=[{"quote": "Ukraine", "name": "Armenia", "type": "State"}]),
        "name.contradicted",
    ),
    "a claimant without a cue": (lambda: small.attack(claimant=_place("Berdiansk")), "claim.attribution"),
    "a cue without a claimant": (lambda: small.attack(cue={"quote": "on Monday"}), "claim.attribution"),
    "an unknown type": (lambda: small.attack(type="alien-invasion"), "answer.field"),
    "an unknown entity type": (
        lambda: small.attack(location=[{"quote": "Berdiansk", "name": "Berdiansk", "type": "City"}]),
        "answer.field",
    ),
    "an unknown kind": (lambda: small.attack(kind="rumour"), "answer.field"),
    "an unknown field": (lambda: small.attack(certainty="high"), "answer.field"),
    "offsets": (lambda: small.attack(evidence=[[0, 20]]), "answer.field"),
    "no evidence": (lambda: small.attack(evidence=[]), "answer.field"),
    "an empty quotation": (lambda: small.attack(evidence=[{"quote": ""}]), "answer.field"),
    "a quotation of spaces": (lambda: small.attack(evidence=[{"quote": "   "}]), "quote.missing"),
    "a lone surrogate": (lambda: small.attack(evidence=[{"quote": "\ud800"}]), "quote.missing"),
    "a name with a NUL": (
        lambda: small.attack(location=[{"quote": "Berdiansk", "name": "\0", "type": "Place"}]),
        "answer.field",
    ),
    "a claim that is a string": (lambda: "attack", "answer.field"),
    "a claim that is null": (lambda: None, "answer.field"),
    "a claim that is a list": (lambda: [small.attack()], "answer.field"),
    "dates that are none": (
        lambda: small.attack(time={"quote": "on Monday", "dates": {"earliest": "Monday"}}),
        "answer.field",
    ),
    "dates out of order": (
        lambda: small.attack(
            time={"quote": "on Monday", "dates": {"earliest": "2024-05-14", "latest": "2024-05-13"}}
        ),
        "claim.record",
    ),
    "a number without words": (lambda: small.attack(deaths={"low": 3, "best": 3, "high": 3}), "answer.field"),
    "a number out of order": (lambda: small.attack(deaths={"quote": "three", "low": 9, "best": 3}), "claim.record"),
    "a number from no number": (lambda: small.attack(deaths={"quote": "the port"}), "toll.empty"),
    "a negative number": (lambda: small.attack(deaths={"quote": "three", "best": -3}), "answer.field"),
    "an unknown event": (lambda: small.attack(regarding_events=["e77"]), "claim.regarding"),
    "a restated claim that is not there": (lambda: small.attack(restates="c77"), "claim.restates"),
    "a claim that restates itself": (lambda: small.attack(restates="c1"), "claim.restates"),
    "a stance whose quotation is not in its evidence": (
        lambda: {
            "id": "c3", "kind": "stance", "sentence": 3, "evidence": [{"quote": "the Kremlin said nothing"}],
            "polarity": "affirmed", "modality": "opinion", "quote": {"quote": "We fired at nobody"}, "direct": True,
        },
        "claim.passage",
    ),
}  # fmt: skip


def _place(words: str) -> dict[str, Any]:
    return {"quote": words, "name": words, "type": "Place"}


@pytest.mark.parametrize("name", WRONG)
def test_a_claim_that_does_not_hold_goes_back_twice_and_is_rejected_by_name(tmp_path: Path, name: str) -> None:
    make, code = WRONG[name]
    found, bodies = read(tmp_path, claims(make(), small.accusation()))
    assert [claim.kind for claim in found.claims] == ["event"], "the other claim stays"
    assert len(bodies) == 3
    assert is_repair(bodies[1])
    assert code in codes(found, "rejected")


@pytest.mark.parametrize("name", WRONG)
def test_a_claim_that_is_set_right_when_it_goes_back_is_kept(tmp_path: Path, name: str) -> None:
    make, code = WRONG[name]
    wrong = make()
    right = small.attack(id=wrong["id"]) if isinstance(wrong, dict) else small.attack()
    found, bodies = read(tmp_path, claims(wrong, small.accusation()), claims(right))
    assert {claim.kind == "event" and claim.type for claim in found.claims} == {"attack", "accusation"}
    assert len(bodies) == 2
    assert code in codes(found), "what was wrong at first is told"
    assert codes(found, "rejected") == []


def test_what_goes_back_names_the_claim_and_what_is_wrong_with_it(tmp_path: Path) -> None:
    _, bodies = read(tmp_path, claims(small.attack(evidence=[{"quote": "the Kremlin said nothing"}])))
    said = bodies[1]["messages"][-1]["content"]
    assert '"c1"' in said
    assert "Not in 1 but in 3." in said


def test_a_claim_that_is_left_out_when_it_goes_back_is_told_as_withdrawn(tmp_path: Path) -> None:
    found, _ = read(tmp_path, claims(small.attack(sentence=99)), claims())
    assert found.claims == ()
    assert codes(found, "withdrawn") == ["sentence.unknown"]


def test_a_repeated_claim_is_rejected(tmp_path: Path) -> None:
    found, _ = read(tmp_path, claims(small.attack(), small.attack(id="c2")))
    assert len(found.claims) == 1
    assert codes(found, "rejected") == ["claim.duplicate"]


def test_two_claims_of_one_id_are_told_apart(tmp_path: Path) -> None:
    found, _ = read(tmp_path, claims(small.attack(), small.accusation(id="c1")))
    assert len(found.claims) == 1
    assert codes(found, "rejected") == ["claim.id"]


BROKEN: dict[str, tuple[Any, str, str]] = {
    "broken JSON": ('{"claims": [{"id": "c1", ', "stop", "answer.no-json"),
    "no JSON": ("I have read the report with great interest.", "stop", "answer.no-json"),
    "an empty answer": ("", "stop", "answer.empty"),
    "only spaces": (" \n ", "stop", "answer.empty"),
    "a refusal": ("I cannot help with violent content.", "content_filter", "answer.refusal"),
    "another form": ({"result": []}, "stop", "answer.shape"),
    "claims that are no list": ({"claims": {"c1": {}}}, "stop", "answer.shape"),
    "something beside the claims": ({"claims": [], "thoughts": "…"}, "stop", "answer.shape"),
    "a list": ([small.attack()], "stop", "answer.shape"),
    "a number without end": ('{"claims": [1' + "0" * 6000 + "]}", "stop", "answer.no-json"),
    "a nest without end": ('{"claims": ' + "[" * 100_000, "stop", "answer.no-json"),
    "claims without end": ({"claims": [None] * 2001}, "stop", "answer.many"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_an_answer_that_cannot_be_read_is_told_and_the_sentences_count_as_unread(tmp_path: Path, name: str) -> None:
    answer, finish, code = BROKEN[name]
    found, bodies = read(tmp_path, answer, finish=finish)
    assert found.claims == ()
    assert code in codes(found, "unread")
    assert [part.sentences for part in found.unread] == ["1–4"]
    assert len(bodies) == (1 if code == "answer.refusal" else 3)


def test_an_answer_that_can_be_read_the_second_time_counts(tmp_path: Path) -> None:
    found, _ = read(tmp_path, "Sure! Here they are.", claims(small.attack()))
    assert len(found.claims) == 1
    assert codes(found) == ["answer.no-json"]
    assert found.unread == ()


@pytest.mark.parametrize(
    "around",
    ["```json\n@\n```", "Here:\n```\n@\n```\nDone.", "<think>a [b] {c}</think>\n@", "@\n\nI hope that helps."],
    ids=["fenced", "fenced among words", "after thinking", "before words"],
)
def test_the_json_is_found_among_other_words(tmp_path: Path, around: str) -> None:
    found, _ = read(tmp_path, around.replace("@", json.dumps(claims(small.attack()))))
    assert len(found.claims) == 1


def test_an_answer_that_breaks_off_is_asked_for_in_halves(tmp_path: Path) -> None:
    def script(body: Body, _: int) -> Said:
        numbers = [sentence["number"] for sentence in asked(body)["sentences"]]
        if len(numbers) > 2:
            return completion('{"claims": [', finish="length")
        return completion(claims(small.attack(), small.accusation()) if 1 in numbers else claims())

    with model(tmp_path, script, 'mode = "json-schema"\nrepairs = 0') as (extractor, bodies):
        found = extractor.read(small.report())
    assert_held(found, small.report())
    assert len(bodies) == 3
    assert len(found.claims) == 2
    assert found.rejections == ()


def test_what_is_whole_before_an_answer_breaks_off_is_kept_where_nothing_is_left_to_halve(tmp_path: Path) -> None:
    whole = json.dumps(claims(small.attack()))[:-2]

    def script(*_: Any) -> Said:
        return completion(whole + ', {"id": "c2", "kind"', finish="length")

    with model(tmp_path, script, 'mode = "json-schema"') as (extractor, _):
        found = extractor.read(small.report(small.SENTENCES[0]))
    assert len(found.claims) == 1
    assert codes(found) == ["answer.truncated"]


def test_a_date_that_the_calendar_contradicts_is_marked(tmp_path: Path) -> None:
    time = {"quote": "on Monday", "dates": {"earliest": "2023-01-01", "latest": "2023-01-01"}}
    found, _ = read(tmp_path, claims(small.attack(time=time)))
    method = found.claims[0].method
    assert method is not None
    assert method.rule == "time: the calendar contradicts, 2024-05-13 to 2024-05-13"
    assert method.confidence == 0.4


def test_a_number_that_the_words_contradict_is_marked(tmp_path: Path) -> None:
    found, _ = read(tmp_path, claims(small.attack(deaths={"quote": "at least three", "low": 30, "best": 30})))
    method = found.claims[0].method
    assert method is not None
    assert method.rule == "deaths: the words say 3/3/-"


def test_a_small_slip_in_a_long_quotation_is_found_and_reported(tmp_path: Path) -> None:
    slipped = small.SENTENCES[0][:-1].replace("killing", "kiling")
    found, _ = read(tmp_path, claims(small.attack(evidence=[{"quote": slipped}])))
    method = found.claims[0].method
    assert method is not None
    assert method.rule == "evidence.0 differs by 1"
    start, end = found.claims[0].evidence[0]
    assert small.report().text[start:end] == small.SENTENCES[0][:-1], "the passage is the report's own words"
