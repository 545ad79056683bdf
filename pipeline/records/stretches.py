"""Dates, claims, statements and programmes: the records that are stretches of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.annotations import Extent
from pipeline.records.entities import programme_mentions
from pipeline.records.page import group
from pipeline.schema import Claim, DateRecord, Evidence, NumberTrace, Programme, Statement

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

    from pipeline.annotations import ClaimValue, NumberValue, ProgrammeValue, StatementValue
    from pipeline.records.page import Page


def date_record(page: Page, span: Span, number: int) -> DateRecord:
    """One temporal expression; later records refer to it by its start."""
    value, id_ = span._.date, f"d{number}"
    page.dates.setdefault(span.start_char, id_)
    page.flag(id_, value.flags, value.confidence)
    extent = Extent(span.start_char, span.end_char)
    return DateRecord.model_construct(
        id=id_,
        text=page.surface(extent),
        start=extent.start,
        end=extent.end,
        type=value.type,
        value=value.value,
        mod=value.mod,
        earliest=value.earliest.isoformat() if value.earliest else None,
        latest=value.latest.isoformat() if value.latest else None,
        edtf=value.edtf,
        rule=value.rule or span.id_,
        confidence=value.confidence,
    )


def claim_records(doc: Doc, page: Page) -> tuple[Claim, ...]:
    """The quantities of a document; they may refer to each other."""
    spans = [(span, _claim_extent(span)) for span in group(doc, "claims")]
    for i, (_, extent) in enumerate(spans, 1):
        page.claims.setdefault(extent.start, f"c{i}")
    return tuple(_claim(page, span, extent, f"c{i}") for i, (span, extent) in enumerate(spans, 1))


def _claim_extent(span: Span) -> Extent:
    return getattr(span._.claim, "extent", None) or Extent(span.start_char, span.end_char)


def _claim(page: Page, span: Span, extent: Extent, id_: str) -> Claim:
    value: ClaimValue = span._.claim
    page.flag(id_, value.flags, value.confidence)
    related = page.claims.get(value.related) if value.related is not None else None
    return Claim.model_construct(
        id=id_,
        text=page.surface(extent),
        start=extent.start,
        end=extent.end,
        value=value.value,
        value_high=value.value_high,
        unit=value.unit,
        kind=value.kind,
        measure=value.measure,
        comparator=value.comparator,
        modifier=value.modifier,
        change=value.change,
        basis=value.basis,
        regions=page.ids(value.regions),
        date=page.dates.get(value.date) if value.date is not None else None,
        date_until=page.dates.get(value.date_until) if value.date_until is not None else None,
        speaker=page.id(value.speaker),
        related=related,
        relation=value.relation if related else None,
        sentence=page.sentence(extent.start) or 0,
        evidence={slot: _evidence(page, where) for slot, where in sorted(value.evidence.items())},
        rule=value.rule or span.id_,
        confidence=value.confidence,
    )


def _evidence(page: Page, extent: Extent) -> Evidence:
    return Evidence.model_construct(text=page.surface(extent), start=extent.start, end=extent.end)


def statement_record(page: Page, span: Span, number: int) -> Statement:
    """One attributed statement."""
    value: StatementValue = span._.statement
    id_ = f"s{number}"
    page.flag(id_, value.flags, value.confidence)
    extent = Extent(span.start_char, span.end_char)
    return Statement.model_construct(
        id=id_,
        text=page.surface(extent),
        start=extent.start,
        end=extent.end,
        speaker=page.id(value.speaker),
        speaker_text=value.speaker_text,
        speaker_kind=value.speaker_kind,
        cue=page.surface(value.cue) if value.cue else None,
        cue_start=value.cue.start if value.cue else None,
        cue_end=value.cue.end if value.cue else None,
        mode=value.mode,
        sentence=page.sentence(extent.start) or 0,
        rule=value.rule or span.id_,
        confidence=value.confidence,
    )


def programme_record(page: Page, span: Span, number: int) -> Programme:
    """One programme."""
    value: ProgrammeValue = span._.programme
    id_ = f"g{number}"
    page.flag(id_, value.flags, value.confidence)
    extents = programme_mentions(span)
    return Programme.model_construct(
        id=id_,
        name=value.name,
        kind=value.kind,
        topic=value.topic,
        initiators=page.ids(value.initiators),
        start=value.start,
        end=value.end,
        regions=page.ids(value.regions),
        declared_regions=value.declared_regions,
        mentions=len(extents),
        first=min(extent.start for extent, _ in extents),
        rule=value.rule or span.id_,
        confidence=value.confidence,
    )


def number_traces(doc: Doc, page: Page) -> tuple[NumberTrace, ...]:
    """What became of every number of the document."""
    return tuple(_trace(page, number) for number in doc._.numbers or ())


def _trace(page: Page, number: NumberValue) -> NumberTrace:
    rows = page.claims if number.outcome == "claim" else page.dates
    return NumberTrace.model_construct(
        text=page.surface(number.extent),
        start=number.extent.start,
        end=number.extent.end,
        sentence=page.sentence(number.extent.start) or 0,
        outcome=number.outcome,
        record=rows.get(number.record) if number.record is not None else None,
        reason=number.reason,
    )
