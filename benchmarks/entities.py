"""Entities and relations of re3d (dstl/re3d, English reports on Syria and Iraq): what we find of them.

    python -m benchmarks.entities FOLDER [--show] [--part NAME]

The folder holds a folder for each source with ``documents.json``, ``entities.json`` and ``relations.json``. Entities:
a mention and a gold entity of one kind (re3d's Organisation is any party of ours) match *exactly* where their spans
are equal but for an article, and *overlap* where they share half of the shorter; *any kind* is overlap with a mention
of whatever kind. Precision counts mentions of a kind that overlap a gold entity of that kind (*party/place*: re3d's
Organisation and Location taken for one). Pronouns are marked by re3d in part: our own are left out.

Relations: re3d marks pairs within a sentence under guidelines of its own: "we" and what a party owns (tanks,
positions) too. *Found* counts the gold pairs for which some claim of ours ties both, *alike* those where its type
corresponds (`ALIKE`). Its attributes (numbers) and synonyms are no relations of ours. The last line counts our
relations and posts, and how many of them are pairs of re3d: no precision, since re3d leaves out what other sentences
say.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.evaluation.matching import has_overlap
from kg.extraction import extract
from kg.extraction.mentions import Mention, Mentions
from kg.extraction.recognition import find_mentions
from kg.language import analyze
from kg.records import Claim, Entity, EventClaim, PostClaim, RelationClaim, Report, Span
from kg.vocab import ROLES

HALF = 50
PARTIES = frozenset(
    (
        "State", "DeFactoAuthority", "GovernmentBody", "ArmedForce", "ArmedGroup", "InternationalOrganization", "Organization",
        "MediaOrganization", "Group",
    )
)  # fmt: skip
KINDS = ("Organisation", "Location", "Person", "Nationality")
ALIKE = {
    "AlliesOf": ("allied-with", "supports", "member-of"),
    "BelongsTo": ("member-of", "part-of", "post", "represents"),
    "CoLocated": ("located-in", "controls", "event"),
    "CommWith": ("supports", "allied-with", "event"),
    "Dislikes": ("opposes", "event"),
    "FightingAgainst": ("opposes", "event"),
    "InChargeOf": ("post", "controls", "represents"),
    "Likes": ("supports", "allied-with", "event"),
}


@dataclass(frozen=True, slots=True)
class Document:
    """One text with what re3d marks in it: entities as span and kind, relations as kind and both spans."""

    text: str
    entities: tuple[tuple[Span, str], ...]
    relations: tuple[tuple[str, Span, Span], ...]


def read_documents(folder: Path, part: str | None) -> Iterator[Document]:
    """Yield the documents of the sources of a folder."""
    for source in sorted(path for path in folder.iterdir() if path.is_dir() and part in (None, path.name)):
        entities: dict[str, list[tuple[Span, str]]] = defaultdict(list)
        for row in _rows(source / "entities.json"):
            entities[row["documentId"]].append(((row["begin"], row["end"]), row["type"]))
        relations: dict[str, list[tuple[str, Span, Span]]] = defaultdict(list)
        for row in _rows(source / "relations.json"):
            ends = (row["sourceBegin"], row["sourceEnd"]), (row["targetBegin"], row["targetEnd"])
            relations[row["documentId"]].append((row["type"], *ends))
        for row in _rows(source / "documents.json"):
            key = row["_id"]
            yield Document(row["text"], tuple(entities[key]), tuple(relations[key]))


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    yield from (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())


# --------------------------------------------------------------------------- entities


def kinds_of(mention: Mention) -> set[str]:
    """The kinds of re3d that a mention can be."""
    if mention.kind == "pronoun":
        return set()
    if mention.kind == "demonym":
        return {"Nationality"}
    found = set()
    if mention.type == "Place" or (mention.kind in ("name", "capital") and mention.as_place()):
        found.add("Location")
    if mention.type in PARTIES or mention.kind in ("capital", "seat"):
        found.add("Organisation")
    if mention.type == "Person" or (mention.type == "Group" and mention.number == "Sing"):
        found.add("Person")
    return found


def trimmed(text: str, span: Span) -> Span:
    """The span without an article in front."""
    start, end = span
    for article in ("the ", "a ", "an "):
        if text[start:end].lower().startswith(article):
            return start + len(article), end
    return span


def measure_entities(document: Document, mentions: Mentions, counts: Counter[tuple[str, str]], *, show: bool) -> None:
    """Count gold entities found and mentions that are right, by kind."""
    spans = {kind: [m.span for m in mentions if kind in kinds_of(m)] for kind in KINDS}
    for kind in KINDS:
        gold = [span for span, named in document.entities if named == kind]
        exact = {trimmed(document.text, span) for span in spans[kind]}
        for span in gold:
            counts[kind, "gold"] += 1
            counts[kind, "exact"] += trimmed(document.text, span) in exact
            is_found = any(has_overlap(span, other, HALF) for other in spans[kind])
            counts[kind, "overlap"] += is_found
            counts[kind, "any"] += is_found or any(has_overlap(span, m.span, HALF) for m in mentions)
            if show and not is_found:
                print(f"  missed {kind:<13}{document.text[slice(*span)]!r} in {_around(document.text, span)!r}")
    for mention in mentions:
        for kind in kinds_of(mention):
            counts[kind, "mentions"] += 1
            same = [span for span, named in document.entities if named == kind]
            wider = same + [s for s, named in document.entities if {kind, named} == {"Organisation", "Location"}]
            counts[kind, "right"] += any(has_overlap(span, mention.span, HALF) for span in same)
            counts[kind, "near"] += any(has_overlap(span, mention.span, HALF) for span in wider)


def _around(text: str, span: Span) -> str:
    return " ".join(text[max(0, span[0] - 30) : span[1] + 30].split())


# --------------------------------------------------------------------------- relations


def ties_of(claim: Claim) -> Iterator[tuple[str, Entity, Entity]]:
    """The pairs that a claim ties."""
    if isinstance(claim, RelationClaim):
        yield claim.relation, claim.subject, claim.object
    elif isinstance(claim, PostClaim) and claim.organization is not None:
        yield "post", claim.person, claim.organization
    elif isinstance(claim, EventClaim):
        parties = [entity for role in ROLES for entity in getattr(claim.roles, role)]
        parties += [*claim.location, *claim.territory]
        yield from (("event", one, other) for one in parties for other in parties if one is not other)


def measure_relations(document: Document, claims: list[Claim], counts: Counter[tuple[str, str]], *, show: bool) -> None:
    """Count the pairs of re3d that claims of ours tie."""
    ties = [tie for claim in claims for tie in ties_of(claim)]
    for kind, source, target in document.relations:
        if kind not in ALIKE:
            continue
        found = {name for name, one, other in ties if _is_pair((source, target), one, other)}
        counts[kind, "gold"] += 1
        counts[kind, "found"] += bool(found)
        counts[kind, "alike"] += bool(found & set(ALIKE[kind]))
        if show and not found:
            print(f"  {kind:<16}{document.text[slice(*source)]!r} – {document.text[slice(*target)]!r}")
    for name, one, other in ties:
        if name != "event":
            counts["ours", "claims"] += 1
            counts["ours", "pairs"] += any(_is_pair((s, t), one, other) for _, s, t in document.relations)


def _is_pair(spans: tuple[Span, Span], one: Entity, other: Entity) -> bool:
    return any(
        has_overlap(first, one.span, HALF) and has_overlap(second, other.span, HALF)
        for first, second in (spans, spans[::-1])
    )


def report_of(text: str) -> Report:
    """A text as a report without a date."""
    return Report(text=text, sha256=hashlib.sha256(text.encode()).hexdigest(), path="re3d", language="en")


def show_counts(entities: Counter[tuple[str, str]], relations: Counter[tuple[str, str]]) -> None:
    """Print both tables."""
    titles = {"gold": 6, "exact": 8, "overlap": 9, "any kind": 10, "mentions": 10, "precision": 11, "party/place": 13}
    print(f"{'entities':<17}" + "".join(f"{title:>{width}}" for title, width in titles.items()))
    for kind in KINDS:
        row = {name: entities[kind, name] for name in ("gold", "exact", "overlap", "any", "mentions", "right", "near")}
        recall = "".join(
            f"{row[name] / max(1, row['gold']):{width}.1%}"
            for name, width in (("exact", 8), ("overlap", 9), ("any", 10))
        )
        precision = f"{row['right'] / max(1, row['mentions']):11.1%}{row['near'] / max(1, row['mentions']):13.1%}"
        print(f"{kind:<17}{row['gold']:>6}{recall}{row['mentions']:>10}{precision}")
    print(f"\n{'relations':<17}{'gold':>6}{'found':>8}{'alike':>9}")
    for kind in sorted(ALIKE):
        gold = relations[kind, "gold"]
        shares = (relations[kind, name] / max(1, gold) for name in ("found", "alike"))
        print(f"{kind:<17}{gold:>6}" + "".join(f"{share:9.1%}" for share in shares))
    print(
        f"our relations and posts: {relations['ours', 'claims']}, of which pairs of re3d: {relations['ours', 'pairs']}"
    )


def main() -> None:
    """Measure what the command line names."""
    parser = argparse.ArgumentParser(description="entities and relations against re3d")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--part", help="only this source")
    parser.add_argument("--show", action="store_true", help="list what is missed")
    options = parser.parse_args()
    entities: Counter[tuple[str, str]] = Counter()
    relations: Counter[tuple[str, str]] = Counter()
    documents = list(read_documents(options.folder, options.part))
    assert documents, "no document was found"
    for document in documents:
        analysis = analyze(document.text, "en")
        measure_entities(document, find_mentions(analysis), entities, show=options.show)
        claims = list(extract(report_of(document.text), analysis))
        measure_relations(document, claims, relations, show=options.show)
    show_counts(entities, relations)


if __name__ == "__main__":
    main()
