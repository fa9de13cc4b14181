"""kg conflicts: claims that cannot both hold, and claims that corroborate one another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

import click

from kg.cli.accounts import LEGEND, as_json, attitude_line, content_line, document_line, passage_lines
from kg.cli.console import Settings, printable, write, write_json

if TYPE_CHECKING:
    from kg.explanation import Conflict, Graph, Texts

EPILOG = """\b
Examples:
  kg conflicts                    claims that cannot both hold, two by two, with their passages
  kg conflicts --corroborated     claims of different sides that corroborate one another
  kg conflicts --list             the rules, each as a sentence
  kg conflicts --format json > conflicts.json

\b
The rules are queries in ontology/conflicts and ontology/corroborations. The graph itself holds what documents say and not
what follows from it: conflicts are found on request. Claims that are planned, possible or opinions, and headlines that repeat
the text, are left out.
"""


@click.command(epilog=EPILOG)
@click.option("--corroborated", is_flag=True, help="Show claims that corroborate one another instead.")
@click.option("--list", "listing", is_flag=True, help="Show the rules.")
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", help="How to write the answer.")
@click.pass_obj
def conflicts(settings: Settings, *, corroborated: bool, listing: bool, style: str) -> None:
    """Show claims that cannot both hold, or that corroborate one another."""
    if listing:
        _list(style, corroborated=corroborated)
        return
    from kg.explanation import Texts, find_conflicts, open_graph

    project = settings.find_project()
    texts = Texts(project)
    with open_graph(project) as graph:
        found = find_conflicts(graph, corroborated=corroborated, entities=project.entities)
        if style == "json":
            write_json([
                {"rule": c.rule, "en": c.english, "fr": c.french,
                 "claims": [as_json(claim, texts, graph) for claim in (c.claim, c.other)]}
                for c in found
            ])  # fmt: skip
            return
        for line in _tell(found, texts, graph):
            write(line)
    settings.talk(f"{len(found):,} {'pair' if len(found) == 1 else 'pairs'} of claims")


def _list(style: str, *, corroborated: bool) -> None:
    from kg.queries import read_question
    from kg.resources import conflict_files, corroboration_files

    rules = [read_question(path) for path in (corroboration_files() if corroborated else conflict_files())]
    if style == "json":
        write_json([{"name": rule.name, "en": rule.english, "fr": rule.french} for rule in rules])
        return
    for rule in rules:
        write(f"{rule.name}\n    {rule.english}\n    {rule.french}")


def _tell(found: list[Conflict], texts: Texts, graph: Graph) -> Iterator[str]:
    for rule, pairs in groupby(found, key=lambda conflict: (conflict.rule, conflict.english)):
        yield click.style(rule[0], bold=True)
        yield printable(rule[1])
        for conflict in pairs:
            yield ""
            for claim in (conflict.claim, conflict.other):
                yield f"  {graph.short(claim.iri)} ({printable(claim.id)}), {document_line(claim.document)}"
                yield f"    {content_line(claim)}"
                yield f"    {attitude_line(claim)}"
                yield from passage_lines(texts.quote(claim.document.sha256, claim.passages, claim.cue), indent="    ")
        yield ""
    if any(texts.text(claim.document.sha256) for c in found for claim in (c.claim, c.other)):
        yield LEGEND
