"""Saved web pages."""

from __future__ import annotations

import sys

import pytest
import trafilatura

from kg.errors import Refused, WorldError
from kg.sources import read_reports
from tests.sources.conftest import DATA, Write, fault_of, read_one

SAID = f"the text was extracted from HTML by trafilatura {trafilatura.__version__}"
PAGE = "<html><head>{}</head><body><article>{}</article></body></html>"
STORY = "<p>Le pont de Velm est fermé depuis lundi, a indiqué la préfecture de la région dans un communiqué.</p>" * 3


def test_the_article_of_a_page_is_the_text_in_paragraphs() -> None:
    report = read_one(DATA / "page-schema.html")
    assert report.text.split("\n\n") == [
        "Crue de l’Orve : deux hameaux évacués",
        "Deux hameaux ont été évacués mardi au bord de l’Orve, a indiqué la préfecture de Velm dans un communiqué.",
        "La digue de Velm, mardi soir. PHOTO ABC",
        "«\u202fPersonne n’est blessé\u202f», a déclaré le préfet lors d’un point de presse\u00a0: les habitants sont logés "
        "dans une école.",
        "La digue a tenu",
        "La digue a tenu toute la nuit, ont assuré les services de l’État. L’e\u0301cole reste ouverte jusqu’à "
        "ven\u00addredi.",
        "La route du col est coupée depuis lundi soir.",
        "Le pont de Velm reste ouvert aux piétons.",
    ]
    assert report.notes == (SAID,)


def test_schema_org_is_believed_first() -> None:
    report = read_one(DATA / "page-schema.html")
    assert report.title == "Crue de l’Orve : deux hameaux évacués"
    assert (report.publisher, report.author) == ("Le Courrier de Velm", "Ada Lorne, Jan Miro")
    assert (report.date, report.language) == ("2024-03-12", "fr")
    assert report.url == "https://courrier.example/orve/crue"


def test_then_opengraph_dublin_core_and_the_page_itself() -> None:
    report = read_one(DATA / "page-opengraph.html")
    assert (report.title, report.publisher) == ("Bridge at Kalvar reopens", "Example Press")
    assert report.date == "2024-05-12"
    assert report.author == "Ada Lorne"  # Dublin Core: OpenGraph gives a profile only
    assert (report.language, report.url) == ("en", "https://press.example/bridge")
    assert report.notes == (SAID, "schema.org: the page's JSON-LD is not valid JSON; left out")


def test_what_a_page_says_wrongly_is_left_out_and_said(write: Write) -> None:
    head = (
        '<title>Pont</title><meta property="article:published_time" content="hier"><meta name="date" content="2024-03">'
    )
    report = read_one(write("a.html", PAGE.format(head, STORY)))
    assert (report.title, report.date) == ("Pont", "2024-03")
    assert report.notes[1:] == ("OpenGraph: date is YYYY, YYYY-MM or YYYY-MM-DD, not 'hier'; left out",)


@pytest.mark.parametrize(
    ("declared", "encoding", "note"),
    [
        ("iso-8859-1", "cp1252", "decoded as cp1252"),
        ("windows-1252", "cp1252", "decoded as cp1252"),
        ("iso-8859-15", "iso-8859-15", "decoded as iso8859-15"),
        ("iso-8859-1", "utf-8", None),  # browsers re-encode what they save
        ("utf-8", "cp1252", "not UTF-8: decoded as Windows-1252"),
    ],
)
def test_a_page_is_decoded_as_its_bytes_and_then_its_head_say(
    write: Write, declared: str, encoding: str, note: str | None
) -> None:
    page = PAGE.format(f'<meta charset="{declared}">', STORY)
    report = read_one(write("a.html", page.encode(encoding)))
    assert "fermé depuis" in report.text
    assert report.notes == ((note, SAID) if note else (SAID,))


def test_a_page_in_an_encoding_that_nobody_knows_is_an_error(write: Write) -> None:
    fault = fault_of(write("a.html", PAGE.format('<meta charset="klingon">', STORY).encode("cp1252")))
    assert (fault.code, fault.message) == ("source.encoding", "unknown encoding 'klingon'")


def test_where_the_extraction_fails_the_page_is_at_fault(monkeypatch: pytest.MonkeyPatch, write: Write) -> None:
    def fail(*_: object, **__: object) -> None:
        raise IndexError("list index out of range")

    monkeypatch.setattr(trafilatura, "bare_extraction", fail)
    fault = fault_of(write("a.html", PAGE.format("", STORY)))
    assert (fault.code, "could not be extracted: IndexError" in fault.message) == ("source.html", True)


def test_control_characters_of_a_page_are_left_out_and_said(write: Write) -> None:
    report = read_one(write("a.html", PAGE.format("", STORY.replace("lundi", "lun\x0bdi"))))
    assert "depuis lundi," in report.text
    assert report.notes == (SAID, "3 control characters of the page were left out")


@pytest.mark.parametrize(
    ("page", "refused", "code"),
    [
        ('<!DOCTYPE html [<!ENTITY a "b">]>' + PAGE.format("", STORY), True, "source.html"),
        (PAGE.format("", "<div>" * 500 + STORY), True, "source.html"),
        (PAGE.format("", "<p>x" * 100_001), True, "source.html"),
        (PAGE.format("", ""), False, "source.empty"),
        ("", False, "source.html"),
    ],
    ids=["entities", "deep", "many", "no article", "empty"],
)
def test_a_page_that_is_a_bomb_or_has_no_article_is_not_read(
    write: Write, page: str, code: str, *, refused: bool
) -> None:
    fault = fault_of(write("a.html", page))
    assert (isinstance(fault, Refused), fault.code) == (refused, code)


def test_neither_the_clock_nor_the_network_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr("trafilatura.settings.set_date_params", refuse)
    monkeypatch.setattr("socket.socket.connect", refuse)
    assert read_one(DATA / "page-schema.html").text


@pytest.mark.parametrize("package", ["trafilatura", "lxml_html_clean", "lxml"])
def test_without_the_extra_the_error_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch, package: str) -> None:
    for name in [
        name for name in sys.modules if name.split(".")[0] in ("trafilatura", "lxml_html_clean", "lxml", "justext")
    ]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(WorldError) as raised:
        list(read_reports(DATA / "page-schema.html"))
    assert (raised.value.code, raised.value.hint) == ("source.html", "pip install 'kg[html]'")
