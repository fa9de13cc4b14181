"""Pronouns and possessives: which words are such, and what they refer to."""

from __future__ import annotations

from typing import Final

from kg.extraction.mentions import Count
from kg.extraction.names.atoms import CAPITALS
from kg.extraction.names.lexicon import Pronoun
from kg.extraction.names.scene import Draft, Scene

PARTITIVE: Final = "partitive"
"""The `use` of a number that stands for people."""

_EXISTENTIAL: Final = frozenset(
    ("is", "are", "was", "were", "has", "have", "had", "will", "would", "'s", "may", "can", "could")
)
_ENTRE: Final = ["d'", "entre"]
_OF_THEM: Final = frozenset(("eux", "elles", "nous", "them", "whom", "those", "us"))


def find_pronouns(scene: Scene) -> None:
    """Draft the pronouns and possessives of the text, and tie possessives to the phrases that they begin."""
    openers, keys = scene.lexicon.openers, scene.keys
    by_first = {d.first: d for d in scene.drafts if d.determination == "possessive"}
    for index, key in enumerate(keys):
        if key not in openers or scene.name_at[index] is not None:
            continue
        for count in openers[key]:
            found = scene.lexicon.pronouns.get(" ".join(keys[index : index + count]))
            pronoun = _reading(scene, index, index + count, found) if found else None
            if pronoun is not None:
                draft = _draft(index, index + count, pronoun)
                scene.drafts.append(draft)
                if pronoun.use in ("possessive", "speaker") and index in by_first:
                    by_first[index].possessor = draft
                break


def find_partitives(scene: Scene) -> None:
    """Draft the numbers that stand for people: ``130 d'entre elles``, ``97 are``, ``dont 33 seraient``."""
    for last, (first, quantity) in scene.numeral_ends.items():
        end = last + 1
        if quantity.high == 0:
            continue
        count = Count(quantity.low, quantity.best, quantity.high)
        of = end + 2 if scene.keys[end : end + 2] == _ENTRE else end + 1 if scene.key(end) == "of" else 0
        if of and scene.key(of) in _OF_THEM:
            end = of + 1
        elif not _is_finite(scene, end):
            continue
        _add_partitive(scene, first, end, count)
    some = scene.lexicon.words["some"]
    for index, key in enumerate(scene.keys):
        if key in some and _is_finite(scene, index + 1):
            _add_partitive(scene, index, index + 1, None)


def _is_finite(scene: Scene, index: int) -> bool:
    """Tell whether an atom is a verb that has a subject."""
    if scene.word_class(index) not in ("AUX", "VERB"):
        return False
    return scene.analysis.tokens[scene.atoms.tokens[index]].features.verb_form in ("Fin", "")


def _add_partitive(scene: Scene, first: int, last: int, count: Count | None) -> None:
    if any(scene.name_at[index] is not None for index in range(first, last)):
        return
    draft = Draft(first, last, first, "group", "Group", core=first, number="Plur", use=PARTITIVE)
    draft.determination, draft.count = "numeral", count
    scene.drafts.append(draft)


def _draft(first: int, last: int, pronoun: Pronoun) -> Draft:
    gender = pronoun.gender if pronoun.gender in ("Masc", "Fem") else None
    is_person = pronoun.gender in ("Masc", "Fem")
    return Draft(
        first, last, last - 1, "pronoun", "Person" if is_person else "Organization", number=pronoun.number,
        gender=gender, core=first, use=f"{pronoun.use}|{pronoun.gender}",  # type: ignore[arg-type]  # narrowed above
    )  # fmt: skip


def _reading(scene: Scene, first: int, last: int, readings: tuple[Pronoun, ...]) -> Pronoun | None:
    """What a word is where it stands; None where it is no pronoun, or one that means nothing."""
    is_capital = scene.atoms.cases[first] == CAPITALS and last - first == 1 and not scene.atoms.opens[first]
    if is_capital and len(scene.keys[first]) == 2:
        return None  # US, IT
    if scene.is_french:
        return next((r for r in readings if _is_french(scene, first, last, r)), None)
    return _english(scene, first, last, readings[0])


def _is_french(scene: Scene, first: int, last: int, reading: Pronoun) -> bool:
    """Tell a pronoun from an article (``les``), a possessive from a dative (``leur``), ``il`` from ``il y a``."""
    tag = scene.word_class(first)
    if reading.use == "subject":
        return not _is_impersonal(scene, first)
    if reading.use == "possessive" or scene.keys[first] in ("nos", "notre"):
        return tag in ("DET", "X", "ADJ") and scene.word_class(last) not in ("VERB", "AUX")
    if reading.use == "place":
        return tag == "PRON" and not _is_there_is(scene, first)
    return reading.use == "near" or tag == "PRON"


def _english(scene: Scene, first: int, last: int, reading: Pronoun) -> Pronoun | None:
    """Tell ``her`` from ``her``, ``it`` from the ``it`` of ``it is clear that``, ``there`` from that of ``there is``."""
    key, tag = scene.keys[first], scene.word_class(first)
    if key == "it":
        if _is_empty(scene, first):
            return None
        is_object = scene.word_class(first - 1) in ("VERB", "ADP") and not scene.atoms.opens[first]
        return Pronoun("Sing", "Neut", "object") if is_object else reading
    if key == "her":
        is_noun = scene.word_class(last) in ("NOUN", "ADJ", "PROPN", "X", "NUM")
        return Pronoun("Sing", "Fem", "possessive" if is_noun else "object")
    if reading.use == "place" and (tag == "PRON" or scene.key(last) in _EXISTENTIAL):
        return None
    return reading


def _is_there_is(scene: Scene, index: int) -> bool:
    """``il y a``, ``y compris``: a ``y`` that names no place."""
    before = scene.keys[max(0, index - 2) : index]
    return "il" in before or scene.key(index + 1) in ("compris", "a", "avait", "aura")


def _is_impersonal(scene: Scene, index: int) -> bool:
    """``il y a``, ``il faut``, ``il s'agit``, ``il est clair que``: a subject that means nothing."""
    if scene.keys[index] != "il":
        return False
    following = scene.keys[index + 1 : index + 6]
    if "y" in following[:2] and any(word in ("a", "avait", "aura", "aurait", "ait", "eu") for word in following[1:4]):
        return True
    tokens = scene.analysis.tokens
    token = scene.atoms.tokens[index]
    near = tokens[max(0, token - 2) : token + 5]
    if any(t.lemma in scene.lexicon.words["impersonal"] and t.word_class in ("VERB", "AUX", "X") for t in near):
        return True
    for at in range(index + 1, min(index + 5, len(scene.atoms))):
        if scene.word_class(at) == "ADJ" and scene.key(at + 1) in ("que", "qu'", "de", "d'"):
            return scene.key(at - 1) in ("est", "etait", "serait", "sera", "semble", "plus", "tres")
    return False


def _is_empty(scene: Scene, index: int) -> bool:
    """``it is clear that``, ``it was not known``, ``makes it hard``: an *it* that means nothing."""
    following = scene.keys[index + 1 : index + 7]
    if not following or following[0] not in ("is", "was", "'s", "has", "will", "would", "remains", "remained", "seems"):
        return False
    return any(word in ("that", "to", "if", "whether", "when", "how", "who") for word in following[2:6]) and not any(
        word in ("going", "set", "about", "due", "ready", "said", "able") for word in following[1:3]
    )
