"""What the commands that talk to a store share: their options, and how the person at the terminal is asked."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from getpass import getpass
from typing import TYPE_CHECKING, Any, Final

import click

from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.cli.console import Settings
    from kg.project import Project
    from kg.stores.profiles import Profile

KINDS: Final = (
    "oxigraph", "virtuoso", "fuseki", "rdf4j", "graphdb", "stardog", "blazegraph", "neptune", "qlever", "allegrograph",
    "rdflib-endpoint", "generic",
)  # fmt: skip
"""The kinds of store that have a preset, in its order; a test keeps the two in step."""


def store_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of a store: ``kind``, ``timeout``, ``insecure_http``."""
    options = (
        click.option("--store", "kind", type=click.Choice(KINDS), help="The kind of store (default: found out)."),
        click.option("--timeout", type=click.FloatRange(min=0, min_open=True), metavar="SECONDS",
                     help="How long to wait for an answer (default: 120)."),
        click.option("--insecure-http", is_flag=True, help="Send secrets to another machine over plain http."),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


def opened_profile(settings: Settings, target: str, options: dict[str, Any]) -> Profile:
    """Return the profile of the store that a command names, with the options of `store_options`, which are taken out.

    Raises:
        UsageError: there is no such store, or what is said of it is wrong.
    """
    from kg.stores.profiles import find_profile

    profile = find_profile(target, project_if_any(settings), kind=options.pop("kind"))
    timeout, is_insecure = options.pop("timeout"), options.pop("insecure_http")
    return replace(profile, timeout=timeout or profile.timeout, insecure_http=is_insecure or profile.insecure_http)


def project_if_any(settings: Settings) -> Project | None:
    """The project, where there is one: a store can be looked at from anywhere."""
    try:
        return settings.find_project()
    except UsageError as error:
        if error.code == "project.missing" and settings.project is None:
            return None
        raise


def ask_person() -> Callable[[str, bool], str] | None:
    """How the person at the terminal is asked; `None` where there is no terminal."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None

    def ask(prompt: str, is_secret: bool) -> str:  # noqa: FBT001
        if is_secret:  # not by click, which shows the prompt first and turns the echo off afterwards
            return getpass(f"{prompt}: ")
        answer: str = click.prompt(prompt, err=True)
        return answer

    return ask
