"""A thousand loads into a store that fails: each ends verified, or with exit status 3; nothing is lost or doubled.

`make test` does the first two hundred of them, `make test-stores` all.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path

import httpx

from kg.errors import KgError
from kg.stores.graphs import open_dataset
from kg.stores.ledger import read_ledger
from kg.stores.loading import Order, Tally, load
from kg.stores.plan import make_plan
from kg.stores.profiles import Capabilities, Profile
from kg.stores.protocol import open_store
from kg.vocab import DEFAULT_BASE
from kg.web import Retries
from tests.stores.datasets import Graphs, write_nquads
from tests.stores.fake import FakeStore
from tests.stores.faults import READING, WRITING, Behaviour
from tests.stores.proving import Load, prove

RUNS = 1000 if os.environ.get("KG_STORES") == "all" else 200
UPDATE = {"Content-Type": "application/sparql-update"}


def trusting(fake: FakeStore, graphs: Graphs, _: random.Random) -> tuple[int, str]:
    """A loader that believes whatever it is told, as scripts around curl do."""
    with httpx.Client(timeout=0.2, trust_env=False) as client:
        for name, lines in graphs.items():
            body = "".join(f"{line}\n" for line in lines).encode()
            insert = b"DROP SILENT GRAPH <%b>; INSERT DATA { GRAPH <%b> { %b } }" % (name.encode(), name.encode(), body)
            try:
                answer = client.post(
                    f"{fake.url}/update", content=insert, headers={"Content-Type": "application/sparql-update"}
                )
            except httpx.TransportError as error:
                return 3, f"error[naive]: {error}"
            if answer.status_code >= 300:
                return 3, f"error[naive]: {answer.status_code}"
    return 0, ""


def test_the_proof_finds_a_loader_that_trusts_what_it_is_told() -> None:
    tally = prove(trusting, range(100))
    assert tally.runs == 100
    assert len(tally.false_loaded) > 5
    assert len(tally.not_repaired) > 5
    assert tally.failed > 20


def capabilities(behaviour: Behaviour) -> Capabilities:
    """What a probe would find of a fake store."""
    return Capabilities(
        graph_store=behaviour.graph_store,
        put_atomic=behaviour.graph_store and behaviour.is_put_atomic,
        chunked=behaviour.graph_store and behaviour.reads_chunks,
        gzip=behaviour.graph_store and behaviour.reads_gzip,
        dataset_upload=behaviour.graph_store,
        update_atomic=behaviour.is_update_atomic,
        move=behaviour.moves,
        row_cap=behaviour.row_cap or 0,
    )


def kg_loader(folder: Path) -> Load:
    """`kg load` without its command line: with no pauses, and an impatient clock."""

    def run(fake: FakeStore, graphs: Graphs, draw: random.Random) -> tuple[int, str]:
        dataset = open_dataset(write_nquads(folder / "kg.nq", graphs))
        endpoints = {"query": f"{fake.url}/query", "update": f"{fake.url}/update", "graph_store": f"{fake.url}/store"}
        settings: dict[str, object] = {"triples": draw.choice((7, 50, 10_000)), "bytes": draw.choice((3000, 2_000_000))}
        if draw.random() < 0.7:
            settings |= {"probe": False, "capabilities": capabilities(fake.behaviour)}
        profile = Profile("fake", fake.url, "generic", endpoints, settings, timeout=0.2)
        order = Order(
            DEFAULT_BASE,
            mode=draw.choice(("auto", "auto", "replace", "diff")),
            verification=draw.choice(("count", "count", "full")),
            remove=True,
            jobs=draw.choice((1, 1, 3)),
        )
        try:
            with open_store(profile, environ={}, retries=Retries(first=0.0, longest=0.0), jobs=order.jobs) as store:
                ledger = read_ledger(store, DEFAULT_BASE)
                plan = make_plan(store, dataset, ledger, verification=order.verification)
                load(store, dataset, plan, ledger, order=order, tally=Tally())
        except KgError as error:
            return error.exit_status, f"error[{error.code}]: {error} {error.hint}"
        return 0, ""

    return run


def test_loads_into_a_store_that_fails_tell_the_truth(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    tally = prove(kg_loader(tmp_path), range(RUNS))
    record_property("tally", str(tally))
    assert tally.runs == RUNS
    assert set(tally.faults) == {*READING, *WRITING}
    assert tally.false_loaded == []
    assert tally.wrong_status == []
    assert tally.not_repaired == []
    assert tally.verified > RUNS // 4
    assert tally.failed > RUNS // 20
