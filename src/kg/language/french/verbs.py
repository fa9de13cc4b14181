"""French verb groups: what belongs together around each verb, and what it says.

A chain grows from its first verb to the right: avoir or être take a participle, modals, aller, venir de, être en train de
and faire an infinitive, and each of those may go on. To the left stand ne and object pronouns. Then participles that share
an auxiliary get a group of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Final

from kg.analysis import Morphology
from kg.language.french.conjugation import Conjugation
from kg.language.french.moods import Moods
from kg.language.french.negation import NE, Negation
from kg.language.groups import FINITE, INFINITIVE, PARTICIPLE, PAST, PRESENT, VERBAL, Draft, Words
from kg.language.readings import TAGS, reading
from kg.language.tables import read_kinds

KINDS: Final = (
    "modal", "phrase", "frozen", "negation", "negated", "bare", "expected", "judged", "believed", "conjunction",
)  # fmt: skip
_PAST_PARTICIPLE: Final = PARTICIPLE | PAST
_CLITIC: Final = TAGS["Acc"] | TAGS["Dat"]
_ADVERB, _PRONOUN, _PUNCTUATION = TAGS["ADV"], TAGS["PRON"], TAGS["PUNCT"]
_MASCULINE_SINGULAR: Final = TAGS["Masc"] | TAGS["Sing"]
_OF_PERSONS: Final = {"me": "je", "m'": "je", "te": "tu", "t'": "tu", "nous": "nous", "vous": "vous"}
_PRONOUNS_INSIDE: Final = frozenset("tous toutes rien elle elles eux lui-même elle-même eux-mêmes elles-mêmes".split())
_JOINERS: Final = frozenset(("et", "ou", "puis", "mais", "ni", "voire"))
_QUOTES: Final = frozenset("«“\"‘'")
_STOPS: Final = frozenset(".;:!?")
_ENDS: Final = frozenset(".;:!?»«“”\"()")
_NOT_NOUN_PHRASE: Final = frozenset(("par", "de", "du", "des", "dans", "en", "à", "au", "aux", "sur", "lors"))
_LONGEST_PARENTHESIS: Final = 12
_LONGEST_SHARE: Final = 25
_MOODS: Final = {"Ind": "indicative", "Cnd": "conditional", "Sub": "subjunctive", "Imp": "imperative"}
_TENSES: Final = {"Pres": "present", "Imp": "past", "Past": "past", "Fut": "future"}


class FrenchVerbs:
    """Finds the verb groups of sentences; `path` is ``constructions.tsv``.

    Raises:
        DataError: the table is wrong; says where.
    """

    def __init__(self, path: Path, conjugation: Conjugation) -> None:
        sets = read_kinds(path, KINDS)
        self._conjugation = conjugation
        self._modals = frozenset(sets["modal"])
        self._phrases = _by_first(sets["phrase"])
        self._frozen = [phrase for phrases in _by_first(sets["frozen"]).values() for phrase in phrases]
        self._negation = Negation(*(frozenset(sets[kind]) for kind in ("negation", "negated", "bare")))
        self._moods = Moods(*(frozenset(sets[kind]) for kind in ("expected", "judged", "believed", "conjunction")))

    def find(self, words: Words) -> list[Draft]:
        """Return the groups of a sentence in order, and refine the chosen readings of their words."""
        found: list[Draft] = []
        used: set[int] = set()
        chosen = words.chosen
        for at in range(len(chosen)):
            if not chosen[at].mask & VERBAL or at in used or self._is_frozen(words, at):
                continue
            group = self._grow(words, at, found)
            found.append(group)
            used.update(group.words)
            for shared in self._share(words, group):
                found.append(shared)
                used.add(shared.head)
        found.sort(key=lambda group: group.head)
        return found

    def _is_frozen(self, words: Words, at: int) -> bool:
        """Tell whether a verb form belongs to a fixed phrase: est-ce que, à partir de."""
        for phrase in self._frozen:
            for place, word in enumerate(phrase):
                if word == words.words[at] and words.words[at - place : at - place + len(phrase)] == phrase and at >= place:
                    return True
        return False

    # ----------------------------------------------------------------------- one group

    def _grow(self, words: Words, at: int, before: list[Draft]) -> Draft:
        verb = words.chosen[at]
        group = Draft([at], at, verb.lemma, "finite")
        start, ne = self._look_left(words, group, at)
        if words.has(at, FINITE):
            meaning = self._moods.choose(words, at, start, self._meanings(words, at), before)
            words.chosen[at] = verb = reading(verb.word_class, verb.lemma, meaning)
            self._describe(group, meaning)
            group.is_inverted = words.word(at + 1).startswith("-") and words.is_any(at + 1, TAGS["Nom"] | _PRONOUN)
            group.is_inverted = group.is_inverted and group.mood != "imperative"
            if group.mood == "imperative" and words.word(at + 1) in ("-nous", "-vous") and verb.features.person in "12":
                is_same = (words.word(at + 1) == "-nous") == (verb.features.person == "1")
                group.is_reflexive = is_same
        elif words.has(at, INFINITIVE):
            group.form = "infinitive"
        else:
            group.form = "gerund" if words.word(start - 1) == "en" and words.has(at, PRESENT) else "participle"
        if words.has(at, _PAST_PARTICIPLE) and group.form == "participle":
            is_active = self._conjugation.auxiliary(verb.lemma) == "être" or group.is_reflexive
            group.voice = "active" if is_active else "passive"
        else:
            self._extend(words, group, at)
        if group.form != "finite" and group.is_perfect:
            group.tense = "past"
        self._negation.attach(words, group, ne)
        group.words.sort()
        return group

    def _look_left(self, words: Words, group: Draft, at: int) -> tuple[int, int | None]:
        """Return where the clitics of a verb begin, and where its ne stands; take what belongs to the group."""
        start = at
        ne = None
        while start > 0:
            word = words.word(start - 1)
            if word in NE:
                ne = start = start - 1
                break
            if words.has(at, INFINITIVE) and word in self._negation.adverbs and word not in ("ni", "rien"):
                place = start - 1
                while place > 0 and words.word(place) not in NE and words.has(place, _ADVERB):
                    place -= 1
                if words.word(place) in NE:
                    group.take(*(p for p in range(place, start) if words.word(p) in self._negation.adverbs))
                    ne = start = place
                break
            if words.is_any(start - 1, _CLITIC) or self._is_object(words, start - 1, at):
                start -= 1
                self._take_reflexive(words, group, start)
            else:
                break
        return start, ne

    def _is_object(self, words: Words, place: int, verb: int) -> bool:
        """Tell whether nous or vous (or lui) before a verb is its object: the verb has another subject."""
        word = words.word(place)
        if word not in ("nous", "vous", "lui") or not words.has(place, _PRONOUN):
            return False
        if word == "lui":
            return True
        before = words.word(place - 1)
        if before in NE or before == word or words.is_any(place - 1, TAGS["Nom"] | TAGS["Rel"]):
            return True
        features = words.chosen[verb].features
        forms = self._meanings(words, verb)
        is_subject = any(f.number == "Plur" and f.person == ("1" if word == "nous" else "2") for f in forms)
        return features.verb_form != "Fin" or not is_subject

    def _take_reflexive(self, words: Words, group: Draft, place: int) -> None:
        word = words.word(place)
        before = words.word(place - 1)
        subject = words.word(place - 2) if before in NE else before
        is_same = word in _OF_PERSONS and subject == _OF_PERSONS[word].replace("je", "j'" if subject == "j'" else "je")
        if words.has(place, TAGS["Reflex"]) or is_same or (word in ("nous", "vous") and self._is_own(words, place)):
            group.take(place)
            group.is_reflexive = True

    def _is_own(self, words: Words, place: int) -> bool:
        """Tell whether nous or vous before an imperative of that person means the same: ne nous trompons pas."""
        wanted = "1" if words.word(place) == "nous" else "2"
        begins = place == 0 or words.word(place - 1) in NE and place < 3
        forms = self._meanings(words, place + 1)
        return begins and any(f.mood == "Imp" and f.person == wanted and f.number == "Plur" for f in forms)

    def _meanings(self, words: Words, at: int) -> tuple[Morphology, ...]:
        """Return all that a verb form can mean."""
        if not 0 <= at < len(words):
            return ()
        return self._conjugation.forms(words.chosen[at].lemma).get(words.words[at], (words.chosen[at].features,))

    def _describe(self, group: Draft, meaning: Morphology) -> None:
        group.mood = _MOODS.get(meaning.mood, "indicative")  # type: ignore[assignment] # the table's values are moods
        group.tense = _TENSES.get(meaning.tense, "present")  # type: ignore[assignment] # and tenses
        group.is_imperfect = meaning.mood == "Ind" and meaning.tense == "Imp"
        group.person, group.number = meaning.person or None, meaning.number or None

    # ----------------------------------------------------------------------- to the right

    def _extend(self, words: Words, group: Draft, at: int) -> None:
        """Let the verb at `at` take its participle or infinitive, and so on."""
        lemma = words.chosen[at].lemma
        if lemma == "avoir":
            self._take_participle(words, group, at)
        elif lemma == "être":
            self._after_being(words, group, at)
        elif lemma in self._modals:
            self._take_infinitive(words, group, at, lambda g: setattr(g, "modal", g.modal or lemma))
        elif lemma == "aller" and words.has(at, FINITE) and words.chosen[at].features.tense in ("Pres", "Imp"):
            self._take_infinitive(words, group, at, self._make_future)
        elif lemma == "venir" and words.word(self._beyond(words, at)) in ("de", "d'"):
            self._take_recent(words, group, at, self._beyond(words, at))
        elif lemma == "faire":
            self._take_infinitive(words, group, at, self._make_causative, is_near=True)

    def _beyond(self, words: Words, at: int) -> int:
        """Return the first word after a verb that is no adverb, clitic or adverbial."""
        place = at + 1
        while place < len(words):
            step = self._inside(words, place)
            if not step:
                break
            place += step
        return place

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
        self._take_infinitive(words, group, preposition, lambda g: None)
        if len(group.words) > length:
            group.take(preposition)
            group.periphrasis, group.tense = "recent-past", "past"

    def _take_participle(self, words: Words, group: Draft, at: int) -> None:
        place = self._seek(words, group, at, _PAST_PARTICIPLE)
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
            self._extend(words, group, place)

    def _after_being(self, words: Words, group: Draft, at: int) -> None:
        """Take what follows être: a participle, or en train de and an infinitive."""
        if self._take_progressive(words, group, at):
            return
        place = self._seek(words, group, at, _PAST_PARTICIPLE)
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
            if group.form == "finite" and group.tense == "present" or group.form != "finite":
                group.tense = "past" if group.mood != "imperative" else group.tense
            if verb.lemma == "faire":
                self._extend(words, group, place)
        else:
            group.voice = "passive"

    def _take_progressive(self, words: Words, group: Draft, at: int) -> bool:
        place = self._beyond(words, at)
        if [words.word(place + step) for step in range(2)] != ["en", "train"] or words.word(place + 2) not in ("de", "d'"):
            return False
        group.take(place, place + 1, place + 2)
        group.is_progressive, group.periphrasis = True, "progressive"
        self._take_infinitive(words, group, place + 2, lambda g: None)
        return True

    def _take_infinitive(
        self, words: Words, group: Draft, at: int, change: Callable[[Draft], None], *, is_near: bool = False
    ) -> None:
        """Take the infinitive after `at`, change the group as its governor does, and go on from the infinitive."""
        place = self._seek(words, group, at, INFINITIVE, is_near=is_near)
        if place is None:
            return
        verb = self._settle(words, place, INFINITIVE)
        group.auxiliaries += [at]
        group.take(place)
        group.head, group.lemma = place, verb.lemma
        change(group)
        was_perfect, tense = group.is_perfect, group.tense
        self._extend(words, group, place)
        if group.form == "finite" and group.is_perfect and not was_perfect:
            group.tense = "past"
        elif group.form == "finite":
            group.tense = tense

    def _make_auxiliary(self, words: Words, at: int) -> None:
        verb = words.chosen[at]
        if verb.word_class != "AUX":
            words.chosen[at] = reading("AUX", verb.lemma, verb.features)

    def _settle(self, words: Words, place: int, form: int) -> object:
        """Let the word at `place` be read as a verb of that form."""
        found = words.option(place, form)
        assert found is not None  # noqa: S101 - it was sought
        words.chosen[place] = found
        return found

    def _seek(self, words: Words, group: Draft, at: int, form: int, *, is_near: bool = False) -> int | None:
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
            elif word in self._negation.adverbs and (word != "ni" or form == _PAST_PARTICIPLE):
                taken.append(place)
                place += 1
            elif word in NE and form == INFINITIVE:
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

    # ----------------------------------------------------------------------- shared auxiliaries

    def _share(self, words: Words, group: Draft) -> list[Draft]:
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
        while before > group.head and (words.word(before) in ("en", "y", "ensuite", "aussi") or self._is_light(words, before)):
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


def _by_first(phrases: Iterable[str]) -> dict[str, list[list[str]]]:
    """Sort phrases by their first word, cut as tokens are."""
    found: dict[str, list[list[str]]] = {}
    for phrase in phrases:
        words = phrase.replace("'", "' ").split()
        found.setdefault(words[0], []).append(words)
    return found
