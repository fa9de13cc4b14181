"""How the fake store asks who one is: basic, digest (RFC 7616, MD5 as in RFC 2617) and bearer."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Final

from tests.stores.answers import Answer
from tests.stores.faults import Behaviour

REALM: Final = "fake"
_NONCE: Final = "5ccc069c403ebaf9f0171e9517f40e41"
_PAIR: Final = re.compile(r'(\w+)=(?:"([^"]*)"|([^\s,]+))')


def find_refusal(method: str, path: str, headers: dict[str, str], behaviour: Behaviour) -> Answer | None:
    """Look at who asks.

    Returns:
        None for who may, else the refusal.
    """
    if _is_admitted(method, path, headers.get("authorization", ""), behaviour):
        return None
    challenge = {
        "basic": f'Basic realm="{REALM}"',
        "bearer": f'Bearer realm="{REALM}"',
        "digest": f'Digest realm="{REALM}", nonce="{_NONCE}", algorithm=MD5, qop="auth"',
    }[behaviour.auth]
    return Answer(401, "text/plain", b"who are you?", {"WWW-Authenticate": challenge})


def _is_admitted(method: str, path: str, given: str, behaviour: Behaviour) -> bool:
    if behaviour.auth == "none":
        return True
    if behaviour.auth == "basic":
        return given == "Basic " + base64.b64encode(f"{behaviour.user}:{behaviour.secret}".encode()).decode()
    if behaviour.auth == "bearer":
        return given == f"Bearer {behaviour.secret}"
    fields = {name: quoted or plain for name, quoted, plain in _PAIR.findall(given)}
    if not given.startswith("Digest ") or fields.get("uri") != path or fields.get("nonce") != _NONCE:
        return False
    who, what = _md5(f"{behaviour.user}:{REALM}:{behaviour.secret}"), _md5(f"{method}:{path}")
    response = _md5(f"{who}:{_NONCE}:{fields.get('nc')}:{fields.get('cnonce')}:{fields.get('qop')}:{what}")
    return response == fields.get("response")


def _md5(text: str) -> str:
    return hashlib.md5(text.encode()).hexdigest()  # noqa: S324 - the protocol's algorithm
