"""A page may take for ever or kill who reads it: it is told, and the next one is read."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from pipeline.read.article import RawArticle, Unreadable
from pipeline.run.pages import PageReader

PAGE = b"<html><body><p>The museum opened on Monday, officials said, and 300 visitors came.</p></body></html>"
#: libxml2 compares every attribute with every other, and hears no signal meanwhile.
MANY_ATTRIBUTES = PAGE.replace(b"<p>", b"<p " + b" ".join(b"a%d=1" % number for number in range(60_000)) + b">")


@pytest.fixture
def page() -> Iterator[PageReader]:
    with closing(PageReader(1.0)) as reader:
        yield reader


def die(*_: object, **__: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def read(page: PageReader, html: bytes, **about: Any) -> RawArticle:
    return page(html, doc_id="a", source="a.html", **about)


def test_a_page_is_read(page: PageReader) -> None:
    article = read(page, PAGE, url="https://a.org/a.html")
    assert "300 visitors" in article.text
    assert (article.doc_id, article.encoding, article.url) == ("a", "utf-8", "https://a.org/a.html")


def test_a_page_without_words_is_told(page: PageReader) -> None:
    with pytest.raises(Unreadable, match="no main text"):
        read(page, b"<html></html>")


def test_a_page_that_hears_no_signal_is_ended(page: PageReader) -> None:
    with pytest.raises(Unreadable, match="longer than 1 s: try it with a longer --timeout"):
        read(page, MANY_ATTRIBUTES)
    assert "300 visitors" in read(page, PAGE).text


def test_a_page_that_kills_its_reader_is_told(page: PageReader, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.run.pages.page_article", die)
        with pytest.raises(Unreadable, match="ended the process"):
            read(page, PAGE)
    assert "300 visitors" in read(page, PAGE).text
