"""From what an expression says to when it is: nodes to TIMEX3 values with their bounds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from pipeline.stages.dates import periods
from pipeline.stages.dates.expressions import (
    Calendar,
    Clock,
    Duration,
    Ends,
    Holiday,
    Interval,
    Modified,
    Nearby,
    Node,
    Part,
    Reference,
    Repeated,
    Shift,
    Stretch,
    Within,
    Years,
)
from pipeline.stages.dates.feasts import feast_day, feast_days
from pipeline.stages.dates.normalise import duration_value
from pipeline.stages.dates.periods import Period

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.schema import DateType
    from pipeline.stages.dates.context import Context

#: A past-tense date may lie a day ahead of the day of writing: the world's clocks differ.
_SLACK = timedelta(1)

#: A quarter or a half of the past is over, or nearly so.
_PART_SLACK = timedelta(10)

#: A date in the present tense that is no further ahead than this is to come ("runs until Nov. 30").
_SOON = timedelta(45)


@dataclass(frozen=True, slots=True)
class Resolved:
    """A TIMEX3 with its bounds; `period` is the calendar stretch that later expressions can lean on."""

    type: DateType
    value: str
    mod: str | None = None
    period: Period | None = None
    earliest: date | None = None
    latest: date | None = None
    unanchored: bool = False


def resolve(node: Node, context: Context) -> Resolved:
    """The value of an expression where it stands; bounds only where they are known."""
    if isinstance(node, Duration):
        return Resolved("DURATION", duration_value(node.amount, node.unit), node.mod)
    if isinstance(node, Reference):
        return Resolved("DATE", node.value)
    if isinstance(node, Repeated):
        return Resolved("SET", node.value)
    if isinstance(node, Stretch):
        return _stretch(node, context)
    if isinstance(node, Clock):
        return _clock(node, context)
    if isinstance(node, Modified) and isinstance(node.what, Stretch):
        return replace(_stretch(node.what, context), mod=node.mod)
    return _date(node, context)


def period_of(node: Node, context: Context) -> Period | None:
    """The stretch of the calendar that an expression means; None when nothing anchors it."""
    finder = _FINDERS.get(type(node))
    return None if finder is None else finder(node, context)


def is_basis(node: Node) -> bool:
    """Whether an expression only says what something is compared with: "a year earlier", "the same period last year"."""
    if isinstance(node, Within):
        return is_basis(node.what) or is_basis(node.of)
    return (isinstance(node, Shift) and node.reference and node.count < 0) or (isinstance(node, Shift) and node.same)


def _date(node: Node, context: Context) -> Resolved:
    period = period_of(node, context)
    mod = _mod(node)
    if period is None:
        generic = isinstance(node, Part) and node.generic
        return Resolved("DATE", _open_value(node), mod, unanchored=not generic)
    if isinstance(node, Shift) and node.unit in {"HR", "MIN", "S"}:
        return Resolved("TIME", f"{period.value}TXX:XX", mod, None, period.first, period.last)
    return Resolved("DATE", period.value, mod, period, period.first, period.last)


def _mod(node: Node) -> str | None:
    if isinstance(node, Modified):
        return node.mod or None
    if isinstance(node, Shift) and node.approximate:
        before = {
            "MORE_THAN": "BEFORE",
            "LESS_THAN": "AFTER",
            "EQUAL_OR_MORE": "ON_OR_BEFORE",
            "EQUAL_OR_LESS": "ON_OR_AFTER",
        }
        return before.get(node.approximate, node.approximate) if node.count < 0 else node.approximate
    return None


def _calendar(node: Calendar, context: Context) -> Period | None:
    if node.year is not None:
        return _stated(node, node.year)
    if node.month is None:
        if node.day is not None:
            return _day_of_month(node.day, context)
        return None if node.weekday is None else _weekday(node.weekday, context)
    year = context.opening_year()
    if year is not None:
        return _stated(node, year)
    if context.anchor is None or context.today is None:
        return None
    near = [_stated(node, context.anchor.year + k) for k in (-1, 0, 1)]
    if node.day and node.weekday:
        matching = [p for p in near if p and p.first.isoweekday() == node.weekday]
        near = matching or near
    return _by_tense([p for p in near if p], context)


def _day_of_month(number: int, context: Context) -> Period | None:
    """Such as "on the 9th": of this month, or of the one before or behind it, as the tense says."""
    if context.anchor is None:
        return None
    months = [periods.month(context.anchor.year, context.anchor.month + k) for k in (-1, 0, 1)]
    near = [periods.day(m.first.replace(day=number)) for m in months if number <= m.last.day]
    return _by_tense(near, context)


def _stated(node: Calendar, year: int) -> Period | None:
    if not periods.FIRST_YEAR <= year <= periods.LAST_YEAR:
        return None
    if node.month is None:
        return periods.year(year)
    whole = periods.month(year, node.month)
    if node.day is None:
        return whole
    return periods.day(whole.first.replace(day=node.day)) if node.day <= whole.last.day else None


def _by_tense(near: list[Period], context: Context) -> Period | None:
    """Of the same date in several years, the one that the tense and the day of writing say."""
    today = context.anchor
    if today is None or not near:
        return None
    past = [p for p in near if (p.last - _PART_SLACK <= today if p.unit in {"Q", "HY"} else p.first <= today + _SLACK)]
    coming = [p for p in near if p.last >= today]
    tense = context.tense
    if tense == "future" and coming:
        return coming[0]
    if tense == "present" and coming and coming[0].unit == "D" and coming[0].first - today <= _SOON:
        return coming[0]
    return past[-1] if past else near[0]


def _weekday(number: int, context: Context) -> Period | None:
    if context.today is None:
        return None
    back = (context.today.isoweekday() - number) % 7
    if context.tense == "future" and back:
        return periods.day(context.today + timedelta(7 - back))
    return periods.day(context.today - timedelta(back))


def _years(node: Years, _: Context) -> Period:
    return periods.years(node.first, node.last, node.unit)


def _interval(node: Interval, context: Context) -> Period | None:
    pair = interval_ends(node.first, node.last, context)
    if pair is None:
        return None
    first, last = pair
    return Period("N", f"{first.value}/{last.value}", first.first, last.last)


def interval_ends(first: Calendar, last: Calendar, context: Context) -> tuple[Period, Period] | None:
    """Both ends of a stretch, so that the first comes before the last: "from November to March"."""
    if first.weekday and last.weekday:
        return _weekday_ends(first.weekday, last.weekday, context)
    if context.tense == "future" and last.year is None:
        start = _calendar(first, context)
        later = [] if start is None else [_stated(last, start.first.year + k) for k in (0, 1)]
        end = next((p for p in later if p and start and p.first >= start.first), None)
        return (start, end) if start and end else None
    end = _calendar(last, context) if last.year is None and first.year is None else None
    if last.year is not None:
        end = _stated(last, last.year)
    elif first.year is not None:
        start = _stated(first, first.year)
        later = [_stated(last, first.year + k) for k in (0, 1)]
        end = next((p for p in later if p and start and p.first >= start.first), None)
    if end is None:
        return None
    earlier = [_stated(first, first.year)] if first.year else [_stated(first, end.first.year - k) for k in (0, 1)]
    start = next((p for p in earlier if p and p.first <= end.first), None)
    return (start, end) if start else None


def _weekday_ends(first: int, last: int, context: Context) -> tuple[Period, Period] | None:
    length = timedelta((last - first) % 7)
    if context.tense == "future":
        start = _weekday(first, context)
        return None if start is None else (start, periods.day(start.first + length))
    end = _weekday(last, context)
    return None if end is None else (periods.day(end.first - length), end)


def _end(node: Ends, context: Context) -> Period | None:
    pair = interval_ends(node.pair.first, node.pair.last, context)
    return None if pair is None else pair[node.last]


def _part(node: Part, context: Context) -> Period | None:
    if node.of is not None:
        inner = period_of(node.of, context)
        return None if inner is None else _part_of(node, inner)
    year = context.opening_year()
    if year is not None:
        return _part_of(node, periods.year(year))
    if context.anchor is None or (node.generic and context.tense != "past"):
        return None
    near = [_part_of(node, periods.year(context.anchor.year + k)) for k in (-1, 0, 1)]
    return _by_tense([p for p in near if p], context)


def _part_of(node: Part, whole: Period) -> Period | None:
    year = whole.first.year
    if node.unit == "Q":
        return periods.quarter(year, node.number)
    if node.unit == "HY":
        return periods.half(year, node.number)
    if node.unit in periods.SEASONS:
        return periods.season(year, node.unit)
    return _ordinal_unit(node.unit[1:], node.number, whole)


def _ordinal_unit(unit: str, number: int, whole: Period) -> Period | None:
    if unit.isdecimal():
        return _ordinal_weekday(int(unit), number, whole)
    days = {"D": 1, "W": 7}.get(unit)
    if number < 0:
        found: Period | None = periods.around(whole.last, unit)
    elif days:
        found = periods.around(whole.first + timedelta((number - 1) * days), unit)
    elif unit == "WE":
        start = whole.first + timedelta((5 - whole.first.weekday()) % 7 if whole.first.weekday() < 6 else -1)
        found = periods.weekend(start + timedelta(7 * (number - 1)))
    else:
        found = periods.moved(whole.first, unit, number - 1)
    return found if found and found.first <= whole.last else None


def _ordinal_weekday(weekday: int, number: int, whole: Period) -> Period | None:
    """Such as "the second Tuesday" of a month; -1 for the last."""
    if number < 0:
        return periods.day(whole.last - timedelta((whole.last.isoweekday() - weekday) % 7))
    on = whole.first + timedelta((weekday - whole.first.isoweekday()) % 7 + 7 * (number - 1))
    return periods.day(on) if on <= whole.last else None


def _shift(node: Shift, context: Context) -> Period | None:
    if node.reference:
        return _shift_reference(node, context)
    if node.latest:
        spoken = context.reference(node.unit)
        if spoken is not None:
            return periods.moved(spoken.first, node.unit, 0)
    if node.same:
        spoken = context.part_of_sentence()
        if spoken is not None:
            return moved_years(spoken, node.count)
    base = context.today if node.unit in {"D", "W", "WE", "FN", "HR", "MIN", "S"} else context.anchor
    if base is None:
        return None
    if node.unit == "TC":
        return periods.year((base.year + 50) // 100 * 100)
    if node.unit in {"HR", "MIN", "S"}:
        return periods.day(base)
    if node.unit == "WE" and node.count == 0 and context.tense == "past" and base.isoweekday() < 6:
        return periods.weekend(base - timedelta(7))
    return periods.moved(base, node.unit, node.count)


def _shift_reference(node: Shift, context: Context) -> Period | None:
    spoken = context.reference(node.unit)
    if spoken is None:
        return _shift(replace(node, reference=False), context)
    if node.same:
        return moved_years(spoken, node.count)
    return periods.moved(spoken.first, node.unit, node.count)


def moved_years(spoken: Period, count: int) -> Period | None:
    """What was spoken of, in another year; a stretch of months keeps its bounds and takes the year's value."""
    found = periods.shifted_years(spoken, count)
    if found is None or found.unit != "N":
        return found
    return Period("Y", f"{found.first.year:04d}", found.first, found.last)


def _nearby(node: Nearby, context: Context) -> Period | None:
    what = node.what
    if isinstance(what, Calendar) and what.month is None and what.weekday:
        return _nearby_weekday(what.weekday, node.which, context.today)
    if context.anchor is None:
        return None
    years = [context.anchor.year + k for k in (-2, -1, 0, 1, 2)]
    near = [p for p in (_in_year(what, y, context) for y in years) if p]
    if node.which == "this":
        return _this_one(near, what, context.anchor)
    if node.which == "last":
        return next((p for p in reversed(near) if p.last < context.anchor), None)
    return next((p for p in near if p.first > context.anchor), None)


def _this_one(near: list[Period], what: Node, anchor: date) -> Period | None:
    current = next((p for p in near if p.first <= anchor <= p.last), None)
    if current is not None:
        return current
    if isinstance(what, Part) and what.unit == "WI" and anchor.month <= 3:
        return next((p for p in reversed(near) if p.first <= anchor), None)
    return next((p for p in near if p.first.year == anchor.year), None)


def _nearby_weekday(number: int, which: str, today: date | None) -> Period | None:
    if today is None:
        return None
    ahead = (number - today.isoweekday()) % 7
    if which == "last":
        return periods.day(today - timedelta((7 - ahead) % 7 or 7))
    if which == "next":
        return periods.day(today + timedelta(ahead or 7))
    return periods.day(today + timedelta(number - today.isoweekday()))


def _in_year(what: Node, year: int, context: Context) -> Period | None:
    if isinstance(what, Calendar):
        return _stated(what, year)
    if isinstance(what, Part):
        return _part_of(what, periods.year(year))
    if isinstance(what, Holiday):
        return _feast(replace(what, year=year), context)
    return None


def _within(node: Within, context: Context) -> Period | None:
    if isinstance(node.what, Shift) and node.what.same:
        return _same_period(node.what, node.of, context)
    whole = period_of(node.of, context)
    if whole is None:
        return None
    if isinstance(node.what, Calendar) and node.what.weekday and not node.what.month:
        return periods.day(whole.first + timedelta(node.what.weekday - 1))
    if isinstance(node.what, Part) and node.what.unit.startswith("N"):
        return _part_of(node.what, whole)
    return _in_year(_bare(node.what), whole.first.year, context)


def _bare(node: Node) -> Node:
    return node.what if isinstance(node, Nearby) else node


def _same_period(what: Shift, of: Node, context: Context) -> Period | None:
    """Such as "the same period last year": the stretch spoken of, a year back from where the sentence is."""
    spoken = context.reference(what.unit)
    year = period_of(of, context)
    if spoken is None and what.unit in {"D", "W"} and context.today is not None:
        spoken = periods.around(context.today, what.unit)
    if spoken is None:
        return year
    if isinstance(of, Shift) and of.unit == "Y":
        return moved_years(spoken, of.count)
    return None if year is None else moved_years(spoken, year.first.year - spoken.first.year)


def _modified(node: Modified, context: Context) -> Period | None:
    inner = period_of(node.what, context)
    if inner is None or node.mod == "APPROX":
        return inner
    if node.until_now:
        return _until_now(inner, node.mod, context)
    if not node.edge:
        return periods.third(inner, node.mod)
    found = periods.edge(inner, node.mod)
    if node.mod == "END" and inner.unit == "Y":
        return replace(found, value=periods.month(inner.last.year, 12).value)
    return found


def _until_now(inner: Period, mod: str, context: Context) -> Period:
    now = context.anchor
    if now is None or not inner.first <= now <= inner.last or inner.unit == "D":
        return inner
    return replace(inner, first=now) if mod == "END" else replace(inner, last=now)


def _holiday(node: Holiday, context: Context) -> Period | None:
    if node.year is None:
        year = context.opening_year()
        if year is not None:
            return _feast(replace(node, year=year), context)
        if context.anchor is None:
            return None
        near = [_feast(replace(node, year=context.anchor.year + k), context) for k in (-1, 0, 1)]
        return _by_tense([p for p in near if p], context)
    return _feast(node, context)


def _feast(node: Holiday, _: Context) -> Period | None:
    on = feast_day(node.name, node.year or 0)
    if on is None:
        return None
    if not node.stretch:
        return periods.day(on)
    first, last = feast_days(node.name, on)
    return Period("D", on.isoformat(), first, last)


def _stretch(node: Stretch, context: Context) -> Resolved:
    value = duration_value(node.amount, node.unit)
    bounds = _stretch_bounds(node, context)
    if bounds is None:
        return Resolved("DURATION", value, node.mod)
    first, last = bounds
    period = Period("N", f"{first.isoformat()}/{last.isoformat()}", first, last)
    if node.which == "running":
        return Resolved("DURATION", value, node.mod, period)
    return Resolved("DURATION", value, node.mod, period if node.which == "first" else None, first, last)


def _stretch_bounds(node: Stretch, context: Context) -> tuple[date, date] | None:
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


def _clock(node: Clock, context: Context) -> Resolved:
    day = period_of(node.day, context) if node.day is not None else context.day_of_sentence()
    if day is None and node.day is None and context.today is not None:
        day = periods.day(context.today)
    if day is None:
        return Resolved("TIME", f"XXXX-XX-XX{node.value}", node.mod, unanchored=True)
    return Resolved("TIME", f"{day.value}{node.value}", node.mod, day, day.first, day.last)


def _open_value(node: Node) -> str:
    """The value without its year: ``XXXX-10``, ``XXXX-WXX-5``, ``XXXX-Q3``, ``XXXX``."""
    if isinstance(node, Modified | Nearby | Within):
        return _open_value(node.what)
    if isinstance(node, Ends):
        return _open_value(node.pair.last if node.last else node.pair.first)
    if isinstance(node, Interval):
        return f"{_open_value(node.first)}/{_open_value(node.last)}"
    if isinstance(node, Calendar):
        if node.month is not None:
            return f"XXXX-{node.month:02d}" + (f"-{node.day:02d}" if node.day else "")
        if node.day is not None:
            return f"XXXX-XX-{node.day:02d}"
        return f"XXXX-WXX-{node.weekday}" if node.weekday else "XXXX"
    if isinstance(node, Part):
        return f"XXXX-{node.unit}" if node.unit in periods.SEASONS else f"XXXX-{node.unit[:1]}{node.number}"
    unit = node.unit if isinstance(node, Shift) else "D" if isinstance(node, Holiday) else "Y"
    return {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Q": "XXXX-QX"}.get(unit, "XXXX")


_FINDERS: dict[type, Callable[..., Period | None]] = {
    Calendar: _calendar,
    Years: _years,
    Interval: _interval,
    Ends: _end,
    Part: _part,
    Shift: _shift,
    Nearby: _nearby,
    Within: _within,
    Modified: _modified,
    Holiday: _holiday,
}
