"""Why the graph says what it says: a claim down to its words, an event across its documents, an entity by its mentions.

    name ─names─▶ IRI ─graph─▶ node ─┬─ claims ─ shapes      who says what, where, how it was found, what it satisfies
                                     ├─ events               who tells what of it, why its documents tell of one
                                     └─ entities             where it is mentioned, by which spellings
    texts: the sentences around a passage;  conflicts: claims that cannot both hold, claims that corroborate one another

Everything is read from the graph that ``kg build`` made, and from the texts of the project where they are at hand.
"""

from kg.explanation.claims import ClaimAccount, DocumentAccount, Named, read_accounts
from kg.explanation.conflicts import Conflict, find_conflicts
from kg.explanation.entities import EntityAccount, read_entity
from kg.explanation.events import EventAccount, Merges, read_event
from kg.explanation.graph import Graph, open_graph
from kg.explanation.names import find_thing
from kg.explanation.shapes import Conformance, check_claim
from kg.explanation.texts import Quotation, Texts

__all__ = [
    "ClaimAccount", "Conflict", "Conformance", "DocumentAccount", "EntityAccount", "EventAccount", "Graph", "Merges", "Named",
    "Quotation", "Texts", "check_claim", "find_conflicts", "find_thing", "open_graph", "read_accounts", "read_entity",
    "read_event",
]  # fmt: skip
