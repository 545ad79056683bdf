"""Rules for a place beside the number: behind its noun, right before it, the n-th of a list."""

from __future__ import annotations

import re
from functools import cache

from pipeline.resources import table, words
from pipeline.stages.claims.draft import Draft
from pipeline.stages.claims.patterns import BRACKETS, NATIONAL, OPENS_LIST, SIZE_OF, WHOLE
from pipeline.stages.claims.whereabouts.clauses import elided_place
from pipeline.stages.claims.whereabouts.elsewhere import ELSEWHERE, INSIDE, ends_behind, stands_before
from pipeline.stages.claims.whereabouts.groups import Group
from pipeline.stages.claims.whereabouts.scene import Found, Scene

#: What may stand between a place and its number.
_LINKS = ("(", "with", "", ", by", ", at", ", with")
_PLACES = frozenset({"cities", "counties", "provinces", "municipalities", "prefectures", "towns", "villages"})
_NATIONWIDE = frozenset({"nationwide", "nationally"})


def right_before(scene: Scene, draft: Draft) -> Found | None:
    """As in "in Hainan (67.5 percent) and Gansu (46 percent)", "fell most in Dalian, by 0.9 percent"."""
    for group in scene.groups(draft.sentence):
        if stands_before(scene, group, draft, links=_LINKS) and len(group.refs) == 1 and group.cue not in ELSEWHERE:
            return group.refs, group.extent
    return None


def apposed(scene: Scene, draft: Draft) -> Found | None:
    """As in "Qionghai, a city of 530,000 people in Hainan": the size is that of the place described, or of none."""
    described = SIZE_OF.search(scene.index.text, max(draft.sentence.span.start_char, draft.lead - 120), draft.lead)
    if described is None or described["noun"].lower() not in place_nouns() - {"area"}:
        return None
    named = [group for group in scene.groups(draft.sentence) if group.extent.end == described.start()]
    return (named[0].refs, named[0].extent) if named else ((), None)


def elided(scene: Scene, draft: Draft) -> Found | None:
    """As in "Shenzhen accounted for 41 percent and Zhuhai for 12 percent"."""
    group = elided_place(draft, scene.groups(draft.sentence), scene.by_sentence[draft.sentence.number])
    return (group.refs, group.extent) if group is not None else None


def of_measure(scene: Scene, draft: Draft) -> Found | None:
    """As in "154 from Hainan and Macao", "25 companies in Shanghai", "74 counties across the region"."""
    ends = ends_behind(scene, draft)
    for group in scene.groups(draft.sentence):
        gap = min((group.extent.start - end for end in ends if end <= group.extent.start), default=99)
        if group.cue in INSIDE and gap <= len(group.cue) + 6 and _straight(scene, max(ends), group):
            if draft.kind == "percent" and group.cue == "of" and _shares_in(scene, group, draft):
                continue
            if group.cue == "from" and _come_to(scene, group, draft):
                continue
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


def again(scene: Scene, draft: Draft) -> Found | None:
    """As in "three zones in Tianjin, Fujian and Hunan … the launch of **the three** zones in Beijing": a known set."""
    opener = draft.before(1)
    if draft.kind != "count" or opener is None or opener.lower_ not in ("the", "these", "those"):
        return None
    for earlier in reversed(scene.done):
        told = earlier.kind == "count" and earlier.quantity.value == draft.quantity.value
        if told and len(earlier.regions) == draft.quantity.value > 1 and earlier.noun == draft.noun:
            return earlier.regions, earlier.evidence.get("regions")
    return None


def respective(scene: Scene, draft: Draft) -> Found | None:
    """As in "Qinzhou and Beihai add 411 and 208 hectares respectively": the n-th place for the n-th number."""
    run = _run(scene, draft)
    if len(run) < 2 and "respectively" in draft.sentence.words:
        members = [d for d in scene.by_sentence[draft.sentence.number] if d.relation != "equivalent"]
        run = [d for d in members if d.quantity.unit == draft.quantity.unit]
    lists = [group for group in scene.groups(draft.sentence) if len(group.refs) == len(run) > 1]
    if not lists or draft not in run:
        return None
    before = [group for group in lists if group.extent.end <= run[0].start]
    group = before[-1] if before else lists[0]
    return (group.refs[run.index(draft)],), group.extent


def nationwide(scene: Scene, draft: Draft) -> Found | None:
    """As in "18.7 percent nationwide", "the national average of 18.7 percent": the country, where it is named."""
    after = draft.after(1)
    behind = after is not None and after.lower_ in _NATIONWIDE
    opened = draft.sentence.tokens[0].lower_ in _NATIONWIDE
    behind = behind or NATIONAL.search(scene.index.text, max(0, draft.lead - 30), draft.lead) is not None
    behind = behind or _are_chinese(draft)
    if not behind and not (opened and all(g.extent.start > draft.start for g in scene.groups(draft.sentence))):
        return None
    regions = scene.index.entities.regions
    countries = [ref for ref, value in regions.items() if value.kind == "country" and value.iso_code == "CN"]
    return (tuple(countries), None)


def _are_chinese(draft: Draft) -> bool:
    """As in "ranked 28th of 31 **Chinese provinces**": places of the country, not of the place at hand."""
    chinese = (draft.measure or "").lower().startswith("chinese ")
    return draft.kind == "count" and chinese and draft.noun in _PLACES


def _shares_in(scene: Scene, group: Group, draft: Draft) -> bool:
    """As in "Ningbo made 24 percent of China's magnets": the subject's share in the wider place."""
    subjects = [subject.idx for subject in scene.subjects(draft.root)]
    others = [other for other in scene.groups(draft.sentence) if other.refs != group.refs]
    return any(other.extent.start <= at < other.extent.end for at in subjects for other in others)


def _come_to(scene: Scene, group: Group, draft: Draft) -> bool:
    """As in "Tongren receives 200,000 **visitors from** Chongqing": where they come to is told by the subject."""
    return draft.noun.removesuffix("s") in words("claims/comers") and _has_place(scene, group, draft)


def _has_place(scene: Scene, group: Group, draft: Draft) -> bool:
    """Whether the subject is, or has in it, another place."""
    spans = [(s.left_edge.idx, s.right_edge.idx) for s in scene.subjects(draft.root)]
    others = [other for other in scene.groups(draft.sentence) if other.refs != group.refs]
    return any(start <= other.extent.start <= end for start, end in spans for other in others)


def _straight(scene: Scene, end: int, group: Group) -> bool:
    """Whether no comma stands between, but for "two shipyards, in Taizhou and Nantong, have asked"."""
    between = scene.index.text[end : group.extent.start]
    if ";" in between:
        # "was 12,600 yuan; in Hubei it was 9,800"
        return False
    closed = between == ", in " and scene.index.text[group.extent.end : group.extent.end + 1] in (",", ".", ";")
    return end > group.extent.start or "," not in between or closed


def _run(scene: Scene, draft: Draft) -> list[Draft]:
    """As in "with 29.5, 17.8 and 6.4 billion yuan": numbers with nothing but commas and "and" between them."""
    members = [d for d in scene.by_sentence[draft.sentence.number] if d.relation != "equivalent"]
    place = next((i for i, member in enumerate(members) if member is draft), None)
    if place is None:
        return []
    first = last = place
    while first and _joined(scene, members[first - 1], members[first]):
        first -= 1
    while last + 1 < len(members) and _joined(scene, members[last], members[last + 1]):
        last += 1
    return members[first : last + 1]


def _joined(scene: Scene, one: Draft, other: Draft) -> bool:
    between = BRACKETS.sub("", scene.index.text[one.quantity.end : other.quantity.start]).strip()
    return between in (",", "and", ", and")


def _goes_with_others(scene: Scene, draft: Draft) -> bool:
    """As in "among 52 counties in **12** cities", "among 12 cities in a trial, which covers **900** hospitals"."""
    earlier = scene.done[-1] if scene.done else None
    if earlier is None or earlier.region_rule != "among" or earlier.sentence.number != draft.sentence.number:
        return False
    told = draft.root.head.head if draft.root.dep_ == "nummod" else draft.root.head
    told = told.head if told.dep_ == "conj" else told
    between = scene.index.text[earlier.quantity.end : draft.lead]
    return told.dep_ == "relcl" or re.fullmatch(r"[^,.;:]{1,30} in ", between) is not None


@cache
def place_nouns() -> frozenset[str]:
    """Nouns that mean a place: "city", "county"."""
    return frozenset(row["noun"] for row in table("references/nominals") if row["kind"] == "region")


def of_relative(scene: Scene, draft: Draft) -> Found | None:
    """As in "73 of the 592 counties **that China classifies** as poor": whoever has them."""
    noun = draft.root.head if draft.root.dep_ == "nummod" else draft.root
    if draft.kind != "count":
        return None
    owners = {child.i for verb in noun.rights if verb.dep_ == "relcl" for child in verb.lefts if child.dep_ == "nsubj"}
    for group in scene.groups(draft.sentence):
        if owners & set(range(group.first.i, scene.index.token_at(group.extent.end - 1).i + 1)):
            return group.refs, group.extent
    return None


def of_part(scene: Scene, draft: Draft) -> Found | None:
    """As in "In Tuen Mun, only 43 of the 168 flats found buyers": where the part is, if both stand together."""
    part = scene.done[-1] if scene.done else None
    if part is None or part.related is not draft or part.relation != "part_of" or not part.regions:
        return None
    together = WHOLE.fullmatch(scene.index.text, part.quantity.end, draft.lead) is not None
    return (part.regions, part.evidence.get("regions")) if together else None


def among(scene: Scene, draft: Draft) -> Found | None:
    """As in "Zixing is among 52 counties in 12 cities": a place is one of those counted, the rest is elsewhere."""
    if _goes_with_others(scene, draft):
        return (), None
    nearest = (draft.before(2), draft.before(1))
    words = tuple(token.lower_ for token in nearest if token is not None)
    counted = (draft.measure or "").lower().split(" that ")[0].split(" in ")[0].split()
    if not counted or not (words[-1:] == ("among",) or words == ("one", "of")):
        return None
    noun = counted[-1]
    singular = f"{noun[:-3]}y" if noun.endswith("ies") else noun.removesuffix("s")
    return ((), None) if singular in place_nouns() else None
