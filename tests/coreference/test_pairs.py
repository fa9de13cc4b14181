"""Invented pairs of events, as data with reasons: which are one, and which only look like it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.coreference import Background, link_events
from tests.coreference.invented import background, describe

PAIRS = [json.loads(line) for line in Path(__file__).with_name("pairs.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Background:
    return background(tmp_path_factory.mktemp("entities"))


def test_there_are_enough_of_both() -> None:
    assert len({pair["name"] for pair in PAIRS}) == len(PAIRS)
    assert sum(pair["merged"] for pair in PAIRS) >= 20
    assert sum(not pair["merged"] for pair in PAIRS) >= 30


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["name"])
def test_a_pair_is_one_event_or_left_apart(pair: dict[str, Any], known: Background) -> None:
    one, other = (describe(pair[side] | {"name": side}, known) for side in ("one", "other"))
    for descriptions in ([*one, *other], [*other[::-1], *one[::-1]]):
        merges = link_events(descriptions)
        assert (merges.leader(one[0].event) == merges.leader(other[0].event)) == pair["merged"], pair["reason"]
