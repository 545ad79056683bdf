"""What a change is measured against: "**year on year**", "up 20 percent **from the 2021 level**"."""

from __future__ import annotations

import re

from spacy.tokens import Token

from pipeline.annotations import Extent
from pipeline.stages.claims.draft import Draft
from pipeline.stages.claims.index import DocIndex
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


def fill_basis(draft: Draft, index: DocIndex) -> None:
    """The rate or the earlier time that a change is measured against, as written."""
    text = index.text
    inside = RATE.search(text, draft.quantity.end, max(draft.quantity.end, draft.tail))
    if inside is not None:
        # "a 9 percent year-on-year increase"
        _set_basis(draft, index, inside.start(), inside.end())
        return
    after = max(draft.quantity.end, draft.tail)
    window = text[after : min(after + 60, draft.sentence.span.end_char)]
    rate = RATE.search(window)
    if rate is not None and not re.search(r"[,;.(]|\d", window[: rate.start()]):
        _set_basis(draft, index, after + rate.start(), after + rate.end())
        return
    found = against_undated(draft, index, after) or against(draft, index, after)
    if found is not None:
        _set_basis(draft, index, *found)
        return
    lead = max(draft.sentence.span.start_char, draft.lead - 40)
    before = list(RATE.finditer(text, lead, draft.lead))
    if before and not re.search(r"[,;.]|\d", text[before[-1].end() : draft.lead]):
        _set_basis(draft, index, before[-1].start(), before[-1].end())


def basis_of_multiple(draft: Draft, index: DocIndex) -> None:
    """As in "twice as many as in 2017", "double the figure for 2018": the time that a multiple is set against."""
    after = draft.quantity.end
    found = TIMES_BASE.match(index.text, after, min(after + 90, draft.sentence.span.end_char))
    date = index.dates.touching(found.start("base"), found.end("base")) if found and draft.kind == "multiple" else None
    if found is None or date is None or not TO_DATE.fullmatch(index.text, found.end("cue"), date.start):
        return
    _set_basis(draft, index, found.start("base"), _past_owned(index, date.end))


def against(draft: Draft, index: DocIndex, after: int) -> tuple[int, int] | None:
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


def against_undated(draft: Draft, index: DocIndex, after: int) -> tuple[int, int] | None:
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
