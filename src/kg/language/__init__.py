"""From a text to its analysis: paragraphs, sentences, tokens, quotations, verb and noun groups over exact offsets.

    analyze(report, "fr")                     kg's own rules
    load_analyzer("spacy:fr_core_news_sm")    a pipeline that is installed; see `kg.language.analyzers`

How a text flows through the modules, the formats of the tables and how to add a language stand in ``README.md`` here.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.analysis import Analysis
    from kg.language.analyzers import Analyzer
    from kg.records import Report

__all__ = ["analyze", "load_analyzer"]


def analyze(source: Report | str, language: str | None = None, *, analyzer: Analyzer | None = None) -> Analysis:
    """Return the analysis of a report or text.

    Args:
        source: a report, whose title helps to find its headline; or a text.
        language: two-letter code; without it the report's.
        analyzer: another analyzer than kg's own rules.

    Raises:
        DataError: the language is not known, or none is given and the report has none.
    """
    from kg.errors import DataError

    report = None if isinstance(source, str) else source
    language = language or (report.language if report else None)
    if language is None:
        raise DataError(
            "the text's language is not known",
            code="language.unknown",
            where=report.path if report else None,
            hint="say it in the report's front matter, e.g. language: fr",
        )
    text, title = (report.text, report.title) if report else (str(source), None)
    return (analyzer or _rules()).analyze(text, language, title)


def load_analyzer(name: str = "rules") -> Analyzer:
    """Return an analyzer by its name; see `kg.language.analyzers.load_analyzer`."""
    from kg.language.analyzers import load_analyzer as load

    return load(name)


@cache
def _rules() -> Analyzer:
    return load_analyzer()
