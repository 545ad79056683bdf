"""Which record of a run is which record of the gold: an optimal one-to-one assignment.

Entities are the same where they share a place in the text; rows that are a stretch of text where the stretches
overlap; statements where they share at least half of their joint length.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.score.gold import alternatives

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipeline.score.gold import Row

#: Statements are the same from this intersection over union on.
STATEMENT_OVERLAP = 0.5
_MUCH = 1000.0


class Pair(NamedTuple):
    """Indices of a gold and a run record that are the same one."""

    gold: int
    run: int


def overlap(a: Row, b: Row) -> float:
    """Intersection over union of two stretches: 1 for the same, 0 for disjoint ones.

    Of a gold stretch with alternative bounds the one that fits best counts.
    """
    starts, ends = alternatives(a["start"]), alternatives(a["end"])
    return max(_shared(start, end, b["start"], b["end"]) for start in starts for end in ends)


def _shared(start: int, end: int, other_start: int, other_end: int) -> float:
    common = min(end, other_end) - max(start, other_start)
    return common / (max(end, other_end) - min(start, other_start)) if common > 0 else 0.0


def statement_overlap(a: Row, b: Row) -> float:
    """Like `overlap`, but nothing below `STATEMENT_OVERLAP`."""
    share = overlap(a, b)
    return share if share >= STATEMENT_OVERLAP else 0.0


def assign(gold: Sequence[Row], run: Sequence[Row], affinity: Callable[[Row, Row], float]) -> list[Pair]:
    """Pair records so that the sum of affinities is largest; an affinity of 0 is no pair.

    Required gold records go before optional ones, and more pairs before better ones.
    """
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    if not gold or not run:
        return []
    weights = np.zeros((len(gold), len(run)))
    for i, g in enumerate(gold):
        bonus = _MUCH if not g.get("optional") else 0.0
        for j, r in enumerate(run):
            value = affinity(g, r)
            weights[i, j] = value + bonus + 1.0 if value > 0 else 0.0
    rows, columns = linear_sum_assignment(weights, maximize=True)
    return [Pair(int(i), int(j)) for i, j in zip(rows, columns, strict=True) if weights[i, j] > 0]


class Places:
    """Where each entity of a document is mentioned: `affinity` counts the places that two entities share."""

    def __init__(self, gold: Row, run: Row) -> None:
        self._gold, self._run = _mentions(gold), _mentions(run)

    def affinity(self, gold: Row, run: Row) -> float:
        """Count shared mentions, or 0.5 where neither is mentioned and the names agree."""
        mine, theirs = self._gold.get(gold["id"], []), self._run.get(run["id"], [])
        if not mine and not theirs:
            return 0.5 if str(gold.get("name")).casefold() == str(run.get("name")).casefold() else 0.0
        return float(sum(max((overlap(a, b) for b in theirs), default=0.0) for a in mine))


def _mentions(document: Row) -> dict[str, list[Row]]:
    out: dict[str, list[Row]] = {}
    for mention in document.get("mentions", []):
        refs = mention.get("ref")
        for ref in refs["any"] if isinstance(refs, dict) else [refs]:
            if ref is not None:
                out.setdefault(ref, []).append(mention)
    return out
