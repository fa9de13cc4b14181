"""A thousand loads into a store that fails: each ends verified, or with exit status 3; nothing is lost or doubled."""

from __future__ import annotations

import httpx

from tests.stores.datasets import Graphs
from tests.stores.fake import FakeStore
from tests.stores.proving import prove

UPDATE = {"Content-Type": "application/sparql-update"}


def trusting(fake: FakeStore, graphs: Graphs) -> tuple[int, str]:
    """A loader that believes whatever it is told, as scripts around curl do."""
    with httpx.Client(timeout=0.2, trust_env=False) as client:
        for name, lines in graphs.items():
            body = "".join(f"{line}\n" for line in lines).encode()
            insert = b"DROP SILENT GRAPH <%b>; INSERT DATA { GRAPH <%b> { %b } }" % (name.encode(), name.encode(), body)
            try:
                answer = client.post(
                    f"{fake.url}/update", content=insert, headers={"Content-Type": "application/sparql-update"}
                )
            except httpx.TransportError as error:
                return 3, f"error[naive]: {error}"
            if answer.status_code >= 300:
                return 3, f"error[naive]: {answer.status_code}"
    return 0, ""


def test_the_proof_finds_a_loader_that_trusts_what_it_is_told() -> None:
    tally = prove(trusting, range(100))
    assert tally.runs == 100
    assert len(tally.false_loaded) > 5
    assert len(tally.not_repaired) > 5
    assert tally.failed > 20
