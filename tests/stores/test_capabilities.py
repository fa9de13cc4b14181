"""What each store can do is declared as data, and is so."""

from __future__ import annotations

import os
from dataclasses import asdict

import pytest

from kg.project import read_project
from kg.stores.probe import probe
from kg.stores.profiles import find_profile
from kg.stores.protocol import open_store
from tests.stores.eyes import list_graphs
from tests.stores.loads import Desk
from tests.stores.measuring import measure, read_declared
from tests.stores.servers import Server


def test_a_store_does_what_is_declared_of_it_and_no_more(server: Server) -> None:
    assert measure(server) == read_declared(server.name)


def test_the_probe_finds_what_is_declared_and_leaves_nothing_behind(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    server, declared = desk.server, read_declared(desk.server.name)
    desk.build({})
    if server.user:
        monkeypatch.setenv("KG_STORE_USER", server.user)
        monkeypatch.setenv("KG_STORE_PASSWORD", server.password or "")
    kind = None if server.kind == "generic" else server.kind
    target = "desk" if server.kind == "generic" else server.url
    profile = find_profile(target, read_project(desk.folder / "kg.toml"), kind=kind)
    before = list_graphs(server, "urn:")
    with open_store(profile, environ=os.environ) as store:
        findings = probe(store, "test", rows=True)
    assert asdict(findings.capabilities) | {"auth": findings.auth} == declared
    assert list_graphs(server, "urn:") == before


def test_a_store_is_recognised_by_its_address(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    if server.user:
        monkeypatch.setenv("KG_STORE_USER", server.user)
        monkeypatch.setenv("KG_STORE_PASSWORD", server.password or "")
    with open_store(find_profile(server.url), environ=os.environ) as store:
        assert store.profile.kind == server.kind
        assert store.endpoint("query").rstrip("/") == server.query.rstrip("/")
        assert store.endpoint("update").rstrip("/") == server.update.rstrip("/")
