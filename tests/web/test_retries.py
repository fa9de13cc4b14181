"""Calls that are tried again."""

from __future__ import annotations

import pytest

from kg.errors import WorldError
from kg.web import Retries, Unanswered, Unavailable, retry


class Calls:
    """A call that fails as told, and how long one waited in between."""

    def __init__(self, *failures: WorldError) -> None:
        self.failures, self.made, self.waits = list(failures), 0, list[float]()

    def __call__(self) -> str:
        self.made += 1
        if self.failures:
            raise self.failures.pop(0)
        return "done"


def test_a_call_is_made_until_it_is_answered_with_longer_and_longer_pauses() -> None:
    calls = Calls(*[Unanswered("no answer")] * 3)
    assert retry(calls, Retries(attempts=5, first=1.0), sleep=calls.waits.append) == "done"
    assert calls.made == 4
    for number, wait in enumerate(calls.waits):
        assert 0.5 * 2**number <= wait <= 2**number


def test_a_retry_after_is_heeded_up_to_the_longest_pause() -> None:
    calls = Calls(Unavailable("busy", retry_after=7.0), Unavailable("busy", retry_after=7000.0))
    retry(calls, Retries(first=0.1, longest=20.0), sleep=calls.waits.append)
    assert calls.waits == [7.0, 20.0]


def test_the_last_failure_is_the_one_that_is_told() -> None:
    calls = Calls(*[Unavailable(f"busy {n}") for n in range(9)])
    with pytest.raises(Unavailable, match="busy 2"):
        retry(calls, Retries(attempts=3), sleep=calls.waits.append)
    assert (calls.made, len(calls.waits)) == (3, 2)


def test_an_answer_that_is_an_error_is_final() -> None:
    calls = Calls(WorldError("no such graph"))
    with pytest.raises(WorldError, match="no such graph"):
        retry(calls, sleep=calls.waits.append)
    assert (calls.made, calls.waits) == (1, [])
