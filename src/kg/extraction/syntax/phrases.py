"""Noun phrases: a noun group with its preposition and with the mention that it holds.

A phrase is what fills a slot of a frame. Names in apposition belong to the phrase of the office (``le porte-parole du
gouvernement, M. X``), which then stands for the person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from kg.analysis import Analysis, NounGroup
from kg.extraction.mentions import Mention, Mentions
from kg.extraction.numbers.quantities import Quantity
from kg.extraction.syntax.prepositions import Preposition

_SUBJECT_PRONOUNS: Final = frozenset(
    "il elle ils elles on nous vous je j' tu ce c' ça cela celui-ci celle-ci ceux-ci celles-ci he she it they we i you this that"
    " these those".split()
)
_CLITICS: Final = frozenset("le la les l' lui leur en y me m' te t' se s' nous vous".split())
_UNITS: Final = frozenset(
    "jour semaine mois an année heure minute journée day week month year hour minute night time fois moment".split()
)
_OF: Final = frozenset("de d' du des of".split())
_ARTICLES: Final = frozenset("le la l' les un une du des au aux ce cet cette ces son sa ses leur leurs".split())
_QUOTES: Final = frozenset(("«", "»", '"', "“", "”", "‹", "›"))
_RECIPROCALS: Final = frozenset("l' un une autre one another each other après et par".split()) - {"et", "après", "par"}
ORDINALS: Final = frozenset(
    "first second third latter former last premier première deuxième second seconde troisième dernier dernière".split()
)
"""Ordinals that may stand for a noun that was told before."""

_QUANTIFIERS: Final = frozenset(
    "one two three several un une deux trois plusieurs certains certaines most much half all third quarter two-thirds three-quarters part parts some percent % rest remainder bulk majority portion essentiel"
    " beaucoup peu tant trop davantage plupart moitié ensemble totalité quasi-totalité partie tiers quart reste majorité gros".split()
)
"""Words that say how much there is of what follows: ``most of the town`` is the town."""

_ENDS: Final = frozenset((",", ".", "»", "”", '"', ")", ""))
_LONGEST_DATE: Final = 8
_GENITIVES: Final = frozenset(("'s", "'"))


@dataclass(slots=True, eq=False)
class Phrase:
    """A noun phrase.

    Attributes:
        first: its first token, after the preposition.
        last: the token after its last one, names in apposition included.
        head: the token of its noun.
        lemma: the lemma of its noun.
        prep: the name of its preposition, as in ``prepositions.tsv``; empty where it has none.
        start: the token where it begins with its preposition.
        mention: the index of the mention that it stands for.
        group: the noun group; None for a pronoun.
        is_clitic: an object pronoun before its verb.
        owner: the phrase of the genitive before it: ``Israel's`` in ``Israel's offensive``.
        parts: the phrases coordinated with it, itself first; only the first of a series has them.
        of: the phrase right before it, with nothing between, that it may be a complement of.
    """

    first: int
    last: int
    head: int
    lemma: str
    prep: str = ""
    start: int = 0
    mention: int | None = None
    group: NounGroup | None = None
    is_clitic: bool = False
    owner: Phrase | None = None
    parts: list[Phrase] = field(default_factory=list)
    of: Phrase | None = None
    leader: Phrase | None = None

    @property
    def is_bare(self) -> bool:
        """Whether no preposition governs it."""
        return not self.prep

    @property
    def all(self) -> list[Phrase]:
        """The phrase and those coordinated with it."""
        return self.parts or [self]

    @property
    def chain(self) -> list[Phrase]:
        """The phrases from this one back to the first that it may be a complement of."""
        found: list[Phrase] = []
        phrase: Phrase | None = self
        while phrase is not None:
            found.append(phrase)
            phrase = phrase.of
        return found


@dataclass(slots=True)
class _Builder:
    analysis: Analysis
    mentions: Mentions
    words: list[str]
    prepositions: dict[int, Preposition]
    in_time: Sequence[int]
    covered: set[int] = field(default_factory=set)
    phrases: list[Phrase] = field(default_factory=list)
    outer: dict[int, int] = field(default_factory=dict)
    bounds: dict[int, int] = field(default_factory=dict)
    participles: frozenset[int] = frozenset()
    verbal: frozenset[int] = frozenset()
    verbs: frozenset[int] = frozenset()
    speaking: frozenset[str] = frozenset()


def build_phrases(
    analysis: Analysis,
    mentions: Mentions,
    words: list[str],
    prepositions: dict[int, Preposition],
    *,
    in_time: Sequence[int],
    numbers: Sequence[Quantity],
    nominal: frozenset[int] = frozenset(),
    speaking: frozenset[str] = frozenset(),
) -> list[Phrase]:
    """Return the phrases of a text in its order.

    Args:
        analysis: the text.
        mentions: its mentions.
        words: its tokens in small letters.
        prepositions: its prepositions by their first token.
        in_time: for each token the index of the time that it is part of, or -1.
        numbers: its quantities: their bounds ("au moins") belong to the phrase.
        nominal: the forms in -ing that are nouns here, though they passed for verbs: ``Shelling of the town``.
        speaking: the lemmas of nouns of people and bodies.
    """
    build = _Builder(analysis, mentions, words, prepositions, in_time, speaking=speaking)
    build.participles = frozenset(g.head for g in analysis.verb_groups if g.form == "participle")
    build.verbal = frozenset(at for g in analysis.verb_groups if g.form == "finite" for at in g.words)
    build.verbs = frozenset(at for g in analysis.verb_groups if g.head not in nominal for at in range(g.first, g.last))
    for number in numbers:
        inside = analysis.tokens_in(*number.span)
        build.bounds.update((at, inside.start) for at in inside)
    for index, mention in enumerate(mentions):
        if mention.parent is None and mention.kind in ("name", "body", "group", "description"):
            build.outer.update((at, index) for at in range(mention.first, mention.last))
    long = {at for p in prepositions.values() if p.last - p.first > 1 for at in range(p.first, p.last)}
    groups = [
        g
        for g in analysis.noun_groups
        if g.head not in long
        and in_time[g.head] < 0
        and not _is_length(build, g)
        and words[g.first : g.last] not in (["each", "other"], ["one", "another"], ["total"])
    ]
    candidates: list[tuple[int, int, int, NounGroup | None]] = [
        (g.first, g.last, g.head, g) for g in groups if not _is_adverb(build, g)
    ]
    taken = {at for g in analysis.noun_groups for at in range(g.first, g.last)}
    candidates += [(at, at + 1, at, None) for at in _pronouns(build, taken)]
    candidates += [(at - 1, at + 1, at, None) for at in _ordinals(build, taken)]
    candidates += [(at, at + 1, at, None) for at in _nouns_taken_for_adverbs(build, taken)]
    candidates += [(at, at + 1, at, None) for at in nominal if at not in taken]
    for first, last, head, group in sorted(candidates, key=lambda c: c[:3]):
        if head in build.covered:
            continue
        build.phrases.append(_phrase(build, (first, last, head), group))
    _govern(build)
    _quantify(build)
    _own(build)
    return _joined(build, _offices(analysis, mentions))


def _quantify(build: _Builder) -> None:
    """Put what says how much before its noun: ``controls most of Darfur``, ``l'essentiel de la ville``."""
    kept: list[Phrase] = []
    for phrase in build.phrases:
        at = phrase.start - 1
        if (
            phrase.prep != "of"
            or at < 0
            or build.words[at] not in _QUANTIFIERS
            or build.words[at - 1] in ("as", "dans", "prend")
        ):
            kept.append(phrase)
            continue
        before = kept[-1] if kept and kept[-1].first <= at < kept[-1].last else None
        if before is not None:
            kept.pop()
            phrase.first, phrase.prep, phrase.start = before.first, before.prep, before.start
        else:
            while at > 0 and build.analysis.tokens[at - 1].word_class in ("DET", "NUM", "ADJ", "ADV"):
                at -= 1
            found = next((p for p in build.prepositions.values() if p.last == at), None)
            phrase.first, phrase.prep, phrase.start = at, "", at
            if found is not None:
                phrase.prep, phrase.start = found.name, found.first
        kept.append(phrase)
    build.phrases = kept


def _own(build: _Builder) -> None:
    """Put genitives into the phrases that they belong to: ``Israel's offensive`` is one phrase, ``Israel`` its owner."""
    kept: list[Phrase] = []
    for phrase in build.phrases:
        before = kept[-1] if kept else None
        gap = build.words[before.last : phrase.first] if before is not None else []
        ends = (
            before is not None
            and not gap
            and (build.words[before.last - 1] in _GENITIVES or build.words[phrase.first] in _GENITIVES)
        )
        is_dated = before is not None and _is_dated(build, before.last, phrase.first)
        if before is not None and (ends or is_dated or (len(gap) == 1 and gap[0] in _GENITIVES)) and not phrase.prep:
            kept.pop()
            phrase.owner, phrase.first = before, before.first
            phrase.prep, phrase.start = before.prep, before.start
        kept.append(phrase)
    build.phrases = kept


def _is_dated(build: _Builder, first: int, last: int) -> bool:
    """Tell whether a genitive and a date stand between two phrases: ``Hamas’s October 7, 2023, attacks``."""
    if first < last and build.words[first] in _GENITIVES:
        first += 1
    elif not first or build.words[first - 1] not in _GENITIVES:
        return False
    inside = range(first, last)
    return 0 < len(inside) < _LONGEST_DATE and all(build.in_time[at] >= 0 or build.words[at] == "," for at in inside)


def _offices(analysis: Analysis, mentions: Mentions) -> dict[int, tuple[int, int]]:
    """The passages that name one person and the office held, by their first token: the token after them, the mention."""
    found: dict[int, tuple[int, int]] = {}
    for post in mentions.posts:
        tokens = analysis.tokens_in(*post.span)
        names = [i for i in mentions.within(tokens.start, tokens.stop) if _is_person_name(mentions[i])]
        if len(names) == 1 and names[0] == post.person:
            last = max(tokens.stop, found.get(tokens.start, (0, 0))[0])
            found[tokens.start] = last, post.person
    return found


def _is_person_name(mention: Mention) -> bool:
    return mention.type == "Person" and mention.kind == "name"


def _is_length(build: _Builder, group: NounGroup) -> bool:
    """Tell whether a group is a length of time that nothing is told of: ``two days`` before ``after``."""
    following = build.words[group.last] if group.last < len(build.words) else ""
    return group.lemma.lower() in _UNITS and following not in _OF and build.mentions.at(group.head) is None


def _is_adverb(build: _Builder, group: NounGroup) -> bool:
    """Tell whether a French group is an adverb that passed for a noun: ``séparément`` without an article."""
    word = build.words[group.head]
    is_alone = group.last - group.first == 1 and group.preposition is None
    return (
        is_alone
        and build.analysis.language == "fr"
        and word.endswith(("ément", "amment", "emment", "ivement", "iquement", "lement"))
    )


def _nouns_taken_for_adverbs(build: _Builder, taken: set[int]) -> list[int]:
    """The French nouns in -ment that passed for adverbs though an article stands before them: ``du déploiement``."""
    if build.analysis.language != "fr":
        return []
    tokens = build.analysis.tokens
    return [
        at
        for at, token in enumerate(tokens)
        if token.word_class == "ADV"
        and at not in taken
        and at
        and build.words[at].endswith(("ment", "ments"))
        and build.words[at - 1] in _ARTICLES
    ]


def _ordinals(build: _Builder, taken: set[int]) -> list[int]:
    """The ordinals that stand for a noun told before: ``The second, in 2020, killed``."""
    tokens, words = build.analysis.tokens, build.words
    return [
        at
        for at in range(1, len(words) - 1)
        if words[at] in ORDINALS
        and words[at - 1] in ("the", "la", "le", "l'")
        and at not in taken
        and (tokens[at + 1].word_class in ("PUNCT", "VERB", "AUX", "ADP"))
    ]


def _pronouns(build: _Builder, taken: set[int]) -> list[int]:
    found = []
    tokens = build.analysis.tokens
    for at, token in enumerate(tokens):
        if at in taken or token.word_class not in ("PRON", "NUM"):
            continue
        if (
            build.words[at] in _ARTICLES
            and at + 1 < len(tokens)
            and at + 1 not in build.verbs
            and build.words[at + 1] not in _CLITICS
        ):
            continue  # an article that passed for a pronoun: l'est du pays
        if token.features.pron_type in ("Rel", "Int") or token.features.reflex == "Yes" or build.in_time[at] >= 0:
            continue
        if build.words[at] in ("un", "une") and build.words[at + 1 : at + 2] and build.words[at + 1] in _QUOTES:
            continue  # the article of what is quoted: un « accord »
        if token.word_class == "NUM" and any(
            build.bounds.get(n) == build.bounds.get(at, -1) for n in range(at + 1, at + 4) if n in taken
        ):
            continue  # a part of a quantity: "between ten and fifteen people"
        if (
            build.words[at] in _RECIPROCALS
            and {*build.words[max(0, at - 1) : at], *build.words[at + 1 : at + 3]} & _RECIPROCALS
        ):
            continue  # l'un après l'autre, one another
        found.append(at)
    return found


def _phrase(build: _Builder, place: tuple[int, int, int], group: NounGroup | None) -> Phrase:
    first, last, head = place
    index = build.mentions.at(head)
    mention = build.mentions[index] if index is not None else None
    if mention is not None and mention.kind == "demonym" and group is not None:
        # the noun before a demonym that passed for a noun: "prisonniers palestiniens"
        larger = [
            i
            for i in build.mentions.within(group.first, group.last)
            if build.mentions[i].kind in ("group", "body", "description")
        ]
        if larger:
            index = larger[0]
            mention = build.mentions[index]
            head = mention.head
        elif head == group.head and head > group.first and build.analysis.tokens[head - 1].word_class == "NOUN":
            index, mention, head = build.mentions.at(head - 1), None, head - 1  # "policiers kényans"
    if mention is None and group is not None:
        index = build.outer.get(head)
        if index is None:
            index = _named(build.mentions, group)
        mention = build.mentions[index] if index is not None else None
    if mention is not None and mention.kind != "demonym":
        start = mention.first
        while start < head and (build.analysis.tokens[start].word_class in ("SCONJ", "CCONJ") or start in build.verbal):
            start += 1
        first, last = min(first, start), max(last, mention.last)
    while first < head and build.in_time[first] >= 0 and first and build.in_time[first - 1] == build.in_time[first]:
        first += 1  # "On 10 November 2020 Russia": the year is no part of the name
    while last - 1 > head and last - 1 in build.participles:
        last -= 1  # "quatre soldats tués": the participle tells something
    first = min([first, *(build.bounds.get(at, first) for at in range(first, head))])
    while build.phrases and first <= build.phrases[-1].first and build.phrases[-1].mention is None:
        build.phrases.pop()  # "one of its spokesmen": the number is part of the mention
    if build.phrases and first < build.phrases[-1].last:
        first = min(build.phrases[-1].last, head)
    build.covered.update(range(first, last))
    token = build.analysis.tokens[head]
    lemma = group.lemma if group is not None and not group.is_proper and head == group.head else token.lemma
    if group is None and build.words[head].endswith("ing"):
        lemma = build.words[head]
    is_clitic = group is None and build.words[head] in _CLITICS and build.words[head] not in _SUBJECT_PRONOUNS
    after = head + 1
    if is_clitic and not (after < len(build.words) and (after in build.verbs or build.words[after] in _CLITICS)):
        is_clitic = False
    return Phrase(first, last, head, lemma, start=first, mention=index, group=group, is_clitic=is_clitic)


_INNER: Final = frozenset(("demonym", "pronoun", "description"))
"""The kinds of mentions that another noun of their group is not named by: ``a neighbourhood committee``."""


def _named(mentions: Mentions, group: NounGroup) -> int | None:
    """The last mention in a group, where none has its head: ``State Department spokesman Vedant Patel``."""
    inside = [i for i in mentions.within(group.first, group.last) if mentions[i].kind not in _INNER]
    outer = [i for i in inside if not any(p in inside for p in mentions.around(i))]
    return outer[-1] if outer else None


def _govern(build: _Builder) -> None:
    """Give the phrases their prepositions."""
    by_last = {p.last: p for p in build.prepositions.values()}
    long = {at: p for p in build.prepositions.values() if p.last - p.first > 2 for at in range(p.first + 1, p.last)}
    for phrase in build.phrases:
        if phrase.is_clitic:
            continue
        start = phrase.first
        found = by_last.get(start)
        if found is not None and (_is_article(build, found) or _is_bound(build, found, phrase)):
            continue
        found = found or long.get(start)
        if found is None:
            # what the group does not hold may stand between: "dans plus de", "à tous les", "à un « accord »"
            at = start - 1
            while (
                at >= 0
                and at > start - 5
                and (build.analysis.tokens[at].word_class in ("DET", "NUM", "ADV", "ADJ") or build.words[at] in _QUOTES)
            ):
                found = by_last.get(at)
                if found is not None:
                    break
                at -= 1
        if found is None and phrase.group is not None and phrase.group.preposition is not None:
            found = build.prepositions.get(phrase.group.preposition)
            if found is not None and (
                _is_article(build, found) or any(build.in_time[at] >= 0 for at in range(found.first, start))
            ):
                found = None
        if found is not None and found.first < phrase.first:
            phrase.prep, phrase.start = found.name, min(found.first, phrase.first)


def _is_bound(build: _Builder, found: Preposition, phrase: Phrase) -> bool:
    """Tell whether a preposition says that a number is a rough one: ``About 400,000 have crossed``."""
    return found.name == "about" and build.bounds.get(phrase.head, phrase.head) <= found.first


def _is_article(build: _Builder, found: Preposition) -> bool:
    """Tell whether a French de or des is an article: ``Dimanche, des combats``, ``accueille depuis mardi de nouvelles négociations``."""
    word, at = build.words[found.first], found.first
    if word not in ("de", "des", "d'") or build.analysis.language != "fr" or found.last - found.first > 1:
        return False
    before = build.analysis.tokens[at - 1] if at else None
    if before is None or before.word_class in ("PUNCT", "CCONJ", "SCONJ"):
        return word == "des" or before is None
    following = build.analysis.tokens[found.last] if found.last < len(build.words) else None
    is_plural_adjective = (
        following is not None and following.word_class == "ADJ" and following.features.number != "Sing"
    )
    after_time = build.in_time[at - 1] >= 0
    return is_plural_adjective and (after_time or before.word_class in ("VERB", "AUX", "ADV"))


def _joined(build: _Builder, offices: dict[int, tuple[int, int]]) -> list[Phrase]:
    """Join an office and the name that stands beside it."""
    joined: list[Phrase] = []
    end, office = 0, None
    for phrase in build.phrases:
        if office is not None and phrase.first < end:
            office.last = max(office.last, phrase.last)
            continue
        office = None
        for at in range(phrase.first, phrase.head + 1):
            if at in offices:
                end, phrase.mention = offices[at]
                if not any(at < g.head < end for g in build.analysis.verb_groups_in(at, end)):
                    phrase.last, office = max(phrase.last, end), phrase
                break
        before = joined[-1] if joined else None
        if before is not None and _is_apposition(build, before, phrase):
            one, other = _mention(build, before), _mention(build, phrase)
            before.last = phrase.last
            if other is not None and other.type == "Person" and (one is None or one.kind != "name"):
                before.mention = phrase.mention
            continue
        joined.append(phrase)
    return joined


def _mention(build: _Builder, phrase: Phrase) -> Mention | None:
    return build.mentions[phrase.mention] if phrase.mention is not None else None


def _is_apposition(build: _Builder, first: Phrase, second: Phrase) -> bool:
    """Tell whether two phrases side by side, or apart by a comma, mean the same person or party."""
    one, other = _mention(build, first), _mention(build, second)
    gap = build.words[first.last : second.first]
    if one is None and other is not None and gap == [","] and not second.prep and first.group is not None:
        # "leur avocat, X.": an office that no list knows
        after = build.words[second.last] if second.last < len(build.words) else ""
        is_name = other.type == "Person" and other.kind == "name"
        return (
            is_name
            and first.group.number != "Plur"
            and not first.group.is_proper
            and first.lemma in build.speaking
            and after in _ENDS
        )
    if one is None or other is None or second.prep or first.is_clitic:
        return False
    if gap == []:
        return other.kind == "name" and (other.type in (one.type, "Person")) and one.kind != "name"
    is_office = one.type in ("Person", "Group") and one.kind not in ("name", "pronoun") and one.number != "Plur"
    if gap == [","] and is_office and other.type == "Person" and other.kind == "name":
        after = build.words[second.last] if second.last < len(build.words) else ""
        return after in (",", ".", "»", "”", '"', ")", "") or build.analysis.tokens[second.last].word_class in (
            "VERB",
            "AUX",
        )
    if gap == [","] or (
        len(gap) == 2 and gap[0] == "," and gap[1] in ("the", "a", "an", "le", "la", "l'", "un", "une")
    ):
        after = build.words[second.last] if second.last < len(build.words) else ""
        same = bool(one.referents) and one.referents == other.referents
        named = one.kind == "name" or other.kind == "name"
        return same and named and after not in ("et", "and", "ou", "or")
    return False
