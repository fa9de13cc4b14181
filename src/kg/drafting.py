"""Claims for reports that nobody has reviewed: found by the rules and kept as claim files of their own.

A draft lies in ``out/claims/`` under the digest of its text. To review it, copy it beside its report as NAME.claims.jsonl and
edit its lines: a claim file beside a report always wins, and the report is not read by the rules any more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.claims import SUFFIX, write_claims
from kg.errors import DataError, KgError, UsageError
from kg.inputs import Input
from kg.project import Project
from kg.records import Claim, Report
from kg.sources import read_reports

DIRECTORY = "claims"
EXTRACTORS = ("rules", "none")


@dataclass(frozen=True, slots=True)
class Drafted:
    """Inputs, each report that had no claim file with a draft; how many were drafted; what went wrong."""

    inputs: tuple[Input, ...]
    count: int
    problems: tuple[KgError, ...]


def extractor_of(project: Project) -> str:
    """Return what kg.toml names as ``[extraction] extractor``: ``rules`` (the default), or ``none``.

    Raises:
        UsageError: it names another.
    """
    name = project.tables.get("extraction", {}).get("extractor", "rules")
    if name not in EXTRACTORS:
        raise UsageError(
            f"no extractor is called {name!r}",
            code="extraction.extractor",
            where=str(project.root / "kg.toml"),
            hint=f"extractors: {', '.join(EXTRACTORS)}",
        )
    return str(name)


def lexicon_of(project: Project) -> Path | None:
    """Return the folder that kg.toml names as ``[extraction] lexicon``: word tables of the project's own.

    Raises:
        UsageError: it is not the name of a folder.
    """
    name = project.tables.get("extraction", {}).get("lexicon")
    if name is None:
        return None
    if not isinstance(name, str) or not (project.root / name).is_dir():
        raise UsageError(
            f"lexicon is not the name of a folder: {name!r}",
            code="extraction.lexicon",
            where=str(project.root / "kg.toml"),
            hint="it holds LANGUAGE/TABLE.tsv, the columns like those of kg's own tables",
        )
    return project.root / name


def draft_claims(report: Report, entities: tuple[Path, ...] = (), lexicon: Path | None = None) -> tuple[Claim, ...]:
    """Extract the claims of a report by the rules.

    Args:
        report: the report.
        entities: files of reference entities of a project's own.
        lexicon: a folder of word tables of a project's own.

    Raises:
        DataError: the report's language is unknown, or none that the rules read; a table is wrong.
    """
    from kg.extraction import extract
    from kg.extraction.names.gazetteer import load_gazetteer
    from kg.language import analyze

    try:
        analysis = analyze(report, report.language)
        return tuple(extract(report, analysis, load_gazetteer(entities), lexicon=lexicon))
    except UsageError as error:
        raise DataError(error.message, code=error.code, where=report.path, hint=error.hint) from error


def write_drafts(source: Input, reports: list[Report], project: Project) -> Iterator[Input]:
    """Extract the claims of each report of an input without a claim file; yields the input with each draft.

    A report in which the rules find nothing yields the input as it is.

    Raises:
        DataError: see `draft_claims`.
        OSError: a draft cannot be written.
    """
    folder = project.out / DIRECTORY
    for report in reports:
        claims = draft_claims(report, project.entities, lexicon_of(project))
        if not claims:
            yield source
            continue
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{report.sha256[:16]}{SUFFIX}"
        write_claims(claims, path)
        yield Input(source.report, path, source.meta)


def draft_inputs(inputs: Iterable[Input], project: Project, *, without: Collection[str] = ()) -> Drafted:
    """Give a draft to each report of inputs that have no claim file, if the project's extractor is the rules.

    Drafts of reports that are not among the inputs any more go.

    Args:
        inputs: what to draft.
        project: whose drafts they are.
        without: digests of reports that are passed over.

    Raises:
        UsageError: kg.toml names another extractor.
        OSError: a draft cannot be written.
    """
    drafted: list[Input] = []
    problems: list[KgError] = []
    drafts: set[Path] = set()
    extractor = extractor_of(project)
    for source in inputs:
        if source.claims is not None or source.report is None or extractor == "none":
            drafted.append(source)
            continue
        try:
            reports = [report for report in read_reports(source.report) if report.sha256 not in without]
            found = list(write_drafts(source, reports, project))
        except DataError as error:
            problems.append(error)
            continue
        drafted += found
        drafts |= {draft.claims for draft in found if draft.claims}
    for stale in set((project.out / DIRECTORY).glob("*")) - drafts:
        stale.unlink()
    return Drafted(tuple(drafted), len(drafts), tuple(problems))
