"""Queries that nobody should have to answer: bombs, and every way of writing SERVICE that we know of."""

from __future__ import annotations

from collections.abc import Iterator


def bombs() -> Iterator[tuple[str, str]]:
    """Yield names and texts: what overflows a parser, an optimizer, memory or time."""
    deep = 30_000
    yield "parentheses", f"ASK {{ FILTER({'(' * deep}1{')' * deep}) }}"
    yield "parentheses below the size limit", f"ASK {{ FILTER({'(' * 2000}1{')' * 2000}) }}"
    yield "groups", f"ASK {'{' * deep}{'}' * deep}"
    yield "unclosed groups", "ASK " + "{" * 3000
    yield "negations", f"ASK {{ FILTER({'!' * deep}true) }}"
    yield "signs", f"ASK {{ FILTER({'- ' * 20_000}1) }}"
    yield "path groups", f"ASK {{ ?s {'(' * 5000}<p:p>{')' * 5000} ?o }}"
    yield "inverse paths", f"ASK {{ ?s {'^(' * 5000}<p:p>{')' * 5000} ?o }}"
    yield "path sequences", f"ASK {{ ?s {'/'.join(['<p:p>'] * 8000)} ?o }}"
    yield "unions", f"SELECT * {{ {' UNION '.join(['{?s ?p ?o}'] * 4000)} }}"
    yield "conjunctions", f"ASK {{ FILTER({'&&'.join(['1'] * 15_000)}) }}"
    yield "additions", f"ASK {{ FILTER({'+'.join(['1'] * 15_000)}) }}"
    yield "patterns", f"SELECT * {{ {' '.join(f'?a{n} ?p ?o{n} .' for n in range(3000))} }}"
    yield "collections", f"ASK {{ {'(' * 3000}{')' * 3000} ?p ?o }}"
    yield "property lists", f"ASK {{ {'[ <p:p> ' * 3000}{']' * 3000} ?p ?o }}"
    yield "triple terms", f"ASK {{ ?s ?p {'<<( ?a ?b ' * 3000}?c{' )>>' * 3000} }}"
    yield "sub-queries", f"SELECT * {'{ SELECT * ' * 2000}{{ ?s ?p ?o }}{'}' * 2000}"
    yield "optionals", f"SELECT * {{ {'OPTIONAL { ' * 2000}?s ?p ?o{' }' * 2000} }}"
    yield "a long comment", "ASK {} #" + "x" * 100_000
    yield "a long string", f'ASK {{ FILTER("{"x" * 100_000}" = "") }}'
    yield "an unclosed string", 'ASK { FILTER("' + "\\\\" * 20_000
    yield "dots in a name", "ASK { ?s ?p " + "a." * 30_000
    yield "escapes in a word", "\\u0041" * 10_000
    yield "nothing but quotes", "'" * 60_000
    yield "doubling of strings", _doubling("CONCAT(?x{n}, ?x{n})", 45)
    yield "growth by replacement", _doubling('REPLACE(?x{n}, "x", "xxxxxxxxxx")', 12)
    yield "cross product of values", _cross_product("SELECT (COUNT(*) AS ?n)")
    yield "cross product to be sorted", _cross_product("SELECT *", "ORDER BY ?v0 ?v1")
    yield (
        "cross product of the graph",
        f"SELECT (COUNT(*) AS ?n) {{ {' '.join(f'?a{n} ?b{n} ?c{n} .' for n in range(6))} }}",
    )
    yield "many patterns within bounds", f"SELECT * {{ {' '.join(f'?a{n} ?p{n} ?b{n} .' for n in range(160))} }}"
    anything = "(<p:p>|!<p:q>)*"
    yield "paths of any length", f"SELECT * {{ {' '.join(f'?a{n} {anything} ?b{n} .' for n in range(6))} }}"


def _doubling(expression: str, times: int) -> str:
    steps = " ".join(f"BIND({expression.format(n=n)} AS ?x{n + 1})" for n in range(times))
    return f'SELECT (STRLEN(?x{times}) AS ?n) {{ BIND("xxxxxxxxxxxxxxxx" AS ?x0) {steps} }}'


def _cross_product(head: str, tail: str = "") -> str:
    values = " ".join(str(n) for n in range(200))
    return f"{head} {{ {' '.join(f'VALUES ?v{n} {{ {values} }}' for n in range(8))} }} {tail}"


def service_calls(url: str) -> Iterator[str]:
    """Yield queries that ask another place, each in a spelling of its own; some of them are no SPARQL at all."""
    call = f"SERVICE <{url}> {{ ?a ?b ?c }}"
    tight = f"<{url}>{{?a ?b ?c}}"
    for keyword in (
        "SERVICE",
        "service",
        "sErViCe",
        "SERVICE SILENT",
        "service silent",
        "SERVICE\tSILENT",
        "SERVICE\n\n",
    ):
        yield f"SELECT * {{ {keyword} <{url}> {{ ?a ?b ?c }} }}"
    for space in ("", "#\n", "# comment\n", " # SERVICE\n#\r\n", "\r"):
        yield f"SELECT * {{ SERVICE{space}{tight} }}"
    yield f"SELECT * {{ BIND(<{url}> AS ?where) SERVICE ?where {{ ?a ?b ?c }} }}"
    yield f"SELECT * {{ VALUES ?where {{ <{url}> }} SERVICE?where{{ ?a ?b ?c }} }}"
    yield f"SELECT * {{ VALUES $where {{ <{url}> }} SERVICE SILENT$where{{ ?a ?b ?c }} }}"
    yield f"SELECT * {{ VALUES ?where {{ <{url}> }} SERVICESILENT?where{{ ?a ?b ?c }} }}"
    yield f"SELECT * {{ OPTIONAL {{ {call} }} }}"
    yield f"SELECT * {{ {{}} UNION {{ {call} }} }}"
    yield f"SELECT * {{ ?s ?p ?o MINUS {{ {call} }} }}"
    yield f"SELECT * {{ FILTER EXISTS {{ {call} }} }}"
    yield f"SELECT * {{ FILTER NOT EXISTS {{ {call} }} }}"
    yield f"SELECT (EXISTS {{ {call} }} AS ?x) {{}}"
    yield f"SELECT * {{ {{ SELECT * {{ {call} }} }} }}"
    yield f"SELECT * {{ GRAPH ?g {{ {call} }} }}"
    yield f"SELECT * {{ SERVICE <{url}> {{ {call} }} }}"
    yield f"ASK {{ {call} }}"
    yield f"CONSTRUCT {{ ?a ?b ?c }} WHERE {{ {call} }}"
    yield f"DESCRIBE ?a WHERE {{ {call} }}"
    yield f"SELECT * {{}} GROUP BY (EXISTS {{ {call} }})"
    yield f"SELECT * {{}} ORDER BY (EXISTS {{ {call} }})"
    yield f"SELECT * {{ FILTER(1<2){call} }}"
    yield f"SELECT * {{ FILTER(1<2)SERVICE{tight} }}"
    yield f"SELECT * {{ ?s ?p 1.SERVICE{tight} }}"
    yield f"SELECT * {{ ?s ?p 1SERVICE{tight} }}"
    yield f"SELECT * {{ ?s ?p 1.e1SERVICE{tight} }}"
    yield f"SELECT * {{ ?s ?p trueSERVICE{tight} }}"
    yield f'SELECT * {{ ?s ?p "SERVICE"SERVICE{tight} }}'
    yield f"SELECT * {{ ?s ?p '''it's''' . {call} }}"
    yield f'SELECT * {{ ?s ?p "\\\\" . {call} . ?s ?p "\\\\" }}'
    yield f"PREFIX far: <{url}> SELECT * {{ SERVICE far: {{ ?a ?b ?c }} }}"
    yield f"PREFIX far: <{url}> SELECT * {{ SERVICEfar: {{ ?a ?b ?c }} }}"
    yield f"PREFIX far: <{url}> SELECT * {{ ?s ?p trueSERVICEfar: {{ ?a ?b ?c }} }}"
    yield f"PREFIX far: <{url}> SELECT * {{ SERVICESILENTfar: {{ ?a ?b ?c }} }}"
    yield f"PREFIX : <{url}> SELECT * {{ SERVICE: {{ ?a ?b ?c }} }}"
    yield f"BASE <{url}> SELECT * {{ SERVICE <> {{ ?a ?b ?c }} }}"
    yield f"SELECT * {{ \\u0053ERVICE <{url}> {{ ?a ?b ?c }} }}"
    yield f"SELECT * {{ SERVI\\U00000043E <{url}> {{ ?a ?b ?c }} }}"
    yield f"SELECT * {{ SERVICE <\\u0068{url[1:]}> {{ ?a ?b ?c }} }}"
