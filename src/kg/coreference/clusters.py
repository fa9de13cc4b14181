"""Sets of events that are one, grown document by document.

Documents are taken in the order of their publication, whatever the order in which they were read. Each event of a document
joins the set whose members speak most for it, where no member speaks against it and no other event of its document fits the
set as well; what ties is left apart. So the result depends on nothing but the documents, and one that is published after all
others can only add merges.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, replace
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


@dataclass(slots=True)
class _Set:
    """Events that are one: their documents, and what is told of them, once for all that tell the same."""

    events: list[str]
    documents: set[str]
    told: dict[Hashable, EventDescription]


@dataclass(frozen=True, slots=True)
class _Proposal:
    """That an event join the set of another, for the sake of the member that speaks most for it."""

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
        self._blocks = Blocks()
        self._sets: dict[str, _Set] = {}
        for events in verdicts.sets():
            found = _Set(list(events), {event[:16] for event in events}, {})
            self._sets.update(dict.fromkeys(events, found))

    def sets(self) -> list[tuple[str, ...]]:
        """Return the sets of two events or more, each sorted, in alphabetical order."""
        return sorted({tuple(sorted(found.events)) for found in self._sets.values() if len(found.events) > 1})

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
                    self._keep(description)

    def _keep(self, description: EventDescription) -> None:
        """File an event for those to come, unless its set holds one of which just the same is told."""
        found = self._set(description.event)
        key = self._signature(description) if len(found.events) > 1 else description.event
        if found.told.setdefault(key, description) is description:
            self._blocks.file(description)

    def _signature(self, description: EventDescription) -> Hashable:
        """All that a comparison looks at."""
        matters = frozenset(self._set(matter).events[0] for matter in description.matters)
        return replace(description, event="", matters=matters)

    # ----------------------------------------------------------------------- one document

    def _place(self, group: list[EventDescription]) -> None:
        proposals = [proposal for description in group for proposal in self._proposals(description)]
        proposals.sort(key=lambda p: (-p.comparison.score, p.event, p.member))
        settled: set[str] = set()
        refused: set[str] = set()
        for _, level in groupby(proposals, key=lambda proposal: proposal.comparison.score):
            wanted = [p for p in level if p.event not in refused]
            rivals = self._rivals(wanted)
            refused |= {proposal.event for proposal in rivals} - settled
            wanted = [proposal for proposal in wanted if proposal not in rivals]
            refused |= self._undecided(wanted, settled)
            for proposal in wanted:
                if proposal.event not in refused and self._are_compatible(proposal.event, proposal.member):
                    self._join(proposal)
                    settled.add(proposal.event)

    def _proposals(self, description: EventDescription) -> Iterator[_Proposal]:
        """Yield for each set that the event may join the member that speaks most for it."""
        tried = {id(self._set(description.event))}
        for candidate in self._blocks.candidates(description, lambda event: self._set(event).events):
            found = self._set(candidate)
            if id(found) in tried:
                continue
            tried.add(id(found))
            best: _Proposal | None = None
            for member in found.told.values():
                comparison = compare(description, member, self._is_same)
                if comparison is None:
                    break
                if comparison.is_enough and (best is None or comparison.score > best.comparison.score):
                    best = _Proposal(description.event, member.event, comparison)
            else:
                if best is not None and description.document not in found.documents:
                    yield best

    def _rivals(self, proposals: list[_Proposal]) -> list[_Proposal]:
        """Return the proposals of different events for one set: it can take one event of a document only."""
        by_set: dict[int, list[_Proposal]] = {}
        for proposal in proposals:
            by_set.setdefault(id(self._set(proposal.member)), []).append(proposal)
        return [p for wanting in by_set.values() if len({p.event for p in wanting}) > 1 for p in wanting]

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

    def _set(self, event: str) -> _Set:
        found = self._sets.get(event)
        if found is None:
            found = self._sets[event] = _Set([event], {event[:16]}, {})
        return found

    def _is_same(self, event: str, other: str) -> bool:
        return self._set(event) is self._set(other)

    def _join(self, proposal: _Proposal) -> None:
        one, other = self._set(proposal.event), self._set(proposal.member)
        if one is other:
            return
        other.events += one.events
        other.documents |= one.documents
        other.told = one.told | other.told
        self._sets.update(dict.fromkeys(one.events, other))
        first, second = sorted((proposal.event, proposal.member))
        self.links.append(Link((first, second), proposal.comparison))

    def _are_compatible(self, event: str, other_event: str) -> bool:
        """Whether two sets may be one: of no document both have an event, no reviewer and no comparison is against it."""
        one, other = self._set(event), self._set(other_event)
        if one is other:
            return True
        if not one.documents.isdisjoint(other.documents):
            return False
        if self._verdicts.keep_apart(one.events, other.events):
            return False
        return all(
            compare(mine, yours, self._is_same) is not None
            for mine in one.told.values()
            for yours in other.told.values()
        )
