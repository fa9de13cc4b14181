"""Builds the noun phrases of a text from its noun groups, pronouns and mentions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.analysis import Analysis, NounGroup
from kg.extraction.mentions import Mentions
from kg.extraction.numbers.quantities import Quantity
from kg.extraction.syntax.phrase_heads import (
    find_nouns_taken_for_adverbs,
    find_ordinals,
    find_pronouns,
    is_adverb,
    is_length,
    make_phrase,
)
from kg.extraction.syntax.phrase_joining import find_offices, govern, join_appositions, join_owners, quantify
from kg.extraction.syntax.phrase_state import PhraseBuilder
from kg.extraction.syntax.phrases import Phrase
from kg.extraction.syntax.prepositions import Preposition


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
    lists: Mapping[str, frozenset[str]],
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
        lists: the words of the language by list, as in ``wordlists.tsv``.
    """
    build = PhraseBuilder(analysis, mentions, words, prepositions, in_time, speaking=speaking, lists=lists)
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
        and not is_length(build, g)
        and words[g.first : g.last] not in (["each", "other"], ["one", "another"], ["total"])
    ]
    candidates: list[tuple[int, int, int, NounGroup | None]] = [
        (g.first, g.last, g.head, g) for g in groups if not is_adverb(build, g)
    ]
    taken = {at for g in analysis.noun_groups for at in range(g.first, g.last)}
    candidates += [(at, at + 1, at, None) for at in find_pronouns(build, taken)]
    candidates += [(at - 1, at + 1, at, None) for at in find_ordinals(build, taken)]
    candidates += [(at, at + 1, at, None) for at in find_nouns_taken_for_adverbs(build, taken)]
    candidates += [(at, at + 1, at, None) for at in nominal if at not in taken]
    for first, last, head, group in sorted(candidates, key=lambda c: c[:3]):
        if head in build.covered:
            continue
        build.phrases.append(make_phrase(build, (first, last, head), group))
    govern(build)
    quantify(build)
    join_owners(build)
    return join_appositions(build, find_offices(analysis, mentions))
