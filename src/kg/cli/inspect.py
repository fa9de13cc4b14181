"""kg inspect: what the language analysis sees in a report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.console import Settings, printable, write, write_json
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.analysis import Analysis
    from kg.cli.layers import Layer, Mark
    from kg.language.analyzers import Analyzer
    from kg.records import Report

EPILOG = """\b
Examples:
  kg inspect reports/a.md                          paragraphs, sentences, quotations, groups, names, times, numbers
  kg inspect reports/a.md --layer verbs --layer tokens
  kg inspect reports/a.md --format html > a.html   one page, no script
  kg inspect --language fr - < a.txt

\b
Colours: blue noun groups, red verb groups, green names, magenta times, cyan numbers, yellow dateline, underlined quotations;
none where NO_COLOR is set. The analyzer
is the one of kg.toml ([language] analyzer = "rules" or "spacy:fr_core_news_sm"), else kg's own rules.
"""

_NAMES = ("paragraphs", "sentences", "dateline", "quotations", "nouns", "verbs", "names", "times", "numbers", "tokens")


@click.command(epilog=EPILOG)
@click.argument("path", metavar="REPORT", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--format", "style", default="text", show_default=True, type=click.Choice(["text", "json", "html"]),
              help="How to show it.")  # fmt: skip
@click.option("--layer", "names", multiple=True, type=click.Choice(_NAMES),
              help="Show only this layer; may be repeated (default: all but tokens).")  # fmt: skip
@click.option("--language", metavar="CODE", help="The report's language, where it does not say it: fr, en.")
@click.option("--analyzer", metavar="NAME", help="Another analyzer: rules, spacy:MODEL, stanza:LANGUAGE, udpipe:FILE.")
@click.pass_obj
def inspect(  # noqa: PLR0913 - the options of the command
    settings: Settings, /, path: Path, *, style: str, names: tuple[str, ...], language: str | None, analyzer: str | None
) -> None:
    """Show what the language analysis sees in a report, for people who look after lexicons and rules."""
    from kg.cli.layers import LAYERS
    from kg.language import analyze
    from kg.sources import read_reports

    layers = [layer for layer in LAYERS if (layer.name in names if names else layer.is_shown)]
    chosen = _analyzer(settings, analyzer)
    found = [(report, analyze(report, language, analyzer=chosen)) for report in read_reports(path)]
    if style == "json":
        write_json([_as_json(report, analysis, layers) for report, analysis in found])
    elif style == "html":
        from kg.cli.page import render

        write(render(found, layers))
    else:
        for report, analysis in found:
            for line in _as_text(report, analysis, layers):
                write(line)


def _analyzer(settings: Settings, name: str | None) -> Analyzer:
    """Load the analyzer that is named, or that the project names."""
    from kg.language import load_analyzer

    if name is None:
        try:
            name = settings.find_project().tables.get("language", {}).get("analyzer", "rules")
        except UsageError as error:
            if error.code != "project.missing" or settings.project is not None:
                raise
            name = "rules"
    return load_analyzer(str(name))


def _as_json(report: Report, analysis: Analysis, layers: Sequence[Layer]) -> dict[str, Any]:
    def entry(mark: Mark) -> dict[str, Any]:
        text = analysis.text[mark.start : mark.end]
        return {"start": mark.start, "end": mark.end, "text": text, "label": mark.label, **mark.attributes}

    return {
        "path": report.path,
        "sha256": report.sha256,
        "language": analysis.language,
        "layers": {layer.name: [entry(mark) for mark in layer.find(analysis, report)] for layer in layers},
    }


# --------------------------------------------------------------------------- text


def _as_text(report: Report, analysis: Analysis, layers: Sequence[Layer]) -> Iterator[str]:
    from kg.cli.layers import FRAMES, by_sentence

    inner = [layer for layer in layers if layer.name not in FRAMES]
    marks = by_sentence(analysis, report, inner)
    shown = {layer.name for layer in layers}
    length = len(analysis.text)
    yield click.style(f"{printable(report.path)}  {analysis.language}, {length:,} characters", bold=True)
    yield "  ".join(click.style(f"{layer.name}: {layer.meaning}", **layer.style) for layer in inner)
    for paragraph in analysis.paragraphs:
        if "paragraphs" in shown:
            yield ""
            yield click.style(f"[{paragraph.kind}] {paragraph.start}–{paragraph.end}", bold=True)
        for number in range(paragraph.first, paragraph.last):
            sentence = analysis.sentences[number]
            if "sentences" in shown:
                colored = _colored(analysis.text, marks[number], (sentence.start, sentence.end))
                yield f"{number + 1:>4}  {colored}"
            yield from _listed(analysis.text, marks[number], sentence.start)


def _colored(text: str, marks: Sequence[tuple[Layer, Mark]], span: tuple[int, int]) -> str:
    """Write a span on one line, in the colours of the marks that hold."""
    from kg.cli.layers import segments

    parts = []
    for start, end, held in segments(marks, *span):
        style = {name: value for layer, _ in held for name, value in layer.style.items()}
        parts.append(click.style(printable(text[start:end].replace("\n", " ")), **style))
    return "".join(parts)


def _listed(text: str, marks: Sequence[tuple[Layer, Mark]], start: int) -> Iterator[str]:
    """Yield a line for each mark that begins from `start` on: where, the words, what is known of them."""
    for layer, mark in marks:
        if mark.start >= start:
            words = printable(" ".join(text[mark.start : mark.end].split()))
            facts = printable(
                " · ".join(_fact(name, value) for name, value in mark.attributes.items() if value != words)
            )
            name = click.style(f"{layer.name:<10}", **layer.style)
            label = click.style(printable(mark.label), bold=True)
            yield f"        {name} {f'{mark.start}–{mark.end}':>11}  {words}  {label}  {facts}"


_SHORT = frozenset(("form", "tense", "mood", "voice", "determination", "number", "features"))


def _fact(name: str, value: object) -> str:
    """Write an attribute shortly: a flag by its name, a list by its members, the rest by name or value."""
    if value is True:
        return name.removeprefix("is_")
    if isinstance(value, list):
        return f"{name} {', '.join(map(str, value))}"
    return str(value) if name in _SHORT else f"{name} {value}"
