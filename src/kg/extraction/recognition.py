"""Finds who and where a text names or describes: `find_mentions`.

A cascade, each step over what the one before has drafted: names of the gazetteer, names that capitals show, the phrases
around the nouns of the lexicon, offices and persons, places, what unknown names stand for, what bodies and groups are
called, pronouns and what refers back. Each step passes once over the text.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.analysis import Analysis
from kg.extraction.mentions import Containment, Mention, Mentions, Post
from kg.extraction.names import english, french
from kg.extraction.names.bodies import split_known, vote_for_owners
from kg.extraction.names.capitals import find_known, find_unknown
from kg.extraction.names.counts import join_majorities, place_quantities
from kg.extraction.names.gazetteer import Gazetteer, load_gazetteer
from kg.extraction.names.groups import find_nationals
from kg.extraction.names.name_types import decide
from kg.extraction.names.organizations import find_organizations, join_acronyms, join_class_nouns
from kg.extraction.names.persons import find_posts
from kg.extraction.names.places import compose_names, find_containers, find_places, name_parts
from kg.extraction.names.scene import Draft, Office, Scene, open_scene
from kg.extraction.names.senses import read_senses
from kg.extraction.numbers.quantities import Quantity, find_numbers
from kg.extraction.reference.resolution import resolve


def find_mentions(
    analysis: Analysis, gazetteer: Gazetteer | None = None, numbers: Sequence[Quantity] | None = None
) -> Mentions:
    """Find all mentions of parties, people and places in a text, with posts and with which place lies in which.

    Args:
        analysis: the text as the language stage leaves it.
        gazetteer: the names of the reference entities; by default those that kg ships.
        numbers: the quantities of the text, where `kg.extraction.numbers.quantities.find_numbers` has found them already.

    Raises:
        UsageError: the language is not one that the extractor reads.
    """
    scene = open_scene(analysis, gazetteer or load_gazetteer())
    place_quantities(scene, find_numbers(analysis.text, analysis.language) if numbers is None else numbers)
    find_known(scene)
    find_organizations(scene)
    find_unknown(scene)
    join_acronyms(scene)
    _find_phrases(scene)
    join_majorities(scene)
    find_nationals(scene)
    join_class_nouns(scene)
    find_posts(scene)
    vote_for_owners(scene)
    find_places(scene)
    decide(scene)
    compose_names(scene)
    name_parts(scene)
    split_known(scene)
    read_senses(scene)
    resolve(scene)
    find_containers(scene)
    return _finish(scene)


def _find_phrases(scene: Scene) -> None:
    """Draft the phrase around each noun of the lexicon."""
    grammar = french if scene.is_french else english
    index, count = 0, len(scene.atoms)
    while index < count:
        name = scene.name_at[index]
        if name is not None:
            index = max(name.last, index + 1)
            continue
        found = grammar.choose(scene, index) if scene.nouns[index] else None
        if found is None:
            index += 1
            continue
        end, noun = found
        draft = grammar.describe(scene, index, end, noun)
        index = max(end, draft.last)


# --------------------------------------------------------------------------- from drafts to mentions


def _finish(scene: Scene) -> Mentions:
    drafts = _kept(scene)
    number = {id(draft): index for index, draft in enumerate(drafts)}
    parents = _parents(drafts)
    items = tuple(_mention(scene, draft, parents[index], number) for index, draft in enumerate(drafts))
    posts = tuple(
        Post(
            number[id(office.person)],
            office.words,
            (scene.atoms.starts[office.first], scene.atoms.ends[office.last - 1]),
            number.get(id(office.organization)) if office.organization is not None else None,
        )
        for office in _told_offices(scene)
        if id(office.person) in number
    )
    inside = tuple(
        Containment(
            number[id(part)],
            number[id(whole)],
            (
                scene.atoms.starts[min(part.first, whole.first)],
                scene.atoms.ends[max(part.last, whole.last) - 1],
            ),
        )
        for part, whole in scene.containments
        if id(part) in number and id(whole) in number
    )
    return Mentions(items, posts, inside)


def _told_offices(scene: Scene) -> list[Office]:
    """The offices without mere ranks: ``le colonel X`` says of what force he is only with ``de l'armée``."""
    return [
        o
        for o in scene.offices
        if o.organization is not None or o.noun is None or o.noun.sense != "military" or _is_apposed(scene, o)
    ]


def _is_apposed(scene: Scene, office: Office) -> bool:
    """Tell whether a rank is told as news: ``X, a former rebel commander``, ``Un sergent, X``; no title before a name."""
    phrase, person = office.phrase, office.person
    if phrase is None or scene.is_word("of", phrase.last):
        return False  # of a force that nothing is known of
    is_behind = person.first < phrase.first
    if phrase.determination not in ("indefinite", "definite", "none" if is_behind else "definite"):
        return False
    mark = phrase.first - 1 if is_behind else phrase.last
    return scene.key(mark) == "," and mark in (person.first - 1, person.last)


def _kept(scene: Scene) -> list[Draft]:
    """The drafts that become mentions, in the order of the text, one for each passage."""
    best: dict[tuple[int, int], Draft] = {}
    aside = _asides(scene)
    for draft in scene.drafts:
        if (
            draft.first in aside
            or draft.is_dropped
            or draft.first >= draft.last
            or not 0 <= draft.head < len(scene.atoms)
        ):
            continue
        old = best.get((draft.first, draft.last))
        if old is None or (not old.referents and draft.referents):
            best[draft.first, draft.last] = draft
    return sorted(best.values(), key=lambda d: (d.first, -d.last))


def _asides(scene: Scene) -> set[int]:
    """The atoms of what is no report: bylines, credits, an agency's initials."""
    found: set[int] = set()
    for paragraph in scene.analysis.paragraphs:
        if paragraph.kind in ("byline", "credit", "boilerplate") and paragraph.first < paragraph.last:
            first = scene.analysis.sentences[paragraph.first].first
            last = scene.analysis.sentences[paragraph.last - 1].last
            found.update(range(scene.atoms.first_of[first], scene.atoms.first_of[last]))
    return found


def _parents(drafts: list[Draft]) -> list[int | None]:
    parents: list[int | None] = []
    open_: list[int] = []
    for index, draft in enumerate(drafts):
        while open_ and drafts[open_[-1]].last < draft.last:
            open_.pop()
        parents.append(open_[-1] if open_ else None)
        open_.append(index)
    return parents


def _mention(scene: Scene, draft: Draft, parent: int | None, number: dict[int, int]) -> Mention:
    atoms, analysis = scene.atoms, scene.analysis
    first = _without_article(scene, draft)
    start, end = atoms.starts[first], atoms.ends[draft.last - 1]
    head = atoms.tokens[draft.head]
    owner = draft.owner
    return Mention(
        start=start,
        end=end,
        first=atoms.tokens[first],
        last=atoms.tokens[draft.last - 1] + 1,
        text=analysis.text[start:end],
        kind=draft.kind,
        type=draft.type,
        referents=tuple(dict.fromkeys(r for r in draft.referents if r.name)),
        head=head,
        place=draft.place,
        party=draft.party,
        number=draft.number,
        gender=draft.gender,
        count=draft.count,
        group=_group(analysis, head),
        parent=parent,
        owner=number.get(id(owner)) if owner is not None else None,
        refers_to=tuple(sorted(number[id(a)] for a in draft.antecedents if id(a) in number)),
        is_generic=draft.is_generic,
    )


def _without_article(scene: Scene, draft: Draft) -> int:
    """Where the words begin: bodies and names leave their article out, descriptions and groups keep it."""
    if draft.kind in ("body", "name") and draft.determination == "definite" and scene.is_word("definite", draft.first):
        return min(draft.first + 1, draft.head)
    return draft.first


def _group(analysis: Analysis, head: int) -> int | None:
    """The noun group that holds a token, by a binary search over the beginnings."""
    groups = analysis.noun_groups
    low, high = 0, len(groups)
    while low < high:
        middle = (low + high) // 2
        if groups[middle].first <= head:
            low = middle + 1
        else:
            high = middle
    return low - 1 if low and head < groups[low - 1].last else None
