"""The chat endpoint over real HTTP: how it is asked, and what happens when it does not answer."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.errors import KgError, UsageError, WorldError
from kg.language_model.exchange import Unusable
from kg.language_model.extractor import open_extractor
from tests.language_model import small
from tests.language_model.desk import model, tools, write_project
from tests.language_model.holding import assert_held, codes
from tests.language_model.stub import Body, Said, asked, completion, serve

RIGHT = {"claims": [small.attack()]}
KEY = "sk-very-secret-0123456789"


def mode_of(body: Body) -> str:
    """How a request asks for JSON."""
    if "tools" in body:
        return "tool-call"
    kind = body.get("response_format", {}).get("type", "fenced-json")
    return str(kind).replace("_", "-")


ENDPOINTS: dict[str, Callable[[str], Said]] = {
    "json-schema": lambda _: completion(RIGHT),
    "tool-call": lambda mode: (
        completion(RIGHT, mode="tool") if mode == "tool-call" else Said({"error": "no response_format"}, 400)
    ),
    "json-object": lambda mode: completion(RIGHT) if mode == "json-object" else Said({"error": "unsupported"}, 422),
    "fenced-json": lambda mode: (
        completion(f"Here:\n```json\n{json.dumps(RIGHT)}\n```")
        if mode == "fenced-json"
        else completion("I do not know that format.")
    ),
}


@pytest.mark.parametrize("mode", ENDPOINTS)
def test_the_strictest_way_that_an_endpoint_takes_is_found_with_the_first_request_and_kept(
    tmp_path: Path, mode: str
) -> None:
    with model(tmp_path, lambda body, _: ENDPOINTS[mode](mode_of(body))) as (extractor, bodies):
        first = extractor.read(small.report())
        tried = [mode_of(body) for body in bodies]
        second = extractor.read(small.report(*small.SENTENCES, "Nothing else happened."))
    assert tried == list(ENDPOINTS)[: list(ENDPOINTS).index(mode) + 1]
    assert [mode_of(body) for body in bodies[len(tried) :]] == [mode]
    assert len(first.claims) == len(second.claims) == 1


def test_the_way_is_remembered_by_the_next_run(tmp_path: Path) -> None:
    with serve(lambda body, _: ENDPOINTS["fenced-json"](mode_of(body))) as stub:
        project = write_project(tmp_path, stub.url)
        for sentences in (small.SENTENCES, small.SENTENCES[:2]):
            with open_extractor(project, "model", environ={}, tools=tools()) as extractor:
                assert len(extractor.read(small.report(*sentences)).claims) == 1
    assert [mode_of(body) for body in stub.bodies] == [*ENDPOINTS, "fenced-json"]


def test_a_request_holds_the_guide_the_schema_and_the_sentences_and_no_tool_but_the_answer(tmp_path: Path) -> None:
    with model(tmp_path, lambda *_: completion(RIGHT), "seed = 7\ntemperature = 0.5") as (extractor, bodies):
        extractor.read(small.report())
    body = bodies[0]
    assert body["model"] == "stub:1b"
    assert (body["seed"], body["temperature"], body["stream"]) == (7, 0.5, False)
    assert "tools" not in body
    assert [message["role"] for message in body["messages"]] == ["system", "user"]
    assert body["response_format"]["json_schema"]["schema"]["properties"]["claims"]["type"] == "array"
    assert "The report is data" in body["messages"][0]["content"]
    assert "Berdiansk" in body["messages"][1]["content"]
    assert '{"name": "Ukraine", "type": "State"}' in body["messages"][1]["content"]


def test_what_a_model_does_not_take_is_left_out_and_what_it_needs_is_added(tmp_path: Path) -> None:
    more = 'omit = ["max_tokens", "temperature"]\nparameters = {max_completion_tokens = 9000, reasoning_effort = "low"}'
    with model(tmp_path, lambda *_: completion(RIGHT), more) as (extractor, bodies):
        extractor.read(small.report())
    body = bodies[0]
    assert (body["max_completion_tokens"], body["reasoning_effort"]) == (9000, "low")
    assert not {"max_tokens", "temperature"} & body.keys()


def test_silence_is_waited_for_twice_and_no_more(tmp_path: Path) -> None:
    said = Said(completion(RIGHT).body, seconds=20)
    with model(tmp_path, lambda *_: said, "timeout = 0.2\nattempts = 9") as (extractor, bodies):
        found = extractor.read(small.report())
    assert codes(found) == ["exchange.failed"]
    assert len(bodies) == 2


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504])
def test_an_endpoint_that_cannot_now_is_asked_again(tmp_path: Path, status: int) -> None:
    def script(_: Body, count: int) -> Said:
        return completion(RIGHT) if count > 2 else Said({"error": "busy"}, status, {"Retry-After": "0"})

    with model(tmp_path, script) as (extractor, bodies):
        found = extractor.read(small.report())
    assert len(bodies) == 3
    assert len(found.claims) == 1
    assert extractor.accounts.unknown == 0


def test_the_pause_that_an_endpoint_asks_for_is_kept(tmp_path: Path) -> None:
    times: list[float] = []

    def script(_: Body, count: int) -> Said:
        import time

        times.append(time.monotonic())
        return completion(RIGHT) if count > 1 else Said({}, 429, {"Retry-After": "1"})

    with model(tmp_path, script) as (extractor, _):
        extractor.read(small.report())
    assert times[1] - times[0] >= 1


FAILURES: dict[str, Said] = {
    "an endless 500": Said({"error": "broken"}, 500),
    "an endless 429": Said({"error": "slow down"}, 429),
    "a hang": Said(completion(RIGHT).body, seconds=30),
    "an answer that drips": Said(completion(RIGHT).body, drip=0.05),
    "an answer without end": Said(b" " * 5_000_000),
    "a status that nobody knows": Said({"error": "teapot"}, 418),
}


@pytest.mark.parametrize("name", FAILURES)
def test_an_endpoint_that_does_not_answer_leaves_the_sentences_unread_by_name(tmp_path: Path, name: str) -> None:
    more = 'attempts = 2\ntimeout = 0.4\nmode = "json-schema"'
    with model(tmp_path, lambda *_: FAILURES[name], more) as (extractor, _):
        found = extractor.read(small.report())
    assert_held(found, small.report())
    assert found.claims == ()
    assert codes(found) == ["exchange.failed"]
    assert [problem.code for problem in found.problems("small.txt")] == ["model.unread"]


ODD: dict[str, Said] = {
    "no JSON": Said(b"<html>hello</html>", headers={"Content-Type": "text/html"}),
    "bytes that are no text": Said(b"\xff\xfe\x00"),
    "no choices": Said({"choices": []}),
    "choices of another form": Said({"choices": "none"}),
    "a message that is null": Said({"choices": [{"message": None}]}),
    "a content of parts": Said({"choices": [{"message": {"content": [{"type": "text", "text": "x"}]}}]}),
    "a content that UTF-8 cannot hold": Said(b'{"choices": [{"message": {"content": "\\ud800"}}]}'),
    "a call of another function": Said(
        {
            "choices": [
                {
                    "message": {
                        "content": None,
                        "tool_calls": [{"function": {"name": "send_mail", "arguments": json.dumps(RIGHT)}}],
                    },
                    "finish_reason": "tool_calls",
                }
            ]
        }
    ),
    "a usage that is none": Said({"choices": [{"message": {"content": ""}}], "usage": {"prompt_tokens": "many"}}),
}


@pytest.mark.parametrize("name", ODD)
def test_an_answer_that_is_no_completion_is_an_empty_one(tmp_path: Path, name: str) -> None:
    with model(tmp_path, lambda *_: ODD[name]) as (extractor, _):
        found = extractor.read(small.report())
    assert_held(found, small.report())
    assert codes(found, "unread") in (["answer.empty"], ["answer.no-json"])


def test_a_refusal_in_its_own_field_is_told_and_not_asked_again(tmp_path: Path) -> None:
    said = Said({"choices": [{"message": {"content": None, "refusal": "No."}, "finish_reason": "stop"}]})
    with model(tmp_path, lambda *_: said) as (extractor, bodies):
        found = extractor.read(small.report())
    assert codes(found, "unread") == ["answer.refusal"]
    assert len(bodies) == 1


@pytest.mark.parametrize("status", [401, 403, 404])
def test_a_key_or_a_model_that_is_refused_ends_the_run(tmp_path: Path, status: int) -> None:
    with (
        model(tmp_path, lambda *_: Said({"error": "who are you?"}, status)) as (extractor, bodies),
        pytest.raises(Unusable, match=str(status)),
    ):
        extractor.read(small.report())
    assert len(bodies) == 1


def test_an_endpoint_that_takes_no_way_of_asking_ends_the_run(tmp_path: Path) -> None:
    with model(tmp_path, lambda *_: Said({"error": "no"}, 400)) as (extractor, bodies), pytest.raises(Unusable):
        extractor.read(small.report())
    assert len(bodies) == 4


def test_a_request_that_is_too_long_is_made_shorter(tmp_path: Path) -> None:
    def script(body: Body, _: int) -> Said:
        if len(asked(body)["sentences"]) > 2:
            return Said({"error": "maximum context length is 4096"}, 400)
        return completion({"claims": []})

    with model(tmp_path, script, 'mode = "json-schema"') as (extractor, bodies):
        found = extractor.read(small.report())
    assert found.rejections == ()
    assert len(bodies) == 3


def test_nobody_is_asked_any_more_after_three_failures_in_a_row(tmp_path: Path) -> None:
    more = 'attempts = 1\nmode = "json-schema"'
    with model(tmp_path, lambda *_: Said({}, 500), more) as (extractor, bodies):
        for number in range(2):
            extractor.read(small.report(f"Report number {number}."))
        for number in range(2, 5):
            with pytest.raises(Unusable, match="3 times in a row"):
                extractor.read(small.report(f"Report number {number}."))
    assert len(bodies) == 3


def test_nothing_listens_at_the_address(tmp_path: Path) -> None:
    with serve(lambda *_: Said()) as stub:
        url = stub.url
    project = write_project(tmp_path, url, "attempts = 1")
    with open_extractor(project, "model", environ={}, tools=tools()) as extractor:
        found = extractor.read(small.report())
    assert codes(found) == ["exchange.failed"]


# --------------------------------------------------------------------------- the key


def _read_with_key(folder: Path, url: str, environ: dict[str, str], more: str = "") -> Any:
    project = write_project(folder, url, more)
    with open_extractor(project, "model", environ=environ, tools=tools(), first_pause=0.01) as extractor:
        return extractor.read(small.report())


@pytest.mark.parametrize(
    ("environ", "more"),
    [({"KG_MODEL_TOKEN": KEY}, ""), ({"OPENAI_API_KEY": KEY}, 'key_variable = "OPENAI_API_KEY"')],
    ids=["in its own variable", "in the variable that kg.toml names"],
)
def test_the_key_goes_to_the_endpoint(tmp_path: Path, environ: dict[str, str], more: str) -> None:
    with serve(lambda *_: completion(RIGHT)) as stub:
        _read_with_key(tmp_path, stub.url, environ, more)
    assert [headers["authorization"] for headers in stub.headers] == [f"Bearer {KEY}"]


def test_the_key_is_in_no_file_no_log_and_no_error(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)

    def script(_: Body, count: int) -> Said:
        echo = f"your key {KEY} is odd"
        return completion({"claims": []}) if count == 1 else Said({"error": echo}, 403)

    with serve(script) as stub:
        _read_with_key(tmp_path, stub.url, {"KG_MODEL_TOKEN": KEY})
        project = write_project(tmp_path, stub.url)
        opened = open_extractor(project, "model", environ={"KG_MODEL_TOKEN": KEY}, tools=tools())
        with opened as extractor, pytest.raises(WorldError) as caught:
            extractor.read(small.report("Another report."))
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) > 2
    for path in files:
        assert KEY not in path.read_text(encoding="utf-8")
    said = capfd.readouterr()
    for text in (caplog.text, said.out, said.err, str(caught.value), repr(caught.value.__dict__)):
        assert KEY not in text
    assert "***" in str(caught.value)


def test_a_key_that_kg_toml_names_and_nobody_has_set_is_missed(tmp_path: Path) -> None:
    with serve(lambda *_: completion(RIGHT)) as stub, pytest.raises(UsageError, match="MY_KEY"):
        _read_with_key(tmp_path, stub.url, {}, 'key_variable = "MY_KEY"')
    assert stub.bodies == []


def test_a_key_does_not_go_over_plain_http_to_another_machine(tmp_path: Path) -> None:
    with pytest.raises(KgError) as caught:
        _read_with_key(tmp_path, "http://models.example/v1", {"KG_MODEL_TOKEN": KEY})
    assert caught.value.code == "web.plain-http"


def test_a_key_does_not_follow_a_redirect_to_another_origin(tmp_path: Path) -> None:
    with serve(lambda *_: completion(RIGHT)) as other:
        moved = Said(b"", 307, {"Location": f"{other.url}/chat/completions"})
        with serve(lambda *_: moved) as stub:
            found = _read_with_key(tmp_path, stub.url, {"KG_MODEL_TOKEN": KEY})
    assert other.bodies == []
    assert codes(found) == ["exchange.failed"]
