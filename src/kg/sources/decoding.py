"""Bytes to text: which encoding, what is doubtful about it, and what is no text at all.

Nothing is mended behind anybody's back: a byte order mark is left out, a fallback to Windows-1252 is said, and what was
garbled before it came here (mojibake, replacement characters) stays as it is and is said, since offsets count in it.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Final

from kg.errors import DataError

# The longer mark first: UTF-32's begins like UTF-16's.
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES: Final = (
    (b"%PDF-", "a PDF file", "extract its text first, e.g. with pdftotext"),
    (b"PK\x03\x04", "a zip archive or an office document", "unpack it, or save the document as plain text"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an office document", "save it as plain text"),
    (b"{\\rtf", "an RTF document", "save it as plain text"),
    (b"\x89PNG\r\n", "a PNG image", None),
    (b"\xff\xd8\xff", "a JPEG image", None),
    (b"GIF87a", "a GIF image", None),
    (b"GIF89a", "a GIF image", None),
    (b"BZh91AY&SY", "a bzip2 archive", "unpack it, or use gzip"),
    (b"\xfd7zXZ\x00", "an xz archive", "unpack it, or use gzip"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive", "unpack it, or use gzip"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-zip archive", "unpack it"),
    (b"SQLite format 3\x00", "a database", None),
    (b"\x7fELF", "a program", None),
)
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_MAX_CONTROLS: Final = 1 / 20
"""Text has next to no control characters; of random bytes every ninth is one."""

_TRAIL: Final = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0xC0))
_MOJIBAKE: Final = re.compile(f"[ÂÃÄÅ][{re.escape(_TRAIL)}]|â(?:€[{re.escape(_TRAIL)}]|‚¬|„¢)")
_C1: Final = re.compile(r"[\x80-\x9f]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, and what its reader ought to know about how it was decoded."""

    text: str
    notes: tuple[str, ...] = ()


def decode(data: bytes, where: str, *, encoding: str | None = None) -> Decoded:
    """Decode the bytes of a text: by its byte order mark, else `encoding`, else as UTF-8, else as Windows-1252.

    Args:
        data: the bytes.
        where: what errors call their place.
        encoding: what the document itself declares (an XML declaration, an HTML ``meta``).

    Raises:
        DataError: the bytes are no text (an image, an archive …), or text whose encoding is damaged or unknown.
    """
    refuse_binary(data, where)
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], name, where)
    if encoding:
        return _declared(data, encoding, where)
    try:
        return Decoded(data.decode())
    except UnicodeDecodeError as error:
        return _fallback(data, error, where)


def look(head: bytes) -> str:
    """Decode the beginning of a text just well enough to recognise its format."""
    for mark, name in _MARKS:
        if head.startswith(mark):
            return head[len(mark) :].decode(name, "replace")
    return head.decode("utf-8", "replace")


def refuse_binary(data: bytes, where: str) -> None:
    """Raise `DataError` where the bytes are those of an image, an archive, an office document or the like."""
    for signature, what, hint in _SIGNATURES:
        if data.startswith(signature):
            raise DataError(f"this is {what}, not a text", code="source.binary", where=where, hint=hint)
    if any(data.startswith(mark) for mark, _ in _MARKS):
        return
    head = data[: 64 * 1024]
    if head.count(0) > len(head) // 4 and len(head) >= 8:
        even, odd = head[::2].count(0), head[1::2].count(0)
        if min(even, odd) * 10 < max(even, odd):
            message = "this looks like UTF-16 without a byte order mark"
            raise DataError(message, code="source.encoding", where=where, hint="save it as UTF-8")
    if len(_CONTROL.findall(head.decode("latin-1"))) > len(head) * _MAX_CONTROLS:
        raise DataError("this is binary data, not a text", code="source.binary", where=where)


def refuse_unwritable(text: str, where: str) -> None:
    """Raise `DataError` where a text holds what no text file may: a NUL or a lone surrogate."""
    found = re.search("[\0\ud800-\udfff]", text)
    if found:
        what = "NUL character" if found[0] == "\0" else f"lone surrogate U+{ord(found[0]):04X}"
        message = f"the text holds a {what} at offset {found.start():,}"
        raise DataError(
            message,
            code="source.character",
            where=f"{where}:{text.count(chr(10), 0, found.start()) + 1}",
            hint="remove it: no XML, RDF or JSON file could carry it",
        )


def doubts(text: str) -> tuple[str, ...]:
    """Say what seems to have been garbled in a text before it came here; the text is not changed."""
    notes = []
    garbled = [found for found in _MOJIBAKE.finditer(text) if _is_garbled(found[0])]
    if len(garbled) > 1 or any(found[0].startswith("â") for found in garbled):
        first = garbled[0]
        meant = first[0].encode("cp1252", "replace").decode("utf-8", "replace")
        notes.append(
            f"mojibake: UTF-8 was once read as Windows-1252, {len(garbled)} places, the first at {first.start()}"
            f" ({first[0]!r} for {meant!r}); kept as it stands"
        )
    if _C1.search(text):
        notes.append(
            f"{len(_C1.findall(text))} C1 control characters (Windows-1252 read as Latin-1?); kept as they stand"
        )
    if "\ufffd" in text:
        notes.append(
            f"{text.count(chr(0xFFFD))} replacement characters U+FFFD: the text was damaged before it came here"
        )
    if _CONTROL.search(text):
        notes.append(f"{len(_CONTROL.findall(text))} control characters; kept as they stand")
    return tuple(notes)


def _marked(data: bytes, encoding: str, where: str) -> Decoded:
    name = encoding.upper().removesuffix("-LE").removesuffix("-BE")
    try:
        return Decoded(data.decode(encoding), (f"{name} with a byte order mark, which is left out",))
    except UnicodeDecodeError as error:
        message = f"damaged {name}: {error.reason} at byte {error.start:,}"
        raise DataError(message, code="source.encoding", where=where) from error


def _declared(data: bytes, encoding: str, where: str) -> Decoded:
    try:
        text = data.decode(encoding)
    except LookupError as error:
        raise DataError(f"unknown encoding {encoding!r}", code="source.encoding", where=where) from error
    except (UnicodeError, ValueError) as error:
        message = f"the text is not in {encoding}, as it says it is"
        raise DataError(message, code="source.encoding", where=where, hint="save it as UTF-8") from error
    return Decoded(text, () if codecs.lookup(encoding).name in ("utf-8", "ascii") else (f"decoded as {encoding}",))


def _fallback(data: bytes, error: UnicodeDecodeError, where: str) -> Decoded:
    """Windows-1252, unless the bytes are UTF-8 for the most part, or could not be Windows-1252 either."""
    damaged = DataError(
        f"damaged UTF-8: {error.reason} at byte {error.start:,}",
        code="source.encoding",
        where=f"{where}:{data.count(10, 0, error.start) + 1}",
        hint="the file may have been cut off or put together of parts in two encodings: save it as UTF-8",
    )
    lenient = data.decode("utf-8", "surrogateescape")
    bad = sum("\udc80" <= character <= "\udcff" for character in lenient)
    good = sum(character > "\x7f" for character in lenient) - bad
    if good >= bad or _holds_surrogates(data):
        raise damaged
    try:
        return Decoded(data.decode("cp1252"), ("not UTF-8: decoded as Windows-1252",))
    except UnicodeDecodeError:
        raise damaged from error


def _holds_surrogates(data: bytes) -> bool:
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def _is_garbled(piece: str) -> bool:
    try:
        piece.encode("cp1252").decode()
    except UnicodeError:
        return False
    return True
