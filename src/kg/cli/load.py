"""kg load: the graph into an external triple store."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.console import Settings, printable, write
from kg.cli.remote import ask_person, opened_profile, store_options
from kg.errors import DataError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.project import Project
    from kg.stores.graphs import LocalDataset
    from kg.stores.loading import Event, Tally
    from kg.stores.plan import Plan
    from kg.stores.protocol import Store

EPILOG = """\b
Examples:
  kg load http://localhost:7878                 all of out/kg.nq; only what changed is written
  kg load desk                                  the store [stores.desk] of kg.toml
  kg load desk reports/a.md 3f2a9c0d4e5b6a71    two documents and what they share with others
  kg load desk --dry-run                        +n -m for each graph; status 1 where something would change
  kg load desk --verify full                    read everything back, and repair what is not as it should be
  kg load http://host:8890 --store virtuoso     do not find out what kind of store it is

\b
Each document has a graph of its own; entities, events and vocabulary have theirs. A graph `graph/ledger` in the store says
which graphs are there, and as what: what it has is not written again, and a run that broke off goes on where it stopped.

\b
Who you are: KG_<NAME>_USER and _PASSWORD or KG_<NAME>_TOKEN (NAME from kg.toml), the same with KG_STORE_, ~/.netrc, the
keyring, or a prompt. SOURCE_DATE_EPOCH, or --time, is the time that the ledger keeps; without it, it keeps none.
Exit status 1: a term that stores change (nothing is written), or --dry-run found changes; 3: the store failed.
"""

_EPOCH = "SOURCE_DATE_EPOCH"


@click.command(epilog=EPILOG)
@click.argument("target", metavar="URL|NAME")
@click.argument("documents", metavar="[DOCUMENT]...", nargs=-1)
@store_options
@click.option("--mode", type=click.Choice(["auto", "replace", "diff", "append"]), default="auto", show_default=True,
              help="Send what is best, whole graphs, or what differs; append takes nothing away.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Say what would change, and write nothing.")
@click.option("--resume/--no-resume", default=True, show_default=True,
              help="Believe the ledger of earlier runs, or compare every graph.")  # fmt: skip
@click.option("--verify", type=click.Choice(["count", "full", "none"]), default="count", show_default=True,
              help="Count what was written, read back every graph, or believe the store.")  # fmt: skip
@click.option("--delete-missing", is_flag=True, help="Take out the graphs of documents that the project no longer has.")
@click.option("--jobs", type=click.IntRange(1, 32), help="Requests at a time (default: as the kind of store bears).")
@click.option("--time", "moment", metavar="TIME", help="When this happens, for the ledger: 2026-11-25T08:00:00Z.")
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text",
              help="How to tell what happens; json: one event a line.")  # fmt: skip
@click.pass_obj
def load(settings: Settings, /, *, target: str, documents: tuple[str, ...], **options: Any) -> int:
    """Put the graph into a triple store, and see that it is there.

    URL is the address of the store, or NAME one of kg.toml. DOCUMENT is a report's file, a document's key (16 hex digits), its
    IRI or that of its graph; without any, it is all of them.
    """
    from kg.stores.graphs import open_dataset
    from kg.stores.protocol import open_store

    project = settings.find_project()
    profile = opened_profile(settings, target, options)
    moment = read_moment(options.pop("moment"))
    dataset = open_dataset(project.out / "kg.nq")
    selected = select_graphs(dataset, documents, project)
    with open_store(profile, environ=os.environ, ask=ask_person(), jobs=options["jobs"]) as store:
        return _Run(settings, store, dataset, project.base, **options).go(selected, moment)


class _Run:
    """One call of the command, against an open store."""

    def __init__(  # noqa: PLR0913 - the options of the command
        self, settings: Settings, store: Store, dataset: LocalDataset, base: str, /, *,
        mode: Any, dry_run: bool, resume: bool, verify: Any, delete_missing: bool, jobs: int | None, style: str,
    ) -> None:  # fmt: skip
        self.settings, self.store, self.dataset, self.base = settings, store, dataset, base
        self.mode, self.is_dry, self.resume, self.verify = mode, dry_run, resume, verify
        self.delete_missing, self.jobs, self.style = delete_missing, jobs or store.preset.jobs, style

    def go(self, selected: set[str] | None, moment: str | None) -> int:
        from kg.stores.ledger import Ledger, read_ledger
        from kg.stores.loading import Order, Tally, load
        from kg.stores.plan import make_plan

        ledger = read_ledger(self.store, self.base)
        believed = ledger if self.resume else Ledger(ledger.graph, {}, ledger.known)
        total = len(self.dataset.graphs) if selected is None else len(selected)
        with self.settings.progress("comparing", total) as advance:
            plan = make_plan(
                self.store, self.dataset, believed, selected=selected, verification=self.verify, advance=advance
            )
        self._tell_plan(plan)
        if self.is_dry:
            return self._rehearse(plan)
        order = Order(
            self.base, mode=self.mode, verification=self.verify, time=moment, remove=self.delete_missing, jobs=self.jobs,
            token=f"{os.getpid():x}",
        )  # fmt: skip
        tally = Tally()
        with self._progress(plan) as tally.events:
            load(self.store, self.dataset, plan, ledger, order=order, tally=tally)
        self._tell_end(plan, tally)
        return 0

    @contextmanager
    def _progress(self, plan: Plan) -> Iterator[Callable[[Event], None]]:
        """Tell events as they happen: a bar with rate and time left on a terminal, lines where they were asked for."""
        total = sum(graph.count for graph in plan.writes)
        counts = {graph.iri: graph.count for graph in plan.writes}
        with self.settings.progress("loading", total) as advance:

            def tell(event: Event) -> None:
                advance(counts.get(event.graph, 0))
                self._emit(event.kind, graph=event.graph, added=event.added, removed=event.removed)

            yield tell

    # ----------------------------------------------------------------- telling

    def _emit(self, event: str, /, **facts: Any) -> None:
        if self.style == "json":
            write(json.dumps({"event": event, **facts}, ensure_ascii=False, sort_keys=True))
            sys.stdout.flush()

    def _tell_plan(self, plan: Plan) -> None:
        self._emit(
            "plan", store=self.store.profile.url, kind=self.store.profile.kind, unchanged=len(plan.unchanged),
            new=len(plan.new), changed=len(plan.changed), gone=len(plan.gone),
        )  # fmt: skip
        if plan.gone and not self.delete_missing:
            self.settings.talk(
                f"the store has {len(plan.gone):,} graphs that the project no longer has: --delete-missing takes them out"
            )

    def _rehearse(self, plan: Plan) -> int:
        """Say what would change; 1 where something would."""
        from kg.stores.admission import check_profile
        from kg.stores.plan import compare

        check_profile(self.dataset, plan.writes)
        lines = [(graph.iri, graph.count, 0) for graph in plan.new]
        for graph in plan.changed:
            difference = compare(self.store, self.dataset, graph)
            removed = 0 if self.mode == "append" else len(difference.removed)
            lines.append((graph.iri, len(difference.added), removed))
        if self.delete_missing:
            lines += [(iri, 0, count) for iri, count in self.store.count(plan.gone).items()]
        changes = [line for line in sorted(lines) if line[1] or line[2]]
        for iri, added, removed in changes:
            self._emit("would", graph=iri, added=added, removed=removed)
            if self.style == "text":
                write(f"+{added} -{removed}  {printable(iri)}")
        same = len(plan.unchanged) + len(lines) - len(changes)
        self.settings.talk(f"{len(changes):,} graphs would change, {same:,} are as they should be")
        return 1 if changes else 0

    def _tell_end(self, plan: Plan, tally: Tally) -> None:
        facts = {
            "unchanged": len(plan.unchanged), "loaded": tally.loaded, "removed": tally.removed,
            "triples_added": tally.triples_added, "triples_removed": tally.triples_removed, "verified": self.verify,
        }  # fmt: skip
        self._emit("done", **facts)
        if self.style == "text":
            write(
                "\n".join(
                    f"{name.replace('_', ' '):<16} {n if isinstance(n, str) else f'{n:,}'}" for name, n in facts.items()
                )
            )


# --------------------------------------------------------------------------- what is loaded, and when


def select_graphs(dataset: LocalDataset, documents: tuple[str, ...], project: Project) -> set[str] | None:
    """Return the IRIs of the graphs of documents and of those that documents share; `None` for all.

    Args:
        dataset: the build.
        documents: keys, IRIs of documents or graphs, files of reports.
        project: whose base the IRIs have.

    Raises:
        DataError: a document is not in the build.
    """
    if not documents:
        return None
    known = dataset.documents()
    selected = {graph.iri for graph in dataset.shared()}
    for document in documents:
        if document in dataset.graphs:
            selected.add(document)
            continue
        key = _key(document, project)
        if key not in known:
            raise DataError(
                f"the graph has no such document: {document}",
                code="load.document",
                where=str(dataset.path),
                hint="give a report's file, the document's key or its IRI; run `kg build` if it is new",
            )
        selected.add(known[key].iri)
    return selected


def _key(document: str, project: Project) -> str:
    """The digest key of a document that is named by its key, its IRI, or its report's file."""
    from kg.iris import Minter

    if re.fullmatch(r"[0-9a-f]{16}", document):
        return document
    prefix = Minter(project.base).document("")
    if document.startswith(prefix):
        return document.removeprefix(prefix).partition("#")[0]
    path = Path(document)
    if not path.is_file():
        return document
    from kg.sources import read_reports

    for report in read_reports(path):
        return report.sha256[:16]
    return document


def read_moment(given: str | None = None) -> str | None:
    """The time for the ledger, as xsd:dateTime in UTC: what was given, or SOURCE_DATE_EPOCH; no clock is read.

    Raises:
        UsageError: it is no time, or has no zone.
    """
    from datetime import UTC, datetime

    text, where = (given, "--time") if given else (os.environ.get(_EPOCH), _EPOCH)
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text) if given else datetime.fromtimestamp(int(text), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError(f"not a time: {text}", code="load.time", where=where, hint="2026-11-25T08:00:00Z") from error
    if moment.tzinfo is None:
        raise UsageError("a time needs its zone", code="load.time", where=where, hint="2026-11-25T08:00:00Z")
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
