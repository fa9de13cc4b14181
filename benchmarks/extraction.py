"""The whole of extraction: how many reports a second, what each stage costs, how the cost grows, and the worst texts.

    python -m benchmarks.extraction [--reports 100] [--sizes 3000 30000 300000] [--worst 1000000] [--only NAME...]

The texts are pieces of 3,000 characters of our own reports (``reports/``, ``tests/gold``), each at another place of them.
*Speed* is processor time of one core for analysis and extraction together, the collector of the interpreter at work, after
one report of each language has been read (start-up, which is printed apart). *Stages* are shares of that time. *Growth* is
the time for a character of texts of several sizes: a linear cost stays the same. *Worst* are texts that no newsroom writes,
each of a million characters; the slowest of them is the bound that is stated.
"""

from __future__ import annotations

import argparse
import functools
import gc
import pkgutil
import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

from kg.extraction import extract
from kg.language import analyze
from kg.records import Report
from kg.sources import read_reports

ROOT = Path(__file__).parents[1]
LANGUAGES = ("fr", "en")
CHARACTERS = 3_000
STAGES = (
    ("numbers and times", "kg.extraction.parsing", "find_numerals"),
    ("numbers and times", "kg.extraction.grammar.cascade.Cascade", "read"),
    ("numbers and times", "kg.extraction.parsing", "find_time_mentions"),
    ("mentions", "kg.extraction.parsing", "find_mentions"),
    ("phrases", "kg.extraction.parsing", "open_text"),
    ("clauses", "kg.extraction.parsing", "_parse"),
    ("attribution", "kg.extraction.rules", "find_attributions"),
    ("events", "kg.extraction.rules", "find_happenings"),
    ("relations", "kg.extraction.rules", "find_relations"),
    ("stances", "kg.extraction.rules", "find_stances"),
)


def bodies() -> dict[str, str]:
    """All our reports of each language, one after the other."""
    texts: dict[str, list[str]] = defaultdict(list)
    paths = [*sorted((ROOT / "reports").glob("*.md")), *sorted((ROOT / "tests" / "gold").glob("*-*.md"))]
    for path in paths:
        for report in read_reports(path) if path.name != "README.md" else ():
            texts[report.language or "en"].append(report.text)
    assert all(len(texts[language]) >= 7 for language in LANGUAGES), "our own reports are not there"
    return {language: "\n\n".join(texts[language]) for language in LANGUAGES}


def piece(body: str, start: int, length: int) -> str:
    """A text of a length, made of the body over and over."""
    start %= len(body)
    return (body[start:] + "\n\n" + body * (length // len(body) + 1))[:length]


def report_of(text: str, language: str) -> Report:
    """A report of a text."""
    return Report(text=text, sha256="0" * 64, path="benchmark", language=language, date="2024-05-12")


def run(texts: Iterable[tuple[str, str]]) -> tuple[float, float, int]:
    """Analyse and extract texts, each with its language: the seconds of either, and how many claims were found."""
    analysis = extraction = 0.0
    claims = 0
    for language, text in texts:
        report = report_of(text, language)
        started = time.process_time()
        analysed = analyze(report, language)
        between = time.process_time()
        claims += sum(1 for _ in extract(report, analysed))
        analysis += between - started
        extraction += time.process_time() - between
    return analysis, extraction, claims


def speed(texts: dict[str, str], number: int) -> None:
    """Print start-up, and reports a second of each language and of both."""
    started = time.process_time()
    run((language, piece(body, 0, CHARACTERS)) for language, body in texts.items())
    print(f"start-up: {time.process_time() - started:.2f} s")
    together = 0.0
    for language, body in texts.items():
        gc.collect()
        pieces = [(language, piece(body, at * 997, CHARACTERS)) for at in range(number)]
        analysis, extraction, claims = run(pieces)
        together += analysis + extraction
        print(
            f"speed {language}: {number / (analysis + extraction):.1f} reports a second"
            f" (analysis {1000 * analysis / number:.1f} ms, extraction {1000 * extraction / number:.1f} ms,"
            f" {claims / number:.0f} claims a report)"
        )
    print(f"speed: {len(texts) * number / together:.1f} reports of {CHARACTERS:,} characters per second and core")


def shares(texts: dict[str, str], number: int) -> None:
    """Print the share of each stage."""
    spent: dict[str, float] = defaultdict(float)
    restore: list[Callable[[], None]] = []
    for stage, owner_name, name in STAGES:
        owner = pkgutil.resolve_name(owner_name)
        original = getattr(owner, name)
        restore.append(functools.partial(setattr, owner, name, original))
        setattr(owner, name, _timed(original, spent, stage))
    try:
        analysis, extraction, _ = run(
            (language, piece(body, at * 997, CHARACTERS)) for language, body in texts.items() for at in range(number)
        )
    finally:
        for undo in restore:
            undo()
    whole = analysis + extraction
    spent = {"analysis": analysis, **spent}
    spent["the rest"] = whole - sum(spent.values())
    print("stages: " + ", ".join(f"{stage} {seconds / whole:.0%}" for stage, seconds in spent.items()))


def _timed(function: Callable[..., object], spent: dict[str, float], stage: str) -> Callable[..., object]:
    @functools.wraps(function)
    def timed(*args: object, **kwargs: object) -> object:
        started = time.process_time()
        try:
            return function(*args, **kwargs)
        finally:
            spent[stage] += time.process_time() - started

    return timed


def growth(texts: dict[str, str], sizes: Iterable[int]) -> None:
    """Print the cost of a character in texts of growing length."""
    for language, body in texts.items():
        costs = []
        for size in sizes:
            rounds = max(1, 100_000 // size)
            gc.collect()
            analysis, extraction, _ = run([(language, piece(body, 0, size))] * rounds)
            costs.append(f"{(analysis + extraction) / rounds / size * 1e6:.1f} µs at {size:,}")
        print(f"growth {language}: {', '.join(costs)} characters")


# --------------------------------------------------------------------------- the worst texts


def worst_texts(texts: dict[str, str], size: int) -> dict[str, tuple[str, str]]:
    """Texts of one kind of difficulty each, by name, with the language to read them in."""
    draw = random.Random(1)  # noqa: S311 - a benchmark's text, not a secret
    plain = {
        language: " ".join(word.strip('.,;:!?»«“”"()') for word in body.split()) for language, body in texts.items()
    }
    names = plain_names(plain["en"])
    marks = list("«»“”()[]\"'—.,:")
    units = {
        "quotes": "“", "guillemets": "«", "quoted words": "“he said” ", "quoted speech": "“We attacked Moscow”, Blinken said, ",
        "brackets": "(", "de la": "de la ", "digits": "7", "numbers": "12 ", "dates": "on 5 May 2020 ", "blanks": " ",
        "letters": "a", "hyphens": "a-", "elisions": "l'", "que": "il a dit que ", "who": "the soldier who killed ",
        "attack of": "the attack of ", "army of": "ARMY ", "colons": "Paris : « oui », ", "pronouns": "he ",
        "lines": "Gaza\n\n",
    }  # fmt: skip
    french = {"guillemets", "de la", "elisions", "que", "colons"}
    found = {
        name: ("fr" if name in french else "en", (unit * (size // len(unit) + 1))[:size])
        for name, unit in units.items()
    }
    found["one sentence"] = ("en", piece(plain["en"], 0, size))
    found["une phrase"] = ("fr", piece(plain["fr"], 0, size))
    found["nested brackets"] = ("en", "(a " * (size // 6) + ") " * (size // 6))
    found["nested quotes"] = ("fr", "« il dit " * (size // 11) + "» " * (size // 11))
    found["names"] = ("en", " ".join(draw.choice(names) for _ in range(size // 8)))
    words = plain["fr"].split() + plain["en"].split()
    found["words and marks"] = (
        "fr", " ".join(draw.choice(draw.choice((words, words, marks))) for _ in range(size // 5)),
    )  # fmt: skip
    return found


def plain_names(text: str) -> list[str]:
    """The capitalised words of a text."""
    return sorted({word for word in text.split() if word[:1].isupper() and len(word) > 3})


def worst(texts: dict[str, str], size: int, only: Iterable[str]) -> None:
    """Print how long each of the worst texts takes."""
    chosen = frozenset(only)
    slowest = ("none", 0.0)
    for name, (language, text) in worst_texts(texts, size).items():
        if chosen and name not in chosen:
            continue
        gc.collect()
        analysis, extraction, claims = run([(language, text)])
        slowest = max(slowest, (name, analysis + extraction), key=lambda pair: pair[1])
        print(
            f"worst {name}: {analysis + extraction:.1f} s for {len(text):,} characters, {claims:,} claims", flush=True
        )
    print(f"worst of all: {slowest[0]}, {slowest[1]:.1f} s")


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=100, help="reports of each language")
    parser.add_argument("--sizes", type=int, nargs="*", default=[3_000, 30_000, 300_000])
    parser.add_argument("--worst", type=int, default=1_000_000, help="characters of the worst texts; 0 leaves them out")
    parser.add_argument("--only", nargs="*", default=[], help="the worst texts of these names alone")
    options = parser.parse_args()
    texts = bodies()
    speed(texts, options.reports)
    shares(texts, max(1, options.reports // 4))
    growth(texts, options.sizes)
    if options.worst:
        worst(texts, options.worst, options.only)


if __name__ == "__main__":
    main()
