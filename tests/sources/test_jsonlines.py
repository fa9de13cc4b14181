"""JSON Lines."""

from __future__ import annotations

import json

import pytest

from kg.errors import DataError, Refused
from kg.sources import read_reports
from tests.sources.conftest import Write, fault_of, read_one, read_sample


def test_each_line_is_a_report_with_its_fields() -> None:
    (first, second), faults = read_sample("reports.jsonl")
    assert first.text == "Deux hameaux ont été évacués mardi au bord de l’Orve.\r\nLa digue a tenu."
    assert (first.title, first.publisher, first.author) == (
        "Crue de l’Orve",
        "Le Courrier de Velm",
        "Ada Lorne, Jan Miro",
    )
    assert (first.date, first.language, first.identifier) == ("2024", "fr", "17")
    assert first.notes == ("not used: score",)
    assert second.text.endswith("the ministry said 😀.")
    assert (second.language, second.identifier) == ("en", "reports.jsonl#4")
    assert second.path.endswith("reports.jsonl#4")
    assert [fault.code for fault in faults] == ["source.json"]


def test_a_line_that_is_wrong_ends_the_reading_unless_somebody_takes_note(write: Write) -> None:
    path = write("a.jsonl", '{"text": "one"}\n{"text": 2}\n{"text": "three"}\n')
    reports = read_reports(path)
    assert next(reports).text == "one"
    assert fault_of(path).where == f"{path}:2:text"
    faults: list[DataError] = []
    assert [report.text for report in read_reports(path, on_fault=faults.append)] == ["one", "three"]
    assert [fault.where for fault in faults] == [f"{path}:2:text"]


@pytest.mark.parametrize("text", ["a\u2028b\x85c", "\\n", "\r\n\n", "e\u0301\u00ad\u202f\U0001f600", '"{'])
def test_the_text_is_exactly_the_string_of_the_json(write: Write, text: str) -> None:
    path = write("a.jsonl", json.dumps({"text": f"x{text}"}, ensure_ascii=False) + "\n")
    assert read_one(path).text == f"x{text}"


def test_a_byte_order_mark_and_missing_last_line_end_do_not_matter(write: Write) -> None:
    assert read_one(write("a.jsonl", b'\xef\xbb\xbf{"text": "one"}')).text == "one"


@pytest.mark.parametrize(
    ("line", "code", "where", "message"),
    [
        ('{"text": "x", "date": "12.3.2024"}', "source.field", ":1:date", "date is YYYY"),
        ('{"text": "x", "title": 5}', "source.field", ":1:title", "must be a string"),
        ('{"text": "x", "author": ["a", 5]}', "source.field", ":1:author", "must be a string"),
        ('{"title": "x"}', "source.field", ":1:text", "there is no text"),
        ('{"text": ""}', "source.empty", "#1", "no text"),
        ('{"text": "a\\u0000"}', "source.character", "#1:1", "NUL"),
        ('{"text": "\\n\\ud800"}', "source.character", "#1:2", "lone surrogate U+D800"),
        ('{"text": "x", "title": "\\udfff"}', "source.field", ":1:title", "lone surrogate"),
        ('{"text": "x", "text": "y"}', "source.json", ":1", "a key stands twice"),
        ('["x"]', "source.json", ":1", "must hold an object"),
        ('{"text": "x"', "source.json", ":1:13", "not valid JSON"),
        ('{"text": ' + "9" * 5000 + "}", "source.json", ":1", "not valid JSON"),
        (b'{"text": "\xe9"}', "source.encoding", ":1", "JSON Lines are UTF-8"),
    ],
)
def test_what_is_wrong_with_a_line_is_said(
    write: Write, line: str | bytes, code: str, where: str, message: str
) -> None:
    path = write("a.jsonl", line)
    fault = fault_of(path)
    assert (fault.code, fault.where) == (code, f"{path}{where}")
    assert message in fault.message


def test_json_without_end_is_refused(write: Write) -> None:
    assert isinstance(fault_of(write("a.jsonl", '{"a":' * 100_000)), Refused)
