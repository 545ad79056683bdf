"""HTML pages, alone and in web archives: the main text, and what the page says of itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from pipeline.read.article import RawArticle, Unreadable
from pipeline.read.days import written_day
from pipeline.read.decode import plain_text
from pipeline.read.inputs import needs
from pipeline.read.streams import LARGEST
from pipeline.read.visible import visible_text


def page_article(html: bytes, *, doc_id: str, source: str, url: str | None = None) -> RawArticle:
    """The article of a page, as trafilatura reads it; raises `Unreadable` for a page without a main text.

    A page too small to have a main text, as a saved paragraph is, gives what of it can be seen if that has a sentence.
    """
    try:
        from trafilatura import bare_extraction
        from trafilatura.utils import decode_file, load_html
    except ImportError:
        raise needs("html", source) from None
    tree = load_html(html)
    page: Any = None
    if tree is not None:
        page = bare_extraction(tree, url=url, with_metadata=True, include_comments=False, include_tables=False)
    text = (page.text if page else None) or visible_text(decode_file(html)) or ""
    if not text.strip():
        raise Unreadable("no main text found in this page: save the article's words as .txt")
    return RawArticle(
        doc_id=doc_id,
        text=plain_text(text),
        source=source,
        title=(page and page.title) or None,
        published=written_day(page.date) if page and page.date else None,
        authors=tuple(name.strip() for name in ((page and page.author) or "").split(";") if name.strip()),
        publisher=(page and page.sitename) or None,
        url=(page and page.url) or url,
        encoding="html",
    )


def archived_pages(stream: IO[bytes], *, name: str) -> Iterator[tuple[str, bytes | Unreadable]]:
    """Address and body of every HTML response in a WARC file that was answered with success.

    What stands in a record's place and is none is told like a page that can't be read; as nobody knows how long it
    is, it is the last that can be read.
    """
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError:
        raise needs("warc", name) from None
    try:
        for record in ArchiveIterator(stream):
            if record.rec_type is None:
                yield "", Unreadable("broken web archive: a record without a WARC-Type; fetch it again")
            if record.rec_type != "response" or record.http_headers is None:
                continue
            content = record.http_headers.get_header("Content-Type") or ""
            status = record.http_headers.get_statuscode()
            if status is None or (status == "200" and ("html" in content or not content)):
                yield record.rec_headers.get_header("WARC-Target-URI") or "", _body(record)
    except (ArchiveLoadFailed, AttributeError) as error:  # A record that is cut within its headers is such an error.
        raise Unreadable(f"broken web archive: {error}; fetch it again") from None


def _body(record: Any) -> bytes | Unreadable:
    body: bytes = record.content_stream().read(LARGEST + 1)
    if len(body) > LARGEST:
        return Unreadable("this page is too large to be an article")
    if getattr(record.raw_stream, "limit", 0):
        return Unreadable("the archive ends in the middle of this page: fetch it again")
    return body
