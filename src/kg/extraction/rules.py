"""The order of the rules: from the analysis of a report to its claims."""

from __future__ import annotations

from typing import Final

from kg.analysis import Analysis
from kg.extraction.assembly import Assembler, numbered
from kg.extraction.attribution.attributions import Attributions
from kg.extraction.attribution.finding import find_attributions
from kg.extraction.events.acts import find_acts
from kg.extraction.events.completion import complete
from kg.extraction.events.epithets import find_epithets
from kg.extraction.events.happenings import Happening
from kg.extraction.events.merging import merge
from kg.extraction.events.moments import place_times
from kg.extraction.events.noun_events import find_noun_events
from kg.extraction.events.pruning import pruned
from kg.extraction.events.verb_events import find_verb_events
from kg.extraction.events.voices import innermost
from kg.extraction.names.gazetteer import Gazetteer
from kg.extraction.parsing import read
from kg.extraction.reading import Reading
from kg.extraction.relations.finding import find_relations, within
from kg.extraction.relations.ties import Tie
from kg.extraction.stances import find_stances
from kg.records import Claim, Report


def extract_claims(report: Report, analysis: Analysis, gazetteer: Gazetteer | None) -> list[Claim]:
    """Return the claims of a report; see `kg.extraction.extract`."""
    reading, asides = read(report, analysis, gazetteer)
    attributions = find_attributions(reading, asides)
    ties = find_relations(reading)
    happenings = _told_apart(find_happenings(reading, attributions), ties)
    assembler = Assembler(reading, report.sha256)
    claims: list[Claim] = []
    for number, happening in enumerate(happenings, 1):
        claims += assembler.event(happening, f"e{number}")
    told = {happening.trigger: happening.type for happening in happenings}
    ties = [tie for tie in ties if told.get(tie.trigger) in (None, *(("territory-gain",) if tie.is_state else ()))]
    for tie in ties:
        claims += assembler.relation(tie, within(tie, attributions))
    for position in find_stances(reading, happenings, ties, attributions):
        claims += assembler.stance(position)
    claims += assembler.posts()
    return numbered(claims)


def _told_apart(happenings: list[Happening], ties: list[Tie]) -> list[Happening]:
    """Return the events without what is a relation: to be opposed to a party rejects nothing, to be backed by one is no delivery."""
    lasting = {
        (tie.trigger, event)
        for tie in ties
        if tie.relation != "supports" or tie.is_background
        for event in _ALIKE.get(tie.relation, ())
    }
    return [h for h in happenings if (h.trigger, h.type) not in lasting]


_ALIKE: Final = {
    "opposes": ("rejection",),
    "disputes": ("rejection", "request"),
    "supports": ("military-aid",),
    "controls": ("meeting",),
}
"""What events the words of a relation tell elsewhere."""


def find_happenings(reading: Reading, attributions: Attributions) -> list[Happening]:
    """Return the events of a text, each with who says it and when it was."""
    acts = find_acts(reading, attributions)
    happenings = merge(reading, [*find_verb_events(reading), *find_epithets(reading)], find_noun_events(reading), acts)
    for happening in happenings:
        happening.within = innermost(reading, attributions, happening)
    happenings = pruned(reading, happenings)
    place_times(reading, happenings, attributions)
    return complete(reading, happenings, attributions)
