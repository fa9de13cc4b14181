"""kg review: sentence by sentence what of a report is claimed, and what is not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.console import Settings, printable, write

if TYPE_CHECKING:
    from kg.analysis import Analysis
    from kg.cli.differences import Shown
    from kg.records import Claim, Entity, Report

EPILOG = """\b
Examples:
  kg review reports/a.md                    each sentence with its claims; a sentence without any is marked
  kg review reports/a.md --claims mine.claims.jsonl
  kg review reports/a.md --unclaimed        only the sentences that nothing is claimed of
  kg review reports/a.md --claims rules.claims.jsonl --against model.claims.jsonl --differences

\b
Without --claims the claim file beside the report is shown, and where there is none what kg extract finds by the rules. A
sentence begins with · where nothing is claimed of it, and with ≠ where two differ: the rules and a model in one file
(kg extract --extractor rules+model), or two files (--against). There a person should look first.
"""


@click.command(epilog=EPILOG)
@click.argument("path", metavar="REPORT", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--claims", "claims", type=click.Path(dir_okay=False, path_type=Path), help="The claim file to show.")
@click.option("--unclaimed", is_flag=True, help="Show only the sentences that no claim stands on.")
@click.option("--against", type=click.Path(dir_okay=False, path_type=Path), help="Another claim file about the report.")
@click.option("--differences", is_flag=True, help="Show only the sentences in which two differ.")
@click.option("--language", metavar="CODE", help="The report's language, where it does not say it: fr, en.")
@click.pass_obj
def review(  # noqa: PLR0913 - the options of the command
    settings: Settings,
    /,
    path: Path,
    *,
    claims: Path | None,
    unclaimed: bool,
    against: Path | None,
    differences: bool,
    language: str | None,
) -> None:
    """Show which sentences of a report are claimed, and how; and where two extractors differ."""
    from kg.cli.differences import show_against, show_verdicts
    from kg.language import analyze
    from kg.sources import read_reports

    for report in read_reports(path):
        found = _claims(report, claims, language)
        if against is None:
            shown = show_verdicts(found)
        else:
            names = (claims.name if claims else "here", against.name)
            shown = show_against(found, _claims(report, against, language), names)
        analysis = analyze(report, language)
        bare = 0
        for line, is_claimed, is_different in _lines(analysis, shown):
            bare += not is_claimed
            if not (unclaimed and is_claimed) and not (differences and not is_different):
                write(printable(line))
        told = f"{len(found):,} claims; {bare:,} of {len(analysis.sentences):,} sentences without any"
        different = sum(item.is_different for item in shown)
        settings.talk(f"{told}; {different:,} claims in which two differ" if different or against else told)


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


def _lines(analysis: Analysis, shown: list[Shown]) -> Iterator[tuple[str, bool, bool]]:
    """Each sentence with the claims that begin in it; whether any passage touches it; whether two differ in it."""
    text = analysis.text
    for sentence in analysis.sentences:
        own = [item for item in shown if sentence.start <= item.claim.evidence[0][0] < sentence.end]
        spans = [span for item in shown for span in item.claim.evidence]
        touched = any(start < sentence.end and sentence.start < end for start, end in spans)
        is_different = any(item.is_different for item in own)
        words = " ".join(text[sentence.start : sentence.end].split())
        mark = "≠" if is_different else " " if touched else "·"
        yield "\n".join([f"{mark} {words}", *(line for item in own for line in _shown(item))]), touched, is_different


def _shown(item: Shown) -> Iterator[str]:
    source = f"  ({item.source})" if item.source else ""
    yield f"      {_told(item.claim)}{source}"
    for note in item.notes:
        yield f"          {note}"


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
