"""Any point in time without a modifier: what "early", "the end of" or "3 p.m." can stand before."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.stages.dates import calendar_patterns as dates
from pipeline.stages.dates import relative_patterns as relative
from pipeline.stages.dates import year_patterns as years
from pipeline.stages.dates.expressions import Calendar, Match, Modified, Shift, Within
from pipeline.stages.dates.lexicon import lexicon
from pipeline.stages.dates.numerals import read_ordinal

if TYPE_CHECKING:
    from pipeline.stages.dates.lexemes import Lexemes

Pattern = Callable[["Lexemes", int], Match | None]

#: Each pattern with what it may begin with: "#" for a figure, ":kind" for a class of words, or the word itself.
Beginnings = tuple[tuple[Pattern, tuple[str, ...]], ...]

_STATED: Beginnings = (
    (relative.which_phrase, (":which",)),
    (dates.weekday_date, (":weekday", ":weekday_short")),
    (dates.month_date, (":month",)),
    (years.year_first, ("#",)),
    (dates.iso_date, ("#",)),
    (years.year, ("#",)),
    (dates.day_month, ("#", ":ordinal")),
    (years.season, (":season",)),
    (years.century, ("#", ":ordinal", ":number")),
    (years.fiscal_year, ("fiscal", "fy")),
    (years.plan_period, ("#", ":ordinal", ":number")),
    (years.year_part, ("#", ":ordinal", "q", "h", "fiscal", "last", "latter", "final")),
    (years.holiday, (":holiday",)),
)
_AFTER_ARTICLE: Beginnings = (
    (relative.which_phrase, (":which",)),
    (relative.counted_part, ("first", "opening", "last", "final", "closing")),
    (relative.ordinal_unit, ("#", ":ordinal", ":number", "last", "final")),
    (years.season, (":season",)),
    (years.century, ("#", ":ordinal", ":number")),
    (years.fiscal_year, ("fiscal", "fy")),
    (years.plan_period, ("#", ":ordinal", ":number")),
    (years.year_first, ("#",)),
    (years.year_part, ("#", ":ordinal", "q", "h", "fiscal", "last", "latter", "final")),
    (dates.day_month, ("#", ":ordinal")),
    (years.bare_decade, ("#", ":decade")),
    (years.short_year, ("'",)),
    (years.holiday, (":holiday",)),
)
#: What takes no article into its extent: "the 2020 budget" has the date "2020".
_NO_ARTICLE = frozenset({"short_year", "year_range", "short_part"})


def read_point(lex: Lexemes, i: int) -> Match | None:
    """The longest point in time at `i`, with its article and its year: "Nov. 18", "the third quarter of last year"."""
    if lex.words[i] == "the":
        return _with_article(lex, i)
    if lex.words[i] in lexicon().kinds["deictic_day"]:
        return deictic_day(lex, i)
    best = longest([pattern(lex, i) for pattern in _beginning(lex.words[i], _STATED)])
    if best is None:
        return None
    return _owned_by_year(lex, best) or relative.with_year(lex, best)


@lru_cache(maxsize=4096)
def _beginning(word: str, beginnings: Beginnings) -> tuple[Pattern, ...]:
    """The patterns that may begin with a word."""
    if word[:1].isdecimal():
        return tuple(pattern for pattern, starts in beginnings if "#" in starts)
    classes = {f":{kind}" for kind, words in lexicon().kinds.items() if word in words} | {word}
    classes |= {":holiday"} if word in lexicon().holidays else set()
    return tuple(pattern for pattern, starts in beginnings if not classes.isdisjoint(starts))


def deictic_day(lex: Lexemes, i: int) -> Match | None:
    """Such as "today", "yesterday", "tomorrow"."""
    step = lexicon().kinds["deictic_day"].get(lex.words[i])
    return None if step is None else Match(i + 1, Shift("D", int(step)), "deictic_day")


def the_day_beyond(lex: Lexemes, i: int) -> Match | None:
    """Such as "the day before yesterday", "the day after tomorrow", "day after tomorrow"."""
    at = i + 1 if lex.words[i] == "the" else i
    phrase = lex.words[at : at + 3]
    if phrase == ["day", "before", "yesterday"]:
        return Match(at + 3, Shift("D", -2), "deictic_day")
    return Match(at + 3, Shift("D", 2), "deictic_day") if phrase == ["day", "after", "tomorrow"] else None


def day_of_month(lex: Lexemes, i: int) -> Match | None:
    """Such as "on the 9th", "until the 15th": a day of the month of writing."""
    number = read_ordinal(lex, i + 1)
    if number is None or not lex.words[i + 1].isdecimal() or not 1 <= number.value <= 31:
        return None
    sure = lex.words[i - 1] in {"on", "until", "till", "by", "from", "since", "of"}
    ends = not lex.words[number.end].isalpha() or lex.tag(number.end)[:2] not in {"NN", "JJ", "CD", "VB"}
    return Match(number.end, Calendar(day=number.value), "day_of_month") if sure and ends else None


def longest(matches: list[Match | None]) -> Match | None:
    """The match that ends last; of equals the first."""
    best: Match | None = None
    for match in matches:
        if match is not None and (best is None or match.end > best.end):
            best = match
    return best


def the_year_number(lex: Lexemes, i: int) -> Match | None:
    """Such as "the year 2000", "the decade 1991-2000", "the turn of the century"."""
    at = i + 1 if lex.words[i] == "the" else i
    if lex.words[at : at + 4] == ["turn", "of", "the", "century"]:
        return Match(at + 4, Shift("TC", 0), "turn_of_century")
    if lex.words[at] not in {"year", "years", "decade", "period"}:
        return None
    found = years.year(lex, at + 1)
    return None if found is None or lex.words[at + 1] == "" else Match(found.end, found.node, "the_year_number")


def _owned_by_year(lex: Lexemes, match: Match) -> Match | None:
    """Such as "1989's third quarter", "2019's first nine months"."""
    if match.rule != "year" or not lex.possessive(match.end):
        return None
    part = relative.owned_part(lex, match.end + 2)
    return None if part is None else Match(part.end, Within(part.node, match.node), "owned_" + part.rule)


def _with_article(lex: Lexemes, i: int) -> Match | None:
    if lex.words[i + 1] in {"whole", "entirety"} and lex.words[i + 2] == "of":
        return read_point(lex, i + 3)  # "the whole of last year"
    if (months := dates.month_date(lex, i + 1)) and lex.words[months.end] == "period":
        return months._replace(end=months.end + 1)  # "the January-June period"
    beyond = the_day_beyond(lex, i) or relative.same_period(lex, i) or the_year_number(lex, i)
    decade = years.year(lex, i + 1) if lex.words[i + 1][:1].isdecimal() else None
    decade = decade if decade is not None and decade.rule == "decade" else None
    patterns = _beginning(lex.words[i + 1], _AFTER_ARTICLE)
    found = longest([beyond, decade, *(pattern(lex, i + 1) for pattern in patterns)])
    if found is None or found.rule in _NO_ARTICLE or (found.rule in {"quarter", "half"} and lex.joined(found.end - 2)):
        return None
    return relative.with_year(lex, found)


def modify(match: Match, mod: str, *, edge: bool = False) -> Match:
    """Put a `mod` on a match: "early" + "2022"."""
    return Match(match.end, Modified(match.node, mod, edge=edge), ("edge_" if edge else "part_") + match.rule)
