"""The time grammar against the corpora of Duckling and Recognizers-Text and against the times of gold claims.

    python -m benchmarks.times --corpora FOLDER --gold FOLDER... [--show]

FOLDER of ``--corpora`` (or of the environment variable ``KG_TIME_CORPORA``) holds ``duckling-fr.jsonl`` and
``duckling-en.jsonl`` (phrase, reference, kind, grain, values), and in ``recognizers`` the specifications
``English-DateParser.json`` and so on; a gold folder holds reports ``NAME.md`` with their ``NAME.claims.jsonl``.

Duckling's corpus speaks of appointments: it is read by the convention of an agenda and again by that of news, there with
future tense. English names of months and weekdays get their capital. All phrases count; those that a newswire would not
write are also counted by reason (`NOT_NEWS`), and so are those that the guide of the claim record reads otherwise
(`OTHER_CONVENTION`). Recognizers-Text gives each phrase a past and a future reading, with ends that some phrases include and
some do not: either reading is right, with either end.

Figures: *exact* is both bounds equal, *compatible* is overlapping, open on no side more and at most twice as long, both as
claims are scored. A gold time counts as found where a mention overlaps its span. False dates are mentions with bounds that
no gold time of the report overlaps.

``--show`` prints what is not exact: not for a set that nobody may tune on, such as ``tests/gold``.
"""

from __future__ import annotations

import argparse
import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from kg.extraction.times import Convention, TimeMention, find_mentions
from kg.sources import read_reports

NOT_NEWS = {
    "feast": r"thanksg|halloween|x?mas\b|christmas|no[eë]l|toussaint|easter|lent\b|purim|diwal|ramadan|\b(e?id|civil rights)\b|"
    r"jayant|new year|"
    r"nouvel an|jour de l'an|fête|jour des morts|holi\b|holika|kippur|rosh|hanuk|chanuk|hannuk|passover|sukk|succos|shavuot|"
    r"\bday\b(?! (after|before|of))(?<!the day)|pentecost|sunday 2013|gras|ashura|mawlid|laylat|night|navrat|durga|holiday|"
    r"season|friday 20|black|fast|orthodox|jumu|jamat|mi'raj|ascension|deepavali|dhan|chaudas|puja|bhai|chhath|shashthi|"
    r"saptami|"
    r"dussehra|vijaya|karva|yatra|rakhi|kalyanak|shivaratri|pongal|pandigai|sank|maghi|vais|bais|vas|onam|panchami|kamudu|janm|"
    r"gokul|dhulandi|phagwah|jadid|bishvat|omer|b'av|torah|atzeret|ingathering|navroz|gysd|vesak|buddha|gobind|govind|"
    r"koningsdag|ravid|diwas|chaturthi|rama|ugadi|samvat|chaitra|ides|whit|trinity|pancake|maundy|covenant|mysteries|palm|"
    r"monday of the holy|clean|lazarus|shrove|st pat|saint|boss|mlk|luther|haatz|hashoah|bakr|sacrifice|rabindra|navaratri|"
    r"lunar|independ|memorial|earth|vegan",
    "digits that a report would not write": r"^(le |on |the )?\d{1,2}([/ -]| - | / )\d{1,2}$|^(le )?\d\d? \d\d? \d{2,4}$|"
    r"[/-]\d\d$|^\d+q\d$|^2018q4$|^\d{4}[-/]\d{1,2}$|^2/2013$|\d (octobre|april) \d\d$|^14th april 15$|a\.?d\.?$|oct[/-]",
    "a day of the month alone": r"^(le|the|on|on the) (\d{1,2}(st|nd|rd|th)?|first)$|^(à partir du|du \d+e?|entre le \d+) ?"
    r"(8|au (18|dix-huit)|et le dix-huit)$|of (the )?(next|this|current|previous) month$(?<!monday of last month)|^20",
    "clipped words": r"\b(lun|mon|tue|wed|thu|fri|sat|sun|jui|qtr|yr|thru|eom|bom|eoy|boy|fev)\b|feb13|14april",
    "counting weekdays": r"en (huit|quinze|8|15)$|(fri|sun|tues|mon|thurs)days? (from|back|ago)|thursdays|closest|after next|"
    r"third last|3rd last|2nd last|second last|fifth last|5th last|hence$|from (today|christmas)|march in|after christmas",
    "a bare word": r"^(mars|march|may|1974|jour suivant|the week|all week|toute la semaine|en ce moment|at this time|weekend)$",
    "no French, no English": r"^(2|deux) dernier[s]? jour|lundi 1 au|dimanche 15e|mercredi 10e|13 jusqu'au|jour d'octobre$|"
    r"^13 juillet au|around next week|of around|upcoming (two|2) (day|week|month|year|quarter)$|(two|2) upcoming|tomorrows|"
    r"current seasons|current summer|upcoming (two|2)|mois suivant$|through 2014|sometimes before",
}
OTHER_CONVENTION = {
    "a part of a month, year or week": r"début|mi-|fin\b|quinzaine|milieu|beginning of (20|year|the year)|en semaine",
    "windows roll up to the report's day": r"(derni|proch|pass)[eè]r?[es]* ?(jour|sem|mois|ann)|pass[ée]+s$|"
    r"^(last|past|next) (\d|two|three|few)|rest of",
    "months and years ago are units": r"(two|three|deux|trois|un|une|1) (mois|ans?|année|months|years)( ago)?$",
    "seasons begin with a month": r"(cet|this) (été|hiver|summer|winter)",
    "the first week is days 1 to 7": r"semaine d|week of",
    "a weekday on that weekday is the day itself": r"^(mardi|tuesday)$|mercredi (suivant|d'après)",
}
LOWER = re.compile(
    r"\b(january|february|march|april|may|june|july|august|september|october|november|december|aug|oct|sept?|"
    r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)s?|mon|tue|wed|thu|fri|sat|sun)\b"
)
SPECIFICATIONS = {
    "English-DateParser": "en",
    "English-DatePeriodParser": "en",
    "French-DateParser": "fr",
    "French-DatePeriodParser": "fr",
}
Bounds = tuple[str | None, str | None]


@dataclass
class Score:
    """Counts of one corpus."""

    total: int = 0
    exact: int = 0
    compatible: int = 0
    missing: int = 0

    def add(self, gold: Bounds, system: Bounds | None) -> bool:
        """Count one time; tells whether it was exact."""
        self.total += 1
        self.missing += system is None
        self.exact += system == gold
        self.compatible += system is not None and is_compatible(gold, system)
        return system == gold

    def __str__(self) -> str:
        share = [100 * n / max(self.total, 1) for n in (self.exact, self.compatible)]
        return (
            f"{self.total} times: {self.exact} exact ({share[0]:.1f} %), {self.compatible} compatible ({share[1]:.1f} %), "
            f"{self.missing} not found"
        )


def is_compatible(gold: Bounds, system: Bounds) -> bool:
    """Overlapping, open only where gold is, at most twice as long as a closed gold."""
    if gold == (None, None) or system == (None, None):
        return gold == system
    if (system[0] is None and gold[0] is not None) or (system[1] is None and gold[1] is not None):
        return False
    apart = (gold[1] or "9999") < (system[0] or "0000") or (system[1] or "9999") < (gold[0] or "0000")
    if apart or not (gold[0] and gold[1] and system[0] and system[1]):
        return not apart
    return _length(system[0], system[1]) <= 2 * _length(gold[0], gold[1])


def _length(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days + 1


def duckling_bounds(entry: dict[str, Any]) -> Bounds:
    """First and last day of an entry; Duckling's ends are excluded."""
    grain, values = entry["grain"], entry["values"]
    first = date(values[0][0], max(values[0][1], 1), max(values[0][2], 1))
    if entry["kind"] == "datetimeOpenInterval":
        return first.isoformat(), None
    if entry["kind"] == "datetimeInterval":
        end = date(values[1][0], max(values[1][1], 1), max(values[1][2], 1))
        return first.isoformat(), (end - timedelta(days=1)).isoformat()
    months = {"Month": 1, "Quarter": 3, "Year": 12}.get(grain)
    if months is None:
        return first.isoformat(), (first + timedelta(days=6 if grain == "Week" else 0)).isoformat()
    count = first.year * 12 + first.month - 1 + months
    return first.isoformat(), (date(count // 12, count % 12 + 1, 1) - timedelta(days=1)).isoformat()


def find_reason(reasons: dict[str, str], phrase: str) -> str | None:
    """The first reason whose pattern a phrase meets."""
    return next((why for why, pattern in reasons.items() if re.search(pattern, phrase.lower())), None)


def duckling(folder: Path, language: str, convention: Convention, *, show: bool) -> None:
    """Measure one language of the Duckling corpus by one convention."""
    news, other, rest, everything = Score(), Score(), Score(), Score()
    left_out, differing = Counter[str](), Counter[str]()
    for line in (folder / f"duckling-{language}.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        phrase = _capitalised(entry["phrase"], language)
        best = longest(phrase, language, entry["reference"][:10], convention, "future")
        gold, system = duckling_bounds(entry), (best.time.earliest, best.time.latest) if best else None
        why, differs = find_reason(NOT_NEWS, entry["phrase"]), find_reason(OTHER_CONVENTION, entry["phrase"])
        score = rest if why else other if differs else news
        left_out.update([why] if why else [])
        differing.update([differs] if differs and not why else [])
        everything.add(gold, system)
        if not score.add(gold, system) and show:
            print(f"  {phrase!r}: gold {gold}, kg {system} {best.rules if best else ''}")
    print(f"Duckling {language}, read as {convention}: {everything}")
    print(f"  as news writes, same conventions: {news}")
    print(f"  as news writes, another convention: {other}")
    print("    " + ", ".join(f"{why} {n}" for why, n in differing.most_common()))
    print(f"  what news would not write: {rest}")
    print("    " + ", ".join(f"{why} {n}" for why, n in left_out.most_common()))


def _capitalised(phrase: str, language: str) -> str:
    """English names of months and weekdays with their capital."""
    return LOWER.sub(lambda m: m[0].capitalize(), phrase) if language == "en" else phrase


def longest(
    phrase: str, language: str, published: str, convention: Convention, tense: str | None
) -> TimeMention | None:
    """The longest time of a phrase."""
    tense_at = None if tense is None else lambda _: tense
    found = find_mentions(phrase, language, published=published, tense_at=tense_at, convention=convention)
    return max(found, key=lambda m: m.time.span[1] - m.time.span[0], default=None)


def recognizers(path: Path, language: str, *, show: bool) -> None:
    """Measure one specification of Recognizers-Text."""
    score = Score()
    for entry in json.loads(path.read_text(encoding="utf-8-sig")):
        published = entry.get("Context", {}).get("ReferenceDateTime", "")[:10]
        for result in entry["Results"]:
            readings = {tense: _recognizers_bounds(result["Value"], tense) for tense in ("Past", "Future")}
            golds = [gold for ends in readings.values() for gold in ends]
            if not golds or not published:
                continue
            systems = []
            for tense in ("past", "future"):
                best = longest(_capitalised(entry["Input"], language), language, published, Convention.NEWS, tense)
                systems.append((best.time.earliest, best.time.latest) if best else None)
            pair = next(((g, s) for g in golds for s in systems if g == s), (golds[0], systems[0]))
            if not score.add(*pair) and show:
                print(f"  {result['Text']!r} in {entry['Input']!r}: gold {golds}, kg {systems}")
    print(f"Recognizers-Text {path.stem}: {score}")


def _recognizers_bounds(value: dict[str, Any], tense: str) -> list[Bounds]:
    """The bounds of one reading, the end included and excluded."""
    reading = value.get(f"{tense}Resolution") or {}
    if "date" in reading:
        return [(reading["date"], reading["date"])]
    if not {"startDate", "endDate"} <= set(reading):
        return []
    try:
        end = date.fromisoformat(reading["endDate"])
    except ValueError:
        return []
    return [(reading["startDate"], end.isoformat()), (reading["startDate"], (end - timedelta(days=1)).isoformat())]


def gold_times(folder: Path) -> Iterator[tuple[Path, Any, dict[tuple[int, int], list[Bounds]]]]:
    """The reports of a folder, each with its gold times: the bounds by span (a span may be read in two ways)."""
    for path in sorted(folder.glob("*.md")):
        claims = path.with_name(f"{path.stem}.claims.jsonl")
        if not claims.exists():
            continue
        report = next(iter(read_reports(path)))
        times: dict[tuple[int, int], list[Bounds]] = {}
        for line in claims.read_text(encoding="utf-8").splitlines():
            time = json.loads(line).get("time")
            if time:
                times.setdefault(tuple(time["span"]), []).append((time["earliest"], time["latest"]))
        yield path, report, times


def gold(folders: list[Path], *, show: bool) -> None:
    """Measure the gold times: once for each span, and once for each claim; and the false dates."""
    spans, claims, false, mentions = Score(), Score(), 0, 0
    for folder in folders:
        for path, report, times in gold_times(folder):
            found = find_mentions(report.text, report.language or "fr", published=report.date)
            options = [t for m in found for t in (m.time, *([m.frame] if m.frame else []))]
            for span, bounds in sorted(times.items()):
                near = [t for t in options if t.span[0] < span[1] and span[0] < t.span[1]]
                best = max(near, key=lambda t: _overlap(t.span, span), default=None)
                system = (best.earliest, best.latest) if best else None
                right = [claims.add(b, system) for b in bounds]
                spans.add(bounds[right.index(True) if True in right else 0], system)
                if show and not all(right):
                    print(
                        f"  {path.name} {report.text[span[0] : span[1]]!r}: gold {bounds}, kg {best and best.text!r} {system}"
                    )
            for mention in found:
                start, end = mention.time.span
                is_bound = bool(mention.time.earliest or mention.time.latest)
                mentions += is_bound
                if is_bound and not any(start < b and a < end for a, b in times):
                    false += 1
                    if show:
                        print(f"  {path.name} no gold: {mention.time.text!r} {mention.time.edtf}")
    print(f"Gold times: {spans}")
    print(f"Gold times, each claim counted: {claims}")
    print(f"Mentions with bounds: {mentions}, of them without a gold time: {false}")


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> float:
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return shared / (a[1] - a[0] + b[1] - b[0] - shared)


def main() -> None:
    """Run what the arguments name."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    corpora = os.environ.get("KG_TIME_CORPORA")
    parser.add_argument("--corpora", type=Path, default=Path(corpora) if corpora else None)
    parser.add_argument("--gold", type=Path, nargs="*", default=[])
    parser.add_argument("--show", action="store_true", help="print what is not exact")
    arguments = parser.parse_args()
    if arguments.corpora is None and not arguments.gold:
        parser.error("name the folder of the corpora or a folder of gold claims")
    if arguments.corpora is not None:
        for language in ("fr", "en"):
            for convention in (Convention.AGENDA, Convention.NEWS):
                duckling(arguments.corpora, language, convention, show=arguments.show)
        for name, language in SPECIFICATIONS.items():
            recognizers(arguments.corpora / "recognizers" / f"{name}.json", language, show=arguments.show)
    if arguments.gold:
        gold(arguments.gold, show=arguments.show)


if __name__ == "__main__":
    main()
