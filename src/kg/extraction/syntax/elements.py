"""A sentence as a row of elements: verbs, phrases, times, and the small words and marks that part its clauses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final

from kg.analysis import Analysis, VerbGroup
from kg.extraction.mentions import Mentions
from kg.extraction.numbers.quantities import Quantity
from kg.extraction.syntax.phrase_building import build_phrases
from kg.extraction.syntax.phrases import Phrase
from kg.extraction.syntax.prepositions import Preposition, find_prepositions
from kg.extraction.times import Relation, TimeMention


class Kind(IntEnum):
    """What an element is."""

    VERB = 0
    PHRASE = 1
    TIME = 2
    RELATIVE = 3
    SUBORDINATOR = 4
    COORDINATOR = 5
    COMMA = 6
    BREAK = 7
    DASH = 8
    OPEN = 9
    CLOSE = 10
    QUOTE = 11
    PREPOSITION = 12
    ADVERB = 13
    END = 14
    OTHER = 15


@dataclass(frozen=True, slots=True)
class Element:
    """An element from token `first` to `last`; `ref` counts the verbs, phrases or times of the text."""

    kind: Kind
    first: int
    last: int
    ref: int = -1


@dataclass(slots=True)
class Text:
    """One text as the syntax sees it: its analysis, what was found in it, and look-ups by token.

    `words` are the tokens in small letters with straight apostrophes, `lemmas` their lemmas in small letters. `verb_at`,
    `phrase_at` and `time_at` hold for each token the index of what it is part of, or -1; `phrase_from` the phrase that begins
    there, its preposition included; `speaking` are the lemmas of nouns that can be somebody who says something.
    """

    analysis: Analysis
    mentions: Mentions
    times: tuple[TimeMention, ...]
    numbers: tuple[Quantity, ...]
    words: list[str]
    lemmas: list[str]
    prepositions: dict[int, Preposition]
    phrases: list[Phrase]
    verb_at: list[int]
    phrase_at: list[int]
    time_at: list[int]
    verb_from: dict[int, int] = field(default_factory=dict)
    phrase_from: dict[int, int] = field(default_factory=dict)
    time_from: dict[int, int] = field(default_factory=dict)
    speaking: frozenset[str] = frozenset()

    @property
    def is_french(self) -> bool:
        """Whether the text is French; otherwise it is English."""
        return self.analysis.language == "fr"

    def join_particles(self, phrasals: frozenset[tuple[str, str]]) -> None:
        """Let the particle of a verb govern nothing: ``cut off supplies``."""
        for phrase in self.phrases:
            at = phrase.start - 1
            if not phrase.prep or phrase.first - phrase.start != 1 or at < 0 or self.verb_at[at] < 0:
                continue
            verb = self.verb(self.verb_at[at])
            if verb.head == at and (verb.lemma, self.words[phrase.start]) in phrasals:
                del self.phrase_from[phrase.start]
                phrase.prep, phrase.start = "", phrase.first
                self.phrase_from[phrase.start] = self.phrases.index(phrase)

    def verb(self, index: int) -> VerbGroup:
        """Return a verb group of the analysis."""
        return self.analysis.verb_groups[index]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the offsets of the tokens from `first` to `last`."""
        tokens = self.analysis.tokens
        return tokens[first].start, tokens[last - 1].end


_APOSTROPHES: Final = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "´": "'"})
_MARKS: Final = {
    ",": Kind.COMMA, ";": Kind.BREAK, ":": Kind.BREAK, "–": Kind.DASH, "—": Kind.DASH, "-": Kind.DASH,
    "(": Kind.OPEN, "[": Kind.OPEN, ")": Kind.CLOSE, "]": Kind.CLOSE,
    "«": Kind.QUOTE, "»": Kind.QUOTE, '"': Kind.QUOTE, "“": Kind.QUOTE, "”": Kind.QUOTE, "„": Kind.QUOTE, "‹": Kind.QUOTE,
    "›": Kind.QUOTE, ".": Kind.END, "?": Kind.END, "!": Kind.END, "…": Kind.END, "...": Kind.END,
}  # fmt: skip
_ADJECTIVAL: Final = frozenset(
    "neighbouring neighboring warring visiting ruling opposing remaining surrounding existing ongoing continuing outgoing incoming"
    " including leading".split()
)
"""English participles that are adjectives before a noun in news."""

_JOINTS: Final = {"ainsi": ("ainsi", "que"), "as": ("as", "well", "as")}


def open_text(
    analysis: Analysis,
    mentions: Mentions,
    times: Sequence[TimeMention],
    numbers: Sequence[Quantity],
    *,
    gerunds: frozenset[str] = frozenset(),
    speaking: frozenset[str] = frozenset(),
    lists: Mapping[str, frozenset[str]],
) -> Text:
    """Bring together what was found in a text, by token; `gerunds` are the forms in -ing that may be nouns."""
    words = [token.text.lower().translate(_APOSTROPHES) for token in analysis.tokens]
    count = len(words)
    prepositions = find_prepositions(words, analysis.language)
    time_at = [-1] * count
    verbal = {at for g in analysis.verb_groups if g.form == "finite" for at in g.words}
    for index, mention in enumerate(times):
        if mention.relation is Relation.COUNTERPART:
            continue  # "a day after" opens a clause or governs a noun
        if (
            mention.relation is not Relation.SINCE  # "have since captured"
            and not any(rule.startswith("clock") for rule in mention.rules)  # "8.30 am"
            and any(at in verbal for at in analysis.tokens_in(*mention.time.span))
            and words[analysis.tokens_in(*mention.time.span).start] != "il"
        ):
            continue  # "a été passé" is no summer
        for at in analysis.tokens_in(*mention.time.span):
            if at not in verbal or mention.relation is not Relation.SINCE:
                time_at[at] = index
    nominal = _nominal(analysis, words, gerunds)
    phrases = build_phrases(
        analysis,
        mentions,
        words,
        prepositions,
        in_time=time_at,
        numbers=numbers,
        nominal=nominal,
        speaking=speaking,
        lists=lists,
    )
    text = Text(
        analysis, mentions, tuple(times), tuple(numbers), words, [token.lemma.lower() for token in analysis.tokens], prepositions, phrases,
        [-1] * count, [-1] * count, time_at, speaking=speaking,
    )  # fmt: skip
    for index, phrase in enumerate(phrases):
        text.phrase_from[phrase.start] = index
        for at in range(phrase.first, phrase.last):
            text.phrase_at[at] = index
    governing = {at for p in phrases if p.prep for at in range(p.start, p.first)}
    for index, group in enumerate(analysis.verb_groups):
        if words[group.head] in _ADJECTIVAL and group.last - group.first == 1:
            continue
        if group.head in nominal:
            continue
        if group.head in governing or time_at[group.head] >= 0:  # according to, concernant; il y a trois jours
            continue
        own = [at for at in group.words if text.verb_at[at] < 0]
        for at in own:
            text.verb_at[at] = index
        if own:
            text.verb_from[own[0]] = index
    for at in range(count - 1, -1, -1):
        if time_at[at] >= 0:
            text.time_from[at] = time_at[at]
            if at and time_at[at - 1] == time_at[at]:
                del text.time_from[at]
    return text


def _nominal(analysis: Analysis, words: list[str], gerunds: frozenset[str]) -> frozenset[int]:
    """The forms in -ing that are nouns here: nothing is done to anybody, and something is told of it.

    ``Fighting between the two sides erupted`` and ``since shelling in the east began`` match, ``after bombing the town`` does not.
    """
    found = set()
    tokens = analysis.tokens
    for group in analysis.verb_groups:
        at = group.head
        if group.form not in ("participle", "gerund") or words[at] not in gerunds or group.last - group.first > 1:
            continue
        before, after = tokens[at - 1] if at else None, tokens[at + 1] if at + 1 < len(tokens) else None
        sentence = analysis.sentence_at(tokens[at].start)
        is_start = sentence is not None and analysis.sentences[sentence].first == at
        is_after = before is not None and (
            before.word_class in ("DET", "ADJ", "ADP", "SCONJ") or words[at - 1] in ("since", "as", "that")
        )
        told = after is not None and (after.word_class in ("ADP", "AUX", "VERB", "PUNCT") or words[at + 1] == "of")
        if (is_start or is_after) and told:
            found.add(at)
    return frozenset(found)


def read_elements(text: Text, first: int, last: int) -> list[Element]:
    """Return the elements of the tokens from `first` to `last`, what stands in brackets left out."""
    elements: list[Element] = []
    at = first
    depth = 0
    while at < last:
        if text.verb_at[at] >= 0 and at not in text.verb_from:
            at += 1  # the rest of a verb group, which stands where it begins
            continue
        element = _element(text, at, last)
        if element.kind is Kind.OPEN:
            depth += 1
        elif element.kind is Kind.CLOSE:
            depth = max(0, depth - 1)
        elif depth == 0 or not _is_closed(text, at, last):
            elements.append(element)
        at = max(element.last, at + 1)
    return elements


def _is_closed(text: Text, at: int, last: int) -> bool:
    """Tell whether the bracket that is open at a token is closed within the sentence."""
    return any(word in (")", "]") for word in text.words[at : min(last, at + 60)])


def _element(text: Text, at: int, last: int) -> Element:
    verb = text.verb_from.get(at)
    if verb is not None:
        return Element(Kind.VERB, at, at + 1, verb)
    phrase = text.phrase_from.get(at)
    if phrase is not None and text.phrases[phrase].last <= last:
        return Element(Kind.PHRASE, at, text.phrases[phrase].last, phrase)
    time = text.time_from.get(at)
    if time is not None:
        end = at
        while end < last and text.time_at[end] == time:
            end += 1
        return Element(Kind.TIME, at, end, time)
    joint = _JOINTS.get(text.words[at])
    if joint is not None and text.words[at + 1 : at + len(joint)] in (list(joint[1:]), [*joint[1:-1], "qu'"]):
        return Element(Kind.COORDINATOR, at, at + len(joint))
    return Element(_small_word(text, at), at, at + 1)


def _small_word(text: Text, at: int) -> Kind:
    word, token = text.words[at], text.analysis.tokens[at]
    mark = _MARKS.get(word)
    if mark is not None:
        return mark
    if token.features.pron_type == "Rel" or (token.features.pron_type == "Int" and word not in ("whether",)):
        return Kind.RELATIVE
    if token.word_class == "SCONJ" or (word in ("que", "qu'") and token.word_class != "ADV"):
        return Kind.SUBORDINATOR
    if token.word_class == "CCONJ" or word in ("puis",):
        return Kind.COORDINATOR
    if token.word_class == "ADP" or at in text.prepositions:
        return Kind.PREPOSITION
    if token.word_class in ("ADV", "PART", "INTJ"):
        return Kind.ADVERB
    if token.word_class == "PUNCT":
        return Kind.QUOTE if word in ("'", "''", "``") else Kind.OTHER
    return Kind.OTHER
