"""Invented documents in a few words, made into real claim records and described by the real stages.

A document is ``{"reported": "2024-05-12", "tells": [claim, …], "posts": {person: organization}, "within": {place: place}}``; a
claim names entities as ``Type:Name`` and times by first and last day::

    {"type": "attack", "actor": ["State:Norland"], "at": ["Place:Marlow"], "on": ["2024-05-10", "2024-05-10"], "deaths": [4, 4]}
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kg.coreference import Background, EventDescription, Sides, describe_events
from kg.iris import Minter
from kg.linking import Linker, Registry
from kg.records import CLAIM, Claim, Document
from kg.vocab import DEFAULT_BASE, PREFIXES, ROLES

ENTITIES = (
    "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
    + "@prefix : <http://e/> .\n"
    + ':norland a kg:State ; skos:prefLabel "Norland"@en ; kg:demonym "Norlandic"@en .\n'
    + ':sudmark a kg:State ; skos:prefLabel "Sudmark"@en ; kg:demonym "Sudmarkian"@en .\n'
    + ':velmar a kg:State ; skos:prefLabel "Velmar"@en ; kg:demonym "Velmari"@en .\n'
    + ':council a kg:DeFactoAuthority ; skos:prefLabel "Republic of the Fens"@en .\n'
    + ':norland-land a kg:Place ; skos:prefLabel "Norland"@en ; kg:territoryOf :norland .\n'
    + ':sudmark-land a kg:Place ; skos:prefLabel "Sudmark"@en ; kg:territoryOf :sudmark .\n'
    + ':fens a kg:Place ; skos:prefLabel "Fens"@en ; kg:territoryOf :council .\n'
)


def background(folder: Path) -> Background:
    """What is known beside the claims: the invented states."""
    path = folder / "entities.ttl"
    path.write_text(ENTITIES, encoding="utf-8")
    registry = Registry([path])
    return Background(Linker(registry, Minter(DEFAULT_BASE)), Sides(registry.polity), registry.is_country)


def describe(document: dict[str, Any], known: Background) -> list[EventDescription]:
    """Describe the events of a document; two documents that tell the same are two where their ``name`` differs."""
    digest = hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()
    about = Document(sha256=digest, publisher="Example Press", language="en", date=document.get("reported"))
    return list(describe_events(about, list(_claims(document, digest)), known))


def _claims(document: dict[str, Any], digest: str) -> Iterable[Claim]:
    number = 0
    for number, told in enumerate(document["tells"]):
        yield _claim(_event(told), number, digest, told)
    for person, organization in document.get("posts", {}).items():
        number += 1
        content = {"kind": "post", "person": _entity(person), "post": "minister", "organization": _entity(organization)}
        yield _claim(content, number, digest, {})
    for inner, outer in document.get("within", {}).items():
        number += 1
        content = {"kind": "relation", "subject": _entity(inner), "relation": "located-in", "object": _entity(outer)}
        yield _claim(content, number, digest, {})


def _claim(content: dict[str, Any], number: int, digest: str, told: dict[str, Any]) -> Claim:
    said = told.get("said-by")
    common = {
        "id": f"c{number}", "document": digest, "evidence": [[0, 9]], "restates": None,
        "claimant": _entity(said) if said else None, "cue": [0, 4] if said else None,
        "polarity": told.get("polarity", "affirmed"), "modality": told.get("modality", "factual"),
    }  # fmt: skip
    return CLAIM.validate_json(json.dumps(common | content))


def _event(told: dict[str, Any]) -> dict[str, Any]:
    return {
        "kind": "event", "event": told.get("event", "e1"), "type": told["type"],
        "roles": {role: [_entity(e) for e in told.get(role, ())] for role in ROLES},
        "location": [_entity(e) for e in told.get("at", ())], "territory": [_entity(e) for e in told.get("of", ())],
        "instrument": [], "deaths": _count(told.get("deaths")), "injured": _count(told.get("injured")),
        "time": _time(told.get("on")),
        "regarding": [thing if ":" not in thing else _entity(thing) for thing in told.get("about", ())],
    }  # fmt: skip


def _entity(named: str) -> dict[str, Any]:
    entity_type, _, name = named.partition(":")
    return {"text": name, "span": [0, len(name)], "name": name, "type": entity_type}


def _count(bounds: list[int | None] | None) -> dict[str, int | None] | None:
    return None if bounds is None else {"low": bounds[0], "best": None, "high": bounds[1]}


def _time(days: list[str | None] | None) -> dict[str, Any] | None:
    if days is None:
        return None
    return {"text": "then", "span": [0, 4], "edtf": None, "earliest": days[0], "latest": days[1]}
