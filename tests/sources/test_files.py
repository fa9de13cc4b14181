"""Names, folders, globs; many files in one run; the same text twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import KgError, UsageError
from kg.sources import distinct, find_files, read_all, read_reports
from tests.sources.conftest import DATA, Write


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with reports, and what else lies in folders."""
    for name in ("b.md", "a.txt", "sub/c.md", "sub/a[1].md", ".hidden/d.md", ".e.md", "a.claims.jsonl"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"The report {name} is here.\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("names", "found"),
    [
        ([""], ["a.claims.jsonl", "a.txt", "b.md", "sub/a[1].md", "sub/c.md"]),
        (["sub", "a.txt"], ["sub/a[1].md", "sub/c.md", "a.txt"]),
        (["*.md"], ["b.md"]),
        (["**/*.md"], ["b.md", "sub/a[1].md", "sub/c.md"]),
        (["b.md", "*.md", "."], ["b.md", "a.claims.jsonl", "a.txt", "sub/a[1].md", "sub/c.md"]),
        (["sub/a[1].md"], ["sub/a[1].md"]),
        ([".e.md"], [".e.md"]),
    ],
)
def test_names_mean_files_in_a_fixed_order_each_once(desk: Path, names: list[str], found: list[str]) -> None:
    assert find_files([str(desk / name) for name in names]) == [desk / name for name in found]


def test_what_is_no_report_is_left_out_of_a_folder_but_not_where_it_is_named(desk: Path) -> None:
    claims = desk / "a.claims.jsonl"
    assert claims not in find_files([str(desk)], leave_out=(".claims.jsonl",))
    assert find_files([str(claims)], leave_out=(".claims.jsonl",)) == [claims]


def test_a_dash_is_standard_input() -> None:
    assert find_files(["-"]) == [Path("-")]


@pytest.mark.parametrize("name", ["none.txt", "*.none"])
def test_a_name_that_means_nothing_is_an_error(desk: Path, name: str) -> None:
    with pytest.raises(UsageError, match="no file matches") as raised:
        find_files([str(desk / name)])
    assert raised.value.code == "source.none"


def test_a_text_that_was_there_before_is_left_out_and_said(write: Write) -> None:
    paths = [
        write("a.txt", "The same text.\n"),
        write("b.md", "---\ntitle: x\n---\nThe same text.\n"),
        write("c.txt", "Another.\n"),
    ]
    faults: list[KgError] = []
    reports = (report for path in paths for report in read_reports(path))
    assert [report.path for report in distinct(reports, on_duplicate=faults.append)] == [str(paths[0]), str(paths[2])]
    assert [(fault.code, fault.where, fault.message) for fault in faults] == [
        ("source.duplicate", str(paths[1]), f"the same text as {paths[0]}")
    ]


def test_a_run_over_many_files_reads_what_it_can_and_says_the_rest(write: Write) -> None:
    write("a.txt", "The same text.\n")
    write("b.txt", "")
    write("c.txt", b"\x89PNG\r\n\x1a\n....")
    write("d.txt", "The same text.\n")
    write("e.jsonl", '{"text": "one"}\n{\n{"text": "two"}\n')
    folder = write("f.txt", "The last text.\n").parent
    faults: list[KgError] = []
    texts = [report.text for report in read_all([str(folder)], on_fault=faults.append)]
    assert texts == ["The same text.\n", "one", "two", "The last text.\n"]
    assert [fault.code for fault in faults] == ["source.empty", "source.binary", "source.duplicate", "source.json"]


def test_every_sample_has_a_report() -> None:
    faults: list[KgError] = []
    reports = list(read_all([str(DATA)], on_fault=faults.append))
    assert {Path(report.path.partition("#")[0]) for report in reports} == set(DATA.iterdir())
    assert [fault.code for fault in faults] == ["source.empty", "source.empty", "source.json"]
