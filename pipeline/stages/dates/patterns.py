"""The grammar: which patterns may begin at which word, and the one pass over a block that tries them.

The patterns themselves stand by kind in the `*_patterns` modules beside this one, each with its example.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from pipeline.stages.dates import clock_patterns as clocks
from pipeline.stages.dates import duration_patterns as durations
from pipeline.stages.dates import modified_patterns as modified
from pipeline.stages.dates import points
from pipeline.stages.dates import relative_patterns as relative
from pipeline.stages.dates import set_patterns as sets
from pipeline.stages.dates import year_patterns as years
from pipeline.stages.dates.expressions import Clock, Found, Match, Part, Reference, Shift, Stretch, Within
from pipeline.stages.dates.lexicon import lexicon, words_of

if TYPE_CHECKING:
    from pipeline.stages.dates.lexemes import Lexemes

Pattern = Callable[["Lexemes", int], Match | None]

_QUARTER_ENDS = frozenset({(3, 31), (6, 30), (9, 30), (12, 31)})


def reference_word(lex: Lexemes, i: int) -> Match | None:
    """Such as "recently", "currently", "now", "soon"."""
    value = lexicon().kinds["reference"].get(lex.words[i])
    if value is None or lex.words[i - 1] in {"as", "so", "too"}:
        return None
    if (lex.words[i] in {"now", "previously"} and lex.joined(i + 1)) or (lex.hyphen(i - 1) and lex.glued(i)):
        return None
    return Match(i + 1, Reference(value), "reference")


def recent(lex: Lexemes, i: int) -> Match | None:
    """Such as "recent", "recent years", "the recent weeks"."""
    unit = relative.read_unit(lex, i + 1)
    if unit is not None and unit.plural:
        return Match(unit.end, Reference("PAST_REF"), "recent_units")
    if unit is not None and lex.words[i - 1] == "most" and unit.code in {"W", "M", "Q", "Y"}:
        return Match(unit.end, Shift(unit.code, -1, latest=True), "recent_unit")
    return Match(i + 1, Reference("PAST_REF"), "recent") if not lex.hyphen(i + 1) else None


def current(lex: Lexemes, i: int) -> Match | None:
    """Such as "current" as an adjective: "the current rules"; not "current account"."""
    if lex.words[i + 1] in {"account", "accounts", "affairs", "events"} or (lex.capital(i + 1) and lex.capital(i)):
        return None
    return Match(i + 1, Reference("PRESENT_REF"), "current")


def nearly_every(lex: Lexemes, i: int) -> Match | None:
    """Such as "almost every year", "nearly every day"."""
    return sets.every(lex, i + 1) if lex.words[i + 1] == "every" else None


def phrase(lex: Lexemes, i: int) -> Match | None:
    """A fixed phrase: "at present", "the near future", "these days"."""
    for words, value in lexicon().phrases.get(lex.words[i], ()):
        end = i + len(words)
        if tuple(lex.words[i:end]) == words and _phrase_ends(lex, end):
            return Match(end, Reference(value), "phrase")
    return None


def definite_unit(lex: Lexemes, i: int) -> Match | None:
    """Such as "in the quarter", "for the year", "that week", "the weekend": the unit that the text is about."""
    at = i + 1
    if lex.words[at] == "weekend":
        return Match(at + 1, Shift("WE", 0), "weekend") if not lex.hyphen(at + 1) else None
    fiscal = lex.words[at : at + 2] == ["fiscal", "year"]
    at = at + 1 if fiscal else at
    code = "FY" if fiscal else _DEFINITE_UNITS.get(lex.words[at])
    ended = None if code is None else _unit_ended(lex, at + 1, code)
    if ended is not None or code is None or not _points_at_unit(lex, i, at, code):
        return ended
    if fiscal:
        return Match(at + 1, Shift("FY", 0), "definite_fiscal_year")
    if lex.words[at + 1] in words_of("goes_on") or (lex.tag(at + 1)[:2] == "NN" and lex.words[at + 1].isalpha()):
        return None
    return Match(at + 1, Shift(code, 0, reference=True), "definite_unit")


_DEFINITE_UNITS = {"year": "Y", "month": "M", "week": "W", "quarter": "Q", "day": "D"}


def _points_at_unit(lex: Lexemes, i: int, at: int, code: str) -> bool:
    """Whether "the month" or "that year" is a time of its own, by the word before it and the sign behind it."""
    before = lex.words[i - 1]
    pointed = lex.words[i] == "that" and lex.tag(i) == "DT"
    if lex.hyphen(at + 1) or lex.possessive(at + 1) or not (pointed or before in words_of("before_definite_unit")):
        return False
    return lex.words[i] != "the" or code not in {"D", "W", "M"} or before not in {"of", "by", "from", "on", "over"}


def _unit_ended(lex: Lexemes, i: int, code: str) -> Match | None:
    """Such as "the quarter ended Sept. 30", "the week ended Saturday", "the year ending March 31"."""
    until = durations.period_end(lex, i)
    if until is None:
        return None
    if code in {"W", "FY"} or (code == "Q" and (until.month, until.day) in _QUARTER_ENDS):
        return Match(i, Within(Part(f"N{code}", -1), until), "unit_ended_on")
    return None if until.month is None else Match(i, Stretch("final", "1", code, until), "unit_ended")


def that_daypart(lex: Lexemes, i: int) -> Match | None:
    """Such as "that night", "that morning": a part of the day spoken of."""
    value = lexicon().kinds["daypart"].get(lex.words[i + 1])
    if value is None or lex.tag(i) != "DT":
        return None
    return Match(i + 2, Clock(value if value[0] == "T" else f"T{value}", Shift("D", 0, reference=True)), "that_daypart")


def day_before(lex: Lexemes, i: int) -> Match | None:
    """Such as "a day earlier", "the day before", "the week after": a step from the time spoken of."""
    code = {"year": "Y", "month": "M", "week": "W", "quarter": "Q", "day": "D", "night": "D"}.get(lex.words[i + 1])
    word, behind = lex.words[i + 2], lex.words[i + 3]
    if (
        code is None
        or word not in {"before", "earlier", "after"}
        or behind not in {"", ".", ",", ";", ")", "and", "but", "in"}
    ):
        return None
    return Match(i + 3, Shift(code, 1 if word == "after" else -1, reference=True), "unit_before")


def season_alone(lex: Lexemes, i: int) -> Match | None:
    """Such as "the winter", "in spring", "summer" after a preposition."""
    at = i + 1 if lex.words[i] == "the" else i
    code = lexicon().kinds["season"].get(lex.words[at])
    if code is None or lex.words[i - 1] not in {
        "in",
        "during",
        "by",
        "until",
        "since",
        "for",
        "of",
        "over",
        "through",
        "before",
        "after",
    }:
        return None
    if (lex.words[at] == "fall" and at == i) or lex.hyphen(at + 1) or lex.capital(at + 1):
        return None
    end = at + 2 if lex.words[at + 1] in {"season", "months"} else at + 1
    if end == at + 1 and lex.tag(end)[:2] == "NN" and lex.words[end].isalpha():
        return None
    return Match(end, Part(code, generic=at == i), "season_alone")


def article_part(lex: Lexemes, i: int) -> Match | None:
    """Such as "the early 1990s", "the late 19th century", "the recent weeks"."""
    if lex.words[i + 1] in lexicon().kinds["part"]:
        return modified.part_of_point(lex, i + 1)
    if lex.words[i + 1] in lexicon().kinds["recent"]:
        found = recent(lex, i + 1)
        return found if found is not None and found.rule == "recent_units" else None
    return None


def day_with_part(lex: Lexemes, i: int) -> Match | None:
    """A day with or without the part behind it: "Tuesday morning", "yesterday"."""
    found = points.the_day_beyond(lex, i) or points.read_point(lex, i)
    return None if found is None else clocks.with_daypart(lex, found)


@cache
def table() -> Mapping[str, tuple[Pattern, ...]]:
    """Word → the patterns that may begin with it; ``#`` stands for any figure."""
    kinds = lexicon().kinds
    found: dict[str, list[Pattern]] = {}
    for patterns, words in _BEGINNINGS:
        names = [w for kind in words for w in (kinds[kind[1:]] if kind[0] == ":" else (kind,))]
        for word in names:
            found.setdefault(word, []).extend(patterns)
    for first in lexicon().phrases:
        found.setdefault(first, []).insert(0, phrase)
    for first in lexicon().holidays:
        found.setdefault(first, []).append(points.read_point)
    for first in lexicon().approximators:
        found.setdefault(first, []).extend((durations.approximate, modified.about_point))
    return {word: tuple(dict.fromkeys(patterns)) for word, patterns in found.items()}


def find_expressions(lex: Lexemes) -> Iterator[Found]:
    """Every expression of a block in text order, none overlapping; at each place the longest wins."""
    starts = table()
    figures = starts["#"]
    i, size = 0, lex.size
    while i < size:
        word = lex.words[i]
        patterns = starts.get(word)
        if patterns is None:
            if not word[0].isdecimal():
                i += 1
                continue
            patterns = figures
        best = points.longest([pattern(lex, i) for pattern in patterns])
        if best is None:
            i += 1
            continue
        yield Found(i if best.begins is None else best.begins, best.end, best.node, best.rule)
        i = best.end


def _phrase_ends(lex: Lexemes, i: int) -> bool:
    """Whether a phrase such as "the past" or "the future" ends here, and is not "the past tense", "the future king"."""
    if lex.words[i - 1] not in {"past", "future", "present"}:
        return True
    tag = lex.tag(i)
    return lex.tag(i - 1)[:1] != "J" or not (tag[:2] in {"NN", "JJ", "CD"} and lex.words[i].isalnum())


_NUMBERS: tuple[Pattern, ...] = (durations.amount_of_time, sets.times_a_unit)
_BEGINNINGS: tuple[tuple[tuple[Pattern, ...], tuple[str, ...]], ...] = (
    ((day_with_part, clocks.clock), ("#",)),
    (_NUMBERS, ("#", ":number", ":vague", "a", "an")),
    ((durations.half_unit,), ("half", "quarter")),
    ((day_with_part, sets.plural_days), (":month", ":weekday", ":weekday_short", ":weekdays")),
    ((points.read_point, season_alone), (":season",)),
    (
        (points.read_point, day_with_part, relative.counted_part, relative.ordinal_unit),
        (":ordinal", "opening", "final", "last"),
    ),
    ((day_with_part,), (":which", ":deictic_day")),
    ((points.read_point,), ("q", "h", "fy", "fiscal")),
    ((years.short_year,), ("'",)),
    ((relative.same_period,), ("same", "corresponding", "comparable")),
    ((modified.part_of_point, clocks.daypart), (":part",)),
    ((modified.part_of_point, modified.unit_end), (":midyear",)),
    ((modified.edge_of_point,), (":edge",)),
    ((modified.comparative_part,), ("earlier", "later")),
    ((modified.so_far,), ("so", "thus")),
    ((durations.bare_units,), (":units",)),
    ((durations.unit_long, modified.unit_end, relative.year_earlier, points.the_year_number), (":unit",)),
    ((durations.unit_long,), (":long",)),
    ((durations.whole_unit,), ("all", "full", "entire", "whole")),
    ((clocks.daypart,), (":daypart",)),
    ((clocks.tonight,), ("tonight",)),
    ((sets.every,), ("every", "each")),
    ((nearly_every,), ("almost", "nearly")),
    ((sets.times_a_unit,), ("once", "twice", "thrice")),
    ((sets.set_word,), (":set",)),
    ((reference_word,), (":reference",)),
    ((recent,), (":recent",)),
    ((current,), ("current",)),
    ((points.the_day_beyond,), ("day",)),
    ((definite_unit, that_daypart), ("that",)),
    ((points.day_of_month,), ("the",)),
    ((day_before, durations.the_amount), ("the", "these", "those")),
    (
        (
            day_with_part,
            relative.year_earlier,
            article_part,
            modified.edge_of_point,
            modified.unit_end,
            durations.whole_unit,
            definite_unit,
            clocks.daypart,
            season_alone,
        ),
        ("the",),
    ),
)
