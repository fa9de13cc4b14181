"""What goes wrong between kg and a store: kinds of fault, and scripts that say which request meets which."""

from __future__ import annotations

import random
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

Fault = Literal[
    "time-out before",
    "time-out after",
    "500 before",
    "500 after",
    "503 with Retry-After",
    "reset before",
    "reset after",
    "nothing stored",
    "partly stored",
    "partly stored, 500",
    "HTML",
    "truncated",
    "partial result",
]
"""``before`` and ``after`` the store has done the work; *nothing* and *partly stored* answer with 204 all the same."""

READING: Final[tuple[Fault, ...]] = (
    "time-out before",
    "500 before",
    "503 with Retry-After",
    "reset before",
    "reset after",
    "HTML",
    "truncated",
    "partial result",
)
WRITING: Final[tuple[Fault, ...]] = (
    "time-out before",
    "time-out after",
    "500 before",
    "500 after",
    "503 with Retry-After",
    "reset before",
    "reset after",
    "nothing stored",
    "partly stored",
    "partly stored, 500",
    "HTML",
)


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What a store can do, and does not.

    Attributes:
        graph_store: it speaks the Graph Store Protocol.
        is_put_atomic: a PUT with a malformed tail leaves the old graph.
        is_update_atomic: an update whose second operation fails leaves nothing of the first.
        reads_chunks: a body without a length is stored; otherwise it is taken as empty, with success.
        reads_gzip: a gzip body is read; otherwise 500.
        moves: it knows MOVE, COPY and ADD.
        row_cap: so many rows a result has at most, silently.
        auth: how it asks who one is.
        user, secret: who may.
        echoes: what it says when something fails repeats what it was sent, secrets first.
        redirect: where it sends everybody.
        server: its Server header.
    """

    graph_store: bool = True
    is_put_atomic: bool = True
    is_update_atomic: bool = True
    reads_chunks: bool = True
    reads_gzip: bool = True
    moves: bool = True
    row_cap: int | None = None
    auth: Literal["none", "basic", "digest", "bearer"] = "none"
    user: str = ""
    secret: str = ""
    echoes: bool = False
    redirect: str | None = None
    server: str = "Fake/1.0"


BEHAVIOURS: Final[Mapping[str, Behaviour]] = {
    "all": Behaviour(),
    "no graph store": Behaviour(graph_store=False),
    "no atomic put": Behaviour(is_put_atomic=False),
    "no atomic update": Behaviour(is_update_atomic=False, is_put_atomic=False, reads_gzip=False),
    "no move, no atomic update": Behaviour(is_update_atomic=False, moves=False),
    "updates only, nothing atomic": Behaviour(graph_store=False, is_update_atomic=False, moves=False),
    "rows capped": Behaviour(row_cap=40, reads_chunks=False, reads_gzip=False),
    "like Virtuoso": Behaviour(
        is_put_atomic=False, is_update_atomic=False, reads_chunks=False, reads_gzip=False, row_cap=50
    ),
}


@dataclass
class Script:
    """Which request meets which fault; requests are counted from 0, reads and writes apart.

    Attributes:
        reads, writes: the fault of the n-th request.
        every_read, every_write: the fault of all that have none of their own.
    """

    reads: Mapping[int, Fault] = field(default_factory=dict)
    writes: Mapping[int, Fault] = field(default_factory=dict)
    every_read: Fault | None = None
    every_write: Fault | None = None
    _counts: dict[bool, int] = field(default_factory=lambda: {False: 0, True: 0})
    _lock: threading.Lock = field(default_factory=threading.Lock)
    met: list[Fault] = field(default_factory=list)

    def next(self, *, is_write: bool) -> Fault | None:
        """The fault of the request that just came."""
        with self._lock:
            number = self._counts[is_write]
            self._counts[is_write] += 1
            found, every = (self.writes, self.every_write) if is_write else (self.reads, self.every_read)
            fault = found.get(number, every)
            if fault:
                self.met.append(fault)
            return fault


def draw_script(draw: random.Random, *, probed: int = 0) -> Script:
    """A script of one to six faults at random, among the first requests and those after `probed`; one in eight never ends."""
    if draw.random() < 0.125:
        if draw.random() < 0.5:
            return Script(every_read=draw.choice(READING))
        return Script(every_write=draw.choice(WRITING))
    reads: dict[int, Fault] = {}
    writes: dict[int, Fault] = {}
    for _ in range(draw.randint(1, 6)):
        start = draw.choice((0, probed))
        if draw.random() < 0.35:
            reads[start + int(draw.expovariate(0.12))] = draw.choice(READING)
        else:
            writes[start + int(draw.expovariate(0.2))] = draw.choice(WRITING)
    return Script(reads, writes)
