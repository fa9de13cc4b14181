"""A chat endpoint of the OpenAI kind: Ollama, vLLM, llama.cpp, hosted services.

An answer in JSON is asked for in one of four ways, the strictest that the endpoint takes: a JSON Schema that it enforces
(``response_format`` of type ``json_schema``), a call of a function of that schema, any JSON object (``json_object``), JSON in a
fence. Which one is found out with the first request and kept for the endpoint and model: some take a way and do not follow it,
so the answer decides, not the status. The function is never carried out: its arguments are the answer.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from typing import Any, Final

from kg.errors import WorldError
from kg.language_model.accounts import Accounts
from kg.language_model.cache import Cache
from kg.language_model.exchange import MAX_ANSWER, Answer, TooLong, Unusable, Usage
from kg.language_model.prompts import Prompts
from kg.language_model.reply import is_readable
from kg.language_model.request import Request
from kg.language_model.settings import MODES, ModelSettings
from kg.web import Client, Reply, Retries, Unanswered, Unavailable, retry

_NAME: Final = "claims"
_UNUSABLE: Final = frozenset({401, 402, 403, 404, 405, 407})
_MOST_SILENCES: Final = 2
"""After so many attempts without any answer there is no other: each takes its whole time, and may be paid for."""
_LONGEST_PAUSE: Final = 120.0


class _NotTaken(Exception):  # noqa: N818 - it says what happened, and does not leave this module
    """The endpoint does not take this way of asking."""


class Endpoint:
    """Asks a chat endpoint; safe to share between threads.

    Args:
        settings: the endpoint.
        client: an open client for its origin.
        accounts: what counts each request.
        prompts: the texts that ask for JSON.
        first_pause: seconds before a second attempt.
    """

    def __init__(
        self,
        settings: ModelSettings,
        client: Client,
        accounts: Accounts,
        *,
        prompts: Prompts,
        first_pause: float = 1.0,
    ) -> None:
        self._settings, self._client, self._accounts, self._prompts = settings, client, accounts, prompts
        self._retries = Retries(attempts=settings.attempts, first=first_pause, longest=_LONGEST_PAUSE)
        self._mode = None if settings.mode == "auto" else settings.mode
        self._cache: Cache | None = None
        self._lock = threading.Lock()

    def recall(self, cache: Cache) -> None:
        """Take up how this endpoint was asked before, and keep it there once it is found out."""
        self._cache = cache
        self._mode = self._mode or cache.mode(self.settings)

    @property
    def name(self) -> str:
        """The model's name."""
        return self._settings.name

    @property
    def settings(self) -> Mapping[str, object]:
        """All that an answer depends on besides the request."""
        chosen = self._settings
        return {
            "url": chosen.url, "name": chosen.name, "temperature": chosen.temperature, "seed": chosen.seed,
            "answer": chosen.answer, "mode": chosen.mode, "parameters": chosen.parameters, "omit": list(chosen.omit),
        }  # fmt: skip

    def ask(self, request: Request) -> Answer:
        """Answer a request; see `kg.language_model.exchange.Backend`."""
        if self._mode is None:
            with self._lock:
                if self._mode is None:
                    return self._find_mode(request)
        try:
            return self._send(request, self._mode)
        except _NotTaken as error:
            raise WorldError(str(error), code="model.request", where=self._settings.url) from None

    def _find_mode(self, request: Request) -> Answer:
        answer, refusal = None, ""
        for mode in MODES:
            try:
                answer = self._send(request, mode)
            except _NotTaken as error:
                refusal = str(error)
                continue
            if is_readable(answer):
                if answer.finish != "refusal":
                    self._choose(mode)
                return answer
        if answer is None:
            raise Unusable(
                f"the endpoint takes no way of asking: {refusal}",
                where=self._settings.url,
                hint="is it a chat endpoint of the OpenAI kind? what it does not take can be left out: omit in kg.toml",
            )
        self._choose(MODES[-1])
        return answer

    def _choose(self, mode: str) -> None:
        self._mode = mode
        if self._cache is not None:
            self._cache.keep_mode(self.settings, mode)

    # ----------------------------------------------------------------------- one request

    def _send(self, request: Request, mode: str) -> Answer:
        body = json.dumps(self._body(request, mode)).encode("ascii")
        url = f"{self._settings.url.rstrip('/')}/chat/completions"

        silent: list[Unanswered] = []

        def call() -> tuple[Reply, Answer | None]:
            if len(silent) == _MOST_SILENCES:
                raise WorldError(silent[-1].message, code=silent[-1].code, where=url, hint=silent[-1].hint)
            with self._accounts.request(request.size) as told:
                reply = self._post(url, body, told, silent)
                answer = _read_completion(reply.text) if reply.is_success else None
                told.append(answer.usage if answer else Usage())
                return reply, answer

        reply, answer = retry(call, self._retries)
        if answer is not None:
            return answer
        told = self._client.told(reply)
        if reply.status == 413 or (reply.status == 400 and _is_about_length(reply.text)):
            raise TooLong(f"the request is too long: {told}", where=self._settings.url)
        if reply.status in _UNUSABLE:
            raise Unusable(
                f"the answer is {told}",
                where=url,
                hint="KG_MODEL_TOKEN holds the key; url is what /chat/completions is added to; name is the model's",
            )
        raise _NotTaken(told)

    def _post(self, url: str, body: bytes, told: list[Usage | None], silent: list[Unanswered]) -> Reply:
        try:
            return self._client.request(
                "POST",
                url,
                content=body,
                headers={"Content-Type": "application/json", "Accept": "application/json"},
                limit=MAX_ANSWER,
                seconds=self._settings.timeout,
            )
        except Unavailable:
            told.append(Usage())  # what is refused costs nothing; what is not answered may
            raise
        except Unanswered as error:
            silent.append(error)
            raise

    def _body(self, request: Request, mode: str) -> dict[str, Any]:
        chosen = self._settings
        body: dict[str, Any] = {
            "model": chosen.name, "temperature": chosen.temperature, "max_tokens": chosen.answer, "stream": False,
        }  # fmt: skip
        if chosen.seed is not None:
            body["seed"] = chosen.seed
        body = {name: value for name, value in body.items() if name not in chosen.omit} | dict(chosen.parameters)
        messages = [dict(message) for message in request.messages]
        if mode == "json-schema":
            schema = {"name": _NAME, "strict": False, "schema": request.schema}
            body["response_format"] = {"type": "json_schema", "json_schema": schema}
        elif mode == "tool-call":
            body["tools"] = [{"type": "function", "function": {"name": _NAME, "parameters": request.schema}}]
            body["tool_choice"] = {"type": "function", "function": {"name": _NAME}}
        else:
            said = f"{self._prompts.schema}{json.dumps(request.schema)}\n"
            if mode == "json-object":
                body["response_format"] = {"type": "json_object"}
            else:
                said += self._prompts.fenced
            messages[0]["content"] += f"\n{said}"
        return {**body, "messages": messages}


def _is_about_length(text: str) -> bool:
    lowered = text.lower()
    return "context" in lowered or "too long" in lowered or "maximum" in lowered


def _read_completion(text: str) -> Answer:
    """Read a chat completion; what has not its form is an empty answer, and told as that."""
    try:
        body = json.loads(text)
        choice = body["choices"][0]
        message = choice["message"]
        usage = body.get("usage")
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        return Answer("")
    told = _usage(usage)
    if not isinstance(message, dict):
        return Answer("", usage=told)
    if isinstance(message.get("refusal"), str) and message["refusal"]:
        return Answer(_encodable(message["refusal"]), "refusal", told)
    reason = choice.get("finish_reason")
    finish = {"length": "length", "content_filter": "refusal"}.get(reason if isinstance(reason, str) else "", "stop")
    return Answer(_content(message), finish, told)  # type: ignore[arg-type]


def _content(message: Mapping[str, Any]) -> str:
    """The arguments of the one function that there is, else the message's text; other calls are nothing to us."""
    calls = message.get("tool_calls")
    for call in calls if isinstance(calls, list) else ():
        function = call.get("function") if isinstance(call, dict) else None
        if isinstance(function, dict) and function.get("name") == _NAME and isinstance(function.get("arguments"), str):
            return _encodable(function["arguments"])
    content = message.get("content")
    return _encodable(content) if isinstance(content, str) else ""


def _encodable(text: str) -> str:
    """A text without lone surrogates, which JSON can hold and UTF-8 cannot."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _usage(value: Any) -> Usage | None:
    if not isinstance(value, dict):
        return None
    counts = [value.get(name) for name in ("prompt_tokens", "completion_tokens")]
    if not all(isinstance(n, int) and not isinstance(n, bool) and 0 <= n < 10**9 for n in counts):
        return None
    return Usage(int(counts[0] or 0), int(counts[1] or 0))
