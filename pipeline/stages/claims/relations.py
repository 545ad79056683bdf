"""How the claims of one document are related: conversions, parts of a whole, earlier figures."""

from __future__ import annotations

import re
from decimal import Decimal

from pipeline.stages.claims.breakdowns import breakdowns
from pipeline.stages.claims.comparisons import contrast, earlier_behind, from_to
from pipeline.stages.claims.draft import Draft
from pipeline.stages.claims.index import DocIndex
from pipeline.stages.claims.patterns import (
    CONVERTS,
    CONVERTS_BEHIND,
    IN_WHOLE,
    OF_AMOUNT,
    OF_SET,
    OF_THEM,
    OTHERS,
    PART,
    RESTATES,
    RESTED,
    SHARE_OF,
    WHOLE,
)
from pipeline.stages.claims.ties import comparable, has_noun, heads_first, relate, stem, take_unit

#: Shares of fewer than this come out even, or are said to be rough.
_SMALL = 30
_ALL = 100
#: A part is no smaller than its whole by more than this, where another whole is at hand.
_APART = 10_000
#: Sentences back to a set that is counted again in part.
_REACH = 2
#: Kinds of amounts that can be told twice.
_RESTATED = frozenset({"count", "money", "measure", "percent"})
#: What the same oil, gas or grain is told in: tonnes, barrels, barrels a day.
_BULK = frozenset({"mass", "volume", "flow", "energy", "energy_flow"})
#: Kinds that can be a whole.
_HELD = ("count", "money", "measure")


def relate_conversion(draft: Draft, earlier: Draft | None, index: DocIndex) -> None:
    """The same amount again, in another currency, unit or way of counting: "(about 3 hectares)", ", or 75 percent"."""
    if earlier is None or draft.quantity.unit == earlier.quantity.unit:
        return
    kinds = {draft.kind, earlier.kind}
    if draft.sentence.number != earlier.sentence.number or not kinds <= _RESTATED or kinds == {"count", "money"}:
        return  # "paid out 23 million yuan to 900 herders, or 25,000 yuan each" restates the sum, by the head
    here, lead = earlier.quantity.end, draft.lead
    alike = draft.quantity.unit.dimension == earlier.quantity.unit.dimension and draft.kind != "count"
    closed = index.text[draft.quantity.end : draft.quantity.end + 1] == ")"
    # "85 million tonnes (1.7 million barrels a day)"
    bulk = {draft.quantity.unit.dimension, earlier.quantity.unit.dimension} <= _BULK
    alike = alike or (bulk and closed)
    converted = alike and CONVERTS.fullmatch(index.text, here, lead) is not None
    converted = converted or (alike and closed and CONVERTS_BEHIND.fullmatch(index.text, here, lead) is not None)
    if converted or (RESTATES.fullmatch(index.text, here, lead) and not SHARE_OF.match(index.text, draft.quantity.end)):
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
        if not _of_them(draft, before, text) and not _of_amount(draft, before, text):
            _of_which(draft, before, following, text)
        return
    if _rest(draft, before, text):
        return
    previous = before[-1] if before else None
    listed = previous if previous is not None and _listed(previous) else None
    cued = re.search(r"\bincluding\b", text[max(0, draft.lead - 20) : draft.lead])
    if _of_them(draft, before, text) or (not cued and _of_whole(draft, before, text)):
        return
    if following and _is_of_next(draft, following[0], text):
        relate(draft, following[0], "part_of")
        return
    if _of_set(draft, before, text):
        return
    cue = _part_cue(draft, text)
    if listed is not None and (_goes_on(listed, draft, text) if cue is None else cue <= listed.quantity.end + 1):
        # "of which 58 million came from the state, 21 million from the city", "six of which are here and four there"
        _join_list(draft, listed)
    elif cue is not None and (whole := _whole_of(draft, before)) is not None:
        relate(draft, whole, "part_of")


def _is_of_next(draft: Draft, following: Draft, text: str) -> bool:
    """As in "18 of 120 wells", "nine students out of 10"."""
    noun = draft.evidence["measure"].end if "measure" in draft.evidence else draft.quantity.end
    if WHOLE.fullmatch(text, draft.quantity.end, following.lead):
        return True
    return re.fullmatch(r"\s?out of(?: the| its| all| their){0,3}\s", text[noun : following.lead]) is not None


def _part_cue(draft: Draft, text: str) -> int | None:
    """Where "including" or "of which" stands before a number that it belongs to."""
    start = max(draft.sentence.span.start_char, draft.lead - 60)
    cues = list(PART.finditer(text, start, draft.lead))
    if not cues:
        return None
    reach = 50 if cues[-1].group().lower().endswith(("which", "whom")) else 12
    far = draft.lead - cues[-1].end() > reach or re.search(r"[;.]", text[cues[-1].end() : draft.lead])
    return None if far else cues[-1].start()


def _join_list(draft: Draft, listed: Draft) -> None:
    """As in "including 154 from Hainan, 98 from Gansu": the later members of a list of parts."""
    if has_noun(draft) and stem(draft.measure) != stem(listed.measure):
        # "nine people, two of them seriously hurt, and 1,500 sheep"
        return
    take_unit(draft, listed)
    if comparable(draft, listed):
        relate(draft, listed.related or listed, "part_of")


def _whole_of(draft: Draft, before: list[Draft]) -> Draft | None:
    """The nearest number before that can hold the part; where none is large enough, the nearest of its unit."""
    for earlier in reversed(before):
        if not _counts_rather(draft, earlier, before):
            take_unit(draft, earlier)
    if draft.kind == "percent":
        # "Among them, half are nurses": of those that were counted, not of a share of theirs
        held = (d for d in heads_first(before) if d.kind in _HELD and d.change is None)
        return next((d for d in held if draft.sentence.number - d.sentence.number <= 1), None)
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


def _counts_rather(draft: Draft, amount: Draft, before: list[Draft]) -> bool:
    """As in "120 projects, with investment of 30 billion yuan, among which 45 are foreign": 45 of the projects."""
    apart = draft.kind == "count" and draft.quantity.value * _APART < amount.quantity.value
    counted = (d for d in before if d.kind == "count" and d.sentence is draft.sentence and d.change is None)
    return apart and any(d.quantity.value >= draft.quantity.value for d in counted)


def _of_them(draft: Draft, before: list[Draft], text: str) -> bool:
    """As in "nine of them", "a third of these": part of the nearest larger number before."""
    if not OF_THEM.match(text, draft.quantity.end, draft.quantity.end + 20):
        return False
    if text.startswith(" of it", draft.quantity.end):
        # "115,000 square meters, a quarter of it set aside": of the amount right before alone
        before = [d for d in before[-1:] if RESTED.fullmatch(text, d.quantity.end, draft.lead)]
    bases = {id(d.related) for d in before if d.relation == "compared_with"}
    for earlier in heads_first(before):
        if id(earlier) in bases:
            # "2,300 products, up from 460; 41 percent of them": of those of now
            continue
        near = draft.sentence.number - earlier.sentence.number <= _REACH
        fraction = draft.kind == "percent" and earlier.kind in ("count", "money", "measure")
        whole = earlier.quantity.unit == draft.quantity.unit and earlier.quantity.value >= draft.quantity.value
        if earlier.kind != "count" and earlier.sentence is not draft.sentence and draft.measure_rule == "them-named":
            # "spent 5 million yuan to repair bridges. Half of them": no part of the money
            continue
        if near and earlier.change is None and (fraction or whole) and _divides(draft, earlier):
            relate(draft, earlier, "part_of")
            return True
    return False


def _of_set(draft: Draft, before: list[Draft], text: str) -> bool:
    """As in "900 suppliers, and 73 of the suppliers are foreign": part of the last that counts the same."""
    told = OF_SET.match(text, draft.quantity.end, draft.quantity.end + 80) if draft.kind == "count" else None
    if told is None:
        return False
    nouns = {word.rstrip("s") for word in told.group().lower().split()}
    for earlier in reversed(before):
        near = draft.sentence.number - earlier.sentence.number <= _REACH
        same = earlier.kind == "count" and earlier.change is None and stem(earlier.measure) in nouns
        if near and same and earlier.quantity.value > draft.quantity.value and has_noun(earlier):
            relate(draft, earlier, "part_of")
            return True
    return False


def _of_amount(draft: Draft, before: list[Draft], text: str) -> bool:
    """As in "spent 9,600 yuan. But he paid only 10 percent of the amount": of the last amount told."""
    whole = before[-1] if before else None
    if whole is None or not OF_AMOUNT.match(text, draft.quantity.end) or whole.kind not in ("money", "measure"):
        return False
    if draft.sentence.number - whole.sentence.number > 1 or whole.change is not None:
        return False
    relate(draft, whole, "part_of")
    return True


def _another(listed: Draft, draft: Draft, text: str) -> bool:
    """As in "61 of these have left, and **another** 40 are to follow": as many more of the same."""
    here = draft.sentence.number == listed.sentence.number
    return here and re.search(r"\b(?:another|a further)\s$", text[listed.quantity.end : draft.lead]) is not None


def _of_which(draft: Draft, before: list[Draft], following: list[Draft], text: str) -> None:
    """As in "61 million tonnes, of which coal made up 38 percent", "80 percent of the 5,200 households"."""
    if following and WHOLE.fullmatch(text, draft.quantity.end, following[0].lead):
        if following[0].kind in ("count", "money", "measure"):
            relate(draft, following[0], "part_of")
        return
    whole = next((d for d in reversed(before) if d.relation != "compared_with"), None)
    if whole is None or whole.sentence.number != draft.sentence.number or whole.kind not in _HELD:
        return
    between = text[whole.quantity.end : draft.lead]
    if whole.change is None and re.fullmatch(r"[^.;]{0,40}\bof (?:which|whom)\b[^.,;]{0,40}", between):
        relate(draft, whole, "part_of")


def _rest(draft: Draft, before: list[Draft], text: str) -> bool:
    """As in "Of the 12 shops, six are in Haikou and four in Sanya. The other two": what is left of the whole."""
    if not OTHERS.search(text, max(0, draft.lead - 20), draft.lead):
        return False
    if draft.quantity.form == "fraction":
        return _other_half(draft, before)
    if draft.kind != "count":
        return False
    parts = [d for d in before if d.relation == "part_of" and d.related is not None and d.kind == "count"]
    whole = parts[-1].related if parts else None
    if whole is None or draft.sentence.number - parts[-1].sentence.number > 1:
        return False
    left = whole.quantity.value - sum(d.quantity.value for d in parts if d.related is whole)
    if left != draft.quantity.value:
        return False
    relate(draft, whole, "part_of")
    return True


def _other_half(draft: Draft, before: list[Draft]) -> bool:
    """As in "Among them, half are nurses, while the other half are drivers": of the same whole."""
    part = before[-1] if before else None
    if part is None or part.sentence is not draft.sentence or part.relation != "part_of" or part.related is None:
        return False
    if part.quantity.form != "fraction" or part.quantity.value + draft.quantity.value != _ALL:
        return False
    relate(draft, part.related, "part_of")
    return True


def _divides(draft: Draft, whole: Draft) -> bool:
    """Half of three plants is no number of plants: an exact share of a small count is a whole number."""
    if draft.quantity.form != "fraction" or draft.comparator != "=" or whole.kind != "count":
        return True
    share = whole.quantity.value * draft.quantity.value / 100
    return whole.quantity.value >= _SMALL or abs(share - share.to_integral_value()) < Decimal("0.02")


def _of_whole(draft: Draft, before: list[Draft], text: str) -> bool:
    """As in "Of 8,214 complaints that were settled, two-thirds …": the sentence opens with the whole."""
    opening = [d for d in before if d.sentence.number == draft.sentence.number]
    if opening and _in_whole(draft, opening[0], text):
        relate(draft, opening[0], "part_of")
        return True
    if not opening or not re.match(
        r"\s{0,3}(?:Out of|Of|Among|For every)\b(?! (?:these|them|those)\b)", draft.sentence.text[:20]
    ):
        return False
    whole = opening[0]
    between = text[draft.sentence.tokens[0].idx : whole.lead]
    fits = draft.kind == "percent" or whole.quantity.unit == draft.quantity.unit
    if len(between) > 20 or not fits or whole.kind == "percent":
        return False
    listed = before[-1] if _listed(before[-1]) and _another(before[-1], draft, text) else None
    # "Of the 248 villages, 147 are poor; 61 of these left the list, and another 40 will": of the 147
    relate(draft, (listed.related if listed is not None else None) or whole, "part_of")
    return True


def _in_whole(draft: Draft, whole: Draft, text: str) -> bool:
    """As in "In the 10 towns with the worst roads, six were in the north": some of them, without a noun."""
    fits = draft.kind == whole.kind == "count" and draft.measure_rule == "noun-understood"
    opens = IN_WHOLE.fullmatch(text, draft.sentence.span.start_char, whole.lead) is not None
    behind = text[max(0, draft.lead - 2) : draft.lead] == ", "
    return fits and opens and behind and draft.measure == whole.measure and draft.quantity.value < whole.quantity.value


def _listed(draft: Draft) -> bool:
    return draft.relation == "part_of"


def _goes_on(previous: Draft, draft: Draft, text: str) -> bool:
    between = text[previous.quantity.end : draft.lead]
    return previous.sentence.number == draft.sentence.number and bool(re.search(r"(?:,|\band\b)\s{0,2}$", between))
