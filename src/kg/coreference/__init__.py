"""Cross-document event coreference: which events of different documents are one happening.

    claims ─description─▶ EventDescription ─blocking─▶ candidates ─comparison─▶ points ─clusters─▶ sets
                                             verdicts (a reviewer's file) win over all

Within a document its claims say which event they are about. Across documents nothing does: `link_events` finds it, by rules
that stand as tables in ``data/`` and that leave apart what is not sure. The events of a set share one anchor, that of the first
of them in alphabetical order. Every merge keeps its reasons.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from kg.coreference.clusters import Clusters, Link
from kg.coreference.criteria import criteria
from kg.coreference.description import Background, EventDescription, describe_events
from kg.coreference.sides import Sides
from kg.coreference.verdicts import Verdict, Verdicts, read_verdicts

__all__ = [
    "Background", "EventDescription", "Link", "Merges", "Sides", "Verdict", "Verdicts",
    "describe_events", "link_events", "merge_records", "read_verdicts",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Merges:
    """Which events are one.

    `leaders` maps each event of a set to the one that stands for it; `links` are the merges that the rules made, in the order
    in which they were made; `verdicts` is what was reviewed; `untold` are events of verdicts that no document tells of.
    """

    leaders: Mapping[str, str]
    links: tuple[Link, ...] = ()
    verdicts: Verdicts = field(default_factory=Verdicts)
    untold: tuple[str, ...] = ()

    def leader(self, event: str) -> str:
        """Return the event that stands for the set of this one."""
        return self.leaders.get(event, event)


def link_events(descriptions: Iterable[EventDescription], verdicts: Verdicts | None = None) -> Merges:
    """Find which events are one.

    Args:
        descriptions: the events of all documents; their order means nothing.
        verdicts: what was reviewed.
    """
    verdicts = verdicts or Verdicts()
    ordered = sorted(descriptions, key=_by_publication)
    clusters = Clusters(verdicts)
    clusters.add(ordered)
    told = {description.event for description in ordered}
    named = {event for verdict in verdicts.lines for event in verdict.events}
    leaders = {event: events[0] for events in clusters.sets() for event in events}
    return Merges(leaders, tuple(clusters.links), verdicts, tuple(sorted(named - told)))


def _by_publication(description: EventDescription) -> tuple[tuple[int, int], str]:
    """What is not dated comes first, so that a later document comes last."""
    reported = description.reported
    return (reported[1], reported[0]) if reported else (0, 0), description.event


def merge_records(merges: Merges) -> Iterator[dict[str, Any]]:
    """Yield a record of each verdict and of each merge by rule, in that order.

    A record says what holds of which events (`verdict`, `events`) and which event stands for all that are one with them
    (`set`, only where they are the same). A reviewed one (`source` ``review``) has its line in the file, and reviewer and
    note; one by rule (``rules``) has its score, the threshold and the reasons.
    """
    table = criteria()
    for verdict in merges.verdicts.lines:
        said = {"reviewer": verdict.reviewer, "note": verdict.note}
        record = {
            "verdict": verdict.judgement,
            "source": "review",
            "line": verdict.line,
            "events": list(verdict.events),
        }
        if verdict.judgement == "same":
            record["set"] = merges.leader(verdict.events[0])
        yield record | {name: words for name, words in said.items() if words}
    for link in merges.links:
        found = link.comparison
        yield {
            "verdict": "same",
            "source": "rules",
            "events": list(link.events),
            "set": merges.leader(link.events[0]),
            "profile": found.profile,
            "score": found.score,
            "threshold": table.thresholds[found.profile],
            "reasons": [
                {
                    "criterion": name,
                    "points": table.points(name, found.profile),
                    "en": table.by_name[name].english,
                    "fr": table.by_name[name].french,
                    "values": list(values),
                }
                for name, values in found.evidence
            ],
        }
