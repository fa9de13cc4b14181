"""The tables of kinds and of points: whole, and each line at work."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path

import pytest

from kg.coreference.comparison import evidence
from kg.coreference.criteria import criteria, event_kinds
from kg.vocab import EVENT_TYPES
from tests.coreference.invented import background, describe


def test_every_type_of_event_has_a_kind() -> None:
    assert set(event_kinds()) == set(EVENT_TYPES)


def test_every_criterion_says_what_it_is_in_both_languages() -> None:
    for criterion in criteria().by_name.values():
        assert criterion.english
        assert criterion.french
        assert criterion.english != criterion.french


def test_no_single_criterion_beside_time_and_type_is_enough() -> None:
    table = criteria()
    for profile, threshold in table.thresholds.items():
        best_time = max(table.points(name, profile) or 0 for name in ("same-days", "same-month", "same-onset"))
        common = best_time + (table.points("same-type", profile) or 0)
        once = [
            points
            for name in ("same-place", "same-actor", "same-target", "same-mediator", "one-party", "same-topic")
            if (points := table.points(name, profile)) is not None
        ]
        assert common + max(once) < threshold, profile


def test_the_invented_pairs_meet_every_criterion_and_no_other(tmp_path: Path) -> None:
    known = background(tmp_path)
    lines = Path(__file__).with_name("pairs.jsonl").read_text(encoding="utf-8").splitlines()
    profiles = {kind.profile for kind in event_kinds().values()}
    met = set()
    for pair in map(json.loads, lines):
        one, other = (describe(pair[side] | {"name": side}, known) for side in ("one", "other"))
        for mine, yours, profile in product(one, other, profiles):
            met |= {name for name, _ in evidence(profile, mine, yours)}
            met |= {name for name, _ in evidence(profile, mine, yours, lambda a, b: a[17:] == b[17:])}
    assert met == set(criteria().by_name)


@pytest.mark.parametrize("name", ["same-days", "time-apart", "places-apart"])
def test_points_are_numbers_and_a_cross_forbids(name: str) -> None:
    points = criteria().points(name, "violence")
    assert (points is None) == name.endswith("apart")
