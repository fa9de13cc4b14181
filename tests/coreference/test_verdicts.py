"""Reviewed verdicts on events of two documents: what is the same, and where a wrong line is said to be."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.coreference.verdicts import Verdicts, read_verdicts
from kg.errors import DataError

A, B, C, D, E = (f"{digit * 16}/e1" for digit in "abcde")


def leaders(path: Path) -> Mapping[str, str]:
    return read_verdicts(path).leaders


def same(path: Path, *sets: Sequence[str]) -> Mapping[str, str]:
    """Read a file with one line for each set of events."""
    lines = [json.dumps({"verdict": "same", "events": list(events), "reviewer": "N. Vole"}) for events in sets]
    path.write_text("\n".join(lines), encoding="utf-8")
    return leaders(path)


def test_identity_is_transitive_and_the_first_in_the_alphabet_stands_for_all(tmp_path: Path) -> None:
    found = same(tmp_path / "same.jsonl", [B, C], [D, E], [C, A])
    assert found == {A: A, B: A, C: A, D: D, E: D}


def test_the_order_of_lines_and_events_means_nothing(tmp_path: Path) -> None:
    sets = [[E, D], [C, B], [B, D], [A, C]]
    for order in permutations(sets):
        assert same(tmp_path / "same.jsonl", *order) == dict.fromkeys((A, B, C, D, E), A)
        assert same(tmp_path / "same.jsonl", *(events[::-1] for events in order)) == dict.fromkeys((A, B, C, D, E), A)


@given(st.lists(st.lists(st.sampled_from([A, B, C, D, E]), min_size=2, max_size=3), max_size=5))
def test_two_events_have_one_leader_exactly_where_a_chain_of_lines_joins_them(sets: list[list[str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = same(Path(folder) / "same.jsonl", *sets)
    groups: list[set[str]] = []
    for events in sets:
        joined = [group for group in groups if group & set(events)]
        groups = [group for group in groups if group not in joined] + [set(events).union(*joined)]
    assert found == {event: min(group) for group in groups for event in group}


def test_blank_lines_and_other_fields_mean_nothing(tmp_path: Path) -> None:
    path = tmp_path / "same.jsonl"
    line = json.dumps({"events": [B, A], "verdict": "same", "note": "a\u2028b\x85"}, ensure_ascii=False)
    path.write_bytes(f"\n  \n{line}\r\n\n".encode())
    assert leaders(path) == {A: A, B: A}
    path.write_bytes(b"")
    assert leaders(path) == {}


@pytest.mark.parametrize(
    ("line", "code", "field"),
    [
        (b"{", "same-events.json", ""),
        (b"{} {}", "same-events.json", ""),
        (b"[" * 100_000, "same-events.json", ""),
        (b'{"n": ' + b"9" * 5_000 + b"}", "same-events.json", ""),
        (b'{"verdict": "\xff"}', "same-events.encoding", ""),
        (b"[]", "same-events.field", ":verdict"),
        (b"{}", "same-events.field", ":verdict"),
        (b'{"verdict": "likely", "events": []}', "same-events.field", ":verdict"),
        (b'{"verdict": ["same"], "events": []}', "same-events.field", ":verdict"),
        (b'{"verdict": "different", "events": ["EVENT"]}', "same-events.field", ":events"),
        (b'{"verdict": "unsure"}', "same-events.field", ":events"),
        (b'{"verdict": "same", "events": ["EVENT", "EVENT"], "reviewer": 1}', "same-events.field", ":reviewer"),
        (b'{"verdict": "same", "events": ["EVENT", "EVENT"], "note": []}', "same-events.field", ":note"),
        (b'{"verdict": "same"}', "same-events.field", ":events"),
        (b'{"verdict": "same", "events": "EVENT"}', "same-events.field", ":events"),
        (b'{"verdict": "same", "events": ["EVENT"]}', "same-events.field", ":events"),
        (b'{"verdict": "same", "events": ["EVENT", 1]}', "same-events.field", ":events"),
        (b'{"verdict": "same", "events": ["EVENT", "e1"]}', "same-events.field", ":events"),
        (b'{"verdict": "same", "events": ["EVENT", "0123456789abcdef/"]}', "same-events.field", ":events"),
        (b'{"verdict": "same", "events": ["EVENT", "0123456789ABCDEF/e1"]}', "same-events.field", ":events"),
        (b'{"verdict": "same", "events": ["EVENT", "0123456789abcdef/e1/e2"]}', "same-events.field", ":events"),
        (b'{"verdict": "same", "events": ["EVENT", "0/e> <a:p> <a:o"]}', "same-events.field", ":events"),
        (b'{"verdict": "same", "events": ["EVENT", "0123456789abcdef/e1\\n"]}', "same-events.field", ":events"),
    ],
)
def test_a_wrong_line_is_told_with_file_line_and_field(tmp_path: Path, line: bytes, code: str, field: str) -> None:
    path = tmp_path / "same.jsonl"
    good = json.dumps({"verdict": "same", "events": [A, B]}).encode()
    path.write_bytes(good + b"\n\n" + line.replace(b"EVENT", A.encode()) + b"\n" + good)
    with pytest.raises(DataError) as caught:
        leaders(path)
    assert (caught.value.code, caught.value.where) == (code, f"{path}:3{field}")
    if field == ":events":
        assert "event key" in str(caught.value.hint)


def verdicts(path: Path, *lines: tuple[str, Sequence[str]]) -> Verdicts:
    path.write_text("".join(json.dumps({"verdict": v, "events": list(e)}) + "\n" for v, e in lines), encoding="utf-8")
    return read_verdicts(path)


@pytest.mark.parametrize("judgement", ["different", "unsure"])
def test_what_is_not_the_same_is_kept_apart_with_all_that_is_the_same_as_either(tmp_path: Path, judgement: str) -> None:
    lines = [("same", [A, B]), ("same", [C, D]), (judgement, [B, D])]
    for order in permutations(lines):
        found = verdicts(tmp_path / "same.jsonl", *order)
        assert found.leaders == {A: A, B: A, C: C, D: C}
        assert all(found.apart(one, other) is not None for one in (A, B) for other in (C, D))
        assert found.apart(A, B) is None
        assert found.apart(A, E) is None


@pytest.mark.parametrize("judgement", ["different", "unsure"])
@pytest.mark.parametrize("position", [0, 1, 2])
def test_lines_that_contradict_each_other_are_an_error_that_names_them(
    tmp_path: Path, judgement: str, position: int
) -> None:
    lines: list[tuple[str, Sequence[str]]] = [("same", [A, B]), ("same", [B, C])]
    lines.insert(position, (judgement, [A, C]))
    path = tmp_path / "same.jsonl"
    with pytest.raises(DataError) as caught:
        verdicts(path, *lines)
    assert (caught.value.code, caught.value.where) == ("same-events.contradiction", f"{path}:{position + 1}")
    assert all(f"{number}" in caught.value.message for number in (1, 2, 3))
    assert "decide" in str(caught.value.hint)
