"""HTTP requests: with a time limit on everything, within one origin, and with errors that say nothing secret."""

from __future__ import annotations

import logging
import ssl
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx

from kg.errors import UsageError, WorldError
from kg.web.addresses import check_address, is_loopback, origin_of
from kg.web.credentials import NOBODY, Ask, Credentials, check_transport
from kg.web.identity import Discreet, Identity

MAX_REPLY_BYTES: Final = 512 << 20
_LOGGERS: Final = ("httpx", *(f"httpcore.{part}" for part in ("connection", "http11", "http2", "proxy", "socks")))
_TRANSIENT: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_MAX_REDIRECTS: Final = 3


class Unanswered(WorldError):  # noqa: N818 - it is the word for what happened
    """No whole answer came: nobody knows whether the request was performed."""

    default_code = "web.unanswered"


class Unavailable(WorldError):  # noqa: N818 - it is the word for what happened
    """The other side says that it cannot now: with which status, and in how many seconds one may ask again."""

    default_code = "web.unavailable"

    def __init__(
        self, message: str, *, status: int = 503, where: str | None = None, retry_after: float | None = None
    ) -> None:
        super().__init__(message, where=where, hint="try again later")
        self.status = status
        self.retry_after: float | None = retry_after


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, whatever its status; header names are in lower case."""

    url: str
    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def is_success(self) -> bool:
        """Whether the status says so (2xx)."""
        return 200 <= self.status < 300

    @property
    def kind(self) -> str:
        """The media type without parameters."""
        return self.headers.get("content-type", "").split(";", 1)[0].strip().lower()

    @property
    def text(self) -> str:
        """The content as UTF-8; what is none is replaced."""
        return self.content.decode(errors="replace")

    @property
    def retry_after(self) -> float | None:
        """The seconds of a Retry-After header; `None` where there is none, or a date."""
        value = self.headers.get("retry-after", "").strip()
        return float(value) if value.isascii() and value.isdigit() else None


class Client:
    """Sends requests to one origin; safe to share between threads. Made by `open_client`."""

    def __init__(self, http: httpx.Client, base: str, identity: Identity) -> None:
        self._http, self._origin, self._identity = http, origin_of(base), identity

    def redact(self, text: str) -> str:
        """Return `text` without secrets."""
        return self._identity.redact(text)

    def request(  # noqa: PLR0913 - the parts of a request
        self,
        method: str,
        url: str,
        *,
        content: bytes | Iterable[bytes] | None = None,
        form: Mapping[str, str] | None = None,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        limit: int = MAX_REPLY_BYTES,
        seconds: float | None = None,
    ) -> Reply:
        """Send one request, once, with its length; whoever wants it tried again says so with `kg.web.retry`.

        Args:
            method: GET, POST …
            url: absolute; the credentials go with it only to the origin that the client was opened for.
            content: the body, or its parts, which are gone through again where it must be sent again; then the headers
                say its length. `form` is the alternative.
            form: the fields of a form.
            params: added to the URL's query.
            headers: besides the usual ones.
            limit: the longest answer that is read, in bytes.
            seconds: how long reading the answer may take in all, however lively the other side is.

        Returns:
            The answer, whatever its status, but for those that say "not now".

        Raises:
            Unanswered: the connection failed or broke, or the time was up.
            Unavailable: status 408, 425, 429, 500, 502, 503 or 504.
            WorldError: a redirect to another origin, a refused certificate, an answer without end.
        """
        check_address(url)
        bounds = limit, seconds
        reply = self._send(method, url, bounds, content=content, data=form, params=params, headers=headers)
        for _ in range(_MAX_REDIRECTS):
            if reply.status not in _REDIRECTS:
                break
            target = self._redirected(reply)
            if reply.status == 303:
                method, content, form = "GET", None, None
            reply = self._send(method, target, bounds, content=content, data=form, params=None, headers=headers)
        if reply.status in _TRANSIENT:
            raise Unavailable(
                f"the answer is {self.told(reply)}",
                status=reply.status,
                where=_bare(url),
                retry_after=reply.retry_after,
            )
        return reply

    def challenge(self, url: str) -> str | None:
        """Ask without saying who one is: how the other side asks for it (``basic`` …); `None` where it does not ask.

        Raises:
            WorldError: as `request`.
        """
        reply = self._send("GET", url, auth=None)
        if reply.status != 401:
            return None
        return reply.headers.get("www-authenticate", "").strip().split(" ", 1)[0].lower() or "unknown"

    def send_chunked(
        self, method: str, url: str, parts: Iterable[bytes], *, params: Mapping[str, str], headers: Mapping[str, str]
    ) -> Reply:
        """Send a request whose body comes in chunks, without its length; raises as `request`, but for any status.

        The connection is closed: who does not read chunks takes what is left of them for the next request.
        """
        return self._send(method, url, content=iter(parts), params=params, headers={**headers, "Connection": "close"})

    def told(self, reply: Reply, limit: int = 300) -> str:
        """What an answer says, for a message: its status and the beginning of its text, without secrets."""
        text = " ".join(self.redact(reply.text).split())
        is_page = reply.kind == "text/html"
        return f"{reply.status} {'(a web page)' if is_page else text[:limit]}".strip()

    def _redirected(self, reply: Reply) -> str:
        target = str(httpx.URL(reply.url).join(reply.headers.get("location", "")))
        if origin_of(target) != origin_of(reply.url):
            raise WorldError(
                f"a redirect to another origin is not followed: {self.redact(origin_of(target))}",
                code="web.redirect",
                where=_bare(reply.url),
                hint="give the address that it leads to, if you trust it",
            )
        return target

    def _send(
        self, method: str, url: str, bounds: tuple[int, float | None] = (MAX_REPLY_BYTES, None), **parts: object
    ) -> Reply:
        """Send one request; what httpx raises is told in our words, and does not stay in the traceback."""
        auth = self._identity.flow() if origin_of(url) == self._origin and "auth" not in parts else None
        parts.pop("auth", None)
        try:
            request = self._http.build_request(method, url, **parts)  # type: ignore[arg-type]
            answer = self._http.send(request, auth=auth, stream=True)
            try:
                content = _read(answer, *bounds)
            finally:
                answer.close()
            return Reply(str(answer.url), answer.status_code, dict(answer.headers), content)
        except httpx.TimeoutException:
            failure: WorldError = Unanswered("no answer in time", where=_bare(url), hint="is it busy? try again")
        except (httpx.TransportError, httpx.DecodingError) as error:
            told = self.redact(str(error)) or type(error).__name__
            failure = Unanswered(
                f"no answer: {told}", where=_bare(url), hint="is it running, and is the address right?"
            )
        except httpx.InvalidURL:
            failure = WorldError("not a URL that can be asked", code="web.address", where=_bare(url))
        raise failure


def _read(answer: httpx.Response, limit: int, seconds: float | None) -> bytes:
    parts, size = [], 0
    until = None if seconds is None else time.monotonic() + seconds
    for part in answer.iter_bytes():
        size += len(part)
        if size > limit:
            said = f"{limit >> 20:,} MiB" if limit >= 1 << 20 else f"{limit:,} bytes"
            raise WorldError(f"the answer is longer than {said}", code="web.size", where=_bare(str(answer.url)))
        if until is not None and time.monotonic() > until:
            raise httpx.ReadTimeout("the answer takes too long", request=answer.request)
        parts.append(part)
    return b"".join(parts)


def _bare(url: str) -> str:
    """A URL without its query, for messages."""
    return url.split("?", 1)[0]


# --------------------------------------------------------------------------- opening


@contextmanager
def open_client(  # noqa: PLR0913 - all that a connection depends on
    base: str,
    *,
    credentials: Credentials = NOBODY,
    ask: Ask | None = None,
    timeout: float = 60.0,
    jobs: int = 1,
    ca_file: Path | None = None,
    insecure_http: bool = False,
) -> Iterator[Client]:
    """Open a client for the origin of a URL, and close it.

    Args:
        base: the URL.
        credentials: who one is there, and nowhere else.
        ask: asks the person at the terminal, should the other side ask who one is and nobody has said so yet.
        timeout: seconds without a sign of life of the other side; a tenth of it, at least a second, to connect.
        jobs: how many connections are kept.
        ca_file: certificates to trust besides none of the system's.
        insecure_http: a secret may go to another machine over plain http.

    Raises:
        UsageError: the URL or the file of certificates is wrong, or a secret would go over plain http.
    """
    check_address(base)
    if credentials.is_known:
        check_transport(base, insecure_http=insecure_http)
    identity = Identity(credentials, base, ask, insecure_http=insecure_http)
    discreet = Discreet(identity)
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    for logger in loggers:
        logger.addFilter(discreet)
    try:
        with httpx.Client(
            timeout=httpx.Timeout(timeout, connect=min(timeout, max(1.0, timeout / 10))),
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=jobs + 1),
            verify=_trust(base, ca_file),
            trust_env=not is_loopback(base),
            follow_redirects=False,
            headers={"User-Agent": "kg"},
        ) as http:
            yield Client(http, base, identity)
    finally:
        for logger in loggers:
            logger.removeFilter(discreet)


def _trust(base: str, ca_file: Path | None) -> ssl.SSLContext | bool:
    """Which certificates are trusted; for plain http on this machine none, and none are read."""
    if ca_file is None:
        is_plain = base.startswith("http:") and is_loopback(base)
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT) if is_plain else True
    try:
        return ssl.create_default_context(cafile=str(ca_file))
    except (OSError, ssl.SSLError) as error:
        raise UsageError("not a file of certificates", code="web.ca-file", where=str(ca_file)) from error
