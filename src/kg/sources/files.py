"""Which files names on a command line mean."""

from __future__ import annotations

import glob
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.errors import UsageError
from kg.sources.source import STDIN


def find_files(names: Iterable[str], *, leave_out: tuple[str, ...] = ()) -> list[Path]:
    """List the files that names mean, in the order of the names, each once.

    Args:
        names: a file, a folder (all files in it and below, sorted, without hidden ones), a glob (``**`` is any folders), or
            ``-`` for standard input, which becomes ``Path("-")``.
        leave_out: ends of file names that are no reports, e.g. ``.claims.jsonl``; a file that is named itself stays.

    Raises:
        UsageError: a name means nothing; says which.
    """
    return list(dict.fromkeys(path for name in names for path in _files(name, leave_out)))


def _files(name: str, leave_out: tuple[str, ...]) -> Iterator[Path]:
    path = Path(name)
    if name == STDIN or path.is_file():
        yield path
        return
    matches = [path] if path.exists() else [Path(match) for match in sorted(glob.glob(name, recursive=True))]  # noqa: PTH207 - takes absolute patterns too
    if not matches:
        raise UsageError(f"no file matches {name!r}", code="source.none")
    for match in matches:
        for file in sorted(match.rglob("*")) if match.is_dir() else [match]:
            is_hidden = any(part.startswith(".") for part in file.relative_to(match).parts)
            if not (is_hidden or file.name.endswith(leave_out) or file.is_dir()):
                yield file
