"""kg eval: score claims against gold."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import click

from kg.cli.console import Settings, printable, write, write_json
from kg.cli.gold import Gold, claim_files, read_gold, read_sound
from kg.errors import DataError, UsageError

if TYPE_CHECKING:
    from kg.evaluation import Case, Evaluation
    from kg.evaluation.table import Table
    from kg.records import Claim, Report

Extract: TypeAlias = "Callable[[Report], Sequence[Claim]]"
"""An extractor: the claims that it finds in a report."""

EPILOG = """\b
Examples:
  kg eval reports                                 what kg extract finds in the reports beside the gold files
  kg eval reports --system mine                   the claim files in mine against those in reports
  kg eval reports --extractor rules --extractor model --extractor rules+model      side by side, in one table
  kg eval reports --system rules=a --system model=b                                the same of claim files
  kg eval reports --system mine --errors          each miss and each spurious claim in its sentence
  kg eval a.claims.jsonl b.claims.jsonl --system mine --format json
  kg eval reports --system mine --floor floor.toml                 exit status 1 where a layer is below its floor
  kg eval reports --system mine --floor floor.toml --write-floor   raise the floors to the present figures

\b
Claim files are matched by the digest of their document. Beside a gold file NAME.claims.jsonl lies its report, NAME.md, .txt or
.html, or its metadata, NAME.meta.toml; else its language is unknown (und) and its sentences are not shown. A gold document
that the system has no claims about counts as missed. Exit status 1: a file is wrong, or a layer is below its floor.
"""


@click.command("eval", epilog=EPILOG)
@click.argument("gold", metavar="GOLD...", nargs=-1, required=True)
@click.option(
    "--system",
    multiple=True,
    metavar="[NAME=]PATH",
    help="A claim file, or a folder of them, to score; may be repeated. Names set systems side by side. Without it: the rules.",
)
@click.option(
    "--extractor",
    "extractors",
    multiple=True,
    type=click.Choice(["rules", "model", "command", "rules+model"]),
    help="Score what this finds in the reports; repeated, side by side.",
)
@click.option("--ignore-extra", is_flag=True, help="Leave out the system's documents that gold does not have.")
@click.option("--errors", is_flag=True, help="Also show what was missed, spurious or wrong, each in its sentence.")
@click.option(
    "--floor", type=click.Path(dir_okay=False, path_type=Path), help="A TOML file: the least figure of each layer."
)
@click.option("--write-floor", is_flag=True, help="Raise the floors of that file to the present figures.")
@click.option(
    "--format", "style", type=click.Choice(["table", "json"]), default="table", help="How to print the scores."
)
@click.pass_obj
def eval(  # noqa: A001, PLR0913 - the command's name; its options
    settings: Settings,
    /,
    *,
    gold: tuple[str, ...],
    system: tuple[str, ...],
    extractors: tuple[str, ...],
    ignore_extra: bool,
    errors: bool,
    floor: Path | None,
    write_floor: bool,
    style: str,
) -> None:
    """Score claims against gold claim files."""
    from kg.evaluation import evaluate

    if write_floor and floor is None:
        raise UsageError("--write-floor needs --floor FILE", code="eval.floor")
    documents = read_gold(gold)
    if extractors or any("=" in given for given in system):
        from kg.cli.systems import compare, name_systems

        named = name_systems(system, must=bool(extractors), is_alone=not (errors or floor))
        if extractors or named:
            compare(settings, documents, named, extractors, ignore_extra=ignore_extra, style=style)
            return
    cases = read_cases(settings, documents, system, ignore_extra=ignore_extra, extract=None if system else extract)
    with settings.progress("scoring", len(cases)) as advance:
        evaluation = evaluate(_counted(cases, advance), with_mistakes=errors)
    if style == "json":
        _write_json(evaluation, documents, errors=errors)
    else:
        _write_tables(evaluation)
        _write_mistakes(evaluation, documents)
    if floor is not None:
        _hold(settings, evaluation, floor, write_floor=write_floor)


# --------------------------------------------------------------------------- what is read


def read_cases(
    settings: Settings,
    gold: Sequence[Gold],
    system: Sequence[str],
    *,
    ignore_extra: bool = False,
    extract: Extract | None = None,
) -> list[Case]:
    """Put beside each gold document what the system says about it.

    Args:
        settings: how to talk.
        gold: the documents.
        system: claim files and folders of them; where none is named, `extract` reads the reports.
        ignore_extra: leave out the system's documents that gold does not have.
        extract: the extractor that is scored where no system file is named.

    Raises:
        UsageError: there is neither a system file nor an extractor.
        DataError: a line of a system file is no good claim, two files are about one document, a document is not in gold, or
            the text that `extract` has to read is not at hand.
    """
    from kg.evaluation import Case

    if not system and extract is None:
        raise UsageError(
            "there is nothing to score: neither a system's claim files nor an extractor",
            code="eval.system",
            hint="name claim files or folders of them: --system PATH",
        )
    claims = _read_system(settings, system) if system else _extracted(gold, extract) if extract else {}
    extra = sorted(str(file) for document, (file, _) in claims.items() if document not in {g.document for g in gold})
    if extra and not ignore_extra:
        raise DataError(
            f"{len(extra):,} of the system's documents are not in gold",
            code="eval.extra",
            where=extra[0],
            hint="name their gold too, or leave them out with --ignore-extra",
        )
    if extra:
        settings.talk(f"left out {len(extra):,} documents that are not in gold")
    missing = sum(g.document not in claims for g in gold)
    if missing:
        settings.talk(
            f"the system has no claims about {missing:,} of {len(gold):,} documents: all of theirs are missed"
        )
    return [
        Case(g.document, g.name, g.claims, claims.get(g.document, (g.name, ()))[1], language=g.language) for g in gold
    ]


def _read_system(settings: Settings, names: Iterable[str]) -> dict[str, tuple[str, Sequence[Claim]]]:
    """The system's claims by document, with the file that they stand in; an empty file says nothing about any document."""
    files = claim_files(names)
    if not files:
        raise DataError("there is no claim file here", code="eval.none", where=", ".join(names))
    claims: dict[str, tuple[str, Sequence[Claim]]] = {}
    for path in files:
        if not path.stat().st_size:
            settings.talk(f"empty: {printable(str(path))}")
            continue
        file = read_sound(path)
        assert file.document is not None  # noqa: S101 - a sound claim file holds a claim
        if file.document in claims:
            message = f"the same document as {claims[file.document][0]}"
            raise DataError(message, code="eval.duplicate", where=str(path), hint="one claim file for each document")
        claims[file.document] = str(path), file.claims
    return claims


def extract(report: Report) -> Sequence[Claim]:
    """Return what the rules find in a report."""
    from kg.cli.extract import claims_of

    return claims_of(report)


def _extracted(gold: Iterable[Gold], extract: Extract) -> dict[str, tuple[str, Sequence[Claim]]]:
    claims = {}
    for document in gold:
        if document.report is None:
            raise DataError(
                "the report is not at hand, so nothing can be extracted from it",
                code="eval.text",
                where=document.name,
                hint="put it beside the claims, under their name",
            )
        claims[document.document] = document.name, extract(document.report)
    return claims


def _counted(cases: Iterable[Case], advance: Callable[[int], None]) -> Iterator[Case]:
    for case in cases:
        yield case
        advance(1)


# --------------------------------------------------------------------------- what is written


def _write_json(evaluation: Evaluation, gold: Sequence[Gold], *, errors: bool) -> None:
    from kg.evaluation.table import as_json, mistakes_as_json

    scores = as_json(evaluation)
    if errors:
        scores["errors"] = [
            {"document": document.document, "file": document.name, **mistake}
            for document in gold
            for mistake in mistakes_as_json(evaluation.mistakes[document.document], document.text)
        ]
    write_json(scores)


def _write_tables(evaluation: Evaluation) -> None:
    from kg.evaluation.table import layer_table, type_table

    scores = evaluation.scores
    write(f"{scores.documents:,} documents, {scores.gold:,} gold claims, {scores.system:,} system claims")
    write_table(layer_table(evaluation))
    write_table(type_table(evaluation))


def write_table(table: Table) -> None:
    """Write a table of figures to standard output."""
    from rich import box
    from rich.console import Console
    from rich.table import Table as RichTable

    shown = RichTable(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    for number, name in enumerate(table.columns):
        shown.add_column(name, justify="left" if number < table.text_columns else "right", no_wrap=True)
    for row in table.rows:
        shown.add_row(*row)
    Console(file=sys.stdout, width=None if sys.stdout.isatty() else 1000, highlight=False).print(shown)


def _write_mistakes(evaluation: Evaluation, gold: Sequence[Gold]) -> None:
    from kg.evaluation.table import mistake_lines

    for document in gold:
        mistakes = evaluation.mistakes.get(document.document, ())
        if mistakes:
            write(click.style(printable(document.name), bold=True))
        for line in mistake_lines(mistakes, document.text):
            write(printable(line))


def _hold(settings: Settings, evaluation: Evaluation, path: Path, *, write_floor: bool) -> None:
    """Hold the figures against the floors, or raise these to them."""
    from kg.evaluation.floors import check_floors, raise_floors, read_floors, write_floors

    if write_floor:
        write_floors(raise_floors(evaluation, read_floors(path) if path.exists() else None), path)
        settings.talk(f"wrote {printable(str(path))}")
        return
    below = check_floors(evaluation, read_floors(path))
    if below:
        raise DataError(f"below the floor: {', '.join(below)}", code="eval.floor", where=str(path))
    settings.talk("no layer is below its floor")
