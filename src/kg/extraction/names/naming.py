"""Usual English names for what a text only describes: bodies by their owner, people by number, nationality and noun."""

from __future__ import annotations

from typing import Final

from kg.extraction.mentions import Count, Referent
from kg.extraction.names.gazetteer import Gazetteer
from kg.extraction.names.lexicon import load_lexicon
from kg.extraction.names.nouns import Noun

_WORDS: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip


_ALSO: Final = {
    "Armed Forces": ("army", "military", "forces", "Defence Forces", "Defense Forces"),
    "Navy": ("fleet", "naval forces"),
    "Government": ("government",),
}
"""Other words for a body under which the gazetteer may have it."""


def with_article(name: str) -> str:
    """Return an English name as it stands after ``of``: ``the United States``, ``Norland``."""
    words = load_lexicon("en").words
    parts = name.casefold().split()
    if not parts:
        return name
    takes = parts[-1] in words["takes_article_last"] or (len(parts) > 1 and parts[0] in words["takes_article_first"])
    return f"the {name}" if takes else name


def body_name(
    gazetteer: Gazetteer, noun: Noun, owner: Referent | None, portfolio: Noun | None, *, adjective: str | None = None
) -> str:
    """Name a body: ``Ministry of Defence of Norland``, ``Norlandic Navy``, ``Navy of Norland`` where no adjective is known.

    Without an owner the name says only what kind of body it is. `adjective` is one that only the text knows.
    """
    kind = noun.english
    if noun.sense == "portfolio" and portfolio is not None:
        kind = f"{noun.english} of {portfolio.english}"
    if owner is None:
        return kind
    if noun.sense == "city":
        return f"{owner.name} {kind}"
    adjective = adjective or gazetteer.demonym(owner.iri)
    if noun.sense == "adjective" and owner.type not in ("State", "DeFactoAuthority", "Place"):
        return f"{owner.name} {kind}"
    if noun.sense == "adjective" and adjective:
        return f"{adjective} {kind}"
    return f"{kind} of {with_article(owner.name)}"


def known_body(gazetteer: Gazetteer, noun: Noun, owner: Referent | None, portfolio: Noun | None) -> Referent | None:
    """Return the reference entity of a body, under any of the English forms in which such bodies are named."""
    kinds = [noun.english, *_ALSO.get(noun.english, ())]
    if noun.sense == "portfolio" and portfolio is not None:
        plain = portfolio.english.removesuffix(" Affairs")
        kinds = [
            f"{noun.english} of {portfolio.english}",
            f"{plain} {noun.english}",
            f"{portfolio.english} {noun.english}",
        ]
        kinds.append(f"{portfolio.plural} {noun.english}")
    if owner is None:
        return next((entity for kind in kinds if (entity := gazetteer.named(kind)) is not None), None)
    adjective = gazetteer.demonym(owner.iri)
    for label in gazetteer.labels(owner.iri) or (owner.name,):
        for kind in kinds:
            for form in (
                f"{kind} of {with_article(label)}",
                f"{label} {kind}",
                f"{kind} of {label}",
                f"{label}'s {kind}",
            ):
                found = gazetteer.named(form)
                if found is not None:
                    return found
    return next((e for kind in kinds if adjective and (e := gazetteer.named(f"{adjective} {kind}")) is not None), None)


def count_words(count: Count) -> str:
    """Write a number of people as English names have it: ``four``, ``at least 1,160``."""
    number = count.best if count.best is not None else count.low if count.low is not None else count.high
    if number is None:
        return ""
    word = _WORDS[number] if number < len(_WORDS) else f"{number:,}"
    if count.high is None and count.low is not None:
        return f"at least {word}"
    return word


def group_name(noun: Noun, quantity: str, adjectives: list[str], owners: list[str], *, is_singular: bool) -> str:
    """Describe people: quantity or article, nationality, adjectives, noun."""
    head = noun.english if is_singular else noun.plural or f"{noun.english}s"
    words = [*owners, *[a for a in adjectives if a], head]
    if quantity:
        words.insert(0, quantity)
    elif is_singular:
        words.insert(0, "an" if words[0][:1].lower() in "aeiou" else "a")
    return " ".join(words)


def post_name(noun: Noun, portfolio: Noun | None) -> str:
    """The English words for an office: ``foreign minister``."""
    return f"{portfolio.plural} {noun.english}" if portfolio is not None and portfolio.plural else noun.english
