"""A change that one amount shares with the one before it: "rose by 4.8 percent and **9.1 percent**"."""

from __future__ import annotations

from pipeline.stages.claims.basis import fill_basis
from pipeline.stages.claims.changes import directions
from pipeline.stages.claims.draft import Draft
from pipeline.stages.claims.index import DocIndex

_LISTED = frozenset({"and", "or", ",", ", and"})


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
        elif earlier.kind == "multiple" and draft.kind == "percent" and between in _LISTED:
            # "rose by 4.2 times, 55 percent and 46 percent, respectively"
            _share(draft, earlier, index)
        return
    if earlier.basis is not None and earlier.sentence is draft.sentence:
        # "up 20 percent from 2021 and 32 percent from 2019"
        between = between.removeprefix(earlier.basis).strip()
    again = (draft.before(1) or draft.root).lower_ in ("by", "of") and (draft.before(2) or draft.root).lower_ == "and"
    listed = between in _LISTED or (again and _verbless(draft, earlier, index))
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
    fill_basis(draft, index)
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
