"""doccano: JSONL of its sequence-labelling project with relations (doccano.github.io/doccano, "Import Dataset")."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.export.reading import Exported


def line(document: Exported) -> dict[str, Any]:
    """One object a document; entity ids are numbers within it, a cue's relation points at its statement."""
    stretches = document.stretches()
    numbers = {stretch.id: number for number, stretch in enumerate(stretches)}
    entities = [
        {"id": numbers[s.id], "label": s.label, "start_offset": s.start, "end_offset": s.end} for s in stretches
    ]
    relations = [
        {"id": number, "from_id": numbers[s.id], "to_id": numbers[s.ref], "type": "ref"}
        for number, s in enumerate(stretches)
        if s.ref in numbers
    ]
    return {"text": document.text, "doc_id": document.doc_id, "entities": entities, "relations": relations}
