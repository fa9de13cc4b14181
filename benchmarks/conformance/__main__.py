"""The W3C test suites of SHACL and SPARQL, by kg and by the library underneath in the same run.

    python -m benchmarks.conformance [--shacl FOLDER] [--sparql FOLDER]

The suites are not shipped. The folder of SHACL holds `core` and `sparql` (w3c/data-shapes, or `test/resources/sht_tests` in
the source archive of pyshacl), that of SPARQL 1.1 `manifest-all.ttl` (w3c/rdf-tests, or `test/data/suites/w3c/sparql11` in
that of rdflib). Each test that is not passed is told in one line. Exit status 1: kg fails a test that the library passes, or
a manifest lists none; 2: a folder has no manifest.
"""

from __future__ import annotations

import argparse
import re
import sys
import textwrap
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from benchmarks.conformance import shacl, sparql
from benchmarks.conformance.outcome import VERDICTS, Outcome, Part

_IRI: Final = re.compile(r"<[^<>\s]*[/#]([^<>\s/#]+)>")
_WIDTH: Final = 240


def report(part: Part) -> int:
    """Run a part and print what became of it; returns how many tests kg fails that the library passes."""
    assert part.tests, f"{part.title}: no tests"
    outcomes = {name: {test.name: run(test) for test in part.tests} for name, run in part.engines.items()}
    examined = {name for told in outcomes.values() for name, outcome in told.items() if outcome.is_examined}
    alone = {test.name: part.alone(test) for test in part.tests if test.name in examined}
    assert len(outcomes[next(iter(outcomes))]) == len(part.tests), f"{part.title}: two tests have the same name"

    print(f"\n{part.title}, {len(part.tests)} tests, {len(examined)} of them examined")
    for name, told in {f"{part.library} alone": alone, **outcomes}.items():
        print(f"  {name:17} {_counts(told.values())}")
    for (name, outcome), engines in _missed(outcomes).items():
        reason = _told(outcome, alone.get(name), part.library)
        print(f"  {', '.join(engines)}: {outcome.verdict}: {name}: {reason}")
    failed = ((name, outcome) for told in outcomes.values() for name, outcome in told.items())
    return sum(outcome.verdict == "failed" and alone[name].verdict == "passed" for name, outcome in failed)


def _missed(outcomes: Mapping[str, Mapping[str, Outcome]]) -> dict[tuple[str, Outcome], list[str]]:
    """The tests that were run and not passed, with the engines that share the outcome."""
    missed: dict[tuple[str, Outcome], list[str]] = {}
    for engine, told in outcomes.items():
        for name, outcome in told.items():
            if outcome.verdict not in ("passed", "not run"):
                missed.setdefault((name, outcome), []).append(engine)
    return missed


def _counts(outcomes: Iterable[Outcome]) -> str:
    counts = Counter(outcome.verdict for outcome in outcomes)
    return ", ".join(f"{counts[verdict]:3} {verdict}" for verdict in VERDICTS if counts[verdict])


def _told(outcome: Outcome, alone: Outcome | None, library: str) -> str:
    reason = textwrap.shorten(_IRI.sub(r"\1", outcome.reason), _WIDTH, placeholder=" …")
    if outcome.verdict != "failed" or alone is None:
        return reason
    return f"{reason} ({library} alone {'passes' if alone.verdict == 'passed' else 'fails too'})"


def main() -> int:
    """Run the suites whose folders are given."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    suites: Mapping[str, str] = {
        "shacl": "the folder with core and sparql",
        "sparql": "the folder with manifest-all.ttl",
    }
    for name, text in suites.items():
        parser.add_argument(f"--{name}", type=Path, metavar="FOLDER", help=text)
    options = parser.parse_args()
    if options.shacl is None and options.sparql is None:
        parser.error("give the folder of at least one suite")
    try:
        parts: list[Part] = [
            *(shacl.parts(options.shacl) if options.shacl else ()),
            *(sparql.parts(options.sparql) if options.sparql else ()),
        ]
    except FileNotFoundError as error:
        parser.error(f"no such manifest: {error.filename}")
    return 1 if sum(map(report, parts)) else 0


if __name__ == "__main__":
    sys.exit(main())
