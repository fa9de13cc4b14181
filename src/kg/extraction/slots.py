"""What fills the slots of a noun that tells an event: its complements, the owner before it, the words beside it.

``des tirs azerbaïdjanais sur le village``, ``Israeli strikes on Beit Lahia``, ``leur arrestation par la police``: the demonym,
the possessive and the genitive fill the slot ``own``, the words beside the noun ``mod``, complements the slot of their
preposition. A verb of support (``mener``, ``accueillir``) and a participle (``lancée par``) add theirs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from kg.analysis import Token
from kg.extraction.frames import Support, Trigger
from kg.extraction.mentions import Referent
from kg.extraction.reading import Reading
from kg.extraction.syntax.clauses import Clause
from kg.extraction.syntax.phrases import Phrase
from kg.extraction.syntax.prepositions import preposition_name

Slot: TypeAlias = Callable[[str], list[Phrase]]
_CARRYING: Final = frozenset("charger remplir transporter acheminer carry load fill haul lade bear bring".split())
"""Verbs whose participle says what is in a vehicle: ``des camions chargés de vivres``."""

_BLAMING: Final = frozenset("attribuer imputer attribute blame ascribe".split())
"""Verbs whose passive says who did it: ``une attaque attribuée aux rebelles``."""

_HOLDS: Final = frozenset(("contrôle", "control", "main", "hand"))
_CONTAINERS: Final = frozenset(
    "série cycle round jour journée début reprise fin lancement poursuite tenue vague session phase tour première deuxième nombre"
    " signature ouverture suspension arrêt series day start resumption end launch wave session phase number opening suspension week"
    " outbreak spate spell period continuation lot prolongation extension plan projet proposition proposal".split()
)
"""Nouns that an event stands behind: what is told of them is told of it."""

_SCENE: Final = ("in", "near", "at", "on", "between", "with", "against", "auspices")
"""Slots of a verb that says that an event takes place, which are the event's own."""

_PARTIES: Final = frozenset(("party", "state", "armed", "person", "group"))
_SKIPPED: Final = frozenset(("DET", "ADJ", "ADV", "NUM"))
_REACH: Final = 10


@dataclass(slots=True)
class NounSlots:
    """The slots of a noun.

    Attributes:
        phrase: the noun's phrase.
        anchor: the phrase that it is a complement of in turn (``un cycle de négociations``): what fills a slot of the verb.
        clause: the clause that it stands in.
        slots: fillers by slot.
        mods: the tokens beside it.
        support: what the verb of its clause says of it.
        links: participle and relative clauses that are about it.
    """

    phrase: Phrase
    anchor: Phrase
    clause: Clause | None
    slots: dict[str, list[Phrase]] = field(default_factory=dict)
    mods: list[int] = field(default_factory=list)
    support: Support | None = None
    is_subject: bool = False
    is_object: bool = False
    links: list[Clause] = field(default_factory=list)

    def slot(self, name: str) -> list[Phrase]:
        """Return what fills a slot."""
        return self.slots.get(name, [])


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
            if name == "of" and before and before[0].lemma not in _HOLDS and not is_measured:
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
        found += [_pseudo(reading, at) for at in inside if reading.text.mentions[at].head != target.head]
        found += target.owner.all if target.owner is not None else []
        found += [p for p in clause.after if p.of is target and p.prep == "of" and reading.classes(p) & _PARTIES]
    return [p for p in found if not own & {e.name for e in _referents(reading, p)}]


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


# --------------------------------------------------------------------------- nouns


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
        fillers = [*noun.slots.get("of", []), *(noun.slots.get("to", []) if reading.text.is_french else [])]
        return any(_is_word(reading, p.head, wanted) for p in fillers) or any(
            _is_word(reading, at, wanted) for at in noun.mods
        )
    return True


def _has_beside(reading: Reading, noun: NounSlots, word: str) -> bool:
    if any(_is_word(reading, at, word) for at in noun.mods):
        return True
    after = noun.phrase.last
    return after < len(reading.text.words) and _is_word(reading, after, word)


def noun_slots(reading: Reading, phrase: Phrase, is_event: frozenset[int]) -> NounSlots:
    """Return the slots of a noun.

    Args:
        reading: the report.
        phrase: the noun's phrase.
        is_event: the heads of all nouns that may tell an event: a complement belongs to the nearest before it.
    """
    clause = reading.clause_of(phrase)
    found = NounSlots(phrase, _anchor(phrase), clause)
    _add_beside(reading, found)
    _add_complements(reading, found, is_event)
    if clause is not None:
        _add_links(reading, found)
        _add_support(reading, found, is_event)
    return found


def _anchor(phrase: Phrase) -> Phrase:
    while phrase.prep == "of" and phrase.of is not None and phrase.of.lemma.lower() in _CONTAINERS:
        phrase = phrase.of
    return phrase.leader or phrase


def _pseudo(reading: Reading, index: int) -> Phrase:
    mention = reading.text.mentions[index]
    lemma = reading.text.analysis.tokens[mention.head].lemma
    return Phrase(mention.first, mention.last, mention.head, lemma, "own", mention.first, index)


def _add_beside(reading: Reading, found: NounSlots) -> None:
    """The words of the noun's group, and the mentions among them."""
    phrase, text = found.phrase, reading.text
    first = min(phrase.first, phrase.group.first if phrase.group else phrase.first)
    last = max(phrase.last, phrase.group.last if phrase.group else phrase.last)
    if phrase.owner is not None:
        first = phrase.owner.last
    found.mods = [at for at in range(first, last) if at != phrase.head and text.analysis.tokens[at].word_class != "DET"]
    inside = text.mentions.within(min(first, phrase.first), last)
    for index in inside:
        mention = text.mentions[index]
        if mention.head == phrase.head or (phrase.owner is not None and mention.last <= phrase.owner.last):
            continue
        parents = [p for p in text.mentions.around(index) if p in inside and text.mentions[p].head != phrase.head]
        if parents:
            continue
        found.slots.setdefault(_side(reading, mention.head), []).append(_pseudo(reading, index))
    if phrase.owner is not None:
        found.slots.setdefault("own", []).extend(phrase.owner.all)
    if text.is_french:
        found.slots.setdefault("own", []).extend(_demonyms_of_means(reading, phrase))
        if not found.slots["own"]:
            del found.slots["own"]


def _side(reading: Reading, head: int) -> str:
    """The slot of a name beside a noun: ``China-brokered`` and ``Saudi-led`` say what the name did."""
    word = reading.text.words[head]
    ending = word.rpartition("-")[2] if "-" in word else ""
    lists = reading.frames.lists
    return "auspices" if ending in lists["brokering"] else "by" if ending in lists["leading"] else "own"


def _demonyms_of_means(reading: Reading, phrase: Phrase) -> list[Phrase]:
    """The demonym after a bare complement that says with what: ``des attaques de drones ukrainiennes``."""
    parse = reading.parse_at(phrase.first)
    clause = parse.of_phrase.get(phrase.first) if parse is not None else None
    side = (clause.before if phrase in clause.before else clause.after) if clause is not None else []
    means = next((p for p in side if p.of is phrase and p.prep == "of"), None)
    if means is None or means.group is None or means.group.determination != "none":
        return []
    if not reading.classes(means) & {"weapon", "aircraft", "arms", "force"}:
        return []
    mentions = reading.text.mentions
    inside = mentions.within(means.first, means.last)
    return [_pseudo(reading, at) for at in inside if mentions[at].kind == "demonym" and mentions[at].head > means.head]


def _add_complements(reading: Reading, found: NounSlots, is_event: frozenset[int]) -> None:
    parse = reading.parse_at(found.phrase.first)
    if parse is None:
        return
    phrase = found.phrase
    for other in _following(reading, phrase):
        if not other.prep:
            if other.leader is None:
                break
            continue
        owner = next((p for p in other.chain[1:] if p.head in is_event or p is phrase), None)
        leader = other.leader or other
        if leader is not other:
            owner = next((p for p in leader.chain[1:] if p.head in is_event or p is phrase), None)
        if owner is not phrase:
            continue
        if other.prep == "of" and phrase not in (_beyond(other), _beyond(leader)):
            continue
        found.slots.setdefault(other.prep, []).append(other)


def _beyond(phrase: Phrase) -> Phrase | None:
    """The phrase that one may be a complement of, a fixed phrase between passed over: ``une attaque sans précédent du Front``."""
    before = phrase.of
    while before is not None and before.prep in ("without", "comme"):
        before = before.of
    return before


def _following(reading: Reading, phrase: Phrase) -> list[Phrase]:
    """The phrases after one in its clause, up to a dozen."""
    clause = reading.clause_of(phrase)
    if clause is None:
        return []
    side = clause.before if phrase in clause.before else clause.after
    index = side.index(phrase) if phrase in side else -1
    return side[index + 1 : index + 13]


def _add_links(reading: Reading, found: NounSlots) -> None:
    """What participles and relative clauses say of the noun: ``lancée par l'armée``, ``signed in Geneva``."""
    parse = reading.parse_at(found.phrase.first)
    if parse is None:
        return
    for clause in parse.clauses:
        antecedent = clause.antecedent
        if antecedent is None or clause.verb is None or clause.kind not in ("participle", "relative"):
            continue
        if found.phrase not in antecedent.chain and found.phrase not in antecedent.all:
            continue
        if found.phrase is not antecedent and not _is_about(reading, clause, found.phrase):
            continue
        found.links.append(clause)
        if clause.verb.voice == "active" and clause.kind == "relative":
            _add_scene(reading, found, clause)
        if clause.verb.voice == "passive" or clause.kind == "participle":
            is_blamed = clause.verb.lemma in _BLAMING
            is_hosted = any(kind == "host" for _, kind in reading.frames.supports.get(clause.verb.lemma, ()))
            arguments = reading.arguments(clause)
            if clause.verb.lemma in _CARRYING:
                found.slots.setdefault("load", []).extend(
                    [*arguments.slots.get("of", []), *arguments.slots.get("with", [])]
                    + ([] if clause.verb.voice == "passive" else arguments.object)
                )
            for name, phrases in arguments.slots.items():
                if name != "of":
                    role = "by" if is_blamed and name in ("to", "on") else name
                    role = "auspices" if name == "by" and is_hosted else role
                    found.slots.setdefault(role, []).extend(phrases)


def _add_scene(reading: Reading, found: NounSlots, clause: Clause) -> None:
    """Where and between whom a relative says that the event took place: ``the war, which broke out in May in the valley``."""
    if (
        found.phrase not in reading.finder.surface_subject(clause)
        or support_of(reading, clause, found.phrase) != "occur"
    ):
        return
    names = (*_SCENE, "to") if reading.text.is_french else _SCENE
    for name, phrases in reading.arguments(clause).slots.items():
        if name in names:
            found.slots.setdefault(name, []).extend(p for p in phrases if p.of is None or p.of.prep in _SCENE)


def _is_about(reading: Reading, clause: Clause, phrase: Phrase) -> bool:
    return phrase in reading.finder.surface_subject(clause)


def _add_support(reading: Reading, found: NounSlots, is_event: frozenset[int]) -> None:
    clause, anchor = found.clause, found.anchor
    assert clause is not None  # noqa: S101 - the caller has looked
    if clause.verb is None:
        return
    arguments = reading.arguments(clause)
    subject = reading.finder.surface_subject(clause)
    found.is_subject = anchor in subject or found.phrase in subject
    found.is_object = not found.is_subject and (anchor in arguments.object or found.phrase in arguments.object)
    kind = support_of(reading, clause, anchor)
    if kind is None:
        return
    found.support = kind
    if kind == "occur" and found.is_subject and clause.verb.voice == "active":
        # "protests shook the capital": where
        found.slots.setdefault("in", []).extend(p for p in arguments.object if "place" in reading.classes(p))
    if (found.is_subject and clause.verb.voice == "active") or kind == "occur":
        is_told = clause.verb.voice == "passive"  # "violations were recorded by monitors": they did not do it
        extra = {n: p for n, p in arguments.slots.items() if n != "of" and not (is_told and n == "by")}
    else:
        extra = {n: p for n, p in arguments.slots.items() if n not in ("of", "by")}
        if arguments.subject and not found.is_subject and kind in ("do", "host", "suffer", "reach"):
            name = {"do": "by", "host": "auspices", "suffer": "against", "reach": "by"}[kind]
            found.slots.setdefault(name, []).extend(arguments.subject)
        elif found.is_subject and arguments.subject and kind in ("do", "host", "reach"):
            found.slots.setdefault("auspices" if kind == "host" else "by", []).extend(arguments.subject)
    for name, phrases in extra.items():
        own = found.slots.setdefault(name, [])
        own.extend(
            p
            for p in phrases
            if p not in own
            and p is not anchor
            and p is not found.phrase
            and not _is_of_another(p, found.phrase, is_event)
        )


def _is_of_another(phrase: Phrase, noun: Phrase, is_event: frozenset[int]) -> bool:
    """Tell whether a phrase is a complement of another event: ``hours after the violence in Karabakh``."""
    return any(p is not noun and p.head in is_event for p in phrase.chain[1:])


def support_of(reading: Reading, clause: Clause, anchor: Phrase) -> Support | None:
    """Return what the verb of a clause says of an event that one of its phrases tells, if it is a verb of support."""
    verb = clause.verb
    if verb is None:
        return None
    subject = reading.finder.surface_subject(clause)
    is_subject = anchor in subject
    is_object = anchor in reading.arguments(clause).object and not is_subject
    best: Support | None = None
    for trigger, kind in reading.frames.supports.get(verb.lemma, ()):
        if kind == "seek" or not is_verb_trigger(reading, clause, trigger):
            continue
        if is_subject and verb.voice == "active":
            fits = kind in ("occur", "cease", "halt", "cause")
        elif is_subject:
            fits = kind in ("do", "host", "reach", "halt", "occur", "cease")
        elif is_object:
            fits = kind in ("do", "host", "suffer", "reach", "halt", "cease", "cause", "foresee")
        else:
            fits = bool(trigger.complement) and kind in ("do", "host", "suffer", "reach", "halt", "cease")
        if fits and (best is None or trigger.is_special):
            best = kind
            if trigger.is_special:
                break
    return best
