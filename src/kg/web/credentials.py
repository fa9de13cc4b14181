"""Who one is on the web: found where secrets are kept, never on a command line, never in a file of kg's.

They are looked for in this order: the environment (``KG_<NAME>_TOKEN``, or ``KG_<NAME>_USER`` and ``KG_<NAME>_PASSWORD``,
where NAME is the store's or service's in capitals; then the same with ``STORE``), ``~/.netrc`` (or the file that ``NETRC``
names), the keyring of the desktop where the ``keyring`` package is installed (service ``kg NAME`` or ``kg HOST``), and last the
person at the terminal.
"""

from __future__ import annotations

import base64
import netrc
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal
from urllib.parse import quote, quote_plus, urlsplit

from kg.errors import UsageError
from kg.web.addresses import is_loopback

Kind = Literal["none", "basic", "digest", "bearer", "auto"]
Ask = Callable[[str, bool], str]
"""Asks the person at the terminal: a prompt, and whether the answer is not to be shown."""

HIDDEN: Final = "***"


class Secret:
    """A password or a token: to be used, not to be seen; only `reveal` gives it away."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The secret itself."""
        return self._value

    def __repr__(self) -> str:
        return f"Secret({HIDDEN})"

    __str__ = __repr__

    def __format__(self, _: str) -> str:
        return repr(self)

    def __reduce__(self) -> str | tuple[object, ...]:
        raise TypeError("a secret is not written anywhere")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash(self._value)


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who one is: `kind` says how that is told; ``auto`` leaves it to what the other side asks for (basic or digest)."""

    kind: Kind = "none"
    user: str | None = None
    secret: Secret | None = None

    @property
    def is_known(self) -> bool:
        """Whether there is something to tell."""
        return self.secret is not None

    def redact(self, text: str) -> str:
        """Return `text` with the secret, in whatever form it goes over the line, replaced."""
        for form in self._forms():
            text = re.sub(re.escape(form), HIDDEN, text, flags=re.IGNORECASE)
        return text

    def _forms(self) -> Iterator[str]:
        if self.secret is None or not self.secret.reveal():
            return
        value = self.secret.reveal()
        for text in (f"{self.user}:{value}", value):
            coded = text.encode()
            yield from (
                base64.b64encode(coded).decode().rstrip("="),
                base64.urlsafe_b64encode(coded).decode().rstrip("="),
            )
            yield from (coded.hex(), quote(text, safe=""), quote(text), quote_plus(text), repr(text)[1:-1], text)


NOBODY: Final = Credentials()


def find_credentials(  # noqa: PLR0913 - where it is looked
    name: str, url: str, *, kind: Kind, environ: Mapping[str, str], ask: Ask | None = None, insecure_http: bool = False
) -> Credentials:
    """Find out who one is at a URL.

    Args:
        name: the store's or service's name, for the environment and the keyring.
        url: where the secret would go.
        kind: how it is told; ``none`` looks nowhere.
        environ: the environment.
        ask: asks the person at the terminal, where there is one; it is asked here only if `kind` needs an answer.
        insecure_http: a secret may go to another machine over plain http.

    Raises:
        UsageError: half of what is needed is there, or a secret would go over plain http to another machine.
    """
    if kind == "none":
        return NOBODY
    found = _of_environment(name, kind, environ) or _of_netrc(url, kind, environ) or _of_keyring(name, url, kind)
    if found is None and ask is not None and kind != "auto":
        found = ask_credentials(url, kind, ask)
    if found is None:
        return Credentials(kind if kind == "auto" else "none")
    check_transport(url, insecure_http=insecure_http)
    return found


def ask_credentials(url: str, kind: Kind, ask: Ask) -> Credentials:
    """Ask the person at the terminal who they are at a URL."""
    host = urlsplit(url).hostname
    if kind == "bearer":
        return Credentials("bearer", None, Secret(ask(f"Token for {host}", True)))
    user = ask(f"User for {host}", False)
    return Credentials(kind, user, Secret(ask(f"Password of {user} for {host}", True)))


def check_transport(url: str, *, insecure_http: bool) -> None:
    """See that a secret may go there.

    Raises:
        UsageError: it would go over plain http to another machine.
    """
    if urlsplit(url).scheme == "http" and not is_loopback(url) and not insecure_http:
        raise UsageError(
            "a secret does not go over plain http to another machine",
            code="web.plain-http",
            where=urlsplit(url).hostname,
            hint="use https, or, where the network is your own, --insecure-http",
        )


def _of_environment(name: str, kind: Kind, environ: Mapping[str, str]) -> Credentials | None:
    for prefix in dict.fromkeys((re.sub(r"[^A-Z0-9]", "_", name.upper()), "STORE")):
        token, user, password = (environ.get(f"KG_{prefix}_{what}") for what in ("TOKEN", "USER", "PASSWORD"))
        if token and kind in ("bearer", "auto"):
            return Credentials("bearer", None, Secret(token))
        if kind != "bearer" and (user or password):
            if not (user and password):
                missing = f"KG_{prefix}_{'PASSWORD' if user else 'USER'}"
                raise UsageError(f"{missing} is not set", code="web.credentials", hint="set both, or neither")
            return Credentials(kind, user, Secret(password))
    return None


def _of_netrc(url: str, kind: Kind, environ: Mapping[str, str]) -> Credentials | None:
    place = Path(environ.get("NETRC") or Path(environ.get("HOME") or Path.home()) / ".netrc")
    host = urlsplit(url).hostname or ""
    if not place.is_file():
        return None
    try:
        found = netrc.netrc(str(place)).hosts.get(host)
    except (netrc.NetrcParseError, OSError, UnicodeDecodeError):
        found, wrong = None, True  # what the parser says may quote the file
    else:
        wrong = False
    if wrong:
        raise UsageError(
            "not a netrc file", code="web.netrc", where=str(place), hint="machine HOST login USER password …"
        )
    if found is None or not found[2]:
        return None
    return Credentials(kind, None if kind == "bearer" else found[0], Secret(found[2]))


def _of_keyring(name: str, url: str, kind: Kind) -> Credentials | None:
    """Ask the desktop's keyring; without the package, or without a keyring behind it, nobody answers."""
    try:
        import keyring
        import keyring.errors
    except ImportError:
        return None
    try:
        for service in (f"kg {name}", f"kg {urlsplit(url).hostname}"):
            found = keyring.get_credential(service, None)
            if found is not None and found.password:
                return Credentials(kind, None if kind == "bearer" else found.username, Secret(found.password))
    except keyring.errors.KeyringError:
        return None
    return None
