"""kg extract: the claims that the rules find in reports."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.console import Settings, printable, show_error
from kg.errors import DataError

if TYPE_CHECKING:
    from kg.records import Claim, Report

EPILOG = """\b
Examples:
  kg extract reports/a.md                              claim records on standard output, one JSON object a line
  kg extract reports/a.md -o reports/a.claims.jsonl
  kg extract reports --each                            NAME.claims.jsonl beside each report
  kg extract --language fr - < a.txt

\b
The records are those of the claim guide; a person reviews them in an editor, kg build makes the graph. A claim file that is
there already is left alone by --each, since it may have been reviewed: --force makes it anew.
"""


@click.command(epilog=EPILOG)
@click.argument("names", metavar="REPORT...", nargs=-1, required=True)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")
@click.option("--each", is_flag=True, help="Write the claims of each report beside it, as NAME.claims.jsonl.")
@click.option("--force", is_flag=True, help="With --each: replace claim files that are there.")
@click.option("--language", metavar="CODE", help="The reports' language, where they do not say it: fr, en.")
@click.pass_obj
def extract(  # noqa: PLR0913 - the options of the command
    settings: Settings, /, *, names: tuple[str, ...], output: Path | None, each: bool, force: bool, language: str | None
) -> None:
    """Find the claims of reports by the rules for French and English."""
    from kg.claims import SUFFIX, dump_claim, write_claims
    from kg.errors import UsageError

    if each and output is not None:
        raise UsageError("--each and --output exclude each other", code="extract.output")
    reports = list(_reports(names))
    if each:
        for report in reports:
            path = Path(report.path)
            target = path.with_name(path.name.removesuffix(path.suffix) + SUFFIX)
            if target.exists() and not force:
                settings.talk(f"left alone: {printable(str(target))}")
                continue
            write_claims(claims_of(report, language), target)
            settings.talk(f"wrote {printable(str(target))}")
    elif output is not None:
        write_claims((claim for report in reports for claim in claims_of(report, language)), output)
        settings.talk(f"wrote {printable(str(output))}")
    else:
        for report in reports:
            for claim in claims_of(report, language):
                sys.stdout.write(f"{dump_claim(claim)}\n")


def claims_of(report: Report, language: str | None = None) -> list[Claim]:
    """Return the claims of a report.

    Args:
        report: the report.
        language: its language, where it does not say it.

    Raises:
        DataError: the language is not known.
        UsageError: the extractor does not read it.
    """
    from kg.extraction import extract as find_claims
    from kg.language import analyze

    return list(find_claims(report, analyze(report, language)))


def _reports(names: tuple[str, ...]) -> Iterator[Report]:
    from kg.inputs import COMPANIONS, SAME_EVENTS
    from kg.sources import read_all

    found = False
    for report in read_all(names, on_fault=show_error, leave_out=(*COMPANIONS, SAME_EVENTS)):
        found = True
        yield report
    if not found:
        raise DataError("there is no report here", code="extract.none", where=", ".join(names))
