"""The reference engine: pyshacl on rdflib, with the precautions that its findings deserve.

Terms are made one by one, so that nothing is parsed, fetched or normalised (rdflib would write ``01`` as ``1`` and ``Z`` as
``+00:00``), and the ``$`` of a pattern is the end. Vocabulary goes into the data, since pyshacl's ``ont_graph`` leaves SKOS
out; no inference, no SHACL-AF, no JavaScript, no imports.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from kg.errors import DataError
from kg.iris import Triple, quoted
from kg.validation.shacl.compiler import Result
from kg.validation.shacl.constraints import end_at_end
from kg.validation.shacl.graph import Graph as Index
from kg.validation.shacl.paths import SH, compile_path
from kg.validation.shacl.terms import literal, unescaped
from kg.vocab import PREFIXES

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

_DECLARE: Final = f"<{SH}declare>"
_IMPORTS: Final = f"<{PREFIXES['owl']}imports>"


class PyshaclEngine:
    """Shapes as an rdflib graph, handed to pyshacl for each data graph."""

    name = "pyshacl"

    def __init__(self, shapes: Sequence[Triple], context: Sequence[Triple]) -> None:
        # an ill-typed literal is a finding, not a message on standard error
        logging.getLogger("rdflib.term").setLevel(logging.ERROR)
        self._shapes = _to_rdflib((*_with_patterns_of_xpath(shapes), *_imported_prefixes(shapes)))
        self._context = tuple(context)

    def results(self, triples: Iterable[Triple]) -> list[Result]:
        """Validate a graph together with the context.

        Raises:
            DataError: pyshacl gives up, on malformed shapes or on data such as a blank node where a number is compared.
        """
        from pyshacl import validate

        data = _to_rdflib((*self._context, *triples))
        try:
            _, report, _ = validate(
                data, shacl_graph=self._shapes, inference="none", advanced=False, js=False, do_owl_imports=False
            )
        except Exception as error:  # rdflib raises bare exceptions at SPARQL that it cannot read
            raise _failure(error) from error
        if isinstance(report, Exception):
            raise _failure(report) from report
        index = Index((_term(s), _term(p), _term(o)) for s, p, o in report)
        # only what hangs on the report itself: pyshacl adds the details of nested shapes as further results
        return [_result(index, node) for node in index.incoming(f"<{SH}result>")]


def _failure(error: Exception) -> DataError:
    return DataError(f"pyshacl gives up: {error}", code="engine.pyshacl", hint="the fast engine validates any graph")


def _with_patterns_of_xpath(shapes: Sequence[Triple]) -> Iterator[Triple]:
    """The shapes with patterns that mean in Python, to which pyshacl hands them, what they mean in XPath."""
    flags = {subject: literal(value).lexical for subject, predicate, value in shapes if predicate == f"<{SH}flags>"}
    for subject, predicate, value in shapes:
        if predicate == f"<{SH}pattern>" and "m" not in flags.get(subject, ""):
            yield subject, predicate, quoted(end_at_end(literal(value).lexical))
        else:
            yield subject, predicate, value


def _imported_prefixes(shapes: Sequence[Triple]) -> Iterator[Triple]:
    """The prefixes that sh:prefixes names by way of owl:imports (SHACL, 5.2.1), which pyshacl does not follow."""
    index = Index(shapes)
    for node in index.incoming(f"<{SH}prefixes>"):
        waiting = [node]
        for ontology in waiting:
            waiting += [known for known in index.values(ontology, _IMPORTS) if known not in waiting]
            yield from ((node, _DECLARE, prefix) for prefix in index.values(ontology, _DECLARE))


def _result(report: Index, node: str) -> Result:
    def one(name: str) -> str | None:
        return report.one(node, f"<{SH}{name}>")

    path = one("resultPath")
    return Result(
        focus=one("focusNode") or "",
        path=compile_path(report, path).text if path else None,
        value=one("value"),
        shape=one("sourceShape") or "",
        component=_parameter(one("sourceConstraintComponent") or ""),
        severity=one("resultSeverity") or "",
    )


def _parameter(component: str) -> str:
    """A component of SHACL by its parameter, as the fast engine names it; another by its own IRI."""
    if not component.startswith(f"<{SH}"):
        return component
    name = component.removeprefix(f"<{SH}").removesuffix("ConstraintComponent>")
    return f"<{SH}{'sparql' if name == 'SPARQL' else name[:1].lower() + name[1:]}>"


def _to_rdflib(triples: Iterable[Triple]) -> rdflib.Graph:
    import rdflib

    known: dict[str, Node] = {}

    def node(term: str) -> Node:
        found = known.get(term)
        if found is None:
            found = known[term] = rdflib_term(term)
        return found

    graph = rdflib.Graph()
    for subject, predicate, value in triples:
        graph.add((node(subject), node(predicate), node(value)))
    return graph


def rdflib_term(term: str) -> Node:
    """Make the rdflib term of an N-Triples term, without parsing or normalising anything."""
    from rdflib.term import BNode, Literal, URIRef

    if term[0] == "<":
        return URIRef(unescaped(term[1:-1]))
    if term[0] == "_":
        return BNode(term[2:])
    value = literal(term)
    if value.language:
        return Literal(value.lexical, lang=value.language)
    datatype = URIRef(value.datatype) if term[-1] == ">" else None
    return Literal(value.lexical, datatype=datatype, normalize=False)


def _term(node: Node) -> str:
    from rdflib.term import BNode, Literal

    if isinstance(node, BNode):
        return f"_:{node}"
    if not isinstance(node, Literal):
        return f"<{node}>"
    text = quoted(str(node))
    if node.language:
        return f"{text}@{node.language}"
    return f"{text}^^<{node.datatype}>" if node.datatype else text
