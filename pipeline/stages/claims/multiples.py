"""Ranks, multiples, shares and ordinals: numbers that count nothing by themselves."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from pipeline.resources import words
from pipeline.stages.claims.atoms import is_glued, text_at
from pipeline.stages.claims.numerals import (
    Atoms,
    Form,
    Numeral,
    as_percent,
    multiples,
    ordinals,
    read_numeral,
    small_numbers,
)
from pipeline.stages.claims.quantity import PERCENT, RANK, RATIO, Quantity
from pipeline.stages.claims.ranges import near_change
from pipeline.stages.claims.units import COUNT, Unit


def read_rank(atoms: Atoms, index: int) -> Quantity | None:
    """As in "second-largest", "third most populous", "ranked second", "ranks No 3"."""
    value, stop = _rank_number(atoms, index)
    if value is None:
        return None
    at = stop + 1 if text_at(atoms, stop) == "-" else stop
    if value > 1 and _is_superlative(text_at(atoms, at)):
        return _plain(atoms, index, at + 1, value, RANK)
    before = {text_at(atoms, index - step) for step in (1, 2)} - {""}
    if before & words("claims/rank_verbs") and not text_at(atoms, stop).endswith("time"):
        return _plain(atoms, index, stop, value, RANK)
    return None


def _rank_number(atoms: Atoms, index: int) -> tuple[Decimal | None, int]:
    word = text_at(atoms, index)
    if word in ordinals():
        return ordinals()[word], index + 1
    if word == "no":
        digits_at = index + 2 if text_at(atoms, index + 1) == "." else index + 1
        if digits_at < len(atoms) and atoms[digits_at].kind == "digits" and atoms[digits_at].text.isdecimal():
            return Decimal(atoms[digits_at].text[:4]), digits_at + 1
        return None, index
    suffixed = atoms[index].kind == "digits" and text_at(atoms, index + 1) in ("st", "nd", "rd", "th")
    if suffixed and is_glued(atoms, index + 1) and len(atoms[index].text) < 4:
        return Decimal(atoms[index].text), index + 2
    return None, index


def _is_superlative(word: str) -> bool:
    return word in ("most", "least", "best", "worst") or (
        word.endswith("est") and len(word) > 5 and word not in words("claims/not_superlatives")
    )


def read_times(atoms: Atoms, index: int) -> Quantity | None:
    """As in "three times the level", "2.5 times higher", "12-fold"; "visited three times" is a plain count."""
    numeral = read_numeral(atoms, index)
    if numeral is None or numeral.form not in ("digits", "words"):
        return None
    high = _upper_times(atoms, numeral)
    last = (high or numeral).stop
    fold_at = last + 1 if text_at(atoms, last) == "-" else last
    times = text_at(atoms, fold_at) == "times"
    if not times and text_at(atoms, fold_at) not in ("fold", "folds"):
        return None
    compared = text_at(atoms, fold_at + 1) in words("claims/times_followers")
    if times and not compared and not near_change(atoms, index, reach=3):
        return None
    quantity = _plain(atoms, index, fold_at + 1, numeral.value, RATIO)
    return replace(quantity, high=high.value if high else None, between=high is not None)


def _upper_times(atoms: Atoms, low: Numeral) -> Numeral | None:
    """The second number of "two to three times", "2-3 times", "four or five times"."""
    if text_at(atoms, low.stop) not in ("to", "or", "-", "–") or low.stop + 1 >= len(atoms):
        return None
    high = read_numeral(atoms, low.stop + 1)
    return high if high is not None and high.form == low.form and low.value < high.value else None


def read_share(atoms: Atoms, index: int) -> Quantity | None:
    """As in "one in eight shoppers", "three in five": a share in percent."""
    top = small_numbers().get(text_at(atoms, index))
    if top is None and atoms[index].text in ("1", "2", "3"):
        top = Decimal(atoms[index].text)
    noun = 1 if _noun_inside(atoms, index) else 0
    if top is None or text_at(atoms, index + 1 + noun) != "in" or not top:
        return None
    after = index + 2 + noun
    bottom = small_numbers().get(text_at(atoms, after))
    if bottom is None and after < len(atoms) and atoms[after].text.isdecimal() and len(atoms[after].text) < 5:
        bottom = Decimal(atoms[after].text)
        if top not in (1, 2, 3) and bottom not in (10, 100):
            return None
    if bottom is None or top >= bottom or bottom < 3 or text_at(atoms, after + 1) in words("claims/time_units"):
        return None
    return replace(_plain(atoms, index, after + 1, as_percent(top / bottom), PERCENT), form="fraction")


def _noun_inside(atoms: Atoms, index: int) -> bool:
    """As in "one dam in four is leaking", "one child in ten.": the share of what stands inside it."""
    inside = atoms[index].lower == "one" and text_at(atoms, index + 2) == "in"
    if not inside or atoms[index + 1].kind != "word" or text_at(atoms, index + 1) in ("of", "person", "day", "time"):
        return False
    bottom = small_numbers().get(text_at(atoms, index + 3))
    following = text_at(atoms, index + 4)
    # "one plant in four provinces" has a plural behind it
    closed = not following.endswith("s") or following in ("is", "was", "has")
    return bottom is not None and bottom >= 3 and closed


def read_multiple(atoms: Atoms, index: int) -> Quantity | None:
    """As in "doubled", "tripling", "twofold", "twice the number"; "double" only before a noun phrase."""
    word = text_at(atoms, index)
    if word == "twice" and text_at(atoms, index + 1) in words("claims/times_followers"):
        return _plain(atoms, index, index + 1, Decimal(2), RATIO)
    if word not in multiples() or text_at(atoms, index + 1) == "-":
        return None
    if word in ("double", "triple", "quadruple", "doubles", "triples") and not _takes_amount(atoms, index):
        return None
    return _plain(atoms, index, index + 1, multiples()[word][0], RATIO)


def _takes_amount(atoms: Atoms, index: int) -> bool:
    """As in "double the figure", "to double in five years", "will triple by 2030"."""
    after = text_at(atoms, index + 1) in words("claims/times_followers")
    verb = text_at(atoms, index - 1) in ("to", "will", "would", "could", "can", "nearly", "almost", "may", "should")
    bound = text_at(atoms, index - 1) == "than" and text_at(atoms, index - 2) in ("more", "less")
    return after or verb or bound


def read_ordinal(atoms: Atoms, index: int) -> Quantity | None:
    """An ordinal that is neither a rank nor the name of a fraction: "the fourth meeting", "the 13th"."""
    word = text_at(atoms, index)
    if atoms[index].kind == "digits":
        suffixed = text_at(atoms, index + 1) in ("st", "nd", "rd", "th") and is_glued(atoms, index + 1)
        if not suffixed or not atoms[index].text.isdecimal() or len(atoms[index].text) > 6:
            return None
        value, stop = Decimal(atoms[index].text), index + 2
    elif word in ordinals():
        value, stop = ordinals()[word], index + 1
    else:
        return None
    quantity = _plain(atoms, index, stop, value, COUNT)
    return replace(quantity, form="ordinal")


def _plain(atoms: Atoms, first: int, stop: int, value: Decimal, unit: Unit) -> Quantity:
    form: Form = "multiple" if unit is RATIO else "words"
    joined = text_at(atoms, stop) == "-" and is_glued(atoms, stop)
    return Quantity(first, stop, stop, atoms[first].start, atoms[stop - 1].end, value, unit, form, joined=joined)
