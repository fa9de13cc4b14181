"""A program of the user's that answers: any service, a queue or a person can stand behind it.

It is run once for each request, without a shell: it reads the request as one JSON object on standard input
(`Request.as_record`) and writes the answer, a JSON object with ``claims``, on standard output. What it says on standard error
is passed on where it fails.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from kg.errors import WorldError
from kg.language_model.accounts import Accounts
from kg.language_model.exchange import MAX_ANSWER, Answer, Unusable
from kg.language_model.request import Request
from kg.language_model.settings import CommandSettings


class Command:
    """Runs a program for each request.

    Args:
        settings: the program.
        folder: where it is run.
        accounts: what counts each run.
    """

    def __init__(self, settings: CommandSettings, folder: Path, accounts: Accounts) -> None:
        self._settings, self._folder, self._accounts = settings, folder, accounts

    @property
    def name(self) -> str:
        """What provenance calls the program: its name in kg.toml, else that of its file."""
        return self._settings.name or Path(self._settings.argv[0]).name

    @property
    def settings(self) -> Mapping[str, object]:
        """All that an answer depends on besides the request."""
        return {"argv": list(self._settings.argv), "name": self.name, "answer": self._settings.answer}

    def ask(self, request: Request) -> Answer:
        """Answer a request; see `kg.language_model.exchange.Backend`."""
        asked = json.dumps(request.as_record()).encode("ascii")
        with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as talk:
            given.write(asked)
            given.seek(0)
            with self._accounts.request(request.size):
                status = self._run(given, said, talk)
            if status:
                raise WorldError(
                    f"the program ended with status {status}: {_tail(talk)}",
                    code="model.command",
                    where=self._settings.argv[0],
                )
            said.seek(0)
            text = said.read(MAX_ANSWER + 1)
        return Answer(text.decode("utf-8", errors="replace"))

    def _run(self, given: BinaryIO, said: BinaryIO, talk: BinaryIO) -> int:
        """Run the program; it and what it has started end with the time."""
        where = self._settings.argv[0]
        try:
            program = subprocess.Popen(  # noqa: S603 - it is the user's own program, run without a shell
                self._settings.argv, stdin=given, stdout=said, stderr=talk, cwd=self._folder, start_new_session=True
            )
        except OSError as error:
            raise Unusable(
                f"the program cannot be run: {error.strerror or error}",
                where=where,
                hint="argv in [extraction.command]: a program on the PATH, or a path from the folder of kg.toml",
            ) from error
        try:
            return program.wait(self._settings.timeout)
        except BaseException as error:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(program.pid, signal.SIGKILL)
            program.wait()
            if not isinstance(error, subprocess.TimeoutExpired):
                raise
            raise WorldError(
                f"the program has not answered in {self._settings.timeout:g} seconds", code="model.command", where=where
            ) from None


def _tail(talk: BinaryIO) -> str:
    talk.seek(0, os.SEEK_END)
    talk.seek(max(0, talk.tell() - 600))
    return " ".join(talk.read().decode("utf-8", errors="replace").split())[-300:]
