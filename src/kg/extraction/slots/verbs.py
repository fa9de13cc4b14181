"""What fills the slots of a verb, as frames name them."""

from __future__ import annotations

from typing import Final

from kg.extraction.mentions import Referent
from kg.extraction.reading import Reading
from kg.extraction.slots.nouns import Slot, mention_phrase
from kg.extraction.syntax.clauses import Clause
from kg.extraction.syntax.phrases import Phrase

_MEANS: Final = frozenset(("weapon", "aircraft", "ship"))
_PARTIES: Final = frozenset(("party", "state", "armed", "person", "group"))


def is_failed(reading: Reading, clause: Clause) -> bool:
    """Tell whether a verb above an infinitive says that it is not done: ``failed to respect the truce``."""
    parent = clause.parent
    if clause.kind != "infinitive" or parent is None or parent.verb is None:
        return False
    return parent.verb.lemma in reading.frames.lists["failing"] and not parent.verb.is_negated


def verb_facts(reading: Reading, clause: Clause) -> frozenset[str]:
    """Return the conditions without a slot that hold of a verb: passive, negated, reflexive, plural, infinitive."""
    verb = clause.verb
    assert verb is not None  # noqa: S101 - the caller has looked
    facts: set[str] = {verb.voice}
    if verb.is_negated or is_failed(reading, clause):
        facts.add("negated")
    if verb.is_reflexive:
        facts.add("reflexive")
    if verb.number == "Plur":
        facts.add("plural")
    if any(c.kind == "infinitive" and not c.is_apart for c in clause.children):
        facts.add("infinitive")
    return frozenset(facts)


def verb_slot(reading: Reading, clause: Clause) -> Slot:
    """Return the function that gives what fills a slot of a verb, the complements of other events and of nouns left out."""
    arguments = reading.arguments(clause)
    events = reading.frames.telling
    side = {id(p) for p in (*clause.before, *clause.after)}

    def slot(name: str) -> list[Phrase]:
        if name == "inf":
            return [p for c in clause.children if c.kind == "infinitive" for p in reading.arguments(c).object]
        if name == "owner":
            return _owners(reading, clause)
        if name == "maker":
            return _makers(reading, clause)
        if name == "site":
            return _sites(reading, clause)
        if name == "doing":
            return [_verb_phrase(c) for c in clause.children if c.verb is not None and not c.is_finite]
        if name == "none":
            return _missing(reading, clause)
        found = arguments.slot(name)
        if name == "obj" and not found:
            return _partitive(reading, clause)
        if name == "obj" and not found:
            found = _let_go(reading, clause)
        if name in ("subj", "obj") or not found:
            return found
        objects = arguments.object or _partitive(reading, clause)
        kept = []
        for phrase in found:
            chain = [p for p in (phrase.leader or phrase).chain[1:] if id(p) in side]
            is_measured = any(p in objects for p in chain)
            before = [p for p in chain if p not in objects]
            if name == "of" and before and before[0].lemma not in reading.frames.lists["holding"] and not is_measured:
                continue
            if name != "by" and any(p.lemma.lower() in events for p in before):
                continue
            kept.append(phrase)
        return kept

    return slot


def _let_go(reading: Reading, clause: Clause) -> list[Phrase]:
    """Who does what a French verb of letting allows: ``a laissé partir le ministre``."""
    verb = clause.verb
    if verb is None or verb.lemma not in reading.frames.lists["letting"]:
        return []
    return [p for c in clause.children if c.kind == "infinitive" for p in reading.arguments(c).object]


def _owners(reading: Reading, clause: Clause) -> list[Phrase]:
    """Whose the thing is that a verb is done to: ``bombed a Hezbollah depot``, ``gelé ses avoirs``."""
    arguments = reading.arguments(clause)
    targets = [*arguments.object, *(p for name in ("on", "at", "against") for p in arguments.slots.get(name, ()))]
    own = {e.name for p in arguments.subject if (m := reading.mention(p)) is not None for e in m.referents}
    found: list[Phrase] = []
    for target in targets:
        if reading.mention(target) is not None and reading.classes(target) & _PARTIES:
            continue
        inside = reading.text.mentions.within(target.first, target.last)
        found += [mention_phrase(reading, at) for at in inside if reading.text.mentions[at].head != target.head]
        found += target.owner.all if target.owner is not None else []
        found += [p for p in clause.after if p.of is target and p.prep == "of" and reading.classes(p) & _PARTIES]
    return [p for p in found if not own & {e.name for e in _referents(reading, p)}]


def _makers(reading: Reading, clause: Clause) -> list[Phrase]:
    """Whose the weapon is that a verb is told of: ``Russian guns shelled the city``."""
    found: list[Phrase] = []
    for weapon in reading.arguments(clause).subject:
        if not reading.classes(weapon) & _MEANS or reading.classes(weapon) & {"person", "fighter"}:
            continue
        inside = reading.text.mentions.within(weapon.first, weapon.last)
        found += [mention_phrase(reading, at) for at in inside if reading.text.mentions[at].head != weapon.head]
        found += weapon.owner.all if weapon.owner is not None else []
    return found


def _referents(reading: Reading, phrase: Phrase) -> tuple[Referent, ...]:
    mention = reading.mention(phrase)
    return mention.referents if mention is not None else ()


def _sites(reading: Reading, clause: Clause) -> list[Phrase]:
    """The place that the subject belongs to: ``the hospital in Goma lacks oxygen``."""
    subject = reading.arguments(clause).subject
    return [
        p
        for p in clause.before
        if p.prep in ("of", "in", "to", "near") and p.of in subject and "place" in reading.classes(p)
    ]


def _verb_phrase(clause: Clause) -> Phrase:
    """A verb as what fills a slot: that somebody is kept from returning."""
    verb = clause.verb
    assert verb is not None  # noqa: S101 - the caller has looked
    return Phrase(verb.head, verb.head + 1, verb.head, verb.lemma, "doing", verb.head)


def _partitive(reading: Reading, clause: Clause) -> list[Phrase]:
    """The object after a French partitive article: ``distribue de l'eau``."""
    verb, text = clause.verb, reading.text
    assert verb is not None  # noqa: S101 - a clause with a verb is asked
    if not text.is_french or verb.voice != "active" or verb.is_reflexive:
        return []
    for phrase in clause.after[:1]:
        if phrase.prep == "of" and phrase.start == verb.last and text.words[phrase.first] in ("la", "l'", "le"):
            return [phrase]
        if phrase.prep == "of" and phrase.start == verb.last and text.words[phrase.start] == "du":
            return [phrase]
    return []


def _missing(reading: Reading, clause: Clause) -> list[Phrase]:
    """What there is none of: ``There is no water``, ``Il n'y a plus d'eau``."""
    verb, words = clause.verb, reading.text.words
    assert verb is not None  # noqa: S101 - a clause with a verb is asked
    after = [p for p in clause.after if p.first >= verb.head and p.prep in ("", "of")]
    if reading.text.is_french:
        return [p for p in after[:1] if verb.is_negated]
    return [p for p in after if "no" in words[max(verb.last - 1, p.first - 1) : p.head]]
