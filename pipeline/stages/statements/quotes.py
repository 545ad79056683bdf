"""Quotations by their marks: one scan over each paragraph, in which a missing mark costs one quotation at most."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.layout import Block

Direction = Literal["open", "close", "either"]

_OPEN, _CLOSE = "\u201c\u201e\u00ab\u300c\u300e", "\u201d\u00bb\u300d\u300f"
#: A writer's attribution inside a quotation that no mark closes: '"The plan works, said Li.'
_ATTRIBUTION = re.compile(
    r", (?:said|says|added) |, (?:he|she|they|[A-Z]\w{1,20}(?: [A-Z]\w{1,20})?) (?:said|says|added)\b"
)
_SINGLE_OPEN = re.compile(r"(?:(?<=[\s(:])|^)'(?=[A-Z\w])(?!\d0s)")
_SINGLE_CLOSE = re.compile(r"(?<=[.,!?])'(?=[\s)]|$)|(?<=\w)'(?=[\s.,;:!?)]|$)")


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation with its marks.

    `closed` is false where its end mark is missing and `end` is a guess; where the first mark is missing, the
    quotation is its end mark alone.
    """

    start: int
    end: int
    closed: bool = True


def find_quotes(clean: str, raw: str, blocks: Iterable[Block]) -> list[Quote]:
    """The quotations in headline and body, in text order, never one inside another.

    A quotation whose next paragraph opens with a mark again goes on there; one that nothing closes ends before the
    next opening mark or with its paragraph.
    """
    quotes: list[Quote] = []
    begun: int | None = None
    last = 0
    for block in blocks:
        if block.kind == "byline":
            continue
        goes_on = begun is not None and _goes_on(clean, raw, begun, last, block)
        if begun is not None and not goes_on:
            quotes.append(Quote(begun, last, closed=False))
            begun = None
        begun = _scan(clean, raw, block, begun, quotes)
        last = block.end
    if begun is not None:
        quotes.append(Quote(begun, last, closed=False))
    return sorted(quotes, key=lambda quote: quote.start)


def _goes_on(clean: str, raw: str, begun: int, last: int, block: Block) -> bool:
    """Whether an open quotation continues in `block`: that opens with a mark, and nobody is named as speaker before."""
    opens = clean[block.start] == '"' and _direction(clean, raw, block, block.start) != "close"
    return opens and _ATTRIBUTION.search(clean, begun, last) is None


def _scan(clean: str, raw: str, block: Block, begun: int | None, quotes: list[Quote]) -> int | None:
    """Add the quotations of one paragraph; the start of one that it leaves open."""
    at = clean.find('"', block.start, block.end)
    if at == -1 and begun is None:
        quotes += _single_quotes(clean, block)
    while at != -1:
        direction = _direction(clean, raw, block, at)
        if begun is None and direction == "close":
            quotes.append(Quote(at, at + 1))
        elif begun is None:
            begun = at
        elif direction != "open":
            quotes.append(Quote(begun, at + 1))
            begun = None
        elif at != block.start:
            quotes.append(Quote(begun, at, closed=False))
            begun = at
        at = clean.find('"', at + 1, block.end)
    return begun


def _direction(clean: str, raw: str, block: Block, at: int) -> Direction:
    """Whether the mark opens or closes: by its own form where it is curly, else by what stands beside it."""
    if raw[at] in _OPEN or raw[at] in _CLOSE:
        return "open" if raw[at] in _OPEN else "close"
    before = clean[at - 1] if at > block.start and raw[at - 1] != "\\" else clean[at - 2 : at - 1] or " "
    after_at = raw.find(";", at) + 1 if raw[at] == "&" else at + 2 if raw[at] == "\\" else at + 1
    after = clean[after_at] if after_at < block.end else " "
    if at == block.start or before.isspace() or before in "([:-\u2014\u2013":
        return "open" if not after.isspace() else "either"
    return "close" if before in ".,!?" or not after.isalnum() else "either"


def _single_quotes(clean: str, block: Block) -> list[Quote]:
    """British quotations: 'We will not move,' said Li. Three words or more; apostrophes close none."""
    found: list[Quote] = []
    at = block.start
    while begin := _SINGLE_OPEN.search(clean, at, block.end):
        limit = min(block.end, begin.end() + 1500)
        ends = list(_SINGLE_CLOSE.finditer(clean, begin.end(), limit))
        end = next((m for m in ends if clean[m.start() - 1] in ".,!?"), ends[0] if ends else None)
        at = begin.end()
        if end and clean.count(" ", begin.end(), end.start()) >= 2:
            found.append(Quote(begin.start(), end.end()))
            at = end.end()
    return found
