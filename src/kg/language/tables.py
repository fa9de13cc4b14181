"""The language data: tab-separated tables, read with file and line in every error.

A table is UTF-8 text. Empty lines and lines that begin with ``#`` are comments; every other line holds exactly the columns
that its reader names. ``_`` stands for an empty cell, so that no line ends in a tab that nobody sees.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.errors import DataError

DATA = Path(__file__).resolve().parent / "data"


def read_table(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[str, list[str]]]:
    """Yield each line of a table as its place (``file:line``, for errors) and its cells.

    Raises:
        DataError: the file is missing or not UTF-8, or a line has more or fewer cells than `columns`, or an empty one.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise table_error(f"cannot be read: {error}", str(path)) from error
    for number, line in enumerate(lines, start=1):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        place = f"{path}:{number}"
        if len(cells) != len(columns) or not all(cell.strip() == cell and cell for cell in cells):
            raise table_error(f"needs {len(columns)} cells, none empty ({', '.join(columns)})", place)
        yield place, ["" if cell == "_" else cell for cell in cells]


def table_error(message: str, place: str) -> DataError:
    """The error of a table that is wrong at a place."""
    return DataError(message, code="language.table", where=place, hint="the formats stand in kg/language/README.md")


def read_kinds(path: Path, kinds: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Read a table of kind and text: the texts of each kind, in their order.

    Raises:
        DataError: the table is wrong, or names a kind that is none of `kinds`.
    """
    found: dict[str, list[str]] = {kind: [] for kind in kinds}
    for place, (kind, text) in read_table(path, ("kind", "text")):
        if kind not in found:
            raise table_error(f"unknown kind {kind!r}, not one of {', '.join(kinds)}", place)
        found[kind].append(text)
    return {kind: tuple(texts) for kind, texts in found.items()}
