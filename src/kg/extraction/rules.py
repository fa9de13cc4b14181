"""The order of the rules: from the analysis of a report to its claims."""

from __future__ import annotations

from collections.abc import Callable

from kg.analysis import Analysis
from kg.extraction.assembly import Assembler, numbered
from kg.extraction.attribution.asides import Aside, find_asides
from kg.extraction.attribution.attributions import Attribution
from kg.extraction.attribution.finding import find_attributions
from kg.extraction.events.acts import find_acts
from kg.extraction.events.completion import complete
from kg.extraction.events.happenings import Happening
from kg.extraction.events.merging import merge, pruned
from kg.extraction.events.moments import place_times
from kg.extraction.events.triggers import find_noun_events, find_verb_events
from kg.extraction.frames import Frames, load_frames
from kg.extraction.grammar.numerals import find_numerals
from kg.extraction.names.gazetteer import Gazetteer
from kg.extraction.numbers.quantities import find_numbers
from kg.extraction.reading import Reading, subject_classes
from kg.extraction.recognition import find_mentions
from kg.extraction.relations import find_relations, within
from kg.extraction.stances import find_stances
from kg.extraction.syntax.arguments import ArgumentFinder
from kg.extraction.syntax.clauses import Clause, Parse, Parser
from kg.extraction.syntax.coordination import coordinate
from kg.extraction.syntax.elements import Text, open_text, read_elements
from kg.extraction.syntax.phrases import Phrase
from kg.extraction.times import find_mentions as find_time_mentions
from kg.extraction.times.grammar import read_grammar
from kg.records import Claim, Report

_SPEAKING = frozenset(("people", "speaker", "official", "envoy", "body", "party"))


def extract_claims(report: Report, analysis: Analysis, gazetteer: Gazetteer | None) -> list[Claim]:
    """Return the claims of a report; see `kg.extraction.extract`."""
    reading, asides = read(report, analysis, gazetteer)
    attributions = find_attributions(reading, asides)
    happenings = find_happenings(reading, attributions)
    assembler = Assembler(reading, report.sha256)
    claims: list[Claim] = []
    for number, happening in enumerate(happenings, 1):
        claims += assembler.event(happening, f"e{number}")
    ties = find_relations(reading)
    told = {happening.trigger for happening in happenings}
    ties = [tie for tie in ties if tie.trigger not in told]
    for tie in ties:
        claims += assembler.relation(tie, within(tie, attributions))
    for position in find_stances(reading, happenings, ties, attributions):
        claims += assembler.stance(position)
    claims += assembler.posts()
    return numbered(claims)


def read(
    report: Report, analysis: Analysis, gazetteer: Gazetteer | None
) -> tuple[Reading, list[tuple[Aside, tuple[int, int]]]]:
    """Find names, numbers and times, and parse the sentences of a report; return also what is said beside them."""
    body, language = analysis.text, analysis.language
    numerals = find_numerals(body, language)
    tokens = read_grammar(language).read(body, (), numerals)
    numbers = find_numbers(body, language, numerals=numerals, times=tokens)
    mentions = find_mentions(analysis, gazetteer, numbers)
    times = find_time_mentions(body, language, published=report.date, tense_at=_tenses(analysis), tokens=tokens)
    frames = load_frames(analysis.language)
    gerunds = frozenset(noun for noun in frames.nouns if noun.endswith("ing"))
    speaking = frozenset(noun for noun, classes in frames.things.items() if classes & _SPEAKING)
    text = open_text(analysis, mentions, times, numbers, gerunds=gerunds, speaking=speaking)
    text.join_particles(frames.phrasals)
    parses: list[Parse] = []
    asides: list[tuple[Aside, tuple[int, int]]] = []
    for sentence in analysis.sentences:
        parse, found = _parse(text, frames, sentence.first, sentence.last)
        parses.append(parse)
        asides += [(aside, (sentence.first, sentence.last)) for aside in found]
    reading = Reading(text, frames, parses, ArgumentFinder(text, lambda _: False))
    reading.finder = ArgumentFinder(text, _object_control(reading), _subject_fits(reading))
    return reading, asides


def _parse(text: Text, frames: Frames, first: int, last: int) -> tuple[Parse, list[Aside]]:
    dateline = text.analysis.dateline
    if (
        dateline is not None
        and text.analysis.tokens[first].start <= dateline.start < text.analysis.tokens[last - 1].end
    ):
        first = min(max(first, text.analysis.tokens_in(dateline.start, dateline.end).stop), last - 1)
    elements = read_elements(text, first, last)
    coordinate(text, elements)
    asides = find_asides(text, elements, frames)
    out = {at for aside in asides for at in range(aside.first, aside.last)}
    rest = [element for at, element in enumerate(elements) if at not in out]
    return Parser(text, rest, frames.saying_lemmas).run(), asides


def _object_control(reading: Reading) -> Callable[[Clause], bool]:
    def is_object_control(clause: Clause) -> bool:
        verb = clause.verb
        if verb is None:
            return False
        if any(s.name in ("ask", "call", "accuse", "blame") for _, s in reading.frames.said.get(verb.lemma, ())):
            return True
        return verb.lemma in (
            "permettre",
            "obliger",
            "forcer",
            "contraindre",
            "empêcher",
            "aider",
            "let",
            "force",
            "allow",
            "oblige",
            "compel",
            "enable",
            "help",
            "prevent",
            "appeler",
            "call",
        )

    return is_object_control


def _subject_fits(reading: Reading) -> Callable[[Clause, Phrase], bool]:
    wanted = subject_classes(reading.frames)

    def fits(clause: Clause, phrase: Phrase) -> bool:
        classes = wanted.get(clause.verb.lemma) if clause.verb is not None and clause.verb.voice == "active" else None
        return not classes or bool(reading.classes(phrase) & classes)

    return fits


def find_happenings(reading: Reading, attributions: list[Attribution]) -> list[Happening]:
    """Return the events of a text, each with who says it and when it was."""
    acts = find_acts(reading, attributions)
    happenings = merge(reading, find_verb_events(reading), find_noun_events(reading), acts)
    for happening in happenings:
        happening.within = innermost(reading, attributions, happening)
    happenings = pruned(reading, happenings)
    place_times(reading, happenings, attributions)
    return complete(reading, happenings, attributions)


def _background(happening: Happening) -> Clause | None:
    """The relative clause, or the participle beside a noun, in which a happening is told."""
    clause = happening.clause
    if clause is None or happening.toll:
        return None
    for here in (clause, *clause.ancestors()):
        if here.kind == "relative" and here.antecedent is not None:
            return here
        if here.kind == "participle" and here.antecedent is not None and not here.marker:
            return here
        if here.kind in ("main", "complement"):
            return None
    return None


def innermost(reading: Reading, attributions: list[Attribution], happening: Happening) -> Attribution | None:
    """Return the attribution that says a happening: the one with the least content around its trigger."""
    around = [a for a in attributions if a is not happening.act and a.covers(happening.trigger) and a.speakers]
    background = _background(happening)
    if background is not None:
        # what a relative clause tells in passing is the publisher's, unless it is quoted or said within that clause
        quoted = reading.text.analysis.quotation_at(reading.text.analysis.tokens[happening.trigger].start)
        if quoted is None:
            around = [a for a in around if background.first <= a.cue[0] < background.last]
    return min(around, key=lambda a: (a.size, a.cue), default=None)


_ASKING = frozenset(
    "inviter appeler demander exhorter presser prier invite urge ask call press order ordonner request".split()
)
_FORWARD = frozenset(
    "menacer promettre prévoir projeter attendre programmer appeler planifier threaten promise plan schedule expect vow pledge".split()
)
"""Verbs after which a bare weekday is to come."""


def _tenses(analysis: Analysis) -> Callable[[int], str]:
    """Return the function that tells the tense around an offset: that of the nearest finite verb of its sentence."""

    def tense_at(offset: int) -> str:
        number = analysis.sentence_at(offset)
        token = analysis.token_at(offset)
        if number is None or token is None:
            return ""
        sentence = analysis.sentences[number]
        groups = [g for g in analysis.verb_groups_in(sentence.first, sentence.last) if g.form == "finite"]
        before = [g for g in analysis.verb_groups_in(sentence.first, sentence.last) if g.head < token]
        if (
            len(before) > 1
            and before[-1].form == "infinitive"
            and not before[-1].is_perfect
            and before[-2].lemma in _ASKING
        ):
            return "future"  # "has invited the parties to hold talks on Sept. 6"
        nearest = min(groups, key=lambda g: (abs(g.head - token), g.head), default=None)
        if nearest is None:
            return ""
        if nearest.mood == "conditional" or (nearest.lemma in _FORWARD and nearest.head < token):
            return "future"
        return nearest.tense or ""

    return tense_at
