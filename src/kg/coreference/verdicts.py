"""What a reviewer says about events of two documents: same, different, unsure.

The file is JSON Lines; a line names events as ``DOCUMENT/EVENT``, the first 16 hex digits of the document's digest and the
event's key::

    {"verdict": "same", "events": ["0123456789abcdef/e1", "fedcba9876543210/e4"], "reviewer": "N. Vole"}
    {"verdict": "different", "events": ["0123456789abcdef/e2", "fedcba9876543210/e4"], "note": "two raids of one night"}
    {"verdict": "unsure", "events": ["0123456789abcdef/e3", "fedcba9876543210/e5"]}

`same` is transitive. `different` holds for every two of its events, and for all that is the same as either. `unsure` leaves
apart as well, and says that somebody looked. What the file says wins over every rule; the order of its lines means nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import combinations
from pathlib import Path
from typing import Any, Final, Literal, get_args

from kg.errors import DataError

Judgement = Literal["same", "different", "unsure"]

_EVENT = re.compile(r"[0-9a-f]{16}/[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
_JUDGEMENTS: Final = get_args(Judgement)


@dataclass(frozen=True, slots=True)
class Verdict:
    """One line of the file: its number, what it says of which events, who says it and why, where that is said."""

    line: int
    judgement: Judgement
    events: tuple[str, ...]
    reviewer: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What was reviewed.

    `lines` are the verdicts in the order of the file; `leaders` maps each event of a `same` line to the one that stands for
    its set, the first in alphabetical order.
    """

    lines: tuple[Verdict, ...] = ()
    leaders: Mapping[str, str] = field(default_factory=dict)
    _apart: Mapping[frozenset[str], Verdict] = field(default_factory=dict)

    def leader(self, event: str) -> str:
        """Return the event that stands for all that were found the same as this one; the event itself where none was."""
        return self.leaders.get(event, event)

    def apart(self, event: str, other: str) -> Verdict | None:
        """Return the verdict that keeps two events apart, or `None`."""
        return self._apart.get(frozenset({self.leader(event), self.leader(other)}))

    def keep_apart(self, events: Iterable[str], others: Iterable[str]) -> bool:
        """Whether a verdict keeps any of these events apart from any of those."""
        if not self._apart:
            return False
        named = frozenset().union(*self._apart)
        mine, yours = ({self.leader(event) for event in side} & named for side in (events, others))
        return any(frozenset({a, b}) in self._apart for a in mine for b in yours)

    def sets(self) -> list[tuple[str, ...]]:
        """Return the sets of events that are the same, each sorted, in alphabetical order."""
        members: dict[str, list[str]] = {}
        for event in sorted(self.leaders):
            members.setdefault(self.leaders[event], []).append(event)
        return [tuple(members[leader]) for leader in sorted(members)]


def read_verdicts(path: Path, *, without: Collection[str] = ()) -> Verdicts:
    """Read the file of reviewed verdicts.

    Args:
        path: the file.
        without: documents (16 hex digits) of whose events nothing is to be said; a verdict on one other event says nothing.

    Raises:
        DataError: a line is no verdict (file, line and field), or two lines contradict each other (both are named).
        OSError: the file cannot be read.
    """
    told = (replace(v, events=tuple(e for e in v.events if e[:16] not in without)) for v in _verdicts(path))
    lines = tuple(verdict for verdict in told if len(verdict.events) > 1)
    same = [verdict for verdict in lines if verdict.judgement == "same"]
    leaders = _leaders(verdict.events for verdict in same)
    apart: dict[frozenset[str], Verdict] = {}
    for verdict in sorted(lines, key=lambda v: (v.judgement, v.line)):  # what is different is not unsure
        if verdict.judgement == "same":
            continue
        for one, other in combinations(sorted(set(verdict.events)), 2):
            pair = frozenset({leaders.get(one, one), leaders.get(other, other)})
            if len(pair) == 1:
                raise _contradiction(path, verdict, _chain(same, one, other), (one, other))
            apart.setdefault(pair, verdict)
    return Verdicts(lines, leaders, apart)


def _leaders(sets: Iterable[tuple[str, ...]]) -> dict[str, str]:
    leader: dict[str, str] = {}

    def find(event: str) -> str:
        while leader.setdefault(event, event) != event:
            event = leader[event]
        return event

    for events in sets:
        found = [find(event) for event in events]
        for event in found:
            leader[event] = min(found)
    return {event: find(event) for event in leader}


def _chain(same: list[Verdict], one: str, other: str) -> list[Verdict]:
    """Return the shortest chain of `same` lines that joins two events."""
    chains: dict[str, list[Verdict]] = {one: []}
    waiting = [one]
    for event in waiting:
        for verdict in same:
            if event in verdict.events:
                for reached in verdict.events:
                    if reached not in chains:
                        chains[reached] = [*chains[event], verdict]
                        waiting.append(reached)
    return chains[other]


def _contradiction(path: Path, verdict: Verdict, chain: list[Verdict], events: tuple[str, str]) -> DataError:
    told = {"different": "that they are different", "unsure": "that it is not sure"}[verdict.judgement]
    if len(chain) == 1:
        lines = f"line {chain[0].line} says"
    else:
        lines = "lines {} together say".format(", ".join(str(v.line) for v in chain))
    return DataError(
        f"{lines} that {events[0]} and {events[1]} are the same, line {verdict.line} {told}",
        code="same-events.contradiction",
        where=f"{path}:{verdict.line}",
        hint="decide which holds, and delete or correct the other",
    )


# --------------------------------------------------------------------------- one line


def _verdicts(path: Path) -> Iterator[Verdict]:
    for number, line in enumerate(path.read_bytes().split(b"\n"), 1):
        if line.strip():
            where = f"{path}:{number}"
            record = _record(line, where)
            yield Verdict(
                number,
                _judgement(record, where),
                _events(record, where),
                _words(record, "reviewer", where),
                _words(record, "note", where),
            )


def _record(line: bytes, where: str) -> dict[str, Any]:
    try:
        record = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise DataError("not UTF-8", code="same-events.encoding", where=where) from error
    except (ValueError, RecursionError) as error:
        raise DataError(f"not JSON: {error}", code="same-events.json", where=where) from error
    return record if isinstance(record, dict) else {}


def _judgement(record: Mapping[str, Any], where: str) -> Judgement:
    for judgement in _JUDGEMENTS:
        if record.get("verdict") == judgement:
            return judgement  # type: ignore[no-any-return] # get_args of the literal type itself
    raise DataError(
        f"verdict must be one of {', '.join(_JUDGEMENTS)}", code="same-events.field", where=f"{where}:verdict"
    )


def _events(record: Mapping[str, Any], where: str) -> tuple[str, ...]:
    events = record.get("events")
    if (
        not isinstance(events, list)
        or len(events) < 2
        or not all(isinstance(event, str) and _EVENT.fullmatch(event) for event in events)
    ):
        raise DataError(
            "events must name two or more events",
            code="same-events.field",
            where=f"{where}:events",
            hint='write each as "<first 16 hex of the document digest>/<event key>"',
        )
    return tuple(events)


def _words(record: Mapping[str, Any], name: str, where: str) -> str | None:
    words = record.get(name)
    if words is not None and not isinstance(words, str):
        raise DataError(f"{name} must be a string", code="same-events.field", where=f"{where}:{name}")
    return words
