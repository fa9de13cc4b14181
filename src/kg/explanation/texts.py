"""The words of passages, in the sentences that they stand in, where the report is at hand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path

from kg.errors import DataError
from kg.evaluation.sentences import Sentences
from kg.inputs import Input, find_inputs
from kg.project import Project
from kg.sources import read_reports

Offsets = tuple[int, int]
_DIGEST = re.compile(rb'"document"\s*:\s*"([0-9a-f]{64})"')
_BETWEEN = " … "


@dataclass(frozen=True, slots=True)
class Quotation:
    """A passage in its sentences. `text` is `None` where the report is not at hand; offsets count its code points.

    `sentences` are the stretches that are quoted, each from the first to the last of the sentences that a passage touches.
    """

    passages: tuple[Offsets, ...]
    cue: Offsets | None
    sentences: tuple[Offsets, ...] = ()
    text: str | None = None

    def marked(self, passage: tuple[str, str] = ("[", "]"), cue: tuple[str, str] = ("{", "}")) -> str | None:
        """Return the sentences on one line, each passage and the cue between their marks; `None` without a text."""
        if self.text is None:
            return None
        marks: dict[int, list[str]] = {}
        for spans, (before, after) in ((self.passages, passage), ([self.cue] if self.cue else [], cue)):
            for start, end in spans:
                marks.setdefault(start, []).append(before)
                marks.setdefault(end, []).insert(0, after)
        pieces = (_with_marks(self.text, stretch, marks) for stretch in self.sentences)
        return " ".join(_BETWEEN.join(pieces).split())


def _with_marks(text: str, stretch: Offsets, marks: dict[int, list[str]]) -> str:
    cuts = sorted({stretch[0], stretch[1], *(at for at in marks if stretch[0] <= at <= stretch[1])})
    parts = ["".join(marks.get(cuts[0], ()))]
    for start, end in pairwise(cuts):
        parts += [text[start:end], *marks.get(end, ())]
    return "".join(parts)


class Texts:
    """Finds the texts of documents among the inputs of a project.

    A report with claims beside it is found by the digest that they name; the others are read, each once, until one fits.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self.text = lru_cache(maxsize=8)(self._text)
        self._read: dict[str, Path] = {}
        self._unread = self._reports_without_claims()

    @cached_property
    def _with_claims(self) -> dict[str, Path]:
        pairs = ((_digest(source.claims), source.report) for source in self._inputs if source.claims and source.report)
        return {digest: report for digest, report in pairs if digest}

    @cached_property
    def _inputs(self) -> list[Input]:
        return find_inputs(self._project)

    def _reports_without_claims(self) -> Iterator[tuple[str, Path]]:
        """Yield the digest of each report that has no claims beside it, as reading comes to it."""
        for source in self._inputs:
            if source.claims is None and source.report is not None:
                with suppress(DataError):  # a build has told what is wrong with it
                    yield from ((report.sha256, source.report) for report in read_reports(source.report))

    def _path(self, digest: str) -> Path | None:
        if found := self._with_claims.get(digest) or self._read.get(digest):
            return found
        for known, path in self._unread:
            self._read[known] = path
            if known == digest:
                return path
        return None

    def _text(self, digest: str) -> str | None:
        """Return the text with this digest (64 hex digits), or `None`."""
        path = self._path(digest)
        reports = read_reports(path) if path else ()
        return next((report.text for report in reports if report.sha256 == digest), None)

    def quote(self, digest: str, passages: Sequence[Offsets], cue: Offsets | None) -> Quotation:
        """Return passages and the cue of a document in their sentences."""
        text = self.text(digest)
        spans = sorted([*passages, *([cue] if cue else [])])
        if text is None or any(end > len(text) for _, end in spans):
            return Quotation(tuple(passages), cue)
        sentences = _sentences(text)
        return Quotation(tuple(passages), cue, tuple(_joined(sentences.around(span) for span in spans)), text)


@lru_cache(maxsize=8)
def _sentences(text: str) -> Sentences:
    return Sentences(text)


def _joined(stretches: Iterator[Offsets]) -> Iterator[Offsets]:
    """Join stretches that touch or overlap; they come in order."""
    start, end = next(stretches)
    for following in stretches:
        if following[0] <= end + 1:
            end = max(end, following[1])
        else:
            yield start, end
            start, end = following
    yield start, end


def _digest(claims: Path) -> str | None:
    """The document that the first claims of a file name; the file was checked when the graph was built."""
    with claims.open("rb") as file:
        found = _DIGEST.search(file.read(1 << 16))
    return found[1].decode() if found else None
