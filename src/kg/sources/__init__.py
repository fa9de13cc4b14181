"""From files to reports.

How a file becomes reports::

    names ─files─▶ Path ─source─▶ Source ─formats─▶ Format ─its module─▶ text, metadata ─metadata─▶ Report
    - a.md news/   one file       bytes, unpacked   recognised by        decoded, its fields        digest, language,
    desk/*.jsonl                  and bounded       suffix, content      read                       notes

`read_reports` reads one file, which may hold one report (text, Markdown, a web page) or many (JSON Lines, a feed, a NewsML
message); `read_all` reads all files that some names mean and leaves out what was there before. Both are lazy: one report is
in memory at a time, or one file where its format must be read as a whole.

The text of a report is what was decoded, exactly: line ends (CRLF too), composed or decomposed letters, typographic and
soft characters stay as they are, and offsets count in them. What a format adds around the text is taken away: a byte order
mark, front matter, the corpus header, markup. What was doubtful on the way is in the report's ``notes``. A text with a NUL or
a lone surrogate is refused, since no RDF, JSON or XML file could carry it.

=================  =====================================================================================================
`plain`            the whole file
`markdown`         what follows the YAML front matter (`frontmatter`), markup included; any text that has front matter
`corpus`           what follows `` date 2023-06 ``
`html`             the article that trafilatura finds; metadata from the page's head (`page`)
`newsml`, `feeds`  the content of the items, markup turned into paragraphs (`paragraphs`, `trees`)
`jsonlines`        the field ``text``
=================  =====================================================================================================

Nothing is fetched. Importing this package imports no parser: YAML, XML and HTML come in when a file needs them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from kg.errors import DataError, KgError, WorldError
from kg.records import Report
from kg.sources.files import find_files
from kg.sources.formats import FORMATS, Format, recognise
from kg.sources.languages import SUPPORTED, identify
from kg.sources.source import DEFAULT_LIMITS, Limits, open_source, stop

__all__ = [
    "FORMATS",
    "SUPPORTED",
    "Format",
    "Limits",
    "distinct",
    "find_files",
    "identify",
    "read_all",
    "read_reports",
]


def read_reports(
    path: Path, *, limits: Limits = DEFAULT_LIMITS, on_fault: Callable[[DataError], None] = stop
) -> Iterator[Report]:
    """Read the reports of one file, or of standard input where `path` is ``-``.

    Args:
        path: the file, gzipped or not; reports call it what the user called it, and ``file#3`` what stands in its
            third item or line where there may be several.
        limits: how much is read.
        on_fault: is told what is wrong with one of several reports, whereupon the next one is read; by default it is raised.

    Raises:
        DataError: the file is empty, binary, too large, in a damaged encoding, or wrong in its format; says where.
        Refused: it is a bomb (of gzip, XML, HTML or YAML), or has a document type.
        WorldError: it cannot be read, or a package that its format needs is not installed.
    """
    faults: list[DataError] = []

    def note_fault(fault: DataError) -> None:
        faults.append(fault)
        on_fault(fault)

    try:
        with open_source(path, limits=limits, on_fault=note_fault) as source:
            is_empty = True
            for report in recognise(source).read(source):
                is_empty = False
                yield report
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}"
        raise WorldError(message, code="source.read", where=str(path)) from error
    if is_empty and not faults:
        raise DataError("there is no report in it", code="source.empty", where=str(path))


def read_all(
    names: Iterable[str],
    *,
    on_fault: Callable[[KgError], None],
    limits: Limits = DEFAULT_LIMITS,
    leave_out: tuple[str, ...] = (),
) -> Iterator[Report]:
    """Read the reports of all files that names mean, each text once; what cannot be read is told and passed over.

    Args:
        names: files, folders, globs or ``-``; see `find_files`.
        on_fault: is told what is wrong with a file or report, and which report has the text of an earlier one.
        limits: how much is read.
        leave_out: ends of names of files that are no reports.

    Raises:
        UsageError: a name means nothing.
    """
    files = find_files(names, leave_out=leave_out)
    return distinct(_read_each(files, limits, on_fault), on_duplicate=on_fault)


def distinct(reports: Iterable[Report], *, on_duplicate: Callable[[DataError], None]) -> Iterator[Report]:
    """Pass on the reports whose text (digest) was not there before; `on_duplicate` is told of the others."""
    seen: dict[str, str] = {}
    for report in reports:
        first = seen.get(report.sha256)
        if first is None:
            seen[report.sha256] = report.path
            yield report
        else:
            on_duplicate(DataError(f"the same text as {first}", code="source.duplicate", where=report.path))


def _read_each(files: Iterable[Path], limits: Limits, on_fault: Callable[[KgError], None]) -> Iterator[Report]:
    for path in files:
        try:
            yield from read_reports(path, limits=limits, on_fault=on_fault)
        except KgError as fault:
            on_fault(fault)
