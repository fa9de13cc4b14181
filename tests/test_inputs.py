"""Which files belong together, and what is known of a report whose text is not at hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.errors import DataError, UsageError
from kg.inputs import Input, find_inputs, read_document
from kg.project import Project
from kg.records import Document, Report
from tests import invented


def touch(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).touch()


def found(root: Path, **settings: Any) -> list[tuple[str | None, str | None, str | None]]:
    """The inputs of a project at `root`, by name."""

    def name(path: Path | None) -> str | None:
        return None if path is None else path.relative_to(root).as_posix()

    return [(name(i.report), name(i.claims), name(i.meta)) for i in find_inputs(Project(root=root, **settings))]


# --------------------------------------------------------------------------- stems


def test_files_of_one_stem_belong_together(tmp_path: Path) -> None:
    touch(
        tmp_path,
        "reports/b.md",
        "reports/b.claims.jsonl",
        "reports/b.meta.toml",
        "reports/a.html",
        "reports/c.claims.jsonl",
    )
    assert found(tmp_path) == [
        ("reports/a.html", None, None),
        ("reports/b.md", "reports/b.claims.jsonl", "reports/b.meta.toml"),
        (None, "reports/c.claims.jsonl", None),
    ]


def test_a_stem_may_hold_full_stops(tmp_path: Path) -> None:
    touch(tmp_path, "reports/desk-12.v2.md", "reports/desk-12.v2.claims.jsonl", "reports/desk-12.md")
    assert found(tmp_path) == [
        ("reports/desk-12.md", None, None),
        ("reports/desk-12.v2.md", "reports/desk-12.v2.claims.jsonl", None),
    ]


def test_files_of_one_name_in_two_folders_do_not_belong_together(tmp_path: Path) -> None:
    touch(tmp_path, "reports/a/x.md", "reports/b/x.claims.jsonl")
    assert found(tmp_path) == [("reports/a/x.md", None, None), (None, "reports/b/x.claims.jsonl", None)]


def test_the_order_of_the_names_in_kg_toml_means_nothing(tmp_path: Path) -> None:
    touch(tmp_path, "x/b.md", "y/a.md", "x/b.claims.jsonl")
    assert found(tmp_path, reports=("x", "y")) == found(tmp_path, reports=("y/*", "x/b.*", "x/**/*", "y"))


def test_hidden_files_readmes_and_the_event_identities_are_no_reports(tmp_path: Path) -> None:
    touch(tmp_path, "reports/a.md", "reports/.b.md", "reports/.git/c.md", "reports/README.md", "reports/same.jsonl")
    assert found(tmp_path, same_events=tmp_path / "reports" / "same.jsonl") == [("reports/a.md", None, None)]


def test_reports_may_lie_outside_the_project(tmp_path: Path) -> None:
    touch(tmp_path, "far/a.md")
    (tmp_path / "desk").mkdir()
    for name in ("../far", "../far/*.md", "../far/a.md", str(tmp_path / "far")):
        inputs = find_inputs(Project(root=tmp_path / "desk", reports=(name,)))
        assert [i.report.resolve() for i in inputs if i.report] == [tmp_path / "far" / "a.md"], name


def test_a_folder_without_reports_gives_no_inputs(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    assert found(tmp_path) == []


def test_a_name_that_matches_nothing_is_an_error(tmp_path: Path) -> None:
    touch(tmp_path, "reports/a.md")
    with pytest.raises(UsageError) as caught:
        found(tmp_path, reports=("reports", "wire/*.md"))
    assert (caught.value.code, caught.value.where) == ("inputs.none", f"{tmp_path / 'kg.toml'}:project.reports")
    assert "'wire/*.md'" in caught.value.message


def test_two_reports_of_one_stem_are_an_error(tmp_path: Path) -> None:
    touch(tmp_path, "reports/a.md", "reports/a.txt")
    with pytest.raises(UsageError) as caught:
        found(tmp_path)
    assert (caught.value.code, caught.value.where) == ("inputs.stem", str(tmp_path / "reports"))
    assert caught.value.message.endswith("a.md and a.txt")
    assert "rename" in str(caught.value.hint)


def test_metadata_of_nothing_are_an_error(tmp_path: Path) -> None:
    touch(tmp_path, "reports/desk-12.meta.toml", "reports/desk-21.claims.jsonl")
    with pytest.raises(UsageError) as caught:
        found(tmp_path)
    assert (caught.value.code, caught.value.where) == ("inputs.meta", str(tmp_path / "reports" / "desk-12.meta.toml"))
    assert "claims.jsonl" in str(caught.value.hint)


def test_claims_stand_for_their_input_in_messages() -> None:
    assert Input(Path("a.md"), Path("a.claims.jsonl"), None).name == "a.claims.jsonl"
    assert Input(Path("a.md"), None, None).name == "a.md"


# --------------------------------------------------------------------------- what is known of a document

REPORT = Report(
    text=invented.TEXT,
    sha256=invented.DIGEST,
    path="reports/a.md",
    title="Invented",
    publisher="Example Press",
    author="R. Aske",
    date="2024-05-12",
    language="en",
    url="https://example.org/a",
    identifier="x-1",
)
META = 'publisher = "Example Press"\nlanguage = "en"\n'


def meta(folder: Path, text: str | bytes) -> Path:
    path = folder / "a.meta.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def fault(report: Report | None, file: Path | None, digest: str = invented.DIGEST) -> DataError:
    """The error that reading a document raises."""
    with pytest.raises(DataError) as caught:
        read_document(report, file, digest, "a.claims.jsonl")
    return caught.value


def test_a_report_at_hand_says_everything_and_its_text_is_kept(tmp_path: Path) -> None:
    other = meta(tmp_path, 'publisher = "Somebody Else"\nlanguage = "fr"\n')
    for file in (None, other):
        assert read_document(REPORT, file, invented.DIGEST, "a.claims.jsonl") == Document(
            sha256=invented.DIGEST,
            publisher="Example Press",
            language="en",
            date="2024-05-12",
            title="Invented",
            author="R. Aske",
            url="https://example.org/a",
            identifier="x-1",
            text=invented.TEXT,
        )


def test_metadata_stand_in_for_a_text_that_is_not_at_hand(tmp_path: Path) -> None:
    file = meta(
        tmp_path,
        META + f'date = "2024-05"\ntitle = " Two  words "\nauthor = "R. Aske"\nurl = "https://example.org/a"\n'
        f'identifier = "x-1"\nsha256 = "{invented.DIGEST}"\n',
    )
    assert read_document(None, file, invented.DIGEST, "a.claims.jsonl") == Document(
        sha256=invented.DIGEST,
        publisher="Example Press",
        language="en",
        date="2024-05",
        title="Two words",
        author="R. Aske",
        url="https://example.org/a",
        identifier="x-1",
        text=None,
    )


def test_without_report_and_metadata_there_is_an_error_with_a_hint() -> None:
    error = fault(None, None)
    assert (error.code, error.where) == ("meta.none", "a.claims.jsonl")
    assert ".meta.toml" in str(error.hint)


def test_metadata_about_another_text_are_an_error(tmp_path: Path) -> None:
    file = meta(tmp_path, f'{META}sha256 = "{"0" * 64}"\n')
    error = fault(None, file)
    assert (error.code, error.where) == ("meta.digest", str(file))
    assert invented.DIGEST in str(error.hint)


@pytest.mark.parametrize("missing", ["publisher", "language"])
def test_publisher_and_language_must_be_known(tmp_path: Path, missing: str) -> None:
    text = "".join(line for line in META.splitlines(keepends=True) if not line.startswith(missing))
    for content in (text, f'{text}{missing} = " "\n'):
        file = meta(tmp_path, content)
        error = fault(None, file)
        assert (error.code, error.where) == ("meta.missing", str(file))
        assert missing in error.message
        assert "front matter" in str(error.hint)
    error = fault(replace(REPORT, **{missing: None}), None)  # type: ignore[arg-type]  # the name is chosen at run time
    assert (error.code, error.where) == ("meta.missing", "a.claims.jsonl")


@pytest.mark.parametrize(
    ("text", "code", "field"),
    [
        ("publisher", "meta.toml", ""),
        (b'publisher = "\xff"', "meta.toml", ""),
        (f'{META}publisher = "twice"', "meta.toml", ""),
        (f'{META}editor = "x"', "meta.field", ":editor"),
        (f"{META}title = 5", "meta.field", ":title"),
        (f"{META}date = 2024-05-12", "meta.field", ":date"),
        (f'{META}date = "12 May"', "meta.field", ":date"),
        (f'{META}date = "2024-13"', "meta.field", ":date"),
        ('publisher = "x"\nlanguage = "f r"', "meta.field", ":language"),
        ('publisher = "x\\u0000"\nlanguage = "fr"', "meta.field", ":publisher"),
        (f'{META}url = "example.org"', "meta.field", ":url"),
        (f'{META}url = "javascript:alert(1)"', "meta.field", ":url"),
        (f"{META}url = 'https://example.org/> <a:p> <a:o'", "meta.field", ":url"),
        (f"{META}url = 'https://['", "meta.field", ""),
        (f"{META}url = 'https://example.org/%zz'", "meta.field", ""),
    ],
)
def test_each_mistake_in_metadata_is_told_with_its_place(
    tmp_path: Path, text: str | bytes, code: str, field: str
) -> None:
    file = meta(tmp_path, text)
    error = fault(None, file)
    assert (error.code, error.where) == (code, f"{file}{field}")
    assert error.exit_status == 1
    if "title" in field or "editor" in field:
        assert "publisher, date, language" in str(error.hint)


def test_an_address_that_no_graph_can_hold_is_an_error() -> None:
    error = fault(replace(REPORT, url="https://["), None)
    assert (error.code, error.where) == ("meta.field", "a.claims.jsonl")
    assert "percent-encode" in str(error.hint)
