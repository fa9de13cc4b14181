"""A project whose reports are read by a stub."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from kg.language_model.extractor import Extractor, load_tools, open_extractor
from kg.language_model.plan import Tools
from kg.project import Project, read_project
from tests.language_model.gold import Example, answer, gold_files, read_example
from tests.language_model.stub import Body, Said, Script, asked, completion, serve


@cache
def examples() -> tuple[Example, ...]:
    """Our gold reports and, where it is at hand, the seed."""
    return tuple(read_example(path) for path in gold_files())


@cache
def tools() -> Tools:
    """What answers are held against, loaded once for all tests."""
    return load_tools(Project(Path.cwd()))


def write_project(folder: Path, url: str, more: str = "", extractor: str = "model") -> Project:
    """Write a project whose model answers at a URL."""
    folder.mkdir(parents=True, exist_ok=True)
    text = f'[project]\n[extraction]\nextractor = "{extractor}"\n[extraction.model]\nurl = "{url}"\nname = "stub:1b"\n{more}'
    (folder / "kg.toml").write_text(text, encoding="utf-8")
    (folder / "reports").mkdir(exist_ok=True)
    return read_project(folder / "kg.toml")


@contextmanager
def model(
    folder: Path, script: Script, more: str = "", *, kind: str = "model", budget: str | None = None
) -> Iterator[tuple[Extractor, list[Body]]]:
    """Open the extractor of a project whose model is a stub; also yields the requests that it gets."""
    with serve(script) as stub:
        project = write_project(folder, stub.url, more)
        opened = open_extractor(project, kind, environ={}, tools=tools(), first_pause=0.01, budget=budget)
        with opened as extractor:
            yield extractor, stub.bodies


def example_of(body: Body, known: Sequence[Example]) -> tuple[Example, list[int]]:
    """Which report a request is about, and the numbers of the sentences asked about."""
    sentences = asked(body)["sentences"]
    numbers = [sentence["number"] for sentence in sentences]
    for example in known:
        texts = {s.number: example.report.text[slice(*s.span)] for s in example.sentences}
        if all(texts.get(sentence["number"]) == sentence["text"] for sentence in sentences):
            return example, numbers
    raise AssertionError("the request is about no report that is known")


def truthful(known: Sequence[Example]) -> Script:
    """The script of a model that answers with the gold claims of whatever report it is asked about."""

    def script(body: Body, _: int) -> Said:
        example, numbers = example_of(body, known)
        return completion(answer(example, numbers))

    return script
