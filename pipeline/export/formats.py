"""The formats by name, and the one verb: `export`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pipeline.export import doccano, geojson, label_studio, linked, training
from pipeline.export.reading import ExportError, read_documents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from pipeline.export.reading import Exported

#: Each format and the name of its file when none is given.
FORMATS = {
    "label-studio": "label-studio.json",
    "doccano": "doccano.jsonl",
    "spacy": "documents.spacy",
    "conll": "documents.conll",
    "jsonl-ld": "documents.jsonld.jsonl",
    "geojson": "regions.geojson",
}


def export(run: Path, to: str, path: Path, *, version: str) -> Path:
    """Write the run folder `run` in the format `to` into the file `path`; `ExportError` for what cannot be."""
    if to not in FORMATS:
        raise ExportError(f"--to {to}: choose from {', '.join(FORMATS)}")
    documents = read_documents(run)
    if to == "spacy":
        training.spacy_bin(documents).to_disk(path)
    elif to == "conll":
        path.write_text("".join(f"{row}\n" for row in training.conll(documents)), "utf-8")
    elif to in ("doccano", "jsonl-ld"):
        _write_lines(path, documents, doccano.line if to == "doccano" else linked.line)
    else:
        whole: Any = (
            geojson.collection(documents) if to == "geojson" else label_studio.tasks(documents, version=version)
        )
        path.write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return path


def _write_lines(path: Path, documents: Iterable[Exported], line: Callable[[Exported], dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for document in documents:
            out.write(json.dumps(line(document), ensure_ascii=False) + "\n")
