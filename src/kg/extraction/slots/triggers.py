"""Whether a verb or a noun is the trigger of a frame, with all the words that belong to it."""

from __future__ import annotations

from typing import Final

from kg.analysis import Token
from kg.extraction.frames import Trigger
from kg.extraction.reading import Reading
from kg.extraction.slots.nouns import NounSlots
from kg.extraction.syntax.clauses import Clause
from kg.extraction.syntax.prepositions import preposition_name

_SKIPPED: Final = frozenset(("DET", "ADJ", "ADV", "NUM"))
_REACH: Final = 10


def is_beside(reading: Reading, clause: Clause, words: tuple[str, ...]) -> bool:
    """Tell whether words stand after the verb of a clause in their order, small words between them left out.

    A single preposition has to govern a phrase of the clause or an infinitive in it.
    """
    text, verb = reading.text, clause.verb
    assert verb is not None  # noqa: S101 - a clause with a verb is asked
    name = preposition_name(words, reading.frames.language)
    if name is not None:
        arguments = reading.arguments(clause)
        return any(
            p.of is None or p.of in arguments.object or p.leader is not None for p in arguments.slots.get(name, ())
        ) or any(
            c.marker == name or c.marker == words[0] for c in clause.children if c.verb is not None and not c.is_finite
        )
    if _follows(reading, verb.head + 1, words, _REACH):
        return True
    if verb.voice == "passive" or clause.kind == "relative":
        objects = reading.arguments(clause).object
        return (len(words) == 1 and any(_is_word(reading, p.head, words[0]) for p in objects)) or (
            bool(text.is_french) and any(_is_word(reading, p.head, words[-1]) for p in objects) and len(words) == 1
        )
    return False


def _follows(reading: Reading, start: int, words: tuple[str, ...], reach: int) -> bool:
    """Tell whether words follow a token, other nouns and verbs between the first of them and the token allowed."""
    tokens = reading.text.analysis.tokens
    end = min(len(tokens), start + reach)
    for at in range(start, end):
        if tokens[at].word_class == "PUNCT" and reading.text.words[at] in (".", ";", ":", "?", "!"):
            return False
        if _is_word(reading, at, words[0]) and _continues(reading, at + 1, words[1:]):
            return True
        if (
            reading.text.verb_at[at] >= 0
            and at > start
            and reading.text.verb(reading.text.verb_at[at]).form == "finite"
        ):
            return False
    return False


def _continues(reading: Reading, at: int, words: tuple[str, ...]) -> bool:
    tokens = reading.text.analysis.tokens
    for word in words:
        while at < len(tokens) and _is_small(tokens[at]) and not _is_word(reading, at, word):
            at += 1
        if at >= len(tokens) or not _is_word(reading, at, word):
            return False
        at += 1
    return True


def _is_small(token: Token) -> bool:
    return token.word_class in _SKIPPED or (token.word_class == "PRON" and token.features.poss == "Yes")


def _is_word(reading: Reading, at: int, word: str) -> bool:
    return reading.text.words[at] == word or reading.text.lemmas[at] == word


def is_verb_trigger(reading: Reading, clause: Clause, trigger: Trigger) -> bool:
    """Tell whether the verb of a clause, whose lemma is the trigger's, is the trigger with all that belongs to it."""
    verb = clause.verb
    assert verb is not None  # noqa: S101 - a clause with a verb is asked
    if reading.text.is_french:
        is_causative = verb.periphrasis == "causative"
        if is_causative != trigger.is_causative or (verb.is_reflexive != trigger.is_reflexive and not is_causative):
            return False
        if is_causative and trigger.is_reflexive and not verb.is_reflexive:
            return False
    if trigger.particle and not _has_particle(reading, clause, trigger.particle):
        return False
    return not trigger.complement or is_beside(reading, clause, trigger.complement)


def _has_particle(reading: Reading, clause: Clause, words: tuple[str, ...]) -> bool:
    """``broke out``, ``brought the two men together``: right after the verb, or after its object."""
    verb = clause.verb
    assert verb is not None  # noqa: S101 - a clause with a verb is asked
    if _continues_plainly(reading, verb.head + 1, words):
        return True
    objects = [p for p in clause.after if p.is_bare]
    return bool(objects) and _continues_plainly(reading, objects[0].last, words)


def _continues_plainly(reading: Reading, at: int, words: tuple[str, ...]) -> bool:
    while at < len(reading.text.words) and reading.text.analysis.tokens[at].word_class == "ADV":
        if reading.text.words[at] == words[0]:
            break
        at += 1
    return all(at + n < len(reading.text.words) and _is_word(reading, at + n, word) for n, word in enumerate(words))


def is_noun_trigger(reading: Reading, noun: NounSlots, trigger: Trigger) -> bool:
    """Tell whether a noun, whose lemma is the trigger's, is the trigger with all that belongs to it."""
    phrase, words = noun.phrase, reading.text.words
    if trigger.particle:
        before = words[max(0, phrase.head - len(trigger.particle)) : phrase.head]
        if before != list(trigger.particle):
            return False
    if trigger.beside and not _has_beside(reading, noun, trigger.beside):
        return False
    if trigger.complement:
        wanted = trigger.complement[-1]
        names = ("of", "to", "in") if reading.text.is_french else ("of",)
        fillers = [p for name in names for p in noun.slots.get(name, ())]
        return any(_is_word(reading, p.head, wanted) for p in fillers) or any(
            _is_word(reading, at, wanted) for at in noun.mods
        )
    return True


def _has_beside(reading: Reading, noun: NounSlots, word: str) -> bool:
    if any(_is_word(reading, at, word) for at in noun.mods):
        return True
    after = noun.phrase.last
    return after < len(reading.text.words) and _is_word(reading, after, word)
