"""Loading: a plan is carried out in batches, and each is believed only when the store has been looked at.

A batch goes like this: the ledger has no entry of its graphs; they are written; the store is asked what it holds now; what is
not as it should be is written again, from what is really there; and when all is, the ledger gets the entries. An answer that
did not come is settled in the same way, by looking.
"""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import Literal

from kg import __version__
from kg.errors import KgError, WorldError
from kg.stores.admission import check_profile
from kg.stores.graphs import LocalDataset, LocalGraph
from kg.stores.ledger import Entry, Ledger, put_in, take_out
from kg.stores.plan import Difference, Mode, Plan, Verification, compare
from kg.stores.probe import adopt, empty, probe
from kg.stores.protocol import Store
from kg.stores.strategies import Change, Strategy, Work, by_update, choose, clear_stages, stage_of
from kg.web import Unanswered, Unavailable

_GRAPHS_A_BATCH = 500


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a graph: it was loaded (`added` and `removed` triples), or taken out."""

    kind: Literal["loaded", "removed"]
    graph: str
    added: int
    removed: int


@dataclass(frozen=True, slots=True)
class Order:
    """How to load.

    Attributes:
        base: the project's base IRI, below which the ledger lies.
        mode: see `kg.stores.strategies.choose`; ``append`` takes nothing away.
        verification: ``count``: new graphs are counted and replaced ones read back; ``full``: all are read back;
            ``none``: the store is believed.
        time: when this happens (an xsd:dateTime in UTC), for the ledger; `None`: it is not said.
        remove: take out what is gone.
        jobs: requests at a time.
        token: makes the names of throw-away graphs this run's own.
    """

    base: str
    mode: Mode = "auto"
    verification: Verification = "count"
    time: str | None = None
    remove: bool = False
    jobs: int = 1
    token: str = "0"  # noqa: S105 - no secret


@dataclass(slots=True)
class Tally:
    """What was done."""

    loaded: int = 0
    removed: int = 0
    triples_added: int = 0
    triples_removed: int = 0
    events: Callable[[Event], None] = field(default=lambda _: None)

    def note(self, event: Event) -> None:
        """Count an event and pass it on."""
        self.loaded += event.kind == "loaded"
        self.removed += event.kind == "removed"
        self.triples_added += event.added
        self.triples_removed += event.removed
        self.events(event)


def load(store: Store, dataset: LocalDataset, plan: Plan, ledger: Ledger, *, order: Order, tally: Tally) -> None:  # noqa: PLR0913 - one run
    """Carry out a plan.

    Args:
        store: the store.
        dataset: the build.
        plan: what is to be done, from `kg.stores.plan.make_plan`.
        ledger: the ledger as it was read for the plan.
        order: how.
        tally: counts what is done, and hands on the events as they happen.

    Raises:
        DataError: a graph lies outside the literal profile; then nothing is written.
        WorldError: the store does not do what it should, however often it was asked; what has an entry in the ledger is
            loaded.
    """
    check_profile(dataset, plan.writes)
    clear_stages(store, ledger.graph)
    gone = plan.gone if order.remove else ()
    if not plan.writes and not gone:
        return
    if store.preset.probe:
        adopt(store, probe(store, order.token))
    take_out(store, ledger.graph, sorted(ledger.known & {*(graph.iri for graph in plan.writes), *gone}))
    _Loading(store, dataset, ledger, order, tally).run(plan, gone)
    clear_stages(store, ledger.graph)


class _Loading:
    """One run: its workers share the store."""

    def __init__(self, store: Store, dataset: LocalDataset, ledger: Ledger, order: Order, tally: Tally) -> None:
        self.store, self.dataset, self.ledger, self.order, self.tally = store, dataset, ledger, order, tally
        self.jobs = max(1, order.jobs)
        self.stages: queue.SimpleQueue[str] = queue.SimpleQueue()
        for number in range(self.jobs):
            self.stages.put(stage_of(ledger.graph, number))

    def run(self, plan: Plan, gone: Sequence[str]) -> None:
        self._sweep()
        batches = self._batches(plan, gone)
        with ThreadPoolExecutor(self.jobs) as pool:
            running: set[Future[list[Event]]] = set()
            try:
                for batch in batches:
                    running.add(pool.submit(self._carry_out, *batch))
                    if len(running) > self.jobs:
                        running = self._noted(running)
                while running:
                    running = self._noted(running)
            except BaseException:
                pool.shutdown(wait=True, cancel_futures=True)
                raise

    def _sweep(self) -> None:
        """Empty the staging graphs that a run left which was killed."""
        if self.store.capabilities.update_atomic:
            return
        names = [f"{self.ledger.graph}/staging-{number}" for number in range(self.jobs)]
        for name, count in self.store.count(names).items():
            if count:
                self.store.settle(empty(self.store, name))

    def _noted(self, running: set[Future[list[Event]]]) -> set[Future[list[Event]]]:
        done, running = wait(running, return_when=FIRST_COMPLETED)
        for future in done:
            for event in future.result():
                self.tally.note(event)
        return running

    # ----------------------------------------------------------------- batches

    def _batches(self, plan: Plan, gone: Sequence[str]) -> Iterator[tuple[list[Change], bool]]:
        """Yield what goes together, and whether the store has nothing of it."""
        yield from ((batch, True) for batch in self._packed(Change(graph.iri, graph) for graph in plan.new))
        yield from ((batch, False) for batch in self._packed(Change(graph.iri, graph) for graph in plan.changed))
        yield from ((batch, False) for batch in self._packed(Change(iri, None) for iri in gone))

    def _packed(self, changes: Iterable[Change]) -> Iterator[list[Change]]:
        batch, size = list[Change](), 0
        for change in changes:
            length = change.local.length if change.local else 0
            if batch and (size + length > self.store.preset.bytes or len(batch) >= _GRAPHS_A_BATCH):
                yield batch
                batch, size = [], 0
            batch.append(change)
            size += length
        if batch:
            yield batch

    def _carry_out(self, changes: list[Change], is_new: bool) -> list[Event]:  # noqa: FBT001
        """Write a batch until the store holds it, and tell the ledger."""
        if not is_new:
            changes = [self._compared(change) for change in changes]
        events = [_event(change) for change in changes]
        stage = self.stages.get()
        try:
            self._write_until_held(
                [change for change in changes if is_new or _is_open(change)], is_new=is_new, stage=stage
            )
        finally:
            self.stages.put(stage)
        entries = {c.iri: self._entry(c.local) for c in changes if c.local and self._is_exact(c)}
        put_in(self.store, self.ledger.graph, entries)
        return events

    def _write_until_held(self, changes: list[Change], *, is_new: bool, stage: str) -> None:
        strategy = choose(self.store, self.order.mode, is_new=is_new)
        work = Work(self.store, self.dataset, stage)
        problem: KgError | None = None
        for attempt in range(1, self.store.retries.attempts + 1):
            if not changes:
                return
            try:
                _written(strategy, work, changes)
                problem = None
            except (Unanswered, Unavailable) as error:
                problem = error
            if problem is None and self.order.verification == "none":
                return
            if problem is not None:
                self.store.wait(attempt, problem if isinstance(problem, WorldError) else None)
            changes = self._not_held(changes, is_new=is_new)
            strategy = choose(self.store, self.order.mode, is_new=False)
        if changes:
            raise problem or _lost(self.store, changes)

    def _not_held(self, changes: list[Change], *, is_new: bool) -> list[Change]:
        """Return what the store does not hold as it should, compared with what it does hold."""
        counts = self.store.count([change.iri for change in changes])
        doubtful = [
            change
            for change in changes
            if not is_new or self.order.verification == "full" or counts[change.iri] != _wanted(change)
        ]
        return [compared for change in doubtful if _is_open(compared := self._compared(change))]

    def _compared(self, change: Change) -> Change:
        """Look up what must change in the store; a mode that takes nothing away changes less."""
        if change.local is None:
            return Change(change.iri, None, Difference(self.store.get_graph(change.iri), []))
        difference = compare(self.store, self.dataset, change.local)
        if self.order.mode == "append":
            difference = Difference([], difference.added)
        return Change(change.iri, change.local, difference)

    def _is_exact(self, change: Change) -> bool:
        """Whether the store holds just the graph: not where something was left in it."""
        assert change.local is not None  # noqa: S101 - its caller has looked
        return self.order.mode != "append" or self.store.count([change.iri])[change.iri] == change.local.count

    def _entry(self, graph: LocalGraph) -> Entry:
        return Entry(graph.digest, graph.count, f"kg {__version__}", self.order.time)


def _written(strategy: Strategy, work: Work, changes: Sequence[Change]) -> None:
    """Write in portions that the store takes, where what differs is sent as an update."""
    if strategy is not by_update:
        strategy(work, changes)
        return
    portion, weight = list[Change](), 0
    for change in changes:
        if portion and weight + change.weight > work.store.preset.triples:
            strategy(work, portion)
            portion, weight = [], 0
        portion.append(change)
        weight += change.weight
    if portion:
        strategy(work, portion)


def _event(change: Change) -> Event:
    difference = change.difference
    if difference is None:
        return Event("loaded", change.iri, change.local.count if change.local else 0, 0)
    kind: Literal["loaded", "removed"] = "loaded" if change.local else "removed"
    return Event(kind, change.iri, len(difference.added), len(difference.removed))


def _is_open(change: Change) -> bool:
    return change.difference is None or bool(change.difference)


def _wanted(change: Change) -> int:
    return change.local.count if change.local else 0


def _lost(store: Store, changes: Sequence[Change]) -> WorldError:
    change = changes[0]
    difference = change.difference or Difference([], [])
    more = f", and {len(changes) - 1:,} more graphs" if len(changes) > 1 else ""
    return WorldError(
        f"the store does not hold what it was given: of {change.iri} it lacks {len(difference.added):,} triples "
        f"and has {len(difference.removed):,} too many{more}",
        code="store.lost",
        where=store.profile.url,
        hint="run the command again; what is in the ledger is loaded",
    )
