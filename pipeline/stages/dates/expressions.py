"""What an expression says before it is known when it is: the nodes that patterns build and `resolve` reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Calendar:
    """A stated year, month, day or weekday, any of them left open: "Nov. 18", "May 2022", "Friday"."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Years:
    """A stretch of years: the 1990s (unit DE), the 19th century (CE), fiscal 2021 (FY), 2013-2017 (Y)."""

    first: int
    last: int
    unit: str


@dataclass(frozen=True, slots=True)
class Interval:
    """Two points written as one: "May 1-7", "January-October"."""

    first: Calendar
    last: Calendar


@dataclass(frozen=True, slots=True)
class Part:
    """The n-th quarter (Q), half (HY) or a season (SP, SU, FA, WI) of a year; `of` is the year meant, if said.

    `generic` for a season without an article: "in summer" may be every one of them.
    """

    unit: str
    number: int = 0
    of: Node | None = None
    fiscal: bool = False
    generic: bool = False


@dataclass(frozen=True, slots=True)
class Shift:
    """A unit counted from the day of writing or from the time spoken of (`reference`): "last year", "a year earlier".

    `count` is -1 for the one before. `same` asks for the stretch that the text speaks of, moved: "a year earlier"
    after "the third quarter" is a quarter. `latest` asks for the one spoken of, else the last that is over; `told` for
    the one told of last: "that year". `on` is a stretch where nothing was spoken of: "40 years on".
    """

    unit: str
    count: int
    reference: bool = False
    same: bool = False
    approximate: str | None = None
    latest: bool = False
    told: bool = False
    on: bool = False


@dataclass(frozen=True, slots=True)
class Nearby:
    """A month, weekday, season, part or holiday picked by last, this or next: "next March", "last Wednesday".

    `reference` for one that counts from the time spoken of: "the following Monday".
    """

    which: str
    what: Node
    reference: bool = False


@dataclass(frozen=True, slots=True)
class Within:
    """A month, day or part in a year that another expression names: "September last year"."""

    what: Node
    of: Node


@dataclass(frozen=True, slots=True)
class Modified:
    """The start, middle or end of something; `edge` for "the end of", which is shorter than "late"."""

    what: Node
    mod: str
    edge: bool = False
    until_now: bool = False


@dataclass(frozen=True, slots=True)
class Duration:
    """An amount of time: "six years" is ``Duration("6", "Y")``; "X" is an unknown amount."""

    amount: str
    unit: str
    mod: str | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """An amount of time with a place: "the past five years" (past), "the first 10 months of 2020" (first)."""

    which: str
    amount: str
    unit: str
    of: Node | None = None
    mod: str | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """The present, the past or the future, no closer: "currently", "recent years"."""

    value: str


@dataclass(frozen=True, slots=True)
class Repeated:
    """A set: "every year" (value P1Y), "each Monday" (XXXX-WXX-1)."""

    value: str


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day (``T09:30``, ``TMO``), on a day that another expression names, or on the day spoken of."""

    value: str
    day: Node | None = None
    mod: str | None = None


@dataclass(frozen=True, slots=True)
class Holiday:
    """A feast by its name in the table; `stretch` when the days off around it are meant."""

    name: str
    year: int | None = None
    stretch: bool = False


@dataclass(frozen=True, slots=True)
class Ends:
    """One end of a stretch whose two ends are written apart: "from November" … "to March"."""

    pair: Interval
    last: bool


Node = (
    Calendar
    | Ends
    | Years
    | Interval
    | Part
    | Shift
    | Nearby
    | Within
    | Modified
    | Duration
    | Stretch
    | Reference
    | Repeated
    | Clock
    | Holiday
)


class Match(NamedTuple):
    """What a pattern found: the index behind its last word, what it says, and the pattern's name.

    `begins` is where the expression begins where that is behind the pattern's first word: "about **two years**".
    """

    end: int
    node: Node
    rule: str
    begins: int | None = None


class Found(NamedTuple):
    """A match in its place: words `first` to `last` (exclusive) of the block."""

    first: int
    last: int
    node: Node
    rule: str
