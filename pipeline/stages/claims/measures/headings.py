"""Column heads that nobody wrote: what a verb or a unit says is measured."""

from __future__ import annotations

from functools import cache

from pipeline.resources import table


@cache
def headings() -> dict[str, str]:
    """What an analyst would head the column with, by verb."""
    return {row["verb"]: row["heading"] for row in table("claims/headings")}


@cache
def dimensions() -> dict[str, str]:
    """What an analyst would head the column with, by the unit's dimension."""
    return {row["dimension"]: row["heading"] for row in table("claims/dimensions")}
