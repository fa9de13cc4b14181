"""kg.toml: what a project reads, where it writes, under which base IRI.

A complete file::

    [project]
    base = "https://example.org/desk/"   # what the project mints lies below it, ends in /; default https://w3id.org/kg-news/
    reports = ["reports"]                # files, folders and globs, relative to kg.toml
    out = "out"                          # what `kg build` writes
    entities = ["entities/*.ttl"]        # reference entities of the project's own, beside the shipped ones
    same_events = "reports/same-events.jsonl"  # which events of two documents are one, as reviewed

    [extraction]
    extractor = "rules"                  # who reads the reports that nobody has reviewed: "rules", "model", "command",
                                         # "rules+model" or "none"; tables [extraction.model], [extraction.command]
    budget = "2.50"                      # what a model may cost in one run; or "200k tokens"
    lexicon = "lexicon"                  # word tables of the project's own, LANGUAGE/TABLE.tsv, beside those of kg

    [stores.desk]                        # external triple stores, by name
    url = "http://localhost:7878"
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pyoxigraph import NamedNode

from kg.errors import UsageError
from kg.vocab import DEFAULT_BASE

FILE_NAME = "kg.toml"
_RETRACTIONS = "retractions.jsonl"
_KEYS = {"base": str, "reports": list, "out": str, "entities": list, "same_events": str}
_TABLES = frozenset({"project", "stores", "language", "extraction"})
_BASE = re.compile(r"https?://[^/?#]+/([^?#]*/)?")
_DOTS = re.compile(r"/\.{1,2}/")


@dataclass(frozen=True, slots=True)
class Project:
    """A kg project: a folder with a kg.toml. Paths are absolute."""

    root: Path
    base: str = DEFAULT_BASE
    reports: tuple[str, ...] = ("reports",)
    out: Path = field(default_factory=lambda: Path("out").resolve())
    entities: tuple[Path, ...] = ()
    same_events: Path | None = None
    tables: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    """The other tables of kg.toml as they stand: ``stores``, ``language``, ``extraction``."""

    @property
    def retractions(self) -> Path:
        """The record of retracted documents (`kg.retractions`), beside kg.toml; it need not be there."""
        return self.root / _RETRACTIONS


def find_project(start: Path | None = None) -> Project:
    """Read the kg.toml of `start` (default: the working directory) or of the nearest folder above it.

    Raises:
        UsageError: there is none, or it is wrong.
    """
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / FILE_NAME).is_file():
            return read_project(folder / FILE_NAME)
    raise UsageError(
        f"no {FILE_NAME} here or above",
        code="project.missing",
        where=str(here),
        hint="run `kg init` to start a project",
    )


def read_project(path: Path) -> Project:
    """Read one kg.toml.

    Raises:
        UsageError: the file is not TOML, or a key is unknown or of the wrong type; says which.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"not valid TOML: {error}", code="project.toml", where=str(path)) from error
    settings = _checked(tables, path)
    root = path.parent.resolve()
    return Project(
        root=root,
        base=settings.get("base", DEFAULT_BASE),
        reports=tuple(settings.get("reports", ["reports"])),
        out=(root / settings.get("out", "out")).resolve(),
        entities=tuple(found for pattern in settings.get("entities", []) for found in _files(root, pattern, path)),
        same_events=root / settings["same_events"] if "same_events" in settings else None,
        tables=MappingProxyType({name: table for name, table in tables.items() if name != "project"}),
    )


def _checked(tables: dict[str, Any], path: Path) -> dict[str, Any]:
    for name, table in tables.items():
        if name not in _TABLES:
            raise UsageError(
                f"unknown table [{name}]",
                code="project.key",
                where=f"{path}:{name}",
                hint=f"tables: {', '.join(sorted(_TABLES))}",
            )
        if not isinstance(table, dict):
            raise UsageError(f"{name} must be a table", code="project.type", where=f"{path}:{name}")
    settings: dict[str, Any] = tables.get("project", {})
    for key, value in settings.items():
        if key not in _KEYS:
            raise UsageError(
                f"unknown key {key!r}",
                code="project.key",
                where=f"{path}:project.{key}",
                hint=f"keys: {', '.join(_KEYS)}",
            )
        if not isinstance(value, _KEYS[key]) or (
            isinstance(value, list) and not all(isinstance(v, str) for v in value)
        ):
            wanted = "a list of strings" if _KEYS[key] is list else "a string"
            raise UsageError(f"{key} must be {wanted}", code="project.type", where=f"{path}:project.{key}")
    if "base" in settings and not _is_base(settings["base"]):
        raise UsageError(
            f"base is not an http IRI that ends in /: {settings['base']!r}",
            code="project.base",
            where=f"{path}:project.base",
            hint="documents, claims and passages are named below it: no query, no fragment, no . or .. in its path",
        )
    return settings


def _is_base(iri: str) -> bool:
    try:
        NamedNode(iri)
    except ValueError:
        return False
    return bool(_BASE.fullmatch(iri)) and not _DOTS.search(iri)


def match_files(root: Path, pattern: str) -> list[Path]:
    """List the files that a name in kg.toml stands for: itself, all below a folder, or what a glob gives.

    Args:
        root: what relative names are relative to.
        pattern: the name.

    Returns:
        The files, sorted; hidden ones (of a folder or of a glob) left out.
    """
    place = root / pattern
    if place.is_file():
        return [place]
    folder, glob = (place, "**/*") if place.is_dir() else (root, pattern)
    if Path(glob).is_absolute():
        folder = Path(place.anchor)
        glob = str(place.relative_to(folder))
    try:
        found = list(folder.glob(glob))
    except ValueError:  # it is no pattern either
        return []
    return sorted(path for path in found if path.is_file() and not _is_hidden(path.relative_to(folder)))


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") and part != ".." for part in path.parts)


def _files(root: Path, pattern: str, path: Path) -> list[Path]:
    found = match_files(root, pattern)
    if not found:
        raise UsageError(f"no file matches {pattern!r}", code="project.entities", where=f"{path}:project.entities")
    return found
