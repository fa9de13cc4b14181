"""`kill -9` of `kg load` in the middle: after the next run every document is as it should be."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable, Mapping
from typing import Final

from tests.stores.datasets import Graphs, change, dice, make_graphs
from tests.stores.eyes import differences, read_graph, triples
from tests.stores.loads import Desk
from tests.stores.measuring import read_declared

IS_LONG: Final = os.environ.get("KG_STORES") == "all"
MOMENTS: Final = 200 if IS_LONG else 12
MOMENTS_ELSEWHERE: Final = 20 if IS_LONG else 5
DOCUMENTS: Final = 12
PARALLEL: Final = multiprocessing.get_context("forkserver")
PARALLEL.set_forkserver_preload(["kg.cli.load", "kg.stores.loading", "httpx", "pyoxigraph", "rich.progress"])


def run_load(command: list[str], environment: dict[str, str], ready: object) -> None:
    """What the child does: say that it begins, and load."""
    from kg.cli import run

    os.environ.update(environment)  # the fork server has that of its own start

    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - a file descriptor is wanted
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
    ready.set()  # type: ignore[attr-defined]
    os._exit(run(command))


def load_until(desk: Desk, seconds: float | None) -> float:
    """Start a load in a process of its own and kill it after so long; without a time, wait for its end.

    Returns:
        How long it ran.
    """
    ready = PARALLEL.Event()
    command = ["-C", str(desk.folder), "load", *desk.target]
    process = PARALLEL.Process(target=run_load, args=(command, dict(os.environ), ready))
    process.start()
    assert ready.wait(30)
    started = time.perf_counter()
    process.join(seconds)
    process.kill()
    process.join()
    if seconds is None:
        assert process.exitcode == 0
    return time.perf_counter() - started


def states(desk: Desk, old: Mapping[str, list[str]], new: Mapping[str, list[str]]) -> list[str]:
    """Of each document, whether the store holds the old one, the new one or something else."""
    found = []
    for name in new:
        held = read_graph(desk.server, name)
        found.append("old" if held == triples(old[name]) else "new" if held == triples(new[name]) else "mixed")
    return found


def test_whenever_it_is_killed_the_next_run_makes_every_document_new(
    desk: Desk, base: str, record_property: Callable[[str, object], None]
) -> None:
    old: Graphs = make_graphs(dice(1), DOCUMENTS, base=base)
    new = change(dice(2), old, 1.0)
    desk.build(old)
    assert desk.load() == 0
    whole = []
    for graphs in (new, old, new, old):
        desk.build(graphs)
        whole.append(load_until(desk, None))
    duration = sorted(whole)[1]
    moments = MOMENTS if desk.server.name == "oxigraph" else MOMENTS_ELSEWHERE
    seen = {"old": 0, "new": 0, "mixed": 0}
    for moment in range(moments):
        desk.build(new)
        load_until(desk, duration * (moment + 0.5) / moments)
        for state in states(desk, old, new):
            seen[state] += 1
        assert desk.load() == 0
        assert differences(desk.server, new) == {}
        old, new = new, old
    record_property("states", seen)
    assert seen["old"], "some were killed before the end"
    if read_declared(desk.server.name)["update_atomic"]:
        assert seen["mixed"] == 0, "a document is replaced as a whole where the store can"
