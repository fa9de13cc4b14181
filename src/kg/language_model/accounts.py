"""What asking costs: tokens and, where prices are known, money; and a budget that is never exceeded."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from kg.errors import UsageError, WorldError
from kg.language_model.exchange import Usage
from kg.language_model.settings import ReadingSettings

_BUDGET: Final = re.compile(r"(\d+(?:\.\d+)?)\s*(k|M)?\s*(tokens?|t)?")
_FIRST_RATE: Final = 0.5
"""Tokens of a byte, before an endpoint has told any: twice what is usual for French in JSON."""
_MARGIN: Final = 1.1


class Spent(WorldError):  # noqa: N818 - it says what happened
    """The budget would be exceeded by the next request."""

    default_code = "model.budget"


@dataclass(frozen=True, slots=True)
class Budget:
    """At most so many tokens, or so much money."""

    tokens: int | None = None
    money: float | None = None


def read_budget(text: str, settings: ReadingSettings) -> Budget:
    """Read a budget: ``2.50`` is money, ``200000t``, ``200k tokens`` are tokens.

    Raises:
        UsageError: it is neither, or it is money and there are no prices.
    """
    found = _BUDGET.fullmatch(text.strip())
    if found is None:
        raise UsageError(f"not a budget: {text!r}", code="model.budget", hint="2.50 is money, 200k tokens are tokens")
    number = float(found[1]) * {"k": 1e3, "M": 1e6}.get(found[2] or "", 1)
    if found[3]:
        return Budget(tokens=int(number))
    if settings.prompt_price is None or settings.completion_price is None:
        raise UsageError(
            "a budget of money needs prices",
            code="model.budget",
            hint="prompt_price and completion_price (per million tokens) in kg.toml, or a budget in tokens: 200k tokens",
        )
    return Budget(money=number)


@dataclass(slots=True)
class Accounts:
    """Counts what is spent; safe to share between threads.

    Attributes:
        settings: prices, and the most tokens of an answer.
        budget: what may be spent.
        requests: how many were sent.
        cached: how many were answered from the cache.
        usage: what they took; where an endpoint does not tell it, what was set aside.
        unknown: of how many requests the usage is not known.
    """

    settings: ReadingSettings
    budget: Budget = field(default_factory=Budget)
    requests: int = 0
    cached: int = 0
    usage: Usage = field(default_factory=Usage)
    unknown: int = 0
    _held: Usage = field(default_factory=Usage)
    _rate: float = 0.0
    _lock: threading.Condition = field(default_factory=threading.Condition)

    @contextmanager
    def request(self, size: int) -> Iterator[list[Usage | None]]:
        """Set aside what a request of so many bytes can take at most; yields a list for the usage that is then told.

        What is not told counts as taken whole, also where the answer does not arrive. Where it is only what others have set
        aside that leaves no room, it waits for them.

        Raises:
            Spent: that would exceed the budget; nothing is to be sent.
        """
        with self._lock:
            while self._exceeds(self.usage + self._held + (held := self.estimate(size))) and self._held.total:
                self._lock.wait()
            if self._exceeds(self.usage + held):
                raise Spent(
                    "the next request could exceed the budget",
                    hint=f"spent so far: {self.told()}; what is answered is kept, so a later run goes on from here",
                )
            self._held += held
            self.requests += 1
        told: list[Usage | None] = []
        try:
            yield told
        finally:
            with self._lock:
                self._held = Usage(self._held.prompt - held.prompt, self._held.completion - held.completion)
                self._lock.notify_all()
                used = told[0] if told else None
                self.unknown += used is None
                self.usage += used or held
                if used is not None and size:
                    self._rate = max(self._rate, used.prompt / size)

    def count_cached(self) -> None:
        """Count an answer of the cache."""
        with self._lock:
            self.cached += 1

    def estimate(self, size: int) -> Usage:
        """The most tokens that a request of so many bytes takes; once an endpoint has told some, from those."""
        rate = self._rate * _MARGIN if self._rate else _FIRST_RATE
        return Usage(int(size * rate) + 1, self.settings.answer)

    def price(self, usage: Usage) -> float | None:
        """What tokens cost, where the prices are known."""
        prompt, completion = self.settings.prompt_price, self.settings.completion_price
        if prompt is None or completion is None:
            return None
        return (usage.prompt * prompt + usage.completion * completion) / 1_000_000

    def told(self) -> str:
        """The account in one line."""
        usage = self.usage
        parts = [
            f"{self.requests:,} requests, {self.cached:,} from the cache",
            f"{usage.prompt:,} + {usage.completion:,} tokens",
        ]
        price = self.price(usage)
        if price is not None:
            parts.append(f"{price:.4f} in your currency")
        if self.unknown:
            parts.append(f"{self.unknown:,} of them without a count, taken at their most")
        return "; ".join(parts)

    def _exceeds(self, usage: Usage) -> bool:
        price = self.price(usage)
        return (self.budget.tokens is not None and usage.total > self.budget.tokens) or (
            self.budget.money is not None and price is not None and price > self.budget.money
        )
