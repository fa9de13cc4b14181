"""Where two extractors differ about a report: what kg review shows first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kg.evaluation import Mistake
    from kg.records import Claim

RULES: Final = "rules"
_SIGNS: Final = {"agrees": "✓", "disagrees": "≠", "unsure": "?"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A claim, who says it where that needs saying, what others say of it, and whether anybody differs."""

    claim: Claim
    source: str = ""
    notes: tuple[str, ...] = ()
    is_different: bool = False


def show_verdicts(claims: Sequence[Claim]) -> list[Shown]:
    """Return claims with the verdicts on them; in a file of rules and a model, the model's own claims differ from the rules."""
    sources = {claim.method.extractor for claim in claims if claim.method is not None}
    is_mixed = len(sources) > 1 or any(claim.verdicts for claim in claims)
    return [_judged(claim, is_mixed=is_mixed and RULES in sources) for claim in claims]


def _judged(claim: Claim, *, is_mixed: bool) -> Shown:
    source = claim.method.extractor if claim.method is not None else ""
    verdicts = claim.verdicts or ()
    notes = tuple(
        f"{_SIGNS[verdict.verdict]} {verdict.extractor}" + (f": {verdict.reason}" if verdict.reason else "")
        for verdict in verdicts
    )
    is_alone = is_mixed and source not in ("", RULES)
    doubted = any(verdict.verdict != "agrees" for verdict in verdicts)
    return Shown(claim, source if is_mixed else "", notes, is_alone or doubted)


def show_against(claims: Sequence[Claim], others: Sequence[Claim], names: tuple[str, str]) -> list[Shown]:
    """Return the claims of two about one report: those of both once, with what differs in them, and those of one.

    Args:
        claims: the claims of the first.
        others: those of the second.
        names: what the two are called.
    """
    from kg.evaluation.alignment import align
    from kg.evaluation.mistakes import find_differences

    differences = find_differences(align(claims, others))
    notes = {own: tuple(f"≠ {_difference(m, names)}" for m in found) for (own, _), found in differences.items()}
    shown = [
        Shown(claim, "", notes[claim.id], bool(notes[claim.id]))
        if claim.id in notes
        else Shown(claim, f"only {names[0]}", (), is_different=True)
        for claim in claims
    ]
    paired = {other for _, other in differences}
    shown += [Shown(claim, f"only {names[1]}", (), is_different=True) for claim in others if claim.id not in paired]
    return sorted(shown, key=lambda item: (item.claim.evidence[0], item.source))


def _difference(mistake: Mistake, names: tuple[str, str]) -> str:
    sides = zip(names, (mistake.expected, mistake.found), strict=True)
    return f"{mistake.layer} {mistake.measure}: " + ", ".join(f"{name} {what or 'nothing'}" for name, what in sides)
