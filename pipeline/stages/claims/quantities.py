"""A number with its unit: what is read at one place of a text, before anything is known about the sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from pipeline.resources import table, words
from pipeline.stages.claims.atoms import Atom, is_glued, text_at
from pipeline.stages.claims.numerals import (
    Atoms,
    Form,
    Numeral,
    as_percent,
    is_glued_word,
    multiples,
    ordinals,
    parts,
    read_numeral,
    scales,
    small_numbers,
    vague_words,
)
from pipeline.stages.claims.units import COUNT, Unit, sign_before, unit_at


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number, or a range, with its unit; `first` and `stop` are atoms, `start` and `end` offsets.

    `number_stop` is the atom after the bare number, `joined` says that a hyphen ties the next word to it
    ("50-yuan note", "20-member team"), `signed` that a currency sign stands before it.
    """

    first: int
    stop: int
    number_stop: int
    start: int
    end: int
    value: Decimal
    unit: Unit
    form: Form
    high: Decimal | None = None
    signed: bool = False
    joined: bool = False
    between: bool = False

    @property
    def scaled_up(self) -> bool:
        """Whether the number is too large to number a thing: scaled, or grouped by commas."""
        return abs(self.value) >= 10_000


PERCENT = Unit("percent", "percent", "percent", Decimal(1))
_RATIO = Unit("1", "multiple", "ratio", Decimal(1))
_RANK = Unit("1", "rank", "rank", Decimal(1))
#: Amounts below this are no Korean won: "the team of 12 won".
_LEAST_WON = Decimal(1000)


#: Comparatives and verbs that say a change only together with more of the sentence.
_WEAK = frozenset({"more", "less", "fewer", "higher", "lower", "faster", "slower", "cheaper", "added", "saved", "loss"})


@cache
def change_words() -> frozenset[str]:
    """Words that make the number after them a change: rose, down, cut …."""
    return frozenset(row["word"] for row in table("claims/changes")) - _WEAK


@cache
def _openers() -> frozenset[str]:
    found = {*small_numbers(), *vague_words(), *multiples(), *ordinals(), "half", "several", "few", "twice"}
    return frozenset(found | {"hundred", "thousand", "million", "dozen", "no"})


def find_quantities(atoms: Atoms, *, barred: frozenset[int] = frozenset()) -> Iterator[Quantity]:
    """Every number of a text with its unit, in order, none twice.

    `barred` are the atoms of temporal expressions: a number there stays alone, and no range or unit reaches into one.
    """
    index, stop = 0, 0
    while index < len(atoms):
        found = _read_at(atoms, index, stop) if _may_open(atoms, index) else None
        if found is not None and _crosses(found, barred):
            found = _alone(atoms, found, barred)
        if found is None:
            index += 1
            continue
        yield found
        index = stop = found.stop


def _crosses(quantity: Quantity, barred: frozenset[int]) -> bool:
    return quantity.stop - quantity.first > 1 and any(i in barred for i in range(quantity.first, quantity.stop))


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
    for rule in (_read_rank, _read_times, _read_multiple, _read_ordinal, _read_in):
        quantity = rule(atoms, index)
        if quantity is not None:
            return quantity
    sign = sign_before(atoms, index)
    numeral = read_numeral(atoms, index, money=sign is not None)
    if numeral is None:
        return None
    return _with_sign(_with_unit(atoms, index, numeral, sign), atoms, floor, sign)


def _with_unit(atoms: Atoms, index: int, numeral: Numeral, sign: tuple[Unit, int] | None) -> Quantity:
    """The number at `index`, with the end of its range and the unit that follows."""
    high, number_stop = None, numeral.stop
    upper = _read_upper(atoms, index, numeral, money=sign is not None)
    value = numeral.value
    if upper is not None:
        value, high, number_stop = _shared_scale(numeral, upper)
    unit, stop = _unit_after(atoms, number_stop, value, sign, numeral.form)
    if high is None and unit is COUNT and stop == number_stop:
        unit = _unit_of_range_end(atoms, index, stop) or _unit_of_list_end(atoms, stop) or unit
        value *= _list_scale(atoms, numeral, stop)
    return Quantity(
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


def _read_upper(atoms: Atoms, index: int, low: Numeral, *, money: bool) -> Numeral | None:
    """The second number of "2 to 3 million", "70-80 percent", "between 10 and 15 percent", "10%-15%"."""
    unit = unit_at(atoms, low.stop)
    joint = unit[1] if unit else low.stop
    joiner = text_at(atoms, joint)
    sign = sign_before(atoms, index)
    between = joiner == "and" and text_at(atoms, (sign[1] if sign else index) - 1) == "between"
    from_to = joiner == "to" and not _is_change(atoms, index)
    dash = joiner in ("-", "–", "—", "~") and (is_glued(atoms, joint) or joiner != "—")
    if not (between or from_to or dash) or joint + 1 >= len(atoms):
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
    if unit and not (other and other[0].symbol == unit[0].symbol):
        return None
    return high if _shared_scale(low, high)[0] < high.value and (between or joiner != "and") else None


def _shared_scale(low: Numeral, high: Numeral) -> tuple[Decimal, Decimal, int]:
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
    if text_at(atoms, index - 1) == "from":
        return any(word in change_words() for word in before)
    return _near_change(atoms, index, reach=2)


def _near_change(atoms: Atoms, index: int, *, reach: int) -> bool:
    """As in "fell 12 percent to 30 million", "down 5 percent to": a change word right before the number."""
    near = {text_at(atoms, index - step) for step in range(1, reach + 1)}
    return bool(near & change_words())


def _unit_of_range_end(atoms: Atoms, index: int, stop: int) -> Unit | None:
    """As in "rose from 20 to 25 percent": the first level has the unit of the second."""
    if text_at(atoms, index - 1) != "from" or text_at(atoms, stop) != "to":
        return None
    following = read_numeral(atoms, stop + 1) if stop + 1 < len(atoms) else None
    found = unit_at(atoms, following.stop) if following else None
    return found[0] if found and found[0].kind != "count" else None


def _unit_of_list_end(atoms: Atoms, stop: int) -> Unit | None:
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
            return member, found[0]
        at = member.stop
    return None


def _list_scale(atoms: Atoms, numeral: Numeral, stop: int) -> Decimal:
    """As in "29.5, 17.8 and 6.4 billion yuan": the scale of the last member, where the others have none."""
    found = _list_end(atoms, stop)
    if found is None or numeral.scaled or not found[0].scaled or numeral.value >= 1000:
        return Decimal(1)
    return next((f for f in sorted(scales().values(), reverse=True) if found[0].value >= f), Decimal(1))


def _with_sign(quantity: Quantity, atoms: Atoms, floor: int, sign: tuple[Unit, int] | None) -> Quantity:
    """Take in the currency sign and a minus that stand before the number."""
    first, value, high = quantity.first, quantity.value, quantity.high
    if sign is not None and sign[1] >= floor:
        first = sign[1]
    before = atoms[first - 1] if first > floor else None
    if before is not None and _is_minus(atoms, first - 1, quantity):
        first, value = first - 1, -value
        high = -high if high is not None else None
    if high is not None and high < value:
        value, high = high, value
    return replace(quantity, first=first, start=atoms[first].start, value=value, high=high)


def _is_minus(atoms: Atoms, index: int, quantity: Quantity) -> bool:
    """As in "minus 20 degrees Celsius", "-5.2 percent" after a space."""
    if atoms[index].lower == "minus":
        return True
    sign = atoms[index].text in ("-", "−") and not atoms[index].glued and is_glued(atoms, index + 1)
    return sign and quantity.unit.kind != "count"


def _read_rank(atoms: Atoms, index: int) -> Quantity | None:
    """As in "second-largest", "third most populous", "ranked second", "ranks No 3"."""
    value, stop = _rank_number(atoms, index)
    if value is None:
        return None
    at = stop + 1 if text_at(atoms, stop) == "-" else stop
    if value > 1 and _is_superlative(text_at(atoms, at)):
        return _plain(atoms, index, at + 1, value, _RANK)
    before = {text_at(atoms, index - step) for step in (1, 2)} - {""}
    if before & words("claims/rank_verbs") and not text_at(atoms, stop).endswith("time"):
        return _plain(atoms, index, stop, value, _RANK)
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


def _read_times(atoms: Atoms, index: int) -> Quantity | None:
    """As in "three times the level", "2.5 times higher", "12-fold"; "visited three times" is a plain count."""
    numeral = read_numeral(atoms, index)
    if numeral is None or numeral.form not in ("digits", "words"):
        return None
    fold_at = numeral.stop + 1 if text_at(atoms, numeral.stop) == "-" else numeral.stop
    if text_at(atoms, fold_at) in ("fold", "folds"):
        return _plain(atoms, index, fold_at + 1, numeral.value, _RATIO)
    if text_at(atoms, fold_at) != "times":
        return None
    compared = text_at(atoms, fold_at + 1) in words("claims/times_followers")
    grown = _near_change(atoms, index, reach=3)
    return _plain(atoms, index, fold_at + 1, numeral.value, _RATIO) if compared or grown else None


def _read_in(atoms: Atoms, index: int) -> Quantity | None:
    """As in "one in eight shoppers", "three in five": a share in percent."""
    top = small_numbers().get(text_at(atoms, index))
    if top is None and atoms[index].text in ("1", "2", "3"):
        top = Decimal(atoms[index].text)
    if top is None or text_at(atoms, index + 1) != "in" or not top:
        return None
    after = index + 2
    bottom = small_numbers().get(text_at(atoms, after))
    if bottom is None and after < len(atoms) and atoms[after].text.isdecimal() and len(atoms[after].text) < 5:
        bottom = Decimal(atoms[after].text)
        if top not in (1, 2, 3) and bottom not in (10, 100):
            return None
    if bottom is None or top >= bottom or bottom < 3 or text_at(atoms, after + 1) in words("claims/time_units"):
        return None
    return replace(_plain(atoms, index, after + 1, as_percent(top / bottom), PERCENT), form="fraction")


def _read_multiple(atoms: Atoms, index: int) -> Quantity | None:
    """As in "doubled", "tripling", "twofold", "twice the number"; "double" only before a noun phrase."""
    word = text_at(atoms, index)
    if word == "twice" and text_at(atoms, index + 1) in words("claims/times_followers"):
        return _plain(atoms, index, index + 1, Decimal(2), _RATIO)
    if word not in multiples() or text_at(atoms, index + 1) == "-":
        return None
    if word in ("double", "triple", "quadruple", "doubles", "triples") and not _takes_amount(atoms, index):
        return None
    return _plain(atoms, index, index + 1, multiples()[word][0], _RATIO)


def _takes_amount(atoms: Atoms, index: int) -> bool:
    """As in "double the figure", "to double in five years", "will triple by 2030"."""
    after = text_at(atoms, index + 1) in words("claims/times_followers")
    verb = text_at(atoms, index - 1) in ("to", "will", "would", "could", "can", "nearly", "almost", "may", "should")
    return after or verb


def _read_ordinal(atoms: Atoms, index: int) -> Quantity | None:
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
    form: Form = "multiple" if unit is _RATIO else "words"
    joined = text_at(atoms, stop) == "-" and is_glued(atoms, stop)
    return Quantity(first, stop, stop, atoms[first].start, atoms[stop - 1].end, value, unit, form, joined=joined)


def is_number_atom(atom: Atom) -> bool:
    """Whether an atom alone is a number: a digit group or a number word."""
    return atom.kind == "digits" or atom.lower in small_numbers()
