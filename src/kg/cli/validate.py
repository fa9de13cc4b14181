"""kg validate: check RDF from anywhere."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.console import Settings, printable, show_error, write, write_json
from kg.errors import DataError, UsageError

if TYPE_CHECKING:
    from kg.records import Finding

EPILOG = """\b
Examples:
  kg validate out/kg.trig
  kg validate other-desk.ttl more.jsonld --format json
  kg validate out/kg.nq --reports reports     also compare the quoted passages with the reports
  kg validate out/kg.nq --format ttl > findings.ttl     a SHACL validation report
  curl … | kg validate - --input ttl

\b
Turtle, TriG, N-Quads, N-Triples, JSON-LD and RDF/XML are read; a file without a telling suffix needs --input.
Exit status 1: there are findings of severity violation, or a file is not what its suffix says.
"""


@click.command(epilog=EPILOG)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--input",
    "source",
    type=click.Choice(["ttl", "trig", "nq", "nt", "jsonld", "rdf"]),
    help="The format of the files.",
)
@click.option(
    "--reports",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Reports whose text the passages are compared with.",
)
@click.option(
    "--engine",
    type=click.Choice(["auto", "fast", "pyshacl"]),
    default="auto",
    show_default=True,
    help="The SHACL engine.",
)
@click.option(
    "--format", "style", type=click.Choice(["text", "json", "ttl"]), default="text", help="How to print the findings."
)
@click.option("--language", type=click.Choice(["en", "fr"]), default="en", help="The language of the messages.")
@click.pass_obj
def validate(settings: Settings, /, *, style: str, language: str, **options: object) -> int:
    """Check RDF files, all together, against the shapes, the rules and the texts of reports."""
    if options["source"] is None and any(str(path) == "-" for path in options["files"]):  # type: ignore[attr-defined]
        raise UsageError(
            "standard input needs its format", code="rdf.format", where="-", hint="--input ttl, nq, jsonld …"
        )
    findings = _findings(settings, **options)  # type: ignore[arg-type]
    if style == "json":
        from kg.validation.report import as_json

        write_json(as_json(findings))
    elif style == "ttl":
        _write_turtle(findings)
    else:
        from kg.validation.report import as_text

        for line in as_text(findings, language=language):
            write(printable(line))
    worst = sum(finding.severity == "violation" for finding in findings)
    settings.talk(f"{len(findings):,} findings, {worst:,} of them violations")
    return 1 if worst else 0


def _findings(
    settings: Settings, *, files: tuple[Path, ...], source: str | None, reports: tuple[Path, ...], engine: str
) -> list[Finding]:
    import pyoxigraph as ox

    from kg.inputs import COMPANIONS, SAME_EVENTS
    from kg.ontology import vocabulary_triples
    from kg.rdf import read_quads
    from kg.sources import read_all
    from kg.validation import ShapesValidator
    from kg.validation.dataset import holds_claims, located, validate_store

    store = ox.Store()
    with settings.progress("reading", len(files)) as advance:
        for number, path in enumerate(files):
            with _spooled(path) as file:
                store.bulk_extend(read_quads(file, format=source, label=f"f{number}b"))
            advance(1)
    if not holds_claims(store):
        raise DataError(
            "there is nothing of the kg vocabulary to check",
            code="validate.nothing",
            where=", ".join(map(str, files)),
            hint="kg validate checks claim graphs as kg build writes them",
        )
    texts = {
        r.sha256: r.text for r in read_all(map(str, reports), on_fault=show_error, leave_out=(*COMPANIONS, SAME_EVENTS))
    }
    validator = ShapesValidator(engine=engine, context=vocabulary_triples())
    with settings.progress("validating", None):
        return [located(finding, str(files[0])) for finding in validate_store(store, validator, texts=texts)]


@contextmanager
def _spooled(path: Path) -> Iterator[Path]:
    """Yield the file, or a temporary one with what standard input holds: the checks before parsing need a file."""
    if str(path) != "-":
        yield path
        return
    with tempfile.NamedTemporaryFile() as file:
        shutil.copyfileobj(sys.stdin.buffer, file)
        file.flush()
        yield Path(file.name)


def _write_turtle(findings: list[Finding]) -> None:
    from kg.outputs import TurtleWriter
    from kg.validation.report import as_triples
    from kg.vocab import DEFAULT_BASE, project_prefixes

    writer = TurtleWriter(sys.stdout, base=f"{DEFAULT_BASE}id/", prefixes=project_prefixes(DEFAULT_BASE), named=False)
    blocks: dict[str, dict[tuple[str, str], None]] = {}
    for subject, predicate, value in as_triples(findings):
        blocks.setdefault(subject, {})[predicate, value] = None
    writer.graph("", blocks, "validation report")
