"""Two dates that share a year or an order: "from November 2016 to March 2017", "between March and May last year"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.stages.dates.expressions import Calendar, Ends, Found, Interval, Within
from pipeline.stages.dates.lexemes import HYPHENS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.stages.dates.lexemes import Lexemes

_THROUGH = frozenset({"to", "through", "until", "till", "thru"}) | HYPHENS
_BESIDE = frozenset({"and", "or", ","})


def link_ranges(lex: Lexemes, found: Sequence[Found]) -> list[Found]:
    """Give a yearless date the year of the one that it is linked with, and an order to a stretch of two."""
    items = list(found)
    for k in range(len(items) - 2, -1, -1):
        link = _link(lex, items[k], items[k + 1])
        if link:
            items[k], items[k + 1] = _share(items[k], items[k + 1], ordered=link == "through")
    return items


def _link(lex: Lexemes, left: Found, right: Found) -> str:
    gap = right.first - left.last
    word = lex.words[left.last]
    if gap == 1 and word in _THROUGH:
        return "through"
    if gap == 1 and word in _BESIDE:
        between = word == "and" and "between" in lex.words[max(0, left.first - 2) : left.first]
        return "through" if between else "beside"
    return ""


def _share(left: Found, right: Found, *, ordered: bool) -> tuple[Found, Found]:
    a, b = left.node, right.node
    if not isinstance(a, Calendar):
        return left, right
    if ordered and isinstance(b, Calendar) and a.weekday and b.weekday and not a.month and not b.month:
        pair = Interval(a, b)
        return left._replace(node=Ends(pair, last=False)), right._replace(node=Ends(pair, last=True))
    if a.month is None:
        return left, right
    if isinstance(b, Within) and isinstance(b.what, Calendar) and b.what.month and a.year is None:
        return left._replace(node=Within(a, b.of)), right
    if not isinstance(b, Calendar) or b.month is None:
        return left, right
    if a.year is None and b.year is not None:
        return left._replace(node=replace(a, year=b.year - (ordered and a.month > b.month))), right
    if not ordered:
        return left, right
    if a.year is not None and b.year is None:
        later = (b.month, b.day or 31) >= (a.month, a.day or 1)
        return left, right._replace(node=replace(b, year=a.year + (not later)))
    if a.year is None and b.year is None:
        pair = Interval(a, b)
        return left._replace(node=Ends(pair, last=False)), right._replace(node=Ends(pair, last=True))
    return left, right
