"""A shard: the results of some articles in one file, written whole or not at all.

It is a small SQLite file that one worker writes once and nobody changes, so that any number of workers need no lock,
on a shared file system too. A result holds everything that the tables are made of, the rows already formatted.
"""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SUFFIX = ".shard"


@dataclass(frozen=True, slots=True)
class Result:
    """What was made of one article.

    `article` is its record as JSON; `records` the rest of the document as a JSON object; `rows` the lines of each
    table without the `doc_id`; `signature` the MinHash of its body (empty: too short to
    compare), or None where nobody has made it yet; then `clean` is what it is to be made of.
    """

    key: str
    article: str
    records: str
    rows: dict[str, list[str]]
    text: str
    words: int
    signature: bytes | None = None
    clean: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why nothing could be made of one article; `seconds` is what it was given, where it took longer."""

    key: str
    stage: str
    error: str
    seconds: float | None = None


class DamagedShardError(Exception):
    """The shard `name` isn't what a worker wrote; it has to be done again."""

    def __init__(self, name: str, error: object) -> None:
        super().__init__(f"{name}{SUFFIX}: {error}")
        self.name = name


_SCHEMA = """
CREATE TABLE results (key TEXT PRIMARY KEY, article TEXT, body BLOB, words INTEGER, signature BLOB) WITHOUT ROWID;
CREATE TABLE failures (key TEXT PRIMARY KEY, stage TEXT, error TEXT, seconds REAL) WITHOUT ROWID;
"""


def write_shard(path: Path, results: Iterable[Result | Failure]) -> None:
    """Write `results` to `path`, under another name first."""
    partial = path.with_name(f".{path.name}.{socket.gethostname()}-{os.getpid()}.partial")
    partial.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(partial)) as db:
            db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _SCHEMA)
            for result in results:
                _insert(db, result)
            db.commit()
        with partial.open("rb") as stream:
            os.fsync(stream.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _insert(db: sqlite3.Connection, result: Result | Failure) -> None:
    if isinstance(result, Failure):
        db.execute("INSERT INTO failures VALUES (?, ?, ?, ?)", (result.key, result.stage, result.error, result.seconds))
        return
    body = json.dumps(
        [result.records, result.rows, result.text, result.clean], ensure_ascii=False, separators=(",", ":")
    )
    packed = zlib.compress(body.encode(), level=1)
    row = (result.key, result.article, packed, result.words, result.signature)
    db.execute("INSERT INTO results VALUES (?, ?, ?, ?, ?)", row)


class Shard:
    """A shard that is read; close it after use. What can't be read of it is a `DamagedShardError`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def words(self) -> dict[str, int]:
        """The keys of the results, each with the article's number of words."""
        with self._whole():
            return dict(self._db.execute("SELECT key, words FROM results"))

    def failures(self) -> list[Failure]:
        """The articles that nothing could be made of."""
        with self._whole():
            return [Failure(*row) for row in self._db.execute("SELECT key, stage, error, seconds FROM failures")]

    def article(self, key: str) -> tuple[dict[str, Any], bytes | None]:
        """An article's record, and its signature."""
        with self._whole():
            row = self._db.execute("SELECT article, signature FROM results WHERE key = ?", (key,)).fetchone()
            return json.loads(row[0]), row[1]

    def result(self, key: str) -> Result:
        """Everything that was made of one article."""
        query = "SELECT article, body, words, signature FROM results WHERE key = ?"
        with self._whole():
            article, packed, words, signature = self._db.execute(query, (key,)).fetchone()
            records, rows, text, clean = json.loads(zlib.decompress(packed))
            return Result(key, article, records, rows, text, words, signature, clean)

    @contextmanager
    def _whole(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.DatabaseError, zlib.error, ValueError, TypeError) as error:  # The last two: a row that is none.
            raise DamagedShardError(self._path.name.removesuffix(SUFFIX), error) from error
