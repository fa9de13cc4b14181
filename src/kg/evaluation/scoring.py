"""A system's claims against gold's: documents in, scores and mistakes out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.errors import DataError
from kg.evaluation.alignment import align
from kg.evaluation.figures import Scores, add_scores
from kg.evaluation.layers import score
from kg.evaluation.mistakes import Mistake, find_mistakes
from kg.records import Claim, content

UNKNOWN_LANGUAGE = "und"
"""The language of a document that nothing tells the language of (BCP 47, ISO 639-2: undetermined)."""


@dataclass(frozen=True, slots=True)
class Case:
    """One document: its digest, what to call it, its language, and the claims of both sides."""

    document: str
    name: str
    gold: Sequence[Claim]
    system: Sequence[Claim]
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The scores of all documents and of each language, and the mistakes of each document by its digest, where asked for."""

    scores: Scores
    languages: Mapping[str, Scores]
    fingerprint: str
    mistakes: Mapping[str, Sequence[Mistake]]


def evaluate(cases: Iterable[Case], *, with_mistakes: bool = False) -> Evaluation:
    """Score the claims of a system by the matching rules; the order of documents and of claims means nothing.

    Args:
        cases: one for each gold document; a document that the system knows nothing of has no system claims.
        with_mistakes: also list what was missed, made up or wrong.

    Raises:
        DataError: there is no gold claim, a document or an id comes twice, or a claim is about another document than its case.
    """
    parts: dict[str, list[Scores]] = {}
    mistakes: dict[str, Sequence[Mistake]] = {}
    gold: list[Claim] = []
    names: dict[str, str] = {}
    for case in cases:
        _check(case, names)
        names[case.document] = case.name
        gold += case.gold
        alignment = align(case.gold, case.system)
        parts.setdefault(case.language or UNKNOWN_LANGUAGE, []).append(score(alignment))
        if with_mistakes:
            mistakes[case.document] = find_mistakes(alignment)
    if not gold:
        raise DataError(
            "there is no gold claim to score against", code="eval.none", hint="name claim files or folders of them"
        )
    languages = {language: add_scores(parts[language]) for language in sorted(parts)}
    return Evaluation(add_scores(languages.values()), languages, fingerprint(gold), mistakes)


def fingerprint(claims: Iterable[Claim]) -> str:
    """Return the SHA-256 (64 hex digits) of gold records: sorted, each by its content, without ids, methods and reviews."""
    return hashlib.sha256("\n".join(sorted(content(claim) for claim in claims)).encode()).hexdigest()


def _check(case: Case, names: Mapping[str, str]) -> None:
    if case.document in names:
        raise DataError(
            f"the same document as {names[case.document]}", code="eval.duplicate", where=case.name, hint="give it once"
        )
    foreign = next((c for c in (*case.gold, *case.system) if c.document != case.document), None)
    if foreign:
        raise DataError(f"the claim {foreign.id} is about another document", code="eval.document", where=case.name)
    for side in (case.gold, case.system):
        if len({claim.id for claim in side}) < len(side):
            raise DataError("two claims of one side have one id", code="eval.id", where=case.name)
