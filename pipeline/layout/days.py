"""Days as front matter writes them."""

from __future__ import annotations

import re
from datetime import date, timedelta

MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
#: "2024-01-11", "2024/1/11", "2024.01.11" · "November 18, 2020", "Nov. 18, 2020", "Jan 11,2024" · "18 November 2020",
#: "11-Jan-2024"
DAY = (
    r"(?:(?P<y1>[12]\d{3})[-/.](?P<m1>\d{1,2})[-/.](?P<d1>\d{1,2})(?!\d)"
    rf"|(?P<m2>{MONTH})\s?(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s?(?P<y2>[12]\d{{3}})(?!\d)"
    rf"|(?P<d3>\d{{1,2}})[\s-](?P<m3>{MONTH})[\s,-]{{1,2}}(?P<y3>[12]\d{{3}})(?!\d))"
)


def month_number(word: str) -> int:
    """The month that `word` begins like: ``month_number("Sept.")`` → 9."""
    return _MONTHS.index(word[:3].casefold()) + 1


def day_of(match: re.Match[str]) -> date | None:
    """The day in a match of `DAY`, or None where there is no such day."""
    part = match.groupdict()
    if part["y1"]:
        return make_day(int(part["y1"]), int(part["m1"]), int(part["d1"]))
    if part["y2"]:
        return make_day(int(part["y2"]), month_number(part["m2"]), int(part["d2"]))
    return make_day(int(part["y3"]), month_number(part["m3"]), int(part["d3"]))


def make_day(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none: ``make_day(2023, 2, 29)`` → None."""
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return None
    first = date(year, month, 1)
    exact = first + timedelta(days=day - 1) if first < date(9999, 12, 1) else first
    return exact if exact.month == month else None
