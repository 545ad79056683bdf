"""Shards to tables: everything that a reader of the run folder sees is made here, from the results alone.

Documents come in the order of their names, whoever did them and when. What stood in the folder before stands there
until all of the new is written.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any, NamedTuple

from pipeline.read.article import ReadError
from pipeline.read.identity import Named, unique_ids
from pipeline.run.duplicates import Copy, duplicates, signature_of
from pipeline.run.keys import Input
from pipeline.run.ledger import Ledger
from pipeline.run.shard import SUFFIX, DamagedShardError, Failure, Result, Shard
from pipeline.write.files import replacing, sweep, write_text
from pipeline.write.parquet import ParquetTables
from pipeline.write.tables import ARTICLES, ERROR_COLUMNS, RECORDS, article_line, error_line

RECORDS_FILE, ERRORS_FILE, TEXTS = "records.jsonl", "errors.csv", "texts"
TABLES = (ARTICLES, *RECORDS)
#: Shards that are open at once.
_OPEN = 64


class Entry(NamedTuple):
    """A document of the run: its name, where it comes from, and what came of it: a shard's name, or an error."""

    doc_id: str
    source: Input
    shard: str | None
    error: ReadError | None


class Tables(NamedTuple):
    """What a run folder holds: rows a file, what failed, and the digests of what was read and of all that decides."""

    rows: dict[str, int]
    failed: list[ReadError]
    words: int
    documents: int
    digest: str
    state: str


def assemble(ledger: Ledger, run: Path, *, parquet: bool = False) -> Tables:
    """Bring the tables of `run` up to date with its ledger; where they are already, nothing is touched."""
    entries = sorted(_entries(ledger), key=lambda entry: entry.doc_id)
    state = _state(ledger, entries, parquet=parquet)
    before = _remembered(ledger)
    if before.get("state") == state and before["stamps"] == _stamps(run, before["rows"]):
        return _tables(before, entries)
    with _Shards(ledger) as shards:
        copies = _copies(shards, entries)
        rows, words = _write(shards, run, entries, copies, parquet=parquet)
    _clear(run, rows, entries)
    fact = {"state": state, "rows": rows, "words": words, "stamps": _stamps(run, rows)}
    ledger.remember("tables", json.dumps(fact))
    return _tables(fact, entries)


def _remembered(ledger: Ledger) -> dict[str, Any]:
    """What the tables were made of; nothing where that can't be read, so that they are made again."""
    try:
        fact = json.loads(ledger.fact("tables") or "{}")
    except ValueError:
        return {}
    return fact if isinstance(fact, dict) and {"state", "rows", "words", "stamps"} <= fact.keys() else {}


def _tables(fact: dict[str, Any], entries: Sequence[Entry]) -> Tables:
    failed = [entry.error for entry in entries if entry.error]
    return Tables(fact["rows"], failed, fact["words"], len(entries), _inputs_digest(entries), fact["state"])


def _entries(ledger: Ledger) -> Iterator[Entry]:
    """Every input under its own name, with what came of it."""
    inputs = ledger.inputs()
    ids = unique_ids(Named(one.wanted, one.key, one.source) for one in inputs)
    for one in inputs:
        doc_id = ids[Named(one.wanted, one.key, one.source)].pop()
        if one.error is not None:
            yield Entry(doc_id, one, None, ReadError(doc_id, one.source, one.stage or "read", one.error))
        elif shard := ledger.shard_of(one.key):
            yield Entry(doc_id, one, shard, None)
        else:
            failure = ledger.failure_of(one.key) or Failure(one.key, "extract", "no worker told what came of this")
            yield Entry(doc_id, one, None, ReadError(doc_id, one.source, failure.stage, failure.error))


class _Shards:
    """The results of a ledger, with some of its shards open; one that turns out damaged is taken away."""

    def __init__(self, ledger: Ledger) -> None:
        self.folder = ledger.folder
        self._ledger = ledger
        self._open: dict[str, Shard] = {}

    def __enter__(self) -> _Shards:
        return self

    def __exit__(self, _kind: object, error: object, _trace: object) -> None:
        for shard in self._open.values():
            shard.close()
        if isinstance(error, DamagedShardError):
            self._ledger.drop(error.name)

    def __getitem__(self, name: str) -> Shard:
        shard = self._open.pop(name, None) or Shard(self._ledger.shards / (name + SUFFIX))
        self._open[name] = shard
        if len(self._open) > _OPEN:
            self._open.pop(next(iter(self._open))).close()
        return shard


def _copies(shards: _Shards, entries: Sequence[Entry]) -> dict[str, str]:
    """The documents that are copies, each with the one that it is a copy of."""
    found = [entry for entry in entries if entry.shard]
    return duplicates((_copy(shards, entry) for entry in found), folder=shards.folder) if len(found) > 1 else {}


def _copy(shards: _Shards, entry: Entry) -> Copy:
    shard, key = shards[str(entry.shard)], entry.source.key
    article, signature = shard.article(key)
    if signature is None:
        signature = signature_of(shard.result(key).clean)
    return Copy(entry.doc_id, article["published"], article["sha256"], signature)


def _write(
    shards: _Shards, run: Path, entries: Sequence[Entry], copies: dict[str, str], *, parquet: bool
) -> tuple[dict[str, int], int]:
    """Write every file; gives the number of rows of each, and of words in all."""
    texts = run / TEXTS
    texts.mkdir(exist_ok=True)
    sweep(texts)
    sweep(run)
    names = [RECORDS_FILE, *(f"{table.name}.csv" for table in TABLES), ERRORS_FILE]
    packed = [f"{table.name}.parquet" for table in TABLES] if parquet else []
    rows = dict.fromkeys([*names, *packed], 0)
    words = 0
    with replacing(*(run / name for name in rows)) as streams:
        files = dict(zip(rows, streams, strict=True))
        columns = ParquetTables(TABLES, [files[name] for name in packed]) if parquet else None
        for table in TABLES:
            files[f"{table.name}.csv"].write((",".join(table.columns) + "\n").encode())
        files[ERRORS_FILE].write((",".join(ERROR_COLUMNS) + "\n").encode())
        for entry in entries:
            if entry.error:
                files[ERRORS_FILE].write((error_line(entry.error) + "\n").encode())
                rows[ERRORS_FILE] += 1
                continue
            result = shards[str(entry.shard)].result(entry.source.key)
            article = _article(entry, result, copies)
            _write_document(files, rows, article, result)
            write_text(texts / f"{entry.doc_id}.txt", result.text)
            words += result.words
            if columns:
                columns.add(article, json.loads(result.records))
        if columns:
            rows.update(zip(packed, columns.close(), strict=True))
    return rows, words


def _article(entry: Entry, result: Result, copies: dict[str, str]) -> dict[str, Any]:
    """The article's record with what only the run knows."""
    known = {
        "doc_id": entry.doc_id,
        "source": entry.source.source,
        "encoding": entry.source.encoding,
        "duplicate_of": copies.get(entry.doc_id),
    }
    article: dict[str, Any] = json.loads(result.article)
    return article | known


def _write_document(files: dict[str, IO[bytes]], rows: dict[str, int], article: dict[str, Any], result: Result) -> None:
    head = json.dumps(article, ensure_ascii=False, separators=(",", ":"))
    files[RECORDS_FILE].write(f'{{"article":{head},{result.records[1:]}\n'.encode())
    files["articles.csv"].write((article_line(article) + "\n").encode())
    rows[RECORDS_FILE] += 1
    rows["articles.csv"] += 1
    for name, lines in result.rows.items():
        start = f"{article['doc_id']},"
        files[f"{name}.csv"].write("".join(f"{start}{line}\n" for line in lines).encode())
        rows[f"{name}.csv"] += len(lines)


def _clear(run: Path, rows: dict[str, int], entries: Sequence[Entry]) -> None:
    """Take away what belongs to inputs and formats that are no more."""
    for table in TABLES:
        if f"{table.name}.parquet" not in rows:
            (run / f"{table.name}.parquet").unlink(missing_ok=True)
    wanted = _text_names(entries)
    for path in (run / TEXTS).glob("*.txt"):
        if path.name not in wanted:
            path.unlink()


def _text_names(entries: Sequence[Entry]) -> set[str]:
    return {f"{entry.doc_id}.txt" for entry in entries if entry.shard}


def _stamps(run: Path, names: Sequence[str] | dict[str, int]) -> dict[str, Any]:
    """Size and time of each file, by which a change from outside is seen; one digest of them for all texts."""
    paths = {name: run / name for name in names}
    stamps: dict[str, Any] = {name: _stamp(path) for name, path in paths.items()}
    texts = sorted((path.name, *_stamp(path)) for path in (run / TEXTS).glob("*.txt"))
    return stamps | {TEXTS: hashlib.sha256(json.dumps(texts).encode()).hexdigest()}


def _stamp(path: Path) -> list[int]:
    if not path.is_file():
        return []
    stat = path.stat()
    return [stat.st_size, stat.st_mtime_ns]


def _state(ledger: Ledger, entries: Sequence[Entry], *, parquet: bool) -> str:
    """The digest of everything that decides the tables."""
    digest = hashlib.sha256(json.dumps([ledger.fact("decided"), parquet]).encode())
    for entry in entries:
        digest.update(repr((entry.doc_id, entry.source, entry.error)).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _inputs_digest(entries: Sequence[Entry]) -> str:
    """The digest of what was read: names and contents, in the order of the names."""
    lines = (f"{entry.doc_id} {entry.source.key}\n" for entry in entries)
    return hashlib.sha256("".join(lines).encode()).hexdigest()
