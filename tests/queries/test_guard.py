"""The guard: what it refuses, and that it is not fooled."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator

import pytest

from kg.errors import DataError, KgError, Refused
from kg.guard import MAX_DEPTH, MAX_OPERATORS, check_query
from kg.queries import ask
from tests.queries.hostile import service_calls


@pytest.fixture(scope="module")
def canary() -> Iterator[tuple[str, list[str]]]:
    """A web server on this machine that notes who comes."""
    visits: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            visits.append(self.path)
            self.send_response(200)
            self.end_headers()

        do_POST = do_GET  # noqa: N815 - http.server's name

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's signature
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/", visits
        server.shutdown()


def test_service_in_any_spelling_asks_nobody(canary: tuple[str, list[str]]) -> None:
    url, visits = canary
    calls = list(service_calls(url))
    assert len(calls) >= 40
    for query in calls:
        with pytest.raises(Refused, match="SERVICE"):
            check_query(query)
    assert visits == []


def test_what_gets_past_the_guard_finds_no_network(
    canary: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    import kg.queries

    url, visits = canary
    # both lines of defence are real: here the first one is taken away
    monkeypatch.setattr(kg.queries, "check_query", lambda _, name: check_query("ASK {}", name=name))
    monkeypatch.setattr(kg.queries, "bind", lambda *_, **__: f"ASK {{ SERVICE <{url}> {{ ?a ?b ?c }} }}")
    if not _can_leave_the_network():
        pytest.skip("this system gives no process a network of its own")
    with pytest.raises(KgError, match="unreachable"):
        ask([], "ASK {}").read()
    assert visits == []


def _can_leave_the_network() -> bool:
    import subprocess
    import sys

    program = "import ctypes, sys; sys.exit(ctypes.CDLL(None).unshare(0x50000000) != 0)"
    return sys.platform == "linux" and subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@pytest.mark.parametrize(
    "query",
    [
        'SELECT * { ?s ?p "SERVICE <http://a/> { }" }',
        "SELECT * { ?s ?p '''SERVICE \"it's\" {''' }",
        'SELECT * { ?s ?p """SERVICE "quoted" {""" , "\\"SERVICE {" }',
        "SELECT * { ?s <http://a/SERVICE> ?o } # SERVICE <http://a/> {",
        "PREFIX ex: <http://a/> SELECT * { ?s ex:SERVICE ?SERVICE ; ex:service.of $service }",
        "PREFIX service: <http://a/> SELECT * { ?s service:of ?o . GRAPH service:x { ?a ?b ?c } }",
        'SELECT * { ?s ?p "dienst"@service , _:SERVICE }',
        "SELECT * { ?s ?p ?o FILTER(?o<5&&?o>1) }",
        "PREFIX from: <http://a/> SELECT ?from { ?from from:insert ?delete }",
    ],
)
def test_a_word_inside_a_string_a_name_or_a_comment_is_nothing(query: str) -> None:
    assert check_query(query).form == "SELECT"


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <a:a> <a:b> <a:c> }",
        "DELETE WHERE { ?s ?p ?o }",
        "WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "LOAD <http://127.0.0.1/> INTO GRAPH <a:g>",
        "LOAD SILENT <file:///etc/hostname>",
        "CLEAR ALL",
        "DROP GRAPH <a:g>",
        "CREATE GRAPH <a:g>",
        "COPY <a:g> TO DEFAULT",
        "MOVE DEFAULT TO <a:g>",
        "ADD <a:g> TO <a:h>",
        "SELECT * {} ; insert data { <a:a> <a:b> <a:c> }",
    ],
)
def test_an_update_is_refused(update: str) -> None:
    with pytest.raises(Refused, match="does not change the graph"):
        check_query(update)


@pytest.mark.parametrize(
    "clause", ["FROM <http://a/>", "FROM NAMED <http://a/>", "from<file:///etc/hostname>", "FROM ex:a"]
)
def test_from_is_refused(clause: str) -> None:
    with pytest.raises(Refused, match="FROM is refused"):
        check_query(f"SELECT * {clause} {{ ?s ?p ?o }}")


def test_nesting_and_size_are_bounded_at_their_limits() -> None:
    assert check_query(f"ASK {'{' * MAX_DEPTH}{'}' * MAX_DEPTH}")
    with pytest.raises(Refused, match=f"deeper than {MAX_DEPTH}"):
        check_query(f"ASK {'{' * (MAX_DEPTH + 1)}{'}' * (MAX_DEPTH + 1)}")
    assert check_query(f"ASK {{ FILTER({'!' * (MAX_OPERATORS - 2)}true) }}")
    with pytest.raises(Refused, match=f"more than {MAX_OPERATORS}"):
        check_query(f"ASK {{ FILTER({'!' * (MAX_OPERATORS - 1)}true) }}")
    with pytest.raises(Refused, match="longer than 65,536 bytes"):
        check_query("ASK {} #" + "é" * 33_000)


def test_what_is_no_token_is_told_with_line_and_column() -> None:
    with pytest.raises(DataError, match="unexpected") as caught:
        check_query('SELECT *\n{ ?s ?p "never closed }')
    assert caught.value.where == "query:2:9"


def test_a_text_without_a_query_form_is_no_query() -> None:
    with pytest.raises(DataError, match="there is no query here"):
        check_query("who did it?")
