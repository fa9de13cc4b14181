"""What one document tells of one event, in as few words as a comparison needs.

Descriptions are all that is kept of a document while events are compared: sets of IRIs and whole numbers, no text.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Protocol, TypeVar, cast

from kg.coreference.criteria import EventKind, event_kinds
from kg.coreference.sides import Sides
from kg.records import Claim, Document, Entity, EventClaim, LinkedEntity
from kg.vocab import TERRITORIAL_TYPES

Days = tuple[int, int]
"""First and last day (proleptic Gregorian ordinals), both included."""

Shared = TypeVar("Shared", bound=Hashable)

Standing = Literal["actual", "denied", "planned", "possible"]
"""Whether a document tells an event as having happened; as only denied; as only planned; as only wanted or feared."""


class Linking(Protocol):
    """What finds the IRI of what claims name: `kg.linking.Linker`."""

    def entity(self, entity: Entity, document: str) -> LinkedEntity:
        """Link a mention in the document with this key."""

    def place(self, entity: Entity, document: str) -> LinkedEntity:
        """Link a mention that stands for a place."""


@dataclass(frozen=True, slots=True)
class Background:
    """What is known beside the claims: who is meant by a name, for whom they act, which places are whole countries."""

    linker: Linking
    sides: Sides
    is_country: Callable[[str], bool]
    _pool: dict[Hashable, Hashable] = field(default_factory=dict)

    def shared(self, value: Shared) -> Shared:
        """Return the one object that stands for all equal ones: most sets of descriptions come again and again."""
        return cast("Shared", self._pool.setdefault(value, value))


@dataclass(frozen=True, slots=True)
class Parties:
    """Who has a role: the agents that are known by name in every document, and the sides that they act for."""

    agents: frozenset[str] = frozenset()
    sides: frozenset[str] = frozenset()

    def __or__(self, other: Parties) -> Parties:
        return Parties(self.agents | other.agents, self.sides | other.sides)

    def __bool__(self) -> bool:
        return bool(self.agents)


NOBODY = Parties()


@dataclass(frozen=True, slots=True)
class EventDescription:
    """One event as one document tells it.

    `event` names it as reviewers do (``DOCUMENT/EVENT``). `reported` are the days on which the document may have been
    published. `earliest` and `latest` bound the event itself; where it is told as having happened, it did so before it was
    reported. `regions` are the places that hold one of `places`. `deaths` and `injured` are pairs of fewest and most.
    `matters` are the events of its document that it is about, `topics` the agents and places.
    """

    event: str
    kinds: frozenset[EventKind]
    standing: Standing
    reported: Days | None
    earliest: int | None
    latest: int | None
    places: frozenset[str]
    regions: frozenset[str]
    countries: frozenset[str]
    actors: Parties
    targets: Parties
    participants: Parties
    mediators: Parties
    deaths: frozenset[tuple[int | None, int | None]]
    injured: frozenset[tuple[int | None, int | None]]
    matters: frozenset[str]
    topics: frozenset[str]
    claimants: frozenset[str]

    @property
    def document(self) -> str:
        """The key of the document that tells it (16 hex digits)."""
        return self.event[:16]

    @property
    def parties(self) -> Parties:
        """All who take part but those who only mediate."""
        return self.actors | self.targets | self.participants

    @property
    def days(self) -> Days | None:
        """Both bounds, where both are known."""
        return None if self.earliest is None or self.latest is None else (self.earliest, self.latest)


def describe_events(document: Document, claims: Sequence[Claim], background: Background) -> Iterator[EventDescription]:
    """Yield a description of each event that the claims of a document tell of, in the order of their keys."""
    reader = _Reader(document, claims, background)
    told: dict[str, list[EventClaim]] = {}
    for claim in claims:
        if claim.kind == "event":
            told.setdefault(claim.event, []).append(claim)
    for key in sorted(told):
        yield reader.describe(key, told[key])


class _Reader:
    def __init__(self, document: Document, claims: Sequence[Claim], background: Background) -> None:
        self.key = document.key
        self.reported = published(document.date)
        self.background = background
        self.linker = background.linker
        self.sides = dict(self._told_sides(claims))
        self.holders = self._told_holders(claims)

    def describe(self, key: str, claims: list[EventClaim]) -> EventDescription:
        standing = _standing(claims)
        shared = self.background.shared
        kinds = frozenset(event_kinds()[claim.type] for claim in claims)
        earliest, latest = _bounds(claims)
        if standing in ("actual", "denied") and self.reported and all(kind.is_over for kind in kinds):
            latest = min(latest or self.reported[1], self.reported[1])
        places = frozenset(
            self.linker.place(place, self.key).iri for c in claims for place in (*c.location, *c.territory)
        )
        return EventDescription(
            event=f"{self.key}/{key}",
            kinds=shared(kinds),
            standing=standing,
            reported=self.reported,
            earliest=earliest if earliest is None or latest is None else min(earliest, latest),
            latest=latest,
            places=shared(places),
            regions=shared(frozenset(r for place in places for r in self.holders.get(place, ())) - places),
            countries=shared(frozenset(filter(self.background.is_country, places))),
            actors=self._parties(entity for c in claims for entity in c.roles.actor),
            targets=self._parties(entity for c in claims for entity in (*c.roles.recipient, *c.roles.victim)),
            participants=self._parties(entity for c in claims for entity in c.roles.participant),
            mediators=self._parties(entity for c in claims for entity in c.roles.mediator),
            deaths=shared(frozenset((c.deaths.low, c.deaths.high) for c in claims if c.deaths)),
            injured=shared(frozenset((c.injured.low, c.injured.high) for c in claims if c.injured)),
            matters=frozenset(f"{self.key}/{thing}" for c in claims for thing in c.regarding if isinstance(thing, str)),
            topics=shared(
                frozenset(self._iri(thing) for c in claims for thing in c.regarding if isinstance(thing, Entity))
            ),
            claimants=self._parties(c.claimant for c in claims if c.claimant).agents,
        )

    def _iri(self, entity: Entity) -> str:
        return self.linker.entity(entity, self.key).iri

    def _parties(self, entities: Iterable[Entity]) -> Parties:
        """People known only by a description are left out: no other document knows them by it."""
        found = {(self._iri(e), e.type, e.name) for e in entities if e.type != "Group"}
        if not found:
            return NOBODY
        sides = self.background.sides
        shared = self.background.shared
        return shared(
            Parties(
                shared(frozenset(iri for iri, _, _ in found)),
                shared(frozenset(sides.of(*agent, told=self.sides) for agent in found)),
            )
        )

    def _told_sides(self, claims: Sequence[Claim]) -> Iterator[tuple[str, str]]:
        """Whom the document's own claims make somebody's official, spokesman or force."""
        for claim in claims:
            if claim.polarity != "affirmed":
                continue
            if claim.kind == "post" and claim.organization and claim.person.type != "Group":
                yield self._side(claim.person, claim.organization)
            elif claim.kind == "relation" and claim.relation == "represents" and claim.subject.type != "Group":
                yield self._side(claim.subject, claim.object)

    def _side(self, agent: Entity, whose: Entity) -> tuple[str, str]:
        side = self.background.sides.of(self._iri(whose), whose.type, whose.name, {})
        return self._iri(agent), side

    def _told_holders(self, claims: Sequence[Claim]) -> Mapping[str, frozenset[str]]:
        """Place to the places that it lies in, as the document's own claims tell."""
        holders: dict[str, set[str]] = {}
        for claim in claims:
            if (
                claim.kind == "relation"
                and claim.relation in ("part-of", "located-in")
                and claim.polarity == "affirmed"
            ):
                inner, outer = claim.subject, claim.object
                if all(entity.type == "Place" or entity.type in TERRITORIAL_TYPES for entity in (inner, outer)):
                    place = self.linker.place(inner, self.key).iri
                    holders.setdefault(place, set()).add(self.linker.place(outer, self.key).iri)
        return {place: frozenset(regions) for place, regions in holders.items()}


def published(day: str | None) -> Days | None:
    """Return the days that a date of publication (YYYY, YYYY-MM or YYYY-MM-DD) may mean; `None` for none."""
    if not day:
        return None
    parts = [int(part) for part in day.split("-")]
    first = date(*[*parts, 1, 1][:3])
    if len(parts) == 3:
        return first.toordinal(), first.toordinal()
    last = date(first.year, 12 if len(parts) == 1 else first.month, 1)
    return first.toordinal(), last.toordinal() + monthrange(last.year, last.month)[1] - 1


def _standing(claims: Iterable[EventClaim]) -> Standing:
    told = {(claim.polarity, claim.modality) for claim in claims}
    if told & {("affirmed", "factual"), ("affirmed", "presupposed")}:
        return "actual"
    if told & {("denied", "factual"), ("denied", "presupposed")}:
        return "denied"
    return "planned" if ("affirmed", "planned") in told else "possible"


def _bounds(claims: list[EventClaim]) -> tuple[int | None, int | None]:
    """Bound an event by what is told as fact, else by whatever is told: by what all agree on, else by the widest."""
    told = [c.time for c in claims if c.time and c.modality in ("factual", "presupposed")]
    times = told or [c.time for c in claims if c.time]
    earliest = [_day(time.earliest) for time in times if time.earliest]
    latest = [_day(time.latest) for time in times if time.latest]
    first, last = max(earliest, default=None), min(latest, default=None)
    if first is not None and last is not None and first > last:
        return min(earliest), max(latest)
    return first, last


def _day(day: str) -> int:
    return date.fromisoformat(day).toordinal()
