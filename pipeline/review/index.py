"""An index of a run's records, so that a page of the queue costs a look-up and not a read of the run.

It is a cache beside the decisions (`review/index.sqlite`): made from `records.jsonl`, and made again when that changes.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

from pipeline.review.apply import STATUS
from pipeline.review.identity import KINDS, Identity, identities

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from pipeline.review.decisions import Decision

Row = dict[str, Any]

PAGE = 50
_SCHEMA = """
CREATE TABLE made (stamp TEXT);
CREATE TABLE documents (doc_id TEXT PRIMARY KEY, title TEXT, sha256 TEXT, place INTEGER, length INTEGER);
CREATE TABLE records (
    doc_id TEXT, kind TEXT, id TEXT, start INTEGER, end INTEGER, value TEXT, label TEXT, confidence REAL,
    flags TEXT, regions TEXT, haystack TEXT, status TEXT NOT NULL DEFAULT ''
);
CREATE INDEX by_doubt ON records (flags = '', confidence, doc_id, start);
CREATE INDEX by_document ON records (doc_id);
"""


class RunError(ValueError):
    """A run that cannot be reviewed; the message names the folder and what to do."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What of the queue is asked for; an empty field asks for all."""

    kind: str = ""
    flag: str = ""
    region: str = ""
    status: str = ""
    text: str = ""
    doc_id: str = ""

    def where(self) -> tuple[str, list[str]]:
        """The SQL condition and its parameters."""
        tests: list[tuple[str, str, str]] = [
            ("kind = ?", self.kind, self.kind),
            ("doc_id = ?", self.doc_id, self.doc_id),
            ("' ' || flags || ' ' LIKE ? ESCAPE '\\'", self.flag, f"% {_literal(self.flag)} %"),
            ("regions LIKE ? ESCAPE '\\'", self.region, f"%{_literal(self.region.casefold())}%"),
            ("haystack LIKE ? ESCAPE '\\'", self.text, f"%{_literal(self.text.casefold())}%"),
            ("status = ?", self.status, "" if self.status == "open" else self.status),
        ]
        used = [(sql, parameter) for sql, given, parameter in tests if given]
        return " AND ".join(sql for sql, _ in used) or "1", [parameter for _, parameter in used]


def _literal(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


class Index:
    """The records of one run, looked up by doubt, by filter and by document; safe to use from several threads."""

    def __init__(self, run: Path) -> None:
        self.run = run
        self._records = run / "records.jsonl"
        if not self._records.is_file():
            raise RunError(f"{run}: no records.jsonl here: name the folder that `pilotfacts extract` wrote")
        (run / "review").mkdir(exist_ok=True)
        self._lock = threading.Lock()
        path = run / "review" / "index.sqlite"
        self._db = sqlite3.connect(path, check_same_thread=False, timeout=30, isolation_level="IMMEDIATE")
        self._db.row_factory = sqlite3.Row
        self._built = self._made()
        self.renew()

    def renew(self) -> bool:
        """Build the index again where `records.jsonl` is another than it was built from; say whether that was so."""
        with self._lock:
            if self._stamp() == self._built:
                return False
            self._build()
            return True

    def _stamp(self) -> str:
        stat = self._records.stat()
        return f"1 {stat.st_size} {stat.st_mtime_ns}"

    def _made(self) -> str | None:
        known = self._db.execute("SELECT name FROM sqlite_master WHERE name = 'made'").fetchone()
        row = self._db.execute("SELECT stamp FROM made").fetchone() if known else None
        return row[0] if row else None

    def _build(self) -> None:
        """Make the tables anew in one transaction, so that another server on this run sees the old ones or the new."""
        stamp = self._stamp()
        self._db.execute("BEGIN EXCLUSIVE")
        with self._db, self._records.open("rb") as lines:
            if self._made() != stamp:
                self._fill(lines)
                self._db.execute("INSERT INTO made VALUES (?)", [stamp])
        self._built = stamp

    def _fill(self, lines: IO[bytes]) -> None:
        for table in ("made", "documents", "records"):
            self._db.execute(f"DROP TABLE IF EXISTS {table}")
        for statement in filter(str.strip, _SCHEMA.split(";")):
            self._db.execute(statement)
        place = 0
        for line in lines:
            self._insert(json.loads(line), place, len(line))
            place += len(line)

    def _insert(self, document: Row, place: int, length: int) -> None:
        about = document["article"]
        row = (about["doc_id"], about["title"], about["sha256"], place, length)
        self._db.execute("INSERT INTO documents VALUES (?, ?, ?, ?, ?)", row)
        self._db.executemany("INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '')", _rows(document))

    def document(self, doc_id: str) -> Row | None:
        """Read one document of the run; None where there is none of that id."""
        with self._lock:
            found = self._db.execute("SELECT place, length FROM documents WHERE doc_id = ?", [doc_id]).fetchone()
        if found is None:
            return None
        with self._records.open("rb") as file:
            file.seek(found["place"])
            document: Row = json.loads(file.read(found["length"]))
        return document

    def text(self, doc_id: str) -> str:
        """The text of a document that `document` knows."""
        path = self.run / "texts" / f"{doc_id}.txt"
        if path.parent != self.run / "texts" or not path.is_file():
            raise RunError(f"{path}: no such text in this run: extract it again")
        return path.read_bytes().decode("utf-8")

    def queue(self, wanted: Filter, *, page: int = 0) -> Row:
        """One page of records, flagged ones first, then by rising confidence, with the number of all that fit."""
        where, parameters = wanted.where()
        order = "flags = '', confidence, doc_id, start, id"
        columns = "doc_id, kind, id, label, confidence, flags, status"
        with self._lock:
            total = self._db.execute(f"SELECT count(*) FROM records WHERE {where}", parameters).fetchone()[0]  # noqa: S608
            rows = self._db.execute(
                f"SELECT {columns} FROM records WHERE {where} ORDER BY {order} LIMIT ? OFFSET ?",  # noqa: S608
                [*parameters, PAGE, page * PAGE],
            ).fetchall()
        return {"total": total, "page": page, "pages": -(-total // PAGE), "rows": [dict(row) for row in rows]}

    def every(self, wanted: Filter) -> list[tuple[str, Identity]]:
        """The document and the identity of every record that fits, for a decision on all of them."""
        where, parameters = wanted.where()
        sql = f"SELECT * FROM records JOIN documents USING (doc_id) WHERE {where} ORDER BY place, start, id"  # noqa: S608
        with self._lock:
            rows = self._db.execute(sql, parameters).fetchall()
        return [(r["doc_id"], Identity(r["sha256"], r["kind"], r["start"], r["end"], r["value"])) for r in rows]

    def counts(self) -> Row:
        """How many records there are and how many are open, by kind, and how many carry each flag."""
        with self._lock:
            kinds = self._db.execute(
                "SELECT kind, count(*) AS n, sum(status = '') AS open FROM records GROUP BY kind"
            ).fetchall()
            flags = self._db.execute("SELECT flags FROM records WHERE flags != ''").fetchall()
            documents = self._db.execute("SELECT count(*) FROM documents").fetchone()[0]
        codes = sorted({code for row in flags for code in row["flags"].split()})
        by_kind = {row["kind"]: {"all": row["n"], "open": row["open"]} for row in kinds}
        return {"documents": documents, "kinds": {k: by_kind[k] for k in KINDS if k in by_kind}, "flags": codes}

    def mark(self, decisions: Mapping[Identity, Decision], records: Iterable[Identity] | None = None) -> None:
        """Set the status of the records that are decided on: of all, or of those named."""
        wanted = list(decisions) if records is None else list(records)
        rows = [(STATUS.get(_verdict(decisions, r), ""), r.kind, r.start, r.value, r.sha256) for r in wanted]
        sql = (
            "UPDATE records SET status = ? WHERE kind = ? AND start IS ? AND value = ? "
            "AND doc_id IN (SELECT doc_id FROM documents WHERE sha256 = ?)"
        )
        with self._lock, self._db:
            if records is None:
                self._db.execute("UPDATE records SET status = ''")
            self._db.executemany(sql, rows)

    def close(self) -> None:
        """Let go of the database."""
        self._db.close()


def _verdict(decisions: Mapping[Identity, Decision], record: Identity) -> str:
    decision = decisions.get(record)
    return decision.verdict or "" if decision else ""


def _rows(document: Row) -> Iterator[tuple[Any, ...]]:
    names = {row["id"]: row["name"] for kind in ("regions", "people", "organisations") for row in document[kind]}
    flags: dict[str, list[str]] = {}
    for flag in document["flags"]:
        if flag["record"]:
            flags.setdefault(flag["record"], []).append(flag["code"])
    for record, row in identities(document).items():
        label = _label(record.kind, row)
        regions = [row["id"]] if record.kind == "regions" else row.get("regions", [])
        yield (
            document["article"]["doc_id"],
            record.kind,
            row["id"],
            record.start,
            record.end,
            record.value,
            label,
            row["confidence"],
            " ".join(dict.fromkeys(flags.get(row["id"], []))),
            " ".join(names[ref] for ref in regions if ref in names).casefold(),
            f"{label} {row.get('measure') or ''} {names.get(row.get('speaker') or '', '')}".casefold(),
        )


def _label(kind: str, row: Row) -> str:
    if kind == "claims":
        return f"{row['text']} {row['measure'] or ''}".strip()
    text = str(row.get("text") or row.get("name"))
    return text if len(text) <= 120 else f"{text[:119]}…"
