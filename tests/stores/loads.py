"""`kg load` as the tests call it: in this process, against a server, in a project of invented graphs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from kg.cli import run
from tests.stores.datasets import write_nquads, write_project
from tests.stores.servers import Server


class Desk:
    """A project whose graphs are loaded into one server.

    Attributes:
        folder: the project.
        server: where its graphs go.
        base: its base IRI.
    """

    def __init__(self, folder: Path, server: Server, base: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.server, self.base = folder, server, base
        for name in ("USER", "PASSWORD"):
            value = server.user if name == "USER" else server.password
            if value:
                monkeypatch.setenv(f"KG_STORE_{name}", value)

    def build(self, graphs: Mapping[str, list[str]]) -> None:
        """Pretend that `kg build` made these graphs."""
        if (self.folder / "kg.toml").exists():
            write_nquads(self.folder / "out" / "kg.nq", graphs)
        else:
            write_project(self.folder, graphs, self.base, self.settings())

    def settings(self) -> str:
        """The table of kg.toml of a store that no preset describes."""
        return store_table("desk", self.server.url) if self.server.kind == "generic" else ""

    def kg(self, *arguments: str) -> int:
        """Run a command of kg in the project; its exit status."""
        return run(["-C", str(self.folder), *arguments])

    def load(self, *options: str) -> int:
        """Run `kg load` against the server, told what it is."""
        return self.kg("load", *self.target, *options)

    @property
    def target(self) -> tuple[str, ...]:
        """How the command line names the store."""
        return ("desk",) if self.server.kind == "generic" else (self.server.url, "--store", self.server.kind)


def store_table(name: str, url: str, more: str = "") -> str:
    """A table of kg.toml for the fake store."""
    endpoints = 'query = "/query"\nupdate = "/update"\ngraph_store = "/store"\n'
    return f'[stores.{name}]\nurl = "{url}"\nkind = "generic"\n{endpoints}{more}'
