"""A reviewed run's tables: the run's own with `review_status`, and `reviewed/` with the corrections in."""

from __future__ import annotations

import csv
import json
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from pipeline.review.apply import reviewed
from pipeline.review.decisions import LOG, latest, read_log
from pipeline.review.desk import MODELS
from pipeline.review.identity import KINDS
from pipeline.write.cells import quoted
from pipeline.write.files import replacing
from pipeline.write.tables import Table, line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from pipeline.review.apply import Reviewed

Row = dict[str, Any]
STATUS_COLUMN = "review_status"
#: Where a reviewer with a spreadsheet writes; `pilotfacts review RUN --import FILE.csv` reads both.
CORRECTION_COLUMN = "correction"


def write_reviewed(run: Path) -> int:
    """Write the decisions on a run into its tables; returns the number of stale decisions, which are left out.

    `claims.csv` and the others get the columns `review_status` and `correction`; `reviewed/` gets the tables and the
    `records.jsonl` of the corrected documents. A run that has never been under review is left as it is.
    """
    if not (run / LOG).parent.is_dir():
        return 0
    statuses: dict[tuple[str, str], str] = {}
    stale = 0
    folder = run / "reviewed"
    folder.mkdir(exist_ok=True)
    tables = {kind: Table(kind, MODELS[kind]) for kind in KINDS}
    paths = [folder / "records.jsonl", *(folder / f"{kind}.csv" for kind in KINDS)]
    with replacing(*paths) as (records, *streams):
        for stream, table in zip(streams, tables.values(), strict=True):
            stream.write(f"{','.join(table.columns)},{STATUS_COLUMN}\n".encode())
        for result in _documents(run):
            stale += len(result.stale)
            doc_id = result.document["article"]["doc_id"]
            statuses[doc_id, ""] = "reviewed" if result.complete else "in review" if result.status else ""
            statuses |= {(doc_id, id_): status for id_, status in result.status.items()}
            records.write(json.dumps(result.document, ensure_ascii=False).encode() + b"\n")
            for stream, table in zip(streams, tables.values(), strict=True):
                stream.writelines(_lines(result, table))
    _annotate(run, statuses)
    return stale


def _documents(run: Path) -> Iterator[Reviewed]:
    decisions = latest(read_log(run / LOG))
    with (run / "records.jsonl").open(encoding="utf-8") as lines:
        for text in lines:
            yield reviewed(json.loads(text), decisions)


def _lines(result: Reviewed, table: Table) -> Iterator[bytes]:
    doc_id = quoted(result.document["article"]["doc_id"])
    for row in result.document[table.name]:
        record = table.model.model_validate(row)
        yield f"{doc_id},{line(record, table.fields)},{result.status.get(row['id'], '')}\n".encode()


def _annotate(run: Path, statuses: Mapping[tuple[str, str], str]) -> None:
    """Set `review_status` in the run's own tables; the other cells stay as they are."""
    paths = [path for path in (run / f"{name}.csv" for name in ("articles", *KINDS)) if path.is_file()]
    with replacing(*paths) as streams, ExitStack() as stack:
        for path, stream in zip(paths, streams, strict=True):
            rows = csv.reader(stack.enter_context(path.open(encoding="utf-8", newline="")))
            header = next(rows)
            own = header.index(STATUS_COLUMN) if STATUS_COLUMN in header else len(header)
            stream.write(_joined([*header[:own], STATUS_COLUMN, CORRECTION_COLUMN]))
            for row in rows:
                status = statuses.get((row[0], "" if path.stem == "articles" else row[1]), "")
                stream.write(_joined([*row[:own], status, ""]))


def _joined(cells: list[str]) -> bytes:
    return (",".join(quoted(cell) for cell in cells) + "\n").encode()
