"""The ledger: which articles a run folder holds, what is done, and who is at work.

It is a SQLite database in the run folder, open to one run at a time: holding it open is the lock, which the system
lets go of when a run dies, however it dies. What is done is read from the shards themselves, so the ledger can't say
anything that isn't so; results are found by the digest of the article and that of what decides them.
"""

from __future__ import annotations

import json
import os
import socket
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import NamedTuple

from pipeline.read.article import RawArticle, ReadError
from pipeline.run.decided import Decided
from pipeline.run.keys import Input, key_of
from pipeline.run.shard import SUFFIX, DamagedShardError, Failure, Shard
from pipeline.write.files import sweep

FOLDER = ".ledger"
#: What the ledger is written as; one that is written otherwise can't be gone on with.
_FORMAT = 2

#: Seconds after which nobody goes on with a shard that is half written: a worker of a killed run may, for a while.
_ABANDONED = 3600.0

#: What is kept while the ledger is open, to tell what is new: which inputs failed before, which are asked for now.
_NEWS = """
DROP TABLE IF EXISTS temp.unreadable;
DROP TABLE IF EXISTS temp.asked;
CREATE TEMP TABLE unreadable AS SELECT DISTINCT key FROM inputs WHERE error IS NOT NULL;
CREATE TEMP TABLE asked (key TEXT PRIMARY KEY) WITHOUT ROWID;
"""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE IF NOT EXISTS shards (name TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS results (
    key TEXT, decided TEXT, shard TEXT, words INTEGER, PRIMARY KEY (key, decided)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS failures (
    key TEXT, decided TEXT, shard TEXT, stage TEXT, error TEXT, seconds REAL,
    PRIMARY KEY (key, decided)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS begun (key TEXT PRIMARY KEY, times INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS inputs (key TEXT, wanted TEXT, source TEXT, encoding TEXT, stage TEXT, error TEXT);
"""


class FolderError(Exception):
    """A run folder can't be used; the message names it and says what to do."""


class DamagedError(FolderError):
    """The ledger of a run folder can't be read, and nobody is at work on it."""


class News(NamedTuple):
    """What a run has added: documents with a result, the different texts in them, and documents that failed."""

    documents: int
    texts: int
    failed: int


class Ledger:
    """An open ledger; only one run has it open at a time."""

    def __init__(self, run: Path) -> None:
        self.folder = run / FOLDER
        self.shards = self.folder / "shards"
        self._db = _opened(self.folder, run)
        self.shards.mkdir(exist_ok=True)
        sweep(self.shards, older=_ABANDONED)
        self._db.executescript(_SCHEMA)
        self._db.execute(f"PRAGMA user_version = {_FORMAT}")
        self._decided = ""
        self._timeout = 0.0

    def close(self) -> None:
        """Let the next run have it."""
        self._db.close()

    def begin(self, decided: Decided, *, published: date | None = None, timeout: float = 120.0) -> list[str]:
        """Start a run with `decided`; tells what is different from the last one. Only its results count from here.

        `published` is the day of texts that have none, and `timeout` the seconds that an article gets now: one that
        was given fewer, and took longer, is tried again.
        """
        before, day = self.fact("decided"), self.fact("published")
        self._decided, self._timeout = decided.digest, timeout
        with self._db:
            self._db.executescript(_NEWS)
            self._db.execute("DELETE FROM inputs")
        self.remember("decided", json.dumps(asdict(decided)))
        self.remember("published", str(published))
        self._find_shards()
        changes = Decided(**json.loads(before)).changes(decided) if before else []
        return [*changes, f"published: {day} → {published}"] if day and day != str(published) else changes

    def fact(self, name: str) -> str | None:
        """What was remembered under `name`."""
        row = self._db.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def remember(self, name: str, value: str) -> None:
        """Keep a fact for later runs."""
        with self._db:
            self._db.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))

    # -- what there is to do ------------------------------------------------------------------------------------

    def note(self, items: Iterable[RawArticle | ReadError]) -> Iterator[tuple[str, RawArticle]]:
        """Note every input, and pass on those articles that nothing is known of yet, each content once."""
        for item in items:
            one = Input.of(item)
            self._db.execute("INSERT INTO inputs VALUES (?, ?, ?, ?, ?, ?)", one)
            if isinstance(item, RawArticle) and not self.known(one.key) and self._ask(one.key):
                yield one.key, item
        self._db.commit()

    def _ask(self, key: str) -> bool:
        """Write down that `key` is asked for; False where it is already."""
        return self._db.execute("INSERT OR IGNORE INTO asked VALUES (?)", (key,)).rowcount == 1

    def news(self) -> News:
        """What this run has added to what was there before it."""
        done = """SELECT COUNT(*), COUNT(DISTINCT key) FROM inputs JOIN asked USING (key) JOIN results USING (key)
                  WHERE decided = ?"""
        failed = """SELECT COUNT(*) FROM inputs LEFT JOIN asked USING (key) WHERE CASE WHEN error IS NULL
                    THEN asked.key IS NOT NULL AND NOT EXISTS
                        (SELECT 1 FROM results WHERE results.key = inputs.key AND decided = ?)
                    ELSE inputs.key NOT IN unreadable END"""
        documents, texts = self._db.execute(done, (self._decided,)).fetchone()
        return News(documents, texts, self._db.execute(failed, (self._decided,)).fetchone()[0])

    def known(self, key: str) -> bool:
        """Whether there is a result, or a failure that would come again."""
        query = """SELECT 1 FROM results WHERE key = :key AND decided = :decided
                   UNION ALL SELECT 1 FROM failures WHERE key = :key AND decided = :decided
                   AND (seconds IS NULL OR seconds >= :timeout)"""
        asked = {"key": key, "decided": self._decided, "timeout": self._timeout}
        return self._db.execute(query, asked).fetchone() is not None

    # -- what is done -------------------------------------------------------------------------------------------

    def name_of(self, keys: Sequence[str]) -> str:
        """The name of the shard that the results of `keys` go to: the same articles, the same shard."""
        return f"{self._decided}-{key_of(keys)[:24]}"

    def adopt(self, name: str) -> None:
        """Take in a shard that a worker has written."""
        with closing(Shard(self.shards / (name + SUFFIX))) as shard, self._db:
            decided = name.partition("-")[0]
            words, failures = shard.words(), shard.failures()
            rows = [(key, decided, name, count) for key, count in words.items()]
            self._db.executemany("INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?)", rows)
            failed = [(one.key, decided, name, one.stage, one.error, one.seconds) for one in failures]
            self._db.executemany("INSERT OR REPLACE INTO failures VALUES (?, ?, ?, ?, ?, ?)", failed)
            self._db.executemany("DELETE FROM failures WHERE key = ? AND decided = ?", [row[:2] for row in rows])
            done = [(key,) for key in words] + [(one.key,) for one in failures]
            self._db.executemany("DELETE FROM begun WHERE key = ?", done)
            self._db.execute("INSERT OR REPLACE INTO shards VALUES (?)", (name,))

    def fail(self, failure: Failure) -> None:
        """Give an article up that no worker could tell of."""
        with self._db:
            row = (failure.key, self._decided, "", failure.stage, failure.error, failure.seconds)
            self._db.execute("INSERT OR REPLACE INTO failures VALUES (?, ?, ?, ?, ?, ?)", row)
            self._db.execute("DELETE FROM begun WHERE key = ?", (failure.key,))

    def begun(self, keys: Iterable[str]) -> None:
        """Write down that this very process starts on `keys`: if it dies, one of them may be why."""
        with self._db:
            query = "INSERT INTO begun VALUES (?, 1) ON CONFLICT (key) DO UPDATE SET times = times + 1"
            self._db.executemany(query, [(key,) for key in keys])

    def suspects(self) -> set[str]:
        """The articles that were begun more than once and never ended."""
        return {key for (key,) in self._db.execute("SELECT key FROM begun WHERE times > 1")}

    def forget_failures(self) -> None:
        """Let the articles that failed be tried again."""
        with self._db:
            self._db.execute("DELETE FROM failures")
            self._db.execute("DELETE FROM begun")
            names = "SELECT name FROM shards EXCEPT SELECT shard FROM results"
            self._drop([name for (name,) in self._db.execute(names)])

    # -- what the tables are made of ----------------------------------------------------------------------------

    def inputs(self) -> list[Input]:
        """Everything that this run has read."""
        return [Input(*row) for row in self._db.execute("SELECT * FROM inputs")]

    def shard_of(self, key: str) -> str | None:
        """The shard that holds the result of `key`."""
        query = "SELECT shard FROM results WHERE key = ? AND decided = ?"
        row = self._db.execute(query, (key, self._decided)).fetchone()
        return row[0] if row else None

    def failure_of(self, key: str) -> Failure | None:
        """Why there is no result of `key`."""
        query = "SELECT key, stage, error, seconds FROM failures WHERE key = ? AND decided = ?"
        row = self._db.execute(query, (key, self._decided)).fetchone()
        return Failure(*row) if row else None

    def prune(self) -> None:
        """Take away the shards that no input of this run needs any more."""
        used = "SELECT shard FROM results JOIN inputs USING (key) WHERE decided = :decided"
        failed = "SELECT shard FROM failures JOIN inputs USING (key) WHERE decided = :decided"
        query = f"SELECT name FROM shards EXCEPT {used} EXCEPT {failed}"  # noqa: S608
        with self._db:
            self._drop([name for (name,) in self._db.execute(query, {"decided": self._decided})])

    def _drop(self, names: Iterable[str]) -> None:
        for name in names:
            self._db.execute("DELETE FROM results WHERE shard = ?", (name,))
            self._db.execute("DELETE FROM failures WHERE shard = ?", (name,))
            self._db.execute("DELETE FROM shards WHERE name = ?", (name,))
            (self.shards / (name + SUFFIX)).unlink(missing_ok=True)

    def _find_shards(self) -> None:
        """Take in what workers wrote and nobody noted, and forget what is gone or can't be read."""
        here = {path.name.removesuffix(SUFFIX) for path in self.shards.glob(f"[!.]*{SUFFIX}")}
        noted = {name for (name,) in self._db.execute("SELECT name FROM shards")}
        with self._db:
            self._drop(noted - here)
        for name in sorted(here - noted):
            try:
                self.adopt(name)
            except DamagedShardError:
                self.drop(name)

    def drop(self, name: str) -> None:
        """Take a shard away; what was in it is to be done again."""
        with self._db:
            self._drop([name])


def _opened(folder: Path, run: Path) -> sqlite3.Connection:
    """The database, locked for this process; raises `FolderError` where another run has it or it can't be gone on with.

    One that is damaged, or that another version wrote, is a `DamagedError`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    holder = folder / "holder.json"
    db = sqlite3.connect(folder / "ledger.sqlite", timeout=0, check_same_thread=False)
    try:
        db.execute("PRAGMA locking_mode=EXCLUSIVE")
        db.execute("PRAGMA synchronous=NORMAL")
        db.execute("BEGIN EXCLUSIVE")
        db.commit()
        _check_format(db, run)
    except sqlite3.OperationalError as error:
        db.close()
        if "locked" not in str(error):
            raise FolderError(f"{run}: the ledger can't be written ({error}): check the folder and the disk") from None
        who = _holder(holder)
        raise FolderError(f"{run} is in use by another run{who}: wait for it, or give another folder") from None
    except sqlite3.DatabaseError as error:
        db.close()
        raise DamagedError(f"{run}: the ledger is damaged ({error}): start over with --fresh") from None
    except DamagedError:
        db.close()
        raise
    holder.write_text(json.dumps({"pid": os.getpid(), "host": socket.gethostname()}))
    return db


def _check_format(db: sqlite3.Connection, run: Path) -> None:
    is_new = db.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()[0] == 0
    if not is_new and db.execute("PRAGMA user_version").fetchone()[0] != _FORMAT:
        raise DamagedError(f"{run}: the ledger is from another version of pilotfacts: start over with --fresh")


def _holder(path: Path) -> str:
    try:
        known = json.loads(path.read_bytes())
        return f" (process {known['pid']} on {known['host']})"
    except (OSError, ValueError, TypeError, KeyError):  # It is there to help people, and only that.
        return ""


def check_free(run: Path) -> None:
    """See that nobody is at work in `run`, so that it can be started over; raises `FolderError` otherwise."""
    folder = run / FOLDER
    if folder.is_dir():
        with suppress(DamagedError):
            _opened(folder, run).close()
