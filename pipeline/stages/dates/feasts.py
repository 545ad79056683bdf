"""When a feast is: fixed days, the moon's, the sun's, Easter's, and the n-th weekday of a month, from the tables."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from pipeline.resources import table
from pipeline.stages.dates import periods

_WEEKDAYS = {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6}


def feast_day(name: str, year: int) -> date | None:
    """The day of a feast in a year: ``feast_day("Spring Festival", 2024)`` → 2024-02-10; None if not in the tables."""
    row = _feasts().get(name)
    if row is None or not periods.FIRST_YEAR < year < periods.LAST_YEAR:
        return None
    rule = row["rule"]
    if " " in rule:
        return _nth_weekday(rule, year)
    if rule[0].isdecimal():
        month, day = rule.split("-")
        return date(year, int(month), int(day))
    sign = "+" if "+" in rule else "-"
    root, _, offset = rule.partition(sign)
    base = easter(year) if root == "easter" else _moving().get((root, year))
    return None if base is None else base + timedelta(int(f"{sign}{offset}") if offset else 0)


def feast_days(name: str, on: date) -> tuple[date, date]:
    """The days off around a feast: the National Day holiday runs from 1 to 7 October."""
    row = _feasts()[name]
    before, after = int(row["holiday_from"] or 0), int(row["holiday_to"] or 0)
    return on + timedelta(before), on + timedelta(after)


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar. Source: Meeus, Astronomical Algorithms, ch. 8."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def _nth_weekday(rule: str, year: int) -> date:
    """``"11 thu 4"``: the fourth Thursday of November; ``"05 mon -1"``: the last Monday of May; ``+1``: a day later."""
    month, weekday, place = rule.split()
    place, _, offset = place.partition("+")
    whole = periods.month(year, int(month))
    if int(place) < 0:
        back = (whole.last.weekday() - _WEEKDAYS[weekday]) % 7
        return whole.last - timedelta(back)
    ahead = (_WEEKDAYS[weekday] - whole.first.weekday()) % 7
    return whole.first + timedelta(ahead + 7 * (int(place) - 1) + int(offset or 0))


@cache
def _feasts() -> dict[str, dict[str, str]]:
    return {row["name"]: row for row in table("dates/holidays")}


@cache
def _moving() -> dict[tuple[str, int], date]:
    found = {}
    for row in table("dates/lunar_festivals"):
        month, day = row["day"].split("-")
        found[row["festival"], int(row["year"])] = date(int(row["year"]), int(month), int(day))
    return found
