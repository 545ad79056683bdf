"""What a document has said so far: the day of writing, the tense, and the times that later words lean on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from pipeline.stages.dates.periods import SEASONS, Period

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from pipeline.stages.dates.tense import Tense

#: How many sentences back a time may be that "a year earlier" or "the following day" leans on.
REACH = 4
_MOST = 40

_YEARLY = frozenset({"M", "Q", "HY", "Y", "FY", "N"}) | SEASONS
_LEANS_ON = {
    "D": frozenset({"D"}),
    "W": frozenset({"D", "W", "WE"}),
    "WE": frozenset({"D", "W", "WE"}),
    "M": frozenset({"M"}),
    "Q": frozenset({"Q"}),
    "HY": frozenset({"HY"}),
}


class Said(NamedTuple):
    """A time that the text has spoken of; `basis` for one that only serves a comparison ("a year earlier")."""

    period: Period
    sentence: int
    basis: bool
    opening: bool


@dataclass(slots=True)
class Context:
    """Where an expression stands.

    `anchor` is the day of writing; `today` the day that weekdays count from, which the dateline may set a little
    earlier; `tense` is asked for only when it is needed.
    """

    anchor: date | None
    today: date | None
    sentence: int = 0
    read_tense: Callable[[], Tense | None] = lambda: None
    said: list[Said] = field(default_factory=list)

    @property
    def tense(self) -> Tense | None:
        """The tense of the clause."""
        return self.read_tense()

    def reference(self, unit: str) -> Period | None:
        """The time spoken of that a step of `unit` starts from; None when nothing near enough was said.

        What this sentence has named comes first; of the sentences before it, the latest year, so that a look back
        ("a surge that began in 1986") does not carry later comparisons with it.
        """
        wanted = _LEANS_ON.get(unit, _YEARLY)
        near = [s for s in self.said[-_MOST:] if self.sentence - s.sentence <= REACH]
        near = [s for s in near if not s.basis and s.period.unit in wanted]
        if not near or near[-1].sentence == self.sentence or wanted is not _YEARLY:
            return near[-1].period if near else None
        return max(reversed(near), key=lambda s: s.period.last.year).period

    def say(self, said: Said, *, joins: bool) -> None:
        """Remember a time; one that joins the time before it ("January to October") makes one stretch of both."""
        self.said.append(said)
        before = self.said[-2].period if joins and len(self.said) > 1 else None
        months = {"M", "Q", "N"}
        if (
            before is None
            or before.unit not in months
            or said.period.unit not in months
            or before.last >= said.period.last
        ):
            return
        first, last = before.first, said.period.last
        self.said.append(said._replace(period=Period("N", f"{first.isoformat()}/{last.isoformat()}", first, last)))

    def last_said(self) -> Period | None:
        """The last time spoken of, which "the following Monday" counts from."""
        near = self.said and self.sentence - self.said[-1].sentence <= REACH
        return self.said[-1].period if near else None

    def day_of_sentence(self) -> Period | None:
        """The last day that this sentence or the one before it has named, which its times of day belong to."""
        near = [s for s in self.said[-_MOST:] if self.sentence - s.sentence <= 1 and s.period.unit == "D"]
        return near[-1].period if near else None

    def part_of_sentence(self) -> Period | None:
        """The month, quarter or half that this sentence speaks of, which "a year ago" leans on."""
        parts = [s for s in self.said if s.sentence == self.sentence and s.period.unit in {"M", "Q", "HY"}]
        return parts[-1].period if parts and not parts[-1].basis else None

    def opening_year(self) -> int | None:
        """The year that the sentence opens with, which its months belong to: "In 2019, … in March"."""
        for said in reversed(self.said):
            if said.sentence != self.sentence:
                return None
            if said.opening and said.period.unit == "Y":
                return said.period.first.year
        return None
