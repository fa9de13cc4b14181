"""The only place that knows the order of the stages.

    inputs ─▶ retractions (what is retracted is left out) ─▶ drafting (claims for the reports that have none)
    inputs ─▶ claims ─▶ coreference (a light pass: which events of two documents are one)
    inputs ─▶ claims ─▶ graph ─▶ passages, shapes ─▶ rejected | kept ─▶ outputs ─▶ rules over the whole ─▶ in place

One document is in memory at a time; what is kept of the others is a compact description of each event, until it is known
which are one. What fails is set aside in
``rejected.jsonl`` with its findings, and the rest is built; what is only remarked on is told in ``findings.jsonl``. Nothing
takes the place of an old file before everything is written and checked.
"""

from __future__ import annotations

import fcntl
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from kg.claims import ClaimFile, Rejected, dump_claim, read_claims
from kg.coreference import (
    Background,
    EventDescription,
    Merges,
    Sides,
    describe_events,
    link_events,
    merge_records,
    read_verdicts,
)
from kg.direct import direct_triples
from kg.drafting import draft_inputs
from kg.errors import DataError, KgError, WorldError
from kg.graph import Block, Concepts, DocumentGraph, build_document
from kg.inputs import Input, find_inputs, read_document
from kg.iris import Minter, Triple, ontology_term
from kg.linking import Linker, Registry
from kg.ontology import concept_index, vocabulary_triples
from kg.outputs import DEFAULT_FORMATS, JsonLines, OutputSet
from kg.project import Project
from kg.records import Claim, Document, Finding, Report
from kg.resources import entity_files
from kg.retractions import Retraction, Selection, read_retractions, select_inputs
from kg.sources import read_reports
from kg.store import load_store, store_directory
from kg.validation import DocumentRules, ShapesValidator, check_passages, claims_behind, verify
from kg.vocab import project_prefixes

REJECTED = "rejected.jsonl"
FINDINGS = "findings.jsonl"
MERGES = "merges.jsonl"
_CLAIMANT = ontology_term("claimant")
_MOST_REASONS = 5


@dataclass(slots=True)
class Summary:
    """What a build did.

    `merges` counts, by ``rules`` and ``review``, what made events of two documents one; `untold` are events that a reviewer's
    verdict names and no document tells of; `selection` says what was left out because it is retracted.
    """

    documents: int = 0
    claims: Counter[str] = field(default_factory=Counter)
    claimants: set[str] = field(default_factory=set)
    quads: int = 0
    rejected: int = 0
    findings: Counter[str] = field(default_factory=Counter)
    problems: list[KgError] = field(default_factory=list)
    unclaimed: list[str] = field(default_factory=list)
    drafted: int = 0
    notes: tuple[str, ...] = ()
    """What an extractor that asks a model has to tell."""
    reasons: list[str] = field(default_factory=list)
    """Why claims were rejected, the first few: file, line, field and message."""
    merges: Counter[str] = field(default_factory=Counter)
    untold: list[str] = field(default_factory=list)
    selection: Selection = field(default_factory=lambda: Selection(()))
    files: list[Path] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Nothing was rejected, no input failed, no rule was violated."""
        return not (self.rejected or self.problems or self.findings["violation"])


@dataclass(frozen=True, slots=True)
class Stages:
    """What the stages need beside their input; made once for a project by `prepare`."""

    project: Project
    selection: Selection
    inputs: tuple[Input, ...]
    drafted: int
    notes: tuple[str, ...]
    problems: tuple[KgError, ...]
    registry: Registry
    linker: Linker
    merges: Merges
    concepts: Concepts
    vocabulary: tuple[Triple, ...]
    validator: ShapesValidator
    rules: DocumentRules


@dataclass(slots=True)
class _Run:
    """One pass over the inputs: its tools, what it has done, and the files that it sets things aside in.

    `excluded` are claims (terms) that a rule over the whole graph found wrong in the pass before.
    """

    stages: Stages
    excluded: Mapping[str, list[Finding]]
    rejected: JsonLines
    remarks: JsonLines
    summary: Summary = field(default_factory=Summary)
    seen: dict[str, str] = field(default_factory=dict)

    def reject(self, item: Rejected) -> None:
        """Set a line aside; files are named from the project's folder, so that the record is the same anywhere."""
        root = f"{self.stages.project.root}/"
        findings = [
            asdict(finding) | {name: getattr(finding, name).replace(root, "") for name in ("document", "focus")}
            for finding in item.findings
        ]
        self.rejected.write(asdict(item) | {"file": item.file.removeprefix(root), "findings": findings})
        self.summary.reasons += [_reason(item, root)] if len(self.summary.reasons) < _MOST_REASONS else []

    def remark(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            self.summary.findings[finding.severity] += 1
            self.remarks.write(asdict(finding))


def _reason(item: Rejected, root: str) -> str:
    finding = item.findings[0]
    what = f"{finding.path}: {finding.message_en}" if finding.path else finding.message_en
    return f"{item.file.removeprefix(root)}:{item.line}: {what}"


def prepare(project: Project, *, engine: str = "auto", retractions: Sequence[Retraction] | None = None) -> Stages:
    """Load the reference data, the vocabulary and the shapes for a project, and find which of its events are one."""
    registry = Registry((*entity_files(), *project.entities))
    minter = Minter(project.base)
    selection = select_inputs(find_inputs(project), read_retractions(project) if retractions is None else retractions)
    keys = {retraction.key for retraction in (*selection.retracted, *selection.absent)}
    verdicts = read_verdicts(project.same_events, without=keys) if project.same_events else None
    drafted = draft_inputs(selection.inputs, project, without=selection.documents)
    merges = link_events(_describe_inputs(drafted.inputs, registry, Linker(registry, minter)), verdicts)
    vocabulary = tuple(vocabulary_triples())
    return Stages(
        project=project,
        selection=selection,
        inputs=drafted.inputs,
        drafted=drafted.count,
        problems=drafted.problems,
        notes=drafted.notes,
        registry=registry,
        linker=Linker(registry, minter, merges.leaders),
        merges=merges,
        concepts=Concepts(concept_index("instruments"), concept_index("post-types")),
        vocabulary=vocabulary,
        validator=ShapesValidator(engine=engine, context=vocabulary),
        rules=DocumentRules(),
    )


def build(  # noqa: PLR0913 - all but the project by name
    project: Project,
    *,
    formats: Sequence[str] = DEFAULT_FORMATS,
    engine: str = "auto",
    direct: bool = False,
    retractions: Sequence[Retraction] | None = None,
    advance: Callable[[int], None] = lambda _: None,
) -> Summary:
    """Build the graph of a project into its output folder.

    Args:
        project: what to read, where to write.
        formats: a choice of ``ttl``, ``trig``, ``nq``, ``jsonld``; N-Quads are always written: the store is made of them.
        engine: the SHACL engine, see `kg.validation`.
        direct: also write the direct view, to ``direct.ttl``.
        retractions: what is left out; by default what the project's record says.
        advance: is called with the number of inputs that are done.

    Raises:
        UsageError: kg.toml names what is not there.
        OSError: a file cannot be written; the old ones stay.
    """
    with _only_build(project.out):
        stages = prepare(project, engine=engine, retractions=retractions)
        return _build(stages, formats, direct=direct, advance=advance)


@contextmanager
def _only_build(out: Path) -> Iterator[None]:
    """Hold the output folder against another build."""
    folder = store_directory(out)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "build.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise WorldError(
                "another kg build is running here", code="build.lock", where=str(out), hint="wait until it is done"
            ) from error
        yield


def _build(stages: Stages, formats: Sequence[str], *, direct: bool, advance: Callable[[int], None]) -> Summary:
    excluded: dict[str, list[Finding]] = {}
    while True:
        summary, wrong = _pass(stages, {*formats, "nq"}, excluded, direct=direct, advance=advance)
        if not wrong:
            return summary
        # rare: a claim that stands by itself breaks a rule beside the others; it is set aside and the rest built anew
        excluded |= wrong


def _pass(
    stages: Stages,
    formats: set[str],
    excluded: Mapping[str, list[Finding]],
    *,
    direct: bool,
    advance: Callable[[int], None],
) -> tuple[Summary, dict[str, list[Finding]]]:
    """Build once; publishes unless a rule over the whole graph finds claims wrong, which are then returned."""
    project, minter = stages.project, stages.linker.minter
    base, prefixes = f"{project.base}id/", project_prefixes(project.base)
    with ExitStack() as stack:
        outputs = stack.enter_context(OutputSet(project.out, "kg", formats, base=base, prefixes=prefixes))
        run = _Run(
            stages,
            excluded,
            rejected=stack.enter_context(JsonLines(project.out / REJECTED)),
            remarks=stack.enter_context(JsonLines(project.out / FINDINGS)),
        )
        merges = stack.enter_context(JsonLines(project.out / MERGES))
        for record in merge_records(stages.merges):
            merges.write(record)
            if record["verdict"] == "same":
                run.summary.merges[record["source"]] += 1
        run.summary.untold += stages.merges.untold
        run.summary.drafted, run.summary.selection = stages.drafted, stages.selection
        run.summary.notes = stages.notes
        run.summary.problems += stages.problems
        outputs.graph(minter.graph("vocabulary"), as_blocks(stages.vocabulary), "vocabulary")
        references: set[str] = set()
        for source in stages.inputs:
            graph = _build_input(source, run)
            if graph:
                outputs.graph(graph.iri, graph.blocks, f"document {graph.document.identifier or graph.document.key}")
                references |= graph.references
            advance(1)
        outputs.graph(minter.graph("entities"), as_blocks(stages.registry.describe(references)), "entities")
        outputs.close()
        store = stack.enter_context(load_store(outputs.temporary("nq"), store_directory(project.out)))
        found = verify(store, scope="graph")
        wrong = _wrong_claims(found, excluded)
        if wrong:
            return run.summary, wrong
        run.remark(found)
        if direct:
            view = stack.enter_context(OutputSet(project.out, "direct", ["ttl"], base=base, prefixes=prefixes))
            view.graph(minter.graph("direct"), as_blocks(direct_triples(store)), "direct view")
            view.close()
            view.publish()
            run.summary.files.append(view.path("ttl"))
        else:
            (project.out / "direct.ttl").unlink(missing_ok=True)
        run.summary.quads, run.summary.rejected = outputs.statements, run.rejected.count
        outputs.publish()
        run.rejected.publish()
        run.remarks.publish()
        merges.publish()
        run.summary.files[:0] = [outputs.path(suffix) for suffix in outputs.formats]
    return run.summary, {}


def _wrong_claims(findings: Iterable[Finding], excluded: Mapping[str, list[Finding]]) -> dict[str, list[Finding]]:
    """Violations by the claim (a term) that they are about, where it was not excluded before."""
    wrong: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.severity == "violation" and finding.claim and f"<{finding.claim}>" not in excluded:
            wrong.setdefault(f"<{finding.claim}>", []).append(finding)
    return wrong


# --------------------------------------------------------------------------- one input


def _describe_inputs(inputs: Iterable[Input], registry: Registry, linker: Linker) -> Iterator[EventDescription]:
    """Yield what each document tells of its events; what is wrong with an input is told when its graph is built."""
    background = Background(linker, Sides(registry.polity), registry.is_country)
    seen: dict[str, str] = {}
    for source in inputs:
        with suppress(DataError):
            claims = read_claims(source.claims) if source.claims else None
            if claims and claims.document:
                reports = [] if source.report is None else list(read_reports(source.report))
                yield from describe_events(_document(source, reports, claims, seen), claims.claims, background)


def _build_input(source: Input, run: _Run) -> DocumentGraph | None:
    try:
        reports = [] if source.report is None else list(read_reports(source.report))
        if source.claims is None:
            retracted = run.stages.selection.documents
            run.summary.unclaimed += [report.path for report in reports if report.sha256 not in retracted]
            return None
        claims = read_claims(source.claims)
        for item in claims.rejected:
            run.reject(item)
        if claims.document is None:
            return None
        document = _document(source, reports, claims, run.seen)
    except DataError as error:
        run.summary.problems.append(error)
        return None
    graph, kept = _build_valid(document, claims, run)
    run.summary.documents += 1
    run.summary.claims.update(claim.kind for claim in kept)
    run.summary.claimants.update(o for block in graph.blocks.values() for p, o in block if p == _CLAIMANT)
    return graph


def _document(source: Input, reports: Sequence[Report], claims: ClaimFile, seen: dict[str, str]) -> Document:
    digest = claims.document or ""
    report = next((report for report in reports if report.sha256 == digest), None)
    if reports and report is None:
        raise DataError(
            "the text has changed since its claims were made: the digests differ",
            code="claims.digest",
            where=source.name,
            hint=f"the claims are about {digest[:16]}…, {reports[0].path} is {reports[0].sha256[:16]}…: review the claims",
        )
    if digest in seen:
        raise DataError(f"the same text as {seen[digest]}", code="inputs.duplicate", where=source.name)
    document = read_document(report, source.meta, digest, source.name)
    seen[digest] = source.name
    return document


def _build_valid(document: Document, source: ClaimFile, run: _Run) -> tuple[DocumentGraph, list[Claim]]:
    """Build the document's graph of the claims that pass, and set the others aside."""
    kept = list(source.claims)
    findings = check_passages(kept, document.text) if document.text is not None else ()
    kept = _set_aside(source, kept, _by_id(findings), run)
    stages = run.stages
    while True:
        graph = build_document(document, kept, stages.linker, stages.concepts)
        triples = list(graph.triples())
        whole = [*triples, *stages.registry.describe(graph.references)]
        found = (*stages.validator.validate(whole, document=document.key), *stages.rules.validate(whole))
        bad = _by_claim(found, triples, graph)
        bad |= {graph.claims[term]: run.excluded[term] for term in graph.claims if term in run.excluded}
        if not bad:
            run.remark(finding for finding in findings if finding.severity != "violation")
            run.remark(found)
            return graph, kept
        kept = _set_aside(source, kept, bad, run)


def _by_id(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """Violations by the id of the record that they are about."""
    bad: dict[str, list[Finding]] = {}
    for finding in findings:
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


def _set_aside(source: ClaimFile, claims: list[Claim], bad: Mapping[str, list[Finding]], run: _Run) -> list[Claim]:
    for claim in claims:
        if claim.id in bad:
            run.reject(Rejected(source.path, source.lines[claim.id], dump_claim(claim), tuple(bad[claim.id])))
    return [claim for claim in claims if claim.id not in bad]


# --------------------------------------------------------------------------- what is written beside the documents


def as_blocks(triples: Iterable[Triple]) -> dict[str, Block]:
    """Group triples by subject, in the order in which they come."""
    blocks: dict[str, Block] = {}
    for subject, predicate, value in triples:
        blocks.setdefault(subject, {})[predicate, value] = None
    return blocks
