"""How the claims of one document are related: conversions, parts of a whole, earlier figures."""

from __future__ import annotations

import re
from decimal import Decimal

from pipeline.stages.claims.breakdowns import breakdowns
from pipeline.stages.claims.comparisons import contrast, earlier_behind, from_to
from pipeline.stages.claims.draft import Draft
from pipeline.stages.claims.index import DocIndex
from pipeline.stages.claims.patterns import CONVERTS, OF_THEM, PART, WHOLE
from pipeline.stages.claims.ties import comparable, heads_first, relate, take_unit

#: Shares of fewer than this come out even, or are said to be rough.
_SMALL = 30


def relate_conversion(draft: Draft, earlier: Draft | None, index: DocIndex) -> None:
    """Money in brackets right after other money is the same amount in another currency."""
    if earlier is None or draft.kind != "money" or earlier.kind != "money":
        return
    if draft.quantity.unit == earlier.quantity.unit or draft.sentence.number != earlier.sentence.number:
        return
    if CONVERTS.fullmatch(index.text, earlier.quantity.end, draft.lead):
        relate(draft, earlier, "equivalent")


def relate_all(drafts: list[Draft], index: DocIndex) -> None:
    """Parts and comparisons, for claims whose measures are known; the first rule that fits decides."""
    for position, draft in enumerate(drafts):
        before = [d for d in drafts[max(0, position - 12) : position] if d.relation != "equivalent"]
        if draft.relation is None:
            _part_of(draft, before, drafts[position + 1 : position + 2], index)
        from_to(draft, before, index)
        earlier_behind(draft, before, index)
        if draft.relation is None and not any(other.related is draft for other in before):
            contrast(draft, before, index)
    breakdowns(drafts, index)


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
        relate(draft, following[0], "part_of")
        return
    lead = text[max(draft.sentence.span.start_char, draft.lead - 60) : draft.lead]
    cue = list(PART.finditer(lead))
    reach = 50 if cue and cue[-1].group().lower().endswith(("which", "whom")) else 12
    if not cue or len(lead) - cue[-1].end() > reach or re.search(r"[;.]", lead[cue[-1].end() :]):
        # the later members of a list that began with "including"
        previous = before[-1] if before else None
        listed = previous is not None and previous.relation == "part_of" and previous.related is not None
        if listed and previous is not None and _goes_on(previous, draft, text):
            take_unit(draft, previous)
        if listed and previous is not None and _goes_on(previous, draft, text) and comparable(draft, previous):
            relate(draft, previous.related or previous, "part_of")
        return
    whole = _whole_of(draft, before)
    if whole is not None:
        relate(draft, whole, "part_of")


def _whole_of(draft: Draft, before: list[Draft]) -> Draft | None:
    """The nearest number before that can hold the part; where none is large enough, the nearest of its unit."""
    for earlier in reversed(before):
        take_unit(draft, earlier)
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


def _of_them(draft: Draft, before: list[Draft], text: str) -> bool:
    """As in "nine of them", "a third of these": part of the nearest larger number before."""
    if not OF_THEM.match(text, draft.quantity.end, draft.quantity.end + 20):
        return False
    for earlier in heads_first(before):
        near = draft.sentence.number - earlier.sentence.number <= 2
        fraction = draft.kind == "percent" and earlier.kind in ("count", "money", "measure")
        whole = earlier.quantity.unit == draft.quantity.unit and earlier.quantity.value >= draft.quantity.value
        if near and earlier.change is None and (fraction or whole) and _divides(draft, earlier):
            relate(draft, earlier, "part_of")
            return True
    return False


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
    relate(draft, whole, "part_of")
    return True


def _listed(draft: Draft) -> bool:
    return draft.relation == "part_of"


def _goes_on(previous: Draft, draft: Draft, text: str) -> bool:
    between = text[previous.quantity.end : draft.lead]
    return previous.sentence.number == draft.sentence.number and bool(re.search(r"(?:,|\band\b)\s{0,2}$", between))
