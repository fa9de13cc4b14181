"""kg review: sentence by sentence what of a report is claimed, and what is not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.console import Settings, printable, write

if TYPE_CHECKING:
    from kg.analysis import Analysis
    from kg.records import Claim, Entity, Report

EPILOG = """\b
Examples:
  kg review reports/a.md                    each sentence with its claims; a sentence without any is marked
  kg review reports/a.md --claims mine.claims.jsonl
  kg review reports/a.md --unclaimed        only the sentences that nothing is claimed of

\b
Without --claims the claim file beside the report is shown, and where there is none what kg extract finds.
"""


@click.command(epilog=EPILOG)
@click.argument("path", metavar="REPORT", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--claims", "claims", type=click.Path(dir_okay=False, path_type=Path), help="The claim file to show.")
@click.option("--unclaimed", is_flag=True, help="Show only the sentences that no claim stands on.")
@click.option("--language", metavar="CODE", help="The report's language, where it does not say it: fr, en.")
@click.pass_obj
def review(settings: Settings, /, path: Path, *, claims: Path | None, unclaimed: bool, language: str | None) -> None:
    """Show which sentences of a report are claimed, and how."""
    from kg.language import analyze
    from kg.sources import read_reports

    for report in read_reports(path):
        found = _claims(report, claims, language)
        analysis = analyze(report, language)
        bare = 0
        for line, is_claimed in _lines(analysis, found):
            bare += not is_claimed
            if not (unclaimed and is_claimed):
                write(printable(line))
        settings.talk(f"{len(found):,} claims; {bare:,} of {len(analysis.sentences):,} sentences without any")


def _claims(report: Report, path: Path | None, language: str | None) -> list[Claim]:
    """The claims to show: of the file named, of the one beside the report, or those that the rules find."""
    from kg.claims import SUFFIX, read_claims
    from kg.cli.extract import claims_of

    place = Path(report.path)
    beside = place.with_name(place.name.removesuffix(place.suffix) + SUFFIX)
    chosen = path or (beside if beside.is_file() else None)
    if chosen is None:
        return claims_of(report, language)
    return [claim for claim in read_claims(chosen).claims if claim.document == report.sha256]


def _lines(analysis: Analysis, claims: list[Claim]) -> Iterator[tuple[str, bool]]:
    """Each sentence and the claims whose main passage begins in it, as one text; whether any passage touches it."""
    text = analysis.text
    for sentence in analysis.sentences:
        own = [c for c in claims if sentence.start <= c.evidence[0][0] < sentence.end]
        touched = any(start < sentence.end and sentence.start < end for c in claims for start, end in c.evidence)
        words = " ".join(text[sentence.start : sentence.end].split())
        mark = " " if touched else "·"
        yield "\n".join([f"{mark} {words}", *(f"      {_told(claim)}" for claim in own)]), touched


def _told(claim: Claim) -> str:
    """A claim in one line: what, who, where, how many, when, who says it."""
    parts = [claim.id, _content(claim)]
    if claim.polarity != "affirmed" or claim.modality != "factual":
        parts.append(f"[{claim.polarity} {claim.modality}]")
    if claim.claimant is not None:
        parts.append(f"— {claim.claimant.name}")
    if claim.restates is not None:
        parts.append(f"= {claim.restates}")
    return " ".join(parts)


def _content(claim: Claim) -> str:
    if claim.kind == "relation":
        return f"{claim.subject.name} {claim.relation} {claim.object.name}"
    if claim.kind == "post":
        return f"{claim.person.name}: {claim.post}" + (f", {claim.organization.name}" if claim.organization else "")
    if claim.kind == "stance":
        return "quotation" if claim.direct else "stance"
    slots = [(role, getattr(claim.roles, role)) for role in type(claim.roles).model_fields]
    slots += [("location", claim.location), ("territory", claim.territory)]
    parts = [claim.event, claim.type, *(f"{name}: {_names(entities)}" for name, entities in slots if entities)]
    for name, toll in (("deaths", claim.deaths), ("injured", claim.injured)):
        if toll is not None:
            parts.append(f"{name}: {toll.low}/{toll.best}/{toll.high}")
    if claim.time is not None:
        parts.append(f"{claim.time.earliest or '..'} to {claim.time.latest or '..'}")
    return " ".join(parts)


def _names(entities: tuple[Entity, ...]) -> str:
    return ", ".join(entity.name for entity in entities)
