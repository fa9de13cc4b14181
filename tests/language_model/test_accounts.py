"""The cache, the account and the budget."""

from __future__ import annotations

import json
from collections.abc import Generator
from pathlib import Path

import pytest

from kg.claims import dump_claim
from kg.errors import UsageError
from kg.language_model.accounts import Accounts, Budget, Spent, read_budget
from kg.language_model.corpus import CorpusReader
from kg.language_model.exchange import Usage
from kg.language_model.extractor import open_extractor
from kg.language_model.settings import ModelSettings
from kg.records import Report
from tests.language_model import small
from tests.language_model.desk import examples, model, tools, truthful, write_project
from tests.language_model.stub import Body, Said, completion, serve

RIGHT = {"claims": [small.attack(), small.accusation(sentence=99)]}
PRICES = "prompt_price = 1\ncompletion_price = 10"


def lines(folder: Path, url: str, more: str = "") -> tuple[list[str], list[object], Accounts]:
    """Read the small report; the claims and rejections as they are written, and the account."""
    project = write_project(folder, url, more)
    with open_extractor(project, "model", environ={}, tools=tools()) as extractor:
        found = extractor.read(small.report())
        rejected: list[object] = [rejection.as_record() for rejection in found.rejections]
        return [dump_claim(claim) for claim in found.claims], rejected, extractor.accounts


def test_a_second_run_asks_nobody_and_gives_the_same_bytes(tmp_path: Path) -> None:
    with serve(lambda *_: completion(RIGHT)) as stub:
        first = lines(tmp_path, stub.url)
        count = len(stub.bodies)
        second = lines(tmp_path, stub.url)
    assert count == 3, "the answer and two repairs"
    assert len(stub.bodies) == count
    assert json.dumps(first[:2]) == json.dumps(second[:2])
    assert (second[2].requests, second[2].cached, second[2].usage) == (0, 3, Usage())


def test_a_second_run_needs_no_server(tmp_path: Path) -> None:
    with serve(lambda *_: completion(RIGHT)) as stub:
        first = lines(tmp_path, stub.url)
    assert lines(tmp_path, stub.url)[:2] == first[:2]


@pytest.mark.parametrize("more", ["temperature = 1", "seed = 3", "answer = 4000"])
def test_other_settings_are_another_answer(tmp_path: Path, more: str) -> None:
    with serve(lambda *_: completion({"claims": []})) as stub:
        lines(tmp_path, stub.url)
        lines(tmp_path, stub.url, more)
    assert len(stub.bodies) == 2


def test_another_text_or_date_is_another_answer(tmp_path: Path) -> None:
    with model(tmp_path, lambda *_: completion({"claims": []})) as (extractor, bodies):
        extractor.read(small.report())
        extractor.read(small.report(date="2024-05-16"))
        extractor.read(small.report(*small.SENTENCES[:3]))
        extractor.read(small.report())
    assert len(bodies) == 3


@pytest.mark.parametrize("broken", ["", "{", "[]", '{"text": 1, "finish": "stop", "usage": null}', '{"text": ""}'])
def test_a_broken_file_of_the_cache_counts_as_absent(tmp_path: Path, broken: str) -> None:
    with serve(lambda *_: completion({"claims": [small.attack()]})) as stub:
        lines(tmp_path, stub.url)
        kept = list((tmp_path / "out" / "model").glob("*/*/*.json"))
        assert len(kept) == 1
        kept[0].write_text(broken, encoding="utf-8")
        again = lines(tmp_path, stub.url)
    assert len(stub.bodies) == 2
    assert len(again[0]) == 1


def test_a_run_that_was_broken_off_goes_on_where_it_stopped(tmp_path: Path) -> None:
    reports = [example.report for example in examples()[:4]]
    with serve(truthful(examples())) as stub:
        project = write_project(tmp_path, stub.url, "jobs = 1")
        with open_extractor(project, "model", environ={}, tools=tools()) as extractor:
            for report in reports[:2]:
                extractor.read(report)
        before = len(stub.bodies)
        with open_extractor(project, "model", environ={}, tools=tools()) as extractor:
            for report in reports:
                extractor.read(report)
            assert extractor.accounts.cached == before
    texts = [json.dumps(body["messages"]) for body in stub.bodies]
    assert len(set(texts)) == len(texts), "nothing was asked twice"


# --------------------------------------------------------------------------- the budget


def settings(**changes: float) -> ModelSettings:
    return ModelSettings(url="http://localhost/v1", name="m", **changes)  # type: ignore[arg-type]


def test_a_budget_is_money_or_tokens() -> None:
    priced = settings(prompt_price=1, completion_price=10)
    assert read_budget("2.50", priced) == Budget(money=2.5)
    assert read_budget("200k tokens", priced) == Budget(tokens=200_000)
    assert read_budget("5000t", settings()) == Budget(tokens=5000)


@pytest.mark.parametrize("text", ["", "much", "-1", "1e9", "2.50"])
def test_a_budget_that_means_nothing_here_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        read_budget(text, settings())


@pytest.mark.parametrize("budget", ["30k tokens", "0.15"])
def test_the_budget_is_not_exceeded_and_what_was_read_is_kept(tmp_path: Path, budget: str) -> None:
    reports = [small.report(*small.SENTENCES, f"Message number {number} ended.") for number in range(30)]
    more = f"{PRICES}\njobs = 3"
    with model(tmp_path, lambda *_: completion({"claims": [small.attack()]}), more, budget=budget) as (
        extractor,
        bodies,
    ):
        reader = CorpusReader(extractor)
        found = [found for _, _, found in reader.read((None, report) for report in reports)]
        spent = extractor.accounts.usage
        price = extractor.accounts.price(spent)
        with pytest.raises(Spent):
            extractor.read(reports[-1])
    read = [f for f in found if not isinstance(f, Spent)]
    assert 0 < len(read) == len(bodies) < 30
    assert price is not None
    assert price <= 0.15 if "tokens" not in budget else spent.total <= 30_000


def test_a_budget_that_is_too_small_for_one_request_asks_nobody(tmp_path: Path) -> None:
    with (
        model(tmp_path, lambda *_: completion({"claims": []}), budget="10t") as (extractor, bodies),
        pytest.raises(Spent),
    ):
        extractor.read(small.report())
    assert bodies == []


def test_every_attempt_counts_and_one_without_an_answer_counts_whole(tmp_path: Path) -> None:
    def script(_: Body, count: int) -> Said:
        right = completion({"claims": []})
        return Said(right.body, seconds=5) if count == 1 else Said({}, 503) if count == 2 else right

    more = 'timeout = 0.3\nmode = "json-schema"'
    with model(tmp_path, script, more) as (extractor, _):
        extractor.read(small.report())
        accounts = extractor.accounts
    assert (accounts.requests, accounts.unknown) == (3, 1)
    assert accounts.usage.completion > 8192, "an attempt that may have been worked on counts with its longest answer"


def test_an_endpoint_that_tells_no_usage_is_taken_at_its_most(tmp_path: Path) -> None:
    with model(tmp_path, lambda *_: completion({"claims": []}, usage=False)) as (extractor, _):
        extractor.read(small.report())
        assert extractor.accounts.unknown == 1
        assert extractor.accounts.usage.completion == 8192
        assert "taken at their most" in extractor.accounts.told()


# --------------------------------------------------------------------------- many at once


def test_no_more_are_asked_at_once_than_allowed_and_the_order_stays(tmp_path: Path) -> None:
    import threading

    lock, now, most = threading.Lock(), [0], [0]

    def script(*_: object) -> Said:
        import time

        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        time.sleep(0.05)
        with lock:
            now[0] -= 1
        return completion({"claims": []})

    reports = [small.report(f"This is message number {number}.") for number in range(20)]
    with model(tmp_path, script, 'jobs = 3\nmode = "json-schema"') as (extractor, _):
        order: list[Report | None] = [r for _, r, _ in CorpusReader(extractor).read((None, r) for r in reports)]
    assert order == list(reports)
    assert most[0] == 3


def test_what_nobody_waits_for_any_more_is_not_asked(tmp_path: Path) -> None:
    reports = [small.report(f"This is message number {number}.") for number in range(30)]
    with model(tmp_path, lambda *_: completion({"claims": []}), "jobs = 1") as (extractor, bodies):
        reading = CorpusReader(extractor).read((None, report) for report in reports)
        assert isinstance(reading, Generator)
        next(reading)
        reading.close()
    assert len(bodies) < 6
