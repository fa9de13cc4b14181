"""The rules alone, on the bundled reports, against the reviewed file: precision before recall."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from kg.coreference import read_verdicts
from kg.pipeline import build, prepare
from kg.project import Project
from tests.competency.bundled import ROOT, bundled_project

Pairs = set[frozenset[str]]


def unreviewed(out: Path) -> Project:
    """The bundled reports without the reviewed file."""
    reports = tuple(f"reports/*{suffix}" for suffix in (".md", ".claims.jsonl", ".meta.toml"))
    return replace(bundled_project(out), reports=reports, same_events=None)


@pytest.fixture(scope="module")
def gold() -> Pairs:
    """Every two events that a reviewer found the same."""
    sets = read_verdicts(ROOT / "reports" / "same-events.jsonl").sets()
    assert len(sets) >= 20
    return {frozenset(pair) for events in sets for pair in combinations(events, 2)}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Pairs:
    """Every two events that the rules find the same, the reviewed file taken away."""
    project = unreviewed(tmp_path_factory.mktemp("out"))
    sets: dict[str, list[str]] = {}
    for event, leader in prepare(project).merges.leaders.items():
        sets.setdefault(leader, []).append(event)
    return {frozenset(pair) for events in sets.values() for pair in combinations(sorted(events), 2)}


def test_nineteen_of_twenty_merges_are_right(found: Pairs, gold: Pairs) -> None:
    assert len(found) >= 30
    assert len(found & gold) / len(found) >= 0.95


def test_three_of_five_reviewed_identities_are_found(found: Pairs, gold: Pairs) -> None:
    assert len(found & gold) / len(gold) >= 0.6


def test_a_build_without_a_review_writes_why_events_are_one_and_they_share_one_anchor(tmp_path: Path) -> None:
    summary = build(unreviewed(tmp_path))
    assert summary.is_clean
    records = [json.loads(line) for line in (tmp_path / "merges.jsonl").read_text(encoding="utf-8").splitlines()]
    assert summary.merges == {"rules": len(records)}
    graph = (tmp_path / "kg.nq").read_text(encoding="utf-8")
    for record in records:
        assert f"id/event/{record['set']}>" in graph
        assert all(f"id/event/{event}>" not in graph for event in record["events"] if event != record["set"])
