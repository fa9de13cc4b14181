"""kg inspect."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.cli import run
from kg.cli.inspect import _NAMES
from kg.cli.layers import LAYERS

Captured = pytest.CaptureFixture[str]
TEXT = "« Quatre soldats ont été tués », a dit le maire <de> Goma.\n"


@pytest.fixture
def report(tmp_path: Path) -> str:
    path = tmp_path / "a.md"
    path.write_text(f"---\nlanguage: fr\n---\n{TEXT}", encoding="utf-8")
    return str(path)


def test_every_layer_can_be_named() -> None:
    assert tuple(layer.name for layer in LAYERS) == _NAMES


def test_text_shows_sentences_and_what_is_known_of_their_groups(report: str, capsys: Captured) -> None:
    assert run(["inspect", report]) == 0
    out = capsys.readouterr().out
    assert TEXT.strip() in out
    assert "ont été tués  tuer  finite · past · indicative · passive · perfect" in out
    assert "Quatre soldats  soldat" in out
    assert "\x1b" not in out


def test_colour_means_layers_and_no_color_takes_it_away(
    report: str, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.cli.console.use_color", lambda: True)
    run(["inspect", report, "--layer", "verbs", "--layer", "sentences"])
    colored = capsys.readouterr().out
    assert "\x1b[31mont été tués\x1b[0m" in colored
    monkeypatch.undo()
    monkeypatch.setenv("NO_COLOR", "1")
    run(["inspect", report])
    assert "\x1b" not in capsys.readouterr().out


def test_json_gives_the_spans_of_each_layer(report: str, capsys: Captured) -> None:
    assert run(["inspect", report, "--format", "json", "--layer", "quotations", "--layer", "tokens"]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert set(found["layers"]) == {"quotations", "tokens"}
    (quotation,) = found["layers"]["quotations"]
    assert TEXT[quotation["start"] : quotation["end"]] == quotation["text"] == "« Quatre soldats ont été tués »"
    assert found["layers"]["tokens"][1]["lemma"] == "quatre"


def test_the_page_escapes_the_text_and_has_no_script(report: str, capsys: Captured) -> None:
    assert run(["inspect", report, "--format", "html"]) == 0
    page = capsys.readouterr().out
    assert "&lt;" in page
    assert "<de>" not in page
    assert "<script" not in page
    assert "src=" not in page
    assert "href=" not in page


def test_control_characters_of_a_report_are_shown_not_obeyed(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "b.md"
    path.write_text("---\nlanguage: fr\n---\nLe maire \x1b[31m\u202e a parlé.\n", encoding="utf-8")
    run(["inspect", str(path)])
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "\\u202e" in out


def test_the_projects_analyzer_is_used_and_an_unknown_one_is_refused(
    report: str, tmp_path: Path, capsys: Captured
) -> None:
    project = tmp_path / "desk"
    project.mkdir()
    (project / "kg.toml").write_text('[project]\n[language]\nanalyzer = "spicy"\n', encoding="utf-8")
    assert run(["-C", str(project), "inspect", report]) == 2
    assert "error[language.analyzer]: unknown analyzer 'spicy'" in capsys.readouterr().err
    assert run(["-C", str(project), "inspect", "--analyzer", "rules", report]) == 0


def test_a_language_without_a_grammar_is_an_error_of_the_data(report: str, capsys: Captured) -> None:
    assert run(["inspect", "--language", "xx", report]) == 1
    assert "error[language.unknown]" in capsys.readouterr().err
