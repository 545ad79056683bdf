"""Two dates that share a year or an order: "from November 2016 to March 2017", "between March and May last year"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from pipeline.stages.dates.expressions import Calendar, Ends, Found, Interval, Modified, Node, Within
from pipeline.stages.dates.lexemes import HYPHENS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.stages.dates.lexemes import Lexemes

_THROUGH = frozenset({"to", "through", "until", "till", "thru"}) | HYPHENS
_BESIDE = frozenset({"and", "or", ","})


class Linked(NamedTuple):
    """An expression and whether the one before it belongs to the same stretch ("January to October")."""

    found: Found
    joins: bool


def link_ranges(lex: Lexemes, found: Sequence[Found]) -> Iterator[Linked]:
    """Give a yearless date the year of the one that it is linked with, and an order to a stretch of two."""
    items = list(found)
    links = [""] * (len(items) + 1)
    for k in range(len(items) - 2, -1, -1):
        links[k + 1] = link = _link(lex, items[k], items[k + 1])
        if link:
            left, right = _share(items[k].node, items[k + 1].node, ordered=link == "through")
            items[k], items[k + 1] = items[k]._replace(node=left), items[k + 1]._replace(node=right)
    return (Linked(item, bool(link)) for item, link in zip(items, links, strict=False))


def _link(lex: Lexemes, left: Found, right: Found) -> str:
    gap = right.first - left.last
    word = lex.words[left.last]
    if gap == 1 and word in _THROUGH:
        return "through"
    if gap == 1 and word in _BESIDE:
        between = word == "and" and "between" in lex.words[max(0, left.first - 2) : left.first]
        return "through" if between else "beside"
    return ""


def _share(left: Node, right: Node, *, ordered: bool) -> tuple[Node, Node]:
    """Share between what two modifiers stand before: "from mid-December to early January"."""
    if isinstance(left, Modified):
        inner, other = _share(left.what, right, ordered=ordered)
        return replace(left, what=inner), other
    if isinstance(right, Modified):
        inner, other = _share(left, right.what, ordered=ordered)
        return inner, replace(right, what=other)
    if isinstance(left, Calendar) and left.month and left.year is None and isinstance(right, Within):
        named = isinstance(right.what, Calendar) and right.what.month is not None
        return (Within(left, right.of), right) if named else (left, right)
    if isinstance(left, Calendar) and isinstance(right, Calendar):
        return _share_calendar(left, right, ordered=ordered)
    return left, right


def _share_calendar(left: Calendar, right: Calendar, *, ordered: bool) -> tuple[Node, Node]:
    weekdays = left.weekday and right.weekday and not left.month and not right.month
    months = left.month and right.month
    if ordered and (weekdays or (months and left.year is None and right.year is None)):
        pair = Interval(left, right)
        return Ends(pair, last=False), Ends(pair, last=True)
    if left.month is None or right.month is None:
        return left, right
    if left.year is None and right.year is not None:
        return replace(left, year=right.year - (ordered and left.month > right.month)), right
    if ordered and left.year is not None and right.year is None:
        later = (right.month, right.day or 31) >= (left.month, left.day or 1)
        return left, replace(right, year=left.year + (not later))
    return left, right
