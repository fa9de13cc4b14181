"""Everything that kg raises on purpose.

    KgError                 message, where it is, what to do about it
    ├── DataError     1     the input is wrong: a record, a report, RDF, a query
    │   └── Refused   1     kg does not do that with foreign input (DTDs, SERVICE, remote contexts)
    ├── UsageError    2     the command line or kg.toml is wrong
    └── WorldError    3     a file, the disk, the network, a store, a missing program

The number is the exit status of the command line, whose one error boundary (`kg.cli`) prints::

    error[claims.field]: roles.actor: unknown key "agent"
      at: reports/a.claims.jsonl:12:roles
      hint: the roles are actor, recipient, victim, participant, mediator
"""

from __future__ import annotations


class KgError(Exception):
    """An error with a place and a remedy.

    Args:
        message: what is wrong, in one sentence.
        code: a stable dotted name of the kind of error, e.g. ``claims.json``.
        where: file, line, column or field, joined by colons, e.g. ``a.jsonl:3:roles.actor``.
        hint: what the user can do.
    """

    exit_status = 1
    default_code = "kg"

    def __init__(
        self, message: str, *, code: str | None = None, where: str | None = None, hint: str | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or self.default_code
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message


class DataError(KgError):
    """The data that was given is wrong."""

    default_code = "data"


class Refused(DataError):  # noqa: N818 - it is the word for what happened
    """The data asks for something that kg does not do for foreign input."""

    default_code = "refused"


class UsageError(KgError):
    """The command line or the project file is wrong."""

    exit_status = 2
    default_code = "usage"


class WorldError(KgError):
    """Something outside kg failed: a file, the disk, the network, a store, a missing program."""

    exit_status = 3
    default_code = "world"
