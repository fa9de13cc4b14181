"""A small report of ours, and what a model could say of it."""

from __future__ import annotations

import hashlib
from typing import Any

from kg.records import Report

SENTENCES = (
    "The army of Ukraine shelled the port of Berdiansk on Monday, killing at least three soldiers.",
    "Russia’s defence ministry accused Ukraine of breaking the truce.",
    "“We fired at nobody,” the Ukrainian general staff said, and the Kremlin said nothing.",
    "In Ankara, the two sides are to meet on 12 June, and the two sides will bring their lawyers.",
)
"""Numbered 1 to 4."""


def report(*sentences: str, date: str | None = "2024-05-15") -> Report:
    """The report of these sentences (default: `SENTENCES`), dated a Wednesday."""
    text = "\n\n".join(sentences or SENTENCES) + "\n"
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Report(text=text, sha256=digest, path="small.txt", publisher="Example Press", date=date, language="en")


def attack(**changes: Any) -> dict[str, Any]:
    """A right claim about the first sentence, with changes; a change to None takes the field away."""
    claim: dict[str, Any] = {
        "id": "c1",
        "kind": "event",
        "sentence": 1,
        "evidence": [{"quote": SENTENCES[0][:-1]}],
        "polarity": "affirmed",
        "modality": "factual",
        "event": "e1",
        "type": "attack",
        "actor": [{"quote": "army of Ukraine", "name": "Ukrainian Armed Forces", "type": "ArmedForce"}],
        "victim": [{"quote": "three soldiers", "name": "three soldiers", "type": "Group"}],
        "location": [{"quote": "Berdiansk", "name": "Berdiansk", "type": "Place"}],
        "deaths": {"quote": "at least three"},
        "time": {"quote": "on Monday"},
    }
    return {name: value for name, value in (claim | changes).items() if value is not None}


def accusation(**changes: Any) -> dict[str, Any]:
    """A right claim about the second sentence, with changes."""
    claim: dict[str, Any] = {
        "id": "c2",
        "kind": "event",
        "sentence": 2,
        "evidence": [{"quote": SENTENCES[1][:-1].replace("’", "'")}],
        "polarity": "affirmed",
        "modality": "factual",
        "event": "e2",
        "type": "accusation",
        "actor": [
            {"quote": "Russia's defence ministry", "name": "Ministry of Defence of Russia", "type": "GovernmentBody"}
        ],
        "recipient": [{"quote": "Ukraine", "name": "Ukraine", "type": "State"}],
    }
    return {name: value for name, value in (claim | changes).items() if value is not None}
