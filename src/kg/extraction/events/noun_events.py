"""Events that nouns tell: the frames of nouns matched against the phrases of a text."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kg.extraction.events.casualties import add_counts, count_of
from kg.extraction.events.happenings import Happening, fill_roles, holds
from kg.extraction.events.meaning import noun_meaning
from kg.extraction.events.passages import clause_passage, noun_passage
from kg.extraction.events.tolls import KILLING, add_toll_before, scene, suffering
from kg.extraction.frames import Frame
from kg.extraction.reading import Reading
from kg.extraction.slots import NounSlots, Slot, is_noun_trigger, noun_slots, support_of
from kg.extraction.syntax.phrases import Phrase

_DEFINITE: Final = frozenset(("definite", "demonstrative", "possessive"))
_REPEATED: Final = frozenset(("war", "attack", "clash", "negotiation", "meeting"))


def find_noun_events(reading: Reading) -> list[Happening]:
    """Return the events that nouns tell, at most one for each phrase."""
    nouns = reading.frames.nouns
    candidates = [p for p in reading.text.phrases if _may_tell(reading, p)]
    heads = frozenset(p.head for p in candidates)
    found: list[Happening] = []
    used: set[int] = set()
    for phrase in sorted(
        [*candidates, *(p for p in reading.text.phrases if _is_ordinal(reading, p))], key=lambda p: p.first
    ):
        if phrase.head in used:
            continue
        noun = noun_slots(reading, phrase, heads)
        if phrase.head not in heads:
            last = next((h for h in reversed(found) if h.type in _REPEATED), None)
            if last is not None and last.frame is not None:
                found.append(_from_noun(reading, noun, last.frame))
            continue
        if _is_epithet(reading, noun):
            continue
        for trigger, frame in nouns[_lemma(reading, phrase)]:
            if not is_noun_trigger(reading, noun, trigger):
                continue
            if holds(reading, frame.needs, _noun_slot(reading, noun), _noun_facts(reading, noun)):
                found.append(_from_noun(reading, noun, frame))
                found += _continuations(reading, found[-1])
                if trigger.complement:
                    used.update(p.head for p in noun.slot("of") if p.lemma.lower() == trigger.complement[-1])
                break
    return found


def _is_epithet(reading: Reading, noun: NounSlots) -> bool:
    """``crimes de guerre``, ``laws of war``: a bare noun after of that says what kind of thing is meant."""
    phrase = noun.phrase
    bare = phrase.group is not None and phrase.group.determination == "none" and phrase.group.number != "Plur"
    is_own = any(noun.slots.get(name) for name in ("of", "between", "own", "against", "with"))
    is_kind = phrase.prep == "of" and bare and not is_own and noun.anchor is phrase
    lists = reading.frames.lists
    if phrase.of is not None and phrase.of.lemma.lower() in lists["length"]:
        return False  # "deux ans de guerre"
    return is_kind and phrase.lemma.lower() in lists["kind_of_war"]


def _is_ordinal(reading: Reading, phrase: Phrase) -> bool:
    """``Lors de la première``, ``The second, in 2020``: an event told before, by its number."""
    ordinals = reading.frames.lists["ordinal"]
    if reading.text.words[phrase.head] not in ordinals or phrase.mention is not None or phrase.last - phrase.first != 2:
        return False
    clause = reading.clause_of(phrase)
    return bool(phrase.prep) or (clause is not None and phrase in clause.before)


def _continuations(reading: Reading, happening: Happening) -> list[Happening]:
    """The further clauses that a noun is the subject of: ``ont commencé lundi et pourraient se prolonger``."""
    noun = happening.noun
    parse = reading.parse_at(happening.trigger)
    if noun is None or noun.support is None or noun.clause is None or not noun.is_subject or parse is None:
        return []
    found = []
    for clause in parse.clauses:
        is_relative = (
            clause.kind == "relative" and clause.antecedent is not None and noun.phrase in clause.antecedent.all
        )
        if not (clause.shares is noun.clause or is_relative) or support_of(reading, clause, noun.anchor) is None:
            continue
        other = replace(noun, clause=clause, slots=dict(noun.slots), support=support_of(reading, clause, noun.anchor))
        denied, meant = noun_meaning(reading, other, happening.type)
        if (denied, meant) == (happening.is_denied, happening.meant):
            continue
        found.append(
            replace(
                happening,
                noun=other,
                clause=clause,
                passage=clause_passage(reading, clause),
                is_denied=denied,
                meant=meant,
                roles={role: list(phrases) for role, phrases in happening.roles.items()},
                times=[],
            )
        )
    return found


def _may_tell(reading: Reading, phrase: Phrase) -> bool:
    """Tell whether a noun may tell an event: by itself, or since the words that it asks for stand near."""
    lemma, words, lemmas = _lemma(reading, phrase), reading.text.words, reading.text.lemmas
    if lemma in reading.frames.telling:
        return True
    triggers = reading.frames.nouns.get(lemma)
    if not triggers:
        return False
    first, last = max(0, phrase.first - 1), phrase.last + 5
    beside = {*words[first:last], *lemmas[first:last]}
    return any(
        {*trigger.particle, *trigger.complement[-1:], *([trigger.beside] if trigger.beside else [])} <= beside
        for trigger, _ in triggers
    )


def _lemma(reading: Reading, phrase: Phrase) -> str:
    lemma, nouns = phrase.lemma.lower(), reading.frames.nouns
    if lemma in nouns:
        return lemma
    if "number" in reading.frames.things.get(lemma, ()):
        counted = reading.text.analysis.tokens[phrase.last - 1].lemma.lower()  # "6,9 millions de déplacés"
        return counted if counted in nouns else lemma
    word = reading.text.words[phrase.head]
    return word if word in nouns else reading.text.analysis.tokens[phrase.head].lemma.lower()


def _noun_slot(reading: Reading, noun: NounSlots) -> Slot:
    def slot(name: str) -> list[Phrase]:
        if name == "inf":
            return _infinitive_objects(reading, noun)
        if name == "self":
            return noun.phrase.all
        if name == "mod":
            return [_word_phrase(reading, at) for at in noun.mods]
        return noun.slot(name)

    return slot


def _infinitive_objects(reading: Reading, noun: NounSlots) -> list[Phrase]:
    """The objects of the infinitives after a noun: ``efforts to reach a truce``."""
    clause = noun.clause
    found: list[Phrase] = []
    for child in clause.children if clause is not None else ():
        if (
            child.kind == "infinitive"
            and child.first >= noun.phrase.last
            and child.antecedent is not None
            and noun.phrase in child.antecedent.chain
        ):
            found += reading.arguments(child).object
    return found


def _word_phrase(reading: Reading, at: int) -> Phrase:
    index = reading.text.mentions.at(at)
    return Phrase(at, at + 1, at, reading.text.analysis.tokens[at].lemma, "mod", at, index)


def _noun_facts(reading: Reading, noun: NounSlots) -> frozenset[str]:
    facts = set()
    group = noun.phrase.group
    if group is not None and group.determination in _DEFINITE:
        facts.add("definite")
    if group is not None and group.number == "Plur":
        facts.add("plural")
    if noun.is_subject and group is not None and group.determination in _DEFINITE:
        facts.add("subject")
    if noun.support in ("do", "host", "occur"):
        facts.add("supported")
    if noun.is_object and noun.clause is not None and noun.clause.verb is not None:
        kinds = {kind for _, kind in reading.frames.supports.get(noun.clause.verb.lemma, ())}
        if noun.support in ("cause", "do") and "cause" in kinds:
            facts.add("caused")
    if noun.is_object and id(noun.clause) in reading.sayings:
        facts.add("said")
    if noun.slots:
        facts.add("arg")
    return frozenset(facts)


def _from_noun(reading: Reading, noun: NounSlots, frame: Frame) -> Happening:
    denied, meant = noun_meaning(reading, noun, frame.type)
    happening = Happening(
        frame.type, frame.name, noun.phrase.head, noun_passage(reading, noun), clause=noun.clause, noun=noun, frame=frame,
        is_denied=denied, meant=frame.meant or meant, confidence=0.5,
    )  # fmt: skip
    for role, phrases in fill_roles(reading, frame.roles, _noun_slot(reading, noun)).items():
        happening.add(role, phrases)
    if not happening.roles.get("location") and frame.type in ("attack", "clash", "detention"):
        happening.add("location", scene(reading, None, suffering(happening)))
    if frame.type == "clash" and _is_fighting_as_a_whole(reading, noun):
        happening.type = "war"
    if frame.type in ("meeting", "negotiation") and noun.slot("between"):
        # who arranges what others take part in: "organiser une rencontre entre les deux présidents"
        hosts = [
            p for p in noun.slot("by") if p in happening.roles.get("participant", []) and p not in noun.slot("between")
        ]
        happening.roles["participant"] = [p for p in happening.roles.get("participant", []) if p not in hosts]
        happening.add("mediator", hosts)
    if frame.name in KILLING:
        counts = [c for p in happening.roles.get("victim", []) if (c := count_of(reading, p)) is not None]
        happening.deaths = add_counts(counts)
    elif frame.type in ("attack", "clash", "war"):
        add_toll_before(reading, happening)
    return happening


def _is_fighting_as_a_whole(reading: Reading, noun: NounSlots) -> bool:
    """``The fighting has killed 15,000 people``, ``les combats en cours``: the war, not one fight."""
    group = noun.phrase.group
    words = reading.text.words
    lists = reading.frames.lists
    if noun.phrase.lemma.lower() not in lists["fighting"] and words[noun.phrase.head] not in lists["fighting"]:
        return False
    is_known = words[noun.phrase.first] in lists["known"]
    if group is not None and reading.text.is_french and group.number != "Plur":
        return False
    return is_known and not noun.slot("in") and not noun.slot("near") and not noun.slot("between")
