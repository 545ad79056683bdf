"""Runs of figures for one period: what the first is dated by holds for those that follow, as in statistical news."""

from __future__ import annotations

from datetime import date

from spacy.tokens import Span, Token

from pipeline.annotations import DateValue
from pipeline.resources import words
from pipeline.stages.claims.changes import directions
from pipeline.stages.claims.timing.verbs import word_before

#: "**since** 2016", "**by** June": from here on, or up to here, but no period that figures are collected for.
_OPEN = frozenset({"since", "by", "until", "till", "before", "after", "from", "as", "of", "to", "than", "("})


def is_closed_period(span: Span, value: DateValue, anchor: date | None, *, paired: bool = False) -> bool:
    """Whether a date is a stretch that is over: "the first six months", "2019", not "Monday" nor "since 2016".

    `paired` tells that another date closes it: "**from January** to June".
    """
    if value.earliest is None or value.latest is None or value.earliest == value.latest or value.mod is not None:
        return False
    opened = not paired and span.start > 0 and word_before(span) in _OPEN
    return (anchor is None or value.latest <= anchor) and not opened


def in_main_clause(token: Token) -> bool:
    """Whether a date says when the sentence as a whole holds, an attribution apart: "data showed that in May …"."""
    node = token
    for _ in range(12):
        if node.pos_ in ("VERB", "AUX") or node.head == node:
            told = node.dep_ == "ccomp" and node.head.lower_ in words("claims/saying_verbs")
            return node.head == node or (told and node.head.head == node.head)
        node = node.head
    return False


def states_figure(verb: Token | None) -> bool:
    """Whether a verb tells, in the simple past, how much it was or how it moved: "rose", "stood at", "were"."""
    if verb is None or verb.tag_ != "VBD":
        return False
    lists = words("claims/level_verbs") | words("claims/share_verbs")
    return verb.lower_ in lists or verb.lower_ in directions()
