"""Systems side by side: what kg eval shows of several."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli.console import Settings, write, write_json
from kg.errors import DataError, UsageError

if TYPE_CHECKING:
    from kg.cli.eval import Extract
    from kg.cli.gold import Gold
    from kg.evaluation import Evaluation


def name_systems(system: Sequence[str], *, must: bool, is_alone: bool) -> dict[str, list[str]]:
    """Return the paths of each system that has a name, as in ``rules=a.claims.jsonl``; empty where none has.

    Args:
        system: what was given.
        must: whether each has to have one.
        is_alone: whether nothing was asked for that only one system can have.

    Raises:
        UsageError: some have a name and some have none, or it was.
    """
    named: dict[str, list[str]] = {}
    for given in system:
        name, sign, path = given.partition("=")
        if sign and name and "/" not in name and not Path(given).exists():
            named.setdefault(name, []).append(path)
    if (named or must) and sum(map(len, named.values())) < len(system):
        raise UsageError("some systems have names and some have none", code="eval.system", hint="--system NAME=PATH")
    if (named or must) and not is_alone:
        raise UsageError(
            "--errors and --floor do not go with systems side by side",
            code="eval.system",
            hint="score one system alone for those",
        )
    return named


def compare(  # noqa: PLR0913 - all but four by name
    settings: Settings,
    gold: Sequence[Gold],
    systems: dict[str, list[str]],
    extractors: Sequence[str],
    *,
    ignore_extra: bool,
    style: str,
) -> None:
    """Score systems against the same gold and show them side by side.

    Args:
        settings: how to talk.
        gold: the documents.
        systems: the claim files of each system, by its name.
        extractors: those whose claims are scored too.
        ignore_extra: leave out a system's documents that gold does not have.
        style: ``table`` or ``json``.

    Raises:
        DataError: as `kg.cli.eval.read_cases`, or an extractor left a report unread.
    """
    from kg.cli.eval import read_cases, write_table
    from kg.evaluation import evaluate
    from kg.evaluation.table import as_json, comparison_table

    evaluations: dict[str, Evaluation] = {}
    for name in dict.fromkeys(extractors):
        evaluations[name] = evaluate(read_cases(settings, gold, (), extract=_extractor(settings, name, gold)))
    for name, paths in systems.items():
        evaluations[name] = evaluate(read_cases(settings, gold, paths, ignore_extra=ignore_extra))
    if style == "json":
        write_json({name: as_json(evaluation) for name, evaluation in evaluations.items()})
        return
    scores = next(iter(evaluations.values())).scores
    write(f"{scores.documents:,} documents, {scores.gold:,} gold claims")
    write_table(comparison_table(evaluations))


def _extractor(settings: Settings, name: str, gold: Sequence[Gold]) -> Extract:
    """The extractor of a name; a model is asked about all reports at once."""
    if name == "rules":
        from kg.cli.eval import extract

        return extract
    from kg.cli.asking import ask_claims

    reports = [document.report for document in gold if document.report is not None]
    found, status = ask_claims(settings, name, reports)
    claims = {report.sha256: claims for report, claims in found}
    if status:
        raise DataError(
            "not every report was read, so there is nothing to compare",
            code="eval.unread",
            hint="run it again: what was answered is kept",
        )
    return lambda report: claims[report.sha256]
