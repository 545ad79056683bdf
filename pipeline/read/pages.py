"""HTML pages, alone and in web archives: the main text, and what the page says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, Any, NamedTuple

from pipeline.limit import OutOfTime, time_limit
from pipeline.read.article import RawArticle, Unreadable, named, one_line
from pipeline.read.days import written_day
from pipeline.read.decode import damage, encoding_of, plain_text
from pipeline.read.inputs import needs
from pipeline.read.streams import LARGEST
from pipeline.read.visible import visible_text

#: Where a page, in its first bytes, or a server's header says the encoding: ``<meta charset="gbk">``,
#: ``<?xml … encoding="gbk"?>``, ``text/html; charset=gbk``.
_LABEL = r"""(?:charset|encoding)\s{0,9}=\s{0,9}["']?([\w.:-]{1,40})"""
_PAGE_SAYS = re.compile(rf"<(?:meta|\?xml)\b[^>]{{0,300}}?{_LABEL}".encode(), re.IGNORECASE)
_SERVER_SAYS = re.compile(_LABEL, re.IGNORECASE)
_HEAD = 4096

#: The day that a page, its time stamp or its address tells; never one that is guessed from the words of the article.
_DATES = {"original_date": True, "extensive_search": False}

#: Seconds that a page may take unless somebody says otherwise; most take a hundredth of one.
SECONDS = 120.0


def page_article(  # noqa: PLR0913
    html: bytes, *, doc_id: str, source: str, url: str | None = None, content_type: str = "", seconds: float = SECONDS
) -> RawArticle:
    """The article of a page, as trafilatura reads it; raises `Unreadable` for a page without a main text.

    `content_type` is the server's header, where there is one. A page too small to have a main text, as a saved
    paragraph is, gives what of it can be seen if that has a sentence. One that takes longer than `seconds`, or that
    the library can't cope with, is unreadable too.
    """
    require(source)
    try:
        with time_limit(seconds):
            return _article(html, content_type, doc_id=doc_id, source=source, url=url)
    except OutOfTime:
        raise Unreadable(
            f"reading this page took longer than {seconds:g} s: try it with a longer --timeout, or save it as .txt"
        ) from None
    except Unreadable:
        raise
    except Exception as error:  # A page is anybody's, and what a library does with it too.
        raise Unreadable(f"this page can't be read ({named(error)}): save the article's words as .txt") from error


def require(what: str = "pages") -> None:
    """Load what reads pages; raises `Unreadable` where it isn't installed, which says of `what` it is missing."""
    try:
        import trafilatura  # noqa: F401
        import webencodings  # noqa: F401
    except ImportError:
        raise needs("html", what) from None


def _article(html: bytes, content_type: str, *, doc_id: str, source: str, url: str | None) -> RawArticle:
    from trafilatura import bare_extraction
    from trafilatura.utils import handle_compressed_file, load_html

    html = handle_compressed_file(html)  # Some crawlers keep pages as packed as the server sent them.
    encoding = encoding_of(html, declared=_declared(html, content_type))
    words = html.decode(encoding, "replace")
    tree = load_html(words)
    page: Any = None
    if tree is not None:
        page = bare_extraction(
            tree,
            url=url,
            with_metadata=True,
            include_comments=False,
            include_tables=False,
            date_extraction_params=_DATES,
        )
    text = (page.text if page else None) or visible_text(words) or ""
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
        encoding=encoding,
        notes=damage(html, encoding),
    )


def _declared(html: bytes, content_type: str) -> str | None:
    """The encoding that the server or the page itself tells of, by its Python name, as browsers understand it.

    ``<meta charset="gb2312">`` → ``"gb18030"``, which has all of it and more (the WHATWG encoding standard).
    """
    from webencodings import lookup

    if server := _SERVER_SAYS.search(content_type):
        label = server[1]
    else:
        own = _PAGE_SAYS.search(html[:_HEAD])
        label = own[1].decode("ascii", "ignore") if own else ""
    found = lookup(label)
    if found is None or found.name in {"replacement", "x-user-defined"}:
        return None
    return "gb18030" if found.name == "gbk" else str(found.codec_info.name)


class ArchivedPage(NamedTuple):
    """A response in a web archive: where it is from, the server's `Content-Type`, and what it sent."""

    url: str
    content_type: str
    body: bytes | Unreadable


def archived_pages(stream: IO[bytes], *, name: str) -> Iterator[ArchivedPage]:
    """Every HTML response in a WARC file that was answered with success.

    What stands in a record's place and is none is told like a page that can't be read; as nobody knows how long it
    is, it is the last that can be read.
    """
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError:
        raise needs("warc", name) from None
    try:
        records = ArchiveIterator(stream)
        records.INC_RECORD = ""  # What it would print of a record that is longer than it says; `_body` tells it.
        for record in records:
            if record.rec_type is None:
                untold = "broken web archive: a record without a WARC-Type; fetch it again"
                yield ArchivedPage("", "", Unreadable(untold))
            elif _is_page(record):
                content = record.http_headers.get_header("Content-Type") or ""
                url = record.rec_headers.get_header("WARC-Target-URI") or ""
                yield ArchivedPage(url, content, _body(record, records))
    except (ArchiveLoadFailed, AttributeError) as error:  # A record that is cut within its headers is such an error.
        raise Unreadable(f"broken web archive: {one_line(error)}; fetch it again") from None


def _is_page(record: Any) -> bool:
    """Whether this is a server's answer of success (RFC 9110: any of the two hundreds) with HTML, or with no type."""
    if record.rec_type != "response" or record.http_headers is None:
        return False
    content = (record.http_headers.get_header("Content-Type") or "").lower()
    status = record.http_headers.get_statuscode()
    return status is None or (status.startswith("2") and ("html" in content or not content))


def _body(record: Any, records: Any) -> bytes | Unreadable:
    body: bytes = record.content_stream().read(LARGEST + 1)
    if len(body) > LARGEST:
        return Unreadable("this page is too large to be an article")
    if getattr(record.raw_stream, "limit", 0):
        return Unreadable("the archive ends in the middle of this page: fetch it again")
    misfits = records.err_count
    records.read_to_end(record)
    if records.err_count > misfits:
        _go_to_next(records)
        return Unreadable("this page goes on where its record ends, as its Content-Length is wrong: fetch it again")
    return body


def _go_to_next(records: Any) -> None:
    """Pass over what is left of a record that is longer than it says, up to the line that begins the next one."""
    while records.next_line and not records.next_line.startswith(b"WARC/"):
        records.next_line = records.reader.readline(_HEAD) or None
