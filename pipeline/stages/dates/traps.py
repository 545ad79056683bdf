"""What looks like a date and is none: the verb "may", "1990 yuan", "Sunday Times", a person called April."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.resources import words
from pipeline.stages.dates.expressions import Calendar, Clock, Found, Modified, Node, Years
from pipeline.stages.dates.lexicon import lexicon, words_of

if TYPE_CHECKING:
    from pipeline.stages.dates.lexemes import Lexemes

_NAMES_TOO = frozenset({"may", "march", "april", "june", "august", "jan"})
_FUNCTION_TAGS = frozenset({"IN", "DT", "PRP$", "CC", "RB", "WRB", "WDT", "TO"})


def is_trap(lex: Lexemes, found: Found) -> bool:
    """Whether the words around an expression show that it is no date."""
    node = _inner(found.node)
    if isinstance(node, Calendar):
        if node.month is not None:
            return node.day is None and node.year is None and _is_name(lex, found)
        if node.weekday is not None:
            return _is_title(lex, found) or lex.words[found.first - 1] in words_of("vague_determiner")
        return found.rule in {"year", "short_year", "about_year"} and not _is_year(lex, found)
    if found.rule == "last_unit" and lex.words[found.first] == "the":
        return lex.words[found.first - 1] in {"is", "was", "be", "been", "were", "are", "as"}
    return isinstance(node, Years) and found.rule == "year_range" and _is_range_of_things(lex, found)


def _inner(node: Node) -> Node:
    if isinstance(node, Clock) and node.day is not None:
        return _inner(node.day)
    return node.what if isinstance(node, Modified) else node


def _is_name(lex: Lexemes, found: Found) -> bool:
    """Such as "Theresa May", "May Zhang", "June Li said"; "May" the verb that opens a question."""
    i = found.last - 1 if lex.words[found.last - 1] != "." else found.last - 2
    word = lex.words[i]
    if word not in _NAMES_TOO:
        return False
    tag = lex.tag(i)
    if tag[:2] == "MD" or (tag[:2] == "VB" and lex.words[i - 1] not in words_of("before_year")):
        return True
    before = lex.words[i - 1]
    if found.first < i or before in words_of("before_year") or before in words("dates/before_months"):
        return False
    if lex.capital(i + 1) and lex.words[i + 1] not in lexicon().kinds["month"] and not lex.glued(i + 1):
        return lex.words[i + 1] not in {"i", "chinese", "china"}
    return lex.tag(i - 1) == "NNP" and lex.raw[i - 1].isalpha() and before not in lexicon().kinds["month"]


def _is_title(lex: Lexemes, found: Found) -> bool:
    """Such as "the Sunday Times", "Friday Night Live", "Bloody Sunday", "Fat Tuesday"."""
    if lex.words[found.last] in words("dates/title_heads") and lex.capital(found.last):
        return True
    return found.last - found.first == 1 and lex.words[found.first - 1] in words_of("named_weekday")


def _is_year(lex: Lexemes, found: Found) -> bool:
    """Whether four figures are a year: what stands around them decides."""
    i = found.last - 1
    before, counted = lex.words[i - 1], _counts(lex, i)
    if _is_measured(lex, i) or _is_numbered(lex, i):
        return False
    if not 1700 <= int(lex.words[i] if len(lex.words[i]) == 4 else "1990") <= 2100:
        return before in {"in", "since"} and not counted
    if before in {"in", "since", "during"}:
        return True
    if counted:
        return False
    if before in words_of("surely_before_year") | words_of("before_year") or not lex.capital(i - 1):
        return True
    return before in words("dates/before_months") or lex.tag(i - 1) in _FUNCTION_TAGS


def _is_measured(lex: Lexemes, i: int) -> bool:
    """Whether the word or sign behind makes a number of it: "1990 yuan", "2000%", "1995-km", "2019-nCoV"."""
    if lex.words[i + 1] in words("dates/counted_things") or lex.words[i + 1] in words_of("sign_behind_number"):
        return True
    if lex.joined(i + 1):
        return _is_code(lex.raw[i + 2]) or lex.words[i + 2] in words("dates/counted_things")
    return lex.raw[i + 1] in {"/", ":"} and lex.glued(i + 1) and lex.glued(i + 2)


def _is_numbered(lex: Lexemes, i: int) -> bool:
    """Whether the word or sign before makes a number of it: "$1998", "flight 1907", "No. 2019", "X-2000"."""
    before = lex.words[i - 1]
    if before == "than":
        compared = lex.words[i - 2] in {"more", "less", "fewer", "higher", "lower"}
        return compared or lex.tag(i + 1) == "NNS"
    if before in words_of("numbers") or (before == "." and lex.words[i - 2] == "no" and lex.glued(i - 1)):
        return True
    return lex.glued(i) and lex.hyphen(i - 1) and lex.words[i - 2] not in words_of("joined_to_year")


def _is_code(behind: str) -> bool:
    """What a hyphen joins to four figures that are no year: "2019-nCoV", "1990-2"."""
    return (behind.isdecimal() and len(behind) == 1) or (behind.isalpha() and not behind.islower())


def _counts(lex: Lexemes, i: int) -> bool:
    """Whether a plural noun follows, perhaps behind an adjective: "2000 workers", "2000 new jobs"."""
    if not lex.words[i + 1][:1].isalpha() or lex.capital(i + 1):
        return False
    tag = lex.tag(i + 1)
    return tag == "NNS" or (tag[:2] == "JJ" and lex.tag(i + 2) == "NNS")


def _is_range_of_things(lex: Lexemes, found: Found) -> bool:
    return lex.words[found.last] in words("dates/counted_things") or lex.words[found.last] == "%"
