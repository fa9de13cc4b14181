"""Relations that nouns tell: ``X, un allié de Y``, ``its ally X``, ``X est aux mains de Y``, ``the rebel stronghold of X``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.extraction.events.happenings import fill_relation, holds
from kg.extraction.events.meaning import clause_meaning
from kg.extraction.frames import RelationFrame, load_relations
from kg.extraction.reading import Reading
from kg.extraction.relations.beside import copula_of, governed, phrases_beside
from kg.extraction.relations.ties import Telling, Tie, tie
from kg.extraction.slots import NounSlots, Slot, is_noun_trigger
from kg.extraction.syntax.phrases import Phrase


@dataclass(slots=True)
class Noun:
    """A noun of a frame as it stands in the text.

    Attributes:
        at: its token.
        phrase: the phrase that holds it.
        owners: who has it: the genitive, the possessive, the demonym, the name before it.
        names: the names after it in its own phrase.
        complements: the phrases that follow it, by preposition.
        beside: the phrases that it is said of.
        facts: how it is said of them: ``bare``, ``copula``, the words of its preposition; and ``plural``.
        leaders: who leads it, by the verb of which it is the object.
    """

    at: int
    phrase: Phrase
    owners: list[Phrase] = field(default_factory=list)
    names: list[Phrase] = field(default_factory=list)
    complements: dict[str, list[Phrase]] = field(default_factory=dict)
    beside: list[Phrase] = field(default_factory=list)
    facts: frozenset[str] = frozenset()
    leaders: list[Phrase] = field(default_factory=list)


def from_nouns(reading: Reading) -> Iterator[Tie]:
    """Yield the relations that the frames of nouns find; of each noun those of the first frame that fits."""
    frames = load_relations(reading.frames.language).nouns
    text = reading.text
    for at, token in enumerate(text.analysis.tokens):
        pairs = frames.get(token.lemma.lower()) or frames.get(text.words[at])
        if not pairs or text.phrase_at[at] < 0:
            continue
        noun = _read(reading, at, text.phrases[text.phrase_at[at]])
        slot = _slots(noun)
        for trigger, frame in pairs:
            if is_noun_trigger(reading, _as_slots(reading, noun), trigger) and holds(reading, frame.needs, slot, noun.facts):
                yield from _from_noun(reading, noun, frame)
                break


def _read(reading: Reading, at: int, phrase: Phrase) -> Noun:
    noun = Noun(at, phrase)
    _add_inner(reading, noun)
    _add_complements(reading, noun)
    if noun.names:
        noun.beside, noun.facts = noun.names, frozenset(("bare",))
    else:
        noun.beside, noun.facts = phrases_beside(reading, phrase)
    if reading.text.analysis.tokens[at].features.number == "Plur":
        noun.facts |= {"plural"}
    clause = reading.clause_of(phrase)
    if clause is not None and clause.verb is not None and clause.verb.lemma in reading.frames.lists["leading"]:
        arguments = reading.arguments(clause)
        noun.leaders = arguments.subject if phrase in arguments.object else []
    return noun


def _add_inner(reading: Reading, noun: Noun) -> None:
    """The mentions within the phrase: what stands before the noun owns it, a demonym too; a name after it bears it."""
    phrase, mentions = noun.phrase, reading.text.mentions
    if phrase.owner is not None:
        noun.owners += phrase.owner.all
    first = phrase.owner.last if phrase.owner is not None else phrase.first
    inside = mentions.within(first, phrase.last)
    for index in inside:
        mention = mentions[index]
        if mention.first <= noun.at < mention.last or any(p in inside and mentions[p].head != noun.at for p in mentions.around(index)):
            continue
        lemma = reading.text.analysis.tokens[mention.head].lemma
        inner = Phrase(mention.first, mention.last, mention.head, lemma, "own", mention.first, index)
        is_before = mention.last <= noun.at
        is_demonym = mention.kind in ("demonym", "pronoun")
        if is_before or (is_demonym and not noun.owners):
            noun.owners.append(inner)
        else:
            noun.names.append(inner)


def _add_complements(reading: Reading, noun: Noun) -> None:
    """The phrases after the noun that it governs, within its own phrase too: ``city of South Kivu``."""
    text = reading.text
    for other in governed(reading, noun.phrase):
        noun.complements.setdefault(other.prep, []).append(other)
    for index in text.mentions.within(noun.at + 1, noun.phrase.last):
        mention = text.mentions[index]
        start = mention.first
        if start - 1 > noun.at and text.analysis.tokens[start - 1].word_class == "DET":
            start -= 1
        found = next((p for n in range(1, 5) if (p := text.prepositions.get(start - n)) and p.last == start), None)
        if found is not None and found.first > noun.at:
            lemma = text.analysis.tokens[mention.head].lemma
            inner = Phrase(mention.first, mention.last, mention.head, lemma, found.name, found.first, index)
            noun.complements.setdefault(found.name, []).append(inner)
            noun.names = [p for p in noun.names if p.mention != index]


def _slots(noun: Noun) -> Slot:
    def slot(name: str) -> list[Phrase]:
        if name == "app":
            return noun.beside
        if name == "head":
            return [noun.phrase] if noun.phrase.mention is not None else []
        if name == "leader":
            return noun.leaders
        return noun.owners if name == "own" else noun.complements.get(name, [])

    return slot


def _as_slots(reading: Reading, noun: Noun) -> NounSlots:
    """The noun as a trigger is asked for: its words beside it and its complements."""
    tokens = reading.text.analysis.tokens
    head = noun.phrase
    phrase = head if head.head == noun.at else Phrase(head.first, noun.at + 1, noun.at, tokens[noun.at].lemma)
    mods = [at for at in range(head.first, head.last) if at != noun.at and tokens[at].word_class != "DET"]
    return NounSlots(phrase, phrase, None, dict(noun.complements), mods)


def _from_noun(reading: Reading, noun: Noun, frame: RelationFrame) -> Iterator[Tie]:
    roles = fill_relation(reading, frame.roles, _slots(noun))
    phrases = [noun.phrase, *(p for some in roles.values() for p in some if abs(p.first - noun.phrase.last) < _REACH)]
    passage = ((min(p.first for p in phrases), max(p.last for p in phrases)),)
    clause = copula_of(reading, noun.phrase)
    if clause is None:
        yield from tie(reading, frame, roles, Telling(passage, noun.at, is_epithet=True))
        return
    denied, meant = clause_meaning(reading, clause)
    is_background = clause.kind in ("relative", "participle")
    yield from tie(reading, frame, roles, Telling(passage, noun.at, denied, meant, is_background=is_background))


_REACH = 40
"""How many tokens from the noun a phrase may stand that the passage includes."""
