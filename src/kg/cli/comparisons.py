"""kg store list, count, diff: a store beside the local graph."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from kg.cli.console import Settings, printable, write, write_json
from kg.cli.remote import ask_person, opened_profile, store_options
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.project import Project
    from kg.stores.comparison import Comparison
    from kg.stores.graphs import LocalDataset
    from kg.stores.ledger import Ledger
    from kg.stores.protocol import Store

LIST_EPILOG = """\b
Examples:
  kg store list desk                       each graph of the project: here, there, and what kg has loaded
  kg store list http://localhost:7878 --format json

\b
By the ledger that kg load keeps in the store, and by the counts; triples are not read. A state is `same` (the ledger has the
digest of the graph as it is here), `changed`, `missing` (in the store), `extra` (only in the store), or `unproved` (as many
triples, and no word of the ledger). Exit status 0: all the same; 1: something is not.
"""
COUNT_EPILOG = """\b
Examples:
  kg store count desk
  kg store count http://localhost:7878 --format json

\b
The store counts; nothing is read and the ledger is not asked. Exit status 0: all counts are equal; 1: they are not.
"""
DIFF_EPILOG = """\b
Examples:
  kg store diff desk                                  how many triples each graph lacks or has too many
  kg store diff desk 2d075536bbd17b9f                 one graph, line by line: A to be added to the store, D to be deleted
  kg store diff http://localhost:7878 entities

\b
Every graph is read from the store, in pages where it caps its results. GRAPH is an IRI, the key of a document (16 hex digits),
or entities or vocabulary; the patch is in N-Quads with A or D before each statement. kg load does what it says.
Exit status 0: all the same; 1: something is not.
"""

_FORMAT = click.option(
    "--format", "style", type=click.Choice(["table", "json"]), default="table", show_default=True, help="How to print."
)


@click.command("list", epilog=LIST_EPILOG, short_help="List the graphs of a store beside the local ones.")
@click.argument("target", metavar="URL|NAME")
@store_options
@_FORMAT
@click.pass_obj
def list_graphs(settings: Settings, /, *, target: str, style: str, **options: Any) -> int:
    """List the project's graphs in a store, and how they stand to the local ones."""
    from kg.stores.comparison import consult_ledger, count_graphs
    from kg.stores.ledger import read_ledger

    with _opened(settings, target, options) as (store, dataset, project):
        ledger = read_ledger(store, project.base)
        found = consult_ledger(count_graphs(store, dataset, project.base), dataset, ledger)
    if style == "json":
        write_json(_as_json(target, found, ledger))
    else:
        header = ("graph", "here", "store", "state", "loaded by", "at")
        _print(settings, header, [_row(c, _loaded(ledger, c.graph)) for c in found], found)
    return _status(found)


@click.command(epilog=COUNT_EPILOG, short_help="Compare counts, graph by graph.")
@click.argument("target", metavar="URL|NAME")
@store_options
@_FORMAT
@click.pass_obj
def count(settings: Settings, /, *, target: str, style: str, **options: Any) -> int:
    """Compare how many triples each graph has, in a store and here."""
    from kg.stores.comparison import count_graphs

    with _opened(settings, target, options) as (store, dataset, project):
        found = count_graphs(store, dataset, project.base)
    if style == "json":
        write_json(_as_json(target, found))
    else:
        rows = [_row(comparison) for comparison in found]
        rows.append(("total", f"{dataset.count:,}", f"{sum(c.there or 0 for c in found):,}", ""))
        _print(settings, ("graph", "here", "store", "state"), rows, found)
    return _status(found, equal=("same", "unproved"))


@click.command(epilog=DIFF_EPILOG, short_help="Compare triples, graph by graph or line by line.")
@click.argument("target", metavar="URL|NAME")
@click.argument("graph", required=False)
@store_options
@_FORMAT
@click.pass_obj
def diff(settings: Settings, /, *, target: str, graph: str | None, style: str, **options: Any) -> int:
    """Compare the triples of each graph, in a store and here; or of one graph, line by line."""
    from kg.stores.comparison import count_graphs, patch_lines, read_graphs

    with _opened(settings, target, options) as (store, dataset, project):
        if graph is not None:
            lines = patch_lines(store, dataset, _graph_iri(graph, dataset, project))
            _print_patch(lines, style)
            return 1 if lines else 0
        counted = count_graphs(store, dataset, project.base)
        with settings.progress("reading", len(counted)) as advance:
            found = list(read_graphs(store, dataset, counted, advance))
    if style == "json":
        write_json(_as_json(target, found))
    else:
        rows = [(*_row(c)[:-1], f"{c.missing or 0:,}", f"{c.extra or 0:,}", c.state) for c in found]
        _print(settings, ("graph", "here", "store", "missing", "extra", "state"), rows, found)
    return _status(found)


# --------------------------------------------------------------------------- what is compared


@contextmanager
def _opened(settings: Settings, target: str, options: dict[str, Any]) -> Iterator[tuple[Store, LocalDataset, Project]]:
    from kg.stores.graphs import open_dataset
    from kg.stores.protocol import open_store

    project = settings.find_project()
    profile = opened_profile(settings, target, options)
    dataset = open_dataset(project.out / "kg.nq")
    with open_store(profile, environ=os.environ, ask=ask_person()) as store:
        yield store, dataset, project


def _graph_iri(name: str, dataset: LocalDataset, project: Project) -> str:
    """The IRI of a graph that is named by it, by its last part, or by that after ``graph:``."""
    from kg.iris import Minter, iri_term

    known = dataset.graphs
    for iri in (name, Minter(project.base).graph(name.removeprefix("graph:"))):
        if iri in known:
            return iri
    if "://" not in name:
        raise UsageError(
            f"there is no such graph here: {name}",
            code="store.graph",
            where=str(dataset.path),
            hint="give its whole IRI if only the store has it; kg store list names them",
        )
    iri_term(name)
    return name


def _status(found: Sequence[Comparison], equal: Sequence[str] = ("same",)) -> int:
    return 0 if all(comparison.state in equal for comparison in found) else 1


# --------------------------------------------------------------------------- what is told


def _row(comparison: Comparison, more: tuple[str, ...] = ()) -> tuple[str, ...]:
    here, there = ("–" if n is None else f"{n:,}" for n in (comparison.here, comparison.there))
    return (printable(comparison.graph), here, there, comparison.state, *more)


def _loaded(ledger: Ledger, graph: str) -> tuple[str, str]:
    entry = ledger.entries.get(graph)
    return (printable(entry.version), printable(entry.time or "")) if entry else ("", "")


def _as_json(target: str, found: Sequence[Comparison], ledger: Ledger | None = None) -> dict[str, Any]:
    rows = []
    for comparison in found:
        row: dict[str, Any] = {
            "graph": comparison.graph, "state": comparison.state, "here": comparison.here, "store": comparison.there,
        }  # fmt: skip
        if comparison.missing is not None:
            row |= {"missing": comparison.missing, "extra": comparison.extra}
        entry = ledger.entries.get(comparison.graph) if ledger else None
        if entry:
            row |= {"loaded_by": entry.version, "time": entry.time, "sha256": entry.digest}
        rows.append(row)
    return {"store": target, "graphs": rows, "states": _states(found)}


def _states(found: Sequence[Comparison]) -> dict[str, int]:
    from collections import Counter

    return dict(sorted(Counter(comparison.state for comparison in found).items()))


def _print(
    settings: Settings, header: tuple[str, ...], rows: Sequence[tuple[str, ...]], found: Sequence[Comparison]
) -> None:
    """Print a table whose columns are as wide as they need; numbers stand to the right."""
    widths = [max(map(len, column)) for column in zip(header, *rows, strict=True)]
    for row in (header, *rows):
        cells = [
            cell.rjust(width) if name in ("here", "store", "missing", "extra") else cell.ljust(width)
            for name, cell, width in zip(header, row, widths, strict=True)
        ]
        write("  ".join(cells).rstrip())
    settings.talk(", ".join(f"{n:,} {state}" for state, n in _states(found).items()) or "no graph here and none there")


def _print_patch(lines: Sequence[str], style: str) -> None:
    if style == "json":
        write_json([{"operation": line[0], "quad": line[2:]} for line in lines])
    else:
        for line in lines:
            write(printable(line))
