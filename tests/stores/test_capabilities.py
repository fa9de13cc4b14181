"""What each store can do is declared as data, and is so."""

from __future__ import annotations

from tests.stores.measuring import measure, read_declared
from tests.stores.servers import Server


def test_a_store_does_what_is_declared_of_it_and_no_more(server: Server) -> None:
    assert measure(server) == read_declared(server.name)
