"""Every number of a text with its unit, before anything is known about the sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache

from pipeline.stages.claims.atoms import Atom, is_glued, text_at
from pipeline.stages.claims.multiples import read_multiple, read_ordinal, read_rank, read_share, read_times
from pipeline.stages.claims.numerals import (
    Atoms,
    Form,
    Numeral,
    is_glued_word,
    multiples,
    ordinals,
    parts,
    read_numeral,
    scales,
    small_numbers,
    vague_words,
)
from pipeline.stages.claims.quantity import PERCENT, Quantity
from pipeline.stages.claims.ranges import (
    list_scale,
    read_upper,
    shared_scale,
    start_scale,
    unit_of_list_end,
    unit_of_range_end,
)
from pipeline.stages.claims.units import CELSIUS, CENT, COUNT, Unit, money, sign_before, unit_at

#: Amounts below this are no Korean won: "the team of 12 won".
_LEAST_WON = Decimal(1000)


@cache
def _openers() -> frozenset[str]:
    found = {*small_numbers(), *vague_words(), *multiples(), *ordinals(), "half", "several", "few", "twice"}
    return frozenset(found | {"hundred", "thousand", "million", "dozen", "no"})


def find_quantities(atoms: Atoms, *, barred: frozenset[int] = frozenset()) -> Iterator[Quantity]:
    """Every number of a text with its unit, in order, none twice.

    `barred` are the atoms of temporal expressions: a number there stays alone, and no range or unit reaches into one.
    """
    index, stop = 0, 0
    told: Quantity | None = None
    while index < len(atoms):
        found = _read_at(atoms, index, stop) if _may_open(atoms, index) else None
        if found is not None and found.unit.symbol == CENT:
            found = _of_currency(atoms, found, told)
        if found is not None and _crosses(found, barred):
            found = _alone(atoms, found, barred)
        if found is None:
            index += 1
            continue
        yield found
        told = found if found.unit.kind == "money" else told
        index = stop = found.stop


def _crosses(quantity: Quantity, barred: frozenset[int]) -> bool:
    return quantity.stop - quantity.first > 1 and any(i in barred for i in range(quantity.first, quantity.stop))


#: Currencies whose hundredths are called cents.
_IN_CENTS = frozenset({"USD", "HKD", "AUD", "NZD", "CAD", "SGD", "TWD", "EUR", "ZAR", "MYR"})


def _of_currency(atoms: Atoms, quantity: Quantity, told: Quantity | None) -> Quantity:
    """As in "HK$3 a share, up 15 cents", "5.8 yuan (82 cents)": cents of the currency told before, or that of brackets.

    Without either nobody knows which cents they are: they are counted.
    """
    currency = told.unit if told is not None and told.unit.symbol in _IN_CENTS else None
    if currency is None and told is not None and _converts(atoms, told.stop, quantity.first):
        currency = money("USD")
    if currency is None:
        return replace(quantity, unit=COUNT, stop=quantity.number_stop, end=atoms[quantity.number_stop - 1].end)
    return _in_currency(replace(quantity, unit=quantity.unit._replace(symbol=currency.symbol)))


def _converts(atoms: Atoms, start: int, stop: int) -> bool:
    """As in "5.8 yuan (about 82 cents)": nothing but a bracket and a bound between two amounts."""
    return (
        0 < stop - start < 5 and text_at(atoms, start) == "(" and all(a.kind == "word" for a in atoms[start + 1 : stop])
    )


def _in_currency(quantity: Quantity) -> Quantity:
    """As in "25 US cents": 0.25 of the currency."""
    factor = quantity.unit.factor
    high = quantity.high * factor if quantity.high is not None else None
    return replace(quantity, unit=money(quantity.unit.symbol), value=quantity.value * factor, high=high)


def _alone(atoms: Atoms, quantity: Quantity, barred: frozenset[int]) -> Quantity:
    """The number cut short where a temporal expression begins or ends."""
    inside = quantity.first in barred
    stop = quantity.first + 1
    while stop < quantity.stop and (stop in barred) == inside:
        stop += 1
    return replace(quantity, stop=stop, number_stop=stop, end=atoms[stop - 1].end, high=None, between=False)


def _may_open(atoms: Atoms, index: int) -> bool:
    atom = atoms[index]
    if atom.kind == "digits":
        return True
    if atom.lower in ("a", "an"):
        following = text_at(atoms, index + 1)
        return following in scales() or following in parts() or following == "few"
    return atom.kind == "word" and atom.lower in _openers()


def _read_at(atoms: Atoms, index: int, floor: int) -> Quantity | None:
    for rule in (read_rank, read_times, read_multiple, read_ordinal, read_share):
        quantity = rule(atoms, index)
        if quantity is not None:
            return quantity
    sign = sign_before(atoms, index)
    numeral = read_numeral(atoms, index, money=sign is not None)
    if numeral is None:
        return _unreadable(atoms, index)
    return _with_sign(_with_unit(atoms, index, numeral, sign), atoms, floor, sign)


def _unreadable(atoms: Atoms, index: int) -> Quantity | None:
    """As in "1,00,000", or a digit group too long to be an amount: a number that the coverage has to name."""
    atom = atoms[index]
    if atom.kind != "digits":
        return None
    return Quantity(index, index + 1, index + 1, atom.start, atom.end, Decimal(0), COUNT, "unreadable")


def _with_unit(atoms: Atoms, index: int, numeral: Numeral, sign: tuple[Unit, int] | None) -> Quantity:
    """The number at `index`, with the end of its range and the unit that follows."""
    high, number_stop = None, numeral.stop
    upper = read_upper(atoms, index, numeral, money=sign is not None)
    value = numeral.value
    if upper is not None:
        value, high, number_stop = shared_scale(numeral, upper)
    unit, stop = _unit_after(atoms, number_stop, value, sign, numeral.form)
    if high is not None and unit.symbol == CENT:
        # "45 U.S. cents to 58 cents"
        unit = (unit_at(atoms, numeral.stop) or (unit, stop))[0]
    if high is None and unit is COUNT and stop == number_stop:
        unit = unit_of_range_end(atoms, index, stop) or unit_of_list_end(atoms, stop) or unit
        value *= list_scale(atoms, numeral, stop) * start_scale(atoms, index, numeral, stop)
    quantity = Quantity(
        first=index,
        stop=stop,
        number_stop=number_stop,
        start=atoms[index].start,
        end=atoms[stop - 1].end,
        value=value,
        high=high,
        unit=unit,
        form=numeral.form,
        signed=sign is not None,
        joined=text_at(atoms, stop) == "-" and is_glued(atoms, stop) and is_glued_word(atoms, stop + 1),
        between=upper is not None,
    )
    hundredths = unit.kind == "money" and unit.factor != 1 and unit.symbol != CENT
    return _in_currency(quantity) if hundredths else quantity


def _unit_after(atoms: Atoms, stop: int, value: Decimal, sign: tuple[Unit, int] | None, form: Form) -> tuple[Unit, int]:
    """The unit at `stop`; a currency word after a currency sign is taken in ("RMB 20 million yuan")."""
    if form == "fraction":
        return PERCENT, stop
    found = unit_at(atoms, stop + 1 if form == "vague" and text_at(atoms, stop) == "of" else stop)
    if sign is not None:
        same = found is not None and found[0].symbol == sign[0].symbol
        return sign[0], found[1] if same and found else stop
    if found is None:
        return _pounds(atoms, stop, value) or (COUNT, stop)
    if found[0].symbol == "KRW" and value < _LEAST_WON:
        return COUNT, stop
    return found


def _pounds(atoms: Atoms, stop: int, value: Decimal) -> tuple[Unit, int] | None:
    """As in "5 million pounds" is money, "20 pounds of" and "weighs 20 pounds" a weight."""
    if text_at(atoms, stop) not in ("pound", "pounds"):
        return None
    weight = text_at(atoms, stop + 1) == "of" and value < 100_000
    return (
        Unit("[lb_av]", "measure", "mass", Decimal("0.45359237"))
        if weight
        else Unit("GBP", "money", "money", Decimal(1))
    ), stop + 1


def _with_sign(quantity: Quantity, atoms: Atoms, floor: int, sign: tuple[Unit, int] | None) -> Quantity:
    """Take in the currency sign and a minus that stand before the number."""
    first, value, high = quantity.first, quantity.value, quantity.high
    if sign is not None and sign[1] >= floor:
        first = sign[1]
    before = atoms[first - 1] if first > floor else None
    if before is not None and _is_minus(atoms, first - 1, quantity):
        first, value = first - 1, -value
        high = -high if high is not None else None
        # no angle is negative: "at minus 20 degrees"
        quantity = replace(quantity, unit=CELSIUS) if quantity.unit.symbol == "deg" else quantity
    if high is not None and high < value:
        value, high = high, value
    return replace(quantity, first=first, start=atoms[first].start, value=value, high=high)


def _is_minus(atoms: Atoms, index: int, quantity: Quantity) -> bool:
    """As in "minus 20 degrees Celsius", "-5.2 percent" after a space."""
    if atoms[index].lower == "minus":
        return True
    sign = atoms[index].text in ("-", "−") and not atoms[index].glued and is_glued(atoms, index + 1)
    return sign and quantity.unit.kind != "count"


def is_number_atom(atom: Atom) -> bool:
    """Whether an atom alone is a number: a digit group or a number word."""
    return atom.kind == "digits" or atom.lower in small_numbers()
