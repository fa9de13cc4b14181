"""Which noun phrases stand in a series: ``les États-Unis, le Qatar et l'Égypte``, ``between Israel and Hamas``."""

from __future__ import annotations

from kg.extraction.syntax.elements import Element, Kind, Text
from kg.extraction.syntax.phrases import Phrase

_ADVERSATIVE = frozenset("mais car or but yet for puis then".split())
_AGENTS = frozenset(
    ("State", "DeFactoAuthority", "GovernmentBody", "ArmedForce", "ArmedGroup", "InternationalOrganization", "Organization",
     "MediaOrganization", "Person", "Group")
)  # fmt: skip


_OPENERS = (Kind.COMMA, Kind.COORDINATOR, Kind.SUBORDINATOR, Kind.RELATIVE, Kind.QUOTE, Kind.BREAK, Kind.DASH)


def coordinate(text: Text, elements: list[Element]) -> None:
    """Join the phrases of a sentence that a conjunction joins, and those before them in the same series."""
    places = [at for at, element in enumerate(elements) if element.kind is Kind.PHRASE]
    for number, at in enumerate(places):
        if number == 0 or not _is_joined(elements, places[number - 1], at):
            continue
        phrase = text.phrases[elements[at].ref]
        if any(text.words[e.first] in _ADVERSATIVE for e in elements[places[number - 1] + 1 : at]):
            continue
        before = [text.phrases[elements[p].ref] for p in places[:number]]
        is_pair = before[-1].prep == "between" and not before[-1].parts and before[-1].leader is None
        if not is_pair and _begins_clause(text, elements, places[number - 1], at):
            continue
        partner = _partner(text, phrase, before)
        if partner is None:
            continue
        scene = text.phrases[elements[0].ref] if elements[0].kind is Kind.PHRASE else None
        earlier = [] if _is_subject(text, elements, at) else before[: before.index(partner)]
        series = _series(text, partner, earlier, scene)
        _join(series, phrase)


def _is_joined(elements: list[Element], first: int, second: int) -> bool:
    """Tell whether only a conjunction, with or without a comma, stands between two phrases."""
    between = [e.kind for e in elements[first + 1 : second] if e.kind not in (Kind.ADVERB, Kind.QUOTE)]
    return between in ([Kind.COORDINATOR], [Kind.COMMA, Kind.COORDINATOR])


def _begins_clause(text: Text, elements: list[Element], before: int, at: int) -> bool:
    """Tell whether the phrase after a conjunction is the subject of a clause of its own."""
    following = next(
        (
            e
            for e in elements[at + 1 :]
            if e.kind not in (Kind.ADVERB, Kind.TIME, Kind.QUOTE, Kind.OTHER) and not _is_clitic(text, e)
        ),
        None,
    )
    while following is not None and following.kind is Kind.PHRASE and text.phrases[following.ref].prep:
        index = elements.index(following)
        following = elements[index + 1] if index + 1 < len(elements) else None
    if following is None or following.kind is not Kind.VERB:
        return False
    if text.verb(following.ref).form != "finite":
        return _is_gapped(text, elements, before, at, following)
    if text.phrases[elements[at].ref].prep:
        return False
    opening = elements[before - 1].kind if before else None
    if (
        opening in _OPENERS
        and not text.phrases[elements[before].ref].prep
        and text.verb(following.ref).number != "Sing"
    ):
        return False  # a pair of subjects: "mais X et Y continuent"
    for element in reversed(elements[:before]):
        if element.kind in (Kind.RELATIVE, Kind.SUBORDINATOR, Kind.BREAK):
            return False
        if element.kind is Kind.VERB and text.verb(element.ref).form == "finite":
            return True
    return False


def _is_gapped(text: Text, elements: list[Element], before: int, at: int, following: Element) -> bool:
    """Tell whether a participle shares the auxiliary before: ``ont été tuées par balle et 16 autres blessées``."""
    verb = text.verb(following.ref)
    if verb.form != "participle" or verb.voice != "passive" or text.phrases[elements[at].ref].prep:
        return False
    last = next((e for e in reversed(elements[: before + 1]) if e.kind is Kind.VERB), None)
    if last is None or text.verb(last.ref).form != "finite" or text.verb(last.ref).voice != "passive":
        return False
    between = elements[elements.index(last) + 1 : at]
    return not any(e.kind is Kind.PHRASE and not text.phrases[e.ref].prep for e in between)


def _is_subject(text: Text, elements: list[Element], at: int) -> bool:
    """Tell whether a pair is the subject after an adjunct at the head: ``Après l'attaque de X, Y et Z s'accusent``."""
    rest = [e for e in elements[at + 1 :] if e.kind not in (Kind.ADVERB, Kind.TIME) and not _is_clitic(text, e)]
    if not rest or rest[0].kind is not Kind.VERB or text.verb(rest[0].ref).form != "finite":
        return False
    opening = next((e for e in elements if e.kind is Kind.PHRASE), None)
    is_fronted = opening is not None and bool(text.phrases[opening.ref].prep)
    commas = [n for n, e in enumerate(elements[:at]) if e.kind is Kind.COMMA]
    told = any(e.kind in (Kind.VERB, Kind.RELATIVE, Kind.SUBORDINATOR) for e in elements[:at])
    return is_fronted and len(commas) == 1 and not told and not text.phrases[elements[at].ref].prep


def _is_clitic(text: Text, element: Element) -> bool:
    return element.kind is Kind.PHRASE and text.phrases[element.ref].is_clitic


def _kind(text: Text, phrase: Phrase) -> str:
    if phrase.mention is None:
        return "thing"
    mention = text.mentions[phrase.mention]
    if mention.type == "Place":
        return "place"
    return "agent" if mention.type in _AGENTS else "thing"


def _partner(text: Text, phrase: Phrase, before: list[Phrase]) -> Phrase | None:
    """The phrase that another one is coordinated with: the nearest of its kind in the chain before it."""
    chain = before[-1].chain
    kind = _kind(text, phrase)
    if phrase.prep:
        return next((p for p in chain if p.prep == phrase.prep), None)
    alike = [p for p in chain if _kind(text, p) == kind]
    if alike:
        return alike[0]
    return chain[0] if len(chain) == 1 or chain[0].prep != "of" else chain[-1]


def _series(text: Text, last: Phrase, before: list[Phrase], scene: Phrase | None) -> list[Phrase]:
    """The phrases before the last two of a series, which commas part, and the last but one."""
    series = [last]
    for number in range(len(before) - 1, -1, -1):
        gap = text.words[before[number].last : series[0].start]
        if gap not in ([","], [",", "the"], [",", "le"], [",", "la"], [",", "l'"], [",", "les"]):
            continue
        phrase = next(
            (p for p in _tails(before[: number + 1]) if p.prep == last.prep and _kind(text, p) == _kind(text, last)),
            before[number],
        )
        if _is_apposed(text, phrase, series[0]):
            break
        if phrase is scene and phrase.prep and not series[0].prep and _kind(text, phrase) == "thing":
            break  # "In the north, rice and fuel have grown scarce"
        if phrase.leader is not None or (series[0].prep and phrase.prep != series[0].prep and not _is_open(series[0])):
            break
        if _kind(text, phrase) != _kind(text, last):
            break
        series.insert(0, phrase)
    return series


def _tails(before: list[Phrase]) -> list[Phrase]:
    """The last phrase and those right before it, of which it may be a complement: "la cessation des combats"."""
    found = [before[-1]]
    for phrase in reversed(before[:-1]):
        if phrase.last != found[-1].start or not found[-1].prep:
            break
        found.append(phrase)
    return found


def _is_apposed(text: Text, name: Phrase, other: Phrase) -> bool:
    """``Norland, an ally of Velmar and a member of the League``: what has an indefinite article is said of the name."""
    return (
        other.group is not None
        and other.group.determination == "indefinite"
        and name.group is not None
        and name.group.is_proper
    )


def _is_open(phrase: Phrase) -> bool:
    return not phrase.prep


def _join(series: list[Phrase], phrase: Phrase) -> None:
    leader = series[0].leader or series[0]
    members = leader.parts or [leader]
    for member in (*series, phrase):
        if member not in members:
            members.append(member)
        if member is not leader:
            member.leader = leader
            if not member.prep:
                member.prep = leader.prep
    leader.parts = sorted(members, key=lambda p: p.first)
