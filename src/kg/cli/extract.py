"""kg extract: the claims of reports, found by the rules or by whoever kg.toml names."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
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
  kg extract --extractor model --dry-run reports       what a model would be asked, and about what it costs
  kg extract --extractor model --budget 2.50 --each reports

\b
The records are those of the claim guide; a person reviews them in an editor, kg build makes the graph. A claim file that is
there already is left alone by --each, since it may have been reviewed: --force makes it anew.

\b
A model (any chat endpoint of the OpenAI kind) or a program of yours is described in kg.toml, [extraction.model] or
[extraction.command]; the key is in KG_MODEL_TOKEN. What it says without words of the report is rejected, with the reason, into
out/model/rejected.jsonl; answers are kept in out/model, so that nothing is asked twice. rules+model keeps the rules' claims,
asks for what they miss and records where the two differ: kg review shows it. Exit status 1: a part of a report was not read.
"""


@click.command(epilog=EPILOG)
@click.argument("names", metavar="REPORT...", nargs=-1, required=True)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")
@click.option("--each", is_flag=True, help="Write the claims of each report beside it, as NAME.claims.jsonl.")
@click.option("--force", is_flag=True, help="With --each: replace claim files that are there.")
@click.option("--language", metavar="CODE", help="The reports' language, where they do not say it: fr, en.")
@click.option(
    "--extractor",
    type=click.Choice(["rules", "model", "command", "rules+model"]),
    help="Who reads: the rules, or the model or program of kg.toml. Default: what kg.toml names, else the rules.",
)
@click.option("--budget", metavar="AMOUNT", help="Ask a model for no more than this: 2.50 of money, or 200k tokens.")
@click.option("--dry-run", is_flag=True, help="Show what a model would be asked, and about what it costs; ask nothing.")
@click.option("--rejected", type=click.Path(dir_okay=False, path_type=Path), help="Where a model's rejected claims go.")
@click.pass_obj
def extract(  # noqa: PLR0913 - the options of the command
    settings: Settings,
    /,
    *,
    names: tuple[str, ...],
    output: Path | None,
    each: bool,
    force: bool,
    language: str | None,
    extractor: str | None,
    budget: str | None,
    dry_run: bool,
    rejected: Path | None,
) -> int:
    """Find the claims of reports: by the rules for French and English, or by a model or program held to the same evidence."""
    from kg.errors import UsageError

    if each and output is not None:
        raise UsageError("--each and --output exclude each other", code="extract.output")
    chosen = extractor or _chosen(settings)
    asks = chosen != "rules"
    if not asks and (budget or dry_run or rejected):
        raise UsageError("the rules ask nobody", code="extract.extractor", hint="add --extractor model")
    reports: Iterable[Report] = _reports(names)
    if each and not force:
        reports = _without_claims(settings, reports)
    if dry_run:
        from kg.cli.asking import show_requests

        return show_requests(settings, chosen, reports, language=language)
    if asks:
        from kg.cli.asking import ask_claims

        found, status = ask_claims(settings, chosen, reports, language=language, budget=budget, rejected=rejected)
    else:
        found, status = ((report, claims_of(report, language)) for report in reports), []
    _write(settings, found, output, each=each)
    return max(status, default=0)


def _chosen(settings: Settings) -> str:
    """The extractor that the project's kg.toml names; where there is none, or nobody is to read, the rules."""
    from kg.drafting import extractor_of
    from kg.errors import UsageError

    try:
        project = settings.find_project()
    except UsageError as error:
        if error.code != "project.missing" or settings.project is not None:
            raise
        return "rules"
    chosen = extractor_of(project)
    return "rules" if chosen == "none" else chosen


def _without_claims(settings: Settings, reports: Iterable[Report]) -> Iterator[Report]:
    for report in reports:
        if _beside(report).exists():
            settings.talk(f"left alone: {printable(str(_beside(report)))}")
        else:
            yield report


def _beside(report: Report) -> Path:
    from kg.claims import SUFFIX

    path = Path(report.path)
    return path.with_name(path.name.removesuffix(path.suffix) + SUFFIX)


def _write(
    settings: Settings, found: Iterable[tuple[Report, Sequence[Claim]]], output: Path | None, *, each: bool
) -> None:
    """Write claims as they come: beside their reports, into one file, or to standard output."""
    from kg.claims import dump_claim, write_claims

    if output is not None:
        write_claims((claim for _, claims in found for claim in claims), output)
        settings.talk(f"wrote {printable(str(output))}")
        return
    for report, claims in found:
        if each:
            write_claims(claims, _beside(report))
            settings.talk(f"wrote {printable(str(_beside(report)))}")
        else:
            sys.stdout.writelines(f"{dump_claim(claim)}\n" for claim in claims)


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
