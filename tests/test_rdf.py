"""Foreign RDF: what is read, what is refused before a parser sees it, and where an error is said to be."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import rdf
from kg.errors import DataError, Refused, UsageError
from kg.rdf import MAX_DEPTH, MAX_ELEMENTS, format_of, read_quads
from tests.canary import canary

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
ROOT = f'<rdf:RDF xmlns:rdf="{RDF}" xmlns:e="http://e/">'
BODY = '<rdf:Description rdf:about="http://s"><e:p>text</e:p></rdf:Description>'
XML = f"{ROOT}{BODY}</rdf:RDF>"
DOCTYPE = '<!DOCTYPE rdf:RDF [<!ENTITY x "expanded">]>'

GOOD = {
    "ttl": '@prefix a: <a:> . a:s a:p "text"@en , <rel> .',
    "trig": 'PREFIX a: <a:> GRAPH a:g { a:s a:p "text"@en } a:s a:p <rel> .',
    "nq": '<a:s> <a:p> "text"@en <a:g> .\n<a:s> <a:p> <a:o> .\n',
    "nt": '<a:s> <a:p> "text"@en .\n<a:s> <a:p> <a:o> .\n',
    "jsonld": '{"@context": {"p": "a:p"}, "@id": "a:s", "p": [{"@value": "text", "@language": "en"}, {"@id": "a:o"}]}',
    "rdf": f'<?xml version="1.0"?>{ROOT}<rdf:Description rdf:about="a:s"><e:p xml:lang="en">text</e:p>'
    '<e:p rdf:resource="a:o"/></rdf:Description></rdf:RDF>',
}


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def quads(path: Path) -> list[ox.Quad]:
    return list(read_quads(path))


def fault(path: Path) -> DataError:
    """The error that reading a file raises."""
    with pytest.raises(DataError) as caught:
        quads(path)
    return caught.value


# --------------------------------------------------------------------------- formats


@pytest.mark.parametrize("suffix", GOOD)
def test_every_format_is_read(tmp_path: Path, suffix: str) -> None:
    found = quads(write(tmp_path / f"a.{suffix}", GOOD[suffix]))
    assert {str(q.object) for q in found} >= {'"text"@en'}
    assert len(found) == 2
    assert {str(q.subject) for q in found} == {"<a:s>"}


def test_graph_names_are_kept(tmp_path: Path) -> None:
    assert [str(q.graph_name) for q in quads(write(tmp_path / "a.nq", GOOD["nq"]))] == ["<a:g>", "DEFAULT"]


@pytest.mark.parametrize(
    ("name", "format_name"),
    [("a.TTL", "ttl"), ("a.json", "jsonld"), ("a.xml", "rdf"), ("a.owl", "rdf"), ("a.b.nt", "nt"), ("a.nquads", "nq")],
)
def test_a_suffix_names_a_format(name: str, format_name: str) -> None:
    assert format_of(Path(name)) == format_name


def test_an_unknown_suffix_is_a_usage_error_that_lists_the_known(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        quads(write(tmp_path / "a.csv", "a,b"))
    assert caught.value.code == "rdf.format"
    assert caught.value.where == str(tmp_path / "a.csv")
    assert ".trig" in str(caught.value.hint)


def test_a_named_format_wins_over_the_suffix(tmp_path: Path) -> None:
    assert len(list(read_quads(write(tmp_path / "a.txt", GOOD["nt"]), format="nt"))) == 2


def test_relative_names_lie_beside_the_file(tmp_path: Path) -> None:
    found = {str(q.object) for q in quads(write(tmp_path / "a.ttl", GOOD["ttl"]))}
    assert f"<{tmp_path.resolve().as_uri()}/rel>" in found


@pytest.mark.parametrize(
    ("name", "content", "place"),
    [
        ("a.ttl", '<a:s> <a:p> "x" .\n<a:s> <a:p> .\n', ":2:13"),
        ("a.ttl", b'<a:s> <a:p> "x" .\n<a:s> <a:p> "\xff" .\n', ":2:14"),
        ("a.ttl", "<a:s> b:p 1 .\n", ":1:7"),
        ("a.trig", "<a:g> { <a:s> <a:p> 1 }\n<a:g> { <a:s> <a:p> }\n", ":2:21"),
        ("a.nq", "<a:s> <a:p> <a:o> <a:g> .\n<a:s> <a:p> x <a:g> .\n", ":2:13"),
        ("a.nt", "<a:s> <a:p> <a:o> .\n<a:s> <a:p> <a:o> <a:g> .\n", ":2:19"),
        ("a.jsonld", '{"@id": "a:s",\n "a:p" }', ":2:8"),
        ("a.jsonld", "", ":1:1"),
        ("a.jsonld", '{"@id": 5}', ""),
        ("a.rdf", f"{ROOT}\n <rdf:Description></rdf:RDF>", ":2:21"),
        ("a.rdf", f"{ROOT}\n&x;</rdf:RDF>", ":2:1"),
        ("a.rdf", "", ":1:1"),
        ("a.rdf", f'{ROOT}<rdf:Description rdf:about="a b"><e:p>x</e:p></rdf:Description></rdf:RDF>', ""),
        ("a.rdf", XML.encode("utf-16"), ""),
    ],
)
def test_a_malformed_file_is_an_error_with_line_and_column(
    tmp_path: Path, name: str, content: str | bytes, place: str
) -> None:
    path = write(tmp_path / name, content)
    error = fault(path)
    assert (error.code, error.where) == ("rdf.syntax", f"{path}{place}")
    assert "line" not in error.message, "the place is told once"


@pytest.mark.parametrize("suffix", ["ttl", "trig", "nq", "nt"])
def test_an_empty_file_says_nothing(tmp_path: Path, suffix: str) -> None:
    assert quads(write(tmp_path / f"a.{suffix}", "")) == []


def test_what_stands_before_an_error_is_given(tmp_path: Path) -> None:
    reader = read_quads(write(tmp_path / "a.nt", "<a:s> <a:p> <a:o> .\n!\n"))
    assert str(next(reader).object) == "<a:o>"
    with pytest.raises(DataError, match="not N-Triples"):
        next(reader)


def test_a_missing_file_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        quads(tmp_path / "a.ttl")


# --------------------------------------------------------------------------- sizes


@pytest.mark.parametrize("suffix", ["ttl", "nq", "jsonld", "rdf"])
def test_a_huge_literal_is_kept(tmp_path: Path, suffix: str) -> None:
    text = "é\\\"'<x> " * (1 << 20 if suffix != "jsonld" else 1 << 19)
    literal = str(ox.Literal(text))
    content = {
        "ttl": f"<a:s> <a:p> {literal} .",
        "nq": f"<a:s> <a:p> {literal} .",
        "jsonld": ox.serialize(
            [ox.Triple(ox.NamedNode("a:s"), ox.NamedNode("a:p"), ox.Literal(text))], format=ox.RdfFormat.JSON_LD
        ),
        "rdf": f'{ROOT}<rdf:Description rdf:about="http://s"><e:p><![CDATA[{text}]]></e:p></rdf:Description></rdf:RDF>',
    }[suffix]
    assert content
    (found,) = quads(write(tmp_path / f"a.{suffix}", content))
    assert isinstance(found.object, ox.Literal)
    assert found.object.value == text


def test_a_literal_that_no_parser_takes_is_refused(tmp_path: Path) -> None:
    error = fault(write(tmp_path / "a.nt", f'<a:s> <a:p> "{"x" * (17 << 20)}" .\n'))
    assert isinstance(error, Refused)
    assert error.code == "rdf.size"


@pytest.mark.parametrize(("suffix", "bound"), [("nt", "MAX_BYTES"), ("jsonld", "MAX_JSON_BYTES")])
def test_a_file_above_the_bound_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, bound: str
) -> None:
    path = write(tmp_path / f"a.{suffix}", GOOD[suffix])
    monkeypatch.setattr(rdf, bound, path.stat().st_size)
    assert len(quads(path)) == 2
    monkeypatch.setattr(rdf, bound, path.stat().st_size - 1)
    error = fault(path)
    assert isinstance(error, Refused)
    assert error.code == "rdf.size"


# --------------------------------------------------------------------------- entity expansion

PROLOGS = {
    "at once": DOCTYPE,
    "after the declaration": f'<?xml version="1.0"?>\n{DOCTYPE}',
    "after a comment": f"<!-- a -- b -->{DOCTYPE}".replace(" -- ", " - "),
    "after instructions and comments": f"<?xml version='1.0'?> <?a <!-- ?>\n<!-- ?> --> <?b?><!----> {DOCTYPE}",
    "after a long comment": f"<!--{'x' * (2 << 20)}-->{DOCTYPE}",
    "external": '<!DOCTYPE rdf:RDF SYSTEM "http://127.0.0.1/x.dtd">',
    "empty": "<!DOCTYPE rdf:RDF>",
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "iso-8859-1"])
@pytest.mark.parametrize("prolog", PROLOGS)
def test_a_doctype_is_refused(tmp_path: Path, prolog: str, encoding: str) -> None:
    text = PROLOGS[prolog] + XML
    declared = {"utf-16-le": "", "utf-16-be": ""}.get(encoding, encoding.removesuffix("-sig"))
    if declared and "<?xml" not in text:
        text = f'<?xml version="1.0" encoding="{declared}"?>{text}'
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    path = write(tmp_path / "a.rdf", mark + text.encode(encoding))
    error = fault(path)
    assert isinstance(error, Refused)
    assert (error.code, error.where) == ("rdf.doctype", str(path))
    assert "write the IRIs out" in str(error.hint)


@pytest.mark.parametrize(
    "content",
    [
        f"{DOCTYPE.lower().replace('entity', 'ENTITY')}{ROOT}<rdf:Description rdf:about='http://s'><e:p>&x;</e:p></rdf:Description></rdf:RDF>",
        f"{ROOT}{DOCTYPE}<rdf:Description rdf:about='http://s'><e:p>&x;</e:p></rdf:Description></rdf:RDF>",
        f"{ROOT}<rdf:Description rdf:about='http://s'>{DOCTYPE}<e:p>&x;</e:p></rdf:Description></rdf:RDF>",
        f"{ROOT}<rdf:Description rdf:about='http://s' e:q='<!--'/>{DOCTYPE}"
        "<rdf:Description rdf:about='http://s'><e:p>&x;</e:p></rdf:Description><!-- --></rdf:RDF>",
    ],
    ids=["in small letters", "below the root", "below a node", "behind an attribute that looks like a comment"],
)
def test_a_doctype_that_xml_does_not_allow_is_no_way_in(tmp_path: Path, content: str) -> None:
    # the parser of pyoxigraph takes all of these, entity and all, so they must not reach it
    assert any("expanded" in str(q) for q in ox.parse(content.encode(), format=ox.RdfFormat.RDF_XML))
    assert fault(write(tmp_path / "a.rdf", content)).code == "rdf.syntax"


@pytest.mark.parametrize(
    "content",
    [
        f"<!-- {DOCTYPE} -->{XML}",
        f"<?note {DOCTYPE} ?>{XML}",
        f"{ROOT}<!-- {DOCTYPE} -->{BODY}</rdf:RDF>",
        XML.replace("text", f"<![CDATA[{DOCTYPE}]]>"),
        XML.replace("text", "&lt;!DOCTYPE rdf:RDF&gt;"),
    ],
    ids=["comment", "instruction", "comment inside", "CDATA", "text"],
)
def test_what_merely_mentions_a_doctype_is_read(tmp_path: Path, content: str) -> None:
    assert len(quads(write(tmp_path / "a.rdf", content))) == 1


# --------------------------------------------------------------------------- depth


def nested(depth: int, name: str = "<a:s>", before: str = "") -> str:
    return f"{before}{name} <a:p> {f'<<( {name} <a:p> ' * depth}<a:o>{' )>>' * depth} .\n"


@pytest.mark.parametrize("suffix", ["ttl", "trig", "nt", "nq"])
def test_triple_terms_nest_to_a_bound(tmp_path: Path, suffix: str) -> None:
    (quad,) = quads(write(tmp_path / f"a.{suffix}", nested(MAX_DEPTH)))
    assert str(quad).count("<<(") == MAX_DEPTH
    assert len(quads(write(tmp_path / f"c.{suffix}", nested(MAX_DEPTH) + nested(MAX_DEPTH, "<a:t>")))) == 2
    path = write(tmp_path / f"b.{suffix}", nested(MAX_DEPTH + 1))
    error = fault(path)
    assert isinstance(error, Refused)
    assert (error.code, error.where) == ("rdf.depth", str(path))


@pytest.mark.parametrize(
    "content",
    [
        nested(100_000, "a:s", "@prefix a: <a:> .\n"),
        nested(100_000, "<a:s> # <a:o> )>>\n"),
        nested(100_000, "a:\\'s", "@prefix a: <a:> .\n"),
        nested(100_000).replace("( ", "("),
        f'<a:s> <a:p> """\\"<<( """ , \'\'\' " \'\'\' .\n{nested(100_000)}',
    ],
    ids=["prefixed names", "comments between", "escapes in names", "no spaces", "strings before"],
)
def test_deep_triple_terms_in_any_spelling_are_refused(tmp_path: Path, content: str) -> None:
    assert fault(write(tmp_path / "a.ttl", content)).code == "rdf.depth"


def test_many_triple_terms_beside_each_other_are_read(tmp_path: Path) -> None:
    assert len(quads(write(tmp_path / "a.nt", nested(2) * 100))) == 100


def test_what_only_looks_like_deep_triple_terms_is_read(tmp_path: Path) -> None:
    marks = "<<( " * 200
    content = f'# {marks}\n<a:s> <a:p> "{marks}" , """{marks}" \\""" {marks}""" , \'{marks}\' , \'\'\'{marks}\'\'\' .\n'
    assert len(quads(write(tmp_path / "a.ttl", content))) == 4


def test_elements_nest_to_a_bound(tmp_path: Path) -> None:
    pairs = (MAX_ELEMENTS - 2) // 2

    def content(innermost: str) -> str:
        return ROOT + "<rdf:Description><e:p>" * pairs + innermost + "</e:p></rdf:Description>" * pairs + "</rdf:RDF>"

    assert len(quads(write(tmp_path / "a.rdf", content("<rdf:Description/>")))) == pairs
    assert fault(write(tmp_path / "b.rdf", content("<rdf:Description><e:p/></rdf:Description>"))).code == "rdf.depth"


def test_deep_json_is_an_error(tmp_path: Path) -> None:
    assert fault(write(tmp_path / "a.jsonld", "[" * 100_000)).code == "rdf.syntax"


# --------------------------------------------------------------------------- nothing is fetched


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[str, list[str]]]:
    with canary() as address_and_visits:
        yield address_and_visits


@pytest.mark.parametrize(
    "context",
    [
        '"URL"',
        '["URL"]',
        '[{}, "URL"]',
        '{"@import": "URL"}',
        '{"@version": 1.1, "@import": "URL", "p": "a:p"}',
        '{"p": {"@id": "a:p", "@context": "URL"}}',
        '"FILE"',
        '"context.jsonld"',
    ],
)
def test_a_context_elsewhere_is_refused_and_nobody_is_asked(
    tmp_path: Path, server: tuple[str, list[str]], context: str
) -> None:
    url, visits = server
    other = write(tmp_path / "context.jsonld", '{"@context": {"p": "a:p"}}')
    where = context.replace("URL", f"{url}context").replace("FILE", other.as_uri())
    path = write(tmp_path / "a.jsonld", f'{{"@context": {where}, "@id": "a:s", "p": {{"@id": "a:o", "p": "x"}}}}')
    error = fault(path)
    assert isinstance(error, Refused)
    assert (error.code, error.where) == ("rdf.context", str(path))
    assert "write the context into the file" in str(error.hint)
    assert visits == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.ttl", "@prefix a: <URL> . <URLs> <http://www.w3.org/2002/07/owl#imports> <URLo> ."),
        ("a.nq", "<URLs> <http://www.w3.org/2000/01/rdf-schema#seeAlso> <URLo> <URLg> ."),
        ("a.jsonld", '{"@context": {"@vocab": "URL", "@base": "URL"}, "@id": "s", "p": "x"}'),
        ("a.rdf", XML.replace("<rdf:RDF ", '<rdf:RDF xml:base="URL" ').replace("http://s", "URLs")),
        ("b.rdf", f'<?xml-stylesheet href="URLx"?>{XML}'),
    ],
)
def test_a_file_that_names_addresses_is_read_and_nobody_is_asked(
    tmp_path: Path, server: tuple[str, list[str]], name: str, content: str
) -> None:
    url, visits = server
    assert len(quads(write(tmp_path / name, content.replace("URL", url)))) == 1
    assert visits == []


def test_the_canary_sings(server: tuple[str, list[str]]) -> None:
    url, visits = server
    with urllib.request.urlopen(f"{url}song") as answer:  # noqa: S310 - the address is the canary's own
        assert answer.status == 200
    assert visits.pop() == "/song"


# --------------------------------------------------------------------------- blank nodes

BLANK = {
    "ttl": "[] <a:p> [ <a:q> _:x , ( 1 2 ) ] . _:x <a:p> [] .",
    "nq": "_:z <a:p> _:x _:g .\n_:x <a:p> _:z _:g .\n",
    "jsonld": '[{"a:p": {"a:q": {"@id": "_:x"}}}, {"@id": "_:x", "a:p": {"@list": [1, 2]}}]',
    "rdf": f'{ROOT}<rdf:Description><e:p rdf:parseType="Resource"><e:q rdf:nodeID="x"/></e:p></rdf:Description></rdf:RDF>',
}


@pytest.mark.parametrize("suffix", BLANK)
def test_two_readings_give_blank_nodes_the_same_names(tmp_path: Path, suffix: str) -> None:
    path = write(tmp_path / f"a.{suffix}", BLANK[suffix])
    first, second = (list(map(str, quads(path))) for _ in range(2))
    assert first == second
    assert "_:b0" in first[0]


def test_a_label_keeps_the_blank_nodes_of_two_files_apart(tmp_path: Path) -> None:
    path = write(tmp_path / "a.nt", "_:x <a:p> _:y .\n")
    names = [
        {str(term) for quad in read_quads(path, label=label) for term in (quad.subject, quad.object)}
        for label in ("f0b", "f1b")
    ]
    assert names == [{"_:f0b0", "_:f0b1"}, {"_:f1b0", "_:f1b1"}]


def test_blank_nodes_within_triple_terms_are_named_with_the_others(tmp_path: Path) -> None:
    (quad,) = quads(write(tmp_path / "a.nt", "_:x <a:p> <<( _:y <a:p> <<( _:x <a:p> _:y )>> )>> .\n"))
    assert str(quad) == "_:b0 <a:p> <<( _:b1 <a:p> <<( _:b0 <a:p> _:b1 )>> )>>"
