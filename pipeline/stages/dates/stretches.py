"""The bounds of counted stretches: "the past five years", "the first 10 months of 2020"."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from pipeline.stages.dates import periods
from pipeline.stages.dates.anchoring import period_of

if TYPE_CHECKING:
    from pipeline.stages.dates.context import Context
    from pipeline.stages.dates.expressions import (
        Stretch,
    )
    from pipeline.stages.dates.periods import Period


def stretch_bounds(node: Stretch, context: Context) -> tuple[date, date] | None:
    """First and last day of a stretch; None for an unknown amount, or where nothing anchors it."""
    if not node.amount.isdecimal() or int(node.amount) > 5000:
        return None
    count = int(node.amount)
    if node.which in {"past", "next"}:
        return _open_stretch(node, count, context.anchor)
    whole = period_of(node.of, context) if node.of is not None else _year_meant(node, count, context)
    if whole is None:
        return None
    if node.which in {"first", "running"}:
        end = later(whole.first, node.unit, count)
        return None if end is None else (whole.first, end - timedelta(1))
    start = later(whole.last + timedelta(1), node.unit, -count)
    return None if start is None else (start, whole.last)


def _open_stretch(node: Stretch, count: int, anchor: date | None) -> tuple[date, date] | None:
    if anchor is None:
        return None
    other = later(anchor, node.unit, -count if node.which == "past" else count)
    if other is None:
        return None
    return (other, anchor) if node.which == "past" else (anchor, other)


def _year_meant(node: Stretch, count: int, context: Context) -> Period | None:
    """The year of "the first 10 months": the latest that was over by the day of writing, or the one to come."""
    if node.unit not in {"M", "Q", "HY"}:
        return None
    opening = context.opening_year()
    if opening is not None:
        return periods.year(opening)
    if context.anchor is None:
        return None
    year = context.anchor.year
    end = later(date(year, 1, 1), node.unit, count)
    if end is not None and end - timedelta(4) > context.anchor and context.tense != "future":
        year -= 1
    return periods.year(year)


def later(on: date, unit: str, count: int) -> date | None:
    """The day that is `count` units away: ``(2024-01-11, "Y", -1)`` → 2023-01-11; None for units below a day."""
    months = {"M": 1, "Q": 3, "HY": 6, "Y": 12, "FY": 12, "DE": 120, "CE": 1200}.get(unit)
    if months is not None:
        year = on.year + months * count // 12
        return (
            periods.same_day(on, months=months * count) if periods.FIRST_YEAR < year < periods.LAST_YEAR - 1 else None
        )
    days = {"D": 1, "W": 7, "WE": 7, "FN": 14}.get(unit)
    return None if days is None else on + timedelta(days * count)
