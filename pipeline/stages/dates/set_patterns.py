"""Patterns for what comes round: "every year", "each Monday", "twice a week", "annually", "on weekends"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.stages.dates import calendar_patterns as dates
from pipeline.stages.dates.expressions import Calendar, Match, Repeated
from pipeline.stages.dates.lexicon import lexicon
from pipeline.stages.dates.normalise import duration_value, set_value
from pipeline.stages.dates.numerals import read_amount, read_ordinal
from pipeline.stages.dates.relative_patterns import read_unit

if TYPE_CHECKING:
    from pipeline.stages.dates.lexemes import Lexemes


def every(lex: Lexemes, i: int) -> Match | None:
    """Such as "every year", "each Monday", "every two weeks", "every other day", "every March", "every summer"."""
    at = i + 2 if lex.words[i + 1] in {"other", "single"} else i + 1
    unit = read_unit(lex, at)
    if unit is not None and not unit.plural and unit.code != "S":
        value = duration_value("2", unit.code) if lex.words[i + 1] == "other" else set_value(unit.code)
        return Match(unit.end, Repeated(value), "every_unit")
    amount = read_amount(lex, at) if lex.words[i] == "every" else None
    if amount is not None:
        unit = read_unit(lex, amount.end)
        return Match(unit.end, Repeated(duration_value(amount.value, unit.code)), "every_amount") if unit else None
    return _every_ordinal(lex, at) or _every_named(lex, at)


def times_a_unit(lex: Lexemes, i: int) -> Match | None:
    """Such as "twice a week", "once a year", "three times a month", "once every five years", "four times per day"."""
    if lex.words[i] in {"once", "twice", "thrice"}:
        at = i + 1
    else:
        amount = read_amount(lex, i)
        if amount is None or lex.words[amount.end] not in {"time", "times"}:
            return None
        at = amount.end + 1
    at = at + 1 if lex.joined(at) else at
    if lex.words[at] in {"every", "each"}:
        return every(lex, at)
    if lex.words[at] not in {"a", "an", "per"}:
        return None
    unit = read_unit(lex, at + 2 if lex.joined(at + 1) else at + 1)
    if unit is None or unit.plural or lex.words[unit.end] == "ago":
        return None
    return Match(unit.end, Repeated(set_value(unit.code)), "times_a_unit")


def set_word(lex: Lexemes, i: int) -> Match | None:
    """Such as "annually", "monthly", "daily"."""
    value = lexicon().kinds["set"].get(lex.words[i])
    inside = lex.capital(i - 1) or lex.words[i - 1] in {"'s", "s", "'"}  # "the People's Daily"
    titled = lex.capital(i) and (lex.capital(i + 1) or (inside and lex.words[i - 1] != "the"))
    if value is None or titled or _is_rate(lex, i):
        return None
    return Match(i + 1, Repeated(value), "set_word")


def _is_rate(lex: Lexemes, i: int) -> bool:
    """Whether the word only measures the noun behind it: "an **annual** output of", "**daily** visits"."""
    return lex.tag(i)[:2] in {"JJ", "NN"} and lex.tag(i + 1)[:2] in {"NN", "JJ", "VB"} and lex.words[i + 1].isalpha()


def plural_days(lex: Lexemes, i: int) -> Match | None:
    """Such as "Mondays", "weekends", "Friday nights"."""
    kinds = lexicon().kinds
    if lex.words[i] in kinds["weekdays"]:
        value = kinds["weekdays"][lex.words[i]]
        if not value.isdecimal() and lex.words[i - 1] not in {"on", "at", "during", "over", "and", "or"}:
            return None
        return Match(i + 1, Repeated(f"XXXX-WXX-{value}"), "plural_days")
    day = kinds["weekday"].get(lex.words[i])
    part = kinds["dayparts"].get(lex.words[i + 1])
    if day is not None and part is not None:
        return Match(i + 2, Repeated(f"XXXX-WXX-{day}T{part}"), "plural_days")
    return None


def _every_named(lex: Lexemes, i: int) -> Match | None:
    kinds = lexicon().kinds
    word = lex.words[i]
    if word in kinds["weekday"]:
        part = kinds["daypart"].get(lex.words[i + 1], "")
        part = part if not part or part[0] == "T" else f"T{part}"
        return Match(i + 2 if part else i + 1, Repeated(f"XXXX-WXX-{kinds['weekday'][word]}{part}"), "every_weekday")
    if word in kinds["season"]:
        return Match(i + 1, Repeated(f"XXXX-{kinds['season'][word]}"), "every_season")
    if word in kinds["daypart"] and kinds["daypart"][word][0] != "T":
        return Match(i + 1, Repeated(f"XXXX-XX-XXT{kinds['daypart'][word]}"), "every_daypart")
    month = dates.month_date(lex, i)
    if month is not None and isinstance(month.node, Calendar) and not month.node.year:
        day = f"-{month.node.day:02d}" if month.node.day else ""
        return Match(month.end, Repeated(f"XXXX-{month.node.month:02d}{day}"), "every_month")
    return None


def _every_ordinal(lex: Lexemes, i: int) -> Match | None:
    """Such as "every third day"."""
    number = read_ordinal(lex, i)
    unit = read_unit(lex, number.end) if number else None
    if number is None or unit is None or unit.plural:
        return None
    return Match(unit.end, Repeated(duration_value(str(number.value), unit.code)), "every_ordinal")
