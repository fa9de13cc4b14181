"""Which format a file is in."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import kg.sources
from kg.sources import FORMATS
from kg.sources.formats import recognise
from kg.sources.source import open_source
from tests.sources.conftest import DATA, Write


def format_of(path: Path) -> str:
    """The name of the format that a file is taken to be in."""
    with open_source(path) as source:
        return recognise(source).name


HEAVY = {"simplemma", "yaml", "defusedxml", "lxml", "trafilatura", "numpy"}


@pytest.mark.parametrize(
    ("name", "format_name"),
    [
        ("report.md", "Markdown, or text with front matter"),
        ("corpus.txt", "corpus header"),
        ("reports.jsonl", "JSON Lines"),
        ("message.xml", "NewsML-G2 or NITF"),
        ("story.xml", "NewsML-G2 or NITF"),
        ("feed.rss", "RSS or Atom"),
        ("feed.atom", "RSS or Atom"),
        ("page-schema.html", "HTML"),
        ("page-opengraph.html", "HTML"),
    ],
)
def test_a_format_is_recognised_by_content_whatever_the_suffix(write: Write, name: str, format_name: str) -> None:
    data = (DATA / name).read_bytes()
    for path in (DATA / name, write("unknown.suffix", data), write("none", data)):
        assert format_of(path) == format_name


@pytest.mark.parametrize(
    ("name", "text", "format_name"),
    [
        ("a.md", "<p>markup</p>\n", "Markdown, or text with front matter"),
        ("a.html", "<p>markup</p>\n", "HTML"),
        ("a.HTM", "words\n", "HTML"),
        ("a.json", "[]\n", "JSON Lines"),
        ("a.xml", "<letter/>", "XML"),
        ("a", "<?xml version='1.0'?>\n<!-- x --><?pi?>\n<x:rss/>", "RSS or Atom"),
        ("a", "\n<!doctype HTML>\n<p>words", "HTML"),
        ("a.txt", "<p>markup</p>\n", "plain text"),
        ("a.txt", '{"title": 1}\n', "plain text"),
        ("a.toml", "words\n", "plain text"),
    ],
)
def test_the_suffix_decides_where_the_content_does_not(write: Write, name: str, text: str, format_name: str) -> None:
    assert format_of(write(name, text)) == format_name


def test_every_format_of_the_package_is_in_the_registry() -> None:
    modules = [
        importlib.import_module(f"kg.sources.{found.name}") for found in pkgutil.iter_modules(kg.sources.__path__)
    ]
    recognisers = {
        value
        for module in modules
        for name, value in inspect.getmembers(module, inspect.isfunction)
        if name.lstrip("_").startswith("is_")
        and value.__module__ == module.__name__
        and list(inspect.signature(value).parameters) == ["source"]
    }
    assert len(recognisers) >= 8
    assert recognisers == {each.recognises for each in FORMATS}


def test_importing_the_package_imports_no_parser() -> None:
    code = "import sys, kg.sources; print(*{name.split('.')[0] for name in sys.modules})"
    modules = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()
    assert "kg" in modules
    assert HEAVY & set(modules) == set()
