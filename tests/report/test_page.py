"""The report stands alone, shows what the run holds, and shows hostile text as text."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from pipeline.report.highlight import Mark, highlighted, visible
from pipeline.report.page import write_report
from tests.review.run_folder import write_run

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language

pytest.importorskip("altair")
pytest.importorskip("vl_convert")

HOSTILE = (
    "</script><script>alert(1)</script> prices up\n\n"
    'In Hebei, 40 mills <img src="http://evil.example/x" onerror=alert(2)> opened in May 2023, said Li Hua.\n\n'
    "\u202eTurned round, 3 ports in Fujian\u202c opened.\n"
)


class Elements(HTMLParser):
    """The elements and addresses of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [
            value or "" for name, value in attrs if name in ("src", "href") and not (value or "").startswith("#")
        ]


@pytest.fixture
def page(tmp_path: Path, nlp: Language) -> str:
    from pipeline.extractor import Extractor

    extractor = Extractor()
    extractor.__dict__["nlp"] = nlp
    document = extractor.extract(HOSTILE, doc_id="<b>hostile", title="<i>T</i>{{ 7*7 }}")
    run = write_run(tmp_path / "run", {"h": document.model_dump_json()}, {"<b>hostile": HOSTILE})
    assert write_report(run, tmp_path / "report.html", version="1") == 1
    return (tmp_path / "report.html").read_text("utf-8")


def test_it_loads_nothing_and_runs_only_its_own_script(page: str) -> None:
    elements = Elements()
    elements.feed(page)
    assert elements.addresses == []
    assert elements.tags.count("script") == 1
    assert not {"img", "iframe", "link", "object", "i", "b "} & set(elements.tags)
    assert "default-src 'none'" in page


def test_hostile_text_is_shown_as_text(page: str) -> None:
    assert "&lt;script&gt;alert(1)" in page
    assert "{{ 7*7 }}" in page
    assert '<span class="control">U+202E</span>' in page


def test_it_shows_claims_charts_and_tables(page: str) -> None:
    assert re.search(r'<mark class="[^"]*claim[^"]*"[^>]*>40</mark>', page)
    assert page.count("<svg") >= 3
    assert '<h2 id="tables-heading">' in page


@pytest.mark.parametrize(
    ("text", "marks", "html"),
    [
        ("abc", [], "abc"),
        ("abc", [Mark(0, 3, "x", "1")], '<mark class="x" data-ids="1" title="">abc</mark>'),
        (
            "abcd",
            [Mark(0, 3, "x", "1", "t"), Mark(1, 4, "y", "2")],
            '<mark class="x" data-ids="1" title="t">a</mark><mark class="x y" data-ids="1 2" title="t">bc</mark>'
            '<mark class="y" data-ids="2" title="">d</mark>',
        ),
        ("a&b", [Mark(1, 9, "x", '"><', "<")], 'a<mark class="x" data-ids="&quot;&gt;&lt;" title="&lt;">&amp;b</mark>'),
    ],
)
def test_highlighted(text: str, marks: list[Mark], html: str) -> None:
    assert highlighted(text, marks) == html


def test_visible_keeps_ordinary_right_to_left_text() -> None:
    assert visible("\u05d0\u05d1") == "\u05d0\u05d1"
