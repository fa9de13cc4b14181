"""Planted errors: what each costs, in which layer, and that it costs nothing anywhere else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kg.claims import SUFFIX, read_claims
from kg.evaluation import Case, evaluate
from tests import invented
from tests.evaluation import cases
from tests.evaluation.cases import NOWHERE, entity, roles, time, toll

REPORTS = Path(__file__).parents[2] / "reports"

VICTIM = invented.entity("Two soldiers", "Group", "two soldiers")
KALVAR = invented.entity("Kalvar", "Place")
RIDGE = invented.entity("the Kalvar ridge", "Place", "Kalvar ridge")
STRELSAU = invented.entity("Strelsau", "State", "Ruritania")
LORNE = invented.entity("Ada Lorne", "Person")
CUE = invented.span("the defence ministry of Ruritania said")
QUOTE = invented.span("The border is quiet")
FRIDAY = "2024-05-10"

EVENT, STANCE, POST, RELATION = range(4)
UNALIGNED_EVENT = {
    "arguments.role": (0, 0, 0),
    "arguments.role_class": (0, 0, 0),
    "arguments.any_role": (0, 0, 0),
    "claimant.right": (3, 3),
    "claimants.aligned": (1, 1, 1),
    "claimants.all": (1, 2, 2),
    "polarity.equal": (3, 3),
    "modality.equal": (3, 3),
    "time.exact": (0, 0),
    "time.compatible": (0, 0),
    "casualties.exact": (0, 0, 0),
    "casualties.best": (0, 0, 0),
    "claims.aligned": (3, 4, 4),
}
UNALIGNED_OTHER = {
    "claimant.right": (3, 3),
    "polarity.equal": (3, 3),
    "modality.equal": (3, 3),
    "claims.aligned": (3, 4, 4),
}

HARMLESS: dict[str, tuple[int, dict[str, Any]]] = {
    "a passage seven tenths off": (EVENT, {"evidence": [[32, 79]]}),
    "more evidence": (EVENT, {"evidence": [invented.span("Two soldiers were killed on Friday near Kalvar"), NOWHERE]}),
    "another cue": (EVENT, {"cue": [0, 3]}),
    "another event key": (EVENT, {"event": "e5"}),
    "a restated claim": (EVENT, {"restates": "c2"}),
    "a means": (EVENT, {"instrument": ["rockets"]}),
    "something regarded": (EVENT, {"regarding": [LORNE]}),
    "an entity of another type": (EVENT, {"location": [KALVAR | {"type": "State", "id": "https://example.org/k"}]}),
    "an entity with other words around it": (EVENT, {"location": [KALVAR | {"span": [36, 46], "name": "X"}]}),
    "a time in other words": (EVENT, {"time": time(FRIDAY, FRIDAY)}),
    "a claimant met elsewhere": (EVENT, {"claimant": entity("ministry of defence of ruritania", 150)}),
    "other words for a post": (POST, {"post": "chief"}),
    "a quote nine tenths right": (STANCE, {"quote": [QUOTE[0], QUOTE[1] - 2]}),
}

PLANTED: dict[str, tuple[int, dict[str, Any], dict[str, tuple[int, ...]]]] = {
    "an event somewhere else": (
        EVENT,
        {"evidence": [NOWHERE]},
        UNALIGNED_EVENT | {"events.type": (0, 1, 1), "events.category": (0, 1, 1), "events.any_type": (0, 1, 1)},
    ),
    "an event of another type of its category": (
        EVENT,
        {"type": "clash"},
        UNALIGNED_EVENT | {"events.type": (0, 1, 1)},
    ),
    "an event of another category": (
        EVENT,
        {"type": "meeting"},
        UNALIGNED_EVENT | {"events.type": (0, 1, 1), "events.category": (0, 1, 1)},
    ),
    "a victim as recipient": (EVENT, {"roles": roles(recipient=[VICTIM])}, {"arguments.role": (1, 2, 2)}),
    "a victim as actor": (
        EVENT,
        {"roles": roles(actor=[VICTIM])},
        {"arguments.role": (1, 2, 2), "arguments.role_class": (1, 2, 2)},
    ),
    "a location as territory": (
        EVENT,
        {"location": [], "territory": [KALVAR]},
        {"arguments.role": (1, 2, 2), "arguments.role_class": (1, 2, 2)},
    ),
    "a location as mediator": (
        EVENT,
        {"location": [], "roles": roles(victim=[VICTIM], mediator=[KALVAR])},
        {"arguments.role": (1, 2, 2), "arguments.role_class": (1, 2, 2)},
    ),
    "another location": (
        EVENT,
        {"location": [LORNE | {"type": "Place"}]},
        {f"arguments.{measure}": (1, 2, 2) for measure in ("role", "role_class", "any_role")},
    ),
    "no location": (
        EVENT,
        {"location": []},
        {f"arguments.{measure}": (1, 2, 1) for measure in ("role", "role_class", "any_role")},
    ),
    "an actor made up": (
        EVENT,
        {"roles": roles(victim=[VICTIM], actor=[LORNE])},
        {f"arguments.{measure}": (2, 2, 3) for measure in ("role", "role_class", "any_role")},
    ),
    "another claimant": (
        EVENT,
        {"claimant": LORNE},
        {"claimant.right": (3, 4), "claimants.aligned": (1, 2, 2), "claimants.all": (1, 2, 2)},
    ),
    "no claimant": (
        EVENT,
        {"claimant": None, "cue": None},
        {"claimant.right": (3, 4), "claimants.aligned": (1, 2, 1), "claimants.all": (1, 2, 1)},
    ),
    "a claimant made up": (
        POST,
        {"claimant": LORNE, "cue": CUE},
        {"claimant.right": (3, 4), "claimants.aligned": (2, 2, 3), "claimants.all": (2, 2, 3)},
    ),
    "the other polarity": (RELATION, {"polarity": "denied"}, {"polarity.equal": (3, 4)}),
    "another modality": (EVENT, {"modality": "presupposed"}, {"modality.equal": (3, 4)}),
    "a day more": (EVENT, {"time": time(FRIDAY, "2024-05-11")}, {"time.exact": (0, 1)}),
    "two days more": (
        EVENT,
        {"time": time(FRIDAY, "2024-05-12")},
        {"time.exact": (0, 1), "time.compatible": (0, 1)},
    ),
    "an open end": (EVENT, {"time": time(FRIDAY, None)}, {"time.exact": (0, 1), "time.compatible": (0, 1)}),
    "no time": (EVENT, {"time": None}, {"time.exact": (0, 1), "time.compatible": (0, 1)}),
    "another upper bound": (EVENT, {"deaths": toll(2, 2, 3)}, {"casualties.exact": (0, 1, 1)}),
    "no upper bound": (EVENT, {"deaths": toll(2, 2, None)}, {"casualties.exact": (0, 1, 1)}),
    "another toll": (
        EVENT,
        {"deaths": toll(2, 3, 3)},
        {"casualties.exact": (0, 1, 1), "casualties.best": (0, 1, 1)},
    ),
    "no best figure": (
        EVENT,
        {"deaths": toll(2, None, 2)},
        {"casualties.exact": (0, 1, 1), "casualties.best": (0, 1, 0)},
    ),
    "deaths as injured": (
        EVENT,
        {"deaths": None, "injured": toll(2, 2, 2)},
        {"casualties.exact": (0, 1, 1), "casualties.best": (0, 1, 1)},
    ),
    "injured made up": (
        EVENT,
        {"injured": toll(1, None, None)},
        {"casualties.exact": (1, 1, 2)},
    ),
    "a post somewhere else": (POST, {"evidence": [NOWHERE]}, UNALIGNED_OTHER),
    "another person": (POST, {"person": STRELSAU}, {"posts.same": (0, 1, 1)}),
    "another organization": (POST, {"organization": STRELSAU}, {"posts.same": (0, 1, 1)}),
    "no organization": (POST, {"organization": None}, {"posts.same": (0, 1, 1)}),
    "a relation somewhere else": (RELATION, {"evidence": [[0, 20]]}, UNALIGNED_OTHER),
    "another relation": (RELATION, {"relation": "controls"}, UNALIGNED_OTHER | {"relations.labelled": (0, 1, 1)}),
    "a relation turned round": (
        RELATION,
        {"subject": RIDGE, "object": STRELSAU},
        {"relations.labelled": (0, 1, 1)},
    ),
    "another object": (
        RELATION,
        {"object": LORNE},
        {"relations.labelled": (0, 1, 1), "relations.unlabelled": (0, 1, 1)},
    ),
    "half the quote": (STANCE, {"quote": [QUOTE[0], QUOTE[1] - 9]}, {"quotations.at_0.8": (0, 1, 1)}),
    "a quarter of the quote": (
        STANCE,
        {"quote": [QUOTE[0], QUOTE[0] + 5]},
        {"quotations.at_0.3": (0, 1, 1), "quotations.at_0.8": (0, 1, 1), "quotations.speaker": (0, 0)},
    ),
    "other words quoted": (
        STANCE,
        {"quote": NOWHERE},
        UNALIGNED_OTHER
        | {
            "claimants.aligned": (1, 1, 1),
            "claimants.all": (1, 2, 2),
            "quotations.at_0.3": (0, 1, 1),
            "quotations.at_0.8": (0, 1, 1),
            "quotations.speaker": (0, 0),
        },
    ),
    "an indirect quotation": (
        STANCE,
        {"direct": False},
        {"quotations.at_0.3": (0, 1, 0), "quotations.at_0.8": (0, 1, 0), "quotations.speaker": (0, 0)},
    ),
    "another speaker": (
        STANCE,
        {"claimant": STRELSAU},
        {
            "claimant.right": (3, 4),
            "claimants.aligned": (1, 2, 2),
            "claimants.all": (1, 2, 2),
            "quotations.speaker": (0, 1),
        },
    ),
}


def planted(which: int, fields: dict[str, Any]) -> list[Any]:
    records = invented.records()
    records[which] |= fields
    return [invented.claim(record) for record in records]


@pytest.mark.parametrize("name", HARMLESS)
def test_what_is_not_scored_costs_nothing(name: str) -> None:
    assert cases.changes(invented.claims(), planted(*HARMLESS[name])) == {}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_error_costs_exactly_what_it_should(name: str) -> None:
    which, fields, expected = PLANTED[name]
    assert cases.changes(invented.claims(), planted(which, fields)) == expected


def test_a_time_where_gold_has_none_is_a_false_date() -> None:
    gold = planted(EVENT, {"time": None})
    assert cases.counts(cases.figures(gold, gold)["time.false_dates"]) == (0, 1)
    assert cases.changes(gold, invented.claims()) == {"time.false_dates": (1, 1)}
    assert cases.changes(gold, planted(EVENT, {"time": time(None, None)})) == {"time.false_dates": (1, 1)}


@pytest.mark.parametrize(
    ("gold", "system", "is_one_class"),
    [
        ("actor", "participant", True),
        ("participant", "mediator", True),
        ("mediator", "actor", True),
        ("recipient", "victim", True),
        ("actor", "recipient", False),
        ("participant", "victim", False),
        ("mediator", "recipient", False),
    ],
)
def test_those_who_act_are_one_class_and_those_acted_upon_another(gold: str, system: str, is_one_class: bool) -> None:  # noqa: FBT001
    one, other = (planted(EVENT, {"roles": roles(**{role: [VICTIM]})}) for role in (gold, system))
    expected = {"arguments.role"} if is_one_class else {"arguments.role", "arguments.role_class"}
    assert cases.changes(one, other) == dict.fromkeys(expected, (1, 2, 2))


def test_a_dropped_claim_costs_recall_in_the_layers_of_its_kind() -> None:
    claims = invented.claims()
    dropped = {
        EVENT: {"events.type", "casualties.exact", "casualties.best", "time.exact", "arguments.role", "claimants.all"},
        STANCE: {"quotations.at_0.3", "quotations.at_0.8", "quotations.speaker", "claimants.all"},
        POST: {"posts.same"},
        RELATION: {"relations.labelled", "relations.unlabelled"},
    }
    for which, measures in dropped.items():
        changed = cases.changes(claims, [claim for number, claim in enumerate(claims) if number != which])
        assert measures <= set(changed)
        assert changed["claims.aligned"] == (3, 4, 3)
        others = set().union(*(names for kind, names in dropped.items() if kind != which)) - measures
        assert not others & set(changed)


def test_an_added_claim_costs_precision_only() -> None:
    extra = cases.event(id="c9", evidence=[NOWHERE], claimant=None, cue=None)
    assert cases.changes(invented.claims(), [*invented.claims(), extra]) == {
        "events.type": (1, 1, 2),
        "events.category": (1, 1, 2),
        "events.any_type": (1, 1, 2),
        "claims.aligned": (4, 4, 5),
    }


def test_a_second_claim_on_the_same_passage_is_not_matched_again() -> None:
    twice = [
        *invented.claims(),
        cases.event(id="c9"),
        cases.post(id="c10"),
        cases.relation(id="c11"),
        cases.stance(id="c12"),
    ]
    changed = cases.changes(invented.claims(), twice)
    assert changed["events.type"] == (1, 1, 2)
    assert changed["posts.same"] == (1, 1, 2)
    assert changed["relations.labelled"] == changed["relations.unlabelled"] == (1, 1, 2)
    assert changed["quotations.at_0.3"] == changed["quotations.at_0.8"] == (1, 1, 2)
    assert changed["claims.aligned"] == (4, 4, 8)


def test_an_event_counts_for_its_own_type() -> None:
    types = cases.evaluation(invented.claims(), planted(EVENT, {"type": "clash"})).scores.types
    assert {name: cases.counts(figure) for name, figure in types.items()} == {"attack": (0, 1, 0), "clash": (0, 0, 1)}


def test_gold_against_itself_is_perfect_in_every_layer() -> None:
    values = cases.layer_values(cases.evaluation(invented.claims(), invented.claims()))
    assert set(values.values()) == {1.0}
    assert len(values) == 12


def test_the_reviewed_claims_of_the_reports_are_perfect_against_themselves() -> None:
    files = [read_claims(path) for path in sorted(REPORTS.glob(f"*{SUFFIX}"))]
    assert len(files) >= 5
    found = evaluate(Case(str(file.document), file.path, file.claims, file.claims) for file in files)
    assert set(cases.layer_values(found).values()) == {1.0}
    wrong = {
        measure: figure
        for measure, figure in found.scores.figures.items()
        if figure.value != (0 if measure == ("time", "false_dates") else 1)
    }
    assert wrong == {}
