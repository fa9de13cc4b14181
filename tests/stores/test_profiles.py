"""Which store, where, and how."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.project import read_project
from kg.stores.profiles import find_profile, read_presets


def profile_of(folder: Path, table: str, name: str = "desk") -> object:
    (folder / "kg.toml").write_text(f"[project]\n{table}", encoding="utf-8")
    return find_profile(name, read_project(folder / "kg.toml"))


def test_every_kind_of_the_command_line_has_a_preset() -> None:
    assert set(read_presets()) == set(
        "oxigraph virtuoso fuseki rdf4j graphdb stardog blazegraph neptune qlever allegrograph rdflib-endpoint generic".split()
    )
    for preset in read_presets().values():
        assert preset.source
        assert re.compile(preset.server)


@pytest.mark.parametrize(
    ("url", "kind", "endpoints"),
    [
        ("http://h:1", "oxigraph", ("http://h:1/query", "http://h:1/update", "http://h:1/store")),
        ("http://h:1/", "oxigraph", ("http://h:1/query", "http://h:1/update", "http://h:1/store")),
        ("http://h:1/query", "oxigraph", ("http://h:1/query", "http://h:1/update", "http://h:1/store")),
        ("http://h/ds", "fuseki", ("http://h/ds/query", "http://h/ds/update", "http://h/ds/data")),
        ("http://h/", "virtuoso", ("http://h/sparql-auth", "http://h/sparql-auth", "http://h/sparql-graph-crud-auth")),
        ("http://h/r/repositories/kg", "rdf4j", ("http://h/r/repositories/kg", "http://h/r/repositories/kg/statements", "http://h/r/repositories/kg/rdf-graphs/service")),
    ],
)  # fmt: skip
def test_endpoints_lie_below_the_address(url: str, kind: str, endpoints: tuple[str, str, str]) -> None:
    profile = find_profile(url, kind=kind)
    assert tuple(profile.endpoint(name) for name in ("query", "update", "graph_store")) == endpoints


def test_a_named_store_overrides_its_preset(tmp_path: Path) -> None:
    table = '[stores.desk]\nurl = "http://h:1/x/"\nkind = "oxigraph"\nquery = "/ask"\njobs = 7\ntimeout = 3\n'
    (tmp_path / "kg.toml").write_text(table, encoding="utf-8")
    profile = find_profile("desk", read_project(tmp_path / "kg.toml"))
    assert profile.endpoint("query") == "http://h:1/x/ask"
    assert profile.endpoint("update") == "http://h:1/x/update"
    assert (profile.preset.jobs, profile.timeout, profile.preset.bytes) == (7, 3.0, 4_000_000)


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ('kind = "oxigraph"', "store.profile"),
        ('url = "http://h"\nkind = "postgres"', "store.kind"),
        ('url = "http://h"\nspeed = 3', "store.profile"),
        ('url = "http://h"\njobs = "3"', "store.profile"),
        ('url = "http://h"\njobs = 0', "store.profile"),
        ('url = "http://h"\njobs = true', "store.profile"),
        ('url = "http://h"\nauth = "kerberos"', "store.profile"),
        ('url = "http://h"\nquery = "http://ada:x@h/"', "web.user-info"),
        ('url = "http://h"\ntoken = "x"', "store.secret"),
    ],
)
def test_a_wrong_table_is_an_error_that_says_where(lines: str, code: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        profile_of(tmp_path, f"[stores.desk]\n{lines}\n")
    assert caught.value.code == code
    assert caught.value.where
    assert "stores.desk" in caught.value.where


def test_a_name_that_nobody_gave_is_an_error_that_lists_those_given(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        profile_of(tmp_path, '[stores.desk]\nurl = "http://h"\n', "dresk")
    assert "desk" in (caught.value.hint or "")
