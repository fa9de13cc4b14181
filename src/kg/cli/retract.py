"""kg retract: takes one document out again."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from kg.cli.console import Settings, printable, show_error, write, write_json
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.pipeline import Summary
    from kg.project import Project
    from kg.retractions import Retraction
    from kg.stores.comparison import Comparison
    from kg.stores.loading import Tally
    from kg.stores.profiles import Profile

EPILOG = """\b
Examples:
  kg retract reports/a.md --reason "withdrawn by its publisher" --date 2026-11-25 --by "N. Vole"
  kg retract 2d075536bbd17b9f --reason "court order" --store desk      by its key; also out of a triple store
  kg retract reports/a.md --reason "…" --dry-run                       what would change, graph by graph
  kg retract reports/a.md --store desk                                 once more in the store, e.g. after a failure
  kg retract --undo reports/a.md                                       takes the retraction back

\b
A document is named by a file of it (report, claims, metadata), its digest (16 hex digits or more) or its IRI. The retraction is
recorded in retractions.jsonl beside kg.toml, the graph is built anew without the document: what other documents say stays
exactly as if it had never been there, entities that nothing else names go, events that it held together come apart. What is
retracted is a text: the same text under another name stays out, a corrected text is another document. In a store, its
graph goes, and graphs that the store has otherwise than the new build are brought to it; nothing is added.
Exit status 1: with --dry-run something would change; else the rest of the build had faults, as kg build tells them.
"""


@click.command(epilog=EPILOG)
@click.argument("names", metavar="DOCUMENT...", nargs=-1, required=True)
@click.option("--reason", metavar="TEXT", help="Why; recorded, and told by every build.")
@click.option("--date", "date", metavar="YYYY-MM-DD", help="When; recorded. kg never looks at the clock for it.")
@click.option("--by", "by", metavar="NAME", help="By whom; recorded.")
@click.option("--undo", is_flag=True, help="Take the retraction back.")
@click.option(
    "--store", "store", metavar="NAME|URL", help="Also in this triple store: a name of kg.toml, or an address."
)
@click.option("--insecure-http", is_flag=True, help="Send secrets to another machine over plain http.")
@click.option("--dry-run", is_flag=True, help="Write nothing; say what would change.")
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", help="How to print.")
@click.pass_obj
def retract(  # noqa: PLR0913 - the options of the command
    settings: Settings,
    /,
    names: tuple[str, ...],
    *,
    reason: str | None,
    date: str | None,
    by: str | None,
    undo: bool,
    store: str | None,
    insecure_http: bool,
    dry_run: bool,
    style: str,
) -> int:
    """Take documents out of the graph, and keep what others support."""
    from kg.cli.remote import opened_profile
    from kg.retractions import find_documents, read_retractions, write_retractions

    if undo and any((reason, date, by)):
        raise UsageError("--undo takes no --reason, --date or --by", code="retract.undo")
    project = settings.find_project()
    # what is wrong with the store's name is told before anything is written
    remote = {"kind": None, "timeout": None, "insecure_http": insecure_http}
    profile = opened_profile(settings, store, remote) if store is not None else None
    known = {retraction.document: retraction for retraction in read_retractions(project)}
    found = {d: path for name in names for d, path in find_documents(project, name, is_retracted=undo).items()}
    if undo:
        chosen = [known[digest] for digest in found]
        changed = {digest: retraction for digest, retraction in known.items() if digest not in found}
    else:
        chosen = [known.get(digest) or _retraction(digest, path, reason, date, by) for digest, path in found.items()]
        changed = known | {retraction.document: retraction for retraction in chosen}
    if dry_run:
        comparisons, summary = _rehearse(settings, project, list(changed.values()))
        _tell(settings, chosen, comparisons, None, style=style, undo=undo)
        return 1 if any(comparison.state != "same" for comparison in comparisons) else 0
    write_retractions(project, changed.values())
    comparisons, summary = _rebuild(settings, project)
    tally = None
    try:
        if profile is not None:
            tally = _bring_to_store(project, profile, chosen, undo=undo)
    finally:
        _tell(settings, chosen, comparisons, tally, style=style, undo=undo)
    return 0 if summary.is_clean else 1


def _retraction(digest: str, path: str, reason: str | None, date: str | None, by: str | None) -> Retraction:
    from pydantic import ValidationError

    from kg.retractions import Retraction

    if not reason:
        raise UsageError(
            "a retraction needs a reason", code="retract.reason", hint='--reason "withdrawn by its publisher"'
        )
    try:
        return Retraction(document=digest, path=path, reason=reason, date=date, by=by)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        option = f"--{first['loc'][0]}"
        message = first["msg"].removeprefix("Value error, ")
        raise UsageError(f"{option}: {message}", code="retract.option", where=option) from error


# --------------------------------------------------------------------------- the local graph


def _rebuild(settings: Settings, project: Project) -> tuple[list[Comparison], Summary]:
    """Build anew, in the formats that are there; how the graphs differ from those before."""
    from kg.errors import KgError
    from kg.store import open_database, store_directory
    from kg.stores.comparison import compare_datasets
    from kg.stores.graphs import open_dataset

    nquads = project.out / "kg.nq"
    with _kept(nquads) as before:
        old = open_dataset(before) if before else None
        try:
            summary = _build(settings, project, None)
        except (KgError, OSError):
            settings.talk(
                "the retraction is recorded, and the graph is as it was: run kg build when the fault is mended"
            )
            raise
        with open_database(nquads, store_directory(project.out)):
            pass  # the database of the graph before goes: what is retracted is not to lie about
        return list(compare_datasets(open_dataset(nquads), old)), summary


def _rehearse(
    settings: Settings, project: Project, retractions: Sequence[Retraction]
) -> tuple[list[Comparison], Summary]:
    """Build into a folder that goes again."""
    from kg.stores.comparison import compare_datasets
    from kg.stores.graphs import open_dataset

    nquads = project.out / "kg.nq"
    with TemporaryDirectory() as folder:
        rehearsal = replace(project, out=Path(folder))
        summary = _build(settings, rehearsal, retractions)
        new = open_dataset(rehearsal.out / "kg.nq")
        return list(compare_datasets(new, open_dataset(nquads) if nquads.exists() else None)), summary


def _build(settings: Settings, project: Project, retractions: Sequence[Retraction] | None) -> Summary:
    from kg import pipeline
    from kg.inputs import find_inputs
    from kg.outputs import DEFAULT_FORMATS, FORMATS

    there = [suffix for suffix in FORMATS if (project.out / f"kg.{suffix}").exists()]
    with settings.progress("building", len(find_inputs(project))) as advance:
        summary = pipeline.build(
            project,
            formats=there or DEFAULT_FORMATS,
            direct=(project.out / "direct.ttl").exists(),
            retractions=retractions,
            advance=advance,
        )
    for problem in summary.problems:
        show_error(problem)
    if summary.rejected:
        settings.talk(f"rejected {summary.rejected:,} claims: see {printable(str(project.out / 'rejected.jsonl'))}")
    return summary


@contextmanager
def _kept(path: Path) -> Iterator[Path | None]:
    """A second name of a file that will be replaced, for as long as the context lasts; None where there is none."""
    if not path.exists():
        yield None
        return
    kept = path.with_name(f".{path.name}.before-{os.getpid()}")
    kept.unlink(missing_ok=True)
    kept.hardlink_to(path)
    try:
        yield kept
    finally:
        kept.unlink(missing_ok=True)


# --------------------------------------------------------------------------- the store


def _bring_to_store(project: Project, profile: Profile, chosen: Sequence[Retraction], *, undo: bool) -> Tally:
    """Take the graphs of documents out of a store (or put them back), and bring what changed with them to the new state."""
    from kg.cli.load import read_moment
    from kg.cli.remote import ask_person
    from kg.iris import Minter
    from kg.stores.graphs import open_dataset
    from kg.stores.ledger import read_ledger
    from kg.stores.loading import Order, Tally, load
    from kg.stores.protocol import open_store
    from kg.stores.withdrawal import plan_withdrawal

    graphs = {Minter(project.base).graph(retraction.key) for retraction in chosen}
    withdrawn, returned = (set[str](), graphs) if undo else (graphs, set[str]())
    dataset, tally = open_dataset(project.out / "kg.nq"), Tally()
    with open_store(profile, environ=os.environ, ask=ask_person()) as store:
        ledger = read_ledger(store, project.base)
        plan = plan_withdrawal(store, dataset, ledger, withdrawn=withdrawn, returned=returned)
        order = Order(project.base, time=read_moment(), remove=True, jobs=store.preset.jobs, token=f"{os.getpid():x}")
        load(store, dataset, plan, ledger, order=order, tally=tally)
    return tally


# --------------------------------------------------------------------------- what is told


def _tell(  # noqa: PLR0913 - everything that happened
    settings: Settings,
    chosen: Sequence[Retraction],
    comparisons: Sequence[Comparison],
    tally: Tally | None,
    *,
    style: str,
    undo: bool,
) -> None:
    changed = [comparison for comparison in comparisons if comparison.state != "same"]
    if style == "json":
        _tell_json(chosen, changed, tally, unchanged=len(comparisons) - len(changed), undo=undo)
        return
    for retraction in chosen:
        said = "taken back" if undo else "retracted"
        write(f"{said}  {printable(retraction.path)} ({retraction.key}): {printable(retraction.reason)}")
    for comparison in changed:
        state = {"extra": "gone", "missing": "new"}.get(comparison.state, "")
        write(f"  −{comparison.extra:,} +{comparison.missing:,}  {printable(comparison.graph)}  {state}".rstrip())
    settings.talk(f"{len(comparisons) - len(changed):,} graphs are as they were")
    if tally is not None:
        write(
            f"in the store: {tally.removed:,} graphs taken out, {tally.loaded:,} written "
            f"(−{tally.triples_removed:,} +{tally.triples_added:,})"
        )


def _tell_json(
    chosen: Sequence[Retraction], changed: Sequence[Comparison], tally: Tally | None, *, unchanged: int, undo: bool
) -> None:
    told: dict[str, object] = {
        "undone" if undo else "retracted": [retraction.model_dump() for retraction in chosen],
        "graphs": [
            {"graph": c.graph, "before": c.there, "after": c.here, "added": c.missing, "removed": c.extra}
            for c in changed
        ],
        "unchanged_graphs": unchanged,
    }
    if tally is not None:
        told["store"] = {
            "removed": tally.removed, "loaded": tally.loaded,
            "triples_added": tally.triples_added, "triples_removed": tally.triples_removed,
        }  # fmt: skip
    write_json(told)
