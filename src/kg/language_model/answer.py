"""What a model may answer: claims that quote, as pydantic models, and their JSON Schema.

The answer holds words, never offsets. Each claim is validated by itself, so that one that is wrong does not take the others
with it; an unknown field is an error, since nobody would read what it says.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from kg.language_model.faults import Fault
from kg.records import CalendarDate, Count, Key, Text
from kg.vocab import EntityType, EventType, Modality, Polarity, RelationType

Words: TypeAlias = Annotated[Text, Field(max_length=4000)]
_MOST_ARGUMENTS: Final = 100


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Quote(_Part):
    """Words of the report as they stand, in the sentence of this number (default: that of the claim).

    `occurrence` says which one is meant, from 1, where the sentence has the words several times.
    """

    quote: Words
    sentence: int | None = None
    occurrence: int | None = None


class Named(Quote):
    """Words that mean somebody or something: its usual English name and its type."""

    name: Words
    type: EntityType


class Dates(_Part):
    """The outermost days (inclusive), `None` where open."""

    earliest: CalendarDate | None = None
    latest: CalendarDate | None = None


class When(Quote):
    """The words of a time; `dates` are `None` where the model leaves the calendar to kg."""

    dates: Dates | None = None


class Toll(Quote):
    """The words of a number of people, and what the model reads there."""

    low: Count | None = None
    best: Count | None = None
    high: Count | None = None


_Several = Annotated[tuple[Named, ...], Field(max_length=_MOST_ARGUMENTS)]


class _Proposal(_Part):
    # engines that enforce a schema write the fields in its order: what a claim is comes before what it holds
    id: Key
    kind: str
    sentence: int
    evidence: Annotated[tuple[Quote, ...], Field(min_length=1, max_length=20)]
    claimant: Named | None = None
    cue: Quote | None = None
    polarity: Polarity
    modality: Modality
    restates: Key | None = None


class EventProposal(_Proposal):
    """An event, as a model proposes it."""

    kind: Literal["event"]
    event: Key
    type: EventType
    actor: _Several = ()
    recipient: _Several = ()
    victim: _Several = ()
    participant: _Several = ()
    mediator: _Several = ()
    location: _Several = ()
    territory: _Several = ()
    instrument: Annotated[tuple[Quote, ...], Field(max_length=20)] = ()
    deaths: Toll | None = None
    injured: Toll | None = None
    time: When | None = None
    regarding: _Several = ()
    regarding_events: Annotated[tuple[Key, ...], Field(max_length=_MOST_ARGUMENTS)] = ()


class RelationProposal(_Proposal):
    """A relation, as a model proposes it."""

    kind: Literal["relation"]
    subject: Named
    relation: RelationType
    object: Named
    time: When | None = None


class PostProposal(_Proposal):
    """A post, as a model proposes it; `post` are the words for the office."""

    kind: Literal["post"]
    person: Named
    post: Quote
    organization: Named | None = None
    time: When | None = None


class StanceProposal(_Proposal):
    """A stance, as a model proposes it."""

    kind: Literal["stance"]
    quote: Quote
    direct: bool
    regarding: _Several = ()
    regarding_events: Annotated[tuple[Key, ...], Field(max_length=_MOST_ARGUMENTS)] = ()


Proposal: TypeAlias = EventProposal | RelationProposal | PostProposal | StanceProposal
_PROPOSAL: TypeAdapter[Proposal] = TypeAdapter(Annotated[Proposal, Field(discriminator="kind")])

Judgement: TypeAlias = Literal["agrees", "disagrees", "unsure"]


class Verdict(_Part):
    """What a model says of a claim that the rules found, by the claim's id, and in one sentence why."""

    id: Key
    verdict: Judgement
    reason: Annotated[str, Field(max_length=1000)] = ""


_VERDICT: TypeAdapter[Verdict] = TypeAdapter(Verdict)


class _Answer(_Part):
    claims: tuple[Proposal, ...]


class _Verdicts(_Answer):
    verdicts: tuple[Verdict, ...]


def read_proposal(value: object) -> Proposal | tuple[Fault, ...]:
    """Return a proposal, or what is wrong with its fields."""
    found: Proposal | tuple[Fault, ...] = _read(_PROPOSAL, value)
    return found


def read_verdict(value: object) -> Verdict | tuple[Fault, ...]:
    """Return a verdict, or what is wrong with its fields."""
    found: Verdict | tuple[Fault, ...] = _read(_VERDICT, value)
    return found


def _read(adapter: TypeAdapter[Any], value: object) -> Any:
    try:
        return adapter.validate_python(value, strict=None)
    except ValidationError as error:
        kinds = {"event", "relation", "post", "stance"}
        return tuple(
            Fault("answer.field", _path(fault["loc"], kinds), fault["msg"], _shown(fault["input"]))
            for fault in error.errors(include_url=False)[:10]
        )


def _path(place: tuple[int | str, ...], kinds: set[str]) -> str:
    return ".".join(str(part) for part in (place[1:] if place and place[0] in kinds else place)) or "kind"


def _shown(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= 120 else f"{shown[:117]}..."


# --------------------------------------------------------------------------- the schema


def answer_schema(*, with_verdicts: bool = False) -> dict[str, Any]:
    """Return the JSON Schema of an answer, in the subset that engines with enforced schemas take.

    No property is added, unions are ``anyOf``, and there are no patterns, bounds or defaults: those are checked when the answer
    is read. What is null or empty may be left out: asked for every field, a model writes twice as much.

    Args:
        with_verdicts: whether verdicts on claims of the rules are asked for.
    """
    schema: dict[str, Any] = _plain((_Verdicts if with_verdicts else _Answer).model_json_schema())
    return schema


_KEPT: Final = ("$ref", "anyOf", "const", "enum", "items", "type")


def _plain(node: Any) -> Any:
    if not isinstance(node, dict):
        return node
    plain = {name: node[name] for name in _KEPT if name in node}
    if "oneOf" in node or "anyOf" in node:
        plain["anyOf"] = [_plain(choice) for choice in node.get("anyOf") or node["oneOf"]]
    if "items" in plain:
        plain["items"] = _plain(plain["items"])
    if "const" in plain:
        plain = {"type": "string", "enum": [plain["const"]]}
    if "properties" in node:
        plain["properties"] = {name: _plain(part) for name, part in node["properties"].items()}
        plain["required"] = [name for name in node["properties"] if name in node.get("required", ())]
        plain["additionalProperties"] = False
    if "$defs" in node:
        plain["$defs"] = {name: _plain(part) for name, part in node["$defs"].items()}
    return plain
