"""From an analysed text to claims, by rules whose words are data.

    names, numbers, times ─▶ phrases, clauses ─▶ attributions ─▶ events, relations, stances ─▶ claims

`extract` is the whole; each step is a module of its own, and its words are the tables in ``data/<language>/``.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from kg.analysis import Analysis
    from kg.extraction.names.gazetteer import Gazetteer
    from kg.records import Claim, Report

__all__ = ["extract"]


def extract(
    report: Report, analysis: Analysis, gazetteer: Gazetteer | None = None, *, lexicon: Path | None = None
) -> Iterator[Claim]:
    """Yield the claims of a report, numbered in the order of its text.

    Args:
        report: the report.
        analysis: its text as `kg.language` leaves it.
        gazetteer: the names of reference entities; by default those that kg ships.
        lexicon: a folder of tables of the user's own, ``<language>/<table>.tsv``, that add to those of kg.

    Raises:
        UsageError: the language is not one that the extractor reads, or the folder holds no tables of kg's kind.
        DataError: a table of the folder is wrong, with file and line.
    """
    from kg.extraction.rules import extract_claims
    from kg.extraction.tables import own_tables

    with own_tables(lexicon), _paused_collection():
        claims = extract_claims(report, analysis, gazetteer)
    yield from claims


@contextmanager
def _paused_collection() -> Iterator[None]:
    """Keep the collector of cycles from running while one report is read.

    Reading makes some ten thousand objects that live until its end, for which the interpreter goes through the tables of words
    again and again: a seventh of the time, and nothing is freed. What is left over is collected right behind.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
