"""kg query: what people type and what they read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.cli import run
from kg.queries import read_questions
from tests.queries.conftest import write_nquads


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose graph is built."""
    (tmp_path / "kg.toml").write_text("[project]\n", encoding="utf-8")
    (tmp_path / "out").mkdir()
    write_nquads(tmp_path / "out" / "kg.nq")
    return tmp_path


def ask(project: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Run ``kg query`` in a project; returns the exit status, standard output and standard error."""
    status = run(["-C", str(project), "query", *arguments])
    return status, *capsys.readouterr()


def test_a_table_has_short_names(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = ask(project, capsys, "SELECT ?place ?deaths { ?c kg:location ?place ; kg:deathsBest ?deaths }")
    assert status == 0
    heading, _, row = (line.split() for line in out.splitlines() if line.strip())
    assert heading == ["place", "deaths"]
    assert row[0].startswith("place:kalvar")
    assert row[1] == "2"
    assert err == "1 row\n"


def test_a_table_shows_control_characters_and_does_not_obey_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "hostile.ttl"
    path.write_text('<a:s> <a:p> "[red]x[/red] \\u001B[31m \\u202E [link=a]" .', encoding="utf-8")
    assert run(["query", "--graph", str(path), "SELECT ?o { ?s ?p ?o }"]) == 0
    out = capsys.readouterr().out
    assert "[red]x[/red] \\u001b[31m \\u202e [link=a]" in out
    assert "\x1b" not in out


def test_a_short_name_from_a_table_is_read_by_param(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ask(project, capsys, "SELECT ?c { ?c a kg:StanceClaim }")
    _, out, _ = ask(project, capsys, "SELECT ?c ?s { ?c a kg:StanceClaim ; kg:mainEvidence ?s }")
    claim, span = out.split()[-2:]
    _, out, _ = ask(project, capsys, "--format", "csv", "--param", f"c={claim}", "--param", f"s={span}",
                    "SELECT ?c ?s { ?c kg:mainEvidence ?s }")  # fmt: skip
    assert len(out.splitlines()) == 2


def test_the_query_may_come_from_a_file_or_standard_input(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import io

    file = project / "mine.rq"
    file.write_text("ASK { ?c a kg:PostHoldingClaim }", encoding="utf-8")
    assert ask(project, capsys, "-f", str(file))[:2] == (0, "true\n")
    monkeypatch.setattr("sys.stdin", io.StringIO("ASK { ?c a kg:Nothing }"))
    assert ask(project, capsys, "-")[:2] == (0, "false\n"), "the answer no is an answer"


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["SELECT ?x { ?x kg:claimant ?y"], 1, "at: query:1:"),
        (["SELECT * { SERVICE <http://a/> { ?s ?p ?o } }"], 1, "error[query.service]"),
        (["INSERT DATA { <a:a> <a:b> <a:c> }"], 1, "error[query.update]"),
        (["no-such-question"], 2, "kg query --list"),
        ([], 2, "give one query"),
        (["ASK {}", "--format", "ttl"], 2, "ASK has no ttl form"),
        (["ASK {}", "--param", "x"], 2, "not NAME=TERM"),
        (["ASK {}", "--param", "x=1"], 1, "no variable ?x"),
        (["ASK {}", "--param", "x=nowhere:a"], 2, "known prefix"),
        (["ASK {}", "--graph", "no-such-file.ttl"], 3, "no such file"),
        (["ASK {}", "--timeout", "0"], 2, "timeout"),
        (
            ["SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }", "--timeout", "0.3"],
            3,
            "the query was stopped after 0.3 seconds",
        ),
    ],
)
def test_what_is_wrong_has_its_exit_status_and_message(
    arguments: list[str], status: int, message: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found, out, err = ask(project, capsys, *arguments)
    assert (found, out) == (status, "")
    assert message in err
    assert "Traceback" not in err


def test_a_query_file_that_is_not_utf8_is_an_error(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "latin.rq").write_bytes(b'ASK { ?s ?p "\xe9" }')
    status, _, err = ask(project, capsys, "-f", str(project / "latin.rq"))
    assert status == 1
    assert "not UTF-8" in err


def test_a_project_without_a_graph_says_how_to_make_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "kg.toml").write_text("[project]\n", encoding="utf-8")
    status, _, err = ask(tmp_path, capsys, "ASK {}")
    assert status == 3
    assert "kg build" in err


def test_the_list_says_each_question_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["query", "--list"]) == 0
    shown = capsys.readouterr().out
    for question in read_questions():
        assert question.english in shown
        assert question.french in shown
    assert run(["query", "--list", "--format", "json"]) == 0
    assert [entry["name"] for entry in json.loads(capsys.readouterr().out)] == [q.name for q in read_questions()]


def test_a_default_holds_until_another_value_or_none_is_given(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def lines(*parameters: str) -> int:
        options = [option for parameter in parameters for option in ("--param", parameter)]
        return len(ask(project, capsys, "who-is-quoted", "--format", "csv", *options)[1].splitlines()) - 1

    assert lines() == 1, "the default asks for words in quotation marks"
    assert lines("direct=false") == 0
    assert lines("direct=") == 1


def test_help_has_examples(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["query", "--help"]) == 0
    assert "kg query who-says-how-many-died" in capsys.readouterr().out
