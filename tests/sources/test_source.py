"""What is opened: gzip, limits, standard input, what cannot be read."""

from __future__ import annotations

import gzip
import io
import random
import sys
from pathlib import Path

import pytest

from kg.errors import DataError, Refused, WorldError
from kg.sources import Limits, read_reports
from tests.sources.conftest import DATA, Write, fault_of, read_one, read_sample

TEXT = "Le pont de Velm est fermé depuis lundi.\n"


def test_gzip_is_unpacked_and_the_format_is_that_of_what_is_inside(write: Write) -> None:
    packed = read_one(write("report.md.gz", gzip.compress((DATA / "report.md").read_bytes())))
    plain = read_one(DATA / "report.md")
    assert (packed.text, packed.title, packed.identifier) == (plain.text, plain.title, "report.md")


def test_several_members_and_padding_are_one_gzip_file(write: Write) -> None:
    data = gzip.compress(TEXT.encode()) + gzip.compress(b"Fin.\n") + b"\0" * 512
    assert read_one(write("a.txt.gz", data)).text == f"{TEXT}Fin.\n"


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 300_000])
def test_a_gzip_file_of_any_size_comes_out_whole(write: Write, size: int) -> None:
    text = "x" + "".join(random.Random(size).choices("abcdefgh \n", k=size))  # noqa: S311 - seeded, for its shape only
    assert read_one(write("a.txt.gz", gzip.compress(text.encode()))).text == text


@pytest.mark.parametrize(
    ("data", "is_refused", "message"),
    [
        (gzip.compress(b"bomb " * 4_000_000), True, "decompression bomb"),
        (gzip.compress(gzip.compress(TEXT.encode())), True, "inside a gzip file"),
        (gzip.compress(TEXT.encode())[:-3], False, "cut off"),
        (gzip.compress(TEXT.encode())[:-8] + b"12345678", False, "damaged gzip file"),
        (gzip.compress(TEXT.encode()) + b"more", False, "damaged gzip file"),
    ],
    ids=["bomb", "twice", "cut off", "wrong sum", "more"],
)
def test_a_gzip_file_that_is_a_bomb_or_damaged_is_not_read(
    write: Write, data: bytes, message: str, *, is_refused: bool
) -> None:
    fault = fault_of(write("a.txt.gz", data))
    assert (fault.code, isinstance(fault, Refused)) == ("source.gzip", is_refused)
    assert message in fault.message


def test_a_text_and_a_file_have_a_largest_size(write: Write) -> None:
    path = write("a.txt", TEXT * 100)
    assert len(list(read_reports(path, limits=Limits(text=5_000)))) == 1
    for limit, message in (
        (2_000, "the text is larger than 2,000 bytes"),
        (500, "the file is larger than 2,500 bytes"),
    ):
        with pytest.raises(DataError, match=message) as raised:
            list(read_reports(path, limits=Limits(text=limit)))
        assert raised.value.code == "source.size"


def test_json_lines_may_be_longer_than_a_file_that_is_read_as_a_whole_but_not_a_line(write: Write) -> None:
    line = '{"text": "The bridge is closed."}\n'
    assert len(list(read_reports(write("a.jsonl", line * 1_000), limits=Limits(text=100)))) == 1_000
    with pytest.raises(DataError, match="a line is larger than 500 bytes"):
        list(read_reports(write("b.jsonl", "{" + " " * 500 + "}"), limits=Limits(text=100)))


def test_json_lines_are_read_one_by_one(write: Write) -> None:
    path = write("a.jsonl", '{"text": "one"}\n' * 10_000 + "not json\n")
    assert next(read_reports(path)).text == "one"


@pytest.mark.parametrize("name", ["report.md", "feed.rss", "reports.jsonl", "page-schema.html", "corpus.txt"])
def test_standard_input_is_read_as_the_file_would_be(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    stdin = io.TextIOWrapper(io.BytesIO((DATA / name).read_bytes()))
    monkeypatch.setattr(sys, "stdin", stdin)
    expected, expected_faults = read_sample(name)
    faults: list[DataError] = []
    reports = list(read_reports(Path("-"), on_fault=faults.append))
    assert [(report.sha256, report.title) for report in reports] == [(each.sha256, each.title) for each in expected]
    assert [fault.code for fault in faults] == [fault.code for fault in expected_faults]
    assert reports[0].path.partition("#")[0] == "-"


def test_a_file_that_cannot_be_read_is_an_error_of_the_world(tmp_path: Path) -> None:
    for path in (tmp_path / "none.txt", tmp_path):
        with pytest.raises(WorldError) as raised:
            list(read_reports(path))
        assert (raised.value.code, raised.value.where) == ("source.read", str(path))
