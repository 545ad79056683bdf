"""Decisions made in a spreadsheet: the columns `review_status` and `correction` of an edited table, read back.

`review_status` is accepted, rejected or corrected; `correction` says what to change: ``value=830; measure=firms``.
"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.review.decisions import DecisionError
from pipeline.review.desk import MODELS
from pipeline.review.identity import KINDS, identities
from pipeline.schema import REFERENCES

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.review.desk import Desk

Row = dict[str, Any]

#: What people write in the column, and the verdict that it means.
WORDS = {
    "accepted": "accept",
    "accept": "accept",
    "ok": "accept",
    "rejected": "reject",
    "reject": "reject",
    "corrected": "edit",
    "edit": "edit",
}


@dataclass(frozen=True, slots=True)
class Imported:
    """How many decisions were taken over, and a line for each row that did not fit."""

    taken: int
    unfit: tuple[str, ...]


def import_table(desk: Desk, path: Path, *, who: str) -> Imported:
    """Turn the edited table `path` into decisions; its columns tell which table it is.

    Rows without a status and without a correction are passed over. Raises `DecisionError` where the file is no such
    table.
    """
    if not path.is_file():
        raise DecisionError(f"{path}: no such file: name an edited table of the run, such as claims.csv")
    rows = _rows(path)
    kind = _kind(path, set(rows[0] if rows else ()))
    taken, unfit = 0, []
    for number, row in enumerate(rows, 2):
        if not (row.get("review_status") or "").strip() and not (row.get("correction") or "").strip():
            continue
        try:
            taken += _take(desk, kind, row, who)
        except DecisionError as error:
            unfit.append(f"{path.name}:{number}: {error}")
    return Imported(taken=taken, unfit=tuple(unfit))


#: A column that only one table has.
_OWN = {
    "measure": "claims",
    "adcode": "regions",
    "family_name": "people",
    "earliest": "dates",
    "cue": "statements",
    "initiators": "programmes",
}


def _kind(path: Path, columns: set[str]) -> str:
    kind = next((kind for column, kind in _OWN.items() if column in columns), None)
    if kind is None:
        kind = next((k for k in KINDS if path.stem.startswith(k)), None)
    if kind is None and {"parent", "region"} <= columns:
        kind = "organisations"
    if kind is None:
        raise DecisionError(
            f"{path}: none of {', '.join(f'{k}.csv' for k in KINDS)}: keep the columns of the run's table"
        )
    return kind


def _rows(path: Path) -> list[dict[str, str]]:
    text = path.read_bytes().decode("utf-8-sig", "replace")
    first = text.split("\n", 1)[0]
    dialect = csv.excel()
    dialect.delimiter = max(",;\t", key=first.count)
    rows = list(csv.DictReader(io.StringIO(text, newline=""), dialect=dialect))
    missing = {"doc_id", "id"} - set(rows[0] if rows else {"doc_id": "", "id": ""})
    if missing:
        raise DecisionError(f"{path}: no column {' or '.join(sorted(missing))}: keep the columns of the run's table")
    return rows


def _take(desk: Desk, kind: str, row: dict[str, str], who: str) -> int:
    document = desk.index.document(row["doc_id"])
    if document is None:
        raise DecisionError(f"{row['doc_id']}: no such article in this run")
    record, found = next(((r, f) for r, f in identities(document).items() if f["id"] == row["id"]), (None, None))
    if record is None or found is None or record.kind != kind:
        raise DecisionError(f"{row['id']}: no such record: the run has changed since the table was written")
    if "text" in found and _plain(row.get("text") or found["text"]) != _plain(found["text"]):
        raise DecisionError(f"{row['id']}: its text is {found['text'][:40]!r} now, not {row['text'][:40]!r}")
    correction = (row.get("correction") or "").strip()
    word = (row.get("review_status") or "").strip().casefold() or "corrected"
    verdict = "edit" if correction else WORDS.get(word)
    if verdict is None or (verdict == "edit" and not correction):
        raise DecisionError(f"review_status {word!r}: write accepted, rejected or corrected (with a correction)")
    fields = _correction(kind, correction)
    before = desk.latest().get(record)
    if before is not None and before.verdict == verdict and not fields:
        return 0
    desk.decide(who, row["doc_id"], record.as_json(), verdict, fields)
    return 1


def _plain(text: str) -> str:
    """A spreadsheet may turn line ends and the apostrophe of a guarded cell."""
    return " ".join(text.removeprefix("'").split())


def _correction(kind: str, text: str) -> Row:
    """Read ``value=830; regions=r1, r2``: the field's name, and what it should be; nothing for none."""
    out: Row = {}
    for part in filter(None, (piece.strip() for piece in text.split(";"))):
        name, sign, value = part.partition("=")
        if not sign or name.strip() not in MODELS[kind].model_fields:
            raise DecisionError(f"correction {part!r}: write FIELD=VALUE; FIELD=VALUE with the names of the columns")
        out[name.strip()] = _value(kind, name.strip(), value.strip())
    return out


def _value(kind: str, name: str, text: str) -> Any:
    if name in ("roles", "initiators") or (name == "regions" and name in REFERENCES[kind]):
        return [one.strip() for one in text.split(",") if one.strip()]
    if text == "":
        return None
    if name in ("value", "value_high", "declared_regions", "start", "end") and kind != "dates":
        return _number(text)
    return {"true": True, "false": False}.get(text.casefold(), text)


def _number(text: str) -> Any:
    try:
        return json.loads(text.replace(",", ""))
    except json.JSONDecodeError:
        return text
