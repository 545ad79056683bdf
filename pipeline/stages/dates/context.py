"""What a document has said so far: the day of writing, the tense, and the times that later words lean on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from pipeline.stages.dates.periods import SEASONS, Period

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from pipeline.stages.dates.tense import Tense

#: How many sentences back a time may be that "a year earlier" or "the following day" leans on.
REACH = 4
_MOST = 40
#: A release names the period that it reports on in one of so many first sentences.
_LEAD = 2
_REPORTED = frozenset({"Q", "HY", "N"})

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
    """A time that the text spoke of; `basis` for one that is only compared with: "a year earlier", "than in 2012"."""

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
        near = [s for s in near if not s.basis and s.period.unit in wanted and not self._is_ahead(s)]
        if not near or near[-1].sentence == self.sentence or wanted is not _YEARLY:
            return near[-1].period if near else None
        latest = [s for s in near if s.period.last.year == max(s.period.last.year for s in near)]
        return (self._lead(latest) or latest[-1]).period

    def _lead(self, near: list[Said]) -> Said | None:
        """The period that the article reports on, where the last time named only stands inside a sentence.

        "Output rose in **the first half**. … The jobless rate averaged 5 percent in the second quarter. Incomes were
        3 percent higher than in the same period last year."
        """
        if near[-1].opening:
            return None
        lead = next((s for s in self.said if s.period.unit in _REPORTED and not s.basis), None)
        if lead is None or lead.sentence > _LEAD or lead.period.unit == near[-1].period.unit:
            return None
        return lead if lead.period.first <= near[-1].period.first and near[-1].period.last <= lead.period.last else None

    def _is_ahead(self, said: Said) -> bool:
        """Whether a time named before is still to come where the clause is past: "at the start of **the year**"."""
        today = self.anchor
        if said.sentence == self.sentence or today is None or said.period.first <= today:
            return False
        return self.tense == "past"

    def stretch_of(self, months: int) -> Period | None:
        """The last stretch of so many whole months that the text has named: "in **the nine months**"."""
        named = (s.period for s in reversed(self.said[-_MOST:]) if s.period.unit in {"N", "HY", "Q"} and not s.basis)
        return next((period for period in named if _whole_months(period) == months), None)

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
        near = [s for s in self.said[-_MOST:] if self.sentence - s.sentence <= REACH and not s.basis]
        return near[-1].period if near else None

    def day_of_sentence(self) -> Period | None:
        """The last day that this sentence or the one before it has named, which its times of day belong to."""
        near = [s for s in self.said[-_MOST:] if self.sentence - s.sentence <= 1 and s.period.unit == "D"]
        return near[-1].period if near else None

    def day_before_year(self) -> Period | None:
        """The day that the sentence has named last: "on **Friday**, up from 2 percent at the start of the year"."""
        here = bool(self.said) and self.said[-1].sentence == self.sentence
        return self.said[-1].period if here and self.said[-1].period.unit == "D" else None

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


def _whole_months(period: Period) -> int | None:
    """How many months a stretch has that begins and ends with one."""
    behind = period.last + timedelta(1)
    if period.first.day != 1 or behind.day != 1:
        return None
    return (behind.year - period.first.year) * 12 + behind.month - period.first.month
