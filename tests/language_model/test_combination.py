"""Rules and a model together: who said what."""

from __future__ import annotations

from kg.language_model.answer import Verdict as Told
from kg.language_model.combination import combine, unsure_of
from kg.language_model.ordering import number
from kg.language_model.reading import Outcome
from kg.records import CLAIM, Claim, Method
from tests.language_model.desk import examples

MODEL = "model-1-stub"


def by(extractor: str, claims: tuple[Claim, ...], confidence: float = 0.7) -> list[Claim]:
    """Claims as an extractor gives them, with ids of its own."""
    method = Method(extractor=extractor, confidence=confidence)
    return [
        claim.model_copy(
            update={"id": f"{extractor[0]}.{claim.id}", "method": method, "review": None, "restates": None}
        )
        for claim in claims
    ]


def sides() -> tuple[list[Claim], list[Claim]]:
    """The same claims, of the rules and of a model."""
    gold = examples()[0].claims
    return by("rules", gold), by(MODEL, gold)


def test_what_both_say_is_the_rules_claim_with_the_agreement_of_the_model() -> None:
    rules, own = sides()
    both = combine(rules, Outcome(claims=own), MODEL)
    assert [claim.id for claim in both.claims] == [claim.id for claim in rules]
    verdicts = [verdict for claim in both.claims for verdict in claim.verdicts or ()]
    assert len(verdicts) == len(rules)
    assert {(v.extractor, v.verdict, v.reason) for v in verdicts} == {(MODEL, "agrees", None)}
    assert both.rejections == []


def test_where_the_two_differ_the_rules_claim_stays_and_says_in_what() -> None:
    rules, own = sides()
    changed = [own[0].model_copy(update={"polarity": "denied"}), *own[1:]]
    both = combine(rules, Outcome(claims=changed), MODEL)
    assert len(both.claims) == len(rules)
    told = next(claim for claim in both.claims if claim.id == rules[0].id)
    assert told.polarity == "affirmed"
    assert told.verdicts is not None
    assert [(v.verdict, v.reason) for v in told.verdicts] == [("disagrees", "polarity equal: denied, not affirmed")]
    assert [(r.outcome, r.faults[0].code) for r in both.rejections] == [("set aside", "claim.differs")]


def test_what_only_the_model_says_is_added_and_what_only_the_rules_say_stays() -> None:
    rules, own = sides()
    both = combine(rules[:10], Outcome(claims=own[5:]), MODEL)
    sources = [claim.method.extractor for claim in both.claims if claim.method]
    assert sources.count("rules") == 10
    assert 0 < sources.count(MODEL) <= len(own) - 10
    assert [claim.verdicts for claim in both.claims if claim.id == rules[0].id] == [None]


def test_a_verdict_stands_on_its_claim() -> None:
    rules, _ = sides()
    told = Told(id=rules[3].id, verdict="unsure", reason="It may\u202e be\nso.")
    both = combine(rules, Outcome(verdicts=[told]), MODEL)
    verdicts = next(claim.verdicts for claim in both.claims if claim.id == rules[3].id)
    assert verdicts is not None
    assert [(v.verdict, v.reason) for v in verdicts] == [("unsure", "It may be so.")]


def test_only_claims_of_little_confidence_are_put_to_the_model() -> None:
    gold = examples()[0].claims
    assert unsure_of(by("rules", gold, 0.7)) == frozenset()
    assert len(unsure_of(by("rules", gold, 0.5))) == len(gold)
    assert unsure_of(gold) == frozenset(), "a reviewed claim has no confidence"


def test_verdicts_change_neither_what_a_claim_says_nor_its_numbering() -> None:
    rules, own = sides()
    both = number(combine(rules, Outcome(claims=own), MODEL).claims)
    alone = number(rules)
    plain = [CLAIM.dump_python(claim, exclude={"verdicts"}) for claim in both]
    assert plain == [CLAIM.dump_python(claim, exclude={"verdicts"}) for claim in alone]
