"""How graphs get into a store: the best way that it has, for what is new and for what replaces something.

    dataset       N-Quads of many graphs in one request                   new graphs
    put           the Graph Store Protocol, graph by graph                new graphs; replacement where a PUT is atomic
    update        one SPARQL update for many graphs, all or nothing       replacement where updates are atomic
    modify        one operation DELETE … INSERT for a small difference    replacement where updates are not atomic
    staging       a graph beside, filled, counted, then MOVEd             replacement where nothing else is atomic
    batches       deletions and insertions in small updates               where there is nothing better
    transaction   the store's own transactions (`kg.stores.dialects`)     RDF4J, GraphDB, Stardog

Every strategy may be repeated: done twice, it is done once. None believes that it succeeded; `kg.stores.loading` looks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg.errors import WorldError
from kg.iris import iri_term
from kg.stores.dialects import begin
from kg.stores.graphs import LocalDataset, LocalGraph
from kg.stores.plan import Difference, Mode
from kg.stores.probe import empty
from kg.stores.protocol import Store
from kg.web import Unanswered, Unavailable, retry

MAX_JOBS: Final = 32
_ESCAPE: Final = re.compile(r"\\(?:\\[uU]|u[0-9A-F]{4}|.)")


@dataclass(frozen=True, slots=True)
class Change:
    """A graph to be written: as it is here (`None`: it must go), and, where the store has it, what must change there."""

    iri: str
    local: LocalGraph | None
    difference: Difference | None = None

    @property
    def weight(self) -> int:
        """How many triples it moves."""
        if self.difference is not None:
            return len(self.difference.added) + len(self.difference.removed)
        return self.local.count if self.local else 0


@dataclass(frozen=True, slots=True)
class Work:
    """What a strategy works with: the store, the build, the name of a graph of this worker's own for staging."""

    store: Store
    dataset: LocalDataset
    staging: str


Strategy = Callable[[Work, Sequence[Change]], None]


def choose(store: Store, mode: Mode, *, is_new: bool) -> Strategy:
    """Return the best strategy that a store has.

    Args:
        store: the store, whose capabilities are known.
        mode: ``replace`` sends whole graphs, ``diff`` and ``append`` what differs, ``auto`` what is best.
        is_new: the store has nothing of the graphs.
    """
    can = store.capabilities
    if is_new and mode != "diff" and (store.profile.endpoint("dataset") or can.dataset_upload):
        return by_dataset
    if store.preset.transactions:
        return by_transaction
    if is_new and mode in ("auto", "replace"):
        return by_put if can.graph_store else by_batches
    if mode in ("diff", "append"):
        return by_update if can.update_atomic else by_batches
    if can.update_atomic:
        return by_update if mode == "auto" else by_whole_update
    if can.put_atomic:
        return by_put
    if mode == "auto":
        return by_modification if can.move else by_batches
    return by_staging if can.move else by_put if can.graph_store else by_batches


def by_dataset(work: Work, changes: Sequence[Change]) -> None:
    """Add the N-Quads of graphs that the store has nothing of."""
    graphs = [change.local for change in changes if change.local]
    work.store.post_dataset(_Quads(work.dataset, graphs), sum(graph.length for graph in graphs))


def by_put(work: Work, changes: Sequence[Change]) -> None:
    """Replace graphs one by one by the Graph Store Protocol."""
    for change in changes:
        if change.local:
            work.store.put_graph(change.iri, _ntriples(work.dataset, change.local))
        else:
            work.store.delete_graph(change.iri)


def by_update(work: Work, changes: Sequence[Change]) -> None:
    """Change all graphs in one update by what differs."""
    _perform(work.store, [operation for change in changes for operation in _operations(work, change)])


def by_whole_update(work: Work, changes: Sequence[Change]) -> None:
    """Empty all graphs and fill them anew, in one update."""
    operations: list[str] = []
    for change in changes:
        lines = work.dataset.triples(change.local) if change.local else []
        operations += [empty(work.store, change.iri), *_data("INSERT DATA", change.iri, lines)]
    _perform(work.store, operations)


def by_modification(work: Work, changes: Sequence[Change]) -> None:
    """Change each graph by one operation where the difference is small, and by way of a staging graph where it is not."""
    for change in changes:
        difference = _difference(work, change)
        if change.local is None or change.weight > work.store.preset.triples:
            by_staging(work, [change])
        elif difference.removed and difference.added:
            removed, added = (_block(change.iri, lines) for lines in (difference.removed, difference.added))
            _perform(work.store, [f"DELETE {{ {removed} }} INSERT {{ {added} }} WHERE {{ }}"])
        else:
            _perform(work.store, _operations(work, change))


def by_staging(work: Work, changes: Sequence[Change]) -> None:
    """Fill a graph beside each, see that it is whole, and move it to its place."""
    store = work.store
    for change in changes:
        if change.local is None:
            _perform(store, [empty(store, change.iri)])
            continue
        _fill_staging(work, change.local)
        move = f"MOVE SILENT GRAPH {iri_term(work.staging)} TO GRAPH {iri_term(change.iri)}"
        _perform(store, [move])


def by_batches(work: Work, changes: Sequence[Change]) -> None:
    """Delete and insert in small updates; who reads in between sees a graph half changed."""
    for change in changes:
        if change.local is None:
            _perform(work.store, [empty(work.store, change.iri)])
            continue
        difference = _difference(work, change)
        for word, lines in (("DELETE DATA", difference.removed), ("INSERT DATA", difference.added)):
            for some in _portions(lines, work.store.preset.triples):
                _perform(work.store, _data(word, change.iri, some))


def by_transaction(work: Work, changes: Sequence[Change]) -> None:
    """Change all graphs in a transaction of the store's own."""
    with begin(work.store) as transaction:
        for change in changes:
            difference = _difference(work, change)
            for send, lines in ((transaction.remove, difference.removed), (transaction.add, difference.added)):
                if lines:
                    send("".join(f"{line[:-2]} {iri_term(change.iri)} .\n" for line in lines).encode())


# --------------------------------------------------------------------------- parts


@dataclass(frozen=True, slots=True)
class _Quads:
    """The N-Quads of graphs, read from the file as they are sent, as often as they are sent."""

    dataset: LocalDataset
    graphs: Sequence[LocalGraph]

    def __iter__(self) -> Iterator[bytes]:
        for graph in self.graphs:
            yield from self.dataset.pieces(graph)


def stage_of(ledger: str, worker: int) -> str:
    """The IRI of the staging graph of the n-th worker."""
    return f"{ledger}/staging-{worker}"


def clear_stages(store: Store, ledger: str) -> None:
    """Empty the staging graphs, where a run that broke off, or a MOVE done by half, left something in them.

    Raises:
        WorldError: something is still there however often it was tried.
    """
    problem: WorldError | None = None
    for attempt in range(1, store.retries.attempts + 1):
        held = store.count([stage_of(ledger, worker) for worker in range(MAX_JOBS)])
        left = [stage for stage, count in held.items() if count]
        if not left:
            return
        try:
            _perform(store, [empty(store, stage) for stage in left])
        except (Unanswered, Unavailable) as error:
            problem = error
            store.wait(attempt, problem)
    raise problem or WorldError("the store empties no graph", code="store.lost", where=store.profile.url)


def _fill_staging(work: Work, graph: LocalGraph) -> None:
    """Make the staging graph hold a graph; what was there of an attempt before goes."""
    store = work.store

    def fill() -> None:
        _perform(store, [empty(store, work.staging)])
        if store.capabilities.graph_store:
            store.put_graph(work.staging, _ntriples(work.dataset, graph))
        else:
            for some in _portions(work.dataset.triples(graph), store.preset.triples):
                _perform(store, _data("INSERT DATA", work.staging, some))

    retry(fill, store.retries)
    held = store.count([work.staging])[work.staging]
    if held != graph.count:
        raise WorldError(
            f"the store keeps {held:,} of {graph.count:,} triples", code="store.lost", where=store.profile.url
        )


def _difference(work: Work, change: Change) -> Difference:
    """What must change for a graph to be as it is here, or for one that must go, to be empty."""
    if change.difference is not None:
        return change.difference
    if change.local is None:
        return Difference(work.store.get_graph(change.iri), [])
    return Difference([], work.dataset.triples(change.local))


def _operations(work: Work, change: Change) -> list[str]:
    if change.local is None:
        return [empty(work.store, change.iri)]
    difference = _difference(work, change)
    return [
        *_data("DELETE DATA", change.iri, difference.removed),
        *_data("INSERT DATA", change.iri, difference.added),
    ]


def _data(word: str, graph: str, lines: Sequence[str]) -> list[str]:
    return [f"{word} {{ {_block(graph, lines)} }}"] if lines else []


def _block(graph: str, lines: Iterable[str]) -> str:
    """N-Triples as SPARQL, for parsers that expand ``backslash u`` before they look for strings, with four digits or eight."""
    return f"GRAPH {iri_term(graph)} {{\n" + _ESCAPE.sub(_plainly, "\n".join(lines)) + "\n}"


def _plainly(match: re.Match[str]) -> str:
    """An escape of canonical N-Triples that nobody can read in two ways."""
    found = match[0]
    if found.startswith("\\u"):
        return f"\\U0000{found[2:]}"
    return f"\\\\\\U{ord(found[2]):08X}" if len(found) == 3 else found


def _perform(store: Store, operations: Sequence[str]) -> None:
    if operations:
        store.update(" ;\n".join(operations))


def _portions(lines: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(lines), size):
        yield lines[start : start + size]


def _ntriples(dataset: LocalDataset, graph: LocalGraph) -> bytes:
    cut, ending = len(graph.suffix), b" .\n"
    return b"".join(line[:-cut] + ending for line in dataset.read(graph).splitlines(keepends=True))


NAMES: Final[dict[Strategy, str]] = {
    by_dataset: "N-Quads in one request",
    by_put: "PUT",
    by_update: "one update, what differs",
    by_whole_update: "one update, whole graphs",
    by_modification: "one operation, or a staging graph and MOVE",
    by_staging: "a staging graph and MOVE",
    by_batches: "small updates",
    by_transaction: "transactions",
}
