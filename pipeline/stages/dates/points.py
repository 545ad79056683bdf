"""Any point in time without a modifier: what "early", "the end of" or "3 p.m." can stand before."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pipeline.stages.dates import calendar_patterns as dates
from pipeline.stages.dates import relative_patterns as relative
from pipeline.stages.dates import year_patterns as years
from pipeline.stages.dates.expressions import Match, Modified, Shift, Within
from pipeline.stages.dates.lexicon import lexicon

if TYPE_CHECKING:
    from pipeline.stages.dates.lexemes import Lexemes

Pattern = Callable[["Lexemes", int], Match | None]

_STATED: tuple[Pattern, ...] = (
    dates.weekday_date,
    dates.month_date,
    years.year_first,
    dates.iso_date,
    years.year,
    dates.day_month,
    years.season,
    years.century,
    years.fiscal_year,
    years.plan_period,
    years.year_part,
    years.holiday,
)
_AFTER_ARTICLE: tuple[Pattern, ...] = (
    relative.which_phrase,
    relative.counted_part,
    relative.ordinal_unit,
    years.season,
    years.century,
    years.fiscal_year,
    years.plan_period,
    years.year_first,
    years.year_part,
    dates.day_month,
    years.bare_decade,
    years.short_year,
)
#: What takes no article into its extent: "the 2020 budget" has the date "2020".
_NO_ARTICLE = frozenset({"short_year", "year_range", "short_part"})


def read_point(lex: Lexemes, i: int) -> Match | None:
    """The longest point in time at `i`, with its article and its year: "Nov. 18", "the third quarter of last year"."""
    if lex.words[i] == "the":
        return _with_article(lex, i)
    if lex.words[i] in lexicon().kinds["deictic_day"]:
        return deictic_day(lex, i)
    found = [relative.which_phrase(lex, i), *(pattern(lex, i) for pattern in _STATED)]
    best = longest(found)
    if best is None:
        return None
    return _owned_by_year(lex, best) or relative.with_year(lex, best)


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
    decade = years.year(lex, i + 1)
    beyond = the_day_beyond(lex, i) or relative.same_period(lex, i) or the_year_number(lex, i)
    if decade is not None and decade.rule != "decade":
        decade = None
    feast = years.holiday(lex, i + 1)
    found = longest([beyond, decade, feast, *(pattern(lex, i + 1) for pattern in _AFTER_ARTICLE)])
    if found is None or found.rule in _NO_ARTICLE or (found.rule in {"quarter", "half"} and lex.joined(found.end - 2)):
        return None
    return relative.with_year(lex, found)


def modify(match: Match, mod: str, *, edge: bool = False) -> Match:
    """Put a `mod` on a match: "early" + "2022"."""
    return Match(match.end, Modified(match.node, mod, edge=edge), ("edge_" if edge else "part_") + match.rule)
