"""The word lists and rules of the extractor: tab-separated files in ``data/<language>/``.

A line that is empty or begins with ``#`` says nothing; the first other line names the columns. A field that holds several
forms separates them by ``|``. A project adds lines of its own in files of the same names and columns (`own_tables`); they are
read before those of kg.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache, wraps
from pathlib import Path
from types import MappingProxyType
from typing import ParamSpec, TypeVar

from kg.errors import DataError, UsageError, WorldError

LANGUAGES = ("en", "fr")
_DATA = Path(__file__).with_name("data")
_OWN: ContextVar[Path | None] = ContextVar("own", default=None)

_P = ParamSpec("_P")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: its fields by column, and its place as ``file:line`` for messages."""

    fields: dict[str, str]
    where: str

    def __getitem__(self, column: str) -> str:
        return self.fields[column]

    def forms(self, column: str) -> tuple[str, ...]:
        """The forms that a field lists."""
        return tuple(form.strip() for form in self.fields[column].split("|") if form.strip())


@contextmanager
def own_tables(folder: Path | None) -> Iterator[None]:
    """Add the tables of a folder to those of kg while the block runs.

    Args:
        folder: holds ``<language>/<table>.tsv``; None adds nothing.

    Raises:
        UsageError: there is no such folder, or a file in it is no table of kg.
    """
    if folder is not None:
        _check_folder(folder)
    token = _OWN.set(folder)
    try:
        yield
    finally:
        _OWN.reset(token)


def remembered(function: Callable[_P, _T]) -> Callable[_P, _T]:
    """Remember what a function makes of the tables, for each folder of own tables."""

    def read(_own: Path | None, /, *args: _P.args, **kwargs: _P.kwargs) -> _T:
        return function(*args, **kwargs)

    remember: Callable[..., _T] = lru_cache(maxsize=64)(read)

    @wraps(function)
    def call(*args: _P.args, **kwargs: _P.kwargs) -> _T:
        return remember(_OWN.get(), *args, **kwargs)

    return call


@remembered
def read_table(language: str, name: str) -> tuple[Row, ...]:
    """Read ``<language>/<name>.tsv``: the project's own lines, then those of kg.

    Args:
        language: one of `LANGUAGES`.
        name: the file's name without suffix.

    Raises:
        UsageError: the language is not one that the extractor reads.
        WorldError: the file cannot be read.
        DataError: a line has too many or too few fields, or other columns than kg's own.
    """
    check_language(language)
    columns, shipped = _read(_DATA / language / f"{name}.tsv")
    folder = _OWN.get()
    own = folder / language / f"{name}.tsv" if folder is not None else None
    if own is None or not own.is_file():
        return shipped
    own_columns, rows = _read(own)
    if own_columns != columns:
        raise DataError(
            "the columns of this table differ from those of kg",
            code="lexicon.columns",
            where=f"{own}:1",
            hint=f"columns, parted by tabs: {' '.join(columns)}",
        )
    return rows + shipped


@lru_cache(maxsize=4)
def read_common_table(name: str) -> tuple[Row, ...]:
    """Read ``<name>.tsv``, a table that both languages share.

    Raises:
        WorldError, DataError: see `read_table`.
    """
    return _read(_DATA / f"{name}.tsv")[1]


def _read(path: Path) -> tuple[list[str], tuple[Row, ...]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise WorldError(f"a word list cannot be read: {error}", where=str(path)) from error
    rows: list[Row] = []
    columns: list[str] = []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        fields = [field.strip() for field in line.split("\t")]
        if not columns:
            columns = fields
        elif len(fields) != len(columns):
            raise DataError(
                f"{len(fields)} fields where {len(columns)} are due",
                code="lexicon.fields",
                where=f"{path}:{number}",
                hint=f"columns, parted by tabs: {' '.join(columns)}",
            )
        else:
            rows.append(Row(dict(zip(columns, fields, strict=True)), f"{path}:{number}"))
    return columns, tuple(rows)


@remembered
def read_lists(language: str) -> Mapping[str, frozenset[str]]:
    """Read ``wordlists.tsv``: the words, by list, that rules ask for one at a time.

    Every language has every list; one that it has no words for holds ``_``.

    Raises:
        UsageError, WorldError, DataError: see `read_table`.
    """
    found: dict[str, frozenset[str]] = {}
    for row in read_table(language, "wordlists"):
        found[row["list"]] = found.get(row["list"], frozenset()) | (frozenset(row.forms("forms")) - {"_"})
    return MappingProxyType(found)


def row_error(row: Row, message: str) -> DataError:
    """Return the error for a wrong line of a table, to be raised."""
    return DataError(
        message, code="lexicon.row", where=row.where, hint="the notes at the head of kg's table say what is right"
    )


def check_language(language: str) -> None:
    """Refuse a language that the extractor does not read.

    Raises:
        UsageError: with the languages that it does read.
    """
    if language not in LANGUAGES:
        raise UsageError(
            f"the extractor does not read the language {language!r}",
            code="extraction.language",
            hint=f"languages: {', '.join(LANGUAGES)}",
        )


@lru_cache(maxsize=4)
def _check_folder(folder: Path) -> None:
    if not folder.is_dir():
        raise UsageError("there is no such folder of tables", code="lexicon.folder", where=str(folder))
    known = {path.relative_to(_DATA).as_posix() for path in _DATA.glob("*/*.tsv")}
    for path in sorted(folder.rglob("*.tsv")):
        if path.relative_to(folder).as_posix() not in known:
            names = sorted({name.partition("/")[2] for name in known})
            raise UsageError(
                f"kg has no table {path.relative_to(folder).as_posix()}",
                code="lexicon.table",
                where=str(path),
                hint=f"tables, in a folder {' or '.join(LANGUAGES)}: {', '.join(names)}",
            )
