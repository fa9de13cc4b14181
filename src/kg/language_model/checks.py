"""Claims of a model against each other, against the text and against the shapes, before anybody keeps them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.graph import Concepts, build_document
from kg.language_model.faults import Fault
from kg.linking import Linker
from kg.records import Claim, Document, Finding, content
from kg.validation import DocumentRules, ShapesValidator, check_passages, claims_behind

Faults = dict[str, tuple[Fault, ...]]


@dataclass(frozen=True, slots=True)
class Checks:
    """Holds claims of one document against what claims must satisfy.

    Args:
        document: the document, with its text.
        linker: finds the IRIs of what the claims name.
        concepts: instruments and posts.
        validator: the shapes.
        rules: the rules over a document.
    """

    document: Document
    linker: Linker
    concepts: Concepts
    validator: ShapesValidator
    rules: DocumentRules

    def check(self, claims: Sequence[Claim], known: Sequence[Claim]) -> Faults:
        """Return what is wrong with claims, by their ids.

        Args:
            claims: the claims.
            known: good claims of the same document that they stand beside.
        """
        faults: Faults = {}
        while True:
            rest = [claim for claim in claims if claim.id not in faults]
            found = self._together(rest, known) or self._passages(rest) or self._shapes(rest, known)
            if not found:
                return faults
            faults |= found

    @staticmethod
    def _together(claims: Sequence[Claim], known: Sequence[Claim]) -> Faults:
        every = {claim.id: claim for claim in (*known, *claims)}
        events = {claim.event for claim in every.values() if claim.kind == "event"}
        told = {content(claim) for claim in known if claims and _voice(claim) == _voice(claims[0])}
        faults: Faults = {}
        for claim in claims:
            unknown = [r for r in getattr(claim, "regarding", ()) if isinstance(r, str) and r not in events]
            if content(claim) in told:
                faults[claim.id] = (Fault("claim.duplicate"),)
            elif unknown:
                faults[claim.id] = (Fault("claim.regarding", "regarding_events", value=unknown[0]),)
            elif claim.restates is not None and not _is_chain(claim, every):
                faults[claim.id] = (Fault("claim.restates", "restates", value=claim.restates),)
            told.add(content(claim))
        return faults

    def _passages(self, claims: Sequence[Claim]) -> Faults:
        faults: Faults = {}
        for finding in check_passages(claims, self.document.text or ""):
            if finding.severity == "violation":
                fault = Fault("claim.passage", finding.path, finding.message_en, finding.value)
                faults[finding.focus] = (*faults.get(finding.focus, ()), fault)
        return faults

    def _shapes(self, claims: Sequence[Claim], known: Sequence[Claim]) -> Faults:
        if not claims:
            return {}
        graph = build_document(self.document, [*known, *claims], self.linker, self.concepts)
        triples = [*graph.triples(), *self.linker.registry.describe(graph.references)]
        fresh = {claim.id for claim in claims}
        faults: Faults = {}
        for finding in (*self.validator.validate(triples, document=self.document.key), *self.rules.validate(triples)):
            if finding.severity == "violation":
                for term in claims_behind(finding.focus, triples):
                    name = graph.claims.get(term)
                    if name in fresh:
                        faults[name] = (*faults.get(name, ()), _shape_fault(finding))
        return faults


def _shape_fault(finding: Finding) -> Fault:
    name = finding.check.rpartition("#")[2] or finding.check
    return Fault("claim.shape", finding.path and finding.path.rpartition("#")[2], f"{name}: {finding.message_en}")


def _voice(claim: Claim) -> str | None:
    """Who found a claim: that rules and a model say the same is no repetition."""
    return claim.method.extractor if claim.method else None


def _is_chain(claim: Claim, every: Mapping[str, Claim]) -> bool:
    """Whether a chain of restating claims ends."""
    seen, here = {claim.id}, claim.restates
    while here is not None:
        if here in seen or here not in every:
            return False
        seen.add(here)
        here = every[here].restates
    return True
