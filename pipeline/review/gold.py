"""Fully reviewed articles as gold files: what a reviewer has confirmed is what a run is scored against."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pipeline.review.apply import reviewed
from pipeline.review.decisions import LOG as DECISIONS
from pipeline.review.decisions import DecisionError, latest, read_log
from pipeline.review.identity import KINDS
from pipeline.review.index import Index

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

Row = dict[str, Any]

#: What a label does not state: how a record was found, and what follows from the rest.
_NOT_LABELLED = frozenset(
    {"rule", "confidence", "evidence", "candidates", "members", "latitude", "longitude", "name_zh", "edtf", "mentions"}
)
_ARTICLE = ("doc_id", "sha256", "title", "authors", "publisher", "published", "dateline_place", "url", "language")


def write_gold(run: Path, doc_ids: Sequence[str], folder: Path) -> list[Path]:
    """Write each document as `folder/<doc_id>.json`, its text beside it in `../articles` where that folder exists.

    Raises `DecisionError`, and writes nothing, when one of them has a record that nobody has decided on.
    """
    index = Index(run)
    decisions = latest(read_log(run / DECISIONS))
    documents: list[tuple[str, Row]] = []
    for doc_id in doc_ids:
        found = index.document(doc_id)
        if found is None:
            raise DecisionError(f"{doc_id}: no such article in {run}")
        result = reviewed(found, decisions)
        if not result.complete:
            open_ = [row["id"] for kind in KINDS for row in found[kind] if row["id"] not in result.status]
            raise DecisionError(
                f"{doc_id}: {len(open_)} records are not reviewed yet, {open_[0]} first: review them all"
            )
        documents.append((doc_id, gold_document(result.document)))
    folder.mkdir(parents=True, exist_ok=True)
    return [_write(folder / f"{doc_id}.json", document) for doc_id, document in documents]


def _write(path: Path, document: Row) -> Path:
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return path


def gold_document(document: Row) -> Row:
    """The labels of a corrected document."""
    out: Row = {"article": {name: document["article"][name] for name in _ARTICLE}}
    for kind in ("mentions", *KINDS):
        out[kind] = [{name: v for name, v in row.items() if name not in _NOT_LABELLED} for row in document[kind]]
    flags = (flag for flag in document["flags"] if flag["code"] != "low-confidence")
    out["flags"] = [{"record": flag["record"], "code": flag["code"]} for flag in flags]
    return out
