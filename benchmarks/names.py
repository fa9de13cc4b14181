"""Who and where: the mentions that `kg.extraction` finds against the entities of gold claims.

    python -m benchmarks.names --gold FOLDER... [--re3d FOLDER] [--show]

A gold folder holds reports ``NAME.md`` with their ``NAME.claims.jsonl``. Each entity of the claims counts once for each
passage and name. It is *found* where a mention shares half of the shorter of both spans, *close* where half of the union,
and then its *type* and its *name* (normalised) are right where those of one of its referents are. *Echo* is the share of
passages whose name is the one that most passages of the same gold name have: two names for one entity tear it apart.
Posts: the same person, and the same organization or none, as claims are scored. *Extra* mentions share half with no gold
entity: gold claims do not name all that a text names, so that they are a hint, no error.

``--re3d`` takes the folder of the re3d corpus (dstl/re3d): English reports on Syria and Iraq with entities of their own
guidelines; how many of its entities a mention overlaps, by type.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.analysis import Analysis
from kg.claims import read_claims
from kg.evaluation.matching import has_overlap, has_union_ratio, normalise
from kg.extraction.mentions import Mention, Mentions, Referent
from kg.extraction.names.gazetteer import load_gazetteer
from kg.extraction.recognition import find_mentions
from kg.language import analyze
from kg.records import Claim, Entity, EventClaim, PostClaim, RelationClaim, Report
from kg.sources import read_reports

HALF = 50
FAMILIES = {
    "persons": ("Person",),
    "states": ("State", "DeFactoAuthority"),
    "bodies": (
        "GovernmentBody", "ArmedForce", "ArmedGroup", "InternationalOrganization", "Organization", "MediaOrganization",
    ),
    "groups": ("Group",),
    "places": ("Place",),
}  # fmt: skip


def entities(claim: Claim) -> Iterator[Entity]:
    """All entities of a claim."""
    if claim.claimant is not None:
        yield claim.claimant
    if isinstance(claim, EventClaim):
        for role in ("actor", "recipient", "victim", "participant", "mediator"):
            yield from getattr(claim.roles, role)
        yield from claim.location
        yield from claim.territory
        yield from (entity for entity in claim.regarding if isinstance(entity, Entity))
    elif isinstance(claim, RelationClaim):
        yield from (claim.subject, claim.object)
    elif isinstance(claim, PostClaim):
        yield claim.person
        if claim.organization is not None:
            yield claim.organization
    else:
        yield from (entity for entity in claim.regarding if isinstance(entity, Entity))


def gold_files(folders: list[Path]) -> Iterator[tuple[Report, tuple[Claim, ...]]]:
    """The reports of the folders that have claims, with them."""
    for folder in folders:
        for path in sorted(folder.glob("*.md")):
            claims = path.with_name(f"{path.stem}.claims.jsonl")
            if claims.exists():
                yield next(iter(read_reports(path))), read_claims(claims).claims


class Tally:
    """What is counted of one family of entities."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    def line(self, name: str) -> str:
        """One line of the table."""
        total = self.counts["gold"]
        shares = (
            f"{self.counts[key] / total:7.1%}" if total else "      –" for key in ("found", "close", "type", "name")
        )
        return f"{name:<10}{total:>6}{''.join(shares)}"


def measure(cases: list[tuple[Report, tuple[Claim, ...], Analysis]], *, show: bool) -> None:
    """Print the figures of all cases."""
    tallies = {name: Tally() for name in (*FAMILIES, "pronouns", "all")}
    posts: Counter[str] = Counter()
    echoes: Counter[str] = Counter()
    extra = total = 0
    for report, claims, analysis in cases:
        mentions = find_mentions(analysis)
        gold = list({(e.span, e.name, e.type): e for claim in claims for e in entities(claim)}.values())
        named: dict[str, list[str]] = defaultdict(list)
        for entity in sorted(gold, key=lambda e: e.span):
            _measure_entity(entity, mentions, tallies, named, show=show)
        for names in named.values():
            if len(names) > 1:
                echoes["gold"] += len(names)
                echoes["right"] += Counter(names).most_common(1)[0][1] if any(names) else 0
        for mention in mentions:
            total += 1
            if not any(has_overlap(mention.span, e.span, HALF) for e in gold):
                extra += 1
                if show:
                    print(f"  extra   {report.path} {mention.span} {mention.text!r} {mention.type} {mention.kind}")
        _measure_posts(claims, mentions, posts, show=show)
    print(f"{'':<10}{'gold':>6}{'found':>7}{'close':>7}{'type':>7}{'name':>7}")
    for name, tally in tallies.items():
        print(tally.line(name))
    if echoes["gold"]:
        print(f"echo {echoes['right'] / echoes['gold']:.1%} of {echoes['gold']}")
    print(f"posts: gold {posts['gold']}, found {posts['system']}, right {posts['right']}, F1 {_f1(posts):.3f}")
    print(f"mentions {total}, of which {extra} extra")


def _measure_entity(
    entity: Entity, mentions: Mentions, tallies: dict[str, Tally], named: dict[str, list[str]], *, show: bool
) -> None:
    family = next(name for name, types in FAMILIES.items() if entity.type in types)
    counters = [tallies["all"].counts, tallies[family].counts]
    if len(entity.text) < 7 and entity.text.islower():
        counters.append(tallies["pronouns"].counts)
    over = [i for i, m in enumerate(mentions) if has_overlap(m.span, entity.span, HALF)]
    close = [i for i in over if has_union_ratio(mentions[i].span, entity.span, HALF)]
    referents = [r for i in close for r in _referents(mentions, i)]
    wanted = normalise(entity.name)
    is_right = {
        "gold": True,
        "found": bool(over),
        "close": bool(close),
        "type": any(r.type == entity.type for r in referents),
        "name": any(normalise(r.name) == wanted for r in referents),
    }
    for counter in counters:
        counter.update(key for key, value in is_right.items() if value)
    right = next((r.name for r in referents if normalise(r.name) == wanted), referents[0].name if referents else "")
    named[entity.name].append(right)
    if show and not all(is_right.values()):
        missing = next(key for key, value in is_right.items() if not value)
        got = [(mentions[i].text, [r.name for r in _referents(mentions, i)], mentions[i].type) for i in over]
        print(f"  {missing:<7} {entity.span} {entity.text!r} = {entity.name} ({entity.type}); got {got}")


def _referents(mentions: Mentions, index: int) -> tuple[Referent, ...]:
    mention: Mention = mentions[index]
    readings = [*mention.referents, *(r for r in (mention.place, mention.party) if r is not None)]
    return tuple(dict.fromkeys(readings))


def _measure_posts(claims: tuple[Claim, ...], mentions: Mentions, posts: Counter[str], *, show: bool) -> None:
    gold = list(
        {
            (c.person.name, c.organization and c.organization.name): c for c in claims if isinstance(c, PostClaim)
        }.values()
    )
    left = list(gold)
    found = []
    for post in mentions.posts:
        organization = mentions[post.organization] if post.organization is not None else None
        key = (mentions[post.person].name, organization.name if organization else None)
        if key not in found:
            found.append(key)
            match = next((c for c in left if _is_same_post(c, mentions[post.person], organization, mentions)), None)
            if match is not None:
                left.remove(match)
                posts["right"] += 1
            elif show:
                print(f"  post    {key} {post.words!r} is not in gold")
    posts["gold"] += len(gold)
    posts["system"] += len(found)
    if show:
        for claim in left:
            print(f"  post    {claim.person.name}, {claim.organization and claim.organization.name} not found")


def _is_same_post(claim: PostClaim, person: Mention, organization: Mention | None, mentions: Mentions) -> bool:
    if not _is_same(claim.person, person, mentions):
        return False
    if claim.organization is None or organization is None:
        return claim.organization is None and organization is None
    return _is_same(claim.organization, organization, mentions)


def _is_same(entity: Entity, mention: Mention, mentions: Mentions) -> bool:
    index = mentions.items.index(mention)
    names = {normalise(r.name) for r in _referents(mentions, index)}
    return has_overlap(entity.span, mention.span, HALF) or normalise(entity.name) in names


def _f1(counts: Counter[str]) -> float:
    return 2 * counts["right"] / (counts["gold"] + counts["system"]) if counts["gold"] + counts["system"] else 0.0


def measure_re3d(folder: Path) -> None:
    """Print how many of the entities of re3d a mention overlaps."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for part in sorted(path for path in folder.iterdir() if path.is_dir()):
        marked: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
        for entity in _json_lines(part / "entities.json"):
            marked[entity["documentId"]].append((entity["begin"], entity["end"], entity["type"]))
        for document in _json_lines(part / "documents.json"):
            text = document["text"]
            mentions = find_mentions(analyze(text, "en"))
            for begin, end, kind in marked[document["_id"]]:
                counts[kind]["gold"] += 1
                counts[kind]["found"] += any(has_overlap(m.span, (begin, end), HALF) for m in mentions)
    for kind, counter in sorted(counts.items()):
        print(f"re3d {kind:<20}{counter['gold']:>6}{counter['found'] / counter['gold']:>7.1%}")


def _json_lines(path: Path) -> Iterator[dict[str, Any]]:
    if path.exists():
        yield from (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())


def measure_speed(analyses: list[Analysis]) -> None:
    """Print how fast texts are analysed and their mentions found, without the reading of numbers."""
    characters = sum(len(analysis.text) for analysis in analyses)
    rounds = max(1, 300_000 // max(1, characters))
    start = time.process_time()
    for _ in range(rounds):
        for analysis in analyses:
            find_mentions(analyze(analysis.text, analysis.language), numbers=())
    seconds = time.process_time() - start
    print(f"speed: {characters * rounds / seconds / 3000:.0f} reports of 3,000 characters a second")


def main() -> None:
    """Measure what the command line names."""
    parser = argparse.ArgumentParser(description="mentions against gold")
    parser.add_argument("--gold", nargs="+", type=Path, default=[Path("reports")])
    parser.add_argument("--re3d", type=Path)
    parser.add_argument("--show", action="store_true", help="list every entity that is missed or named wrongly")
    options = parser.parse_args()
    load_gazetteer()
    cases = [
        (report, claims, analyze(report.text, report.language or "en")) for report, claims in gold_files(options.gold)
    ]
    assert cases, "no gold file was found"
    measure(cases, show=options.show)
    measure_speed([analysis for _, _, analysis in cases])
    if options.re3d:
        measure_re3d(options.re3d)


if __name__ == "__main__":
    main()
