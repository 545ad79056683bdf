"""JSON, CSV and Parquet: one object or row an article. Each is read as a stream, never whole."""

from __future__ import annotations

import codecs
import csv
import json
import math
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

from pipeline.read.article import RawArticle, Unreadable, named
from pipeline.read.bounded import LONGEST, RowLines, lines
from pipeline.read.days import written_day
from pipeline.read.decode import plain_text
from pipeline.read.identity import safe_id
from pipeline.read.inputs import needs

#: Where a stream of JSON is cut; what doesn't fit is read with twice as much, so that the work stays linear.
_CHUNK = 1 << 16
#: Bytes that were no character, as Python keeps them.
_DAMAGED = re.compile("[\udc80-\udcff]")
#: What stands between the objects of a document.
_GAP = re.compile(r"[\s,\[\]]*")
#: How JSON with objects in it begins: ``[{"text":``, ``{ "id" :`` or ``{}``, but not ``[Photo]`` or ``{"A," he said``.
_JSON = re.compile(rb'[\[\s]*\{\s*(?:"(?:[^"\\\n]|\\.){0,200}"\s*:|\})')

Row = Mapping[str, Any]
#: A row's number in its file, from 1, and the row, or why there is none.
Numbered = tuple[int, Row | Unreadable]


def json_reader(head: bytes) -> Callable[[IO[bytes]], Iterator[Numbered]] | None:
    """What reads the JSON that begins with `head`: `json_lines` or `json_document`; None for what is no JSON.

    It is a document where its first line opens a list, or an object that goes on below.
    """
    if not _JSON.match(head):
        return None
    first, ended, _ = head.lstrip().partition(b"\n")
    goes_on = ended and first.rstrip().endswith((b"{", b"[", b",", b":"))
    return json_document if goes_on or first.startswith(b"[") else json_lines


def json_lines(stream: IO[bytes]) -> Iterator[Numbered]:
    """One object a line, blank lines left out; a broken line is told and the next one read."""
    for number, line in enumerate(lines(stream), start=1):
        if isinstance(line, Unreadable):
            yield number, line
        elif line.strip():
            yield number, _parsed(line)


def _parsed(line: bytes) -> Row | Unreadable:
    try:
        row = json.loads(line.decode())
    except (ValueError, RecursionError) as error:
        return Unreadable(f"broken JSON line: {_reason(error)}; give one object a line, in UTF-8")
    return row if isinstance(row, dict) else Unreadable("broken JSON line: not an object")


def _reason(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "nested too deeply"
    return str(error).splitlines()[0].rstrip(":")


def json_document(stream: IO[bytes]) -> Iterator[Numbered]:
    """The objects of an array, of a file with one object, or of objects that follow each other.

    What is broken can't be skipped, as nobody knows where the next object starts: it is told, and reading ends.
    """
    for number, row in enumerate(_values(stream), start=1):
        if isinstance(row, Unreadable | dict):
            yield number, row
        else:
            yield number, Unreadable("broken JSON: not an object with a text")


def _values(stream: IO[bytes]) -> Iterator[Any]:
    utf8 = codecs.getincrementaldecoder("utf-8")()
    rest, size, data = "", _CHUNK, b"-"
    lists, found = 0, False
    try:
        while data:
            data = stream.read(size)
            rest += utf8.decode(data, final=not data)
            values, end = _decoded(rest, whole=not data)
            yield from values
            found = found or bool(values)
            lists += 0 if found else rest.count("[", 0, end)
            size = _CHUNK if end else 2 * size
            rest = rest[end:]
    except (ValueError, RecursionError) as error:
        yield Unreadable(f"broken JSON: {_reason(error)}; mend it, or give one object a line in a .jsonl")
        return
    if lists > 1 and not found:
        yield Unreadable(f"nested too deeply: {lists:,} lists and no article in them; give one list of objects")


def _decoded(text: str, *, whole: bool) -> tuple[list[Any], int]:
    """The values that `text` begins with, and where they end; the last may go on, unless this is the `whole`."""
    values: list[Any] = []
    decoder, start = json.JSONDecoder(), 0
    while (start := _GAP.match(text, start).end()) < len(text):  # type: ignore[union-attr]
        try:
            value, end = decoder.raw_decode(text, start)
        except json.JSONDecodeError:
            if whole or len(text) - start > LONGEST:
                raise
            break
        if end == len(text) and not whole:
            break
        values.append(value)
        start = end
    return values, start


def csv_rows(stream: IO[bytes], *, delimiter: str = ",") -> Iterator[Numbered]:
    """The rows of a CSV in UTF-8; its first line names the columns. Numbers count lines of the file.

    A row that is broken, or has damaged characters, is told and the next one read.
    """
    csv.field_size_limit(LONGEST)
    table = RowLines(stream)
    reader = csv.DictReader(table, delimiter=delimiter, restkey="…", strict=True)
    try:
        if "text" not in (reader.fieldnames or ()):
            raise Unreadable("no column is called text: name the columns in the first line")
        yield from _table_rows(reader, table)
    except csv.Error as error:
        raise Unreadable(f"broken CSV in its first line: {error}; save the table again") from None
    finally:
        table.detach()


def _table_rows(reader: csv.DictReader[str], table: RowLines) -> Iterator[Numbered]:
    while True:
        table.begin_row()
        first = table.number + 1
        try:
            row = next(reader, None)
        except csv.Error as error:
            yield first, Unreadable(_broken(error, first, table.number))
            continue
        if row is None:
            return
        damaged = any(_DAMAGED.search(cell) for cell in row.values() if isinstance(cell, str))
        yield table.number, Unreadable("damaged: not in UTF-8; save the table as CSV UTF-8") if damaged else row


def _broken(error: csv.Error, first: int, last: int) -> str:
    """What went wrong with a row, which a quote may have made longer than it was meant: nobody knows where it ends."""
    where = f" from line {first} to {last}, all taken as one" if last > first else ""
    return f"broken CSV row{where}: {error}; close its quotes, and double those within a cell"


class Damaged:
    """What stands in a row for a value that can't be read; `str` says why."""

    def __init__(self, error: Exception) -> None:
        self._error = named(error)

    def __repr__(self) -> str:
        return self._error


def parquet_rows(stream: IO[bytes], *, name: str) -> Iterator[Numbered]:
    """The rows of a Parquet file, a batch at a time; a value that can't be read is `Damaged`."""
    try:
        from pyarrow import ArrowException, parquet
    except ImportError:
        raise needs("parquet", name) from None
    if not stream.seekable():
        raise Unreadable(
            "Parquet can't be read as a stream, as it comes here: save it as a file, unpacked, and give that"
        )
    try:
        table = parquet.ParquetFile(stream)
        if "text" not in table.schema_arrow.names:
            raise Unreadable("no column is called text")
        columns = [column for column in COLUMNS if column in table.schema_arrow.names]
        number = 0
        for batch in table.iter_batches(batch_size=256, columns=columns):
            for values in zip(*map(_column_values, batch.columns), strict=True):
                number += 1
                yield number, dict(zip(batch.schema.names, values, strict=True))
    except ArrowException as error:
        raise Unreadable(f"broken Parquet file: {_reason(error)}") from None


def _column_values(column: Any) -> list[Any]:
    try:
        return list(column.to_pylist())
    except Exception:  # One value is enough: a bad character, a year beyond the calendar, an unknown time zone.
        return [_value(one) for one in column]


def _value(one: Any) -> Any:
    try:
        return one.as_py()
    except Exception as error:  # As many kinds as there are kinds of values.
        return Damaged(error)


#: What a row may say; anything else in it is not read.
COLUMNS = ("id", "text", "title", "published", "authors", "publisher", "url")


def row_article(row: Row, *, stem: str, number: int, source: str, encoding: str = "utf-8") -> RawArticle:
    """The article of a row; raises `Unreadable` where it has no text.

    Metadata that isn't what it should be is left out and noted, as an article is worth more than what is said of it.
    """
    text = row.get("text")
    if isinstance(text, Damaged):
        raise Unreadable(f"the text is damaged: {text}")
    if not isinstance(text, str) or not text.strip():
        raise Unreadable("no text: give every article a field text with its words")
    notes: list[str] = []
    return RawArticle(
        doc_id=row_id(row, stem=stem, number=number, notes=notes),
        text=plain_text(text),
        source=f"{source}:{number}",
        title=_words(row, "title", notes),
        published=_day(row.get("published"), notes),
        authors=_names(row.get("authors"), notes),
        publisher=_words(row, "publisher", notes),
        url=_words(row, "url", notes),
        encoding=encoding,
        notes=tuple(notes),
    )


def row_id(row: Row, *, stem: str, number: int, notes: list[str] | None = None) -> str:
    """The id that a row gives, safe as a file name, else one from its place: ``{"id": 7.0}`` → ``"7"``.

    Texts and whole numbers are ids; a whole number comes as a float out of every table where one cell was empty.
    """
    given = row.get("id")
    if isinstance(given, float | Decimal) and math.isfinite(given) and given == int(given):
        given = int(given)
    if isinstance(given, str | int) and not isinstance(given, bool) and given != "":
        return safe_id(str(given))
    if _is_given(given) and notes is not None:
        notes.append(_told("id", given, "not a text or a whole number"))
    return safe_id(f"{stem}-{number}")


def _told(name: str, value: object, wrong: str) -> str:
    """What becomes a flag: ``published is not a date and left out: 'yesterday'``."""
    return f"{name} is {wrong} and left out: {plain_text(repr(value))[:40]}"


def _is_given(value: object) -> bool:
    """An empty cell of a CSV, a null and the not-a-number of pandas all mean that nothing was given."""
    return value is not None and value != "" and value == value  # noqa: PLR0124


def _words(row: Row, name: str, notes: list[str]) -> str | None:
    value = row.get(name)
    if not _is_given(value):
        return None
    if not isinstance(value, str):
        notes.append(_told(name, value, "not a text"))
        return None
    return plain_text(value)


def _day(value: object, notes: list[str]) -> date | None:
    """A day as `written_day` reads it, or from a date of Parquet."""
    if not _is_given(value):
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    day = written_day(str(value))
    if day is None:
        notes.append(_told("published", value, "not a date such as 2024-01-11"))
    return day


def _names(value: object, notes: list[str]) -> tuple[str, ...]:
    """Authors as a list, or in one cell with semicolons between them."""
    if not _is_given(value):
        return ()
    parts = value.split(";") if isinstance(value, str) else value
    if not isinstance(parts, list) or not all(isinstance(part, str) for part in parts):
        notes.append(_told("authors", value, "not a list of names"))
        return ()
    return tuple(name for part in parts if (name := plain_text(part).strip()))
