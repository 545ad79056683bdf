"""What reading hands on: an article's text with what the input said about it, or why it could not be read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class RawArticle:
    """One article as read: the text that every offset counts in, and the input's own metadata.

    `source` is for people: the path below the folder that holds all inputs (`a/b.txt`), with a line number for a
    table (`news.jsonl:12`), or `-:12` for standard input. `encoding` is the one that decoded the bytes, or None where
    there was nothing to decode. `default_published` is what the user says of texts without a date: it counts only
    where neither the input nor the page itself has one. `notes` say what of the metadata couldn't be read; each
    becomes a flag of the document.
    """

    doc_id: str
    text: str
    source: str = ""
    title: str | None = None
    published: date | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    url: str | None = None
    encoding: str | None = None
    default_published: date | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadError:
    """A document that failed: a row of `errors.csv`. `stage` is "read", the stage that failed, or "write"."""

    doc_id: str
    source: str
    stage: str
    error: str


class Unreadable(Exception):  # noqa: N818
    """One document can't be read; the message says why and what to do, in one line."""


def named(error: BaseException) -> str:
    """An error of somebody else's code in one line: ``ValueError: not a\\nnumber`` → ``"ValueError: not a number"``."""
    return one_line(f"{type(error).__name__}: {error}")


def one_line(message: object) -> str:
    """What somebody else's code says, in one line that any terminal shows."""
    words = " ".join(str(message).split())[:500]
    return "".join(char if char.isprintable() else "\ufffd" for char in words)
