"""Calls that are tried again: with back-off and jitter, and only where doing them twice is doing them once."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeVar

from kg.web.client import Unanswered, Unavailable

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Retries:
    """How often and how soon.

    Attributes:
        attempts: how often a call is made at most.
        first: seconds before the second attempt; each later pause is twice as long.
        longest: seconds of the longest pause; also of what a Retry-After is heeded for.
    """

    attempts: int = 5
    first: float = 0.1
    longest: float = 20.0

    def pause(self, attempt: int, retry_after: float | None = None) -> float:
        """Seconds to wait after the n-th attempt (from 1): at random up to the back-off, at least the Retry-After."""
        backoff = min(self.longest, self.first * 2.0 ** (attempt - 1))
        drawn = backoff * (0.5 + random.random() / 2)  # noqa: S311 - jitter is no secret
        return max(drawn, min(retry_after or 0.0, self.longest))


PATIENT: Final = Retries()


def retry(call: Callable[[], T], retries: Retries = PATIENT, *, sleep: Callable[[float], None] = time.sleep) -> T:
    """Make an idempotent call until it is answered; answers that are errors of another kind are final.

    Raises:
        WorldError: what the last attempt raised.
    """
    for attempt in range(1, retries.attempts):
        try:
            return call()
        except (Unanswered, Unavailable) as error:
            pause = retries.pause(attempt, getattr(error, "retry_after", None))
        sleep(pause)
    return call()
