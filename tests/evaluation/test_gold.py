"""The open gold sets: every record is read, and every passage is literally in its report."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.claims import read_claims
from kg.sources import read_reports
from kg.validation import check_passages

TESTS = Path(__file__).parents[1]
SETS = {"gold": 12, "gold-2": 10, "gold-3": 8}


@pytest.mark.parametrize(("name", "reports"), SETS.items())
def test_a_gold_set_is_whole(name: str, reports: int) -> None:
    files = sorted((TESTS / name).glob("*.claims.jsonl"))
    assert len(files) == reports
    for path in files:
        report = next(iter(read_reports(path.with_name(path.name.replace(".claims.jsonl", ".md")))))
        claims = read_claims(path)
        assert claims.rejected == ()
        assert claims.document == report.sha256
        assert [f for f in check_passages(claims.claims, report.text) if f.severity == "violation"] == []
