"""Properties: any text comes back exactly, and whatever the bytes, nothing is raised but KgError."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kg.errors import KgError
from kg.records import Report
from kg.sources import read_reports
from kg.sources.paragraphs import html_text
from tests.sources.conftest import DATA

CURIOUS = "e\u0301\u00ad\u202f\u00a0\u2028\u2029\u200f\u202e\u0647\u05d0😀👩‍🚀\ufeff\ufffd\ufffe\U0001fffe\t\r\n\x85<>&'\"\\-—’"
"""NFD, soft hyphen, narrow and no-break spaces, line separators, right-to-left, emoji, non-characters, line ends."""

UNTIMED = settings(deadline=None)

characters = st.sampled_from(CURIOUS) | st.characters(exclude_categories=["Cs", "Cc"])
strings = st.lists(characters, min_size=1, max_size=60).map("".join)  # st.text would draw the curious ones hardly ever
texts = strings.map(lambda text: f"x{text}")  # so that it is text and no other format
suffixes = st.sampled_from(["txt", "md", "html", "xml", "jsonl", "gz", ""])


def read(name: str, data: bytes) -> list[Report]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        return list(read_reports(path))


def as_displayed(text: str) -> str:
    """White space of markup as a browser shows it: one space for a run, none at the ends; other spaces stay."""
    return re.sub(r"[ \t\r\n\f]+", " ", text).strip(" ")


def pieces(samples: Iterator[Path]) -> st.SearchStrategy[bytes]:
    """Beginnings of samples with something else in the middle: what is nearly right."""
    data = st.sampled_from([path.read_bytes() for path in sorted(samples)])
    cuts = st.tuples(data, st.integers(0, 3000), st.integers(0, 200), st.binary(max_size=20))
    return cuts.map(lambda cut: cut[0][: cut[1]] + cut[3] + cut[0][cut[1] + cut[2] :])


@given(texts, st.sampled_from(["a.txt", "a.md", "a"]))
@UNTIMED
def test_any_text_comes_back_exactly(text: str, name: str) -> None:
    (report,) = read(name, text.encode())
    assert report.text == text
    assert report.sha256 == hashlib.sha256(text.encode()).hexdigest()


@given(texts, st.sampled_from(["\n", "\r\n"]))
@UNTIMED
def test_any_text_comes_back_exactly_behind_front_matter(text: str, line_end: str) -> None:
    head = line_end.join(["---", "title: x", "---", ""])
    (report,) = read("a.md", (head + text).encode())
    assert (report.title, report.text) == ("x", text)


@given(strings, st.booleans())
@UNTIMED
def test_any_text_comes_back_exactly_from_json_lines(text: str, is_ascii: bool) -> None:  # noqa: FBT001 - drawn by Hypothesis
    assume(text.strip())
    (report,) = read("a.jsonl", json.dumps({"text": text}, ensure_ascii=is_ascii).encode())
    assert report.text == text


@given(texts, st.sampled_from(["utf-16", "utf-32", "utf-8-sig"]))
@UNTIMED
def test_any_text_comes_back_exactly_from_a_marked_encoding(text: str, encoding: str) -> None:
    (report,) = read("a.txt", text.encode(encoding))
    assert report.text == text


@given(st.lists(characters | st.characters(), max_size=50).map("".join), suffixes)
@UNTIMED
def test_any_string_even_with_lone_surrogates_and_nul_raises_nothing_but_kg_error(text: str, suffix: str) -> None:
    with suppress(KgError):
        for report in read(f"a.{suffix}", text.encode("utf-8", "surrogatepass")):
            assert report.text.encode().decode() == report.text
            assert "\0" not in report.text


@given(st.binary(max_size=200), suffixes)
@UNTIMED
def test_any_bytes_raise_nothing_but_kg_error(data: bytes, suffix: str) -> None:
    with suppress(KgError):
        assert all(report.text.strip() for report in read(f"a.{suffix}", data))


@given(pieces(DATA.iterdir()), suffixes)
@settings(deadline=None, max_examples=200)
def test_files_that_are_nearly_right_raise_nothing_but_kg_error(data: bytes, suffix: str) -> None:
    with suppress(KgError):
        assert all(report.text.strip() for report in read(f"a.{suffix}", data))


@given(st.lists(strings, min_size=1, max_size=5, unique=True))
@UNTIMED
def test_the_paragraphs_of_a_page_come_back_exactly_but_for_runs_of_white_space(paragraphs: list[str]) -> None:
    paragraphs = [f"{paragraph} et la suite du texte." for paragraph in paragraphs]
    page = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    (report,) = read("a.html", f"<html><body><article>{page}</article></body></html>".encode())
    expected = [as_displayed(paragraph.replace("\ufffe", "")) for paragraph in paragraphs]
    assert report.text.split("\n\n") == expected


@given(strings)
@UNTIMED
def test_escaped_text_comes_back_exactly_from_html_but_for_runs_of_white_space(text: str) -> None:
    expected = as_displayed(text)
    assert html_text(f"<p>{escape(text)}</p>") == ("" if expected.isspace() else expected)


@given(st.text(st.sampled_from("<>!-/?&;#x'\"= pbrscit\n"), max_size=80))
@UNTIMED
def test_any_broken_markup_becomes_text(markup: str) -> None:
    text = html_text(markup)
    assert text == text.strip(" \t\n")
    assert "\n\n\n" not in text


@pytest.mark.parametrize("character", ["\0", "\udfff"])
def test_what_no_file_could_carry_is_refused_with_its_place(character: str) -> None:
    line = json.dumps({"text": f"one\ntwo{character}"}).encode()
    with pytest.raises(KgError, match="at offset 7") as raised:
        read("a.jsonl", line)
    assert (raised.value.code, (raised.value.where or "")[-4:]) == ("source.character", "#1:2")
