"""The direct view: plain triples for what nobody contests.

The claim graph never says that something is so, only who says it. For readers who want plain facts, this view states the
content of claims that are affirmed, factual, no repetition of a fuller claim, and that no other claim contradicts, as the
truthy statements of Wikidata do (https://www.mediawiki.org/wiki/Wikibase/Indexing/RDF_Dump_Format#Truthy_statements). What
is contested, denied, planned or only possible is never in it. Its properties are of their own namespace (``kgd:``), so that
nobody takes one for a claim's. The rules are the queries in ``ontology/direct``.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import QueryTriples, Store

from kg.iris import Triple
from kg.resources import direct_files


def direct_triples(store: Store) -> Iterator[Triple]:
    """Yield the direct view of a graph, sorted, each triple once.

    Args:
        store: its default graph is the union of all named graphs, as in `kg.store.load_store`.
    """
    found: set[Triple] = set()
    for path in direct_files():
        triples = store.query(path.read_text(encoding="utf-8"))
        assert isinstance(triples, QueryTriples)  # noqa: S101 - the shipped rules are CONSTRUCT queries
        found.update((str(t.subject), str(t.predicate), str(t.object)) for t in triples)
    yield from sorted(found)
