"""Types and parties of events against the gold records of PLOVER and the unit records of PETRARCH (English newswire).

    python -m benchmarks.events --plover FOLDER --petrarch FOLDER [--show] [--only CATEGORY]

``--plover`` is the folder with ``PLOVER_GSR_CAMEO.txt`` (event category, source and target as words) and
``CAMEO2PLOVER-2021.txt``; ``--petrarch`` the one with ``PETR.UnitTest.records.xml`` and ``PETR2_GSR_validation.xml``
(event codes of CAMEO, actors as codes, so that only the type is compared). ``benchmarks/plover.tsv`` says which types of
the guide count as which category, and why; what the guide has no type for is left out and counted by category, as are
CAMEO's public statements (01, 02, without a PLOVER category), codes that CAMEO does not have (the records test the coder
itself) and records without text.

Recall: of the events that the records expect, those for which the extractor tells an event of a type of their category in the
sentence. Precision: of the events that the extractor tells in a sentence (its types that PLOVER has), those of an expected
category; it is a lower bound, for a record codes one event of its sentence and not what else is said there. Source and target
count where the event is found: a party of the event (any role for what PLOVER gives no direction) overlaps the words.

``--show`` prints what is missed, and where only another type is found which.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kg.extraction import extract
from kg.language import analyze
from kg.records import EventClaim, Report
from kg.vocab import ROLES

MAPPING = Path(__file__).with_name("plover.tsv")
SOURCE_ROLES = ("actor", "participant", "mediator")
TARGET_ROLES = ("recipient", "victim", "participant")
SYMMETRIC = ("AGREE", "CONSULT")


@dataclass(frozen=True, slots=True)
class Record:
    """A sentence with the categories that a coder sees in it, and the words of its parties where they are recorded."""

    name: str
    text: str
    categories: tuple[str, ...]
    sources: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()


@dataclass(slots=True)
class Score:
    """Counts of one category."""

    expected: int = 0
    found: int = 0
    told: int = 0
    right: int = 0
    parties: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Mapping:
    """Which types of the guide count as which category."""

    types: dict[str, frozenset[str]]
    names: dict[str, str]

    @property
    def known(self) -> frozenset[str]:
        """The types that count as any category."""
        return frozenset().union(*self.types.values())


def read_mapping(path: Path = MAPPING) -> Mapping:
    """Read ``plover.tsv``: the types by category, and the category by each of its names."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    types: dict[str, frozenset[str]] = {}
    names: dict[str, str] = {}
    for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
        category = row["category"]
        if category == "-":
            continue
        types[category] = frozenset() if row["types"] == "-" else frozenset(row["types"].split("|"))
        names.update({name: category for name in (category, *row["names"].split()) if name != "-"})
    return Mapping(types, names)


def read_plover(folder: Path, mapping: Mapping, left_out: Counter[str]) -> Iterator[Record]:
    """Yield the gold records of PLOVER; those without a comparable category are counted in `left_out`."""
    for entry in json.loads((folder / "PLOVER_GSR_CAMEO.txt").read_text(encoding="utf-8")):
        category = mapping.names.get(entry["event"])
        text = " ".join((entry.get("text") or "").split())
        if category is None or not text:
            left_out["PLOVER " + ("without text" if category else entry["event"])] += 1
        elif not mapping.types[category]:
            left_out[f"PLOVER {category}"] += 1
        else:
            yield Record(entry["id"], text, (category,), _words(entry.get("source")), _words(entry.get("target")))


def _words(actors: object) -> tuple[str, ...]:
    """The words of the actors of a record; a record may have none, or a mere text."""
    if not isinstance(actors, list):
        return ()
    return tuple(actor["actorText"] for actor in actors if actor.get("actorText"))


def read_cameo(path: Path) -> dict[str, str]:
    """Return the PLOVER category of each root code of CAMEO: the one named after it, or by its subcodes (08)."""
    text = path.read_text(encoding="utf-8")
    codes = dict(re.findall(r"^(\d{3,4})\s*:\s*([A-Z]+)", text, re.MULTILINE))
    roots: dict[str, str] = {}
    for code, category in re.findall(r"^(\d\d): ([A-Z]+)", text, re.MULTILINE):
        roots.setdefault(code, category)
    return {**roots, **codes}


def read_petrarch(folder: Path, cameo: dict[str, str], mapping: Mapping, left_out: Counter[str]) -> Iterator[Record]:
    """Yield the sentences of both files; the files are no sound XML, so that they are read by their tags."""
    for name in ("PETR.UnitTest.records.xml", "PETR2_GSR_validation.xml"):
        text = re.sub(r"<!--.*?-->", "", (folder / name).read_text(encoding="utf-8", errors="replace"), flags=re.DOTALL)
        for number, part in enumerate(re.split(r"<Sentence ", text)[1:], 1):
            sentence = re.search(r"<Text>(.*?)</Text>", part, re.DOTALL)
            codes = re.findall(r'eventcode="?(\w+)', part.split("<Parse>")[0], re.IGNORECASE)
            categories = []
            for code in codes:
                category = cameo.get(code) or (cameo.get(code[:2]) if code[:2].isdigit() else None)
                if category is None or not mapping.types[mapping.names[category]]:
                    left_out[f"PETRARCH {category or 'no category'}"] += 1
                else:
                    categories.append(mapping.names[category])
            if sentence is not None and categories:
                words = " ".join(sentence[1].split())
                yield Record(f"{name[:5]}-{number}", words, tuple(dict.fromkeys(categories)))


def find_events(text: str) -> list[EventClaim]:
    """What the rules find in a sentence."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    report = Report(text=text, sha256=digest, path="record", date="2015-06-09", language="en")
    return [claim for claim in extract(report, analyze(report, "en")) if claim.kind == "event"]


def count(record: Record, mapping: Mapping, scores: dict[str, Score], *, show: bool) -> None:
    """Count one record."""
    events = find_events(record.text)
    wanted = frozenset[str]().union(*(mapping.types[category] for category in record.categories))
    for category in record.categories:
        score = scores.setdefault(category, Score())
        score.expected += 1
        own = [event for event in events if event.type in mapping.types[category]]
        score.found += bool(own)
        if own:
            _count_parties(record, category, own, score)
        elif show:
            print(
                f"  {record.name} {category}: {record.text}\n      found {', '.join(e.type for e in events) or 'nothing'}"
            )
    for event in events:
        if event.type in mapping.known:
            score = scores[record.categories[0]]
            score.told += 1
            score.right += event.type in wanted


def _count_parties(record: Record, category: str, events: list[EventClaim], score: Score) -> None:
    for name, words, roles in (("source", record.sources, SOURCE_ROLES), ("target", record.targets, TARGET_ROLES)):
        if len(record.categories) > 1 or not words:
            continue
        asked = ROLES if category in SYMMETRIC else roles
        spans = [e.span for event in events for role in asked for e in getattr(event.roles, role)]
        spans += [place.span for event in events for place in event.location] if name == "target" else []
        score.parties[f"{name} expected"] += len(words)
        score.parties[name] += sum(_is_met(record.text, word, spans) for word in words)


def _is_met(text: str, words: str, spans: Iterable[tuple[int, int]]) -> bool:
    """Tell whether one of the spans overlaps words of a text, wherever they stand; dots are an omission."""
    places = [m.span() for m in re.finditer(re.escape(words.partition("...")[0].strip()), text, re.IGNORECASE)]
    return any(start < last and first < end for first, last in places for start, end in spans)


def report(title: str, scores: dict[str, Score]) -> None:
    """Print the figures of a set of records."""
    print(f"{title:<10} {'recall':>17} {'precision':>19} {'source':>15} {'target':>15}")
    total = Score()
    for category, score in sorted(scores.items()):
        print(_line(category, score))
        for name in ("expected", "found", "told", "right"):
            setattr(total, name, getattr(total, name) + getattr(score, name))
        total.parties.update(score.parties)
    print(_line("all", total))


def _line(name: str, score: Score) -> str:
    parties = [(score.parties[party], score.parties[f"{party} expected"]) for party in ("source", "target")]
    figures = [(score.found, score.expected), (score.right, score.told), *parties]
    return f"  {name:<9}" + "".join(f" {100 * a / b:6.1f} % ({a:3}/{b:3})" if b else " " * 17 for a, b in figures)


def main() -> None:
    """Run what the arguments name."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plover", type=Path)
    parser.add_argument("--petrarch", type=Path)
    parser.add_argument("--only", help="a category")
    parser.add_argument("--show", action="store_true", help="print what is missed")
    arguments = parser.parse_args()
    mapping, left_out = read_mapping(), Counter[str]()
    sets: dict[str, Iterator[Record]] = {}
    if arguments.plover:
        sets["PLOVER"] = read_plover(arguments.plover, mapping, left_out)
    if arguments.plover and arguments.petrarch:
        cameo = read_cameo(arguments.plover / "CAMEO2PLOVER-2021.txt")
        sets["PETRARCH"] = read_petrarch(arguments.petrarch, cameo, mapping, left_out)
    if not sets:
        parser.error("name --plover, and --petrarch beside it")
    for title, records in sets.items():
        scores: dict[str, Score] = {}
        for record in records:
            if not arguments.only or arguments.only in record.categories:
                count(record, mapping, scores, show=arguments.show)
        report(title, scores)
    print("left out: " + ", ".join(f"{why} {n}" for why, n in left_out.most_common()))


if __name__ == "__main__":
    main()
