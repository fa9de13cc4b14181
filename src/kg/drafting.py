"""Claims for reports that nobody has reviewed: found by the rules and kept as claim files of their own.

A draft lies in ``out/claims/`` under the digest of its text. To review it, copy it beside its report as NAME.claims.jsonl and
edit its lines: a claim file beside a report always wins, and the report is not read by the rules any more.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.claims import SUFFIX, write_claims
from kg.errors import DataError, UsageError
from kg.inputs import Input
from kg.project import Project
from kg.records import Claim, Report

DIRECTORY = "claims"
EXTRACTORS = ("rules", "none")


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
