"""Which stretch of the calendar an expression means, from the day of writing, the tense and what was said.

One module, as expressions nest and each kind asks `period_of` for what is inside it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from pipeline.stages.dates import periods
from pipeline.stages.dates.expressions import (
    Calendar,
    Ends,
    Holiday,
    Interval,
    Modified,
    Nearby,
    Node,
    Part,
    Shift,
    Within,
    Years,
)
from pipeline.stages.dates.feasts import feast_day, feast_days
from pipeline.stages.dates.periods import Period

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.stages.dates.context import Context

#: A past-tense date may lie a day ahead of the day of writing: the world's clocks differ.
_SLACK = timedelta(1)


#: So long ago a month ended that a text written in the next may still speak of it as to come.
_JUST_GONE = timedelta(31)
#: A quarter or a half of the past is over, or nearly so.
_PART_SLACK = timedelta(10)


#: Without a tense, a day that is no further ahead than this is to come ("runs until Nov. 30"), and a month or a
#: quarter that begins no later than this ("orders for the December quarter").
_SOON = timedelta(45)
_SEASON_AHEAD = timedelta(75)


def period_of(node: Node, context: Context) -> Period | None:
    """The stretch of the calendar that an expression means; None when nothing anchors it."""
    finder = _FINDERS.get(type(node))
    return None if finder is None else finder(node, context)


def _calendar(node: Calendar, context: Context) -> Period | None:
    if node.month is None and node.year is None:
        return _day(node, context)
    year = context.opening_year() if node.year is None else node.year
    if year is not None:
        return _stated(node, year)
    if context.anchor is None:
        return None
    near = [p for k in (-1, 0, 1) if (p := _stated(node, context.anchor.year + k)) is not None]
    matching = [p for p in near if p.first.isoweekday() == node.weekday] if node.day and node.weekday else []
    found = _by_tense(matching or near, context)
    return _in_order(near, found, context) if found and found.unit == "M" else found


def _in_order(near: list[Period], found: Period, context: Context) -> Period:
    """A month that has just gone by, though the tense asks for the next, behind an earlier one of its sentence.

    "The thaw, which began in **March**, will go on through **April** and May", written on May 6.
    """
    before, today = context.part_of_sentence(), context.anchor
    if before is None or today is None or found.first <= today:
        return found
    gone = (p for p in near if before.first < p.first < today and today - p.last <= _JUST_GONE)
    return next(gone, found)


def _day(node: Calendar, context: Context) -> Period | None:
    if node.day is not None:
        return _day_of_month(node.day, node.weekday, context)
    return None if node.weekday is None else _weekday(node.weekday, context)


def _day_of_month(number: int, weekday: int | None, context: Context) -> Period | None:
    """Such as "on the 9th": of this month, or of the one before or behind it, as the tense says.

    With its weekday ("Friday the 13th") it may lie more than a month away.
    """
    reach = 1 if weekday is None else 14
    if context.anchor is None:
        return None
    months = [periods.month(context.anchor.year, context.anchor.month + k) for k in range(-reach, reach + 1)]
    near = [periods.day(m.first.replace(day=number)) for m in months if number <= m.last.day]
    near = [d for d in near if weekday in {None, d.first.isoweekday()}]
    return _by_tense(near, context, slack=timedelta(weekday is None))


def _stated(node: Calendar, year: int) -> Period | None:
    if not periods.FIRST_YEAR <= year <= periods.LAST_YEAR:
        return None
    if node.month is None:
        return periods.year(year)
    whole = periods.month(year, node.month)
    if node.day is None:
        return whole
    return periods.day(whole.first.replace(day=node.day)) if node.day <= whole.last.day else None


def _by_tense(near: list[Period], context: Context, *, slack: timedelta = _SLACK) -> Period | None:
    """Of the same date in several years, the one that the tense and the day of writing say."""
    today = context.anchor
    if today is None or not near:
        return None
    past = [p for p in near if (p.last - _PART_SLACK <= today if p.unit in {"Q", "HY"} else p.first <= today + slack)]
    coming = [p for p in near if p.last >= today]
    tense = context.tense
    if coming and (tense == "future" or (tense != "past" and coming[0].first - today <= _ahead(coming[0]))):
        return coming[0]
    return past[-1] if past else near[0]


def _ahead(period: Period) -> timedelta:
    """How far ahead a date may lie that no tense puts in the past or the future: further off, it is gone by."""
    return _SOON if period.unit == "D" else _SEASON_AHEAD


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
    if unit == "FY":
        return periods.fiscal_year(whole.last)
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
    spoken = _spoken_of(node, context)
    if spoken is not None:
        return moved_years(spoken, node.count) if node.same else periods.moved(spoken.first, node.unit, _steps(node))
    base = context.today if node.unit in _DAILY else context.anchor
    return None if base is None or node.told or node.on else _shift_from(base, node, context)


#: Units that count from the dateline's day; a longer one counts from the day of writing.
_DAILY = frozenset({"D", "W", "WE", "FN", "HR", "MIN", "S"})


def _spoken_of(node: Shift, context: Context) -> Period | None:
    """The time in the text that a step starts from, if it starts from one."""
    if node.told:
        told = context.last_said()
        return told if told and told.last <= _step_end(told.first, node.unit) else None
    if node.reference and node.unit == "Y" and not node.count:
        return context.day_before_year() or context.reference(node.unit)
    if node.reference or node.latest:
        return context.reference(node.unit)
    return context.part_of_sentence() if node.same else None


def _step_end(first: date, unit: str) -> date:
    """The last day of the unit that a day lies in: no "that month" leans on a whole year."""
    whole = periods.moved(first, unit, 0)
    return whole.last if whole else first


def _steps(node: Shift) -> int:
    return 0 if node.latest else node.count


def _shift_from(base: date, node: Shift, context: Context) -> Period | None:
    if node.unit == "TC":
        return periods.year((base.year + 50) // 100 * 100)
    if node.unit in {"HR", "MIN", "S"}:
        return periods.day(base)
    gone = node.unit == "WE" and node.count == 0 and context.tense == "past" and base.isoweekday() < 6
    return periods.moved(base, node.unit, -1 if gone else node.count)


def moved_years(spoken: Period, count: int) -> Period | None:
    """What was spoken of, in another year; a stretch of months keeps its bounds and takes the year's value."""
    found = periods.shifted_years(spoken, count)
    if found is None or found.unit != "N":
        return found
    return Period("Y", f"{found.first.year:04d}", found.first, found.last)


def _nearby(node: Nearby, context: Context) -> Period | None:
    what, base = node.what, context.anchor
    spoken = context.last_said() if node.reference else None
    if isinstance(what, Calendar) and what.month is None and what.weekday:
        return _nearby_weekday(what.weekday, node.which, spoken.last if spoken else context.today)
    base = spoken.last if spoken else base
    if base is None:
        return None
    near = [p for k in (-2, -1, 0, 1, 2) if (p := _in_year(what, base.year + k, context)) is not None]
    if node.which == "this":
        return _this_one(near, what, base)
    if node.which == "last":
        return _last_one([p for p in near if p.last < base], base)
    return next((p for p in near if p.first > base), None)


#: "Last June" is not said of a June so near in the same year: it is the one of the year before.
_TOO_NEAR = timedelta(125)


def _last_one(past: list[Period], base: date) -> Period | None:
    """Of the same month, season or feast in past years, the one that "last" means."""
    if len(past) > 1 and past[-1].unit == "M" and past[-1].first.year == base.year and base - past[-1].last < _TOO_NEAR:
        return past[-2]
    return past[-1] if past else None


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
    if isinstance(what, Interval):
        return _interval(replace(what, last=replace(what.last, year=year)), context)
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
    if spoken is None and what.unit in {"D", "W", "Q"} and context.today is not None:
        spoken = periods.moved(context.today, what.unit, -1 if what.unit == "Q" else 0)
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
