"""A subject and its verb of saying at the end of what is said: ``, officials said Thursday``."""

from __future__ import annotations

from kg.extraction.attribution.speakers import COMPLEMENTS, LIGHT, Aside, is_saying, is_speaker, tokens_of
from kg.extraction.frames import Frames
from kg.extraction.syntax.elements import Element, Kind, Text
from kg.extraction.syntax.phrases import Phrase


def read_trailing(text: Text, elements: list[Element], at: int, frames: Frames) -> Aside | None:
    """Return the trailing attribution whose verb is element `at`, if there is one."""
    element = elements[at]
    if not is_saying(text, element, frames):
        return None
    subject = at - 1
    while subject >= 0 and elements[subject].kind in LIGHT:
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
    if text.words[marker.first] in frames.lists["as"]:
        first -= 1
        marker = elements[first - 1] if first else marker
        is_marked = True
    else:
        is_marked = marker.kind in (Kind.COMMA, Kind.QUOTE, Kind.DASH)
    is_led = is_marked and is_speaker(text, leader) and any(e.kind is Kind.VERB for e in elements[:first])
    if not is_led and not (is_marked and marker.kind is Kind.QUOTE and first > 1):
        return None
    last = at + 1
    while last < len(elements):
        following = elements[last]
        if following.kind in COMPLEMENTS or (
            following.kind is Kind.PHRASE and _is_addressee(text, text.phrases[following.ref], frames)
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
    return Aside("trailing", first, last, element.ref, leader, tokens_of(elements, first, last))


def _is_frame(elements: list[Element], first: int) -> bool:
    """Tell whether only an adverbial stands before the comma: ``On Monday, he said, …`` is still a trailing one."""
    return not any(e.kind in (Kind.VERB, Kind.PHRASE, Kind.QUOTE) for e in elements[:first])


def _is_addressee(text: Text, phrase: Phrase, frames: Frames) -> bool:
    if phrase.prep:
        return phrase.prep in ("to", "in", "during", "on", "at", "by", "via", "with", "from", "near", "after")
    return (phrase.mention is not None and text.mentions[phrase.mention].type in (
        "MediaOrganization", "Group", "Person", "GovernmentBody", "State", "InternationalOrganization", "Organization",
    )) or phrase.lemma in frames.lists["addressee"]  # fmt: skip
