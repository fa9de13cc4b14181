"""How an English verb group grows to the right: each verb takes what it governs, and that may go on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kg.language.english.seeking import Seeker
from kg.language.groups import INFINITIVE, LONGEST_CHAIN, PARTICIPLE, PAST, PRESENT, VERBAL, Draft, Words
from kg.language.readings import TAGS, morphology, reading

_PAST_PARTICIPLE, _ING = PARTICIPLE | PAST, PARTICIPLE | PRESENT
_ADVERB, _PARTICLE = TAGS["ADV"], TAGS["PART"]
_BE: Final = frozenset("be am is are was were been being 'm 're".split())
_HAVE: Final = frozenset("have has had having 've".split())
_DO: Final = frozenset("do does did".split())
_GET: Final = frozenset("get gets got getting gotten".split())
_LONGEST_SUBJECT: Final = 8


class Chains:
    """Extends groups; `sets` are those of ``constructions.tsv``."""

    def __init__(self, sets: Mapping[str, frozenset[str]], seeker: Seeker) -> None:
        self._modals, self._due, self._aims = sets["modal"], sets["due"], sets["aim"]
        self._negation, self._intransitive = sets["negation"], sets["intransitive"]
        self._seeker = seeker

    def extend(self, words: Words, group: Draft, at: int, *, is_inverted: bool = False) -> None:
        """Let the verb at `at` take what it governs, and so on."""
        word, lemma = words.word(at), words.chosen[at].lemma
        if (group.lemma == "let" and group.head != at) or len(group.words) > LONGEST_CHAIN:
            return
        if word == "'d":
            self._after_d(words, group, at)
        elif lemma in self._modals or word in ("wo", "ca", "sha"):
            self._after_modal(words, group, at, is_inverted=is_inverted)
        elif word == "ought":
            self._take_to(words, group, at, modal="ought")
        elif word == "'s" and words.has(at, TAGS["AUX"]):
            self._after_s(words, group, at)
        elif word in _BE:
            self._after_be(words, group, at, is_inverted=is_inverted)
        elif word in _HAVE:
            self._after_have(words, group, at, is_inverted=is_inverted)
        elif word in _DO:
            self._after_do(words, group, at, is_inverted=is_inverted)
        elif word in _GET and lemma == "get":
            self._after_get(words, group, at)
        elif word in ("used", "use") and lemma == "use":
            self._after_used(words, group, at)

    def _after_modal(self, words: Words, group: Draft, at: int, *, is_inverted: bool) -> None:
        last = at + 2 if words.word(at + 1) in ("and", "or") and words.word(at + 2) in self._modals else at
        place = self._seeker.seek(words, last, INFINITIVE, group=group, over_subject=is_inverted)
        lemma = words.chosen[at].lemma
        if lemma in ("will", "shall"):
            group.tense = "future"
        else:
            group.tense = "present"
            if lemma != "would":
                group.modal = group.modal or lemma
        if place is not None:
            self._advance(words, group, at, place, INFINITIVE)
            self.extend(words, group, place)

    def _after_d(self, words: Words, group: Draft, at: int) -> None:
        """Read 'd as had before a participle, as would before a base form."""
        base = self._seeker.seek(words, at, INFINITIVE)
        participle = self._seeker.seek(words, at, _PAST_PARTICIPLE)
        verb = words.option(base, INFINITIVE) if base is not None else None
        is_had = participle is not None and (base is None or participle < base or verb is None)
        if words.word(at + 1) == "better":
            return
        if is_had:
            words.chosen[at] = reading("AUX", "have", morphology("Mood=Ind|Tense=Past|VerbForm=Fin"))
            group.lemma, group.mood, group.tense = "have", "indicative", "past"
            self._after_have(words, group, at, is_inverted=False)
        else:
            words.chosen[at] = reading("AUX", "would", morphology("VerbForm=Fin"))
            group.lemma, group.mood = "would", "conditional"
            self._after_modal(words, group, at, is_inverted=False)

    def _after_s(self, words: Words, group: Draft, at: int) -> None:
        """Read 's as has before been and before participles of verbs without a passive, else as is."""
        place = self._seeker.seek(words, at, _PAST_PARTICIPLE)
        verb = words.option(place, _PAST_PARTICIPLE) if place is not None else None
        has_object = place is not None and words.is_any(place + 1, TAGS["DET"] | TAGS["PROPN"] | TAGS["NUM"])
        if verb is not None and (verb.lemma in self._intransitive or has_object):
            words.chosen[at] = reading("AUX", "have", words.chosen[at].features)
            group.lemma = "have"
            self._after_have(words, group, at, is_inverted=False)
        else:
            words.chosen[at] = reading("AUX", "be", words.chosen[at].features)
            group.lemma = "be"
            self._after_be(words, group, at, is_inverted=False)

    def _after_be(self, words: Words, group: Draft, at: int, *, is_inverted: bool) -> None:
        due = self._seeker.beyond(words, group, at)
        if words.word(due) in self._due and self._seeker.is_to(words, due + 1):
            self._take_to(words, group, due, extra=due)
            self._make_future(group)
            return
        if self._seeker.is_to(words, due) and not self._has_aim(words, at):
            self._take_to(words, group, due - 1)
            self._make_future(group)
            return
        place = self._seeker.seek(words, at, PARTICIPLE, group=group, over_subject=is_inverted)
        if place is None:
            return
        form = _ING if words.option(place, _ING) and not words.has(place, _PAST_PARTICIPLE) else _PAST_PARTICIPLE
        self._advance(words, group, at, place, form)
        if form == _ING:
            group.is_progressive = True
            if words.word(place) == "being":
                self._after_being(words, group, place)
            elif words.word(place) == "getting":
                self._after_get(words, group, place)
        else:
            group.voice = "passive"

    def _has_aim(self, words: Words, at: int) -> bool:
        """Tell whether the subject is an aim, of which to says what it is and not when: the goal is to win."""
        return any(words.chosen[p].lemma in self._aims for p in range(max(0, at - _LONGEST_SUBJECT), at))

    def _after_being(self, words: Words, group: Draft, at: int) -> None:
        place = self._seeker.seek(words, at, _PAST_PARTICIPLE, group=group)
        if place is not None:
            self._advance(words, group, at, place, _PAST_PARTICIPLE)
            group.voice = "passive"

    def _make_future(self, group: Draft) -> None:
        if group.form == "finite" and group.periphrasis != "none":
            group.periphrasis = "near-future"
            if group.tense == "present":
                group.tense = "future"

    def _after_have(self, words: Words, group: Draft, at: int, *, is_inverted: bool) -> None:
        place = self._seeker.beyond(words, group, at)
        if words.word(place) == "yet" and self._seeker.is_to(words, place + 1):
            self._take_to(words, group, place, extra=place)
            group.periphrasis, group.is_negated = "not-yet", True
            return
        if self._seeker.is_to(words, at + 1):
            self._take_to(words, group, at, modal="have")
            return
        found = self._seeker.seek(words, at, _PAST_PARTICIPLE, group=group, over_subject=is_inverted)
        if found is None:
            return
        self._advance(words, group, at, found, _PAST_PARTICIPLE)
        group.is_perfect = True
        if group.form == "finite" and group.tense == "present":
            group.tense = "past"
        word = words.word(found)
        if word == "been":
            self._after_be(words, group, found, is_inverted=False)
        elif word == "had" and self._seeker.is_to(words, found + 1):
            self._take_to(words, group, found, modal="have")
        elif word in _GET and words.has(found + 1, _PAST_PARTICIPLE):
            self._after_get(words, group, found)

    def _after_do(self, words: Words, group: Draft, at: int, *, is_inverted: bool) -> None:
        place = self._seeker.seek(words, at, INFINITIVE, group=group, over_subject=is_inverted)
        if place is None:
            return
        self._advance(words, group, at, place, INFINITIVE)
        word = words.word(place)
        if word == "have" and self._seeker.is_to(words, place + 1):
            self._take_to(words, group, place, modal="have")
        elif word == "get":
            self._after_get(words, group, place)
        elif word == "use":
            self._after_used(words, group, place)

    def _after_get(self, words: Words, group: Draft, at: int) -> None:
        """Read get + participle as a passive: got beaten, are getting killed."""
        place = at + 1
        found = words.option(place, _PAST_PARTICIPLE)
        if found is not None and found.mask & VERBAL and not words.is_any(place, TAGS["ADP"] | TAGS["DET"]):
            self._advance(words, group, at, place, _PAST_PARTICIPLE)
            group.voice = "passive"

    def _after_used(self, words: Words, group: Draft, at: int) -> None:
        if group.voice == "active" and group.form == "finite" and self._seeker.is_to(words, at + 1):
            self._take_to(words, group, at)
            group.periphrasis, group.tense = "habitual", "past"

    def _take_to(
        self, words: Words, group: Draft, at: int, *, modal: str | None = None, extra: int | None = None
    ) -> None:
        """Take the to that follows `at` (over not) and the base form after it."""
        place = at + 1
        taken = [] if extra is None else [extra]
        while words.word(place) in self._negation or words.has(place, _ADVERB):
            if words.word(place) in self._negation:
                taken.append(place)
            place += 1
        if words.word(place) != "to":
            return
        base = self._seeker.over_adverbs(words, place + 1)
        verb = words.option(base, INFINITIVE)
        if verb is None or not verb.mask & VERBAL:
            return
        words.chosen[place] = words.option(place, _PARTICLE) or words.chosen[place]
        group.take(place, *taken)
        if modal:
            group.modal = group.modal or modal
        self._advance(words, group, at, base, INFINITIVE)
        tense, was_perfect = group.tense, group.is_perfect
        self.extend(words, group, base)
        if group.is_perfect and not was_perfect and group.form == "finite":
            group.tense = "past"
        else:
            group.tense = tense

    def _advance(self, words: Words, group: Draft, at: int, place: int, form: int) -> None:
        """Make the word at `place` the main verb so far, and the one at `at` its auxiliary."""
        verb = words.option(place, form)
        assert verb is not None  # noqa: S101 - it was sought
        words.chosen[place] = verb
        helper = words.chosen[at]
        if helper.mask & VERBAL and helper.word_class != "AUX" and helper.lemma in ("have", "do", "be"):
            words.chosen[at] = reading("AUX", helper.lemma, helper.features)
        group.auxiliaries += [at]
        group.take(place)
        group.head, group.lemma = place, verb.lemma
