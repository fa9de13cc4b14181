"""Each thing that a system missed, made up or got wrong, with the passage that shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple, dataclass, replace
from typing import Literal, TypeAlias, TypeVar

from kg.evaluation.alignment import Alignment, AnyPair, Argument, Pair, arguments, is_same_argument
from kg.evaluation.layers import casualties, is_attributed_alike, is_same_in_any_role
from kg.evaluation.matching import (
    QUOTATION_CLOSE_OVERLAP,
    Span,
    has_union_ratio,
    is_compatible,
    is_same_post,
    is_same_relation,
    is_same_time,
    pair_most,
)
from kg.records import Casualties, Claim, Entity, EventClaim, PostClaim, RelationClaim, StanceClaim, Time

Kind: TypeAlias = Literal["missed", "spurious", "wrong"]
C = TypeVar("C", PostClaim, RelationClaim)


@dataclass(frozen=True, slots=True)
class Mistake:
    """One item that a measure counts against the system.

    A missed item lowers recall, a spurious one precision, a wrong one both (or the share that is right). `span` is the
    passage that it concerns, `layer` and `measure` are those of `kg.evaluation.figures.MEASURES`; `gold` and `system` are
    the ids of the claims, `expected` and `found` what the two say, `None` where one says nothing.
    """

    span: Span
    layer: str
    measure: str
    kind: Kind
    gold: str | None = None
    system: str | None = None
    expected: str | None = None
    found: str | None = None


def find_mistakes(alignment: Alignment) -> list[Mistake]:
    """List what costs a document points, in the order of the text.

    A claim that is not aligned is told once: an event under ``events``, the others under ``claims``. Of the softer
    measures nothing is told apart.
    """
    found = [
        *_events(alignment),
        *_unaligned(alignment),
        *(mistake for pair in alignment.claims for mistake in _attribution(pair.gold, pair.system)),
        *(mistake for pair in alignment.events for mistake in _content(pair)),
        *_sets(alignment.gold.posts, alignment.system.posts, is_same_post, "posts", "same"),
        *_sets(alignment.gold.relations, alignment.system.relations, is_same_relation, "relations", "labelled"),
        *_quotations(alignment),
    ]
    return sorted(found, key=_order)


def find_differences(alignment: Alignment) -> dict[tuple[str, str], list[Mistake]]:
    """Return what differs in each pair of claims, by their ids; events pair where their types are of one PLOVER category.

    Neither side need be gold: so two extractors are compared.
    """
    pairs: tuple[AnyPair, ...] = (
        *alignment.events_by_category, *alignment.relations, *alignment.posts, *alignment.stances,
    )  # fmt: skip
    found: dict[tuple[str, str], list[Mistake]] = {(pair.gold.id, pair.system.id): [] for pair in pairs}
    for mistake in find_mistakes(alignment):
        if mistake.gold is not None and mistake.system is not None and (mistake.gold, mistake.system) in found:
            found[mistake.gold, mistake.system].append(mistake)
    return found


def _order(mistake: Mistake) -> tuple[Span, tuple[str, ...]]:
    return mistake.span, tuple(value or "" for value in astuple(mistake)[1:])


# --------------------------------------------------------------------------- claims without a partner


def _events(alignment: Alignment) -> Iterator[Mistake]:
    same_type = {pair.gold.id for pair in alignment.events}
    others = [pair for pair in alignment.events_of_any_type if pair.gold.id not in same_type]
    for pair in others:
        yield _between(pair.gold, pair.system, "events", "type", pair.gold.type, pair.system.type)
    gold = {pair.gold.id for pair in alignment.events_of_any_type}
    system = {pair.system.id for pair in alignment.events_of_any_type}
    yield from (_missed(c, "events", "type", c.type) for c in alignment.gold.events if c.id not in gold)
    yield from (_spurious(c, "events", "type", c.type) for c in alignment.system.events if c.id not in system)


def _unaligned(alignment: Alignment) -> Iterator[Mistake]:
    gold = {pair.gold.id for pair in alignment.claims}
    system = {pair.system.id for pair in alignment.claims}
    for claim in alignment.gold.claims:
        if claim.id not in gold and claim.kind != "event":
            yield _missed(claim, "claims", "aligned", _described(claim))
    for claim in alignment.system.claims:
        if claim.id not in system and claim.kind != "event":
            yield _spurious(claim, "claims", "aligned", _described(claim))


def _sets(
    gold: Sequence[C], system: Sequence[C], is_match: Callable[[C, C], bool], layer: str, measure: str
) -> Iterator[Mistake]:
    pairs = pair_most(gold, system, is_match)
    yield from (
        _missed(claim, layer, measure, _described(claim))
        for i, claim in enumerate(gold)
        if i not in {i for i, _ in pairs}
    )
    yield from (
        _spurious(claim, layer, measure, _described(claim))
        for j, claim in enumerate(system)
        if j not in {j for _, j in pairs}
    )


def _quotations(alignment: Alignment) -> Iterator[Mistake]:
    pairs = alignment.quotations
    for pair in pairs:
        gold, system = pair.gold, pair.system
        if not has_union_ratio(gold.quote, system.quote, QUOTATION_CLOSE_OVERLAP):
            told = _between(gold, system, "quotations", "at_0.8", _at(gold.quote), _at(system.quote))
            yield replace(told, span=gold.quote)
        if not is_attributed_alike(gold, system):
            yield _between(gold, system, "quotations", "speaker", _speaker(gold), _speaker(system))
    taken_gold, taken_system = {pair.gold.id for pair in pairs}, {pair.system.id for pair in pairs}
    for claim in alignment.gold.quotations:
        if claim.id not in taken_gold:
            yield replace(_missed(claim, "quotations", "at_0.8", _at(claim.quote)), span=claim.quote)
    for claim in alignment.system.quotations:
        if claim.id not in taken_system:
            yield replace(_spurious(claim, "quotations", "at_0.8", _at(claim.quote)), span=claim.quote)


# --------------------------------------------------------------------------- what aligned claims say differently


def _attribution(gold: Claim, system: Claim) -> Iterator[Mistake]:
    if not is_attributed_alike(gold, system):
        yield _between(gold, system, "claimant", "right", _speaker(gold), _speaker(system))
    if gold.polarity != system.polarity:
        yield _between(gold, system, "polarity", "equal", gold.polarity, system.polarity)
    if gold.modality != system.modality:
        yield _between(gold, system, "modality", "equal", gold.modality, system.modality)


def _content(pair: Pair[EventClaim]) -> Iterator[Mistake]:
    yield from _arguments(pair)
    yield from _time(pair)
    gold, system = casualties(pair.gold), casualties(pair.system)
    for name in ("deaths", "injured"):
        if gold.get(name) != system.get(name):
            expected, found = _count(name, gold.get(name)), _count(name, system.get(name))
            yield _between(pair.gold, pair.system, "casualties", "exact", expected, found)


def _arguments(pair: Pair[EventClaim]) -> Iterator[Mistake]:
    """An entity in another role is wrong; what then has no partner is missed or spurious."""
    gold, system = arguments(pair.gold), arguments(pair.system)
    for is_match in (is_same_argument, is_same_in_any_role):
        pairs = pair_most(gold, system, is_match)
        if is_match is is_same_in_any_role:
            for i, j in pairs:
                yield _of_argument(pair, gold[i], system[j])
        gold = [item for i, item in enumerate(gold) if i not in {i for i, _ in pairs}]
        system = [item for j, item in enumerate(system) if j not in {j for _, j in pairs}]
    yield from (_of_argument(pair, item, None) for item in gold)
    yield from (_of_argument(pair, None, item) for item in system)


def _of_argument(pair: Pair[EventClaim], gold: Argument | None, system: Argument | None) -> Mistake:
    expected, found = (f"{item[0]} {_named(item[1])}" if item else None for item in (gold, system))
    return _between(pair.gold, pair.system, "arguments", "role", expected, found)


def _time(pair: Pair[EventClaim]) -> Iterator[Mistake]:
    gold, system = pair.gold.time, pair.system.time
    if gold is None and system is not None:
        yield _between(pair.gold, pair.system, "time", "false_dates", None, _days(system))
    elif gold is not None and not is_same_time(gold, system):
        found = _days(system) if system else None
        if found and is_compatible(gold, system):
            found += ", compatible"
        yield _between(pair.gold, pair.system, "time", "exact", _days(gold), found)


# --------------------------------------------------------------------------- making and telling


def _missed(claim: Claim, layer: str, measure: str, expected: str) -> Mistake:
    return Mistake(claim.evidence[0], layer, measure, "missed", gold=claim.id, expected=expected)


def _spurious(claim: Claim, layer: str, measure: str, found: str) -> Mistake:
    return Mistake(claim.evidence[0], layer, measure, "spurious", system=claim.id, found=found)


def _between(  # noqa: PLR0913, PLR0917 - two claims, where they differ, and what they say
    gold: Claim, system: Claim, layer: str, measure: str, expected: str | None, found: str | None
) -> Mistake:
    kind: Kind = "missed" if found is None else "spurious" if expected is None else "wrong"
    return Mistake(gold.evidence[0], layer, measure, kind, gold.id, system.id, expected, found)


def _described(claim: Claim) -> str:
    if isinstance(claim, RelationClaim):
        return f"{_named(claim.subject)} {claim.relation} {_named(claim.object)}"
    if isinstance(claim, PostClaim):
        of = f" of {_named(claim.organization)}" if claim.organization else ""
        return f"{_named(claim.person)}, {claim.post}{of}"
    if isinstance(claim, StanceClaim):
        return f"stance of {_speaker(claim)}"
    return claim.type


def _named(entity: Entity) -> str:
    return entity.name


def _speaker(claim: Claim) -> str:
    return claim.claimant.name if claim.claimant else "the publisher"


def _at(span: Span) -> str:
    return f"{span[0]}–{span[1]}"


def _days(time: Time) -> str:
    return f"{time.earliest or '..'}/{time.latest or '..'}"


def _count(name: str, numbers: Casualties | None) -> str | None:
    if numbers is None:
        return None
    known = ("?" if number is None else str(number) for number in (numbers.low, numbers.best, numbers.high))
    return f"{name} {'/'.join(known)}"
