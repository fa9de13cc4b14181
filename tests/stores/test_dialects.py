"""Transactions in the words of RDF4J and of Stardog, against a server that speaks both."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox
import pytest

from kg.errors import WorldError
from kg.stores.dialects import begin
from kg.stores.profiles import Profile
from kg.stores.protocol import Store, open_store
from tests.stores.opening import FAST

HELD, COMING = b"<urn:a> <urn:b> <urn:c> <urn:g> .\n", b"<urn:a> <urn:b> <urn:d> <urn:g> .\n"


class Transactions:
    """A store with transactions: what it holds, and what is open."""

    def __init__(self) -> None:
        self.store, self.steps, self.log = ox.Store(), list[tuple[str, bytes]](), list[str]()
        self.store.load(HELD, format=ox.RdfFormat.N_QUADS)
        self.is_open = False

    def perform(self, action: str, body: bytes) -> int:
        self.log.append(action)
        if action == "BEGIN":
            self.is_open, self.steps = True, []
        elif not self.is_open:
            return 404
        elif action in ("COMMIT", "ROLLBACK"):
            self.is_open = False
            for step, quads in self.steps if action == "COMMIT" else ():
                for quad in ox.parse(quads, format=ox.RdfFormat.N_QUADS):
                    (self.store.add if step == "ADD" else self.store.remove)(quad)
        elif b"broken" in body:
            return 400
        else:
            self.steps.append((action, body))
        return 200


STARDOG = {"begin": "BEGIN", "add": "ADD", "remove": "DELETE", "commit": "COMMIT", "rollback": "ROLLBACK"}


def _action(method: str, path: str, parameters: dict[str, list[str]]) -> str | None:
    """What a request asks for: ``/db/…`` is Stardog's, ``/repositories/r/…`` RDF4J's."""
    parts = path.strip("/").split("/")
    if parts[0] == "db":
        word = parts[2] if parts[1] == "transaction" else parts[2] if parts[1] == "tx7" else ""
        return STARDOG.get(word) if "tx7" in parts or word == "begin" else None
    if parts[-1] == "transactions":
        return "BEGIN"
    if parts[-2:] == ["transactions", "7"]:
        return "ROLLBACK" if method == "DELETE" else parameters["action"][0]
    return None


@contextmanager
def opened(kind: str) -> Iterator[tuple[Store, Transactions]]:
    held = Transactions()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's signature
            pass

        def _serve(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            url = urlsplit(self.path)
            action = _action(self.command, url.path, parse_qs(url.query))
            status = held.perform(action, body) if action else 404
            answer = b"tx7" if action == "BEGIN" else b""
            self.send_response(201 if action == "BEGIN" else status)
            if action == "BEGIN" and kind == "rdf4j":
                self.send_header("Location", f"{url.path}/7")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        do_POST = do_PUT = do_DELETE = _serve  # noqa: N815 - http.server's names

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        address = f"http://127.0.0.1:{server.server_address[1]}"
        url = f"{address}/db" if kind == "stardog" else f"{address}/repositories/r"
        try:
            with open_store(Profile("store", url, kind), environ={}, retries=FAST) as store:
                yield store, held
        finally:
            server.shutdown()


def change(store: Store, removed: bytes, added: bytes) -> None:
    with begin(store) as transaction:
        transaction.remove(removed)
        transaction.add(added)


@pytest.mark.parametrize("kind", ["rdf4j", "stardog"])
def test_what_is_removed_and_added_comes_together(kind: str) -> None:
    with opened(kind) as (store, held):
        change(store, HELD, COMING)
        assert held.log == ["BEGIN", "DELETE", "ADD", "COMMIT"]
        assert {str(quad.object) for quad in held.store} == {"<urn:d>"}


@pytest.mark.parametrize("kind", ["rdf4j", "stardog"])
def test_a_step_that_is_refused_takes_back_those_before(kind: str) -> None:
    with opened(kind) as (store, held):
        with pytest.raises(WorldError):
            change(store, HELD, b"broken")
        assert held.log[-1] == "ROLLBACK"
        assert {str(quad.object) for quad in held.store} == {"<urn:c>"}
