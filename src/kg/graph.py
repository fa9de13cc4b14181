"""Claims to triples: n-ary claims over bare anchors.

One node per claim carries the content, the claimant, the passage, polarity and modality. Events, agents and places are
anchors that carry identity alone, so that no contested thing is ever said of the world: two sources that disagree are two
claims about one anchor. No meaning depends on a graph's border, no node is blank, and every document's graph holds all that
the document contributes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from kg.iris import (
    RDF_TYPE,
    Minter,
    Triple,
    boolean,
    concept_term,
    day_end,
    day_start,
    decimal,
    integer,
    iri_term,
    language_string,
    ontology_term,
    quoted,
)
from kg.records import (
    Casualties,
    Claim,
    Document,
    Entity,
    EventClaim,
    LinkedEntity,
    PostClaim,
    RelationClaim,
    StanceClaim,
    Time,
    content,
)
from kg.vocab import HOLDS_POST, PREFIXES, ROLES, TERRITORIAL_TYPES

Block = dict[tuple[str, str], None]
"""What is said of one subject: predicates and objects, in the order in which they were said."""


def _external(prefix: str, name: str) -> str:
    return f"<{PREFIXES[prefix]}{name}>"


_HAS_SOURCE, _HAS_SELECTOR = _external("oa", "hasSource"), _external("oa", "hasSelector")
_START, _END, _EXACT = _external("oa", "start"), _external("oa", "end"), _external("oa", "exact")
_POSITION, _QUOTE = _external("oa", "TextPositionSelector"), _external("oa", "TextQuoteSelector")
_LABEL, _PREF_LABEL = _external("rdfs", "label"), _external("skos", "prefLabel")
_IDENTIFIER, _PUBLISHER = _external("dcterms", "identifier"), _external("dcterms", "publisher")
_USED, _GENERATED_BY = _external("prov", "used"), _external("prov", "wasGeneratedBy")
_DERIVED_FROM, _POST_IN = _external("prov", "wasDerivedFrom"), _external("org", "postIn")


@dataclass(slots=True)
class DocumentGraph:
    """What one document contributes.

    `blocks` maps each subject (a term) to what is said of it; `references` are the IRIs of reference entities that occur;
    `claims` maps the IRI term of each claim to the id of its record; `duplicates` are ids of records that say the same as
    an earlier one.
    """

    iri: str
    document: Document
    blocks: dict[str, Block] = field(default_factory=dict)
    references: set[str] = field(default_factory=set)
    claims: dict[str, str] = field(default_factory=dict)
    duplicates: list[str] = field(default_factory=list)

    def triples(self) -> Iterator[Triple]:
        """Yield the triples, subject by subject."""
        for subject, block in self.blocks.items():
            for predicate, value in block:
                yield subject, predicate, value


class Linking(Protocol):
    """What finds the IRI of everything that claims name: `kg.linking.Linker`."""

    @property
    def minter(self) -> Minter:
        """The project's minter."""

    def entity(self, entity: Entity, document: str) -> LinkedEntity:
        """Link a mention in the document with this key."""

    def named(self, name: str, entity_type: str) -> LinkedEntity:
        """Link a name of a kind."""

    def place(self, entity: Entity, document: str) -> LinkedEntity:
        """Link a mention that stands for a place."""

    def event(self, key: str, document: str) -> str:
        """Return the IRI of an event's anchor."""


@dataclass(frozen=True, slots=True)
class Concepts:
    """Concepts by casefolded label in either language: the means of events and the kinds of posts."""

    instruments: Mapping[str, str] = field(default_factory=dict)
    post_types: Mapping[str, str] = field(default_factory=dict)


def build_document(document: Document, claims: Iterable[Claim], linker: Linking, concepts: Concepts) -> DocumentGraph:
    """Return the graph of one document's claims, in the order of their passages.

    A `restates` whose target is not among the claims is left out: the claim stands for itself.
    """
    return _Builder(document, linker, concepts).build(sorted(claims, key=lambda claim: (claim.evidence[0], claim.id)))


class _Builder:
    def __init__(self, document: Document, linker: Linking, concepts: Concepts) -> None:
        self.document = document
        self.linker = linker
        self.concepts = concepts
        self.mint = linker.minter
        self.key = document.key
        self.graph = DocumentGraph(self.mint.graph(self.key), document)
        self.blocks = self.graph.blocks
        self.iri = f"<{self.mint.document(self.key)}>"

    def build(self, claims: Sequence[Claim]) -> DocumentGraph:
        publisher = self._describe_document()
        terms = {claim.id: f"<{self.mint.claim(self.key, content(claim))}>" for claim in claims}
        for claim in claims:
            if terms[claim.id] in self.blocks:
                self.graph.duplicates.append(claim.id)
                continue
            self.graph.claims[terms[claim.id]] = claim.id
            block = self.blocks[terms[claim.id]] = {}
            self._content(block, claim)
            self._attribution(block, claim, publisher)
            if claim.restates in terms and terms[claim.restates] != terms[claim.id]:
                block[ontology_term("restates"), terms[claim.restates]] = None
        return self.graph

    # ----------------------------------------------------------------------- the document

    def _describe_document(self) -> str:
        document, block = self.document, self.blocks.setdefault(self.iri, {})
        publisher = self._known(
            self.linker.named(document.publisher, "MediaOrganization"), "MediaOrganization", document.publisher
        )
        block[RDF_TYPE, ontology_term("Document")] = None
        block[ontology_term("sha256"), quoted(document.sha256)] = None
        block[_PUBLISHER, publisher] = None
        block[_external("dcterms", "language"), quoted(document.language)] = None
        for name, value in (
            ("issued", document.date),
            ("creator", document.author),
            ("identifier", document.identifier),
        ):
            if value:
                block[_external("dcterms", name), quoted(value)] = None
        if document.title:
            block[_external("dcterms", "title"), self._words(document.title)] = None
        if document.url:
            block[_external("dcterms", "source"), iri_term(document.url)] = None
        return publisher

    # ----------------------------------------------------------------------- claims

    def _attribution(self, block: Block, claim: Claim, publisher: str) -> None:
        claimant = self._entity(claim.claimant) if claim.claimant else publisher
        block[ontology_term("claimant"), claimant] = None
        if claimant != publisher:  # a publisher that names itself ("an AFP tally") relays nobody
            block[ontology_term("relayedBy"), publisher] = None
        if claim.cue:
            block[ontology_term("attributionCue"), self._span(claim.cue)] = None
        block[ontology_term("polarity"), concept_term(claim.polarity)] = None
        block[ontology_term("modality"), concept_term(claim.modality)] = None
        block[ontology_term("mainEvidence"), self._span(claim.evidence[0])] = None
        for span in claim.evidence:
            block[ontology_term("evidence"), self._span(span)] = None
        block[ontology_term("statedIn"), self.iri] = None
        block[_IDENTIFIER, quoted(claim.id)] = None
        block[_GENERATED_BY, self._extraction(claim)] = None
        if claim.method and claim.method.confidence is not None:
            block[ontology_term("confidence"), decimal(claim.method.confidence)] = None
        if claim.method and claim.method.rule:
            block[ontology_term("rule"), quoted(claim.method.rule)] = None
        if claim.review:
            block[ontology_term("reviewedBy"), quoted(claim.review.reviewer)] = None
            block[ontology_term("reviewedOn"), quoted(claim.review.date)] = None

    def _content(self, block: Block, claim: Claim) -> None:
        if isinstance(claim, EventClaim):
            self._event_content(block, claim)
        elif isinstance(claim, RelationClaim):
            relation = concept_term(claim.relation)
            self._relation_content(
                block, "RelationClaim", self._entity(claim.subject), relation, self._entity(claim.object)
            )
            self._time(block, claim.time)
        elif isinstance(claim, PostClaim):
            person, post = self._entity(claim.person), self._post(claim)
            self._relation_content(block, "PostHoldingClaim", person, concept_term(HOLDS_POST), post)
            self._time(block, claim.time)
        else:
            self._stance_content(block, claim)

    def _event_content(self, block: Block, claim: EventClaim) -> None:
        block[RDF_TYPE, ontology_term("EventClaim")] = None
        block[ontology_term("about"), self._event(claim)] = None
        block[ontology_term("eventType"), concept_term(claim.type)] = None
        for role in ROLES:
            for entity in getattr(claim.roles, role):
                block[ontology_term(role), self._entity(entity)] = None
        for place_role, places in (("location", claim.location), ("territory", claim.territory)):
            for place in places:
                block[ontology_term(place_role), self._place(place)] = None
        for words in claim.instrument:
            concept = self.concepts.instruments.get(words.casefold())
            if concept:
                block[ontology_term("instrument"), f"<{concept}>"] = None
            block[ontology_term("instrumentExpression"), self._words(words)] = None
        self._count(block, "deaths", claim.deaths)
        self._count(block, "injured", claim.injured)
        self._time(block, claim.time)
        self._regarding(block, "regarding", claim.regarding)

    def _relation_content(self, block: Block, kind: str, subject: str, relation: str, value: str) -> None:
        block[RDF_TYPE, ontology_term(kind)] = None
        block[ontology_term("about"), subject] = None
        block[ontology_term("subject"), subject] = None
        block[ontology_term("relation"), relation] = None
        block[ontology_term("object"), value] = None

    def _stance_content(self, block: Block, claim: StanceClaim) -> None:
        block[RDF_TYPE, ontology_term("StanceClaim")] = None
        self._regarding(block, "about", claim.regarding)
        block[ontology_term("quote"), self._span(claim.quote)] = None
        block[ontology_term("isDirectQuote"), boolean(claim.direct)] = None
        self._regarding(block, "regarding", claim.regarding)

    def _regarding(self, block: Block, name: str, regarding: Iterable[Entity | str]) -> None:
        for thing in regarding:
            value = f"<{self.linker.event(thing, self.key)}>" if isinstance(thing, str) else self._entity(thing)
            block[ontology_term(name), value] = None

    def _count(self, block: Block, name: str, count: Casualties | None) -> None:
        if count is not None:
            for bound, number in (("Low", count.low), ("Best", count.best), ("High", count.high)):
                if number is not None:
                    block[ontology_term(f"{name}{bound}"), integer(number)] = None

    # ----------------------------------------------------------------------- nodes that claims point at

    def _entity(self, entity: Entity) -> str:
        term = self._known(self.linker.entity(entity, self.key), entity.type, entity.name)
        self.blocks[self._span(entity.span)][ontology_term("refersTo"), term] = None
        return term

    def _place(self, entity: Entity) -> str:
        linked = self.linker.place(entity, self.key)
        term = self._known(linked, "Place", entity.name)
        if entity.type in TERRITORIAL_TYPES and not linked.is_reference:
            country = self._known(self.linker.entity(entity, self.key), entity.type, entity.name)
            self.blocks[term][ontology_term("territoryOf"), country] = None
        self.blocks[self._span(entity.span)][ontology_term("refersTo"), term] = None
        return term

    def _known(self, linked: LinkedEntity, entity_type: str, name: str) -> str:
        """Return the entity's term; describe it here where no reference data does."""
        term = iri_term(linked.iri)
        if linked.is_reference:
            self.graph.references.add(linked.iri)
        elif term not in self.blocks:
            self.blocks[term] = {
                (RDF_TYPE, ontology_term(entity_type)): None,
                (_PREF_LABEL, language_string(name, "en")): None,
            }
        return term

    def _event(self, claim: EventClaim) -> str:
        term = f"<{self.linker.event(claim.event, self.key)}>"
        if term not in self.blocks:
            when = claim.time.edtf if claim.time and claim.time.edtf else self.document.date
            names = [claim.type, *(place.name for place in claim.location[:1]), *([when] if when else [])]
            self.blocks[term] = {
                (RDF_TYPE, ontology_term("Event")): None,
                (_LABEL, language_string(", ".join(names), "en")): None,
            }
        return term

    def _post(self, claim: PostClaim) -> str:
        organization = self._entity(claim.organization) if claim.organization else None
        term = f"<{self.mint.post(organization and organization[1:-1], claim.post)}>"
        block = self.blocks.setdefault(term, {})
        block[RDF_TYPE, ontology_term("Post")] = None
        block[_LABEL, self._words(claim.post)] = None
        if organization:
            block[_POST_IN, organization] = None
        post_type = self.concepts.post_types.get(claim.post.casefold())
        if post_type:
            block[ontology_term("postType"), f"<{post_type}>"] = None
        return term

    def _span(self, span: tuple[int, int]) -> str:
        start, end = span
        iri = self.mint.span(self.key, start, end)
        term, selector = f"<{iri}>", f"<{iri};selector>"
        if term not in self.blocks:
            self.blocks[term] = {
                (RDF_TYPE, ontology_term("Span")): None,
                (_HAS_SOURCE, self.iri): None,
                (_HAS_SELECTOR, selector): None,
            }
            position: Block = {(RDF_TYPE, _POSITION): None}
            if self.document.text is not None:
                position[RDF_TYPE, _QUOTE] = None
                position[_EXACT, quoted(self.document.text[start:end])] = None
            position[_START, integer(start)] = None
            position[_END, integer(end)] = None
            self.blocks[selector] = position
        return term

    def _time(self, block: Block, time: Time | None) -> None:
        if time is None:
            return
        identity = f"{time.span}{time.edtf}{time.earliest}{time.latest}"
        term = f"<{self.mint.time(self.key, identity)}>"
        if term not in self.blocks:
            description: Block = {
                (RDF_TYPE, ontology_term("TimeSpan")): None,
                (ontology_term("timeExpression"), self._words(time.text)): None,
            }
            if time.edtf:
                description[ontology_term("edtf"), quoted(time.edtf)] = None
            if time.earliest:
                description[ontology_term("earliest"), day_start(time.earliest)] = None
            if time.latest:
                description[ontology_term("latest"), day_end(time.latest)] = None
            description[_DERIVED_FROM, self._span(time.span)] = None
            self.blocks[term] = description
        block[ontology_term("time"), term] = None

    def _extraction(self, claim: Claim) -> str:
        method = claim.method.extractor if claim.method else "claim-file"
        term = f"<{self.mint.extraction(self.key, method)}>"
        if term not in self.blocks:
            self.blocks[term] = {
                (RDF_TYPE, ontology_term("Extraction")): None,
                (_USED, self.iri): None,
                (_LABEL, quoted(method)): None,
            }
        return term

    def _words(self, text: str) -> str:
        return language_string(text, self.document.language)
