"""English verb groups: what belongs together around each verb, and what it says.

A chain grows from its first verb to the right: a modal takes a base form, have a participle, be a participle or -ing form,
do a base form, and each of those may go on; have to, be to, be due to, used to and the like take their to and a base form.
In questions and after never, nor … the subject stands inside. Participles that share an auxiliary get groups of their own.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

from kg.language.english.clauses import Clauses
from kg.language.groups import FINITE, INFINITIVE, PARTICIPLE, PAST, PRESENT, VERBAL, Draft, Words
from kg.language.readings import TAGS, Reading, morphology, reading
from kg.language.tables import read_kinds

KINDS: Final = ("modal", "due", "phrase", "negation", "intransitive", "expected", "judged", "bare", "reporting", "aim")
_PAST_PARTICIPLE, _ING = PARTICIPLE | PAST, PARTICIPLE | PRESENT
_NOMINAL: Final = TAGS["NOUN"] | TAGS["PROPN"] | TAGS["PRON"] | TAGS["DET"] | TAGS["ADJ"] | TAGS["NUM"]
_NOUNLIKE: Final = TAGS["NOUN"] | TAGS["PROPN"] | TAGS["PRON"]
_ADVERB, _PUNCTUATION, _PARTICLE = TAGS["ADV"], TAGS["PUNCT"], TAGS["PART"]
_BE: Final = frozenset("be am is are was were been being 'm 're".split())
_HAVE: Final = frozenset("have has had having 've".split())
_DO: Final = frozenset("do does did".split())
_GET: Final = frozenset("get gets got getting gotten".split())
_INVERTERS: Final = frozenset(
    "then never nor neither seldom rarely hardly only so who what when where why how which whose whom and but or".split()
)
_JOINERS: Final = frozenset(("and", "or", "but", "nor", "then", "neither"))
_QUOTES: Final = frozenset("«“\"‘'")
_ENDS: Final = frozenset(".;:!?“”\"«»()")
_ALONE: Final = {"could": "can", "might": "may", "would": "will"}
"""The lemmas of modals that stand alone."""
_CONDITIONAL: Final = frozenset(("could", "might"))
_LONGEST_SUBJECT: Final = 8
_LONGEST_PARENTHESIS: Final = 10
_LONGEST_SHARE: Final = 20


class EnglishVerbs:
    """Finds the verb groups of sentences; `path` is ``constructions.tsv``.

    Raises:
        DataError: the table is wrong; says where.
    """

    def __init__(self, path: Path) -> None:
        sets = read_kinds(path, KINDS)
        self._modals, self._due = frozenset(sets["modal"]), frozenset(sets["due"])
        self._negation, self._intransitive = frozenset(sets["negation"]), frozenset(sets["intransitive"])
        self._phrases: dict[str, list[list[str]]] = {}
        for phrase in sets["phrase"]:
            self._phrases.setdefault(phrase.split()[0], []).append(phrase.split())
        self._aims = frozenset(sets["aim"])
        self._clauses = Clauses(*(frozenset(sets[kind]) for kind in ("expected", "judged", "bare", "reporting")))

    def find(self, words: Words) -> list[Draft]:
        """Return the groups of a sentence in order, and refine the chosen readings of their words."""
        self._clauses.settle_pasts(words)
        self._clauses.settle_verbless(words)
        found: list[Draft] = []
        used: set[int] = set()
        chosen = words.chosen
        for at in range(len(chosen)):
            if not chosen[at].mask & VERBAL or at in used or self._is_possessive(words, at):
                continue
            group = self._grow(words, at, found, used)
            found.append(group)
            used.update(group.words)
            for shared in self._share(words, group):
                found.append(shared)
                used.add(shared.head)
        found.sort(key=lambda group: group.head)
        return found

    def _is_possessive(self, words: Words, at: int) -> bool:
        return words.word(at) in ("'s", "'") and words.has(at, _PARTICLE)

    # ----------------------------------------------------------------------- one group

    def _grow(self, words: Words, at: int, before: list[Draft], used: set[int]) -> Draft:
        verb = words.chosen[at]
        group = Draft([at], at, verb.lemma, "finite")
        is_inverted = self._is_inverted(words, at)
        self._begin(words, group, at, before, used, is_inverted=is_inverted)
        self._extend(words, group, at, is_inverted=is_inverted)
        group.is_inverted = is_inverted and group.form == "finite" and group.head != at
        self._negate(words, group)
        if group.form == "finite":
            self._finish_tense(words, group)
        elif group.is_perfect:
            group.tense = "past"
        group.words.sort()
        return group

    def _begin(
        self, words: Words, group: Draft, at: int, before: list[Draft], used: set[int], *, is_inverted: bool
    ) -> None:
        """Decide the form of a group by its first verb."""
        verb = words.chosen[at]
        form = verb.features.verb_form
        if form == "Fin" and self._clauses.is_bare(words, at, before):
            verb = words.chosen[at] = words.option(at, INFINITIVE) or verb
            form = "Inf"
        if form == "Fin" or (is_inverted and form == "Inf"):
            group.mood = "indicative"
            group.tense = "past" if verb.features.tense == "Past" else "present"
            if verb.lemma == "would":
                group.mood = "conditional"
            group.person, group.number = verb.features.person or None, verb.features.number or None
        elif form == "Part":
            group.form = "participle"
            if verb.features.tense == "Past":
                group.voice = "passive" if verb.lemma not in self._intransitive or verb.lemma == "leave" else "active"
            elif words.is_any(at - 1, TAGS["ADP"] | TAGS["SCONJ"]) and words.word(at - 1) != "than":
                group.form = "gerund"
        else:
            self._begin_base(words, group, at, before, used)

    def _begin_base(self, words: Words, group: Draft, at: int, before: list[Draft], used: set[int]) -> None:
        """Tell infinitive, present, subjunctive and imperative apart, which look alike."""
        to = self._to_before(words, at)
        if to is not None and to not in used:
            group.form = "infinitive"
            group.take(to)
            self._take_negation_before(words, group, to)
            return
        kind = self._clauses.base(words, at, before)
        if kind == "infinitive":
            group.form = "infinitive"
            return
        group.mood, group.tense = kind, "present"
        if kind == "imperative":
            self._take_negation_before(words, group, at)
            if words.word(at) == "let" and words.word(at + 1) in ("'s", "us"):
                self._exhort(words, group, at)
        elif kind == "subjunctive":
            self._take_negation_before(words, group, at)
        if kind == "indicative":
            verb = words.chosen[at]
            features = morphology("Mood=Ind|Tense=Pres|VerbForm=Fin")
            words.chosen[at] = reading(verb.word_class, verb.lemma, features)

    def _exhort(self, words: Words, group: Draft, at: int) -> None:
        """Read let's go as one imperative."""
        place = at + 2
        taken = [at + 1] if words.word(at + 1) == "'s" else []
        while words.word(place) in self._negation or words.has(place, _ADVERB):
            if words.word(place) in self._negation:
                taken.append(place)
            place += 1
        verb = words.option(place, INFINITIVE)
        if verb is None or not verb.mask & VERBAL:
            return
        words.chosen[place] = verb
        group.take(place, *(t for t in taken if words.word(t) != "'s"))
        group.auxiliaries += [at]
        group.head, group.lemma = place, verb.lemma

    def _to_before(self, words: Words, at: int) -> int | None:
        """Return the place of the to of an infinitive, over adverbs: to quickly leave."""
        place = at - 1
        while place >= 0 and words.has(place, _ADVERB) and words.word(place) not in ("to",):
            place -= 1
        if words.word(place) == "to" and words.has(place, _PARTICLE):
            return place
        if words.word(at - 1) in _JOINERS:
            return None
        return None

    def _take_negation_before(self, words: Words, group: Draft, at: int) -> None:
        if words.word(at - 1) in self._negation:
            group.take(at - 1)

    # ----------------------------------------------------------------------- to the right

    def _extend(self, words: Words, group: Draft, at: int, *, is_inverted: bool = False) -> None:
        """Let the verb at `at` take what it governs, and so on."""
        word, lemma = words.word(at), words.chosen[at].lemma
        if group.lemma == "let" and group.head != at:
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
        place = self._seek(words, group, last, INFINITIVE, over_subject=is_inverted)
        lemma = words.chosen[at].lemma
        if lemma == "will" or lemma == "shall":
            group.tense = "future"
        else:
            group.tense = "present"
            if lemma != "would":
                group.modal = group.modal or lemma
        if place is not None:
            self._advance(words, group, at, place, INFINITIVE)
            self._extend(words, group, place)

    def _after_d(self, words: Words, group: Draft, at: int) -> None:
        """Read 'd as had before a participle, as would before a base form."""
        base = self._seek(words, group, at, INFINITIVE, take=False)
        participle = self._seek(words, group, at, _PAST_PARTICIPLE, take=False)
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
        place = self._seek(words, group, at, _PAST_PARTICIPLE, take=False)
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
        due = self._beyond(words, group, at)
        if words.word(due) in self._due and self._is_to(words, due + 1):
            self._take_to(words, group, due, extra=due)
            self._make_future(group, at, words)
            return
        if self._is_to(words, due) and not self._has_aim(words, at):
            self._take_to(words, group, due - 1)
            self._make_future(group, at, words)
            return
        place = self._seek(words, group, at, PARTICIPLE, over_subject=is_inverted)
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
        place = self._seek(words, group, at, _PAST_PARTICIPLE)
        if place is not None:
            self._advance(words, group, at, place, _PAST_PARTICIPLE)
            group.voice = "passive"

    def _make_future(self, group: Draft, at: int, words: Words) -> None:
        if group.form == "finite" and group.periphrasis != "none":
            group.periphrasis = "near-future"
            if group.tense == "present":
                group.tense = "future"

    def _after_have(self, words: Words, group: Draft, at: int, *, is_inverted: bool) -> None:
        place = self._beyond(words, group, at)
        if words.word(place) == "yet" and self._is_to(words, place + 1):
            self._take_to(words, group, place, extra=place)
            group.periphrasis, group.is_negated = "not-yet", True
            return
        if self._is_to(words, at + 1):
            self._take_to(words, group, at, modal="have")
            return
        found = self._seek(words, group, at, _PAST_PARTICIPLE, over_subject=is_inverted)
        if found is None:
            return
        self._advance(words, group, at, found, _PAST_PARTICIPLE)
        group.is_perfect = True
        if group.form == "finite" and group.tense == "present":
            group.tense = "past"
        word = words.word(found)
        if word == "been":
            self._after_be(words, group, found, is_inverted=False)
        elif word == "had" and self._is_to(words, found + 1):
            self._take_to(words, group, found, modal="have")
        elif word in _GET and words.has(found + 1, _PAST_PARTICIPLE):
            self._after_get(words, group, found)

    def _after_do(self, words: Words, group: Draft, at: int, *, is_inverted: bool) -> None:
        place = self._seek(words, group, at, INFINITIVE, over_subject=is_inverted)
        if place is None:
            return
        self._advance(words, group, at, place, INFINITIVE)
        word = words.word(place)
        if word == "have" and self._is_to(words, place + 1):
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
        if group.voice == "active" and group.form == "finite" and self._is_to(words, at + 1):
            self._take_to(words, group, at)
            group.periphrasis, group.tense = "habitual", "past"

    def _is_to(self, words: Words, place: int) -> bool:
        """Tell whether to and a base form stand at a place."""
        if words.word(place) != "to" or words.has(place, TAGS["ADP"]):
            return False
        following = self._over_adverbs(words, place + 1)
        found = words.option(following, INFINITIVE)
        return found is not None and bool(found.mask & VERBAL) and not words.is_any(following, TAGS["DET"] | TAGS["PROPN"])

    def _over_adverbs(self, words: Words, place: int) -> int:
        while words.has(place, _ADVERB):
            place += 1
        return place

    def _take_to(self, words: Words, group: Draft, at: int, *, modal: str | None = None, extra: int | None = None) -> None:
        """Take the to that follows `at` (over not) and the base form after it."""
        place = at + 1
        taken = [] if extra is None else [extra]
        while words.word(place) in self._negation or words.has(place, _ADVERB):
            if words.word(place) in self._negation:
                taken.append(place)
            place += 1
        if words.word(place) != "to":
            return
        base = self._over_adverbs(words, place + 1)
        verb = words.option(base, INFINITIVE)
        if verb is None or not verb.mask & VERBAL:
            return
        words.chosen[place] = words.option(place, _PARTICLE) or words.chosen[place]
        group.take(place, *taken)
        if modal:
            group.modal = group.modal or modal
        self._advance(words, group, at, base, INFINITIVE)
        tense, was_perfect = group.tense, group.is_perfect
        self._extend(words, group, base)
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

    # ----------------------------------------------------------------------- what may stand inside

    def _seek(
        self, words: Words, group: Draft, at: int, form: int, *, over_subject: bool = False, take: bool = True
    ) -> int | None:
        """Return the place of the next verb of a form, over adverbs, and over the subject where it stands inside."""
        taken: list[int] = []
        place, over = at + 1, _LONGEST_SUBJECT if over_subject else 0
        while place < len(words):
            verb = words.option(place, form)
            if verb is not None and verb.mask & VERBAL and self._fits(words, group, place, form, over_subject=over_subject):
                if take:
                    group.take(*taken)
                return place
            word = words.word(place)
            step = self._inside(words, place)
            if word in self._negation or (word == "no" and words.word(place + 1) == "longer"):
                step = 2 if word == "no" else 1
                taken += range(place, place + step)
            elif not step and over and words.is_any(place, _NOMINAL | TAGS["ADP"] | _PARTICLE):
                step, over = 1, over - 1
            if not step:
                return None
            place += step
        return None

    def _fits(self, words: Words, group: Draft, place: int, form: int, *, over_subject: bool) -> bool:
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
        if (before is None or words.word(place) == "be") and not words.is_any(place - 1, _NOUNLIKE | _ADVERB | TAGS["AUX"] | _PARTICLE):
            return False
        following = words.option(place + 1, INFINITIVE)
        return following is None or not following.mask & VERBAL or words.is_any(place + 1, TAGS["Plur"] | TAGS["ADP"] | TAGS["DET"])

    def _inside(self, words: Words, place: int) -> int:
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

    def _beyond(self, words: Words, group: Draft, at: int) -> int:
        """Return the first word after a verb that is no adverb or negation, and take the negation."""
        place = at + 1
        while words.word(place) in self._negation or self._inside(words, place) == 1:
            if words.word(place) in ("yet", "about", "so"):
                break
            if words.word(place) in self._negation:
                group.take(place)
            place += 1
        return place

    def _is_inverted(self, words: Words, at: int) -> bool:
        """Tell whether the subject follows an auxiliary: in questions, and after never, nor …"""
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
        return begins and not (at > 0 and words.word(at - 1) in ("who", "which", "what") and words.has(following, TAGS["DET"]) and False)

    # ----------------------------------------------------------------------- negation and tense

    def _negate(self, words: Words, group: Draft) -> None:
        """Give a group the negation words around it, and its polarity."""
        first, last = min(group.words), max(group.words)
        before = first - 1
        while before >= 0 and words.has(before, _ADVERB) and words.word(before) not in self._negation:
            if words.word(before) == "longer" and words.word(before - 1) == "no":
                group.take(before - 1, before)
            before -= 1
        if words.word(before) in ("never", "neither", "not", "nor") and not (words.word(before) == "not" and group.form == "finite"):
            group.take(before)
        for place in (last + 1, last + 2):
            word = words.word(place)
            if word in ("not", "n't") and (words.is_any(last, TAGS["AUX"]) or group.lemma in ("have", "do")):
                group.take(place)
            elif word == "no" and words.word(place + 1) == "longer":
                group.take(place, place + 1)
            elif word == "never" and words.is_any(last, TAGS["AUX"]):
                group.take(place)
            elif not words.has(place, _ADVERB):
                break
        inside = {words.word(at) for at in group.words}
        if inside & self._negation or {"no", "longer"} <= inside or "cannot" in inside:
            group.is_negated = True
        if group.form in ("gerund", "participle") and words.word(first - 1) == "without":
            group.is_negated = True
        if group.auxiliaries and words.word(group.head - 1) == "longer" and words.word(group.head - 2) == "no":
            group.take(group.head - 1, group.head - 2)
            group.is_negated = True

    def _finish_tense(self, words: Words, group: Draft) -> None:
        first = words.word(min(group.words))
        modal = group.modal
        group.lemma = _ALONE.get(group.lemma, group.lemma)
        if group.lemma == "have" and group.is_negated and len(group.words) == 2 and not words.is_any(max(group.words) + 1, _NOMINAL):
            group.is_perfect = True  # has n't, of a verb said before
            group.tense = "past"
        if modal in _CONDITIONAL and group.is_perfect:
            group.mood = "conditional"
        if group.is_perfect and (modal or group.mood == "conditional") and group.tense == "present":
            group.tense = "past"
        if modal == "could" and group.is_negated and not group.is_perfect:
            group.tense = "past"
        if modal == "ought" and group.is_perfect:
            group.tense = "past"
        if first == "would" and group.is_perfect:
            group.tense = "past"

    # ----------------------------------------------------------------------- shared auxiliaries

    def _share(self, words: Words, group: Draft) -> list[Draft]:
        """Return groups for further verbs that share the auxiliaries of a group: were beaten and later jailed."""
        is_infinitive = words.has(group.head, INFINITIVE)
        shares = group.auxiliaries or (is_infinitive and words.word(min(group.words)) in ("to", "not") and len(group.words) > 1)
        if not shares or words.is_verb(group.head, FINITE):
            return []
        form = INFINITIVE if is_infinitive else _ING if words.has(group.head, PRESENT) else _PAST_PARTICIPLE
        found: list[Draft] = []
        for place in range(group.head + 1, min(group.head + _LONGEST_SHARE, len(words))):
            word = words.word(place)
            if word in _ENDS or word in ("who", "which", "that") or words.is_any(place, TAGS["Nom"]):
                break
            verb = words.option(place, form)
            joiner, negation = self._joiner(words, place, form)
            if verb is not None and verb.mask & VERBAL and words.is_any(place, VERBAL) and joiner > group.head:
                words.chosen[place] = verb
                base = [at for at in group.words if at < group.head and words.word(at) != "neither"]
                shared = replace(group, words=sorted([*base, *negation, place]), head=place, lemma=verb.lemma)
                shared.is_negated = group.is_negated or bool(negation)
                found.append(shared)
            elif words.is_verb(place, FINITE) or words.is_any(place, TAGS["SCONJ"]) or word == "to":
                break
        return found

    def _joiner(self, words: Words, place: int, form: int) -> tuple[int, list[int]]:
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
