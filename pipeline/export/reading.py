"""A run's documents with their texts, one at a time, as every format takes them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Row = dict[str, Any]


class ExportError(ValueError):
    """A run that cannot be exported; the message names the file and what to do."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A labelled stretch of a document's text: `id` is a record's or a mention's, `ref` the record that it means."""

    id: str
    label: str
    start: int
    end: int
    ref: str | None = None


@dataclass(frozen=True, slots=True)
class Exported:
    """One document: its text and its records as JSON objects."""

    doc_id: str
    text: str
    records: Row

    def stretches(self) -> list[Stretch]:
        """Mentions (dates among them), claims, statements and cues, in text order, the longer first."""
        out = [Stretch(m["id"], m["kind"], m["start"], m["end"], m["ref"]) for m in self.records["mentions"]]
        out += [Stretch(c["id"], "claim", c["start"], c["end"]) for c in self.records["claims"]]
        for s in self.records["statements"]:
            out.append(Stretch(s["id"], "statement", s["start"], s["end"], s["speaker"]))
            if s["cue"] is not None:
                out.append(Stretch(f"{s['id']}-cue", "cue", s["cue_start"], s["cue_end"], s["id"]))
        return sorted(out, key=lambda x: (x.start, -x.end, x.label, x.id))

    def disjoint(self) -> list[Stretch]:
        """What no earlier or longer stretch overlaps, statements left out: for flat formats."""
        out: list[Stretch] = []
        for one in self.stretches():
            if one.label != "statement" and (not out or out[-1].end <= one.start):
                out.append(one)
        return out


def read_documents(run: Path) -> Iterator[Exported]:
    """Yield the documents of a run folder in the order of `records.jsonl`; `ExportError` names what is missing."""
    file = run / "records.jsonl"
    if not file.is_file():
        raise ExportError(f"{run}: no records.jsonl here: name the folder that `pilotfacts extract` wrote")
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            records = json.loads(line)
            doc_id = records["article"]["doc_id"]
            text = run / "texts" / f"{doc_id}.txt"
            if not text.is_file():
                raise ExportError(f"{text}: missing: run `pilotfacts extract` on this folder again")
            yield Exported(doc_id=doc_id, text=text.read_bytes().decode("utf-8"), records=records)
