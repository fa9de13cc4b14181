"""HTTP requests as kg sends them."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from kg.errors import UsageError, WorldError
from kg.web import NOBODY, Client, Credentials, Secret, Unanswered, Unavailable, open_client
from tests.stores.fake import FakeStore, serve
from tests.stores.faults import Behaviour, Fault, Script

ADA = Credentials("basic", "ada", Secret("hunter2hunter2"))


@contextmanager
def opened(
    behaviour: Behaviour | None = None,
    script: Script | None = None,
    credentials: Credentials = NOBODY,
    timeout: float = 5,
) -> Iterator[tuple[Client, FakeStore]]:
    with (
        serve(FakeStore(behaviour or Behaviour(), script or Script())) as fake,
        open_client(fake.url, credentials=credentials, timeout=timeout) as client,
    ):
        yield client, fake


def ask(client: Client, fake: FakeStore) -> int:
    return client.request("POST", f"{fake.url}/query", form={"query": "ASK {}"}).status


def test_a_request_goes_once_with_its_length() -> None:
    with opened() as (client, fake):
        reply = client.request("POST", f"{fake.url}/query", form={"query": "ASK {}"})
        assert (reply.status, reply.kind, reply.is_success) == (200, "application/sparql-results+json", True)
        (request,) = fake.requests
        assert int(request.headers["content-length"]) == len(request.body) > 0
        assert "transfer-encoding" not in request.headers


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("time-out before", Unanswered),
        ("reset before", Unanswered),
        ("reset after", Unanswered),
        ("500 before", Unavailable),
        ("503 with Retry-After", Unavailable),
    ],
)
def test_no_answer_and_not_now_are_told_apart(fault: Fault, error: type[WorldError]) -> None:
    with opened(script=Script(reads={0: fault}), timeout=0.3) as (client, fake):
        with pytest.raises(error) as caught:
            ask(client, fake)
        assert caught.value.exit_status == 3
        assert caught.value.hint
        if isinstance(caught.value, Unavailable) and fault.startswith("503"):
            assert caught.value.retry_after == 1.0
        assert ask(client, fake) == 200


def test_nobody_there_is_said_so() -> None:
    with serve(FakeStore()) as fake:
        url = fake.url
    with open_client(url, timeout=5) as client, pytest.raises(Unanswered, match="no answer") as caught:
        client.request("GET", url)
    assert caught.value.where == url


@pytest.mark.parametrize("kind", ["basic", "digest", "auto"])
def test_who_asks_is_told_who_one_is(kind: str) -> None:
    known = Credentials(kind, "ada", Secret("hunter2hunter2"))  # type: ignore[arg-type]
    for asked in ("basic", "digest") if kind == "auto" else (kind,):
        behaviour = Behaviour(auth=asked, user="ada", secret="hunter2hunter2")
        with opened(behaviour, credentials=known) as (client, fake):
            assert [ask(client, fake) for _ in range(3)] == [200, 200, 200]
            assert len(fake.requests) <= 5, "a challenge is answered once, and who one is is then known"


def test_a_person_is_asked_only_when_the_other_side_asks() -> None:
    asked: list[tuple[str, bool]] = []

    def answer(prompt: str, hidden: bool) -> str:  # noqa: FBT001 - the type of a question
        asked.append((prompt, hidden))
        return "hunter2hunter2" if hidden else "ada"

    with serve(FakeStore()) as fake, open_client(fake.url, credentials=Credentials("auto"), ask=answer) as client:
        assert ask(client, fake) == 200
        assert asked == []
    behaviour = Behaviour(auth="basic", user="ada", secret="hunter2hunter2")
    with (
        serve(FakeStore(behaviour)) as fake,
        open_client(fake.url, credentials=Credentials("auto"), ask=answer) as client,
    ):
        assert ask(client, fake) == 200
        assert [hidden for _, hidden in asked] == [False, True]


def test_a_redirect_to_another_origin_is_not_followed() -> None:
    with serve(FakeStore()) as other, opened(Behaviour(redirect=other.url), credentials=ADA) as (client, fake):
        with pytest.raises(WorldError, match="another origin"):
            ask(client, fake)
        assert len(fake.requests) == 1
        assert other.requests == []


def test_a_secret_is_in_no_error_no_log_and_no_traceback(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    behaviour = Behaviour(auth="basic", user="ada", secret="another-one", echoes=True)
    with opened(behaviour, credentials=ADA) as (client, fake):
        reply = client.request("POST", f"{fake.url}/query", form={"query": "hunter2hunter2"})
        assert reply.status == 401
        told = client.told(reply)
        fake.script = Script(every_read="500 before")
        fake.behaviour = Behaviour(auth="basic", user="ada", secret="hunter2hunter2", echoes=True)
        with pytest.raises(Unavailable) as caught:
            ask(client, fake)
    seen = told + caplog.text + "".join(traceback.format_exception(caught.value)) + repr(ADA) + f"{ADA.secret}"
    assert "something broke" in seen
    assert "hunter2" not in seen
    assert "YWRhOmh1bnRlcjJodW50ZXIy" not in seen
    assert caplog.records


def test_a_secret_does_not_go_over_plain_http_to_another_machine() -> None:
    with pytest.raises(UsageError, match="plain http"), open_client("http://store.invalid/", credentials=ADA):
        pass
    with open_client("http://store.invalid/", credentials=ADA, insecure_http=True):
        pass
    with open_client("https://store.invalid/", credentials=ADA):
        pass
