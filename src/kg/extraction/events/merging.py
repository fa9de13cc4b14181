"""One happening, one claim: what several words of a clause tell together is put together.

- a noun inside the clause of a verb of its type: ``tués par des tirs azerbaïdjanais``, ``signed an agreement``;
- a verb of killing or hurting whose subject is an event: ``l'offensive a fait 30 morts``, ``the raid killed three``;
- a participle or a coordinated verb of one attack: ``ont ouvert le feu et blessé un homme``, ``struck the port, killing three``.
Kept apart: what different speakers say, and two events of one type side by side (``expelled the envoy and recalled its own``).
"""

from __future__ import annotations

from typing import Final

from kg.extraction.events.casualties import add_counts
from kg.extraction.events.happenings import Happening
from kg.extraction.events.moments import noun_times
from kg.extraction.events.passages import clause_passage
from kg.extraction.events.truces import fold_agreed, fold_broken
from kg.extraction.reading import Reading
from kg.extraction.syntax.clauses import Clause

_TOLLS: Final = frozenset(("kill", "wound", "toll", "lose-life", "kill-pass", "hit", "explode", "target-people"))
_FIGHTING: Final = frozenset(("attack", "clash", "war"))
_JOINED: Final = frozenset(("attack", "clash", "detention"))
_CONSULTING: Final = frozenset(("meeting", "negotiation"))
_INNER: Final = frozenset(("in", "by", "during", "after", "with", "from", "cause", "under", "of", "on", "at", ""))


def merge(reading: Reading, verbs: list[Happening], nouns: list[Happening], acts: list[Happening]) -> list[Happening]:
    """Return the happenings that stand by themselves, in the order of the text."""
    by_clause = {id(h.clause): h for h in verbs if h.clause is not None}
    for noun in nouns:
        _fold_toll(reading, noun, by_clause)
    for noun in nouns:
        if not noun.is_dropped:
            _fold_links(reading, noun, by_clause)
    for noun in nouns:
        if not noun.is_dropped:
            _fold_noun(reading, noun, by_clause)
    _fold_deaths(nouns)
    for verb in verbs:
        if not verb.is_dropped:
            _fold_verb(reading, verb, by_clause)
    _fold_consumed(reading, verbs, nouns)
    fold_broken(verbs, nouns)
    fold_agreed(verbs, nouns)
    act_clauses = {id(a.clause): a for a in acts if a.clause is not None}
    for verb in verbs:
        act = act_clauses.get(id(verb.clause))
        if act is not None and act.type in (verb.type, "accusation", "request", "rejection", "threat"):
            verb.is_dropped = True
    for noun in nouns:
        if noun.noun is not None and noun.clause is not None and id(noun.clause) in act_clauses:
            _fold_act(act_clauses[id(noun.clause)], noun)
    _fold_nouns(nouns)
    _fold_journeys(reading, verbs, nouns)
    kept = [h for h in (*verbs, *nouns, *acts) if not h.is_dropped]
    return sorted(kept, key=lambda h: (h.trigger, h.type))


def _fold_nouns(nouns: list[Happening]) -> None:
    """Put a noun into the one that it is a complement of, where both tell one event: ``la signature d'un traité``."""
    by_phrase = {id(h.noun.phrase): h for h in nouns if h.noun is not None and not h.is_dropped}
    for noun in nouns:
        if noun.is_dropped or noun.noun is None:
            continue
        phrase = noun.noun.phrase
        if phrase.prep != "of" or phrase.of is None:
            continue
        outer = by_phrase.get(id(phrase.of))
        if outer is not None and outer is not noun and not outer.is_dropped and outer.type == noun.type:
            _take(outer, noun)
            noun.is_dropped = True


def _fold_journeys(reading: Reading, verbs: list[Happening], nouns: list[Happening]) -> None:
    """Put a journey into the talks that it is made for: ``will go to Cairo for talks``; so a purpose into the meeting."""
    by_clause = {id(v.clause): v for v in verbs if v.clause is not None and not v.is_dropped}
    for noun in nouns:
        slots = noun.noun
        if (
            noun.is_dropped
            or slots is None
            or noun.type not in ("meeting", "negotiation")
            or slots.phrase.prep not in ("for", "toward")
        ):
            continue
        verb = by_clause.get(id(slots.clause))
        if verb is None or verb.is_dropped or verb.rule not in ("visit", "send"):
            continue
        _take(noun, verb)
        noun.meant, noun.is_denied = verb.meant, verb.is_denied
        noun.passage = verb.passage
        verb.is_dropped = True
    outer = {id(h.clause): h for h in (*verbs, *nouns) if h.clause is not None and not h.is_dropped}
    for verb in verbs:
        clause = verb.clause
        if (
            verb.is_dropped
            or clause is None
            or clause.kind != "infinitive"
            or clause.parent is None
            or clause.marker in ("before", "after")
        ):
            continue
        other = outer.get(id(clause.parent))
        is_one = other is not None and (other.type == verb.type or {other.type, verb.type} <= _CONSULTING)
        if other is not None and is_one and other is not verb and not other.is_dropped:
            _take(other, verb)
            verb.is_dropped = True


def _fold_act(act: Happening, noun: Happening) -> None:
    """``a lancé un appel``, ``made a statement``: the noun is the act that the verb makes."""
    if noun.type == act.type and noun.noun is not None and noun.noun.is_object:
        noun.is_dropped = True


def _fold_toll(reading: Reading, noun: Happening, by_clause: dict[int, Happening]) -> None:
    """Take the toll of a clause whose subject is an event."""
    slots = noun.noun
    if slots is None or noun.type not in _FIGHTING:
        return
    for clause in _clauses_about(reading, noun):
        verb = by_clause.get(id(clause))
        if verb is None or verb.is_dropped or verb.rule not in _TOLLS:
            continue
        if verb.rule == "hit" and noun.type != "attack":
            continue
        _take(noun, verb)
        noun.meant = verb.meant if noun.meant in ("presupposed", "factual") else noun.meant
        noun.toll = (*noun.toll, clause)
        passage = clause_passage(reading, clause)
        if clause.kind == "relative" or clause is not slots.clause:
            start = min(noun.passage[0][0], passage[0][0])
            noun.passage = [(start, max(noun.passage[0][1], passage[0][1]))]
        else:
            noun.passage = [passage[0]]
        verb.is_dropped = True


def _fold_links(reading: Reading, noun: Happening, by_clause: dict[int, Happening]) -> None:
    """Take the event of a participle or relative about the noun or its victims.

    ``an accord signed in May``, ``la mort de quatre soldats, tombés sous les obus``.
    """
    slots = noun.noun
    assert slots is not None  # noqa: S101 - a noun is asked
    victims = noun.roles.get("victim", [])
    parse = reading.parse_at(noun.trigger)
    for clause in parse.clauses if parse is not None else ():
        verb = by_clause.get(id(clause))
        if verb is None or verb.is_dropped or verb.type != noun.type or clause.kind not in ("participle", "relative"):
            continue
        antecedent = clause.antecedent
        is_about = clause in slots.links or (
            antecedent is not None and any(p in antecedent.chain or antecedent is p for p in victims)
        )
        if not is_about:
            continue
        deaths = noun.deaths
        _take(noun, verb)
        if deaths is not None:
            noun.deaths = deaths
        first, last = noun.passage[0]
        noun.passage[0] = first, max(last, clause.last)
        verb.is_dropped = True


def _fold_consumed(reading: Reading, verbs: list[Happening], nouns: list[Happening]) -> None:
    """Drop a noun that is a part of the verb's expression: ``went on strike``, ``suspended aid``."""
    for verb in verbs:
        if verb.clause is None or not verb.beside:
            continue
        for noun in nouns:
            if noun.clause is verb.clause and not noun.is_dropped and noun.noun is not None:
                lemma = reading.text.analysis.tokens[noun.trigger].lemma.lower()
                if lemma in verb.beside or reading.text.words[noun.trigger] in verb.beside:
                    noun.is_dropped, noun.into = True, verb


def _fold_deaths(nouns: list[Happening]) -> None:
    """Put ``the deaths of 1,207 people`` into the attack that the same clause tells."""
    for noun in nouns:
        if noun.rule != "killing-n" or noun.is_dropped or noun.clause is None:
            continue
        other = next(
            (n for n in nouns if n.clause is noun.clause and n is not noun and not n.is_dropped and n.type in _FIGHTING and n.noun is not None
             and (n.noun.is_subject or (noun.noun is not None and n.noun.phrase in noun.noun.phrase.chain))),
            None,
        )  # fmt: skip
        if other is not None:
            _take(other, noun)
            other.passage = [
                (min(other.passage[0][0], noun.passage[0][0]), max(other.passage[0][1], noun.passage[0][1]))
            ]
            other.toll = (*other.toll, noun.clause)
            noun.is_dropped = True


def _clauses_about(reading: Reading, noun: Happening) -> list[Clause]:
    """The clauses whose subject is a noun: its own, and those of relatives and participles."""
    slots = noun.noun
    assert slots is not None  # noqa: S101 - the caller has looked
    found: list[Clause] = []
    parse = reading.parse_at(noun.trigger)
    if parse is None:
        return found
    for clause in parse.clauses:
        if clause.verb is None or clause.verb.voice == "passive":
            continue
        subject = reading.finder.surface_subject(clause)
        if slots.phrase in subject or slots.anchor in subject:
            found.append(clause)
    return found


def _fold_noun(reading: Reading, noun: Happening, by_clause: dict[int, Happening]) -> None:
    """Put a noun into the event of the verb around it, where both are of one type."""
    slots = noun.noun
    if slots is None or slots.clause is None:
        return
    clause: Clause | None = slots.clause
    verb = by_clause.get(id(clause))
    if verb is None or verb.is_dropped or not _is_one(verb, noun):
        return
    noun.times = noun_times(reading, noun)
    _take(verb, noun)
    if verb.is_denied is False and noun.is_denied:
        verb.is_denied = True
    noun.is_dropped = True


def _is_one(verb: Happening, noun: Happening) -> bool:
    if verb.type == noun.type:
        return True
    if (
        verb.rule == "fight"
        and noun.type == "war"
        and noun.noun is not None
        and noun.noun.phrase.prep in ("during", "in")
    ):
        verb.type, verb.rule = "war", noun.rule  # "se sont affrontés lors de deux guerres"
        return True
    if verb.type == "attack" and noun.type == "clash" and verb.rule in _TOLLS:
        verb.type, verb.rule = "clash", noun.rule  # "ont été tués dans un accrochage": nobody is told to attack
        return True
    return False


def _fold_verb(reading: Reading, verb: Happening, by_clause: dict[int, Happening]) -> None:
    """Put a participle or coordinated verb of an attack into the one before it."""
    clause = verb.clause
    if clause is None:
        return
    if clause.kind == "participle" and clause.marker in ("in", "by") and clause.parent is not None:
        other = by_clause.get(id(clause.parent))
        if other is not None and other.type == verb.type and not other.is_dropped:  # "d'entraver …, en bloquant …"
            _take(other, verb)
            verb.is_dropped = True
            return
    if verb.type not in _JOINED:
        return
    partner = clause.shares if clause.shares is not None else clause.parent if clause.kind == "participle" else None
    if clause.kind == "adverbial" and clause.marker in reading.frames.lists["when"] and clause.parent is not None:
        partner = clause.parent  # "trois personnes ont été tuées lorsqu'un convoi a été attaqué"
        main = by_clause.get(id(partner))
        if main is None or main.rule not in _TOLLS:
            return
    other = by_clause.get(id(partner)) if partner is not None else None
    if other is None or other is verb or not _is_alike(other, verb) or other.is_denied != verb.is_denied:
        return
    while other.is_dropped and other.into is not None:
        other = other.into
    if (
        other is verb
        or other.is_dropped
        or (
            clause.antecedent is not None
            and clause.shares is None
            and clause.antecedent in other.roles.get("actor", [])
        )
    ):
        return
    _take(other, verb)
    first, last = other.passage[0]
    other.passage[0] = min(first, verb.passage[0][0]), max(last, verb.passage[0][1])
    verb.is_dropped = True


def _is_alike(one: Happening, other: Happening) -> bool:
    return one.type == other.type or {one.type, other.type} <= {"attack", "clash"}


def _take(one: Happening, other: Happening) -> None:
    """Give one happening what another tells of it."""
    other.into = one
    for role, phrases in other.roles.items():
        if role in ("actor", "location") and one.roles.get(role) and role == "actor":
            continue
        one.add(role, [p for p in phrases if not any(p in own for own in one.roles.values())])
    for name in ("deaths", "injured"):
        mine, theirs = getattr(one, name), getattr(other, name)
        if mine is None:
            setattr(one, name, theirs)
        elif theirs is not None and one.rule == other.rule:
            setattr(one, name, add_counts([mine, theirs]))
    one.times += [t for t in other.times if t not in one.times]
