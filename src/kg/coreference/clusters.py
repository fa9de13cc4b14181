"""Sets of events that are one, grown document by document.

Documents are taken in the order of their publication, whatever the order in which they were read. Each event of a document
joins the set whose members speak most for it, where no member speaks against it and no other event of its document fits the
set as well; what ties is left apart. So the result depends on nothing but the documents, and one that is published after all
others can only add merges.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from kg.coreference.blocking import Blocks, is_identified
from kg.coreference.comparison import Comparison, compare
from kg.coreference.description import EventDescription
from kg.coreference.verdicts import Verdicts


@dataclass(frozen=True, slots=True)
class Link:
    """Two events of different documents that were found to be one, and why."""

    events: tuple[str, str]
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class _Proposal:
    """That an event join a set, for the sake of the member that speaks most for it."""

    event: str
    member: str
    comparison: Comparison


class Clusters:
    """Events in sets; each event begins in a set of its own, or with those that a reviewer found the same.

    Args:
        verdicts: what was reviewed, which nothing here goes against.
    """

    def __init__(self, verdicts: Verdicts) -> None:
        self.links: list[Link] = []
        self._verdicts = verdicts
        self._described: dict[str, EventDescription] = {}
        self._blocks = Blocks()
        self._root: dict[str, str] = {}
        self._members: dict[str, list[str]] = {}
        for events in verdicts.sets():
            self._members[events[0]] = list(events)
            self._root.update(dict.fromkeys(events, events[0]))

    def sets(self) -> list[tuple[str, ...]]:
        """Return the sets of two events or more, each sorted, in alphabetical order."""
        return sorted(tuple(sorted(events)) for events in self._members.values() if len(events) > 1)

    def add(self, descriptions: Iterable[EventDescription]) -> None:
        """Place the events of documents, which come in the order of their publication.

        What is said of events is placed after the events that it may be about.
        """
        for _, events in groupby(descriptions, key=lambda description: description.document):
            told = [description for description in events if is_identified(description)]
            for is_saying in (False, True):
                group = [d for d in told if is_saying == any(kind.profile == "saying" for kind in d.kinds)]
                self._place(group)
                for description in group:
                    self._described[description.event] = description
                    self._blocks.file(description)

    # ----------------------------------------------------------------------- one document

    def _place(self, group: list[EventDescription]) -> None:
        proposals = [proposal for description in group for proposal in self._proposals(description)]
        proposals.sort(key=lambda p: (-p.comparison.score, p.event, p.member))
        settled: set[str] = set()
        refused: set[str] = set()
        for _, level in groupby(proposals, key=lambda proposal: proposal.comparison.score):
            wanted = [p for p in level if p.event not in refused]
            rivals = _rivals(wanted, self._find)
            refused |= {proposal.event for proposal in rivals if proposal.event not in settled}
            wanted = [proposal for proposal in wanted if proposal not in rivals]
            refused |= self._undecided(wanted, settled)
            for proposal in wanted:
                if proposal.event not in refused and self._are_compatible(proposal.event, proposal.member):
                    self._join(proposal)
                    settled.add(proposal.event)

    def _proposals(self, description: EventDescription) -> Iterator[_Proposal]:
        """Yield for each set that the event may join the member that speaks most for it."""
        own = self._find(description.event)
        tried: set[str] = {own}
        for candidate in self._blocks.candidates(description, self._known_as):
            root = self._find(candidate)
            if root in tried:
                continue
            tried.add(root)
            best: _Proposal | None = None
            for member in self._told(root):
                comparison = compare(description, self._described[member], self._is_same)
                if comparison is None:
                    break
                if comparison.is_enough and (best is None or comparison.score > best.comparison.score):
                    best = _Proposal(description.event, member, comparison)
            else:
                if best is not None:
                    yield best

    def _undecided(self, proposals: list[_Proposal], settled: set[str]) -> set[str]:
        """Return the events that fit two sets equally well which cannot be one."""
        by_event: dict[str, list[str]] = {}
        for proposal in proposals:
            if proposal.event not in settled:
                by_event.setdefault(proposal.event, []).append(proposal.member)
        return {
            event
            for event, members in by_event.items()
            if any(not self._are_compatible(members[0], other) for other in members[1:])
        }

    # ----------------------------------------------------------------------- sets

    def _find(self, event: str) -> str:
        return self._root.get(event, event)

    def _known_as(self, event: str) -> list[str]:
        return self._members.get(self._find(event), [event])

    def _told(self, event: str) -> list[str]:
        return [member for member in self._known_as(event) if member in self._described]

    def _is_same(self, event: str, other: str) -> bool:
        return self._find(event) == self._find(other)

    def _join(self, proposal: _Proposal) -> None:
        one, other = self._find(proposal.event), self._find(proposal.member)
        if one == other:
            return
        joined = [*self._known_as(other), *self._known_as(one)]
        self._members.pop(one, None)
        self._members[other] = joined
        self._root.update(dict.fromkeys(joined, other))
        first, second = sorted((proposal.event, proposal.member))
        self.links.append(Link((first, second), proposal.comparison))

    def _are_compatible(self, one: str, other: str) -> bool:
        """Whether two sets may be one: of no document both have an event, no reviewer and no comparison is against it."""
        mine, yours = self._known_as(one), self._known_as(other)
        if self._is_same(one, other):
            return True
        if {event[:16] for event in mine} & {event[:16] for event in yours}:
            return False
        if any(self._verdicts.apart(a, b) for a in mine for b in yours):
            return False
        return all(
            compare(self._described[a], self._described[b], self._is_same) is not None
            for a in self._told(one)
            for b in self._told(other)
        )


def _rivals(proposals: list[_Proposal], find: Callable[[str], str]) -> list[_Proposal]:
    """Return the proposals of different events for one set: it can take one event of a document only."""
    by_set: dict[str, list[_Proposal]] = {}
    for proposal in proposals:
        by_set.setdefault(find(proposal.member), []).append(proposal)
    return [p for wanting in by_set.values() if len({p.event for p in wanting}) > 1 for p in wanting]
