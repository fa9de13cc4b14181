"""The analysis against data that people have marked; the figures are those that are promised."""

from __future__ import annotations

from collections import Counter

import pytest

from kg.language import analyze
from tests.language.marked import LABELS, LANGUAGES, f_score, labels, matched, read_cases, read_reports

LEAST_SENTENCES, LEAST_TOKENS, LEAST_LABEL, LEAST_CASES = 0.98, 0.99, 0.95, 300


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_and_tokens_are_those_that_people_marked(language: str) -> None:
    reports = [report for report in read_reports() if report.language == language]
    assert len(reports) >= 5
    scores = []
    for report in reports:
        analysis = analyze(report.text, language)
        scores.append((
            f_score([(s.start, s.end) for s in analysis.sentences], report.sentences),
            f_score([(t.start, t.end) for t in analysis.tokens], report.tokens),
        ))  # fmt: skip
    sentences, tokens = (sum(column) / len(column) for column in zip(*scores, strict=True))
    assert sentences >= LEAST_SENTENCES
    assert tokens >= LEAST_TOKENS


@pytest.mark.parametrize("language", LANGUAGES)
def test_verb_groups_say_what_people_read_in_them(language: str) -> None:
    right: Counter[str] = Counter()
    cases, spurious = 0, 0
    for sentence, wanted in read_cases(language):
        analysis = analyze(sentence, language)
        found = [labels(analysis, group) for group in analysis.verb_groups]
        cases += len(wanted)
        spurious += max(0, len(found) - len(wanted))
        for row, same in matched(found, wanted):
            right.update(label for label in LABELS if same.get(label) == row[label])
    assert cases >= LEAST_CASES
    assert {label: right[label] / cases for label in LABELS if right[label] / cases < LEAST_LABEL} == {}
    assert spurious <= (1 - LEAST_LABEL) * cases
