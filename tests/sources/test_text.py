"""Plain text, Markdown with its front matter, the header form of corpora: what is text and what is known of it."""

from __future__ import annotations

import hashlib

import pytest

from kg.errors import Refused
from tests.sources.conftest import DATA, Write, fault_of, read_one

FRENCH = "Le pont de Velm est fermé depuis lundi, a indiqué la préfecture de la région.\n"


def test_plain_text_is_kept_to_the_last_character(write: Write) -> None:
    text = "\n  Première ligne.\r\nDeuxième\u00a0: «\u202foui\u202f»\u2028 e\u0301 de\u00admain \u202b😀\n\n\n"
    report = read_one(write("a.txt", text))
    assert report.text == text
    assert report.sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert (report.title, report.date, report.identifier) == (None, None, "a.txt")


def test_the_text_of_markdown_is_what_follows_its_front_matter() -> None:
    report = read_one(DATA / "report.md")
    whole = (DATA / "report.md").read_text(encoding="utf-8")
    assert report.text == whole.split("---\n", 2)[2]
    assert "## La digue a tenu\n\n« Personne n’est blessé », a déclaré **le préfet**" in report.text
    assert report.title == "Crue de l’Orve : deux hameaux évacués"
    assert report.publisher == "Le Courrier de Velm"
    assert report.author == "Ada Lorne, Jan Miro"
    assert (report.date, report.language) == ("2024-03-12", "fr")
    assert report.url == "https://courrier.example/orve/crue"


def test_a_key_that_kg_does_not_use_is_said() -> None:
    assert read_one(DATA / "report.md").notes == ("front matter: not used: desk",)


def test_text_files_may_have_front_matter_too_and_keep_their_line_ends(write: Write) -> None:
    report = read_one(write("a.txt", f"---\r\ntitle: Le pont\r\n---\r\n{FRENCH}\r\nFin.\r\n"))
    assert report.title == "Le pont"
    assert report.text == f"{FRENCH}\r\nFin.\r\n"


@pytest.mark.parametrize("date", ["2024", "2024-03", "2024-03-12"])
def test_a_date_keeps_its_precision(write: Write, date: str) -> None:
    assert read_one(write("a.md", f"---\ndate: {date}\n---\n{FRENCH}")).date == date


def test_the_first_heading_is_the_title_where_none_is_given(write: Write) -> None:
    report = read_one(write("a.md", f"\n# Le pont de Velm #\n\n{FRENCH}"))
    assert report.title == "Le pont de Velm"
    assert report.text.startswith("\n# Le pont de Velm #\n")


def test_front_matter_may_be_empty_and_a_value_too(write: Write) -> None:
    for front_matter in ("---\n---\n", "---\ntitle:\nurl: ''\n---\n", "---\ntitle: ~\n...\n"):
        report = read_one(write("a.md", front_matter + FRENCH))
        assert (report.text, report.title, report.url, report.notes) == (FRENCH, None, None, ())


def test_norwegian_is_a_language_and_no_truth_value(write: Write) -> None:
    assert read_one(write("a.md", "---\nlanguage: no\n---\nBroen er stengt.\n")).language == "no"


@pytest.mark.parametrize(
    ("front_matter", "where", "what"),
    [
        ("title: Pont\ndate: 2024-13", "a.md:3:date", "date is YYYY, YYYY-MM or YYYY-MM-DD"),
        ("title: Pont\ndate: hier", "a.md:3:date", "not 'hier'"),
        ("title: [a, b]", "a.md:2:title", "title must be text, not a YAML seq"),
        ("title: 1984", "a.md:2:title", "title must be text, not a YAML int"),
        ("author: [Ada, {b: c}]", "a.md:2:author", "author must be text, not a YAML map"),
        ("language: français", "a.md:2:language", "language is a code"),
        ("url: courrier", "a.md:2:url", "url is an http address"),
        ('title: "\\ud800"', "a.md:2:title", "lone surrogate"),
        ("title: a\ntitle: b", "a.md:3:title", "title stands twice"),
        ("title: a: b", "a.md:2", "not valid YAML"),
        ("title:\u00a0Pont", "a.md:2", "lines of the form key: value"),
        ("title: a\n[x]: b", "a.md:3", "a key must be text"),
        ('title: "\\UFFFFFFFF"', "a.md", "not valid YAML"),
        ("title: !!python/object/apply:os.getcwd []", "a.md:2:title", "title must be text"),
    ],
)
def test_a_wrong_field_of_the_front_matter_has_its_line(write: Write, front_matter: str, where: str, what: str) -> None:
    fault = fault_of(write("a.md", f"---\n{front_matter}\n---\n{FRENCH}"))
    assert fault.code == "source.front-matter"
    assert (fault.where or "").endswith(where)
    assert what in fault.message


@pytest.mark.parametrize(
    "front_matter",
    [
        "title: &a Pont\nauthor: *a",
        "a: &a [x]\nb: &b [*a, *a, *a]\nc: [*b, *b, *b]",
        "a: " + "[" * 9 + "]" * 9,
        "a: " + "x" * 70_000,
    ],
    ids=["alias", "billion laughs", "deep", "large"],
)
def test_front_matter_that_could_be_a_bomb_is_refused(write: Write, front_matter: str) -> None:
    fault = fault_of(write("a.md", f"---\n{front_matter}\n---\n{FRENCH}"))
    assert isinstance(fault, Refused)
    assert fault.code == "source.front-matter"


@pytest.mark.parametrize(
    "text", ["---\nAlerte\n---\n" + FRENCH, "---\n\n" + FRENCH, "--- non\ntitle: x\n---\n" + FRENCH]
)
def test_a_rule_above_prose_is_no_front_matter(write: Write, text: str) -> None:
    report = read_one(write("a.md", text))
    assert (report.text, report.title) == (text, None)


def test_front_matter_that_is_never_closed_is_text_and_that_is_said(write: Write) -> None:
    report = read_one(write("a.md", "---\ntitle: Pont\n" + FRENCH))
    assert report.text == "---\ntitle: Pont\n" + FRENCH
    assert "no line --- closes" in report.notes[0]


def test_the_text_of_a_corpus_file_is_what_follows_its_header() -> None:
    report = read_one(DATA / "corpus.txt")
    raw = (DATA / "corpus.txt").read_text(encoding="utf-8")
    assert raw == f" date 2024-03 {report.text}\n"
    assert report.date == "2024-03"
    assert report.title == "Vallée de l’Orve – Trois pompiers ont été blessés dans un incendie"


def test_where_the_title_of_a_corpus_file_ends_is_said_to_be_found_or_not(write: Write) -> None:
    assert "was taken to end where a sentence begins" in read_one(DATA / "corpus.txt").notes[0]
    unclear = read_one(write("a.txt", f" date 2024 Le pont de Velm a été fermé. {FRENCH}"))
    assert unclear.title is None
    assert "is not known" in unclear.notes[0]
    alone = read_one(write("b.txt", f" date 2024-03-12 Fermeture du pont de La Velle\n\n{FRENCH}"))
    assert (alone.title, alone.notes) == ("Fermeture du pont de La Velle", ())


@pytest.mark.parametrize("text", [" date 2024-13 Titre\n", " date limite\n", "date\n2024-03 Titre\n"])
def test_a_text_that_only_begins_with_the_word_date_is_plain(write: Write, text: str) -> None:
    assert read_one(write("a.txt", text)).text == text
