"""One claim, as the graph has it: who says what, in which words of which document, and how it was found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from kg.explanation.graph import Graph, Node, Term
from kg.explanation.texts import Offsets

_OFFSETS = re.compile(r"#char=(\d+),(\d+)$")
_KINDS: Final = {
    "EventClaim": "event",
    "RelationClaim": "relation",
    "PostHoldingClaim": "post",
    "StanceClaim": "stance",
}
_CONTENT: Final = (
    "eventType", "subject", "relation", "object", "actor", "recipient", "victim", "participant", "mediator", "location",
    "territory", "instrumentExpression", "deathsLow", "deathsBest", "deathsHigh", "injuredLow", "injuredBest", "injuredHigh",
    "time", "isDirectQuote", "regarding",
)  # fmt: skip
"""What a claim says, in the order in which it is told."""


@dataclass(frozen=True, slots=True)
class Named:
    """Something with its IRI and its name."""

    iri: str
    name: str


@dataclass(frozen=True, slots=True)
class DocumentAccount:
    """A document: `key` are the first 16 digits of its digest, `sha256`."""

    iri: str
    key: str
    sha256: str
    publisher: str
    date: str | None
    title: str | None


@dataclass(frozen=True, slots=True)
class ClaimAccount:
    """A claim. `content` holds the values of each property that it has, by the property's name; `id` is its record's id."""

    iri: str
    id: str
    kind: str
    document: DocumentAccount
    claimant: Named
    relayed_by: Named | None
    polarity: str
    modality: str
    passages: tuple[Offsets, ...]
    cue: Offsets | None
    quote: Offsets | None
    event: str | None
    content: Mapping[str, tuple[Named, ...]]
    restates: str | None
    rule: str | None
    extraction: str | None
    confidence: str | None
    reviewer: str | None
    reviewed_on: str | None
    types: frozenset[str]


def kind_of(node: Node) -> str | None:
    """Return the kind of claim that a node is, `None` where it is none."""
    return next((kind for name, kind in _KINDS.items() if any(t.endswith(f"#{name}") for t in node.types)), None)


def read_accounts(graph: Graph, iris: Iterable[str]) -> list[ClaimAccount]:
    """Return the claims of these IRIs, in the order of their documents (by date, then key) and passages.

    What is no claim is left out.
    """
    claims = {iri: node for iri, node in graph.describe(iris).items() if kind_of(node)}
    mentioned = {
        term.value
        for node in claims.values()
        for name, terms in node.values.items()
        for term in terms
        if term.is_iri and name != "rdf:type" and not _OFFSETS.search(term.value)
    }
    around = graph.describe(mentioned)
    whose = {iri for node in around.values() for name in ("dcterms:publisher", "org:postIn") if (iri := node.one(name))}
    around |= graph.describe(whose - around.keys())
    accounts = [_account(graph, node, around) for node in claims.values()]
    return sorted(accounts, key=lambda a: (a.document.date or "", a.document.key, a.passages[:1], a.id, a.iri))


def _account(graph: Graph, node: Node, around: Mapping[str, Node]) -> ClaimAccount:
    def named(name: str) -> Named | None:
        value = node.one(name)
        return _named(graph, Term(value, is_iri=True), around) if value else None

    claimant = named("kg:claimant")
    assert claimant is not None  # noqa: S101 - the shapes ask for one
    main = [span for span in (_offsets(node.one("kg:mainEvidence")),) if span]
    others = sorted(span for t in node.all("kg:evidence") if (span := _offsets(t.value)) and span not in main)
    about = node.one("kg:about")
    return ClaimAccount(
        iri=node.iri,
        id=node.one("dcterms:identifier") or "",
        kind=kind_of(node) or "",
        document=_document(around[node.one("kg:statedIn") or ""], around),
        claimant=claimant,
        relayed_by=named("kg:relayedBy"),
        polarity=_local(node.one("kg:polarity")),
        modality=_local(node.one("kg:modality")),
        passages=(*main, *others),
        cue=_offsets(node.one("kg:attributionCue")),
        quote=_offsets(node.one("kg:quote")),
        event=about if kind_of(node) == "event" else None,
        content={
            name: tuple(_named(graph, term, around) for term in terms)
            for name in _CONTENT
            if (terms := node.all(f"kg:{name}"))
        },
        restates=node.one("kg:restates"),
        rule=node.one("kg:rule"),
        extraction=around[extraction].label if (extraction := node.one("prov:wasGeneratedBy")) else None,
        confidence=node.one("kg:confidence"),
        reviewer=node.one("kg:reviewedBy"),
        reviewed_on=node.one("kg:reviewedOn"),
        types=node.types,
    )


def _document(node: Node, around: Mapping[str, Node]) -> DocumentAccount:
    sha256, publisher = node.one("kg:sha256") or "", node.one("dcterms:publisher") or ""
    known = around.get(publisher)
    return DocumentAccount(
        iri=node.iri,
        key=sha256[:16],
        sha256=sha256,
        publisher=(known.label if known else None) or publisher,
        date=node.one("dcterms:issued"),
        title=node.one("dcterms:title"),
    )


def _named(graph: Graph, term: Term, around: Mapping[str, Node]) -> Named:
    """A concept is called by its notation, a time by its words and bounds, a post with its organization."""
    if not term.is_iri:
        return Named("", term.value)
    short = graph.short(term.value)
    if short.startswith("kgt:"):
        return Named(term.value, short[4:])
    node = around.get(term.value, Node(term.value))
    if words := node.one("kg:timeExpression"):
        bounds = " to ".join((node.one(f"kg:{name}") or "…")[:10] for name in ("earliest", "latest"))
        edtf = node.one("kg:edtf")
        return Named(term.value, f"{words} ({edtf if edtf and ',' not in edtf else bounds})")
    organization = around.get(node.one("org:postIn") or "")
    name = node.label or short
    return Named(term.value, f"{name} ({organization.label})" if organization else name)


def _local(iri: str | None) -> str:
    return (iri or "").rpartition("/")[2]


def _offsets(iri: str | None) -> Offsets | None:
    found = _OFFSETS.search(iri or "")
    return (int(found[1]), int(found[2])) if found else None
