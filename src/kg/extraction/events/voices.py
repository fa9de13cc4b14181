"""Which attribution says a happening."""

from __future__ import annotations

from kg.extraction.attribution.attributions import Attribution, Attributions
from kg.extraction.events.happenings import Happening
from kg.extraction.reading import Reading
from kg.extraction.syntax.clauses import Clause


def innermost(reading: Reading, attributions: Attributions, happening: Happening) -> Attribution | None:
    """Return the attribution that says a happening: the one with the least content around its trigger."""
    around = [a for a in attributions.covering(happening.trigger) if a is not happening.act and a.speakers]
    background = _background(happening)
    if background is not None:
        # what a relative clause tells in passing is the publisher's, unless it is quoted or said within that clause
        quoted = reading.text.analysis.quotation_at(reading.text.analysis.tokens[happening.trigger].start)
        if quoted is None:
            around = [a for a in around if _is_beside(a, background)]
    return min(around, key=lambda a: (a.size, a.cue), default=None)


def _is_beside(attribution: Attribution, clause: Clause) -> bool:
    """Tell whether a clause holds a cue, or a source stands right behind it: ``où ils sont entrés dimanche, selon l'ONU``."""
    at = attribution.cue[0]
    is_source = attribution.aside is not None and attribution.aside.kind == "source"
    return clause.first <= at < clause.last or (is_source and clause.last <= at <= clause.last + 1)


def _background(happening: Happening) -> Clause | None:
    """The relative clause, or the participle beside a noun, in which a happening is told."""
    clause = happening.clause
    if clause is None or happening.toll:
        return None
    for here in (clause, *clause.ancestors()):
        if here.kind == "relative" and here.antecedent is not None:
            return here
        if here.kind == "participle" and here.antecedent is not None and not here.marker:
            return here
        if here.kind in ("main", "complement"):
            return None
    return None
