"""Rules and a model together: the rules' claims stay, the model adds what they miss, and it is recorded who said what.

Where both make the same claim (aligned as `kg.evaluation` aligns a system's claims with gold's), the rules' stays with the
model's agreement; where the two differ in it, the rules' stays with the model's disagreement, which says in what. So a
reviewer knows where to look first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from kg.evaluation.alignment import align
from kg.evaluation.mistakes import Mistake, find_differences
from kg.language_model.answer import Verdict as Told
from kg.language_model.faults import Fault
from kg.language_model.reading import Outcome, Rejection
from kg.records import CLAIM, Claim, Verdict

UNSURE: Final = 0.6
"""Claims of the rules that are less confident than this are put to the model."""


def unsure_of(claims: Iterable[Claim]) -> frozenset[str]:
    """Return the ids of the claims that the rules are unsure of."""
    return frozenset(
        claim.id
        for claim in claims
        if claim.method is not None and claim.method.confidence is not None and claim.method.confidence < UNSURE
    )


def combine(rules: Sequence[Claim], outcome: Outcome, extractor: str) -> Outcome:
    """Return the claims of both, each of the rules' with the model's verdicts on it.

    Args:
        rules: the claims of the rules.
        outcome: what the model gave.
        extractor: what the model's claims are marked with.
    """
    differences = find_differences(align(rules, outcome.claims))
    verdicts: dict[str, list[Verdict]] = {claim.id: [] for claim in rules}
    for told in outcome.verdicts:
        verdicts[told.id].append(_verdict(told, extractor))
    combined = Outcome(rejections=list(outcome.rejections))
    repeated = {own: (rule, "; ".join(map(_difference, found))) for (rule, own), found in differences.items()}
    for claim in outcome.claims:
        if claim.id not in repeated:
            combined.claims.append(claim)
            continue
        rule, differs = repeated[claim.id]
        verdicts[rule].append(
            Verdict(extractor=extractor, verdict="disagrees" if differs else "agrees", reason=differs or None)
        )
        if differs:
            fault = Fault("claim.differs", detail=differs, value=rule)
            raw = CLAIM.dump_python(claim, mode="json", exclude_none=True)
            combined.rejections.append(Rejection(claim.document, "", "set aside", raw, (fault,)))
    combined.claims += [
        claim.model_copy(update={"verdicts": tuple(verdicts[claim.id]) or None}) if verdicts[claim.id] else claim
        for claim in rules
    ]
    return combined


def _verdict(told: Told, extractor: str) -> Verdict:
    return Verdict(extractor=extractor, verdict=told.verdict, reason=_printable(told.reason) or None)


def _printable(text: str) -> str:
    return " ".join("".join(c for c in text if c.isprintable() or c.isspace()).split())


def _difference(mistake: Mistake) -> str:
    what = f"{mistake.layer} {mistake.measure}"
    if mistake.kind == "missed":
        return f"{what}: not {mistake.expected}"
    if mistake.kind == "spurious":
        return f"{what}: also {mistake.found}"
    return f"{what}: {mistake.found}, not {mistake.expected}"
