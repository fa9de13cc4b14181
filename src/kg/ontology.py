"""The ontology: its triples for the graph, its concepts for linking, its axioms for the reasoner.

The reasoner is HermiT, run by owlready2 in a throw-away world: it writes what it infers into the ontology it was given,
imports Python modules that an annotation names, and fetches what owl:imports names. So the world is made of triples that
were read by `kg.rdf` and that hold neither.
"""

from __future__ import annotations

import io
import logging
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.errors import DataError, WorldError
from kg.iris import RDF_TYPE, Triple
from kg.rdf import read_quads
from kg.resources import ontology_files, term_files
from kg.vocab import KG, KGT, PREFIXES

if TYPE_CHECKING:
    from owlready2 import World

_OWL: Final = PREFIXES["owl"]
_SKOS: Final = PREFIXES["skos"]
_LABELS: Final = (f"<{_SKOS}prefLabel>", f"<{_SKOS}altLabel>")
_IN_SCHEME: Final = f"<{_SKOS}inScheme>"
_IMPORTS: Final = f"<{_OWL}imports>"
_OWLREADY: Final = "<http://www.lesfleursdunormal.fr/static/_downloads/owlready_ontology.owl#"
_PLAIN: Final = re.compile(r'"((?:[^"\\]|\\.)*)"(?:@[A-Za-z0-9-]+)?')


def read_triples(files: Iterable[Path]) -> Iterator[Triple]:
    """Yield the triples of RDF files, graph names left out; raises what `kg.rdf.read_quads` raises."""
    for number, path in enumerate(files):
        for quad in read_quads(path, label=f"f{number}b"):
            yield str(quad.subject), str(quad.predicate), str(quad.object)


def vocabulary_triples() -> Iterator[Triple]:
    """Yield what a graph says of its vocabulary, so that it stands alone: classes, properties, concepts and their labels.

    The axioms that need blank nodes (restrictions, disjointness) stay in the ontology's files: what kg writes has none.
    """
    for triple in read_triples((*ontology_files(), *term_files())):
        if "_" not in (triple[0][0], triple[2][0]):
            yield triple


def concept_index(scheme: str) -> dict[str, str]:
    """Return the concepts (IRIs) of the scheme ``kgt:scheme`` by casefolded label, preferred or other, in any language."""
    wanted = f"<{KGT}{scheme}>"
    triples = list(read_triples(term_files()))
    members = {subject for subject, predicate, value in triples if predicate == _IN_SCHEME and value == wanted}
    index: dict[str, str] = {}
    for predicate in _LABELS:
        for subject, found, value in triples:
            label = _PLAIN.fullmatch(value) if found == predicate and subject in members else None
            if label:
                index.setdefault(label[1].casefold(), subject[1:-1])
    return index


def documentation() -> str:
    """Return the ontology's documentation as one HTML page, made by pyLODE.

    pyLODE lists the members of a union in no fixed order: two pages of one ontology may differ there.

    Raises:
        WorldError: pyLODE is not installed.
    """
    try:
        from pylode import OntPub
    except ImportError as error:
        raise WorldError(
            "the documentation page is made by pyLODE, which is not installed",
            code="docs.pylode",
            hint="pip install 'kg[docs]'",
        ) from error
    import rdflib

    logging.disable(logging.INFO)  # pyLODE talks while it works
    try:
        graph = rdflib.Graph()
        for path in ontology_files():
            graph.parse(path, format="turtle")
        return str(OntPub(graph, sort_subjects=True).make_html())
    finally:
        logging.disable(logging.NOTSET)


# --------------------------------------------------------------------------- reasoning


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the reasoner found.

    `unsatisfiable` are classes that can have no member; `types` are inferred rdf:type triples that were not asserted;
    `conflict` is a smallest set of assertions that cannot hold together with the ontology, empty where all is consistent
    or none was looked for. All are sorted.
    """

    is_consistent: bool
    unsatisfiable: tuple[str, ...] = ()
    types: tuple[Triple, ...] = ()
    conflict: tuple[Triple, ...] = ()


def reason(
    data: Iterable[Triple] = (),
    *,
    alignments: bool = False,
    explain: bool = True,
    step: Callable[[int], None] = lambda _: None,
) -> Verdict:
    """Check the ontology, with data or alone, for consistency, and classify it.

    Args:
        data: assertions beside the ontology and the terms.
        alignments: also take in the alignments to other vocabularies.
        explain: where the data are inconsistent, search a smallest set of assertions that is (QuickXplain, Junker 2004):
            the reasoner itself does not tell. It costs some runs of the reasoner for each assertion of the set.
        step: is called with 1 for each run of the reasoner.

    Raises:
        WorldError: Java is missing or fails.
        DataError: the reasoner cannot read the data, e.g. a literal of a datatype that is not in OWL 2.
    """
    _check_java()
    background = list(read_triples((*ontology_files(alignments=alignments), *term_files())))
    assertions = sorted(set(data) - set(background))
    verdict = _run([*background, *assertions], step)
    if verdict.is_consistent or not explain:
        return verdict
    if not _run(background, step).is_consistent:
        return Verdict(is_consistent=False)

    def is_consistent(part: Sequence[Triple]) -> bool:
        return _run([*background, *part], step).is_consistent

    return Verdict(is_consistent=False, conflict=tuple(sorted(_smallest_conflict(assertions, is_consistent))))


def _check_java() -> None:
    if shutil.which("java") is None:
        raise WorldError(
            "the reasoner needs Java, and there is no java on the PATH",
            code="reason.java",
            hint="install a Java runtime, 11 or newer (Debian: apt install default-jre-headless); only kg reason needs it",
        )


def _run(triples: Sequence[Triple], step: Callable[[int], None]) -> Verdict:
    """Run HermiT once."""
    import owlready2

    world = _world(triples)
    try:
        owlready2.sync_reasoner_hermit(world, infer_property_values=False, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError:
        return Verdict(is_consistent=False)
    except owlready2.OwlReadyJavaError as error:
        raise _java_error(str(error)) from error
    finally:
        step(1)
    known = set(triples)
    inferred = (t for t in _types(world) if t not in known)
    unsatisfiable = tuple(
        sorted(cls.iri for cls in world.inconsistent_classes() if hasattr(cls, "iri") and cls.iri != f"{_OWL}Nothing")
    )
    return Verdict(is_consistent=True, unsatisfiable=unsatisfiable, types=tuple(sorted(set(inferred))))


def _world(triples: Iterable[Triple]) -> World:
    """Load triples into a world of their own, without imports and without owlready2's own annotations.

    One of those names Python modules, which owlready2 would import: code of a foreign file would run.
    """
    import owlready2

    lines = (
        f"{s} {p} {o} .\n"
        for s, p, o in triples
        if p != _IMPORTS and not any(term.startswith(_OWLREADY) for term in (s, p, o))
    )
    world = owlready2.World()
    try:
        world.get_ontology(KG).load(fileobj=io.BytesIO("".join(lines).encode("utf-8")), only_local=True)
    except owlready2.OwlReadyOntologyParsingError as error:
        raise _literal_error(str(error.__context__ or error)) from error
    return world


def _types(world: Any) -> Iterator[Triple]:
    """The types of our classes that the reasoner added: owlready2 keeps what is inferred in an ontology of its own."""
    import owlready2

    inferred = world.get_ontology("http://inferrences/")
    for subject, _, cls in inferred.get_triples(None, owlready2.rdf_type, None):
        iri = world._unabbreviate(cls)
        if subject > 0 and iri.startswith(KG):
            yield f"<{world._unabbreviate(subject)}>", RDF_TYPE, f"<{iri}>"


def _java_error(message: str) -> DataError | WorldError:
    told = next(
        (line.strip() for line in message.splitlines() if "Exception" in line or "Error" in line), message.strip()[:300]
    )
    if "atatype" in told or "MalformedLiteral" in told:
        return _literal_error(told)
    return WorldError(f"the reasoner failed: {told}", code="reason.failed")


def _literal_error(told: str) -> DataError:
    return DataError(
        f"the reasoner cannot read a literal: {told}",
        code="reason.literal",
        hint="run kg validate first: HermiT accepts only well-formed literals of the OWL 2 datatypes",
    )


def _smallest_conflict(assertions: Sequence[Triple], is_consistent: Callable[[Sequence[Triple]], bool]) -> list[Triple]:
    """A smallest subset that is inconsistent: QuickXplain (U. Junker, AAAI 2004)."""

    def search(background: list[Triple], rest: Sequence[Triple], *, has_grown: bool) -> list[Triple]:
        if has_grown and not is_consistent(background):
            return []
        if len(rest) == 1:
            return list(rest)
        half = len(rest) // 2
        second = search([*background, *rest[:half]], rest[half:], has_grown=True)
        first = search([*background, *second], rest[:half], has_grown=bool(second))
        return [*first, *second]

    return search([], assertions, has_grown=False) if assertions else []
