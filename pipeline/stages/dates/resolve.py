"""From what an expression says to when it is: nodes to TIMEX3 values with their bounds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.stages.dates import periods
from pipeline.stages.dates.anchoring import period_of
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
)
from pipeline.stages.dates.normalise import duration_value
from pipeline.stages.dates.periods import Period
from pipeline.stages.dates.stretches import stretch_bounds

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from pipeline.schema import DateType
    from pipeline.stages.dates.context import Context


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
    if isinstance(node, Modified) and isinstance(node.what, Stretch):
        return replace(_stretch(node.what, context), mod=node.mod)
    return _RESOLVERS.get(type(node), _date)(node, context)


def _duration(node: Duration, _: Context) -> Resolved:
    return Resolved("DURATION", duration_value(node.amount, node.unit), node.mod)


def _reference(node: Reference, _: Context) -> Resolved:
    return Resolved("DATE", node.value)


def _repeated(node: Repeated, _: Context) -> Resolved:
    return Resolved("SET", node.value)


def is_basis(node: Node) -> bool:
    """Whether an expression only says what is compared with: "a year earlier", "the same period last year"."""
    if isinstance(node, Within):
        return is_basis(node.what) or is_basis(node.of)
    return (isinstance(node, Shift) and node.reference and node.count < 0) or (isinstance(node, Shift) and node.same)


def _date(node: Node, context: Context) -> Resolved:
    period = period_of(node, context)
    mod = _mod(node)
    if period is None and isinstance(node, Shift) and node.on:
        return Resolved("DURATION", duration_value(str(node.count), node.unit))
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


def _stretch(node: Stretch, context: Context) -> Resolved:
    value = duration_value(node.amount, node.unit)
    bounds = stretch_bounds(node, context)
    if bounds is None:
        return Resolved("DURATION", value, node.mod)
    first, last = bounds
    period = Period("N", f"{first.isoformat()}/{last.isoformat()}", first, last)
    if node.which == "running" and (spoken := context.stretch_of(int(node.amount))) is not None:
        return Resolved("DURATION", value, node.mod, spoken, spoken.first, spoken.last)
    if node.which == "running":
        return Resolved("DURATION", value, node.mod, period)
    told = node.which == "first" or (node.which == "final" and node.of is not None)
    return Resolved("DURATION", value, node.mod, period if told else None, first, last)


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
        return _open_calendar(node)
    if isinstance(node, Part):
        return f"XXXX-{node.unit}" if node.unit in periods.SEASONS else f"XXXX-{node.unit[:1]}{node.number}"
    return _OPEN_UNITS.get(node.unit if isinstance(node, Shift) else "D" if isinstance(node, Holiday) else "Y", "XXXX")


_OPEN_UNITS = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Q": "XXXX-QX"}


def _open_calendar(node: Calendar) -> str:
    if node.month is not None:
        return f"XXXX-{node.month:02d}" + (f"-{node.day:02d}" if node.day else "")
    if node.day is not None:
        return f"XXXX-XX-{node.day:02d}"
    return f"XXXX-WXX-{node.weekday}" if node.weekday else "XXXX"


_RESOLVERS: dict[type, Callable[..., Resolved]] = {
    Duration: _duration,
    Reference: _reference,
    Repeated: _repeated,
    Stretch: _stretch,
    Clock: _clock,
}
