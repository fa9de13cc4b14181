"""What can be the head of a phrase: nouns, pronouns, ordinals; and the mention that it stands for."""

from __future__ import annotations

from typing import Final

from kg.analysis import NounGroup
from kg.extraction.mentions import Mentions
from kg.extraction.syntax.phrase_state import QUOTES, PhraseBuilder
from kg.extraction.syntax.phrases import Phrase

_INNER: Final = frozenset(("demonym", "pronoun", "description"))
"""The kinds of mentions that another noun of their group is not named by: ``a neighbourhood committee``."""


def is_length(build: PhraseBuilder, group: NounGroup) -> bool:
    """Tell whether a group is a length of time that nothing is told of: ``two days`` before ``after``."""
    following = build.words[group.last] if group.last < len(build.words) else ""
    return (
        group.lemma.lower() in build.lists["unit"]
        and following not in build.lists["of"]
        and build.mentions.at(group.head) is None
    )


def is_adverb(build: PhraseBuilder, group: NounGroup) -> bool:
    """Tell whether a French group is an adverb that passed for a noun: ``séparément`` without an article."""
    word = build.words[group.head]
    is_alone = group.last - group.first == 1 and group.preposition is None
    return (
        is_alone
        and build.analysis.language == "fr"
        and word.endswith(("ément", "amment", "emment", "ivement", "iquement", "lement"))
    )


def find_nouns_taken_for_adverbs(build: PhraseBuilder, taken: set[int]) -> list[int]:
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
        and build.words[at - 1] in build.lists["article"]
    ]


def find_ordinals(build: PhraseBuilder, taken: set[int]) -> list[int]:
    """The ordinals that stand for a noun told before: ``The second, in 2020, killed``."""
    tokens, words = build.analysis.tokens, build.words
    return [
        at
        for at in range(1, len(words) - 1)
        if words[at] in build.lists["ordinal"]
        and words[at - 1] in ("the", "la", "le", "l'")
        and at not in taken
        and (tokens[at + 1].word_class in ("PUNCT", "VERB", "AUX", "ADP"))
    ]


def find_pronouns(build: PhraseBuilder, taken: set[int]) -> list[int]:
    """Return the pronouns and the numbers that stand alone."""
    found = []
    tokens = build.analysis.tokens
    for at, token in enumerate(tokens):
        if at in taken or token.word_class not in ("PRON", "NUM"):
            continue
        if (
            build.words[at] in build.lists["article"]
            and at + 1 < len(tokens)
            and at + 1 not in build.verbs
            and build.words[at + 1] not in build.lists["clitic"]
        ):
            continue  # an article that passed for a pronoun: l'est du pays
        if token.features.pron_type in ("Rel", "Int") or token.features.reflex == "Yes" or build.in_time[at] >= 0:
            continue
        if build.words[at] in ("un", "une") and build.words[at + 1 : at + 2] and build.words[at + 1] in QUOTES:
            continue  # the article of what is quoted: un « accord »
        if token.word_class == "NUM" and any(
            build.bounds.get(n) == build.bounds.get(at, -1) for n in range(at + 1, at + 4) if n in taken
        ):
            continue  # a part of a quantity: "between ten and fifteen people"
        if (
            build.words[at] in build.lists["reciprocal"]
            and {*build.words[max(0, at - 1) : at], *build.words[at + 1 : at + 3]} & build.lists["reciprocal"]
        ):
            continue  # l'un après l'autre, one another
        found.append(at)
    return found


def make_phrase(build: PhraseBuilder, place: tuple[int, int, int], group: NounGroup | None) -> Phrase:
    """Return the phrase of a noun group or pronoun, with the mention that it stands for."""
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
    is_clitic = (
        group is None
        and build.words[head] in build.lists["clitic"]
        and build.words[head] not in build.lists["subject_pronoun"]
    )
    after = head + 1
    if is_clitic and not (
        after < len(build.words) and (after in build.verbs or build.words[after] in build.lists["clitic"])
    ):
        is_clitic = False
    return Phrase(first, last, head, lemma, start=first, mention=index, group=group, is_clitic=is_clitic)


def _named(mentions: Mentions, group: NounGroup) -> int | None:
    """The last mention in a group, where none has its head: ``State Department spokesman Vedant Patel``."""
    inside = [i for i in mentions.within(group.first, group.last) if mentions[i].kind not in _INNER]
    outer = [i for i in inside if not any(p in inside for p in mentions.around(i))]
    return outer[-1] if outer else None
