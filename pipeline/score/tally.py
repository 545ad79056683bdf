"""Counts of a comparison; rates are computed from them and never stored."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Tally:
    """True positives, false positives and false negatives; an empty tally has every rate 1."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    @property
    def precision(self) -> float:
        """The share of what was found that is right."""
        return _rate(self.tp, self.tp + self.fp)

    @property
    def recall(self) -> float:
        """The share of what is there that was found."""
        return _rate(self.tp, self.tp + self.fn)

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        return _rate(2 * self.tp, 2 * self.tp + self.fp + self.fn)

    def add(self, other: Tally) -> None:
        """Add another comparison's counts."""
        self.tp += other.tp
        self.fp += other.fp
        self.fn += other.fn

    def as_json(self) -> dict[str, Any]:
        """The counts, and the rates that follow from them."""
        counts = {"tp": self.tp, "fp": self.fp, "fn": self.fn}
        return {**counts, "precision": self.precision, "recall": self.recall, "f1": self.f1}


@dataclass(slots=True)
class FieldTally:
    """How often a field was right, of the records that were found and whose gold states it."""

    right: int = 0
    total: int = 0

    @property
    def accuracy(self) -> float:
        """The share that was right."""
        return _rate(self.right, self.total)


@dataclass(slots=True)
class KindTally:
    """One kind of record: found at all, right as a whole, field by field, and of those given a high confidence."""

    found: Tally = field(default_factory=Tally)
    whole: Tally = field(default_factory=Tally)
    fields: dict[str, FieldTally] = field(default_factory=dict)
    sure: FieldTally = field(default_factory=FieldTally)

    def add(self, other: KindTally) -> None:
        """Add another document's counts."""
        self.found.add(other.found)
        self.whole.add(other.whole)
        self.sure.right += other.sure.right
        self.sure.total += other.sure.total
        for name, tally in other.fields.items():
            mine = self.fields.setdefault(name, FieldTally())
            mine.right += tally.right
            mine.total += tally.total

    def as_json(self) -> dict[str, Any]:
        """Counts and rates."""
        fields = {n: {"right": t.right, "total": t.total, "accuracy": t.accuracy} for n, t in self.fields.items()}
        sure = {"right": self.sure.right, "total": self.sure.total}
        return {"found": self.found.as_json(), "whole": self.whole.as_json(), "fields": fields, "sure": sure}


def _rate(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
