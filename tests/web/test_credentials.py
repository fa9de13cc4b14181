"""Who one is on the web."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.web import NOBODY, Credentials, Secret, find_credentials

HERE = "http://localhost:7878"


def found(
    environ: dict[str, str], tmp_path: Path, name: str = "desk", url: str = HERE, kind: str = "auto"
) -> Credentials:
    return find_credentials(name, url, kind=kind, environ={"HOME": str(tmp_path)} | environ)  # type: ignore[arg-type]


def test_the_environment_of_a_store_comes_before_that_of_all(tmp_path: Path) -> None:
    environ = {"KG_STORE_USER": "all", "KG_STORE_PASSWORD": "a", "KG_DESK_USER": "ada", "KG_DESK_PASSWORD": "b"}
    assert found(environ, tmp_path) == Credentials("auto", "ada", Secret("b"))
    assert found(environ, tmp_path, "other").user == "all"
    assert found(environ, tmp_path, kind="none") == NOBODY
    assert found({"KG_MY_STORE_TOKEN": "t"}, tmp_path, "my-store").kind == "bearer"


def test_half_of_it_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="KG_DESK_PASSWORD is not set"):
        found({"KG_DESK_USER": "ada"}, tmp_path)


def test_netrc_is_read_where_the_environment_says_nothing(tmp_path: Path) -> None:
    (tmp_path / ".netrc").write_text("machine localhost login ada password hunter2\nmachine other login x password y\n")
    assert found({}, tmp_path) == Credentials("auto", "ada", Secret("hunter2"))
    assert found({"KG_STORE_USER": "eve", "KG_STORE_PASSWORD": "p"}, tmp_path).user == "eve"
    assert not found({}, tmp_path, url="http://127.0.0.1").is_known


def test_a_netrc_that_cannot_be_read_is_not_quoted(tmp_path: Path) -> None:
    (tmp_path / ".netrc").write_text("machine localhost login ada passwd hunter2\n")
    with pytest.raises(UsageError, match="not a netrc file") as caught:
        found({}, tmp_path)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


def test_the_person_is_asked_last_and_the_secret_is_not_shown(tmp_path: Path) -> None:
    asked = []

    def answer(prompt: str, hidden: bool) -> str:  # noqa: FBT001 - the type of a question
        asked.append((prompt, hidden))
        return "hunter2" if hidden else "ada"

    environ = {"HOME": str(tmp_path)}
    known = find_credentials("desk", HERE, kind="basic", environ=environ, ask=answer)
    assert known == Credentials("basic", "ada", Secret("hunter2"))
    assert [hidden for _, hidden in asked] == [False, True]
    assert "hunter2" not in repr(known)


def test_a_secret_shows_itself_to_nobody() -> None:
    secret = Secret("hunter2")
    assert "hunter2" not in f"{secret!r} {secret} {secret:>20} {[secret]} {Credentials('basic', 'ada', secret)}"
    with pytest.raises(TypeError):
        pickle.dumps(secret)
    assert secret.reveal() == "hunter2"


@pytest.mark.parametrize("value", ["hunter2", "p ss/w+rd%&?", "été\n", 'a"b\\c', "a.b*c"])
def test_redaction_knows_the_forms_that_a_secret_takes(value: str) -> None:
    import base64
    from urllib.parse import quote, quote_plus

    known = Credentials("basic", "ada", Secret(value))
    coded = base64.b64encode(f"ada:{value}".encode()).decode().rstrip("=")
    for form in (
        value,
        coded,
        quote(value, safe=""),
        quote_plus(value),
        value.encode().hex().upper(),
        repr(value)[1:-1],
    ):
        assert known.redact(f"before {form} after") == "before *** after"
    assert NOBODY.redact(value) == value


def test_plain_http_to_another_machine_is_refused_before_anything_is_sent(tmp_path: Path) -> None:
    environ = {"KG_STORE_TOKEN": "t"}
    with pytest.raises(UsageError, match="plain http"):
        found(environ, tmp_path, url="http://store.example.org")
    assert found(environ, tmp_path, url="https://store.example.org").is_known
