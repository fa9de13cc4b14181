"""Tables of RDF terms, compared up to the names of their blank nodes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, TypeAlias

import pyoxigraph as ox

Row: TypeAlias = Mapping[str, str]
"""Column to N-Triples term; a blank node is renamed, anything else is compared as it is written."""

ORDER: Final = "order"
"""The column that numbers the rows of a table whose order counts."""

_COLUMN: Final = "x-column:"
_SHOWN: Final = 2


def difference(expected: Sequence[Row], found: Sequence[Row]) -> str | None:
    """Say in one line how two tables differ as multisets of rows; `None` where they do not."""
    missing, extra = _rest(expected, found), _rest(found, expected)
    if missing or extra:
        if not _rest(*map(_without_order, (expected, found))) and len(expected) == len(found):
            return "the same rows in another order"
        told = [
            f"{len(rows)} {what}: {_listed(rows)}" for what, rows in (("missing", missing), ("extra", extra)) if rows
        ]
        return "; ".join(told)
    if is_isomorphic(_as_graph(expected), _as_graph(found)):
        return None
    return "the same rows, but for which blank nodes are the same"


def is_isomorphic(left: Iterable[ox.Triple], right: Iterable[ox.Triple]) -> bool:
    """Whether two graphs are the same up to the names of their blank nodes (RDFC-1.0)."""
    return _canonical(left) == _canonical(right)


def _canonical(triples: Iterable[ox.Triple]) -> set[ox.Quad]:
    dataset = ox.Dataset(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return set(dataset)


def _as_graph(rows: Sequence[Row]) -> Iterable[ox.Triple]:
    """A blank node for each row, a property for each column: two tables are the same where these graphs are."""
    for number, row in enumerate(rows):
        node = ox.BlankNode(f"row{number}")
        yield ox.Triple(node, ox.NamedNode(f"{_COLUMN}:width"), ox.Literal(len(row)))
        for column, term in row.items():
            value = ox.BlankNode(f"t{term[2:]}") if term.startswith("_:") else ox.Literal(term)
            yield ox.Triple(node, ox.NamedNode(_COLUMN + column), value)


def _rest(rows: Sequence[Row], others: Sequence[Row]) -> list[tuple[str, ...]]:
    """The rows that the others lack, blank nodes made one."""
    left, right = (Counter(tuple(_anonymous(row)) for row in table) for table in (rows, others))
    return sorted((left - right).elements())


def _without_order(rows: Sequence[Row]) -> list[Row]:
    return [{column: term for column, term in row.items() if column != ORDER} for row in rows]


def _anonymous(row: Row) -> Iterable[str]:
    return (f"{column}={'_:' if term.startswith('_:') else term}" for column, term in sorted(row.items()))


def _listed(rows: Sequence[tuple[str, ...]]) -> str:
    shown = [" ".join(row) or "an empty row" for row in rows[:_SHOWN]]
    return " | ".join([*shown, "…"] if len(rows) > _SHOWN else shown)
