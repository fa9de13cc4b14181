"""Phrases that name a source: ``selon X``, ``d'après X``, ``according to X``."""

from __future__ import annotations

from kg.extraction.attribution.speakers import Aside, is_person_name, is_speaker, joins_speakers, tokens_of
from kg.extraction.frames import Frames
from kg.extraction.syntax.elements import Element, Kind, Text
from kg.extraction.syntax.phrases import Phrase


def read_source(text: Text, elements: list[Element], at: int, frames: Frames) -> Aside | None:
    """Return the source that the phrase of element `at` names, if it can be one."""
    phrase = text.phrases[elements[at].ref]
    if not is_speaker(text, phrase) and not _has_speaker(text, elements, at) and not _is_somebody(text, phrase, frames):
        return None
    last = at + 1
    speaker = phrase
    named = elements[at + 2] if at + 2 < len(elements) and elements[at + 1].kind is Kind.COMMA else None
    if named is not None and named.kind is Kind.PHRASE and _is_apposition(text, phrase, text.phrases[named.ref]):
        closing = elements[at + 3] if at + 3 < len(elements) else None
        if closing is not None and closing.kind is Kind.COMMA:  # "Selon un officier, M. X, …"
            return Aside("source", at, at + 3, None, text.phrases[named.ref], tokens_of(elements, at, at + 3))
    while last < len(elements):
        following = elements[last]
        if following.kind is Kind.PHRASE and following.first == elements[last - 1].last:
            other = text.phrases[following.ref]
            if not other.prep:
                break
            if not is_speaker(text, speaker) and other.prep in ("of", "from") and is_speaker(text, other):
                speaker = other
        elif (following.kind is Kind.VERB and text.verb(following.ref).form == "participle") or (
            following.kind is Kind.COORDINATOR and joins_speakers(text, elements, last)
        ):
            pass
        elif following.kind not in (Kind.PREPOSITION, Kind.ADVERB, Kind.OTHER):
            break
        last += 1
    return Aside("source", at, last, None, speaker, tokens_of(elements, at, last))


def _is_somebody(text: Text, phrase: Phrase, frames: Frames) -> bool:
    """Tell whether an unknown noun can be a source: not ``selon le plan``, nor a thing that frames know."""
    token, lemma = text.analysis.tokens[phrase.head], phrase.lemma.lower()
    return token.word_class == "NOUN" and lemma not in frames.things and lemma not in frames.lists["no_source"]


def _is_apposition(text: Text, phrase: Phrase, named: Phrase) -> bool:
    """Tell whether a name can say who a source is: ``selon un officier, M. X,``; not ``selon la Commission, M. X a gagné``."""
    mention = text.mentions[phrase.mention] if phrase.mention is not None else None
    is_person = mention is None or mention.type in ("Person", "Group")
    return is_person and is_person_name(text, named)


def _has_speaker(text: Text, elements: list[Element], at: int) -> bool:
    """``selon un décompte de l'AFP``: the tally is nobody, but its owner is."""
    for element in elements[at + 1 : at + 5]:
        if element.kind is Kind.PHRASE and text.phrases[element.ref].prep in ("of", "from"):
            if is_speaker(text, text.phrases[element.ref]):
                return True
        elif element.kind not in (Kind.PHRASE, Kind.VERB, Kind.PREPOSITION):
            return False
    return False
