"""Validation: kg document by document, against pyshacl over the union.

    python -m benchmarks.validation [--documents 20] [--constrained 2] [--sizes 100 400 1600]

Part 1: the core shapes, by kg (the fast engine, one document at a time) and by pyshacl over the union of all documents.
Part 2: the same with two rules: by kg as SPARQL over the whole graph, by pyshacl as SPARQL constraints
(`constraints.ttl`), which it asks once for each node. Part 3: kg alone, growing. Seconds of processor time.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox

from benchmarks.build import graphs
from benchmarks.corpus import write_project
from kg.iris import Triple
from kg.pipeline import Stages, prepare
from kg.project import read_project
from kg.resources import shape_files, shapes_dir
from kg.validation import ShapesValidator, verify

CONSTRAINTS = Path(__file__).with_name("constraints.ttl")
RULES = ("relayed-by-publisher", "quotation-length")


def corpus(folder: Path, documents: int) -> tuple[Stages, list[list[Triple]]]:
    """The triples of each document, with the entities that it names."""
    stages = prepare(read_project(write_project(folder, documents) / "kg.toml"))
    return stages, [[*g.triples(), *stages.registry.describe(g.references)] for g in graphs(stages)]


def by_document(stages: Stages, documents: Sequence[Sequence[Triple]]) -> tuple[float, int]:
    """The fast engine on each document: seconds and findings."""
    validator = ShapesValidator("fast", context=stages.vocabulary)
    started = time.process_time()
    found = sum(len(validator.validate(triples, document=str(n))) for n, triples in enumerate(documents))
    return time.process_time() - started, found


def over_union(
    stages: Stages, documents: Sequence[Sequence[Triple]], *, extra: Sequence[Path] = ()
) -> tuple[float, int]:
    """All documents together, by pyshacl: seconds and findings."""
    validator = ShapesValidator("pyshacl", context=stages.vocabulary, files=(*shape_files(), *extra))
    union = list(dict.fromkeys(triple for triples in documents for triple in triples))
    started = time.process_time()
    found = len(validator.validate(union, document="all"))
    return time.process_time() - started, found


def rules(documents: Sequence[Sequence[Triple]]) -> float:
    """The two rules over the whole graph: seconds."""
    store = ox.Store()
    lines = {f"{s} {p} {o} .\n" for triples in documents for s, p, o in triples}
    store.bulk_load("".join(lines).encode(), ox.RdfFormat.N_TRIPLES)
    started = time.process_time()
    verify(store, [shapes_dir() / "verify" / f"{name}.rq" for name in RULES])
    return time.process_time() - started


def main() -> None:
    """Run the three parts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=20)
    parser.add_argument("--constrained", type=int, default=2)
    parser.add_argument("--sizes", type=int, nargs="*", default=[100, 400, 1600])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        stages, documents = corpus(Path(folder) / "a", options.documents)
        ours, found = by_document(stages, documents)
        theirs, same = over_union(stages, documents)
        assert found >= same, "both engines find the same"
        print(f"core shapes, {len(documents)} documents, {sum(map(len, documents)):,} triples:")
        print(f"  kg {ours:.2f} s, pyshacl over the union {theirs:.2f} s: ratio {theirs / ours:.0f}")
        few = documents[: options.constrained]
        ours, _ = by_document(stages, few)
        ours += rules(few)
        theirs, _ = over_union(stages, few, extra=[CONSTRAINTS])
        print(f"core shapes and two rules, {len(few)} documents:")
        print(f"  kg {ours:.2f} s, pyshacl with SPARQL constraints {theirs:.2f} s: ratio {theirs / ours:.0f}")
        print("kg alone:")
        for size in options.sizes:
            stages, documents = corpus(Path(folder) / str(size), size)
            spent, _ = by_document(stages, documents)
            print(f"  {size:5,} documents {spent:7.2f} s   {1000 * spent / size:.2f} ms a document")


if __name__ == "__main__":
    main()
