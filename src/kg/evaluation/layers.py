"""The layers of one document: what is counted once its claims are aligned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

from kg.evaluation.alignment import Alignment, Argument, arguments, is_same_argument
from kg.evaluation.figures import Figure, Measure, Retrieval, Scores, Share
from kg.evaluation.matching import (
    QUOTATION_CLOSE_OVERLAP,
    has_union_ratio,
    is_compatible,
    is_same_entity,
    is_same_or_none,
    is_same_pair,
    is_same_post,
    is_same_relation,
    is_same_time,
    pair_most,
)
from kg.records import Casualties, Claim, EventClaim

Figures: TypeAlias = dict[Measure, Figure]

ROLE_CLASSES: Final = {
    "actor": "active",
    "participant": "active",
    "mediator": "active",
    "recipient": "passive",
    "victim": "passive",
    "location": "location",
    "territory": "territory",
}
"""Who acts in whatever way, and who is acted upon; the two kinds of place stay what they are."""


def score(alignment: Alignment) -> Scores:
    """Count every measure of one document."""
    gold, system = alignment.gold.claims, alignment.system.claims
    figures = {
        **_events(alignment),
        **_arguments(alignment),
        **_attribution(alignment),
        **_times(alignment),
        **_casualties(alignment),
        **_posts_and_relations(alignment),
        **_quotations(alignment),
        ("claims", "aligned"): Retrieval(len(alignment.claims), len(gold), len(system)),
    }
    return Scores(1, len(gold), len(system), figures, _types(alignment))


def is_attributed_alike(gold: Claim, system: Claim) -> bool:
    """Whether two aligned claims have the same claimant, or both none."""
    return is_same_or_none(gold.claimant, system.claimant)


def is_same_in_class(a: Argument, b: Argument) -> bool:
    """The same entity in roles of one class."""
    return ROLE_CLASSES[a[0]] == ROLE_CLASSES[b[0]] and is_same_entity(a[1], b[1])


def is_same_in_any_role(a: Argument, b: Argument) -> bool:
    """The same entity, whatever its role."""
    return is_same_entity(a[1], b[1])


def casualties(claim: EventClaim) -> dict[str, Casualties]:
    """The casualty figures that an event has, by ``deaths`` and ``injured``."""
    found = {"deaths": claim.deaths, "injured": claim.injured}
    return {name: numbers for name, numbers in found.items() if numbers is not None}


# --------------------------------------------------------------------------- events and what they hold


def _events(alignment: Alignment) -> Figures:
    gold, system = len(alignment.gold.events), len(alignment.system.events)
    return {
        ("events", "type"): Retrieval(len(alignment.events), gold, system),
        ("events", "category"): Retrieval(len(alignment.events_by_category), gold, system),
        ("events", "any_type"): Retrieval(len(alignment.events_of_any_type), gold, system),
    }


def _types(alignment: Alignment) -> dict[str, Retrieval]:
    matched = Counter(pair.gold.type for pair in alignment.events)
    gold = Counter(claim.type for claim in alignment.gold.events)
    system = Counter(claim.type for claim in alignment.system.events)
    return {name: Retrieval(matched[name], gold[name], system[name]) for name in sorted(gold | system)}


def _arguments(alignment: Alignment) -> Figures:
    slots = [(arguments(pair.gold), arguments(pair.system)) for pair in alignment.events]

    def count(is_match: Callable[[Argument, Argument], bool]) -> Retrieval:
        matched = sum(len(pair_most(gold, system, is_match)) for gold, system in slots)
        return Retrieval(matched, sum(len(gold) for gold, _ in slots), sum(len(system) for _, system in slots))

    return {
        ("arguments", "role"): count(is_same_argument),
        ("arguments", "role_class"): count(is_same_in_class),
        ("arguments", "any_role"): count(is_same_in_any_role),
    }


def _times(alignment: Alignment) -> Figures:
    dated = [(pair.gold.time, pair.system.time) for pair in alignment.events if pair.gold.time is not None]
    undated = [pair.system.time for pair in alignment.events if pair.gold.time is None]
    return {
        ("time", "exact"): Share(sum(is_same_time(gold, system) for gold, system in dated), len(dated)),
        ("time", "compatible"): Share(sum(is_compatible(gold, system) for gold, system in dated), len(dated)),
        ("time", "false_dates"): Share(sum(time is not None for time in undated), len(undated)),
    }


def _casualties(alignment: Alignment) -> Figures:
    exact = best = Retrieval()
    for pair in alignment.events:
        gold, system = casualties(pair.gold), casualties(pair.system)
        exact += _equal_items(gold, system)
        best += _equal_items(
            {name: numbers.best for name, numbers in gold.items() if numbers.best is not None},
            {name: numbers.best for name, numbers in system.items() if numbers.best is not None},
        )
    return {("casualties", "exact"): exact, ("casualties", "best"): best}


def _equal_items(
    gold: dict[str, Casualties] | dict[str, int], system: dict[str, Casualties] | dict[str, int]
) -> Retrieval:
    return Retrieval(sum(system.get(name) == value for name, value in gold.items()), len(gold), len(system))


# --------------------------------------------------------------------------- claims of every kind


def _attribution(alignment: Alignment) -> Figures:
    pairs = [(pair.gold, pair.system) for pair in alignment.claims]
    matched = sum(gold.claimant is not None and is_attributed_alike(gold, system) for gold, system in pairs)
    return {
        ("claimant", "right"): Share(sum(is_attributed_alike(gold, system) for gold, system in pairs), len(pairs)),
        ("claimants", "aligned"): Retrieval(
            matched, _count_attributed([gold for gold, _ in pairs]), _count_attributed([system for _, system in pairs])
        ),
        ("claimants", "all"): Retrieval(
            matched, _count_attributed(alignment.gold.claims), _count_attributed(alignment.system.claims)
        ),
        ("polarity", "equal"): Share(sum(gold.polarity == system.polarity for gold, system in pairs), len(pairs)),
        ("modality", "equal"): Share(sum(gold.modality == system.modality for gold, system in pairs), len(pairs)),
    }


def _count_attributed(claims: Sequence[Claim]) -> int:
    return sum(claim.claimant is not None for claim in claims)


def _posts_and_relations(alignment: Alignment) -> Figures:
    gold, system = alignment.gold, alignment.system
    relations = len(gold.relations), len(system.relations)
    labelled = pair_most(gold.relations, system.relations, is_same_relation)
    unlabelled = pair_most(gold.relations, system.relations, is_same_pair)
    return {
        ("posts", "same"): Retrieval(
            len(pair_most(gold.posts, system.posts, is_same_post)), len(gold.posts), len(system.posts)
        ),
        ("relations", "labelled"): Retrieval(len(labelled), *relations),
        ("relations", "unlabelled"): Retrieval(len(unlabelled), *relations),
    }


def _quotations(alignment: Alignment) -> Figures:
    pairs = alignment.quotations
    counts = len(alignment.gold.quotations), len(alignment.system.quotations)
    close = sum(has_union_ratio(pair.gold.quote, pair.system.quote, QUOTATION_CLOSE_OVERLAP) for pair in pairs)
    right = sum(is_attributed_alike(pair.gold, pair.system) for pair in pairs)
    return {
        ("quotations", "at_0.3"): Retrieval(len(pairs), *counts),
        ("quotations", "at_0.8"): Retrieval(close, *counts),
        ("quotations", "speaker"): Share(right, len(pairs)),
    }
