"""Terms and IRIs: what is written is read back as it was, and a name depends on nothing but what it names."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pyoxigraph as ox
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg import iris
from kg.errors import DataError
from kg.iris import Minter, digest, iri_term, language_string, ontology_term, quoted, slug
from kg.vocab import DEFAULT_BASE, KG, KGT

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
"""What a record may hold."""

HOSTILE = (
    '"',
    "\\",
    '\\"',
    'x\n\\"',
    '" . <a:s> <a:p> <a:o> . <a:s> <a:p> "',
    "line\nbreak\r\n\ttab\b\f\v",
    "\x01\x1f\x7f\x85\x9f",
    "\u202eright to left\u2066\u200f\u2069",
    "\u2028\u2029\ufeff\ufffe",
    "<script>alert(1)</script>&amp;]]>",
    "\\u0041\\U0001F600 \\n",
    "^^<http://www.w3.org/2001/XMLSchema#integer>",
    "@fr",
    "e\u0301 é 😀 𝔘",
    "",
)


def term(written: str) -> object:
    """Read a term as an object, by a parser that is not ours; nothing else must come of it."""
    (quad,) = ox.parse(f"<a:s> <a:p> {written} .\n".encode(), format=ox.RdfFormat.N_TRIPLES)
    return quad.object


def reads_as(written: str, iri: str) -> bool:
    """Whether a reader takes what is written for one term that holds this IRI or this language tag."""
    try:
        found = term(written)
    except (SyntaxError, ValueError):
        return False
    return iri in (getattr(found, "value", None), getattr(found, "language", None))


# --------------------------------------------------------------------------- terms


@given(TEXT)
def test_any_text_reads_back_as_it_was(text: str) -> None:
    assert term(quoted(text)) == ox.Literal(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_reads_back_as_it_was_in_every_format(text: str) -> None:
    line = f"<a:s> <a:p> {language_string(text, 'fr')} ."
    for form in (ox.RdfFormat.N_TRIPLES, ox.RdfFormat.N_QUADS, ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG):
        assert [quad.object for quad in ox.parse(line.encode(), format=form)] == [ox.Literal(text, language="fr")]


@given(TEXT)
def test_a_string_is_one_line_without_control_characters(text: str) -> None:
    assert not any(c < " " or c == "\x7f" for c in quoted(text))


@given(TEXT, st.from_regex(r"[a-z]{2,8}(-[a-z0-9]{1,8}){0,3}", fullmatch=True))
@example("x", "en-gb")
@example("x", "en-a")
def test_a_language_tag_is_one_that_readers_take_or_is_refused(text: str, tag: str) -> None:
    try:
        written = language_string(text, tag)
    except DataError:
        assert not reads_as(f'"x"@{tag}', tag)
    else:
        assert term(written) == ox.Literal(text, language=tag)


@pytest.mark.parametrize("tag", ["", "f", "FR", "en_GB", "fr ", "fr\n", "en-", "-en", "fr> .", "toolongatag", "é"])
def test_what_is_no_language_tag_is_refused(tag: str) -> None:
    with pytest.raises(DataError) as caught:
        language_string("x", tag)
    assert caught.value.code == "language"
    assert "en-gb" in str(caught.value.hint)


@given(st.one_of(TEXT, TEXT.map("http://example.org/{}".format), st.text().map("a:{}".format)))
@example("http://[")
@example("http://a/%zz")
@example("http://a/x#y#z")
@example("http://a/\ue000")
@example("a:> . <b:s> <b:p> <b:o")
def test_an_iri_is_one_that_readers_take_or_is_refused(iri: str) -> None:
    try:
        written = iri_term(iri)
    except DataError:
        assert not reads_as(f"<{iri}>", iri)
    else:
        assert term(written) == ox.NamedNode(iri)
        assert written == f"<{iri}>"


@pytest.mark.parametrize(
    "iri",
    [
        "",
        "relative",
        "/path",
        ":x",
        "1a:x",
        "a:x y",
        "a:<x>",
        'a:"x"',
        "a:{x}",
        "a:x|y",
        "a:x^y",
        "a:`x`",
        "a:x\\y",
        "a:\t",
        "a:\u0000",
        "http://[",
        "http://a/%",
        "a:#x#y",
    ],
)
def test_what_is_no_absolute_iri_is_refused(iri: str) -> None:
    with pytest.raises(DataError, match="not an absolute IRI") as caught:
        iri_term(iri)
    assert caught.value.code == "iri"
    assert "percent-encode" in str(caught.value.hint)


@given(st.integers())
def test_an_integer_is_canonical(number: int) -> None:
    written = term(iris.integer(number))
    assert isinstance(written, ox.Literal)
    assert (written.value, written.datatype.value) == (str(number), f"{iris.XSD}integer")


@pytest.mark.parametrize(
    ("value", "digits"),
    [(0.0, "0.0"), (1.0, "1.0"), (0.5, "0.5"), (0.12344999, "0.1234"), (0.99999, "1.0"), (100, "100.0")],
)
def test_a_decimal_has_one_to_four_fraction_digits(value: float, digits: str) -> None:
    assert iris.decimal(value) == f'"{digits}"^^<{iris.XSD}decimal>'


def test_booleans_and_days_are_written_by_the_letter_of_xsd() -> None:
    assert [iris.boolean(True), iris.boolean(False)] == [
        f'"true"^^<{iris.XSD}boolean>',
        f'"false"^^<{iris.XSD}boolean>',
    ]
    assert iris.day_start("2024-05-10") == f'"2024-05-10T00:00:00Z"^^<{iris.XSD}dateTime>'
    assert iris.day_end("2024-05-10") == f'"2024-05-10T23:59:59Z"^^<{iris.XSD}dateTime>'


def test_our_own_words_are_terms_of_our_namespaces() -> None:
    assert ontology_term("claimant") == f"<{KG}claimant>"
    assert iris.concept_term("attack") == f"<{KGT}attack>"


# --------------------------------------------------------------------------- slugs and digests


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ministère des Affaires étrangères", "ministere-des-affaires-etrangeres"),
        ("  L'Armée -- (nord)  ", "l-armee-nord"),
        ("Ереван", ""),
        ("京", ""),
        ("../../etc/passwd", "etc-passwd"),
        ("%2e%2e", "2e-2e"),
        ("a\nb\tc", "a-b-c"),
        ("ﬁn", "fin"),
        ("", ""),
    ],
)
def test_a_slug_is_plain_and_readable(text: str, expected: str) -> None:
    assert slug(text) == expected


@given(TEXT, st.integers(1, 60))
def test_a_slug_holds_nothing_but_letters_digits_and_inner_hyphens(text: str, limit: int) -> None:
    found = slug(text, limit)
    assert len(found) <= limit
    assert set(found) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert found == found.strip("-")
    assert slug(found, limit) == found


def test_a_slug_has_a_length_that_people_read() -> None:
    assert slug("x" * 60) == "x" * 48
    assert slug("x" * 47 + " y") == "x" * 47


def test_a_digest_is_what_sha256_says() -> None:
    # echo -n abc | sha256sum
    assert digest("abc", length=64) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert digest("abc") == "ba7816bf8f01"


@given(st.lists(TEXT, min_size=1, max_size=4), st.lists(TEXT, min_size=1, max_size=4))
@example(["a\x1fb"], ["a", "b"])
@example(["a\x1e", "b"], ["a\x1e\x1fb"])
@example(["\x1e\x1f"], ["\x1e", ""])
def test_two_lists_never_meet_in_a_digest(one: list[str], other: list[str]) -> None:
    assert (digest(*one, length=64) == digest(*other, length=64)) == (one == other)


# --------------------------------------------------------------------------- minting

MINT = Minter(DEFAULT_BASE)
KEY = "0123456789abcdef"

NAMED: dict[str, Callable[[str], str]] = {
    "claim": lambda text: MINT.claim(KEY, text),
    "time": lambda text: MINT.time(KEY, text),
    "extraction": lambda text: MINT.extraction(KEY, text),
    "agent": lambda text: MINT.agent(text, "Person"),
    "group": lambda text: MINT.group(KEY, text),
    "place": MINT.place,
    "post": lambda text: MINT.post(None, text),
    "post in": lambda text: MINT.post(MINT.agent("Army", "ArmedForce"), text),
}


@pytest.mark.parametrize("kind", NAMED)
@given(text=TEXT)
def test_whatever_the_name_the_iri_is_one_and_lies_below_the_base(kind: str, text: str) -> None:
    iri = NAMED[kind](text)
    assert ox.NamedNode(iri).value == iri
    folder = {"group": "agent", "post in": "post"}.get(kind, kind)
    assert iri.startswith(f"{DEFAULT_BASE}id/{folder}/")
    assert "/../" not in iri
    assert iri.isascii()


def test_every_iri_is_as_it_always_was() -> None:
    # the bytes of every graph ever built hang on these: whoever changes one breaks them all
    base = f"{DEFAULT_BASE}id/"
    assert [
        MINT.document(KEY),
        MINT.span(KEY, 3, 14),
        MINT.claim(KEY, '{"kind":"post"}'),
        MINT.event(KEY, "e1"),
        MINT.time(KEY, "2024"),
        MINT.extraction(KEY, "claim-file"),
        MINT.agent("Ada Lorne", "Person"),
        MINT.agent("Ереван", "State"),
        MINT.group(KEY, "two soldiers"),
        MINT.place("Kalvar"),
        MINT.post("https://example.org/army", "Spokeswoman"),
        MINT.post(None, "Spokeswoman"),
        MINT.graph("entities"),
    ] == [
        f"{base}doc/{KEY}",
        f"{base}doc/{KEY}#char=3,14",
        f"{base}claim/{KEY}/359287c9a34d",
        f"{base}event/{KEY}/e1",
        f"{base}time/{KEY}/6557739a6728",
        f"{base}extraction/{KEY}/claim-file",
        f"{base}agent/ada-lorne-09e84e",
        f"{base}agent/2ce998515f71",
        f"{base}agent/{KEY}/two-soldiers-380a63",
        f"{base}place/kalvar-4888fc",
        f"{base}post/spokeswoman-bde37b",
        f"{base}post/spokeswoman-ee583d",
        f"{DEFAULT_BASE}graph/entities",
    ]


def test_another_process_mints_the_same_iris() -> None:
    program = "from kg.iris import Minter; print(Minter('http://a/').agent('Élise « Ada »', 'Person'))"
    minted = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": zone, "PYTHONUTF8": "1"},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed, locale, zone in (("1", "C", "Asia/Tokyo"), ("2", "tr_TR.UTF-8", "America/Lima"))
    }
    assert minted == {Minter("http://a/").agent("Élise « Ada »", "Person")}


def test_names_that_look_alike_stay_apart() -> None:
    names = ["Ереван", "Минск", "Élysée", "Elysee", "elysee", "E. Lysee", "x" * 60, "x" * 61]
    assert len({MINT.place(name) for name in names}) == len(names)


def test_the_kind_of_an_agent_is_part_of_its_identity() -> None:
    assert MINT.agent("Georgia", "State") != MINT.agent("Georgia", "Organization")
    assert MINT.agent("Georgia", "Person").rpartition("/")[2] != MINT.place("Georgia").rpartition("/")[2]


def test_a_group_belongs_to_its_document_and_an_agent_to_none() -> None:
    assert MINT.group(KEY, "two soldiers") != MINT.group(KEY[::-1], "two soldiers")
    assert KEY not in MINT.agent("Ada Lorne", "Person")


def test_a_post_is_known_by_its_words_whatever_their_case_and_by_its_organization() -> None:
    assert MINT.post(None, "Foreign Minister") == MINT.post(None, "foreign minister")
    assert MINT.post(None, "foreign minister") != MINT.post("a:x", "foreign minister")
    assert MINT.post("a:x", "foreign minister") != MINT.post("a:y", "foreign minister")


def test_the_base_goes_before_everything() -> None:
    other = Minter("http://desk.example/")
    for iri, minted in ((MINT.place("Kalvar"), other.place("Kalvar")), (MINT.span(KEY, 0, 1), other.span(KEY, 0, 1))):
        assert iri.removeprefix(DEFAULT_BASE) == minted.removeprefix("http://desk.example/")
