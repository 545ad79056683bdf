"""Quotations that go on without a cue of their own: '"A," Li said. "B."'."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.stages.statements.attribution import Attribution
from pipeline.stages.statements.words import Speech, Stretch, Words

if TYPE_CHECKING:
    from collections.abc import Sequence


_GOING_ON = frozenset({"add", "continue", "go", "note", "explain"})
_PRONOUNS = {"it": "organisation", "he": "person", "she": "person"}


def continued(words: Words, found: Sequence[Attribution]) -> list[Attribution]:
    """A row for each whole quotation right after a statement, with that statement's source."""
    rows: list[Attribution] = []
    last_in_unit = {_unit(words, a): a for a in sorted(found, key=_last)}
    taken = sorted((a.content for a in found), key=lambda content: content.start)
    for quote in words.quotes:
        if not quote.closed or not words.is_speech(quote) or _is_taken(taken, quote) or not _stands_alone(words, quote):
            continue
        unit = words.unit_of[quote.start]
        before = last_in_unit.get(unit - 1) if words.units[unit].start == quote.start else last_in_unit.get(unit)
        if before is None or before.source is None or _last(before) > quote.start:
            continue
        row = Attribution(Stretch(quote.first, quote.last), None, before.source, "continued")
        rows.append(row)
        last_in_unit[words.unit_of[quote.end - 1]] = row
    return rows


def carry_on(words: Words, new: Attribution, found: Sequence[Attribution]) -> Attribution:
    """`…, the commission said. …, it added`: a pronoun that nothing else resolved, beside a verb that goes on.

    It means the source of the statement in the sentence before, where that is of its kind.
    """
    source, cue = new.source, new.cue
    if source is None or cue is None or not found or source.ref or cue.verb.name not in _GOING_ON:
        return new
    before = found[-1]
    kind = _PRONOUNS.get(words.lower[source.head])
    near = words.unit_of[cue.at] - _unit(words, before) <= 1
    if not near or before.source is None or before.source.ref is None or before.source.kind != kind:
        return new
    return replace(new, source=replace(source, ref=before.source.ref, kind=before.source.kind))


def _last(attribution: Attribution) -> int:
    """The last word of a statement or its cue."""
    cue = attribution.cue
    return max(attribution.content.end, cue.end if cue else 0)


def _unit(words: Words, attribution: Attribution) -> int:
    return words.unit_of[_last(attribution) - 1]


def _is_taken(taken: Sequence[Stretch], quote: Speech) -> bool:
    return any(content.start < quote.last and quote.first < content.end for content in taken)


def _stands_alone(words: Words, quote: Speech) -> bool:
    """Whether the quotation is whole sentences: it begins one, and an end mark stands before its closing mark."""
    begins = words.units[words.unit_of[quote.start]].start == quote.start or words.lower[quote.start - 1] in (
        ".",
        "!",
        "?",
    )
    return begins and words.lower[quote.end - 2] in (".", "!", "?", "...", "\u2026")
