"""From the text of an answer to its claims and verdicts, whatever stands around them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from kg.language_model.exchange import MAX_ANSWER, Answer
from kg.language_model.faults import Fault

_FENCE: Final = re.compile(r"```(?:json|JSON)?[ \t]*\n(.*?)(?:\n```|\Z)", re.DOTALL)
_MOST_CLAIMS: Final = 2000
_SHOWN: Final = 200


@dataclass(frozen=True, slots=True)
class Reply:
    """The claims and verdicts of an answer, unread, and what is wrong with the answer as a whole."""

    claims: Sequence[Any] = ()
    verdicts: Sequence[Any] = ()
    faults: tuple[Fault, ...] = field(default=())


def read_reply(answer: Answer) -> Reply:
    """Read an answer: a JSON object, alone, in a fence or after other words.

    Of an answer that breaks off, the whole claims before the break are read.
    """
    text = answer.text.strip()
    if answer.finish == "refusal":
        return Reply(faults=(Fault("answer.refusal", value=_shown(text)),))
    if not text:
        return Reply(faults=(Fault("answer.empty"),))
    if len(text) > MAX_ANSWER:
        return Reply(faults=(Fault("answer.size", detail=f"It has {len(text):,} characters."),))
    found = _object(text)
    if found is None:
        if answer.finish == "length":
            return Reply(_whole_claims(text), faults=(Fault("answer.truncated"),))
        return Reply(faults=(Fault("answer.no-json", value=_shown(text)),))
    claims, verdicts = found.get("claims"), found.get("verdicts", [])
    if not isinstance(claims, list) or not isinstance(verdicts, list) or not found.keys() <= {"claims", "verdicts"}:
        return Reply(faults=(Fault("answer.shape", value=_shown(text)),))
    if len(claims) > _MOST_CLAIMS:
        return Reply(faults=(Fault("answer.many", detail=f"{len(claims):,} claims."),))
    faults = (Fault("answer.truncated"),) if answer.finish == "length" else ()
    return Reply(claims, verdicts, faults)


def is_readable(answer: Answer) -> bool:
    """Whether the answer has the form that was asked for, as far as it goes."""
    return answer.finish != "stop" or not read_reply(answer).faults


def _object(text: str) -> dict[str, Any] | None:
    for part in _candidates(text):
        value = _decoded(part)
        if isinstance(value, dict):
            return value
    return None


def _candidates(text: str) -> Iterator[str]:
    yield text
    fences = _FENCE.findall(text)
    yield from reversed(fences)
    if not fences:
        start = text.find('{"claims"')
        yield text[start if start >= 0 else max(text.find("{"), 0) :]


def _decoded(text: str) -> Any:
    try:
        return json.JSONDecoder().raw_decode(text.lstrip())[0]
    except (ValueError, RecursionError):
        return None


def _whole_claims(text: str) -> list[Any]:
    """The claims that are complete in a JSON text that breaks off."""
    at = text.find("[", text.find('"claims"'))
    claims: list[Any] = []
    decoder = json.JSONDecoder()
    while 0 <= at < len(text) and len(claims) < _MOST_CLAIMS:
        at += 1
        while at < len(text) and text[at] in " \t\r\n,":
            at += 1
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            break
        claims.append(value)
        at -= 1
    return claims


def _shown(text: str) -> str:
    plain = " ".join(text[: 2 * _SHOWN].split())
    return plain if len(plain) <= _SHOWN else f"{plain[:_SHOWN]}…"
