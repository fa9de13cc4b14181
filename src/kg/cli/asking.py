"""What kg extract and kg eval do where a model or a program of the user's reads the reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli.console import Settings, printable, show_error, write
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.language_model.corpus import CorpusReader, Rules
    from kg.project import Project
    from kg.records import Claim, Report


def ask_claims(  # noqa: PLR0913 - all but three by name
    settings: Settings,
    extractor: str,
    reports: Iterable[Report],
    *,
    language: str | None = None,
    budget: str | None = None,
    rejected: Path | None = None,
) -> tuple[Iterator[tuple[Report, Sequence[Claim]]], list[int]]:
    """Return the claims of reports as they are found, and a list to which the exit status is added at the end.

    Args:
        settings: how to talk.
        extractor: ``model``, ``command`` or ``rules+model``.
        reports: the reports.
        language: two-letter code, where they do not say it.
        budget: what may be spent.
        rejected: where rejected claims go; by default into the project's output folder.
    """
    status: list[int] = []
    return _ask(settings, extractor, reports, status, language=language, budget=budget, rejected=rejected), status


def _ask(  # noqa: PLR0913 - all but four by name
    settings: Settings,
    extractor: str,
    reports: Iterable[Report],
    status: list[int],
    *,
    language: str | None,
    budget: str | None,
    rejected: Path | None,
) -> Iterator[tuple[Report, Sequence[Claim]]]:
    from kg.drafting import budget_of, lexicon_of
    from kg.language_model.corpus import CorpusReader, rejected_file
    from kg.language_model.extractor import open_extractor

    project = settings.find_project()
    budget = budget or budget_of(project)
    with open_extractor(project, extractor, budget=budget, lexicon=lexicon_of(project)) as model:
        reader = CorpusReader(model, _rules(project, extractor, language), language)
        told: list[str] = []
        for _, report, found in reader.read((None, report) for report in reports):
            if isinstance(found, KgError):
                _show_once(found, told)
                status.append(found.exit_status)
            elif report is not None and found is not None:
                for problem in found.problems(report.path):
                    show_error(problem)
                    status.append(problem.exit_status)
                yield report, found.claims
        path = rejected or rejected_file(project)
        reader.write_rejections(path, project.root)
        _conclude(settings, reader, path)


def _show_once(error: KgError, told: list[str]) -> None:
    """Show an error; one that befalls every report that is left is shown once."""
    if str(error) not in told:
        told.append(str(error))
        show_error(error)


def _conclude(settings: Settings, reader: CorpusReader, rejected: Path) -> None:
    settings.talk(printable(reader.told()))
    if reader.rejections:
        settings.talk(f"what was not taken, and why: {printable(str(rejected))}")


def _rules(project: Project, extractor: str, language: str | None) -> Rules | None:
    if extractor != "rules+model":
        return None
    from kg.drafting import draft_claims, lexicon_of

    lexicon = lexicon_of(project)

    def rules(report: Report) -> Sequence[Claim]:
        said = replace(report, language=language) if language else report
        return draft_claims(said, project.entities, lexicon)

    return rules


def show_requests(settings: Settings, extractor: str, reports: Iterable[Report], *, language: str | None) -> int:
    """Write the requests that would be made, one JSON object a line, and say about what they would take; ask nobody."""
    import json

    from kg.language_model.exchange import Usage
    from kg.language_model.extractor import open_extractor

    project = settings.find_project()
    rules = _rules(project, extractor, language)
    with open_extractor(project, extractor) as model:
        likely, most, count = Usage(), Usage(), 0
        for report in reports:
            found = None if rules is None else rules(report)
            for request in model.requests(report, language=language, rules=found):
                write(json.dumps(request.as_record(), ensure_ascii=True))
                likely, most, count = (
                    likely + model.likely(request),
                    most + model.accounts.estimate(request.size),
                    count + 1,
                )
        for name, usage in (("likely", likely), ("at most, without repairs", most)):
            price = model.accounts.price(usage)
            money = "" if price is None else f", {price:.4f} in your currency"
            settings.talk(f"{count:,} requests, {name}: {usage.prompt:,} + {usage.completion:,} tokens{money}")
    return 0
