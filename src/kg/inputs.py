"""Which files of a project belong together: a report, its claims, its metadata.

In one folder, ``desk-12.md`` (the report), ``desk-12.claims.jsonl`` (its reviewed claims) and ``desk-12.meta.toml`` (what is
known of a report whose text is not at hand) have one stem. A claim file stands alone where its text may not be kept: then
the metadata file says who published the report, when and in what language.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.claims import SUFFIX
from kg.errors import DataError, UsageError
from kg.iris import iri_term
from kg.project import FILE_NAME, Project, match_files
from kg.records import Document, Report
from kg.sources.metadata import read_field

META_SUFFIX = ".meta.toml"
_META_KEYS = ("publisher", "date", "language", "title", "author", "url", "identifier", "sha256")
COMPANIONS = (SUFFIX, META_SUFFIX)
"""What the names of files end in that stand beside reports and are none."""
SAME_EVENTS = "same-events.jsonl"
"""The usual name of the reviewed file of event identities, which may stand among the reports."""


@dataclass(frozen=True, slots=True)
class Input:
    """The files of one stem: the report's, the claims', the metadata's; at least one of the first two is there."""

    report: Path | None
    claims: Path | None
    meta: Path | None

    @property
    def name(self) -> str:
        """The file that stands for the others in messages."""
        return str(self.claims or self.report)


def find_inputs(project: Project) -> list[Input]:
    """List the inputs of a project, sorted by path.

    Raises:
        UsageError: a name in kg.toml matches nothing, one stem has two reports, or metadata belong to nothing.
    """
    stems: dict[Path, dict[str, Path]] = {}
    for path in sorted({path for pattern in project.reports for path in _files(project, pattern)}):
        kind, stem = _kind(path)
        files = stems.setdefault(stem, {})
        if kind in files:
            raise UsageError(
                f"two reports of one name: {files[kind].name} and {path.name}",
                code="inputs.stem",
                where=str(path.parent),
                hint="rename one of them: claims are matched with reports by their stem",
            )
        files[kind] = path
    for files in stems.values():
        if files.keys() == {"meta"}:
            raise UsageError(
                "metadata of no report: there are no claims and no report of this name",
                code="inputs.meta",
                where=str(files["meta"]),
                hint=f"name it after its claims: desk-12{META_SUFFIX} goes with desk-12{SUFFIX}",
            )
    return [Input(files.get("report"), files.get("claims"), files.get("meta")) for files in stems.values()]


def read_document(report: Report | None, meta: Path | None, digest: str, where: str) -> Document:
    """Put together what is known of a document: from its report, else from its metadata file.

    Raises:
        DataError: there is neither, a field is missing or wrong, or the metadata are about another text.
    """
    known = _from_report(report) if report else _read_meta(meta, where)
    if known.pop("sha256", digest) != digest:
        raise DataError(
            "the metadata are about another text: the digests differ",
            code="meta.digest",
            where=str(meta),
            hint=f"the claims are about {digest}",
        )
    for field in ("publisher", "language"):
        if not known.get(field):
            raise DataError(
                f"the {field} of the report is not known",
                code="meta.missing",
                where=str(meta or where),
                hint=f"name it in the front matter or in a {META_SUFFIX} file beside the claims",
            )
    if known.get("url"):
        try:
            iri_term(known["url"])
        except DataError as error:
            raise DataError(
                f"url: {error.message}", code="meta.field", where=str(meta or where), hint=error.hint
            ) from error
    return Document(sha256=digest, text=report.text if report else None, **known)


def _files(project: Project, pattern: str) -> Iterator[Path]:
    found = match_files(project.root, pattern)
    if not found and not (project.root / pattern).is_dir():
        raise UsageError(
            f"no file matches {pattern!r}", code="inputs.none", where=f"{project.root / FILE_NAME}:project.reports"
        )
    for path in found:
        if path not in (project.same_events, project.retractions) and not path.name.startswith("README"):
            yield path


def _kind(path: Path) -> tuple[str, Path]:
    for suffix, kind in zip(COMPANIONS, ("claims", "meta"), strict=True):
        if path.name.endswith(suffix):
            return kind, path.with_name(path.name.removesuffix(suffix))
    return "report", path.with_name(path.name.removesuffix(".gz")).with_suffix("")


def _from_report(report: Report) -> dict[str, Any]:
    fields = ("publisher", "language", "date", "title", "author", "url", "identifier")
    return {field: getattr(report, field) for field in fields}


def _read_meta(meta: Path | None, where: str) -> dict[str, Any]:
    if meta is None:
        raise DataError(
            "neither the report nor its metadata are at hand",
            code="meta.none",
            where=where,
            hint=f"put the report or a {META_SUFFIX} file (publisher, date, language) beside the claims",
        )
    try:
        known = tomllib.loads(meta.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"not valid TOML: {error}", code="meta.toml", where=str(meta)) from error
    return {key: _field(key, value, meta) for key, value in known.items()}


def _field(key: str, value: object, meta: Path) -> str | None:
    if key not in _META_KEYS or not isinstance(value, str):
        raise DataError(
            f"{key}: not a known field, or not a string",
            code="meta.field",
            where=f"{meta}:{key}",
            hint=f"fields: {', '.join(_META_KEYS)}",
        )
    try:
        return read_field(key, value)
    except ValueError as error:
        raise DataError(str(error), code="meta.field", where=f"{meta}:{key}") from error
