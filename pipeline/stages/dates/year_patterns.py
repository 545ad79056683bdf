"""Patterns for years and their parts: "2019", "the 1990s", "fiscal 2021", "Q3", "winter 2020", feasts, plan periods."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.resources import words
from pipeline.stages.dates.expressions import Calendar, Holiday, Match, Part, Years
from pipeline.stages.dates.lexemes import HYPHENS
from pipeline.stages.dates.lexicon import lexicon, words_of
from pipeline.stages.dates.normalise import full_year
from pipeline.stages.dates.numerals import Ordinal, read_ordinal, read_year, read_year_after
from pipeline.stages.dates.plans import plan_years

if TYPE_CHECKING:
    from pipeline.stages.dates.lexemes import Lexemes

_PLAN_NAMES = (("five", "-", "year", "plan"), ("five", "year", "plan"), ("fyp",))


_HOLIDAY_TAILS = frozenset({"holiday", "holidays", "vacation", "break"})


def year(lex: Lexemes, i: int) -> Match | None:
    """A year, a stretch of years or a decade in figures: "2019", "2013-2017", "2017-18", "1990s"."""
    first = read_year(lex, i)
    if first is None:
        return None
    if lex.words[i + 1] == "s" and lex.glued(i + 1):
        return _decade(i + 2, first)
    if lex.words[i + 1 : i + 3] == ["'", "s"] and lex.words[i - 1] in words_of("before_decade"):
        return _decade(i + 3, first)
    return _year_range(lex, i, first) or Match(i + 1, Calendar(first), "year")


def short_year(lex: Lexemes, i: int) -> Match | None:
    """A year or decade of two figures after an apostrophe: "'98", "'90s"."""
    word = lex.words[i + 1]
    if len(word) != 2 or not word.isdecimal() or not lex.glued(i + 1) or (lex.glued(i) and lex.raw[i - 1].isalnum()):
        return None
    if lex.words[i + 2] == "s" and lex.glued(i + 2):
        return bare_decade(lex, i + 1)
    return (
        Match(i + 2, Calendar(full_year(word)), "short_year")
        if not lex.glued(i + 2) or lex.raw[i + 2] in ".,;)"
        else None
    )


def bare_decade(lex: Lexemes, i: int) -> Match | None:
    """A decade without its century: "80s", "eighties", "nineteen-eighties" after an article or "mid-"."""
    kinds = lexicon().kinds
    word = lex.words[i]
    if word in kinds["decade"]:
        return _decade(i + 1, 1900 + int(kinds["decade"][word]))
    at = i + 2 if lex.words[i + 1] == "'" else i + 1
    if len(word) == 2 and word[1] == "0" and word.isdecimal() and lex.words[at] == "s" and lex.glued(i + 1):
        return _decade(at + 1, (2000 if word < "30" else 1900) + int(word))
    return None


def century(lex: Lexemes, i: int) -> Match | None:
    """A century: "19th century", "twenty-first century"."""
    number = read_ordinal(lex, i)
    if number is None:
        return None
    end = number.end + 1 if lex.joined(number.end) else number.end
    titled = lex.capital(end) and lex.capital(end + 1) and not lex.glued(end + 1)
    if lex.words[end] != "century" or titled or not 1 <= number.value <= 21:
        return None
    start = (number.value - 1) * 100
    return Match(end + 1, Years(start or 1, start + 99, "CE"), "century")


def fiscal_year(lex: Lexemes, i: int) -> Match | None:
    """A fiscal year by its number: "fiscal 2021", "fiscal year 2021", "FY2021", "FY 2021-22"."""
    end = i + 1
    if lex.words[i] == "fiscal":
        end = end + 1 if lex.joined(end) else end
        end = end + 1 if lex.words[end] == "year" else end
    elif lex.raw[i] != "FY":
        return None
    number = read_year(lex, end)
    if number is None and lex.words[end] == "'" and len(lex.words[end + 1]) == 2 and lex.words[end + 1].isdecimal():
        number, end = full_year(lex.words[end + 1]), end + 1
    if number is None and lex.raw[i] == "FY" and len(lex.words[end]) == 4 and lex.words[end].isdecimal():
        number = int(lex.words[end])
    if number is None and lex.raw[i] == "FY" and len(lex.words[end]) == 2 and lex.words[end].isdecimal():
        number = full_year(lex.words[end])
    if number is None:
        return None
    ranged = _year_range(lex, end, number)
    return Match(ranged.end if ranged else end + 1, Years(number, number, "FY"), "fiscal_year")


def season(lex: Lexemes, i: int) -> Match | None:
    """A season with its year: "winter 2020", "the summer of 1996", "winter of 2020-21"."""
    code = lexicon().kinds["season"].get(lex.words[i])
    if code is None:
        return None
    end = i + 2 if lex.words[i + 1] == "of" else i + 1
    number = read_year(lex, end)
    if number is None:
        short = short_year(lex, end) if lex.words[end] == "'" else None
        return None if short is None else Match(short.end, Part(code, 0, short.node), "season_year")
    ranged = _year_range(lex, end, number)
    return Match(ranged.end if ranged else end + 1, Part(code, 0, Calendar(number)), "season_year")


def year_first(lex: Lexemes, i: int) -> Match | None:
    """A season or part that follows its year: "2017-18 winter season", "2017-18 season", "2020 third quarter"."""
    number = read_year(lex, i)
    if number is None:
        return None
    ranged = _year_range(lex, i, number)
    end = ranged.end if ranged else i + 1
    feast = holiday(lex, end)
    if feast is not None and ranged is None and isinstance(feast.node, Holiday):
        return Match(feast.end, replace(feast.node, year=number), "year_holiday")
    code = lexicon().kinds["season"].get(lex.words[end])
    if code is not None and not lex.capital(end):
        return Match(
            end + 2 if lex.words[end + 1] == "season" else end + 1, Part(code, 0, Calendar(number)), "year_season"
        )
    if ranged and lex.words[end] == "season":
        return Match(end + 1, ranged.node, "year_range_season")
    if lex.words[end] in {"fiscal", "school", "academic", "financial"} and lex.words[end + 1] == "year":
        named = (
            ranged.node if ranged else Years(number, number, "FY" if lex.words[end] in {"fiscal", "financial"} else "Y")
        )
        return Match(end + 2, named, "year_of_kind")
    part = year_part(lex, end)
    return (
        Match(part.end, Part(part.node.unit, part.node.number, Calendar(number)), "year_part")
        if part and isinstance(part.node, Part)
        else None
    )


def year_part(lex: Lexemes, i: int) -> Match | None:
    """A quarter or half without its year: "third quarter", "third-quarter", "first half", "Q3", "H1", "1H"."""
    short = _short_part(lex, i)
    if short is not None:
        return short
    fiscal = lex.words[i] == "fiscal"
    at = i + 1 if fiscal else i
    at = at + 1 if fiscal and lex.words[at] == "-" else at
    number = read_ordinal(lex, at)
    if number is None and lex.words[at] in {"last", "latter", "final"} and lex.words[at + 1] in {"half", "quarter"}:
        number = Ordinal(at + 1, 2 if lex.words[at + 1] == "half" else 4)
        if lex.words[at] == "last" and lex.words[at + 2] != "of":
            return None
    if number is None:
        return None
    end = number.end + 1 if lex.joined(number.end) else number.end
    end = end + 1 if lex.words[end] == "fiscal" else end
    if lex.words[end] == "quarter" and 1 <= number.value <= 4:
        return Match(end + 1, Part("Q", number.value, None, fiscal), "quarter")
    if lex.words[end] == "half" and 1 <= number.value <= 2 and lex.words[end + 1] not in {"-", "hour", "dozen"}:
        return Match(end + 1, Part("HY", number.value, None, fiscal), "half")
    return None


def holiday(lex: Lexemes, i: int) -> Match | None:
    """A feast by name, with its year and the days off if said: "Spring Festival", "the 2020 National Day holiday"."""
    if not lex.capital(i):
        return None
    for phrase, name in lexicon().holidays.get(lex.words[i], ()):
        end = i + len(phrase)
        if tuple(lex.words[i:end]) == phrase and lex.capital(end - 1):
            stretch = lex.words[end] in _HOLIDAY_TAILS
            if name == "New Year" and not stretch:
                continue
            end += stretch
            number = read_year(lex, end + 1 if lex.words[end] in {",", "of", "in"} else end)
            end = end if number is None else end + 1 + (lex.words[end] in {",", "of", "in"})
            if not stretch and number is None and _names_a_thing(lex, end):
                continue
            return Match(end, Holiday(name, number, stretch), "holiday")
    return None


def _names_a_thing(lex: Lexemes, end: int) -> bool:
    """Whether a feast only says which kind of thing: "Christmas goods"; not "the Christmas season"."""
    word = lex.words[end]
    if lex.joined(end):
        return lex.words[end + 1] in {"themed", "related", "inspired", "style"}
    return (
        word.isalpha()
        and not lex.capital(end)
        and lex.tag(end) in {"NN", "NNS"}
        and word not in words("dates/time_of_feasts")
    )


def plan_period(lex: Lexemes, i: int) -> Match | None:
    """The years of a five-year plan: "14th Five-Year Plan period", "13th Five-Year Plan (2016-2020) period"."""
    number = read_ordinal(lex, i)
    if number is None:
        return None
    for plan in _PLAN_NAMES:
        end = number.end + len(plan)
        if tuple(lex.words[number.end : end]) == plan:
            break
    else:
        return None
    if lex.words[end] == "(" and lex.words[end + 4] == ")" and lex.words[end + 5] == "period":
        return _plan(end, number.value)
    if lex.words[end] == "period":
        return _plan(end + 1, number.value)
    before = lex.words[i - 2] if lex.words[i - 1] == "the" else lex.words[i - 1]
    return _plan(end, number.value) if before in {"during", "over", "throughout"} else None


def _year_range(lex: Lexemes, i: int, first: int) -> Match | None:
    if lex.words[i + 1] not in HYPHENS | {"/"}:
        return None
    word = lex.words[i + 2]
    tight = lex.glued(i + 1) and lex.glued(i + 2)
    if len(word) == 4 and read_year(lex, i + 2):
        last = int(word)
    elif len(word) == 2 and word.isdecimal() and tight:
        last = first // 100 * 100 + int(word)
    else:
        return None
    if not first < last <= first + 150 or (lex.glued(i + 3) and lex.raw[i + 3] in HYPHENS | {"/"}):
        return None
    return Match(i + 3, Years(first, last, "Y"), "year_range")


def _decade(end: int, first: int) -> Match | None:
    if first % 10:
        return None
    return Match(end, Years(first, first + 9, "DE"), "decade")


def _short_part(lex: Lexemes, i: int) -> Match | None:
    word, other = lex.raw[i], lex.raw[i + 1]
    if not lex.glued(i + 1):
        return None
    if word in {"Q", "H"}:
        letter, number = word, other
    elif other in {"Q", "H"}:
        letter, number = other, word
    else:
        return None
    limit = 4 if letter == "Q" else 2
    if (
        len(number) != 1
        or not number.isdecimal()
        or not 1 <= int(number) <= limit
        or (lex.glued(i + 2) and lex.raw[i + 2].isalnum())
    ):
        return None
    end, year_number = read_year_after(lex, i + 2)
    of = None if year_number is None else Calendar(year_number)
    return Match(end, Part("Q" if letter == "Q" else "HY", int(number), of), "short_part")


def _plan(end: int, number: int) -> Match | None:
    years = plan_years(number)
    return None if years is None else Match(end, Years(*years, "Y"), "plan_period")
