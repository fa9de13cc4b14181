"""From a proposal of a model to a claim record, or to what is wrong with it.

Words become passages (`kg.language_model.evidence`), names are linked to the reference entities and compared with what the
words are the name of, times and numbers are read by our grammars. A date or number of the model's that the grammar contradicts
stays the model's, and the claim says so in its method's rule; so does one with a name of which the report has no word and the
registry knows nothing. Nothing is mended unseen.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from kg.language_model.answer import (
    EventProposal,
    Named,
    PostProposal,
    Proposal,
    Quote,
    RelationProposal,
    StanceProposal,
    Toll,
    When,
)
from kg.language_model.evidence import Evidence
from kg.language_model.faults import Fault, Faulty
from kg.language_model.knowledge import Knowledge
from kg.language_model.passages import Numbered
from kg.language_model.readings import read_time, read_toll
from kg.linking import Registry
from kg.records import CLAIM, Casualties, Claim, Entity, Time
from kg.vocab import ROLES

CONFIDENCE = 0.7
"""Of a claim whose words were all found as quoted; of one with remarks it is `DOUBTED`."""
DOUBTED = 0.4


@dataclass(frozen=True, slots=True)
class Converter:
    """Makes claim records of the proposals of one report.

    Args:
        knowledge: what kg itself reads in the report.
        sentences: those that the model was shown, by number.
        registry: the reference entities.
        extractor: what `Method.extractor` says of the claims.
    """

    knowledge: Knowledge
    sentences: Mapping[int, Numbered]
    registry: Registry
    extractor: str

    def convert(self, proposal: Proposal, asked: Collection[int]) -> Claim | tuple[Fault, ...]:
        """Return the claim of a proposal, or its faults.

        Args:
            proposal: what the model proposes.
            asked: the numbers of the sentences that claims are asked on.
        """
        report = self.knowledge.report
        evidence = Evidence(report.text, self.sentences, proposal.sentence, asked)
        draft = _Draft(self, proposal, evidence)
        fields = draft.fields()
        if draft.faults:
            return tuple(draft.faults)
        marks = evidence.remarks
        method: dict[str, Any] = {"extractor": self.extractor, "confidence": DOUBTED if marks else CONFIDENCE}
        if marks:
            method["rule"] = "; ".join(marks)
        try:
            return CLAIM.validate_python({**fields, "document": report.sha256, "method": method})
        except ValidationError as error:
            return tuple(
                Fault("claim.record", ".".join(str(part) for part in fault["loc"][1:]), fault["msg"])
                for fault in error.errors(include_url=False)[:10]
            )


@dataclass(slots=True)
class _Draft:
    """The fields of one claim while they are found; each fault is kept, and the others go on."""

    converter: Converter
    proposal: Proposal
    evidence: Evidence
    faults: list[Fault] = field(default_factory=list)

    def fields(self) -> dict[str, Any]:
        given = self.proposal
        try:
            passages = self.evidence.main_passage(given.evidence)
        except Faulty as error:
            self.faults += error.faults
            return {}
        if (given.claimant is None) != (given.cue is None):
            self.faults.append(Fault("claim.attribution", "cue"))
        return {
            "id": given.id,
            "kind": given.kind,
            "evidence": passages,
            "claimant": self._entity(given.claimant, "claimant"),
            "cue": self._span(given.cue, "cue"),
            "polarity": given.polarity,
            "modality": given.modality,
            "restates": given.restates,
            **self._content(),
        }

    def _content(self) -> dict[str, Any]:
        given = self.proposal
        if isinstance(given, EventProposal):
            return self._event(given)
        if isinstance(given, RelationProposal):
            return {
                "subject": self._entity(given.subject, "subject"),
                "relation": given.relation,
                "object": self._entity(given.object, "object"),
                "time": self._time(given.time),
            }
        if isinstance(given, PostProposal):
            return {
                "person": self._entity(given.person, "person"),
                "post": self._words(given.post, "post"),
                "organization": self._entity(given.organization, "organization"),
                "time": self._time(given.time),
            }
        return {
            "quote": self._span(given.quote, "quote"),
            "direct": given.direct,
            "regarding": self._regarding(given),
        }

    def _event(self, given: EventProposal) -> dict[str, Any]:
        return {
            "event": given.event,
            "type": given.type,
            "roles": {role: self._entities(getattr(given, role), role) for role in ROLES},
            "location": self._entities(given.location, "location"),
            "territory": self._entities(given.territory, "territory"),
            "instrument": tuple(
                words for n, quote in enumerate(given.instrument) if (words := self._words(quote, f"instrument.{n}"))
            ),
            "deaths": self._toll(given.deaths, "deaths"),
            "injured": self._toll(given.injured, "injured"),
            "time": self._time(given.time),
            "regarding": self._regarding(given),
        }

    def _regarding(self, given: EventProposal | StanceProposal) -> tuple[Entity | str, ...]:
        return (*self._entities(given.regarding, "regarding"), *given.regarding_events)

    # ----------------------------------------------------------------------- words

    def _span(self, quote: Quote | None, name: str) -> tuple[int, int] | None:
        if quote is None:
            return None
        try:
            return self.evidence.find(quote, name)
        except Faulty as error:
            self.faults += error.faults
            return None

    def _words(self, quote: Quote, name: str) -> str | None:
        span = self._span(quote, name)
        return None if span is None else self.evidence.text[slice(*span)]

    def _entities(self, given: Iterable[Named], name: str) -> tuple[Entity, ...]:
        found = (self._entity(named, f"{name}.{n}") for n, named in enumerate(given))
        return tuple(entity for entity in found if entity is not None)

    def _entity(self, given: Named | None, name: str) -> Entity | None:
        span = self._span(given, name)
        if given is None or span is None:
            return None
        mention = self.converter.knowledge.name_at(span)
        if mention is not None and self.converter.knowledge.is_other(mention, given.name):
            self.faults.append(
                Fault("name.contradicted", f"{name}.name", f"{mention.text!r} is {mention.name}.", given.name)
            )
            return None
        known = self.converter.registry.find(given.name, given.type)
        if known is None and given.type != "Group" and not self.converter.knowledge.has_words_of(given.name):
            self.evidence.remarks.append(f"{name}: name of the model alone")
        try:
            return Entity(text=self.evidence.text[slice(*span)], span=span, name=given.name, type=given.type, id=known)
        except ValidationError as error:
            self.faults.append(Fault("claim.record", name, error.errors(include_url=False)[0]["msg"]))
            return None

    # ----------------------------------------------------------------------- times and numbers

    def _time(self, given: When | None) -> Time | None:
        span = self._span(given, "time")
        if given is None or span is None:
            return None
        ours = self.converter.knowledge.time_at(span)
        try:
            time, remark = read_time(self.evidence.text, span, given.dates, ours)
        except ValidationError as error:
            self.faults.append(Fault("claim.record", "time", error.errors(include_url=False)[0]["msg"]))
            return None
        if remark:
            self.evidence.remarks.append(remark)
        return time

    def _toll(self, given: Toll | None, name: str) -> Casualties | None:
        span = self._span(given, name)
        if given is None or span is None:
            return None
        try:
            toll, remark = read_toll(given, self.converter.knowledge.numbers_in(span), name)
        except Faulty as error:
            self.faults += error.faults
            return None
        except ValidationError as error:
            self.faults.append(Fault("claim.record", name, error.errors(include_url=False)[0]["msg"]))
            return None
        if remark:
            self.evidence.remarks.append(remark)
        return toll
