"""Change and basis: "down 5.5 percent year on year", "an increase of 8.1 percent over the same period last year"."""

from __future__ import annotations

import re
from functools import cache
from typing import cast

from spacy.tokens import Token

from pipeline.annotations import Extent
from pipeline.resources import table, words
from pipeline.schema import Change
from pipeline.stages.claims.draft import Draft
from pipeline.stages.claims.index import DocIndex
from pipeline.stages.claims.numerals import multiples
from pipeline.stages.claims.patterns import (
    AGAINST,
    BY_TIME,
    OF_DATE,
    QUARTER_ALONE,
    RATE,
    THAN_BEFORE,
    TIMES_BASE,
    TO_DATE,
    UNTIL,
    YEAR_ALONE,
)
from pipeline.stages.claims.phrases import is_noun
from pipeline.stages.claims.quantity import PERCENT

#: Words between a change word and its amount: "rose sharply by a further 5 percent".
_FILLERS = frozenset({"by", "a", "an", "the", "further", "another", "-", "of", "also", "as", "much"})
_COMPARATIVES = frozenset({"more", "less", "fewer", "higher", "lower", "faster", "slower", "cheaper"})
#: Verbs without an object: the amount behind them is how far.
_MOVED = frozenset({"rise", "rises", "rose", "risen", "rising", "fall", "falls", "fell", "fallen", "falling"})
_RATE_NOUNS = frozenset({"rate", "pace", "speed"})
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
        _fill_basis(draft, index) if draft.change else _basis_of_multiple(draft, index)
        return
    if cue is None:
        _basis_of_multiple(draft, index)
        return
    draft.change = directions().get(cue.lower_, "increase" if cue.lower_ == "above" else "decrease")
    draft.evidence["change"] = Extent(cue.idx, cue.idx + len(cue))
    if cue.lower_ not in ("below", "above"):
        draft.tail = max(draft.tail, cue.idx + len(cue))
    _fill_basis(draft, index)


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


def share_change(draft: Draft, earlier: Draft, index: DocIndex) -> None:
    """As in "rose by 4.8 percent and 9.1 percent": the second amount changes the way that the first does."""
    if draft.change is not None or earlier.change is None or draft.kind == "multiple":
        return
    between = index.text[earlier.quantity.end : draft.quantity.start].strip()
    if draft.quantity.unit != earlier.quantity.unit:
        if between in (", or", "or") and earlier.sentence is draft.sentence:
            # "shrank by a quarter, or 3,000 hectares"
            _share(draft, earlier, index)
            if earlier.basis is None and draft.basis is not None:
                # "up 16 percent, or 61 million yuan, from the start of the year"
                earlier.basis, earlier.evidence["basis"] = draft.basis, draft.evidence["basis"]
        return
    if earlier.basis is not None and earlier.sentence is draft.sentence:
        # "up 20 percent from 2021 and 32 percent from 2019"
        between = between.removeprefix(earlier.basis).strip()
    again = (draft.before(1) or draft.root).lower_ in ("by", "of") and (draft.before(2) or draft.root).lower_ == "and"
    listed = between in ("and", "or", ",", ", and") or (again and _verbless(draft, earlier, index))
    if draft.kind != "percent" or not (
        listed or _follows(draft, earlier, index) or _verb_elided(draft, earlier, index)
    ):
        return
    draft.elided = not listed and not _follows(draft, earlier, index)
    _share(draft, earlier, index)
    if earlier.basis is None and draft.basis is not None and listed:
        # "rose by 5 percent and 7 percent year on year, respectively"
        earlier.basis, earlier.evidence["basis"] = draft.basis, draft.evidence["basis"]


def _share(draft: Draft, earlier: Draft, index: DocIndex) -> None:
    draft.change = earlier.change
    if "change" in earlier.evidence:
        draft.evidence["change"] = earlier.evidence["change"]
    _fill_basis(draft, index)
    if draft.basis is None and earlier.basis is not None:
        draft.basis, draft.evidence["basis"] = earlier.basis, earlier.evidence["basis"]


def _follows(draft: Draft, earlier: Draft, index: DocIndex) -> bool:
    """As in "the fastest growth of 9 percent, followed by Gansu with 8 percent and Jilin with 7": ranked beside it."""
    tie = (draft.before(1) or draft.root).lower_
    if earlier.sentence is not draft.sentence or tie not in ("with", "at", "by", "(", "'s"):
        return False
    opened = index.doc[draft.sentence.span.start : earlier.span.start]
    gap = index.doc[earlier.span.end : draft.span.start]
    cued = any(token.lower_ == "followed" for token in gap) or any(token.lower_ == "followed" for token in opened)
    return cued and not any(token.pos_ in ("VERB", "AUX") and token.lower_ != "followed" for token in gap)


def _verbless(draft: Draft, earlier: Draft, index: DocIndex) -> bool:
    """As in "cut emissions by 20 percent from the 2023 level by 2027 and by 45 percent by 2030": one verb for both."""
    gap = index.doc[earlier.span.end : draft.span.start]
    return len(gap) < 16 and not any(token.pos_ in ("VERB", "AUX") or token.text == ";" for token in gap)


#: What the subject of an elided verb is made of; the parser takes "imports" for a verb.
_SUBJECT_TAGS = frozenset({"NN", "NNS", "NNP", "JJ", "DT", "PRP$", "HYPH", "VBG", "VBN", "POS"})


def _verb_elided(draft: Draft, earlier: Draft, index: DocIndex) -> bool:
    """As in "exports rose 3 percent and imports 5 percent": between the two stands a joint and a subject, no verb."""
    skipped, last = 0, draft.before(1)
    if last is not None and last.lower_ == "by":
        # "savings grew by 9 percent, and loans by 7 percent"
        skipped, last = 1, draft.before(2)
    if draft.modifier in ("below", "above", "under") or earlier.sentence is not draft.sentence or last is None:
        return False
    cue, noun = earlier.evidence["change"], last.tag_ in ("NN", "NNS", "VBZ") and last.lower_ not in directions()
    if not noun or not 0 <= earlier.lead - cue.end <= 4 or index.dates.touching(last.idx, last.idx + 1) is not None:
        return False
    for step in range(2 + skipped, 10):
        token = draft.before(step)
        if token is None or token.i < earlier.span.end:
            return False
        if token.lower_ in ("and", "while", ","):
            gap = index.doc[earlier.span.end : token.i]
            verbs = any(word.pos_ in ("VERB", "AUX") for word in gap)
            return len(gap) < 10 and not verbs and not any(word.text == "," for word in gap[:-1])
        if token.tag_ not in _SUBJECT_TAGS and token.lower_ not in ("of", "that", "in", "with", "to", "from"):
            return False
    return False


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
        _fill_basis(draft, index)


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
    return after if _against(draft, index, draft.quantity.end) is not None else None


def _is_amount(draft: Draft, cue: Token, step: int) -> bool:
    """Whether the number is how much, not what was cut: "reduced 3,000 jobs" is, "raised 3 billion yuan" is none."""
    if cue.lower_ in ("up", "down"):
        if cue.dep_ == "prt" and cue.head.lower_ not in words("claims/moving_verbs"):
            return False
        phrasal = draft.before(step + 1)
        if phrasal is not None and phrasal.lower_ in (
            "make",
            "makes",
            "made",
            "making",
            "set",
            "sets",
            "take",
            "takes",
        ):
            return False
        return all((draft.before(i) or cue).lower_ in ("by", "a", "an", "another", "further") for i in range(1, step))
    of_whole = draft.after(1)
    if draft.kind == "percent" and cue.tag_.startswith("VB") and of_whole is not None and of_whole.lower_ == "of":
        return directions()[cue.lower_] == "decrease"
    if draft.kind in ("percent", "multiple"):
        return True
    between = draft.before(1)
    linked = step > 1 and between is not None and between.lower_ in ("by", "of")
    noun = cue.tag_ in ("NN", "NNS")
    # "The water level rose 2.4 meters", "The price fell 120 yuan": no object, but how far
    far = step == 1 and draft.kind in ("money", "measure") and cue.lower_ in _MOVED and cue.tag_.startswith("VB")
    return linked or far or (noun and step > 1)


def _cue_after(draft: Draft, index: DocIndex) -> Token | None:
    """As in "5.5 percent growth", "931 more than those in the previous year", "0.1 percentage points slower"."""
    rate = draft.rate_after()
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
    if _against_undated(draft, index, token.idx + len(token)) is not None:
        return True
    return index.dates.touching(token.idx, token.idx + len(clause)) is not None or RATE.search(clause) is not None


def _fill_basis(draft: Draft, index: DocIndex) -> None:
    """The rate or the earlier time that a change is measured against, as written."""
    text = index.text
    after = max(draft.quantity.end, draft.tail)
    window = text[after : min(after + 60, draft.sentence.span.end_char)]
    rate = RATE.search(window)
    if rate is not None and not re.search(r"[,;.(]|\d", window[: rate.start()]):
        _set_basis(draft, index, after + rate.start(), after + rate.end())
        return
    against = _against_undated(draft, index, after) or _against(draft, index, after)
    if against is not None:
        _set_basis(draft, index, *against)
        return
    lead = max(draft.sentence.span.start_char, draft.lead - 40)
    before = list(RATE.finditer(text, lead, draft.lead))
    if before and not re.search(r"[,;.]|\d", text[before[-1].end() : draft.lead]):
        _set_basis(draft, index, before[-1].start(), before[-1].end())


def _basis_of_multiple(draft: Draft, index: DocIndex) -> None:
    """As in "twice as many as in 2017", "double the figure for 2018": the time that a multiple is set against."""
    after = draft.quantity.end
    found = TIMES_BASE.match(index.text, after, min(after + 90, draft.sentence.span.end_char))
    date = index.dates.touching(found.start("base"), found.end("base")) if found and draft.kind == "multiple" else None
    if found is None or date is None or not TO_DATE.fullmatch(index.text, found.end("cue"), date.start):
        return
    _set_basis(draft, index, found.start("base"), _past_owned(index, date.end))


def _against(draft: Draft, index: DocIndex, after: int) -> tuple[int, int] | None:
    """As in "from a year earlier": a preposition of comparison with a date right behind it."""
    limit = min(after + 80, draft.sentence.span.end_char)
    found = AGAINST.match(index.text, after, limit) or _against_behind_date(index, after, limit)
    if found is None:
        return None
    date = index.dates.touching(found.start(1), found.end(1))
    year = YEAR_ALONE.match(index.text, found.end("cue")) if date is None else None
    if year is not None:
        return found.start(1), _past_owned(index, year.end())
    if date is not None and date.start <= found.start(1) < date.end:
        # "7 percent more than a year earlier", read as one expression of time
        return found.start(1), date.end
    if date is None or re.search(r"\d", index.text[found.start(1) : date.start]):
        return None
    if not TO_DATE.fullmatch(index.text, found.end("cue"), date.start) or _opens_period(index, found["cue"], date):
        return None
    return found.start(1), _past_owned(index, date.end)


def _against_undated(draft: Draft, index: DocIndex, after: int) -> tuple[int, int] | None:
    """As in "15 more than before", "than at the last edition in 2021", "down 0.2 points from the second" quarter."""
    quarterly = "quarter" in draft.sentence.words
    found = QUARTER_ALONE.match(index.text, after) if quarterly else None
    found = found or THAN_BEFORE.match(index.text, after)
    if found is None:
        return None
    behind = OF_DATE.match(index.text, found.end(1))
    place = behind.end() if behind is not None else found.end(1)
    date = index.dates.touching(place - 1, place + 1)
    if date is not None and behind is None and found[1].split()[-1] != "before":
        # "from the previous year": a date of its own
        return None
    return found.start(1), date.end if date is not None else found.end(1)


def _against_behind_date(index: DocIndex, after: int, limit: int) -> re.Match[str] | None:
    """As in "by 60 percent by 2030 from the 2005 level", "doubled in April from a month earlier"."""
    opening = BY_TIME.match(index.text, after, limit)
    date = index.dates.touching(opening.end(), opening.end() + 1) if opening is not None else None
    return AGAINST.match(index.text, date.end, limit) if date is not None and date.end < limit else None


def _opens_period(index: DocIndex, cue: str, date: Extent) -> bool:
    """As in "dropped by 19 percent from 2012 to 2015": the time that the change took is none that it is set against."""
    joint = UNTIL.match(index.text, date.end) if cue.lower() == "from" else None
    if joint is None:
        return False
    return index.dates.touching(joint.end(), joint.end() + 1) is not None


def _past_owned(index: DocIndex, end: int) -> int:
    """Where "last year's holiday", "the 2005 level", "its 2019 peak" end: the date only says which one."""
    token = index.token_at(end - 1)
    last, owned = token, False
    for following in token.doc[token.i + 1 : min(token.i + 6, token.sent.end)]:
        if following.tag_ == "POS":
            owned = True
        elif following.tag_ in ("NN", "NNS") and (owned or _owned_by(token, following)):
            last = following
        elif following.tag_ not in ("JJ", "HYPH", "NNP", "VBG", "VBN") or not (owned or _owned_by(token, following)):
            break
    return max(end, last.idx + len(last))


def _owned_by(date: Token, noun: Token) -> bool:
    """Whether the date modifies a noun behind it: "2005 level"."""
    return date.head.i >= noun.i and date.dep_ in ("nummod", "compound", "nmod", "amod", "poss")


def _set_basis(draft: Draft, index: DocIndex, start: int, end: int) -> None:
    draft.basis = " ".join(index.text[start:end].split())
    draft.evidence["basis"] = Extent(start, end)
    draft.tail = max(draft.tail, end)
