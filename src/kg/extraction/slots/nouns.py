"""What fills the slots of a noun that tells an event: its complements, the owner before it, the words beside it.

``des tirs azerbaïdjanais sur le village``, ``Israeli strikes on Beit Lahia``, ``leur arrestation par la police``: the demonym,
the possessive and the genitive fill the slot ``own``, the words beside the noun ``mod``, complements the slot of their
preposition. A verb of support (``mener``, ``accueillir``) and a participle (``lancée par``) add theirs;
see `kg.extraction.slots.support`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from kg.extraction.frames import Support
from kg.extraction.reading import Reading
from kg.extraction.syntax.clauses import Clause
from kg.extraction.syntax.phrases import Phrase

Slot: TypeAlias = Callable[[str], list[Phrase]]


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


def mention_phrase(reading: Reading, index: int) -> Phrase:
    """Return a mention within a noun group as what fills a slot."""
    mention = reading.text.mentions[index]
    lemma = reading.text.analysis.tokens[mention.head].lemma
    return Phrase(mention.first, mention.last, mention.head, lemma, "own", mention.first, index)


def add_beside(reading: Reading, found: NounSlots) -> None:
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
        found.slots.setdefault(_side(reading, mention.head), []).append(mention_phrase(reading, index))
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
    return [
        mention_phrase(reading, at)
        for at in inside
        if mentions[at].kind == "demonym" and mentions[at].head > means.head
    ]


def add_complements(reading: Reading, found: NounSlots, is_event: frozenset[int]) -> None:
    """Add the phrases after a noun that are its complements, each under its preposition."""
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
