"""Attributions that stand beside what they attribute: ``, a déclaré X``, ``, X said``, ``selon X``, ``as X put it``.

They are taken out of the row of elements before the clauses are parsed; what is left reads as if they were not there.

- inverted: a verb of saying after a comma or a mark, its subject behind it (``», a indiqué le ministère dans un communiqué``);
  ``Le pont, a dit le maire, est coupé`` matches, ``Le pont qu'a détruit l'armée est coupé`` does not.
- trailing: subject and verb of saying at the end of what is said (``, officials said Thursday``); ``Officials said the bridge
  is cut`` does not match: what is said follows.
- source: a phrase after ``selon``, ``d'après``, ``according to``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from kg.extraction.frames import Frames
from kg.extraction.syntax.elements import Element, Kind, Text
from kg.extraction.syntax.phrases import Phrase

_IMPERSONAL: Final = frozenset(("on", "-on", "-t-on", "t-on"))
_MARKS: Final = frozenset((Kind.COMMA, Kind.QUOTE, Kind.DASH, Kind.END))
_LIGHT: Final = frozenset((Kind.TIME, Kind.ADVERB, Kind.OTHER))
_COMPLEMENTS: Final = frozenset((Kind.TIME, Kind.ADVERB, Kind.OTHER, Kind.PREPOSITION))
_SPEAKERS: Final = frozenset(
    ("State", "DeFactoAuthority", "GovernmentBody", "ArmedForce", "ArmedGroup", "InternationalOrganization", "Organization",
     "MediaOrganization", "Person", "Group", "Place")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Aside:
    """An attribution beside the content: the elements from `first` to `last`, its verb and who is named in it.

    `verb` is the index of the verb group, None for a source; `speaker` the phrase of who says it.
    """

    kind: Literal["inverted", "trailing", "source"]
    first: int
    last: int
    verb: int | None
    speaker: Phrase
    tokens: tuple[int, int]


def find_asides(text: Text, elements: list[Element], frames: Frames) -> list[Aside]:
    """Return the asides of a sentence, in order; they do not overlap."""
    found: list[Aside] = []
    end = 0
    for at, element in enumerate(elements):
        if at < end:
            continue
        aside = None
        if element.kind is Kind.VERB:
            aside = _inverted(text, elements, at, frames) or _trailing(text, elements, at, frames)
        elif element.kind is Kind.PHRASE and text.phrases[element.ref].prep == "according":
            aside = _source(text, elements, at)
        if aside is not None and aside.first >= end:
            found.append(aside)
            end = aside.last
    return found


def _is_saying(text: Text, at: Element, frames: Frames) -> bool:
    verb = text.verb(at.ref)
    return verb.form == "finite" and verb.voice == "active" and frames.is_plain_saying(verb)


def _is_speaker(text: Text, phrase: Phrase) -> bool:
    """Tell whether a phrase can be somebody who says something."""
    token = text.analysis.tokens[phrase.head]
    if phrase.mention is not None:
        return text.mentions[phrase.mention].type in _SPEAKERS
    if token.word_class in ("PRON", "PROPN") and not phrase.is_clitic:
        return True
    return token.word_class == "NOUN" and phrase.lemma.lower() in text.speaking


# --------------------------------------------------------------------------- inverted


def _inverted(text: Text, elements: list[Element], at: int, frames: Frames) -> Aside | None:
    element = elements[at]
    if not _is_saying(text, element, frames):
        return None
    first = at
    while first and elements[first - 1].kind is Kind.PHRASE and text.phrases[elements[first - 1].ref].is_clitic:
        first -= 1
    before = elements[first - 1] if first else None
    if before is None or before.kind not in _MARKS or not _has_content(elements, first - 1):
        return None
    if before.kind is Kind.QUOTE and _is_opening(text, before):
        return None
    if before.kind is Kind.COMMA and _has_subject_before(text, elements, first - 1):
        return None
    subject = _next_phrase(text, elements, at)
    if subject is None:
        return None
    speaker = text.phrases[elements[subject].ref]
    if speaker.prep or speaker.is_clitic:
        return None
    last = _end(text, elements, subject + 1)
    if (
        before.kind is Kind.QUOTE
        or any(_is_finite(text, e) for e in elements[:first])
        or _has_quotation(text, elements, first)
    ):
        is_split = before.kind is Kind.COMMA and any(e.kind is Kind.RELATIVE for e in elements[:first])
        if not _is_speaker(text, speaker) and (is_split or not _is_told_of_last(text, elements, subject)):
            return None
    elif not _is_speaker(text, speaker) or not any(_is_finite(text, e) for e in elements[last:]):
        return None  # "L'Union, opposée au texte, a condamné l'arrestation": the subject stands before the commas
    named = next((text.phrases[e.ref] for e in elements[subject + 1 : last] if e.kind is Kind.PHRASE), None)
    if (
        named is not None
        and not _is_speaker_name(text, speaker)
        and _is_person_name(text, named)
        and elements[subject + 1].kind is Kind.COMMA
    ):
        speaker = named  # "dénonce leur avocat, X"
    if text.words[speaker.head] in _IMPERSONAL:
        # "a-t-on appris auprès de l'hôpital": who says it is the one that it was learnt from
        sources = [text.phrases[e.ref] for e in elements[subject:last] if e.kind is Kind.PHRASE]
        speaker = next((p for p in sources if p.prep in ("to", "from") and _is_speaker(text, p)), speaker)
    return Aside("inverted", first, last, element.ref, speaker, _tokens(elements, first, last))


def _is_finite(text: Text, element: Element) -> bool:
    return element.kind is Kind.VERB and text.verb(element.ref).form == "finite"


def _has_quotation(text: Text, elements: list[Element], end: int) -> bool:
    """Tell whether a quotation stands before an element of the sentence."""
    return any(e.kind is Kind.QUOTE for e in elements[:end])


def _is_speaker_name(text: Text, phrase: Phrase) -> bool:
    mention = text.mentions[phrase.mention] if phrase.mention is not None else None
    return mention is not None and mention.type == "Person" and mention.kind in ("name", "pronoun")


def _is_told_of_last(text: Text, elements: list[Element], subject: int) -> bool:
    """Tell whether an unknown noun after an inverted verb ends the sentence with its complements, so that it must be who speaks."""
    rest = [e for e in elements[subject + 1 :] if e.kind not in _LIGHT]
    return all(
        e.kind is Kind.END or (e.kind is Kind.PHRASE and text.phrases[e.ref].prep) or e.kind is Kind.QUOTE for e in rest
    )


def _has_subject_before(text: Text, elements: list[Element], comma: int) -> bool:
    """Tell whether a phrase between a quotation and a comma is the subject: ``," a spokesman, Brig. Gen. X, told reporters``."""
    at = comma - 1
    while at >= 0 and elements[at].kind in (Kind.PHRASE, Kind.COMMA, Kind.TIME):
        at -= 1
    phrases = [text.phrases[e.ref] for e in elements[at + 1 : comma] if e.kind is Kind.PHRASE]
    return (
        at >= 0
        and elements[at].kind is Kind.QUOTE
        and not _is_opening(text, elements[at])
        and any(p.is_bare for p in phrases)
    )


def _is_opening(text: Text, element: Element) -> bool:
    """Tell whether a quotation mark opens a quotation."""
    start = text.analysis.tokens[element.first].start
    found = text.analysis.quotation_at(start)
    return found is not None and text.analysis.quotations[found].start == start


def _has_content(elements: list[Element], end: int) -> bool:
    return any(e.kind in (Kind.VERB, Kind.PHRASE) for e in elements[:end]) or (
        end > 0 and elements[end - 1].kind is Kind.QUOTE
    )


def _next_phrase(text: Text, elements: list[Element], at: int) -> int | None:
    """The subject after an inverted verb: the next phrase, over adverbs, times and an addressee."""
    place = at + 1
    while place < len(elements):
        element = elements[place]
        if element.kind is Kind.PHRASE:
            phrase = text.phrases[element.ref]
            if phrase.prep in ("to", "in", "during", "on") and place + 1 < len(elements):
                place += 1
                continue
            return place
        if element.kind is Kind.COMMA and place + 1 < len(elements) and elements[place - 1].kind in _LIGHT:
            place += 1
            continue
        if element.kind not in _LIGHT:
            return None
        place += 1
    return None


def _end(text: Text, elements: list[Element], start: int) -> int:
    """Where an aside ends: before the mark or conjunction behind its phrases."""
    at = start
    while at < len(elements):
        element = elements[at]
        if element.kind is Kind.PHRASE or element.kind in _COMPLEMENTS:
            at += 1
            continue
        if element.kind is Kind.COORDINATOR and _joins_speakers(text, elements, at):
            at += 1
            continue
        if element.kind is Kind.COMMA and _goes_on(text, elements, at):
            at += 1
            continue
        break
    return at


def _joins_speakers(text: Text, elements: list[Element], at: int) -> bool:
    if at + 1 >= len(elements) or elements[at + 1].kind is not Kind.PHRASE:
        return False
    if not _is_speaker(text, text.phrases[elements[at + 1].ref]):
        return False
    after = next((e for e in elements[at + 2 :] if e.kind not in _LIGHT), None)
    return after is None or after.kind is not Kind.VERB or text.verb(after.ref).form != "finite"


def _goes_on(text: Text, elements: list[Element], at: int) -> bool:
    """Tell whether a comma inside an aside parts an apposition or an adjunct of the saying: ``, lors d'une réunion``."""
    following = elements[at + 1] if at + 1 < len(elements) else None
    if following is None:
        return False
    if following.kind is Kind.TIME:
        return True
    if following.kind is not Kind.PHRASE:
        return False
    phrase = text.phrases[following.ref]
    if phrase.prep in ("during", "in", "on", "via", "after", "at"):
        after = next((e for e in elements[at + 2 :] if e.kind not in _LIGHT and e.kind is not Kind.PHRASE), None)
        return after is None or after.kind in (Kind.END, Kind.COMMA, Kind.QUOTE)
    if phrase.prep:
        return False
    after = elements[at + 2] if at + 2 < len(elements) else None
    return after is None or after.kind in (Kind.COMMA, Kind.END, Kind.QUOTE)


def _tokens(elements: list[Element], first: int, last: int) -> tuple[int, int]:
    while last > first + 1 and elements[last - 1].kind in (Kind.COMMA, Kind.QUOTE, Kind.DASH, Kind.PREPOSITION):
        last -= 1
    return elements[first].first, elements[last - 1].last


# --------------------------------------------------------------------------- trailing


def _trailing(text: Text, elements: list[Element], at: int, frames: Frames) -> Aside | None:
    element = elements[at]
    if not _is_saying(text, element, frames):
        return None
    subject = at - 1
    while subject >= 0 and elements[subject].kind in _LIGHT:
        subject -= 1
    if subject > 0 and elements[subject].kind is Kind.COMMA and elements[subject - 1].kind is Kind.PHRASE:
        subject -= 1  # behind an apposition: "a spokesman, X, told reporters"
    while subject >= 0 and elements[subject].kind is Kind.PHRASE and text.phrases[elements[subject].ref].prep:
        subject -= 1  # "an official in the group told AFP"
    if subject < 1 or elements[subject].kind is not Kind.PHRASE:
        return None
    phrase = text.phrases[elements[subject].ref]
    leader = phrase.leader or phrase
    while subject > 1 and leader is not phrase and text.phrases[elements[subject].ref] is not leader:
        subject -= 1
        if elements[subject].kind not in (Kind.PHRASE, Kind.COORDINATOR, Kind.COMMA):
            return None
    first = subject
    marker = elements[first - 1]
    if text.words[marker.first] in ("as", "comme"):
        first -= 1
        marker = elements[first - 1] if first else marker
        is_marked = True
    else:
        is_marked = marker.kind in (Kind.COMMA, Kind.QUOTE, Kind.DASH)
    is_led = is_marked and _is_speaker(text, leader) and any(e.kind is Kind.VERB for e in elements[:first])
    if not is_led and not (is_marked and marker.kind is Kind.QUOTE and first > 1):
        return None
    last = at + 1
    while last < len(elements):
        following = elements[last]
        if following.kind in _COMPLEMENTS or (
            following.kind is Kind.PHRASE and _is_addressee(text, text.phrases[following.ref])
        ):
            last += 1
        else:
            break
    after = elements[last] if last < len(elements) else None
    if after is not None and after.kind not in (Kind.END, Kind.COMMA, Kind.QUOTE, Kind.BREAK, Kind.DASH):
        return None
    if after is not None and after.kind is Kind.QUOTE and elements[last - 1].kind is not Kind.COMMA and last == at + 1:
        return None
    if after is not None and after.kind is Kind.COMMA and marker.kind is Kind.COMMA and _is_frame(elements, first):
        return None
    return Aside("trailing", first, last, element.ref, leader, _tokens(elements, first, last))


def _is_frame(elements: list[Element], first: int) -> bool:
    """Tell whether only an adverbial stands before the comma: ``On Monday, he said, …`` is still a trailing one."""
    return not any(e.kind in (Kind.VERB, Kind.PHRASE, Kind.QUOTE) for e in elements[:first])


def _is_addressee(text: Text, phrase: Phrase) -> bool:
    if phrase.prep:
        return phrase.prep in ("to", "in", "during", "on", "at", "by", "via", "with", "from", "near", "after")
    return (phrase.mention is not None and text.mentions[phrase.mention].type in (
        "MediaOrganization", "Group", "Person", "GovernmentBody", "State", "InternationalOrganization", "Organization",
    )) or phrase.lemma in ("reporter", "lawmaker", "conference", "briefing", "interview", "statement")  # fmt: skip


# --------------------------------------------------------------------------- sources


def _source(text: Text, elements: list[Element], at: int) -> Aside | None:
    phrase = text.phrases[elements[at].ref]
    if not _is_speaker(text, phrase) and not _has_speaker(text, elements, at):
        return None
    last = at + 1
    speaker = phrase
    named = elements[at + 2] if at + 2 < len(elements) and elements[at + 1].kind is Kind.COMMA else None
    if named is not None and named.kind is Kind.PHRASE and _is_person_name(text, text.phrases[named.ref]):
        closing = elements[at + 3] if at + 3 < len(elements) else None
        if closing is not None and closing.kind is Kind.COMMA:  # "Selon un officier, M. X, …"
            return Aside("source", at, at + 3, None, text.phrases[named.ref], _tokens(elements, at, at + 3))
    while last < len(elements):
        following = elements[last]
        if following.kind is Kind.PHRASE and following.first == elements[last - 1].last:
            other = text.phrases[following.ref]
            if not other.prep:
                break
            if not _is_speaker(text, speaker) and other.prep in ("of", "from") and _is_speaker(text, other):
                speaker = other
        elif (following.kind is Kind.VERB and text.verb(following.ref).form == "participle") or (
            following.kind is Kind.COORDINATOR and _joins_speakers(text, elements, last)
        ):
            pass
        elif following.kind not in (Kind.PREPOSITION, Kind.ADVERB, Kind.OTHER):
            break
        last += 1
    return Aside("source", at, last, None, speaker, _tokens(elements, at, last))


def _is_person_name(text: Text, phrase: Phrase) -> bool:
    mention = text.mentions[phrase.mention] if phrase.mention is not None else None
    return mention is not None and mention.type == "Person" and mention.kind == "name" and not phrase.prep


def _has_speaker(text: Text, elements: list[Element], at: int) -> bool:
    """``selon un décompte de l'AFP``: the tally is nobody, but its owner is."""
    for element in elements[at + 1 : at + 5]:
        if element.kind is Kind.PHRASE and text.phrases[element.ref].prep in ("of", "from"):
            if _is_speaker(text, text.phrases[element.ref]):
                return True
        elif element.kind not in (Kind.PHRASE, Kind.VERB, Kind.PREPOSITION):
            return False
    return False
