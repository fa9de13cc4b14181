"""Pronouns and possessives: which words are such, and what they refer to."""

from __future__ import annotations

from typing import Final

from kg.extraction.discourse import Discourse
from kg.extraction.lexicon import Pronoun
from kg.extraction.mentions import Count, Referent
from kg.extraction.naming import count_words
from kg.extraction.parties import party_of
from kg.extraction.scene import Draft, Scene

_PEOPLE: Final = ("Person", "Group")
_SENTENCES_OF_SPEAKER: Final = 4


def find_pronouns(scene: Scene) -> None:
    """Draft the pronouns and possessives of the text, and tie possessives to the phrases that they begin."""
    longest = max((key.count(" ") + 1 for key in scene.lexicon.pronouns), default=0)
    by_first = {d.first: d for d in scene.drafts if d.determination == "possessive"}
    for index in range(len(scene.atoms)):
        if scene.name_at[index] is not None:
            continue
        for count in range(longest, 0, -1):
            found = scene.lexicon.pronouns.get(" ".join(scene.keys[index : index + count]))
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
        count = Count(quantity.low, quantity.best, quantity.high)
        of = end + 2 if scene.keys[end : end + 2] == ["d'", "entre"] else end + 1 if scene.key(end) == "of" else 0
        if of and scene.key(of) in ("eux", "elles", "nous", "them", "whom", "those", "us"):
            end = of + 1
        elif scene.word_class(end) not in ("AUX", "VERB"):
            continue
        if any(scene.name_at[index] is not None for index in range(first, end)):
            continue
        draft = Draft(
            first, end, last, "group", "Group", core=first, number="Plur", determination="numeral", count=count
        )
        draft.use = "partitive"
        scene.drafts.append(draft)


def _draft(first: int, last: int, pronoun: Pronoun) -> Draft:
    gender = pronoun.gender if pronoun.gender in ("Masc", "Fem") else None
    is_person = pronoun.gender in ("Masc", "Fem")
    return Draft(
        first, last, last - 1, "pronoun", "Person" if is_person else "Organization", number=pronoun.number,
        gender=gender, core=first, use=f"{pronoun.use}|{pronoun.gender}",  # type: ignore[arg-type]  # narrowed above
    )  # fmt: skip


def _reading(scene: Scene, first: int, last: int, readings: tuple[Pronoun, ...]) -> Pronoun | None:
    """What a word is where it stands: ``les`` an article or a pronoun, ``leur`` a possessive or a dative."""
    tag = scene.word_class(first)
    if (
        scene.atoms.cases[first] == 2
        and last - first == 1
        and len(scene.keys[first]) < 3
        and not scene.atoms.opens[first]
    ):
        return None  # US, IT
    for reading in readings:
        if not scene.is_french:
            if scene.keys[first] == "it" and _is_empty(scene, first):
                return None
            if (
                scene.keys[first] == "it"
                and scene.word_class(first - 1) in ("VERB", "ADP")
                and not scene.atoms.opens[first]
            ):
                return Pronoun("Sing", "Neut", "object")
            if scene.keys[first] == "her":
                is_noun = scene.word_class(last) in ("NOUN", "ADJ", "PROPN", "X", "NUM")
                return Pronoun("Sing", "Fem", "possessive" if is_noun else "object")
            return reading
        if reading.use == "subject":
            return None if _is_impersonal(scene, first) else reading
        if reading.use == "possessive" or scene.keys[first] in ("nos", "notre"):
            if tag in ("DET", "X", "ADJ") and scene.word_class(last) not in ("VERB", "AUX"):
                return reading
        elif reading.use in ("object", "stressed", "speaker"):
            if tag == "PRON":
                return reading
        else:
            return reading
    return None


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


def resolve_pronoun(discourse: Discourse, draft: Draft) -> None:
    """Tie a pronoun to its antecedent, if one is safe."""
    use, _, gender = draft.use.partition("|")
    if use == "speaker":
        _resolve_speaker(discourse, draft)
        return
    antecedent: Draft | None
    if use == "near":
        antecedent = discourse.nearest(draft, lambda d: fits(discourse, draft, d, gender), 2)
    elif draft.is_speaker and use == "subject":
        antecedent = discourse.nearest(
            draft, lambda d: d.is_speaker and fits(discourse, draft, d, gender), _SENTENCES_OF_SPEAKER
        ) or discourse.preferred(draft, lambda d: fits(discourse, draft, d, gender))
    elif use == "possessive":
        antecedent = (
            _same_clause(discourse, draft, gender)
            or discourse.preferred(draft, lambda d: d.type != "Place" and fits(discourse, draft, d, gender), 2)
            or discourse.preferred(draft, lambda d: fits(discourse, draft, d, gender), 2)
        )
    else:
        subject = _own_subject(discourse, draft) if use == "object" else None
        antecedent = discourse.preferred(
            draft, lambda d: d is not subject and d.type != "Place" and fits(discourse, draft, d, gender)
        ) or discourse.preferred(draft, lambda d: d is not subject and fits(discourse, draft, d, gender))
    if antecedent is not None:
        refer(draft, antecedent)


def resolve_partitive(discourse: Discourse, draft: Draft) -> None:
    """Name a number of people after those whom it is a part of: the nearest group told in the plural."""
    whole = discourse.nearest(draft, lambda d: d.kind == "group" and d.number == "Plur" and len(d.referents) == 1, 2)
    number = count_words(draft.count) if draft.count is not None else ""
    name = f"{number} of {whole.referents[0].name}" if whole is not None else f"{number} people"
    draft.referents = [Referent(name, "Group")]
    draft.antecedents = [whole] if whole is not None else []


def refer(draft: Draft, antecedent: Draft) -> None:
    """Say that a mention refers to an earlier one."""
    draft.referents = list(antecedent.referents)
    draft.antecedents = [antecedent] if not antecedent.is_dropped else list(antecedent.antecedents)
    draft.type = draft.referents[0].type
    draft.party = antecedent.party
    draft.place = antecedent.place if antecedent.type in ("Place", "State", "DeFactoAuthority") else None
    if len(draft.referents) > 1:
        draft.party = draft.place = None


def fits(discourse: Discourse, draft: Draft, other: Draft, gender: str) -> bool:
    """Tell whether a mention can be the antecedent of a pronoun, by number, gender and kind."""
    if other.kind == "demonym" or not other.referents or other.is_generic:
        return False
    is_plural = other.number == "Plur" or len(other.referents) > 1
    if is_plural != (draft.number == "Plur"):
        return False
    is_collective = other.noun is not None and other.noun.sense == "collective"
    if gender == "Neut":
        return other.type not in _PEOPLE or is_collective
    if is_collective and not discourse.scene.is_french:
        return False
    if not discourse.scene.is_french:
        if gender in ("Masc", "Fem") and (other.type not in _PEOPLE or is_plural):
            return False
    elif other.type == "Place" and draft.use.startswith("subject"):
        return False
    known = discourse.gender(other)
    return not (gender in ("Masc", "Fem") and known and known != gender)


def _same_clause(discourse: Discourse, draft: Draft, gender: str) -> Draft | None:
    """The subject before a possessive in its own sentence."""
    return discourse.nearest(draft, lambda d: d.is_subject and fits(discourse, draft, d, gender), 0)


def _own_subject(discourse: Discourse, draft: Draft) -> Draft | None:
    """The subject of the clause of an object, to which it cannot refer: ``Russia asked it to …``."""
    return discourse.nearest(draft, lambda d: d.is_subject, 0)


def _resolve_speaker(discourse: Discourse, draft: Draft) -> None:
    """``we`` and ``our`` inside a quotation are the party of whom it quotes."""
    scene = discourse.scene
    quotation = scene.analysis.quotation_at(scene.atoms.starts[draft.first])
    if quotation is None:
        return
    quoted = scene.analysis.quotations[quotation]
    speaker = speaker_of(scene, (quoted.start, quoted.end))
    party = party_of(scene, speaker) if speaker is not None else None
    if party is not None and speaker is not None:
        draft.referents, draft.type, draft.party = [party], party.type, party
        draft.antecedents = [speaker] if speaker.first < draft.first else []


def speaker_of(scene: Scene, span: tuple[int, int]) -> Draft | None:
    """The one who says a quotation: the speaker nearest to it in its sentence, else in its paragraph."""
    speakers = [d for d in scene.drafts if d.is_speaker and not d.is_dropped and d.referents]
    paragraph = scene.analysis.paragraph_at(span[0])
    best: tuple[int, Draft] | None = None
    for speaker in speakers:
        start, end = scene.atoms.starts[speaker.first], scene.atoms.ends[speaker.last - 1]
        if span[0] <= start < span[1] or scene.analysis.paragraph_at(start) != paragraph:
            continue
        distance = start - span[1] if start >= span[1] else (span[0] - end) + 20
        if best is None or distance < best[0]:
            best = distance, speaker
    return best[1] if best else None
