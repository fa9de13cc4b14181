"""Which claim of a system answers which claim of gold: one-to-one, greedy, the closest pair first.

Pairs that could be aligned are taken in the order of the Dice coefficient of their evidence. Ties (claims that share a clause)
go to the pair whose content differs least, counted in what is scored (`difference`), then to file order. File order is told
by the ids, numbers by their value (``c2`` before ``c10``), so that the order of the lines of a file means nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import groupby
from pathlib import Path
from typing import Final, Generic, TypeAlias, TypeVar

from kg.evaluation.matching import (
    QUOTATION_OVERLAP,
    QUOTE_OVERLAP,
    dice,
    has_overlap,
    has_passage_overlap,
    has_union_ratio,
    is_same_entity,
    is_same_or_none,
    is_same_time,
    pair_most,
    union_ratio,
)
from kg.records import Claim, Entity, EventClaim, PostClaim, RelationClaim, StanceClaim
from kg.vocab import EVENT_TYPES, ROLES

C = TypeVar("C", bound=EventClaim | RelationClaim | PostClaim | StanceClaim)
Argument: TypeAlias = tuple[str, Entity]
"""A role of an event, and who or what fills it."""

_PLOVER: Final = Path(__file__).with_name("plover.tsv")
_DIGITS: Final = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Pair(Generic[C]):
    """A claim of gold and the system's claim that answers it."""

    gold: C
    system: C


@dataclass(frozen=True, slots=True)
class Side:
    """The claims of one side about one document, by kind, each kind in file order."""

    events: tuple[EventClaim, ...]
    relations: tuple[RelationClaim, ...]
    posts: tuple[PostClaim, ...]
    stances: tuple[StanceClaim, ...]

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims of all kinds."""
        return (*self.events, *self.relations, *self.posts, *self.stances)

    @property
    def quotations(self) -> tuple[StanceClaim, ...]:
        """The stances that quote directly."""
        return tuple(claim for claim in self.stances if claim.direct)


AnyPair: TypeAlias = Pair[EventClaim] | Pair[RelationClaim] | Pair[PostClaim] | Pair[StanceClaim]


@dataclass(frozen=True, slots=True)
class Alignment:
    """The two sides of one document, and their pairs.

    `events` are of the same type; `events_by_category` keeps those and adds pairs of one PLOVER category,
    `events_of_any_type` keeps those and adds the rest. `quotations` pairs direct quotations by the words quoted.
    """

    gold: Side
    system: Side
    events: tuple[Pair[EventClaim], ...]
    events_by_category: tuple[Pair[EventClaim], ...]
    events_of_any_type: tuple[Pair[EventClaim], ...]
    relations: tuple[Pair[RelationClaim], ...]
    posts: tuple[Pair[PostClaim], ...]
    stances: tuple[Pair[StanceClaim], ...]
    quotations: tuple[Pair[StanceClaim], ...]

    @property
    def claims(self) -> tuple[AnyPair, ...]:
        """The aligned claims of every kind."""
        return (*self.events, *self.relations, *self.posts, *self.stances)


def align(gold: Iterable[Claim], system: Iterable[Claim]) -> Alignment:
    """Align the claims of one document; their order means nothing."""
    g, s = _side(gold), _side(system)
    events = _align_more((), g.events, s.events, key=lambda claim: claim.type)
    by_category = _align_more(events, g.events, s.events, key=lambda claim: category(claim.type))
    return Alignment(
        gold=g,
        system=s,
        events=events,
        events_by_category=by_category,
        events_of_any_type=_align_more(by_category, g.events, s.events, key=lambda _: ""),
        relations=_align_more((), g.relations, s.relations, key=lambda claim: claim.relation),
        posts=_align_more((), g.posts, s.posts, key=lambda _: ""),
        stances=tuple(_pair_closest(g.stances, s.stances, _is_same_words, _evidence_closeness)),
        quotations=tuple(_pair_closest(g.quotations, s.quotations, _is_same_quotation, _quote_closeness)),
    )


@lru_cache(maxsize=1)
def categories() -> dict[str, str]:
    """The PLOVER category of each event type; a type without one stands for itself."""
    rows = [line.split("\t") for line in _PLOVER.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    table = {name: plover or name for name, plover in rows}
    assert sorted(table) == sorted(EVENT_TYPES)  # noqa: S101 - a defect of ours: the table and the vocabulary differ
    return table


def category(event_type: str) -> str:
    """The PLOVER category of an event type, or the type itself."""
    return categories()[event_type]


def arguments(claim: EventClaim) -> list[Argument]:
    """The (role, entity) pairs of an event, each once; `location` and `territory` are roles."""
    slots = [(role, getattr(claim.roles, role)) for role in ROLES]
    slots += [("location", claim.location), ("territory", claim.territory)]
    distinct = {(role, e.text, e.span, e.name): (role, e) for role, entities in slots for e in entities}
    return list(distinct.values())


def is_same_argument(a: Argument, b: Argument) -> bool:
    """The same entity in the same role."""
    return a[0] == b[0] and is_same_entity(a[1], b[1])


def difference(a: Claim, b: Claim) -> int:
    """In how many scored things two claims of one kind differ: 0 where every layer would call them equal."""
    count = (not is_same_or_none(a.claimant, b.claimant)) + (a.polarity != b.polarity) + (a.modality != b.modality)
    if isinstance(a, EventClaim) and isinstance(b, EventClaim):
        count += (a.type != b.type) + (a.deaths != b.deaths) + (a.injured != b.injured)
        first, second = arguments(a), arguments(b)
        count += (not is_same_time(a.time, b.time)) + len(first) + len(second)
        return count - 2 * len(pair_most(first, second, is_same_argument))
    if isinstance(a, RelationClaim) and isinstance(b, RelationClaim):
        count += a.relation != b.relation
        return count + (not is_same_entity(a.subject, b.subject)) + (not is_same_entity(a.object, b.object))
    if isinstance(a, PostClaim) and isinstance(b, PostClaim):
        count += not is_same_entity(a.person, b.person)
        return count + (not is_same_or_none(a.organization, b.organization))
    assert isinstance(a, StanceClaim) and isinstance(b, StanceClaim)  # noqa: S101, PT018 - what is left of one kind
    return count + (a.quote != b.quote) + (a.direct != b.direct)


# --------------------------------------------------------------------------- one-to-one, the closest first


def _align_more(
    kept: tuple[Pair[C], ...], gold: Sequence[C], system: Sequence[C], *, key: Callable[[C], Hashable]
) -> tuple[Pair[C], ...]:
    """Keep pairs, and align what is left on either side where the key is equal and the passages overlap."""
    taken_gold, taken_system = {pair.gold.id for pair in kept}, {pair.system.id for pair in kept}
    groups: dict[Hashable, tuple[list[C], list[C]]] = {}
    for claim in gold:
        if claim.id not in taken_gold:
            groups.setdefault(key(claim), ([], []))[0].append(claim)
    for claim in system:
        if claim.id not in taken_system and key(claim) in groups:
            groups[key(claim)][1].append(claim)
    added = [pair for g, s in groups.values() for pair in _pair_closest(g, s, _is_same_passage, _evidence_closeness)]
    return (*kept, *added)


def _pair_closest(
    gold: Sequence[C], system: Sequence[C], is_candidate: Callable[[C, C], bool], closeness: Callable[[C, C], float]
) -> list[Pair[C]]:
    """Take the candidates in the order of closeness, then of difference, then of the files; each claim once.

    Where two candidates share a claim, one order of the files or the other says the same, so the result does not depend on
    which side is gold.
    """
    candidates = [
        (closeness(g, s), i, j) for i, g in enumerate(gold) for j, s in enumerate(system) if is_candidate(g, s)
    ]
    candidates.sort(key=lambda candidate: -candidate[0])
    free_gold, free_system = set(range(len(gold))), set(range(len(system)))
    pairs: list[tuple[int, int]] = []
    for _, group in groupby(candidates, key=lambda candidate: candidate[0]):
        tied = [(i, j) for _, i, j in group if i in free_gold and j in free_system]
        if len(tied) > 1:
            tied.sort(key=lambda pair: (difference(gold[pair[0]], system[pair[1]]), *pair))
        for i, j in tied:
            if i in free_gold and j in free_system:
                free_gold.remove(i)
                free_system.remove(j)
                pairs.append((i, j))
    return [Pair(gold[i], system[j]) for i, j in sorted(pairs)]


def _is_same_passage(a: Claim, b: Claim) -> bool:
    return has_passage_overlap(a.evidence, b.evidence)


def _is_same_words(a: StanceClaim, b: StanceClaim) -> bool:
    return has_overlap(a.quote, b.quote, QUOTE_OVERLAP)


def _is_same_quotation(a: StanceClaim, b: StanceClaim) -> bool:
    return has_union_ratio(a.quote, b.quote, QUOTATION_OVERLAP)


def _evidence_closeness(a: Claim, b: Claim) -> float:
    return dice(a.evidence, b.evidence)


def _quote_closeness(a: StanceClaim, b: StanceClaim) -> float:
    common, union = union_ratio(a.quote, b.quote)
    return common / union


# --------------------------------------------------------------------------- one side


def _side(claims: Iterable[Claim]) -> Side:
    ordered = sorted(claims, key=_file_order)
    of_kind = partial(_of_kind, ordered)
    return Side(of_kind(EventClaim), of_kind(RelationClaim), of_kind(PostClaim), of_kind(StanceClaim))


def _of_kind(claims: Sequence[Claim], kind: type[C]) -> tuple[C, ...]:
    return tuple(claim for claim in claims if isinstance(claim, kind))


def _file_order(claim: Claim) -> tuple[tuple[tuple[int, int | str], ...], str]:
    """The id's digits as numbers and the rest as text; the id itself where that says nothing (``c1``, ``c01``)."""
    parts = _DIGITS.split(claim.id)
    return tuple((0, int(part)) if part.isdecimal() else (1, part) for part in parts), claim.id
