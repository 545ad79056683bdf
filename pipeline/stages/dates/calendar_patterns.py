"""Patterns for stated dates: days, months, years, decades, quarters, seasons, holidays, plan periods."""

from __future__ import annotations

import calendar
from typing import TYPE_CHECKING

from pipeline.stages.dates.expressions import Calendar, Interval, Match
from pipeline.stages.dates.lexemes import HYPHENS
from pipeline.stages.dates.lexicon import lexicon
from pipeline.stages.dates.normalise import full_year
from pipeline.stages.dates.numerals import ORDINAL_ENDINGS, read_ordinal, read_year_after

if TYPE_CHECKING:
    from pipeline.stages.dates.lexemes import Lexemes

#: Months whose full name is as short as an abbreviation: the full stop behind them ends a sentence.
_SHORT_NAMES = frozenset({"may", "june", "july"})


def iso_date(lex: Lexemes, i: int) -> Match | None:
    """A date in figures: "2020-11-18", "2020/11/18", "11/18/2020", "2023-07", "11-18-98"."""
    first, sign, second = lex.words[i : i + 3]
    if sign not in {"-", "/", "."} or not (lex.glued(i + 1) and lex.glued(i + 2)) or not second.isdecimal():
        return None
    third = lex.words[i + 4] if lex.words[i + 3] == sign and lex.glued(i + 3) and lex.glued(i + 4) else ""
    if len(first) == 4 and third.isdecimal():
        return _match_day(i + 5, int(first), int(second), int(third))
    if len(first) <= 2 and len(third) in {2, 4} and third.isdecimal() and sign != ".":
        return _match_day(i + 5, full_year(third), int(first), int(second))
    if len(first) == 4 and len(second) == 2 and sign == "-" and first[:2] in {"19", "20"} and not third:
        month = int(second)
        return Match(i + 3, Calendar(int(first), month), "iso_month") if 1 <= month <= 12 else None
    return None


def month_date(lex: Lexemes, i: int) -> Match | None:
    """A date that begins with its month: "May 20, 2022", "Nov. 18", "May 2022", "May 1-7", "January-October"."""
    month = read_month(lex, i)
    if month is None:
        return None
    end, number = month
    day = _day_number(lex, end, number)
    if day is None:
        return _month_range(lex, end, number) or _month_year(lex, end, number)
    end, first = day
    ranged = _day_range(lex, end, number, first)
    if ranged is not None:
        return ranged
    year_end, year = read_year_after(lex, end)
    return Match(year_end, Calendar(year, number, first), "month_day")


def day_month(lex: Lexemes, i: int) -> Match | None:
    """A date that begins with its day: "20 May 2022", "the 3rd of July", "1-3 March"."""
    number, end = _leading_day(lex, i)
    if number is None:
        return None
    if lex.words[end] in HYPHENS and lex.words[end + 1].isdecimal():
        last, last_end = _leading_day(lex, end + 1)
        month = read_month(lex, last_end)
        if last is None or month is None or not _valid(None, month[1], last) or number >= last:
            return None
        year_end, year = read_year_after(lex, month[0])
        pair = Interval(Calendar(year, month[1], number), Calendar(year, month[1], last))
        return Match(year_end, pair, "day_range_month")
    if lex.words[end] == "of":
        end += 1
    month = read_month(lex, end)
    if month is None or not _valid(None, month[1], number):
        return None
    year_end, year = read_year_after(lex, month[0])
    return Match(year_end, Calendar(year, month[1], number), "day_month")


def weekday_date(lex: Lexemes, i: int) -> Match | None:
    """A weekday, with its date if one follows: "Friday", "Friday, Nov. 18, 2022", "Fri. 18 November"."""
    kinds = lexicon().kinds
    word, short = lex.words[i], lex.words[i] in kinds["weekday_short"]
    number = kinds["weekday_short" if short else "weekday"].get(word)
    if number is None or not lex.capital(i):
        return None
    end = i + 2 if short and lex.words[i + 1] == "." else i + 1
    dated = end + 1 if lex.words[end] == "," else end
    date = month_date(lex, dated) or day_month(lex, dated)
    if date is not None and isinstance(date.node, Calendar) and date.node.day:
        node = Calendar(date.node.year, date.node.month, date.node.day, int(number))
        return Match(date.end, node, "weekday_date")
    numbered = read_ordinal(lex, end + 1) if lex.words[end] == "the" else None
    if numbered is not None and lex.words[end + 1].isdecimal():
        return Match(numbered.end, Calendar(day=numbered.value, weekday=int(number)), "weekday_the_day")
    return None if short else Match(end, Calendar(weekday=int(number)), "weekday")


def read_month(lex: Lexemes, i: int) -> tuple[int, int] | None:
    """The index behind a month's name (and its full stop) and its number; names are capitalised."""
    number = lexicon().kinds["month"].get(lex.words[i])
    if number is None or not lex.capital(i):
        return None
    dotted = (
        lex.words[i + 1] == "." and lex.glued(i + 1) and len(lex.words[i]) <= 4 and lex.words[i] not in _SHORT_NAMES
    )
    return i + 2 if dotted else i + 1, int(number)


def _match_day(end: int, number: int, month: int, day: int) -> Match | None:
    if not _valid(number, month, day):
        return None
    return Match(end, Calendar(number, month, day), "iso_day")


def _valid(number: int | None, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(number or 2000, month)[1]


def _day_number(lex: Lexemes, i: int, month: int) -> tuple[int, int] | None:
    word = lex.words[i]
    if word.isdecimal() and len(word) <= 2 and _valid(None, month, int(word)):
        end = i + 1
        if lex.glued(end) and lex.words[end] in ORDINAL_ENDINGS:
            return end + 1, int(word)
        touching = lex.glued(end) and lex.raw[end] not in set(".,;:)?!'\"") | HYPHENS
        return None if touching or lex.words[end] in {"%", "percent", "pct"} else (end, int(word))
    number = read_ordinal(lex, i)
    if number is None or number.value > 31 or lex.words[number.end] in {"quarter", "half", "week", "day"}:
        return None
    return number.end, number.value


def _leading_day(lex: Lexemes, i: int) -> tuple[int | None, int]:
    number = read_ordinal(lex, i)
    if number is not None:
        return (number.value, number.end) if 1 <= number.value <= 31 else (None, i)
    word = lex.words[i]
    if word.isdecimal() and len(word) <= 2 and 1 <= int(word) <= 31:
        return int(word), i + 1
    return None, i


def _month_year(lex: Lexemes, i: int, month: int) -> Match:
    end, number = read_year_after(lex, i)
    if (
        number is None
        and lex.words[i] == "'"
        and len(lex.words[i + 1]) == 2
        and lex.words[i + 1].isdecimal()
        and lex.glued(i + 1)
    ):
        end, number = i + 2, full_year(lex.words[i + 1])
    return Match(end, Calendar(number, month), "month" if number is None else "month_year")


def _month_range(lex: Lexemes, i: int, first: int) -> Match | None:
    if lex.words[i] not in HYPHENS or not lex.glued(i):
        return None
    i = i + 2 if lex.words[i + 1] == "to" and lex.words[i + 2] in HYPHENS else i
    last = read_month(lex, i + 1)
    if last is None or _day_number(lex, last[0], last[1]):
        return None
    end, number = read_year_after(lex, last[0])
    before = number - 1 if number and first > last[1] else number
    return Match(end, Interval(Calendar(before, first), Calendar(number, last[1])), "month_range")


def _day_range(lex: Lexemes, i: int, month: int, first: int) -> Match | None:
    if lex.words[i] == "and":
        return _next_day(lex, i, month, first)
    if lex.words[i] not in HYPHENS and not (lex.words[i] == "to" and lex.words[i + 1].isdecimal()):
        return None
    other = read_month(lex, i + 1)
    at, last_month = other if other is not None else (i + 1, month)
    last = _day_number(lex, at, last_month)
    if last is None or (last_month == month and last[1] <= first) or lex.words[last[0]] in _UNIT_AFTER_RANGE:
        return None
    end, number = read_year_after(lex, last[0])
    before = number - 1 if number and month > last_month else number
    return Match(end, Interval(Calendar(before, month, first), Calendar(number, last_month, last[1])), "day_range")


def _next_day(lex: Lexemes, i: int, month: int, first: int) -> Match | None:
    """Such as "May 3 and 4, 2020": two days in a row are one stretch."""
    last = _day_number(lex, i + 1, month) if lex.words[i + 1].isdecimal() else None
    if last is None or last[1] != first + 1:
        return None
    end, number = read_year_after(lex, last[0])
    if number is None and lex.words[end][:1].isalpha() and lex.words[end] not in {"in", "at", "and", "this", "last"}:
        return None
    return Match(end, Interval(Calendar(number, month, first), Calendar(number, month, last[1])), "day_pair")


_UNIT_AFTER_RANGE = frozenset({"percent", "pct", "%", "million", "billion"})
