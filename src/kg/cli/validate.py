"""kg validate: check RDF from anywhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.console import Settings, printable, write, write_json

if TYPE_CHECKING:
    from kg.records import Finding

EPILOG = """\b
Examples:
  kg validate out/kg.trig
  kg validate other-desk.ttl more.jsonld --format json
  kg validate out/kg.nq --reports reports     also compare the quoted passages with the reports
  kg validate out/kg.nq --format ttl > findings.ttl     a SHACL validation report

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

    from kg.ontology import vocabulary_triples
    from kg.rdf import read_quads
    from kg.sources import read_reports
    from kg.validation import ShapesValidator
    from kg.validation.dataset import located, validate_store

    store = ox.Store()
    with settings.progress("reading", len(files)) as advance:
        for number, path in enumerate(files):
            store.bulk_extend(read_quads(path, format=source, label=f"f{number}b"))
            advance(1)
    texts = {report.sha256: report.text for path in reports for report in read_reports(path)}
    validator = ShapesValidator(engine=engine, context=vocabulary_triples())
    with settings.progress("validating", None):
        return [located(finding, str(files[0])) for finding in validate_store(store, validator, texts=texts)]


def _write_turtle(findings: list[Finding]) -> None:
    import sys

    from kg.outputs import TurtleWriter
    from kg.validation.report import as_triples
    from kg.vocab import DEFAULT_BASE, project_prefixes

    writer = TurtleWriter(sys.stdout, base=f"{DEFAULT_BASE}id/", prefixes=project_prefixes(DEFAULT_BASE), named=False)
    blocks: dict[str, dict[tuple[str, str], None]] = {}
    for subject, predicate, value in as_triples(findings):
        blocks.setdefault(subject, {})[predicate, value] = None
    writer.graph("", blocks, "validation report")
