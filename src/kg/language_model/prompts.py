"""The prompts: versioned files. A version never changes once it has been used: `prompts/versions.tsv` holds its digest.

To change a word, copy the folder of the newest version under the next number, change it there, add its digest (a test says
which) and raise `VERSION`. Each claim says by which version it was found.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from kg.errors import DataError
from kg.language.tables import read_table

VERSION: Final = "1"
FOLDER: Final = Path(__file__).resolve().parent / "prompts"
NAMES: Final = ("guide", "task", "verdicts", "repair", "again", "schema", "fenced")


@dataclass(frozen=True, slots=True)
class Prompts:
    """The texts of one version: the guide, what to do, and what is said when an answer has to be given again."""

    version: str
    guide: str
    task: str
    verdicts: str
    repair: str
    again: str
    schema: str
    fenced: str


@cache
def load_prompts(version: str = VERSION) -> Prompts:
    """Read the prompts of a version.

    Raises:
        DataError: there is no such version, or its files are not those that its digest was made of.
    """
    folder = FOLDER / version
    known = {cells[0]: cells[1] for _, cells in read_table(FOLDER / "versions.tsv", ("version", "digest"))}
    if version not in known or digest_of(folder) != known[version]:
        raise DataError(
            f"the prompts of version {version} are not those that were published",
            code="model.prompts",
            where=str(folder),
            hint="a changed prompt is a new version: see kg/language_model/README.md",
        )
    return Prompts(version, *((folder / f"{name}.md").read_text(encoding="utf-8") for name in NAMES))


def digest_of(folder: Path) -> str:
    """The SHA-256 (64 hex digits) of the prompts in a folder, names and texts."""
    parts = (f"{name}\0{(folder / f'{name}.md').read_text(encoding='utf-8')}\0" for name in NAMES)
    return hashlib.sha256("".join(parts).encode()).hexdigest()
