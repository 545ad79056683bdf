"""How claims of one document are related: conversions, parts, comparisons."""

from __future__ import annotations

from pipeline.stages.claims.draft import Draft
from pipeline.stages.claims.index import DocIndex


def relate_conversion(draft: Draft, earlier: Draft | None, index: DocIndex) -> None:
    """"15.85 trillion yuan (about 2.42 trillion U.S. dollars)": money in brackets right after other money."""
    if earlier is None or draft.kind != "money" or earlier.kind != "money" or draft.quantity.unit == earlier.quantity.unit:
        return
    between = index.doc.text[earlier.quantity.end : draft.lead].strip()
    if between in ("(", ", or", "or", "[", "(or", "(equivalent to", "(US", ", equivalent to") and len(between) < 20:
        draft.related, draft.relation = earlier, "equivalent"
        draft.evidence["related"] = draft.evidence.get("related") or _extent(earlier)


def _extent(draft: Draft):  # noqa: ANN202
    from pipeline.annotations import Extent

    return Extent(draft.quantity.start, draft.quantity.end)
