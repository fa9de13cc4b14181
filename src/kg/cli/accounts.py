"""How claims are told to people and to programs: what is claimed, whose claim it is, and in which words it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from kg.cli.console import printable

if TYPE_CHECKING:
    from kg.explanation import ClaimAccount, DocumentAccount, Graph, Named, Quotation, Texts

LEGEND = "[…] the passage, {…} the words that attribute it"
_COUNTS = ("deaths", "injured")


def document_line(document: DocumentAccount) -> str:
    """Say which document: who published it, when, under which title, and its key."""
    title = f", “{document.title}”" if document.title else ""
    return printable(f"{document.publisher}, {document.date or 'undated'}{title} ({document.key})")


def content_line(claim: ClaimAccount) -> str:
    """Say what is claimed, in one line."""
    content = claim.content
    if claim.kind in ("relation", "post"):
        said = " ".join(_names(content.get(name, ())) for name in ("subject", "relation", "object"))
        said += f", {_names(content['time'])}" if "time" in content else ""
    elif claim.kind == "stance":
        said = "word for word" if _names(content.get("isDirectQuote", ())) == "true" else "in other words"
        said += f", on {_names(content['regarding'])}" if "regarding" in content else ""
    else:
        parts = [_names(content.get("eventType", ()))]
        for name, values in content.items():
            if name != "eventType" and not name.startswith(_COUNTS):
                parts.append(f"{'with' if name == 'instrumentExpression' else name} {_names(values)}")
        parts += [f"{name} {_count(content, name)}" for name in _COUNTS if any(k.startswith(name) for k in content)]
        said = "; ".join(parts)
    return printable(said)


def attitude_line(claim: ClaimAccount) -> str:
    """Say who claims it, who only relays it, and how it is held."""
    relay = f", relayed by {claim.relayed_by.name}" if claim.relayed_by else ""
    return printable(f"{claim.polarity} as {claim.modality} by {claim.claimant.name}{relay}")


def passage_lines(quotation: Quotation, *, indent: str) -> Iterator[str]:
    """Say where it stands, and show it in its sentences where the text is at hand."""
    places = ", ".join(f"{start}-{end}" for start, end in quotation.passages)
    cue = f", attributed at {quotation.cue[0]}-{quotation.cue[1]}" if quotation.cue else ""
    marked = quotation.marked()
    yield f"{indent}characters {places}{cue}" + ("" if marked else " (the text is not at hand)")
    if marked:
        yield f"{indent}  {printable(marked)}"


def as_json(claim: ClaimAccount, texts: Texts, graph: Graph) -> dict[str, Any]:
    """Return all that is known of a claim, with the text of its sentences where it is at hand."""
    quotation = texts.quote(claim.document.sha256, claim.passages, claim.cue)
    return {
        "iri": claim.iri,
        "name": graph.short(claim.iri),
        "id": claim.id,
        "kind": claim.kind,
        "document": {
            "iri": claim.document.iri, "key": claim.document.key, "publisher": claim.document.publisher,
            "date": claim.document.date, "title": claim.document.title,
        },
        "claimant": _named(claim.claimant),
        "relayed_by": _named(claim.relayed_by) if claim.relayed_by else None,
        "polarity": claim.polarity,
        "modality": claim.modality,
        "event": claim.event,
        "content": {name: [_named(value) for value in values] for name, values in claim.content.items()},
        "restates": claim.restates,
        "passages": [list(span) for span in claim.passages],
        "cue": list(claim.cue) if claim.cue else None,
        "quote": list(claim.quote) if claim.quote else None,
        "sentences": [list(span) for span in quotation.sentences],
        "text": None if quotation.text is None else [quotation.text[start:end] for start, end in quotation.sentences],
        "rule": claim.rule,
        "extraction": claim.extraction,
        "confidence": claim.confidence,
        "reviewer": claim.reviewer,
        "reviewed_on": claim.reviewed_on,
    }  # fmt: skip


def _named(value: Named) -> dict[str, str] | str:
    return {"iri": value.iri, "name": value.name} if value.iri else value.name


def _names(values: tuple[Named, ...]) -> str:
    return ", ".join(value.name for value in values)


def _count(content: Mapping[str, tuple[Named, ...]], name: str) -> str:
    """At least 3; 10 to 20, most likely 12; 4."""
    low, best, high = (_names(content.get(f"{name}{bound}", ())) for bound in ("Low", "Best", "High"))
    if low and low == high:
        return low
    if low and high:
        return f"{low} to {high}" + (f", most likely {best}" if best else "")
    return f"at least {low}" if low else f"at most {high}" if high else f"about {best}"
