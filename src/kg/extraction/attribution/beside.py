"""Attributions from asides: what is said stands beside the verb of saying, or behind a source."""

from __future__ import annotations

from kg.extraction.attribution.asides import Aside
from kg.extraction.attribution.attributions import Attribution
from kg.extraction.frames import Mode, Saying
from kg.extraction.reading import Reading
from kg.extraction.syntax.clauses import Clause


def from_aside(reading: Reading, aside: Aside, stretch: tuple[int, int]) -> Attribution:
    """Return the attribution of an aside, `stretch` being the tokens of its sentence."""
    saying = _saying(reading, aside)
    nobody = reading.frames.lists["nobody"]
    impersonal = reading.frames.lists["impersonal"]
    words = reading.text.words
    speakers = [p for p in aside.speaker.all if words[p.first] not in nobody and words[p.head] not in impersonal]
    find = _source_content if aside.kind == "source" else _beside_content
    return Attribution(
        speakers, aside.tokens, _mode(saying), saying, aside=aside, content=find(reading, aside, stretch)
    )


def _saying(reading: Reading, aside: Aside) -> Saying | None:
    if aside.verb is None:
        return None
    verb = reading.text.verb(aside.verb)
    options = [
        (trigger, saying)
        for trigger, saying in reading.frames.said.get(verb.lemma, ())
        if not trigger.complement and saying.mode not in ("silent", "refused")
    ]
    same = (s for t, s in options if t.is_reflexive == verb.is_reflexive and not t.particle)
    return next(same, None) or next((s for _, s in options), None)


def _mode(saying: Saying | None) -> Mode:
    if saying is None:
        return "factual"
    if saying.name in ("ask", "call", "fear"):
        return "possible"
    return saying.mode if saying.mode in ("opinion", "possible", "denied") else "factual"


def _beside_content(reading: Reading, aside: Aside, stretch: tuple[int, int]) -> list[tuple[int, int]]:
    """What stands before the aside in its sentence; what follows it too where that goes on with what is said."""
    first, last = aside.tokens
    content = [(stretch[0], first)] if first > stretch[0] else []
    words = reading.text.words
    has_verb = any(g.form == "finite" for g in reading.text.analysis.verb_groups_in(stretch[0], first))
    at = last
    while at < stretch[1] and words[at] in (",", "»", '"', "”"):
        at += 1
    if at < stretch[1] and words[at] in reading.frames.lists["relative"]:
        return content
    opens = at < stretch[1] and (
        words[at] in ("«", '"', "“", "‘")
        or reading.text.analysis.quotation_at(reading.text.analysis.tokens[at].start) is not None
    )
    if at < stretch[1] and (not has_verb or opens):
        content.append((at, stretch[1]))
    return content


def _source_content(reading: Reading, aside: Aside, stretch: tuple[int, int]) -> list[tuple[int, int]]:
    """The clause or sentence that a source stands in: all that follows at the head of it, else what goes before."""
    first, last = aside.tokens
    words = reading.text.words
    start = stretch[0]
    breaks = reading.frames.lists["break"]
    for at in range(first - 1, stretch[0] - 1, -1):
        if words[at] == ":" and not _has_finite(reading, at, first):
            continue  # "ont conclu un accord : la levée du siège, selon des sources locales"
        if words[at] in (";", ":") or (words[at] in breaks and at and words[at - 1] == ","):
            start = at + 1
            break
    if not _has_finite(reading, start, first):
        end = next(
            (at for at in range(last, stretch[1]) if words[at] == ";" and not _is_relayed(reading, at, stretch[1])),
            stretch[1],
        )
        return [(start, first), (last, end)] if first > start else [(last, end)]
    parse = reading.parse_at(start)
    if parse is not None:
        at = first - 1
        while at > start and words[at] in (",", "»", '"', "”"):
            at -= 1
        clause = parse.clause_at(at)
        if clause is not None and clause.kind == "relative" and clause.is_finite and _counts(reading, clause):
            return [(clause.first, first)]
    return [(start, first)]


def _has_finite(reading: Reading, first: int, last: int) -> bool:
    return any(g.form == "finite" for g in reading.text.analysis.verb_groups_in(first, last))


def _is_relayed(reading: Reading, first: int, last: int) -> bool:
    """Tell whether what follows is told in the conditional, on the word of the source before: ``; des habitants auraient fui``."""
    groups = [g for g in reading.text.analysis.verb_groups_in(first, last) if g.form == "finite"]
    return bool(groups) and groups[0].mood == "conditional" and groups[0].is_perfect


def _counts(reading: Reading, clause: Clause) -> bool:
    """Tell whether a clause holds a number of people."""
    return any(
        (mention := reading.mention(p)) is not None and mention.count is not None
        for p in (*clause.before, *clause.after)
    )
