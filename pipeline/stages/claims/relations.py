"""How the claims of one document are related: conversions, parts of a whole, earlier figures."""

from __future__ import annotations

import re
from decimal import Decimal

from pipeline.annotations import Extent
from pipeline.schema import Relation
from pipeline.stages.claims.draft import Draft
from pipeline.stages.claims.index import DocIndex

#: "15.85 trillion yuan (about 2.42 trillion dollars)", "…yuan, or 3 billion dollars"
_CONVERTS = re.compile(r"\s{0,3}(?:\(|\[|,? or|, equivalent to|, or)\s{0,3}(?:or|equivalent to|equal to)?\s{0,3}", re.I)
#: "748 enterprises, including 169", "of which 30", "among them, 12"
_PART = re.compile(r"\b(?:including|of which|of whom|of them|of these|among them|among which|among whom|among these)\b", re.I)
#: "up from 3.1 percent", "compared with 200 in 2015", "quickening from the 3.3-percent gain"
_EARLIER = re.compile(
    r"\b(?:compared (?:with|to)|from|versus|against|than)(?: the| a| an| about| around| only| just| nearly| its)?\s{0,2}$", re.I
)
_BREAKDOWN = re.compile(r"\b(?:in breakdown|of the total|of that|by category|by sector|specifically)\b", re.I)
_CONTRAST = re.compile(r"\b(?:while|whereas|but|compared with)\b", re.I)


def relate_conversion(draft: Draft, earlier: Draft | None, index: DocIndex) -> None:
    """Money in brackets right after other money is the same amount in another currency."""
    if earlier is None or draft.kind != "money" or earlier.kind != "money":
        return
    if draft.quantity.unit == earlier.quantity.unit or draft.sentence.number != earlier.sentence.number:
        return
    if _CONVERTS.fullmatch(index.doc.text, earlier.quantity.end, draft.lead):
        _relate(draft, earlier, "equivalent")


def relate_all(drafts: list[Draft], index: DocIndex) -> None:
    """Parts and comparisons, for claims whose measures are known; the first rule that fits decides."""
    for position, draft in enumerate(drafts):
        before = [d for d in drafts[max(0, position - 12) : position] if d.relation != "equivalent"]
        if draft.relation is None:
            _part_of(draft, before, drafts[position + 1 : position + 2], index)
        _from_to(draft, before, index)
        _earlier_behind(draft, before, index)
        if draft.relation is None:
            _contrast(draft, before, index)
    _breakdowns(drafts, index)


def _relate(draft: Draft, other: Draft, relation: Relation) -> None:
    draft.related, draft.relation = other, relation
    draft.evidence["related"] = Extent(other.quantity.start, other.quantity.end)


def _comparable(one: Draft, other: Draft) -> bool:
    """Whether two numbers can be set beside each other: same unit, and both levels or both changes."""
    return one.quantity.unit == other.quantity.unit and (one.change is None) == (other.change is None)


def _part_of(draft: Draft, before: list[Draft], following: list[Draft], index: DocIndex) -> None:
    text = index.doc.text
    if draft.kind in ("rank", "multiple", "percent"):
        return
    if following and re.fullmatch(r"\s?(?:out of|of)(?: the| its| all| their)*\s", text[draft.quantity.end : following[0].lead]):
        _relate(draft, following[0], "part_of")
        return
    lead = text[max(draft.sentence.span.start_char, draft.lead - 60) : draft.lead]
    cue = list(_PART.finditer(lead))
    if not cue or re.search(r"[;.]", lead[cue[-1].end() :]):
        # the later members of a list that began with "including"
        previous = before[-1] if before else None
        listed = previous is not None and previous.relation == "part_of" and previous.related is not None
        if listed and previous is not None and _goes_on(previous, draft, text) and _comparable(draft, previous):
            _relate(draft, previous.related or previous, "part_of")
        return
    for earlier in reversed(before):
        near = draft.sentence.number - earlier.sentence.number <= 1
        larger = abs(earlier.quantity.value) >= abs(draft.quantity.value)
        if near and earlier.change is None and earlier.quantity.unit == draft.quantity.unit and (larger or not _listed(earlier)):
            if earlier.related is not None and earlier.relation == "part_of":
                earlier = earlier.related
            _relate(draft, earlier, "part_of")
            return


def _listed(draft: Draft) -> bool:
    return draft.relation == "part_of"


def _goes_on(previous: Draft, draft: Draft, text: str) -> bool:
    between = text[previous.quantity.end : draft.lead]
    return previous.sentence.number == draft.sentence.number and bool(re.search(r"(?:,|\band\b)\s{0,2}$", between))


def _from_to(draft: Draft, before: list[Draft], index: DocIndex) -> None:
    """"increased from 1,499 yuan in 2015 to 9,328 yuan in 2019": the second level, and the one it started from."""
    text = index.doc.text
    if draft.relation is not None or not text[max(0, draft.lead - 4) : draft.lead].rstrip().endswith("to"):
        return
    for earlier in reversed(before[-3:]):
        same = earlier.sentence.number == draft.sentence.number and _comparable(earlier, draft)
        started = text[max(0, earlier.lead - 6) : earlier.lead].rstrip().lower().endswith("from")
        if same and started:
            _relate(draft, earlier, "compared_with")
            if draft.measure_rule in ("noun-understood", "nearest-noun", "dimension", "") or earlier.measure is None:
                draft.measure = earlier.measure or draft.measure
            return


def _earlier_behind(draft: Draft, before: list[Draft], index: DocIndex) -> None:
    """"5.2 percent, up from 3 percent": the number before carries the relation to this, the earlier one."""
    text = index.doc.text
    lead = text[max(draft.sentence.span.start_char, draft.lead - 40) : draft.lead]
    if not _EARLIER.search(lead) or draft.relation is not None:
        return
    for earlier in reversed(before[-3:]):
        if earlier.sentence.number != draft.sentence.number or earlier.relation is not None:
            continue
        if earlier.quantity.unit == draft.quantity.unit and earlier.kind not in ("rank", "multiple"):
            _relate(earlier, draft, "compared_with")
            if draft.measure_rule in ("nearest-noun", "dimension", "change-noun", "") or draft.measure is None:
                draft.measure = earlier.measure
                if "measure" in earlier.evidence:
                    draft.evidence["measure"] = earlier.evidence["measure"]
            return


def _contrast(draft: Draft, before: list[Draft], index: DocIndex) -> None:
    """"700 exhibitors in 2004, while last year it drew 2,312 exhibitors": the same measure at another time."""
    if draft.change is not None or draft.measure is None or draft.kind == "rank":
        return
    for earlier in reversed(before):
        if draft.sentence.number - earlier.sentence.number > 1 or earlier.change is not None:
            return
        same = _comparable(earlier, draft) and _stem(earlier.measure) == _stem(draft.measure)
        apart = earlier.date != draft.date or draft.measure_rule == "antecedent"
        between = index.doc.text[earlier.quantity.end : draft.start]
        if same and apart and (_CONTRAST.search(between) or draft.measure_rule == "antecedent"):
            _relate(draft, earlier, "compared_with")
            return


def _stem(measure: str | None) -> str:
    last = (measure or "").lower().split()
    return last[-1].rstrip("s") if last else ""


def _breakdowns(drafts: list[Draft], index: DocIndex) -> None:
    """"In breakdown, the central government collected 7.36 …, local governments 8.49": parts that add up."""
    by_sentence: dict[int, list[Draft]] = {}
    for draft in drafts:
        if draft.change is None and draft.kind in ("count", "money", "measure") and draft.relation is None:
            by_sentence.setdefault(draft.sentence.number, []).append(draft)
    for number, members in by_sentence.items():
        if len(members) < 2 or len({member.quantity.unit for member in members}) > 1:
            continue
        cued = _BREAKDOWN.search(members[0].sentence.span.text[:60]) is not None
        total = sum((member.quantity.value for member in members), Decimal(0))
        whole = _whole(drafts, number, members[0], total, cued=cued)
        for member in members if whole is not None else []:
            _relate(member, whole, "part_of") if whole is not None else None


def _whole(drafts: list[Draft], number: int, member: Draft, total: Decimal, *, cued: bool) -> Draft | None:
    slack = total * Decimal("0.01") if cued else Decimal(0)
    for draft in reversed(drafts):
        near = 0 < number - draft.sentence.number <= (4 if cued else 1)
        if near and draft.quantity.unit == member.quantity.unit and draft.change is None:
            if abs(draft.quantity.value - total) <= slack:
                return draft
    return None
