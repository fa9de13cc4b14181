"""Claim records to files: kg against rdflib, and kg by itself on growing corpora.

    python -m benchmarks.build [--peer-documents 100] [--sizes 100 1000 5000]

Part 1 makes the same graph of the same claim records twice: by kg, and as an rdflib Dataset that rdflib serialises. Both
read the records with `kg.claims`; both write Turtle, TriG and N-Quads, then N-Quads alone. Part 2 runs the whole of
`kg build` (passages, shapes, rules, store included) in a process of its own for each size, with its peak memory.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from benchmarks.corpus import CLAIMS_PER_DOCUMENT, write_project
from kg.claims import read_claims
from kg.graph import DocumentGraph, build_document
from kg.inputs import find_inputs, read_document
from kg.outputs import OutputSet
from kg.pipeline import Stages, prepare
from kg.project import read_project
from kg.sources import read_reports
from kg.vocab import project_prefixes

ALL = ("ttl", "trig", "nq")


def graphs(stages: Stages) -> Iterable[DocumentGraph]:
    """The graph of each document: what both sides share."""
    for source in find_inputs(stages.project):
        assert source.report is not None
        assert source.claims is not None
        report = next(iter(read_reports(source.report)))
        claims = read_claims(source.claims)
        document = read_document(report, None, report.sha256, source.name)
        yield build_document(document, claims.claims, stages.linker, stages.concepts)


def with_kg(stages: Stages, out: Path, formats: Iterable[str]) -> int:
    """Write the graph with kg."""
    base, prefixes = f"{stages.project.base}id/", project_prefixes(stages.project.base)
    with OutputSet(out, "kg", formats, base=base, prefixes=prefixes) as outputs:
        for graph in graphs(stages):
            outputs.graph(graph.iri, graph.blocks, "")
        outputs.close()
        outputs.publish()
        return outputs.statements


def with_rdflib(stages: Stages, out: Path, formats: Iterable[str]) -> int:
    """Build the same graph as an rdflib Dataset and serialise it."""
    import rdflib

    from kg.validation.engines.pyshacl import rdflib_term

    rdflib.NORMALIZE_LITERALS = False
    out.mkdir(parents=True, exist_ok=True)
    dataset = rdflib.Dataset()
    count = 0
    for graph in graphs(stages):
        target = dataset.graph(rdflib.URIRef(graph.iri))
        for triple in graph.triples():
            target.add(tuple(map(rdflib_term, triple)))  # type: ignore[arg-type]
            count += 1
    for prefix, namespace in project_prefixes(stages.project.base).items():
        dataset.bind(prefix, namespace)
    for suffix in formats:
        if suffix == "ttl":
            flat = rdflib.Graph()
            for prefix, namespace in dataset.namespaces():
                flat.bind(prefix, namespace)
            for s, p, o, _ in dataset.quads():
                flat.add((s, p, o))
            flat.serialize(out / "kg.ttl", format="turtle")
        else:
            dataset.serialize(out / f"kg.{suffix}", format={"trig": "trig", "nq": "nquads"}[suffix])
    return count


def seconds(work: Callable[[], int]) -> tuple[float, int]:
    """Processor time of one run, and what it returned."""
    started = time.process_time()
    count = work()
    return time.process_time() - started, count


def against_rdflib(folder: Path, documents: int) -> None:
    """Part 1."""
    stages = prepare(read_project(write_project(folder, documents) / "kg.toml"))
    for title, formats in (("Turtle, TriG and N-Quads", ALL), ("N-Quads alone", ("nq",))):
        ours, count = seconds(partial(with_kg, stages, folder / "ours", formats))
        theirs, same = seconds(partial(with_rdflib, stages, folder / "theirs", formats))
        assert same >= count, "both sides write the same graph"
        print(f"{title}, {documents:,} documents, {count:,} quads:")
        print(
            f"  kg     {ours:8.2f} s   {count / ours:10,.0f} quads/s   {documents * CLAIMS_PER_DOCUMENT / ours:8,.0f} claims/s"
        )
        print(f"  rdflib {theirs:8.2f} s   {count / theirs:10,.0f} quads/s   ratio {theirs / ours:.1f}")


CHILD = """
import json, re, sys, time
from pathlib import Path
from kg.pipeline import build
from kg.project import read_project
started = time.process_time(), time.perf_counter()
summary = build(read_project(Path(sys.argv[1])))
peak = int(re.search("VmHWM:[ \\t]+([0-9]+)", Path("/proc/self/status").read_text())[1])
print(json.dumps({"cpu": time.process_time() - started[0], "wall": time.perf_counter() - started[1],
    "claims": summary.claims.total(), "quads": summary.quads, "rejected": summary.rejected,
    "memory": peak / 1024}))
"""


def growing(folder: Path, sizes: Iterable[int]) -> None:
    """Part 2."""
    print("kg build as a whole:")
    for size in sizes:
        project = write_project(folder / str(size), size)
        done = subprocess.run(
            [sys.executable, "-c", CHILD, str(project / "kg.toml")], capture_output=True, check=True, text=True
        )
        told = json.loads(done.stdout)
        rates = f"{told['claims'] / told['wall']:7,.0f} claims/s  {told['quads'] / told['wall']:9,.0f} quads/s"
        print(
            f"  {size:6,} documents  {told['cpu']:8.1f} s CPU {told['wall']:8.1f} s wall  {rates}"
            f"  {told['memory']:6.0f} MB  {told['rejected']} rejected"
        )


def main() -> None:
    """Run both parts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peer-documents", type=int, default=100)
    parser.add_argument("--sizes", type=int, nargs="*", default=[100, 1000, 5000])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        against_rdflib(Path(folder) / "peer", options.peer_documents)
        growing(Path(folder), options.sizes)


if __name__ == "__main__":
    main()
