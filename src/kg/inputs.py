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
from kg.project import FILE_NAME, Project
from kg.records import Document, Report

META_SUFFIX = ".meta.toml"
_META_KEYS = ("publisher", "date", "language", "title", "author", "url", "identifier", "sha256")
_COMPANIONS = (SUFFIX, META_SUFFIX)


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
        UsageError: a name in kg.toml matches nothing, or one stem has two reports.
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
    return [
        Input(files.get("report"), files.get("claims"), files.get("meta"))
        for files in stems.values()
        if "report" in files or "claims" in files
    ]


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
    return Document(sha256=digest, text=report.text if report else None, **known)


def _files(project: Project, pattern: str) -> Iterator[Path]:
    root = project.root / pattern
    if root.is_dir():
        found = [path for path in root.rglob("*") if path.is_file()]
    elif root.is_file():
        found = [root]
    else:
        found = [path for path in project.root.glob(pattern) if path.is_file()]
        if not found:
            raise UsageError(
                f"no file matches {pattern!r}", code="inputs.none", where=f"{project.root / FILE_NAME}:project.reports"
            )
    for path in found:
        is_hidden = any(part.startswith(".") for part in path.relative_to(project.root).parts)
        if not is_hidden and path != project.same_events and not path.name.startswith("README"):
            yield path


def _kind(path: Path) -> tuple[str, Path]:
    for suffix, kind in zip(_COMPANIONS, ("claims", "meta"), strict=True):
        if path.name.endswith(suffix):
            return kind, path.with_name(path.name.removesuffix(suffix))
    return "report", path.with_suffix("")


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
    for key, value in known.items():
        if key not in _META_KEYS or not isinstance(value, str):
            raise DataError(
                f"{key}: not a known field, or not a string",
                code="meta.field",
                where=f"{meta}:{key}",
                hint=f"fields: {', '.join(_META_KEYS)}",
            )
    return known
