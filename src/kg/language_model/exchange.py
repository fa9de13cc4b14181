"""What goes between kg and whatever answers: an answer, what it cost, and the two ways to be asked.

A backend answers one request. `kg.language_model.endpoint` asks a chat endpoint over HTTP, `kg.language_model.command` runs a
program of the user's; `kg.language_model.cache` stands before either.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, Protocol, TypeAlias

from kg.errors import WorldError
from kg.language_model.request import Request

Finish: TypeAlias = Literal["stop", "length", "refusal"]
MAX_ANSWER: Final = 4_000_000
"""The longest answer that is read, in bytes."""


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of the prompt and of the answer."""

    prompt: int = 0
    completion: int = 0

    def __add__(self, other: Usage) -> Usage:
        return Usage(self.prompt + other.prompt, self.completion + other.completion)

    @property
    def total(self) -> int:
        """All tokens."""
        return self.prompt + self.completion


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the text, why it ended, and the tokens that it took, where they are told."""

    text: str
    finish: Finish = "stop"
    usage: Usage | None = None


class Unusable(WorldError):  # noqa: N818 - it says what happened
    """What answers cannot be used at all: the key is refused, there is no such model or program. Nobody is asked again."""

    default_code = "model.unusable"


class TooLong(WorldError):  # noqa: N818 - it says what happened
    """The request is longer than the model can read."""

    default_code = "model.context"


class Backend(Protocol):
    """Answers requests."""

    @property
    def name(self) -> str:
        """The model's name, as provenance and cache hold it."""
        ...

    @property
    def settings(self) -> Mapping[str, object]:
        """All that an answer depends on besides the request."""
        ...

    def ask(self, request: Request) -> Answer:
        """Answer a request.

        Raises:
            Unusable: nothing can be asked here.
            TooLong: this request cannot; a shorter one might.
            WorldError: there is no answer this time.
        """
        ...
