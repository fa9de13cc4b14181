"""Rules over the whole graph: what their findings say, and how a malformed one is told; `test_shapes` breaks each of them."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import DataError
from kg.resources import verify_files
from kg.validation import verify
from kg.validation.verify import read_rule
from kg.vocab import KGS, PREFIXES

RULE = """# title-en: All.
# title-fr: Tout.
# severity: info
SELECT ?focus ?document ?path ?value { VALUES (?focus ?document ?path ?value) { %s } }
"""


@pytest.mark.parametrize(
    ("row", "document", "claim", "passage"),
    [
        ("(<http://a/id/claim/d16/c1> <http://a/id/doc/d16> <a:p> 1)", "d16", "http://a/id/claim/d16/c1", None),
        ("(<http://a/id/doc/d16#char=3,9> <http://a/graph/d16> UNDEF UNDEF)", "d16", None, (3, 9)),
        ("(<http://a/id/claim/d16/c1> UNDEF UNDEF <a:d#char=4,5>)", "", "http://a/id/claim/d16/c1", (4, 5)),
        ("(<http://a/x> <http://a/other> UNDEF UNDEF)", "http://a/other", None, None),
    ],
)
def test_a_finding_of_a_rule_names_what_is_known(
    tmp_path: Path, row: str, document: str, claim: str | None, passage: tuple[int, int] | None
) -> None:
    file = tmp_path / "all.rq"
    file.write_text(RULE % row, encoding="utf-8")
    (finding,) = verify(ox.Store(), [file])
    assert (finding.document, finding.claim, finding.passage) == (document, claim, passage)
    assert (finding.check, finding.severity) == (f"{KGS}verify-all", "info")
    assert (finding.path, finding.value) == (
        ("a:p", f'"1"^^<{PREFIXES["xsd"]}integer>')
        if "<a:p>" in row
        else (None, "<a:d#char=4,5>" if "<a:d" in row else None)
    )


def test_every_rule_says_its_sentence_in_both_languages() -> None:
    for path in verify_files():
        rule = read_rule(path)
        assert rule.name == path.stem
        assert rule.title_en.endswith(".")
        assert rule.title_fr.endswith(".")
        assert rule.title_en != rule.title_fr


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("# title-en: a\n# severity: warning\nSELECT ?focus {}", "rule.header"),
        ("# title-en: a\n# title-fr: b\n# severity: error\nSELECT ?focus {}", "rule.severity"),
        ("# title-en: a\n# title-fr: b\n# severity: info\nSELECT ?focus {", "rule.syntax"),
    ],
)
def test_a_malformed_rule_is_an_error(tmp_path: Path, text: str, code: str) -> None:
    rule = tmp_path / "rule.rq"
    rule.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        verify(ox.Store(), [rule])
    assert caught.value.code == code
    assert caught.value.where in (str(rule), "rule")
