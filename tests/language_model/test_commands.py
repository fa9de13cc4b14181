"""kg extract, kg build, kg review and kg eval with a model, from the command line; and without one."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.claims import SUFFIX, read_claims
from kg.cli import run
from tests.language_model import small
from tests.language_model.desk import examples, truthful, write_project
from tests.language_model.gold import GOLD
from tests.language_model.stub import Body, Said, Stub, asked, completion, serve

Captured = pytest.CaptureFixture[str]
FRONT = '---\ntitle: "Invented"\npublisher: "Example Press"\ndate: 2024-05-15\nlanguage: en\n---\n'
MORE = "context = 60000\nanswer = 30000\nattempts = 1\n"


@pytest.fixture
def gold_stub() -> Iterator[Stub]:
    """A server that answers with gold."""
    with serve(truthful(examples())) as stub:
        yield stub


def desk(folder: Path, url: str, *names: str, extractor: str = "model", more: str = MORE) -> Path:
    """A project with some of our gold reports, without their claims."""
    write_project(folder, url, more, extractor)
    for name in names:
        (folder / "reports" / f"{name}.md").write_bytes((GOLD / f"{name}.md").read_bytes())
    return folder


def small_desk(folder: Path, url: str, more: str = MORE, extractor: str = "model") -> Path:
    """A project with the small report."""
    write_project(folder, url, more, extractor)
    (folder / "reports" / "small.md").write_text(FRONT + small.report().text, encoding="utf-8")
    return folder


def digests(folder: Path) -> dict[str, str]:
    """The digest of each file below a folder, but for the store and the locks."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".kg" not in path.parts and path.suffix not in (".lock",) and "store" not in str(path)
    }


# --------------------------------------------------------------------------- kg extract


def test_extract_with_a_model_writes_claim_records(tmp_path: Path, gold_stub: Stub, capsys: Captured) -> None:
    project = desk(tmp_path, gold_stub.url, "en-01", extractor="rules")
    report = str(project / "reports" / "en-01.md")
    assert run(["-C", str(project), "extract", "--extractor", "model", report]) == 0
    said = capsys.readouterr()
    records = [json.loads(line) for line in said.out.splitlines()]
    assert len(records) == len(read_claims(GOLD / f"en-01{SUFFIX}").claims)
    assert {record["method"]["extractor"] for record in records} == {"model-1-stub-1b"}
    assert "requests" in said.err


def test_the_extractor_of_kg_toml_is_the_default(tmp_path: Path, gold_stub: Stub) -> None:
    project = desk(tmp_path, gold_stub.url, "en-01")
    target = project / f"a{SUFFIX}"
    assert run(["-C", str(project), "extract", str(project / "reports" / "en-01.md"), "-o", str(target)]) == 0
    assert len(gold_stub.bodies) == 1
    assert read_claims(target).rejected == ()


def test_each_report_gets_its_claims_beside_it_and_what_is_there_is_not_asked_about(
    tmp_path: Path, gold_stub: Stub
) -> None:
    project = desk(tmp_path, gold_stub.url, "en-01", "en-02")
    (project / "reports" / f"en-02{SUFFIX}").write_text("mine\n", encoding="utf-8")
    assert run(["-C", str(project), "extract", "--each", str(project / "reports")]) == 0
    assert len(gold_stub.bodies) == 1
    assert (project / "reports" / f"en-02{SUFFIX}").read_text(encoding="utf-8") == "mine\n"


def test_a_dry_run_shows_the_requests_and_an_estimate_and_asks_nobody(
    tmp_path: Path, gold_stub: Stub, capsys: Captured
) -> None:
    project = desk(tmp_path, gold_stub.url, "en-01", more=f"{MORE}prompt_price = 1\ncompletion_price = 4\n")
    assert run(["-C", str(project), "extract", "--dry-run", str(project / "reports")]) == 0
    said = capsys.readouterr()
    requests = [json.loads(line) for line in said.out.splitlines()]
    assert [request["prompt_version"] for request in requests] == ["1"]
    assert requests[0]["messages"][0]["role"] == "system"
    assert "1 requests, likely:" in said.err
    assert "in your currency" in said.err
    assert gold_stub.bodies == []


def test_rejected_claims_stand_in_a_file_with_their_reasons(tmp_path: Path, capsys: Captured) -> None:
    wrong = {"claims": [small.attack(), small.accusation(evidence=[{"quote": "Nobody said this"}])]}
    with serve(lambda *_: completion(wrong)) as stub:
        project = small_desk(tmp_path, stub.url)
        target = tmp_path / "why.jsonl"
        report = str(project / "reports" / "small.md")
        assert run(["-C", str(project), "extract", report, "--rejected", str(target)]) == 0
    records = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert [(r["outcome"], r["faults"][0]["code"], r["raw"]["id"]) for r in records] == [
        ("rejected", "quote.missing", "c2")
    ]
    assert str(target) in capsys.readouterr().err


def test_a_part_that_was_not_read_gives_exit_status_1(tmp_path: Path, capsys: Captured) -> None:
    with serve(lambda *_: completion("no")) as stub:
        project = small_desk(tmp_path, stub.url)
        assert run(["-C", str(project), "extract", str(project / "reports" / "small.md")]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "error[model.unread]: sentences 1–4 were not read" in said.err


def test_a_budget_that_is_spent_gives_exit_status_3_and_says_so_once(tmp_path: Path, capsys: Captured) -> None:
    with serve(lambda *_: completion({"claims": []})) as stub:
        project = desk(tmp_path, stub.url, "en-01", "en-02", "en-03")
        assert run(["-C", str(project), "extract", "--budget", "100t", str(project / "reports")]) == 3
    assert capsys.readouterr().err.count("error[model.budget]") == 1
    assert stub.bodies == []


WRONG = {
    "an unknown key": ("colour = 1", "unknown key 'colour'"),
    "a key in the file": ('key = "sk-1"', "unknown key 'key'"),
    "no number": ('answer = "many"', "answer must be a number"),
    "a number out of bounds": ("repairs = 3", "repairs must be a number from 0 to 2"),
    "what kg sets itself": ('parameters = {messages = "x"}', "parameters must be a table, without what kg sets"),
    "what cannot be left out": ('omit = ["messages"]', "omit must be a list out of temperature, max_tokens"),
    "no such mode": ('mode = "psychic"', "mode must be one of"),
    "more answer than context": ("context = 2000\nanswer = 3000", "answer is not less than context"),
    "both tables": ('[extraction.command]\nargv = ["x"]', "both [extraction.model] and [extraction.command]"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_in_kg_toml_is_refused(tmp_path: Path, capsys: Captured, name: str) -> None:
    more, told = WRONG[name]
    project = small_desk(tmp_path, "http://127.0.0.1:9/v1", more)
    extractor = "rules+model" if name == "both tables" else "model"
    report = str(project / "reports" / "small.md")
    assert run(["-C", str(project), "extract", "--extractor", extractor, report]) == 2
    assert told in capsys.readouterr().err


def test_a_url_with_a_user_in_it_is_refused_without_being_repeated(tmp_path: Path, capsys: Captured) -> None:
    project = small_desk(tmp_path, "http://me:secret@127.0.0.1:9/v1")
    assert run(["-C", str(project), "extract", str(project / "reports" / "small.md")]) == 2
    assert "secret" not in capsys.readouterr().err


@pytest.mark.parametrize("table", ["model", "command"])
def test_an_extractor_without_its_table_is_refused(tmp_path: Path, capsys: Captured, table: str) -> None:
    (tmp_path / "kg.toml").write_text("[project]\n", encoding="utf-8")
    (tmp_path / "small.md").write_text(FRONT + small.report().text, encoding="utf-8")
    assert run(["-C", str(tmp_path), "extract", "--extractor", table, str(tmp_path / "small.md")]) == 2
    assert f"no table [extraction.{table}]" in capsys.readouterr().err


@pytest.mark.parametrize("option", [["--budget", "1t"], ["--dry-run"], ["--rejected", "x"]])
def test_what_only_a_model_has_is_refused_for_the_rules(tmp_path: Path, option: list[str], capsys: Captured) -> None:
    project = small_desk(tmp_path, "http://127.0.0.1:9/v1", extractor="rules")
    assert run(["-C", str(project), "extract", str(project / "reports"), *option]) == 2
    assert "the rules ask nobody" in capsys.readouterr().err


# --------------------------------------------------------------------------- kg build


def test_a_build_drafts_by_the_model_and_a_second_one_costs_nothing_and_is_the_same(
    tmp_path: Path, gold_stub: Stub, capsys: Captured
) -> None:
    project = desk(tmp_path, gold_stub.url, "en-01", "en-03", more=f"{MORE}jobs = 2\n")
    assert run(["-C", str(project), "build"]) == 0
    count, first = len(gold_stub.bodies), digests(project / "out")
    assert run(["-C", str(project), "build"]) == 0
    assert count == len(gold_stub.bodies) == 2
    assert digests(project / "out") == first
    assert "0 requests, 2 from the cache" in capsys.readouterr().err
    graph = (project / "out" / "kg.nq").read_text(encoding="utf-8")
    assert "id/extraction/" in graph
    assert "/model-1-stub-1b>" in graph


def test_a_build_tells_what_the_model_left_unread(tmp_path: Path, capsys: Captured) -> None:
    with serve(lambda *_: completion("no")) as stub:
        project = small_desk(tmp_path, stub.url)
        assert run(["-C", str(project), "build"]) == 1
    said = capsys.readouterr().err
    assert "error[model.unread]" in said
    rejected = (project / "out" / "model" / "rejected.jsonl").read_text(encoding="utf-8")
    assert "answer.no-json" in rejected


def test_a_build_keeps_to_the_budget_of_kg_toml(tmp_path: Path, gold_stub: Stub, capsys: Captured) -> None:
    project = desk(tmp_path, gold_stub.url, "en-01", "en-02", "en-03")
    file = project / "kg.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("[extraction]\n", '[extraction]\nbudget = "45k tokens"\n'), encoding="utf-8")
    assert run(["-C", str(project), "build"]) == 1
    said = capsys.readouterr()
    assert said.err.count("error[model.budget]") == 1
    assert 0 < len(gold_stub.bodies) < 3
    assert f"documents  {len(gold_stub.bodies)}" in said.out


@pytest.mark.parametrize(("line", "code"), [("speed = 3", "extraction.key"), ("budget = 3", "extraction.budget")])
def test_a_key_of_extraction_that_nobody_reads_is_refused(
    tmp_path: Path, line: str, code: str, capsys: Captured
) -> None:
    project = small_desk(tmp_path, "http://127.0.0.1:9/v1")
    file = project / "kg.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("[extraction]\n", f"[extraction]\n{line}\n"), encoding="utf-8")
    assert run(["-C", str(project), "build"]) == 2
    assert f"error[{code}]" in capsys.readouterr().err


def test_a_build_whose_model_is_gone_builds_the_rest(tmp_path: Path, capsys: Captured) -> None:
    with serve(lambda *_: Said({"error": "no"}, 401)) as stub:
        project = desk(tmp_path, stub.url, "en-01", "en-02")
    names = [GOLD / f"en-03{suffix}" for suffix in (".md", SUFFIX)]
    for path in names:
        (project / "reports" / path.name).write_bytes(path.read_bytes())
    assert run(["-C", str(project), "build"]) == 1
    said = capsys.readouterr()
    assert "documents  1" in said.out
    assert said.err.count("no claims: ") == 2


# --------------------------------------------------------------------------- both together


def completing(body: Body, _: int) -> Said:
    """A model that completes the rules: one claim of its own, and a verdict on whatever is unsure."""
    found = asked(body)["found"]
    verdicts = [{"id": f["id"], "verdict": "disagrees", "reason": "Not so."} for f in found if f.get("unsure")]
    own = small.attack(
        id="x1", type="shortage", event="e77", sentence=4, evidence=[{"quote": "will bring their lawyers"}],
        actor=None, victim=None, location=None, deaths=None, time=None,
    )  # fmt: skip
    return completion({"claims": [own], "verdicts": verdicts})


def both(folder: Path, capsys: Captured) -> tuple[list[Any], list[Any], Path]:
    """The records of the rules, those of both, and the claim file of both."""
    with serve(completing) as stub:
        project = small_desk(folder, stub.url)
        report, target = str(project / "reports" / "small.md"), project / "reports" / f"small{SUFFIX}"
        assert run(["-C", str(project), "extract", "--extractor", "rules", report]) == 0
        rules = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert run(["-C", str(project), "extract", "--extractor", "rules+model", report, "-o", str(target)]) == 0
    records = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    return rules, records, target


def test_both_together_keep_the_claims_of_the_rules_and_add_those_of_the_model(
    tmp_path: Path, capsys: Captured
) -> None:
    rules, records, target = both(tmp_path, capsys)
    assert rules, "the rules find something in the small report"
    by = [record["method"]["extractor"] for record in records]
    assert by.count("rules") == len(rules)
    assert by.count("model-1-stub-1b") == 1
    told = [verdict for record in records for verdict in record.get("verdicts", ())]
    unsure = [record for record in rules if record["method"]["confidence"] < 0.6]
    assert len(told) == len(unsure) > 0
    assert {verdict["extractor"] for verdict in told} == {"model-1-stub-1b"}
    assert read_claims(target).rejected == ()


def test_review_shows_where_the_two_differ(tmp_path: Path, capsys: Captured) -> None:
    both(tmp_path, capsys)
    report = str(tmp_path / "reports" / "small.md")
    assert run(["review", report, "--differences"]) == 0
    said = capsys.readouterr()
    sentences = [line for line in said.out.splitlines() if not line.startswith("      ")]
    assert sentences
    assert all(line.startswith("≠") for line in sentences)
    assert "(model-1-stub-1b)" in said.out
    assert "≠ model-1-stub-1b: Not so." in said.out
    assert "claims in which two differ" in said.err


def test_review_shows_two_claim_files_against_each_other(tmp_path: Path, capsys: Captured) -> None:
    gold = GOLD / f"en-01{SUFFIX}"
    records = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    other = tmp_path / f"other{SUFFIX}"
    changed = [{**records[0], "polarity": "denied"}, *records[2:]]
    other.write_text("".join(f"{json.dumps(record)}\n" for record in changed), encoding="utf-8")
    assert run(["review", str(GOLD / "en-01.md"), "--claims", str(gold), "--against", str(other), "--differences"]) == 0
    said = capsys.readouterr()
    assert "≠ polarity equal" in said.out
    assert f"(only {gold.name})" in said.out
    assert "2 claims in which two differ" in said.err


# --------------------------------------------------------------------------- kg eval


def test_eval_sets_rules_model_and_both_side_by_side(tmp_path: Path, gold_stub: Stub, capsys: Captured) -> None:
    project = desk(tmp_path, gold_stub.url, "en-03")
    gold = project / "reports" / f"en-03{SUFFIX}"
    gold.write_bytes((GOLD / gold.name).read_bytes())
    names = ["rules", "model", "rules+model"]
    options = [part for name in names for part in ("--extractor", name)]
    assert run(["-C", str(project), "eval", str(gold), *options]) == 0
    table = capsys.readouterr().out
    header = next(line for line in table.splitlines() if "layer" in line)
    assert [f"{name} F1" in header for name in names] == [True, True, True]
    assert run(["-C", str(project), "eval", str(gold), *options, "--format", "json"]) == 0
    scores = json.loads(capsys.readouterr().out)
    assert list(scores) == sorted(names)
    assert scores["model"]["layers"]["events"]["type"]["f1"] == 1
    assert scores["rules"]["layers"]["events"]["type"]["f1"] < 1


def test_eval_sets_named_claim_files_side_by_side(tmp_path: Path, capsys: Captured) -> None:
    gold = GOLD / f"en-03{SUFFIX}"
    other = tmp_path / f"other{SUFFIX}"
    lines = gold.read_text(encoding="utf-8").splitlines(keepends=True)
    other.write_text("".join(line for line in lines if '"restates": null' in line)[: sum(map(len, lines[:3]))])
    other.write_text("".join(lines[1:3]), encoding="utf-8")
    arguments = ["eval", str(gold), "--system", f"gold={gold}", "--system", f"little={other}", "--format", "json"]
    assert run(arguments) == 0
    scores = json.loads(capsys.readouterr().out)
    assert scores["gold"]["layers"]["claims"]["aligned"]["f1"] == 1
    assert scores["little"]["layers"]["claims"]["aligned"]["system"] == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ["--system", "a=x", "--system", "y"],
        ["--extractor", "rules", "--errors"],
        ["--extractor", "rules", "--system", "y"],
    ],
)
def test_eval_refuses_what_does_not_go_together(arguments: list[str], capsys: Captured) -> None:
    assert run(["eval", str(GOLD / f"en-03{SUFFIX}"), *arguments]) == 2
    assert "error[eval.system]" in capsys.readouterr().err


# --------------------------------------------------------------------------- without a model


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["build"], ["extract", "reports/en-01.md"], ["extract", "--help"], ["review", "reports/en-01.md"]],
)
def test_nothing_of_it_is_imported_unless_it_is_chosen(tmp_path: Path, arguments: list[str]) -> None:
    project = desk(tmp_path, "http://127.0.0.1:9/v1", "en-01", extractor="rules")
    code = (
        "import sys, socket\n"
        "def refuse(*_): raise AssertionError('the network is touched')\n"
        "socket.socket.connect = refuse\n"
        "from kg.cli import run\n"
        f"assert run({arguments!r}) == 0\n"
        "names = [n for n in sys.modules if n.startswith('kg.language_model') or n.startswith('kg.web')]\n"
        "names += [n for n in sys.modules if n.split('.')[0] in ('httpx', 'httpcore')]\n"
        "assert not names, names\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
