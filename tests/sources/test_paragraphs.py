"""Markup to text."""

from __future__ import annotations

from xml.etree.ElementTree import fromstring

import pytest

from kg.sources.paragraphs import element_text, html_text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>a</p>\n  <p>b\n c</p>d", "a\n\nb c\n\nd"),
        ("a<b>b</b> <i> c</i>", "ab c"),
        ("<div><div><p>a</p></div></div><ul><li>b<li>c</ul>", "a\n\nb\n\nc"),
        ("a <br> b<br/><br><br>c", "a\nb\n\nc"),
        ("<table><tr><th>a</th><td>b</td></tr><tr><td>c<td>d</table>", "a\tb\n\nc\td"),
        ("<pre>a\n  b\r\n\r\nc</pre>", "a\nb\n\nc"),
        ("a<script>if (x < 1) '<p>'</script>b<STYLE>p {}</Style>c", "abc"),
        ("a<!-- <p>x</p> -->b<?php x ?>c<!doctype x>d", "abcd"),
        ("a&nbsp;:&#8239;b &amp;lt; &eacute;&#0;&unknown;", "a\u00a0:\u202fb &lt; é\ufffd&unknown;"),
        ("1 < 2 <3 > 2 </ x>d", "1 < 2 <3 > 2 d"),
        ("<a title=\"x > y\" href='<p>'>a</a>", "a"),
        ("a</p></div>b</script>c", "a\n\nbc"),
        ("a<svg><p>x</p><svg></svg>y</svg>b", "ab"),
        ("a<p class='", "a"),
        ("a<!-- x", "a"),
        ("a<script>x", "a"),
        ("a\u2028b \u00a0", "a\u2028b \u00a0"),
        ("<p>a</p><p>&nbsp;</p><p>b</p>", "a\n\nb"),
        ("", ""),
    ],
)
def test_html_becomes_paragraphs_and_nothing_else_changes(markup: str, text: str) -> None:
    assert html_text(markup) == text


def test_an_element_becomes_the_same_text_as_its_markup() -> None:
    table = "<table><tr><td>d</td><td>e</td></tr></table>"
    markup = f"<div xmlns='urn:x'>a<p>b<br/>c</p>  {table}<!-- no --><script>no</script>f</div>"
    assert element_text(fromstring(markup)) == html_text(markup) == "a\n\nb\nc\n\nd\te\n\nf"  # noqa: S314 - our own text
