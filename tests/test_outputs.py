"""The files: what is written is what is read, the same bytes anywhere, and after any accident the old file or the new."""

from __future__ import annotations

import errno
import hashlib
import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kg import outputs
from kg.errors import KgError
from kg.graph import Concepts, build_document
from kg.iris import RDF_TYPE, XSD, Minter, quoted
from kg.linking import Linker, Registry
from kg.outputs import FORMATS, Blocks, JsonLines, OutputSet
from kg.vocab import DEFAULT_BASE, KG, project_prefixes
from tests import invented

BASE = f"{DEFAULT_BASE}id/"
PREFIXES = project_prefixes(DEFAULT_BASE)
READERS = {
    "ttl": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "nq": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
}
pytestmark = [
    pytest.mark.filterwarnings("ignore:Parsing weird boolean"),  # rdflib's word for a literal that we keep as it is
    pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib"),  # rdflib's own use of what it deprecates
]
Graphs = Mapping[str, Blocks]
Quad = tuple[str, str, str, str]


def write(
    folder: Path, graphs: Graphs, formats: Iterable[str] = FORMATS, *, title: str = "x", publish: bool = True
) -> None:
    """Write graphs as a build does."""
    with OutputSet(folder, "kg", formats, base=BASE, prefixes=PREFIXES) as files:
        for iri, blocks in graphs.items():
            files.graph(iri, blocks, title)
        files.close()
        if publish:
            files.publish()


def statements(graphs: Graphs, *, named: bool) -> list[Quad]:
    return sorted(
        (s, p, o, f"<{iri}>" if named else "DEFAULT")
        for iri, blocks in graphs.items()
        for s, block in blocks.items()
        for p, o in block
    )


def by_pyoxigraph(path: Path) -> list[Quad]:
    """The statements of a file, each as often as it is there."""
    quads = ox.parse(path=str(path), format=READERS[path.suffix[1:]])
    return sorted((str(q.subject), str(q.predicate), str(q.object), str(q.graph_name)) for q in quads)


def by_rdflib(path: Path) -> set[Quad]:
    """The statements of a file, by a second reader."""
    dataset = rdflib.Dataset()
    dataset.parse(path, format={"ttl": "turtle", "trig": "trig", "nq": "nquads"}[path.suffix[1:]])
    default = rdflib.graph.DATASET_DEFAULT_GRAPH_ID
    return {
        (_term(s), _term(p), _term(o), "DEFAULT" if g in (None, default) else f"<{g}>")
        for s, p, o, g in dataset.quads()
    }


def _term(node: Any) -> str:
    if not isinstance(node, rdflib.Literal):
        return f"<{node}>"
    text = quoted(str(node))
    if node.language:
        return f"{text}@{node.language}"
    return f"{text}^^<{node.datatype}>" if node.datatype and str(node.datatype) != f"{XSD}string" else text


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def sample(without: int = 0) -> Graphs:
    """The graph of the invented claims, all or without the last few."""
    kept = invented.claims()[: len(invented.claims()) - without]
    graph = build_document(invented.DOCUMENT, kept, Linker(Registry([]), Minter(DEFAULT_BASE)), Concepts())
    return {graph.iri: graph.blocks}


@pytest.fixture(autouse=True)
def as_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let rdflib keep literals as they are written."""
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)


# --------------------------------------------------------------------------- what is written is what is read

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
LOCAL = st.sampled_from(
    (
        *("", "Claim", "x-1", "-x", "x-", "1x", "_x", "x.y", "x.", "x/y", "x:y", "é", "%C3%A9", ";x", "x;y", "#x"),
        *("x#char=0,1", "?x", "x?y=1", ".", "..", "./x", "../x", "x/../y", "x/./y", "x/..", "x//", "//x", "x#a/../b"),
    )
)
NAMESPACES = st.sampled_from([BASE, DEFAULT_BASE, KG, *PREFIXES.values(), "http://example.org/", "urn:x:"])


def _is_iri(text: str) -> bool:
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True


IRIS = st.builds("{}{}".format, NAMESPACES, LOCAL).filter(_is_iri).map("<{}>".format)
NUMBERS = ("0", "7", "-7", "007", "-0", "+1", "1.0", "0.10", "-0.5", ".5", "5.", "1e0", "1.5E3", "INF", "٣", "²")
LEXICAL = st.one_of(st.sampled_from([*NUMBERS, "true", "false", "TRUE", "1"]), TEXT)
DATATYPES = st.sampled_from(["integer", "boolean", "decimal", "double", "dateTime", "int"]).map(
    lambda name: ox.NamedNode(f"{XSD}{name}")
)
LITERALS = st.one_of(
    TEXT.map(ox.Literal),
    st.builds(lambda text, tag: ox.Literal(text, language=tag), TEXT, st.sampled_from(["fr", "en-gb"])),
    st.builds(lambda text, datatype: ox.Literal(text, datatype=datatype), LEXICAL, DATATYPES),
    st.builds(lambda text: ox.Literal(text, datatype=ox.NamedNode("http://example.org/d")), TEXT),
).map(str)
BLOCKS = st.dictionaries(
    IRIS,
    st.dictionaries(st.tuples(st.one_of(IRIS, st.just(RDF_TYPE)), st.one_of(IRIS, LITERALS)), st.none(), max_size=5),
    max_size=4,
)
GRAPHS = st.dictionaries(IRIS.map(lambda term: term[1:-1]), BLOCKS, max_size=3)


def _literals(*terms: str) -> Graphs:
    return {f"{DEFAULT_BASE}graph/x": {"<a:s>": {("<a:p>", term): None for term in terms}}}


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(graphs=GRAPHS)
@example(
    graphs=_literals(
        f'"5"^^<{XSD}decimal>', f'"1.0"^^<{XSD}integer>', f'"true"^^<{XSD}integer>', f'"٣"^^<{XSD}integer>'
    )
)
@example(graphs={f"{DEFAULT_BASE}graph/x": {f"<{BASE}agent/../x>": {(f"<{KG}p>", f"<{BASE}a/./b>"): None}}})
@example(graphs=_literals('"x^^<http://www.w3.org/2001/XMLSchema#>"@en', '"\\"^^<a:b>"', '"\\\\"'))
def test_every_format_reads_back_as_it_was_written(tmp_path: Path, graphs: Graphs) -> None:
    write(tmp_path, graphs)
    flat, named = statements(graphs, named=False), statements(graphs, named=True)
    assert by_pyoxigraph(tmp_path / "kg.ttl") == flat
    for suffix in ("trig", "nq", "jsonld"):
        assert by_pyoxigraph(tmp_path / f"kg.{suffix}") == named


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(graphs=GRAPHS)
def test_a_second_reader_reads_the_same(tmp_path: Path, graphs: Graphs) -> None:
    write(tmp_path, graphs, ["ttl", "trig", "nq"])
    assert by_rdflib(tmp_path / "kg.ttl") == set(statements(graphs, named=False))
    assert by_rdflib(tmp_path / "kg.trig") == set(statements(graphs, named=True))
    assert by_rdflib(tmp_path / "kg.nq") == set(statements(graphs, named=True))


def test_the_graph_of_a_report_reads_the_same_in_both_readers(tmp_path: Path) -> None:
    write(tmp_path, sample())
    assert len(by_pyoxigraph(tmp_path / "kg.nq")) > 100
    for suffix in ("ttl", "trig", "nq"):
        assert by_rdflib(tmp_path / f"kg.{suffix}") == set(by_pyoxigraph(tmp_path / f"kg.{suffix}"))
    assert by_pyoxigraph(tmp_path / "kg.jsonld") == by_pyoxigraph(tmp_path / "kg.nq")


# --------------------------------------------------------------------------- form


def test_nquads_are_sorted_within_each_graph_and_end_in_one_line_break(tmp_path: Path) -> None:
    write(tmp_path, sample(), ["nq"])
    text = (tmp_path / "kg.nq").read_text(encoding="utf-8")
    assert text.endswith(" .\n")
    lines = text.splitlines(keepends=True)
    assert lines == sorted(lines)


def test_graphs_keep_their_order_and_subjects_the_order_in_which_they_were_said(tmp_path: Path) -> None:
    graphs: Graphs = {
        f"{DEFAULT_BASE}graph/{name}": {f"<{BASE}agent/{s}>": [(RDF_TYPE, f"<{KG}Person>")] for s in "bac"}
        for name in "zy"
    }
    write(tmp_path, graphs, ["trig"])
    lines = (tmp_path / "kg.trig").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if " a " in line] == [f"<agent/{s}> a kg:Person ." for s in "bacbac"]
    assert [line for line in lines if line.endswith("{")] == ["graph:z {", "graph:y {"]


def test_turtle_is_short_where_it_may_be(tmp_path: Path) -> None:
    block = [
        (RDF_TYPE, f"<{KG}Person>"),
        (f"<{KG}deathsLow>", f'"3"^^<{XSD}integer>'),
        (f"<{KG}confidence>", f'"0.9"^^<{XSD}decimal>'),
        (f"<{KG}isDirectQuote>", f'"true"^^<{XSD}boolean>'),
        (f"<{KG}earliest>", f'"2024-05-10T00:00:00Z"^^<{XSD}dateTime>'),
        (f"<{KG}evidence>", f"<{BASE}doc/0123456789abcdef#char=0,9>"),
        (f"<{KG}evidence>", "<http://example.org/a>"),
    ]
    write(tmp_path, {f"{DEFAULT_BASE}graph/x": {f"<{BASE}claim/x/y>": block}}, ["ttl"])
    assert (
        (tmp_path / "kg.ttl")
        .read_text(encoding="utf-8")
        .endswith(
            "<claim/x/y> a kg:Person ;\n"
            "    kg:deathsLow 3 ;\n"
            "    kg:confidence 0.9 ;\n"
            "    kg:isDirectQuote true ;\n"
            '    kg:earliest "2024-05-10T00:00:00Z"^^xsd:dateTime ;\n'
            "    kg:evidence <doc/0123456789abcdef#char=0,9> , <http://example.org/a> .\n"
        )
    )


@pytest.mark.parametrize("title", ["x\n<a:s> <a:p> <a:injected> .", "x\r<a:s> <a:p> <a:injected> .", "\0\u2028}\n}"])
def test_a_title_stays_in_its_comment(tmp_path: Path, title: str) -> None:
    write(tmp_path, sample(), ["ttl", "trig"], title=title)
    for suffix in ("ttl", "trig"):
        assert by_rdflib(tmp_path / f"kg.{suffix}") == set(by_pyoxigraph(tmp_path / f"kg.{suffix}"))
        assert not any("injected" in o for _, _, o, _ in by_pyoxigraph(tmp_path / f"kg.{suffix}"))


def test_only_what_is_asked_for_is_left(tmp_path: Path) -> None:
    write(tmp_path, sample(), ["jsonld", "ttl", "ttl"])
    assert sorted(digests(tmp_path)) == ["kg.jsonld", "kg.ttl"]


def test_a_graph_without_statements_is_written(tmp_path: Path) -> None:
    write(tmp_path, {f"{DEFAULT_BASE}graph/x": {"<a:s>": []}})
    assert [by_pyoxigraph(tmp_path / f"kg.{suffix}") for suffix in FORMATS] == [[]] * len(FORMATS)


def test_statements_are_counted_once(tmp_path: Path) -> None:
    with OutputSet(tmp_path, "kg", FORMATS, base=BASE, prefixes=PREFIXES) as files:
        assert files.statements == 0
        for iri, blocks in sample().items():
            files.graph(iri, blocks, "x")
        assert files.statements == len(statements(sample(), named=True))


# --------------------------------------------------------------------------- the same bytes anywhere

PROGRAM = """
import sys
from pathlib import Path
from tests.test_outputs import sample, write
write(Path(sys.argv[1]), sample())
"""


def test_the_bytes_are_the_same_in_every_environment(tmp_path: Path) -> None:
    write(tmp_path / "here", sample())
    environments = [
        {"PYTHONHASHSEED": "0", "LC_ALL": "C", "TZ": "UTC"},
        {"PYTHONHASHSEED": "1", "LC_ALL": "tr_TR.UTF-8", "TZ": "Pacific/Kiritimati", "PYTHONUTF8": "0"},
        {"PYTHONHASHSEED": "4294967295", "LC_ALL": "C", "TZ": "America/Lima", "PYTHONOPTIMIZE": "2"},
    ]
    children = [
        subprocess.Popen([sys.executable, "-c", PROGRAM, str(tmp_path / str(number))], env=environment)
        for number, environment in enumerate(environments)
    ]
    assert [child.wait() for child in children] == [0, 0, 0]
    expected = digests(tmp_path / "here")
    assert sorted(expected) == ["kg.jsonld", "kg.nq", "kg.trig", "kg.ttl"]
    for number in range(len(environments)):
        assert digests(tmp_path / str(number)) == expected


# --------------------------------------------------------------------------- old or new, whatever happens


@pytest.fixture
def old(tmp_path: Path) -> dict[str, str]:
    """The files of an earlier build, by digest."""
    write(tmp_path, sample(without=1))
    return digests(tmp_path)


def test_leaving_by_an_exception_leaves_the_old_files(tmp_path: Path, old: dict[str, str]) -> None:
    def fail() -> None:
        with OutputSet(tmp_path, "kg", FORMATS, base=BASE, prefixes=PREFIXES) as files:
            for iri, blocks in sample().items():
                files.graph(iri, blocks, "x")
            files.close()
            assert len(digests(tmp_path)) == 2 * len(old)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert digests(tmp_path) == old


def test_nothing_is_in_place_before_it_is_published(tmp_path: Path, old: dict[str, str]) -> None:
    write(tmp_path, sample(), publish=False)
    assert digests(tmp_path) == old
    write(tmp_path, sample())
    assert digests(tmp_path).keys() == old.keys()
    assert not set(digests(tmp_path).values()) & set(old.values())


def test_what_cannot_be_begun_leaves_the_old_files_and_nothing_else(tmp_path: Path, old: dict[str, str]) -> None:
    (tmp_path / ".kg.trig.tmp").mkdir()
    with pytest.raises(IsADirectoryError):
        write(tmp_path, sample(), ["ttl", "trig"])
    (tmp_path / ".kg.trig.tmp").rmdir()
    assert digests(tmp_path) == old


DAMAGES: dict[str, Callable[[str], str]] = {
    "output.syntax": lambda text: f"{text}<unfinished",
    "output.count": lambda text: "[]" if text[0] == "[" else "",
    "output.content": lambda text: text.replace("Ada Lorne", "Eve Lorne"),
}


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("code", DAMAGES)
def test_a_file_that_does_not_read_back_is_an_error_and_leaves_the_old(
    tmp_path: Path, old: dict[str, str], monkeypatch: pytest.MonkeyPatch, suffix: str, code: str
) -> None:
    check = outputs._check

    def damaging(path: Path, *arguments: Any) -> None:
        # the disk, not kg: what was written changes before it is read back
        if path.name == f".kg.{suffix}.tmp":
            path.write_text(DAMAGES[code](path.read_text(encoding="utf-8")), encoding="utf-8")
        check(path, *arguments)

    monkeypatch.setattr(outputs, "_check", damaging)
    with pytest.raises(KgError) as caught:
        write(tmp_path, sample())
    assert (caught.value.code, caught.value.where) == (code, str(tmp_path / f".kg.{suffix}.tmp"))
    assert digests(tmp_path) == old


def test_a_statement_in_another_graph_is_noticed(
    tmp_path: Path, old: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shorten = outputs.TurtleWriter._shorten
    monkeypatch.setattr(
        outputs.TurtleWriter, "_shorten", lambda self, term: shorten(self, term.replace("graph/", "graphs/"))
    )
    with pytest.raises(KgError, match="something else"):
        write(tmp_path, sample(), ["trig"])
    assert digests(tmp_path) == old


LIMITED = """
import json, os, resource, sys
from pathlib import Path
from tests.test_outputs import digests, sample, write
folder, new, results = Path(sys.argv[1]), sample(), []
for limit in range(0, int(sys.argv[2]), int(sys.argv[3])):
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        try:
            write(folder, new)
        except OSError as error:
            os._exit(error.errno)
        except BaseException:
            os._exit(255)
        os._exit(0)
    results.append([os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), digests(folder)])
print(json.dumps(results))
"""


def test_a_full_disk_is_an_os_error_and_leaves_the_old_files(tmp_path: Path, old: dict[str, str]) -> None:
    write(tmp_path / "new", sample())
    size = max(path.stat().st_size for path in (tmp_path / "new").iterdir())
    new = digests(tmp_path / "new")
    shutil.rmtree(tmp_path / "new")
    limits = range(0, size + 1000, 997)
    results = json.loads(
        subprocess.run(
            [sys.executable, "-c", LIMITED, str(tmp_path), str(limits.stop), str(limits.step)],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    )
    assert len(results) == len(limits) > 20
    for limit, (status, found) in zip(limits, results, strict=True):
        assert (status, found) == ((0, new) if limit >= size else (errno.EFBIG, old)), limit


KILLED = """
import json, os, signal, sys
from pathlib import Path
from kg import outputs
from tests.test_outputs import digests, sample, write
folder, new, old = Path(sys.argv[1]), sample(), sample(without=1)
old_digests, states, count = digests(folder), [], 0

def trace_lines(last):
    # SIGKILL, which nothing can catch, before the line of kg.outputs that is the last-th to run
    def trace(frame, event, argument):
        global count
        if frame.f_code.co_filename != outputs.__file__:
            return None
        count += event == "line"
        if count == last:
            os.kill(os.getpid(), signal.SIGKILL)
        return trace
    sys.settrace(trace)

trace_lines(None)
write(folder, new)
sys.settrace(None)
write(folder, old)
total, count = count, 0
for line in sorted({*range(1, total, total // 40), *range(total - 50, total + 2)}):
    child = os.fork()
    if not child:
        trace_lines(line)
        write(folder, new)
        os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    states.append([status, {name: digest for name, digest in digests(folder).items() if not name.startswith(".")}])
    if status == 0:
        break
    if states[-1][1] != old_digests:
        write(folder, old)
print(json.dumps(states))
"""


def test_whenever_the_process_is_killed_each_file_is_the_old_or_the_new(tmp_path: Path, old: dict[str, str]) -> None:
    write(tmp_path / "new", sample())
    new = digests(tmp_path / "new")
    shutil.rmtree(tmp_path / "new")
    answer = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path)], capture_output=True, text=True, check=True
    ).stdout
    states = json.loads(answer)
    assert len(states) > 80
    assert [status for status, _ in states] == [-signal.SIGKILL] * (len(states) - 1) + [0]
    for _, files in states:
        assert files.keys() == old.keys()
        assert all(files[name] in (old[name], new[name]) for name in files)
    assert sum(files == old for _, files in states) > 40
    assert sum(files == new for _, files in states) > 5
    assert digests(tmp_path) == new, "the last run was not killed, and took away what the others had left"


# --------------------------------------------------------------------------- JSON Lines


def write_lines(path: Path, *values: Mapping[str, Any], publish: bool = True) -> None:
    with JsonLines(path) as lines:
        for value in values:
            lines.write(value)
        if publish:
            lines.publish()


def test_json_lines_are_one_sorted_object_a_line(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "a.jsonl"
    write_lines(path, {"b": "é\u2028\n", "a": [1, None]}, {"c": True})
    assert path.read_bytes() == '{"a": [1, null], "b": "é\u2028\\n"}\n{"c": true}\n'.encode()


@given(value=st.dictionaries(st.text(), st.text()))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@example(value={"path": b"reports/caf\xe9.md".decode("utf-8", "surrogateescape")})
def test_whatever_the_text_a_line_reads_back(tmp_path: Path, value: dict[str, str]) -> None:
    write_lines(tmp_path / "a.jsonl", value)
    (line,) = (tmp_path / "a.jsonl").read_text(encoding="utf-8").split("\n")[:-1]
    assert json.loads(line) == value


def test_lines_count_what_was_written(tmp_path: Path) -> None:
    with JsonLines(tmp_path / "a.jsonl") as lines:
        assert lines.count == 0
        lines.write({})
        lines.write({})
        assert lines.count == 2


def test_lines_are_not_in_place_before_they_are_published(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    write_lines(path, {"old": 1})
    write_lines(path, {"new": 1}, publish=False)
    assert {file.name: file.read_text(encoding="utf-8") for file in tmp_path.iterdir()} == {"a.jsonl": '{"old": 1}\n'}


def test_without_lines_there_is_no_file(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    write_lines(path)
    assert list(tmp_path.iterdir()) == []
    write_lines(path, {"old": 1})
    write_lines(path)
    assert list(tmp_path.iterdir()) == []


def test_lines_on_a_full_disk_are_an_os_error_and_leave_the_old(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    write_lines(path, {"old": 1})
    program = (
        "import resource, sys; from pathlib import Path; from tests.test_outputs import write_lines\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))\n"
        "try: write_lines(Path(sys.argv[1]), {'new': 'x' * 200})\n"
        "except OSError as error: sys.exit(error.errno)"
    )
    assert subprocess.run([sys.executable, "-c", program, str(path)], check=False).returncode == errno.EFBIG
    assert {file.name: file.read_text(encoding="utf-8") for file in tmp_path.iterdir()} == {"a.jsonl": '{"old": 1}\n'}
