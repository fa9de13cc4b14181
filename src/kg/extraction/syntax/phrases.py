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
from kg.extraction.syntax.prepositions import Preposition

_SUBJECT_PRONOUNS: Final = frozenset(
    "il elle ils elles on nous vous je j' tu ce c' ça cela celui-ci celle-ci ceux-ci celles-ci he she it they we i you this that"
    " these those".split()
)
_CLITICS: Final = frozenset("le la les l' lui leur en y me m' te t' se s' nous vous".split())


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


def build_phrases(
    analysis: Analysis,
    mentions: Mentions,
    words: list[str],
    prepositions: dict[int, Preposition],
    in_time: Sequence[int],
) -> list[Phrase]:
    """Return the phrases of a text in its order.

    Args:
        analysis: the text.
        mentions: its mentions.
        words: its tokens in small letters.
        prepositions: its prepositions by their first token.
        in_time: for each token the index of the time that it is part of, or -1.
    """
    build = _Builder(analysis, mentions, words, prepositions, in_time)
    long = {at for p in prepositions.values() if p.last - p.first > 1 for at in range(p.first, p.last)}
    groups = [g for g in analysis.noun_groups if g.head not in long and in_time[g.head] < 0]
    candidates = [(g.first, g.last, g.head, g) for g in groups]
    taken = {at for g in analysis.noun_groups for at in range(g.first, g.last)}
    candidates += [(at, at + 1, at, None) for at in _pronouns(build, taken)]
    for first, last, head, group in sorted(candidates, key=lambda c: c[:3]):
        if head in build.covered:
            continue
        build.phrases.append(_phrase(build, (first, last, head), group))
    _govern(build)
    return _joined(build, _offices(analysis, mentions))


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


def _pronouns(build: _Builder, taken: set[int]) -> list[int]:
    found = []
    tokens = build.analysis.tokens
    for at, token in enumerate(tokens):
        if at in taken or token.word_class not in ("PRON", "NUM"):
            continue
        if token.features.pron_type in ("Rel", "Int") or token.features.reflex == "Yes":
            continue
        if token.word_class == "NUM" and build.in_time[at] >= 0:
            continue
        found.append(at)
    return found


def _phrase(build: _Builder, place: tuple[int, int, int], group: NounGroup | None) -> Phrase:
    first, last, head = place
    index = build.mentions.at(head)
    mention = build.mentions[index] if index is not None else None
    if mention is None and group is not None:
        index = _named(build.mentions, group)
        mention = build.mentions[index] if index is not None else None
    if mention is not None and mention.kind != "demonym":
        first, last = min(first, mention.first), max(last, mention.last)
    if build.phrases and first < build.phrases[-1].last:
        first = min(build.phrases[-1].last, head)
    build.covered.update(range(first, last))
    token = build.analysis.tokens[head]
    lemma = group.lemma if group is not None and not group.is_proper else token.lemma
    is_clitic = group is None and build.words[head] in _CLITICS and build.words[head] not in _SUBJECT_PRONOUNS
    return Phrase(first, last, head, lemma, start=first, mention=index, group=group, is_clitic=is_clitic)


def _named(mentions: Mentions, group: NounGroup) -> int | None:
    """The last mention in a group, where none has its head: ``State Department spokesman Vedant Patel``."""
    inside = [i for i in mentions.within(group.first, group.last) if mentions[i].kind != "demonym"]
    outer = [i for i in inside if not any(p in inside for p in mentions.around(i))]
    return outer[-1] if outer else None


def _govern(build: _Builder) -> None:
    """Give the phrases their prepositions."""
    by_last = {p.last: p for p in build.prepositions.values()}
    for phrase in build.phrases:
        start = phrase.first
        found = by_last.get(start)
        if found is None:
            # a determiner or quantity may stand between that the group does not hold: "dans plus de", "à tous les"
            at = start - 1
            while at >= 0 and at > start - 4 and build.analysis.tokens[at].word_class in ("DET", "NUM", "ADV", "ADJ"):
                found = by_last.get(at)
                if found is not None or at not in build.covered:
                    pass
                if found is not None:
                    break
                at -= 1
        if found is None and phrase.group is not None and phrase.group.preposition is not None:
            found = build.prepositions.get(phrase.group.preposition)
        if found is not None and found.first < phrase.head:
            phrase.prep, phrase.start = found.name, min(found.first, phrase.first)


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
                phrase.last, office = max(phrase.last, min(end, phrase.last + 40)), phrase
                phrase.last = max(phrase.last, phrase.head + 1)
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
    if one is None or other is None or second.prep or first.is_clitic:
        return False
    gap = build.words[first.last : second.first]
    if gap == []:
        return other.kind == "name" and (one.type == other.type or other.type == "Person") and one.kind != "name"
    if gap == [","] or (len(gap) == 2 and gap[0] == "," and gap[1] in ("the", "a", "an", "le", "la", "l'", "un", "une")):
        after = build.words[second.last] if second.last < len(build.words) else ""
        same = bool(one.referents) and one.referents == other.referents
        named = one.kind == "name" or other.kind == "name"
        return same and named and after not in ("et", "and", "ou", "or")
    return False
