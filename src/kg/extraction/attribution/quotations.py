"""Quotations: an attribution covers the whole of those that it reaches into, and the floating ones after it."""

from __future__ import annotations

from bisect import bisect_left
from operator import attrgetter
from typing import Final

from kg.extraction.attribution.attributions import Attribution, Attributions
from kg.extraction.attribution.sayings import SPEAKING
from kg.extraction.reading import Reading
from kg.extraction.syntax.phrases import Phrase

_OPENING: Final = frozenset("«\"“‘'")


def widen_to_quotations(reading: Reading, found: Attributions) -> None:
    """Let an attribution cover the whole of the quotations that it reaches into, and the floating ones after it."""
    analysis = reading.text.analysis
    for number, quotation in enumerate(analysis.quotations):
        if quotation.parent is not None:
            continue
        inside = analysis.tokens_in(*quotation.inner)
        if not inside:
            continue
        own = [a for a in found.reaching(inside.start, inside.stop) if a.speakers and not _is_within(a, inside)]
        if own:
            speaker = min(own, key=lambda a: (abs(a.cue[0] - inside.stop), a.cue))
            if len({id(a) for a in own}) == 1 or speaker.aside is not None:
                if any(a is not speaker for a in found.cued(inside.start + 1, inside.stop)):
                    continue
                _extend(found, speaker, inside)
        else:
            last = (
                _nearest_cue(reading, found, inside)
                or _before_colon(reading, inside)
                or _last_speaker(reading, found, quotation.start, number)
            )
            if last is not None:
                if last not in found:
                    found.append(last)
                _extend(found, last, inside)


def _colon_before(reading: Reading, inside: range) -> int | None:
    """The colon that a quotation follows, over its opening marks; None where there is none."""
    words = reading.text.words
    at = inside.start - 1
    while at > 0 and words[at] in _OPENING:
        at -= 1
    return at if words[at] == ":" else None


def _nearest_cue(reading: Reading, found: Attributions, inside: range) -> Attribution | None:
    """Who spoke last in the sentence before a colon and a quotation: ``…, X said, adding: “…”``."""
    analysis, at = reading.text.analysis, _colon_before(reading, inside)
    if at is None:
        return None
    first = analysis.sentences[analysis.sentence_of(at)].first
    before = [a for a in found.cued(first, at) if a.speakers and a.aside is not None and a.cue[1] <= at]
    return max(before, key=lambda a: a.cue, default=None)


def _before_colon(reading: Reading, inside: range) -> Attribution | None:
    """Who is the subject before a colon and a quotation: ``Le général s'est montré méfiant : « … »``."""
    at = _colon_before(reading, inside)
    if at is None:
        return None
    parse = reading.parse_at(at)
    clauses = (
        [c for c in parse.clauses if c.is_finite and c.last <= at and c.kind == "main"] if parse is not None else []
    )
    if not clauses:
        return None
    speakers = [p for p in reading.finder.surface_subject(clauses[-1]) if _is_somebody(reading, p)]
    verb = clauses[-1].verb
    if not speakers or verb is None:
        return None
    return Attribution(
        speakers, (min(speakers[0].first, verb.first), verb.last), "factual", None, clauses[-1], None, []
    )


def _is_somebody(reading: Reading, phrase: Phrase) -> bool:
    """Tell whether a subject before a colon speaks: a known party or person, or a noun that no list knows as a thing."""
    classes = reading.classes(phrase)
    return bool(classes & SPEAKING) or classes <= {phrase.lemma.lower(), "thing"}


def _is_within(attribution: Attribution, inside: range) -> bool:
    return inside.start <= attribution.cue[0] and attribution.cue[1] <= inside.stop


def _extend(found: Attributions, attribution: Attribution, inside: range) -> None:
    if not (attribution.covers(inside.start) and attribution.covers(inside.stop - 1)):
        found.extend(attribution, inside.start, inside.stop)


def _last_speaker(reading: Reading, found: Attributions, start: int, number: int) -> Attribution | None:
    """Who spoke last before a quotation that nobody is named for: in its paragraph, where it is a sentence of its own."""
    analysis = reading.text.analysis
    sentence = analysis.sentence_at(start)
    paragraph = analysis.paragraph_at(start)
    if sentence is None or paragraph is None:
        return None
    opening = analysis.sentences[sentence].start
    if analysis.text[opening:start].strip("—–- \t"):
        return None
    first = analysis.sentences[analysis.paragraphs[paragraph].first].first
    here = bisect_left(analysis.tokens, start, key=attrgetter("start"))
    before = [a for a in found.cued(first, here) if a.saying is not None]
    if not before and paragraph and number and not analysis.quotations[number - 1].is_closed:
        previous = analysis.sentences[analysis.paragraphs[paragraph - 1].first].first
        before = [a for a in found.cued(previous, first) if a.saying is not None]
    return before[-1] if before else None
