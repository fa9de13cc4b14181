"""One report read by a model: part by part, each answer held to the report, what is wrong sent back at most twice."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from kg.errors import WorldError
from kg.language_model.accounts import Spent
from kg.language_model.answer import Verdict, read_proposal, read_verdict
from kg.language_model.checks import Checks
from kg.language_model.conversion import Converter
from kg.language_model.exchange import Answer, TooLong, Unusable
from kg.language_model.faults import Fault
from kg.language_model.passages import Part, halve
from kg.language_model.prompts import Prompts
from kg.language_model.reply import Reply, read_reply
from kg.language_model.request import Request
from kg.records import Claim, content

_DEPTH: Final = 3
"""How often a part is cut in two because its answer breaks off."""


@dataclass(frozen=True, slots=True)
class Rejection:
    """Something that a model said and that is not taken: in which part of a report, what it was, why.

    `outcome` is ``rejected``, ``repaired`` where a later answer gave the same claim right, ``withdrawn`` where it was left out
    when it was asked for again, ``set aside`` where the rules' claim stays in its place, ``unread`` where a part of the report
    has no answer at all, ``withheld`` for a sentence that no model was shown.
    """

    document: str
    sentences: str
    outcome: str
    raw: Any
    faults: tuple[Fault, ...]

    def as_record(self) -> dict[str, Any]:
        """The rejection as plain data, for the rejected file."""
        return {
            "document": self.document,
            "sentences": self.sentences,
            "outcome": self.outcome,
            "faults": [fault.as_record() for fault in self.faults],
            "raw": self.raw,
        }


@dataclass(slots=True)
class Outcome:
    """What a part of a report, or the whole, gave."""

    claims: list[Claim] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)

    def add(self, other: Outcome) -> None:
        """Take up what another part gave."""
        self.claims += other.claims
        self.verdicts += other.verdicts
        self.rejections += other.rejections


@dataclass(frozen=True, slots=True)
class PartReader:
    """Reads the parts of one report.

    Args:
        ask: answers a request.
        request: makes the request for a part, given the claims of the parts before.
        judged: the ids of the claims of the rules on a part of which a verdict is asked.
        given: the claims of the rules, beside which the model's stand.
        converter: makes claims of proposals.
        checks: holds claims against the shapes.
        prompts: the texts that are said when something is wrong.
        repairs: how often that is said.
    """

    ask: Callable[[Request], Answer]
    request: Callable[[Part, Sequence[Claim]], Request]
    judged: Callable[[Part], frozenset[str]]
    given: tuple[Claim, ...]
    converter: Converter
    checks: Checks
    prompts: Prompts
    repairs: int

    def read(self, part: Part, before: Sequence[Claim]) -> Outcome:
        """Read a part.

        Args:
            part: the sentences.
            before: the claims of the parts before.

        Raises:
            Spent: the budget is spent.
            Unusable: nobody can be asked any more.
        """
        return self._read(part, list(before), _DEPTH)

    def _read(self, part: Part, before: list[Claim], depth: int) -> Outcome:
        try:
            exchange = _Exchange(self, part, before)
            broke_off = exchange.run()
        except TooLong as error:
            if depth and len(part.asked) > 1:
                return self._halves(part, before, depth)
            return self._unread(part, error)
        except (Spent, Unusable):
            raise
        except WorldError as error:
            return self._unread(part, error)
        if broke_off and depth and len(part.asked) > 1:
            return self._halves(part, before, depth)
        return exchange.outcome

    def _halves(self, part: Part, before: list[Claim], depth: int) -> Outcome:
        outcome = Outcome()
        for half in halve(part):
            outcome.add(self._read(half, [*before, *outcome.claims], depth - 1))
        return outcome

    def _unread(self, part: Part, error: WorldError) -> Outcome:
        fault = Fault("exchange.failed", detail=error.message)
        document = self.converter.knowledge.report.sha256
        return Outcome(rejections=[Rejection(document, part.numbers, "unread", None, (fault,))])


@dataclass(slots=True)
class _Exchange:
    """One part: the answer and its repairs."""

    reader: PartReader
    part: Part
    before: list[Claim]
    outcome: Outcome = field(default_factory=Outcome)
    _good: dict[str, Claim] = field(default_factory=dict)
    _bad: dict[str, tuple[Any, tuple[Fault, ...]]] = field(default_factory=dict)

    def run(self) -> bool:
        """Ask, and ask again while something is wrong; returns whether the answer broke off."""
        request = self.reader.request(self.part, self.before)
        for attempt in range(self.reader.repairs + 1):
            answer = self.reader.ask(request)
            reply = read_reply(answer)
            broke_off = any(fault.code == "answer.truncated" for fault in reply.faults)
            if broke_off and len(self.part.asked) > 1:
                return True
            if self._is_whole_fault(reply) and attempt < self.reader.repairs and answer.finish != "refusal":
                self._reject(answer.text, reply.faults, "repaired")
                request = request.follow(_short(answer.text), self.reader.prompts.again)
                continue
            self._take(reply, answer)
            if not self._bad or attempt == self.reader.repairs:
                break
            request = request.follow(self._wrong(), self._findings())
        self.outcome.rejections += [
            Rejection(self._document, self.part.numbers, "rejected", raw, faults) for raw, faults in self._bad.values()
        ]
        self.outcome.claims += [self._renamed(claim) for claim in self._good.values()]
        return False

    def _renamed(self, claim: Claim) -> Claim:
        """The claim under an id that no other part uses: a model's ids are only good within its answer."""
        prefix = f"s{self.part.asked[0].number}."
        restates = f"{prefix}{claim.restates}" if claim.restates is not None else None
        return claim.model_copy(update={"id": f"{prefix}{claim.id}", "restates": restates})

    @staticmethod
    def _is_whole_fault(reply: Reply) -> bool:
        return bool(reply.faults) and not reply.claims

    @property
    def _document(self) -> str:
        return self.reader.converter.knowledge.report.sha256

    def _reject(self, raw: Any, faults: Sequence[Fault], outcome: str) -> None:
        shown = _short(raw) if isinstance(raw, str) else raw
        self.outcome.rejections.append(Rejection(self._document, self.part.numbers, outcome, shown, tuple(faults)))

    def _take(self, reply: Reply, answer: Answer) -> None:
        """Sort the claims of a reply; what was wrong before and is right or gone now is told."""
        if reply.faults:
            self._reject(answer.text, reply.faults, "unread" if not (reply.claims or self._good) else "rejected")
            if not reply.claims:
                return
        earlier, self._bad = self._bad, {}
        fresh: dict[str, Claim] = {}
        raws: dict[str, Any] = {}
        asked = {sentence.number for sentence in self.part.asked}
        for number, raw in enumerate(reply.claims):
            found = self._convert(raw, asked)
            if isinstance(found, tuple):
                self._bad[self._free(_name_of(raw, number))] = raw, found
            elif found.id in self._good and content(found) == content(self._good[found.id]):
                continue  # an answer that was to hold what is wrong repeats what is right
            elif found.id in self._good or found.id in fresh:
                self._bad[self._free(found.id)] = raw, (Fault("claim.id", "id", value=found.id),)
            else:
                fresh[found.id], raws[found.id] = found, raw
        self._check(fresh, raws)
        for name, (raw, faults) in earlier.items():
            if name not in self._bad:
                self._reject(raw, faults, "repaired" if name in self._good else "withdrawn")
        self._take_verdicts(reply)

    def _convert(self, raw: Any, asked: Collection[int]) -> Claim | tuple[Fault, ...]:
        proposal = read_proposal(raw)
        return proposal if isinstance(proposal, tuple) else self.reader.converter.convert(proposal, asked)

    def _free(self, name: str) -> str:
        while name in self._bad:
            name += "'"
        return name

    def _check(self, fresh: Mapping[str, Claim], raws: Mapping[str, Any]) -> None:
        """Hold fresh claims against each other, the good ones and the shapes."""
        known = [*self.reader.given, *self.before, *self._good.values()]
        faults = self.reader.checks.check(list(fresh.values()), known)
        for name, claim in fresh.items():
            if name in faults:
                self._bad[self._free(name)] = raws[name], faults[name]
            else:
                self._good[name] = claim

    def _take_verdicts(self, reply: Reply) -> None:
        judged = self.reader.judged(self.part)
        for raw in reply.verdicts:
            verdict = read_verdict(raw)
            if isinstance(verdict, tuple):
                self._reject(raw, verdict, "rejected")
            elif verdict.id not in judged:
                self._reject(raw, (Fault("verdict.unknown", "id", value=verdict.id),), "rejected")
            else:
                self.outcome.verdicts.append(verdict)

    # ----------------------------------------------------------------------- what is said back

    def _wrong(self) -> str:
        return json.dumps({"claims": [raw for raw, _ in self._bad.values()]}, ensure_ascii=True)[:_LONGEST_ECHO]

    def _findings(self) -> str:
        told = [
            {"claim": name, "findings": [fault.message for fault in faults]} for name, (_, faults) in self._bad.items()
        ]
        return f"{self.reader.prompts.repair}{json.dumps(told, ensure_ascii=False, indent=1)[:_LONGEST_ECHO]}"


_LONGEST_ECHO: Final = 30_000
_LONGEST_RAW: Final = 2_000


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_RAW else f"{text[:_LONGEST_RAW]}…"


def _name_of(raw: Any, number: int) -> str:
    name = raw.get("id") if isinstance(raw, dict) else None
    return name if isinstance(name, str) and name else f"#{number + 1}"
