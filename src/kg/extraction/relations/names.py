"""Relations that names say by themselves: a place in another, a separatist authority of a place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.extraction.mentions import Mention
from kg.extraction.reading import Reading
from kg.extraction.relations.neighbours import mention_from
from kg.extraction.relations.ties import Tie
from kg.records import Entity

_JOINT: Final = frozenset(("InternationalOrganization", "Organization", "ArmedGroup", "Group"))
"""Types of bodies that have members."""

_LISTING: Final = frozenset(("(", "-", "–", "—"))
_CLOSING: Final = frozenset((")", "-", "–", "—"))
_BETWEEN: Final = frozenset((",", "et", "and", "&"))

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
        if part.first < whole.first and reading.text.words[whole.last : whole.last + 1] in (["'s"], ["'"]):
            continue  # "In Cairo, Egypt's foreign ministry …"
        for subject in part.as_place()[:1]:
            for value in whole.as_place()[:1]:
                yield Tie(
                    "located-in", subject, value, ((tokens.start, tokens.stop),), "inside", tokens.start,
                    meant="presupposed", is_epithet=True,
                )  # fmt: skip


def from_lists(reading: Reading) -> Iterator[Tie]:
    """Yield who is a member of the body that a list beside its name spells out: ``le Quad (A, B et C)``, ``the Quad – A and B –``."""
    text = reading.text
    for mention in text.mentions:
        opener = text.words[mention.last] if mention.last < len(text.words) else ""
        if mention.type not in _JOINT or opener not in _LISTING or not mention.entities():
            continue
        members, last = _listed(reading, mention.last + 1)
        if len(members) > 1 and last < len(text.words) and text.words[last] in _CLOSING:
            for member in members:
                yield Tie(
                    "member-of", member, mention.entities()[0], ((mention.first, last),), "list", mention.head,
                    is_epithet=True,
                )  # fmt: skip


def _listed(reading: Reading, first: int) -> tuple[list[Entity], int]:
    """The states and organizations of a list that begins at a token, and where it ends."""
    text, at = reading.text, first
    found: list[Entity] = []
    while (index := mention_from(reading, at)) is not None:
        mention = text.mentions[index]
        if mention.kind not in ("name", "capital") or not mention.as_party() or mention.type == "Person":
            return [], at
        found += mention.as_party()[:1]
        at = mention.last
        if at >= len(text.words) or text.words[at] not in _BETWEEN:
            break
        at += 1
        if text.words[at - 1] == "," and at < len(text.words) and text.words[at] in _BETWEEN:
            at += 1
    return found, at


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
