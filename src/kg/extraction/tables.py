"""The word lists and rules of the extractor: tab-separated files in ``data/<language>/``.

A line that is empty or begins with ``#`` says nothing; the first other line names the columns. A field that holds several
forms separates them by ``|``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from kg.errors import UsageError, WorldError

LANGUAGES = ("en", "fr")
_DATA = Path(__file__).with_name("data")


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


@lru_cache(maxsize=32)
def read_table(language: str, name: str) -> tuple[Row, ...]:
    """Read ``data/<language>/<name>.tsv``.

    Args:
        language: one of `LANGUAGES`.
        name: the file's name without suffix.

    Raises:
        UsageError: the language is not one that the extractor reads.
        WorldError: the file is missing, or a line has too many or too few fields.
    """
    check_language(language)
    path = _DATA / language / f"{name}.tsv"
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise WorldError(
            "a word list of kg is not installed", where=str(path), hint="reinstall kg: pip install --force-reinstall kg"
        ) from error
    rows: list[Row] = []
    columns: list[str] = []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        fields = [field.strip() for field in line.split("\t")]
        if not columns:
            columns = fields
        elif len(fields) != len(columns):
            raise WorldError(f"{len(fields)} fields where {len(columns)} are due", where=f"{path}:{number}")
        else:
            rows.append(Row(dict(zip(columns, fields, strict=True)), f"{path.name}:{number}"))
    return tuple(rows)


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
def read_lists(language: str) -> Mapping[str, frozenset[str]]:
    """Read ``data/<language>/wordlists.tsv``: the words, by list, that rules ask for one at a time.

    Every language has every list; one that it has no words for holds ``_``.

    Raises:
        UsageError, WorldError: see `read_table`.
    """
    return MappingProxyType(
        {row["list"]: frozenset(row.forms("forms")) - {"_"} for row in read_table(language, "wordlists")}
    )
