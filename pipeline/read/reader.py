"""Files → articles, one after the other, each on its own: what can't be read is told and the next one read."""

from __future__ import annotations

import dataclasses
import gzip
import zlib
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import chain
from pathlib import PurePosixPath
from typing import IO

from pipeline.read.article import RawArticle, ReadError, Unreadable, named
from pipeline.read.decode import damage, decode
from pipeline.read.identity import safe_id
from pipeline.read.inputs import InputFile, total_size
from pipeline.read.pages import archived_pages, page_article
from pipeline.read.rows import (
    Numbered,
    Row,
    csv_rows,
    json_document,
    json_lines,
    json_reader,
    parquet_rows,
    row_article,
    row_id,
)
from pipeline.read.streams import in_utf8, looked_at, open_bytes, read_whole

Item = RawArticle | ReadError
_Read = Callable[[InputFile, IO[bytes]], Iterator[Item]]
_ReadPage = Callable[..., RawArticle]

#: What is looked at to tell whether standard input is JSON.
_BEGINNING = 1 << 16
_DAMAGED = (EOFError, gzip.BadGzipFile, zlib.error)


class Reader:
    """Iterates over the articles of `files`; a document that can't be read comes as a `ReadError`.

    `published` is the day of texts that have none of their own; `page` reads a page as `page_article` does. The
    `doc_id` of what comes is the one it asks for: safe as a file name, not yet unique. `share` tells how much of the
    input has been read, from 0 to 1, or None where that can't be known; `broken_off` whether a file ended where its
    disk or its server failed, so that there may be more in it another time.
    """

    def __init__(
        self, files: Sequence[InputFile], *, published: date | None = None, page: _ReadPage = page_article
    ) -> None:
        self.files = files
        self.published = published
        self.broken_off = False
        pages: dict[str, _Read] = {"html": partial(_read_page, page=page), "warc": partial(_read_archive, page=page)}
        self._readers = {**_READERS, **pages}
        self._size = total_size(files)
        self._done = 0
        self._stream: IO[bytes] | None = None

    @property
    def share(self) -> float | None:
        """The part of the bytes that has been read."""
        if not self._size or any(file.path is None for file in self.files):
            return None
        stream = self._stream
        here = stream.tell() if stream is not None and not stream.closed and stream.seekable() else 0
        return min(1.0, (self._done + here) / self._size)

    def __iter__(self) -> Iterator[Item]:
        self._done = 0
        for file in self.files:
            for item in self._items(file):
                if isinstance(item, RawArticle):
                    yield dataclasses.replace(item, default_published=self.published)
                else:
                    yield item
            self._stream = None
            self._done += file.size

    def _items(self, file: InputFile) -> Iterator[Item]:
        """The articles of one file; whatever goes wrong with the file itself is the last thing it gives."""
        try:
            with open_bytes(file) as (stream, self._stream):
                yield from self._readers[file.kind](file, stream)
        except Unreadable as error:
            yield failed(file, str(error))
        except _DAMAGED as error:
            yield failed(file, f"damaged {file.packing or 'packed'} file: {error}; fetch it again")
        except TimeoutError:
            self.broken_off = True
            yield failed(file, "nothing more came for too long: try again, or fetch it and give the file")
        except OSError as error:
            self.broken_off = True
            yield failed(file, f"{error.strerror or error}: check that the file can be read")
        except Exception as error:  # What a server's library or a format's raises is its own affair.
            self.broken_off = True
            yield failed(file, f"can't be read ({named(error)}): try again, or fetch it and give the file")


def failed(file: InputFile, error: str) -> ReadError:
    """The row of `errors.csv` for a file."""
    return ReadError(safe_id(file.stem), file.name, "read", error)


def failed_row(file: InputFile, error: str, *, number: int, row: Row) -> ReadError:
    """The row of `errors.csv` for a row of a table, under its own id where that can be read."""
    return ReadError(row_id(row, stem=file.stem, number=number), f"{file.name}:{number}", "read", error)


def _read_text(file: InputFile, stream: IO[bytes]) -> Iterator[Item]:
    yield _text(file, read_whole(stream))


def _text(file: InputFile, data: bytes) -> RawArticle:
    text, encoding = decode(data)
    if not text.strip():
        raise Unreadable("the file is empty: put the article's words there, or leave it out")
    notes = damage(data, encoding)
    return RawArticle(doc_id=safe_id(file.stem), text=text, source=file.name, encoding=encoding, notes=notes)


def _read_page(file: InputFile, stream: IO[bytes], *, page: _ReadPage) -> Iterator[Item]:
    html = read_whole(stream)
    yield page(html, doc_id=safe_id(file.stem), source=file.name, url=file.address)


def _read_stdin(file: InputFile, stream: IO[bytes]) -> Iterator[Item]:
    """Standard input is one text, unless it begins as JSON does."""
    recoded, encoding = in_utf8(stream)
    head, whole = looked_at(recoded, size=_BEGINNING)
    if rows := json_reader(head):
        yield from _rows(file, rows(whole), encoding=encoding)
    else:
        text = _text(file, read_whole(whole))
        yield text if encoding == "utf-8" else dataclasses.replace(text, encoding=encoding)


def _read_archive(file: InputFile, stream: IO[bytes], *, page: _ReadPage) -> Iterator[Item]:
    nothing = "no page found in this web archive: it wants HTML responses of success; fetch it again"
    return _some(_pages(file, stream, page=page), nothing)


def _pages(file: InputFile, stream: IO[bytes], *, page: _ReadPage) -> Iterator[Item]:
    for number, (url, header, body) in enumerate(archived_pages(stream, name=file.name), start=1):
        stem = PurePosixPath(url.partition("?")[0].rstrip("/")).stem or f"{file.stem}-{number}"
        source = f"{file.name}:{number}"
        try:
            if isinstance(body, Unreadable):
                raise body
            yield page(body, doc_id=safe_id(stem), source=source, url=url, content_type=header)
        except Unreadable as error:
            yield ReadError(safe_id(stem), source, "read", str(error))


def _rows(file: InputFile, rows: Iterator[Numbered], *, encoding: str = "utf-8") -> Iterator[Item]:
    for number, row in rows:
        if isinstance(row, Unreadable):
            yield failed_row(file, str(row), number=number, row={})
            continue
        try:
            yield row_article(row, stem=file.stem, number=number, source=file.name, encoding=encoding)
        except Unreadable as error:
            yield failed_row(file, str(error), number=number, row=row)


def _read_json_lines(file: InputFile, stream: IO[bytes]) -> Iterator[Item]:
    lines, encoding = in_utf8(stream)
    return _some(_rows(file, json_lines(lines), encoding=encoding))


def _read_json(file: InputFile, stream: IO[bytes]) -> Iterator[Item]:
    text, encoding = in_utf8(stream)
    return _some(_rows(file, json_document(text), encoding=encoding))


def _read_csv(file: InputFile, stream: IO[bytes]) -> Iterator[Item]:
    delimiter = "\t" if ".tsv" in PurePosixPath(file.name).suffixes else ","
    table, encoding = in_utf8(stream)
    return _some(_rows(file, csv_rows(table, delimiter=delimiter), encoding=encoding))


def _read_parquet(file: InputFile, stream: IO[bytes]) -> Iterator[Item]:
    return _some(_rows(file, parquet_rows(stream, name=file.name)))


def _some(
    items: Iterator[Item], nothing: str = "the file is empty: put one article a row there, or leave it out"
) -> Iterator[Item]:
    """All of `items`, of which there has to be one: `nothing` says so where there is none."""
    first = next(items, None)
    if first is None:
        raise Unreadable(nothing)
    yield from chain([first], items)


_READERS: dict[str, _Read] = {
    "text": _read_text,
    "json": _read_json,
    "jsonl": _read_json_lines,
    "csv": _read_csv,
    "parquet": _read_parquet,
    "stdin": _read_stdin,
}
