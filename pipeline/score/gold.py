"""Gold files: the document format, with acceptable alternatives and optional records.

A field's value may be ``{"any": [a, b]}``: each of them is right. A record with ``"optional": true`` costs nothing,
found or not. A field that a gold record leaves out is not scored.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

Row = dict[str, Any]


class ScoreError(ValueError):
    """A run or gold file that cannot be scored; the message names the file and what to do."""


@dataclass(frozen=True, slots=True)
class Gold:
    """The gold documents by `doc_id`, and a digest that changes with any of their labels."""

    documents: dict[str, Row]
    digest: str


def alternatives(value: Any) -> list[Any]:
    """All the values that a gold field accepts: ``{"any": [1, 2]}`` → ``[1, 2]``, ``3`` → ``[3]``."""
    if isinstance(value, dict) and set(value) == {"any"}:
        return list(value["any"])
    return [value]


def load_gold(path: Path) -> Gold:
    """Read one gold file or every `*.json` of a folder; `ScoreError` names what is wrong with which."""
    files = sorted(path.glob("*.json")) if path.is_dir() else [path]
    if not files or not all(file.is_file() for file in files):
        raise ScoreError(f"{path}: no gold here: name a .json file or a folder of them")
    documents: dict[str, Row] = {}
    for file in files:
        document = _load(file, file.read_text("utf-8"))
        documents[_doc_id(file, document)] = document
    canonical = json.dumps([documents[key] for key in sorted(documents)], sort_keys=True, ensure_ascii=False)
    return Gold(documents=documents, digest=sha256(canonical.encode()).hexdigest())


def load_run(path: Path) -> dict[str, Row]:
    """Read the documents of a run folder (or of a `records.jsonl`) by `doc_id`."""
    file = path / "records.jsonl" if path.is_dir() else path
    if not file.is_file():
        raise ScoreError(f"{path}: no records.jsonl here: name the folder that `pilotfacts extract` wrote")
    lines = file.read_text("utf-8").splitlines()
    rows = [_load(f"{file}:{number}", line) for number, line in enumerate(lines, 1) if line.strip()]
    return {_doc_id(file, row): row for row in rows}


def check_text(gold: Row, run: Row) -> None:
    """Refuse to score a run whose text is not the one that was labelled."""
    want, got = gold["article"].get("sha256"), run["article"].get("sha256")
    if want and got and want != got:
        doc_id = gold["article"]["doc_id"]
        raise ScoreError(f"{doc_id}: the run's text is not the text of the gold file: extract it again, or label anew")


def _load(name: Path | str, text: str) -> Row:
    try:
        row = json.loads(text)
    except json.JSONDecodeError as error:
        raise ScoreError(f"{name}: not JSON ({error}): mend or remove it") from None
    if not isinstance(row, dict):
        raise ScoreError(f"{name}: not a document object")
    return row


def _doc_id(name: Path, row: Row) -> str:
    doc_id = row.get("article", {}).get("doc_id")
    if not isinstance(doc_id, str):
        raise ScoreError(f"{name}: no article.doc_id: is it a pilotfacts document?")
    return doc_id
