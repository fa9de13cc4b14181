"""Answers that were given once: a second run asks nobody and gives the same bytes.

One file for each answer, ``<report>/<prompts>-<model and settings>/<request>.json``, each part by its digest, written whole or
not at all as soon as it is there: a run that breaks off goes on where it stopped. Broken files count as absent. Refusals and
empty answers are not kept.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Final, get_args

from kg.errors import WorldError
from kg.language_model.accounts import Accounts, Spent
from kg.language_model.exchange import Answer, Backend, Finish, TooLong, Unusable, Usage
from kg.language_model.request import Request

_MODES: Final = "endpoints.json"
_MOST_FAILURES: Final = 3


class Cache:
    """Keeps answers in a folder.

    Args:
        folder: it need not be there yet.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()

    def read(self, request: Request, settings: Mapping[str, object]) -> Answer | None:
        """Return the answer that was kept."""
        try:
            kept = json.loads(self._path(request, settings).read_text(encoding="utf-8"))
            answer = Answer(kept["text"], kept["finish"], Usage(*kept["usage"]) if kept["usage"] else None)
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return answer if isinstance(answer.text, str) and answer.finish in get_args(Finish) else None

    def write(self, request: Request, settings: Mapping[str, object], answer: Answer) -> None:
        """Keep an answer.

        Raises:
            OSError: the file cannot be written.
        """
        usage = [answer.usage.prompt, answer.usage.completion] if answer.usage else None
        self._replace(self._path(request, settings), {"text": answer.text, "finish": answer.finish, "usage": usage})

    def mode(self, settings: Mapping[str, object]) -> str | None:
        """Return how an endpoint is asked, where that was found out."""
        found = self._modes().get(digest_of(settings))
        return found if isinstance(found, str) else None

    def keep_mode(self, settings: Mapping[str, object], mode: str) -> None:
        """Keep how an endpoint is asked."""
        with self._lock:
            self._replace(self.folder / _MODES, dict(sorted({**self._modes(), digest_of(settings): mode}.items())))

    def _modes(self) -> dict[str, object]:
        try:
            modes = json.loads((self.folder / _MODES).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return modes if isinstance(modes, dict) else {}

    def _path(self, request: Request, settings: Mapping[str, object]) -> Path:
        by = f"{request.prompt_version}-{digest_of(settings)[:16]}"
        return self.folder / request.document[:16] / by / f"{request.digest}.json"

    @staticmethod
    def _replace(path: Path, value: object) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f"{path.name}.{os.getpid()}.{threading.get_ident()}.tmp")
        temporary.write_text(json.dumps(value, indent=1) + "\n", encoding="utf-8")
        temporary.replace(path)


def digest_of(settings: Mapping[str, object]) -> str:
    """The SHA-256 (64 hex digits) of settings."""
    return hashlib.sha256(json.dumps(dict(settings), sort_keys=True).encode()).hexdigest()


class Asking:
    """Asks a backend by way of the cache; safe to share between threads.

    After three failures in a row it asks no more: the other side is gone.
    """

    def __init__(self, backend: Backend, accounts: Accounts, cache: Cache | None) -> None:
        self.backend, self.accounts, self.cache = backend, accounts, cache
        self._failures = 0
        self._lost: WorldError | None = None

    def ask(self, request: Request) -> Answer:
        """Answer a request.

        Raises:
            Spent: the budget does not allow it.
            Unusable: nothing can be asked any more.
            TooLong: this request is too long.
            WorldError: there is no answer to this one.
        """
        kept = self.cache.read(request, self.backend.settings) if self.cache else None
        if kept is not None:
            self.accounts.count_cached()
            return kept
        if self._lost is not None:
            raise self._lost
        answer = self._asked(request)
        if self.cache and answer.text and answer.finish != "refusal":
            self.cache.write(request, self.backend.settings, answer)
        return answer

    def _asked(self, request: Request) -> Answer:
        try:
            answer = self.backend.ask(request)
        except (TooLong, Spent):
            raise
        except Unusable as error:
            self._lost = error
            raise
        except WorldError as error:
            self._failures += 1
            if self._failures >= _MOST_FAILURES:
                self._lost = Unusable(f"no answer {_MOST_FAILURES} times in a row: {error.message}", where=error.where)
                raise self._lost from error
            raise
        self._failures = 0
        return answer
