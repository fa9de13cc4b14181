"""The closed vocabulary: every IRI of ours that the program itself needs to know.

The definitions live in ``ontology/``; a test keeps the two in step. The words of a claim record (event types, relations,
polarity, modality, entity types) are exactly the local names of their concepts and classes.
"""

from __future__ import annotations

from typing import Final, Literal, get_args

KG: Final = "https://w3id.org/kg-news/ontology#"
KGT: Final = "https://w3id.org/kg-news/terms/"
KGS: Final = "https://w3id.org/kg-news/shapes#"
KGD: Final = "https://w3id.org/kg-news/direct#"

DEFAULT_BASE: Final = "https://w3id.org/kg-news/"
"""Below this IRI a project mints its documents, claims and unknown entities, unless kg.toml names another."""

REFERENCE_BASE: Final = DEFAULT_BASE
"""Reference entities keep this base in every project, so that the graphs of two newsrooms meet."""

PREFIXES: Final[dict[str, str]] = {
    "kg": KG,
    "kgt": KGT,
    "kgd": KGD,
    "dcterms": "http://purl.org/dc/terms/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "wd": "http://www.wikidata.org/entity/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Prefixes of the Turtle that kg writes and of the queries that it reads; `project_prefixes` adds the project's own."""

EntityType = Literal[
    "State",
    "DeFactoAuthority",
    "GovernmentBody",
    "ArmedForce",
    "ArmedGroup",
    "InternationalOrganization",
    "Organization",
    "MediaOrganization",
    "Person",
    "Group",
    "Place",
]
EventType = Literal[
    "attack",
    "clash",
    "war",
    "detention",
    "blockade",
    "territory-gain",
    "deployment",
    "withdrawal",
    "prisoner-exchange",
    "meeting",
    "negotiation",
    "agreement",
    "ceasefire",
    "ceasefire-violation",
    "statement",
    "request",
    "accusation",
    "rejection",
    "threat",
    "protest",
    "sanction",
    "military-aid",
    "humanitarian-aid",
    "displacement",
    "shortage",
]
RelationType = Literal[
    "part-of",
    "located-in",
    "disputes",
    "controls",
    "supports",
    "member-of",
    "represents",
    "separatist-in",
    "allied-with",
    "opposes",
]
Polarity = Literal["affirmed", "denied"]
Modality = Literal["factual", "planned", "possible", "opinion", "presupposed"]
RoleName = Literal["actor", "recipient", "victim", "participant", "mediator"]

ENTITY_TYPES: Final[tuple[str, ...]] = get_args(EntityType)
EVENT_TYPES: Final[tuple[str, ...]] = get_args(EventType)
RELATIONS: Final[tuple[str, ...]] = get_args(RelationType)
POLARITIES: Final[tuple[str, ...]] = get_args(Polarity)
MODALITIES: Final[tuple[str, ...]] = get_args(Modality)
ROLES: Final[tuple[str, ...]] = get_args(RoleName)

HOLDS_POST: Final = "holds-post"
"""The relation concept of post-holding claims; no claim record names it, since their kind says it."""

TERRITORIAL_TYPES: Final = frozenset({"State", "DeFactoAuthority"})
"""Agents whose name also names a country: as the place of an event they stand for its territory."""


def project_prefixes(base: str) -> dict[str, str]:
    """Return `PREFIXES` plus short names for what is minted below `base`, sorted by prefix."""
    local = {
        "agent": f"{base}id/agent/",
        "place": f"{base}id/place/",
        "post": f"{base}id/post/",
        "event": f"{base}id/event/",
        "claim": f"{base}id/claim/",
        "doc": f"{base}id/doc/",
        "graph": f"{base}graph/",
    }
    return dict(sorted({**PREFIXES, **local}.items()))
