"""kg eval: files in, scores out."""

from __future__ import annotations

import hashlib
import json
import os
import random
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kg.cli import run
from kg.cli.console import Settings
from kg.cli.eval import read_cases
from kg.cli.gold import read_gold
from kg.errors import DataError
from kg.evaluation import evaluate
from kg.records import Claim, Report
from tests import invented
from tests.cli.conftest import FRONT
from tests.evaluation import cases

Captured = pytest.CaptureFixture[str]
REPORTS = Path(__file__).parents[2] / "reports"
OTHER = (
    "Nothing was heard of the soldiers near Kalvar. The ministry said nothing about it on Friday, and nobody asked.\n"
)


@dataclass(frozen=True)
class Desk:
    """A folder of gold and one of a system's claims."""

    gold: Path
    system: Path

    def eval(self, *options: str) -> int:
        return run(["eval", str(self.gold), "--system", str(self.system), *options])

    def scores(self, capsys: Captured, *options: str) -> Any:
        capsys.readouterr()
        assert self.eval("--format", "json", *options) == 0
        return json.loads(capsys.readouterr().out)


def write_claims(path: Path, records: Sequence[dict[str, Any]]) -> None:
    path.write_text(invented.lines(list(records)), encoding="utf-8")


def other_records() -> list[dict[str, Any]]:
    """Claims about `OTHER`; spans are those of the invented report, which a claim file by itself does not mind."""
    digest = hashlib.sha256(OTHER.encode()).hexdigest()
    return [record | {"document": digest} for record in invented.records()]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """The invented report with its gold claims, and a system that has the same."""
    found = Desk(tmp_path / "gold", tmp_path / "system")
    for folder in (found.gold, found.system):
        folder.mkdir()
        write_claims(folder / "border.claims.jsonl", invented.records())
    (found.gold / "border.md").write_text(FRONT + invented.TEXT, encoding="utf-8")
    return found


# --------------------------------------------------------------------------- scores


def test_the_tables_show_every_layer_and_type(desk: Desk, capsys: Captured) -> None:
    assert desk.eval() == 0
    out = capsys.readouterr().out
    assert out.startswith("1 documents, 4 gold claims, 4 system claims\n")
    lines = [line.split() for line in out.splitlines()]
    assert ["claims", "aligned", "100.0", "100.0", "100.0", "4", "4", "4"] in lines
    assert ["attack", "100.0", "100.0", "100.0", "1", "1", "1"] in lines


def test_the_json_has_the_language_of_the_report(desk: Desk, capsys: Captured) -> None:
    scores = desk.scores(capsys)
    assert list(scores["languages"]) == ["en"]
    assert scores["layers"]["events"]["type"]["f1"] == 1.0
    assert "errors" not in scores


def test_without_the_report_the_metadata_tell_the_language_or_nothing_does(desk: Desk, capsys: Captured) -> None:
    (desk.gold / "border.md").unlink()
    (desk.gold / "border.meta.toml").write_text('language = "fr"\n', encoding="utf-8")
    assert list(desk.scores(capsys)["languages"]) == ["fr"]
    (desk.gold / "border.meta.toml").unlink()
    assert list(desk.scores(capsys)["languages"]) == ["und"]


def test_files_are_matched_by_their_document_whatever_their_names(desk: Desk, capsys: Captured) -> None:
    (desk.system / "border.claims.jsonl").rename(desk.system / "run-7.claims.jsonl")
    assert desk.scores(capsys)["layers"]["claims"]["aligned"]["matched"] == 4


def test_a_document_that_the_system_lacks_is_missed(desk: Desk, capsys: Captured) -> None:
    write_claims(desk.gold / "other.claims.jsonl", other_records())
    (desk.gold / "other.txt").write_text(OTHER, encoding="utf-8")
    assert desk.eval("--format", "json") == 0
    captured = capsys.readouterr()
    assert json.loads(captured.out)["layers"]["claims"]["aligned"]["recall"] == 0.5
    assert "no claims about 1 of 2 documents" in captured.err


def test_an_empty_system_file_says_nothing_about_any_document(desk: Desk, capsys: Captured) -> None:
    (desk.system / "border.claims.jsonl").write_text("", encoding="utf-8")
    assert desk.scores(capsys)["layers"]["claims"]["aligned"]["f1"] == 0.0


def test_a_system_document_without_gold_is_an_error_unless_ignored(desk: Desk, capsys: Captured) -> None:
    write_claims(desk.system / "other.claims.jsonl", other_records())
    assert desk.eval() == 1
    assert "error[eval.extra]" in capsys.readouterr().err
    assert desk.scores(capsys, "--ignore-extra")["system_claims"] == 4


def test_the_reports_of_the_project_are_perfect_against_themselves(capsys: Captured) -> None:
    assert run(["eval", str(REPORTS), "--system", str(REPORTS), "--format", "json", "--errors"]) == 0
    scores = json.loads(capsys.readouterr().out)
    assert scores["documents"] >= 5
    assert list(scores["languages"]) == ["en", "fr"]
    assert {scores["languages"][code]["layers"]["claims"]["aligned"]["f1"] for code in ("en", "fr")} == {1.0}
    assert scores["errors"] == []


# --------------------------------------------------------------------------- errors in their sentences


def test_errors_are_shown_in_their_sentences(desk: Desk, capsys: Captured) -> None:
    write_claims(desk.system / "border.claims.jsonl", [invented.attack(polarity="denied"), *invented.records()[1:3]])
    assert desk.eval("--errors") == 0
    out = capsys.readouterr().out
    assert out.endswith(f"""\
{desk.gold / "border.claims.jsonl"}
  0–46  ⟦Two soldiers were killed on Friday near Kalvar⟧, the defence ministry of Ruritania said.
    wrong     polarity equal: affirmed, found denied (gold c1, system c1)
  155–189  ⟦Strelsau disputes the Kalvar ridge⟧.
    missed    claims aligned: Ruritania disputes Kalvar ridge (gold c4)
    missed    relations labelled: Ruritania disputes Kalvar ridge (gold c4)
""")


def test_errors_as_json_name_their_document(desk: Desk, capsys: Captured) -> None:
    write_claims(desk.system / "border.claims.jsonl", invented.records()[1:])
    (error,) = desk.scores(capsys, "--errors")["errors"]
    assert (error["document"], error["layer"], error["kind"]) == (invented.DIGEST, "events", "missed")
    assert error["sentence"].startswith("⟦Two soldiers were killed")


def test_control_characters_of_a_report_do_not_reach_the_terminal(desk: Desk, capsys: Captured) -> None:
    records = invented.records()
    records[0]["location"][0]["name"] = "Kal\x1b[2Jvar"
    write_claims(desk.gold / "border.claims.jsonl", records)
    write_claims(desk.system / "border.claims.jsonl", [invented.attack(location=[]), *records[1:]])
    assert desk.eval("--errors") == 0
    out = capsys.readouterr().out
    assert "location Kal\\u001b[2Jvar" in out
    assert "\x1b[2J" not in out


# --------------------------------------------------------------------------- what is refused


def test_without_a_system_the_rules_are_scored_on_the_reports(desk: Desk, capsys: Captured) -> None:
    assert run(["eval", str(desk.gold), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["gold_claims"] == 4


def test_without_gold_there_is_no_score(desk: Desk, capsys: Captured) -> None:
    (desk.gold / "border.claims.jsonl").unlink()
    assert desk.eval("--format", "json") == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "error[eval.none]" in captured.err


def test_a_system_folder_without_a_claim_file_is_an_error(desk: Desk, capsys: Captured) -> None:
    (desk.system / "border.claims.jsonl").unlink()
    assert desk.eval() == 1
    assert "error[eval.none]" in capsys.readouterr().err


@pytest.mark.parametrize("side", ["gold", "system"])
def test_a_line_that_is_no_good_claim_is_an_error_that_says_where(side: str, desk: Desk, capsys: Captured) -> None:
    path = getattr(desk, side) / "border.claims.jsonl"
    write_claims(path, [*invented.records()[1:], invented.attack(polarity="perhaps")])
    assert desk.eval() == 1
    err = capsys.readouterr().err
    assert f"{path}:4:polarity" in err
    assert '"perhaps"' in err


def test_a_report_that_has_changed_is_an_error(desk: Desk, capsys: Captured) -> None:
    (desk.gold / "border.md").write_text(FRONT + OTHER, encoding="utf-8")
    assert desk.eval() == 1
    assert "error[claims.digest]" in capsys.readouterr().err


@pytest.mark.parametrize("side", ["gold", "system"])
def test_two_files_about_one_document_are_an_error(side: str, desk: Desk, capsys: Captured) -> None:
    write_claims(getattr(desk, side) / "more.claims.jsonl", invented.records())
    assert desk.eval() == 1
    assert "error[eval.duplicate]" in capsys.readouterr().err


def test_a_file_that_is_no_claim_file_is_a_wrong_command_line(desk: Desk, capsys: Captured) -> None:
    assert run(["eval", str(desk.gold / "border.md"), "--system", str(desk.system)]) == 2
    assert "error[eval.suffix]" in capsys.readouterr().err


def test_metadata_that_are_no_toml_are_an_error(desk: Desk, capsys: Captured) -> None:
    (desk.gold / "border.md").unlink()
    (desk.gold / "border.meta.toml").write_text("language = fr\n", encoding="utf-8")
    assert desk.eval() == 1
    assert "error[meta.toml]" in capsys.readouterr().err


# --------------------------------------------------------------------------- an extractor


def test_an_extractor_is_scored_on_the_reports(desk: Desk) -> None:
    def extract(report: Report) -> Sequence[Claim]:
        assert report.text == invented.TEXT
        return invented.claims()[:2]

    found = evaluate(read_cases(Settings(), read_gold([str(desk.gold)]), (), extract=extract))
    assert cases.counts(found.scores.layer("claims")) == (2, 4, 2)


def test_an_extractor_needs_the_text(desk: Desk) -> None:
    (desk.gold / "border.md").unlink()
    with pytest.raises(DataError, match="not at hand"):
        read_cases(Settings(), read_gold([str(desk.gold)]), (), extract=lambda _: ())


# --------------------------------------------------------------------------- floors


def test_floors_are_written_and_held(desk: Desk, tmp_path: Path, capsys: Captured) -> None:
    floor = ["--floor", str(tmp_path / "floor.toml")]
    assert desk.eval(*floor, "--write-floor") == 0
    assert desk.eval(*floor) == 0
    write_claims(desk.system / "border.claims.jsonl", [invented.attack(modality="possible"), *invented.records()[1:]])
    capsys.readouterr()
    assert desk.eval(*floor) == 1
    captured = capsys.readouterr()
    assert "modality 0.7500 < 1.0" in captured.err
    assert "modality" in captured.out


def test_a_floor_is_not_lowered(desk: Desk, tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "floor.toml"
    desk.eval("--floor", str(path), "--write-floor")
    before = path.read_bytes()
    write_claims(desk.system / "border.claims.jsonl", invented.records()[1:])
    assert desk.eval("--floor", str(path), "--write-floor") == 1
    assert "error[floor.lower]" in capsys.readouterr().err
    assert path.read_bytes() == before


def test_floors_do_not_hold_for_other_gold(desk: Desk, tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "floor.toml"
    desk.eval("--floor", str(path), "--write-floor")
    for folder in (desk.gold, desk.system):
        write_claims(folder / "border.claims.jsonl", invented.records()[1:])
    assert desk.eval("--floor", str(path)) == 1
    assert "error[floor.fingerprint]" in capsys.readouterr().err


def test_a_floor_to_write_needs_its_file(desk: Desk) -> None:
    assert desk.eval("--write-floor") == 2


def test_a_floor_file_that_is_not_there_is_an_error(desk: Desk, tmp_path: Path) -> None:
    assert desk.eval("--floor", str(tmp_path / "none.toml")) == 3


# --------------------------------------------------------------------------- the same input, the same bytes


def test_neither_the_order_of_files_and_lines_nor_the_hash_seed_means_anything(tmp_path: Path) -> None:
    system = tmp_path / "system"
    system.mkdir()
    rng = random.Random(7)  # noqa: S311 - an order, not a secret
    names = sorted(path.name for path in REPORTS.glob("*.claims.jsonl"))
    assert len(names) >= 5
    for name in names:
        records = [json.loads(line) for line in (REPORTS / name).read_text(encoding="utf-8").splitlines()]
        kept = [r | {"regarding": []} if "regarding" in r else r for r in records if rng.random() < 0.8]
        write_claims(system / name, [r | {"restates": None, "evidence": [kept[0]["evidence"][0]]} for r in kept])
    outputs = set()
    for seed in ("0", "1"):
        for style in ("table", "json"):
            gold = rng.sample(names, len(names))
            arguments = [
                *(str(REPORTS / name) for name in gold),
                "--system",
                str(system),
                "--errors",
                "--format",
                style,
            ]
            done = subprocess.run(
                [sys.executable, "-m", "kg", "eval", *arguments],
                capture_output=True, check=False, env={**os.environ, "PYTHONHASHSEED": seed},
            )  # fmt: skip
            assert done.returncode == 0
            outputs.add(done.stdout)
        for path in system.iterdir():
            lines = path.read_text(encoding="utf-8").splitlines()
            path.write_text("\n".join(rng.sample(lines, len(lines))) + "\n", encoding="utf-8")
    assert len(outputs) == 2
