"""Claim files: JSON Lines, one record a line (`kg.records`), the records of one document in one file.

Reading never stops at the first fault: what is right is returned, what is wrong is returned with its findings, line by line,
so that a build can set it aside and go on. The order of the lines means nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from kg.errors import DataError
from kg.records import CLAIM, Claim, Finding

SUFFIX = ".claims.jsonl"
MAX_LINE = 1_000_000
"""Longest line of a claim file, in bytes: a record of a thousand entities stays far below."""

_FRENCH = {
    "missing": "champ manquant",
    "extra_forbidden": "champ inconnu",
    "literal_error": "valeur hors de la liste",
    "json_invalid": "JSON non valide",
    "string_pattern_mismatch": "forme non valide",
    "too_short": "liste trop courte",
    "union_tag_invalid": "kind inconnu",
    "union_tag_not_found": "kind manquant",
}


@dataclass(frozen=True, slots=True)
class Rejected:
    """A line that is no good claim: where it stands, its text as read, and what is wrong with it."""

    file: str
    line: int
    raw: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class ClaimFile:
    """What a claim file holds: good claims with their line numbers, and the rejected lines."""

    path: str
    document: str | None
    claims: tuple[Claim, ...]
    lines: Mapping[str, int]
    rejected: tuple[Rejected, ...]


def read_claims(path: Path) -> ClaimFile:
    """Read and check a claim file.

    Each record is checked by itself (fields, types, spans in order, cue exactly with a claimant) and against the others
    of its file: one document, unique ids, `restates` names another claim and makes no circle, `regarding` names events
    that some claim is about.

    Raises:
        DataError: the file is empty or not UTF-8.
        OSError: the file cannot be read.
    """
    good: list[tuple[int, str, Claim]] = []
    rejected: list[Rejected] = []
    for number, line in _lines(path):
        try:
            good.append((number, line, CLAIM.validate_json(line)))
        except ValidationError as error:
            rejected.append(Rejected(str(path), number, line, tuple(_field_findings(path, number, error))))
    if not good and not rejected:
        raise DataError(
            "the claim file holds no claim", code="claims.empty", where=str(path), hint="delete it or add claims"
        )
    kept, fallen = _checked_together(path, good)
    return ClaimFile(
        path=str(path),
        document=kept[0][2].document if kept else None,
        claims=tuple(claim for _, _, claim in kept),
        lines={claim.id: number for number, _, claim in kept},
        rejected=tuple(sorted([*rejected, *fallen], key=lambda r: r.line)),
    )


def write_claims(claims: Iterable[Claim], path: Path) -> None:
    """Write claims as JSON Lines, in the order given; the old file stays until the new one is complete."""
    temporary = path.with_name(path.name + ".tmp")
    temporary.write_text("".join(f"{dump_claim(claim)}\n" for claim in claims), encoding="utf-8", newline="\n")
    temporary.replace(path)


def dump_claim(claim: Claim) -> str:
    """Return one record as a line of JSON, in the order of the guide, optional fields only where they say something."""
    record = CLAIM.dump_python(claim, mode="json")
    optional = ("method", "review", "verdicts") if claim.kind == "event" else ("method", "review", "verdicts", "time")
    ordered = {name: record[name] for name in ("id", "document", "kind")} | record
    kept = {name: value for name, value in ordered.items() if value is not None or name not in optional}
    return json.dumps(_without_empty_ids(kept), ensure_ascii=False)


def claim_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of one record."""
    schema = CLAIM.json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["$id"] = "https://w3id.org/kg-news/claim-record.schema.json"
    schema["title"] = "Claim record"
    return schema


# --------------------------------------------------------------------------- one line


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="\n") as lines:
            for number, line in enumerate(lines, 1):
                if len(line) > MAX_LINE:
                    raise DataError(
                        f"a line of more than {MAX_LINE:,} characters", code="claims.long", where=f"{path}:{number}"
                    )
                if line.strip():
                    yield number, line.rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise DataError(
            f"not UTF-8: {error.reason} at byte {error.start}", code="claims.encoding", where=str(path)
        ) from error


def _field_findings(path: Path, number: int, error: ValidationError) -> Iterator[Finding]:
    details = error.errors(include_url=False)
    for detail in details:
        if detail["type"] == "too_short" and any(_is_within(other["loc"], detail["loc"]) for other in details):
            continue  # pydantic does not count a faulty item, which is said by itself
        yield Finding(
            document=str(path),
            focus=f"{path}:{number}",
            check="record",
            path=_field(detail["loc"]) or None,
            value=_shown(detail),
            severity="violation",
            message_en=detail["msg"].removeprefix("Value error, "),
            message_fr=_FRENCH.get(detail["type"], "valeur non valide"),
        )


def _is_within(inner: tuple[int | str, ...], outer: tuple[int | str, ...]) -> bool:
    return len(inner) > len(outer) and inner[: len(outer)] == outer


def _field(location: tuple[int | str, ...]) -> str:
    """The path of a field as it stands in the JSON: pydantic's names of union members are left out."""
    members = {"event", "relation", "post", "stance"}
    parts = location[1:] if location and location[0] in members else location
    return ".".join(str(part) for part in parts if part != "Entity" and "-" not in str(part) and "[" not in str(part))


def _shown(detail: ErrorDetails) -> str | None:
    if detail["type"] in ("missing", "json_invalid"):
        return None
    shown = json.dumps(detail["input"], ensure_ascii=False, default=str)
    return shown if len(shown) <= 120 else shown[:117] + "..."


def _without_empty_ids(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _without_empty_ids(v) for k, v in value.items() if not (k == "id" and v is None)}
    if isinstance(value, list):
        return [_without_empty_ids(v) for v in value]
    return value


# --------------------------------------------------------------------------- the records of a file together

_Line = tuple[int, str, Claim]


def _checked_together(path: Path, lines: list[_Line]) -> tuple[list[_Line], list[Rejected]]:
    """Sort out the lines that cannot stand beside the others, until the rest is sound."""
    fallen: list[Rejected] = []
    kept = lines
    while True:
        faults = _faults(kept)
        if not faults:
            return kept, fallen
        for number, raw, claim in kept:
            if number in faults:
                finding = _together_finding(path, number, claim, faults[number])
                fallen.append(Rejected(str(path), number, raw, (finding,)))
        kept = [line for line in kept if line[0] not in faults]


def _faults(lines: list[_Line]) -> dict[int, tuple[str, str, str, str]]:
    """Line number -> field, value, message in English, message in French."""
    faults: dict[int, tuple[str, str, str, str]] = {}
    first: dict[str, Claim] = {}
    for number, _, claim in lines:
        if claim.document != lines[0][2].document:
            faults[number] = (
                "document",
                claim.document,
                "the file's other claims are about another document",
                "les autres assertions du fichier portent sur un autre document",
            )
        elif claim.id in first:
            faults[number] = ("id", claim.id, "an earlier claim has this id", "une assertion précédente porte cet id")
        else:
            first[claim.id] = claim
    events = {claim.event for claim in first.values() if claim.kind == "event"}
    for number, _, claim in lines:
        if number in faults:
            continue
        if claim.restates is not None and claim.restates not in first:
            faults[number] = (
                "restates",
                claim.restates,
                "no claim of the file has this id",
                "aucune assertion du fichier ne porte cet id",
            )
        elif claim.restates is not None and _is_circular(claim.id, first):
            faults[number] = (
                "restates",
                claim.restates,
                "the chain of restates comes back to this claim",
                "la chaîne des restates revient à cette assertion",
            )
        unknown = [r for r in getattr(claim, "regarding", ()) if isinstance(r, str) and r not in events]
        if unknown:
            faults[number] = (
                "regarding",
                unknown[0],
                "no claim of the file is about this event",
                "aucune assertion du fichier ne porte sur cet événement",
            )
    return faults


def _is_circular(start: str, claims: Mapping[str, Claim]) -> bool:
    seen, here = {start}, claims[start].restates
    while here is not None and here in claims:
        if here == start:
            return True
        if here in seen:
            return False
        seen.add(here)
        here = claims[here].restates
    return False


def _together_finding(path: Path, number: int, claim: Claim, fault: tuple[str, str, str, str]) -> Finding:
    field, value, english, french = fault
    return Finding(
        claim.document,
        f"{path}:{number}",
        "record",
        field,
        value,
        "violation",
        english,
        french,
        passage=claim.evidence[0],
    )
