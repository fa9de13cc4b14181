"""Files to read: the samples in ``data/``, and what a test writes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import DataError
from kg.records import Report
from kg.sources import read_reports

DATA = Path(__file__).parent / "data"

Write = Callable[[str, str | bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file into the test's folder; text as UTF-8, with its line ends as they are."""

    def write_file(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write_file


def read_one(path: Path) -> Report:
    """The one report of a file."""
    (report,) = read_reports(path)
    return report


def read_sample(name: str) -> tuple[list[Report], list[DataError]]:
    """The reports of a sample, and what is wrong with its others."""
    faults: list[DataError] = []
    return list(read_reports(DATA / name, on_fault=faults.append)), faults


def fault_of(path: Path) -> DataError:
    """What is wrong with a file."""
    with pytest.raises(DataError) as raised:
        list(read_reports(path))
    return raised.value
