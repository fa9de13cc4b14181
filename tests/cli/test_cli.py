"""The command line as a whole: help, errors, exit statuses."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from kg.cli import COMMANDS, run

Captured = pytest.CaptureFixture[str]


def test_help_names_every_command_and_imports_nothing_heavy() -> None:
    code = (
        "import sys; from kg.cli import run; status = run(['--help']);"
        "heavy = {'rdflib', 'owlready2', 'pyshacl', 'pyoxigraph', 'pydantic', 'rich', 'simplemma'} & set(sys.modules);"
        "sys.exit(status or (f'imports {heavy}' if heavy else 0))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    for name, sentence in COMMANDS:
        assert name in done.stdout
        assert sentence in done.stdout


@pytest.mark.parametrize("command", [name for name, _ in COMMANDS])
def test_each_command_has_help_with_examples(command: str, capsys: Captured) -> None:
    assert run([command, "--help"]) == 0
    out = capsys.readouterr().out
    assert "Examples:" in out
    assert f"kg {command}" in out or f"kg -C desk {command}" in out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [(["bild"], "No such command"), (["build", "--fast"], "No such option"), (["validate"], "Missing argument")],
)
def test_a_wrong_command_line_leaves_with_2(arguments: list[str], message: str, capsys: Captured) -> None:
    assert run(arguments) == 2
    assert message in capsys.readouterr().err


def test_no_project_leaves_with_2_and_says_what_to_do(tmp_path: Path, capsys: Captured) -> None:
    assert run(["-C", str(tmp_path), "build"]) == 2
    err = capsys.readouterr().err
    assert "error[project.missing]" in err
    assert "kg init" in err


def test_no_graph_leaves_with_3(tmp_path: Path, capsys: Captured) -> None:
    run(["init", str(tmp_path)])
    assert run(["-C", str(tmp_path), "query", "ASK {}"]) == 3
    assert "run kg build" in capsys.readouterr().err


def test_a_new_project_builds(tmp_path: Path, capsys: Captured) -> None:
    assert run(["init", str(tmp_path / "desk")]) == 0
    assert run(["-C", str(tmp_path / "desk"), "build"]) == 0
    assert "documents  0" in capsys.readouterr().out
    assert run(["init", str(tmp_path / "desk")]) == 2


@pytest.mark.parametrize(("no_color", "is_coloured"), [("", True), ("1", False)])
def test_a_terminal_sees_colours_unless_no_color_is_set(tmp_path: Path, no_color: str, *, is_coloured: bool) -> None:
    primary, secondary = pty.openpty()
    environment = {"PATH": "/usr/bin:/bin", "TERM": "xterm", "NO_COLOR": no_color}
    command = [sys.executable, "-m", "kg", "-C", str(tmp_path), "build"]
    done = subprocess.run(command, stdout=secondary, stderr=secondary, env=environment, check=False)
    os.close(secondary)
    told = os.read(primary, 4096)
    assert done.returncode == 2
    assert b"error[project.missing]" in told.replace(b"\x1b[31m\x1b[1m", b"").replace(b"\x1b[0m", b"")
    assert (b"\x1b[" in told) == is_coloured


def test_a_reader_that_leaves_early_is_no_error(tmp_path: Path) -> None:
    data = tmp_path / "long.nt"
    data.write_text("".join(f'<a:s{n}> <a:p> "{"x" * 40}" .\n' for n in range(20_000)), encoding="utf-8")
    ask = f"{sys.executable} -m kg query --graph {data} 'SELECT ?n {{ ?n ?p ?o }}' --format csv"
    shell = f"{ask} | head -1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", shell], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "n", "")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_completion_script_is_printed(shell: str, capsys: Captured) -> None:
    assert run(["completion", shell]) == 0
    assert "_KG_COMPLETE" in capsys.readouterr().out
