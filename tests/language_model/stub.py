"""A chat endpoint of the OpenAI kind on a free port of this machine, which says what a test wants it to say."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Body = dict[str, Any]


@dataclass(slots=True)
class Said:
    """An HTTP answer: `body` as it stands where it is bytes, else as JSON; after so many seconds."""

    body: Any = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    drip: float = 0.0
    """Seconds between the bytes of the body."""


Script = Callable[[Body, int], "Said"]
"""What the server says to a request body; the number counts its requests from 1."""


@dataclass(slots=True)
class Stub:
    """The server: its address, and the requests that came, with their headers in lower case."""

    url: str
    bodies: list[Body] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)


@contextmanager
def serve(script: Script) -> Iterator[Stub]:
    """Run a server while a test lasts."""
    stub = Stub("")
    stop, lock = threading.Event(), threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            with lock:
                stub.bodies.append(body)
                stub.headers.append({name.lower(): value for name, value in self.headers.items()})
                count = len(stub.bodies)
            said = script(body, count)
            stop.wait(said.seconds)
            content = said.body if isinstance(said.body, bytes) else json.dumps(said.body).encode()
            self.send_response(said.status)
            for name, value in {"Content-Type": "application/json", **said.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            if said.drip:
                for at in range(len(content)):
                    if stop.wait(said.drip):
                        return
                    self.wfile.write(content[at : at + 1])
                    self.wfile.flush()
            else:
                self.wfile.write(content)

        def handle(self) -> None:
            try:
                super().handle()
            except OSError:
                self.close_connection = True

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    stub.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield stub
    finally:
        stop.set()
        server.shutdown()
        server.server_close()
        thread.join()


def completion(answer: Any, *, finish: str = "stop", usage: bool = True, mode: str = "content") -> Said:
    """A chat completion whose message is an answer: JSON, or a text as it stands."""
    text = answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)
    message: Body = {"role": "assistant", "content": text}
    if mode == "tool":
        call = {"id": "1", "type": "function", "function": {"name": "claims", "arguments": text}}
        message = {"role": "assistant", "content": None, "tool_calls": [call]}
    body: Body = {"id": "x", "object": "chat.completion", "choices": [{"message": message, "finish_reason": finish}]}
    if usage:
        body["usage"] = {"prompt_tokens": 1000, "completion_tokens": len(text) // 3, "total_tokens": 0}
    return Said(body)


def asked(body: Body) -> Body:
    """What a request holds of the report: the JSON object in its first user message."""
    content: str = body["messages"][1]["content"]
    data: Body = json.loads(content[content.index("\n{") + 1 :])
    return data


def is_repair(body: Body) -> bool:
    """Whether a request sends findings back."""
    return len(body["messages"]) > 2
