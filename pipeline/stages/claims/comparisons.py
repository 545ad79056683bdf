"""Which number another one is compared with: where a change started, an earlier figure, the same at another time."""

from __future__ import annotations

from pipeline.resources import words
from pipeline.stages.claims.changes import directions
from pipeline.stages.claims.draft import Draft
from pipeline.stages.claims.index import DocIndex
from pipeline.stages.claims.patterns import CONTRAST, EARLIER, FORESEEN, NOW, ONCE, SET_AGAINST, STARTS
from pipeline.stages.claims.ties import comparable, has_noun, head_of, heads_first, one_thing, relate, stem, take_unit


def from_to(draft: Draft, before: list[Draft], index: DocIndex) -> None:
    """As in "increased from 1,499 yuan in 2015 to 9,328 yuan": the second level, and the one it started from."""
    text = index.text
    if draft.relation is not None or not text[max(0, draft.lead - 4) : draft.lead].rstrip().endswith("to"):
        return
    for earlier in reversed(before[-3:]):
        if text[max(0, earlier.lead - 6) : earlier.lead].rstrip().lower().endswith("from"):
            take_unit(draft, earlier)
        same = earlier.sentence.number == draft.sentence.number and comparable(earlier, draft)
        same = same and ", and " not in text[earlier.quantity.end : draft.lead]
        started = text[max(0, earlier.lead - 6) : earlier.lead].rstrip().lower().endswith("from")
        if same and started:
            relate(draft, earlier, "compared_with")
            if draft.measure_rule in ("noun-understood", "nearest-noun", "dimension", "") or earlier.measure is None:
                draft.measure = earlier.measure or draft.measure
            return


def earlier_behind(draft: Draft, before: list[Draft], index: DocIndex) -> None:
    """As in "5.2 percent, up from 3 percent": the number before carries the relation to this, the earlier one."""
    text = index.text
    lead = text[max(draft.sentence.span.start_char, draft.lead - 60) : draft.lead]
    beside = draft.modifier is None and _set_against(draft, lead)
    if not (beside or EARLIER.search(lead)) or draft.relation is not None:
        return
    if _ranges(draft):
        return
    if STARTS.match(text, draft.quantity.end):
        # "a loan of 2.4 million, and its bill fell from 410,000 yuan to 280,000": that is where the next one starts
        return
    for earlier in heads_first([other for other in before[-4:] if not _is_base(other)]):
        if earlier.sentence.number != draft.sentence.number or earlier.relation is not None:
            continue
        alike = draft.kind != "count" or not has_noun(draft) or stem(earlier.measure) == stem(draft.measure)
        if earlier.quantity.unit == draft.quantity.unit and earlier.kind not in ("rank", "multiple") and alike:
            relate(earlier, draft, "compared_with")
            if (
                draft.measure_rule not in ("counted-noun", "of-phrase", "noun-of", "attributive")
                or draft.measure is None
            ):
                draft.measure = earlier.measure
                if "measure" in earlier.evidence:
                    draft.evidence["measure"] = earlier.evidence["measure"]
            return


def _ranges(draft: Draft) -> bool:
    """As in "A bed costs 30 yuan, and rooms cost from 200 to 300 yuan": the verb's own range, not where it was."""
    cue, verb = draft.before(1), draft.before(2)
    if draft.quantity.high is None or cue is None or verb is None or cue.lower_ != "from":
        return False
    own = verb.pos_ in ("VERB", "AUX") or verb.lower_ in words("claims/level_verbs") | words("claims/range_verbs")
    return own and verb.lower_ not in directions()


def _set_against(draft: Draft, lead: str) -> bool:
    """As in "grew 7 percent, above the average of 5"; "well below the ceiling of 3 million" is no other figure."""
    found = SET_AGAINST.search(lead)
    if found is None:
        return False
    beside = {*found.group().lower().split(), (draft.after(1) or draft.root).lower_}
    return words("claims/goal_nouns").isdisjoint(beside)


def _is_base(draft: Draft) -> bool:
    """As in "3.4 shops for **every 10,000** residents": what a rate is counted on is no level of its own."""
    cue = draft.before(1)
    return draft.kind == "count" and cue is not None and cue.lower_ in ("every", "per", "each")


def _moved_to(draft: Draft) -> bool:
    """As in "had 4 million, and cut the number **to** 2 million": the level that a change led to."""
    cue = draft.before(1)
    if cue is None or cue.lower_ != "to":
        return False
    near = draft.before(2)
    return cue.head.lower_ in directions() or (near is not None and near.lower_ in directions())


def contrast(draft: Draft, before: list[Draft], index: DocIndex) -> None:
    """As in "700 exhibitors in 2004, while last year it drew 2,312 exhibitors": the same measure at another time."""
    if draft.change is not None or draft.measure is None or draft.kind == "rank":
        return
    for earlier in reversed(before):
        if draft.sentence.number - earlier.sentence.number > 1 or earlier.change is not None:
            return
        same = comparable(earlier, draft) and stem(earlier.measure) == stem(draft.measure)
        headed = earlier.measure_rule == "verb-heading" and head_of(draft.measure) not in words("claims/money_nouns")
        same = same or (comparable(earlier, draft) and headed and draft.kind == "money")
        beside = earlier.sentence is draft.sentence and comparable(earlier, draft)
        same = same or (beside and one_thing(earlier.measure, draft.measure))
        same = same or (draft.measure_rule == "antecedent" and earlier.quantity.value == 0)
        here = max(earlier.quantity.end, draft.sentence.span.start_char)
        between = index.text[here : draft.start]
        then = index.text[earlier.sentence.span.start_char : earlier.lead]
        foreseen = draft.measure_rule == "antecedent" and FORESEEN.search(between) is not None
        turned = foreseen or CONTRAST.search(between) or (NOW.search(between) and ONCE.search(then))
        moved = _moved_to(draft)
        dated = None not in (earlier.date, draft.date) or draft.kind != "percent"
        # "a third will spend more, while 5 percent plan cuts": two answers, not two times
        apart = (earlier.date != draft.date and dated) or moved
        if same and apart and (turned or moved):
            relate(draft, earlier, "compared_with")
        if same and (turned or moved):
            return
