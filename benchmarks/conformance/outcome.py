"""What becomes of tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from benchmarks.conformance.manifests import Entry

Verdict: TypeAlias = Literal["passed", "failed", "refused", "by design", "not run"]
VERDICTS: Final[tuple[Verdict, ...]] = ("passed", "failed", "refused", "by design", "not run")


@dataclass(frozen=True, slots=True)
class Outcome:
    """A verdict, and why it is not ``passed``.

    ``refused`` is what the guard of queries refuses on purpose, ``by design`` what differs only since the default graph
    of `kg query` is the union of all graphs, ``not run`` what asks for something that kg does not claim to do.
    """

    verdict: Verdict
    reason: str = ""

    @property
    def is_examined(self) -> bool:
        """Whether kg tried to pass the test."""
        return self.verdict in ("passed", "failed", "by design")


Runner: TypeAlias = Callable[[Entry], Outcome]


def judged(reason: str | None) -> Outcome:
    """Passed where there is no reason against it."""
    return Outcome("passed") if reason is None else Outcome("failed", reason)


@dataclass(frozen=True, slots=True)
class Part:
    """Tests, the engines of kg that run them, and the library underneath, which runs them by itself."""

    title: str
    tests: Sequence[Entry]
    engines: Mapping[str, Runner]
    library: str
    alone: Runner
