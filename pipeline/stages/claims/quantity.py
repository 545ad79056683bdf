"""What is read at one place of a text: a number with its unit."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pipeline.stages.claims.numerals import (
    Form,
)
from pipeline.stages.claims.units import Unit


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
RATIO = Unit("1", "multiple", "ratio", Decimal(1))
RANK = Unit("1", "rank", "rank", Decimal(1))
