"""Ranges, and lists of numbers that share the unit and the scale of the last one."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from pipeline.resources import table, words
from pipeline.stages.claims.atoms import is_glued, text_at
from pipeline.stages.claims.numerals import (
    Atoms,
    Numeral,
    multiples,
    read_numeral,
    scales,
)
from pipeline.stages.claims.units import CENT, Unit, sign_before, unit_at

#: Comparatives and verbs that say a change only together with more of the sentence.
_WEAK = frozenset({"more", "less", "fewer", "higher", "lower", "faster", "slower", "cheaper", "added", "saved", "loss"})


#: A level that is so many times another one is not told in the same scale without saying so.
_CLOSE = Decimal(10)


@cache
def change_words() -> frozenset[str]:
    """Words that make the number after them a change: rose, down, cut …."""
    return frozenset(row["word"] for row in table("claims/changes")) - _WEAK


def read_upper(atoms: Atoms, index: int, low: Numeral, *, money: bool) -> Numeral | None:
    """The second number of "2 to 3 million", "70-80 percent", "between 10 and 15 percent", "10%-15%"."""
    unit = unit_at(atoms, low.stop)
    joint = unit[1] if unit else low.stop
    joiner = text_at(atoms, joint)
    sign = sign_before(atoms, index)
    between = joiner == "and" and text_at(atoms, (sign[1] if sign else index) - 1) == "between"
    first = sign[1] if sign else index
    sinks = _sinks_from(atoms, first)
    from_to = joiner == "to" and (
        not (_is_change(atoms, first) or _by_amount(atoms, first, unit[0] if unit else None, signed=sign is not None))
        or _change_by_share(atoms, index, low, joint)
        or sinks
    )
    either = joiner == "or" and unit is None
    dash = joiner in ("-", "–", "—", "~") and (is_glued(atoms, joint) or joiner != "—")
    if not (between or from_to or dash or either) or joint + 1 >= len(atoms):
        return None
    first = joint + 1
    while first < len(atoms) and atoms[first].text in ("$", "¥", "€", "£", "US", "HK", "RMB"):
        first += 1
    if first >= len(atoms):
        return None
    high = read_numeral(atoms, first, money=money)
    if high is None or high.form not in ("digits", "words") or (low.form == "words") != (high.form == "words"):
        return None
    other = unit_at(atoms, high.stop)
    if unit and not (other and _same_unit(unit[0], other[0])):
        return None
    # "fell from 3 to 2.5 million" is one step down, "down from 2 to 3 million" is not
    step = sinks and high.scaled and not low.scaled and shared_scale(low, high)[0] == low.value
    if step or (either and not _neighbours(low.value, high.value)):
        return None
    return high if shared_scale(low, high)[0] < high.value and (between or joiner != "and") else None


def _sinks_from(atoms: Atoms, index: int) -> bool:
    """As in "down from 3 to 4 percent": nothing sinks to more, so that both are what it was before."""
    lead = _past_bound(atoms, index)
    return text_at(atoms, lead - 1) == "from" and text_at(atoms, lead - 2) in _sinking()


@cache
def _sinking() -> frozenset[str]:
    return frozenset(row["word"] for row in table("claims/changes") if row["change"] == "decrease") - _WEAK


def _same_unit(low: Unit, high: Unit) -> bool:
    """As in "10 percent to 15 percent", "25 US cents to 38 cents": said again, or said again in short."""
    return low.symbol == high.symbol or (high.symbol == CENT and (low.kind, low.factor) == (high.kind, high.factor))


def _by_amount(atoms: Atoms, first: int, unit: Unit | None, *, signed: bool) -> bool:
    """As in "lift capacity by 15 million tonnes to 62 million tonnes": a unit said twice is a change and a level."""
    said = unit is not None and unit.symbol != "percent"
    return (said or signed) and any(text_at(atoms, first - step) == "by" for step in (1, 2, 3))


def _neighbours(low: Decimal, high: Decimal) -> bool:
    """As in "four or five firms", "20 or 30 visitors": one amount; "50 or 200" are two."""
    step = high - low
    return step == 1 or (step == 10 and low >= 10 and low % 10 == 0) or (step == 100 and low >= 100 and low % 100 == 0)


def _change_by_share(atoms: Atoms, index: int, low: Numeral, joint: int) -> bool:
    """As in "rose by 15 percent to 20 percent": an amount between two; "the rate rose by 1 percent to 5 percent" isn't.

    Nor is "rose 3 percent to 12 percent of output", where nothing says that the first is an amount.
    """
    high = read_numeral(atoms, joint + 1) if joint + 1 < len(atoms) else None
    unit = unit_at(atoms, high.stop) if high else None
    if unit is None or text_at(atoms, _past_bound(atoms, index) - 1) == "from":
        return False
    bare = unit_at(atoms, low.stop) is None
    if unit[0].symbol != "percent":
        # "will fall by 8 to 12 degrees"
        return bare and low.form == "digits" and text_at(atoms, index - 1) == "by"
    if bare:
        return True
    before = {text_at(atoms, position) for position in range(max(0, index - 12), index)}
    return text_at(atoms, index - 1) == "by" and not before & words("claims/rate_nouns")


def shared_scale(low: Numeral, high: Numeral) -> tuple[Decimal, Decimal, int]:
    """As in "2 to 3 million" scales both ends."""
    factor = Decimal(1)
    if high.scaled and not low.scaled:
        factor = next((f for f in sorted(scales().values(), reverse=True) if high.value >= f), Decimal(1))
    low_value = low.value * factor if low.value * factor < high.value else low.value
    return low_value, high.value, high.stop


def _is_change(atoms: Atoms, index: int) -> bool:
    """Whether "to" after the number at `index` leads to a new level: "rose from 2.1 to 3.4"."""
    before = [text_at(atoms, position) for position in range(max(0, index - 12), index)]
    if any(word in words("claims/range_verbs") for word in before[-6:]):
        return False
    lead = _past_bound(atoms, index)
    if text_at(atoms, lead - 1) == "from":
        verb = text_at(atoms, lead - (3 if text_at(atoms, lead - 2) == "," else 2))
        # "The fee went from 3 to 5 yuan", "Flights doubled, from 12 to 24"
        moved = verb in words("claims/moving_verbs") or verb in multiples()
        return moved or any(word in change_words() for word in before)
    return near_change(atoms, index, reach=2)


#: Words of a bound between "from" and its number: "rose from **about** 54 to 92 percent".
_BOUNDS = frozenset(
    {"about", "around", "approximately", "roughly", "some", "nearly", "almost", "just", "only", "over", "under"}
    | {"below", "above", "merely", "barely", "more", "less", "fewer", "than", "a", "mere", "an", "estimated"}
)


def _past_bound(atoms: Atoms, index: int) -> int:
    """Where a number with the words of its bound begins, behind a "from"; else the number itself."""
    lead = index
    while index - lead < 3 and text_at(atoms, lead - 1) in _BOUNDS:
        lead -= 1
    return lead if text_at(atoms, lead - 1) == "from" else index


def near_change(atoms: Atoms, index: int, *, reach: int) -> bool:
    """As in "fell 12 percent to 30 million", "down 5 percent to": a change word right before the number."""
    near = {text_at(atoms, index - step) for step in range(1, reach + 1)}
    return bool(near & change_words())


def unit_of_range_end(atoms: Atoms, index: int, stop: int) -> Unit | None:
    """As in "rose from 20 to 25 percent": the first level has the unit of the second."""
    if text_at(atoms, _past_bound(atoms, index) - 1) != "from" or text_at(atoms, stop) != "to":
        return None
    behind = stop + 1
    while behind < stop + 4 and text_at(atoms, behind) in _BOUNDS:
        behind += 1
    following = read_numeral(atoms, behind) if behind < len(atoms) else None
    found = unit_at(atoms, following.stop) if following else None
    return found[0] if found and found[0].kind != "count" else None


def unit_of_list_end(atoms: Atoms, stop: int) -> Unit | None:
    """As in "411 and 208 hectares": the first amount has the unit of the second."""
    found = _list_end(atoms, stop)
    return found[1] if found else None


def _list_end(atoms: Atoms, stop: int) -> tuple[Numeral, Unit] | None:
    """The last amount of "29.5, 17.8 and 6.4 billion yuan", and its unit; every member is a bare number."""
    at = stop
    for _ in range(5):
        joint = text_at(atoms, at)
        if joint == "," and text_at(atoms, at + 1) == "and":
            at, joint = at + 1, "and"
        if joint not in ("and", "or", ",") or at + 1 >= len(atoms) or atoms[at + 1].kind != "digits":
            return None
        member = read_numeral(atoms, at + 1)
        found = unit_at(atoms, member.stop) if member else None
        if member is None or (found and joint == ","):
            return None
        if found:
            # "3 million and 40,000 tonnes" are two things
            alike = member.scaled or atoms[stop - 1].kind == "digits"
            return (member, found[0]) if alike else None
        at = member.stop
    return None


def start_scale(atoms: Atoms, index: int, numeral: Numeral, stop: int) -> Decimal:
    """As in "fell from 3 to 2.5 million tonnes": the start has the scale of the level reached, where they are close."""
    if text_at(atoms, _past_bound(atoms, index) - 1) != "from" or text_at(atoms, stop) != "to":
        return Decimal(1)
    behind = stop + 1
    while behind < stop + 4 and text_at(atoms, behind) in _BOUNDS:
        behind += 1
    end = read_numeral(atoms, behind) if behind < len(atoms) else None
    if end is None or not end.scaled or numeral.scaled or numeral.form != "digits" or end.form != "digits":
        return Decimal(1)
    factor = next((f for f in sorted(scales().values(), reverse=True) if end.value >= f), Decimal(1))
    return factor if Decimal("0.1") < numeral.value * factor / end.value < _CLOSE else Decimal(1)


def list_scale(atoms: Atoms, numeral: Numeral, stop: int) -> Decimal:
    """As in "29.5, 17.8 and 6.4 billion yuan": the scale of the last member, where the others have none."""
    found = _list_end(atoms, stop)
    if found is None or numeral.scaled or not found[0].scaled or numeral.value >= 1000:
        return Decimal(1)
    return next((f for f in sorted(scales().values(), reverse=True) if found[0].value >= f), Decimal(1))
