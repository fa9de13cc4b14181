"""The proof that a loader tells the truth: it loads into a store that fails, and what the store holds is compared."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox

from tests.stores.datasets import Graphs, change, dice, make_graphs, quads
from tests.stores.fake import FakeStore, serve
from tests.stores.faults import BEHAVIOURS, Script, draw_script

FOREIGN: Final = ox.Quad(*[ox.NamedNode(f"urn:of:others:{part}") for part in "spog"])
Load = Callable[[FakeStore, Graphs, random.Random], tuple[int, str]]
"""Loads graphs into a store, in a manner that may be drawn: the exit status, and what was told on standard error."""

PROBED: Final = 24
"""About so many reads, and writes, does kg make before it writes to a store that it does not know."""


@dataclass
class Tally:
    """What became of the runs.

    Attributes:
        runs: how many there were.
        verified, failed: how many ended with 0 and with 3.
        faults: which faults were met.
        false_loaded: runs that said loaded where the store held something else.
        wrong_status: runs that ended otherwise, and unclear ones: with 3 and no message.
        not_repaired: runs after which the next, into the same store that fails no more, did not put everything right.
    """

    runs: int = 0
    verified: int = 0
    failed: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    false_loaded: list[str] = field(default_factory=list)
    wrong_status: list[str] = field(default_factory=list)
    not_repaired: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.runs} runs, {self.faults.total()} faults met of {len(self.faults)} kinds: {self.verified} verified, "
            f"{self.failed} ended with 3; false loaded {len(self.false_loaded)}, not repaired {len(self.not_repaired)}, "
            f"wrong status or no message {len(self.wrong_status)}"
        )


def held(fake: FakeStore) -> set[ox.Quad]:
    """All that the store holds but for the ledger."""
    return {quad for quad in fake.quads() if not str(quad.graph_name).endswith("/graph/ledger>")}


def prove(load: Load, seeds: Iterable[int]) -> Tally:
    """Run a loader once for each seed, and once more without faults."""
    tally = Tally()
    before: dict[int, tuple[Graphs, list[ox.Quad]]] = {}
    for seed in seeds:
        draw = dice(seed)
        name = draw.choice(sorted(BEHAVIOURS))
        old, there = before.get(seed % 8) or before.setdefault(seed % 8, _loaded(load, seed % 8))
        is_first = draw.random() < 0.3
        new = change(draw, old, 0.5)
        if draw.random() < 0.3:
            new.pop(sorted(new)[0])
            new.pop(next(key for key in sorted(new) if not key.endswith("/entities")))
        script = draw_script(draw, probed=draw.choice((0, PROBED)))
        with serve(FakeStore(BEHAVIOURS[name], script)) as fake:
            fake.store.extend([FOREIGN] if is_first else [FOREIGN, *there])
            _one(load, fake, new, draw, f"seed {seed}, {name}, {script.reads} {script.writes}", tally)
    return tally


def _loaded(load: Load, number: int) -> tuple[Graphs, list[ox.Quad]]:
    """A dataset, and a store that holds it, by way of the loader."""
    graphs = make_graphs(dice(number), 5, claims=3)
    with serve(FakeStore()) as fake:
        status, words = load(fake, graphs, dice(number))
        assert status == 0, words
        assert held(fake) == quads(graphs)
        return graphs, list(fake.quads())


def _one(load: Load, fake: FakeStore, new: Graphs, draw: random.Random, title: str, tally: Tally) -> None:
    wanted = quads(new) | {FOREIGN}
    script = fake.script
    status, words = load(fake, new, draw)
    tally.runs += 1
    tally.verified += status == 0
    tally.failed += status == 3
    tally.faults.update(script.met)
    if status not in (0, 3) or (status == 3 and "error[" not in words):
        tally.wrong_status.append(f"{title}: {status} {words[-300:]}")
    if status == 0 and held(fake) != wanted:
        tally.false_loaded.append(f"{title}: {describe(held(fake), wanted)}")
    fake.script = Script()
    status, words = load(fake, new, draw)
    if status != 0 or held(fake) != wanted:
        tally.not_repaired.append(f"{title}: {status} {words[-300:]} {describe(held(fake), wanted)}")


def describe(found: set[ox.Quad], wanted: set[ox.Quad]) -> str:
    """How many quads are lost and how many are too much."""
    spots = sorted({str(quad.graph_name) for quad in wanted ^ found})
    return f"{len(wanted - found)} lost, {len(found - wanted)} too much in {', '.join(spots[:3])}"
