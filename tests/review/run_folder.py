"""Writes what the review reads of a run folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def write_run(folder: Path, lines: Mapping[str, str], texts: Mapping[str, str]) -> Path:
    """A folder with `records.jsonl` and `texts/`."""
    (folder / "texts").mkdir(parents=True, exist_ok=True)
    for doc_id, text in texts.items():
        (folder / "texts" / f"{doc_id}.txt").write_bytes(text.encode())
    (folder / "records.jsonl").write_bytes("".join(f"{line}\n" for line in lines.values()).encode())
    return folder
