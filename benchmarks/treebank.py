"""Sections of Universal Dependencies treebanks, as documents with the offsets of their words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kg.analysis import Span

SENTENCES_PER_DOCUMENT = 20
"""How many sentences make a document where the treebank does not say."""


@dataclass(slots=True)
class Word:
    """A word of a treebank; of words that are written as one (du, aux) the first stands for all."""

    span: Span
    form: str
    lemma: str
    upos: str
    features: str
    relation: str
    children: list[tuple[str, str, str]] = field(default_factory=list)
    """Relation, lemma and features of the words that depend on it."""


@dataclass(slots=True)
class Document:
    """Sentences of a treebank, joined by spaces."""

    text: str
    sentences: list[Span]
    words: list[Word]


def read_documents(path: Path) -> Iterator[Document]:
    """Yield the documents of a CoNLL-U file."""
    document = Document("", [], [])
    for text, rows, is_new in _read_sentences(path):
        if document.sentences and (is_new or len(document.sentences) >= SENTENCES_PER_DOCUMENT):
            yield document
            document = Document("", [], [])
        start = len(document.text)
        document.text += text + " "
        document.sentences.append((start, start + len(text)))
        document.words += _words(text, rows, start)
    if document.sentences:
        yield document


def _read_sentences(path: Path) -> Iterator[tuple[str, list[list[str]], bool]]:
    text, rows, is_new = "", [], False
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("# newdoc"):
            is_new = True
        elif line.startswith("# text ="):
            text = line.partition("=")[2].strip()
        elif line and not line.startswith("#"):
            rows.append(line.split("\t"))
        elif not line and rows:
            yield text, rows, is_new
            rows, is_new = [], False


def _words(text: str, rows: list[list[str]], offset: int) -> list[Word]:
    """Find the words in the text; one that covers several rows takes class and lemma of the first."""
    found: dict[str, Word] = {}
    at, covered = 0, 0
    spans: dict[str, Span] = {}
    for row in rows:
        number, form = row[0], row[1]
        if "." in number:
            continue
        if "-" in number:
            first, last = map(int, number.split("-"))
            parts = [r[1] for r in rows if r[0].isdigit() and first <= int(r[0]) <= last]
            if "".join(parts) == form.replace("’", "'") or "".join(parts) == form:
                continue  # its parts are written as they stand: did n't
            start = text.index(form, at)
            at = start + len(form)
            spans[str(first)], covered = (start, at), last
            continue
        if int(number) > covered:
            start = text.index(form, at)
            at = start + len(form)
            spans[number] = (start, at)
        if number in spans:
            start, end = spans[number]
            found[number] = Word((offset + start, offset + end), text[start:end], row[2], row[3], row[5], row[7])
    for row in rows:
        if row[0].isdigit() and row[6] in found:
            found[row[6]].children.append((row[7], row[2], row[5]))
    return list(found.values())
