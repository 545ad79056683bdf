"""Rules for a place beside the number: behind its noun, right before it, the n-th of a list."""

from __future__ import annotations

from itertools import pairwise

from pipeline.stages.claims.draft import Draft
from pipeline.stages.claims.patterns import OPENS_LIST
from pipeline.stages.claims.whereabouts.clauses import elided_place
from pipeline.stages.claims.whereabouts.elsewhere import ELSEWHERE, INSIDE
from pipeline.stages.claims.whereabouts.groups import Group
from pipeline.stages.claims.whereabouts.scene import Found, Scene

_NATIONWIDE = frozenset({"nationwide", "nationally"})


def right_before(scene: Scene, draft: Draft) -> Found | None:
    """As in "in Hainan (67.5 percent) and Gansu (46 percent)", "ahead of Guangzhou with 4.7 billion"."""
    for group in scene.groups(draft.sentence):
        between = scene.index.text[group.extent.end : draft.lead].strip() if group.extent.end <= draft.lead else "-"
        if between in ("(", "with", "") and len(group.refs) == 1 and group.cue not in ELSEWHERE:
            return group.refs, group.extent
    return None


def elided(scene: Scene, draft: Draft) -> Found | None:
    """As in "Shenzhen accounted for 41 percent and Zhuhai for 12 percent"."""
    group = elided_place(draft, scene.groups(draft.sentence), scene.by_sentence[draft.sentence.number])
    return (group.refs, group.extent) if group is not None else None


def of_measure(scene: Scene, draft: Draft) -> Found | None:
    """As in "154 from Hainan and Macao", "25 companies in Shanghai", "74 counties across the region"."""
    ends = [draft.quantity.end]
    measure = draft.evidence.get("measure")
    if measure is not None and 0 <= measure.start - draft.quantity.end < 20:
        ends.append(measure.end)
    for group in scene.groups(draft.sentence):
        gap = min((group.extent.start - end for end in ends if end <= group.extent.start), default=99)
        if group.cue in INSIDE and gap <= len(group.cue) + 6 and _straight(scene, max(ends), group):
            return group.refs, group.extent
    return None


def listed(scene: Scene, draft: Draft) -> Found | None:
    """As in "four cities -- Beijing, Shanghai, Guangzhou and Shenzhen": the places counted are named."""
    measure = draft.evidence.get("measure")
    if draft.kind != "count" or measure is None or measure.start < draft.quantity.end:
        return None
    for group in scene.groups(draft.sentence):
        opened = OPENS_LIST.fullmatch(scene.index.text, measure.end, max(measure.end, group.extent.start))
        if opened and len(group.refs) == draft.quantity.value > 1:
            return group.refs, group.extent
    return None


def respective(scene: Scene, draft: Draft) -> Found | None:
    """As in "Qinzhou and Beihai add 411 and 208 hectares respectively": the n-th place for the n-th number."""
    members = [d for d in scene.by_sentence[draft.sentence.number] if d.relation != "equivalent"]
    same = [d for d in members if d.quantity.unit == draft.quantity.unit]
    if draft not in same or not ("respectively" in draft.sentence.words or _is_list(scene, same)):
        return None
    for group in scene.groups(draft.sentence):
        if len(group.refs) == len(same) > 1:
            return (group.refs[same.index(draft)],), group.extent
    return None


def nationwide(scene: Scene, draft: Draft) -> Found | None:
    """As in "compared with 18.7 percent nationwide": the country, where the article names it."""
    after = draft.after(1)
    behind = after is not None and after.lower_ in _NATIONWIDE
    opened = draft.sentence.tokens[0].lower_ in _NATIONWIDE
    if not behind and not (opened and all(g.extent.start > draft.start for g in scene.groups(draft.sentence))):
        return None
    regions = scene.index.entities.regions
    countries = [ref for ref, value in regions.items() if value.kind == "country" and value.iso_code == "CN"]
    return (tuple(countries), None)


def _straight(scene: Scene, end: int, group: Group) -> bool:
    """Whether no comma stands between, but for "two shipyards, in Taizhou and Nantong, have asked"."""
    between = scene.index.text[end : group.extent.start]
    closed = between == ", in " and scene.index.text[group.extent.end : group.extent.end + 1] in (",", ".", ";")
    return end > group.extent.start or "," not in between or closed


def _is_list(scene: Scene, members: list[Draft]) -> bool:
    """As in "with 29.5, 17.8 and 6.4 billion yuan": nothing but commas and "and" between the numbers."""
    pairs = pairwise(members)
    gaps = [scene.index.text[one.quantity.end : other.quantity.start].strip() for one, other in pairs]
    return bool(gaps) and all(gap in (",", "and", ", and") for gap in gaps)
