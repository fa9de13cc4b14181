"""Which events are worth comparing: those of one family that share at least two things at about the same time.

Every event is filed under each thing that identifies it (a place, an agent or side in any role, a toll, a topic) together with
its family and a time: its days where it is bounded narrowly, else its months or years; and the days on which it was told,
for events without bounds. An event about a happening (a statement, an accusation) is filed under that happening as well. No two
events are found one unless two such things agree (`kg.coreference.comparison`), so what shares fewer is never compared, and
nothing is lost by it. This is the token blocking of record linkage, with a meta-blocking of two common blocks (Papadakis et
al. 2020, "Blocking and Filtering Techniques for Entity Resolution", ACM Computing Surveys 53:2).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from datetime import date

from kg.coreference.comparison import FEW_DAYS, MONTH, length
from kg.coreference.description import Days, EventDescription

Time = tuple[Hashable, ...]

_LONGEST = 100
"""Years after the first under which an event with wider bounds is not filed any more."""


class Blocks:
    """Files events, and finds those that another is worth comparing with."""

    def __init__(self) -> None:
        # by the hash of the key: most keys come once, and a rare collision costs one comparison more
        self._filed: dict[int, list[str] | str] = {}

    def file(self, description: EventDescription) -> None:
        """File an event under all that identifies it."""
        times = list(_filing_times(description))
        for family in _families(description):
            for thing in _things(description):
                for time in times:
                    self._file(hash((family, thing, *time)), description.event)
            for matter in description.matters:
                self._file(hash((family, matter)), description.event)

    def _file(self, key: int, event: str) -> None:
        filed = self._filed.setdefault(key, event)
        if isinstance(filed, list):
            filed.append(event)
        elif filed is not event:
            self._filed[key] = [filed, event]

    def _under(self, keys: Iterable[int]) -> set[str]:
        found: set[str] = set()
        for key in keys:
            filed = self._filed.get(key)
            if isinstance(filed, str):
                found.add(filed)
            elif filed is not None:
                found.update(filed)
        return found

    def candidates(self, description: EventDescription, known_as: Callable[[str], Iterable[str]]) -> list[str]:
        """Return the filed events that share two things or more with this one, sorted.

        Args:
            description: the event; it need not be filed.
            known_as: all events that are already known to be one with an event, itself included.
        """
        times = list(_asking_times(description))
        shared: Counter[str] = Counter()
        for family in _families(description):
            for thing in _things(description):
                shared.update(self._under(hash((family, thing, *time)) for time in times))
            for matter in description.matters:
                shared.update(self._under(hash((family, event)) for event in known_as(matter)))
        return sorted(event for event, count in shared.items() if count > 1)


def is_identified(description: EventDescription) -> bool:
    """Whether an event has enough to be found one with another at all: two things that identify it."""
    return len(_things(description)) + len(description.matters) > 1


def _families(description: EventDescription) -> set[str]:
    return {kind.family for kind in description.kinds}


def _things(description: EventDescription) -> set[Hashable]:
    parties = description.parties | description.mediators
    return {
        *description.places,
        *description.regions,
        *parties.agents,
        *parties.sides,
        *(("dead", low) for low, high in description.deaths if low == high),
        *(("injured", low) for low, high in description.injured if low == high),
        *(("claimant", claimant) for claimant in description.claimants),
        *description.topics,
    }


# --------------------------------------------------------------------------- times


def _filing_times(description: EventDescription) -> Iterator[Time]:
    yield from _telling("told", description.reported, 0)
    days = description.days
    if days is None:
        yield from _telling("undated", description.reported, 0)
        if description.earliest is not None:
            yield "onset", description.earliest // MONTH
    elif length(days) <= FEW_DAYS:
        yield from _days(days)
    elif length(days) <= MONTH:
        yield from _months("month", days)
        yield from _years("middle", days)
    else:
        yield from _years("wide", days)


def _asking_times(description: EventDescription) -> Iterator[Time]:
    days = description.days
    if days is None:
        yield from _telling("told", description.reported, FEW_DAYS)
        if description.earliest is not None:
            bucket = description.earliest // MONTH
            yield from (("onset", near) for near in (bucket - 1, bucket, bucket + 1))
        return
    yield from _telling("undated", description.reported, FEW_DAYS)
    if length(days) <= MONTH:
        yield from _days(days)
        yield from _months("month", days)
    else:
        yield from _years("middle", days)
    if length(days) > FEW_DAYS:
        yield from _years("wide", days)


def _telling(name: str, reported: Days | None, margin: int) -> Iterator[Time]:
    """The day of telling, or each month of it where the day is not known; both, with a margin, to ask."""
    if reported is None:
        return
    is_day = length(reported) == 1
    around = (reported[0] - margin, reported[1] + margin)
    if is_day or margin:
        yield from ((name, *day) for day in _days(around))
    if not is_day or margin:
        yield from _months(f"{name} in", around)


def _days(days: Days) -> Iterator[Time]:
    return (("day", day) for day in range(days[0], days[1] + 1))


def _months(name: str, days: Days) -> Iterator[Time]:
    first, last = (date.fromordinal(day) for day in days)
    return ((name, month) for month in range(first.year * 12 + first.month, last.year * 12 + last.month + 1))


def _years(name: str, days: Days) -> Iterator[Time]:
    first, last = (date.fromordinal(day).year for day in days)
    return ((name, year) for year in range(first, min(last, first + _LONGEST) + 1))
