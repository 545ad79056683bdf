"""Units that a text says once for several figures: "3.2 billion yuan, up from 2.8 billion"."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from pipeline.resources import words
from pipeline.stages.claims.changes import directions
from pipeline.stages.claims.draft import Draft
from pipeline.stages.claims.ties import has_noun, head_of, take_unit

_BILLION = 10**9
_MILLION = 10**6
#: Sentences that a currency carries over.
_NEAR = 3


def take_parallel_unit(draft: Draft, earlier: Draft) -> None:
    """As in "spent 68 million yuan on roads, 23 million on schools", "3,000 hectares of rape and 900 of flax"."""
    behind, before = draft.after(1), earlier.after(1)
    bare = draft.kind == "count" and draft.quantity.form == "digits" and draft.sentence is earlier.sentence
    sized = earlier.kind in ("money", "measure") and earlier.quantity.form == "digits"
    if not (bare and sized) or behind is None or before is None or behind.lower_ != before.lower_:
        return
    gap = draft.span.doc[earlier.span.end : draft.span.start]
    if behind.tag_ == "IN" and not any(token.pos_ in ("VERB", "AUX") for token in gap):
        take_unit(draft, earlier)


def take_currency(draft: Draft, paid: Draft | None) -> None:
    """As in "Trade reached 98 billion yuan. Exports amounted to 63.5 billion": the currency is said once.

    Millions may be units ("exports of 1.2 million"), unless the same was told in money before.
    """
    bare = draft.kind == "count" and draft.quantity.form == "digits" and draft.quantity.high is None
    if paid is None or not bare:
        return
    head, told = head_of(draft.measure), head_of(paid.measure)
    if has_noun(draft) or draft.sentence.number - paid.sentence.number > _NEAR:
        return
    large = draft.quantity.value >= _BILLION and head in words("claims/money_nouns")
    if large or (head == told and head in words("claims/amount_nouns") and draft.quantity.value >= _MILLION):
        draft.quantity = replace(draft.quantity, unit=paid.quantity.unit)


def take_unit_rated(draft: Draft, earlier: Draft) -> None:
    """As in "3,000 yuan ($410) or even 4,000 a month": two amounts by the month, the unit said once."""
    if earlier.relation == "equivalent" and earlier.related is not None:
        earlier = earlier.related
    bare = draft.kind == "count" and draft.quantity.form == "digits" and draft.sentence is earlier.sentence
    if not bare or earlier.kind not in ("money", "measure"):
        return
    gap = [token for token in draft.span.doc[earlier.span.end : draft.span.start] if token.i < draft.span.start]
    joined = any(token.lower_ in ("or", "and", "to") for token in gap)
    closed = not any(token.pos_ in ("VERB", "AUX") or token.tag_ in ("NN", "NNS") for token in gap)
    if joined and closed and _is_timed(draft) and len(gap) < _GAP:
        draft.measure, draft.measure_rule = None, ""
        take_unit(draft, earlier)


def _is_timed(draft: Draft) -> bool:
    """As in "4,000 a month": so much for a time, and no noun counted."""
    cue, time = draft.after(1), draft.after(2)
    if cue is None or time is None or cue.lower_ not in ("a", "an", "per", "each", "every"):
        return False
    return time.lower_ in words("claims/time_units")


#: Tokens that stand between an amount and another that goes on with it.
_GAP = 10

_AGAIN = frozenset(
    {"subject", "subject-before", "level-reached", "level-before", "changed-object", "antecedent", "none", ""}
)


def take_unit_again(draft: Draft, earlier: Draft) -> None:
    """As in "The fine of 50,000 yuan was reduced to 20,000", "sold it for 30 yuan; now it brings 75": a bare number."""
    behind = draft.after(1)
    bare = draft.kind == "count" and draft.quantity.form == "digits" and draft.sentence is earlier.sentence
    # "starts at 4,500 yuan a month and can reach 7,000 a month"
    reached = (draft.before(1) or draft.root).lower_ in words("claims/level_verbs") and _is_timed(draft)
    closed = behind is None or behind.is_punct or reached
    if not bare or earlier.kind not in ("money", "measure") or not closed:
        return
    same = draft.measure is None or draft.measure == earlier.measure
    if same and draft.measure_rule in _AGAIN:
        take_unit(draft, earlier)


#: What an earlier figure is set beside with: "up **from** 2.8 billion", "compared **with** 400".
_BESIDE = frozenset({"than", "against", "versus"})


def take_unit_compared(draft: Draft, earlier: Draft) -> None:
    """As in "3.2 billion yuan, up from 2.8 billion", "5.2 percent, compared with 6.1": the unit is said once."""
    if draft.sentence is not earlier.sentence or draft.quantity.form != "digits" or has_noun(draft):
        return
    cue, outer = draft.before(1), draft.before(2)
    if cue is None or outer is None or any(token.pos_ == "VERB" for token in _clause_between(earlier, draft)):
        return
    joint = draft.before(3) or outer
    rising = outer.tag_ == "VBG" and outer.lower_ in directions() and joint.text == ","
    moved = cue.lower_ == "from" and (outer.lower_ in ("up", "down") or rising)
    compared = cue.lower_ in ("with", "to") and outer.lower_ == "compared"
    if moved or compared or cue.lower_ in _BESIDE:
        take_unit(draft, earlier)


def _clause_between(earlier: Draft, draft: Draft) -> list[Token]:
    """The tokens between two figures, without a word that only says that the second is set beside the first."""
    tokens = draft.span.doc[earlier.span.end : draft.span.start]
    return [token for token in tokens if token.lower_ != "compared" and token.lower_ not in directions()]


def take_unit_divided(draft: Draft, earlier: Draft) -> None:
    """As in "invest 12 billion yuan, with 8 billion for roads and 4 billion for schools": parts of the amount."""
    joint, tie = draft.before(1), draft.after(1)
    scaled = draft.quantity.form == "digits" and draft.quantity.value >= _MILLION
    if joint is None or tie is None or draft.sentence is not earlier.sentence or not scaled or has_noun(draft):
        return
    behind = draft.after(2)
    if (
        tie.lower_ == "of"
        and behind is not None
        and behind.lower_ in ("it", "this", "that")
        and earlier.kind == "money"
    ):
        # "allocated 2 billion yuan for relief, 1.2 billion of it to Hunan"
        draft.measure_rule = ""
        take_unit(draft, earlier)
    opens = joint.lower_ in ("with", "and", "including", ",", "while")
    if opens and tie.lower_ in ("for", "to", "on", "from") and earlier.kind == "money":
        take_unit(draft, earlier)
