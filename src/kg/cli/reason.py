"""kg reason: consistency and entailed types."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.console import Settings, printable, write, write_json
from kg.errors import WorldError

if TYPE_CHECKING:
    from kg.ontology import Verdict

EPILOG = """\b
Examples:
  kg reason                        the ontology and the project's graph
  kg reason --ontology-only
  kg reason mine.ttl --types out/types.nt
  kg reason bad.ttl --no-explain   say only whether it is consistent

\b
The reasoner is HermiT, run by owlready2; it needs a Java runtime, and nothing else in kg does. Run `kg validate` first:
HermiT stops at literals that are ill-formed. Exit status 1: inconsistent, or a class that can have no member.
"""


@click.command(epilog=EPILOG)
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--ontology-only", is_flag=True, help="Check the ontology without any data.")
@click.option("--alignments", is_flag=True, help="Take in the alignments to other vocabularies.")
@click.option("--types", type=click.Path(path_type=Path), help="Write the inferred types to this N-Triples file.")
@click.option("--explain/--no-explain", default=True, help="Search the assertions that make the data inconsistent.")
@click.option(
    "--format", "style", type=click.Choice(["text", "json"]), default="text", help="How to print the verdict."
)
@click.pass_obj
def reason(  # noqa: PLR0913 - the options of the command
    settings: Settings,
    *,
    files: tuple[Path, ...],
    ontology_only: bool,
    alignments: bool,
    types: Path | None,
    explain: bool,
    style: str,
) -> int:
    """Check that the ontology and a graph are consistent, and which types they entail."""
    from kg import ontology

    sources = () if ontology_only else files or (_project_graph(settings),)
    with settings.progress("reasoning", None) as advance:
        verdict = ontology.reason(ontology.read_triples(sources), alignments=alignments, explain=explain, step=advance)
    if types and verdict.is_consistent:
        _write_types(types, verdict)
        settings.talk(f"wrote {printable(str(types))}")
    if style == "json":
        write_json(_as_json(verdict))
    else:
        _print(verdict)
    return 0 if verdict.is_consistent and not verdict.unsatisfiable else 1


def _project_graph(settings: Settings) -> Path:
    path = settings.find_project().out / "kg.nq"
    if not path.exists():
        raise WorldError(
            "there is no graph yet", code="reason.none", where=str(path), hint="run kg build, or name a file"
        )
    return path


def _write_types(path: Path, verdict: Verdict) -> None:
    temporary = path.with_name(f".{path.name}.tmp")
    temporary.write_text("".join(f"{s} {p} {o} .\n" for s, p, o in verdict.types), encoding="utf-8", newline="\n")
    temporary.replace(path)


def _as_json(verdict: Verdict) -> dict[str, object]:
    return {
        "consistent": verdict.is_consistent,
        "unsatisfiable": list(verdict.unsatisfiable),
        "inferred_types": len(verdict.types),
        "conflict": [list(triple) for triple in verdict.conflict],
    }


def _print(verdict: Verdict) -> None:
    if verdict.is_consistent:
        write(f"consistent; {len(verdict.types):,} inferred types")
        for iri in verdict.unsatisfiable:
            write(f"unsatisfiable class: <{printable(iri)}>")
        return
    write("inconsistent")
    if verdict.conflict:
        write("these assertions cannot all hold with the ontology:")
    for triple in verdict.conflict:
        write(f"  {printable(' '.join(triple))} .")
