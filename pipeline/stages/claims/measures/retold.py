"""Measures of a headline's figures that the body tells in full."""

from __future__ import annotations

from pipeline.resources import words
from pipeline.stages.claims.draft import Draft
from pipeline.stages.claims.index import DocIndex


def retell(drafts: list[Draft], index: DocIndex) -> None:
    """As in "Saving 3.4m a big win" above "saved 3.4 million birds": birds, which the headline only means.

    A large count is of many; where the headline has no plural noun for it, the body's figure of the same value has it.
    """
    told = [draft for draft in drafts if draft.sentence.kind != "headline" and draft.measure]
    for draft in drafts:
        if draft.sentence.kind != "headline" or draft.kind != "count" or draft.quantity.value < 1000:
            continue
        if _is_plural(draft, index):
            continue
        same = (d for d in told if (d.quantity.value, d.quantity.unit) == (draft.quantity.value, draft.quantity.unit))
        body = next(same, None)
        if body is not None:
            draft.measure, draft.measure_rule = body.measure, "retold"
            draft.evidence.pop("measure", None)
            if "measure" in body.evidence:
                draft.evidence["measure"] = body.evidence["measure"]


def _is_plural(draft: Draft, index: DocIndex) -> bool:
    """Whether the noun found is one that many are counted of."""
    extent = draft.evidence.get("measure")
    if not draft.measure or extent is None:
        return False
    head = index.token_at(extent.end - 1)
    return head.tag_ in ("NNS", "NNPS") or head.lower_ in words("claims/invariable_nouns") or head.lower_ == "people"
