"""What a model is asked: messages, the schema of the answer, and the same as plain data for a program of the user's.

Everything that comes from the report is inside one JSON object, so no sentence can end its own quotation; sentences that
address a model are not shown (`kg.language_model.addressing`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from kg.language_model.answer import answer_schema
from kg.language_model.passages import Numbered, Part
from kg.language_model.prompts import Prompts
from kg.records import Claim, Entity, Report

Message: TypeAlias = Mapping[str, str]
"""``role`` (system, user, assistant) and ``content``, as chat endpoints take them."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """What the parts before have told: entities by name and type, events by key, type and words, and the next free key."""

    entities: tuple[tuple[str, str], ...] = ()
    events: tuple[tuple[str, str, str], ...] = ()
    next_event: str = "e1"


@dataclass(frozen=True, slots=True)
class Request:
    """One question: what it is about, the messages, the schema of the answer.

    `document` is the digest of the report, `data` what the messages hold of the report, as plain data.
    """

    document: str
    prompt_version: str
    messages: tuple[Message, ...]
    schema: Mapping[str, Any]
    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """The SHA-256 (64 hex digits) of all that the answer depends on but the model and its settings."""
        parts = {"messages": list(self.messages), "schema": self.schema, "prompt": self.prompt_version}
        return hashlib.sha256(json.dumps(parts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()

    @property
    def size(self) -> int:
        """The bytes of the messages and the schema."""
        return len("".join(message["content"] for message in self.messages).encode()) + len(json.dumps(self.schema))

    def as_record(self) -> dict[str, Any]:
        """The request as plain data: what a program of the user's reads, and what ``--dry-run`` shows."""
        return {
            "prompt_version": self.prompt_version,
            "document": self.document,
            **self.data,
            "messages": list(self.messages),
            "schema": self.schema,
        }

    def follow(self, answer: str, said: str) -> Request:
        """Return the request that goes on from an answer."""
        more: tuple[Message, ...] = ({"role": "assistant", "content": answer}, {"role": "user", "content": said})
        return Request(self.document, self.prompt_version, self.messages + more, self.schema, self.data)


def make_request(  # noqa: PLR0913 - all but the first three by name
    report: Report,
    part: Part,
    prompts: Prompts,
    *,
    language: str,
    entities: Sequence[tuple[str, str]] = (),
    earlier: Earlier | None = None,
    found: Sequence[Claim] | None = None,
    unsure: frozenset[str] = frozenset(),
) -> Request:
    """Make the request for one part of a report.

    Args:
        report: the report.
        part: the sentences.
        prompts: a version of the prompts.
        language: two-letter code of the report's language.
        entities: names and types of the reference entities that occur.
        earlier: what the parts before have told, where there were any.
        found: the claims of the rules on these sentences, where the model is to complete them.
        unsure: ids of those of which a verdict is asked.
    """
    data: dict[str, Any] = {
        "report": {"language": language, "date": report.date, "publisher": report.publisher},
        "context": [_sentence(report.text, sentence) for sentence in part.context],
        "sentences": [_sentence(report.text, sentence) for sentence in part.asked],
        "entities": [{"name": name, "type": kind} for name, kind in entities],
    }
    if earlier is not None:
        data["earlier"] = {
            "entities": [{"name": name, "type": kind} for name, kind in earlier.entities],
            "events": [{"event": key, "type": kind, "quote": words} for key, kind, words in earlier.events],
        }
        data["next_event"] = earlier.next_event
    task = prompts.task
    if found is not None:
        numbers = {s.number: s for s in part.asked}
        data["found"] = [_brief(report.text, claim, numbers, is_unsure=claim.id in unsure) for claim in found]
        task = f"{task}{prompts.verdicts}"
    schema = answer_schema(with_verdicts=found is not None)
    messages = (
        {"role": "system", "content": prompts.guide},
        {"role": "user", "content": f"{task}\n{json.dumps(data, ensure_ascii=False)}"},
    )
    return Request(report.sha256, prompts.version, messages, schema, data)


def _sentence(text: str, sentence: Numbered) -> dict[str, Any]:
    shown: dict[str, Any] = {"number": sentence.number, "text": text[slice(*sentence.span)]}
    return shown if sentence.paragraph == "body" else {**shown, "paragraph": sentence.paragraph}


def _brief(text: str, claim: Claim, numbers: Mapping[int, Numbered], *, is_unsure: bool) -> dict[str, Any]:
    """A claim of the rules in short: enough to know which it is."""
    start, end = claim.evidence[0]
    number = next((n for n, s in numbers.items() if s.span[0] <= start < s.span[1]), None)
    told: dict[str, Any] = {"id": claim.id, "kind": claim.kind, "sentence": number, "quote": text[start:end]}
    if claim.claimant is not None:
        told["claimant"] = claim.claimant.name
    if (claim.polarity, claim.modality) != ("affirmed", "factual"):
        told |= {"polarity": claim.polarity, "modality": claim.modality}
    told |= _content(claim)
    return {**told, "unsure": True} if is_unsure else told


def _content(claim: Claim) -> dict[str, Any]:
    if claim.kind == "event":
        roles = {name: _names(getattr(claim.roles, name)) for name in type(claim.roles).model_fields}
        roles["location"], roles["territory"] = _names(claim.location), _names(claim.territory)
        return {"event": claim.event, "type": claim.type, **{name: found for name, found in roles.items() if found}}
    if claim.kind == "relation":
        return {"subject": claim.subject.name, "relation": claim.relation, "object": claim.object.name}
    if claim.kind == "post":
        body = {"organization": claim.organization.name} if claim.organization else {}
        return {"person": claim.person.name, "post": claim.post, **body}
    return {"direct": claim.direct}


def _names(entities: Sequence[Entity]) -> list[str]:
    return [entity.name for entity in entities]
