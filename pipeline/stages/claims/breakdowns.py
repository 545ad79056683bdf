"""Wholes whose parts add up."""

from __future__ import annotations

from decimal import Decimal

from pipeline.stages.claims.draft import Draft
from pipeline.stages.claims.index import DocIndex
from pipeline.stages.claims.ties import has_noun, relate, stem


def breakdowns(drafts: list[Draft], index: DocIndex) -> None:
    """As in "In breakdown, the central government collected 7.36 …, local governments 8.49": parts that add up."""
    levels = [
        d for d in drafts if d.change is None and d.kind in ("count", "money", "measure") and d.relation != "equivalent"
    ]
    for position, whole in enumerate(levels):
        following = [d for d in levels[position + 1 : position + 12] if d.quantity.unit == whole.quantity.unit]
        members = [] if _mixed(run := _adding_up(whole, following), whole) else run
        for member in members:
            if member.relation is None:
                relate(member, whole, "part_of")


def _adding_up(whole: Draft, following: list[Draft]) -> list[Draft]:
    """The run of two to six later numbers, not too far away, that add up to `whole` exactly."""
    for start in range(len(following)):
        total = Decimal(0)
        for stop in range(start, min(start + 6, len(following))):
            total += following[stop].quantity.value
            if total >= whole.quantity.value:
                break
        far = following[start].sentence.number - whole.sentence.number > 4
        if total == whole.quantity.value and stop > start and not far and whole.quantity.value >= 20:
            return following[start : stop + 1]
    return []


#: What is left between two amounts is no part of the larger one.
_BALANCES = frozenset({"surplu", "deficit", "gap", "difference", "balance", "shortfall"})


def _mixed(members: list[Draft], whole: Draft) -> bool:
    """As in "86 courses … 66 counties … 20 parks", "exports of 9, imports of 7, a surplus of 2": no parts."""
    if any(stem(member.measure) in _BALANCES for member in members):
        return True
    nouns = {stem(member.measure) for member in members if has_noun(member)}
    return len(nouns | {stem(whole.measure)}) > 2
