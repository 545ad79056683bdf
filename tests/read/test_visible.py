"""Pages too small to have a main text."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from pipeline.read.article import RawArticle
from pipeline.read.inputs import find_files
from pipeline.read.reader import Reader
from pipeline.read.visible import visible_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>The port opened on <b>Monday</b>.</p>", "The port opened on Monday."),
        ("<nav>All of our pages here.</nav><p>The port opened on Monday.", "The port opened on Monday."),
        (
            "<h1>New port</h1>\n<p>The <!-- old -->port\nopened today.<br>It is new.",
            "New port\nThe port opened today.\nIt is new.",
        ),
        ("<p>The port<script>so.it.is(1, 2, 3.)</script> opened today.</p>tail", "The port opened today.\ntail"),
        ("The ministry (商务部) said “no comment at all.”", "The ministry (商务部) said “no comment at all.”"),
        ("<ul><li>Home<li>News of the day<li>About us", None),
        ("<style>a b c d.</style>", None),
        ("", None),
        ("\0", None),
    ],
)
def test_visible_text(html: str, text: str | None) -> None:
    assert visible_text(html) == text


@pytest.mark.parametrize(
    "html", ["<div>" * 200_000 + "A text that is deep.", "<p>a " * 200_000, "a " * 500_000, "\n" * 10**6]
)
def test_hostile_pages_take_linear_time(html: str) -> None:
    start = time.process_time()
    visible_text(html)
    assert time.process_time() - start < 10


@pytest.mark.parametrize(
    "html", ["<p>The port opened on Monday.</p>", "<html><body><p>The port opened on Monday.</p></body></html>"]
)
def test_a_page_of_one_paragraph(tmp_path: Path, html: str) -> None:
    (tmp_path / "a.html").write_text(html)
    (item,) = Reader(find_files([str(tmp_path)]))
    assert isinstance(item, RawArticle)
    assert (item.text.strip(), item.published, item.authors) == ("The port opened on Monday.", None, ())
