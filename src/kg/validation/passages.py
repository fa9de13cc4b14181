"""Step 3: claim records, or the passages of a graph, against the text of their report, where that is at hand."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from pydantic import BaseModel

from kg.records import Claim, Entity, EventClaim, Finding, PostClaim, StanceClaim, Time
from kg.vocab import KG, KGS, PREFIXES

if TYPE_CHECKING:
    from pyoxigraph import Store

Offsets = tuple[int, int]


class _Check(NamedTuple):
    severity: str
    en: str
    fr: str


CHECKS: Final[dict[str, _Check]] = {
    "passage-digest": _Check(
        "violation",
        "The claim is about another text: the digests differ.",
        "L'affirmation porte sur un autre texte : les empreintes diffèrent.",
    ),
    "passage-within-text": _Check(
        "violation", "The passage lies outside the text.", "Le passage se trouve hors du texte."
    ),
    "passage-words": _Check(
        "violation",
        "The words of a passage are what stands at its positions in the report.",
        "Les mots d'un passage sont ce qui se trouve à ses positions dans le texte.",
    ),
    "passage-entity": _Check(
        "violation",
        "The words of an entity are what stands at its span.",
        "Les mots d'une entité sont ce qui se trouve à son passage.",
    ),
    "passage-time": _Check(
        "violation",
        "The words of a time are what stands at its span.",
        "Les mots d'un temps sont ce qui se trouve à son passage.",
    ),
    "passage-quote": _Check(
        "violation", "A quotation lies within the evidence.", "Une citation se trouve dans les preuves."
    ),
    "passage-post": _Check(
        "warning",
        "The words of a post stand in the evidence or in its sentence.",
        "Les mots d'un poste se trouvent dans les preuves ou dans leur phrase.",
    ),
    "passage-instrument": _Check(
        "warning",
        "The words of an instrument stand in the evidence or in its sentence.",
        "Les mots d'un moyen se trouvent dans les preuves ou dans leur phrase.",
    ),
}
"""Every check of this step: severity and message."""

_SENTENCE_END = re.compile(r"[.!?…][\"»”’)]*\s|\n")


def check_passages(claims: Sequence[Claim], text: str) -> tuple[Finding, ...]:
    """Check the passages of claim records against their text.

    Args:
        claims: records of one document.
        text: the report's text, in which offsets count code points.

    Returns:
        The findings, sorted, each once; their focus is the record's id, their path the field.
    """
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    findings: set[Finding] = set()
    for claim in claims:
        if claim.document != digest:
            findings.add(_finding(claim, "passage-digest", "document", claim.document, None))
        else:
            findings.update(_check(claim, text))
    return tuple(sorted(findings))


def _check(claim: Claim, text: str) -> Iterator[Finding]:
    outside = [(field, span) for field, span in _spans(claim) if span[1] > len(text)]
    for field, span in outside:
        yield _finding(claim, "passage-within-text", field, f"{span[0]}:{span[1]}", span)
    for field, mention in _mentions(claim, ""):
        start, end = mention.span
        if end <= len(text) and text[start:end] != mention.text:
            name = "passage-time" if isinstance(mention, Time) else "passage-entity"
            yield _finding(claim, name, f"{field}.text", mention.text, mention.span)
    if isinstance(claim, StanceClaim) and not any(
        s <= claim.quote[0] and claim.quote[1] <= e for s, e in claim.evidence
    ):
        yield _finding(claim, "passage-quote", "quote", f"{claim.quote[0]}:{claim.quote[1]}", claim.quote)
    if not outside:
        yield from _check_words(claim, text)


def _check_words(claim: Claim, text: str) -> Iterator[Finding]:
    """Words that a record gives without a span must be near its evidence."""
    if isinstance(claim, PostClaim):
        name, words = "passage-post", {"post": claim.post}
    elif isinstance(claim, EventClaim):
        name, words = "passage-instrument", {f"instrument.{n}": word for n, word in enumerate(claim.instrument)}
    else:
        return
    if not words:
        return
    context = " ".join(text[start:end] for start, end in (_sentence(text, span) for span in claim.evidence))
    for field, word in words.items():
        if _plain(word) not in _plain(context):
            yield _finding(claim, name, field, word, claim.evidence[0])


def _plain(words: str) -> str:
    return " ".join(words.casefold().replace("’", "'").split())


def _sentence(text: str, span: Offsets) -> Offsets:
    """Widen a span to the sentences that it touches."""
    start = max((found.end() for found in _SENTENCE_END.finditer(text, 0, span[0])), default=0)
    found = _SENTENCE_END.search(text, span[1] - 1)
    return start, found.end() if found else len(text)


def _spans(claim: Claim) -> Iterator[tuple[str, Offsets]]:
    for number, span in enumerate(claim.evidence):
        yield f"evidence.{number}", span
    if claim.cue:
        yield "cue", claim.cue
    if isinstance(claim, StanceClaim):
        yield "quote", claim.quote
    for field, mention in _mentions(claim, ""):
        yield f"{field}.span", mention.span


def _mentions(value: object, field: str) -> Iterator[tuple[str, Entity | Time]]:
    """Every entity and time of a record, with the field where it stands."""
    if isinstance(value, Entity | Time):
        yield field, value
    elif isinstance(value, BaseModel):
        for name, inner in value:
            yield from _mentions(inner, f"{field}.{name}" if field else name)
    elif isinstance(value, tuple):
        for number, inner in enumerate(value):
            yield from _mentions(inner, f"{field}.{number}")


def _finding(claim: Claim, name: str, field: str, value: str, passage: Offsets | None) -> Finding:
    check = CHECKS[name]
    return Finding(
        document=claim.document[:16],
        focus=claim.id,
        check=f"{KGS}{name}",
        path=field,
        value=value,
        severity=check.severity,
        message_en=check.en,
        message_fr=check.fr,
        passage=passage,
    )


# --------------------------------------------------------------------------- the passages of a graph

_INTEGER: Final = f"^^<{PREFIXES['xsd']}integer>"
_SPANS: Final = f"""
PREFIX kg: <{KG}>
PREFIX oa: <{PREFIXES["oa"]}>
SELECT ?digest ?document ?span ?start ?end ?exact {{
  ?document kg:sha256 ?digest .
  ?span oa:hasSource ?document ; oa:hasSelector ?selector .
  ?selector oa:start ?start ; oa:end ?end .
  OPTIONAL {{ ?selector oa:exact ?exact }}
}}
"""


def check_spans(store: Store, texts: Mapping[str, str]) -> Iterator[Finding]:
    """Yield the passages of a graph that lie outside the text of their report, or quote other words than stand there.

    Args:
        store: the graph.
        texts: the texts of reports by the SHA-256 of their UTF-8 bytes; passages of other documents are not checked.
    """
    for row in store.query(_SPANS, use_default_graph_as_union=True):  # type: ignore[union-attr]  # a SELECT has rows
        text = texts.get(getattr(row["digest"], "value", ""))
        if text is None:
            continue
        start, end = _position(row["start"]), _position(row["end"])
        if start is None or end is None:
            continue  # that they are no positions is what the shapes say
        exact = getattr(row["exact"], "value", text[start:end])
        if end <= len(text) and text[start:end] == exact:
            continue
        check = CHECKS["passage-words" if end <= len(text) else "passage-within-text"]
        yield Finding(
            document=str(getattr(row["digest"], "value", ""))[:16],
            focus=str(row["span"]),
            check=f"{KGS}{'passage-words' if end <= len(text) else 'passage-within-text'}",
            path=f"{PREFIXES['oa']}exact",
            value=str(row["exact"]) if row["exact"] is not None else None,
            severity=check.severity,
            message_en=check.en,
            message_fr=check.fr,
            passage=(start, end),
        )


def _position(term: object) -> int | None:
    """The number of an integer from 0; one that no text is long enough for is cut short."""
    digits = str(term).removesuffix(_INTEGER).strip('"')
    is_position = str(term).endswith(_INTEGER) and digits.isascii() and digits.isdigit()
    return int(digits.lstrip("0")[:12] or "0") if is_position else None
