"""kg init: a new project."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.console import Settings, printable
from kg.errors import UsageError

EPILOG = """\b
Examples:
  kg init desk      makes desk/kg.toml, desk/reports/ and desk/out/
  kg init           makes the working directory a project
"""

TEMPLATE = """\
# A kg project: what it reads, where it writes, under which base IRI. `kg build` makes the graph.

[project]
# What this project mints (documents, claims, unknown names) lies below this IRI. Choose one that you control.
base = "https://w3id.org/kg-news/"
# Files, folders and globs: reports (text, Markdown, HTML …) and their claims (NAME.claims.jsonl beside NAME.md).
reports = ["reports"]
out = "out"
# Reference entities of your own, beside the shipped ones:
# entities = ["entities/*.ttl"]
# Which events of two documents are one, as a reviewer says:
# same_events = "reports/same-events.jsonl"
"""


@click.command(epilog=EPILOG)
@click.argument("directory", type=click.Path(file_okay=False, path_type=Path), default=Path())
@click.pass_obj
def init(settings: Settings, directory: Path) -> None:
    """Start a project: a folder with kg.toml, reports/ and out/."""
    file = directory / "kg.toml"
    if file.exists():
        raise UsageError(
            "there is a project here already", code="init.exists", where=str(file), hint="edit its kg.toml"
        )
    for folder in (directory / "reports", directory / "out"):
        folder.mkdir(parents=True, exist_ok=True)
    file.write_text(TEMPLATE, encoding="utf-8")
    settings.talk(
        f"made {printable(str(file))}: put reports into {printable(str(directory / 'reports'))}, then run kg build"
    )
