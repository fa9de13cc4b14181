"""Which agents of a graph are of one side: a state and its army, a ministry and its spokesman."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kg.coreference import Sides
from kg.explanation.graph import Graph
from kg.linking import Registry, match_key
from kg.vocab import KG

_REPRESENTATION: Final = """
SELECT DISTINCT ?agent ?whose {
  { ?claim kg:relation kgt:holds-post ; kg:subject ?agent ; kg:object ?post . ?post org:postIn ?whose }
  UNION { ?claim kg:relation kgt:represents ; kg:subject ?agent ; kg:object ?whose }
  ?claim kg:polarity kgt:affirmed .
  FILTER NOT EXISTS { ?agent a kg:Group }
}
"""
_POLITIES: Final = """
SELECT ?polity ?name { VALUES ?kind { kg:State kg:DeFactoAuthority } ?polity a ?kind ; skos:prefLabel ?name }
"""
_ENDINGS: Final = ("", "n", "i")
"""How the people of a state are called whose demonym nobody has told: Dravia, Dravian; Velmar, Velmari."""


class GraphSides:
    """Finds the side of each agent of a graph, by names (`kg.coreference.Sides`) and by claims about posts.

    Args:
        graph: the graph, whose own states count beside the known ones.
        registry: the reference entities.
    """

    def __init__(self, graph: Graph, registry: Registry) -> None:
        self._graph = graph
        self._registry = registry
        self._own: dict[str, str] = {}
        for row in graph.rows(_POLITIES):
            for ending in _ENDINGS:
                self._own.setdefault(f"{match_key(row['name'].value)}{ending}", row["polity"].value)
        self._by_name = Sides(self._polity)
        self._whose: dict[str, str] = {}
        for row in graph.rows(_REPRESENTATION):
            self._whose.setdefault(row["agent"].value, row["whose"].value)

    def of_all(self, agents: Iterable[str]) -> dict[str, str]:
        """Return the side of each agent; an agent of no other's is its own."""
        wanted = set(agents)
        wanted |= {whose for agent in wanted if (whose := self._whose.get(agent))}
        sides = {}
        for iri, node in self._graph.describe(wanted).items():
            kinds = sorted(cls.removeprefix(KG) for cls in node.types if cls.startswith(KG))
            sides[iri] = self._by_name.of(iri, kinds[0] if kinds else "", node.label or "", {})
        return {iri: sides.get(self._whose.get(iri, iri), side) for iri, side in sides.items()}

    def _polity(self, name: str) -> str | None:
        return self._registry.polity(name) or self._own.get(match_key(name))
