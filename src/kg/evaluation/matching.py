"""When two mentions, passages, and times count as the same: the matching rules on single things.

Every function here is symmetric but `is_compatible`, which compares a system's time with gold's. Offsets are compared as
they stand: they are never corrected. Shares are compared in whole numbers, so that a boundary is a boundary.
"""

from __future__ import annotations

import unicodedata
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Final, TypeAlias, TypeVar

from kg.records import Entity, PostClaim, RelationClaim, Time

Span: TypeAlias = tuple[int, int]
Evidence: TypeAlias = tuple[Span, ...]
G = TypeVar("G")
S = TypeVar("S")

ENTITY_OVERLAP: Final = 50
PASSAGE_OVERLAP: Final = 30
QUOTE_OVERLAP: Final = 30
"""Per cent of the shorter of two spans."""

QUOTATION_OVERLAP: Final = 30
QUOTATION_CLOSE_OVERLAP: Final = 80
"""Per cent of the union of two quoted spans."""

# --------------------------------------------------------------------------- spans


def common_length(a: Span, b: Span) -> int:
    """How many code points two spans share."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def has_overlap(a: Span, b: Span, percent: int) -> bool:
    """Whether two spans share at least `percent` of the shorter."""
    return common_length(a, b) * 100 >= percent * min(a[1] - a[0], b[1] - b[0])


def has_passage_overlap(a: Evidence, b: Evidence) -> bool:
    """Whether two claims stand on the same passage: a main (first) span of one overlaps some span of the other."""
    return any(has_overlap(a[0], span, PASSAGE_OVERLAP) for span in b) or any(
        has_overlap(span, b[0], PASSAGE_OVERLAP) for span in a[1:]
    )


def union_ratio(a: Span, b: Span) -> tuple[int, int]:
    """Intersection and union of two spans, in code points."""
    common = common_length(a, b)
    return common, a[1] - a[0] + b[1] - b[0] - common


def has_union_ratio(a: Span, b: Span, percent: int) -> bool:
    """Whether the intersection of two spans is at least `percent` of their union."""
    common, union = union_ratio(a, b)
    return common * 100 >= percent * union


def dice(a: Evidence, b: Evidence) -> float:
    """Dice coefficient of the characters that two claims' evidence covers (Dice 1945): 2 |A ∩ B| / (|A| + |B|).

    Equal ratios give equal floats, since a division of whole numbers is rounded correctly.
    """
    first, second = _merged(a), _merged(b)
    common = sum(common_length(x, y) for x in first for y in second)
    return 2 * common / (_size(first) + _size(second))


@lru_cache(maxsize=65536)
def _merged(evidence: Evidence) -> Evidence:
    """The same characters in spans that neither overlap nor touch."""
    merged: list[Span] = []
    for start, end in sorted(evidence):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _size(spans: Iterable[Span]) -> int:
    return sum(end - start for start, end in spans)


# --------------------------------------------------------------------------- entities


@lru_cache(maxsize=65536)
def normalise(text: str) -> str:
    """Return a text without case, accents and punctuation (Unicode categories M and P), white space as single spaces."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in letters if unicodedata.category(c)[0] not in "MP").split())


def is_same_entity(a: Entity, b: Entity) -> bool:
    """Whether two mentions mean the same: their spans overlap, or a name of one is the name or the words of the other.

    Equal words alone say nothing ("il"); type and IRI are not compared.
    """
    if has_overlap(a.span, b.span, ENTITY_OVERLAP):
        return True
    name, other = normalise(a.name), normalise(b.name)
    return (bool(name) and name in (other, normalise(b.text))) or (bool(other) and other == normalise(a.text))


def is_same_or_none(a: Entity | None, b: Entity | None) -> bool:
    """Whether both are absent, or the same entity."""
    if a is None or b is None:
        return a is b
    return is_same_entity(a, b)


def is_same_post(a: PostClaim, b: PostClaim) -> bool:
    """The same person in the same organization, or in none; the words for the post and the passage are not compared."""
    return is_same_entity(a.person, b.person) and is_same_or_none(a.organization, b.organization)


def is_same_relation(a: RelationClaim, b: RelationClaim) -> bool:
    """The same relation between the same entities; the passage is not compared."""
    return a.relation == b.relation and is_same_entity(a.subject, b.subject) and is_same_entity(a.object, b.object)


def is_same_pair(a: RelationClaim, b: RelationClaim) -> bool:
    """The same two entities, in either order, whatever holds between them."""
    return (is_same_entity(a.subject, b.subject) and is_same_entity(a.object, b.object)) or (
        is_same_entity(a.subject, b.object) and is_same_entity(a.object, b.subject)
    )


# --------------------------------------------------------------------------- times


def is_same_time(a: Time | None, b: Time | None) -> bool:
    """Whether both are absent, or both bounds are equal; the words and the EDTF value are not compared."""
    if a is None or b is None:
        return a is b
    return (a.earliest, a.latest) == (b.earliest, b.latest)


def is_compatible(gold: Time, system: Time | None) -> bool:
    """Whether a system's time does not contradict gold's and says nearly as much.

    The intervals share a day, the system's is open only where gold's is and, where gold's is closed, at most twice as long.
    A gold time with no bound (a duration without an anchor) is compatible only with one that has none.
    """
    if system is None:
        return False
    if gold.earliest is None and gold.latest is None:
        return system.earliest is None and system.latest is None
    if (system.earliest is None and gold.earliest is not None) or (system.latest is None and gold.latest is not None):
        return False
    if not (_is_before(gold.earliest, system.latest) and _is_before(system.earliest, gold.latest)):
        return False
    days, limit = _days(system), _days(gold)
    return days is None or limit is None or days <= 2 * limit


def _is_before(start: str | None, end: str | None) -> bool:
    return start is None or end is None or start <= end  # dates in ISO form sort as texts


def _days(time: Time) -> int | None:
    if time.earliest is None or time.latest is None:
        return None
    return (date.fromisoformat(time.latest) - date.fromisoformat(time.earliest)).days + 1


# --------------------------------------------------------------------------- sets


def pair_most(gold: Sequence[G], system: Sequence[S], is_match: Callable[[G, S], bool]) -> list[tuple[int, int]]:
    """Pair the items of two lists one-to-one, as many as possible, by augmenting paths (Berge 1957; König 1931).

    Returns:
        The pairs as indices, in the order of gold.
    """
    matches = [[j for j, other in enumerate(system) if is_match(item, other)] for item in gold]
    partner: dict[int, int] = {}
    for start in range(len(gold)):
        _augment(start, matches, partner)
    return sorted((i, j) for j, i in partner.items())


def _augment(start: int, matches: Sequence[Sequence[int]], partner: dict[int, int]) -> None:
    """Give `start` a partner, where that takes one from nobody: others move on to a free one (breadth first)."""
    came_from: dict[int, int] = {}
    waiting = deque([start])
    while waiting:
        item = waiting.popleft()
        for other in matches[item]:
            if other in came_from:
                continue
            came_from[other] = item
            if other in partner:
                waiting.append(partner[other])
                continue
            _shift(other, came_from, partner)
            return


def _shift(free: int, came_from: dict[int, int], partner: dict[int, int]) -> None:
    """Move everybody along the path that ends at `free`."""
    before = {item: other for other, item in partner.items()}
    waiting = [free]
    while waiting:
        other = waiting.pop()
        item = came_from[other]
        partner[other] = item
        waiting += [before[item]] if item in before else []
