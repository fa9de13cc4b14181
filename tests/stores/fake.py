"""A store that fails on command: the SPARQL protocols over HTTP, on top of a pyoxigraph Store.

What it holds is looked at directly (`FakeStore.store`), so that a test knows what became of the data whatever was answered.
"""

from __future__ import annotations

import socket
import struct
import threading
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final

import pyoxigraph as ox

from tests.stores.answers import Answer, answer_query, answer_update, graph_store
from tests.stores.authorities import find_refusal
from tests.stores.faults import Behaviour, Fault, Script

HTML: Final = Answer(200, "text/html", b"<html><body><h1>Welcome to the proxy</h1></body></html>")
_BROKEN: Final = Answer(500, "text/plain", b"something broke")
_BUSY: Final = Answer(503, "text/plain", b"busy", {"Retry-After": "1"})
_DONE: Final = Answer(204)
_HELD_SECONDS: Final = 30.0


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it came."""

    method: str
    path: str
    parameters: dict[str, str]
    headers: dict[str, str]
    body: bytes

    @property
    def is_write(self) -> bool:
        """Whether it changes the store."""
        return self.path == "/update" or (self.path == "/store" and self.method not in ("GET", "HEAD"))


@dataclass
class FakeStore:
    """The store and what it went through.

    Attributes:
        behaviour: what it can do.
        script: what fails next.
        store: what it holds.
        requests: what came, in order.
        nonces: those of Digest that were given out.
    """

    behaviour: Behaviour = field(default_factory=Behaviour)
    script: Script = field(default_factory=Script)
    store: ox.Store = field(default_factory=ox.Store)
    requests: list[Request] = field(default_factory=list)
    url: str = ""
    lock: threading.RLock = field(default_factory=threading.RLock)
    released: threading.Event = field(default_factory=threading.Event)

    def quads(self) -> set[ox.Quad]:
        """All that it holds."""
        with self.lock:
            return set(self.store)

    @property
    def writes(self) -> int:
        """How many requests came that would change it."""
        return sum(request.is_write for request in self.requests)

    def perform(self, request: Request) -> Answer:
        """Do what was asked."""
        if request.path == "/query" or (request.path == "/" and "query" in request.parameters):
            return answer_query(self.store, request.parameters.get("query", ""), request.headers, self.behaviour)
        with self.lock:
            if request.path == "/update":
                return answer_update(self.store, request.parameters.get("update", ""), self.behaviour)
            if request.path == "/store" and self.behaviour.graph_store:
                return graph_store(
                    self.store, request.method, request.parameters, request.headers, request.body, self.behaviour
                )
        return Answer(404, "text/plain", b"nothing here")

    def perform_partly(self, request: Request) -> None:
        """Do half of what was asked."""
        with self.lock:
            before = set(self.store)
            self.perform(request)
            after = set(self.store)
            for changed, undo in ((after - before, self.store.remove), (before - after, self.store.add)):
                for quad in sorted(changed, key=str)[len(changed) // 2 :]:
                    undo(quad)


class _Reset(Exception):  # noqa: N818 - an event of the line, not an error of ours
    """The connection goes down."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # headers and body go in two writes
    fake: FakeStore

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's signature
        pass

    def version_string(self) -> str:
        return self.fake.behaviour.server

    def _serve(self) -> None:
        try:
            self._answer(self._read())
        except _Reset:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close_connection = True
        except (ConnectionError, TimeoutError):
            self.close_connection = True

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = do_PATCH = _serve  # noqa: N815 - http.server's names

    def _read(self) -> Request:
        parts = urllib.parse.urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        parameters = dict(urllib.parse.parse_qsl(parts.query, keep_blank_values=True))
        body = self._body(headers)
        kind = headers.get("content-type", "").split(";")[0]
        if kind == "application/x-www-form-urlencoded":
            parameters |= dict(urllib.parse.parse_qsl(body.decode(), keep_blank_values=True))
        elif kind in ("application/sparql-query", "application/sparql-update"):
            parameters["query" if kind.endswith("query") else "update"] = body.decode()
        request = Request(self.command, parts.path, parameters, headers, body)
        self.fake.requests.append(request)
        return request

    def _body(self, headers: dict[str, str]) -> bytes:
        if headers.get("transfer-encoding", "").lower() != "chunked":
            return self.rfile.read(int(headers.get("content-length", "0")))
        parts = []
        while size := int(self.rfile.readline().split(b";")[0], 16):
            parts.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(parts) if self.fake.behaviour.reads_chunks else b""

    def _answer(self, request: Request) -> None:
        if self.fake.behaviour.redirect:
            self._send(Answer(307, headers={"Location": self.fake.behaviour.redirect + self.path}))
            return
        refusal = find_refusal(request.method, self.path, request.headers, self.fake.behaviour)
        if refusal:
            self._send(refusal)
            return
        fault = self.fake.script.next(is_write=request.is_write)
        if fault is None:
            self._send(self.fake.perform(request))
        else:
            _FAULTS[fault](self, request)

    def _send(self, answer: Answer, *, cut: bool = False) -> None:
        if self.fake.behaviour.echoes and (answer.status >= 400 or answer.kind == "text/html"):
            sent = f"{self.fake.behaviour.secret} {self.headers.get('Authorization', '')}".encode()
            answer = replace(
                answer, body=sent + b" " + answer.body, headers={**answer.headers, "X-Sent": sent.decode()}
            )
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.status != 204:
            self.send_header("Content-Type", answer.kind)
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if self.command == "HEAD":
            return
        self.wfile.write(answer.body[: len(answer.body) // 2] if cut else answer.body)
        if cut:
            self.wfile.flush()
            raise _Reset

    def _hold(self) -> None:
        """Say nothing for longer than anybody waits."""
        self.fake.released.wait(_HELD_SECONDS)
        raise _Reset

    def time_out_before(self, _: Request) -> None:
        self._hold()

    def time_out_after(self, request: Request) -> None:
        self.fake.perform(request)
        self._hold()

    def broken_before(self, _: Request) -> None:
        self._send(_BROKEN)

    def broken_after(self, request: Request) -> None:
        self.fake.perform(request)
        self._send(_BROKEN)

    def busy(self, _: Request) -> None:
        self._send(_BUSY)

    def reset_before(self, _: Request) -> None:
        raise _Reset

    def reset_after(self, request: Request) -> None:
        answer = self.fake.perform(request)
        if not answer.body:  # a 204 has no middle: the line goes down before the answer
            raise _Reset
        self._send(answer, cut=True)

    def nothing_stored(self, _: Request) -> None:
        self._send(_DONE)

    def partly_stored(self, request: Request) -> None:
        self.fake.perform_partly(request)
        self._send(_DONE)

    def partly_stored_broken(self, request: Request) -> None:
        self.fake.perform_partly(request)
        self._send(_BROKEN)

    def html(self, _: Request) -> None:
        self._send(HTML)

    def truncated(self, request: Request) -> None:
        answer = self.fake.perform(request)
        self._send(Answer(answer.status, answer.kind, answer.body[: len(answer.body) * 2 // 3], answer.headers))

    def partial_result(self, request: Request) -> None:
        answer = self.fake.perform(request)
        cut = answer_query(self.fake.store, request.parameters.get("query", ""), request.headers, Behaviour(row_cap=0))
        headers = {"X-SQL-State": "S1TAT", "X-SQL-Message": "RC...: Returning incomplete results"}
        self._send(Answer(200, answer.kind, cut.body if request.path != "/store" else b"", answer.headers | headers))


_FAULTS: Final[dict[Fault, Callable[[_Handler, Request], None]]] = {
    "time-out before": _Handler.time_out_before,
    "time-out after": _Handler.time_out_after,
    "500 before": _Handler.broken_before,
    "500 after": _Handler.broken_after,
    "503 with Retry-After": _Handler.busy,
    "reset before": _Handler.reset_before,
    "reset after": _Handler.reset_after,
    "nothing stored": _Handler.nothing_stored,
    "partly stored": _Handler.partly_stored,
    "partly stored, 500": _Handler.partly_stored_broken,
    "HTML": _Handler.html,
    "truncated": _Handler.truncated,
    "partial result": _Handler.partial_result,
}


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass  # a client that hung up is what these tests are about


@contextmanager
def serve(fake: FakeStore) -> Iterator[FakeStore]:
    """Serve a fake store on a free port of loopback."""
    handler = type("Handler", (_Handler,), {"fake": fake})
    with _Server(("127.0.0.1", 0), handler) as server:
        fake.url = f"http://127.0.0.1:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield fake
        finally:
            fake.released.set()
            server.shutdown()
