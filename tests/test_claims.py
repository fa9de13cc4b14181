"""Claim files: what is read, what is refused, and how it is said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.claims import ClaimFile, claim_schema, read_claims, write_claims
from kg.errors import DataError
from kg.resources import ontology_dir
from kg.vocab import KG
from tests import invented


def read(path: Path, text: str) -> ClaimFile:
    file = path / "a.claims.jsonl"
    file.write_text(text, encoding="utf-8")
    return read_claims(file)


def fault(path: Path, *records: dict[str, Any]) -> tuple[str | None, str]:
    """The field and message of the one finding of the last of these records."""
    result = read(path, invented.lines(list(records)))
    assert [(r.line, len(r.findings)) for r in result.rejected] == [(len(records), 1)]
    finding = result.rejected[0].findings[0]
    assert finding.severity == "violation"
    assert finding.message_fr
    return finding.path, finding.message_en


def test_a_claim_file_reads_back_as_it_was_written(tmp_path: Path) -> None:
    file = tmp_path / "a.claims.jsonl"
    write_claims(invented.claims(), file)
    assert list(read_claims(file).claims) == invented.claims()
    assert {line["id"] for line in map(json.loads, file.read_text(encoding="utf-8").splitlines())} == {
        "c1",
        "c2",
        "c3",
        "c4",
    }


def test_the_order_of_the_lines_means_nothing(tmp_path: Path) -> None:
    forth = read(tmp_path, invented.lines(invented.records()))
    back = read(tmp_path, invented.lines(invented.records()[::-1]))
    assert sorted(c.id for c in forth.claims) == sorted(c.id for c in back.claims)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"type": "battle"}, "type"),
        ({"polarity": "yes"}, "polarity"),
        ({"modality": None}, "modality"),
        ({"evidence": []}, "evidence"),
        ({"evidence": [[5, 5]]}, "evidence.0"),
        ({"evidence": [[-1, 5]]}, "evidence.0"),
        ({"evidence": [["0", 5]]}, "evidence.0.0"),
        ({"document": "abc"}, "document"),
        ({"id": "c 1"}, "id"),
        ({"event": "é1"}, "event"),
        ({"deaths": {"low": 3, "best": 2, "high": None}}, "deaths"),
        ({"deaths": {"low": None, "best": None, "high": None}}, "deaths"),
        ({"deaths": {"low": -1, "best": 2, "high": 2}}, "deaths.low"),
        ({"confidence": 1}, "confidence"),
        ({"instrument": [""]}, "instrument.0"),
        ({"roles": {"actor": [], "recipient": [], "victim": [], "participant": []}}, "roles.mediator"),
        ({"cue": None}, None),
    ],
)
def test_a_wrong_field_is_named(tmp_path: Path, change: dict[str, Any], field: str | None) -> None:
    assert fault(tmp_path, invented.attack(**change))[0] == field


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"earliest": "2024-05-32"}, "time.earliest"),
        ({"earliest": "20240510"}, "time.earliest"),
        ({"earliest": "2024-05-11"}, "time"),
        ({"when": "x"}, "time.when"),
    ],
)
def test_a_wrong_time_is_named(tmp_path: Path, change: dict[str, Any], field: str) -> None:
    assert fault(tmp_path, invented.attack(time=invented.attack()["time"] | change))[0] == field


def test_a_wrong_entity_type_is_named(tmp_path: Path) -> None:
    assert fault(tmp_path, invented.attack(location=[invented.entity("Kalvar", "City")]))[0] == "location.0.type"


def test_a_person_is_no_location(tmp_path: Path) -> None:
    assert fault(tmp_path, invented.attack(location=[invented.entity("Ada Lorne", "Person")]))[0] == "location.0"


@pytest.mark.parametrize("iri", ["javascript:alert(1)", "mailto:a@b.example", f"{KG}attack", "nothing"])
def test_what_names_no_entity_is_no_iri_of_one(tmp_path: Path, iri: str) -> None:
    wrong = invented.attack(location=[invented.entity("Kalvar", "Place") | {"id": iri}])
    assert fault(tmp_path, wrong)[0] == "location.0.id"


def test_an_unknown_kind_is_named(tmp_path: Path) -> None:
    assert "event" in fault(tmp_path, invented.attack(kind="fact"))[1]


@pytest.mark.parametrize("line", ["{", "[]", "null", '{"kind": "event"', "\x00"])
def test_what_is_no_record_is_rejected_with_its_line(tmp_path: Path, line: str) -> None:
    result = read(tmp_path, invented.lines([invented.stance()]) + line + "\n")
    assert [r.line for r in result.rejected] == [2]
    assert result.rejected[0].raw == line
    assert [c.id for c in result.claims] == ["c2"]


def test_a_second_claim_with_the_same_id_is_rejected(tmp_path: Path) -> None:
    assert fault(tmp_path, invented.attack(), invented.stance(id="c1"))[0] == "id"


def test_a_claim_about_another_document_is_rejected(tmp_path: Path) -> None:
    assert fault(tmp_path, invented.attack(), invented.stance(document="0" * 64))[0] == "document"


def test_a_restated_claim_must_exist(tmp_path: Path) -> None:
    assert fault(tmp_path, invented.attack(), invented.stance(restates="c9"))[0] == "restates"


def test_restating_in_a_circle_is_rejected_and_what_hangs_on_it_too(tmp_path: Path) -> None:
    circle = [
        invented.attack(restates="c2"),
        invented.stance(restates="c1"),
        invented.post(restates="c1"),
        invented.relation(),
    ]
    result = read(tmp_path, invented.lines(circle))
    assert [c.id for c in result.claims] == ["c4"]
    assert [r.line for r in result.rejected] == [1, 2, 3]


def test_regarding_names_events_that_some_claim_is_about(tmp_path: Path) -> None:
    assert fault(tmp_path, invented.attack(), invented.stance(regarding=["e7"]))[0] == "regarding"


def test_an_empty_claim_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no claim"):
        read(tmp_path, "\n")


def test_a_claim_file_that_is_not_utf8_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "a.claims.jsonl"
    file.write_bytes(b"\xff\xfe{")
    with pytest.raises(DataError, match="not UTF-8"):
        read_claims(file)


def test_a_lone_surrogate_is_rejected(tmp_path: Path) -> None:
    line = invented.lines([invented.post(post="@@")]).replace("@@", "\\ud800")
    assert [r.line for r in read(tmp_path, line).rejected] == [1]


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    file = tmp_path / "a.claims.jsonl"
    write_claims(invented.claims(), file)
    before = file.read_bytes()

    def broken() -> Any:
        yield invented.claims()[0]
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        write_claims(broken(), file)
    assert file.read_bytes() == before


def test_the_shipped_schema_is_that_of_the_records() -> None:
    shipped = json.loads((ontology_dir() / "claim-record.schema.json").read_text(encoding="utf-8"))
    assert shipped == claim_schema()
