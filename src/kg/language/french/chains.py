"""How a French verb group grows to the right: each verb takes its participle or infinitive, and that may go on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kg.language.french.conjugation import Conjugation
from kg.language.french.seeking import Seeker
from kg.language.groups import FINITE, INFINITIVE, LONGEST_CHAIN, PARTICIPLE, PAST, Draft, Words
from kg.language.readings import Reading, reading

_PAST_PARTICIPLE: Final = PARTICIPLE | PAST


class Chains:
    """Extends groups; `modals` are verbs that are one group with their infinitive."""

    def __init__(self, modals: frozenset[str], conjugation: Conjugation, seeker: Seeker) -> None:
        self._modals, self._conjugation, self._seeker = modals, conjugation, seeker

    def extend(self, words: Words, group: Draft, at: int) -> None:
        """Let the verb at `at` take its participle or infinitive, and so on."""
        lemma = words.chosen[at].lemma
        if len(group.words) > LONGEST_CHAIN:
            return
        if lemma == "avoir":
            self._take_participle(words, group, at)
        elif lemma == "être":
            self._after_being(words, group, at)
        elif lemma in self._modals:
            self._take_infinitive(words, group, at, lambda g: setattr(g, "modal", g.modal or lemma))
        elif lemma == "aller" and words.has(at, FINITE) and words.chosen[at].features.tense in ("Pres", "Imp"):
            self._take_infinitive(words, group, at, self._make_future)
        elif lemma == "venir" and words.word(self._seeker.beyond(words, at)) in ("de", "d'"):
            self._take_recent(words, group, at, self._seeker.beyond(words, at))
        elif lemma == "faire":
            self._take_infinitive(words, group, at, self._make_causative, is_near=True)

    def _make_future(self, group: Draft) -> None:
        group.periphrasis = "near-future"
        group.tense = "future" if group.tense == "present" else "past"

    def _make_causative(self, group: Draft) -> None:
        group.periphrasis = "causative"
        if group.is_reflexive:
            group.voice = "passive"

    def _take_recent(self, words: Words, group: Draft, at: int, preposition: int) -> None:
        """Take de and the infinitive after venir: vient d'être arrêté."""
        if words.chosen[at].features.verb_form == "Part" or words.chosen[at].features.mood not in ("Ind", ""):
            return
        length = len(group.words)
        self._take_infinitive(words, group, preposition, _leave)
        if len(group.words) > length:
            group.take(preposition)
            group.periphrasis, group.tense = "recent-past", "past"

    def _take_participle(self, words: Words, group: Draft, at: int) -> None:
        place = self._seeker.seek(words, group, at, _PAST_PARTICIPLE)
        if place is None:
            return
        self._make_auxiliary(words, at)
        group.auxiliaries += [at]
        group.is_perfect = True
        if group.form == "finite" and group.tense == "present":
            group.tense = "past"
        verb = self._settle(words, place, _PAST_PARTICIPLE)
        group.take(place)
        group.head, group.lemma = place, verb.lemma
        if verb.lemma == "être":
            self._after_being(words, group, place)
        elif verb.lemma in self._modals or verb.lemma == "faire":
            self.extend(words, group, place)

    def _after_being(self, words: Words, group: Draft, at: int) -> None:
        """Take what follows être: a participle, or en train de and an infinitive."""
        if self._take_progressive(words, group, at):
            return
        place = self._seeker.seek(words, group, at, _PAST_PARTICIPLE)
        if place is None:
            return
        verb = self._settle(words, place, _PAST_PARTICIPLE)
        self._make_auxiliary(words, at)
        group.auxiliaries += [at]
        group.take(place)
        group.head, group.lemma = place, verb.lemma
        is_been = words.chosen[at].features.verb_form == "Part" and words.chosen[at].features.tense == "Past"
        if group.is_reflexive or (self._conjugation.auxiliary(verb.lemma) != "avoir" and not is_been):
            group.is_perfect = True
            if (group.form == "finite" and group.tense == "present") or group.form != "finite":
                group.tense = "past" if group.mood != "imperative" else group.tense
            if verb.lemma == "faire":
                self.extend(words, group, place)
        else:
            group.voice = "passive"

    def _take_progressive(self, words: Words, group: Draft, at: int) -> bool:
        place = self._seeker.beyond(words, at)
        if [words.word(place + step) for step in range(2)] != ["en", "train"] or words.word(place + 2) not in (
            "de",
            "d'",
        ):
            return False
        group.take(place, place + 1, place + 2)
        group.is_progressive, group.periphrasis = True, "progressive"
        self._take_infinitive(words, group, place + 2, _leave)
        return True

    def _take_infinitive(
        self, words: Words, group: Draft, at: int, change: Callable[[Draft], None], *, is_near: bool = False
    ) -> None:
        """Take the infinitive after `at`, change the group as its governor does, and go on from the infinitive."""
        place = self._seeker.seek(words, group, at, INFINITIVE, is_near=is_near)
        if place is None:
            return
        verb = self._settle(words, place, INFINITIVE)
        group.auxiliaries += [at]
        group.take(place)
        group.head, group.lemma = place, verb.lemma
        change(group)
        was_perfect, tense = group.is_perfect, group.tense
        self.extend(words, group, place)
        if group.form == "finite" and group.is_perfect and not was_perfect:
            group.tense = "past"
        elif group.form == "finite":
            group.tense = tense

    def _make_auxiliary(self, words: Words, at: int) -> None:
        verb = words.chosen[at]
        if verb.word_class != "AUX":
            words.chosen[at] = reading("AUX", verb.lemma, verb.features)

    def _settle(self, words: Words, place: int, form: int) -> Reading:
        """Let the word at `place` be read as a verb of that form."""
        found = words.option(place, form)
        assert found is not None  # noqa: S101 - it was sought
        words.chosen[place] = found
        return found


def _leave(group: Draft) -> None:
    """Leave a group as it is: être en train de and venir de say what they add themselves."""
