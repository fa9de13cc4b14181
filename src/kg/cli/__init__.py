"""The command line: one group, one error boundary, one table of exit statuses.

    0   done
    1   the data are wrong (a record, a report, RDF, a query; findings of severity violation)
    2   the command line or kg.toml is wrong
    3   the world failed (file, network, store, missing program)
    70  a defect of kg itself
    130 interrupted

Standard output is data, standard error is talk.
"""

from __future__ import annotations

import errno
import importlib
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import click

from kg import __version__
from kg.cli.console import Settings, show_error
from kg.errors import KgError, WorldError

COMMANDS: Final[tuple[tuple[str, str], ...]] = (
    ("init", "Start a project in a folder."),
    ("build", "Build the graph of the project's reports and claims."),
    ("validate", "Check RDF from anywhere against the shapes."),
    ("query", "Ask the graph in SPARQL, or a shipped question by name."),
    ("why", "Say on what a claim, an event or an entity rests."),
    ("conflicts", "Show claims that cannot both hold."),
    ("reason", "Check consistency with an OWL reasoner."),
    ("retract", "Take documents out of the graph, and keep what others support."),
    ("export", "Write the graph as files for a store's own bulk loader."),
    ("eval", "Score claims against gold claim files."),
    ("extract", "Find the claims of reports, by rules or by a model."),
    ("review", "Show which sentences of a report are claimed, and how."),
    ("load", "Put the graph into a triple store, and see that it is there."),
    ("store", "Look at a triple store: what it can do, and what it holds."),
    ("docs", "Write the ontology's documentation page."),
    ("inspect", "Show what the language analysis sees in a report."),
    ("completion", "Print the completion script of a shell."),
)
"""Each command is the module of its name; it is imported only when it is called, so `kg --help` answers at once."""

EPILOG: Final = """\b
Examples:
  kg init desk && cd desk       start a project
  kg build                      reports and claims to out/kg.ttl, .trig, .nq
  kg query who-says-how-many-died
  kg query "SELECT ?who (COUNT(*) AS ?n) { ?c kg:claimant ?who } GROUP BY ?who"
"""


class _LazyGroup(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return [name for name, _ in COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if cmd_name not in dict(COMMANDS):
            return None
        command = getattr(importlib.import_module(f"kg.cli.{cmd_name}"), cmd_name)
        assert isinstance(command, click.Command)  # noqa: S101 - a defect of ours, not of the input
        return _with_shared_options(command)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(COMMANDS)


def _shared_options() -> tuple[click.Option, ...]:
    """The options that mean the same before and after the name of a command."""

    def keep(ctx: click.Context, parameter: click.Parameter, value: object) -> None:
        settings = ctx.obj or Settings()
        ctx.obj = settings if value in (None, False) else replace(settings, **{str(parameter.name): value})

    def option(*names: str, **settings: Any) -> click.Option:
        return click.Option(names, expose_value=False, callback=keep, **settings)

    folder = click.Path(file_okay=False, path_type=Path)
    return (
        option("-C", "--project", type=folder, help="Folder of the project (default: here or above)."),
        option("-q", "--quiet", is_flag=True, help="Say nothing but errors on standard error."),
        option("--debug", is_flag=True, help="Show the traceback of an error."),
    )


def _with_shared_options(command: click.Command) -> click.Command:
    known = {parameter.name for parameter in command.params}
    command.params += [option for option in _shared_options() if option.name not in known]
    if isinstance(command, click.Group):
        for part in command.commands.values():
            _with_shared_options(part)
    return command


@click.group(cls=_LazyGroup, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kg")
def cli() -> None:
    """News reports in, a knowledge graph of attributed, validated claims out."""


_with_shared_options(cli)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave with its exit status."""
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: list[str]) -> int:
    """Run the command line and return its exit status: the one error boundary."""
    try:
        return _status(cli.main(args=arguments, prog_name="kg", standalone_mode=False))
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.Abort:
        return 130
    except click.ClickException as error:
        error.show()
        return 2
    except (BrokenPipeError, SystemExit):
        # The reader has gone (kg query … | head), which click answers by leaving: not an error, and nothing must be
        # written to the pipe at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KgError as error:
        return _shown(error, arguments)
    except OSError as error:
        where = str(error.filename) if error.filename else None
        hint = _HINTS.get(error.errno or 0)
        return _shown(WorldError(error.strerror or str(error), code="world.os", where=where, hint=hint), arguments)
    except Exception as error:
        defect = KgError(
            f"a defect of kg: {type(error).__name__}: {error}",
            code="internal",
            hint="run the command again with `kg --debug …` and report what it prints",
        )
        show_error(defect, traceback="--debug" in arguments)
        return 70


_HINTS: Final = {
    errno.ENOSPC: "the disk is full: make room and run the command again; the old files are as they were",
    errno.EFBIG: "a limit on the size of files was reached (ulimit -f); the old files are as they were",
    errno.EACCES: "the folder or file cannot be written or read by this user",
    errno.EEXIST: "a file stands where a folder should be: move it away",
}


def _status(result: object) -> int:
    return result if isinstance(result, int) else 0


def _shown(error: KgError, arguments: list[str]) -> int:
    show_error(error, traceback="--debug" in arguments)
    return error.exit_status
