"""The stores under test: those of every machine, or all of them (``make test-stores``)."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import httpx
import pytest

from tests.stores.eyes import Sent, drop_graphs
from tests.stores.fake import FakeStore, serve
from tests.stores.installing import read_missing
from tests.stores.loads import Desk
from tests.stores.servers import RECIPES, Server, start

EVERYWHERE: Final = ("oxigraph", "rdflib-endpoint", "fake")
ALL: Final = (*RECIPES, "fake")


def store_names() -> list[str]:
    """The stores to test: by ``KG_STORES`` all, the rest, or those that it names; else those that need no installation.

    The rest are those that ``make test`` does not run: continuous integration runs each store once.

    One that this machine does not reach is left out, and the end of the run tells; one that is there must start.
    """
    asked = os.environ.get("KG_STORES", "")
    if asked in ("all", "rest"):
        return [name for name in ALL if name not in read_missing() and (asked == "all" or name not in EVERYWHERE)]
    names = asked.split() or list(EVERYWHERE)
    unknown = sorted(set(names) - set(ALL))
    if unknown:
        raise pytest.UsageError(f"KG_STORES names no store of ours: {', '.join(unknown)}")
    return names


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Of the rest run only what meets a server: everything else was run without it."""
    if os.environ.get("KG_STORES") == "rest":
        items[:] = [item for item in items if "server" in getattr(item, "fixturenames", ())]


@pytest.fixture(scope="session", params=store_names())
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Each store under test in turn, one at a time, with an empty database."""
    with running(request.param, tmp_path_factory.mktemp(request.param)) as started:
        yield started


@contextmanager
def running(name: str, folder: Path) -> Iterator[Server]:
    """Start a store under test in a folder of its own."""
    if name == "fake":
        with serve(FakeStore()) as fake:
            yield fake_server(fake, folder)
    else:
        with start(name, folder) as started:
            yield started


def fake_server(fake: FakeStore, folder: Path) -> Server:
    """The fake store as one among the others."""
    user, password = (fake.behaviour.user or None), (fake.behaviour.secret or None)
    graph_store = f"{fake.url}/store" if fake.behaviour.graph_store else None
    addresses = (fake.url, f"{fake.url}/query", f"{fake.url}/update", graph_store)
    return Server("fake", "generic", *addresses, user, password, folder, None)


@pytest.fixture
def base(request: pytest.FixtureRequest) -> str:
    """A base IRI of the test's own: tests share a server and do not meet in it."""
    return "https://example.org/" + re.sub(r"\W+", "-", request.node.name).strip("-") + "/"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say which stores this machine does not reach."""
    if os.environ.get("KG_STORES") in ("all", "rest"):
        tested = store_names()
        terminalreporter.write_line(f"stores tested: {', '.join(tested)}")
        for name, reason in read_missing().items():
            terminalreporter.write_line(f"NOT TESTED: {name} is not reached on this machine: {reason}", red=True)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Sent:
    """The requests that httpx sends from now on in this process."""
    seen = Sent()
    send = httpx.Client.send

    def record(client: httpx.Client, request: httpx.Request, **options: Any) -> httpx.Response:
        request.read()
        seen.requests.append(request)
        return send(client, request, **options)

    monkeypatch.setattr(httpx.Client, "send", record)
    return seen


@pytest.fixture
def desk(tmp_path: Path, server: Server, base: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A project and the server that its graphs go to; they are taken out again, for a full store is slow."""
    yield Desk(tmp_path / "desk", server, base, monkeypatch)
    drop_graphs(server, base)
