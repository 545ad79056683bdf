"""Quotations that go on without a cue of their own: '"A," Li said. "B."'."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.stages.statements.attribution import Attribution
from pipeline.stages.statements.patterns import TERMINALS
from pipeline.stages.statements.speakers import Source
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
        begins = words.units[unit].start == quote.start
        before = last_in_unit.get(unit - 1) if begins else last_in_unit.get(unit)
        if before and before.source and _last(before) <= quote.start:
            row = Attribution(Stretch(quote.first, quote.last), None, before.source, "continued")
        elif before is None and (source := _nearby(words, unit, quote.start, begins=begins)):
            row = Attribution(Stretch(quote.first, quote.last), None, source, "quote_after_subject")
        else:
            continue
        rows.append(row)
        last_in_unit[words.unit_of[quote.end - 1]] = row
    return rows


def _nearby(words: Words, unit: int, mark: int, *, begins: bool) -> Source | None:
    """Whom a quotation without a verb belongs to: the subject before it, or the name before its colon."""
    if begins:
        return _subject_before(words, unit)
    start = words.units[unit].start
    people = [m for m in words.mentions.within(words.starts[start], words.starts[mark]) if m.kind == "person" and m.ref]
    if words.lower[mark - 1] != ":" or not people:
        return None
    first, last = words.index(people[-1].extent.start), words.index(people[-1].extent.end - 1)
    return Source(first, last + 1, last, people[-1].ref, "person")


def _subject_before(words: Words, unit: int) -> Source | None:
    """`Li was not impressed. "We have seen all this before."`: the person who is the subject of the sentence before."""
    if unit == 0:
        return None
    start, end = words.units[unit - 1]
    for mention in words.mentions.within(words.starts[start], words.end_of(end - 1)):
        first, last = words.index(mention.extent.start), words.index(mention.extent.end - 1)
        if mention.kind == "person" and mention.ref and words.tokens[last].dep_ == "nsubj":
            return Source(first, last + 1, last, mention.ref, "person")
    return None


def carry_on(words: Words, new: Attribution, found: Sequence[Attribution]) -> Attribution:
    """Give a source that nothing resolved the name that an earlier statement gives it.

    `…, the commission said. …, it added`: a pronoun beside a verb that goes on means the source of the sentence
    before, where that is of its kind. A noun that an earlier source's words hold means that source.
    """
    source, cue = new.source, new.cue
    if source is None or cue is None or not found or source.ref:
        return new
    if known := _same_noun(words, source, found):
        return replace(new, source=replace(source, ref=known.ref, kind=known.kind))
    if cue.verb.name not in _GOING_ON:
        return new
    before = found[-1]
    kind = _PRONOUNS.get(words.lower[source.head])
    near = words.unit_of[cue.at] - _unit(words, before) <= 1
    if not near or before.source is None or before.source.ref is None or before.source.kind != kind:
        return new
    return replace(new, source=replace(source, ref=before.source.ref, kind=before.source.kind))


def _same_noun(words: Words, source: Source, found: Sequence[Attribution]) -> Source | None:
    """`the British think tank Oxford Economics said … the think tank said`: an earlier source with that noun."""
    noun = words.lower[source.head]
    if words.lower[source.start] != "the" or words.tags[source.head] != "NN":
        return None
    for earlier in (a.source for a in reversed(found) if a.source and a.source.ref):
        if _holds_noun(words, earlier, noun):
            return earlier
    return None


def _holds_noun(words: Words, source: Source, noun: str) -> bool:
    """Whether a named source's words hold a common noun: "the Ministry of Transport" holds "ministry"."""
    extent = slice(source.start, source.end)
    return noun in words.lower[extent] and "NNP" in words.tags[extent]


def look_ahead(words: Words, new: Attribution, later: Sequence[Attribution]) -> Attribution:
    """Give a headline's nameless source ("…, ministry says") the first named one of the article with that noun."""
    source = new.source
    if source is None or source.ref or source.kind != "organisation":
        return new
    noun = words.lower[source.head]
    named = (a.source for a in later if a.source and a.source.ref)
    known = next((s for s in named if s.ref and s.ref.kind == "organisation" and _holds_noun(words, s, noun)), None)
    return replace(new, source=replace(source, ref=known.ref, kind=known.kind)) if known else new


def _last(attribution: Attribution) -> int:
    """The last word of a statement or its cue."""
    cue = attribution.cue
    return max(attribution.content.end, cue.end if cue else 0)


def _unit(words: Words, attribution: Attribution) -> int:
    return words.unit_of[_last(attribution) - 1]


def _is_taken(taken: Sequence[Stretch], quote: Speech) -> bool:
    return any(content.start < quote.last and quote.first < content.end for content in taken)


def _stands_alone(words: Words, quote: Speech) -> bool:
    """Whether the quotation is whole sentences: it begins one or follows a colon, and an end mark closes it."""
    begins = words.units[words.unit_of[quote.start]].start == quote.start
    begins = begins or words.lower[quote.start - 1] in TERMINALS | {":"}
    return begins and words.lower[quote.end - 2] in (".", "!", "?", "...", "\u2026")
