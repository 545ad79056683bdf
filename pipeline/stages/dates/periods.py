"""Stretches of the calendar: a unit, its TIMEX3 value, its first and last day, and steps between them."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta

_SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
SEASONS = frozenset(_SEASON_MONTHS)

#: Dates are kept this far inside what `datetime` can hold.
FIRST_YEAR, LAST_YEAR = 2, 9998


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days with its unit (D, W, WE, M, Q, HY, SP…WI, Y, FY, DE, CE, or N for a stretch of its own)."""

    unit: str
    value: str
    first: date
    last: date


def day(on: date) -> Period:
    """One day: ``2024-01-11``."""
    return Period("D", on.isoformat(), on, on)


def week(on: date) -> Period:
    """The ISO week around a day: ``2024-W02``, Monday to Sunday."""
    first = on - timedelta(on.weekday())
    year, number, _ = on.isocalendar()
    return Period("W", f"{year:04d}-W{number:02d}", first, first + timedelta(6))


def weekend(on: date) -> Period:
    """Saturday and Sunday of the ISO week around a day: ``2024-W02-WE``."""
    whole = week(on)
    return Period("WE", f"{whole.value}-WE", whole.first + timedelta(5), whole.last)


def month(year: int, number: int) -> Period:
    """A month: ``2024-01``; a number outside 1 to 12 counts into other years."""
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    last = calendar.monthrange(year, number)[1]
    return Period("M", f"{year:04d}-{number:02d}", date(year, number, 1), date(year, number, last))


def quarter(year: int, number: int) -> Period:
    """A quarter: ``2024-Q1``; a number outside 1 to 4 counts into other years."""
    year, number = year + (number - 1) // 4, (number - 1) % 4 + 1
    return Period("Q", f"{year:04d}-Q{number}", date(year, number * 3 - 2, 1), month(year, number * 3).last)


def half(year: int, number: int) -> Period:
    """A half year: ``2024-H1``; a number outside 1 to 2 counts into other years."""
    year, number = year + (number - 1) // 2, (number - 1) % 2 + 1
    return Period("HY", f"{year:04d}-H{number}", date(year, number * 6 - 5, 1), month(year, number * 6).last)


def season(year: int, code: str) -> Period:
    """A season in whole months: ``2024-SU`` is June to August; a winter belongs to the year of its December."""
    first = _SEASON_MONTHS[code]
    return Period(code, f"{year:04d}-{code}", date(year, first, 1), month(year, first + 2).last)


def year(number: int) -> Period:
    """A year: ``2024``."""
    return Period("Y", f"{number:04d}", date(number, 1, 1), date(number, 12, 31))


def years(first: int, last: int, unit: str) -> Period:
    """A decade (``199X``), a century (``18XX``), a fiscal year (``2021``) or a stretch of years (``2013/2017``)."""
    start, end = date(max(first, FIRST_YEAR), 1, 1), date(min(last, LAST_YEAR), 12, 31)
    if unit == "DE":
        return Period("DE", f"{first // 10:03d}X", start, end)
    if unit == "CE":
        return Period("CE", f"{first // 100:02d}XX", start, end)
    if unit == "FY":
        return Period("FY", f"{first:04d}", start, end)
    return Period("N", f"{first:04d}/{last:04d}", start, end)


def fiscal_year(end: date) -> Period:
    """The business year that ends on a day, named after the year of its end: 30 June 1997 ends 1997."""
    return Period("FY", f"{end.year:04d}", same_day(end + timedelta(1), months=-12), end)


def around(on: date, unit: str) -> Period:
    """The period of a unit that a day lies in."""
    if unit in SEASONS:
        return season(on.year - 1 if unit == "WI" and on.month <= 2 else on.year, unit)
    if unit in {"DE", "CE"}:
        size = 10 if unit == "DE" else 100
        first = on.year // size * size
        return years(first, first + size - 1, unit)
    simple = {
        "D": lambda: day(on),
        "W": lambda: week(on),
        "WE": lambda: weekend(on),
        "M": lambda: month(on.year, on.month),
        "Q": lambda: quarter(on.year, (on.month + 2) // 3),
        "HY": lambda: half(on.year, (on.month + 5) // 6),
        "FY": lambda: years(on.year, on.year, "FY"),
    }
    return simple[unit]() if unit in simple else year(on.year)


def step(period: Period, count: int) -> Period | None:
    """The period `count` of its own units later (negative: earlier); None outside the calendar."""
    if period.unit == "N":
        return None
    return moved(period.first, period.unit, count) if count else period


def moved(on: date, unit: str, count: int) -> Period | None:
    """The period of `unit`, `count` units from the one around a day: ``(2024-01-11, "M", -1)`` is 2023-12."""
    sizes = {"Y": 1, "FY": 1, "DE": 10, "CE": 100}
    if unit in {"D", "W", "WE", "FN"}:
        days = count * {"D": 1, "W": 7, "WE": 7, "FN": 14}[unit]
        if not FIRST_YEAR < on.year + days / 365 < LAST_YEAR:
            return None
        return around(on + timedelta(days), "W" if unit == "FN" else unit)
    years_away = count * sizes.get(unit, 1)
    if not FIRST_YEAR < on.year + years_away < LAST_YEAR:
        return None
    if unit in {"M", "Q", "HY"}:
        base = around(on, unit)
        number = {"M": base.first.month, "Q": (base.first.month + 2) // 3, "HY": (base.first.month + 5) // 6}[unit]
        return {"M": month, "Q": quarter, "HY": half}[unit](on.year, number + count)
    if unit in SEASONS:
        return season(around(on, unit).first.year + count, unit)
    return around(date(on.year + years_away, 1, 1), unit)


def same_day(on: date, *, months: int) -> date:
    """The day `months` months later, or the last one of that month: ``(2024-03-31, months=-1)`` is 2024-02-29."""
    whole = month(on.year, on.month + months)
    return whole.first.replace(day=min(on.day, whole.last.day))


def shifted_years(period: Period, count: int) -> Period | None:
    """The same stretch in another year: a quarter stays a quarter, a day a day."""
    if not FIRST_YEAR < period.first.year + count < LAST_YEAR:
        return None
    first = same_day(period.first, months=12 * count)
    if period.unit in {"D", "N"}:
        last = same_day(period.last, months=12 * count)
        return day(first) if period.unit == "D" else Period("N", f"{first.isoformat()}/{last.isoformat()}", first, last)
    return around(first, period.unit)


def third(period: Period, mod: str) -> Period:
    """The early (START), middle (MID) or late (END) third: January to April of a year, the 1st to 10th of a month."""
    place = {"START": 0, "MID": 1, "END": 2}.get(mod)
    if place is None or period.unit == "D":
        return period
    first, last = period.first, period.last
    if period.unit in {"Y", "FY"} and (first.month, last.month) == (1, 12):
        return _cut(period, month(first.year, 1 + 4 * place).first, month(first.year, 4 + 4 * place).last)
    if period.unit == "M":
        ends = (10, 20, last.day)
        return _cut(period, first.replace(day=1 + 10 * place), first.replace(day=ends[place]))
    if period.unit in {"DE", "CE"}:
        size = 10 if period.unit == "DE" else 100
        marks = (0, round(size * 0.3) + 1, round(size * 0.6) + 1, size)
        base = last.year - size + 1
        return _cut(period, date(max(base + marks[place], FIRST_YEAR), 1, 1), date(base + marks[place + 1] - 1, 12, 31))
    days = (last - first).days + 1
    cuts = (0, days // 3, days - days // 3, days)
    return _cut(period, first + timedelta(cuts[place]), first + timedelta(cuts[place + 1] - 1))


def edge(period: Period, mod: str) -> Period:
    """The beginning (START) or end (END) in the next smaller unit: December of a year, the last month of a quarter."""
    if period.unit in {"Y", "FY", "Q", "HY", "N"} | SEASONS and (period.last - period.first).days > 60:
        at = period.first if mod == "START" else period.last
        whole = month(at.year, at.month)
        return _cut(period, whole.first, whole.last)
    if period.unit in {"DE", "CE"}:
        number = period.first.year if mod == "START" else period.last.year
        return _cut(period, date(number, 1, 1), date(number, 12, 31))
    return third(period, mod)


def _cut(period: Period, first: date, last: date) -> Period:
    return replace(period, first=first, last=last)
