"""What is wrong with an answer: named, so that it can be told to the model, to the user and to a file."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Final

FAULTS: Final[dict[str, str]] = {
    "answer.empty": "There is no answer.",
    "answer.no-json": "The answer is no JSON object.",
    "answer.shape": "The answer is no object with a list of claims.",
    "answer.refusal": "The model refuses to answer.",
    "answer.truncated": "The answer breaks off.",
    "answer.size": "The answer is longer than an answer can be.",
    "answer.field": "A field of the claim is missing, unknown or of the wrong kind.",
    "answer.many": "There are more claims than an answer can hold.",
    "sentence.unknown": "No sentence that was asked about has this number.",
    "sentence.context": "The sentence is only there as context: claims on it are not asked for.",
    "sentence.addressed": "The sentence speaks to the program that reads it: no model was shown it.",
    "quote.missing": "The words do not stand in the sentence.",
    "quote.elsewhere": "The words stand in another sentence.",
    "quote.occurrence": "The sentence does not have the words that often.",
    "quote.ambiguous": "The sentence has the words several times, and it is not said which is meant.",
    "claim.id": "Another claim has this id.",
    "claim.duplicate": "Another claim says the same.",
    "claim.differs": "The rules make the same claim otherwise; theirs is kept.",
    "claim.attribution": "There is a cue exactly where there is a claimant.",
    "claim.record": "The claim is no claim record.",
    "claim.restates": "There is no claim of this id, or the chain comes back to the claim.",
    "claim.regarding": "No claim is about this event.",
    "claim.passage": "A passage of the claim does not hold.",
    "claim.shape": "The claim does not meet a shape.",
    "name.contradicted": "The words are the name of somebody or something else.",
    "toll.empty": "The words give no number and the claim gives none.",
    "verdict.unknown": "No claim that was asked about has this id.",
    "exchange.failed": "The model could not be asked.",
}
"""Every code and what it says."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: its code (of `FAULTS`), the field, what exactly, and the value that is wrong."""

    code: str
    field: str | None = None
    detail: str | None = None
    value: str | None = None

    @property
    def message(self) -> str:
        """The fault in one line."""
        told = FAULTS[self.code]
        if self.detail:
            told = f"{told} {self.detail}"
        where = f"{self.field}: " if self.field else ""
        return f"{where}{told}" + (f" Given: {self.value}" if self.value else "")

    def as_record(self) -> dict[str, Any]:
        """The fault as plain data."""
        return {**asdict(self), "message": self.message}


class Faulty(Exception):  # noqa: N818 - it carries faults from where they are found to where they are gathered
    """Raised inside the reading of one claim; never leaves the package."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("; ".join(fault.message for fault in faults))
        self.faults = faults
