"""The tables by which events are compared: kinds of events, and points for and against."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.errors import DataError

_DATA = Path(__file__).with_name("data")


@dataclass(frozen=True, slots=True)
class EventKind:
    """How events of a type are compared: see ``data/kinds.tsv``."""

    type: str
    profile: str
    family: str
    is_over: bool


@dataclass(frozen=True, slots=True)
class Criterion:
    """A thing that speaks for or against: its points by profile (`None` forbids the merge), and what it says."""

    name: str
    points: Mapping[str, int | None]
    english: str
    french: str


@dataclass(frozen=True, slots=True)
class Criteria:
    """The table of points, and the points from which on two descriptions are of one event, by profile."""

    by_name: Mapping[str, Criterion]
    thresholds: Mapping[str, int]

    def points(self, criterion: str, profile: str) -> int | None:
        """Return what a criterion counts in a profile; `None` where it forbids the merge."""
        return self.by_name[criterion].points[profile]


@lru_cache(maxsize=1)
def event_kinds() -> Mapping[str, EventKind]:
    """Read how events of each type are compared."""
    return {
        row["type"]: EventKind(row["type"], row["profile"], row["family"], row["is_over"] == "yes")
        for _, row in _rows("kinds.tsv")
    }


@lru_cache(maxsize=1)
def criteria() -> Criteria:
    """Read the table of points.

    Raises:
        DataError: a cell holds neither a number nor a mark, or the table has no thresholds; says file and line.
    """
    profiles = sorted({kind.profile for kind in event_kinds().values()})
    found = {
        row["criterion"]: Criterion(
            row["criterion"], {p: _points(row[p], where) for p in profiles}, row["en"], row["fr"]
        )
        for where, row in _rows("criteria.tsv")
    }
    thresholds = found.pop("threshold", None)
    if thresholds is None or None in thresholds.points.values():
        raise DataError("no thresholds", code="coreference.table", where=str(_DATA / "criteria.tsv"))
    return Criteria(found, {profile: points or 0 for profile, points in thresholds.points.items()})


def _points(cell: str, where: str) -> int | None:
    if cell == "x":
        return None
    try:
        return 0 if cell == "." else int(cell)
    except ValueError:
        raise DataError(f"not points, . or x: {cell!r}", code="coreference.table", where=where) from None


def _rows(name: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the lines of a table with their places; the first line that is no comment names the columns."""
    columns: list[str] = []
    for number, line in enumerate((_DATA / name).read_text(encoding="utf-8").splitlines(), 1):
        if line and not line.startswith("#"):
            cells = line.split("\t")
            if columns and len(cells) != len(columns):
                raise DataError("wrong number of cells", code="coreference.table", where=f"{_DATA / name}:{number}")
            if columns:
                yield f"{_DATA / name}:{number}", dict(zip(columns, cells, strict=True))
            else:
                columns = cells
