"""Which claim answers which."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kg.evaluation.alignment import Pair, align, arguments, categories, difference
from kg.records import Claim
from kg.vocab import EVENT_TYPES
from tests.evaluation import cases
from tests.evaluation.cases import event, post, relation, stance


def ids(pairs: Sequence[Pair[Any]]) -> set[tuple[str, str]]:
    return {(pair.gold.id, pair.system.id) for pair in pairs}


def at(start: int, end: int, number: int, **fields: Any) -> Any:
    return event(id=f"c{number}", evidence=[[start, end]], **fields)


def test_the_pair_that_shares_most_evidence_comes_first() -> None:
    gold = [at(0, 100, 1), at(0, 40, 2)]
    assert ids(align(gold, [at(0, 42, 1)]).events) == {("c2", "c1")}


def test_a_claim_is_aligned_once() -> None:
    found = align([at(0, 100, 1)], [at(0, 100, 1), at(0, 99, 2)])
    assert ids(found.events) == {("c1", "c1")}


def test_claims_that_share_a_clause_go_to_those_that_say_the_same() -> None:
    denied = {"polarity": "denied", "time": None}
    found = align([at(0, 100, 1), at(0, 100, 2, **denied)], [at(0, 100, 1, **denied), at(0, 100, 2)])
    assert ids(found.events) == {("c1", "c2"), ("c2", "c1")}


def test_claims_that_share_a_clause_and_say_the_same_go_by_file_order_which_ids_tell() -> None:
    gold = [at(0, 100, number) for number in (2, 10, 1)]
    assert ids(align(gold, [at(0, 100, 7), at(0, 100, 30)]).events) == {("c1", "c7"), ("c2", "c30")}


def test_the_order_of_lines_means_nothing() -> None:
    gold: list[Claim] = [at(0, 100, n, polarity=p) for n, p in enumerate(["affirmed", "denied"] * 3)]
    system: list[Claim] = [at(0, 90, n, polarity=p) for n, p in enumerate(["denied", "denied", "affirmed"])]
    assert align(gold, system) == align(gold[::-1], system[::-1])


def test_softer_alignments_keep_the_stricter_pairs_and_add_to_them() -> None:
    gold = [at(0, 100, 1, type="attack"), at(0, 90, 2, type="clash"), at(0, 80, 3, type="meeting")]
    system = [at(0, 90, 1, type="attack"), at(0, 100, 2, type="war"), at(0, 80, 3, type="protest")]
    found = align(gold, system)
    assert ids(found.events) == {("c1", "c1")}
    assert ids(found.events_by_category) == {("c1", "c1"), ("c2", "c2")}
    assert ids(found.events_of_any_type) == {("c1", "c1"), ("c2", "c2"), ("c3", "c3")}


def test_types_without_a_category_stand_for_themselves() -> None:
    found = align([at(0, 100, 1, type="statement")], [at(0, 100, 1, type="shortage")])
    assert found.events_by_category == ()
    assert len(found.events_of_any_type) == 1


def test_every_event_type_has_its_category() -> None:
    assert sorted(categories()) == sorted(EVENT_TYPES)
    own = {name for name, category in categories().items() if category == name}
    assert own == {"statement", "displacement", "shortage"}
    assert len(set(categories().values()) - own) == 15


def test_relations_are_aligned_by_their_relation_and_passage() -> None:
    assert len(align([relation()], [relation(object=cases.entity("X", 0))]).relations) == 1
    assert align([relation()], [relation(relation="controls")]).relations == ()
    assert align([relation()], [relation(evidence=[[0, 10]])]).relations == ()


def test_posts_are_aligned_by_their_passage_alone() -> None:
    assert len(align([post()], [post(person=cases.entity("X", 0), organization=None)]).posts) == 1
    assert align([post()], [post(evidence=[[0, 10]])]).posts == ()


def test_stances_are_aligned_by_the_words_quoted_whatever_their_passage() -> None:
    assert len(align([stance(quote=[0, 10])], [stance(quote=[7, 60], evidence=[[70, 80]])]).stances) == 1
    assert len(align([stance(quote=[0, 100])], [stance(quote=[70, 170])]).stances) == 1
    assert align([stance(quote=[0, 100])], [stance(quote=[71, 171])]).stances == ()


def test_quotations_are_direct_and_the_closest_quote_comes_first() -> None:
    gold = [stance(id="c1", quote=[0, 100]), stance(id="c2", quote=[0, 50])]
    assert ids(align(gold, [stance(quote=[0, 55])]).quotations) == {("c2", "c2")}
    assert align(gold, [stance(quote=[0, 55], direct=False)]).quotations == ()


def test_kinds_are_never_aligned_with_each_other() -> None:
    everywhere = [[0, 50]]
    assert align([post(evidence=everywhere)], [relation(evidence=everywhere)]).claims == ()


def test_an_entity_twice_in_one_role_is_one_argument() -> None:
    one = cases.entity("A", 0)
    place = one | {"type": "Place"}
    claim = event(roles=cases.roles(actor=[one, one], victim=[one]), location=[place], territory=[place])
    assert [role for role, _ in arguments(claim)] == ["actor", "victim", "location", "territory"]


def test_difference_counts_what_is_scored_and_nothing_else() -> None:
    gold = event()
    assert difference(gold, event(instrument=["drones"], event="e9", cue=[0, 3], restates="c7")) == 0
    assert difference(gold, event(polarity="denied", modality="possible")) == 2
    assert difference(gold, event(time=None, deaths=None, injured=cases.toll(1, 1, 1))) == 3
    assert difference(gold, event(roles=cases.roles(), claimant=None, cue=None)) == 2
    assert difference(gold, event(location=[cases.entity("X", 90, type="Place")])) == 2
    assert difference(post(), post(organization=None, person=cases.entity("X", 0))) == 2
    assert difference(relation(), relation(object=cases.entity("X", 0))) == 1
    assert difference(stance(), stance(direct=False, quote=[0, 5])) == 2
