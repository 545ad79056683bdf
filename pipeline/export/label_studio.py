"""Label Studio: a JSON list of pre-annotated tasks for its import page.

Format: labelstud.io/guide/predictions. Offsets count code points. The labelling configuration that fits is
`CONFIG`: names "label" and "text".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.export.reading import Exported, Stretch

LABELS = ("region", "person", "organisation", "date", "programme", "claim", "statement", "cue")
CONFIG = (
    '<View><Relations><Relation value="ref"/></Relations><Labels name="label" toName="text">'
    + "".join(f'<Label value="{label}"/>' for label in LABELS)
    + '</Labels><Text name="text" value="$text"/></View>'
)


def tasks(documents: Iterable[Exported], *, version: str) -> list[dict[str, Any]]:
    """One task a document, its stretches as a prediction, each cue tied to its statement."""
    return [_task(document, version) for document in documents]


def _task(document: Exported, version: str) -> dict[str, Any]:
    stretches = document.stretches()
    known = {stretch.id for stretch in stretches}
    result = [_result(document, stretch) for stretch in stretches]
    result += [_relation(stretch) for stretch in stretches if stretch.ref in known]
    data = {"text": document.text, "doc_id": document.doc_id}
    return {"data": data, "predictions": [{"model_version": f"pilotfacts {version}", "result": result}]}


def _result(document: Exported, stretch: Stretch) -> dict[str, Any]:
    value = {
        "start": stretch.start,
        "end": stretch.end,
        "text": document.text[stretch.start : stretch.end],
        "labels": [stretch.label],
    }
    return {"id": stretch.id, "from_name": "label", "to_name": "text", "type": "labels", "value": value}


def _relation(stretch: Stretch) -> dict[str, Any]:
    return {"type": "relation", "from_id": stretch.id, "to_id": stretch.ref, "direction": "right", "labels": ["ref"]}
