"""The years of China's five-year plans, from `resources/dates/plan_periods.csv`."""

from __future__ import annotations

from functools import cache

from pipeline.resources import table


def plan_years(number: int) -> tuple[int, int] | None:
    """First and last year of a plan: ``plan_years(14)`` → ``(2021, 2025)``; None for a plan not in the table."""
    return _plans().get(number)


@cache
def _plans() -> dict[int, tuple[int, int]]:
    return {int(r["number"]): (int(r["first"]), int(r["last"])) for r in table("dates/plan_periods")}
