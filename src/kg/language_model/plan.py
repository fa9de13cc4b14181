"""How one report is asked about: in which parts, with what known, and what holds the answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from kg.analysis import Analysis
from kg.extraction.names.gazetteer import Gazetteer
from kg.graph import Concepts
from kg.language_model.checks import Checks
from kg.language_model.combination import unsure_of
from kg.language_model.conversion import Converter
from kg.language_model.exchange import Answer
from kg.language_model.knowledge import Knowledge
from kg.language_model.ordering import next_event
from kg.language_model.passages import Part, cut, number_sentences
from kg.language_model.prompts import Prompts
from kg.language_model.reading import PartReader
from kg.language_model.request import Earlier, Request, make_request
from kg.language_model.settings import ReadingSettings
from kg.linking import Linker, Registry
from kg.records import Claim, Document, Entity, Report
from kg.validation import DocumentRules, ShapesValidator

ANSWER_RATE: Final = 4
"""Tokens that the claims of one code point of news take; about 11 code points of JSON, measured on gold."""
_PROMPT_TOKENS: Final = 5000
"""Of the guide, the schema and what is said around the sentences; measured: 3,400 at a rate of 3 bytes a token."""
_TEXT_RATE: Final = 2
"""Code points of news in JSON that a token holds at the least, in French."""
_LEAST_ROOM: Final = 200
_UNNAMED: Final = "publisher"


@dataclass(frozen=True, slots=True)
class Tools:
    """What kg holds against an answer: loaded once for a project."""

    registry: Registry
    gazetteer: Gazetteer
    linker: Linker
    concepts: Concepts
    validator: ShapesValidator
    rules: DocumentRules
    prompts: Prompts


class Plan:
    """Asks about one report.

    Args:
        report: the report.
        analysis: its text as the language stage leaves it.
        tools: what answers are held against.
        settings: how much fits into a request.
        rules: the claims of the rules, where the model is to complete them.

    Attributes:
        sentences: all sentences, those kept from the model among them.
        parts: the parts that are asked about, in order.
    """

    def __init__(
        self,
        report: Report,
        analysis: Analysis,
        tools: Tools,
        settings: ReadingSettings,
        rules: Sequence[Claim] | None = None,
    ) -> None:
        self.report, self.analysis, self.tools, self.rules = report, analysis, tools, rules
        self.knowledge = Knowledge(report, analysis, tools.gazetteer)
        self.sentences = number_sentences(analysis)
        self.parts = cut(self.sentences, _room(settings))
        self._unsure = unsure_of(rules or ())

    def request(self, part: Part, before: Sequence[Claim]) -> Request:
        """Make the request for a part.

        Args:
            part: the part.
            before: the claims of the parts before.
        """
        spans = [sentence.span for sentence in (*part.context, *part.asked)]
        found = self.rules and [claim for claim in self.rules if _is_in(claim, part)]
        known = [*(self.rules or ()), *before]
        is_first = part.asked[0].number == self.parts[0].asked[0].number
        return make_request(
            self.report,
            part,
            self.tools.prompts,
            language=self.analysis.language,
            entities=self.knowledge.entities_in(spans),
            earlier=None if is_first and not self.rules else _earlier(self.report.text, before, known),
            found=found if self.rules is not None else None,
            unsure=self._unsure,
        )

    def judged(self, part: Part) -> frozenset[str]:
        """The ids of the claims of the rules on a part of which a verdict is asked."""
        return frozenset(claim.id for claim in self.rules or () if claim.id in self._unsure and _is_in(claim, part))

    def reader(self, ask: Callable[[Request], Answer], extractor: str, repairs: int) -> PartReader:
        """Return what reads the parts.

        Args:
            ask: answers a request.
            extractor: what the claims are marked with.
            repairs: how often findings go back.
        """
        sentences = {sentence.number: sentence for sentence in self.sentences if not sentence.is_withheld}
        tools = self.tools
        return PartReader(
            ask=ask,
            request=self.request,
            judged=self.judged,
            given=tuple(self.rules or ()),
            converter=Converter(self.knowledge, sentences, tools.registry, extractor),
            checks=Checks(self._document(), tools.linker, tools.concepts, tools.validator, tools.rules),
            prompts=tools.prompts,
            repairs=repairs,
        )

    def _document(self) -> Document:
        """The document for the shapes, which know none without a publisher: a build asks for it, an extractor does not."""
        report = self.report
        return Document(
            sha256=report.sha256,
            publisher=report.publisher or _UNNAMED,
            language=self.analysis.language,
            date=report.date,
            text=report.text,
        )


def _room(settings: ReadingSettings) -> int:
    """How many code points of text fit into a request: as many as the answer and the rest of the context allow."""
    by_answer = settings.answer // ANSWER_RATE
    by_context = (settings.context - settings.answer - _PROMPT_TOKENS) * _TEXT_RATE
    return max(_LEAST_ROOM, min(by_answer, by_context))


def _is_in(claim: Claim, part: Part) -> bool:
    return any(sentence.span[0] <= claim.evidence[0][0] < sentence.span[1] for sentence in part.asked)


def _earlier(text: str, before: Sequence[Claim], known: Sequence[Claim]) -> Earlier:
    """The summary of what is known: whom the parts before named, and each event with its type and first words."""
    entities: dict[tuple[str, str], None] = {}
    events: dict[str, tuple[str, str, str]] = {}
    for claim in before:
        if claim.kind == "event":
            events.setdefault(claim.event, (claim.event, claim.type, text[slice(*claim.evidence[0])]))
        entities |= dict.fromkeys((entity.name, entity.type) for entity in _entities(claim))
    return Earlier(tuple(entities), tuple(events.values()), next_event(known))


def _entities(claim: Claim) -> list[Entity]:
    """Everybody and everything that a claim names, but people known only by a description."""
    found = [claim.claimant] if claim.claimant else []
    for name in type(claim).model_fields:
        value = getattr(claim, name)
        values = value if isinstance(value, tuple) else (value,)
        found += [entity for entity in values if isinstance(entity, Entity)]
    if claim.kind == "event":
        found += [entity for role in type(claim.roles).model_fields for entity in getattr(claim.roles, role)]
    return [entity for entity in found if entity.type != "Group"]
