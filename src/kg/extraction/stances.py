"""Stances: quotations, and what somebody says or the text asserts that no type of event holds (decision 7 of the guide).

- each sentence of a direct quotation whose main verb tells no event: ``« Nous ne nous rendrons pas »``;
- what is said indirectly without an event: ``The minister said Armenia's position remains unchanged``;
- a main clause of the publisher's own that tells no event of anybody named: ``Les tensions restent vives au Karabakh``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.extraction.attribution.attributions import Attribution, Attributions
from kg.extraction.coverage import Coverage
from kg.extraction.events.happenings import Happening
from kg.extraction.events.passages import trimmed
from kg.extraction.reading import Reading
from kg.extraction.relations.ties import Tie
from kg.extraction.syntax.clauses import Clause
from kg.extraction.told import Told
from kg.vocab import Modality

_SHORTEST: Final = 1
_NEAR: Final = 5
"""How many tokens, marks included, may stand between two parts of one quotation."""
_MARKS: Final = frozenset("« » \" “ ” , . ; : ? ! … ‹ › ' ‘ ’ – —".split())
_PARTS: Final = frozenset((",", ";", "et", "and"))
"""What between two quotations makes them two."""
_BODY: Final = frozenset(("body", "standfirst", "caption", "headline", "heading"))


@dataclass(frozen=True, slots=True)
class Position:
    """Words stated: the tokens quoted, the tokens that tell it, who says it."""

    quote: tuple[int, int]
    passage: tuple[tuple[int, int], ...]
    is_direct: bool
    within: Attribution | None
    meant: Modality
    rule: str
    is_denied: bool = False


def find_stances(
    reading: Reading, happenings: list[Happening], ties: list[Tie], attributions: Attributions
) -> list[Position]:
    """Return the stances of a text, in its order."""
    told = Told(happenings, ties)
    direct = list(_direct(reading, told, attributions))
    indirect = list(_indirect(reading, told, attributions, direct))
    own = list(_own(reading, told, attributions))
    return sorted((*direct, *indirect, *own), key=lambda p: (p.quote, p.rule))


# --------------------------------------------------------------------------- quotations


def _direct(reading: Reading, told: Told, attributions: Attributions) -> Iterator[Position]:
    analysis = reading.text.analysis
    done = 0
    for number, quotation in enumerate(analysis.quotations):
        if quotation.parent is not None:
            continue
        inside = analysis.tokens_in(*quotation.inner)
        for first, end in _pieces(reading, inside, attributions):
            if end <= done:
                continue
            last = _joined(reading, end, attributions, number)
            done = max(done, last)
            attribution = _speaker(attributions, first, last)
            if attribution is None:
                continue
            if _is_told(reading, told, attribution, (first, last)):
                continue
            for piece in _without_own_saying(reading, first, last):
                yield Position(
                    piece, (_around(reading, piece, attribution),), True, attribution, "opinion", "quotation"
                )


def _joined(reading: Reading, last: int, attributions: Attributions, number: int) -> int:
    """Let a piece go on over a few words to the next quotation of its sentence: ``« un geste », voire « une main tendue »``."""
    analysis = reading.text.analysis
    sentence = analysis.sentences[analysis.sentence_of(last - 1)]
    for at in range(number, len(analysis.quotations)):
        quotation = analysis.quotations[at]
        if quotation.start >= sentence.end:
            break
        if quotation.parent is not None:
            continue
        inside = analysis.tokens_in(*quotation.inner)
        if not inside or inside.start < last or inside.stop > sentence.last:
            continue
        if inside.start - last > _NEAR or attributions.cued(last, inside.start):
            return last
        if any(word in _PARTS for word in reading.text.words[last : inside.start]):
            return last
        return inside.stop
    return last


def _pieces(reading: Reading, inside: range, attributions: Attributions) -> Iterator[tuple[int, int]]:
    """The sentences of a quotation, without the attributions inside it."""
    analysis = reading.text.analysis
    at = inside.start
    while at < inside.stop:
        sentence = analysis.sentences[analysis.sentence_of(at)]
        end = min(sentence.last, inside.stop)
        cues = sorted(a.cue for a in attributions.cued(at, end) if a.aside is not None)
        start = at
        for cue in cues:
            if cue[0] > start:
                yield from _worded(reading, start, cue[0])
            start = max(start, cue[1])
        if start < end:
            yield from _worded(reading, start, end)
        at = max(end, at + 1)


def _worded(reading: Reading, first: int, last: int) -> Iterator[tuple[int, int]]:
    words = reading.text.words
    while first < last and words[first] in _MARKS:
        first += 1
    while last > first and words[last - 1] in _MARKS:
        last -= 1
    if last - first >= _SHORTEST:
        yield first, last


def _speaker(attributions: Attributions, first: int, last: int) -> Attribution | None:
    """Who says a piece: whoever says its first word, or most of it."""
    around = [
        a for a in attributions.covering(first, last - 1) if a.speakers and not (a.cue[0] < last and first < a.cue[1])
    ]
    return min(around, key=lambda a: (a.size, a.cue), default=None)


def _is_told(reading: Reading, told: Told, attribution: Attribution, piece: tuple[int, int]) -> bool:
    """Tell whether an event claim holds what a piece states: its main verb, or the noun that it consists of."""
    first, last = piece
    saying = attribution.saying
    if saying is not None and saying.event in ("request", "threat", "rejection"):
        return reading.text.words[last : last + 1] != ["?"]  # "Who feeds my children?" asked X: nothing is requested
    if saying is not None and saying.mode == "opinion":
        return False
    inside = told.happenings(first, last)
    main = _main_clause(reading, first, last)
    if main is None or main.verb is None:
        parse = reading.parse_at(first)
        around = parse.clause_at(first) if parse is not None else None
        if around is not None and any(h.act is None and not first <= h.trigger < last for h in told.of_clause(around)):
            return True
        sentence = reading.text.analysis.sentences[reading.text.analysis.sentence_of(first)]
        if any(_covers(h, first, last) for h in told.happenings(sentence.first, sentence.last)):
            return True
        return any(h.noun is not None and h.noun.phrase.first <= first + 1 and h.type != "statement" for h in inside)
    for happening in inside:
        clause = happening.clause
        if clause is not main and not (clause is not None and clause.shares is main):
            continue
        if happening.noun is not None and happening.noun.support is None and not happening.toll:
            continue
        if happening.act is not None and happening.act.mode == "factual":
            continue
        return happening.meant in ("factual", "planned") or happening.is_denied
    return False


def _covers(happening: Happening, first: int, last: int) -> bool:
    """Tell whether an event's passage holds a piece that has no verb: its words are told with the event."""
    return happening.act is None and any(start <= first and last <= end for start, end in happening.passage)


def _main_clause(reading: Reading, first: int, last: int) -> Clause | None:
    """The outermost clause whose verb stands in a piece."""
    parse = reading.parse_at(first)
    if parse is None:
        return None
    inside = [c for c in parse.clauses if c.verb is not None and first <= c.verb.head < last]
    finite = [c for c in inside if c.is_finite]
    return min(finite or inside, key=lambda c: (len(c.ancestors()), c.first), default=None)


def _without_own_saying(reading: Reading, first: int, last: int) -> list[tuple[int, int]]:
    """Leave ``Nous continuons à penser que`` out: what is thought are pieces of their own."""
    main = _main_clause(reading, first, last)
    if main is None or main.verb is None or main.kind != "main" or main.verb.is_negated:
        return [(first, last)]
    if main.verb.lemma not in reading.frames.lists["judge"]:
        return [(first, last)]
    subject = reading.finder.surface_subject(main)
    if not any(reading.text.words[p.head] in reading.frames.lists["speaking_self"] for p in subject):
        return [(first, last)]
    parse = reading.parse_at(first)
    said = [
        c
        for c in (parse.clauses if parse else ())
        if c.kind == "complement" and first <= c.first < last and c.is_finite and main in c.ancestors()
    ]
    outer = [
        c
        for c in said
        if not any(o is not c and o.first <= c.first and c.last <= o.last and o in c.ancestors() for o in said)
    ]
    if not outer:
        return [(first, last)]
    pieces = []
    for number, clause in enumerate(outer):
        start = trimmed(reading, clause.first, clause.last)[0]
        end = outer[number + 1].first if number + 1 < len(outer) else last
        start, end = trimmed(reading, start, min(end, last))
        pieces.append((start, end))
    return pieces


def _around(reading: Reading, piece: tuple[int, int], attribution: Attribution) -> tuple[int, int]:
    """The passage of a quotation: of a partial one its clause, so that it can be understood."""
    first, last = piece
    parse = reading.parse_at(first)
    clause = parse.clause_at(first) if parse is not None else None
    if (
        clause is None
        or (clause.first >= first and clause.last <= last)
        or reading.text.words[first - 1 : first] == ["."]
    ):
        return piece
    start = max([clause.first, *(a for a, _ in attribution.content if a <= first)])
    return min(start, first), last


# --------------------------------------------------------------------------- indirect speech


def _indirect(reading: Reading, told: Told, attributions: Attributions, direct: list[Position]) -> Iterator[Position]:
    quoted: Coverage[tuple[int, int]] = Coverage()
    for position in direct:
        quoted.widen(quoted.append(position.quote), *position.quote)
    for attribution in attributions:
        if not attribution.speakers or attribution.mode not in ("factual", "opinion"):
            continue
        if attribution.saying is not None and attribution.saying.event not in (None, "statement"):
            continue
        for first, last in _statements(reading, attribution):
            if told.is_any(first, last) and attribution.mode != "opinion":
                continue
            if any(first < end and start < last for start, end in quoted.near(first, last)):
                continue
            if any(a is not attribution for a in attributions.cued(first, last)):
                continue
            meant: Modality = "opinion" if attribution.mode == "opinion" else "factual"
            yield Position((first, last), ((first, last),), False, attribution, meant, "indirect")


def _statements(reading: Reading, attribution: Attribution) -> Iterator[tuple[int, int]]:
    """The finite clauses that an attribution says by itself."""
    clause = attribution.clause
    if clause is not None:
        said = [c for c in clause.children if c.kind == "complement" and c.verb is not None and c.is_finite]
        for child in said:
            yield trimmed(reading, child.first, child.last)
        if not said and attribution.mode == "opinion" and clause.verb is not None:
            judged = [
                c for c in clause.children if c.kind == "infinitive" and not c.is_apart and c.first >= clause.verb.last
            ]
            for child in judged:
                yield trimmed(reading, clause.verb.last, child.last)
            if not judged and attribution.saying is not None and attribution.saying.name == "name":
                yield trimmed(reading, clause.first, clause.last)  # "Kiev qualifie l'annexion d'illégale"
        return
    for first, last in attribution.content:
        main = _main_clause(reading, first, last)
        if (
            main is not None
            and main.is_finite
            and reading.text.analysis.quotation_at(reading.text.analysis.tokens[first].start) is None
        ):
            yield trimmed(reading, max(first, main.first), min(last, main.last))


# --------------------------------------------------------------------------- the publisher's own


def _own(reading: Reading, told: Told, attributions: Attributions) -> Iterator[Position]:
    analysis = reading.text.analysis
    saying = {id(attribution.clause) for attribution in attributions}
    for number, parse in enumerate(reading.parses):
        paragraph = analysis.paragraphs[analysis.paragraph_of(number)]
        if paragraph.kind not in _BODY:
            continue
        for clause in parse.clauses:
            if clause.kind != "main" or clause.verb is None or not clause.is_finite or clause.verb.mood == "imperative":
                continue
            first, last = trimmed(reading, clause.first, clause.last)
            if last - first < 4 or reading.text.words[parse.last - 1] == "?":
                continue
            if told.is_any(first, last) or id(clause) in saying or attributions.cued(first, last):
                continue
            if attributions.covering(clause.verb.head):
                continue
            if analysis.quotation_at(analysis.tokens[first].start) is not None or not _is_about_somebody(
                reading, clause
            ):
                continue
            yield Position(
                (first, last), ((first, last),), False, None, "factual", "own", clause.verb.is_negated and False
            )


def _is_about_somebody(reading: Reading, clause: Clause) -> bool:
    """Tell whether a clause has a party, person or place as its subject or object."""
    arguments = reading.arguments(clause)
    others = [p for phrases in arguments.slots.values() for p in phrases]
    named = [p for p in (*reading.finder.surface_subject(clause), *arguments.object, *others) if p.mention is not None]
    return any(
        reading.text.mentions[p.mention].kind in ("name", "capital", "seat", "body")
        for p in named
        if p.mention is not None
    )
