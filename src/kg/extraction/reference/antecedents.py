"""What pronouns and possessives refer to: agreement excludes, the subject of the clause before is preferred."""

from __future__ import annotations

from bisect import bisect_left
from typing import Final

from kg.extraction.mentions import Referent
from kg.extraction.names.naming import count_words
from kg.extraction.names.parties import party_of
from kg.extraction.names.scene import Draft, Scene
from kg.extraction.reference.discourse import Discourse

_PEOPLE: Final = ("Person", "Group")
_PARTIES: Final = ("State", "DeFactoAuthority", "ArmedGroup", "ArmedForce", "GovernmentBody", "Organization")
_SENTENCES_OF_SPEAKER: Final = 4
_BEHIND: Final = 20
"""How many characters nearer a speaker after a quotation is than one before it."""


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
        antecedent = _possessor(discourse, draft, gender)
    elif use == "place":
        antecedent = discourse.nearest(draft, lambda d: d.type == "Place" and d.kind != "pronoun", 2)
    elif _echoes(discourse.scene, draft):
        antecedent = discourse.nearest(draft, lambda d: d.last == draft.first - 1, 0)
    else:
        antecedent = _of_pronoun(discourse, draft, use, gender)
    if antecedent is not None:
        refer(draft, antecedent)


def _echoes(scene: Scene, draft: Draft) -> bool:
    """``Les FSR, elles, …``: a pronoun between commas is who stands before it."""
    return scene.key(draft.first - 1) == "," and scene.key(draft.last) == ","


def _possessor(discourse: Discourse, draft: Draft, gender: str) -> Draft | None:
    """After ``dont`` the nearest; else the subject of the sentence, the nearest party of the sentence, a subject before."""
    if discourse.scene.key(draft.first - 1) == "dont":
        return discourse.nearest(draft, lambda d: fits(discourse, draft, d, gender), 0)
    return (
        _same_clause(discourse, draft, gender)
        or discourse.nearest(draft, lambda d: d.type in _PARTIES and fits(discourse, draft, d, gender), 0)
        or discourse.preferred(draft, lambda d: d.type != "Place" and fits(discourse, draft, d, gender), 2)
        or discourse.preferred(draft, lambda d: fits(discourse, draft, d, gender), 2)
    )


def _of_pronoun(discourse: Discourse, draft: Draft, use: str, gender: str) -> Draft | None:
    subject = _own_subject(discourse, draft) if use in ("object", "stressed") else None
    own = subject.referents if subject is not None else []
    if use == "stressed" and draft.number == "Sing":
        person = discourse.nearest(draft, lambda d: d.type == "Person" and fits(discourse, draft, d, gender), 2)
        if person is not None:
            return person
    if gender == "Neut" and discourse.scene.is_word("around", draft.first - 1):
        place = discourse.nearest(draft, lambda d: d.type == "Place" and fits(discourse, draft, d, gender), 2)
        if place is not None:
            return place
    return discourse.preferred(
        draft, lambda d: d.referents != own and d.type != "Place" and fits(discourse, draft, d, gender)
    ) or discourse.preferred(draft, lambda d: d.referents != own and fits(discourse, draft, d, gender))


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
    if is_plural != (draft.number == "Plur") and (is_plural or other.number is not None):
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
    """The one who says a quotation: the speaker after it in its paragraph if he is near, else the one before it."""
    starts = scene.atoms.starts
    paragraph = scene.analysis.paragraph_at(span[0])
    after = bisect_left(scene.speakers, span[1], key=lambda d: starts[d.first])
    before = bisect_left(scene.speakers, span[0], key=lambda d: starts[d.first]) - 1
    candidates = [
        (starts[d.first] - span[1] if index == after else span[0] - starts[d.first] + _BEHIND, d)
        for index, d in ((after, _at(scene.speakers, after)), (before, _at(scene.speakers, before)))
        if d is not None and d.referents and scene.analysis.paragraph_at(starts[d.first]) == paragraph
    ]
    return min(candidates, key=lambda pair: pair[0])[1] if candidates else None


def _at(drafts: list[Draft], index: int) -> Draft | None:
    return drafts[index] if 0 <= index < len(drafts) else None
