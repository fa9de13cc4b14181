"""Relations that names say by themselves: a place in another, a separatist authority of a place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.extraction.mentions import Mention
from kg.extraction.reading import Reading
from kg.extraction.relations.ties import Tie
from kg.records import Entity

_SECEDING: Final = frozenset(("DeFactoAuthority", "ArmedGroup", "Organization"))


def from_places(reading: Reading) -> Iterator[Tie]:
    """Yield which place lies in which, as `kg.extraction.recognition` has found it."""
    mentions = reading.text.mentions
    pairs = {(c.part, c.whole) for c in mentions.containments}
    for containment in mentions.containments:
        part, whole = mentions[containment.part], mentions[containment.whole]
        if (part.kind in ("description", "pronoun") and part.name == part.text) or (
            part.kind == "description" and whole.name in part.name
        ):
            continue
        if any((p, containment.whole) in pairs for p in mentions.around(containment.part)):
            continue  # "lycée Anacaona" and "Anacaona" are one place
        tokens = reading.text.analysis.tokens_in(*containment.span)
        if reading.text.words[whole.last : whole.last + 1] in (["'s"], ["'"]):
            continue  # "In Cairo, Egypt's foreign ministry …"
        for subject in part.as_place()[:1]:
            for value in whole.as_place()[:1]:
                yield Tie(
                    "located-in", subject, value, ((tokens.start, tokens.stop),), "inside", tokens.start,
                    meant="presupposed", is_epithet=True,
                )  # fmt: skip


def from_epithets(reading: Reading) -> Iterator[Tie]:
    """Yield ``les autorités de cette région séparatiste``, ``une milice séparatiste de la province``: separatist in the place."""
    mentions, separatist = reading.text.mentions, reading.frames.lists["separatist"]
    for index, mention in enumerate(mentions):
        if mention.type not in _SECEDING or not separatist & set(reading.text.words[mention.first : mention.last]):
            continue
        for inner in mentions.inside(index):
            place = _place(mentions[inner])
            if place is not None and mention.entities():
                yield Tie(
                    "separatist-in", mention.entities()[0], place, ((mention.first, mention.last),), "separatist",
                    mention.head, meant="presupposed", is_epithet=True,
                )  # fmt: skip
                break


def _place(mention: Mention) -> Entity | None:
    found = mention.as_place() if mention.type == "Place" else ()
    return found[0] if found else None
