"""The only place that knows the order of the stages.

    inputs ─▶ claims ─▶ graph ─▶ passages, shapes, rules ─▶ rejected | kept ─▶ outputs ─▶ rules over the whole ─▶ in place

One document is in memory at a time, so the memory of a build does not grow with the corpus. What fails is set aside in
``rejected.jsonl`` with its findings, and the rest is built. Nothing takes the place of an old file before everything is
written and checked.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from kg.claims import ClaimFile, Rejected, dump_claim, read_claims
from kg.direct import direct_triples
from kg.errors import DataError, KgError
from kg.graph import Block, Concepts, DocumentGraph, build_document
from kg.inputs import Input, find_inputs, read_document
from kg.iris import Minter, Triple
from kg.linking import Linker, Registry, read_same_events
from kg.ontology import concept_index, vocabulary_triples
from kg.outputs import DEFAULT_FORMATS, OutputSet
from kg.project import Project
from kg.records import Claim, Document, Finding, Report
from kg.resources import entity_files
from kg.sources import read_reports
from kg.store import load_store, store_directory
from kg.validation import ShapesValidator, check_passages, claims_behind, verify
from kg.vocab import project_prefixes

REJECTED = "rejected.jsonl"


@dataclass(slots=True)
class Summary:
    """What a build did."""

    documents: int = 0
    claims: Counter[str] = field(default_factory=Counter)
    claimants: set[str] = field(default_factory=set)
    quads: int = 0
    rejected: int = 0
    findings: Counter[str] = field(default_factory=Counter)
    problems: list[KgError] = field(default_factory=list)
    unclaimed: list[str] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Nothing was rejected, no input failed, no rule was violated."""
        return not (self.rejected or self.problems or self.findings["violation"])


@dataclass(frozen=True, slots=True)
class Stages:
    """What the stages need beside their input; made once for a project by `prepare`."""

    project: Project
    registry: Registry
    linker: Linker
    concepts: Concepts
    vocabulary: tuple[Triple, ...]
    validator: ShapesValidator


def prepare(project: Project, *, engine: str = "auto") -> Stages:
    """Load the reference data, the vocabulary and the shapes for a project."""
    registry = Registry((*entity_files(), *project.entities))
    same_events = read_same_events(project.same_events) if project.same_events else {}
    vocabulary = tuple(vocabulary_triples())
    return Stages(
        project=project,
        registry=registry,
        linker=Linker(registry, Minter(project.base), same_events),
        concepts=Concepts(concept_index("instruments"), concept_index("post-types")),
        vocabulary=vocabulary,
        validator=ShapesValidator(engine=engine, context=vocabulary),
    )


def build(
    project: Project,
    *,
    formats: Sequence[str] = DEFAULT_FORMATS,
    engine: str = "auto",
    direct: bool = False,
    advance: Callable[[int], None] = lambda _: None,
) -> Summary:
    """Build the graph of a project into its output folder.

    Args:
        project: what to read, where to write.
        formats: a choice of ``ttl``, ``trig``, ``nq``, ``jsonld``; N-Quads are always written, since the store is made of them.
        engine: the SHACL engine, see `kg.validation`.
        direct: also write the direct view, to ``direct.ttl``.
        advance: is called with the number of inputs that are done.

    Raises:
        UsageError: kg.toml names what is not there.
        OSError: a file cannot be written; the old ones stay.
    """
    stages = prepare(project, engine=engine)
    summary = Summary()
    rejected: list[Rejected] = []
    references: set[str] = set()
    prefixes = project_prefixes(project.base)
    minter = stages.linker.minter
    with OutputSet(project.out, "kg", {*formats, "nq"}, base=f"{project.base}id/", prefixes=prefixes) as outputs:
        outputs.graph(minter.graph("vocabulary"), as_blocks(stages.vocabulary), "vocabulary")
        seen: dict[str, str] = {}
        for source in find_inputs(project):
            graph = _build_input(source, stages, summary, rejected, seen)
            if graph:
                outputs.graph(graph.iri, graph.blocks, f"document {graph.document.identifier or graph.document.key}")
                references |= graph.references
            advance(1)
        outputs.graph(minter.graph("entities"), as_blocks(describe(references, stages.registry)), "entities")
        outputs.close()
        summary.quads = outputs.statements
        _finish(stages, outputs, summary, direct=direct)
    _write_rejected(project.out / REJECTED, rejected)
    summary.rejected = len(rejected)
    return summary


def _finish(stages: Stages, outputs: OutputSet, summary: Summary, *, direct: bool) -> None:
    """Ask the rules over the whole graph, write the direct view, and put every file in its place."""
    project = stages.project
    nquads = outputs.temporary("nq")
    with load_store(nquads, store_directory(project.out), published=outputs.path("nq")) as store:
        summary.findings.update(finding.severity for finding in verify(store))
        if direct:
            prefixes = project_prefixes(project.base)
            with OutputSet(project.out, "direct", ["ttl"], base=f"{project.base}id/", prefixes=prefixes) as view:
                iri = stages.linker.minter.graph("direct")
                view.graph(iri, as_blocks(direct_triples(store)), "direct view")
                view.close()
                view.publish()
                summary.files.append(view.path("ttl"))
    outputs.publish()
    summary.files[:0] = [outputs.path(suffix) for suffix in outputs.formats]


# --------------------------------------------------------------------------- one input


def _build_input(
    source: Input, stages: Stages, summary: Summary, rejected: list[Rejected], seen: dict[str, str]
) -> DocumentGraph | None:
    try:
        report = _only_report(source)
        if source.claims is None:
            summary.unclaimed.append(source.name)
            return None
        claims = read_claims(source.claims)
        rejected.extend(claims.rejected)
        if claims.document is None:
            return None
        document = _document(source, report, claims, seen)
    except DataError as error:
        summary.problems.append(error)
        return None
    graph, kept = _build_valid(document, claims, stages, summary, rejected)
    summary.documents += 1
    summary.claims.update(claim.kind for claim in kept)
    claimant = f"<{_CLAIMANT}>"
    summary.claimants.update(o for block in graph.blocks.values() for p, o in block if p == claimant)
    return graph


_CLAIMANT = "https://w3id.org/kg-news/ontology#claimant"


def _only_report(source: Input) -> Report | None:
    if source.report is None:
        return None
    reports = list(read_reports(source.report))
    return reports[0]


def _document(source: Input, report: Report | None, claims: ClaimFile, seen: dict[str, str]) -> Document:
    digest = claims.document or ""
    if digest in seen:
        raise DataError(f"the same text as {seen[digest]}", code="inputs.duplicate", where=source.name)
    if report and report.sha256 != digest:
        raise DataError(
            "the text has changed since its claims were made: the digests differ",
            code="claims.digest",
            where=source.name,
            hint=f"the claims are about {digest[:16]}…, {report.path} is {report.sha256[:16]}…: review the claims",
        )
    document = read_document(report, source.meta, digest, source.name)
    seen[digest] = source.name
    return document


def _build_valid(
    document: Document, source: ClaimFile, stages: Stages, summary: Summary, rejected: list[Rejected]
) -> tuple[DocumentGraph, list[Claim]]:
    """Build the document's graph of the claims that pass, and set the others aside."""
    kept = list(source.claims)
    findings = set(check_passages(kept, document.text)) if document.text is not None else set()
    kept = _set_aside(source, kept, _by_id(findings), rejected)
    while True:
        graph = build_document(document, kept, stages.linker, stages.concepts)
        triples = list(graph.triples())
        found = stages.validator.validate(
            [*triples, *describe(graph.references, stages.registry)], document=document.key
        )
        bad = _by_claim(found, triples, graph)
        if not bad:
            summary.findings.update(f.severity for f in (*findings, *found) if f.severity != "violation")
            return graph, kept
        kept = _set_aside(source, kept, bad, rejected)


def _by_id(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """Violations by the id of the record that they are about."""
    bad: dict[str, list[Finding]] = {}
    for finding in sorted(findings):
        if finding.severity == "violation":
            bad.setdefault(finding.focus, []).append(finding)
    return bad


def _by_claim(findings: Iterable[Finding], triples: Sequence[Triple], graph: DocumentGraph) -> dict[str, list[Finding]]:
    """Violations by the id of each claim that is behind their focus; where none is, the document's claims all are."""
    bad: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.severity == "violation":
            for claim in claims_behind(finding.focus, triples) or graph.claims:
                bad.setdefault(graph.claims[claim], []).append(finding)
    return bad


def _set_aside(
    source: ClaimFile, claims: list[Claim], bad: Mapping[str, list[Finding]], rejected: list[Rejected]
) -> list[Claim]:
    rejected.extend(
        Rejected(source.path, source.lines[claim.id], dump_claim(claim), tuple(bad[claim.id]))
        for claim in claims
        if claim.id in bad
    )
    return [claim for claim in claims if claim.id not in bad]


# --------------------------------------------------------------------------- what is written beside the documents


def describe(references: Iterable[str], registry: Registry) -> list[Triple]:
    """Return the descriptions of reference entities and of those that they name (capital, territory), sorted."""
    waiting, done = sorted(references), set()
    triples: list[Triple] = []
    while waiting:
        iri = waiting.pop()
        if iri not in done:
            done.add(iri)
            triples += registry.triples(iri)
            waiting += [o[1:-1] for _, _, o in registry.triples(iri) if o[1:-1] in registry]
    return sorted(triples)


def as_blocks(triples: Iterable[Triple]) -> dict[str, Block]:
    """Group triples by subject, in the order in which they come."""
    blocks: dict[str, Block] = {}
    for subject, predicate, value in triples:
        blocks.setdefault(subject, {})[predicate, value] = None
    return blocks


def _write_rejected(path: Path, rejected: Sequence[Rejected]) -> None:
    """Write what was set aside, each line with its findings; without any, the file of an earlier build goes."""
    if not rejected:
        path.unlink(missing_ok=True)
        return
    temporary = path.with_name(f".{path.name}.tmp")
    lines = (json.dumps(asdict(item), ensure_ascii=False, sort_keys=True) for item in rejected)
    temporary.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")
    temporary.replace(path)
