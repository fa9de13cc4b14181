"""Many reports at once: so many as the endpoint may be asked by, in the order in which they came."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeVar

from kg.errors import KgError
from kg.language_model.extractor import FOLDER, Extractor, Found
from kg.language_model.reading import Rejection
from kg.outputs import JsonLines
from kg.project import Project
from kg.records import Claim, Report

T = TypeVar("T")
Rules = Callable[[Report], Sequence[Claim]]
"""Finds the claims of a report by the rules."""

REJECTED: Final = "rejected.jsonl"


@dataclass(slots=True)
class CorpusReader:
    """Reads reports, and gathers what was rejected.

    Args:
        extractor: reads one.
        rules: gives the rules' claims, where the model completes them.
        language: two-letter code, for reports that do not say it.
    """

    extractor: Extractor
    rules: Rules | None = None
    language: str | None = None
    rejections: list[tuple[str, Rejection]] = field(default_factory=list)
    """Each with the path of its report."""
    claims: int = 0

    def read(
        self, tasks: Iterable[tuple[T, Report | None]]
    ) -> Iterator[tuple[T, Report | None, Found | KgError | None]]:
        """Yield each task with what its report gave, or with what went wrong; a task without a report as it is.

        Args:
            tasks: whatever the caller wants back, with a report; taken up a few ahead of what is yielded.
        """
        jobs = self.extractor.settings.jobs
        waiting: deque[tuple[T, Report | None, Future[Found] | None]] = deque()
        pool = ThreadPoolExecutor(max_workers=jobs, thread_name_prefix="kg-model")
        try:
            for task, report in tasks:
                waiting.append((task, report, None if report is None else pool.submit(self._read, report)))
                if len(waiting) > 2 * jobs:
                    yield self._done(*waiting.popleft())
            while waiting:
                yield self._done(*waiting.popleft())
        finally:  # also where nobody wants the rest any more
            pool.shutdown(cancel_futures=True)

    def write_rejections(self, path: Path, root: Path) -> None:
        """Write what was rejected, one JSON object a line; where nothing was, there is no file.

        Args:
            path: the file.
            root: the project's folder, from which reports are named, so that the file is the same anywhere.

        Raises:
            OSError: it cannot be written.
        """
        with JsonLines(path) as lines:
            for report, rejection in self.rejections:
                lines.write({"report": report.removeprefix(f"{root}/"), **rejection.as_record()})
            lines.publish()

    def told(self) -> str:
        """What was done, in one line."""
        counts: dict[str, int] = {}
        for _, rejection in self.rejections:
            counts[rejection.outcome] = counts.get(rejection.outcome, 0) + 1
        parts = [f"{self.claims:,} claims", *(f"{number:,} {outcome}" for outcome, number in sorted(counts.items()))]
        return f"{self.extractor.name}: {', '.join(parts)}; {self.extractor.accounts.told()}"

    def _read(self, report: Report) -> Found:
        rules = None if self.rules is None else self.rules(report)
        return self.extractor.read(report, language=self.language, rules=rules)

    def _done(
        self, task: T, report: Report | None, future: Future[Found] | None
    ) -> tuple[T, Report | None, Found | KgError | None]:
        if report is None or future is None:
            return task, report, None
        try:
            found = future.result()
        except KgError as error:
            return task, report, error
        self.rejections += [(report.path, rejection) for rejection in found.rejections]
        self.claims += len(found.claims)
        return task, report, found


def rejected_file(project: Project) -> Path:
    """Where what was rejected stands in a project."""
    return project.out / FOLDER / REJECTED
