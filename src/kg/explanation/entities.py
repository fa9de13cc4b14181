"""One entity: where it is mentioned, and by which spellings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from kg.explanation.graph import Graph
from kg.explanation.texts import Offsets
from kg.iris import iri_term

_MENTIONS = """
SELECT ?document ?key ?date ?start ?end ?words {
  ?span kg:refersTo ?entity ; oa:hasSource ?document ; oa:hasSelector ?selector .
  ?selector oa:start ?start ; oa:end ?end .
  ?document kg:sha256 ?key .
  OPTIONAL { ?document dcterms:issued ?date }
  OPTIONAL { ?selector oa:exact ?words }
}
"""
_ROLES = """
SELECT ?role (COUNT(DISTINCT ?claim) AS ?claims) {
  ?claim ?role ?entity ; kg:statedIn ?document .
  FILTER (?role != kg:about)
}
GROUP BY ?role
"""


@dataclass(frozen=True, slots=True)
class MentionsAccount:
    """The mentions of an entity in one document; `words` are in the order of `passages`, `None` without the text."""

    document: str
    key: str
    date: str | None
    passages: tuple[Offsets, ...]
    words: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class EntityAccount:
    """An entity: its types and names, its mentions by document, its spellings, and how often it has which role."""

    iri: str
    types: tuple[str, ...]
    names: tuple[str, ...]
    matches: tuple[str, ...]
    mentions: tuple[MentionsAccount, ...]
    spellings: Mapping[str, int]
    roles: Mapping[str, int]


def read_entity(graph: Graph, iri: str) -> EntityAccount:
    """Return where an entity is mentioned and by which spellings, most frequent first."""
    node = graph.describe([iri])[iri]
    by_document: dict[tuple[str, str, str], list[tuple[Offsets, str | None]]] = {}
    for row in graph.rows(_MENTIONS, parameters={"entity": iri_term(iri)}):
        date = row["date"].value if "date" in row else ""
        words = row["words"].value if "words" in row else None
        place = (date, row["key"].value[:16], row["document"].value)
        by_document.setdefault(place, []).append(((int(row["start"].value), int(row["end"].value)), words))
    mentions = []
    for (date, key, document), found in sorted(by_document.items()):
        found.sort(key=lambda mention: mention[0])
        passages, words_of = (tuple(part) for part in zip(*found, strict=True))
        mentions.append(MentionsAccount(document, key, date or None, passages, words_of))
    counted = Counter(" ".join(w.split()) for account in mentions for w in account.words if w is not None)
    roles = {
        graph.short(row["role"].value): int(row["claims"].value)
        for row in graph.rows(_ROLES, parameters={"entity": iri_term(iri)})
    }
    return EntityAccount(
        iri=iri,
        types=tuple(sorted(graph.short(name) for name in node.types)),
        names=tuple(
            f"{t.value} ({t.language})" for name in ("prefLabel", "altLabel") for t in node.all(f"skos:{name}")
        ),
        matches=tuple(t.value for t in node.all("skos:exactMatch")),
        mentions=tuple(mentions),
        spellings=dict(sorted(counted.items(), key=lambda item: (-item[1], item[0]))),
        roles=dict(sorted(roles.items())),
    )
