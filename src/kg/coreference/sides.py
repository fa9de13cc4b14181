"""Whose body, force or official somebody is: the side that an agent acts for.

Reference data say no such thing, on purpose. Names do: the Azerbaijani army and the Ministry of Defence of Azerbaijan both
hold the name of a state, and a document that calls somebody the foreign minister of a state says it too. It serves to compare
what two documents tell, never to state anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Final

_WORD = re.compile(r"[^\W_]+(?:'s)?")
_LONGEST: Final = 6
"""No state or authority has a name of more words, but for what it is rarely called."""

_ESTRANGING: Final = frozenset(
    "anti pro ex former separatist separatists rebel rebels breakaway dissident opposition exile exiled mercenary "
    "mercenaries militia militias backed embassy consulate".split()
)
"""Words that say that the state in a name is not the one acted for: rebels, exiles, an embassy in a country."""


class Sides:
    """Finds the state or authority in the names of bodies and forces.

    Args:
        find_polity: the IRI of the state or authority of a name or demonym, as `kg.linking.Registry.polity`.
    """

    def __init__(self, find_polity: Callable[[str], str | None]) -> None:
        self._find = find_polity
        self.of_name = lru_cache(maxsize=65536)(self._of_name)

    def _of_name(self, name: str) -> str | None:
        """Return the one state or authority that a name holds, by name or demonym; `None` where there is none or two."""
        words = [word.removesuffix("'s") for word in _WORD.findall(name.casefold().replace("’", "'"))]
        if _ESTRANGING.intersection(words):
            return None
        found = set(self._polities(words))
        return found.pop() if len(found) == 1 else None

    def _polities(self, words: list[str]) -> Iterable[str]:
        at = 0
        while at < len(words):
            for length in range(min(_LONGEST, len(words) - at), 0, -1):
                polity = self._find(" ".join(words[at : at + length]))
                if polity:
                    yield polity
                    at += length
                    break
            else:
                at += 1

    def of(self, iri: str, entity_type: str, name: str, told: Mapping[str, str]) -> str:
        """Return the side of an agent; the agent itself where none is known.

        Args:
            iri: the agent.
            entity_type: its type.
            name: its usual English name.
            told: agent to side, as the document itself tells it by its claims about posts and representation.
        """
        if iri in told:
            return told[iri]
        if entity_type in ("GovernmentBody", "ArmedForce"):
            return self.of_name(name) or iri
        if entity_type == "Person" and " of " in name:  # known by an office: "Foreign Minister of Armenia"
            return self.of_name(name.rpartition(" of ")[2]) or iri
        return iri
