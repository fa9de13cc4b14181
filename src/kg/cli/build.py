"""kg build: reports and claims to the graph."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.console import Settings, printable, show_error, write, write_json

if TYPE_CHECKING:
    from kg.pipeline import Summary

EPILOG = """\b
Examples:
  kg build                       out/kg.ttl, out/kg.trig, out/kg.nq
  kg build -f ttl -f jsonld      a choice of formats
  kg build --direct              also out/direct.ttl: plain triples of what nobody contests
  kg -C desk build --format json the summary as JSON

Exit status 1: a claim was rejected (see out/rejected.jsonl) or an input was wrong; the rest is built all the same.
"""


@click.command(epilog=EPILOG)
@click.option(
    "-f",
    "--output",
    "formats",
    multiple=True,
    type=click.Choice(["ttl", "trig", "nq", "jsonld"]),
    help="A format to write; may be repeated (default: ttl, trig, nq).",
)
@click.option("--direct", is_flag=True, help="Also write the direct view: plain triples for uncontested facts.")
@click.option(
    "--engine",
    type=click.Choice(["auto", "fast", "pyshacl"]),
    default="auto",
    show_default=True,
    help="The SHACL engine.",
)
@click.option(
    "--format", "style", type=click.Choice(["text", "json"]), default="text", help="How to print the summary."
)
@click.pass_obj
def build(settings: Settings, *, formats: tuple[str, ...], direct: bool, engine: str, style: str) -> int:
    """Build the graph of the project's reports and claims.

    A report without a claim file beside it is read by the extractor that kg.toml names, by default the rules; its draft lies in
    out/claims/ for a reviewer. Every claim is checked field by field, against its text where that is at hand, and against the
    shapes. What fails goes to rejected.jsonl with its findings; the rest is built. Events of two documents that are one share
    one anchor: merges.jsonl says why, and so does kg why.
    """
    from kg import pipeline
    from kg.inputs import find_inputs
    from kg.outputs import DEFAULT_FORMATS

    started = time.perf_counter()
    project = settings.find_project()
    with settings.progress("building", len(find_inputs(project))) as advance:
        summary = pipeline.build(
            project, formats=formats or DEFAULT_FORMATS, engine=engine, direct=direct, advance=advance
        )
    seconds = time.perf_counter() - started
    for problem in summary.problems:
        show_error(problem)
    if style == "json":
        write_json(_as_json(summary, seconds))
    else:
        _print(settings, summary, seconds, project.out)
    return 0 if summary.is_clean else 1


def _as_json(summary: Summary, seconds: float) -> dict[str, object]:
    return {
        "documents": summary.documents,
        "claims": dict(sorted(summary.claims.items())),
        "claimants": len(summary.claimants),
        "quads": summary.quads,
        "rejected": summary.rejected,
        "findings": dict(sorted(summary.findings.items())),
        "problems": [{"code": p.code, "message": p.message, "where": p.where} for p in summary.problems],
        "without_claims": summary.unclaimed,
        "drafted": summary.drafted,
        "notes": list(summary.notes),
        "merges": dict(sorted(summary.merges.items())),
        "untold_events": summary.untold,
        "retracted": [retraction.model_dump() for retraction in summary.selection.retracted],
        "files": [str(path) for path in summary.files],
        "seconds": round(seconds, 3),
    }


def _print(settings: Settings, summary: Summary, seconds: float, out: Path) -> None:
    kinds = ", ".join(f"{n:,} {kind}" for kind, n in sorted(summary.claims.items()))
    findings = ", ".join(f"{n:,} {severity}" for severity, n in sorted(summary.findings.items())) or "none"
    merges = ", ".join(f"{n:,} by {source}" for source, n in sorted(summary.merges.items())) or "none"
    rows = [
        ("documents", f"{summary.documents:,}"),
        ("claims", f"{summary.claims.total():,}" + (f" ({kinds})" if kinds else "")),
        ("claimants", f"{len(summary.claimants):,}"),
        ("quads", f"{summary.quads:,}"),
        ("findings", findings),
        ("merges", merges),
        ("time", f"{seconds:.2f} s"),
    ]
    write("\n".join(f"{name:<10} {value}" for name, value in rows))
    for path in summary.files:
        settings.talk(f"wrote {printable(str(path))}")
    if summary.drafted:
        settings.talk(
            f"drafted the claims of {summary.drafted:,} reports, which nobody has reviewed: see "
            f"{printable(str(out / 'claims'))}"
        )
    for note in summary.notes:
        settings.talk(printable(note))
    for name in summary.unclaimed:
        settings.talk(f"no claims: {printable(name)} (write {printable(Path(name).stem)}.claims.jsonl beside it)")
    for retraction in summary.selection.retracted:
        settings.talk(f"retracted: {printable(retraction.path)} ({printable(retraction.reason)})")
    for retraction in summary.selection.absent:
        settings.talk(f"retracted, and not held any more: {printable(retraction.path)} ({retraction.key})")
    for event in summary.untold:
        settings.talk(f"no document tells of the event that a verdict names: {event}")
    for reason in summary.reasons:
        settings.talk(f"rejected: {printable(reason)}")
    if summary.rejected:
        settings.talk(f"rejected {summary.rejected:,} claims: see {printable(str(out / 'rejected.jsonl'))}")
