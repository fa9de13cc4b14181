"""The shipped competency questions: SPARQL files that say in two languages what they answer.

A file is a query that any SPARQL 1.1 engine runs as it stands, below a header of comments::

    # en: Who says how many people died, and in which event?
    # fr: Qui dit combien de personnes sont mortes, et dans quel événement ?
    # param type = kgt:attack : the kind of event
    # param claimant : whose claims; those of all where it is left out

A parameter is a variable of the query; the term after the equals sign is its default. ``# empty`` marks a soundness
question: one whose answer must have no row.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from kg.errors import DataError, UsageError
from kg.resources import question_files

_LINE = re.compile(r"#\s*(en|fr|param|empty)\b\s*:?\s*(.*)")
_PARAMETER = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)(?:\s*=\s*(\S+))?\s+:\s+(\S.*)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable that the caller may fix; `default` is a term as `kg.queries.parse_term` reads it."""

    name: str
    default: str | None
    description: str


@dataclass(frozen=True, slots=True)
class Question:
    """A competency question; its name is the stem of its file, `is_soundness` says that its answer must be empty."""

    name: str
    english: str
    french: str
    parameters: tuple[Parameter, ...]
    is_soundness: bool
    text: str
    path: Path


def read_question(path: Path) -> Question:
    """Read one question.

    Raises:
        DataError: a sentence is missing, or a parameter is not declared as it should be; says file and line.
    """
    text = path.read_text(encoding="utf-8")
    sentences: dict[str, str] = {}
    parameters: list[Parameter] = []
    is_soundness = False
    for number, line in enumerate(text.splitlines(), 1):
        found = _LINE.fullmatch(line)
        if not found:
            continue
        word, rest = found.groups()
        if word == "param":
            declared = _PARAMETER.fullmatch(rest)
            if not declared:
                raise DataError(
                    "not a declaration of a parameter",
                    code="question.header",
                    where=f"{path}:{number}",
                    hint="write # param NAME = TERM : what it is, or # param NAME : what it is",
                )
            parameters.append(Parameter(*declared.groups()))
        elif word == "empty":
            is_soundness = True
        else:
            sentences[word] = rest
    if not (sentences.get("en") and sentences.get("fr")):
        raise DataError("the question is not said in English and in French", code="question.header", where=str(path))
    return Question(path.stem, sentences["en"], sentences["fr"], tuple(parameters), is_soundness, text, path)


def read_questions() -> tuple[Question, ...]:
    """Read the shipped questions, sorted by name."""
    return tuple(read_question(path) for path in question_files())


def find_question(name: str) -> Question:
    """Return the shipped question of this name.

    Raises:
        UsageError: there is none.
    """
    for path in question_files():
        if path.stem == name:
            return read_question(path)
    raise UsageError(
        f"no question is called {name!r}", code="query.name", hint="kg query --list shows the questions that there are"
    )
