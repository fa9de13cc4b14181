"""Where the next verb of an English group stands, and what may stand before it: adverbs, negation, a subject, commas."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.language.groups import INFINITIVE, VERBAL, Draft, Words, by_first_word
from kg.language.readings import TAGS

_NOMINAL: Final = TAGS["NOUN"] | TAGS["PROPN"] | TAGS["PRON"] | TAGS["DET"] | TAGS["ADJ"] | TAGS["NUM"]
_NOUNLIKE: Final = TAGS["NOUN"] | TAGS["PROPN"] | TAGS["PRON"]
_ADVERB, _PUNCTUATION, _PARTICLE = TAGS["ADV"], TAGS["PUNCT"], TAGS["PART"]
_QUOTES: Final = frozenset("«“\"‘'")
_ENDS: Final = frozenset('.;:!?“”"«»()')
_INVERTERS: Final = frozenset(
    "then never nor neither seldom rarely hardly only so who what when where why how which whose whom and but or".split()
)
_LONGEST_SUBJECT: Final = 8
_LONGEST_PARENTHESIS: Final = 10


class Seeker:
    """Looks to the right of a verb; the sets are those of ``constructions.tsv``."""

    def __init__(self, phrases: Sequence[str], negation: frozenset[str]) -> None:
        self._phrases = by_first_word([phrase.split() for phrase in phrases])
        self._negation = negation

    def over_adverbs(self, words: Words, place: int) -> int:
        """Return the first place from `place` on that is no adverb."""
        while words.has(place, _ADVERB):
            place += 1
        return place

    def seek(
        self, words: Words, at: int, form: int, *, group: Draft | None = None, over_subject: bool = False
    ) -> int | None:
        """Return the place of the next verb of a form, over adverbs, and over the subject where it stands inside.

        The negation on the way becomes part of `group`, where one is given.
        """
        taken: list[int] = []
        place, over = at + 1, _LONGEST_SUBJECT if over_subject else 0
        while place < len(words):
            verb = words.option(place, form)
            if verb and verb.mask & VERBAL and self._fits(words, place, form, over_subject=over_subject):
                if group is not None:
                    group.take(*taken)
                return place
            word = words.word(place)
            step = self.inside(words, place)
            if word in self._negation or (word == "no" and words.word(place + 1) == "longer"):
                step = 2 if word == "no" else 1
                taken += range(place, place + step)
            elif not step and over and words.is_any(place, _NOMINAL | TAGS["ADP"] | _PARTICLE):
                step, over = 1, over - 1
            if not step:
                return None
            place += step
        return None

    def _fits(self, words: Words, place: int, form: int, *, over_subject: bool) -> bool:
        chosen = words.chosen[place]
        if over_subject:
            return self._fits_after_subject(words, place)
        if chosen.mask & VERBAL:
            return True
        if chosen.mask & (TAGS["DET"] | TAGS["PRON"] | TAGS["ADP"] | TAGS["PROPN"] | _ADVERB):
            return False
        return form == INFINITIVE or (bool(chosen.mask & TAGS["ADJ"]) and chosen.lemma != words.word(place))

    def _fits_after_subject(self, words: Words, place: int) -> bool:
        """Tell whether a verb form can be the main verb after a subject: a noun, name or pronoun stands before it."""
        before = words.option(place - 1, TAGS["NOUN"])
        if (before is None or words.word(place) == "be") and not words.is_any(
            place - 1, _NOUNLIKE | _ADVERB | TAGS["AUX"] | _PARTICLE
        ):
            return False
        following = words.option(place + 1, INFINITIVE)
        return (
            following is None
            or not following.mask & VERBAL
            or words.is_any(place + 1, TAGS["Plur"] | TAGS["ADP"] | TAGS["DET"])
        )

    def inside(self, words: Words, place: int) -> int:
        """Return how many words from `place` may stand inside a group."""
        word = words.word(place)
        for phrase in self._phrases.get(word, ()):
            if words.words[place : place + len(phrase)] == phrase:
                return len(phrase)
        if word == ",":
            return self._parenthesis(words, place)
        if word in _QUOTES:
            return 1
        if words.has(place, _ADVERB) and word not in ("when", "where", "why", "how", "there", "here"):
            return 1
        return int(word in ("all", "both", "each") and not words.is_any(place + 1, TAGS["NOUN"] | TAGS["DET"]))

    def _parenthesis(self, words: Words, place: int) -> int:
        """Return the length of words between two commas, both included."""
        for end in range(place + 1, min(place + _LONGEST_PARENTHESIS, len(words))):
            if words.word(end) == ",":
                return end - place + 1
            if words.word(end) in _ENDS:
                break
        return 0

    def beyond(self, words: Words, group: Draft, at: int) -> int:
        """Return the first word after a verb that is no adverb or negation, and take the negation."""
        place = at + 1
        while words.word(place) in self._negation or self.inside(words, place) == 1:
            if words.word(place) in ("yet", "about", "so"):
                break
            if words.word(place) in self._negation:
                group.take(place)
            place += 1
        return place

    def is_to(self, words: Words, place: int) -> bool:
        """Tell whether to and a base form stand at a place."""
        if words.word(place) != "to" or words.has(place, TAGS["ADP"]):
            return False
        following = self.over_adverbs(words, place + 1)
        found = words.option(following, INFINITIVE)
        return (
            found is not None and bool(found.mask & VERBAL) and not words.is_any(following, TAGS["DET"] | TAGS["PROPN"])
        )

    def is_inverted(self, words: Words, at: int) -> bool:
        """Tell whether the subject follows an auxiliary: in questions, and after words like never and nor."""
        verb = words.chosen[at]
        if verb.word_class != "AUX" and verb.lemma not in ("have", "do"):
            return False
        if verb.features.verb_form != "Fin" and words.word(at) not in ("do", "have"):
            return False
        following = at + 1
        while words.word(following) in self._negation:
            following += 1
        if not words.is_any(following, _NOMINAL) or words.is_any(following, VERBAL):
            return False
        begins = at == 0 or words.is_any(at - 1, _PUNCTUATION) or words.word(at - 1) in _INVERTERS
        return begins and not (
            at > 0 and words.word(at - 1) in ("who", "which", "what") and words.has(following, TAGS["DET"]) and False
        )
