"""Whether the name of a capital stands for the city or for the government: what the syntax around it says.

``Erevan accuse``, ``entre Moscou et Kiev``, ``selon Washington`` are parties; ``à Washington``, ``the Cairo talks``, a
dateline are places.
"""

from __future__ import annotations

from kg.extraction.names.scene import Draft, Scene

_CLITICS = frozenset(("ne", "n'", "se", "s'", "l'", "le", "la", "les", "y", "en", "lui", "leur"))
_CLOSE = frozenset((",", ".", ";", ")", ""))


def read_senses(scene: Scene) -> None:
    """Settle what the names stand for that can be a place or a party."""
    for draft in scene.drafts:
        if draft.is_dropped or draft.noun is not None or draft.place is None or draft.party is None:
            continue
        if draft.kind not in ("capital", "name") or draft.place == draft.party:
            continue
        meant = draft.party if _is_party(scene, draft) else draft.place
        if draft.kind == "name" and meant is draft.place:
            continue
        draft.referents, draft.type = [meant], meant.type


def _is_party(scene: Scene, draft: Draft) -> bool:
    before = draft.first - 1
    if scene.is_word("definite", before):
        before -= 1
    key = scene.key(before)
    if _is_dateline(scene, draft) or draft.first < draft.core:
        return False
    if not scene.is_apart(draft.first) or not scene.is_apart(draft.last):
        return True
    if key in ("a", "au", "to", "aux"):
        return _is_addressed(scene, before)
    if scene.is_word("by", before) or key in ("entre", "between"):
        return not (key in ("on", "of", "for") and scene.is_word("settles", before - 1))
    if key in ("et", "and", "ou", "or", ","):
        return _coordinated(scene, draft, before)
    if scene.is_word("of", before):
        return not scene.is_word("settles", before - 1)
    if scene.lexicon.ends("locative", scene.keys, before + 1):
        return False
    if draft.kind == "capital" or _is_subject(scene, draft):
        return not _modifies(scene, draft)
    return False


def _is_subject(scene: Scene, draft: Draft) -> bool:
    """Tell whether a name is the subject of a verb of saying, before it or inverted: only parties say things."""
    after = draft.last
    while scene.key(after) in _CLITICS or scene.word_class(after) == "ADV":
        after += 1
    found = (scene.verb_from(after), scene.verb_from(draft.first - 1 - scene.is_word("definite", draft.first - 1)))
    return any(verb is not None and verb.voice == "active" and verb.lemma in scene.lexicon.saying for verb in found)


def _is_addressed(scene: Scene, preposition: int) -> bool:
    """``a demandé à Moscou``, ``impute à Bakou``: the verb right before takes a party."""
    for index in (preposition - 1, preposition - 2):
        if 0 <= index < len(scene.atoms):
            lemma = scene.analysis.tokens[scene.atoms.tokens[index]].lemma
            if lemma in scene.lexicon.words["addresses"]:
                return True
    return False


def _coordinated(scene: Scene, draft: Draft, mark: int) -> bool:
    """What the name before a conjunction is, the one after is; on its own it is a party."""
    other = scene.name_to(mark - 1)
    if other is None:
        at = mark + 1
        if at < len(scene.atoms) and scene.lexicon.ends("locative", scene.keys, draft.first):
            return False
        return draft.kind == "capital" and _is_subject(scene, draft)
    if other.kind == "capital" and other.referents:
        return other.referents[0] == other.party
    return draft.kind == "capital" and other.type != "Place"


def _modifies(scene: Scene, draft: Draft) -> bool:
    """``the Washington talks``, ``Minsk accords``: a place before a noun."""
    if scene.is_french:
        return False
    return (
        scene.word_class(draft.last) in ("NOUN", "ADJ")
        or (scene.is_word("definite", draft.first - 1) and scene.word_class(draft.last) not in ("VERB", "AUX"))
        or bool(scene.nouns[draft.last] if draft.last < len(scene.nouns) else False)
    ) and scene.key(draft.last) not in _CLOSE


def _is_dateline(scene: Scene, draft: Draft) -> bool:
    line = scene.analysis.dateline
    start = scene.atoms.starts[draft.first]
    if line is not None and line.place is not None and line.place[0] <= start < line.place[1]:
        return True
    if draft.first and scene.atoms.opens[draft.first - 1] and scene.key(draft.first - 1) == "(":
        return True
    return scene.atoms.opens[draft.first] and scene.key(draft.last) in ("(", "—", "–") and scene.key(draft.last) != ""
