"""The prompts and the schema."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from pydantic import ValidationError

from kg.errors import DataError
from kg.language_model import prompts
from kg.language_model.answer import answer_schema, read_proposal
from kg.language_model.exchange import Answer
from kg.language_model.extractor import extractor_name
from kg.language_model.faults import FAULTS
from kg.language_model.prompts import FOLDER, VERSION, digest_of, load_prompts
from kg.records import Method
from kg.vocab import ENTITY_TYPES, EVENT_TYPES, MODALITIES, POLARITIES, RELATIONS, ROLES
from tests.language_model import small


def test_every_version_is_what_was_published() -> None:
    versions = [path.name for path in FOLDER.iterdir() if path.is_dir()]
    assert VERSION in versions
    for version in versions:
        load_prompts.cache_clear()
        assert load_prompts(version).version == version, f"its digest: {digest_of(FOLDER / version)}"


def test_a_changed_prompt_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(FOLDER, tmp_path / "prompts")
    task = tmp_path / "prompts" / VERSION / "task.md"
    task.write_text(task.read_text(encoding="utf-8") + " Please.", encoding="utf-8")
    monkeypatch.setattr(prompts, "FOLDER", tmp_path / "prompts")
    load_prompts.cache_clear()
    with pytest.raises(DataError, match="not those that were published"):
        load_prompts()
    load_prompts.cache_clear()


def test_the_guide_tells_every_word_of_the_vocabulary() -> None:
    guide = load_prompts().guide
    names = (*EVENT_TYPES, *RELATIONS, *ROLES, *ENTITY_TYPES, *MODALITIES, *POLARITIES)
    assert [name for name in names if name not in guide] == []


def test_the_schema_is_one_that_engines_take() -> None:
    for with_verdicts in (False, True):
        text = json.dumps(answer_schema(with_verdicts=with_verdicts))
        for word in ("oneOf", "discriminator", "default", "title", "pattern", "maxLength", "minItems", "prefixItems"):
            assert f'"{word}"' not in text
        assert text.count('"additionalProperties": false') == text.count('"properties"')
        assert ('"verdicts"' in text) is with_verdicts


def test_what_the_schema_requires_is_what_the_reader_requires() -> None:
    schema = answer_schema()
    required = schema["$defs"]["EventProposal"]["required"]
    for name in required:
        assert isinstance(read_proposal(small.attack(**{name: None})), tuple), name
    least = {name: value for name, value in small.attack().items() if name in required}
    assert not isinstance(read_proposal(least), tuple)


def test_every_fault_that_the_program_names_is_listed_and_every_one_listed_is_named() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in FOLDER.parent.glob("*.py") if path.stem != "faults")
    assert [code for code in FAULTS if f'"{code}"' not in source] == []


class Named:
    """A backend that is only a name."""

    def __init__(self, name: str) -> None:
        self.name, self.settings = name, dict[str, object]()

    def ask(self, _: object) -> Answer:
        raise AssertionError


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("gpt-5", "model-1-gpt-5"),
        ("qwen3:8b", "model-1-qwen3-8b"),
        ("meta-llama/Llama-3.3-70B", "model-1-meta-llama-Llama-3.3-70B-[0-9a-f]{6}"),
        ("é", "model-1-unnamed-[0-9a-f]{6}"),
        ("x" * 300, "model-1-x{40}-[0-9a-f]{6}"),
    ],
)
def test_a_model_of_any_name_has_one_in_provenance(name: str, told: str) -> None:
    import re

    found = extractor_name("1", Named(name))
    assert re.fullmatch(told, found)
    try:
        Method(extractor=found)
    except ValidationError:
        pytest.fail("it is no key of a claim record")


def test_names_that_cannot_stand_whole_stay_apart() -> None:
    names = ["org/model", "org model", "org|model", "org-model", "a" * 50, "a" * 51]
    assert len({extractor_name("1", Named(name)) for name in names}) == len(names)
