"""Column heads that nobody wrote: what a verb or a unit says is measured."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from pipeline.resources import table

#: Heads that only money has: a plant that generates 3 million kWh has no revenue of them.
_OF_MONEY = frozenset(
    {"revenue", "income", "payment", "funding", "funds", "funds raised", "price", "fine", "spending", "compensation"}
    | {"reimbursement", "refund", "subsidy", "debt", "award", "reward", "repayment"}
)


class Heading(NamedTuple):
    """What a column is headed with; `person` where a person is the subject, `beside` a word that has to be there."""

    head: str
    person: str
    beside: str

    def of(self, kind: str, *, person: bool) -> str | None:
        """The head for an amount of that kind."""
        head = self.person if person and self.person else self.head
        return None if kind == "measure" and head in _OF_MONEY else head


@cache
def headings() -> dict[str, Heading]:
    """What an analyst would head the column with, by verb, or by verb and particle: "set aside"."""
    return {row["verb"]: Heading(row["heading"], row["person"], row["beside"]) for row in table("claims/headings")}


@cache
def dimensions() -> dict[str, str]:
    """What an analyst would head the column with, by the unit's symbol or dimension."""
    return {row["dimension"]: row["heading"] for row in table("claims/dimensions")}
