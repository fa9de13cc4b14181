"""A graph of planted pairs of claims, each pair about an event or entities of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from kg.vocab import DEFAULT_BASE, project_prefixes

Case = dict[str, Any]

CASES: list[Case] = [
    json.loads(line) for line in Path(__file__).with_name("pairs.jsonl").read_text(encoding="utf-8").splitlines()
]
AGENTS: Final = {
    # each pair has states of its own, so that no two pairs meet
    "dravia": ("State", "Dravia{}"),
    "velmar": ("State", "Velmar{}"),
    "dravian-navy": ("ArmedForce", "Dravia{}n Navy"),
    "admiralty": ("GovernmentBody", "Admiralty of Dravia{}"),
    "front": ("ArmedGroup", "Highlands Front"),
    "press": ("MediaOrganization", "Example Press"),
    "wire": ("MediaOrganization", "Northern Wire"),
    "lorne": ("Person", "Ada Lorne"),
    "a-lorne": ("Person", "Adah Lorne"),
    "diaz": ("Person", "Sami Diaz"),
    "orsk": ("Person", "Lena Orsk"),
    "dockers": ("Group", "three dockers"),
}
POSTS: Final = {
    "foreign-minister": ("foreign-minister", "dravia"),
    "chef-de-la-diplomatie": ("foreign-minister", "dravia"),
    "foreign-minister-of-velmar": ("foreign-minister", "velmar"),
    "spokesman": ("spokesperson", "front"),
}
_CONCEPTS: Final = {"eventType", "relation", "polarity", "modality"}


def turtle(rule: str | None = None) -> str:
    """Write the graph of all pairs, or of those planted for one rule."""
    prefixes = project_prefixes(DEFAULT_BASE)
    lines = [f"@prefix {prefix}: <{space}> ." for prefix, space in prefixes.items()]
    lines += ['agent:press a kg:MediaOrganization ; skos:prefLabel "Example Press"@en .']
    for number, case in enumerate(CASES):
        if rule in (None, case["rule"]):
            lines += _entities(number)
            for side in ("one", "other"):
                lines += _claim(number, side, case[side])
    return "\n".join(lines)


def claim_iri(number: int, side: str) -> str:
    """The claim of a pair."""
    return f"{DEFAULT_BASE}id/claim/{number}-{side}"


def _entities(number: int) -> Iterator[str]:
    for name, (kind, label) in AGENTS.items():
        yield f'agent:{number}-{name} a kg:{kind} ; skos:prefLabel "{label.format(number)}"@en .'
    for name, (kind, organization) in POSTS.items():
        yield f'post:{number}-{name} rdfs:label "{name}"@en ; kg:postType kgt:{kind} ;'
        yield f"  org:postIn agent:{number}-{organization} ."
    # Lena Orsk speaks for Velmar
    yield f"<urn:orsk-{number}> kg:relation kgt:represents ; kg:subject agent:{number}-orsk ;"
    yield f"  kg:object agent:{number}-velmar ; kg:polarity kgt:affirmed ; kg:modality kgt:opinion ."


def _claim(number: int, side: str, told: dict[str, Any]) -> Iterator[str]:
    told = {"polarity": "affirmed", "modality": "factual", "issued": "2024-05-12", **told}
    claim, document = f"<{claim_iri(number, side)}>", f"doc:{number}-{side}"
    kind = "EventClaim" if "eventType" in told else "RelationClaim"
    kind = "PostHoldingClaim" if told.get("relation") == "holds-post" else kind
    yield f'{document} a kg:Document ; kg:sha256 "{number:064x}" ; dcterms:publisher agent:press ;'
    yield f'  dcterms:issued "{told.pop("issued")}" .'
    yield f'{claim} a kg:{kind} ; kg:statedIn {document} ; dcterms:identifier "{side}" .'
    yield f"{claim} kg:mainEvidence <{DEFAULT_BASE}id/doc/{number}-{side}#char=0,9> ."
    if kind == "EventClaim":
        yield f"{claim} kg:about event:{number} ."
    if told.pop("restates", False):
        yield f"{claim} kg:restates <urn:fuller> ."
    if bounds := told.pop("time", None):
        names = zip(("earliest", "latest"), bounds, ("T00:00:00Z", "T23:59:59Z"), strict=True)
        said = " ; ".join(f'kg:{name} "{day}{clock}"^^xsd:dateTime' for name, day, clock in names if day)
        yield f'{claim} kg:time <urn:time-{number}-{side}> . <urn:time-{number}-{side}> kg:timeExpression "then"@en ; {said} .'
    for name, values in told.items():
        for value in values if isinstance(values, list) else [values]:
            yield f"{claim} kg:{name} {_term(number, name, value)} ."


def _term(number: int, name: str, value: str | int) -> str:
    if isinstance(value, int):
        return str(value)
    if name in _CONCEPTS:
        return f"kgt:{value}"
    return f"{'post' if value in POSTS else 'agent' if value in AGENTS else 'place'}:{number}-{value}"
