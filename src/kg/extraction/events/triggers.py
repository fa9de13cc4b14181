"""Events: the frames matched against the verbs and the nouns of a text."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kg.extraction.events.casualties import add_counts, count_of, is_dead, is_hurt
from kg.extraction.events.happenings import Happening, fill_roles, holds
from kg.extraction.events.meaning import clause_meaning, noun_meaning
from kg.extraction.frames import Frame, Trigger
from kg.extraction.reading import Reading
from kg.extraction.slots import (
    NounSlots,
    is_noun_trigger,
    is_verb_trigger,
    noun_slots,
    support_of,
    verb_facts,
    verb_slot,
)
from kg.extraction.syntax.clauses import Clause
from kg.extraction.syntax.phrases import ORDINALS, Phrase
from kg.extraction.syntax.prepositions import PLACE
from kg.records import Casualties

_KILLING: Final = frozenset(
    ("kill", "kill-pass", "kill-war", "die-war", "lose-life", "toll", "toll-count", "killing-n")
)
_WOUNDING: Final = frozenset(("wound",))
_DEFINITE: Final = frozenset(("definite", "demonstrative", "possessive"))


def find_verb_events(reading: Reading) -> list[Happening]:
    """Return the events that verbs tell, at most one for each clause."""
    found = []
    for parse in reading.parses:
        for clause in parse.clauses:
            if clause.verb is not None and clause.verb.lemma in reading.frames.verbs:
                happening = _verb_event(reading, clause)
                if happening is not None:
                    found.append(happening)
    return found


def _verb_event(reading: Reading, clause: Clause) -> Happening | None:
    verb = clause.verb
    assert verb is not None  # noqa: S101 - the caller has looked
    facts = verb_facts(reading, clause)
    for trigger, frame in reading.frames.verbs[verb.lemma]:
        if not is_verb_trigger(reading, clause, trigger):
            continue
        slot = verb_slot(reading, clause)
        if holds(reading, frame.needs, slot, facts):
            happening = _from_verb(reading, clause, frame)
            happening.beside = trigger.complement
            return happening
    return None


def _from_verb(reading: Reading, clause: Clause, frame: Frame) -> Happening:
    verb = clause.verb
    assert verb is not None  # noqa: S101 - the caller has looked
    denied, meant = clause_meaning(reading, clause)
    happening = Happening(
        frame.type, frame.name, verb.head, clause_passage(reading, clause), clause=clause, frame=frame, is_denied=denied,
        meant=frame.meant or meant,
    )  # fmt: skip
    for role, phrases in fill_roles(reading, frame.roles, verb_slot(reading, clause)).items():
        happening.add(role, phrases)
    parse = reading.parse_at(verb.head)
    if parse is not None and parse.topic and clause.kind == "main" and not happening.roles.get("location"):
        happening.add("location", [p for p in parse.topic if "place" in reading.classes(p)])
    if not happening.roles.get("location"):
        happening.add("location", _scene(reading, clause, happening.roles.get("victim", [])))
    if any(n.terms[0].slot == "negated" for n in frame.needs):
        happening.is_denied = False
    if _has_negative_object(reading, clause):
        happening.is_denied = True
    if frame.name in _KILLING or frame.name in _WOUNDING:
        happening.add(
            "victim", [p for p in reading.arguments(clause).others if is_hurt(reading, p) or is_dead(reading, p)]
        )
    happening.deaths, happening.injured = verb_casualties(
        reading, clause, frame.name, happening.roles.get("victim", [])
    )
    return happening


def _scene(reading: Reading, clause: Clause, victims: list[Phrase]) -> list[Phrase]:
    """Where an event takes place that its own verb does not say.

    The scene of the verb around an infinitive: ``In Rakhine, the army goes on attacking posts``; the place that the words for
    the victims hold: ``killed 44,000 people in Gaza``.
    """
    parent = clause.parent
    if clause.kind == "infinitive" and parent is not None and parent.verb is not None and not clause.marker == "for":
        scene = [p for p in parent.before if p.prep in PLACE and "place" in reading.classes(p)]
        if scene:
            return scene
    mentions = reading.text.mentions
    found = []
    for phrase in victims:
        for at in mentions.within(phrase.first, phrase.last):
            place = mentions[at]
            before = _preposition_before(reading, place.first, phrase.first)
            if place.as_place() and place.head != phrase.head and before:
                found.append(Phrase(place.first, place.last, place.head, place.text, before, place.first, at))
    return found


def _preposition_before(reading: Reading, token: int, first: int) -> str:
    """The preposition of place before a name, an article between them or not; empty for none."""
    wanted = (*PLACE, "to") if reading.text.is_french else tuple(PLACE)
    for at in range(token - 1, max(first, token - 4) - 1, -1):
        found = reading.text.prepositions.get(at)
        if found is not None:
            return found.name if found.name in wanted and found.last >= token - 1 else ""
    return ""


def verb_casualties(
    reading: Reading, clause: Clause, rule: str, victims: list[Phrase]
) -> tuple[Casualties | None, Casualties | None]:
    """Return how many a verb says were killed, and how many hurt."""
    if rule not in _KILLING and rule not in _WOUNDING:
        return None, None
    arguments = reading.arguments(clause)
    if rule in ("toll", "toll-count"):
        told = [
            *arguments.object,
            *arguments.slots.get("of", []),
            *arguments.slots.get("in", []),
            *arguments.slots.get("to", []),
        ]
        dead = [p for p in told if is_dead(reading, p)]
        hurt = [p for p in told if is_hurt(reading, p)]
        people = [c for p in dead if (c := count_of(reading, p)) is not None]
        if not people or all(
            p.lemma in ("mort", "death", "vie", "life") and p.group is not None and p.group.number == "Sing"
            for p in dead
        ):
            others = [
                p
                for p in told
                if p not in dead and p not in hurt and reading.classes(p) & {"people", "group", "person", "number"}
            ]
            people = [c for p in others if (c := count_of(reading, p)) is not None] or people
        return add_counts(people), add_counts([c for p in hurt if (c := count_of(reading, p)) is not None])
    if rule == "lose-life":
        lives = [
            p
            for p in arguments.object
            if p.lemma.lower() in ("life", "vie") and p.group is not None and p.group.number == "Plur"
        ]
        told = lives or arguments.slots.get("to", []) or arguments.slots.get("of", []) or victims
        return add_counts([c for p in told if (c := count_of(reading, p)) is not None]), None
    others = [p for p in victims if p in arguments.others]
    counts = add_counts([c for p in victims if p not in others and (c := count_of(reading, p)) is not None])
    if others and rule in _KILLING:  # "a été tué et un autre blessé"
        return counts, add_counts([c for p in others if (c := count_of(reading, p)) is not None])
    return (counts, None) if rule in _KILLING else (None, counts)


def _has_negative_object(reading: Reading, clause: Clause) -> bool:
    """``used neither artillery nor drones``, ``n'ont signé aucun traité``, ``signed no treaty``."""
    verb = clause.verb
    assert verb is not None  # noqa: S101 - the caller has looked
    objects = reading.arguments(clause).object
    if not objects or verb.voice == "passive" or objects[0].first < verb.last:
        return False
    words = reading.text.words[verb.last : objects[0].first + 1]
    return any(word in _NEGATIVES for word in words)


_NEGATIVES: Final = frozenset("neither no aucun aucune ni nul nulle".split())


def clause_passage(reading: Reading, clause: Clause) -> list[tuple[int, int]]:
    """Return the tokens of a clause, and those of a subject that stands elsewhere."""
    verb = clause.verb
    first, last = clause.first, clause.last
    if verb is not None and verb.head < first:
        first = verb.first
    for child in clause.children:
        if child.kind == "adverbial" and child.is_apart and verb is not None and child.first > verb.last:
            last = min(last, child.first)
    if (
        clause.kind == "relative"
        and clause.antecedent is not None
        and clause.shares is None
        and 0 <= first - clause.antecedent.last <= 2
    ):
        first = clause.antecedent.first
    passage = [trimmed(reading, first, last)]
    if clause.shares is not None or clause.kind in ("participle", "infinitive"):
        for phrase in reading.finder.surface_subject(clause)[:1]:
            if phrase.last <= first:
                passage.append((phrase.first, phrase.last))
    return passage


_EDGES: Final = frozenset(", ; : . – — - « » \" “ ” ! ? et and que qu' that mais but".split())


def trimmed(reading: Reading, first: int, last: int) -> tuple[int, int]:
    """Return a range of tokens without marks and conjunctions at its edges."""
    words = reading.text.words
    start, end = first, last
    while start < end - 1 and words[start] in _EDGES:
        start += 1
    while end > start + 1 and words[end - 1] in _EDGES:
        end -= 1
    return start, end


# --------------------------------------------------------------------------- nouns


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
        if _is_epithet(noun):
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


_LENGTHS: Final = frozenset("an année mois semaine jour décennie siècle year month week day decade century".split())


def _is_epithet(noun: NounSlots) -> bool:
    """``crimes de guerre``, ``laws of war``: a bare noun after of that says what kind of thing is meant."""
    phrase = noun.phrase
    bare = phrase.group is not None and phrase.group.determination == "none" and phrase.group.number != "Plur"
    is_own = any(noun.slots.get(name) for name in ("of", "between", "own", "against", "with"))
    is_kind = phrase.prep == "of" and bare and not is_own and noun.anchor is phrase
    if phrase.of is not None and phrase.of.lemma.lower() in _LENGTHS:
        return False  # "deux ans de guerre"
    return is_kind and phrase.lemma.lower() in (
        "guerre",
        "war",
        "conflit",
        "conflict",
        "combat",
        "paix",
        "attaque",
        "attack",
    )


_REPEATED: Final = frozenset(("war", "attack", "clash", "negotiation", "meeting"))


def _is_ordinal(reading: Reading, phrase: Phrase) -> bool:
    """``Lors de la première``, ``The second, in 2020``: an event told before, by its number."""
    if reading.text.words[phrase.head] not in ORDINALS or phrase.mention is not None or phrase.last - phrase.first != 2:
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
    lemma, words = _lemma(reading, phrase), reading.text.words
    if lemma in reading.frames.telling:
        return True
    tokens = reading.text.analysis.tokens
    near = range(max(0, phrase.first - 1), min(len(words), phrase.last + 5))
    beside = {form for at in near for form in (words[at], tokens[at].lemma.lower())}
    return any(
        {*trigger.particle, *trigger.complement[-1:], *([trigger.beside] if trigger.beside else [])} <= beside
        for trigger, _ in reading.frames.nouns.get(lemma, ())
    )


def _lemma(reading: Reading, phrase: Phrase) -> str:
    lemma, nouns = phrase.lemma.lower(), reading.frames.nouns
    if lemma in nouns:
        return lemma
    word = reading.text.words[phrase.head]
    return word if word in nouns else reading.text.analysis.tokens[phrase.head].lemma.lower()


def _noun_slot(reading: Reading, noun: NounSlots):  # type: ignore[no-untyped-def]
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
    if noun.support == "cause" and noun.is_object:
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
    if frame.type == "clash" and _is_fighting_as_a_whole(reading, noun):
        happening.type = "war"
    if frame.type in ("meeting", "negotiation") and noun.slot("between"):
        # who arranges what others take part in: "organiser une rencontre entre les deux présidents"
        hosts = [
            p for p in noun.slot("by") if p in happening.roles.get("participant", []) and p not in noun.slot("between")
        ]
        happening.roles["participant"] = [p for p in happening.roles.get("participant", []) if p not in hosts]
        happening.add("mediator", hosts)
    if frame.name in _KILLING:
        counts = [c for p in happening.roles.get("victim", []) if (c := count_of(reading, p)) is not None]
        happening.deaths = add_counts(counts)
    elif frame.type in ("attack", "clash", "war"):
        _add_toll_before(reading, happening)
    return happening


_FIGHTING: Final = frozenset(("combat", "fighting", "hostilité", "hostility", "hostilities"))


def _is_fighting_as_a_whole(reading: Reading, noun: NounSlots) -> bool:
    """``The fighting has killed 15,000 people``, ``les combats en cours``: the war, not one fight."""
    group = noun.phrase.group
    words = reading.text.words
    if noun.phrase.lemma.lower() not in _FIGHTING and words[noun.phrase.head] not in _FIGHTING:
        return False
    is_known = words[noun.phrase.first] in ("the", "les", "ces", "these", "this", "current")
    if group is not None and noun.phrase.lemma.lower() == "combat" and group.number != "Plur":
        return False
    return is_known and not noun.slot("in") and not noun.slot("near") and not noun.slot("between")


def _add_toll_before(reading: Reading, happening: Happening) -> None:
    """``15 dead in Israeli strikes``, ``neuf morts et trente blessés dans une frappe``: the toll stands before the noun."""
    noun = happening.noun
    before = noun.phrase.of if noun is not None else None
    if noun is None or before is None or noun.phrase.prep not in ("in", "by", "during", "after", "under"):
        return
    told = (before.leader or before).all
    dead, hurt = [p for p in told if is_dead(reading, p)], [p for p in told if is_hurt(reading, p)]
    if not dead and not hurt:
        return
    happening.deaths = add_counts([c for p in dead if (c := count_of(reading, p)) is not None])
    happening.injured = add_counts([c for p in hurt if (c := count_of(reading, p)) is not None])
    happening.add("victim", told)
    first, last = happening.passage[0]
    happening.passage[0] = min(first, told[0].first), last


def noun_passage(reading: Reading, noun: NounSlots) -> list[tuple[int, int]]:
    """Return the tokens of a noun with its complements; with a verb of support those of the clause."""
    clause = noun.clause
    if noun.support is not None and clause is not None:
        return clause_passage(reading, clause)
    first, last = noun.phrase.first, noun.phrase.last
    for phrases in noun.slots.values():
        for phrase in phrases:
            if phrase.first >= last - 1 and phrase.first - last < 12:
                last = max(last, phrase.last)
            elif phrase.prep == "own" or (phrase.last <= first and first - phrase.last <= 2):
                first = min(first, phrase.first)
    for link in noun.links:
        if link.kind == "participle" and 0 <= link.first - last < 3:
            last = max(last, link.last)
    return [trimmed(reading, first, last)]


__all__ = [
    "Trigger",
    "clause_passage",
    "find_noun_events",
    "find_verb_events",
    "is_noun_trigger",
    "trimmed",
    "verb_casualties",
]
