"""How the claims of one document are related: conversions, parts of a whole, earlier figures."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from pipeline.annotations import Extent
from pipeline.schema import Relation
from pipeline.stages.claims.changes import directions
from pipeline.stages.claims.draft import Draft
from pipeline.stages.claims.index import DocIndex
from pipeline.stages.claims.patterns import CONTRAST, CONVERTS, EARLIER, OF_THEM, PART, WHOLE

#: "900 buyers **from** 41 countries": the number behind says where those before it are.
_ORIGINS = frozenset({"from", "in", "across", "at"})
#: Shares of fewer than this come out even, or are said to be rough.
_SMALL = 30


def relate_conversion(draft: Draft, earlier: Draft | None, index: DocIndex) -> None:
    """Money in brackets right after other money is the same amount in another currency."""
    if earlier is None or draft.kind != "money" or earlier.kind != "money":
        return
    if draft.quantity.unit == earlier.quantity.unit or draft.sentence.number != earlier.sentence.number:
        return
    if CONVERTS.fullmatch(index.text, earlier.quantity.end, draft.lead):
        _relate(draft, earlier, "equivalent")


def relate_all(drafts: list[Draft], index: DocIndex) -> None:
    """Parts and comparisons, for claims whose measures are known; the first rule that fits decides."""
    for position, draft in enumerate(drafts):
        before = [d for d in drafts[max(0, position - 12) : position] if d.relation != "equivalent"]
        if draft.relation is None:
            _part_of(draft, before, drafts[position + 1 : position + 2], index)
        _from_to(draft, before, index)
        _earlier_behind(draft, before, index)
        if draft.relation is None and not any(other.related is draft for other in before):
            _contrast(draft, before, index)
    _breakdowns(drafts, index)


def _relate(draft: Draft, other: Draft, relation: Relation) -> None:
    draft.related, draft.relation = other, relation
    draft.evidence["related"] = Extent(other.quantity.start, other.quantity.end)


def _comparable(one: Draft, other: Draft) -> bool:
    """Whether two numbers can be set beside each other: same unit, and both levels or both changes."""
    return one.quantity.unit == other.quantity.unit and (one.change is None) == (other.change is None)


def _part_of(draft: Draft, before: list[Draft], following: list[Draft], index: DocIndex) -> None:
    text = index.text
    if draft.kind in ("rank", "multiple"):
        return
    if draft.kind == "percent" and draft.quantity.form != "fraction":
        _of_them(draft, before, text)
        return
    cued = re.search(r"\bincluding\b", text[max(0, draft.lead - 20) : draft.lead])
    if _of_them(draft, before, text) or (not cued and _of_whole(draft, before, text)):
        return
    noun = draft.evidence["measure"].end if "measure" in draft.evidence else draft.quantity.end
    direct = following and re.fullmatch(WHOLE, text[draft.quantity.end : following[0].lead])
    behind_noun = following and re.fullmatch(
        r"\s?out of(?: the| its| all| their){0,3}\s", text[noun : following[0].lead]
    )
    if direct or behind_noun:
        _relate(draft, following[0], "part_of")
        return
    lead = text[max(draft.sentence.span.start_char, draft.lead - 60) : draft.lead]
    cue = list(PART.finditer(lead))
    reach = 50 if cue and cue[-1].group().lower().endswith(("which", "whom")) else 12
    if not cue or len(lead) - cue[-1].end() > reach or re.search(r"[;.]", lead[cue[-1].end() :]):
        # the later members of a list that began with "including"
        previous = before[-1] if before else None
        listed = previous is not None and previous.relation == "part_of" and previous.related is not None
        if listed and previous is not None and _goes_on(previous, draft, text):
            _take_unit(draft, previous)
        if listed and previous is not None and _goes_on(previous, draft, text) and _comparable(draft, previous):
            _relate(draft, previous.related or previous, "part_of")
        return
    whole = _whole_of(draft, before)
    if whole is not None:
        _relate(draft, whole, "part_of")


def _whole_of(draft: Draft, before: list[Draft]) -> Draft | None:
    """The nearest number before that can hold the part; where none is large enough, the nearest of its unit."""
    for earlier in reversed(before):
        _take_unit(draft, earlier)
    fits = [
        earlier
        for earlier in reversed(before)
        if draft.sentence.number - earlier.sentence.number <= 1
        and earlier.change is None
        and earlier.quantity.unit == draft.quantity.unit
    ]
    larger = [earlier for earlier in fits if abs(earlier.quantity.value) >= abs(draft.quantity.value)]
    alone = [earlier for earlier in fits if not _listed(earlier)]
    return next(iter(larger or alone), None)


def _take_unit(draft: Draft, other: Draft) -> None:
    """As in "93 million yuan, of which 58 million": without a noun, the unit is that of the number meant."""
    if draft.kind != "count" or other.kind not in ("money", "measure", "percent") or _has_noun(draft):
        return
    if other.sentence.number != draft.sentence.number or other.change is not None:
        # "visitors, most of whom came by train, rose 40 percent to 1.3 million" counts visitors
        return
    draft.quantity = replace(draft.quantity, unit=other.quantity.unit)
    draft.measure, draft.measure_rule = other.measure, "noun-understood"
    if "measure" in other.evidence:
        draft.evidence["measure"] = other.evidence["measure"]


def _has_noun(draft: Draft) -> bool:
    return draft.measure_rule in ("counted-noun", "joined-noun")


def _of_them(draft: Draft, before: list[Draft], text: str) -> bool:
    """As in "nine of them", "a third of these": part of the nearest larger number before."""
    if not OF_THEM.match(text, draft.quantity.end, draft.quantity.end + 20):
        return False
    for earlier in _heads_first(before):
        near = draft.sentence.number - earlier.sentence.number <= 2
        fraction = draft.kind == "percent" and earlier.kind in ("count", "money", "measure")
        whole = earlier.quantity.unit == draft.quantity.unit and earlier.quantity.value >= draft.quantity.value
        if near and earlier.change is None and (fraction or whole) and _divides(draft, earlier):
            _relate(draft, earlier, "part_of")
            return True
    return False


def _heads_first(before: list[Draft]) -> list[Draft]:
    """The numbers before, the last first; in "900 buyers from 41 countries" the buyers before the countries."""
    found = list(reversed(before))
    for position, (later, earlier) in enumerate(pairwise(found)):
        cue = later.before(1)
        if cue is not None and cue.lower_ in _ORIGINS and cue.head in (earlier.root.head, earlier.root.head.head):
            found[position], found[position + 1] = earlier, later
            break
    return found


def _divides(draft: Draft, whole: Draft) -> bool:
    """Half of three plants is no number of plants: an exact share of a small count is a whole number."""
    if draft.quantity.form != "fraction" or draft.comparator != "=" or whole.kind != "count":
        return True
    share = whole.quantity.value * draft.quantity.value / 100
    return whole.quantity.value >= _SMALL or abs(share - share.to_integral_value()) < Decimal("0.02")


def _of_whole(draft: Draft, before: list[Draft], text: str) -> bool:
    """As in "Of 8,214 complaints that were settled, two-thirds …": the sentence opens with the whole."""
    opening = [d for d in before if d.sentence.number == draft.sentence.number]
    if not opening or not re.match(r"\s{0,3}(?:Out of|Of|Among)\b", draft.sentence.text[:12]):
        return False
    whole = opening[0]
    between = text[draft.sentence.tokens[0].idx : whole.lead]
    fits = draft.kind == "percent" or whole.quantity.unit == draft.quantity.unit
    if len(between) > 20 or not fits or whole.kind == "percent":
        return False
    _relate(draft, whole, "part_of")
    return True


def _listed(draft: Draft) -> bool:
    return draft.relation == "part_of"


def _goes_on(previous: Draft, draft: Draft, text: str) -> bool:
    between = text[previous.quantity.end : draft.lead]
    return previous.sentence.number == draft.sentence.number and bool(re.search(r"(?:,|\band\b)\s{0,2}$", between))


def _from_to(draft: Draft, before: list[Draft], index: DocIndex) -> None:
    """As in "increased from 1,499 yuan in 2015 to 9,328 yuan": the second level, and the one it started from."""
    text = index.text
    if draft.relation is not None or not text[max(0, draft.lead - 4) : draft.lead].rstrip().endswith("to"):
        return
    for earlier in reversed(before[-3:]):
        if text[max(0, earlier.lead - 6) : earlier.lead].rstrip().lower().endswith("from"):
            _take_unit(draft, earlier)
        same = earlier.sentence.number == draft.sentence.number and _comparable(earlier, draft)
        started = text[max(0, earlier.lead - 6) : earlier.lead].rstrip().lower().endswith("from")
        if same and started:
            _relate(draft, earlier, "compared_with")
            if draft.measure_rule in ("noun-understood", "nearest-noun", "dimension", "") or earlier.measure is None:
                draft.measure = earlier.measure or draft.measure
            return


def _earlier_behind(draft: Draft, before: list[Draft], index: DocIndex) -> None:
    """As in "5.2 percent, up from 3 percent": the number before carries the relation to this, the earlier one."""
    text = index.text
    lead = text[max(draft.sentence.span.start_char, draft.lead - 40) : draft.lead]
    if not EARLIER.search(lead) or draft.relation is not None:
        return
    for earlier in reversed(before[-3:]):
        if earlier.sentence.number != draft.sentence.number or earlier.relation is not None:
            continue
        alike = draft.kind != "count" or not _has_noun(draft) or _stem(earlier.measure) == _stem(draft.measure)
        if earlier.quantity.unit == draft.quantity.unit and earlier.kind not in ("rank", "multiple") and alike:
            _relate(earlier, draft, "compared_with")
            if (
                draft.measure_rule not in ("counted-noun", "of-phrase", "noun-of", "attributive")
                or draft.measure is None
            ):
                draft.measure = earlier.measure
                if "measure" in earlier.evidence:
                    draft.evidence["measure"] = earlier.evidence["measure"]
            return


def _contrast(draft: Draft, before: list[Draft], index: DocIndex) -> None:
    """As in "700 exhibitors in 2004, while last year it drew 2,312 exhibitors": the same measure at another time."""
    if draft.change is not None or draft.measure is None or draft.kind == "rank":
        return
    for earlier in reversed(before):
        if draft.sentence.number - earlier.sentence.number > 1 or earlier.change is not None:
            return
        same = _comparable(earlier, draft) and _stem(earlier.measure) == _stem(draft.measure)
        same = same or (
            _comparable(earlier, draft) and earlier.measure_rule == "verb-heading" and draft.kind == "money"
        )
        same = same or (draft.measure_rule == "antecedent" and earlier.quantity.value == 0)
        between = index.text[earlier.quantity.end : draft.start]
        moved = (draft.before(1) or draft.root).lower_ == "to" and (
            draft.before(2) or draft.root
        ).lower_ in directions()
        apart = earlier.date != draft.date or moved
        if same and apart and (CONTRAST.search(between) or moved):
            _relate(draft, earlier, "compared_with")
            return


def _stem(measure: str | None) -> str:
    last = (measure or "").lower().split()
    return last[-1].rstrip("s") if last else ""


def _breakdowns(drafts: list[Draft], index: DocIndex) -> None:
    """As in "In breakdown, the central government collected 7.36 …, local governments 8.49": parts that add up."""
    levels = [
        d for d in drafts if d.change is None and d.kind in ("count", "money", "measure") and d.relation != "equivalent"
    ]
    for position, whole in enumerate(levels):
        following = [d for d in levels[position + 1 : position + 12] if d.quantity.unit == whole.quantity.unit]
        members = _adding_up(whole, following)
        for member in members:
            if member.relation is None:
                _relate(member, whole, "part_of")


def _adding_up(whole: Draft, following: list[Draft]) -> list[Draft]:
    """The run of two to six later numbers, not too far away, that add up to `whole` exactly."""
    for start in range(len(following)):
        total = Decimal(0)
        for stop in range(start, min(start + 6, len(following))):
            total += following[stop].quantity.value
            if total >= whole.quantity.value:
                break
        far = following[start].sentence.number - whole.sentence.number > 4
        if total == whole.quantity.value and stop > start and not far and whole.quantity.value >= 20:
            return following[start : stop + 1]
    return []
