"""Change: "down 5.5 percent year on year", "an increase of 8.1 percent over the same period last year"."""

from __future__ import annotations

import re
from functools import cache
from typing import cast

from spacy.tokens import Token

from pipeline.annotations import Extent
from pipeline.resources import table, words
from pipeline.schema import Change
from pipeline.stages.claims.basis import against, against_undated, basis_of_multiple, fill_basis
from pipeline.stages.claims.draft import Draft
from pipeline.stages.claims.index import DocIndex
from pipeline.stages.claims.numerals import multiples
from pipeline.stages.claims.patterns import (
    RATE,
)
from pipeline.stages.claims.phrases import is_noun
from pipeline.stages.claims.quantity import PERCENT

#: Words between a change word and its amount: "rose sharply by a further 5 percent".
_FILLERS = frozenset({"by", "a", "an", "the", "further", "another", "-", "of", "also", "as", "much"})
_COMPARATIVES = frozenset({"more", "less", "fewer", "higher", "lower", "faster", "slower", "cheaper"})
#: Verbs without an object: the amount behind them is how far.
_MOVED = frozenset({"rise", "rises", "rose", "risen", "rising", "fall", "falls", "fell", "fallen", "falling"})
_RATE_NOUNS = frozenset({"rate", "pace", "speed"})
#: Verbs that make another sense with "up": "made up 5 percent", "set up 3 labs".
_COMPOSING = frozenset({"make", "makes", "made", "making", "set", "sets", "take", "takes"})
#: What "year-on-year" is made of.
_RATE_TOKENS = frozenset({"year", "month", "quarter", "on", "over", "-", "annual"})
#: Nouns of change that are as well something done, or had: "the cut", "the raise".
_ACTS = frozenset({"cut", "raise", "shed", "lift", "boost", "more", "less", "trim", "slide"})

#: What follows a comparative that compares two times.
_THAN = frozenset({"than", "from", "compared", "year", "month", "on", "over"})


@cache
def directions() -> dict[str, Change]:
    """Change words with their direction."""
    return {row["word"]: cast("Change", row["change"]) for row in table("claims/changes")}


def fill_change(draft: Draft, index: DocIndex) -> None:
    """Set `change`, `basis` and the evidence of both; a quantity that is a level keeps None."""
    cue = (
        _cue_before(draft) or _cue_after(draft, index) or _cue_governor(draft) or _cue_listed(draft) or _cue_rate(draft)
    )
    cue = cue or _cue_level(draft, index)
    if draft.kind == "rank" or (draft.kind == "multiple" and _fill_multiple(draft)):
        fill_basis(draft, index) if draft.change else basis_of_multiple(draft, index)
        return
    if cue is None:
        basis_of_multiple(draft, index)
        return
    draft.change = directions().get(cue.lower_, "increase" if cue.lower_ == "above" else "decrease")
    draft.evidence["change"] = Extent(cue.idx, cue.idx + len(cue))
    if cue.lower_ not in ("below", "above"):
        draft.tail = max(draft.tail, cue.idx + len(cue))
    fill_basis(draft, index)


def misread_cut(draft: Draft) -> Token | None:
    """As in "The mill cut energy use by 15 percent", where the tagger finds no verb and has a mill cut."""
    before = draft.before(1)
    if before is None or before.lower_ != "by":
        return None
    opening = before.doc[before.sent.start : before.i]
    if any(token.pos_ in ("VERB", "AUX") for token in opening):
        return None
    found = [token for token in opening[1:-1] if token.lower_ == "cut" and is_noun(token.nbor(-1))]
    return found[0] if len(found) == 1 and is_noun(opening[-1]) else None


def _cue_governor(draft: Draft) -> Token | None:
    """As in "rose more slowly, by 11.3 percent", "lowered the water table by 2 meters": "by" hangs on a change verb."""
    before = draft.before(1)
    if before is None or before.lower_ != "by":
        return None
    misread = misread_cut(draft)
    if misread is not None:
        return misread
    verb = before.head
    if verb.tag_ == "VBG" and verb.dep_ == "xcomp" and verb.nbor(-1) == verb.head and verb.head.lower_ in directions():
        # "cut charging fees by": no charging of fees
        verb = verb.head
    return verb if verb.lower_ in directions() and verb.tag_.startswith("VB") else None


def _cue_listed(draft: Draft) -> Token | None:
    """As in "the fastest growth was seen in Hainan (67.5%) and Gansu (46%)": a change noun heads a list of brackets."""
    before = draft.before(1)
    if draft.kind != "percent" or before is None or before.text != "(":
        return None
    tokens = [token for token in draft.sentence.tokens if token.i < before.i]
    nouns = [
        t for t in tokens if t.lower_ in directions() and t.tag_ in ("NN", "NNS") and t.dep_ in ("nsubj", "nsubjpass")
    ]
    return nouns[-1] if nouns else None


def change_of_measure(draft: Draft, index: DocIndex) -> None:
    """As in "growth reached 5.6 percent", "the decline narrowed to 1 percent": the level of a change is a change."""
    extent, after = draft.evidence.get("measure"), draft.after(1)
    if draft.change is not None or draft.quantity.unit != PERCENT or extent is None:
        return
    if after is not None and (after.lower_ == "of" or draft.quantity.form == "fraction"):
        # "the increase made up 30 percent of the total"
        return
    first, last = index.token_at(extent.start), index.token_at(extent.end - 1)
    head = next((t for t in first.doc[first.i + 1 : last.i + 1] if t.tag_ == "IN"), None)
    noun = head.nbor(-1) if head is not None else last
    if noun.lower_ in _RATE_NOUNS and noun.i > first.i:
        noun = noun.nbor(-1)
    if noun.tag_ == "NN" and noun.lower_ in directions() and noun.lower_ not in _ACTS:
        draft.change = directions()[noun.lower_]
        draft.evidence["change"] = Extent(noun.idx, noun.idx + len(noun))
        fill_basis(draft, index)


def _fill_multiple(draft: Draft) -> bool:
    """As in "doubled" says its own direction; "three times the level" is none."""
    word = draft.span[0].lower_
    behind = draft.after(1)
    if behind is not None and behind.tag_ in ("NN", "NNS") and behind.lower_ in directions():
        # "a fivefold increase", "a threefold jump"
        draft.change = directions()[behind.lower_]
        draft.evidence["change"] = Extent(behind.idx, behind.idx + len(behind))
        draft.tail = behind.idx + len(behind)
        return True
    if word in multiples():
        verb = draft.span[0].tag_.startswith("VB") or word.endswith("ed")
        moving = (draft.before(1) or draft.root).lower_ in directions()
        draft.change = cast("Change", multiples()[word][1]) if verb or moving else None
        return True
    to, grown = draft.before(1), draft.before(2)
    if to is not None and grown is not None and to.lower_ == "to" and directions().get(grown.lower_) == "increase":
        draft.change = "increase"
        draft.evidence["change"] = Extent(grown.idx, grown.idx + len(grown))
        return True
    return False


def _cue_before(draft: Draft) -> Token | None:
    """As in "rose by about 5 percent", "down 5.5 percent", "an increase of 8.1 percent"; not "rose to 5 percent"."""
    for step in range(1, 5):
        token = draft.before(step)
        if token is None or token.lower_ in ("to", "at", "from", "reach", "with"):
            return None
        if step == 1 and draft.modifier in ("below", "above", "under"):
            return None
        if token.lower_ in directions() and token.lower_ not in ("more", "less", "fewer", "up to"):
            return token if _is_amount(draft, token, step) else None
        if token.lower_ not in _FILLERS and token.tag_ not in ("RB", "RBR", "JJ", "HYPH"):
            return _rate_between(draft, token, step)
    return None


def _rate_between(draft: Draft, token: Token, step: int) -> Token | None:
    """As in "rose year on year by 5 percent": the rate stands between."""
    if token.lower_ not in ("year", "month", "quarter"):
        return None
    for further in range(step + 1, step + 5):
        earlier = draft.before(further)
        if earlier is not None and earlier.lower_ in directions():
            return earlier
    return None


def _cue_rate(draft: Draft) -> Token | None:
    """As in "grew at an average annual rate of 8.6 percent": the verb is one noun away."""
    before, noun = draft.before(1), draft.before(2)
    if before is None or noun is None or before.lower_ != "of" or noun.lower_ not in ("rate", "pace", "speed"):
        return None
    verb = noun.head.head
    return verb if verb.lower_ in directions() and verb.tag_.startswith("VB") else None


def _cue_level(draft: Draft, index: DocIndex) -> Token | None:
    """As in "30 percent below the level of 2019": set against another time."""
    after = draft.after(1)
    if draft.kind != "percent" or after is None or after.lower_ not in ("below", "above"):
        return None
    return after if against(draft, index, draft.quantity.end) is not None else None


def _is_amount(draft: Draft, cue: Token, step: int) -> bool:
    """Whether the number is how much, not what was cut: "reduced 3,000 jobs" is, "raised 3 billion yuan" is none."""
    if cue.lower_ in ("up", "down"):
        return _is_how_far(draft, cue, step)
    of_whole = draft.after(1)
    if draft.kind == "percent" and cue.tag_.startswith("VB") and of_whole is not None and of_whole.lower_ == "of":
        return directions()[cue.lower_] == "decrease"
    if draft.kind in ("percent", "multiple"):
        return True
    between = draft.before(1)
    linked = step > 1 and between is not None and between.lower_ in ("by", "of")
    noun = cue.tag_ in ("NN", "NNS")
    if step == 1 and cue.lower_ in words("claims/cutting_verbs") and _is_cut(draft, cue):
        return True
    # "The water level rose 2.4 meters", "The price fell 120 yuan": no object, but how far
    far = step == 1 and draft.kind in ("money", "measure") and cue.lower_ in _MOVED and cue.tag_.startswith("VB")
    return linked or far or (noun and step > 1)


def _is_cut(draft: Draft, cue: Token) -> bool:
    """As in "will cut 20 million tonnes of coal capacity", "slash 11 million tonnes in steel output": so much less."""
    tie = draft.after(1)
    verb = cue.tag_.startswith("VB") and cue.tag_ != "VBN"
    return verb and draft.kind in ("measure", "money") and tie is not None and tie.lower_ in ("of", "in", "from")


def _is_how_far(draft: Draft, cue: Token, step: int) -> bool:
    """As in "up 5 percent", "went down by 3,000"; not "made up 5 percent", "brought down 3 planes"."""
    if cue.dep_ == "prt" and cue.head.lower_ not in words("claims/moving_verbs"):
        return False
    phrasal = draft.before(step + 1)
    if phrasal is not None and phrasal.lower_ in _COMPOSING:
        return False
    if step == 1 and draft.kind == "count" and phrasal is not None and _takes_object(phrasal):
        return False
    return all((draft.before(i) or cue).lower_ in ("by", "a", "an", "another", "further") for i in range(1, step))


def _takes_object(verb: Token) -> bool:
    """Whether what follows "up" or "down" may be the object of the verb before it."""
    return verb.tag_.startswith("VB") and verb.pos_ != "AUX" and verb.lower_ not in _MOVED


def _cue_after(draft: Draft, index: DocIndex) -> Token | None:
    """As in "5.5 percent growth", "931 more than those in the previous year", "0.1 percentage points slower"."""
    rate = draft.rate_after() or _rest_of_list(draft)
    for step in range(rate + 1, rate + 6):
        token = draft.after(step)
        if token is None or token.tag_ in ("IN", "CC", ".", ",", "TO") or token.tag_.startswith("V"):
            return None
        if token.lower_ in directions() and token.lower_ not in ("up", "down"):
            comparative = token.lower_ in _COMPARATIVES
            if comparative and not (_compares_times(draft, token, index) or _more_of(draft, token, step)):
                return None
            return _noun_change(draft, token, step)
        if token.tag_ in ("NNS", "NNP") and token.lower_ not in ("points", "percent"):
            return None
    return None


def _rest_of_list(draft: Draft) -> int:
    """How many tokens go on with the list before its noun: "a 26 percent **and 41 percent year-on-year** increase"."""
    steps, tie = 0, ""
    while draft.kind == "percent" and steps < 16:
        joint, number, unit = draft.after(steps + 1), draft.after(steps + 2), draft.after(steps + 3)
        if joint is None or number is None or joint.lower_ not in ("and", "or", ",") or number.tag_ != "CD":
            break
        steps += 3 if unit is not None and unit.lower_ in ("percent", "%", "pct") else 2
        tie = joint.lower_
    if tie not in ("and", "or"):
        # "a rate of 3.1 percent, 0.9 points lower": no list
        return 0
    while (draft.after(steps + 1) or draft.root).lower_ in _RATE_TOKENS:
        steps += 1
    return steps


def _noun_change(draft: Draft, token: Token, step: int) -> Token | None:
    """As in "a 5 percent year-on-year increase"; a verb there belongs to somebody else."""
    following = draft.after(step + 1)
    if token.lower_ in _COMPARATIVES:
        measured = following is None or following.lower_ in _THAN or _more_of(draft, token, step)
        return token if measured else None
    nominal = token.tag_ in ("NN", "NNS") and draft.kind == "percent"
    return token if nominal else None


def _more_of(draft: Draft, token: Token, step: int) -> bool:
    """As in "moved 22 percent more pallets": an increase of what follows, without a rival."""
    following = draft.after(step + 1)
    return draft.kind == "percent" and following is not None and following.tag_ in ("NNS", "NN")


def _compares_times(draft: Draft, token: Token, index: DocIndex) -> bool:
    """Change is change over time only: "147 more than in the same period last year", not "than Shanghai"."""
    end = min(draft.sentence.span.end_char, token.idx + 90)
    clause = re.split(r"[,;.]", index.text[token.idx : end], maxsplit=1)[0]
    if against_undated(draft, index, token.idx + len(token)) is not None:
        return True
    return index.dates.touching(token.idx, token.idx + len(clause)) is not None or RATE.search(clause) is not None
