"""A report opened for the rules: names, numbers and times found, sentences parsed, what is said beside them taken out."""

from __future__ import annotations

from collections.abc import Callable

from kg.analysis import Analysis
from kg.extraction.attribution.asides import Aside, find_asides
from kg.extraction.frame_tables import load_frames
from kg.extraction.frames import Frames
from kg.extraction.grammar.numerals import find_numerals
from kg.extraction.names.gazetteer import Gazetteer
from kg.extraction.numbers.quantities import find_numbers
from kg.extraction.reading import Reading, subject_classes
from kg.extraction.recognition import find_mentions
from kg.extraction.syntax.arguments import ArgumentFinder
from kg.extraction.syntax.clauses import Clause, Parse
from kg.extraction.syntax.coordination import coordinate
from kg.extraction.syntax.elements import Text, open_text, read_elements
from kg.extraction.syntax.parser import Parser
from kg.extraction.syntax.phrases import Phrase
from kg.extraction.tables import remembered
from kg.extraction.tenses import tenses_of
from kg.extraction.times import find_mentions as find_time_mentions
from kg.extraction.times.grammar import read_grammar
from kg.records import Report

_SPEAKING = frozenset(("people", "speaker", "official", "envoy", "body", "party"))
"""The classes of nouns that can be somebody who says something."""


def read(
    report: Report, analysis: Analysis, gazetteer: Gazetteer | None
) -> tuple[Reading, list[tuple[Aside, tuple[int, int]]]]:
    """Find names, numbers and times, and parse the sentences of a report; return also what is said beside them."""
    body, language = analysis.text, analysis.language
    frames = load_frames(language)
    numerals = find_numerals(body, language)
    tokens = read_grammar(language).read(body, (), numerals)
    numbers = find_numbers(body, language, numerals=numerals, times=tokens)
    mentions = find_mentions(analysis, gazetteer, numbers)
    times = find_time_mentions(
        body, language, published=report.date, tense_at=tenses_of(analysis, frames.lists), tokens=tokens
    )
    gerunds, speaking = _gerunds(language), _speaking(language)
    text = open_text(analysis, mentions, times, numbers, gerunds=gerunds, speaking=speaking, lists=frames.lists)
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


@remembered
def _gerunds(language: str) -> frozenset[str]:
    """The English nouns of events that look like a verb's form."""
    return frozenset(noun for noun in load_frames(language).nouns if noun.endswith("ing"))


@remembered
def _speaking(language: str) -> frozenset[str]:
    """The nouns of who can say something."""
    return frozenset(noun for noun, classes in load_frames(language).things.items() if classes & _SPEAKING)


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
    return Parser(text, rest, frames.saying_lemmas, frames.lists).run(), asides


def _object_control(reading: Reading) -> Callable[[Clause], bool]:
    """Return whether the object of a verb does what its infinitive says: ``a appelé l'armée à se retirer``."""
    controlling = reading.frames.lists["object_control"]

    def is_object_control(clause: Clause) -> bool:
        verb = clause.verb
        if verb is None:
            return False
        said = reading.frames.said.get(verb.lemma, ())
        return verb.lemma in controlling or any(s.name in ("ask", "call", "accuse", "blame") for _, s in said)

    return is_object_control


def _subject_fits(reading: Reading) -> Callable[[Clause, Phrase], bool]:
    wanted = subject_classes(reading.frames.language)

    def fits(clause: Clause, phrase: Phrase) -> bool:
        classes = wanted.get(clause.verb.lemma) if clause.verb is not None and clause.verb.voice == "active" else None
        return not classes or bool(reading.classes(phrase) & classes)

    return fits
