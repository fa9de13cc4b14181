"""Invented corpora of any size: documents of about fifty claims of every kind, the same for the same seed.

The texts are made of templates whose slots give the spans, so that every passage is right; entities are known ones and
unknown ones, as in news.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.vocab import EVENT_TYPES, MODALITIES, RELATIONS

STATES = (
    "Armenia",
    "Azerbaijan",
    "Russia",
    "Ukraine",
    "France",
    "Turkey",
    "Iran",
    "Sudan",
    "Mali",
    "Israel",
    "Lebanon",
    "Syria",
)
PLACES = ("Nagorno-Karabakh", "Kharkiv", "Kherson", "Gao", "Goma", "Khartoum", "Rafah", "Aleppo", "Lachin", "Donetsk")
FIRST, LAST = (
    ("Ada", "Ivo", "Lena", "Omar", "Nadia", "Paul", "Rita", "Sami"),
    ("Lorne", "Brandt", "Keita", "Haddad", "Orlov", "Diaz"),
)
WEAPONS = ("artillery", "drones", "missiles", "mortars", "rifles")
CLAIMS_PER_DOCUMENT = 50


class _Text:
    """A text that grows, and tells where each piece stands."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0

    def add(self, words: str) -> list[int]:
        start = self.length
        self.parts.append(words)
        self.length += len(words)
        return [start, self.length]


def _entity(text: _Text, words: str, entity_type: str) -> dict[str, Any]:
    return {"text": words, "span": text.add(words), "name": words, "type": entity_type}


def _event(text: _Text, draw: random.Random, number: int, fields: dict[str, Any]) -> None:
    start = text.length
    actor = _entity(text, draw.choice(STATES), "State")
    text.add(" struck ")
    recipient = _entity(text, draw.choice(STATES), "State")
    text.add(" with ")
    weapon = draw.choice(WEAPONS)
    text.add(weapon)
    text.add(" near ")
    place = _entity(text, draw.choice(PLACES), "Place")
    text.add(" on ")
    day = f"2024-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
    time = {"text": day, "span": text.add(day), "edtf": day, "earliest": day, "latest": day}
    deaths = draw.choice([None, {"low": (n := draw.randint(1, 40)), "best": n, "high": n}])
    roles: dict[str, list[Any]] = {
        "actor": [actor],
        "recipient": [recipient],
        "victim": [],
        "participant": [],
        "mediator": [],
    }
    fields |= {
        "kind": "event", "event": f"e{number}", "type": draw.choice(EVENT_TYPES), "roles": roles, "location": [place],
        "territory": [], "instrument": [weapon], "deaths": deaths, "injured": None, "time": time, "regarding": [],
        "evidence": [[start, text.length]],
    }  # fmt: skip


def _relation(text: _Text, draw: random.Random, fields: dict[str, Any]) -> None:
    start = text.length
    subject = _entity(text, draw.choice(STATES), "State")
    text.add(" stands beside ")
    other = _entity(text, draw.choice(STATES), "State")
    fields |= {"kind": "relation", "subject": subject, "relation": draw.choice(RELATIONS), "object": other, "time": None,
               "evidence": [[start, text.length]]}  # fmt: skip


def _post(text: _Text, draw: random.Random, fields: dict[str, Any]) -> None:
    start = text.length
    text.add("foreign minister ")
    person = _entity(text, f"{draw.choice(FIRST)} {draw.choice(LAST)}", "Person")
    text.add(" of ")
    state = _entity(text, draw.choice(STATES), "State")
    fields |= {"kind": "post", "person": person, "post": "foreign minister", "organization": state, "time": None,
               "evidence": [[start, text.length]]}  # fmt: skip


def _stance(text: _Text, draw: random.Random, fields: dict[str, Any]) -> None:
    start = text.length
    text.add("“")
    quote = text.add(f"our patience has {draw.randint(2, 999)} limits")
    text.add("”")
    fields |= {"kind": "stance", "quote": quote, "direct": True, "regarding": [], "evidence": [[start, text.length]]}


def document(number: int, seed: int = 0) -> tuple[str, list[dict[str, Any]]]:
    """Return the text and the claim records of one document."""
    draw = random.Random(f"{seed}/{number}")  # noqa: S311 - a benchmark's corpus, not a secret
    text = _Text()
    text.add(f"Report {number}.\n\n")
    claims: list[dict[str, Any]] = []
    for n in range(1, CLAIMS_PER_DOCUMENT + 1):
        fields: dict[str, Any] = {}
        kind = draw.choices(("event", "relation", "post", "stance"), (35, 7, 4, 4))[0]
        if kind == "event":
            _event(text, draw, n, fields)
        else:
            {"relation": _relation, "post": _post, "stance": _stance}[kind](text, draw, fields)
        claimant, cue = None, None
        if kind == "stance" or draw.random() < 0.5:
            text.add(", ")
            begin = text.length
            claimant = _entity(text, f"{draw.choice(FIRST)} {draw.choice(LAST)}", "Person")
            text.add(" said")
            cue = [begin, text.length]
        text.add(".\n" if n % 5 else ".\n\n")
        modality = "opinion" if kind == "stance" else draw.choice(MODALITIES)
        polarity = "denied" if draw.random() < 0.1 else "affirmed"
        claims.append({"id": f"c{n}", "document": "", "claimant": claimant, "cue": cue, "polarity": polarity,
                       "modality": modality, "restates": None, **fields})  # fmt: skip
    whole = "".join(text.parts)
    digest = hashlib.sha256(whole.encode("utf-8")).hexdigest()
    for claim in claims:
        claim["document"] = digest
    return whole, claims


def write_project(folder: Path, documents: int, seed: int = 0) -> Path:
    """Write a project with so many reports and their claim files; returns its folder."""
    reports = folder / "reports"
    reports.mkdir(parents=True, exist_ok=True)
    (folder / "kg.toml").write_text("[project]\n", encoding="utf-8")
    front = '---\ntitle: "Report"\npublisher: "Example Press"\ndate: 2024-12-31\nlanguage: en\n---\n'
    for number in range(documents):
        text, claims = document(number, seed)
        (reports / f"r{number:06}.md").write_text(front + text, encoding="utf-8", newline="\n")
        lines = "".join(json.dumps(claim, ensure_ascii=False) + "\n" for claim in claims)
        (reports / f"r{number:06}.claims.jsonl").write_text(lines, encoding="utf-8", newline="\n")
    return folder


def records(documents: int, seed: int = 0) -> Iterator[list[dict[str, Any]]]:
    """Yield the records of each document."""
    for number in range(documents):
        yield document(number, seed)[1]
