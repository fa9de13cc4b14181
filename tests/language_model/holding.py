"""What must hold of whatever a model's answer has become."""

from __future__ import annotations

from kg.language_model.extractor import Found
from kg.language_model.faults import FAULTS
from kg.records import CLAIM, Claim, Entity, Report, Time
from kg.validation import check_passages


def assert_held(found: Found, report: Report) -> None:
    """Every claim stands on words of the report, and every rejection has a name."""
    for claim in found.claims:
        CLAIM.validate_json(claim.model_dump_json())
        assert claim.document == report.sha256
        for start, end in claim.evidence:
            assert report.text[start:end].strip(), "a passage has words"
        for part in _parts(claim):
            assert report.text[slice(*part.span)] == part.text
        for words in (*getattr(claim, "instrument", ()), *([claim.post] if claim.kind == "post" else [])):
            assert words in report.text
    assert [f for f in check_passages(found.claims, report.text) if f.severity == "violation"] == []
    assert len({claim.id for claim in found.claims}) == len(found.claims)
    for rejection in found.rejections:
        assert rejection.faults, "no rejection without a reason"
        for fault in rejection.faults:
            assert fault.code in FAULTS
            assert fault.message


def codes(found: Found, outcome: str | None = None) -> list[str]:
    """The codes of what was rejected, each once, sorted."""
    chosen = [r for r in found.rejections if outcome is None or r.outcome == outcome]
    return sorted({fault.code for rejection in chosen for fault in rejection.faults})


def _parts(value: object) -> list[Entity | Time]:
    if isinstance(value, Entity | Time):
        return [value]
    if isinstance(value, tuple | list):
        return [part for item in value for part in _parts(item)]
    fields = getattr(type(value), "model_fields", None)
    return [part for name in fields for part in _parts(getattr(value, name))] if fields else []


def told(claims: tuple[Claim, ...]) -> list[str]:
    """Claims without their numbers, for comparison."""
    return sorted(claim.model_dump_json(exclude={"id", "event", "restates"}) for claim in claims)
