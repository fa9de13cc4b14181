"""Attributions that stand beside what they attribute: ``, a déclaré X``, ``, X said``, ``selon X``, ``as X put it``.

They are taken out of the row of elements before the clauses are parsed; what is left reads as if they were not there.

- inverted: a verb of saying after a comma or a mark, its subject behind it (``», a indiqué le ministère dans un communiqué``);
  ``Le pont, a dit le maire, est coupé`` matches, ``Le pont qu'a détruit l'armée est coupé`` does not.
- trailing: subject and verb of saying at the end of what is said (``, officials said Thursday``); ``Officials said the bridge
  is cut`` does not match: what is said follows.
- source: a phrase after ``selon``, ``d'après``, ``according to``.
"""

from __future__ import annotations

from kg.extraction.attribution.inverted import read_inverted
from kg.extraction.attribution.sources import read_source
from kg.extraction.attribution.speakers import Aside
from kg.extraction.attribution.trailing import read_trailing
from kg.extraction.frames import Frames
from kg.extraction.syntax.elements import Element, Kind, Text

__all__ = ["Aside", "find_asides"]


def find_asides(text: Text, elements: list[Element], frames: Frames) -> list[Aside]:
    """Return the asides of a sentence, in order; they do not overlap."""
    found: list[Aside] = []
    end = 0
    for at, element in enumerate(elements):
        if at < end:
            continue
        aside = None
        if element.kind is Kind.VERB:
            aside = read_inverted(text, elements, at, frames) or read_trailing(text, elements, at, frames)
        elif element.kind is Kind.PHRASE and text.phrases[element.ref].prep == "according":
            aside = read_source(text, elements, at, frames)
        if aside is not None and aside.first >= end:
            found.append(aside)
            end = aside.last
    return found
