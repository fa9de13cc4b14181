"""From happenings, relations, posts and stances to claim records, numbered in the order of the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from kg.extraction.attribution.attributions import Attribution
from kg.extraction.entities import institutions, parties, places
from kg.extraction.entities import speakers as speakers_of
from kg.extraction.events.bounds import time_of
from kg.extraction.events.happenings import Happening
from kg.extraction.events.instruments import instruments_in
from kg.extraction.reading import Reading
from kg.extraction.relations.ties import Tie
from kg.extraction.stances import Position
from kg.records import Claim, Entity, EventClaim, Method, PostClaim, RelationClaim, Roles, Span, StanceClaim
from kg.vocab import ROLES, Modality, Polarity

EXTRACTOR: Final = "rules"
_MUTUAL: Final = frozenset(("war", "clash", "negotiation", "meeting", "ceasefire", "agreement"))


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says a claim, in which words; nobody: the publisher."""

    claimant: Entity | None = None
    cue: Span | None = None


@dataclass(slots=True)
class Assembler:
    """Makes the claims of one document.

    Args:
        reading: the report.
        document: the digest of its text.
    """

    reading: Reading
    document: str

    def spans(self, passage: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
        """Return the offsets of ranges of tokens, each once."""
        return tuple(dict.fromkeys(self.reading.text.span(first, last) for first, last in passage if first < last))

    def voices(self, attribution: Attribution | None) -> list[Voice]:
        """Return who says what an attribution covers: each speaker by itself; the publisher where nobody is named."""
        if attribution is None:
            return [Voice()]
        speakers = speakers_of(self.reading, attribution.speakers)
        cue = self.reading.text.span(*attribution.cue)
        distinct: dict[str, Entity] = {}
        for speaker in speakers:
            if speaker.type != "Place":  # a mere place says nothing
                distinct.setdefault(speaker.name, speaker)
        return [Voice(speaker, cue) for speaker in distinct.values()] or [Voice()]

    def event(self, happening: Happening, key: str) -> Iterator[Claim]:
        """Yield the claims about a happening, one for each speaker."""
        time = time_of(self.reading, happening)
        roles = {role: parties(self.reading, happening.roles.get(role, [])) for role in ROLES}
        if happening.type in _MUTUAL and len(roles["actor"]) > 1 and not roles["recipient"]:
            roles["participant"], roles["actor"] = (*roles["participant"], *roles["actor"]), ()
        polarity, modality = meaning_of(happening)
        for voice in self.voices(happening.within):
            yield EventClaim(
                id="c0",
                document=self.document,
                kind="event",
                evidence=self.spans(happening.passage),
                claimant=voice.claimant,
                cue=voice.cue,
                polarity=polarity,
                modality=modality,
                restates=None,
                method=self.method(happening.rule, happening.confidence),
                event=key,
                type=happening.type,
                roles=Roles(**roles),
                location=places(self.reading, happening.roles.get("location", [])),
                territory=places(self.reading, happening.roles.get("territory", [])),
                instrument=instruments_in(self.reading, happening),
                deaths=happening.deaths,
                injured=happening.injured,
                time=time,
                regarding=(),
            )

    def relation(self, tie: Tie, attribution: Attribution | None) -> Iterator[Claim]:
        """Yield the claims of a relation, one for each speaker."""
        for voice in self.voices(attribution):
            yield RelationClaim(
                id="c0", document=self.document, kind="relation", evidence=self.spans(tie.passage), claimant=voice.claimant,
                cue=voice.cue, polarity="denied" if tie.is_denied else "affirmed", modality=tie.meant, restates=None,
                method=self.method(tie.rule, 0.6), subject=tie.subject, relation=tie.relation, object=tie.object,
            )  # fmt: skip

    def stance(self, position: Position) -> Iterator[Claim]:
        """Yield the claims of a stance, one for each speaker."""
        for voice in self.voices(position.within):
            if position.within is not None and voice.claimant is None:
                continue
            yield StanceClaim(
                id="c0", document=self.document, kind="stance", evidence=self.spans(position.passage),
                claimant=voice.claimant, cue=voice.cue, polarity="denied" if position.is_denied else "affirmed",
                modality=position.meant, restates=None, method=self.method(position.rule, 0.7 if position.is_direct else 0.5),
                quote=self.reading.text.span(*position.quote), direct=position.is_direct, regarding=(),
            )  # fmt: skip

    def posts(self) -> Iterator[Claim]:
        """Yield the posts that the text says people hold."""
        mentions = self.reading.text.mentions
        for post in mentions.posts:
            persons = mentions[post.person].entities()
            held = mentions[post.organization] if post.organization is not None else None
            parties = (held.as_party() or institutions(held)) if held is not None else ()
            # an office is in an organization: people known only by a description are none
            bodies = [party for party in parties if party.type not in ("Group", "Person")]
            if not persons or persons[0].type not in ("Person", "Group"):
                continue
            yield PostClaim(
                id="c0", document=self.document, kind="post", evidence=(post.span,), claimant=None, cue=None,
                polarity="affirmed", modality="presupposed", restates=None, method=self.method("post", 0.8),
                person=persons[0], post=post.words, organization=bodies[0] if bodies else None,
            )  # fmt: skip

    def method(self, rule: str, confidence: float) -> Method:
        """Return how a claim was found."""
        return Method(extractor=EXTRACTOR, rule=rule, confidence=confidence)


def meaning_of(happening: Happening) -> tuple[Polarity, Modality]:
    """Return polarity and modality: what the grammar says, and what the verb of saying makes of it."""
    denied, meant = happening.is_denied, happening.meant
    within = happening.within
    if within is not None and happening.frame is not None and happening.frame.meant is None:
        mode = within.mode
        if mode in ("possible", "own", "refused"):
            meant = "possible"
        elif mode == "due":
            meant = "planned"
        elif mode in ("charge", "own-factual") and meant == "presupposed":
            meant = "factual"
        elif mode == "presupposed":
            meant = "presupposed"
        elif (
            within.saying is not None
            and within.saying.event == "statement"
            and happening.noun is None
            and _is_intended(happening)
        ):
            meant = "planned" if meant == "factual" else meant
        if mode == "denied":
            denied, meant = True, "factual"
    return ("denied" if denied else "affirmed"), meant


def _is_intended(happening: Happening) -> bool:
    """Tell whether an infinitive after a verb of announcing says what will be done: ``a confirmé envoyer ses négociateurs``."""
    clause = happening.clause
    return clause is not None and clause.kind == "infinitive" and clause.verb is not None and not clause.verb.is_perfect


def numbered(claims: Iterable[Claim]) -> list[Claim]:
    """Return claims in the order of their passages, with ids."""
    ordered: list[Claim] = []
    for _, same in groupby(sorted(claims, key=_place), key=_place):
        group = list(same)
        ordered += sorted(group, key=lambda claim: claim.model_dump_json()) if len(group) > 1 else group
    width = len(str(len(ordered)))
    return [claim.model_copy(update={"id": f"c{number:0{width}}"}) for number, claim in enumerate(ordered, 1)]


def _place(claim: Claim) -> tuple[object, ...]:
    detail = claim.type if isinstance(claim, EventClaim) else claim.relation if isinstance(claim, RelationClaim) else ""
    name = claim.claimant.name if claim.claimant is not None else ""
    return (min(claim.evidence), claim.kind, detail, name, claim.evidence)
