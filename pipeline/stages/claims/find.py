"""The component `find_claims`: every number of headline and body, and what it claims.

One pass reads the numbers, `exclusions` says which of them are no claims and why, and the slot modules fill the
rest: bounds, changes, measures, relations, places, times, speakers. Later modules read what earlier ones set.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.annotations import ClaimValue, Extent, NumberValue
from pipeline.resources import words
from pipeline.stages.claims.atoms import split_atoms, text_at
from pipeline.stages.claims.bounds import read_bound
from pipeline.stages.claims.carried_units import (
    take_currency,
    take_parallel_unit,
    take_unit_again,
    take_unit_compared,
    take_unit_divided,
    take_unit_rated,
)
from pipeline.stages.claims.changes import change_of_measure, fill_change
from pipeline.stages.claims.confidence import confidence_of
from pipeline.stages.claims.consistency import flag_all
from pipeline.stages.claims.draft import CROWD, Draft, by_sentence
from pipeline.stages.claims.exclusions import Reason, Seen, why_not
from pipeline.stages.claims.index import DocIndex
from pipeline.stages.claims.measures.reader import Reader, zero_rate
from pipeline.stages.claims.measures.retold import retell
from pipeline.stages.claims.numerals import Atoms
from pipeline.stages.claims.quantities import find_quantities
from pipeline.stages.claims.quantity import Quantity
from pipeline.stages.claims.relations import relate_all, relate_conversion
from pipeline.stages.claims.sharing import share_change
from pipeline.stages.claims.speakers import Statements, fill_speaker
from pipeline.stages.claims.timing.calendar import Calendar
from pipeline.stages.claims.units import CELSIUS
from pipeline.stages.claims.whereabouts.atlas import Atlas
from pipeline.stages.text import text_of

#: No word is longer; what is, is no text.
LONGEST_TOKEN = 80

if not Span.has_extension("claim"):
    Span.set_extension("claim", default=None)
if not Doc.has_extension("numbers"):
    Doc.set_extension("numbers", default=())


@Language.component("find_claims", assigns=["doc.spans", "span._.claim", "doc._.numbers"])
def find_claims(doc: Doc) -> Doc:
    """Fill `doc.spans["claims"]` and `doc._.numbers`.

    A span is the number with its unit; its value rides in `span._.claim`. `doc._.numbers` has every number of
    headline and body with the claim or the date that took it, or the reason why it is neither.
    """
    index = DocIndex(doc)
    atoms = split_atoms(text_of(doc))
    drafts, numbers = _sort_numbers(index, atoms)
    _fill_slots(drafts, index)
    doc.spans["claims"] = [_as_span(draft) for draft in drafts]
    doc._.numbers = tuple(numbers)
    return doc


def _sort_numbers(index: DocIndex, atoms: Atoms) -> tuple[list[Draft], list[NumberValue]]:
    """Claims in the making, and what became of every number."""
    drafts: list[Draft] = []
    numbers: list[NumberValue] = []
    for quantity in find_quantities(atoms, barred=_dated_atoms(index, atoms)):
        span = index.span(quantity.start, quantity.end)
        sentence = index.sentence_of(span[0])
        if sentence.kind == "byline":
            continue
        extent = Extent(quantity.start, quantity.end)
        if len(span[0]) > LONGEST_TOKEN:
            numbers.append(NumberValue(extent, "code", None, "part of an endless word"))
            continue
        reason = why_not(Seen(quantity, atoms, index, span[0], sentence))
        if reason is not None:
            numbers.append(_excluded(extent, reason))
            continue
        if drafts and (drafts[-1].span.start, drafts[-1].span.end) == (span.start, span.end):
            # "rows 7,8,12" is one token, and one span has room for one claim
            numbers.append(NumberValue(extent, "code", None, "one word with the number before"))
            continue
        drafts.append(_draft(quantity, span, index, atoms))
        numbers.append(NumberValue(extent, "claim", quantity.start))
    return drafts, numbers


def _dated_atoms(index: DocIndex, atoms: Atoms) -> frozenset[int]:
    """Atoms of temporal expressions: a number never grows into one, or out of one."""
    found = (i for i, atom in enumerate(atoms) if atom.kind != "mark" and index.dates.touching(atom.start, atom.end))
    return frozenset(found)


def _excluded(extent: Extent, reason: Reason) -> NumberValue:
    return NumberValue(extent, reason.outcome, reason.record, reason.detail)


def _draft(quantity: Quantity, span: Span, index: DocIndex, atoms: Atoms) -> Draft:
    bound = read_bound(atoms, quantity)
    lead = bound.lead - 1 if quantity.between and text_at(atoms, bound.lead - 1) == "between" else bound.lead
    sentence = index.sentence_of(span[0])
    if quantity.unit.symbol == "deg" and not words("claims/warmth_words").isdisjoint(sentence.words):
        quantity = replace(quantity, unit=CELSIUS)
    draft = Draft(
        quantity=quantity,
        span=span,
        sentence=sentence,
        rule=f"{quantity.form}-{quantity.unit.kind}",
        lead=atoms[lead].start,
        comparator=bound.comparator,
    )
    if bound.extent is not None:
        draft.modifier = " ".join(index.text[bound.extent.start : bound.extent.end].split())
        draft.evidence["modifier"] = bound.extent
    return draft


def _fill_slots(everything: list[Draft], index: DocIndex) -> None:
    """Fill the slots of every claim but those of crowded sentences, which keep the bare number."""
    drafts = [draft for crowd in by_sentence(everything).values() if len(crowd) <= CROWD for draft in crowd]
    reader = Reader(index)
    reader.numbers = {token.i for draft in drafts for token in draft.span}
    earlier: Draft | None = None
    moved: Draft | None = None
    paid: Draft | None = None
    for draft in drafts:
        relate_conversion(draft, earlier, index)
        fill_change(draft, index)
        if earlier is not None:
            take_parallel_unit(draft, earlier)
            # "revenue fell 2 percent to 870 million yuan and duty 11 percent to 41 million": past the level reached
            share_change(draft, moved if moved and earlier.measure_rule == "level-reached" else earlier, index)
        reader.fill(draft)
        change_of_measure(draft, index)
        if earlier is not None:
            take_unit_again(draft, earlier)
            take_unit_compared(draft, earlier)
            take_unit_rated(draft, earlier)
            take_unit_divided(draft, earlier)
            take_currency(draft, paid)
        moved = draft if draft.change is not None else moved
        paid = draft if draft.kind == "money" and draft.relation != "equivalent" else paid
        earlier = draft
    retell(drafts, index)
    statements, calendar, atlas = Statements(index), Calendar(index, drafts), Atlas(index, drafts)
    for draft in drafts:
        fill_speaker(draft, statements)
        calendar.fill(draft)
    relate_all(drafts, index)
    for draft in drafts:
        calendar.fill_part(draft)
        atlas.fill(draft)
        zero_rate(draft)
    flag_all(drafts, index, atlas)


def _as_span(draft: Draft) -> Span:
    """The span of a claim with its typed value."""
    quantity = draft.quantity
    confidence = confidence_of(draft)
    span = Span(draft.span.doc, draft.span.start, draft.span.end, label=quantity.unit.kind, span_id=draft.rules)
    span._.claim = ClaimValue(
        value=quantity.value,
        unit=quantity.unit.symbol,
        kind=quantity.unit.kind,
        value_high=quantity.high,
        measure=draft.measure,
        comparator=draft.comparator,
        modifier=draft.modifier,
        change=draft.change,
        basis=draft.basis,
        regions=draft.regions,
        date=draft.date,
        date_until=draft.date_until,
        speaker=draft.speaker,
        related=draft.related.start if draft.related else None,
        relation=draft.relation,
        evidence=draft.evidence,
        rule=draft.rules,
        confidence=confidence,
        flags=tuple(draft.flags),
        extent=Extent(quantity.start, quantity.end),
    )
    return span
