"""The header form of news corpora: `` date 2023-06 Title …``.

One line of header precedes the text: a space, the word ``date``, the date, and then the title, which runs into the first
paragraph without a mark. The text is what follows the date; of the empty lines at its end none is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kg.records import Report
from kg.sources.languages import SUPPORTED, function_words, identify
from kg.sources.metadata import Metadata, make_report, parse_date
from kg.sources.source import Source

_HEADER: Final = re.compile(r"\s?date ([0-9]{4}(?:-[0-9]{2}){0,2}) (?=\S)")
_EMPTY_LINES: Final = re.compile(r"(\r?\n)(?:[ \t]*\r?\n)+\Z")
_STEP: Final = re.compile(r"([^\W\d_]+) (?=([^\W\d_]+['’]?))")
_MAX_TITLE: Final = 200


def is_corpus(source: Source) -> bool:
    """By its first words."""
    found = _HEADER.match(source.head)
    return found is not None and parse_date(found[1]) is not None


def read_corpus(source: Source) -> Iterator[Report]:
    """Read the one report of a file; its title is found where the first sentence of the text after it is told from it."""
    decoded = source.read_text()
    header = _HEADER.match(decoded.text)
    start, date = (header.end(), header[1]) if header else (0, None)
    text = _EMPTY_LINES.sub(r"\1", decoded.text[start:])
    title, notes = _title(text)
    yield make_report(text, source, Metadata(title=title, date=date), notes=(*decoded.notes, *notes))


def _title(text: str) -> tuple[str | None, tuple[str, ...]]:
    """Return the title that a text begins with.

    It ends where, with no punctuation between, a function word with a capital follows a word that is neither capitalised nor
    a function word itself; or with the line, where that is short and no sentence. Elsewhere it is not known.
    """
    line = text.partition("\n")[0].strip()
    language = identify(text)
    words = function_words(language) if language in SUPPORTED else frozenset()
    ends = [
        step.end(1)
        for step in _STEP.finditer(line)
        if step[1].islower() and step[1] not in words and step[2].istitle() and _is_among(step[2], words)
    ]
    if len(ends) == 1 and ends[0] <= _MAX_TITLE:
        return line[: ends[0]], ("the title runs into the text: it was taken to end where a sentence begins",)
    if not ends and len(line) <= _MAX_TITLE and line[-1:] not in ".!?…":
        return line, ()
    return None, ("the title runs into the text: where it ends is not known",)


def _is_among(word: str, words: frozenset[str]) -> bool:
    return word.casefold().replace("’", "'") in words
