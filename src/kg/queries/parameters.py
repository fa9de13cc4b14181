"""Named parameters of a query: values are bound as terms, never pasted.

pyoxigraph's own substitution reaches only variables of the SELECT clause, so a parameter is bound in the query itself,
by ``VALUES (?name) { (term) }`` at the head of every group in which the variable stands. One value wherever the name
stands: that is what a reader expects, and unlike a single VALUES at the top it also holds inside OPTIONAL, NOT EXISTS,
UNION and sub-queries, whose filters do not see what is bound around them (evaluation is bottom-up: SPARQL 1.1, section
18.2). The terms are written by `kg.iris`, which escapes what could end them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.errors import DataError, UsageError
from kg.guard import Outline, Token
from kg.iris import XSD, boolean, iri_term, language_string, quoted

_QUOTED = re.compile(r'"(?P<text>.*)"(?:@(?P<lang>[A-Za-z]+(?:-[A-Za-z0-9]+)*)|\^\^(?P<type>\S+))?', re.DOTALL)
_TYPED = re.compile(r"(?P<text>.*)\^\^(?P<type>\S+)", re.DOTALL)
_TAGGED = re.compile(r"(?P<text>.*\S)@(?P<lang>[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*)", re.DOTALL)
_CURIE = re.compile(r"(?P<prefix>[A-Za-z][A-Za-z0-9_-]*)?:(?P<local>\S*)")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://\S+|(?:urn|tag|mailto|doi):\S+")
_INTEGER, _DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)"), re.compile(r"-?[0-9]+\.[0-9]+")


def parse_term(text: str, prefixes: Mapping[str, str]) -> str:
    """Read a term as people write it on a command line; returns an N-Triples term.

    ``agent:armenia`` and ``<https://…>`` or ``https://…`` are IRIs; ``4``, ``2.5`` and ``true`` are typed as in SPARQL;
    ``2023-06-01^^xsd:date`` has the type that it names and ``truce@en`` a language. Everything else is a plain string,
    and what stands in double quotes is taken as it is (``"4"``, ``"a@b"``, ``"trêve"@fr``).

    Raises:
        UsageError: the prefix is not known, the language tag is not one, or the IRI is not an IRI.
    """
    try:
        return _term(text, prefixes)
    except DataError as error:
        raise UsageError(error.message, code="query.parameter", hint=error.hint) from error


def _term(text: str, prefixes: Mapping[str, str]) -> str:
    found = _QUOTED.fullmatch(text) or _TYPED.fullmatch(text)
    if found is None and not _ABSOLUTE.fullmatch(text):
        found = _TAGGED.fullmatch(text)
    if found:
        parts = found.groupdict()
        if parts.get("lang"):
            return language_string(_unicode(parts["text"]), parts["lang"].lower())
        if parts.get("type"):
            return f"{quoted(_unicode(parts['text']))}^^{_iri(parts['type'], prefixes)}"
        return quoted(_unicode(parts["text"]))
    if _INTEGER.fullmatch(text) or _DECIMAL.fullmatch(text):
        return f"{quoted(text)}^^<{XSD}{'decimal' if '.' in text else 'integer'}>"
    if text in ("true", "false"):
        return boolean(text == "true")
    if (text.startswith("<") and text.endswith(">")) or _ABSOLUTE.fullmatch(text) or _CURIE.fullmatch(text):
        return _iri(text, prefixes)
    return quoted(_unicode(text))


def _iri(text: str, prefixes: Mapping[str, str]) -> str:
    if text.startswith("<") and text.endswith(">"):
        return iri_term(text[1:-1])
    if _ABSOLUTE.fullmatch(text):
        return iri_term(text)
    found = _CURIE.fullmatch(text)
    if not found or (found["prefix"] or "") not in prefixes:
        raise DataError(
            f"neither an IRI nor a name with a known prefix: {text}",
            hint=f'for a string write "{text}" in double quotes; prefixes: {", ".join(prefixes)}',
        )
    return iri_term(prefixes[found["prefix"] or ""] + found["local"])


def _unicode(text: str) -> str:
    """Refuse what no RDF literal can hold: lone surrogates (bytes of the command line that are not UTF-8) and NUL."""
    if any("\ud800" <= c <= "\udfff" or c == "\0" for c in text):
        raise DataError("the value is not Unicode text, or holds a NUL")
    return text


# --------------------------------------------------------------------------- binding


@dataclass(slots=True)
class _Group:
    """A group graph pattern: where its first element goes, and the variables that stand in it but not deeper."""

    start: int
    names: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Clause:
    """A query or sub-query around its WHERE group: the variables of SELECT, template and solution modifiers."""

    names: set[str] = field(default_factory=set)
    where: _Group | None = None


def bind(outline: Outline, values: Mapping[str, str], *, name: str = "query") -> str:
    """Return the query's text with each parameter bound to its term.

    Args:
        outline: the query, checked.
        values: parameter names (without the question mark) to N-Triples terms, as `parse_term` gives them.
        name: what errors call the query.

    Raises:
        DataError: the query has no such variable, or is of a form that has no place for values.
    """
    groups = _groups(outline, name) if values else []
    for missing in sorted(set(values).difference(*(group.names for group in groups))):
        raise DataError(f"the query has no variable ?{missing}", code="query.parameter", where=name)
    text = outline.text
    for group in sorted(groups, key=lambda group: -group.start):
        names = sorted(group.names & set(values))
        if names:
            text = f"{text[: group.start]} {_values(names, values)} {text[group.start :]}"
    return text


def _values(names: list[str], terms: Mapping[str, str]) -> str:
    return f"VALUES ({' '.join(f'?{name}' for name in names)}) {{ ({' '.join(terms[name] for name in names)}) }}"


def _groups(outline: Outline, name: str) -> list[_Group]:
    """Find the group graph patterns and what stands in each; what surrounds a WHERE group is bound in that group."""
    tokens = outline.tokens
    groups: list[_Group] = []
    clauses = [_Clause()]
    frames: list[_Group | _Clause] = [clauses[0]]
    for index, token in enumerate(tokens):
        frame = frames[-1]
        if token.kind == "var":
            frame.names.add(token.text[1:])
        elif token.text == "}" and len(frames) > 1:
            frames.pop()
        elif token.text == "{":
            kind = _kind(tokens, index)
            if kind == "sub-query":
                clauses.append(_Clause())
                frames.append(clauses[-1])
            elif kind == "group":
                groups.append(_Group(token.start + 1))
                if isinstance(frame, _Clause) and tokens[index - 1].text != "EXISTS":
                    frame.where = groups[-1]
                frames.append(groups[-1])
            else:
                frames.append(frame)
    for clause in clauses:
        if clause.where:
            clause.where.names |= clause.names
        elif clause.names:
            hint = "write CONSTRUCT { … } WHERE { … } or DESCRIBE ?x WHERE { … }"
            raise DataError("the query has no place for parameters", code="query.parameter", where=name, hint=hint)
    return groups


def _kind(tokens: tuple[Token, ...], index: int) -> str:
    """What a brace opens: ``group``, ``sub-query`` (braces around SELECT), ``data`` (of VALUES) or ``template``."""
    words = [token.text for token in tokens[max(index - 2, 0) : index]]
    if words[-1:] == ["CONSTRUCT"] or words == ["CONSTRUCT", "WHERE"]:
        return "template"
    if words[:1] == ["VALUES"] or (words[-1:] == [")"] and _opens_data(tokens, index - 1)):
        return "data"
    return "sub-query" if index + 1 < len(tokens) and tokens[index + 1].text == "SELECT" else "group"


def _opens_data(tokens: tuple[Token, ...], closing: int) -> bool:
    """Whether the bracket at `closing` ends the list of variables of VALUES."""
    opening = closing - 1
    while opening > 0 and tokens[opening].kind == "var":
        opening -= 1
    return tokens[opening].text == "(" and tokens[opening - 1].text == "VALUES"
