"""The graph of the bundled reports, built into a folder of its own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kg.pipeline import Summary, build
from kg.project import Project, read_project

ROOT = Path(__file__).resolve().parents[2]
ANSWERS = Path(__file__).parent


def bundled_project(out: Path) -> Project:
    """The repository's own project, with another output folder."""
    return replace(read_project(ROOT / "kg.toml"), out=out)


def build_bundled(out: Path) -> Summary:
    """Build the bundled reports into a folder."""
    return build(bundled_project(out))
