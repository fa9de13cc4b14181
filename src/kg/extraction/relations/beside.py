"""What stands beside a noun of a relation, token by token: its owners, complements and names, and what it is said of.

Appositions and coordinations blur the phrases of the syntax; around one noun the order of words tells more:
``Y's N X``, ``X, un N de Y``, ``N de Y, X,``, ``X est (sous) N de Y``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from kg.extraction.mentions import Mention
from kg.extraction.reading import Reading
from kg.extraction.relations.appositions import clause_before, said_before, said_behind
from kg.extraction.relations.neighbours import LONGEST, mention_from, mention_to, phrase_of
from kg.extraction.syntax.clauses import Clause
from kg.extraction.syntax.phrases import Phrase

_MODIFIERS: Final = frozenset(("ADJ", "ADV", "NUM", "PROPN"))
_GENITIVES: Final = frozenset(("'s", "'"))


@dataclass(slots=True)
class Noun:
    """A noun of a frame as it stands in the text.

    Attributes:
        at: its token.
        first: where its group begins, after the preposition.
        start: where it begins with its preposition.
        last: where its group ends, its complements included.
        owners: who has it: the genitive, the possessive, the demonym, the name before it.
        names: the names right behind it.
        complements: the phrases that follow it, by preposition.
        beside: what it is said of.
        doers: the subject of the verb right before it.
        clause: the clause of the copula that it is the predicate of.
        facts: how it is said: ``bare`` (beside it), ``copula``, ``plural``, the words of its preposition, the verb before it,
            ``behind`` (what it is said of follows it and its complements).
    """

    at: int
    first: int
    start: int
    last: int
    owners: list[Phrase] = field(default_factory=list)
    names: list[Phrase] = field(default_factory=list)
    complements: dict[str, list[Phrase]] = field(default_factory=dict)
    beside: list[Phrase] = field(default_factory=list)
    doers: list[Phrase] = field(default_factory=list)
    clause: Clause | None = None
    facts: set[str] = field(default_factory=set)


def read_noun(reading: Reading, at: int) -> Noun:
    """Return what stands beside the noun at a token."""
    noun = Noun(at, at, at, at + 1)
    _read_left(reading, noun)
    _read_right(reading, noun)
    if reading.text.analysis.tokens[at].features.number == "Plur":
        noun.facts.add("plural")
    _read_verb(reading, noun)
    noun.beside = _said_of(reading, noun)
    return noun


# --------------------------------------------------------------------------- left


def _read_left(reading: Reading, noun: Noun) -> None:
    text, at = reading.text, noun.at - 1
    tokens = text.analysis.tokens
    while at >= 0 and noun.at - at <= LONGEST:
        word, token = text.words[at], tokens[at]
        if (
            word in _GENITIVES
            or token.word_class == "DET"
            or (token.word_class == "PRON" and token.features.poss == "Yes")
        ):
            owner = _owner_at(reading, at, is_genitive=word in _GENITIVES)
            if owner is not None:
                noun.owners.append(phrase_of(reading, owner))
                at = text.mentions[owner].first
                at -= at > 0 and tokens[at - 1].word_class == "DET"
            break
        if token.word_class not in _MODIFIERS and not (token.word_class in ("NOUN", "VERB") and _is_inner(reading, at)):
            at += 1
            break
        at -= 1
    noun.first = max(at, 0) if noun.at - at <= LONGEST else noun.at
    for index in text.mentions.within(noun.first, noun.at):
        is_part = any(
            noun.first <= text.mentions[p].first and text.mentions[p].last <= noun.at
            for p in text.mentions.around(index)
        )
        if not is_part and not any(p.mention == index for p in noun.owners):
            noun.owners.append(phrase_of(reading, index))
    before = next(
        (p for n in range(1, 6) if (p := text.prepositions.get(noun.first - n)) and p.last == noun.first), None
    )
    noun.start = noun.first
    if before is not None:
        noun.start = before.first
        noun.facts |= set(text.words[before.first : before.last])


def _is_inner(reading: Reading, at: int) -> bool:
    """Tell whether a token before a noun is a part of its group: a compound, a participle."""
    return reading.text.phrase_at[at] >= 0 and reading.text.phrase_at[at] == reading.text.phrase_at[at + 1]


def _owner_at(reading: Reading, at: int, *, is_genitive: bool) -> int | None:
    """The mention of a possessive, or that which a genitive ends."""
    if is_genitive:
        return mention_to(reading, at) if mention_to(reading, at) is not None else mention_to(reading, at + 1)
    mentions = reading.text.mentions
    found = [i for i in mentions.within(at, at + 1) if mentions[i].kind == "pronoun"]
    return found[0] if found else None


# --------------------------------------------------------------------------- right


def _read_right(reading: Reading, noun: Noun) -> None:
    text, at = reading.text, noun.at + 1
    tokens = text.analysis.tokens
    whole = _whole(reading, noun)
    if whole is not None:
        noun.complements["of"] = [phrase_of(reading, whole, "of")]
        noun.last = text.mentions[whole].last
        inside = text.mentions.within(noun.at + 1, noun.last)
        noun.owners += [phrase_of(reading, i) for i in inside if text.mentions[i].kind == "demonym"]
        return
    while at < len(text.words) and at - noun.at <= LONGEST and at not in text.prepositions:
        index = mention_from(reading, at) if tokens[at].word_class != "DET" else None
        if index is not None and _is_owner_behind(reading, noun, text.mentions[index]):
            if not noun.owners:
                noun.owners.append(phrase_of(reading, index))
            at = text.mentions[index].last
        elif index is not None and text.mentions[index].kind in ("name", "capital", "demonym", "seat"):
            noun.names = _series(reading, index, "")
            noun.last = max(p.last for p in noun.names)
            return
        elif _is_modifier_behind(reading, at):
            at += 1
        else:
            break
    noun.last = at
    while (preposition := text.prepositions.get(at)) is not None:
        index = mention_from(reading, preposition.last)
        if index is None:
            after = preposition.last
            if preposition.name != "of" or after >= len(tokens) or tokens[after].word_class != "NOUN":
                break
            at = after + 1  # "une unité d'élite du Hezbollah"
            continue
        phrases = _series(reading, index, preposition.name)
        noun.complements.setdefault(preposition.name, []).extend(phrases)
        at = noun.last = max(p.last for p in phrases)


def _whole(reading: Reading, noun: Noun) -> int | None:
    """The name that the noun introduces as its class: ``the main city of South Kivu`` is no other mention than ``South Kivu``."""
    mentions = reading.text.mentions
    for index in mentions.within(noun.first, min(len(reading.text.words), noun.at + 2 * LONGEST)):
        if mentions[index].kind == "name" and mentions[index].first <= noun.at < mentions[index].last:
            inner = [i for i in mentions.inside(index) if mentions[i].first > noun.at and mentions[i].kind != "demonym"]
            if any(at in reading.text.prepositions for at in range(noun.at + 1, mentions[index].last)):
                return inner[0] if inner else index
    return None


def _is_modifier_behind(reading: Reading, at: int) -> bool:
    """Tell whether a word behind a noun describes it: an adjective, in French a participle or a noun too (``pays membre``)."""
    token = reading.text.analysis.tokens[at]
    if token.word_class in ("ADJ", "ADV"):
        return True
    is_before_preposition = at + 1 in reading.text.prepositions
    return reading.text.is_french and is_before_preposition and token.word_class in ("NOUN", "VERB")


def _is_owner_behind(reading: Reading, noun: Noun, mention: Mention) -> bool:
    """Tell whether a demonym behind a noun says whose it is: ``allié russe``; not ``son allié russe``.

    With a complement behind it, it is the name of none: ``leurs alliés russes de l'Africa Corps``.
    """
    if mention.kind != "demonym" or not reading.text.is_french:
        return False
    following = reading.text.prepositions.get(mention.last)
    return not noun.owners or (following is not None and following.name == "of")


def _series(reading: Reading, index: int, prep: str) -> list[Phrase]:
    """A mention and those coordinated with it."""
    text = reading.text
    found = [phrase_of(reading, index, prep)]
    while (at := found[-1].last) < len(text.words) and text.words[at] in ("et", "and"):
        following = mention_from(reading, at + 1)
        if following is not None and text.mentions[following].kind == "description":
            break  # "de mille habitants et capitale du Nord-Kivu": another apposition
        if following is None:
            at += 1
            preposition = text.prepositions.get(at)
            following = mention_from(reading, preposition.last) if preposition and preposition.name == prep else None
        if following is None:
            break
        found.append(phrase_of(reading, following, prep))
    return found


# --------------------------------------------------------------------------- what it is said of


def _read_verb(reading: Reading, noun: Noun) -> None:
    """The verb right before the noun: a copula, or one that the noun is an object of."""
    clause = clause_before(reading, noun.start)
    if clause is None or clause.verb is None:
        return
    if clause.verb.lemma in reading.frames.lists["copula"]:
        noun.clause = clause
        noun.facts.add("copula")
        if clause.gap_prep == "of" and clause.antecedent is not None and "of" not in noun.complements:
            noun.complements["of"] = clause.antecedent.all  # "l'alliance dont X est membre"
    elif noun.start < noun.first and clause.verb.lemma in reading.frames.lists["taken_for"]:
        noun.clause = clause
        noun.facts |= {"copula", "bare", "believed"}
    else:
        noun.facts.add(clause.verb.lemma)
        noun.doers = reading.arguments(clause).subject
        if clause.gap_prep == "of" and clause.antecedent is not None and "of" not in noun.complements:
            noun.complements["of"] = clause.antecedent.all  # "une ville dont X a fait son fief"


def _said_of(reading: Reading, noun: Noun) -> list[Phrase]:
    if noun.names:
        noun.facts.add("bare")
        return noun.names
    if noun.clause is not None:
        if noun.start == noun.first:
            noun.facts.add("bare")
        return reading.finder.surface_subject(noun.clause)
    before = said_before(reading, noun.start, has_preposition=noun.start < noun.first)
    if before and noun.start < noun.first and all(phrase.mention is None for phrase in before):
        before = _subject_of(reading, noun) or before  # "resume the war, with US backing"
    if before:
        if noun.start == noun.first:
            noun.facts.add("bare")
            # "between Israel and Hezbollah, a Hamas ally": one ally is the last named
            return before if "plural" in noun.facts else before[-1:]
        return before
    after = said_behind(reading, noun.last)
    if after:
        noun.facts |= {"bare", "behind"}
        return after
    if noun.start == noun.first:
        noun.facts.add("bare")
        return []
    return _subject_of(reading, noun)


def _subject_of(reading: Reading, noun: Noun) -> list[Phrase]:
    """The subject of the clause in which the noun stands with its preposition."""
    index = reading.text.phrase_at[noun.at]
    clause = reading.clause_of(reading.text.phrases[index]) if index >= 0 else None
    return reading.finder.surface_subject(clause) if clause is not None else []
