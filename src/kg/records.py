"""What the stages exchange: reports, claim records, findings.

`Claim` is the waist of the hourglass. Its fields are exactly those of the claim record (see ``docs`` of `kg.claims`);
the class knows what one record must satisfy by itself, `kg.claims` what the records of one document must satisfy together.
Offsets count Unicode code points of the report's text from 0, end excluded. Dates are inclusive.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, model_validator
from pyoxigraph import NamedNode

from kg.vocab import KG, TERRITORIAL_TYPES, EntityType, EventType, Modality, Polarity, RelationType

# --------------------------------------------------------------------------- reports


@dataclass(frozen=True, slots=True)
class Report:
    """One text with what is known about it.

    `text` is what all offsets count in; `sha256` is the digest of its UTF-8 bytes (64 hex digits). `path` is the place it
    came from as the user named it. `date` is YYYY, YYYY-MM or YYYY-MM-DD, `language` a two-letter code. `notes` say what
    was repaired or remained doubtful on reading.
    """

    text: str
    sha256: str
    path: str
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    date: str | None = None
    language: str | None = None
    url: str | None = None
    identifier: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """What the graph says about a report: everything but its text, which may be absent.

    `text` is present where the report is at hand; then passages are checked against it and quoted.
    """

    sha256: str
    publisher: str
    language: str
    date: str | None = None
    title: str | None = None
    author: str | None = None
    url: str | None = None
    identifier: str | None = None
    text: str | None = None

    @property
    def key(self) -> str:
        """The first 16 hex digits of the digest, by which IRIs name the document."""
        return self.sha256[:16]


# --------------------------------------------------------------------------- claim records


def _ordered(span: tuple[int, int]) -> tuple[int, int]:
    if not 0 <= span[0] < span[1]:
        raise ValueError("a span is [start, end] with 0 <= start < end")
    return span


_UNENCODABLE = re.compile("[\0\ud800-\udfff]")


def _encodable(text: str) -> str:
    if _UNENCODABLE.search(text):
        raise ValueError("the text holds a NUL or a lone surrogate")
    return text


def _calendar_date(text: str) -> str:
    if date.fromisoformat(text).isoformat() != text:
        raise ValueError("a date is written YYYY-MM-DD")
    return text


def _absolute(iri: str) -> str:
    try:
        NamedNode(iri)
    except ValueError:
        raise ValueError("not an absolute IRI") from None
    if not iri.startswith(("http://", "https://", "urn:")):
        raise ValueError("an entity is named by an http, https or urn IRI")
    if iri.startswith(KG):
        raise ValueError("a term of the ontology names no entity")
    return iri


def _pair(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


Span: TypeAlias = Annotated[
    tuple[Annotated[int, Field(strict=True)], Annotated[int, Field(strict=True)]],
    BeforeValidator(_pair),
    AfterValidator(_ordered),
]
Text: TypeAlias = Annotated[str, Field(strict=True, min_length=1, max_length=100_000), AfterValidator(_encodable)]
Key: TypeAlias = Annotated[str, Field(strict=True, pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")]
Digest: TypeAlias = Annotated[str, Field(strict=True, pattern=r"^[0-9a-f]{64}$")]
Iri: TypeAlias = Annotated[str, Field(strict=True), AfterValidator(_absolute)]
CalendarDate: TypeAlias = Annotated[str, Field(strict=True), AfterValidator(_calendar_date)]
Count: TypeAlias = Annotated[int, Field(strict=True, ge=0, le=10**12)]


class Record(BaseModel):
    """Base of all records: immutable, and no field but those that are named."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Entity(Record):
    """A mention of somebody or something: `text` and `span` are what is written, `name` and `type` what is meant.

    `id` is the entity's IRI, where an extractor or `kg.linking` has found it.
    """

    text: Text
    span: Span
    name: Text
    type: EntityType
    id: Iri | None = None


_PLACE_TYPES = TERRITORIAL_TYPES | {"Place"}


def _locatable(entity: Entity) -> Entity:
    if entity.type not in _PLACE_TYPES:
        raise ValueError(f"a location is of type {' or '.join(sorted(_PLACE_TYPES))}, not {entity.type}")
    return entity


Location: TypeAlias = Annotated[Entity, AfterValidator(_locatable)]


class Time(Record):
    """When: the words, an EDTF value, and the outermost days (inclusive) that can belong to it; `None` where open."""

    text: Text
    span: Span
    edtf: Text | None
    earliest: CalendarDate | None
    latest: CalendarDate | None

    @model_validator(mode="after")
    def _in_order(self) -> Time:
        if self.earliest and self.latest and self.earliest > self.latest:
            raise ValueError("earliest is after latest")
        return self


class Casualties(Record):
    """How many people: at least `low`, most likely `best`, at most `high`; `None` where the text leaves it open."""

    low: Count | None
    best: Count | None
    high: Count | None

    @model_validator(mode="after")
    def _in_order(self) -> Casualties:
        known = [n for n in (self.low, self.best, self.high) if n is not None]
        if not known:
            raise ValueError("low, best and high are all null: write null instead of the object")
        if known != sorted(known):
            raise ValueError("low <= best <= high does not hold")
        return self


class Roles(Record):
    """The five roles; a role that the text leaves unsaid is an empty list."""

    actor: tuple[Entity, ...]
    recipient: tuple[Entity, ...]
    victim: tuple[Entity, ...]
    participant: tuple[Entity, ...]
    mediator: tuple[Entity, ...]


class Method(Record):
    """How a claim was found: the extractor and, for rules, the frame or rule that fired. `confidence` is 0 to 1."""

    extractor: Key
    rule: Text | None = None
    confidence: Annotated[float, Field(ge=0, le=1)] | None = None


class Review(Record):
    """Who looked at a claim and when (YYYY-MM-DD)."""

    reviewer: Text
    date: CalendarDate


class Verdict(Record):
    """What another extractor says of a claim: ``agrees``, ``disagrees`` or ``unsure``, and why or in what."""

    extractor: Key
    verdict: Literal["agrees", "disagrees", "unsure"]
    reason: Text | None = None


class _Claim(Record):
    id: Key
    document: Digest
    evidence: Annotated[tuple[Span, ...], Field(min_length=1)]
    claimant: Entity | None
    cue: Span | None
    polarity: Polarity
    modality: Modality
    restates: Key | None
    method: Method | None = None
    review: Review | None = None
    verdicts: tuple[Verdict, ...] | None = None

    @model_validator(mode="after")
    def _attributed(self) -> _Claim:
        if (self.claimant is None) != (self.cue is None):
            raise ValueError("cue is null exactly when claimant is null")
        return self


Regarding: TypeAlias = tuple[Entity | Key, ...]


class EventClaim(_Claim):
    """A claim that describes one happening; claims about the same happening of a document share the key `event`."""

    kind: Literal["event"]
    event: Key
    type: EventType
    roles: Roles
    location: tuple[Location, ...]
    territory: tuple[Location, ...]
    instrument: tuple[Text, ...]
    deaths: Casualties | None
    injured: Casualties | None
    time: Time | None
    regarding: Regarding


class RelationClaim(_Claim):
    """A claim that a relation holds between two entities."""

    kind: Literal["relation"]
    subject: Entity
    relation: RelationType
    object: Entity
    time: Time | None = None


class PostClaim(_Claim):
    """A claim that a person holds a post, in an organization where the text names one."""

    kind: Literal["post"]
    person: Entity
    post: Text
    organization: Entity | None
    time: Time | None = None


class StanceClaim(_Claim):
    """An evaluation, forecast, position or quotation with no event of its own; `quote` leaves quotation marks out."""

    kind: Literal["stance"]
    quote: Span
    direct: Annotated[bool, Field(strict=True)]
    regarding: Regarding


Claim: TypeAlias = EventClaim | RelationClaim | PostClaim | StanceClaim

CLAIM: TypeAdapter[Claim] = TypeAdapter(Annotated[Claim, Field(discriminator="kind")])
"""Reads and writes one record: ``CLAIM.validate_json(line)``; errors are pydantic's, with the field's path."""

_INCIDENTAL = {"id", "restates", "method", "review", "verdicts"}


def content(claim: Claim) -> str:
    """Return what a claim says and where, in one canonical form: without its number, method, review or verdicts on it."""
    return claim.model_dump_json(exclude=_INCIDENTAL, exclude_none=True)


# --------------------------------------------------------------------------- links and findings


@dataclass(frozen=True, slots=True)
class LinkedEntity:
    """An entity's IRI, and whether a registry knows it (then its description is reference data)."""

    iri: str
    is_reference: bool


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something that validation found.

    `focus` is the node (an N-Triples term) or the record's id, `check` the shape, rule or check that found it, `path` the
    property (a field or IRI), `severity` one of ``violation``, ``warning``, ``info``. `passage` is the span of text that
    it concerns and `claim` the claim's IRI, where either is known.
    """

    document: str
    focus: str
    check: str
    path: str | None
    value: str | None
    severity: str
    message_en: str
    message_fr: str
    passage: tuple[int, int] | None = None
    claim: str | None = None
