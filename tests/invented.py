"""An invented report and its claims, for tests that need a small whole: every span is found in the text, none is counted."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from kg.records import CLAIM, Claim, Document

TEXT = """Two soldiers were killed on Friday near Kalvar, the defence ministry of Ruritania said.

"The border is quiet," army spokeswoman Ada Lorne told reporters. Strelsau disputes the Kalvar ridge.
"""
DIGEST = hashlib.sha256(TEXT.encode()).hexdigest()
DOCUMENT = Document(sha256=DIGEST, publisher="Example Press", language="en", date="2024-05-12", text=TEXT)


def span(words: str, occurrence: int = 0) -> list[int]:
    """Where the words stand in `TEXT`."""
    start = -1
    for _ in range(occurrence + 1):
        start = TEXT.index(words, start + 1)
    return [start, start + len(words)]


def entity(words: str, entity_type: str, name: str | None = None, occurrence: int = 0) -> dict[str, Any]:
    """A mention of an entity, by its words."""
    return {"text": words, "span": span(words, occurrence), "name": name or words, "type": entity_type}


def record(kind: str, number: int, passage: str, /, **fields: Any) -> dict[str, Any]:
    """A claim record with the common fields filled in; `fields` add and replace."""
    common = {
        "id": f"c{number}",
        "document": DIGEST,
        "kind": kind,
        "evidence": [span(passage)],
        "claimant": None,
        "cue": None,
        "polarity": "affirmed",
        "modality": "factual",
        "restates": None,
    }
    return common | fields


def attack(**fields: Any) -> dict[str, Any]:
    """The event claim: two soldiers killed, as the ministry says."""
    content = {
        "claimant": entity("the defence ministry of Ruritania", "GovernmentBody", "Ministry of Defence of Ruritania"),
        "cue": span("the defence ministry of Ruritania said"),
        "event": "e1",
        "type": "attack",
        "roles": {
            "actor": [],
            "recipient": [],
            "victim": [entity("Two soldiers", "Group", "two soldiers")],
            "participant": [],
            "mediator": [],
        },
        "location": [entity("Kalvar", "Place")],
        "territory": [],
        "instrument": [],
        "deaths": {"low": 2, "best": 2, "high": 2},
        "injured": None,
        "time": {
            "text": "on Friday",
            "span": span("on Friday"),
            "edtf": "2024-05-10",
            "earliest": "2024-05-10",
            "latest": "2024-05-10",
        },
        "regarding": [],
    }
    return record("event", 1, "Two soldiers were killed on Friday near Kalvar", **(content | fields))


def stance(**fields: Any) -> dict[str, Any]:
    """The quotation."""
    content = {
        "claimant": entity("Ada Lorne", "Person"),
        "cue": span("army spokeswoman Ada Lorne told reporters"),
        "modality": "opinion",
        "quote": span("The border is quiet"),
        "direct": True,
        "regarding": [],
    }
    return record("stance", 2, "The border is quiet", **(content | fields))


def post(**fields: Any) -> dict[str, Any]:
    """The post-holding claim."""
    content = {
        "modality": "presupposed",
        "person": entity("Ada Lorne", "Person"),
        "post": "army spokeswoman",
        "organization": entity("army", "ArmedForce", "Army of Ruritania"),
    }
    return record("post", 3, "army spokeswoman Ada Lorne", **(content | fields))


def relation(**fields: Any) -> dict[str, Any]:
    """The relation claim."""
    content = {
        "subject": entity("Strelsau", "State", "Ruritania"),
        "relation": "disputes",
        "object": entity("the Kalvar ridge", "Place", "Kalvar ridge"),
    }
    return record("relation", 4, "Strelsau disputes the Kalvar ridge", **(content | fields))


def records() -> list[dict[str, Any]]:
    """One claim of each kind."""
    return [attack(), stance(), post(), relation()]


def claims() -> list[Claim]:
    """One claim of each kind, read."""
    return [claim(r) for r in records()]


def claim(value: dict[str, Any]) -> Claim:
    """Read one record."""
    return CLAIM.validate_json(json.dumps(value))


def lines(values: list[dict[str, Any]]) -> str:
    """Write records as JSON Lines."""
    return "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values)
