"""What the graph of the bundled reports answers: exactly, and by two engines over two files."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
import rdflib

from kg.guard import check_query
from kg.queries import Question, ask, parse_term, read_questions
from kg.queries.parameters import bind
from kg.vocab import DEFAULT_BASE, project_prefixes
from tests.competency.bundled import ANSWERS

PREFIXES = project_prefixes(DEFAULT_BASE)
QUESTIONS = read_questions()

Rows = list[list[str]]


def parameters_of(question: Question) -> dict[str, str]:
    """The defaults of a question's parameters, as terms."""
    return {p.name: parse_term(p.default, PREFIXES) for p in question.parameters if p.default}


def rows(text: str) -> Rows:
    """A CSV answer as its header and its sorted rows."""
    header, *body = csv.reader(io.StringIO(text))
    return [header, *sorted(body)]


def by_pyoxigraph(database: Path, question: Question) -> Rows:
    """Ask the embedded store."""
    answer = ask(database, question.text, format="csv", parameters=parameters_of(question), prefixes=PREFIXES)
    return rows(answer.read().decode("utf-8"))


def by_rdflib(graph: rdflib.Graph, question: Question) -> Rows:
    """Ask rdflib, with the same parameters bound."""
    text = bind(check_query(question.text), parameters_of(question))
    result = graph.query(text, initNs=PREFIXES)
    names = [str(variable) for variable in result.vars or []]
    return [names, *sorted(["" if cell is None else str(cell) for cell in row] for row in result)]  # type: ignore[union-attr]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_a_question_has_its_exact_answer(database: Path, question: Question) -> None:
    expected = rows((ANSWERS / f"{question.name}.csv").read_text(encoding="utf-8"))
    assert by_pyoxigraph(database, question) == expected
    assert question.is_soundness == (len(expected) == 1), "a question has an answer, unless it must have none"


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_rdflib_on_the_flattened_turtle_gives_the_same_rows(
    database: Path, flattened: rdflib.Graph, question: Question
) -> None:
    assert by_rdflib(flattened, question) == by_pyoxigraph(database, question)


def test_every_answer_belongs_to_a_question() -> None:
    assert {path.stem for path in ANSWERS.glob("*.csv")} == {question.name for question in QUESTIONS}
