"""The ledger says what is loaded, and nothing that is half written."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.errors import WorldError
from kg.stores.ledger import Entry, ledger_graph, put_in, read_ledger, take_out
from kg.vocab import DEFAULT_BASE
from tests.stores.faults import Script
from tests.stores.opening import opened

LEDGER = ledger_graph(DEFAULT_BASE)
ENTRIES = {f"urn:g{n}": Entry(f"{n:064x}", n, "kg 1", "2026-11-25T08:00:00Z" if n % 2 else None) for n in range(120)}


def test_entries_come_back_as_they_were_put_in() -> None:
    with opened() as (store, _):
        put_in(store, LEDGER, ENTRIES)
        put_in(store, LEDGER, ENTRIES)
        assert read_ledger(store, DEFAULT_BASE).entries == ENTRIES


def test_a_ledger_that_is_not_there_is_empty() -> None:
    with opened() as (store, _):
        assert read_ledger(store, DEFAULT_BASE).known == set()


def test_what_is_taken_out_is_gone_and_the_rest_stays() -> None:
    with opened() as (store, _):
        put_in(store, LEDGER, ENTRIES)
        take_out(store, LEDGER, [f"urn:g{n}" for n in range(100)])
        assert read_ledger(store, DEFAULT_BASE).entries.keys() == {f"urn:g{n}" for n in range(100, 120)}


@pytest.mark.parametrize("torn", ["lacks its count", "has two digests"])
def test_a_torn_entry_is_none_and_is_known_to_be_there(torn: str) -> None:
    with opened() as (store, fake):
        put_in(store, LEDGER, {name: ENTRIES[name] for name in ("urn:g1", "urn:g2")})
        where = (ox.NamedNode("urn:g1"), ox.NamedNode("http://rdfs.org/ns/void#triples"), None, None)
        if torn == "lacks its count":
            fake.store.remove(next(iter(fake.store.quads_for_pattern(*where))))
        else:
            identifier, other = ox.NamedNode("http://purl.org/dc/terms/identifier"), ox.Literal(f"sha256:{9:064x}")
            fake.store.add(ox.Quad(ox.NamedNode("urn:g1"), identifier, other, ox.NamedNode(LEDGER)))
        ledger = read_ledger(store, DEFAULT_BASE)
        assert (set(ledger.entries), set(ledger.torn)) == ({"urn:g2"}, {"urn:g1"})


def test_an_entry_that_the_store_does_not_keep_is_an_error() -> None:
    with opened() as (store, fake):
        fake.script = Script(every_write="nothing stored")
        with pytest.raises(WorldError) as caught:
            put_in(store, LEDGER, ENTRIES)
        assert caught.value.code == "store.lost"


def test_an_entry_whose_answer_got_lost_is_not_put_in_twice() -> None:
    with opened() as (store, fake):
        fake.script = Script(writes={0: "reset after"})
        put_in(store, LEDGER, {"urn:g1": ENTRIES["urn:g1"]})
        assert fake.writes == 1
