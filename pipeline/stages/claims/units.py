"""The table of units as a tree of spellings, and the longest match in a text."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import NamedTuple, cast

from pipeline.resources import table, words
from pipeline.schema import ClaimKind
from pipeline.stages.claims.atoms import Atom, is_glued, split_atoms, text_at


class Unit(NamedTuple):
    """A unit: `symbol` as SPEC writes it, `factor` to the base unit of its `dimension`.

    Of money the factor is what one of it is of the currency: a US cent is 0.01 USD.
    """

    symbol: str
    kind: ClaimKind
    dimension: str
    factor: Decimal


COUNT = Unit("1", "count", "count", Decimal(1))
#: Hundredths of a dollar or a euro that the text has to tell.
CENT = "cent"
CELSIUS = Unit("Cel", "measure", "temperature", Decimal(1))
_LONGEST = 8
_PER = frozenset({"a", "an", "per"})


@cache
def spellings() -> dict[tuple[str, ...], Unit]:
    """Every spelling, cut into atoms without hyphens, with its unit."""
    found: dict[tuple[str, ...], Unit] = {}
    for row in table("claims/units"):
        unit = Unit(row["symbol"], cast("ClaimKind", row["kind"]), row["dimension"], Decimal(row["factor"]))
        for spelling in row["spellings"].split("|"):
            key = tuple(atom.text for atom in split_atoms(spelling) if atom.text != "-")
            found[key] = unit
            if len(spelling) > 3:
                found.setdefault(tuple(part.lower() for part in key), unit)
    return found


@cache
def _first_atoms() -> frozenset[str]:
    return frozenset(key[0] for key in spellings()) | frozenset(key[0].lower() for key in spellings())


@cache
def signs() -> dict[str, str]:
    """Signs and codes that stand before an amount: ``"US$"`` → USD."""
    return {row["sign"]: row["unit"] for row in table("claims/currency_signs")}


def money(code: str) -> Unit:
    """The unit of an ISO 4217 code."""
    return Unit(code, "money", "money", Decimal(1))


def unit_at(atoms: tuple[Atom, ...], index: int) -> tuple[Unit, int] | None:
    """The unit that is spelled from atom `index` on (a joining hyphen before it allowed), and where it ends."""
    start = (
        index + 1 if text_at(atoms, index) == "-" and is_glued(atoms, index) and is_glued(atoms, index + 1) else index
    )
    if start >= len(atoms) or (atoms[start].text not in _first_atoms() and atoms[start].lower not in _first_atoms()):
        return None
    best: tuple[Unit, int] | None = None
    exact: list[str] = []
    for position in range(start, min(start + 2 * _LONGEST, len(atoms))):
        if atoms[position].text == "-":
            continue
        exact.append(atoms[position].text)
        unit = spellings().get(tuple(exact)) or _lower_match(exact)
        if unit is not None:
            best = unit, position + 1
        if len(exact) == _LONGEST:
            break
    return best if best and not _is_something_else(atoms, start, best[1]) else None


def _lower_match(parts: list[str]) -> Unit | None:
    lowered = tuple(part.lower() if len(part) > 3 else part for part in parts)
    return spellings().get(lowered)


def _is_something_else(atoms: tuple[Atom, ...], start: int, stop: int) -> bool:
    """As in "5G": a symbol that runs on into letters or digits is none."""
    runs_on = is_glued(atoms, stop) and atoms[stop].kind != "mark"
    return runs_on or " ".join(atom.lower for atom in atoms[start : stop + 1]) in words("claims/not_units")


def sign_before(atoms: tuple[Atom, ...], index: int) -> tuple[Unit, int] | None:
    """The currency sign or code that stands before the amount at `index`, and where it begins."""
    for length in (4, 3, 2, 1):
        start = index - length
        if start < 0:
            continue
        joined = "".join(atom.text for atom in atoms[start:index])
        if joined in signs() and all(atom.glued for atom in atoms[start + 1 : index]):
            return money(signs()[joined]), start
    return None
