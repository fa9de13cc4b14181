"""Which shapes a claim was asked to meet, and what they remark on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kg.explanation.claims import ClaimAccount
from kg.explanation.graph import Graph
from kg.iris import Triple
from kg.ontology import vocabulary_triples
from kg.records import Finding
from kg.resources import shape_files
from kg.validation import ShapesValidator, claims_behind
from kg.validation.shapes import read_shapes
from kg.vocab import PREFIXES

_SH: Final = PREFIXES["sh"]
_TARGET_CLASS: Final = f"<{_SH}targetClass>"
_TARGET_SUBJECTS: Final = f"<{_SH}targetSubjectsOf>"
_SUBCLASS_OF: Final = f"<{PREFIXES['rdfs']}subClassOf>"


@dataclass(frozen=True, slots=True)
class Conformance:
    """The shapes that have the claim as their target: those that it satisfies, and what was found about it."""

    satisfied: tuple[str, ...]
    findings: tuple[Finding, ...]


def check_claim(graph: Graph, claim: ClaimAccount) -> Conformance:
    """Validate the claim's document once more, as a build does, and return what concerns the claim."""
    vocabulary = tuple(vocabulary_triples())
    triples = graph.triples(claim.document.key)
    around = _named_by(triples, graph.triples("entities"))
    found = ShapesValidator(context=vocabulary).validate([*triples, *around], document=claim.document.key)
    term = f"<{claim.iri}>"
    mine = tuple(finding for finding in found if term in (finding.focus, *claims_behind(finding.focus, triples)))
    failed = {finding.check for finding in mine}
    targets = _targets(claim, [t for t in triples if t[0] == term], vocabulary)
    return Conformance(
        tuple(sorted(shape for shape in targets if not any(_is_part(check, shape) for check in failed))), mine
    )


def _targets(claim: ClaimAccount, own: Iterable[Triple], vocabulary: Iterable[Triple]) -> set[str]:
    """The shapes that the claim is a target of (SHACL section 2.1.3: its classes, and the properties that it has)."""
    above: dict[str, set[str]] = {}
    for subject, predicate, value in vocabulary:
        if predicate == _SUBCLASS_OF:
            above.setdefault(subject, set()).add(value)
    classes, waiting = set(), [f"<{iri}>" for iri in claim.types]
    while waiting:
        cls = waiting.pop()
        if cls not in classes:
            classes.add(cls)
            waiting += above.get(cls, ())
    properties = {predicate for _, predicate, _ in own}
    return {
        shape[1:-1]
        for shape, predicate, value in read_shapes(shape_files())
        if (predicate == _TARGET_CLASS and value in classes) or (predicate == _TARGET_SUBJECTS and value in properties)
    }


def _is_part(check: str, shape: str) -> bool:
    """Whether a finding's shape is this one, or one of its properties, which bear its name before a hyphen."""
    return check == shape or check.startswith(f"{shape}-")


def _named_by(triples: Iterable[Triple], entities: Iterable[Triple]) -> list[Triple]:
    """The descriptions of the entities that triples name, and of those that they name in their turn."""
    described: dict[str, list[Triple]] = {}
    for triple in entities:
        described.setdefault(triple[0], []).append(triple)
    waiting = [value for _, _, value in triples]
    found: dict[str, list[Triple]] = {}
    while waiting:
        node = waiting.pop()
        if node not in found and node in described:
            found[node] = described[node]
            waiting += [value for _, _, value in described[node]]
    return [triple for block in found.values() for triple in block]
