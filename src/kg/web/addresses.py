"""Addresses on the web, as a user gives them: checked before anything is sent there or said about them."""

from __future__ import annotations

import ipaddress
from urllib.parse import SplitResult, urlsplit

from kg.errors import UsageError


def check_address(url: str, *, where: str | None = None) -> str:
    """Return an http(s) URL without fragment.

    Args:
        url: what the user gave.
        where: where it stands, for errors.

    Raises:
        UsageError: it is none, or it holds a user or a password; then the message does not repeat it.
    """
    try:
        parts = urlsplit(url)
        has_user, host, _ = "@" in parts.netloc, parts.hostname, parts.port
    except ValueError:
        raise UsageError("not a URL", code="web.address", where=where, hint="http://localhost:7878") from None
    if has_user or "@" in url.split("?", 1)[0].partition("://")[2].split("/", 1)[0]:
        raise UsageError(
            "a URL with a user or a password in it is not used",
            code="web.user-info",
            where=where,
            hint="take it out; kg finds it in KG_STORE_USER and KG_STORE_PASSWORD, ~/.netrc or the keyring, or asks",
        )
    if parts.scheme not in ("http", "https") or not host:
        raise UsageError("not an http address", code="web.address", where=where, hint="http://localhost:7878")
    return parts._replace(fragment="").geturl()


def origin_of(url: str) -> str:
    """The scheme, host and port of a URL: what credentials belong to."""
    parts = urlsplit(url)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    return f"{parts.scheme}://{host}:{_port(parts)}"


def _port(parts: SplitResult) -> int:
    return parts.port or (443 if parts.scheme == "https" else 80)


def is_loopback(url: str) -> bool:
    """Whether a URL names this machine."""
    host = urlsplit(url).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
