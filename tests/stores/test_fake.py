"""The fake store fails as it is told to: what proves kg is proved itself."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

import httpx
import pyoxigraph as ox
import pytest

from tests.stores.answers import split_operations
from tests.stores.datasets import dice
from tests.stores.fake import FakeStore, serve
from tests.stores.faults import READING, WRITING, Behaviour, Fault, Script, draw_script

TURTLE = {"Content-Type": "text/turtle"}
GOOD = b"<urn:a> <urn:b> '1', '2', '3', '4' ."
BAD = GOOD + b"\n<urn:a> <urn:b"
COUNT = "SELECT ?o { GRAPH <urn:g> { ?s ?p ?o } }"


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    with httpx.Client(timeout=0.3, trust_env=False) as client:
        yield client


def put(client: httpx.Client, fake: FakeStore, body: bytes = GOOD) -> httpx.Response:
    return client.put(f"{fake.url}/store", params={"graph": "urn:g"}, content=body, headers=TURTLE)


def select(client: httpx.Client, fake: FakeStore, query: str = COUNT) -> httpx.Response:
    return client.post(f"{fake.url}/query", data={"query": query})


STORED: dict[Fault, int] = {
    "time-out after": 4,
    "500 after": 4,
    "reset after": 4,
    "partly stored": 2,
    "partly stored, 500": 2,
}
RAISED = ("time-out before", "time-out after", "reset before", "reset after")
STATUS = {"500 before": 500, "500 after": 500, "503 with Retry-After": 503, "partly stored, 500": 500, "HTML": 200}


@pytest.mark.parametrize("fault", WRITING)
def test_a_write_meets_its_fault_once(fault: Fault, client: httpx.Client) -> None:
    with serve(FakeStore(script=Script(writes={0: fault}))) as fake:
        if fault in RAISED:
            with pytest.raises(httpx.TransportError):
                put(client, fake)
        else:
            assert put(client, fake).status_code == STATUS.get(fault, 204)
        assert len(fake.quads()) == STORED.get(fault, 0)
        assert put(client, fake).status_code in (201, 204)
        assert len(fake.quads()) == 4


@pytest.mark.parametrize("fault", READING)
def test_a_read_meets_its_fault_once(fault: Fault, client: httpx.Client) -> None:
    with serve(FakeStore(script=Script(reads={0: fault}))) as fake:
        put(client, fake)
        if fault in RAISED:
            with pytest.raises(httpx.TransportError):
                select(client, fake)
        elif fault == "truncated":
            with pytest.raises(ValueError, match=r"Expecting|Unterminated|delimiter"):
                select(client, fake).json()
        elif fault == "partial result":
            answer = select(client, fake)
            assert answer.headers["X-SQL-State"] == "S1TAT"
            assert answer.json()["results"]["bindings"] == []
        else:
            assert select(client, fake).status_code == STATUS[fault]
        assert len(select(client, fake).json()["results"]["bindings"]) == 4


@pytest.mark.parametrize(("is_atomic", "left"), [(True, 1), (False, 4)])
def test_a_put_with_a_broken_tail_is_as_declared(is_atomic: bool, left: int, client: httpx.Client) -> None:  # noqa: FBT001
    with serve(FakeStore(Behaviour(is_put_atomic=is_atomic))) as fake:
        put(client, fake, b"<urn:old> <urn:b> 'old' .")
        assert put(client, fake, BAD).status_code == (400 if is_atomic else 500)
        assert len(fake.quads()) == left


@pytest.mark.parametrize(("is_atomic", "left"), [(True, 0), (False, 1)])
def test_an_update_that_fails_late_is_as_declared(is_atomic: bool, left: int, client: httpx.Client) -> None:  # noqa: FBT001
    update = "INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> ';' } } ; CREATE GRAPH <urn:g>"
    with serve(FakeStore(Behaviour(is_update_atomic=is_atomic))) as fake:
        assert client.post(f"{fake.url}/update", data={"update": update}).status_code == 400
        assert len(fake.quads()) == left


def test_bodies_that_it_cannot_read_are_lost_as_declared(client: httpx.Client) -> None:
    with serve(FakeStore(Behaviour(reads_chunks=False, reads_gzip=False))) as fake:
        packed = TURTLE | {"Content-Encoding": "gzip"}
        url = f"{fake.url}/store?graph=urn:g"
        assert client.put(url, content=gzip.compress(GOOD), headers=packed).status_code == 500
        assert client.put(url, content=iter([GOOD]), headers=TURTLE).status_code == 201
        assert fake.quads() == set()
    with serve(FakeStore()) as fake:
        url = f"{fake.url}/store?graph=urn:g"
        client.put(url, content=gzip.compress(GOOD), headers=packed)
        assert len(fake.quads()) == 4
        client.put(url, content=iter([b"<urn:a> <urn:b> '1', '2', '3' ."]), headers=TURTLE)
        assert len(fake.quads()) == 3


def test_rows_beyond_the_cap_are_left_out_without_a_word(client: httpx.Client) -> None:
    with serve(FakeStore(Behaviour(row_cap=3))) as fake:
        put(client, fake)
        assert len(select(client, fake).json()["results"]["bindings"]) == 3
        assert client.get(f"{fake.url}/store?graph=urn:g").text.count("\n") == 3
        assert (
            select(client, fake, "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }").json()["results"]["bindings"][0][
                "n"
            ]["value"]
            == "4"
        )


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("basic", httpx.BasicAuth("ada", "right"), httpx.BasicAuth("ada", "wrong")),
        ("digest", httpx.DigestAuth("ada", "right"), httpx.DigestAuth("ada", "wrong")),
    ],
)
def test_it_admits_who_has_the_password(kind: str, good: httpx.Auth, bad: httpx.Auth) -> None:
    with serve(FakeStore(Behaviour(auth=kind, user="ada", secret="right"))) as fake:  # type: ignore[arg-type]
        for auth, status in ((good, 200), (bad, 401), (None, 401)):
            with httpx.Client(auth=auth, trust_env=False) as client:
                assert select(client, fake).status_code == status


def test_operations_are_split_at_their_semicolons_only() -> None:
    update = 'DROP GRAPH <urn:a;b>; INSERT DATA { <urn:a> <urn:b> "x;y" ; <urn:c> "}" } ;\nMOVE <urn:a> TO <urn:b>'
    parts = list(split_operations(update))
    assert [part.split()[0] for part in parts] == ["DROP", "INSERT", "MOVE"]
    assert "".join(parts).replace(" ", "") == update.replace(">;", ">").replace("} ;", "}").replace(" ", "")


def test_scripts_are_the_same_for_the_same_seed_and_use_every_fault() -> None:
    scripts = [draw_script(dice(seed)) for seed in range(500)]
    again = [draw_script(dice(seed)) for seed in range(500)]
    assert [(s.reads, s.writes, s.every_read, s.every_write) for s in scripts] == [
        (s.reads, s.writes, s.every_read, s.every_write) for s in again
    ]
    used = {fault for script in scripts for fault in (*script.reads.values(), *script.writes.values())}
    assert used == {*READING, *WRITING}


def test_it_speaks_the_graph_store_protocol(client: httpx.Client) -> None:
    with serve(FakeStore()) as fake:
        url = f"{fake.url}/store"
        assert put(client, fake).status_code == 201
        assert (
            client.post(url, params={"graph": "urn:g"}, content=b"<urn:a> <urn:b> '5' .", headers=TURTLE).status_code
            == 204
        )
        assert client.get(url, params={"graph": "urn:g"}).text.count("\n") == 5
        assert client.delete(url, params={"graph": "urn:g"}).status_code == 204
        assert client.get(url, params={"graph": "urn:g"}).status_code == 404
        nquads = b'<urn:a> <urn:b> "1" <urn:h> .\n<urn:a> <urn:b> "1" <urn:i> .\n'
        assert client.post(url, content=nquads, headers={"Content-Type": "application/n-quads"}).status_code == 201
        assert {quad.graph_name for quad in fake.quads()} == {ox.NamedNode("urn:h"), ox.NamedNode("urn:i")}
        assert fake.writes == 4
