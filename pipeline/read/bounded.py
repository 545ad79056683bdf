"""Lines of bounded length: a file of one endless line is told, and never held."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import IO

from pipeline.read.article import Unreadable

#: No object or row is longer: what follows an unclosed bracket or quote isn't collected for ever.
LONGEST = 1 << 26
TOO_LONG = f"longer than {LONGEST >> 20} MB, which no article is"
_PIECE = 1 << 16


def lines(stream: IO[bytes]) -> Iterator[bytes | Unreadable]:
    """The lines of `stream`; in the place of one that is too long comes what to say of it."""
    while line := stream.readline(LONGEST + 1):
        if len(line) <= LONGEST:
            yield line
            continue
        yield Unreadable(f"broken line: {TOO_LONG}")
        while line and not line.endswith(b"\n"):
            line = stream.readline(_PIECE)


class RowLines:
    """The lines of a CSV in UTF-8 for the reader of the standard library, which puts rows together.

    A line, or a row of many lines, that is too long raises `csv.Error` in its place; what follows can be read then.
    `number` is that of the last line read.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._text = io.TextIOWrapper(stream, encoding="utf-8", errors="surrogateescape", newline="")
        self._room = LONGEST
        self.number = 0

    def __iter__(self) -> RowLines:
        return self

    def __next__(self) -> str:
        line = self._text.readline(self._room + 1)
        if not line:
            raise StopIteration
        self.number += 1
        self._room -= len(line)
        if self._room < 0:
            self._skip(line)
            raise csv.Error(TOO_LONG)
        return line

    def begin_row(self) -> None:
        """Count from here."""
        self._room = LONGEST

    def detach(self) -> None:
        """Leave the stream open."""
        self._text.detach()

    def _skip(self, line: str) -> None:
        while line and not line.endswith(("\n", "\r")):
            line = self._text.readline(_PIECE)
