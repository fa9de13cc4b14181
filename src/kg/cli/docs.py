"""kg docs: the ontology's documentation page."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.console import Settings, printable, write
from kg.errors import UsageError, WorldError

EPILOG = """\b
Examples:
  kg docs                     writes out/ontology.html
  kg docs -o site/index.html
"""


@click.command(epilog=EPILOG)
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path, allow_dash=True), help="Where to write the page."
)
@click.pass_obj
def docs(settings: Settings, *, output: Path | None) -> None:
    """Write the documentation page of the ontology: every class, property and concept with its definitions."""
    from kg.ontology import documentation

    if str(output) == "-":
        write(documentation())
        return
    path = (output or settings.find_project().out / "ontology.html").resolve()
    if path.exists() and not path.is_file():
        raise UsageError(
            "not a regular file", code="docs.output", where=str(path), hint="-o - writes to standard output"
        )
    page = documentation()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".{path.name}.tmp")
        temporary.write_text(page, encoding="utf-8", newline="\n")
        temporary.replace(path)
    except OSError as error:
        raise WorldError(error.strerror or str(error), code="docs.write", where=str(path)) from error
    settings.talk(f"wrote {printable(str(path))}")
