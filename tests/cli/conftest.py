"""A project with the invented report and its claims."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests import invented

FRONT = '---\ntitle: "Invented"\npublisher: "Example Press"\ndate: 2024-05-12\nlanguage: en\n---\n'


def write_project(
    folder: Path, records: list[dict[str, Any]] | None = None, *, text: str | None = invented.TEXT
) -> Path:
    """Write a project of one report; without a text, its metadata stand in for it."""
    reports = folder / "reports"
    reports.mkdir(parents=True, exist_ok=True)
    (folder / "kg.toml").write_text("[project]\n", encoding="utf-8")
    if text is None:
        meta = 'publisher = "Example Press"\nlanguage = "en"\ndate = "2024-05-12"\n'
        (reports / "border.meta.toml").write_text(meta, encoding="utf-8")
    else:
        (reports / "border.md").write_text(FRONT + text, encoding="utf-8")
    claims = invented.lines(invented.records() if records is None else records)
    (reports / "border.claims.jsonl").write_text(claims, encoding="utf-8")
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The project as it should be."""
    return write_project(tmp_path / "desk")


def rejected(project: Path) -> list[dict[str, Any]]:
    """What a build set aside."""
    path = project / "out" / "rejected.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []
