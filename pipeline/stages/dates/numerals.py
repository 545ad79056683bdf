"""Numbers as patterns read them: cardinals, vague amounts, ordinals, years, and words like "about" before them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.stages.dates.lexicon import lexicon, words_of

if TYPE_CHECKING:
    from pipeline.stages.dates.lexemes import Lexemes

ORDINAL_ENDINGS = frozenset({"st", "nd", "rd", "th"})
VAGUE = "X"


class Amount(NamedTuple):
    """A cardinal: the index behind it and its digits, ``X`` where it is unknown ("several")."""

    end: int
    value: str


class Ordinal(NamedTuple):
    """An ordinal: the index behind it and the number."""

    end: int
    value: int


class Approximator(NamedTuple):
    """Words such as "more than": the index behind them and the TIMEX3 `mod`."""

    end: int
    mod: str


def read_amount(lex: Lexemes, i: int) -> Amount | None:
    """Read "12", "2.5", "twenty-five", "two hundred", "a few", "several", "a couple of", "half a dozen" at `i`."""
    word = lex.words[i]
    if word[:1].isdecimal():
        plain = word.replace(",", "")
        return _with_fraction(lex, i + 1, plain) if len(plain) <= 7 else None
    if word in {"a", "an"}:
        return _after_article(lex, i + 1)
    kinds = lexicon().kinds
    if word in kinds["vague"]:
        return _vague(lex, i)
    return _spelled(lex, i) if word in kinds["number"] else None


def read_ordinal(lex: Lexemes, i: int) -> Ordinal | None:
    """Read "third", "21st", "twenty-first" at `i`."""
    kinds = lexicon().kinds
    word = lex.words[i]
    if word.isdecimal() and len(word) <= 3 and lex.glued(i + 1) and lex.words[i + 1] in ORDINAL_ENDINGS:
        return Ordinal(i + 2, int(word))
    if word in kinds["ordinal"]:
        return Ordinal(i + 1, int(kinds["ordinal"][word]))
    tens = int(kinds["number"].get(word, 0))
    if tens >= 20 and lex.joined(i + 1) and lex.words[i + 2] in kinds["ordinal"]:
        return Ordinal(i + 3, tens + int(kinds["ordinal"][lex.words[i + 2]]))
    return None


def read_approximator(lex: Lexemes, i: int) -> Approximator | None:
    """Read "about", "nearly", "more than", "at least", "up to" at `i`."""
    for words, mod in lexicon().approximators.get(lex.words[i], ()):
        if tuple(lex.words[i : i + len(words)]) == words and (words != ("over",) or _means_more(lex, i)):
            return Approximator(i + len(words), mod)
    return None


def read_year(lex: Lexemes, i: int) -> int | None:
    """The year that four digits at `i` can be, 1000 to 2199, nothing but brackets, dashes or quotes touching them."""
    word = lex.words[i]
    if len(word) != 4 or not word.isdecimal() or not "1000" <= word <= "2199":
        return None
    if lex.glued(i) and lex.raw[i - 1] not in _YEAR_NEIGHBOURS:
        return None
    if lex.glued(i + 1) and lex.words[i + 1][:1].isalnum() and lex.words[i + 1] != "s":
        return None
    return int(word)


_FRACTIONS = {"1/2": ".5", "1/4": ".25", "3/4": ".75"}
_YEAR_NEIGHBOURS = frozenset("([-\u2013\u2014/'\",.;:")


def read_year_after(lex: Lexemes, i: int) -> tuple[int, int | None]:
    """The year behind a month or a day, with its comma: the index behind it and the year, or `i` and None."""
    at = i + 1 if lex.words[i] in {",", "of"} else i
    number = read_year(lex, at)
    if number is None or not 1700 <= number <= 2150 or lex.words[at + 1] in {"percent", "yuan", "%"}:
        return i, None
    return at + 1, number


def _with_fraction(lex: Lexemes, i: int, whole: str) -> Amount:
    """Such as "1 1/2": a fraction behind a whole number."""
    fraction = _FRACTIONS.get("".join(lex.words[i : i + 3]))
    return Amount(i, whole) if fraction is None or lex.glued(i) else Amount(i + 3, whole + fraction)


def _after_article(lex: Lexemes, i: int) -> Amount | None:
    kinds = lexicon().kinds
    word = lex.words[i]
    if word in kinds["vague"]:
        return _vague(lex, i)
    if word in kinds["scale"]:
        return Amount(i + 1, kinds["scale"][word])
    if word in {"good", "full"} and lex.words[i + 1] in kinds["vague"]:
        return _vague(lex, i + 1)
    return None


def _means_more(lex: Lexemes, i: int) -> bool:
    """Whether "over" is more than: "for over a decade", not "built over a decade"."""
    return lex.words[i - 1] in words_of("before_over") and lex.tag(i - 1) != "RP"


def _vague(lex: Lexemes, i: int) -> Amount:
    value = lexicon().kinds["vague"][lex.words[i]]
    end = i + 1
    if lex.words[end] == "more":
        end += 1
    if lex.words[end] == "of" and lex.words[end + 1] not in {"the", "those", "these"}:
        end += 1
    return Amount(end, value)


def _spelled(lex: Lexemes, i: int) -> Amount:
    kinds = lexicon().kinds
    value, end = int(kinds["number"][lex.words[i]]), i + 1
    units = lex.words[end + 1] if lex.joined(end) else lex.words[end]
    if value >= 20 and value % 10 == 0 and 0 < int(kinds["number"].get(units, 0)) < 10:
        value, end = value + int(kinds["number"][units]), end + (2 if lex.joined(end) else 1)
    scale = kinds["scale"].get(lex.words[end])
    if scale is not None:
        value, end = value * int(scale), end + 1
    return Amount(end, str(value))
