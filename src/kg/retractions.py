"""Retractions: documents that the project still holds and that nothing may be built on any more.

The record is ``retractions.jsonl`` beside kg.toml, one object a line, sorted by document::

    {"document": "<64 hex digits>", "path": "reports/a.md", "reason": "withdrawn", "date": "2026-11-25", "by": "desk"}

What is retracted is a text, by its digest: the same text under another name stays retracted, and a corrected text is another
document. `kg build` leaves the document out as if the project had never had it: its claims, its part in the identity of
events, and what a reviewer's verdicts say of its events.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from kg.claims import read_claims
from kg.errors import DataError, UsageError
from kg.inputs import Input, find_inputs
from kg.iris import Minter
from kg.project import Project
from kg.records import CalendarDate, Digest, Record, Text
from kg.sources import read_reports

_KEY_LENGTH = 16
_HEX = frozenset("0123456789abcdef")


class Retraction(Record):
    """A document that was retracted.

    `document` is the digest of its text; `path` is its file as last known, from the project's folder; `reason` is why it was
    retracted, `date` (YYYY-MM-DD) when and `by` by whom, as the caller told.
    """

    document: Digest
    path: Text
    reason: Text
    date: CalendarDate | None = None
    by: Text | None = None

    @property
    def key(self) -> str:
        """The first 16 hex digits of the digest, by which IRIs name the document."""
        return self.document[:_KEY_LENGTH]


@dataclass(frozen=True, slots=True)
class Selection:
    """The inputs of a project without what is retracted.

    `retracted` are the retractions of documents that the project holds; `absent` those of documents that it does not hold.
    """

    inputs: tuple[Input, ...]
    retracted: tuple[Retraction, ...] = ()
    absent: tuple[Retraction, ...] = ()

    @property
    def documents(self) -> frozenset[str]:
        """The digests of what is retracted, held or not."""
        return frozenset(retraction.document for retraction in (*self.retracted, *self.absent))


# --------------------------------------------------------------------------- the record


def read_retractions(project: Project) -> tuple[Retraction, ...]:
    """Read the retractions of a project, sorted by document; without a file there are none.

    Raises:
        DataError: a line is no retraction (file, line and field), or two lines are about one document.
        OSError: the file cannot be read.
    """
    path = project.retractions
    found: dict[str, Retraction] = {}
    for number, line in enumerate(path.read_bytes().split(b"\n") if path.exists() else (), 1):
        if not line.strip():
            continue
        try:
            retraction = Retraction.model_validate_json(line)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            field = ".".join(str(part) for part in first["loc"])
            raise DataError(
                f"no retraction: {first['msg'].removeprefix('Value error, ')}",
                code="retractions.field",
                where=":".join(part for part in (str(path), str(number), field) if part),
                hint=f"fields: {', '.join(Retraction.model_fields)}; kg retract writes them",
            ) from error
        if retraction.document in found:
            raise DataError(
                "the document is retracted twice", code="retractions.twice", where=f"{path}:{number}:document"
            )
        found[retraction.document] = retraction
    return tuple(found[document] for document in sorted(found))


def write_retractions(project: Project, retractions: Iterable[Retraction]) -> None:
    """Write the retractions of a project, sorted by document; where there are none, the file goes.

    Raises:
        OSError: the file cannot be written; the old one stays.
    """
    path = project.retractions
    ordered = sorted(retractions, key=lambda retraction: retraction.document)
    if not ordered:
        path.unlink(missing_ok=True)
        return
    temporary = path.with_name(f".{path.name}.tmp")
    try:
        with temporary.open("w", encoding="utf-8", newline="\n") as file:
            for retraction in ordered:
                file.write(json.dumps(retraction.model_dump(exclude_none=True), ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


# --------------------------------------------------------------------------- what it leaves out


def select_inputs(inputs: Sequence[Input], retractions: Sequence[Retraction]) -> Selection:
    """Leave out the inputs all of whose documents are retracted.

    An input that holds other reports too is kept: whoever reads it passes over `Selection.documents`. One that cannot be read
    is kept as well, so that a build tells what is wrong with it.
    """
    if not retractions:
        return Selection(tuple(inputs))
    retracted = {retraction.document for retraction in retractions}
    kept: list[Input] = []
    held: set[str] = set()
    for source in inputs:
        try:
            documents = set(_documents(source, retracted))
        except DataError:
            documents = set()
        held |= documents & retracted
        if not documents or not documents <= retracted:
            kept.append(source)
    return Selection(
        tuple(kept),
        tuple(retraction for retraction in retractions if retraction.document in held),
        tuple(retraction for retraction in retractions if retraction.document not in held),
    )


def _documents(source: Input, wanted: Iterable[str] | None = None) -> Mapping[str, str]:
    """The documents of an input, by digest, with what messages call each; claims without a wanted digest stay unread."""
    if source.claims is not None:
        content = source.claims.read_bytes() if wanted is not None else b""
        if wanted is not None and not any(digest.encode() in content for digest in wanted):
            return {}
        document = read_claims(source.claims).document
        if document is not None:
            return {document: str(source.report or source.claims)}
    return {} if source.report is None else {report.sha256: report.path for report in read_reports(source.report)}


# --------------------------------------------------------------------------- which document is meant


def find_documents(project: Project, name: str, *, is_retracted: bool = False) -> dict[str, str]:
    """Find the documents that a name means: a file of a report, its claims or metadata; a digest, or 16 digits of it; an IRI.

    Args:
        project: whose documents are meant.
        name: the name; relative paths hold from the working directory or from the project's folder.
        is_retracted: find only what is retracted.

    Returns:
        Digest to path (from the project's folder): of the project's inputs, else of what is retracted and not held any more.

    Raises:
        UsageError: it means nothing, or several documents of one file; code ``retract.undo`` where it is not retracted.
        DataError: the file that is meant is wrong.
    """
    records = {retraction.document: retraction.path for retraction in read_retractions(project)}
    held = dict(_held(project, name))
    found = {digest: path for digest, path in held.items() if digest in records or not is_retracted} or {
        digest: path
        for digest, path in records.items()
        if _is_meant(digest, name, project) or _same_file(project, name, [project.root / path])
    }
    if held and not found:
        raise UsageError(f"{name} is not retracted", code="retract.undo")
    if not found:
        raise UsageError(
            f"no document of the project is called {name!r}",
            code="retract.unknown",
            hint="name the file of its report or claims, its digest (16 hex digits or more), or its IRI",
        )
    if len(found) > 1:
        raise UsageError(
            f"{name} holds {len(found):,} documents",
            code="retract.several",
            hint="name each: " + ", ".join(f"{path} is {digest[:_KEY_LENGTH]}" for digest, path in found.items()),
        )
    return found


def _held(project: Project, name: str) -> Iterator[tuple[str, str]]:
    for source in find_inputs(project):
        files = [path for path in (source.report, source.claims, source.meta) if path is not None]
        is_file = _same_file(project, name, files)
        try:
            documents = _documents(source)
        except DataError:
            if is_file:
                raise
            continue
        for digest, path in documents.items():
            if is_file or _is_meant(digest, name, project) or _same_file(project, name, [Path(path)]):
                yield digest, Path(os.path.relpath(path, project.root)).as_posix()


def _same_file(project: Project, name: str, files: Iterable[Path]) -> bool:
    places = {(start / name).resolve() for start in (Path.cwd(), project.root)}
    return any(file.resolve() in places for file in files)


def _is_meant(digest: str, name: str, project: Project) -> bool:
    minter = Minter(project.base)
    key = digest[:_KEY_LENGTH]
    if len(name) >= _KEY_LENGTH and set(name) <= _HEX:
        return digest.startswith(name)
    return name.strip("<>") in (f"doc:{key}", f"graph:{key}", minter.document(key), minter.graph(key))
