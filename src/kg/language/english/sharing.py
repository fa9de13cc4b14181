"""Further English verbs that share the auxiliaries of a group: were beaten and later jailed."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kg.language.groups import FINITE, INFINITIVE, PARTICIPLE, PAST, PRESENT, VERBAL, Draft, Words
from kg.language.readings import TAGS

_PAST_PARTICIPLE, _ING = PARTICIPLE | PAST, PARTICIPLE | PRESENT
_ADVERB: Final = TAGS["ADV"]
_JOINERS: Final = frozenset(("and", "or", "but", "nor", "then", "neither"))
_ENDS: Final = frozenset('.;:!?“”"«»()')
_LONGEST_SHARE: Final = 20


class Sharing:
    """Finds them; `negation` is the set of ``constructions.tsv``."""

    def __init__(self, negation: frozenset[str]) -> None:
        self._negation = negation

    def share(self, words: Words, group: Draft) -> list[Draft]:
        """Return groups for further verbs that share the auxiliaries of a group: were beaten and later jailed."""
        is_infinitive = words.has(group.head, INFINITIVE)
        shares = group.auxiliaries or (
            is_infinitive and words.word(min(group.words)) in ("to", "not") and len(group.words) > 1
        )
        if not shares or words.is_verb(group.head, FINITE):
            return []
        form = INFINITIVE if is_infinitive else _ING if words.has(group.head, PRESENT) else _PAST_PARTICIPLE
        found: list[Draft] = []
        for place in range(group.head + 1, min(group.head + _LONGEST_SHARE, len(words))):
            word = words.word(place)
            if word in _ENDS or word in ("who", "which", "that") or words.is_any(place, TAGS["Nom"]):
                break
            verb = words.option(place, form) if words.is_any(place, VERBAL) else None
            joiner, negation = self._joiner(words, place) if verb and verb.mask & VERBAL else (-1, [])
            if verb is not None and joiner > group.head:
                words.chosen[place] = verb
                base = [at for at in group.words if at < group.head and words.word(at) != "neither"]
                shared = replace(group, words=sorted([*base, *negation, place]), head=place, lemma=verb.lemma)
                shared.is_negated = group.is_negated or bool(negation)
                found.append(shared)
            elif words.is_verb(place, FINITE) or words.is_any(place, TAGS["SCONJ"]) or word == "to":
                break
        return found

    def _joiner(self, words: Words, place: int) -> tuple[int, list[int]]:
        """Return the conjunction before a verb, over adverbs, and the negation on the way; -1 where none stands."""
        negation: list[int] = []
        before = place - 1
        while words.has(before, _ADVERB) or words.word(before) in self._negation:
            if words.word(before) in self._negation:
                negation.append(before)
                if words.word(before) in ("nor", "neither"):
                    return before, negation
            before -= 1
        goes_on = words.word(before) == "," and words.word(place + 1) in (",", *_JOINERS) and words.is_verb(place + 2)
        return (before, negation) if words.word(before) in _JOINERS or goes_on else (-1, [])
