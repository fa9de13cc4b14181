"""Gold as kg eval reads it: claim files, each with the report or the metadata beside it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.errors import DataError, UsageError

if TYPE_CHECKING:
    from kg.claims import ClaimFile
    from kg.records import Claim, Report

_REPORT_SUFFIXES: Final = (".md", ".txt", ".html", ".htm")


@dataclass(frozen=True, slots=True)
class Gold:
    """The gold claims of one document, and its report where that is at hand."""

    name: str
    document: str
    claims: Sequence[Claim]
    language: str | None
    report: Report | None

    @property
    def text(self) -> str | None:
        """The report's text."""
        return self.report.text if self.report else None


def read_gold(names: Iterable[str]) -> list[Gold]:
    """Read gold claim files, and the report or the metadata beside each.

    Raises:
        UsageError: a name means nothing, or a file that is no claim file.
        DataError: there is no claim file, a line is no good claim, or the report is not the one that the claims are about.
    """
    found = [_read_gold_file(path) for path in claim_files(names)]
    if not found:
        raise DataError("there is no gold: no claim file here", code="eval.none", hint="gold is NAME.claims.jsonl")
    return sorted(found, key=lambda gold: (gold.name, gold.document))


def claim_files(names: Iterable[str]) -> list[Path]:
    """List the claim files that names stand for, each once.

    Raises:
        UsageError: a name means nothing, or a file that is no claim file.
    """
    from kg.claims import SUFFIX
    from kg.sources import find_files

    files = []
    for name in names:
        found = find_files([name])
        files += [path for path in found if path.name.endswith(SUFFIX)]
        if found == [Path(name)] and not name.endswith(SUFFIX):
            raise UsageError(
                f"not a claim file: {name}", code="eval.suffix", hint=f"claim files are called NAME{SUFFIX}"
            )
    return list(dict.fromkeys(files))


def _read_gold_file(path: Path) -> Gold:
    from kg.claims import SUFFIX

    file = read_sound(path)
    assert file.document is not None  # noqa: S101 - a sound claim file holds a claim
    stem = path.with_name(path.name.removesuffix(SUFFIX))
    report = _find_report(stem, file.document, str(path))
    language = report.language if report else _told_language(stem)
    return Gold(str(path), file.document, file.claims, language, report)


def read_sound(path: Path) -> ClaimFile:
    """Read a claim file of which every line is a good claim: a line left out would change the score unseen.

    Raises:
        DataError: a line is none.
    """
    from kg.claims import read_claims

    file = read_claims(path)
    for rejected in file.rejected:
        fault = rejected.findings[0]
        raise DataError(
            f"{fault.message_en}: {fault.value}" if fault.value else fault.message_en,
            code="eval.claim",
            where=":".join([str(path), str(rejected.line), *([fault.path] if fault.path else [])]),
            hint=f"{len(file.rejected):,} lines of this file are no good claims; none is scored until all are",
        )
    return file


def _find_report(stem: Path, document: str, where: str) -> Report | None:
    from kg.sources import read_reports

    files = [path for suffix in _REPORT_SUFFIXES if (path := stem.with_name(stem.name + suffix)).is_file()]
    for path in files:
        for report in read_reports(path):
            if report.sha256 == document:
                return report
    if files:
        raise DataError(
            "the report beside the claims is not the one that they are about: the digests differ",
            code="claims.digest",
            where=where,
            hint=f"{files[0].name} has changed since its claims were made: review them",
        )
    return None


def _told_language(stem: Path) -> str | None:
    from kg.inputs import META_SUFFIX

    path = stem.with_name(stem.name + META_SUFFIX)
    if not path.is_file():
        return None
    try:
        language = tomllib.loads(path.read_text(encoding="utf-8")).get("language")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"not valid TOML: {error}", code="meta.toml", where=str(path)) from error
    return language if isinstance(language, str) else None
