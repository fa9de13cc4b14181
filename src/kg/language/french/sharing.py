"""Further French participles or infinitives that share the auxiliaries of a group: ont été arrêtées puis relâchées."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kg.language.french.conjugation import Conjugation
from kg.language.groups import FINITE, INFINITIVE, PARTICIPLE, PAST, VERBAL, Draft, Words
from kg.language.readings import TAGS

_PAST_PARTICIPLE: Final = PARTICIPLE | PAST
_ADVERB, _PUNCTUATION = TAGS["ADV"], TAGS["PUNCT"]
_JOINERS: Final = frozenset(("et", "ou", "puis", "mais", "ni", "voire"))
_STOPS: Final = frozenset(".;:!?")
_NOT_NOUN_PHRASE: Final = frozenset(("par", "de", "du", "des", "dans", "en", "à", "au", "aux", "sur", "lors"))
_LONGEST_SHARE: Final = 25


class Sharing:
    """Finds them; `conjugation` tells which participles are active after être."""

    def __init__(self, conjugation: Conjugation) -> None:
        self._conjugation = conjugation

    def share(self, words: Words, group: Draft) -> list[Draft]:
        """Return groups for further participles or infinitives that share the auxiliaries of a group."""
        if not group.auxiliaries:
            return []
        form = _PAST_PARTICIPLE if words.has(group.head, PARTICIPLE) else INFINITIVE
        found: list[Draft] = []
        for place in range(group.head + 1, min(group.head + _LONGEST_SHARE, len(words))):
            word = words.word(place)
            if word in _STOPS or words.is_verb(place, FINITE) or words.is_any(place, TAGS["Nom"] | TAGS["Rel"]):
                break
            verb = words.option(place, form)
            if verb is not None and verb.mask & VERBAL and self._is_shared(words, group, place, form):
                words.chosen[place] = verb
                found.append(self._copy(words, group, place))
        return found

    def _is_shared(self, words: Words, group: Draft, place: int, form: int) -> bool:
        before = place - 1
        while before > group.head and (
            words.word(before) in ("en", "y", "ensuite", "aussi") or self._is_light(words, before)
        ):
            before -= 1
        joiner = words.word(before)
        if form == INFINITIVE:
            return joiner in _JOINERS and before > group.head
        wanted = TAGS["Masc"] | TAGS["Sing"]
        verb = words.option(place, form)
        assert verb is not None  # noqa: S101 - the caller has seen it
        if not words.is_any(place, VERBAL) and (joiner not in _JOINERS or words.has(place, TAGS["NOUN"])):
            return False
        is_avoir = words.chosen[group.auxiliaries[-1]].lemma == "avoir"
        if is_avoir:
            if verb.mask & wanted != wanted or words.word(place + 1) == "par":
                return False
            if joiner == ",":
                return words.word(place + 1) not in _NOT_NOUN_PHRASE and not words.is_any(place + 1, _PUNCTUATION)
            return joiner in _JOINERS
        features, model = verb.features, words.chosen[group.head].features
        agrees = features.number == model.number and features.gender == model.gender
        return agrees and (joiner in _JOINERS or (joiner == "," and self._goes_on(words, place)))

    def _goes_on(self, words: Words, place: int) -> bool:
        """Tell whether a participle stands in a row of them: pillées, incendiées ou rasées."""
        return words.word(place + 1) in (",", *_JOINERS) and words.is_verb(place + 2, _PAST_PARTICIPLE)

    def _is_light(self, words: Words, place: int) -> bool:
        return words.has(place, _ADVERB) and words.word(place) not in _JOINERS

    def _copy(self, words: Words, group: Draft, place: int) -> Draft:
        verb = words.chosen[place]
        base = [at for at in group.words if at < group.head and words.word(at) != "ni"]
        if words.word(place - 1) == "ni":
            base.append(place - 1)
        shared = replace(group, words=[*base, place], head=place, lemma=verb.lemma, auxiliaries=list(group.auxiliaries))
        auxiliary = words.chosen[group.auxiliaries[-1]]
        if auxiliary.lemma == "être" and not group.is_reflexive:
            is_been = auxiliary.features.verb_form == "Part"
            is_active = self._conjugation.auxiliary(verb.lemma) != "avoir" and not is_been
            shared.voice = "active" if is_active else "passive"
        shared.words.sort()
        return shared
