"""A thousand loads into a store that fails: each ends verified, or with exit status 3; nothing is lost or doubled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tests.stores.fake import FakeStore
from tests.stores.faults import Fault

RUNS: Final = 1000
BATCH: Final = 50
FOREIGN: Final = "INSERT DATA { GRAPH <urn:of:others> { <urn:a> <urn:b> <urn:c> } }"


@dataclass(frozen=True)
class Ending:
    """How one run ended."""

    status: int
    is_whole: bool
    met: tuple[Fault, ...]
    words: str


def of_project(fake: FakeStore) -> set[object]:
    """What the store holds of the project, the ledger left out."""
    return {quad for quad in fake.quads() if not str(quad.graph_name).endswith(("graph/ledger>", "<urn:of:others>"))}
