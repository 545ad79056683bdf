"""Patterns for parts and edges: "mid-2022", "late last year", "the end of June", "so far this year", "year-end"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.stages.dates import calendar_patterns as dates
from pipeline.stages.dates import year_patterns as years
from pipeline.stages.dates.clock_patterns import with_daypart
from pipeline.stages.dates.expressions import Calendar, Clock, Match, Modified, Part, Shift
from pipeline.stages.dates.lexicon import lexicon, words_of
from pipeline.stages.dates.numerals import read_approximator, read_year
from pipeline.stages.dates.points import modify, read_point

if TYPE_CHECKING:
    from pipeline.stages.dates.lexemes import Lexemes

_UNITS_WITH_END = {"year": "Y", "month": "M", "week": "W", "quarter": "Q", "decade": "DE", "century": "CE", "day": "D"}


def part_of_point(lex: Lexemes, i: int) -> Match | None:
    """Such as "early March", "mid-2022", "late last year", "the early 1990s", "mid-year", "early in the year"."""
    kinds = lexicon().kinds
    if lex.words[i] in kinds["midyear"]:
        return _unit_part(lex, i + 1, kinds["midyear"][lex.words[i]], "Y")
    mod = kinds["part"].get(lex.words[i])
    if mod is None:
        return None
    at = i + 2 if lex.joined(i + 1) else i + 1
    if lex.words[at] in {"to", "or"} and lex.joined(at - 1):
        return _part_to_part(lex, i, at)
    inner = _inside(lex, at)
    if inner is not None and inner.rule == "decade" and lex.words[i - 1] in words_of("owner"):
        return None
    if inner is not None:
        return _part_of_day(lex, inner, mod) or modify(inner, mod)
    code = _UNITS_WITH_END.get(lex.words[at])
    middle = mod == "MID" and lex.joined(i + 1) and code in {"Y", "M", "W", "Q"}
    return _unit_part(lex, at + 1, mod, code) if middle and code is not None else None


def _inside(lex: Lexemes, at: int) -> Match | None:
    """What "early" or "late" can stand before: a point in time, or "in the week" behind a preposition."""
    if lex.words[at] in {"in", "on"}:
        return read_point(lex, at + 1) or the_unit(lex, at + 1)
    return read_point(lex, at) or years.bare_decade(lex, at) or years.short_year(lex, at) or _bare_season(lex, at)


def comparative_part(lex: Lexemes, i: int) -> Match | None:
    """Such as "earlier this month", "later this year", "earlier in the year", "later in the day", "later Friday"."""
    at = i + 1
    if lex.words[at] in {"in", "on"}:
        inner = read_point(lex, at + 1) or the_unit(lex, at + 1)
        if inner is None or (isinstance(inner.node, Calendar) and inner.node.day):
            return None
    else:
        inner = read_point(lex, at)
    if inner is None:
        return None
    mod = "START" if lex.words[i] == "earlier" else "END"
    return Match(inner.end, Modified(inner.node, mod, until_now=True), lex.words[i] + "_" + inner.rule)


def edge_of_point(lex: Lexemes, i: int) -> Match | None:
    """Such as "the end of 2019", "beginning of this year", "the middle of September", "the start of next week"."""
    at = i + 1 if lex.words[i] == "the" else i
    at = at + 1 if lex.words[at] == "very" else at
    mod = lexicon().kinds["edge"].get(lex.words[at])
    if mod is None:
        return None
    if lex.words[at + 1] == "of":
        inner = read_point(lex, at + 2) or the_unit(lex, at + 2)
        return None if inner is None else modify(inner, mod, edge=mod != "MID")
    if lex.words[at] == "end" and lex.joined(at + 1) and not lex.glued(at):
        inner = dates.month_date(lex, at + 2) or years.year(lex, at + 2)
        return None if inner is None else modify(inner, mod, edge=True)
    if lex.words[at] == "end" and lex.capital(at + 1) and at == i:
        inner = dates.month_date(lex, at + 1)
        return None if inner is None else modify(inner, mod, edge=True)
    return None


def unit_end(lex: Lexemes, i: int) -> Match | None:
    """Such as "year-end", "year end", "the year's end", "month-end", "year-end 1989"."""
    at = i + 1 if lex.words[i] == "the" else i
    code = _UNITS_WITH_END.get(lex.words[at])
    if lex.words[at] in lexicon().kinds["midyear"]:
        return _unit_part(lex, at + 1, "END", "Y")
    if code not in {"Y", "M", "W", "Q"}:
        return None
    end = at + 1
    if lex.joined(end):
        end += 1
    elif lex.possessive(end):
        end += 2
    elif at == i and lex.words[i - 1] not in words_of("before_year_end"):
        return None
    return _unit_part(lex, end + 1, "END", code) if lex.words[end] == "end" else None


def so_far(lex: Lexemes, i: int) -> Match | None:
    """Such as "so far this year", "thus far in 2020"."""
    if lex.words[i + 1] != "far":
        return None
    at = i + 3 if lex.words[i + 2] == "in" else i + 2
    inner = read_point(lex, at)
    if inner is None or not isinstance(inner.node, Shift | Calendar):
        return None
    return Match(inner.end, Modified(inner.node, "", until_now=True), "so_far")


def about_point(lex: Lexemes, i: int) -> Match | None:
    """Such as "around **2010**", "about **May 1**": how exact it is stands outside, as a claim's modifier does."""
    words = read_approximator(lex, i)
    if words is None or words.mod != "APPROX":
        return None
    inner = read_point(lex, words.end)
    if inner is None or not isinstance(inner.node, Calendar) or inner.node.weekday:
        return None
    return Match(inner.end, Modified(inner.node, "APPROX"), "about_" + inner.rule, words.end)


def the_unit(lex: Lexemes, i: int) -> Match | None:
    """Such as "the year", "the month", "the same day": a definite unit, of the time spoken of."""
    at = i + 1 if lex.words[i] in {"the", "that"} else i
    code = _UNITS_WITH_END.get(lex.words[at])
    if code is None or at == i:
        return None
    return Match(at + 1, Shift(code, 0, reference=True), "the_unit")


def _unit_part(lex: Lexemes, end: int, mod: str, code: str) -> Match:
    year = read_year(lex, end)
    inner = Match(end + 1, Calendar(year), "year") if year else Match(end, Shift(code, 0), "unit")
    return modify(inner, mod, edge=mod == "END")


def _part_of_day(lex: Lexemes, day: Match, mod: str) -> Match | None:
    """Such as "late Saturday night", "early Sunday morning"."""
    timed = with_daypart(lex, day)
    return Match(timed.end, replace(timed.node, mod=mod), timed.rule) if isinstance(timed.node, Clock) else None


def _bare_season(lex: Lexemes, i: int) -> Match | None:
    code = lexicon().kinds["season"].get(lex.words[i])
    return None if code is None else Match(i + 1, Part(code), "season")


def _part_to_part(lex: Lexemes, i: int, at: int) -> Match | None:
    """Such as "mid-to-late 1980s": the later part."""
    second = at + 2 if lex.joined(at + 1) else at + 1
    mod = lexicon().kinds["part"].get(lex.words[second])
    inner = None if mod is None else read_point(lex, second + 1) or years.bare_decade(lex, second + 1)
    return None if inner is None or mod is None else modify(inner, mod)
