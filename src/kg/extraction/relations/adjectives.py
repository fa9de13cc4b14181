"""Relations that adjectives and parts of words tell: ``forces loyal to X``, ``hostile à X``, ``Iran-backed``, ``pro-russe``."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extraction.entities import parties
from kg.extraction.events.happenings import fill_relation, holds
from kg.extraction.events.meaning import clause_meaning
from kg.extraction.frame_tables import load_relations
from kg.extraction.frames import RelationFrame
from kg.extraction.reading import Reading
from kg.extraction.relations.appositions import clause_before, said_before
from kg.extraction.relations.neighbours import phrase_of
from kg.extraction.relations.ties import Telling, Tie, objects_of, subjects_of, tie
from kg.extraction.slots import Slot
from kg.extraction.syntax.clauses import Clause
from kg.extraction.syntax.phrases import Phrase
from kg.extraction.tables import remembered


@remembered
def _by_word(language: str, part: str) -> dict[str, tuple[RelationFrame, ...]]:
    found: dict[str, tuple[RelationFrame, ...]] = {}
    for frame in load_relations(language).all:
        if frame.part == part:
            for trigger in frame.triggers:
                found[trigger.lemma] = (*found.get(trigger.lemma, ()), frame)
    return found


# --------------------------------------------------------------------------- adjectives


def from_adjectives(reading: Reading) -> Iterator[Tie]:
    """Yield the relations that an adjective with its complement tells: ``hostile au Rwanda``."""
    frames, text = _by_word(reading.frames.language, "adjective"), reading.text
    for at, (word, lemma) in enumerate(zip(text.words, text.lemmas, strict=True)):
        pairs = frames.get(lemma) or frames.get(word)
        if not pairs or at + 1 >= len(text.words):
            continue
        index = text.phrase_from.get(at + 1, text.phrase_from.get(at, -1))  # "close to" is a preposition as well
        phrase = text.phrases[index] if index >= 0 else None
        if phrase is None or not phrase.prep:
            continue
        slot, clause = _slots(reading, at, phrase)
        for frame in pairs:
            if holds(reading, frame.needs, slot, frozenset()):
                yield from _from_adjective(reading, frame, (at, phrase), (slot, clause))
                break


def _slots(reading: Reading, at: int, phrase: Phrase) -> tuple[Slot, Clause | None]:
    """The slots of an adjective, ``app`` what it is said of, and the clause of its copula."""
    clause = clause_before(reading, at)
    if clause is not None and clause.verb is not None and clause.verb.lemma in reading.frames.lists["copula"]:
        said_of = reading.finder.surface_subject(clause)
    else:
        clause = None
        index = reading.text.phrase_at[at]
        holder = reading.text.phrases[index] if index >= 0 else None
        is_part = holder is not None and holder.head < at
        said_of = [holder] if is_part and holder else said_before(reading, at, has_preposition=True)

    def slot(name: str) -> list[Phrase]:
        if name == "app":
            return said_of
        return phrase.all if name == phrase.prep else []

    return slot, clause


def _from_adjective(
    reading: Reading, frame: RelationFrame, place: tuple[int, Phrase], found: tuple[Slot, Clause | None]
) -> Iterator[Tie]:
    at, phrase = place
    slot, clause = found
    roles = fill_relation(reading, frame.roles, slot)
    firsts = [p.first for p in slot("app") if at - p.last < _REACH and p.first < at]
    passage = ((min([at, *firsts]), phrase.last),)
    if clause is None:
        yield from tie(reading, frame, roles, Telling(passage, at, is_epithet=True))
        return
    denied, meant = clause_meaning(reading, clause)
    is_background = clause.kind == "relative"
    yield from tie(reading, frame, roles, Telling(passage, at, denied, meant, is_background=is_background))


_REACH = 10
_NEAR = 5
_NAMED = frozenset(("name", "demonym", "capital", "seat"))
"""Kinds of mentions that somebody can be for or against by name: ``pro-Iranian``; not so ``anti-government``."""

_BY = frozenset(("controls", "supports", "disputes"))
"""Relations whose subject the word before the participle names: ``Iran-backed``."""

# --------------------------------------------------------------------------- parts of words


def from_parts(reading: Reading) -> Iterator[Tie]:
    """Yield what hyphenated words tell: the party is a part of the token (``the Hamas-run territory``, ``pro-Iranian``)."""
    language, text = reading.frames.language, reading.text
    endings, prefixes = _by_word(language, "ending"), _by_word(language, "prefix")
    for at, word in enumerate(text.words):
        if "-" not in word:
            continue
        stem, _, ending = word.rpartition("-")
        prefix, _, rest = word.partition("-")
        index = text.phrase_at[at]
        if ending in endings and stem:
            frame, is_prefix = endings[ending][0], False
        elif prefix in prefixes and rest:
            frame, is_prefix = prefixes[prefix][0], True
        else:
            continue
        phrase = _bearer(reading, at, text.phrases[index] if index >= 0 else None)
        if phrase is not None:
            yield from _from_part(reading, frame, (at, phrase), is_prefix=is_prefix)


def _bearer(reading: Reading, at: int, phrase: Phrase | None) -> Phrase | None:
    """The phrase of which the word is said: its own one, or the one before it."""
    mentions = reading.text.mentions
    around = [i for i in mentions.within(max(0, at - 2), at + _NEAR) if mentions[i].first <= at < mentions[i].head]
    if around and mentions[around[-1]].kind == "description" and phrase is not None and phrase.mention not in around:
        return phrase_of(reading, around[-1])  # "the ministry in the Hamas-run territory"
    if phrase is not None and phrase.head != at:
        return phrase
    mention = reading.mention(phrase) if phrase is not None else None
    if phrase is not None and mention is not None and mention.kind != "demonym" and mention.last - mention.first > 1:
        return phrase
    before = said_before(reading, at, has_preposition=True)
    return before[0] if before else None


def _from_part(reading: Reading, frame: RelationFrame, place: tuple[int, Phrase], *, is_prefix: bool) -> Iterator[Tie]:
    at, phrase = place
    span = reading.text.analysis.tokens[at]
    mentions = reading.text.mentions
    near = mentions.within(at, at + 1)
    owners = [mentions[i] for i in near if span.start <= mentions[i].start and mentions[i].end <= span.end]
    passage = ((min(phrase.first, at), max(phrase.last, at + 1)),)
    for owner in owners[:1]:
        if is_prefix and owner.kind not in _NAMED:
            continue
        sides = owner.as_place() if frame.relation == "located-in" else owner.as_party()
        for party in sides:
            is_subject = not is_prefix and frame.relation in _BY
            others = (objects_of if is_subject else subjects_of)(reading, frame.relation, [phrase])
            if not others and not is_subject:
                others = parties(reading, [phrase])
            for other in others:
                pair = (party, other) if is_subject else (other, party)
                yield Tie(frame.relation, *pair, passage, frame.name, at, meant="presupposed", is_epithet=True)
