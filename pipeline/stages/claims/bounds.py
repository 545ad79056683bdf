"""Comparator and modifier: "more than", "nearly", "or so", "a total of"."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple, cast

from pipeline.annotations import Extent
from pipeline.resources import table
from pipeline.resources import words as words_of
from pipeline.schema import Comparator
from pipeline.stages.claims.atoms import split_atoms, text_at
from pipeline.stages.claims.numerals import Atoms
from pipeline.stages.claims.quantities import is_number_atom
from pipeline.stages.claims.quantity import Quantity
from pipeline.stages.claims.units import unit_at

_LONGEST = 5

#: Bounds that say nothing else before a noun: "under a budget of 3 million yuan" is none.
_OF_LEVELS = frozenset({"above", "below", "exceeding", "beyond"})

#: Verbs of a bound whose object may as well be things: "crossed two rivers", "approached 20 firms".
_OF_THINGS = frozenset(
    {
        "passed",
        "passing",
        "passes",
        "crossed",
        "crossing",
        "approached",
        "approaches",
        "neared",
        "breached",
        "breaching",
    }
    | {"outstripped", "outstripping"}
)


class Bound(NamedTuple):
    """How a number is bounded, and the words that say so; `lead` is the atom where number and words begin."""

    comparator: Comparator
    extent: Extent | None
    lead: int


@cache
def _phrases(position: str) -> dict[tuple[str, ...], Comparator]:
    rows = (row for row in table("claims/comparators") if row["position"] == position)
    return {
        tuple(atom.lower for atom in split_atoms(row["phrase"])): cast("Comparator", row["comparator"]) for row in rows
    }


def read_bound(atoms: Atoms, quantity: Quantity) -> Bound:
    """The bound of a number: words before it, the nearest first, then words after it.

    ``"a total of more than 50"`` → ``>``, "more than"; vague amounts are ``~`` where nothing else is said.
    """
    lead = quantity.first
    comparator: Comparator = "="
    said = lead
    while (found := _before(atoms, lead, quantity)) is not None:
        sign, lead = found
        said = lead if sign != "=" or comparator == "=" else said
        comparator = comparator if comparator != "=" else sign
    if lead < quantity.first:
        extent = Extent(atoms[said].start, atoms[quantity.first - 1].end)
        return Bound(_vague(quantity, comparator), extent, lead)
    for start in (quantity.stop, quantity.stop + 1, quantity.stop + 2):
        after = _after(atoms, start, loose=start == quantity.stop)
        if after is not None:
            return Bound(after[0], Extent(atoms[start].start, atoms[after[1] - 1].end), lead)
        if start >= len(atoms) or atoms[start].kind != "word" or text_at(atoms, start) in ("and", "or"):
            break
    return _before_noun(atoms, quantity) or Bound(_vague(quantity, "="), None, lead)


def _before_noun(atoms: Atoms, quantity: Quantity) -> Bound | None:
    """As in "below a wind speed of 10 meters per second": the bound stands before the noun that is measured."""
    lead = quantity.first
    if text_at(atoms, lead - 1) != "of":
        return None
    for start in range(lead - 3, max(lead - 7, 0), -1):
        sign = _phrases("before").get((text_at(atoms, start - 1),))
        leveled = text_at(atoms, start) in ("a", "an") and text_at(atoms, start - 1) in _OF_LEVELS
        if leveled and sign in (">", "<") and not _sets_beside(atoms, start - 1, quantity):
            return Bound(sign, Extent(atoms[start - 1].start, atoms[start - 1].end), lead)
    return None


def _sets_beside(atoms: Atoms, cue: int, quantity: Quantity) -> bool:
    """As in "grew 7.2 percent in May, below an average rise of 7.4 percent": another figure, no bound of this one."""
    if text_at(atoms, cue - 1) != ",":
        return False
    for index in range(cue - 2, max(cue - 30, -1), -1):
        if text_at(atoms, index) in (".", ";"):
            return False
        found = unit_at(atoms, index)
        if found is not None and found[0] == quantity.unit and index and is_number_atom(atoms[index - 1]):
            return True
    return False


def _vague(quantity: Quantity, comparator: Comparator) -> Comparator:
    return "~" if quantity.form == "vague" and comparator == "=" else comparator


def _before(atoms: Atoms, stop: int, quantity: Quantity) -> tuple[Comparator, int] | None:
    for length in range(min(_LONGEST, stop), 0, -1):
        words = tuple(atom.lower for atom in atoms[stop - length : stop])
        sign = _phrases("before").get(words)
        if sign is not None and not _means_otherwise(atoms, stop - length, words, quantity):
            return sign, stop - length
    return None


def _means_otherwise(atoms: Atoms, start: int, words: tuple[str, ...], quantity: Quantity) -> bool:
    """As in "rose over 3 percent" is a bound, "the top 10", "went up to 5 percent", "under two plans" are none."""
    if words[0] in _OF_THINGS:
        return quantity.unit.kind == "count" and not quantity.scaled_up
    if words == ("over",) and text_at(atoms, start - 1) in ("turn", "turns", "turned", "turning"):
        return True
    if words == ("under",) and quantity.unit.kind == "count":
        nouns = (text_at(atoms, quantity.stop), text_at(atoms, quantity.stop + 1), text_at(atoms, quantity.stop + 2))
        return not words_of("claims/frameworks").isdisjoint(nouns)
    if words == ("top",):
        return text_at(atoms, start - 1) in ("the", "to", "world", "s", "of") and text_at(atoms, start - 1) != "to"
    return words == ("up", "to") and text_at(atoms, start - 1) in _moves()


@cache
def _moves() -> frozenset[str]:
    return words_of("claims/moving_verbs") | {"add", "added", "adds", "adding", "catch", "caught", "rose", "rise"}


def _after(atoms: Atoms, start: int, *, loose: bool) -> tuple[Comparator, int] | None:
    """A bound behind a number: "60 or more"; behind its noun only a plain one: "60 parks or so"."""
    for length in range(3, 0, -1):
        words = tuple(atom.lower for atom in atoms[start : start + length])
        if not loose and (words[:1] != ("or",) or words[-1:] not in (("so",), ("thereabouts",), ("more",), ("fewer",))):
            continue
        sign = _phrases("after").get(words)
        if sign is not None:
            return sign, start + length
    return None
