"""Answers made of gold: what a model would say that finds exactly the claims of a gold file, in quotations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.claims import SUFFIX, read_claims
from kg.language import analyze
from kg.language_model.locating import find_places
from kg.language_model.passages import Numbered, number_sentences
from kg.records import CLAIM, Claim, Entity, Report
from kg.sources import read_reports
from kg.vocab import ROLES

GOLD = Path(__file__).parents[1] / "gold"
SEED = Path(__file__).parents[3] / "shared" / "seed"
"""The seed article lies beside the repository, where it is at hand at all."""


@dataclass(frozen=True, slots=True)
class Example:
    """A gold report with its claims and its sentences."""

    report: Report
    claims: tuple[Claim, ...]
    sentences: tuple[Numbered, ...]


def gold_files() -> list[Path]:
    """The claim files of our own gold, and the seed's where it is at hand."""
    return sorted(GOLD.glob(f"*{SUFFIX}")) + sorted(SEED.glob(f"*{SUFFIX}"))


def read_example(path: Path) -> Example:
    """Read a gold claim file and the report beside it."""
    claims = read_claims(path).claims
    report = next(iter(read_reports(path.with_name(path.name.removesuffix(SUFFIX) + ".md"))))
    return Example(report, claims, number_sentences(analyze(report)))


def answer(example: Example, numbers: Iterable[int] | None = None) -> dict[str, Any]:
    """The gold claims whose main passage lies in these sentences (default: all), as an answer."""
    wanted = set(numbers) if numbers is not None else {s.number for s in example.sentences}
    quoting = Quoting(example.report.text, example.sentences)
    told = [quoting.claim(claim) for claim in example.claims]
    return {"claims": [_brief(proposal) for proposal in told if proposal["sentence"] in wanted]}


def _brief(value: Any) -> Any:
    """Without what is null or empty, but for the ends of a time that the gold leaves open on purpose."""
    if isinstance(value, dict):
        return {k: v if k == "dates" else _brief(v) for k, v in value.items() if v not in (None, [])}
    return [_brief(v) for v in value] if isinstance(value, list) else value


@dataclass(frozen=True, slots=True)
class Quoting:
    """Turns passages into quotations."""

    text: str
    sentences: Sequence[Numbered]

    def number(self, offset: int) -> int:
        return next(s.number for s in self.sentences if s.span[0] <= offset < s.span[1])

    def quote(self, span: tuple[int, int]) -> dict[str, Any]:
        number = self.number(span[0])
        sentence = next(s for s in self.sentences if s.number == number)
        words = self.text[slice(*span)]
        spans = [place.span for place in find_places(self.text, words, sentence.span)]
        assert span in spans, words
        return {"quote": words, "sentence": number, "occurrence": spans.index(span) + 1 if len(spans) > 1 else None}

    def near(self, words: str, claim: Claim) -> dict[str, Any]:
        """Words that gold gives without a span, as near as they stand to the evidence."""
        for start, _ in claim.evidence:
            sentence = next(s for s in self.sentences if s.span[0] <= start < s.span[1])
            if find_places(self.text, words, sentence.span):
                return {"quote": words, "sentence": sentence.number, "occurrence": 1}
        number = next(s.number for s in self.sentences if find_places(self.text, words, s.span))
        return {"quote": words, "sentence": number, "occurrence": 1}

    def entity(self, entity: Entity) -> dict[str, Any]:
        return {**self.quote(entity.span), "name": entity.name, "type": entity.type}

    def toll(self, toll: dict[str, Any] | None, claim: Claim) -> dict[str, Any] | None:
        return None if toll is None else {**self.quote(claim.evidence[0]), **toll}

    def time(self, time: dict[str, Any] | None) -> dict[str, Any] | None:
        if time is None:
            return None
        dates = {"earliest": time["earliest"], "latest": time["latest"]}
        return {**self.quote(tuple(time["span"])), "dates": dates}

    def regarding(self, claim: Any) -> dict[str, Any]:
        return {
            "regarding": [self.entity(e) for e in claim.regarding if isinstance(e, Entity)],
            "regarding_events": [key for key in claim.regarding if isinstance(key, str)],
        }

    def claim(self, claim: Claim) -> dict[str, Any]:
        record = CLAIM.dump_python(claim, mode="json")
        told: dict[str, Any] = {
            "id": claim.id,
            "kind": claim.kind,
            "sentence": self.number(claim.evidence[0][0]),
            "evidence": [self.quote(span) for span in claim.evidence],
            "claimant": self.entity(claim.claimant) if claim.claimant else None,
            "cue": self.quote(claim.cue) if claim.cue else None,
            "polarity": claim.polarity,
            "modality": claim.modality,
            "restates": claim.restates,
        }
        if claim.kind == "event":
            told |= {role: [self.entity(e) for e in getattr(claim.roles, role)] for role in ROLES}
            told |= {name: [self.entity(e) for e in getattr(claim, name)] for name in ("location", "territory")}
            told |= {name: self.toll(record[name], claim) for name in ("deaths", "injured")}
            told |= {"event": claim.event, "type": claim.type, "time": self.time(record["time"])}
            told |= {"instrument": [self.near(words, claim) for words in claim.instrument]}
            return told | self.regarding(claim)
        if claim.kind == "relation":
            told |= {"subject": self.entity(claim.subject), "object": self.entity(claim.object)}
            return told | {"relation": claim.relation, "time": self.time(record["time"])}
        if claim.kind == "post":
            organization = self.entity(claim.organization) if claim.organization else None
            told |= {"person": self.entity(claim.person), "post": self.near(claim.post, claim)}
            return told | {"organization": organization, "time": self.time(record["time"])}
        return told | {"quote": self.quote(claim.quote), "direct": claim.direct, **self.regarding(claim)}


def plain(claims: Iterable[Claim]) -> list[str]:
    """Claims for comparison: without ids, methods, reviews, the IRIs of linking and the calendar's EDTF."""
    listed = list(claims)
    keys = {claim.id: str(number) for number, claim in enumerate(listed)}
    events: dict[str, str] = {}
    for claim in listed:
        if claim.kind == "event":
            events.setdefault(claim.event, f"E{len(events)}")
    return [_plain(claim, keys, events) for claim in listed]


def _plain(claim: Claim, keys: dict[str, str], events: dict[str, str]) -> str:
    record = CLAIM.dump_python(claim, mode="json", exclude={"id", "method", "review", "verdicts"})
    record["restates"] = keys.get(claim.restates or "")
    if claim.kind == "event":
        record["event"] = events[claim.event]
    if "regarding" in record:
        record["regarding"] = sorted(
            events.get(e, e) if isinstance(e, str) else str(_unlinked(e)) for e in record["regarding"]
        )
    return str(_unlinked(record))


def _unlinked(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _unlinked(v) for k, v in sorted(value.items()) if k not in ("id", "edtf")}
    return [_unlinked(v) for v in value] if isinstance(value, list) else value
