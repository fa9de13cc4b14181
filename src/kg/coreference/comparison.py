"""Two descriptions of events: what speaks for and against their being of one.

A comparison looks at the two alone and at which other events are already known to be one (for what they are about), never at
how often or in which order anything was read. The points stand in ``data/criteria.tsv``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from kg.coreference.criteria import Criteria, criteria
from kg.coreference.description import Days, EventDescription, Parties

FEW_DAYS: Final = 3
"""So many days are a few."""
MONTH: Final = 31
"""So many days are at most a month."""
_COMPARABLE: Final = 20
"""Of two long periods, the longer is at most so many times the shorter: a year and a fortnight say little of each other."""
_DISTINCTIVE: Final = 3
"""A toll of less says little: one or two dead are in every other report of violence."""
_GREAT: Final = 1000
_MUTUAL: Final = frozenset({"accord", "encounter", "war"})
"""Profiles in which parties stand side by side, whatever role a clause gives them."""

_IDENTIFYING: Final = frozenset({
    "same-place", "same-places", "shared-places", "place-within", "same-country", "same-actor", "actor-side", "same-target",
    "target-side", "same-mediator", "same-participant", "one-party", "same-parties", "parties-within", "same-sides",
    "same-toll", "great-toll", "same-matter", "same-topic", "same-claimant",
})  # fmt: skip
"""Criteria that are met by things that identify an event; two different things are always needed."""

Toll = tuple[int | None, int | None]
Evidence = tuple[str, tuple[str, ...]]
"""The name of a criterion, and the IRIs, days or numbers that met it."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The points of a pair under a profile, whether they are enough, and the criteria that were met, with what met them."""

    profile: str
    score: int
    is_enough: bool
    evidence: tuple[Evidence, ...]


def compare(
    one: EventDescription, other: EventDescription, is_same: Callable[[str, str], bool] = str.__eq__
) -> Comparison | None:
    """Compare two descriptions of events of different documents.

    Args:
        one: a description.
        other: another; the order of the two means nothing.
        is_same: whether two events are already known to be one.

    Returns:
        The comparison under the profile that speaks most for one event; `None` where something forbids it.
    """
    if one.document == other.document:
        return None
    table = criteria()
    found = [
        scored
        for profile in sorted(_profiles(one, other))
        if (scored := _scored(profile, evidence(profile, one, other, is_same), table))
    ]
    return max(found, key=lambda comparison: (comparison.is_enough, comparison.score), default=None)


def _profiles(one: EventDescription, other: EventDescription) -> set[str]:
    families = {kind.family for kind in one.kinds} & {kind.family for kind in other.kinds}
    return {kind.profile for kind in one.kinds | other.kinds if kind.family in families}


def _scored(profile: str, found: Iterable[Evidence], table: Criteria) -> Comparison | None:
    score = 0
    met: list[Evidence] = []
    for criterion in found:
        points = table.points(criterion[0], profile)
        if points is None:
            return None
        met.append(criterion)
        score += points
    things = {thing for name, values in met if name in _IDENTIFYING for thing in values}
    return Comparison(profile, score, score >= table.thresholds[profile] and len(things) > 1, tuple(met))


def evidence(
    profile: str, one: EventDescription, other: EventDescription, is_same: Callable[[str, str], bool] = str.__eq__
) -> Iterator[Evidence]:
    """Yield the criteria that a pair meets in a profile, those of time first."""
    yield _time(one, other), ()
    types = {kind.type for kind in one.kinds} & {kind.type for kind in other.kinds}
    if types:
        yield "same-type", tuple(sorted(types))
    yield from _place(one, other)
    if profile in _MUTUAL:
        yield from _parties(one.parties, other.parties)
        yield from _role("mediator", one.mediators, other.mediators)
    else:
        yield from _role("actor", one.actors, other.actors)
        yield from _role("target", one.targets, other.targets)
        both = (one.participants.agents & other.participants.agents) - one.actors.agents - other.actors.agents
        if both:
            yield "same-participant", tuple(sorted(both))
    yield from _tolls(one, other)
    yield from _standing(one, other)
    yield from _matter(one, other, is_same)


# --------------------------------------------------------------------------- when


def _time(one: EventDescription, other: EventDescription) -> str:
    if one.days and other.days:
        if not _meet(one.days, other.days):
            return "time-apart"
        shorter, longer = sorted((length(one.days), length(other.days)))
        if longer <= MONTH:
            return "same-days" if longer <= FEW_DAYS else "same-month"
        return "same-period" if shorter > FEW_DAYS and longer <= _COMPARABLE * shorter else "bounds-unlike"
    if _is_before(one.latest, other.earliest) or _is_before(other.latest, one.earliest):
        return "time-apart"
    if one.earliest and other.earliest and one.latest is None and other.latest is None:
        return "same-onset" if abs(one.earliest - other.earliest) <= MONTH else "time-apart"
    return _telling(one.reported, other.reported)


def _telling(one: Days | None, other: Days | None) -> str:
    if one is None or other is None or not _meet(one, (other[0] - FEW_DAYS, other[1] + FEW_DAYS)):
        return "told-apart"
    return "told-together" if length(one) == length(other) == 1 else "perhaps-together"


def _meet(one: Days, other: Days) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def length(days: Days) -> int:
    """How many days a period has."""
    return days[1] - days[0] + 1


def _is_before(latest: int | None, earliest: int | None) -> bool:
    return latest is not None and earliest is not None and latest < earliest


# --------------------------------------------------------------------------- where


def _place(one: EventDescription, other: EventDescription) -> Iterator[Evidence]:
    if not (one.places and other.places):
        return
    both = one.places & other.places
    told = tuple(sorted(both))
    if len(both) > 1:
        yield "same-places" if one.places == other.places else "shared-places", told
    elif both - one.countries:
        yield "same-place", told
    elif both:
        yield "same-country", told
    elif within := one.places & other.regions | other.places & one.regions:
        yield "place-within", tuple(sorted(within))
    else:
        yield "places-apart", ()


# --------------------------------------------------------------------------- who


def _role(role: str, one: Parties, other: Parties) -> Iterator[Evidence]:
    if not (one and other):
        return
    if both := one.agents & other.agents:
        yield f"same-{role}", tuple(sorted(both))
    elif sides := one.sides & other.sides:
        yield ("same-mediator" if role == "mediator" else f"{role}-side"), tuple(sorted(sides))
    else:
        yield f"{role}s-apart", ()


def _parties(one: Parties, other: Parties) -> Iterator[Evidence]:
    if not (one and other):
        return
    agents, sides = one.agents & other.agents, one.sides & other.sides
    if len(agents) > 1 and one.agents == other.agents:
        yield "same-parties", tuple(sorted(agents))
    elif len(agents) > 1 and agents in (one.agents, other.agents):
        yield "parties-within", tuple(sorted(agents))
    elif len(sides) > 1 and one.sides == other.sides and not _are_other_persons(one, other):
        yield "same-sides", tuple(sorted(sides))
    elif agents and agents in (one.agents, other.agents):
        yield "one-party", tuple(sorted(agents))
    else:
        yield "parties-apart", ()


def _are_other_persons(one: Parties, other: Parties) -> bool:
    """Whether both name the people behind the sides, and not the same ones: ministers met, and so did presidents."""
    return not (one.agents & one.sides or other.agents & other.sides)


# --------------------------------------------------------------------------- how many


def _tolls(one: EventDescription, other: EventDescription) -> Iterator[Evidence]:
    for mine, yours in ((one.deaths, other.deaths), (one.injured, other.injured)):
        if mine and yours:
            exact = [low for low, high in mine & yours if low is not None and low == high and low >= _DISTINCTIVE]
            if exact:
                yield "great-toll" if max(exact) >= _GREAT else "same-toll", tuple(map(str, sorted(exact)))
                return
            if not any(_can_agree(a, b) for a in mine for b in yours):
                yield "tolls-apart", ()
                return


def _can_agree(one: Toll, other: Toll) -> bool:
    return not (_is_before(one[1], other[0]) or _is_before(other[1], one[0]))


# --------------------------------------------------------------------------- in which sense, and about what


def _standing(one: EventDescription, other: EventDescription) -> Iterator[Evidence]:
    standings = {one.standing, other.standing}
    if len(standings) > 1:
        word = next(standing for standing in ("possible", "planned", "denied") if standing in standings)
        yield f"one-{word}", ()
    elif one.standing in ("planned", "possible"):
        both = one.claimants & other.claimants
        if both:
            yield "same-claimant", tuple(sorted(both))
        elif one.claimants and other.claimants:
            yield "claimants-apart", ()


def _matter(one: EventDescription, other: EventDescription, is_same: Callable[[str, str], bool]) -> Iterator[Evidence]:
    same = {min(a, b) for a in one.matters for b in other.matters if is_same(a, b)}
    if same:
        yield "same-matter", tuple(sorted(same))
    elif topics := one.topics & other.topics:
        yield "same-topic", tuple(sorted(topics))
    elif one.matters and other.matters:
        yield "matters-apart", ()
