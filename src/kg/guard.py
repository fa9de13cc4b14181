r"""Bounds for a query of foreign origin, checked before any SPARQL parser sees it.

A recursive parser can be made to overflow its stack by four kilobytes of brackets, and the engine would answer
``SERVICE`` by opening a connection. So the text is first read here, by a linear tokenizer that knows the lexical
grammar of SPARQL 1.1 (https://www.w3.org/TR/sparql11-query/#sparqlGrammar) and nothing else: strings, IRIs, names and
comments are single tokens, so the word SERVICE inside one is nothing, while the keyword in any spelling is found.

One spelling needs care. The engine's grammar asks for no white space between a keyword and its neighbours, so
``trueSERVICEex:x { … }`` is the literal ``true`` and a call of ``ex:x``, although it looks like one prefixed name: a
name whose prefix holds the word is refused where a group follows it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kg.errors import DataError, Refused

MAX_BYTES: Final = 64 * 1024
MAX_DEPTH: Final = 64
MAX_OPERATORS: Final = 500
"""Triple patterns, unions, filters, paths and operators of expressions, all together."""

# The names of the productions are those of the SPARQL grammar.
_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_PN_CHARS_U = f"{_BASE}_"
_VARNAME = f"{_PN_CHARS_U}0-9\u00b7\u0300-\u036f\u203f\u2040"
_PN_CHARS = rf"{_VARNAME}\-"
_PLX = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_UCHAR = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_ECHAR = r"\\[^\n\r]"

_TOKEN = re.compile(
    rf"""
      (?P<space>   (?: [\x20\t\r\n]++ | \#[^\r\n]*+ )++ )
    | (?P<string>  \"\"\" (?: \"{{0,2}} (?: [^"\\] | \\. ) )*+ \"\"\"
                 | '''    (?: '{{0,2}}  (?: [^'\\] | \\. ) )*+ '''
                 | "(?!"")(?: [^"\\\n\r] | {_ECHAR} )*+ "
                 | '(?!'')(?: [^'\\\n\r] | {_ECHAR} )*+ ' )
    | (?P<iri>     < (?: [^<>"{{}}|^`\\\x00-\x20] | {_UCHAR} )*+ > )
    | (?P<var>     [?$] [{_PN_CHARS_U}0-9] [{_VARNAME}]*+ )
    | (?P<blank>   _: [{_PN_CHARS_U}0-9] (?: \.*+ [{_PN_CHARS}] )* )
    | (?P<pname>   (?: [{_BASE}] (?: \.*+ [{_PN_CHARS}] )* )? :
                   (?: (?: [{_PN_CHARS_U}:0-9] | {_PLX} ) (?: \.*+ (?: [{_PN_CHARS}:] | {_PLX} ) )* )? )
    | (?P<lang>    @ [A-Za-z]++ (?: -{{1,2}} [A-Za-z0-9]++ )*+ )
    | (?P<number>  (?: [0-9]++ (?: \.[0-9]++ )? | \.[0-9]++ ) (?: [eE][+-]?[0-9]++ )? )
    | (?P<word>    (?: [A-Za-z_] | {_UCHAR} ) (?: [A-Za-z0-9_] | {_UCHAR} )*+ )
    | (?P<open>    <<\(? | \{{\|? | [(\[] )
    | (?P<close>   \)>> | >> | \|\}} | [)}}\]] )
    | (?P<punct>   \^\^ | && | \|\| | [!<>]= | [.,;|/^*+?!=<>~-] )
    """,
    re.VERBOSE | re.DOTALL,
)
_CODE_POINT = re.compile(_UCHAR)

_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH", "USING"})
_OPERATORS = frozenset({"UNION", "OPTIONAL", "MINUS", "FILTER", "BIND", "GRAPH", "EXISTS", "VALUES", "LATERAL", "IN"})

_HERE_ONLY = "a query asks this graph and no other place"


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query.

    `kind` is ``string``, ``iri``, ``var``, ``blank``, ``pname``, ``lang``, ``number``, ``word``, ``open``, ``close`` or
    ``punct``; `text` is what stands there, a word in capitals and with its escapes resolved; `start` is its offset.
    """

    kind: str
    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Outline:
    """A query that is within bounds: its text, its tokens without space and comments, and its form in capitals."""

    text: str
    tokens: tuple[Token, ...]
    form: str

    @property
    def is_graph(self) -> bool:
        """Whether the answer is a graph and not a table or a truth value."""
        return self.form in ("CONSTRUCT", "DESCRIBE")


def check_query(text: str, *, name: str = "query") -> Outline:
    """Check that a query is within bounds and asks for nothing but an answer from the graph.

    Args:
        text: the query, in SPARQL 1.1.
        name: what errors call it, e.g. its file.

    Returns:
        The query's outline; it is not yet known to be well-formed.

    Raises:
        Refused: an update, SERVICE, FROM, or more than `MAX_BYTES`, `MAX_DEPTH` or `MAX_OPERATORS`.
        DataError: the text is not made of SPARQL tokens, or no query form is in it.
    """
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise Refused(f"the query is longer than {MAX_BYTES:,} bytes", code="query.size", where=name)
    tokens = _tokens(text, name)
    _refuse_foreign(tokens, text, name)
    form = next((token.text for token in tokens if token.kind == "word" and token.text in _FORMS), None)
    if form is None:
        raise DataError(
            "there is no query here", code="query.syntax", where=name, hint=f"a query is {', '.join(_FORMS)} …"
        )
    return Outline(text, tokens, form)


def position(text: str, offset: int) -> str:
    """Return line and column (from 1, in code points) of an offset, joined by a colon."""
    line_start = text.rfind("\n", 0, offset) + 1
    return f"{text.count(chr(10), 0, offset) + 1}:{offset - line_start + 1}"


def _tokens(text: str, name: str) -> tuple[Token, ...]:
    """Split the text; the bounds are checked on the way, so that no text costs more than they allow."""
    tokens: list[Token] = []
    depth = operators = offset = 0
    while offset < len(text):
        found = _TOKEN.match(text, offset)
        if found is None or found.lastgroup is None:
            message = f"unexpected {text[offset : offset + 12].splitlines()[0]!r}"
            raise DataError(message, code="query.syntax", where=f"{name}:{position(text, offset)}")
        kind, piece = found.lastgroup, found[0]
        if kind == "word":
            piece = _CODE_POINT.sub(_resolve, piece).upper()
        depth += (kind == "open") - (kind == "close")
        operators += kind == "punct" or piece == "{" or (kind == "word" and piece in _OPERATORS)
        if depth > MAX_DEPTH or operators > MAX_OPERATORS:
            what = f"nested deeper than {MAX_DEPTH}" if depth > MAX_DEPTH else f"more than {MAX_OPERATORS} operators"
            raise Refused(
                f"the query is too complex: {what}", code="query.size", where=f"{name}:{position(text, offset)}"
            )
        if kind != "space":
            tokens.append(Token(kind, piece, offset))
        offset = found.end()
    return tuple(tokens)


def _resolve(escape: re.Match[str]) -> str:
    number = int(escape[0][2:], 16)
    return chr(number) if number <= 0x10FFFF else "?"


def _refuse_foreign(tokens: tuple[Token, ...], text: str, name: str) -> None:
    for before, token, after in zip((None, *tokens), tokens, (*tokens[1:], None), strict=False):
        where = f"{name}:{position(text, token.start)}"
        if _is_service(before, token, after):
            raise Refused(f"SERVICE is refused: {_HERE_ONLY}", code="query.service", where=where)
        if token.kind != "word":
            continue
        if token.text in _UPDATES:
            raise Refused(
                f"{token.text} is refused: a query does not change the graph",
                code="query.update",
                where=where,
                hint="the graph is made of reports and claims: change those and run kg build",
            )
        if token.text == "FROM":
            raise Refused(
                f"FROM is refused: {_HERE_ONLY}",
                code="query.from",
                where=where,
                hint="GRAPH <iri> { … } asks one of its named graphs; --graph FILE asks a file",
            )


def _is_service(before: Token | None, token: Token, after: Token | None) -> bool:
    if token.kind == "word":
        return "SERVICE" in token.text  # no keyword or function of SPARQL holds the word
    if token.kind == "pname" and "SERVICE" in token.text.partition(":")[0].upper():
        is_graph_name = before is not None and before.text == "GRAPH"
        return after is not None and after.text == "{" and not is_graph_name
    return False
