"""kg why: on what a claim, an event or an entity of the graph rests."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.accounts import (
    LEGEND,
    as_json,
    attitude_line,
    content_line,
    document_line,
    passage_lines,
)
from kg.cli.console import Settings, printable, write, write_json

if TYPE_CHECKING:
    from kg.explanation import ClaimAccount, Conformance, EntityAccount, EventAccount, Graph, Texts

EPILOG = """\b
Examples:
  kg why 2d075536bbd17b9f/c2                     a claim, by the id of its record
  kg why claim:2d075536bbd17b9f/f946437965dd     a claim, as kg query prints it
  kg why event:2d075536bbd17b9f/e2               an event, or 2d075536bbd17b9f/e2
  kg why agent:armenia --format json             an entity

\b
A claim: its words in their sentences, claimant, relay, document, polarity, modality, the rule that found it, its reviewer, the
shapes that it satisfies. An event: all claims about it, by document, and why the documents are taken to tell of one. An
entity: where it is mentioned, by which spellings. A claim that a build set aside is shown with what was wrong.
Exit status 2: there is no such thing.
"""


@click.command(epilog=EPILOG)
@click.argument("name", metavar="IRI|NAME|DOCUMENT/ID")
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", help="How to write the answer.")
@click.pass_obj
def why(settings: Settings, *, name: str, style: str) -> None:
    """Say on what a claim, an event or an entity of the graph rests."""
    from kg.errors import UsageError
    from kg.explanation import Merges, Texts, find_thing, open_graph, read_entity, read_event

    project = settings.find_project()
    merges, texts = Merges(project.out / "merges.jsonl"), Texts(project)
    with open_graph(project) as graph:
        try:
            thing = find_thing(graph, name, merges)
        except UsageError:
            rejected = list(_rejected(project.out / "rejected.jsonl", name))
            if not rejected:
                raise
            _show(style, rejected, _tell_rejected(rejected))
            return
        if thing.kind == "claim":
            _show_claim(graph, thing.iri, texts, style)
        elif thing.kind == "event":
            event = read_event(graph, thing.iri, merges)
            _show(style, _event_json(event, texts, graph), _tell_event(event, texts, graph))
        else:
            entity = read_entity(graph, thing.iri)
            _show(style, _entity_json(entity), _tell_entity(entity, graph))


def _show(style: str, value: Any, lines: Iterable[str]) -> None:
    if style == "json":
        write_json(value)
    else:
        write("\n".join(lines))


# --------------------------------------------------------------------------- a claim


def _show_claim(graph: Graph, iri: str, texts: Texts, style: str) -> None:
    from kg.explanation import check_claim, read_accounts

    (claim,) = read_accounts(graph, [iri])
    conformance = check_claim(graph, claim)
    value = as_json(claim, texts, graph) | {
        "shapes": list(conformance.satisfied),
        "findings": [
            {"check": f.check, "severity": f.severity, "en": f.message_en, "fr": f.message_fr}
            for f in conformance.findings
        ],
    }
    _show(style, value, _tell_claim(claim, conformance, texts, graph))


def _tell_claim(claim: ClaimAccount, conformance: Conformance, texts: Texts, graph: Graph) -> Iterator[str]:
    quotation = texts.quote(claim.document.sha256, claim.passages, claim.cue)
    rows = [
        ("claim", f"{graph.short(claim.iri)} ({claim.id})"),
        ("says", content_line(claim)),
        ("held", attitude_line(claim)),
        ("claimant", f"{claim.claimant.name}, {graph.short(claim.claimant.iri)}"),
        ("event", graph.short(claim.event) if claim.event else None),
        ("document", document_line(claim.document)),
        ("restates", graph.short(claim.restates) if claim.restates else None),
        ("rule", claim.rule),
        ("extraction", f"{claim.extraction}" + (f", confidence {claim.confidence}" if claim.confidence else "")),
        ("reviewer", f"{claim.reviewer}, {claim.reviewed_on}" if claim.reviewer else "none"),
        ("shapes", "satisfies " + ", ".join(shape.rpartition("#")[2] for shape in conformance.satisfied)),
    ]
    yield from (f"{name:<10} {printable(value)}" for name, value in rows if value)
    yield from (f"{f.severity:<10} {printable(f.message_en)}" for f in conformance.findings)
    yield "passage"
    yield from passage_lines(quotation, indent="  ")
    if quotation.text is not None:
        yield f"  {LEGEND}"


# --------------------------------------------------------------------------- an event


def _tell_event(event: EventAccount, texts: Texts, graph: Graph) -> Iterator[str]:
    by_document = [(key, list(claims)) for key, claims in groupby(event.claims, key=lambda claim: claim.document)]
    yield f"event      {graph.short(event.iri)}" + (f" ({printable(event.label)})" if event.label else "")
    yield f"told by    {_counted(len(by_document), 'document')} in {_counted(len(event.claims), 'claim')}"
    for document, claims in by_document:
        yield ""
        yield document_line(document)
        for claim in claims:
            yield f"  {graph.short(claim.iri)} ({printable(claim.id)})"
            yield f"    {content_line(claim)}"
            yield f"    {attitude_line(claim)}"
            yield from passage_lines(texts.quote(document.sha256, claim.passages, claim.cue), indent="    ")
    yield ""
    yield f"one event of {len(event.members)} documents" if event.merges else "of one document: nothing was merged"
    for record in event.merges:
        yield from _tell_merge(record)
    for record in event.apart:
        yield f"left apart: {', '.join(record['events'])}"
        yield f"  reviewed as {record['verdict']}, line {record['line']}{_said(record)}"


def _tell_merge(record: Mapping[str, Any]) -> Iterator[str]:
    yield f"  {' = '.join(record['events'])}"
    if record["source"] == "review":
        yield f"    reviewed, line {record['line']}{_said(record)}"
        return
    yield f"    by rule, {record['score']} points of {record['threshold']} needed ({record['profile']})"
    for reason in record["reasons"]:
        values = f": {', '.join(map(_tail, reason['values']))}" if reason["values"] else ""
        yield printable(f"    {reason['points']:+d} {reason['en']}{values}")


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _tail(value: str) -> str:
    """The part of an IRI that tells it from others."""
    return value.partition("/id/")[2] or value


def _said(record: Mapping[str, Any]) -> str:
    said = [record[name] for name in ("reviewer", "note") if record.get(name)]
    return printable(f" ({'; '.join(said)})") if said else ""


def _event_json(event: EventAccount, texts: Texts, graph: Graph) -> dict[str, Any]:
    return {
        "iri": event.iri,
        "name": graph.short(event.iri),
        "label": event.label,
        "members": list(event.members),
        "claims": [as_json(claim, texts, graph) for claim in event.claims],
        "merges": list(event.merges),
        "apart": list(event.apart),
    }


# --------------------------------------------------------------------------- an entity


def _tell_entity(entity: EntityAccount, graph: Graph) -> Iterator[str]:
    total = sum(len(mentions.passages) for mentions in entity.mentions)
    yield f"entity     {graph.short(entity.iri)} ({', '.join(entity.types)})"
    yield f"names      {printable(', '.join(entity.names))}"
    if entity.matches:
        yield f"matches    {', '.join(map(graph.short, entity.matches))}"
    if entity.roles:
        yield "claims     " + ", ".join(f"{count} {role}" for role, count in entity.roles.items())
    yield f"mentioned  {_counted(total, 'time')} in {_counted(len(entity.mentions), 'document')}"
    if entity.spellings:
        yield "spellings  " + printable(", ".join(f"{words} ({count})" for words, count in entity.spellings.items()))
    for mentions in entity.mentions:
        yield f"  {mentions.key}, {mentions.date or 'undated'}"
        for (start, end), words in zip(mentions.passages, mentions.words, strict=True):
            yield f"    {start}-{end}" + (f"  {printable(' '.join(words.split()))}" if words else "")


def _entity_json(entity: EntityAccount) -> dict[str, Any]:
    return {
        "iri": entity.iri,
        "types": list(entity.types),
        "names": list(entity.names),
        "matches": list(entity.matches),
        "spellings": dict(entity.spellings),
        "roles": dict(entity.roles),
        "mentions": [
            {"document": m.document, "date": m.date, "passages": [list(p) for p in m.passages], "words": list(m.words)}
            for m in entity.mentions
        ],
    }


# --------------------------------------------------------------------------- what was set aside


def _rejected(path: Path, name: str) -> Iterator[dict[str, Any]]:
    """Yield what a build set aside under this ``DOCUMENT/ID``."""
    document, _, identifier = name.partition("/")
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        item: dict[str, Any] = json.loads(line)
        try:
            record = json.loads(item["raw"])
        except ValueError:
            continue
        if not isinstance(record, dict) or record.get("id") != identifier:
            continue
        if len(document) >= 16 and str(record.get("document", "")).startswith(document):
            yield item


def _tell_rejected(items: Iterable[dict[str, Any]]) -> Iterator[str]:
    for item in items:
        yield f"not in the graph: set aside by the last build, {printable(item['file'])}:{item['line']}"
        for finding in item["findings"]:
            field = f"{finding['path']}: " if finding["path"] else ""
            yield printable(f"  {finding['severity']}: {field}{finding['message_en']}")
