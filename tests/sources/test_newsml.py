"""NewsML-G2 and NITF, and what is refused in XML."""

from __future__ import annotations

import pytest

from kg.errors import Refused
from tests.sources.conftest import DATA, Write, fault_of, read_one, read_sample


def test_the_items_of_a_newsml_message_are_reports() -> None:
    (nitf, xhtml, plain), _ = read_sample("message.xml")
    assert nitf.text == (
        "Deux hameaux ont été évacués mardi au bord de l’Orve.\n\nLa digue\n\n"
        "La digue a tenu toute la nuit.\n\nLa digue, mardi soir."
    )
    assert (nitf.title, nitf.publisher, nitf.author) == ("Crue de l’Orve", "Agence ABC", "Ada Lorne, Jan Miro")
    assert (nitf.date, nitf.language) == ("2024-03-12", "fr")
    assert nitf.identifier == "urn:newsml:abc.example:20240312:1"
    assert xhtml.text == "The bridge at Kalvar reopened on Sunday.\n\nIt was closed for weeks, the ministry said."
    assert (xhtml.publisher, xhtml.author, xhtml.language) == ("ABC", "By Ada Lorne", "en")
    assert plain.text == "A flash in\nplain text."


def test_an_item_without_text_is_a_fault_with_its_number() -> None:
    _, faults = read_sample("message.xml")
    assert [(fault.code, fault.where) for fault in faults] == [("source.empty", f"{DATA / 'message.xml'}#2")]


def test_an_item_that_its_publisher_withdrew_says_so() -> None:
    (nitf, xhtml, _), _ = read_sample("message.xml")
    assert nitf.notes == ()
    assert xhtml.notes == ("the publisher has marked this item as canceled",)


def test_a_nitf_story_is_a_report() -> None:
    report = read_one(DATA / "story.xml")
    assert report.text == "Deux hameaux ont été évacués mardi.\n\nLa digue a tenu.\n\nHameau\tHabitants\n\nVelm\t40"
    assert report.title == "Crue de l'Orve : deux hameaux évacués"
    assert (report.publisher, report.author, report.date) == ("Le Courrier de Velm", "Ada Lorne", "2024-03-12")
    assert (report.language, report.identifier) == ("fr", "abc-2024-77")
    assert report.notes == ("decoded as ISO-8859-1",)


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    ("xml", "message"),
    [
        (f'<!DOCTYPE nitf [<!ENTITY l0 "ha">{LAUGHS}]><nitf>&l9;</nitf>', "document type"),
        ('<!DOCTYPE nitf [<!ENTITY x SYSTEM "file:///etc/passwd">]><nitf>&x;</nitf>', "document type"),
        ('<?xml version="1.0"?><!DOCTYPE nitf SYSTEM "nitf-3-3.dtd"><nitf/>', "document type"),
        ("<nitf>" + "<block>" * 300, "nested deeper than 200"),
        ("<nitf>" + "<p/>" * 500_000, "more than 500,000 elements"),
    ],
    ids=["billion laughs", "outside entity", "document type", "deep", "many"],
)
def test_xml_that_could_be_a_bomb_is_refused(write: Write, xml: str, message: str) -> None:
    fault = fault_of(write("a.xml", xml))
    assert isinstance(fault, Refused)
    assert (fault.code, message in fault.message) == ("source.xml", True)


@pytest.mark.parametrize(
    ("xml", "code", "where"),
    [
        ("<nitf>\n<p>x</nitf>", "source.xml", ":2:7"),
        ("<nitf>&nbsp;</nitf>", "source.xml", ":1:7"),
        ("<nitf>", "source.xml", ":1:7"),
        ("<nitf/>", "source.empty", ""),
        ("<newsMessage/>", "source.empty", ""),
        ("<letter/>", "source.format", ""),
        ("<?xml version='1.0' encoding='klingon'?><nitf/>", "source.encoding", ""),
        ("<?xml version='1.0' encoding='ascii'?><nitf>é</nitf>", "source.encoding", ""),
    ],
)
def test_xml_that_is_wrong_or_empty_is_an_error_with_its_place(write: Write, xml: str, code: str, where: str) -> None:
    path = write("a.xml", xml)
    fault = fault_of(path)
    assert (fault.code, fault.where) == (code, f"{path}{where}")
