"""Who says what: each attribution with its speakers, its cue, how what is said is meant, and the passages that it covers.

Beside the shapes of `kg.extraction.attribution.asides` an attribution is a clause of its own, whose verb is a verb of saying
(``L'armée a confirmé envoyer ses négociateurs``, ``Armenia accused Azerbaijan of choking the road``), or a participle after an
aside (``a-t-il affirmé, assurant que …``). What is said lies behind the verb: ``Le maire dit que le pont est coupé`` matches,
``Le maire, qui dit la vérité, est parti`` does not. A quotation of several sentences has one speaker; one without any
has the last speaker of its paragraph.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import Final

from kg.extraction.attribution.asides import Aside
from kg.extraction.attribution.attributions import Attribution, Attributions
from kg.extraction.attribution.beside import from_aside
from kg.extraction.attribution.clauses import from_clause
from kg.extraction.attribution.quotations import widen_to_quotations
from kg.extraction.attribution.sayings import SPEAKING
from kg.extraction.reading import Reading
from kg.extraction.syntax.clauses import Clause
from kg.extraction.syntax.phrases import Phrase

_OFFICES: Final = frozenset(("person", "official", "people", "envoy", "speaker", "group"))


def find_attributions(reading: Reading, asides: list[tuple[Aside, tuple[int, int]]]) -> Attributions:
    """Return the attributions of a text, in the order of their cues.

    Args:
        reading: the report.
        asides: each aside with the tokens of its sentence.
    """
    found = [from_aside(reading, aside, stretch) for aside, stretch in asides]
    after = {a.aside.tokens[1]: a for a in found if a.aside is not None}
    for parse in reading.parses:
        for clause in parse.clauses:
            if clause.kind == "relative" and clause.gap_prep == "according":
                found += _from_relative(reading, clause)
            attribution = from_clause(reading, clause, after)
            if attribution is not None:
                found.append(attribution)
                reading.sayings.add(id(clause))
    attributions = Attributions(sorted(found, key=lambda a: a.cue))
    for attribution in attributions:
        attribution.speakers = [_named(reading, p) for p in attribution.speakers]
    quoted = [a for a in attributions if _is_of_oneself(reading, a)]
    _lend_speakers(attributions, quoted)
    widen_to_quotations(reading, attributions)
    _lend_speakers(
        attributions, [a for a in quoted if not a.speakers]
    )  # the whole quotation now has somebody around it
    return attributions


def _from_relative(reading: Reading, clause: Clause) -> list[Attribution]:
    """``la police, selon laquelle dix personnes sont mortes``."""
    if clause.antecedent is None:
        return []
    speakers = [p for p in clause.antecedent.chain if reading.classes(p) & SPEAKING][:1]
    cue = (max(0, clause.first - 1), clause.first + 1)
    return [Attribution(speakers, cue, "factual", content=[(clause.first + 1, clause.last)])]


def _named(reading: Reading, phrase: Phrase) -> Phrase:
    """The name between commas that says who an office is: ``le président de la transition, le général X, a prié``."""
    mention = reading.mention(phrase)
    if (mention is not None and mention.kind == "name") or not reading.classes(phrase) & _OFFICES:
        return phrase
    phrases, words = reading.text.phrases, reading.text.words
    at = bisect_left(phrases, phrase.first, key=lambda p: p.first) + 1
    while at < len(phrases) and phrases[at].prep in ("of", "in") and phrases[at].start == phrases[at - 1].last:
        at += 1
    if at >= len(phrases) or phrases[at].prep or words[phrases[at - 1].last : phrases[at].start] != [","]:
        return phrase
    other = reading.mention(phrases[at])
    is_closed = words[phrases[at].last : phrases[at].last + 1] == [","]
    return (
        phrases[at] if is_closed and other is not None and other.type == "Person" and other.kind == "name" else phrase
    )


def _is_of_oneself(reading: Reading, attribution: Attribution) -> bool:
    own = reading.frames.lists["speaking_self"]
    words = [reading.text.words[p.head] for p in attribution.speakers]
    return bool(words) and all(word in own for word in words)


def _lend_speakers(found: Attributions, quoted: list[Attribution]) -> None:
    """``« Nous demandons … », a dit X``: who says we is who is quoted."""
    for attribution in quoted:
        around = [a for a in found.covering(attribution.cue[0]) if a is not attribution and a.speakers]
        outer = min(around, key=lambda a: (a.size, a.cue), default=None)
        attribution.speakers = outer.speakers if outer is not None else []
