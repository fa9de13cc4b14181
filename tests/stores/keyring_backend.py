"""A keyring that keeps one secret, for tests: what `PYTHON_KEYRING_BACKEND` names instead of the desktop's."""

from __future__ import annotations

import os

from keyring.backend import KeyringBackend
from keyring.credentials import Credential, SimpleCredential


class Backend(KeyringBackend):
    """Knows Ada's password for one service."""

    priority = 1.0

    def get_credential(self, service: str, username: str | None) -> Credential | None:
        return SimpleCredential("ada", os.environ["KEPT"]) if service == "kg desk" and username is None else None

    def get_password(self, service: str, username: str) -> str | None:
        found = self.get_credential(service, None)
        return found.password if found and username == "ada" else None

    def set_password(self, service: str, username: str, password: str) -> None:
        raise NotImplementedError("nothing is kept in tests")
