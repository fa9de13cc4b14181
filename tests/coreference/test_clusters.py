"""Sets of events: independent of order, growing with what comes later, and never against a reviewer."""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.coreference import Background, EventDescription, Merges, Verdicts, link_events, merge_records, read_verdicts
from kg.coreference.comparison import compare
from tests.coreference.invented import background, describe

NAMES = {
    "actor": ["State:Norland", "State:Sudmark", "ArmedForce:Norlandic Army", "Person:Ada Lorne"],
    "recipient": ["State:Norland", "State:Sudmark"],
    "participant": ["State:Norland", "State:Sudmark", "Person:Ilse Brandt", "Person:Omar Keita"],
    "at": ["Place:Marlow", "Place:Ashford", "State:Sudmark"],
}
TYPES = ["attack", "clash", "meeting", "negotiation", "war", "territory-gain", "statement", "accusation", "ceasefire"]
DAYS = [
    None,
    ["2024-05-10", "2024-05-10"],
    ["2024-05-10", "2024-05-12"],
    ["2024-05-01", "2024-05-20"],
    ["2024-01-01", "2024-12-31"],
    ["2024-05-02", None],
    [None, "2024-05-11"],
]
DATES = ["2024-05-09", "2024-05-11", "2024-05-13", "2024-05", "2024-06-30", None]


@cache
def known() -> Background:
    with tempfile.TemporaryDirectory() as folder:
        return background(Path(folder))


def _some(names: list[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(names), max_size=2, unique=True)


def _claims(keys: Sequence[str]) -> st.SearchStrategy[dict[str, Any]]:
    roles = {role: _some(names) for role, names in NAMES.items()}
    return st.fixed_dictionaries(
        {
            "event": st.sampled_from(keys),
            "type": st.sampled_from(TYPES),
            "on": st.sampled_from(DAYS),
            "deaths": st.sampled_from([None, [4, 4], [9, None], [2000, 2000]]),
            "modality": st.sampled_from(["factual", "factual", "planned", "possible"]),
            "polarity": st.sampled_from(["affirmed", "affirmed", "affirmed", "denied"]),
            **roles,
        }
    )


@st.composite
def _documents(draw: st.DrawFn) -> dict[str, Any]:
    keys = ["e1", "e2", "e3"]
    tells = draw(st.lists(_claims(keys), min_size=1, max_size=4))
    told = sorted({claim["event"] for claim in tells})
    about = draw(st.sampled_from(told))
    return {
        "reported": draw(st.sampled_from(DATES)),
        "tells": [claim | {"about": [about]} if claim["event"] != about else claim for claim in tells],
        "name": draw(st.integers(0, 10**6)),
    }


CORPORA = st.lists(
    _documents(), min_size=2, max_size=6, unique_by=lambda document: json.dumps(document, sort_keys=True)
)


def described(documents: Iterable[dict[str, Any]]) -> list[EventDescription]:
    return [description for document in documents for description in describe(document, known())]


def pairs(merges: Merges) -> set[frozenset[str]]:
    sets: dict[str, list[str]] = {}
    for event, leader in merges.leaders.items():
        sets.setdefault(leader, []).append(event)
    return {frozenset(pair) for events in sets.values() for pair in combinations(events, 2)}


@settings(max_examples=150, deadline=None)
@given(CORPORA, st.randoms(use_true_random=False))
def test_the_order_of_input_means_nothing(documents: list[dict[str, Any]], draw: random.Random) -> None:
    events = described(documents)
    shuffled = events[:]
    draw.shuffle(shuffled)
    assert list(merge_records(link_events(shuffled))) == list(merge_records(link_events(events)))


@settings(max_examples=150, deadline=None)
@given(CORPORA)
def test_a_document_that_is_published_last_only_adds_merges(documents: list[dict[str, Any]]) -> None:
    last = {**documents[0], "reported": "2025-01-01", "name": "last"}
    before, after = (link_events(described(some)) for some in (documents, [*documents, last]))
    assert pairs(before) <= pairs(after)


@settings(max_examples=150, deadline=None)
@given(CORPORA)
def test_no_set_holds_what_speaks_against_each_other(documents: list[dict[str, Any]]) -> None:
    events = {description.event: description for description in described(documents)}
    merges = link_events(events.values())
    for pair in pairs(merges):
        one, other = sorted(pair)
        comparison = compare(events[one], events[other], lambda a, b: merges.leader(a) == merges.leader(b))
        assert comparison is not None


class _NoBlocks:
    """Every event is worth comparing with every other."""

    def __init__(self) -> None:
        self._filed: list[str] = []

    def file(self, description: EventDescription) -> None:
        self._filed.append(description.event)

    def candidates(self, description: EventDescription, known_as: Callable[[str], object]) -> list[str]:  # noqa: ARG002
        return sorted(self._filed)


@settings(max_examples=200, deadline=None)
@given(CORPORA)
def test_blocking_loses_nothing(documents: list[dict[str, Any]]) -> None:
    events = described(documents)
    blocked = link_events(events)
    with mock.patch("kg.coreference.clusters.Blocks", _NoBlocks):
        assert pairs(link_events(events)) == pairs(blocked)


# --------------------------------------------------------------------------- sets of three, and reviewers

RAID = {"type": "attack", "on": ["2024-05-10", "2024-05-10"], "actor": ["State:Norland"], "deaths": [4, 4]}


def report(number: int, *places: str, **fields: Any) -> dict[str, Any]:
    """A report of a raid on some places."""
    return {"reported": f"2024-05-1{number}", "tells": [RAID | {"at": [f"Place:{p}" for p in places]} | fields]}


def verdicts(path: Path, judgement: str, events: Sequence[str]) -> Verdicts:
    path.write_text(json.dumps({"verdict": judgement, "events": list(events)}), encoding="utf-8")
    return read_verdicts(path)


def test_a_third_report_joins_two_that_share_nothing_by_themselves() -> None:
    wounded = {"recipient": ["State:Sudmark"], "injured": [9, 9]}
    events = described([report(1, "Marlow"), report(2, deaths=None, **wounded), report(3, "Marlow", **wounded)])
    assert pairs(link_events(events[:2])) == set()
    assert len(pairs(link_events(events))) == 3


def test_a_third_report_does_not_join_two_that_speak_against_each_other() -> None:
    events = described([report(1, "Marlow"), report(2, "Ashford"), report(3, "Marlow", "Ashford")])
    merges = link_events(events)
    assert merges.leader(events[0].event) != merges.leader(events[1].event)
    assert len(pairs(merges)) <= 1


def test_a_reviewer_joins_what_the_rules_leave_apart_and_more_joins_the_set(tmp_path: Path) -> None:
    events = described([report(1, "Marlow"), report(2, "Ashford"), report(3, "Ashford", injured=[9, 9])])
    names = [event.event for event in events]
    same = verdicts(tmp_path / "same.jsonl", "same", names[:2])
    merges = link_events(events, same)
    assert merges.leader(names[0]) == merges.leader(names[1]) == min(names[:2])


@pytest.mark.parametrize("judgement", ["different", "unsure"])
def test_a_reviewer_keeps_apart_what_the_rules_would_join_also_by_way_of_a_third(
    tmp_path: Path, judgement: str
) -> None:
    events = described([report(1, "Marlow"), report(2, "Marlow"), report(3, "Marlow")])
    names = [event.event for event in events]
    assert len(pairs(link_events(events))) == 3
    merges = link_events(events, verdicts(tmp_path / "same.jsonl", judgement, names[:2]))
    assert pairs(merges) == set(), "the third fits both as well, and they are kept apart"
    record = next(merge_records(merges))
    assert (record["verdict"], record["events"], record["line"]) == (judgement, names[:2], 1)


def test_a_verdict_on_an_event_that_nobody_tells_is_said(tmp_path: Path) -> None:
    (event,) = described([report(1, "Marlow")])
    merges = link_events([event], verdicts(tmp_path / "same.jsonl", "same", [event.event, "0123456789abcdef/e9"]))
    assert merges.untold == ("0123456789abcdef/e9",)


def test_every_merge_keeps_its_points_and_reasons() -> None:
    events = described([report(1, "Marlow"), report(2, "Marlow")])
    (record,) = merge_records(link_events(events))
    assert record["source"] == "rules"
    assert record["events"] == sorted(event.event for event in events)
    assert record["set"] == record["events"][0]
    assert record["score"] == sum(reason["points"] for reason in record["reasons"]) >= record["threshold"]
    assert {reason["criterion"] for reason in record["reasons"]} == {
        "same-days", "same-type", "same-place", "same-toll", "same-actor"
    }  # fmt: skip
    assert all(reason["en"] and reason["fr"] for reason in record["reasons"])
