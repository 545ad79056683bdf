"""Copies of one article: the same text, or nearly (MinHash over word shingles, Broder 1997)."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from operator import eq
from pathlib import Path
from typing import NamedTuple

#: Copies share at least this part of their shingles: an agency's story with a word in thirty changed or a fifth cut
#: off, not a follow-up that repeats the background.
SIMILAR = 0.7
#: Words in a shingle, and the fewest shingles that say anything.
_SHINGLE, _FEWEST = 4, 20
_PERMUTATIONS, _BAND = 64, 4
_WORD = re.compile(r"\w+")


class Copy(NamedTuple):
    """What decides whether an article is a copy: its text's digest, its signature, and which comes first."""

    doc_id: str
    published: str | None
    sha256: str
    signature: bytes


def signature_of(clean: str) -> bytes:
    """The MinHash of what is read of a page, the rest being blank; empty for what is too short to be compared."""
    from datasketch import MinHash

    words = _WORD.findall(clean.lower())
    if len(words) < _SHINGLE + _FEWEST:
        return b""
    shingles = {" ".join(words[i : i + _SHINGLE]).encode() for i in range(len(words) - _SHINGLE + 1)}
    minhash = MinHash(num_perm=_PERMUTATIONS)
    minhash.update_batch(shingles)
    return bytes(minhash.hashvalues.astype("u4").tobytes())


def duplicates(articles: Iterable[Copy], *, folder: Path | None = None) -> dict[str, str]:
    """The copies, each with the one that it is a copy of: the earliest published, then the first by name.

    The bands of the signatures are kept in a temporary database, so that a million of them need no memory: in `folder`
    where there is one, as the system's own place for such files may be small.
    """
    path = folder / ".copies.partial" if folder else None
    if path:
        path.unlink(missing_ok=True)  # A run that was killed may have left one.
    try:
        return _copies_in(str(path or ""), articles)
    finally:
        if path:
            path.unlink(missing_ok=True)


def _copies_in(database: str, articles: Iterable[Copy]) -> dict[str, str]:
    with closing(sqlite3.connect(database)) as db:
        db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")
        db.execute("CREATE TABLE copies (rank INTEGER PRIMARY KEY, doc_id TEXT, sha256 TEXT, signature BLOB)")
        db.execute("CREATE TABLE bands (band BLOB, rank INTEGER)")
        for rank, copy in enumerate(sorted(articles, key=lambda one: (one.published or "9999", one.doc_id))):
            db.execute("INSERT INTO copies VALUES (?, ?, ?, ?)", (rank, copy.doc_id, copy.sha256, copy.signature))
            bands = ((band, rank) for band in _bands(copy))
            db.executemany("INSERT INTO bands VALUES (?, ?)", bands)
        db.execute("CREATE INDEX by_band ON bands (band, rank)")
        return _grouped(db)


def _bands(copy: Copy) -> list[bytes]:
    """What two copies have at least one of in common: the digest of the text, or a band of the signature."""
    bands = [copy.sha256.encode()]
    if copy.signature:
        step = 4 * _BAND
        bands += [i.to_bytes(2, "big") + copy.signature[i : i + step] for i in range(0, len(copy.signature), step)]
    return bands


def _grouped(db: sqlite3.Connection) -> dict[str, str]:
    """Each article joins the first of a band that it is similar to, and so that one's group."""
    first: dict[int, int] = {}
    pairs = """SELECT DISTINCT rank, low FROM bands
               JOIN (SELECT band, MIN(rank) AS low FROM bands GROUP BY band HAVING COUNT(*) > 1) USING (band)
               WHERE rank > low ORDER BY rank, low"""
    for later, earlier in db.execute(pairs):
        if later not in first and _similar(_copy(db, later), _copy(db, earlier)):
            first[later] = first.get(earlier, earlier)
    return {_copy(db, later).doc_id: _copy(db, earlier).doc_id for later, earlier in first.items()}


def _copy(db: sqlite3.Connection, rank: int) -> Copy:
    query = "SELECT doc_id, NULL, sha256, signature FROM copies WHERE rank = ?"
    return Copy(*db.execute(query, (rank,)).fetchone())


def _similar(one: Copy, other: Copy) -> bool:
    """The share of equal values estimates Jaccard's; texts too short for them are similar only when they are equal."""
    if one.sha256 == other.sha256:
        return True
    values, others = memoryview(one.signature).cast("I"), memoryview(other.signature).cast("I")
    return len(values) == len(others) > 0 and sum(map(eq, values, others)) >= SIMILAR * len(values)
