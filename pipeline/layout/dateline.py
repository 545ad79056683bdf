"""The wire's dateline: place, day and agency before the first sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from pipeline.layout.days import MONTH, make_day, month_number
from pipeline.layout.outlets import outlet
from pipeline.resources import table

_WORD = r"[A-Z][A-Za-z'.]{0,24}"
_CAPITALS = r"[A-Z][A-Z'.-]{1,24}"
_REST = (
    rf"(?P<more>(?:, ?(?!{MONTH}){_WORD}(?:[ -]{_WORD}){{0,2}}){{0,2}})"
    rf"(?P<when>, ?(?P<month>{MONTH}) ?(?P<day>\d{{1,2}})(?:, (?P<year>\d{{4}}))?)?"
    r"(?P<agency> ?\([A-Z][^()]{1,30}\))?"
)
_DASH = r"(?: ?(?:--|\u2014|\u2013|\u2015) ?| - )"


@dataclass(frozen=True, slots=True)
class Dateline:
    """What a dateline says and where it ends."""

    start: int
    end: int
    place: str | None
    agency: str | None
    day: date | None


@cache
def _capital() -> re.Pattern[str]:
    """`BEIJING, Nov. 18 (Xinhua) --`, `HANGZHOU, Zhejiang --`, `XI'AN -- `, `NANJING/SHANGHAI, May 3 (Xinhua) --`."""
    return re.compile(rf"(?P<place>{_CAPITALS}(?:[ /]{_CAPITALS}){{0,3}}){_REST}\s?{_DASH}")


@cache
def _title_case() -> re.Pattern[str]:
    """`Beijing, Jan. 11 (Xinhua) --`, `Beijing (CNN) —`: a place in small letters needs its agency."""
    return re.compile(rf"(?P<place>{_WORD}(?:[ /-]{_WORD}){{0,2}}){_REST}(?<=\))\s?{_DASH}")


@cache
def _agency_only() -> re.Pattern[str]:
    """`(Xinhua) --`, `(ECNS) --`."""
    return re.compile(rf"\((?P<agency>[A-Z][^()]{{1,30}})\)\s?{_DASH}")


def read_dateline(text: str, start: int, *, published: date | None) -> Dateline | None:
    """The dateline that begins at `start`; its day takes the year of `published` where it has none."""
    for pattern in (_capital(), _title_case()):
        if match := pattern.match(text, start):
            return Dateline(
                start, match.end(), _place(match["place"]), _agency(match["agency"]), _day(match, published)
            )
    if match := _agency_only().match(text, start):
        return Dateline(start, match.end(), None, _agency(match["agency"]), None)
    return None


@cache
def _cities() -> frozenset[str]:
    """The names of China's provinces and prefectures, whose codes end so, in one word or two."""
    rows = (row for row in table("gazetteer/divisions") if row["adcode"].endswith("00"))
    return frozenset(name for row in rows for name in (row["name"], *row["aliases"].split("|")) if name)


#: `Wuhan - The last …`, `Hong Kong -- "We …`
_CITY = re.compile(r"(?P<place>[A-Z][A-Za-z']{1,24}(?: [A-Z][a-z]{1,24})?)(?: - | ?(?:--|\u2014|\u2013) ?)(?=[\"A-Z])")


def read_city(text: str, start: int) -> Dateline | None:
    """The dateline of a paragraph that is nothing but a city's name and a dash; only a known city is one.

    ``read_city("Wuhan - The last ferry …", 0)`` → the place Wuhan; ``"Tea - The drink …"`` → None.
    """
    match = _CITY.match(text, start)
    if match is None or match["place"] not in _cities():
        return None
    return Dateline(start, match.end(), match["place"], None, None)


def search_dateline(text: str, end: int) -> int | None:
    """Where the first dateline with day and agency before `end` begins, on a page that is one line."""
    for close in re.finditer(rf"\)\s?{_DASH}", text[:end]):
        for start in re.finditer(rf"(?<![\w'-]){_CAPITALS}", text[max(0, close.start() - 90) : close.start()]):
            at = max(0, close.start() - 90) + start.start()
            match = _capital().match(text, at)
            if match and match["when"] and match["agency"] and match.end() >= close.end() - 1:
                return at
    return None


def _place(words: str) -> str:
    return " ".join(part if not part.isupper() else part.title().replace("'A", "'a") for part in words.split(" "))


def _agency(words: str | None) -> str | None:
    return outlet(words.strip(" ()")) if words else None


def _day(match: re.Match[str], published: date | None) -> date | None:
    """The day, in the year it names, else the last such day not after the day of publication."""
    if not match["when"] or not (match["year"] or published):
        return None
    month, day = month_number(match["month"]), int(match["day"])
    if match["year"] or published is None:
        return make_day(int(match["year"]), month, day)
    found = make_day(published.year, month, day)
    if found and found > published + timedelta(days=1):
        return make_day(published.year - 1, month, day)
    return found
