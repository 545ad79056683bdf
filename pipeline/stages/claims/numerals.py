"""The number grammar: digits, number words, scale words, fractions, vague amounts.

Everything here works on atoms, counts in `Decimal` and gives None where it is not sure. "five hundred thousand",
"2.42 trillion", "half a million", "two-thirds", "hundreds of thousands".
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Literal, NamedTuple

from pipeline.resources import table, words
from pipeline.stages.claims.atoms import GROUPED, Atom, is_glued, text_at
from pipeline.stages.claims.people_counts import counts_people
from pipeline.stages.claims.units import unit_at

Form = Literal["digits", "words", "fraction", "vague", "multiple", "ordinal", "unreadable"]
Atoms = tuple[Atom, ...]

#: More digits than this are a code, not a quantity.
MAX_DIGITS = 18


class Numeral(NamedTuple):
    """A number that ends before the atom `stop`; a fraction's value is in percent."""

    value: Decimal
    stop: int
    form: Form
    scaled: bool = False


@cache
def small_numbers() -> dict[str, Decimal]:
    """Zero to nineteen and the tens."""
    return {row["word"]: Decimal(row["value"]) for row in table("claims/number_words")}


@cache
def scales() -> dict[str, Decimal]:
    """Scale words that may stand apart: hundred … trillion, mln, bn, dozen."""
    return {row["word"]: Decimal(row["factor"]) for row in table("claims/scales") if not row["glued_only"]}


@cache
def _glued_scales() -> dict[str, tuple[Decimal, bool]]:
    rows = (row for row in table("claims/scales") if row["glued_only"])
    return {row["word"]: (Decimal(row["factor"]), bool(row["money_only"])) for row in rows}


@cache
def ordinals() -> dict[str, Decimal]:
    """First to twentieth."""
    return {row["word"]: Decimal(row["value"]) for row in table("claims/ordinals")}


@cache
def parts() -> dict[str, Decimal]:
    """Names of fractions: half, third, thirds …."""
    return {row["word"]: Decimal(row["parts"]) for row in table("claims/fractions")}


@cache
def vague_words() -> dict[str, Decimal]:
    """Vague amounts with the least that they mean: dozens, hundreds …."""
    return {row["word"]: Decimal(row["value"]) for row in table("claims/vague")}


@cache
def multiples() -> dict[str, tuple[Decimal, str]]:
    """Verbs and adjectives of multiplication: doubled, threefold …."""
    return {row["word"]: (Decimal(row["value"]), row["change"]) for row in table("claims/multiples")}


def digits_value(text: str) -> Decimal | None:
    """The value of a digit group, separators left out: ``"2,984"`` → 2984; None for "1,00,000" and endless ones."""
    plain = text.replace(",", "")
    if not plain.isascii() or len(plain) > MAX_DIGITS or ("," in text and not GROUPED.fullmatch(text)):
        return None
    return Decimal(plain)


def as_percent(share: Decimal) -> Decimal:
    """A share as percent with at most two decimals: one third → 33.33."""
    percent = (share * 100).quantize(Decimal("0.01"))
    return percent.to_integral_value() if percent == percent.to_integral_value() else percent.normalize()


def read_numeral(atoms: Atoms, start: int, *, money: bool = False) -> Numeral | None:
    """The number that begins at atom `start`; `money` lets a glued "m" or "b" be a scale ("$5m")."""
    atom = atoms[start]
    if atom.kind == "digits":
        return _read_fraction_digits(atoms, start) or _read_digits(atoms, start, money=money)
    for rule in (_read_half, _read_fraction, _read_vague, _read_words):
        numeral = rule(atoms, start)
        if numeral is not None:
            return numeral
    return None


def _skip_hyphen(atoms: Atoms, index: int) -> int:
    """Past a hyphen that joins two words without spaces: "3.5-million"."""
    joined = text_at(atoms, index) == "-" and is_glued(atoms, index) and is_glued(atoms, index + 1)
    return index + 1 if joined else index


def _read_digits(atoms: Atoms, start: int, *, money: bool) -> Numeral | None:
    value = digits_value(atoms[start].text)
    if value is None:
        return None
    factor, stop = _read_scale(atoms, start + 1, money=money)
    return Numeral(value * factor, stop, "digits", stop > start + 1)


def _read_scale(atoms: Atoms, index: int, *, money: bool = False) -> tuple[Decimal, int]:
    """The product of the scale words from `index` on ("hundred million"), and where they end."""
    factor, stop = Decimal(1), index
    glued = _glued_scales().get(text_at(atoms, index))
    tied = glued is not None and is_glued(atoms, index) and not is_glued_word(atoms, index + 1)
    if (
        glued
        and tied
        and (
            money
            or not glued[1]
            or counts_people(atoms, index + 1)
            or _is_measured(atoms, index + 1)
            or _is_written_out(atoms, index, glued[0])
        )
    ):
        return glued[0], index + 1
    while True:
        here = _skip_hyphen(atoms, stop)
        scale = scales().get(text_at(atoms, here))
        if scale is None:
            return factor, stop
        factor, stop = factor * scale, here + 1


def _is_measured(atoms: Atoms, index: int) -> bool:
    """As in "1.2m TEU", "3m yuan", "5m b/d": a unit follows, and no length has another one."""
    found = unit_at(atoms, index) if index < len(atoms) and not atoms[index].glued else None
    return found is not None and atoms[found[1] - 1].end - atoms[index].start > 1


def _is_written_out(atoms: Atoms, index: int, factor: Decimal) -> bool:
    """As in the headline "Moving 1.88m" above "moved 1.88 million people": the same digits before the scale word."""
    digits = atoms[index - 1].text
    # "lifting 1m" above "A million"
    spelled = frozenset({digits, "a", "one"} if digits == "1" else {digits})
    return any(
        one.lower in spelled and scales().get(other.lower) == factor and not other.glued
        for one, other in pairwise(atoms)
    )


def is_glued_word(atoms: Atoms, index: int) -> bool:
    """Whether a word or digits follow at `index` without a space."""
    return is_glued(atoms, index) and atoms[index].kind != "mark"


def _read_fraction_digits(atoms: Atoms, start: int) -> Numeral | None:
    """As in "7/10 of", never "9/11" or "24/7"."""
    if text_at(atoms, start + 1) != "/" or not is_glued(atoms, start + 2) or text_at(atoms, start + 3) != "of":
        return None
    top, bottom = digits_value(atoms[start].text), digits_value(atoms[start + 2].text.split(".")[0] or "0")
    if atoms[start + 2].kind != "digits" or not top or not bottom or top >= bottom:
        return None
    return Numeral(as_percent(top / bottom), start + 3, "fraction")


def _read_half(atoms: Atoms, start: int) -> Numeral | None:
    """As in "half a million", "half a dozen", "half-dozen", "half of", "half the"."""
    if text_at(atoms, start) != "half":
        return None
    after = _skip_hyphen(atoms, start + 1)
    scale_at = after + 1 if text_at(atoms, after) in ("a", "an") else after
    factor, stop = _read_scale(atoms, scale_at)
    if stop > scale_at:
        return Numeral(factor / 2, stop, "words", scaled=True)
    if text_at(atoms, start + 1) in ("of", "the", "its", "their", "that") and text_at(atoms, start - 1) not in (
        *ordinals(),
        "last",
    ):
        return Numeral(Decimal(50), start + 1, "fraction")
    if _measures_change(atoms, start, start + 1) or _is_subject(atoms, start, start + 1):
        return Numeral(Decimal(50), start + 1, "fraction")
    return None


def _read_fraction(atoms: Atoms, start: int) -> Numeral | None:
    """As in "a third of", "one-third", "two thirds"; not "a third party", "the first three quarters"."""
    word = text_at(atoms, start)
    top = Decimal(1) if word in ("a", "one") else small_numbers().get(word)
    name_at = _skip_hyphen(atoms, start + 1)
    bottom = parts().get(text_at(atoms, name_at))
    if top is None or bottom is None or not 0 < top < bottom:
        return None
    plural, hyphened = text_at(atoms, name_at).endswith(("s", "ves")), name_at > start + 1
    quarterly = bottom == 4 and not hyphened and plural and text_at(atoms, name_at + 1) != "of"
    lone = not plural and not hyphened and text_at(atoms, name_at + 1) != "of"
    compared = text_at(atoms, name_at + 1) in words("claims/fraction_comparatives")
    bare = _measures_change(atoms, start, name_at + 1) or _is_subject(atoms, start, name_at + 1)
    if quarterly or (lone and not compared and not bare):
        return None
    return Numeral(as_percent(top / bottom), name_at + 1, "fraction")


_CLOSERS = frozenset(
    {
        "",
        ".",
        ",",
        ";",
        ")",
        "from",
        "in",
        "to",
        "on",
        "over",
        "and",
        "compared",
        "year",
        "between",
        "since",
        "last",
        "this",
        "after",
        "as",
        "at",
        "because",
        "before",
        "but",
        "by",
        "during",
        "for",
        "nationwide",
        "or",
        "than",
        "that",
        "thanks",
        "through",
        "under",
        "when",
        "while",
        "with",
        "within",
    }
)
_SHARING = frozenset({"account", "accounts", "accounted", "accounting", "made", "make", "makes", "making"})


def _measures_change(atoms: Atoms, before: int, after: int) -> bool:
    """As in "fell by a third.", "up nearly a quarter from": a bare fraction between a cue and the end of its phrase."""
    up_to = text_at(atoms, before - 1) == "to" and text_at(atoms, before - 2) == "up"
    cue = up_to or text_at(atoms, before - 1) in (
        "by",
        "than",
        "nearly",
        "almost",
        "about",
        "roughly",
        "over",
        "up",
        "down",
    )
    shared = _SHARING & {text_at(atoms, before - step) for step in range(2, 14)}
    cue = cue or (text_at(atoms, before - 1) in ("for", "up") and bool(shared))
    return cue and text_at(atoms, after) in _CLOSERS


#: What a share of many does, and what stands before such a subject.
_PLURAL_VERBS = frozenset(
    {"are", "were", "have", "had", "come", "came", "go", "went", "live", "lived", "work", "worked"}
)
_BEFORE_SUBJECT = frozenset(
    {"", ".", ",", ";", ":", "and", "but", "while", "whereas", "that", "said", "other", "remaining", "than", "about"}
    | {"around", "nearly", "almost", "roughly", "over", "some", "least"}
)


def _is_subject(atoms: Atoms, before: int, after: int) -> bool:
    """As in "Among them, half are nurses, while the other half are drivers": a share of many opens its clause."""
    opening = text_at(atoms, before - 1)
    if opening in ("other", "remaining") and text_at(atoms, before - 3) in ("in", "during", "for", "of"):
        # "in the other half were many storms"
        return False
    return text_at(atoms, after) in _PLURAL_VERBS and opening in _BEFORE_SUBJECT


def _read_vague(atoms: Atoms, start: int) -> Numeral | None:
    """As in "dozens of", "hundreds of thousands of", "tens of millions"; "several thousand", "a few hundred"."""
    word = text_at(atoms, start)
    if word in ("several", "few"):
        factor, stop = _read_scale(atoms, start + 1)
        return Numeral(factor, stop, "vague", scaled=True) if stop > start + 1 else None
    if word == "a" and text_at(atoms, start + 1) == "few":
        return _read_vague(atoms, start + 1)
    value = vague_words().get(word)
    if value is None or (word == "scores" and text_at(atoms, start + 1) != "of"):
        return None
    stop = start + 1
    while text_at(atoms, stop) == "of" and text_at(atoms, stop + 1) in vague_words():
        value, stop = value * vague_words()[text_at(atoms, stop + 1)], stop + 2
    if word == "tens" and stop == start + 1:
        return None
    return Numeral(value, stop, "vague", scaled=True)


def _read_words(atoms: Atoms, start: int) -> Numeral | None:
    """As in "nine", "twenty-five", "a hundred", "two hundred and five", "one and a half million", "two dozen"."""
    value, stop = _read_start(atoms, start)
    total, last, scaled = Decimal(0), Decimal(0), False
    while stop > start:
        factor, after = _read_scale(atoms, _skip_hyphen(atoms, stop))
        if factor == 1:
            return Numeral(total + value, stop, "words", scaled)
        # "two hundred and five thousand": a larger scale takes all that came before it
        total = (total + value) * factor if scaled and factor > last else total + value * factor
        stop, last, scaled = after, factor, True
        more_at = after + 1 if text_at(atoms, after) == "and" and factor in (100, 1000) else after
        value, following = _read_below_hundred(atoms, more_at)
        if following == more_at:
            return Numeral(total, stop, "words", scaled)
        stop = following
    return None


def _read_start(atoms: Atoms, start: int) -> tuple[Decimal, int]:
    """The first factor: "a" before a scale word, a number below a hundred, "one and a half"."""
    if text_at(atoms, start) in ("a", "an"):
        return (Decimal(1), start + 1) if text_at(atoms, start + 1) in scales() else (Decimal(0), start)
    value, stop = _read_below_hundred(atoms, start)
    half = _half_more(atoms, stop) if stop > start else 0
    return (value + Decimal("0.5"), half) if half else (value, stop)


def _read_below_hundred(atoms: Atoms, start: int) -> tuple[Decimal, int]:
    """A number word below a hundred; (0, start) where there is none."""
    value = small_numbers().get(text_at(atoms, start))
    if value is None:
        return Decimal(0), start
    if value < 20:
        return value, start + 1
    ones_at = _skip_hyphen(atoms, start + 1)
    ones = small_numbers().get(text_at(atoms, ones_at), Decimal(0))
    return (value + ones, ones_at + 1) if 0 < ones < 10 else (value, start + 1)


def _half_more(atoms: Atoms, index: int) -> int:
    """The atom after "and a half", or 0."""
    words = [text_at(atoms, index + step) for step in range(3)]
    return index + 3 if words == ["and", "a", "half"] else 0
