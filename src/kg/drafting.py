"""Claims for reports that nobody has reviewed: found by an extractor and kept as claim files of their own.

A draft lies in ``out/claims/`` under the digest of its text. To review it, copy it beside its report as NAME.claims.jsonl and
edit its lines: a claim file beside a report always wins, and the report is not read by an extractor any more.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kg.claims import SUFFIX, write_claims
from kg.errors import DataError, KgError, UsageError
from kg.inputs import Input
from kg.project import Project
from kg.records import Claim, Report
from kg.sources import read_reports

DIRECTORY = "claims"
MODELS = ("model", "command", "rules+model")
"""The extractors that ask somebody (`kg.language_model`); nothing of that is imported before one is chosen."""
EXTRACTORS = ("rules", *MODELS, "none")
_KEYS = ("extractor", "lexicon", "budget", "model", "command")


@dataclass(frozen=True, slots=True)
class Drafted:
    """Inputs, each report that had no claim file with a draft; how many were drafted; what went wrong; what is to be told."""

    inputs: tuple[Input, ...]
    count: int
    problems: tuple[KgError, ...]
    notes: tuple[str, ...] = ()


def extractor_of(project: Project) -> str:
    """Return what kg.toml names as ``[extraction] extractor``, one of `EXTRACTORS`: by default ``rules``.

    Raises:
        UsageError: it names another, or the table has a key that nobody reads.
    """
    table = project.tables.get("extraction", {})
    unknown = next((key for key in table if key not in _KEYS), None)
    if unknown is not None:
        raise UsageError(
            f"unknown key {unknown!r}",
            code="extraction.key",
            where=f"{project.root / 'kg.toml'}:extraction.{unknown}",
            hint=f"keys: {', '.join(_KEYS)}",
        )
    name = table.get("extractor", "rules")
    if name not in EXTRACTORS:
        raise UsageError(
            f"no extractor is called {name!r}",
            code="extraction.extractor",
            where=str(project.root / "kg.toml"),
            hint=f"extractors: {', '.join(EXTRACTORS)}",
        )
    return str(name)


def budget_of(project: Project) -> str | None:
    """Return what kg.toml names as ``[extraction] budget``: what a build may spend on a model, ``2.50`` or ``200k tokens``.

    Raises:
        UsageError: it is no text.
    """
    budget = project.tables.get("extraction", {}).get("budget")
    if budget is not None and not isinstance(budget, str):
        raise UsageError(
            "budget must be a string",
            code="extraction.budget",
            where=f"{project.root / 'kg.toml'}:extraction.budget",
            hint='"2.50" is money, "200k tokens" are tokens',
        )
    return budget


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


def draft_inputs(inputs: Iterable[Input], project: Project, *, without: Collection[str] = ()) -> Drafted:
    """Give a draft to each report of inputs that have no claim file, by the project's extractor.

    Drafts of reports that are not among the inputs any more go. A report in which nothing is found stays without a draft.

    Args:
        inputs: what to draft.
        project: whose drafts they are.
        without: digests of reports that are passed over.

    Raises:
        UsageError: kg.toml names another extractor, or describes it wrongly.
        OSError: a draft cannot be written.
    """
    drafted: list[Input] = []
    problems: list[KgError] = []
    drafts: set[Path] = set()
    notes: list[str] = []
    tasks = _tasks(inputs, extractor_of(project), without, problems)
    with _open_drafting(project, notes, problems) as draft:
        for source, report, claims in draft(tasks):
            if isinstance(claims, DataError):
                problems.append(claims)
            elif isinstance(claims, KgError):
                problems += [] if claims in problems else [claims]
                drafted.append(source)
            elif claims and report is not None:
                path = _write_draft(claims, report, project)
                drafted.append(Input(source.report, path, source.meta))
                drafts.add(path)
            else:
                drafted.append(source)
    for stale in set((project.out / DIRECTORY).glob("*")) - drafts:
        stale.unlink()
    return Drafted(tuple(drafted), len(drafts), tuple(problems), tuple(notes))


_Task = tuple[Input, Report | None]
_Draft = Callable[[Iterable[_Task]], Iterator[tuple[Input, Report | None, Sequence[Claim] | KgError]]]


def _tasks(
    inputs: Iterable[Input], extractor: str, without: Collection[str], problems: list[KgError]
) -> Iterator[_Task]:
    """Yield each input with each report that needs a draft; one that needs none alone."""
    for source in inputs:
        if source.claims is not None or source.report is None or extractor == "none":
            yield source, None
            continue
        try:
            reports = [report for report in read_reports(source.report) if report.sha256 not in without]
        except DataError as error:
            problems.append(error)
            continue
        yield from ((source, report) for report in reports)


def _write_draft(claims: Iterable[Claim], report: Report, project: Project) -> Path:
    path = project.out / DIRECTORY / f"{report.sha256[:16]}{SUFFIX}"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_claims(claims, path)
    return path


@contextmanager
def _open_drafting(project: Project, notes: list[str], problems: list[KgError]) -> Iterator[_Draft]:
    """Open what drafts: the rules, or what asks a model; what that left unread is a problem, what it did a note at the end."""
    extractor, lexicon = extractor_of(project), lexicon_of(project)

    def rules(report: Report) -> tuple[Claim, ...]:
        return draft_claims(report, project.entities, lexicon)

    if extractor not in MODELS:
        yield lambda tasks: _by_rules(tasks, rules)
        return
    from kg.language_model.corpus import CorpusReader, rejected_file
    from kg.language_model.extractor import open_extractor

    with open_extractor(project, extractor, budget=budget_of(project), lexicon=lexicon) as model:
        reader = CorpusReader(model, rules if extractor == "rules+model" else None)

        def draft(tasks: Iterable[_Task]) -> Iterator[tuple[Input, Report | None, Sequence[Claim] | KgError]]:
            for source, report, found in reader.read(tasks):
                if isinstance(found, KgError):
                    yield source, report, found
                else:
                    problems.extend(found.problems(source.name) if found else ())
                    yield source, report, found.claims if found else ()

        yield draft
        reader.write_rejections(rejected_file(project), project.root)
        notes.append(reader.told())


def _by_rules(
    tasks: Iterable[_Task], rules: Callable[[Report], Sequence[Claim]]
) -> Iterator[tuple[Input, Report | None, Sequence[Claim] | KgError]]:
    for source, report in tasks:
        try:
            yield source, report, () if report is None else rules(report)
        except DataError as error:
            yield source, report, error
