"""kg.toml: what it says, and how each mistake in it is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.project import FILE_NAME, Project, find_project, match_files, read_project
from kg.vocab import DEFAULT_BASE


def write(folder: Path, text: str | bytes) -> Path:
    """Write a kg.toml."""
    path = folder / FILE_NAME
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def read(folder: Path, text: str) -> Project:
    return read_project(write(folder, text))


def fault(folder: Path, text: str | bytes) -> UsageError:
    """The error that a kg.toml raises."""
    with pytest.raises(UsageError) as caught:
        read_project(write(folder, text))
    return caught.value


def test_an_empty_file_is_a_project(tmp_path: Path) -> None:
    assert read(tmp_path, "") == Project(
        root=tmp_path,
        base=DEFAULT_BASE,
        reports=("reports",),
        out=tmp_path / "out",
        entities=(),
        same_events=None,
        tables={},
    )


def test_every_setting_is_read(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    for name in ("b.ttl", "a.ttl", "c.txt"):
        (tmp_path / "own" / name).touch()
    project = read(
        tmp_path,
        '[project]\nbase = "https://example.org/desk/"\nreports = ["reports", "wire/*.html"]\nout = "built/graph"\n'
        'entities = ["own/*.ttl"]\nsame_events = "reports/same.jsonl"\n'
        '[stores.desk]\nurl = "http://localhost:7878"\n[language]\nx = 1\n[extraction]\n',
    )
    assert project.base == "https://example.org/desk/"
    assert project.reports == ("reports", "wire/*.html")
    assert project.out == tmp_path / "built" / "graph"
    assert project.entities == (tmp_path / "own" / "a.ttl", tmp_path / "own" / "b.ttl")
    assert project.same_events == tmp_path / "reports" / "same.jsonl"
    assert project.tables == {
        "stores": {"desk": {"url": "http://localhost:7878"}},
        "language": {"x": 1},
        "extraction": {},
    }


def test_the_nearest_kg_toml_above_is_the_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = tmp_path / "a" / "b" / "c"
    deep.mkdir(parents=True)
    read(tmp_path, "")
    read(tmp_path / "a", '[project]\nout = "x"\n')
    assert find_project(deep).root == tmp_path / "a"
    monkeypatch.chdir(deep)
    assert find_project() == find_project(deep)
    assert find_project(tmp_path).root == tmp_path


def test_without_a_kg_toml_there_is_an_error_with_a_hint(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        find_project(tmp_path)
    assert (caught.value.code, caught.value.where) == ("project.missing", str(tmp_path))
    assert "kg init" in str(caught.value.hint)


@pytest.mark.parametrize(
    ("text", "code", "field", "hint"),
    [
        ("[project", "project.toml", "", None),
        ("project = 1\nproject = 2", "project.toml", "", None),
        (b'[project]\nout = "\xff"', "project.toml", "", None),
        ("[projects]", "project.key", ":projects", "extraction, language, project, stores"),
        ("reports = ['x']", "project.key", ":reports", "extraction, language, project, stores"),
        ("project = 5", "project.type", ":project", None),
        ("stores = ['x']", "project.type", ":stores", None),
        ("[[project]]", "project.type", ":project", None),
        ("[project]\nreport = ['x']", "project.key", ":project.report", "base, reports, out, entities, same_events"),
        ("[project]\nreports = 'reports'", "project.type", ":project.reports", None),
        ("[project]\nreports = ['a', 1]", "project.type", ":project.reports", None),
        ("[project]\nentities = {}", "project.type", ":project.entities", None),
        ("[project]\nout = 1", "project.type", ":project.out", None),
        ("[project]\nbase = ['x']", "project.type", ":project.base", None),
        ("[project]\nsame_events = true", "project.type", ":project.same_events", None),
        ("[project]\nentities = ['none/*.ttl']", "project.entities", ":project.entities", None),
        ("[project]\nentities = ['**none']", "project.entities", ":project.entities", None),
    ],
)
def test_each_mistake_is_told_with_its_place(
    tmp_path: Path, text: str | bytes, code: str, field: str, hint: str | None
) -> None:
    error = fault(tmp_path, text)
    assert (error.code, error.where) == (code, f"{tmp_path / FILE_NAME}{field}")
    assert error.exit_status == 2
    assert hint is None or hint in str(error.hint)


@pytest.mark.parametrize(
    "base", ["http://a/", "https://example.org/desk/", "https://é.example:8080/a/b/", "http://a/b.c/"]
)
def test_a_base_is_an_http_iri_that_ends_in_a_slash(tmp_path: Path, base: str) -> None:
    assert read(tmp_path, f'[project]\nbase = "{base}"\n').base == base


@pytest.mark.parametrize(
    "base",
    [
        "",
        "desk/",
        "//example.org/",
        "ftp://example.org/",
        "urn:x:",
        "http://example.org",
        "http://example.org/desk",
        "http:///",
        "http://example.org/desk#",  # a passage is named by a fragment
        "http://example.org/#/",
        "http://example.org/?a=/",
        "http://example.org/a/../b/",  # readers of Turtle take dots away
        "http://example.org/./",
        "http://example.org/a b/",
        "http://example.org/<x>/",
        "http://[/",
        "http://example.org/%zz/",
    ],
)
def test_another_base_is_refused(tmp_path: Path, base: str) -> None:
    error = fault(tmp_path, f'[project]\nbase = "{base}"\n')
    assert (error.code, error.where) == ("project.base", f"{tmp_path / FILE_NAME}:project.base")
    assert repr(base) in error.message
    assert "no fragment" in str(error.hint)


# --------------------------------------------------------------------------- names of files


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A folder with files, hidden ones, a folder below, and a neighbour."""
    root = tmp_path / "desk"
    for name in ("r/b.md", "r/a.md", "r/deep/c.md", "r/.hidden.md", "r/.git/d.md", "r/x.txt", "../far/e.md"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).touch()
    return root


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("r", ["r/a.md", "r/b.md", "r/deep/c.md", "r/x.txt"]),
        ("r/", ["r/a.md", "r/b.md", "r/deep/c.md", "r/x.txt"]),
        ("r/*.md", ["r/a.md", "r/b.md"]),
        ("r/**/*.md", ["r/a.md", "r/b.md", "r/deep/c.md"]),
        ("r/[ax].*", ["r/a.md", "r/x.txt"]),
        ("r/x.txt", ["r/x.txt"]),
        ("r/.hidden.md", ["r/.hidden.md"]),
        ("../far", ["../far/e.md"]),
        ("../far/*.md", ["../far/e.md"]),
        ("none", []),
        ("**none", []),
        ("\0", []),
    ],
)
def test_a_name_is_a_file_a_folder_or_a_glob(tree: Path, pattern: str, expected: list[str]) -> None:
    assert match_files(tree, pattern) == [tree / name for name in expected]


def test_a_name_may_be_absolute(tree: Path, tmp_path: Path) -> None:
    far = tmp_path / "far"
    assert match_files(tree, str(far)) == match_files(tree, str(far / "*.md")) == [far / "e.md"]
