"""Claims that cannot both hold, and claims that corroborate one another.

Nothing of this is in the graph, which holds what documents say: it is found on request. Each rule is a query in
``ontology/conflicts`` or ``ontology/corroborations`` that gives pairs ``?claim`` ``?other``; it runs as it stands in any SPARQL
engine. Its header says in two languages what its pairs are, and may ask for what names alone can tell::

    # en: Two claimants say that different sides did one deed.
    # fr: Deux auteurs attribuent un même acte à des camps différents.
    # apart: party rival            no party of the claim is of one side with a rival of the other
    # together: party rival         some party of the claim is of one side with a rival of the other

Pairs are told once under each rule, whichever of the two comes first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.explanation.claims import ClaimAccount, read_accounts
from kg.explanation.graph import Graph, Term
from kg.explanation.sides import GraphSides
from kg.linking import Registry
from kg.queries import Question, read_question
from kg.resources import conflict_files, corroboration_files, entity_files

_SIDES = re.compile(r"^# (apart|together): (\w+) (\w+)$", re.MULTILINE)
_Pair = tuple[str, str]
_Row = dict[str, Term]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two claims and the rule that found them: its name (the stem of its file) and what it says of the two."""

    rule: str
    english: str
    french: str
    claim: ClaimAccount
    other: ClaimAccount


def find_conflicts(
    graph: Graph, *, corroborated: bool = False, entities: Sequence[Path] = (), rules: Sequence[Path] | None = None
) -> list[Conflict]:
    """Find claims that cannot both hold, or, on request, claims that corroborate one another.

    Args:
        graph: where they are looked for.
        corroborated: ask the rules of corroboration.
        entities: files of reference entities beside the shipped ones.
        rules: the rules to ask, instead of the shipped ones.

    Returns:
        The pairs, by rule, then in the order of the documents (by date, then key) and passages of their claims.
    """
    shipped = corroboration_files() if corroborated else conflict_files()
    sides = GraphSides(graph, Registry((*entity_files(), *entities)))
    found: list[tuple[Question, _Pair]] = []
    for path in shipped if rules is None else rules:
        rule = read_question(path)
        rows = list(graph.rows(rule.text, name=path.name))
        found += [(rule, pair) for pair in _pairs(rule, rows, sides)]
    accounts = read_accounts(graph, {iri for _, pair in found for iri in pair})
    place = {account.iri: position for position, account in enumerate(accounts)}
    rules_by_name = {rule.name: rule for rule, _ in found}
    ranked = sorted({(rule.name, min(place[a], place[b]), max(place[a], place[b])) for rule, (a, b) in found})
    return [
        Conflict(name, rules_by_name[name].english, rules_by_name[name].french, accounts[first], accounts[second])
        for name, first, second in ranked
    ]


def _pairs(rule: Question, rows: Sequence[_Row], sides: GraphSides) -> Iterator[_Pair]:
    """Yield the pairs of claims of which the parties stand as the rule's header wants."""
    wanted = _SIDES.search(rule.text)
    if wanted is None:
        yield from ((row["claim"].value, row["other"].value) for row in rows)
        return
    how, one, other = wanted.groups()
    of = sides.of_all({row[name].value for row in rows for name in (one, other)})
    by_pair: dict[_Pair, list[bool]] = {}
    for row in rows:
        is_one_side = of[row[one].value] == of[row[other].value]
        by_pair.setdefault((row["claim"].value, row["other"].value), []).append(is_one_side)
    yield from (pair for pair, are in by_pair.items() if _holds(how, are))


def _holds(how: str, are_of_one_side: Iterable[bool]) -> bool:
    return any(are_of_one_side) if how == "together" else not any(are_of_one_side)
