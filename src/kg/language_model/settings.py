"""The tables of kg.toml that say who answers: ``[extraction.model]`` or ``[extraction.command]``.

::

    [extraction]
    extractor = "model"                  # or "command", "rules+model"

    [extraction.model]
    url = "http://localhost:11434/v1"    # any OpenAI-compatible endpoint: what /chat/completions is added to
    name = "qwen3:8b"
    context = 16384                      # tokens that the model can read and write
    answer = 8192                        # tokens of an answer
    prompt_price = 0.5                   # per million tokens, in your currency: for --budget and the account
    completion_price = 1.5

    [extraction.command]                 # or: a program of yours
    argv = ["python", "ask.py"]

The key is never here: it is in KG_MODEL_TOKEN, in the variable that ``key_variable`` names, in ~/.netrc or in the keyring.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from typing import Any, Final, TypeVar

from kg.errors import UsageError
from kg.project import FILE_NAME, Project

MODES: Final = ("json-schema", "tool-call", "json-object", "fenced-json")
"""How an answer in JSON is asked for, from the strictest; see `kg.language_model.endpoint`."""
OURS: Final = frozenset({"model", "messages", "stream", "response_format", "tools", "tool_choice"})
"""What of a request nobody else sets."""
OPTIONAL: Final = ("temperature", "max_tokens")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingSettings:
    """What both kinds have: room in tokens, how long an answer may take (seconds), how many are asked at once."""

    context: int = 16384
    answer: int = 8192
    timeout: float = 300.0
    jobs: int = 2
    repairs: int = 2
    """How often the findings go back to the model, at most twice."""
    prompt_price: float | None = None
    completion_price: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelSettings(ReadingSettings):
    """An OpenAI-compatible chat endpoint.

    `parameters` are added to each request as they stand, and the usual ones that `omit` names are left out: some models take
    ``max_completion_tokens`` for ``max_tokens``, or no ``temperature``.
    """

    url: str
    name: str
    key_variable: str | None = None
    mode: str = "auto"
    temperature: float = 0.0
    seed: int | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)
    omit: tuple[str, ...] = ()
    attempts: int = 5
    insecure_http: bool = False
    ca_file: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandSettings(ReadingSettings):
    """A program: its name and arguments; `name` is what provenance calls it."""

    argv: tuple[str, ...]
    name: str | None = None


S = TypeVar("S", bound=ReadingSettings)
_BOUNDS: Final = {
    "context": (1024, 10_000_000), "answer": (256, 1_000_000), "timeout": (0.1, 86_400), "jobs": (1, 64), "repairs": (0, 2),
    "attempts": (1, 20), "temperature": (0, 2), "prompt_price": (0, 1_000_000), "completion_price": (0, 1_000_000),
}  # fmt: skip


def read_settings(project: Project, kind: str) -> ModelSettings | CommandSettings:
    """Read the table of the project's kg.toml for an extractor.

    Args:
        project: the project.
        kind: ``model``, ``command``, or ``rules+model`` for whichever of the two tables is there.

    Raises:
        UsageError: the table is missing, a key is unknown, missing or of the wrong kind.
    """
    tables = project.tables.get("extraction", {})
    where = str(project.root / FILE_NAME)
    if kind == "rules+model":
        present = [name for name in ("model", "command") if name in tables]
        if len(present) > 1:
            raise UsageError(
                "there are both [extraction.model] and [extraction.command]",
                code="model.settings",
                where=where,
                hint="rules+model asks one of them: take the other out",
            )
        kind = present[0] if present else "model"
    table = tables.get(kind)
    if not isinstance(table, dict):
        raise UsageError(
            f"there is no table [extraction.{kind}]",
            code="model.settings",
            where=where,
            hint="url and name of a chat endpoint" if kind == "model" else 'argv = ["program", "argument"]',
        )
    where = f"{where}:extraction.{kind}"
    return _read(ModelSettings, table, where) if kind == "model" else _read(CommandSettings, table, where)


def _read(kind: type[S], table: Mapping[str, Any], where: str) -> S:
    known = {setting.name: setting for setting in fields(kind)}
    for key, value in table.items():
        if key not in known:
            raise UsageError(
                f"unknown key {key!r}", code="model.settings", where=f"{where}.{key}", hint=f"keys: {', '.join(known)}"
            )
        _check(key, value, str(known[key].type), f"{where}.{key}")
    needed = (name for name, one in known.items() if one.default is one.default_factory is MISSING)
    missing = [name for name in needed if name not in table]
    if missing:
        raise UsageError(f"{missing[0]} is missing", code="model.settings", where=where)
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
    settings = kind(**values)
    if settings.answer >= settings.context:
        raise UsageError(
            "answer is not less than context",
            code="model.settings",
            where=f"{where}.answer",
            hint="context is what the model can read and write together",
        )
    return settings


def _check(key: str, value: object, kind: str, where: str) -> None:
    if kind.startswith("Mapping"):
        is_right = isinstance(value, dict) and not value.keys() & OURS
        wanted = f"a table, without what kg sets: {', '.join(sorted(OURS))}"
    elif key == "omit":
        is_right = isinstance(value, list) and all(name in OPTIONAL for name in value)
        wanted = f"a list out of {', '.join(OPTIONAL)}"
    elif kind.startswith("tuple"):
        is_right = isinstance(value, list) and bool(value) and all(isinstance(v, str) and v for v in value)
        wanted = "a list of words"
    elif kind.startswith("bool"):
        is_right, wanted = isinstance(value, bool), "true or false"
    elif kind.startswith(("int", "float")):
        low, high = _BOUNDS.get(key, (-(2**31), 2**31))
        is_number = isinstance(value, int if kind.startswith("int") else int | float) and not isinstance(value, bool)
        is_right = is_number and low <= value <= high  # type: ignore[operator]
        wanted = f"a number from {low:,} to {high:,}"
    else:
        choices = ("auto", *MODES) if key == "mode" else ()
        is_right = isinstance(value, str) and bool(value) and (not choices or value in choices)
        wanted = f"one of {', '.join(choices)}" if choices else "a string"
    if not is_right:
        raise UsageError(f"{key} must be {wanted}", code="model.settings", where=where)
