"""GeoJSON (RFC 7946): one point for each place of each document that has coordinates, with the claims made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.export.reading import Exported, Row


def collection(documents: Iterable[Exported]) -> dict[str, Any]:
    """A FeatureCollection; positions are longitude, latitude in WGS 84, as the standard asks."""
    features = [
        _feature(document, region)
        for document in documents
        for region in document.records["regions"]
        if region["latitude"] is not None and region["longitude"] is not None
    ]
    return {"type": "FeatureCollection", "features": features}


def _feature(document: Exported, region: Row) -> dict[str, Any]:
    claims = [c for c in document.records["claims"] if region["id"] in c["regions"]]
    properties = {
        "doc_id": document.doc_id,
        **{name: region[name] for name in ("name", "name_zh", "kind", "iso_code", "adcode", "parent", "mentions")},
        "claims": [{name: c[name] for name in ("text", "value", "unit", "measure", "change")} for c in claims],
    }
    point = {"type": "Point", "coordinates": [region["longitude"], region["latitude"]]}
    return {"type": "Feature", "id": f"{document.doc_id}/{region['id']}", "geometry": point, "properties": properties}
