"""Patterns for dates that count from another day: "last year", "the first 10 months", "the same period last year".

One module, as they call each other: "last year's first 10 months" is a year that owns a part that may belong to a year.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.stages.dates import calendar_patterns
from pipeline.stages.dates import year_patterns as years
from pipeline.stages.dates.expressions import (
    Calendar,
    Clock,
    Duration,
    Holiday,
    Interval,
    Match,
    Nearby,
    Node,
    Part,
    Reference,
    Shift,
    Stretch,
    Within,
    Years,
)
from pipeline.stages.dates.lexicon import lexicon, words_of
from pipeline.stages.dates.numerals import VAGUE, read_amount, read_ordinal, read_year

if TYPE_CHECKING:
    from pipeline.stages.dates.lexemes import Lexemes

#: "the last minute" and "the next second" are manners of speaking.
_FINE_UNITS = frozenset({"S", "MIN"})
_STEPS = {
    "last": -1,
    "past": -1,
    "previous": -1,
    "this": 0,
    "same": 0,
    "next": 1,
    "coming": 1,
    "following": 1,
    "latest": -1,
}
_FROM_TEXT = frozenset({"previous", "following", "same"})
_OPEN_STRETCH = {
    "last": "past",
    "past": "past",
    "previous": "past",
    "next": "next",
    "coming": "next",
    "following": "next",
}
_SAME_NOUNS = {
    "period": "",
    "time": "",
    "quarter": "Q",
    "month": "M",
    "week": "W",
    "day": "D",
    "half": "HY",
    "season": "",
}


class Unit(NamedTuple):
    """A unit of time: the index behind it, its code and whether it is a plural."""

    end: int
    code: str
    plural: bool


def read_unit(lex: Lexemes, i: int) -> Unit | None:
    """Read "year", "months", "trading days", "fiscal years" at `i`."""
    kinds = lexicon().kinds
    at = i + 1 if lex.words[i] in words_of("before_unit") else i
    if lex.words[at] == "fiscal" and lex.words[at + 1] in {"year", "years"}:
        return Unit(at + 2, "FY", lex.words[at + 1] == "years")
    word = lex.words[at]
    if word in kinds["units"]:
        return Unit(at + 1, kinds["units"][word], True)
    return Unit(at + 1, kinds["unit"][word], False) if word in kinds["unit"] else None


def which_phrase(lex: Lexemes, i: int) -> Match | None:
    """An expression with last, this, next and their like: "last year", "past five years", "last night"."""
    which = lexicon().kinds["which"].get(lex.words[i])
    if which is None:
        return None
    at = i + 1
    if which == "this" and lex.words[at] in {"past", "coming"}:
        which, at = ("last" if lex.words[at] == "past" else "next"), at + 1
    if which == "that":
        return _that_unit(lex, at)
    for pattern in (_which_amount, _which_unit, _which_calendar, _which_daypart):
        match = pattern(lex, at, which)
        if match is not None:
            return _owned(lex, match)
    return None


def same_period(lex: Lexemes, i: int) -> Match | None:
    """The stretch spoken of, in another year: "the same period last year", "the corresponding quarter of 2019"."""
    at = i + 1 if lex.words[i] == "the" else i
    if lex.words[at] not in words_of("same") or lex.words[at + 1] not in _SAME_NOUNS:
        return None
    unit, end = _SAME_NOUNS[lex.words[at + 1]], at + 2
    year = read_year_phrase(lex, end + 1 if lex.words[end] in {"of", "in"} else end)
    if year is not None:
        return Match(year.end, Within(Shift(unit or "Y", 0, reference=True, same=True), year.node), "same_period")
    if lex.words[end - 1] in {"day", "week", "month", "quarter"} and lex.words[at] == "same":
        return Match(end, Shift(unit, 0, reference=True), "same_unit")
    return None


def year_earlier(lex: Lexemes, i: int) -> Match | None:
    """An adjective for the year before: "year-earlier", "the year-ago quarter", "year-earlier period"."""
    at = i + 1 if lex.words[i] == "the" else i
    at = at + 1 if lex.words[at] in words_of("same") else at
    unit = lexicon().kinds["unit"].get(lex.words[at])
    if (
        unit not in {"Y", "M", "W", "Q"}
        or not lex.joined(at + 1)
        or lex.words[at + 2] not in {"earlier", "ago", "before"}
    ):
        return None
    end = at + 3
    part = years.year_part(lex, end)
    if part is not None:
        return Match(part.end, Within(part.node, Shift(unit, -1, reference=True)), "year_earlier_part")
    if lex.words[end] in _SAME_NOUNS:
        end += 1
    elif at > i:
        return None
    return Match(end, Shift(unit, -1, reference=True, same=True), "year_earlier")


def counted_part(lex: Lexemes, i: int) -> Match | None:
    """The first or last few units of something: "first 10 months of this year", "final three months of 1989"."""
    first = lex.words[i] == "first" or lex.words[i] == "opening"
    if not first and lex.words[i] not in {"last", "final", "closing"}:
        return None
    amount = read_amount(lex, i + 1)
    if amount is None:
        return _first_half_year(lex, i)
    at = amount.end + 1 if lex.joined(amount.end) else amount.end
    unit = read_unit(lex, at)
    if unit is None or unit.code in _FINE_UNITS or not (unit.plural or lex.joined(amount.end)):
        return None
    end = unit.end + 1 if lex.joined(amount.end) and lex.words[unit.end] == "period" else unit.end
    of = read_of_phrase(lex, end)
    if of is not None and of.rule != "the_year":
        whole = Stretch("first" if first else "final", amount.value, unit.code, of.node)
        return Match(of.end, whole, "counted_part_of")
    if first:
        return _first_amount(lex, end if of is None else of.end, Duration(amount.value, unit.code))
    return Match(end, Stretch("past", amount.value, unit.code), "past_stretch") if lex.words[i] == "last" else None


def _first_amount(lex: Lexemes, end: int, amount: Duration) -> Match:
    """Of the year, unless what follows is no year: "the first six months of operation"."""
    if lex.words[end] in words_of("away_from_year"):
        return Match(end, amount, "first_amount")
    return Match(end, Stretch("first", amount.amount, amount.unit), "counted_part")


def ordinal_unit(lex: Lexemes, i: int) -> Match | None:
    """One unit of a longer stretch: "first week of October", "last day of 2020", "second month of the year"."""
    number = read_ordinal(lex, i)
    last = lex.words[i] in {"last", "final"}
    if number is None and not last:
        return None
    at = i + 1 if number is None else number.end
    weekday = lexicon().kinds["weekday"].get(lex.words[at])
    if weekday is not None:
        return _ordinal_weekday(lex, at + 1, weekday, -1 if number is None else number.value)
    unit = read_unit(lex, at)
    if unit is None or unit.plural or unit.code not in {"D", "W", "WE", "M", "Q", "Y"}:
        return None
    of = read_of_phrase(lex, unit.end)
    if of is None or lex.words[unit.end] != "of":
        return None
    count = -1 if number is None else number.value
    return Match(of.end, Within(Part(f"N{unit.code}", count), of.node), "ordinal_unit")


def _ordinal_weekday(lex: Lexemes, i: int, weekday: str, count: int) -> Match | None:
    """Such as "second Tuesday of November", "last Friday of the month", "first Sunday in May"."""
    if lex.words[i] not in {"of", "in"}:
        return None
    of = _longer_unit(lex, i + 1)
    if (
        of is None
        or not isinstance(of.node, Calendar | Nearby | Shift)
        or (isinstance(of.node, Shift) and of.node.unit != "M")
    ):
        return None
    return Match(of.end, Within(Part(f"N{weekday}", count), of.node), "ordinal_weekday")


def read_year_phrase(lex: Lexemes, i: int) -> Match | None:
    """The words that name a year behind a part of it: "last year", "2019", "the previous year", "a year earlier"."""
    number = read_year(lex, i)
    if number is not None:
        return Match(i + 1, Calendar(number), "year")
    fiscal = years.fiscal_year(lex, i)
    if fiscal is not None:
        return fiscal
    at = i + 1 if lex.words[i] == "the" else i
    if lex.words[i] in {"a", "one"} and lex.words[i + 1] == "year" and lex.words[i + 2] in {"earlier", "ago", "before"}:
        return Match(i + 3, Shift("Y", -1, reference=lex.words[i + 2] != "ago"), "year_earlier")
    if at > i and lex.words[at] == "year":
        return Match(at + 1, Shift("Y", 0), "the_year")
    match = which_phrase(lex, at) if lex.words[at] in lexicon().kinds["which"] else None
    return match if match is not None and isinstance(match.node, Shift) and match.node.unit in {"Y", "FY"} else None


def read_of_phrase(lex: Lexemes, i: int) -> Match | None:
    """What a part belongs to: "of this year", "of 2020", "of last month", "in 2019", or "this year" at once."""
    if lex.depth == _DEEPEST:
        return None
    lex.depth += 1
    found = _of_phrase(lex, i)
    lex.depth -= 1
    return found


def _of_phrase(lex: Lexemes, i: int) -> Match | None:
    if lex.words[i] == "of":
        return read_year_phrase(lex, i + 1) or _longer_unit(lex, i + 1)
    if lex.words[i] == "in":
        return read_year_phrase(lex, i + 1)
    bare_the = lex.words[i] == "the" and lex.words[i + 1] == "year"
    return read_year_phrase(lex, i) if lex.words[i] in _YEAR_FOLLOWS and not bare_the else None


def with_year(lex: Lexemes, match: Match) -> Match:
    """Join a yearless month, part, season or feast with the year behind it: "September last year"."""
    node = match.node
    if isinstance(node, Calendar) and node.weekday and not node.day:
        return _with_week(lex, match, node)
    if not _lacks_year(node):
        return match
    at = match.end
    if lex.words[at] == "," and lex.words[at + 1] in {"this", "last"}:
        at += 1
    if lex.words[at] == "in" and isinstance(node, Calendar) and read_year(lex, at + 1):
        return match
    year = read_of_phrase(lex, at)
    if year is not None and year.rule == "the_year" and isinstance(node, Calendar | Part):
        return Match(year.end, node, match.rule)
    return match if year is None else Match(year.end, Within(node, year.node), match.rule + "_of_year")


def _lacks_year(node: Node) -> bool:
    if isinstance(node, Calendar):
        return node.year is None and node.month is not None
    if isinstance(node, Interval):
        return node.first.year is None and node.last.year is None
    if isinstance(node, Nearby):
        return isinstance(node.what, Part)
    return (isinstance(node, Part) and node.of is None) or (isinstance(node, Holiday) and node.year is None)


def _with_week(lex: Lexemes, match: Match, node: Calendar) -> Match:
    at = match.end + 1 if lex.words[match.end] == "of" else match.end
    at = at + 1 if lex.words[at] == "the" and at > match.end else at
    if lex.words[at] in {"last", "this", "next", "previous", "following"} and lex.words[at + 1] == "week":
        week = which_phrase(lex, at)
        if week is not None:
            return Match(week.end, Within(node, week.node), "weekday_of_week")
    return match


_DEEPEST = 3
_YEAR_FOLLOWS = frozenset({"last", "this", "next", "the", "a", "one"})


def _which_amount(lex: Lexemes, i: int, which: str) -> Match | None:
    amount = read_amount(lex, i)
    if amount is None or which in {"this", "same", "latest"}:
        return None
    at = amount.end + 1 if lex.joined(amount.end) else amount.end
    half = lex.words[at : at + 3] == ["and", "a", "half"]
    at = at + 3 if half else at
    unit = read_unit(lex, at)
    if unit is None:
        return None
    value = f"{amount.value}.5" if half and amount.value != VAGUE else amount.value
    if lex.words[unit.end] in {"old", "ago"} or lex.words[unit.end + 1] == "old":
        return None
    return Match(unit.end, Stretch(_OPEN_STRETCH[which], value, unit.code), f"{which}_amount")


def _which_unit(lex: Lexemes, i: int, which: str) -> Match | None:
    unit = read_unit(lex, i)
    if unit is None or unit.code in _FINE_UNITS:
        return None
    if unit.plural:
        return _which_units(lex, i, which, unit.end)
    if _runs(lex, i, which, unit):
        return Match(unit.end, Stretch(_OPEN_STRETCH[which], "1", unit.code), f"{which}_stretch")
    if which == "latest":
        return Match(unit.end, Shift(unit.code, -1, latest=True), "latest_unit")
    if unit.code == "HR":
        return None
    reference = which in _FROM_TEXT or (unit.code == "D" and which == "next")
    reference = reference or (which == "next" and lex.words[i - 2] == "the" and unit.code in {"W", "M", "Y"})
    return Match(unit.end, Shift(unit.code, _STEPS[which], reference=reference), f"{which}_unit")


def _that_unit(lex: Lexemes, i: int) -> Match | None:
    """The unit told of last: "It opened in 2019. **That year** …"; no "said that year-on-year growth slowed"."""
    unit = read_unit(lex, i)
    if unit is None or unit.plural or unit.code not in {"Y", "M", "W", "D"} or lex.joined(unit.end):
        return None
    pointing = lex.tag(i - 1) == "DT"
    return Match(unit.end, Shift(unit.code, 0, reference=True, told=True), "that_unit") if pointing else None


def _which_units(lex: Lexemes, i: int, which: str, end: int) -> Match | None:
    """Such as "coming years", "the past weeks", "previous months"."""
    if which == "coming":
        return Match(end, Reference("FUTURE_REF"), "coming_units")
    past = which in {"previous", "past"}
    return Match(end, Reference("PAST_REF"), f"{which}_units") if past else None


def _runs(lex: Lexemes, i: int, which: str, unit: Unit) -> bool:
    """Whether "past year", "the last decade", "over the next year" mean a stretch that runs from or to the day."""
    the = lex.words[i - 2] == "the"
    if which == "past" or (unit.code in {"DE", "HR"} and which in {"last", "next", "coming"}):
        return True
    over = lex.words[i - 3] in {"over", "within", "during", "for"} and the
    return over and which in {"last", "next", "coming"}


def _which_calendar(lex: Lexemes, i: int, which: str) -> Match | None:
    if which not in {"last", "this", "next", "past", "coming", "previous", "following"}:
        return None
    nearby = {"past": "last", "previous": "last", "coming": "next", "following": "next"}.get(which, which)
    told = which in {"previous", "following"}
    kinds = lexicon().kinds
    word = lex.words[i]
    feast = years.holiday(lex, i)
    if feast is not None:
        return Match(feast.end, Nearby(nearby, feast.node, told), "nearby_holiday")
    if word in kinds["season"]:
        return Match(
            i + 2 if lex.words[i + 1] == "season" else i + 1,
            Nearby(nearby, Part(kinds["season"][word]), told),
            "nearby_season",
        )
    if not lex.capital(i):
        return None
    found = calendar_patterns.month_date(lex, i) or calendar_patterns.weekday_date(lex, i)
    if found is None or (isinstance(found.node, Calendar) and found.node.year):
        return None
    return Match(found.end, Nearby(nearby, found.node, told), f"nearby_{found.rule}")


def _which_daypart(lex: Lexemes, i: int, which: str) -> Match | None:
    early = lex.words[i] in {"early", "late"}
    at = i + 1 if early else i
    value = lexicon().kinds["daypart"].get(lex.words[at])
    if value is None or which not in _STEPS or lex.words[at] == "overnight":
        return None
    step = 0 if which in {"this", "same"} else _STEPS[which]
    mod = {"early": "START", "late": "END"}[lex.words[i]] if early else None
    day = Shift("D", step, reference=which in _FROM_TEXT or which == "next")
    return Match(at + 1, Clock(value if value[0] == "T" else f"T{value}", day, mod), f"{which}_daypart")


def _owned(lex: Lexemes, match: Match) -> Match:
    """Let a year own the part that follows it: "last year's third quarter", "this year's Spring Festival"."""
    year = match.node
    if not (lex.possessive(match.end) and isinstance(year, Shift) and year.unit in {"Y", "FY", "M", "W"}):
        return match
    at = match.end + 2 if lex.words[match.end + 1] == "s" else match.end + 1
    found = owned_part(lex, at)
    return match if found is None else Match(found.end, Within(found.node, year), "owned_" + found.rule)


def owned_part(lex: Lexemes, i: int) -> Match | None:
    """The part of a year that a possessive owns: "third quarter", "first 10 months", "Spring Festival", "summer"."""
    found = years.year_part(lex, i) or counted_part(lex, i) or years.holiday(lex, i)
    if found is not None:
        return found
    code = lexicon().kinds["season"].get(lex.words[i])
    if code is not None:
        return Match(i + 1, Part(code), "season")
    month = calendar_patterns.month_date(lex, i)
    return month if month is not None and isinstance(month.node, Calendar) and not month.node.year else None


def _first_half_year(lex: Lexemes, i: int) -> Match | None:
    """Such as "first half-year", "first half year": a half."""
    if lex.words[i] in {"first"} and lex.words[i + 1] == "half" and lex.words[i + 2 + lex.joined(i + 2)] == "year":
        return Match(i + 3 + lex.joined(i + 2), Part("HY", 1), "half")
    return None


def _longer_unit(lex: Lexemes, i: int) -> Match | None:
    month = calendar_patterns.month_date(lex, i)
    if month is not None and isinstance(month.node, Calendar) and not month.node.day:
        return month
    at = i + 1 if lex.words[i] == "the" else i
    for pattern in (which_phrase, years.year_part, years.century, years.year):
        found = pattern(lex, at)
        if found is not None and isinstance(found.node, Shift | Part | Years):
            return with_year(lex, found)
    unit = lexicon().kinds["unit"].get(lex.words[at])
    if at > i and unit in {"W", "M", "Q", "DE", "CE"}:
        return Match(at + 1, Shift(unit, 0, reference=True), "the_unit")
    return None
