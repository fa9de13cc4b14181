"""The means of an event: words of its passage that the ontology's scheme of instruments knows."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from kg.extraction.events.happenings import Happening
from kg.extraction.reading import Reading
from kg.ontology import concept_index

_LONGEST: Final = 4
_ACTS: Final = frozenset(("statement", "request", "threat"))
_ARMED: Final = frozenset(
    (
        "attack",
        "clash",
        "war",
        "blockade",
        "deployment",
        "military-aid",
        "humanitarian-aid",
        "protest",
        "detention",
        "withdrawal",
    )
)


@lru_cache(maxsize=1)
def _labels() -> tuple[frozenset[str], frozenset[str]]:
    """The words for means, and how those words begin, up to a blank or behind an apostrophe."""
    labels = frozenset(label.replace("’", "'") for label in concept_index("instruments"))
    first = {label.partition(" ")[0] for label in labels}
    return labels, frozenset(first | {word[: word.index("'") + 1] for word in first if "'" in word})


def instruments_in(reading: Reading, happening: Happening) -> tuple[str, ...]:
    """Return the words for means in the passage of a happening, the longest first of those that begin together."""
    if happening.type not in _ACTS and happening.type not in _ARMED:
        return ()
    (labels, openers), words, text = _labels(), reading.text.words, reading.text
    found: list[str] = []
    first, last = happening.passage[0]
    if last - first > 80:
        return ()
    at = first
    while at < last:
        sizes = range(min(_LONGEST, last - at), 0, -1) if words[at] in openers else ()
        size = next((n for n in sizes if " ".join(words[at : at + n]).replace("' ", "'") in labels), 0)
        if size:
            start, end = text.span(at, at + size)
            found.append(text.analysis.text[start:end])
        at += max(size, 1)
    return tuple(dict.fromkeys(found))
