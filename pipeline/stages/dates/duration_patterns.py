"""Patterns for amounts of time and what they lead to: "six years", "two years ago", "a five-day visit"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.stages.dates.calendar_patterns import month_date, weekday_date
from pipeline.stages.dates.expressions import Calendar, Duration, Match, Reference, Repeated, Shift, Stretch
from pipeline.stages.dates.lexicon import lexicon, words_of
from pipeline.stages.dates.normalise import set_value
from pipeline.stages.dates.numerals import VAGUE, read_amount, read_approximator
from pipeline.stages.dates.relative_patterns import Unit, read_unit

if TYPE_CHECKING:
    from pipeline.stages.dates.lexemes import Lexemes

_HALVES = {
    "Y": ("6", "M"),
    "DE": ("5", "Y"),
    "CE": ("50", "Y"),
    "HR": ("30", "MIN"),
    "D": ("12", "HR"),
    "M": ("0.5", "M"),
}
_QUARTERS = {"century": ("25", "Y"), "hour": ("15", "MIN")}
_ENDS = frozenset({"", ".", ",", ";", ":", ")", '"', "and", "but", "or", "-"})
#: "For the nine months" in a report of results: the months of the business year so far.
_PART_YEARS = frozenset({"3", "6", "9", "12"})
_UP_TO = frozenset({"to", "-", "or", "and", "\u2013"})


def amount_of_time(lex: Lexemes, i: int) -> Match | None:
    """A counted stretch and what follows: "six years", "two years ago", "10-day", "three months later"."""
    amount = read_amount(lex, i)
    if amount is None:
        return half_unit(lex, i + 1) if lex.words[i + 1] in {"half", "quarter"} else _article_unit(lex, i)
    value, at = _with_half(lex, amount.end, amount.value)
    while lex.words[at] in words_of("between_amount_and_unit"):
        at += 1
    hyphen = lex.joined(at)
    unit = read_unit(lex, at + 1 if hyphen else at)
    if unit is None:
        return _first_of_two(lex, i, amount.end, value)
    if (
        _counts_days(lex, i, unit)
        or _no_time(lex, i, unit.end, unit.code)
        or _no_amount(lex, i, unit, value, hyphen=hyphen)
    ):
        return None
    end, value = _trailing_half(lex, unit.end, value)
    end = end + 2 if hyphen and lex.joined(end) and lex.words[end + 1] == "long" else end
    return _turned(lex, end, value, unit.code) or Match(end, Duration(value, unit.code), "duration")


def _counts_days(lex: Lexemes, i: int, unit: Unit) -> bool:
    """Whether days are counted that lie apart: "frost fell **on** 11 days", "on more than 20 days"."""
    if unit.code != "D" or not unit.plural:
        return False
    before = next(
        (at for at in range(i, max(i - 4, 0), -1) if (read := read_approximator(lex, at)) and read.end == i), i
    )
    return lex.words[before - 1] == "on"


def _no_amount(lex: Lexemes, i: int, unit: Unit, value: str, *, hyphen: bool) -> bool:
    """Whether number and unit don't belong together: "three quarters of them", "at 20 year-end", "one day he left"."""
    if unit.code == "Q" and (lex.words[unit.end] == "of" or hyphen):
        return True
    if unit.plural or hyphen:
        return False
    if value not in {"1", "0.5"}:
        return lex.words[unit.end] not in {"period", "term", "stretch"}
    return lex.words[i] == "one" and not _is_duration_one(lex, i, unit.end)


def half_unit(lex: Lexemes, i: int) -> Match | None:
    """Half of a unit: "half a year", "half-century", "half an hour", "a half-year"."""
    if lex.words[i] == "quarter":
        return _quarter_century(lex, i)
    if lex.words[i] != "half":
        return None
    at = i + 2 if lex.words[i + 1] in {"a", "an"} or lex.joined(i + 1) else i + 1
    code = lexicon().kinds["unit"].get(lex.words[at])
    if code not in _HALVES or (at == i + 1 and code not in {"CE", "DE"}):
        return None
    amount, unit = _HALVES[code]
    return _turned(lex, at + 1, amount, unit) or Match(at + 1, Duration(amount, unit), "half_unit")


def _quarter_century(lex: Lexemes, i: int) -> Match | None:
    """Such as "a quarter of a century", "quarter-century ago", "a quarter of an hour"."""
    of_one = lex.words[i + 1] == "of" and lex.words[i + 2] in {"a", "an"}
    at = i + 3 if of_one else i + 1 + lex.joined(i + 1)
    if lex.words[at] not in _QUARTERS:
        return None
    amount, unit = _QUARTERS[lex.words[at]]
    return _turned(lex, at + 1, amount, unit) or Match(at + 1, Duration(amount, unit), "half_unit")


_SHARES = frozenset(
    {"percent", "cent", "%", "percentage", "proportion", "share", "ratio", "number", "majority", "most"}
)


def bare_units(lex: Lexemes, i: int) -> Match | None:
    """An uncounted plural: "for years", "decades ago", "hours later", "decades-long"."""
    code = lexicon().kinds["units"].get(lex.words[i])
    if code is None:
        return None
    turned = _bare_turned(lex, i)
    if turned is not None:
        return turned
    if lex.joined(i + 1) and lex.words[i + 2] == "long":
        return Match(i + 3, Duration(VAGUE, code), "units_long")
    counted = lex.words[i - 1] == "of" and lex.words[i - 2] in _SHARES  # "80 percent **of days**"
    if code != "Q" and not counted and lex.words[i - 1] in words_of("before_bare_units") and lex.words[i + 1] != "old":
        return Match(i + 1, Duration(VAGUE, code), "bare_units")
    return None


def _bare_turned(lex: Lexemes, i: int) -> Match | None:
    """Such as "years ago", "months before.", "decades later", "the months ahead", "for years to come"."""
    word, behind = lex.words[i + 1], lex.words[i + 2]
    if word == "ago" or (word in {"earlier", "before"} and behind in _ENDS):
        return Match(i + 2, Reference("PAST_REF"), "units_ago")
    if word == "later":
        return Match(i + 2, Reference("FUTURE_REF"), "units_later")
    if (word, behind) in {("to", "come"), ("ahead", "."), ("ahead", ",")}:
        return Match(i + 1, Reference("FUTURE_REF"), "units_ahead")
    return None


def unit_long(lex: Lexemes, i: int) -> Match | None:
    """A unit as an adjective of length: "yearlong", "month-long", "a week-long festival", "year-round"."""
    kinds = lexicon().kinds
    if lex.words[i] in kinds["long"]:
        value = kinds["long"][lex.words[i]]
        return Match(i + 1, Duration(value[1:-1], value[-1]), "unit_long")
    code = kinds["unit"].get(lex.words[i])
    if code is not None and lex.joined(i + 1) and lex.words[i + 2] == "long":
        return Match(i + 3, Duration("1", code), "unit_long")
    return None


def whole_unit(lex: Lexemes, i: int) -> Match | None:
    """All of a unit: "all year", "the whole year", "the entire month", "full-year"."""
    at = i + 1 if lex.words[i] == "the" else i
    code = lexicon().kinds["unit"].get(lex.words[at + 1])
    if code not in {"D", "W", "M", "Q", "Y"} or lex.words[at] not in {"whole", "entire", "full", "all"}:
        return _full_year(lex, at)
    if (lex.words[at] == "all") == (at > i) or (lex.words[at] == "full" and at == i):
        return None
    if lex.words[at] == "all" and code == "D" and lex.words[at + 2] in {"-", "and"}:
        return None
    if code in {"Y", "M", "Q", "W"} and lex.words[at] != "all":
        return Match(at + 2, Shift(code, 0), "whole_unit")
    return Match(at + 2, Duration("1", code), "whole_unit")


#: What makes of "more than a year" a comparison: "12 percent more than a year **ago**".
_COMPARED = frozenset({"ago", "earlier", "before"})


def approximate(lex: Lexemes, i: int) -> Match | None:
    """An amount with a word like "about" before it: "nearly **a decade**", "more than **20 years ago**".

    The word is no part of the expression, only its `mod`, as a modifier is none of a claim's text.
    """
    words = read_approximator(lex, i)
    if words is None or _compares(lex, i, words.end):
        return None
    found = amount_of_time(lex, words.end) or half_unit(lex, words.end) or _vague_article(lex, words.end)
    if found is None:
        return None
    node = found.node
    if isinstance(node, Duration):
        return Match(found.end, Duration(node.amount, node.unit, words.mod), found.rule, words.end)
    if isinstance(node, Shift):
        shifted = Shift(node.unit, node.count, node.reference, node.same, words.mod)
        return Match(found.end, shifted, found.rule, words.end)
    return found._replace(begins=words.end) if isinstance(node, Reference) else None


def _compares(lex: Lexemes, i: int, end: int) -> bool:
    """Whether "more than" compares a figure: "38 percent **fewer than** a year earlier", not "over a year ago"."""
    numbers = lexicon().kinds["number"]
    if lex.words[end - 1] != "than" or lex.words[end + 2] not in _COMPARED:
        return False
    if lex.words[end] not in {"a", "an"}:  # "20 minutes **less than** two years ago", "opened more than two years ago"
        counted = any(w[:1].isdecimal() or w in numbers for w in lex.words[max(0, i - 3) : i])
        return counted and (lex.tag(i - 1)[:2] in {"NN", "CD"} or lex.words[i - 1] == "%")
    return lex.words[i] == "fewer" or any(w[:1].isdecimal() or w in numbers for w in lex.words[max(0, i - 4) : i])


def the_amount(lex: Lexemes, i: int) -> Match | None:
    """A definite amount: "the nine months", "the two years", "the 12-month period"."""
    if lex.words[i] not in {"the", "these", "those"}:
        return None
    found = amount_of_time(lex, i + 1)
    if found is None or not isinstance(found.node, Duration) or lex.words[i + 1] in {"a", "an"}:
        return None
    if lex.hyphen(found.end - 2) and lex.words[found.end] != "period":
        return None
    end = found.end + 1 if lex.words[found.end] == "period" else found.end
    until = period_end(lex, end)
    if until is not None:
        return Match(end, Stretch("final", found.node.amount, found.node.unit, until), "months_ended")
    if (
        found.node.unit == "M"
        and found.node.amount in _PART_YEARS
        and lex.words[end] in _ENDS | {"ended", "through", "to"}
    ):
        return Match(end, Stretch("running", found.node.amount, "M"), "running_months")
    return Match(end, found.node, "definite_duration")


def period_end(lex: Lexemes, i: int) -> Calendar | None:
    """The day that "ended Sept. 30", "ending March 31, 1990" or "ended Saturday" names behind a stretch."""
    i = i + 1 if lex.words[i] in {"that", "which"} and lex.words[i + 1] == "ended" else i
    if lex.words[i] not in {"ended", "ending", "through", "to"}:
        return None
    found = weekday_date(lex, i + 1) or month_date(lex, i + 1)
    return found.node if found is not None and isinstance(found.node, Calendar) else None


def _article_unit(lex: Lexemes, i: int) -> Match | None:
    """Such as "a year ago", "a decade", "a day or two": an article for one; "$3 million a year" is a set."""
    unit = read_unit(lex, i + 1) if lex.words[i] in {"a", "an"} else None
    if unit is None or unit.plural:
        return None
    either = lex.words[unit.end : unit.end + 2] == ["or", "two"]
    end, value = (unit.end + 2, VAGUE) if either else _trailing_half(lex, unit.end, "1")
    turned = _turned(lex, end, value, unit.code)
    if turned is not None or unit.code == "Q" or lex.hyphen(unit.end):
        return turned
    if value != "1":
        return Match(end, Duration(value, unit.code), "duration")
    return _article_alone(lex, i, unit.end, unit.code)


def _is_share(lex: Lexemes, i: int, end: int) -> bool:
    """Whether "by roughly a quarter" is a part of something; "lasted nearly a quarter" is three months."""
    if lex.words[end] == "of":
        return True
    at = i - 1
    while at > 0 and i - at < 5 and lex.words[at] in words_of("between_change_and_share"):
        at -= 1
    accounted = lex.words[at] == "for" and lex.words[at - 1] in words_of("takes_share")
    return accounted or lex.words[at] not in words_of("before_lasting_quarter")


def _article_alone(lex: Lexemes, i: int, end: int, code: str) -> Match | None:
    before = lex.words[i - 1]
    if code not in {"S", "WE"} and _is_taken(lex, i):
        return Match(end, Duration("1", code), "article_duration")
    if code == "S" or (code == "WE" and before != "over"):
        return None
    if (
        before in words_of("before_duration")
        or before in {",", "or"}
        or lex.words[end] in {"after", "before"}
        or (code in {"DE", "CE"} and lex.words[end] != "of")
    ):
        return Match(end, Duration("1", code), "article_duration")
    if code in {"HR", "MIN"} and before not in lexicon().kinds["vague"]:
        return Match(end, Repeated(set_value(code)), "rate") if _is_rate(lex, i) else None
    return Match(end, Repeated(set_value(code)), "rate") if _is_rate(lex, i) else None


def _is_taken(lex: Lexemes, i: int) -> bool:
    """Whether somebody needs or waits so long: "**takes** others a year", not "takes 40 minutes a day"."""
    at = next((at for at in (i - 2, i - 3) if lex.words[at] in words_of("before_lasting_article")), None)
    between = lex.words[at + 1 : i] if at is not None else ["0"]
    return not any(word[:1].isdecimal() or word in lexicon().kinds["number"] for word in between)


def _is_rate(lex: Lexemes, i: int) -> bool:
    """Whether a quantity stands before "a year": "2 million barrels a day", "once a week", "$5 a share a year"."""
    before = lex.words[i - 1]
    if (
        before in {"times", "once", "twice", "share", "percent", "%", "yuan", "tons", "tonnes"}
        or before[:1].isdecimal()
    ):
        return True
    return any(w[:1].isdecimal() or w in lexicon().kinds["number"] for w in lex.words[max(0, i - 4) : i])


def _vague_article(lex: Lexemes, i: int) -> Match | None:
    return None if lex.words[i] not in {"a", "an"} else _any_article(lex, i)


def _any_article(lex: Lexemes, i: int) -> Match | None:
    unit = read_unit(lex, i + 1)
    if unit is None or unit.plural or unit.code == "S" or (unit.code == "Q" and _is_share(lex, i, unit.end)):
        return None
    return Match(unit.end, Duration("1", unit.code), "article_duration")


def _with_half(lex: Lexemes, i: int, value: str) -> tuple[str, int]:
    """Such as "two and a half years", "two-and-a-half-year"."""
    words = [w for w in lex.words[i : i + 6] if w != "-"]
    if words[:3] != ["and", "a", "half"] or value == VAGUE:
        return value, i
    at = i
    while lex.words[at] in {"-", "and", "a"}:
        at += 1
    return f"{value}.5", at + 1


def _trailing_half(lex: Lexemes, i: int, value: str) -> tuple[int, str]:
    joined = lex.words[i : i + 6] == ["-", "and", "-", "a", "-", "half"]
    if (joined or lex.words[i : i + 3] == ["and", "a", "half"]) and value != VAGUE:
        return i + (6 if joined else 3), f"{value}.5"
    return i, value


def _first_of_two(lex: Lexemes, i: int, end: int, value: str) -> Match | None:
    """The first number of "three to five years"; the second is an expression of its own."""
    if lex.words[end] not in _UP_TO or not (lex.words[i][:1].isdecimal() or lex.words[i] in lexicon().kinds["number"]):
        return None
    at = end + 2 if lex.words[end] == "-" and lex.words[end + 1] == "to" else end + 1
    at = at + 1 if lex.words[at] == "-" else at
    second = read_amount(lex, at)
    if second is None or second.value == VAGUE or float(second.value) <= float(value if value != VAGUE else "0"):
        return None
    unit = read_unit(lex, second.end + 1 if lex.joined(second.end) else second.end)
    if unit is None or _no_time(lex, i, unit.end, unit.code) or float(value) > 100:
        return None
    return Match(end, Duration(value, unit.code), "duration_range")


def _turned(lex: Lexemes, i: int, value: str, code: str) -> Match | None:
    """What an amount becomes with "ago", "earlier", "later", "from now": a date."""
    at = i + 2 if lex.words[i : i + 2] in (["or", "so"], ["or", "more"]) else i
    word = lex.words[at]
    if word in {"ago", "earlier", "previously"} or (word == "before" and lex.words[at + 1] in _ENDS):
        return _shifted(at + 1, value, code, -1, reference=word != "ago")
    if word == "on" and lex.words[at + 1] in _ENDS:
        moved = _shifted(at + 1, value, code, 1, reference=True)
        return moved._replace(node=replace(moved.node, on=True)) if isinstance(moved.node, Shift) else moved
    if word in {"later", "afterward", "afterwards"} or (word == "after" and lex.words[at + 1] in _ENDS):
        return _shifted(at + 1, value, code, 1, reference=True)
    if word == "hence" or lex.words[at : at + 2] in (["from", "now"], ["from", "today"]):
        return _shifted(at + 1 + (word == "from"), value, code, 1, reference=False)
    if at > i:
        return Match(at, Duration(value, code), "duration")
    return None


def _shifted(end: int, value: str, code: str, sign: int, *, reference: bool) -> Match:
    if value == VAGUE:
        return Match(end, Reference("PAST_REF" if sign < 0 else "FUTURE_REF"), "vague_shift")
    if "." in value:
        return Match(end, Duration(value, code), "shift_half")
    rule = "ago" if not reference else ("earlier" if sign < 0 else "later")
    same = value == "1" and code == "Y" and sign < 0
    tens = {"DE": 10, "CE": 100}.get(code, 1)
    unit = code if tens == 1 else "Y"
    return Match(end, Shift(unit, sign * int(value) * tens, reference=reference, same=same), rule)


def _no_time(lex: Lexemes, i: int, end: int, code: str) -> bool:
    """Whether the amount is an age, part of a plan's name, or a unit of something else."""
    after = lex.words[end + 1] if lex.hyphen(end) else lex.words[end]
    if after in {"old", "olds", "older", "younger", "young", "plan", "plans"}:
        return True
    if lex.words[end : end + 2] == ["of", "age"]:
        return True
    if lex.words[i - 1] in {"aged", "age", "$", "#"} or (code == "S" and not lex.words[end - 1].endswith("s")):
        return True
    return lex.glued(i) and lex.raw[i - 1] not in "(-\"'/\u2013\u2014"


def _is_duration_one(lex: Lexemes, i: int, end: int) -> bool:
    if lex.words[end] in {"ago", "earlier", "later"}:
        return True
    return lex.words[i - 1] in words_of("before_duration") | {"the"}


def _full_year(lex: Lexemes, i: int) -> Match | None:
    if lex.words[i] == "full" and lex.joined(i + 1) and lex.words[i + 2] == "year":
        return Match(i + 3, Shift("Y", 0), "full_year")
    return None
