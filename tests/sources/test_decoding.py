"""Encodings: what is found, what is said, what is refused."""

from __future__ import annotations

import codecs

import pytest

from tests.sources.conftest import Write, fault_of, read_one

TEXT = "L’armée a indiqué que le pont était fermé depuis lundi.\n"


@pytest.mark.parametrize(
    ("mark", "encoding", "name"),
    [
        (codecs.BOM_UTF8, "utf-8", "UTF-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
        (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    ],
)
def test_a_byte_order_mark_is_no_part_of_the_text(write: Write, mark: bytes, encoding: str, name: str) -> None:
    report = read_one(write("a.txt", mark + TEXT.encode(encoding)))
    assert report.text == TEXT
    assert report.notes == (f"{name} with a byte order mark, which is left out",)


def test_windows_1252_is_decoded_and_said(write: Write) -> None:
    report = read_one(write("a.txt", TEXT.encode("cp1252")))
    assert (report.text, report.notes) == (TEXT, ("not UTF-8: decoded as Windows-1252",))


def test_mojibake_is_said_and_stays_since_offsets_count_in_it(write: Write) -> None:
    garbled = TEXT.encode().decode("cp1252")
    report = read_one(write("a.txt", garbled))
    assert report.text == garbled
    assert "mojibake" in report.notes[0]
    assert "the first at 1 ('â€™' for '’')" in report.notes[0]


def test_french_and_portuguese_letters_are_no_mojibake(write: Write) -> None:
    text = "Âgé de 40 ans, l’Élu a dit : « À bientôt ». SÃO PAULO ÃO, 5 Â°C.\n"
    assert not any("mojibake" in note for note in read_one(write("a.txt", text)).notes)


def test_replacement_and_control_characters_are_said(write: Write) -> None:
    notes = " ".join(read_one(write("a.txt", f"{TEXT}d\ufffd\ufffdj\ufffd \x85 \x0bfin {TEXT}")).notes)
    assert "3 replacement characters" in notes
    assert "1 C1 control characters" in notes


@pytest.mark.parametrize(
    ("data", "code", "message"),
    [
        (TEXT.encode() * 3 + b"\xe9t\xe9", "source.encoding", "damaged UTF-8"),
        (TEXT.encode()[:-12] + b"\xc3", "source.encoding", "damaged UTF-8"),
        (b"abc \xed\xa0\x80", "source.encoding", "damaged UTF-8"),  # a surrogate, encoded
        (codecs.BOM_UTF16_LE + b"a", "source.encoding", "damaged UTF-16"),
        (TEXT.encode("utf-16-le"), "source.encoding", "UTF-16 without a byte order mark"),
        (TEXT.encode() * 2 + b"\0", "source.character", "a NUL character at offset 112"),
        (b"%PDF-1.7 ...", "source.binary", "a PDF file"),
        (b"PK\x03\x04....", "source.binary", "a zip archive or an office document"),
        (bytes(range(256)), "source.binary", "binary data"),
        (b"", "source.empty", "no text"),
        (codecs.BOM_UTF8, "source.empty", "no text"),
        (b" \r\n\t\xc2\xa0\n", "source.empty", "no text"),
    ],
)
def test_what_is_no_text_is_an_error_that_says_what_it_is(write: Write, data: bytes, code: str, message: str) -> None:
    path = write("a.txt", data)
    fault = fault_of(path)
    assert (fault.code, message in fault.message) == (code, True)
    assert (fault.where or "").startswith(str(path))
