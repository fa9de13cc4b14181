"""The shipped questions: how they are written."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib.plugins.sparql

from kg.errors import DataError, UsageError
from kg.guard import check_query
from kg.queries import Question, find_question, parse_term, read_question, read_questions
from kg.queries.parameters import bind
from kg.vocab import DEFAULT_BASE, project_prefixes

QUESTIONS = read_questions()
PREFIXES = project_prefixes(DEFAULT_BASE)


def test_there_are_enough_of_them() -> None:
    assert len([question for question in QUESTIONS if not question.is_soundness]) >= 20
    assert len([question for question in QUESTIONS if question.is_soundness]) >= 4


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_a_question_is_a_sentence_in_both_languages(question: Question) -> None:
    assert question.english.rstrip(")").count("?") == 1 or "?" in question.english
    assert " ?" in question.french, "French puts a space before the mark"
    assert question.english != question.french


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_a_question_stands_alone_for_another_engine(question: Question) -> None:
    rdflib.plugins.sparql.prepareQuery(question.text)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_each_parameter_is_a_variable_and_its_default_a_term(question: Question) -> None:
    outline = check_query(question.text)
    for parameter in question.parameters:
        term = parse_term(parameter.default or "agent:somebody", PREFIXES)
        assert term in bind(outline, {parameter.name: term})


def test_a_question_is_found_by_its_name() -> None:
    assert find_question("who-met-whom").english.startswith("Who is said to have met whom")
    with pytest.raises(UsageError, match="no question"):
        find_question("who-met-nobody")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("# en: Who?\nASK {}", "English and in French"),
        ("# en: Who?\n# fr: Qui ?\n# param who is it\nASK {}", "declaration of a parameter"),
    ],
)
def test_a_question_with_a_bad_header_is_refused(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.rq"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=message):
        read_question(path)
