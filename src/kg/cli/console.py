"""How the commands talk: data to standard output, everything else to standard error.

What comes from a report, a label or a foreign graph goes through `printable` before it reaches a terminal: control
characters, escape sequences and bidirectional overrides are shown, not obeyed.
"""

from __future__ import annotations

import json
import os
import re
import sys
import time
import traceback as tracebacks
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.errors import KgError

if TYPE_CHECKING:
    from kg.project import Project

# C0 and C1 controls but tab and newline, and the characters that change the direction of the text around them
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")

_SECONDS_A_LINE = 10.0


@dataclass(frozen=True, slots=True)
class Settings:
    """The options of the group, for every command: ``@click.pass_obj`` hands them over."""

    project: Path | None = None
    quiet: bool = False
    debug: bool = False

    def find_project(self) -> Project:
        """Read the project's kg.toml; raises `kg.errors.UsageError` where there is none."""
        from kg.project import find_project

        return find_project(self.project)

    def talk(self, message: str) -> None:
        """Say something on standard error, unless --quiet."""
        if not self.quiet:
            click.echo(message, err=True, color=use_color())

    @contextmanager
    def progress(self, description: str, total: int | None) -> Iterator[Callable[[int], None]]:
        """Show progress, rate and time left on standard error; yields the function that advances it by n.

        A terminal shows a bar; elsewhere a line comes every ten seconds.
        """
        if self.quiet:
            yield lambda _: None
            return
        if not sys.stderr.isatty():
            yield _Pace(description, total, self.talk).advance
            return
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            ProgressColumn,
            Task,
            TextColumn,
            TimeRemainingColumn,
        )
        from rich.text import Text

        class Rate(ProgressColumn):
            def render(self, task: Task) -> Text:
                return Text(f"{task.speed:,.0f}/s" if task.speed else "", style="progress.data.speed")

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Rate(), TimeRemainingColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(description, total=total)
            yield lambda n: bar.advance(task, n)


class _Pace:
    """Progress in lines."""

    def __init__(self, description: str, total: int | None, talk: Callable[[str], None]) -> None:
        self._description, self._total, self._talk = description, total, talk
        self._done = 0
        self._started = self._told = time.monotonic()

    def advance(self, n: int) -> None:
        self._done += n
        now = time.monotonic()
        if now - self._told < _SECONDS_A_LINE or not self._done:
            return
        self._told = now
        rate = self._done / (now - self._started)
        left = f" of {self._total:,}, {(self._total - self._done) / rate:,.0f} s left" if self._total else ""
        self._talk(f"{self._description}: {self._done:,}{left}, {rate:,.0f}/s")


def printable(text: str) -> str:
    """Return `text` with control characters and bidirectional overrides written as escapes."""
    return _UNPRINTABLE.sub(lambda m: f"\\u{ord(m[0]):04x}", text)


def use_color() -> bool | None:
    """Whether to colour: never where NO_COLOR is set (https://no-color.org), else as the terminal can (`None`)."""
    return False if os.environ.get("NO_COLOR") else None


def write(text: str) -> None:
    """Write data to standard output, with a final newline."""
    click.echo(text, color=use_color())


def write_json(value: Any) -> None:
    """Write a value as JSON to standard output: sorted keys, two spaces, no escapes but JSON's own."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True))


def show_error(error: KgError, *, traceback: bool = False) -> None:
    """Print an error on standard error: what, where, what to do."""
    if traceback:
        click.echo("".join(tracebacks.format_exception(error.__cause__ or error.__context__ or error)), err=True)
    label = click.style(f"error[{error.code}]", fg="red", bold=True)
    click.echo(f"{label}: {printable(error.message)}", err=True, color=use_color())
    if error.where:
        click.echo(f"  at: {printable(error.where)}", err=True)
    if error.hint:
        click.echo(f"  hint: {printable(error.hint)}", err=True)
