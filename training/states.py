"""Write ``ontology/entities/states.ttl`` from the two tables beside this file.

Run as ``python -m training.states`` after an edit of ``states.tsv`` or ``capitals.tsv``; a test asserts that the committed
Turtle is exactly what this writes. The tables hold names as newswire uses them, in both languages; every CLDR name is
among them, which another test checks through Babel.

Cells hold several values between semicolons. ``X+s`` in an English demonym stands for X and its plural Xs. A French
demonym is its masculine singular, whose other forms follow the general rule (`french_forms`), or, with slashes, all forms.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import DataError
from kg.iris import language_string
from kg.resources import ontology_dir
from kg.vocab import PREFIXES, REFERENCE_BASE

HERE = Path(__file__).parent
STATES = HERE / "states.tsv"
CAPITALS = HERE / "capitals.tsv"
HEADER = HERE / "states-header.ttl"

LANGUAGES = ("en", "fr")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: where it stands, and its cells by column."""

    where: str
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def values(self, column: str) -> tuple[str, ...]:
        """Return the values of a cell, in the order of the table."""
        return tuple(part.strip() for part in self.cells[column].split(";") if part.strip())


def read_table(path: Path) -> list[Row]:
    """Read a table with tabs between its columns and their names on the first line.

    Raises:
        DataError: a line has more or fewer cells than the first; says file and line.
    """
    lines = list(csv.reader(path.read_text(encoding="utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
    rows = []
    for number, cells in enumerate(lines[1:], 2):
        if len(cells) != len(lines[0]):
            raise DataError(
                f"{len(cells)} cells, not {len(lines[0])}", code="table.cells", where=f"{path.name}:{number}"
            )
        rows.append(Row(f"{path.name}:{number}", dict(zip(lines[0], cells, strict=True))))
    return rows


def french_forms(demonym: str) -> tuple[str, ...]:
    """Return masculine and feminine, singular and plural, of a French demonym.

    The general rule of the grammars: a final e serves both genders, -en and -on double their consonant, all else takes
    an e; the plural takes an s unless one is there. What is irregular stands in full, with slashes, and is returned as it is.
    """
    if "/" in demonym:
        return tuple(dict.fromkeys(form.strip() for form in demonym.split("/")))
    if demonym.endswith("e"):
        feminine = demonym
    elif demonym.endswith(("en", "on")):
        feminine = f"{demonym}ne"
    else:
        feminine = f"{demonym}e"
    plural = demonym if demonym.endswith(("s", "x")) else f"{demonym}s"
    return tuple(dict.fromkeys((demonym, feminine, plural, f"{feminine}s")))


def english_forms(demonym: str) -> tuple[str, ...]:
    """Return an English demonym and, where ``+s`` asks for it, its plural."""
    stem, mark, _ = demonym.partition("+s")
    return (stem, f"{stem}s") if mark else (stem,)


def render(states: list[Row], capitals: list[Row]) -> str:
    """Return the Turtle of all states, their territories and their capitals.

    Raises:
        DataError: a capital names a state that is not in the table.
    """
    known = {row["code"]: row for row in states}
    seats: dict[str, list[str]] = {}
    for row in capitals:
        if row["state"] not in known:
            raise DataError(f"no state {row['state']!r}", code="table.reference", where=row.where)
        seats.setdefault(row["state"], []).append(row["slug"])
    blocks = [block for row in states for block in _state(row, seats.get(row["code"], []))]
    cities = {row["slug"]: row for row in capitals if row["en"]}
    blocks += [_subject("place", slug, "Place", _names(cities[slug])) for slug in sorted(cities)]
    head = HEADER.read_text(encoding="utf-8")
    prefixes = "".join(f"@prefix {name}: <{PREFIXES[name]}> .\n" for name in ("kg", "skos", "wd"))
    local = "".join(f"@prefix {name}: <{REFERENCE_BASE}id/{name}/> .\n" for name in ("agent", "place"))
    return f"{head}{prefixes}{local}\n" + "\n".join(blocks)


def _state(row: Row, capitals: list[str]) -> Iterator[str]:
    slug, names = row["slug"], _names(row)
    demonyms = {
        "en": [form for demonym in row.values("demonym_en") for form in english_forms(demonym)],
        "fr": [form for demonym in row.values("demonym_fr") for form in french_forms(demonym)],
    }
    facts = [
        *names,
        ("kg:demonym", _tagged(demonyms)),
        ("kg:capital", [f"place:{capital}" for capital in capitals]),
        ("kg:seat", _tagged({language: list(row.values(f"seat_{language}")) for language in LANGUAGES})),
    ]
    territory = [fact for fact in names if fact[0] != "skos:exactMatch"]
    note = f"# {row['note']}\n" if row["note"] else ""
    yield note + _subject("agent", slug, "State", facts)
    yield _subject("place", slug, "Place", [*territory, ("kg:territoryOf", [f"agent:{slug}"])])


def _names(row: Row) -> list[tuple[str, list[str]]]:
    return [
        ("skos:prefLabel", _tagged({language: [row[language]] for language in LANGUAGES})),
        ("skos:altLabel", _tagged({language: list(row.values(f"alt_{language}")) for language in LANGUAGES})),
        ("skos:exactMatch", [f"wd:{row['wikidata']}"] if row["wikidata"] else []),
    ]


def _tagged(texts: dict[str, list[str]]) -> list[str]:
    return [language_string(text, language) for language in LANGUAGES for text in dict.fromkeys(texts[language])]


def _subject(prefix: str, slug: str, kind: str, facts: list[tuple[str, list[str]]]) -> str:
    lines = [f"{predicate} {' , '.join(values)}" for predicate, values in facts if values]
    return f"{prefix}:{slug} a kg:{kind} ;\n    " + " ;\n    ".join(lines) + " .\n"


def main() -> None:
    """Write the file, through a temporary one beside it."""
    target = ontology_dir() / "entities" / "states.ttl"
    target.parent.mkdir(exist_ok=True)
    draft = target.with_suffix(".tmp")
    draft.write_text(render(read_table(STATES), read_table(CAPITALS)), encoding="utf-8")
    draft.replace(target)


if __name__ == "__main__":
    main()
