"""Where the next verb of a French group stands, and what may stand before it: adverbs, negation, clitics, commas."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.language.french.negation import NE
from kg.language.groups import FINITE, INFINITIVE, PARTICIPLE, PAST, VERBAL, Draft, Words, by_first_word
from kg.language.readings import TAGS

_PAST_PARTICIPLE: Final = PARTICIPLE | PAST
_CLITIC: Final = TAGS["Acc"] | TAGS["Dat"]
_ADVERB, _PRONOUN = TAGS["ADV"], TAGS["PRON"]
_MASCULINE_SINGULAR: Final = TAGS["Masc"] | TAGS["Sing"]
_PRONOUNS_INSIDE: Final = frozenset("tous toutes rien elle elles eux lui-même elle-même eux-mêmes elles-mêmes".split())
_QUOTES: Final = frozenset("«“\"‘'")
_ENDS: Final = frozenset('.;:!?»«“”"()')
_LONGEST_PARENTHESIS: Final = 12


class Seeker:
    """Looks to the right of a verb.

    Args:
        phrases: adverbials of several words that may stand inside, cut as tokens are.
        negation: the adverbs that negate with ne.
    """

    def __init__(self, phrases: Sequence[Sequence[str]], negation: frozenset[str]) -> None:
        self._phrases = by_first_word(phrases)
        self._negation = negation

    def beyond(self, words: Words, at: int) -> int:
        """Return the first word after a verb that is no adverb, clitic or adverbial."""
        place = at + 1
        while place < len(words):
            step = self._inside(words, place)
            if not step:
                break
            place += step
        return place

    def seek(self, words: Words, group: Draft, at: int, form: int, *, is_near: bool = False) -> int | None:
        """Return the participle or infinitive that goes with the verb at `at`, taking negation and reflexives on the way."""
        taken: list[int] = []
        is_reflexive = group.is_reflexive
        place = at + 1
        while place < len(words):
            if self._fits(words, at, place, form):
                group.take(*taken)
                group.is_reflexive = is_reflexive
                return place
            word = words.word(place)
            if self._phrase(words, place):
                place += self._phrase(words, place)
            elif (word in self._negation and (word != "ni" or form == _PAST_PARTICIPLE)) or (
                word in NE and form == INFINITIVE
            ):
                taken.append(place)
                place += 1
            elif words.has(place, TAGS["Reflex"]) and form == INFINITIVE:
                taken.append(place)
                is_reflexive = True
                place += 1
            else:
                step = self._inside(words, place)
                if not step or (is_near and word == ","):
                    return None
                place += step
        return None

    def _fits(self, words: Words, at: int, place: int, form: int) -> bool:
        found = words.option(place, form)
        if found is None or not found.mask & VERBAL:
            return False
        if words.is_any(place, VERBAL) or form == INFINITIVE:
            return words.has(place, form) or not words.has(place, FINITE) or form == _PAST_PARTICIPLE
        if words.has(place, TAGS["NOUN"]) and words.chosen[at].lemma == "avoir":
            return bool(found.mask & _MASCULINE_SINGULAR == _MASCULINE_SINGULAR)
        return True

    def _inside(self, words: Words, place: int) -> int:
        """Return how many words from `place` may stand inside a group: an adverb, clitic, adverbial, words in commas."""
        word = words.word(place)
        if word in self._phrases and self._phrase(words, place):
            return self._phrase(words, place)
        if word == ",":
            return self._parenthesis(words, place)
        if word in _QUOTES:
            return 1
        if words.is_any(place, _CLITIC) or word.startswith("-") or word in _PRONOUNS_INSIDE:
            return 1
        if (words.has(place, _ADVERB) or word == "donc") and word not in ("où", "comment", "pourquoi", "combien"):
            return 1
        if word in ("nous", "vous", "lui") and words.has(place, _PRONOUN):
            return 1
        return 0

    def _phrase(self, words: Words, place: int) -> int:
        """Return the length of the adverbial of several words that begins at `place`: à nouveau, plus que."""
        for phrase in self._phrases.get(words.word(place), ()):
            if words.words[place : place + len(phrase)] == phrase:
                return len(phrase)
        return 0

    def _parenthesis(self, words: Words, place: int) -> int:
        """Return the length of words between two commas, both included, if no clause stands in them."""
        for end in range(place + 1, min(place + _LONGEST_PARENTHESIS, len(words))):
            if words.word(end) == ",":
                return end - place + 1
            if words.word(end) in _ENDS or words.is_verb(end, FINITE):
                break
        return 0
