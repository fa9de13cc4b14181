"""Word tables of a project's own, beside those of kg."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from kg.errors import DataError, KgError, UsageError
from kg.extraction import extract
from kg.extraction.tables import LANGUAGES, read_lists, read_table
from kg.language import analyze
from kg.records import Claim, Report

TEXT = "Un carboulage russe a visé le port d'Odessa mardi, a indiqué le ministère ukrainien de la Défense."


def claims_of(lexicon: Path | None = None) -> list[Claim]:
    report = Report(
        text=TEXT, sha256=hashlib.sha256(TEXT.encode()).hexdigest(), path="any", date="2024-05-12", language="fr"
    )
    return list(extract(report, analyze(report, "fr"), lexicon=lexicon))


def write_table(folder: Path, name: str, *lines: str) -> Path:
    path = folder / "fr" / f"{name}.tsv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return folder


def event_columns() -> list[str]:
    return list(read_table("fr", "events")[0].fields)


def rules_of(claims: list[Claim]) -> set[str]:
    return {claim.method.rule for claim in claims if claim.method is not None and claim.method.rule is not None}


def test_a_noun_of_the_users_own_tells_an_event(tmp_path: Path) -> None:
    line = "own\tattack\tnoun\tcarboulage\town:party|state=actor on:place=location\t-\t-\tUn carboulage russe.\tLe charbon."
    own = write_table(tmp_path, "events", "\t".join(event_columns()), line)
    without = rules_of(claims_of())
    assert rules_of(claims_of(own)) - without == {"own"}
    assert rules_of(claims_of()) == without


def test_a_wrong_line_is_named_with_its_file_and_line(tmp_path: Path) -> None:
    own = write_table(tmp_path, "events", "\t".join(event_columns()), "a\tattack")
    with pytest.raises(DataError) as caught:
        claims_of(own)
    assert str(caught.value.where).endswith("events.tsv:2")


def test_an_unknown_event_type_is_named_with_its_line(tmp_path: Path) -> None:
    own = write_table(tmp_path, "events", "\t".join(event_columns()), "a\tparty\tnoun\tfête\t-\t-\t-\t-\t-")
    with pytest.raises(DataError, match="party") as caught:
        claims_of(own)
    assert str(caught.value.where).endswith("events.tsv:2")


@pytest.mark.parametrize("name", ["evens", "events"])
def test_a_table_that_kg_does_not_have_is_refused(tmp_path: Path, name: str) -> None:
    own = write_table(tmp_path, name, "name\twords")
    with pytest.raises(KgError) as caught:
        claims_of(own)
    assert caught.value.code in {"lexicon.table", "lexicon.columns"}


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        claims_of(tmp_path / "none")


def test_both_languages_have_the_same_word_lists() -> None:
    lists = [set(read_lists(language)) for language in LANGUAGES]
    assert lists[0]
    assert lists[0] == lists[1]
