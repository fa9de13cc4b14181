"""Thirty-one secrets go in by every door, stores repeat them in their errors: none comes out anywhere."""

from __future__ import annotations

import base64
import os
import pty
import select
import subprocess
import sys
import time
import urllib.parse
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, Literal

import pytest

from tests.canary import canary
from tests.stores.datasets import dice, make_graphs, write_project
from tests.stores.fake import FakeStore, serve
from tests.stores.faults import Behaviour, Script

ROOT: Final = Path(__file__).parents[2]
LOGGING: Final = (
    "import logging, sys; logging.basicConfig(level=logging.DEBUG);from kg.cli import run; sys.exit(run(sys.argv[1:]))"
)
ASK: Final = "SELECT * { ?s ?p ?o } LIMIT 1"


@dataclass(frozen=True)
class Plant:
    """One secret, where it is put, and what is run.

    Attributes:
        name: what is tried.
        status: the exit status.
        auth: how the store asks who one is.
        given: the environment, where ``{secret}`` stands for the secret.
        command: of kg; ``{url}`` is the store's, ``{host}`` without the scheme.
        netrc, settings: the text of ~/.netrc and of the end of kg.toml.
        behaviour, script: what the store does.
        is_wrong: the store expects another secret.
        says: words that must stand in what kg tells: the error that was meant.
    """

    name: str
    status: int
    auth: Literal["none", "basic", "digest", "bearer"] = "basic"
    given: dict[str, str] = field(default_factory=dict)
    command: tuple[str, ...] = ("load", "{url}", "--store", "oxigraph")
    netrc: str = ""
    settings: str = ""
    behaviour: Behaviour = Behaviour(echoes=True)  # noqa: RUF009 - frozen
    script: dict[str, str] = field(default_factory=dict)
    is_wrong: bool = False
    says: str = ""


PASSWORD: Final = {"KG_STORE_USER": "ada", "KG_STORE_PASSWORD": "{secret}"}
TOKEN: Final = {"KG_STORE_TOKEN": "{secret}"}
NETRC: Final = "machine 127.0.0.1 login ada password {secret}\n"
DESK: Final = '[stores.desk]\nurl = "{url}"\nkind = "generic"\nquery = "/query"\nupdate = "/update"\n'

PLANTS: Final = (
    Plant("a password for basic", 0, given=PASSWORD),
    Plant("a password for digest", 0, "digest", PASSWORD),
    Plant("a token", 0, "bearer", TOKEN),
    Plant("a wrong password for basic", 3, given=PASSWORD, is_wrong=True),
    Plant("a wrong password for digest", 3, "digest", PASSWORD, is_wrong=True),
    Plant("a wrong token", 3, "bearer", TOKEN, is_wrong=True),
    Plant(
        "a password of a named store",
        0,
        given={"KG_DESK_USER": "ada", "KG_DESK_PASSWORD": "{secret}"},
        command=("load", "desk"),
        settings=DESK,
    ),
    Plant(
        "a token of a named store", 0, "bearer", {"KG_DESK_TOKEN": "{secret}"}, command=("load", "desk"), settings=DESK
    ),
    Plant(
        "a keyring",
        0,
        given={"PYTHON_KEYRING_BACKEND": "tests.stores.keyring_backend.Backend", "KEPT": "{secret}"},
        command=("load", "desk"),
        settings=DESK,
    ),
    Plant("netrc", 0, netrc=NETRC),
    Plant("netrc, wrong", 3, netrc=NETRC, is_wrong=True),
    Plant("a password in the URL", 2, command=("load", "http://ada:{secret}@{host}")),
    Plant(
        "a password in the URL, encoded", 2, command=("load", "http://ada:%20{secret}@{host}", "--store", "oxigraph")
    ),
    Plant("a user in the URL", 2, command=("store", "list", "http://{secret}@{host}")),
    Plant(
        "a password in the URL of kg.toml",
        2,
        command=("load", "desk"),
        settings=DESK.replace("{url}", "http://ada:{secret}@{host}"),
    ),
    Plant("a password in kg.toml", 2, command=("load", "desk"), settings=DESK + 'password = "{secret}"\n'),
    Plant("a token in kg.toml", 2, command=("load", "desk"), settings=DESK + 'token = "{secret}"\n'),
    Plant("a password on the command line", 2, command=("load", "{url}", "--password={secret}")),
    Plant(
        "plain http to another machine",
        2,
        given=PASSWORD,
        command=("load", "http://store.invalid/", "--store", "oxigraph"),
    ),
    Plant("every write broken", 3, given=PASSWORD, script={"every_write": "500 before"}),
    Plant("every read broken", 3, "digest", PASSWORD, script={"every_read": "500 before"}),
    Plant("HTML for all reads", 3, "bearer", TOKEN, script={"every_read": "HTML"}),
    Plant("truncated results", 3, given=PASSWORD, script={"every_read": "truncated"}),
    Plant("the line goes down", 3, given=PASSWORD, script={"every_read": "reset before"}),
    Plant("nothing is stored", 3, "bearer", TOKEN, script={"every_write": "nothing stored"}),
    Plant("kg store check", 0, "bearer", TOKEN, command=("store", "check", "{url}")),
    Plant("kg store list", 1, "digest", PASSWORD, command=("store", "list", "{url}", "--store", "oxigraph")),
    Plant("kg query", 0, given=PASSWORD, command=("query", ASK, "--store", "{url}")),
    Plant("kg query, wrong", 3, given=PASSWORD, command=("query", ASK, "--store", "{url}"), is_wrong=True),
)


def secret_of(number: int) -> str:
    """The secret of a plant: letters that nothing else has."""
    return f"Zq{dice(number).randrange(36**8):x}Xw{number}"


def traces(secret: str) -> list[bytes]:
    """The forms in which a secret may appear."""
    coded = [base64.b64encode(text.encode()).rstrip(b"=") for text in (secret, f"ada:{secret}")]
    return [secret.encode(), urllib.parse.quote(secret, safe="").encode(), *coded, secret.encode().hex().encode()]


def found(secret: str, places: dict[str, bytes]) -> list[str]:
    """Where a secret stands."""
    return [name for name, content in places.items() if any(trace in content for trace in traces(secret))]


def files_below(folder: Path) -> dict[str, bytes]:
    """All files and their bytes."""
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("number", range(len(PLANTS)), ids=[plant.name for plant in PLANTS])
def test_no_secret_comes_out(number: int, tmp_path: Path) -> None:
    plant, secret = PLANTS[number], secret_of(number)
    behaviour = replace(plant.behaviour, auth=plant.auth, user="ada", secret="another" if plant.is_wrong else secret)
    with serve(FakeStore(behaviour, Script(**plant.script))) as fake:  # type: ignore[arg-type]
        words = {"secret": secret, "url": fake.url, "host": fake.url.removeprefix("http://")}
        project = write_project(tmp_path / "desk", make_graphs(dice(1), 2), stores=plant.settings.format(**words))
        planted = {str(project / "kg.toml")} if "{secret}" in plant.settings else set()
        home = tmp_path / "home"
        home.mkdir()
        if plant.netrc:
            (home / ".netrc").write_text(plant.netrc.format(**words))
            (home / ".netrc").chmod(0o600)
            planted.add(str(home / ".netrc"))
        given = {name: value.format(**words) for name, value in plant.given.items()}
        command = [word.format(**words) if word != ASK else word for word in plant.command]
        done = subprocess.run(
            [sys.executable, "-c", LOGGING, "--debug", "-C", str(project), *command],
            capture_output=True,
            check=False,
            timeout=60,
            stdin=subprocess.DEVNULL,
            env=os.environ | {"HOME": str(home), "PYTHONPATH": str(ROOT)} | given,
        )
        assert done.returncode == plant.status, (done.stdout + done.stderr).decode()
        held = "\n".join(map(str, fake.quads())).encode()
    places = {"stdout": done.stdout, "stderr": done.stderr, "store": held} | files_below(tmp_path)
    assert len(places) > 4
    assert set(found(secret, places)) == planted


def test_a_redirect_to_another_origin_carries_no_secret(tmp_path: Path) -> None:
    secret, seen = secret_of(100), list[str]()
    with canary() as (other, visits), serve(FakeStore(Behaviour(redirect=other.rstrip("/"), echoes=True))) as fake:
        project = write_project(tmp_path / "desk", make_graphs(dice(1), 2))
        done = subprocess.run(
            [sys.executable, "-c", LOGGING, "--debug", "-C", str(project), "load", fake.url, "--store", "oxigraph"],
            capture_output=True,
            check=False,
            timeout=60,
            env=os.environ | {"KG_STORE_USER": "ada", "KG_STORE_PASSWORD": secret},
        )
        seen += visits
        assert fake.requests
    assert done.returncode == 3, done.stderr.decode()
    assert seen == []
    assert found(secret, {"stdout": done.stdout, "stderr": done.stderr} | files_below(tmp_path)) == []


def test_a_password_typed_at_the_prompt_is_not_shown(tmp_path: Path) -> None:
    secret = secret_of(101)
    with serve(FakeStore(Behaviour(auth="basic", user="ada", secret=secret, echoes=True))) as fake:
        project = write_project(tmp_path / "desk", make_graphs(dice(1), 2))
        command = [
            sys.executable,
            "-c",
            LOGGING,
            "--debug",
            "-C",
            str(project),
            "load",
            fake.url,
            "--store",
            "oxigraph",
        ]
        shown, status = converse(command, {"ser": "ada\n", "assword": f"{secret}\n"})
        held = "\n".join(map(str, fake.quads())).encode()
    assert status == 0, shown.decode()
    assert b"assword" in shown
    assert found(secret, {"terminal": shown, "store": held} | files_below(tmp_path)) == []


def converse(command: list[str], answers: dict[str, str]) -> tuple[bytes, int]:
    """Run a command on a terminal and answer its prompts, each once: what was shown, and the exit status."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ.pop("KG_STORE_USER", None)
        os.execv(command[0], command)  # noqa: S606 - the child of a terminal
    shown, waiting, until = b"", dict(answers), time.monotonic() + 60
    while time.monotonic() < until:
        if not select.select([terminal], [], [], 0.5)[0]:
            continue
        try:
            more = os.read(terminal, 4096)
        except OSError:  # the terminal's other end is closed
            break
        if not more:
            break
        shown += more
        for prompt in [prompt for prompt in waiting if prompt.encode() in shown.splitlines()[-1]]:
            os.write(terminal, waiting.pop(prompt).encode())
    return shown, os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
