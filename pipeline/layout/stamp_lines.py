"""Lines above the body that are nothing but writer, outlet and day: the stamp of papers that no table knows."""

from __future__ import annotations

import re
from functools import cache

from pipeline.layout.outlets import is_outlet_like, outlet
from pipeline.layout.stamp import NAME, Stamp, read_part

Extent = tuple[int, int]

#: What parts the parts: bars, dots, dashes between spaces, commas, wide gaps.
_GAP = re.compile(r"(?:\s*[|\u00b7\u2022]\s*|\s+[-\u2013\u2014]+\s+|,\s+|\s*\n\s*|\s{2,})+")
_CHUNK = re.compile(r"(?:(?!\s*[|\u00b7\u2022]|\s+[-\u2013\u2014]+\s|,\s|\s{2,})[^\n]){1,80}")
#: "(Daily Steppe News)"
_BRACKET = re.compile(r"\(\s?([^()\n]{2,60}?)\s?\)")
#: "Ma Yueran for Field and Table"
_FOR = re.compile(r" (?:for|of|at) (?=[A-Z])")
_SMALL = frozenset({"and", "of", "the", "&", "for", "in", "on", "de", "la"})
MOST_WORDS = 7
LONGEST = 200


@cache
def _person() -> re.Pattern[str]:
    return re.compile(rf"{NAME}(?:(?: and | & ){NAME})?")


@cache
def _single() -> re.Pattern[str]:
    return re.compile(NAME)


def read_stamp_line(page: str, line: Extent) -> Stamp | None:
    """The stamp that a whole line is, or None where some of it is anything else.

    ``"Shen Lingyun | Green Coast News | Updated: 2025-02-19"`` has a writer, an outlet and a day.
    """
    at, end = line
    if end - at > LONGEST:
        return None
    stamp = Stamp(at, end)
    while at < end:
        stop = read_part(page, at, stamp, known_outlets=False) or _chunk(page, at, end, stamp)
        if stop is None or page[end:stop].strip():
            return None
        gap = _GAP.match(page, stop, end)
        at = gap.end() if gap else stop + (page[stop : stop + 1] == " ")
    return stamp


def _chunk(page: str, at: int, end: int, stamp: Stamp) -> int | None:
    """Take the words up to the next gap as a writer or as the outlet; where they end, or None."""
    if (bracket := _BRACKET.match(page, at, end)) and is_outlet_like(bracket[1]):
        stamp.publisher, stamp.named = stamp.publisher or bracket[1], True
        return bracket.end()
    match = _CHUNK.match(page, at, end)
    if match is None or not _is_title_case(match[0]):
        return None
    by = _FOR.search(match[0])
    if by and _person().fullmatch(match[0], 0, by.start()) and not stamp.authors:
        _take_people(page, at, at + by.start(), stamp)
        stamp.publisher = stamp.publisher or match[0][by.end() :]
    elif is_outlet_like(match[0]) or (stamp.authors and not stamp.publisher):
        stamp.publisher, stamp.named = stamp.publisher or outlet(match[0]) or match[0], True
    elif _person().fullmatch(match[0]) and not stamp.authors:
        _take_people(page, at, match.end(), stamp)
    elif not stamp.publisher:
        stamp.publisher, stamp.named = match[0], True
    else:
        return None
    return match.end()


def _take_people(page: str, start: int, end: int, stamp: Stamp) -> None:
    stamp.authors.extend(match.span() for match in _single().finditer(page, start, end))
    stamp.named = True


def _is_title_case(chunk: str) -> bool:
    found = chunk.split()
    return 1 <= len(found) <= MOST_WORDS and all(word[:1].isupper() or word in _SMALL for word in found)
