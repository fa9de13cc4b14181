"""YAML front matter: the fields between two lines ``---`` at the beginning of a text.

It is read as nodes and not as objects, so that every fault has its line, a key that stands twice is one of them, and
``language: no`` is a language and not a truth value.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.errors import DataError, Refused
from kg.sources.metadata import FIELDS, Metadata, read_field

if TYPE_CHECKING:
    import yaml

_FENCED: Final = re.compile(r"---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_BEGINNING: Final = re.compile(
    r"---[ \t]*\r?\n(?:[ \t]*(?:#[^\n]*)?\r?\n)*(?:[A-Za-z_][\w-]*[ \t]*:(?:\s|\Z)|---[ \t]*(?:\r?\n|\Z))"
)
_MAX_SIZE: Final = 64 * 1024
_MAX_DEPTH: Final = 8
_TAG: Final = "tag:yaml.org,2002:"
_SCALARS: Final = {
    "date": ("str", "int", "timestamp"),
    "language": ("str", "bool"),  # Norwegian
}


def begins_front_matter(text: str) -> bool:
    """Whether a text opens with ``---`` and, after comments at most, a key; a rule above prose is no front matter."""
    return _BEGINNING.match(text) is not None


def split_front_matter(text: str, where: str) -> tuple[Metadata, str, tuple[str, ...]]:
    """Split a text into what its front matter says, the text that follows, and what is to be said about it.

    Raises:
        DataError: the front matter is not YAML, a field is wrong or stands twice; says in which line.
        Refused: it is larger, deeper or more entangled than front matter is.
    """
    if not begins_front_matter(text):
        return Metadata(), text, ()
    found = _FENCED.match(text)
    if not found:
        return Metadata(), text, ("the text begins like front matter that no line --- closes: read as text",)
    fields, notes = _read_fields(found[1], where)
    return Metadata(**fields), text[found.end() :], notes


def _read_fields(block: str, where: str) -> tuple[dict[str, str | None], tuple[str, ...]]:
    fields: dict[str, str | None] = {}
    unknown, seen = [], set()
    for key, value in _compose(block, where):
        place = f"{where}:{key.start_mark.line + 2}"
        name = _text(key, "a key", place)
        if name in seen:
            raise DataError(f"{name} stands twice", code="source.front-matter", where=f"{place}:{name}")
        seen.add(name)
        if name in FIELDS:
            fields[name] = _read_value(name, value, f"{place}:{name}")
        else:
            unknown.append(name)
    notes = (f"front matter: not used: {', '.join(unknown)}",) if unknown else ()
    return fields, notes


def _read_value(name: str, node: yaml.Node, where: str) -> str | None:
    if node.tag == f"{_TAG}null":
        return None
    is_list = name == "author" and node.id == "sequence"
    allowed = _SCALARS.get(name, ("str",))
    values = [_text(item, name, where, allowed) for item in (node.value if is_list else [node])]
    try:
        return read_field(name, ", ".join(values))
    except ValueError as error:
        raise DataError(str(error), code="source.front-matter", where=where) from error


def _text(node: yaml.Node, what: str, where: str, allowed: tuple[str, ...] = ("str",)) -> str:
    kind = node.tag.removeprefix(_TAG)
    if node.id != "scalar" or kind not in allowed:
        message = f"{what} must be text, not a YAML {kind}"
        raise DataError(message, code="source.front-matter", where=where, hint="put it in quotes")
    return str(node.value)


def _compose(block: str, where: str) -> list[tuple[yaml.Node, yaml.Node]]:
    """Return the pairs of nodes of a mapping. Nothing is constructed: no tag can do anything."""
    import yaml

    if len(block) > _MAX_SIZE:
        raise _refused(f"is longer than {_MAX_SIZE:,} characters", where)
    try:
        _refuse_entangled(block, where)
        node = yaml.compose(block, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{where}:{mark.line + 2}" if mark else where
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read"
        message = f"the front matter is not valid YAML: {problem}"
        hint = "put values that hold a colon or begin with a sign in quotes"
        raise DataError(message, code="source.front-matter", where=place, hint=hint) from error
    except (ValueError, OverflowError) as error:  # an escape beyond Unicode
        message = f"the front matter is not valid YAML: {error}"
        raise DataError(message, code="source.front-matter", where=where) from error
    if node is None:
        return []
    if not isinstance(node, yaml.MappingNode):
        message = "the front matter must be lines of the form key: value"
        raise DataError(message, code="source.front-matter", where=f"{where}:2")
    return list(node.value)


def _refuse_entangled(block: str, where: str) -> None:
    import yaml

    depth = 0
    for event in yaml.parse(block, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise _refused("holds an alias", where)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _MAX_DEPTH:
            raise _refused(f"is nested deeper than {_MAX_DEPTH} levels", where)


def _refused(what: str, where: str) -> Refused:
    return Refused(f"the front matter {what}", code="source.front-matter", where=where)
