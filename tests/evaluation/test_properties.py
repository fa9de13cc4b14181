"""What holds for any two lists of claims."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kg.evaluation import MEASURES, Case, Evaluation, Retrieval, evaluate
from kg.records import Claim
from tests import invented
from tests.evaluation import cases

SPANS = st.tuples(st.integers(0, 40), st.integers(1, 30)).map(lambda pair: [pair[0], pair[0] + pair[1]])
ENTITIES = st.builds(
    lambda name, span: {"text": "they", "span": span, "name": name, "type": "State"},
    st.sampled_from("ABC"),
    SPANS,
)
LISTS = st.lists(ENTITIES, max_size=2)
TIMES = st.none() | st.sampled_from(
    [cases.time("2024-05-01", "2024-05-02"), cases.time("2024-05-02", None), cases.time(None, None)]
)
TOLLS = st.none() | st.sampled_from([cases.toll(2, 2, 2), cases.toll(2, None, None), cases.toll(2, 2, 5)])
CLAIMANTS = st.none() | ENTITIES
COMMON: dict[str, st.SearchStrategy[Any]] = {
    "evidence": st.lists(SPANS, min_size=1, max_size=3),
    "claimant": CLAIMANTS,
    "polarity": st.sampled_from(["affirmed", "denied"]),
    "modality": st.sampled_from(["factual", "possible"]),
}


def attributed(fields: dict[str, Any]) -> dict[str, Any]:
    return fields | {"cue": fields["claimant"] and fields["claimant"]["span"]}


EVENTS = st.fixed_dictionaries(
    COMMON
    | {
        "type": st.sampled_from(["attack", "clash", "statement"]),
        "roles": st.builds(lambda a, b: cases.roles(actor=a, victim=b), LISTS, LISTS),
        "location": LISTS,
        "deaths": TOLLS,
        "injured": TOLLS,
        "time": TIMES,
    }
).map(lambda fields: invented.attack(**attributed(fields)))
STANCES = st.fixed_dictionaries(COMMON | {"quote": SPANS, "direct": st.booleans()}).map(
    lambda fields: invented.stance(**attributed(fields))
)
POSTS = st.fixed_dictionaries(COMMON | {"person": ENTITIES, "organization": st.none() | ENTITIES}).map(
    lambda fields: invented.post(**attributed(fields))
)
RELATIONS = st.fixed_dictionaries(
    COMMON | {"subject": ENTITIES, "object": ENTITIES, "relation": st.sampled_from(["controls", "opposes"])}
).map(lambda fields: invented.relation(**attributed(fields)))


def numbered(records: list[dict[str, Any]]) -> list[Claim]:
    return [invented.claim(record | {"id": f"c{number}"}) for number, record in enumerate(records)]


CLAIMS = st.lists(EVENTS | STANCES | POSTS | RELATIONS, min_size=1, max_size=8).map(numbered)


def scored(gold: list[Claim], system: list[Claim], **options: bool) -> Evaluation:
    return evaluate([Case(invented.DIGEST, "any", gold, system)], **options)


@given(CLAIMS, CLAIMS)
def test_scores_lie_between_0_and_1_and_softer_measures_are_never_lower(gold: list[Claim], system: list[Claim]) -> None:
    figures = scored(gold, system).scores.figures
    assert list(figures) == list(MEASURES)
    values = {measure: figure.value for measure, figure in figures.items() if figure.value is not None}
    assert all(0 <= value <= 1 for value in values.values())
    chains = [
        [("events", "type"), ("events", "category"), ("events", "any_type")],
        [("arguments", "role"), ("arguments", "role_class"), ("arguments", "any_role")],
        [("time", "exact"), ("time", "compatible")],
        [("relations", "labelled"), ("relations", "unlabelled")],
        [("quotations", "at_0.8"), ("quotations", "at_0.3")],
        [("claimants", "all"), ("claimants", "aligned")],
    ]
    for chain in chains:
        found = [values[measure] for measure in chain if measure in values]
        assert found == sorted(found)


@given(CLAIMS, CLAIMS)
def test_precision_and_recall_change_places_with_gold_and_system(gold: list[Claim], system: list[Claim]) -> None:
    one, other = scored(gold, system).scores.figures, scored(system, gold).scores.figures
    for measure, figure in one.items():
        turned = other[measure]
        if isinstance(figure, Retrieval):
            assert isinstance(turned, Retrieval)
            assert (figure.precision, figure.recall, figure.f1) == (turned.recall, turned.precision, turned.f1)
        elif measure[0] != "time":
            assert figure == turned


@given(CLAIMS, CLAIMS, st.randoms(use_true_random=False))
def test_the_order_of_claims_means_nothing(gold: list[Claim], system: list[Claim], rng: random.Random) -> None:
    found = scored(gold, system, with_mistakes=True)
    shuffled = scored(rng.sample(gold, len(gold)), rng.sample(system, len(system)), with_mistakes=True)
    assert found == shuffled


@given(CLAIMS)
def test_any_claims_are_perfect_against_themselves(gold: list[Claim]) -> None:
    found = scored(gold, gold, with_mistakes=True)
    best = {measure: 0 if measure == ("time", "false_dates") else 1 for measure in MEASURES}
    assert all(figure.value in (None, best[measure]) for measure, figure in found.scores.figures.items())
    assert found.mistakes == {invented.DIGEST: []}


@given(CLAIMS, CLAIMS)
def test_the_mistakes_account_for_every_point_lost(gold: list[Claim], system: list[Claim]) -> None:
    found = scored(gold, system, with_mistakes=True)
    counted = {measure: {"missed": 0, "spurious": 0, "wrong": 0} for measure in MEASURES}
    for mistake in found.mistakes[invented.DIGEST]:
        counted[mistake.layer, mistake.measure][mistake.kind] += 1
    figures = found.scores.figures
    for measure in [
        ("events", "type"), ("arguments", "role"), ("casualties", "exact"),
        ("posts", "same"), ("relations", "labelled"), ("quotations", "at_0.8"),
    ]:  # fmt: skip
        figure, kinds = figures[measure], counted[measure]
        assert isinstance(figure, Retrieval)
        assert kinds["missed"] + kinds["wrong"] == figure.gold - figure.matched
        assert kinds["spurious"] + kinds["wrong"] == figure.system - figure.matched
    for measure in [("claimant", "right"), ("polarity", "equal"), ("modality", "equal"), ("quotations", "speaker")]:
        figure = figures[measure]
        assert not isinstance(figure, Retrieval)
        assert counted[measure] == {"missed": 0, "spurious": 0, "wrong": figure.of - figure.count}
    exact, false_dates = cases.counts(figures["time", "exact"]), cases.counts(figures["time", "false_dates"])
    assert counted["time", "exact"]["missed"] + counted["time", "exact"]["wrong"] == exact[1] - exact[0]
    assert counted["time", "false_dates"] == {"missed": 0, "spurious": false_dates[0], "wrong": 0}
