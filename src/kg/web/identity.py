"""Who one is in the requests of one client: the challenge taken up, the secret put in, and kept out of every log."""

from __future__ import annotations

import logging
import threading
from collections.abc import Generator
from dataclasses import replace

import httpx

from kg.web.credentials import Ask, Credentials, Secret, ask_credentials, check_transport


class Identity:
    """The credentials of a client, which may become known only when they are asked for."""

    def __init__(self, credentials: Credentials, url: str, ask: Ask | None, *, insecure_http: bool) -> None:
        self.credentials = credentials
        self._url, self._ask, self._insecure_http = url, ask, insecure_http
        self._lock = threading.Lock()
        self._digest: httpx.DigestAuth | None = None

    def redact(self, text: str) -> str:
        """Return `text` without the secret."""
        return self.credentials.redact(text)

    def answer(self, challenge: str) -> bool:
        """Take up a challenge (a WWW-Authenticate header); whether there is something to answer with."""
        wanted = challenge.strip().split(" ", 1)[0].lower()
        with self._lock:
            known = self.credentials
            if not known.is_known:
                if self._ask is None or wanted not in ("basic", "digest", "bearer"):
                    return False
                check_transport(self._url, insecure_http=self._insecure_http)
                known = ask_credentials(self._url, "bearer" if wanted == "bearer" else "auto", self._ask)
            elif known.kind != "auto":
                return False
            self.credentials = replace(known, kind=wanted if wanted in ("basic", "digest") else known.kind)  # type: ignore[arg-type]
            return self.credentials.kind != "auto"

    def flow(self) -> httpx.Auth:
        """What httpx needs to put the credentials into requests."""
        return _Flow(self)

    def scheme(self) -> httpx.Auth | None:
        """How the credentials are told, where that is known."""
        known = self.credentials
        if known.secret is None or known.kind in ("none", "auto"):
            return None
        if known.kind == "bearer":
            return _Bearer(known.secret)
        if known.kind == "basic":
            return httpx.BasicAuth(known.user or "", known.secret.reveal())
        with self._lock:
            if self._digest is None:
                self._digest = httpx.DigestAuth(known.user or "", known.secret.reveal())
            return self._digest


class _Flow(httpx.Auth):
    """Says who one is at once where it is known how, else when it is asked for."""

    def __init__(self, identity: Identity) -> None:
        self._identity = identity

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        scheme = self._identity.scheme()
        if scheme is not None:
            yield from scheme.auth_flow(request)
            return
        response = yield request
        if response.status_code == 401 and self._identity.answer(response.headers.get("www-authenticate", "")):
            scheme = self._identity.scheme()
            assert scheme is not None  # noqa: S101 - an answered challenge has a scheme
            yield from scheme.auth_flow(request)


class _Bearer(httpx.Auth):
    """A token in the header (RFC 6750)."""

    def __init__(self, secret: Secret) -> None:
        self._secret = secret

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        request.headers["Authorization"] = f"Bearer {self._secret.reveal()}"
        yield request


class Discreet(logging.Filter):
    """Lets nothing secret into a log: no secret that is known, and no headers, which may repeat one that is not yet."""

    def __init__(self, identity: Identity) -> None:
        super().__init__()
        self._identity = identity

    def filter(self, record: logging.LogRecord) -> bool:
        """Clean a record, or leave it out."""
        if "receive_response_headers.complete" in record.getMessage():
            return False
        record.msg, record.args = self._identity.redact(record.getMessage()), ()
        record.exc_info = None
        return True
