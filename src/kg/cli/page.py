"""The page of `kg inspect --format html`: one file, no script, every text escaped.

The checkboxes of the legend hide layers by CSS alone. The title of a marked word says what is known of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING

from kg.cli.layers import FRAMES, Layer, Mark, by_sentence, segments

if TYPE_CHECKING:
    from kg.analysis import Analysis
    from kg.records import Report

_STYLE = """
:root { color-scheme: light dark; font: 1rem/1.9 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.2rem; } h2 { font-size: .8rem; font-weight: 600; margin: 1.2rem 0 0; opacity: .7; }
p { margin: .2rem 0 .2rem 3rem; position: relative; } p > .n { position: absolute; left: -3rem; opacity: .5; }
.legend label { margin-right: 1rem; white-space: nowrap; } .legend b { padding: 0 .3em; border-bottom: 3px solid; }
p span { cursor: help; }
"""


def render(found: Sequence[tuple[Report, Analysis]], layers: Sequence[Layer]) -> str:
    """Return the page of some reports and their analyses."""
    inner = [layer for layer in layers if layer.name not in FRAMES]
    parts = [
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width">',
        "<title>kg inspect</title>",
        f"<style>{_STYLE}{''.join(_rule(layer) for layer in inner)}</style>\n</head>\n<body>",
        _legend(inner),
    ]
    for report, analysis in found:
        parts += _report(report, analysis, inner)
    parts.append("</body>\n</html>")
    return "\n".join(parts)


def _rule(layer: Layer) -> str:
    """The colour of a layer, and how its checkbox takes it away."""
    name = layer.name
    underline = f"border-bottom: 3px solid {layer.color};" if layer.style.get("underline") else f"color: {layer.color};"
    return (
        f".{name} {{ {underline} }}\n.legend .{name} {{ color: {layer.color}; }}\n"
        f"body:has(#show-{name}:not(:checked)) p .{name} {{ color: inherit; border: 0; }}\n"
    )


def _legend(layers: Sequence[Layer]) -> str:
    entries = "".join(
        f'<label><input type="checkbox" id="show-{layer.name}" checked> '
        f'<b class="{layer.name}">{escape(layer.name)}</b> {escape(layer.meaning)}</label>'
        for layer in layers
    )
    return f'<div class="legend">{entries}</div>'


def _report(report: Report, analysis: Analysis, layers: Sequence[Layer]) -> Iterator[str]:
    marks = by_sentence(analysis, report, layers)
    yield f"<h1>{escape(report.path)} <small>{escape(analysis.language)}, {len(analysis.text):,} characters</small></h1>"
    for paragraph in analysis.paragraphs:
        yield f"<h2>{escape(paragraph.kind)} {paragraph.start}–{paragraph.end}</h2>"
        for number in range(paragraph.first, paragraph.last):
            sentence = analysis.sentences[number]
            words = "".join(
                _segment(analysis.text[start:end], held)
                for start, end, held in segments(marks[number], sentence.start, sentence.end)
            )
            yield f'<p lang="{escape(analysis.language)}"><span class="n">{number + 1}</span>{words}</p>'


def _segment(text: str, held: Sequence[tuple[Layer, Mark]]) -> str:
    if not held:
        return escape(text)
    classes = " ".join(layer.name for layer, _ in held)
    title = "\n".join(f"{layer.name}: {mark.label} {_facts(mark)}" for layer, mark in held)
    return f'<span class="{classes}" title="{escape(title)}">{escape(text)}</span>'


def _facts(mark: Mark) -> str:
    return ", ".join(name if value is True else f"{name}={value}" for name, value in mark.attributes.items())
