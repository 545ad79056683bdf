"""Text to value: pure functions, a string in, a number or None out."""

from __future__ import annotations

from decimal import Decimal

from pipeline.stages.claims.atoms import split_atoms
from pipeline.stages.claims.numerals import read_numeral
from pipeline.stages.claims.quantities import find_quantities
from pipeline.stages.claims.quantity import Quantity


def read_number(text: str) -> Decimal | None:
    """The number that `text` spells, or None: ``"two and a half million"`` → 2500000, ``"two-thirds"`` → 66.67.

    Fractions are in percent; a vague amount is the least that it means (``"hundreds of thousands"`` → 100000).
    """
    atoms = split_atoms(text)
    numeral = read_numeral(atoms, 0) if atoms else None
    return numeral.value if numeral is not None and numeral.stop == len(atoms) else None


def read_quantity(text: str) -> Quantity | None:
    """The one number with its unit that `text` is, or None: ``"US$5m"`` → 5000000 USD; a range has `high`, too."""
    found = list(find_quantities(split_atoms(text)))
    if len(found) != 1 or (found[0].start, found[0].end) != (0, len(text)):
        return None
    return found[0]
