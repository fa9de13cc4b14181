"""The marked data in ``data``: reports with their tokens and sentences, sentences with their verb groups; and scores."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from kg.analysis import Analysis, Span, VerbGroup

FOLDER = Path(__file__).with_name("data")
LANGUAGES = ("fr", "en")
LABELS = ("group", "lemma", "mood", "voice", "polarity", "tense")


@dataclass(frozen=True)
class MarkedReport:
    """A report with the spans of its tokens and sentences, as people have marked them."""

    name: str
    language: str
    text: str
    tokens: tuple[Span, ...]
    sentences: tuple[Span, ...]


def read_reports(folder: Path = FOLDER / "reports") -> list[MarkedReport]:
    """Read all marked reports; the language is the beginning of the file's name."""
    found = [_read_report(path) for path in sorted(folder.glob("*.txt"))]
    assert found, f"no report in {folder}"
    return found


def _read_report(path: Path) -> MarkedReport:
    text = path.read_text(encoding="utf-8")
    tokens: list[Span] = []
    sentences: list[Span] = []
    at = 0
    for line in path.with_suffix(".tokens").read_text(encoding="utf-8").splitlines():
        first = len(tokens)
        for word in filter(None, line.split("\t")):
            start = text.index(word, at)
            assert not text[at:start].strip(), f"{path}: {text[at:start]!r} is in no token"
            at = start + len(word)
            tokens.append((start, at))
        if len(tokens) > first:
            sentences.append((tokens[first][0], at))
    assert not text[at:].strip(), f"{path}: {text[at:]!r} is in no token"
    return MarkedReport(path.stem, path.name[:2], text, tuple(tokens), tuple(sentences))


def read_cases(language: str, folder: Path = FOLDER) -> list[tuple[str, list[dict[str, str]]]]:
    """Read the sentences of a language with the labels of their verb groups."""
    with (folder / f"verb-groups.{language}.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert rows, f"no verb group of {language}"
    return [(sentence, list(group)) for sentence, group in groupby(rows, key=lambda row: row["sentence"])]


def labels(analysis: Analysis, group: VerbGroup) -> dict[str, str]:
    """Describe a verb group as the marked data do."""
    return {
        "group": written(analysis, group),
        "lemma": group.lemma,
        "mood": group.mood or ("infinitive" if group.form == "infinitive" else "participle"),
        "voice": group.voice,
        "polarity": "negative" if group.is_negated else "affirmative",
        "tense": group.tense or "none",
    }


def written(analysis: Analysis, group: VerbGroup) -> str:
    """Write the words of a group, with … for what stands between them."""
    parts: list[str] = []
    for before, word in zip((None, *group.words), group.words, strict=False):
        if before is not None:
            gap = analysis.text[analysis.tokens[before].end : analysis.tokens[word].start]
            parts.append(gap if word == before + 1 else " … ")
        parts.append(analysis.tokens[word].text)
    return "".join(parts)


def matched(
    found: list[dict[str, str]], wanted: list[dict[str, str]]
) -> Iterator[tuple[dict[str, str], dict[str, str]]]:
    """Yield each wanted group with the one found for it: of the same words, else of the same lemma, else none."""
    rest = list(found)
    for row in wanted:
        same = next((f for f in rest if f["group"] == row["group"]), None)
        same = same or next((f for f in rest if f["lemma"] == row["lemma"]), None)
        if same:
            rest.remove(same)
        yield row, same or {}


def f_score(found: Iterable[Span], wanted: Iterable[Span]) -> float:
    """The harmonic mean of precision and recall of spans."""
    one, other = set(found), set(wanted)
    assert other, "nothing is wanted"
    return 2 * len(one & other) / (len(one) + len(other))
