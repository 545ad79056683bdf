"""From an annotated `Doc` to the records of `schema.py`: ids, references, flags.

Ids are given in text order within a document, so that they never depend on who ran what when.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any, TypeVar

from pipeline.annotations import Entities, Extent, Ref
from pipeline.schema import (
    Article,
    Claim,
    DateRecord,
    Document,
    Evidence,
    Flag,
    Mention,
    NumberTrace,
    Organisation,
    Person,
    Programme,
    Region,
    Statement,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from spacy.tokens import Doc, Span

    from pipeline.annotations import ClaimValue, FlagValue, NumberValue, ProgrammeValue, StatementValue
    from pipeline.read.article import RawArticle

Entity = TypeVar("Entity")

#: Records that a rule trusts less than this are flagged for a reviewer.
LOW_CONFIDENCE = 0.5


@dataclass(slots=True)
class _Page:
    """What every record of one document needs: its text, its entities and the ids given so far."""

    text: str
    entities: Entities
    sentences: list[int]
    bylines: tuple[Extent, ...]
    refs: dict[Ref, str] = field(default_factory=dict)
    dates: dict[int, str] = field(default_factory=dict)
    claims: dict[int, str] = field(default_factory=dict)
    flags: list[Flag] = field(default_factory=list)

    def surface(self, extent: Extent) -> str:
        return self.text[extent.start : extent.end]

    def sentence(self, offset: int) -> int | None:
        if any(start <= offset < end for start, end in self.bylines):
            return None
        return max(bisect_right(self.sentences, offset) - 1, 0)

    def ids(self, refs: Iterable[Ref]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.refs[ref] for ref in refs if ref in self.refs))

    def id(self, ref: Ref | None) -> str | None:
        return self.refs.get(ref) if ref else None

    def flag(self, record: str, flags: Iterable[FlagValue], confidence: float) -> None:
        self.flags.extend(Flag.model_construct(record=record, code=f.code, message=f.message) for f in flags)
        if confidence < LOW_CONFIDENCE:
            message = f"the rule that found this is right in fewer than {LOW_CONFIDENCE:.0%} of cases"
            self.flags.append(Flag.model_construct(record=record, code="low-confidence", message=message))


def to_document(doc: Doc, source: RawArticle) -> Document:
    """Turn an annotated `Doc` into its records; offsets count in `doc._.raw`.

    Every reference in the result is the id of a record in the result, or None.
    """
    page = _page(doc)
    if doc._.language not in (None, "en"):
        message = f"the text is in {doc._.language}: only English is read"
        page.flags.append(Flag.model_construct(record=None, code="not-english", message=message))
    mentions = _mention_rows(doc, page)
    regions = _regions(page, mentions)
    organisations_ = _number(page, page.entities.organisations, mentions, "o")
    people = _people(page, mentions)
    organisations = _organisations(page, organisations_)
    dates = [_date(page, span, i) for i, span in enumerate(_group(doc, "dates"), 1)]
    claims = _claims(doc, page)
    statements = [_statement(page, span, i) for i, span in enumerate(_group(doc, "statements"), 1)]
    programmes = [_programme(page, span, i) for i, span in enumerate(_group(doc, "programmes"), 1)]
    return Document.model_construct(
        article=_article(doc, page, source),
        mentions=_mentions(page, mentions),
        regions=regions,
        people=people,
        organisations=organisations,
        dates=tuple(dates),
        claims=claims,
        statements=tuple(statements),
        programmes=tuple(programmes),
        flags=tuple(page.flags),
        coverage=_coverage(doc, page),
    )


def _page(doc: Doc) -> _Page:
    blocks = doc._.layout.blocks
    bylines = tuple(Extent(b.start, b.end) for b in blocks if b.kind == "byline")
    starts = [start for start in map(_first_word, doc.sents) if start is not None]
    sentences = [s for s in starts if not any(a <= s < z for a, z in bylines)]
    return _Page(text=doc._.raw, entities=doc._.entities or Entities(), sentences=sentences, bylines=bylines)


def _first_word(sentence: Span) -> int | None:
    return next((token.idx for token in sentence if not token.is_space), None)


def _group(doc: Doc, name: str) -> list[Span]:
    return sorted(doc.spans.get(name, ()), key=lambda span: (span.start_char, span.end_char))


def _article(doc: Doc, page: _Page, source: RawArticle) -> Article:
    layout = doc._.layout
    published = source.published or layout.published or source.default_published
    words = sum(1 for token in doc if token.is_alpha or token.like_num)
    return Article.model_construct(
        doc_id=source.doc_id,
        source=source.source,
        sha256=sha256(page.text.encode("utf-8", "surrogatepass")).hexdigest(),
        title=source.title or layout.title,
        authors=tuple(source.authors) or layout.authors,
        publisher=source.publisher or layout.publisher,
        published=published.isoformat() if published else None,
        dateline_place=layout.dateline_place,
        url=source.url,
        language=doc._.language or "en",
        n_sentences=len(page.sentences),
        n_words=words,
        encoding=source.encoding,
        duplicate_of=None,
    )


# A mention row before ids: kind, form, extent, and the entity or record that it means.
_Row = tuple[str, str, Extent, Any]


def _mention_rows(doc: Doc, page: _Page) -> list[_Row]:
    rows: list[_Row] = [(m.kind, m.form, m.extent, m.ref) for m in page.entities.mentions]
    for i, span in enumerate(_group(doc, "dates"), 1):
        rows.append(("date", "name", Extent(span.start_char, span.end_char), f"d{i}"))
    for i, span in enumerate(_group(doc, "programmes"), 1):
        rows.extend(("programme", form, extent, f"g{i}") for extent, form in _programme_mentions(span))
    return sorted(rows, key=lambda row: (row[2], row[0]))


def _programme_mentions(span: Span) -> tuple[tuple[Extent, str], ...]:
    value: ProgrammeValue = span._.programme
    return value.mentions or ((Extent(span.start_char, span.end_char), "name"),)


def _mentions(page: _Page, rows: list[_Row]) -> tuple[Mention, ...]:
    return tuple(
        Mention.model_construct(
            id=f"m{i}",
            kind=kind,
            form=form,
            text=page.surface(extent),
            start=extent.start,
            end=extent.end,
            sentence=page.sentence(extent.start),
            ref=ref if isinstance(ref, str) else page.id(ref),
        )
        for i, (kind, form, extent, ref) in enumerate(rows, 1)
    )


def _number(
    page: _Page, entities: Mapping[Ref, Entity], rows: list[_Row], prefix: str
) -> list[tuple[str, Entity, int, int | None]]:
    """Give ids in order of first mention; entities that nothing mentions come last."""
    seen: dict[Ref, list[int]] = {ref: [] for ref in entities}
    for _, _, extent, ref in rows:
        if ref in seen:
            seen[ref].append(extent.start)
    order = sorted(entities, key=lambda ref: (not seen[ref], min(seen[ref], default=0)))
    page.refs.update({ref: f"{prefix}{i}" for i, ref in enumerate(order, 1)})
    return [(page.refs[ref], entities[ref], len(seen[ref]), min(seen[ref], default=None)) for ref in order]


def _regions(page: _Page, rows: list[_Row]) -> tuple[Region, ...]:
    out = []
    for id_, value, count, start in _number(page, page.entities.regions, rows, "r"):
        page.flag(id_, value.flags, value.confidence)
        out.append(
            Region.model_construct(
                id=id_,
                name=value.name,
                kind=value.kind,
                iso_code=value.iso_code,
                adcode=value.adcode,
                parent=value.parent,
                latitude=value.latitude,
                longitude=value.longitude,
                mentions=count,
                start=start,
                name_zh=value.name_zh,
                members=value.members,
                candidates=value.candidates,
                rule=value.rule,
                confidence=value.confidence,
            )
        )
    return tuple(out)


def _people(page: _Page, rows: list[_Row]) -> tuple[Person, ...]:
    out = []
    for id_, value, count, start in _number(page, page.entities.people, rows, "p"):
        page.flag(id_, value.flags, value.confidence)
        out.append(
            Person.model_construct(
                id=id_,
                name=value.name,
                family_name=value.family_name,
                given_name=value.given_name,
                roles=value.roles,
                organisation=page.id(value.organisation),
                is_author=value.is_author,
                resolved=value.resolved,
                mentions=count,
                start=start,
                rule=value.rule,
                confidence=value.confidence,
            )
        )
    return tuple(out)


def _organisations(page: _Page, numbered: list[tuple[str, Any, int, int | None]]) -> tuple[Organisation, ...]:
    out = []
    for id_, value, count, start in numbered:
        page.flag(id_, value.flags, value.confidence)
        out.append(
            Organisation.model_construct(
                id=id_,
                name=value.name,
                kind=value.kind,
                parent=page.id(value.parent),
                region=page.id(value.region),
                mentions=count,
                start=start,
                rule=value.rule,
                confidence=value.confidence,
            )
        )
    return tuple(out)


def _date(page: _Page, span: Span, number: int) -> DateRecord:
    value, id_ = span._.date, f"d{number}"
    page.dates[span.start_char] = id_
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


def _claims(doc: Doc, page: _Page) -> tuple[Claim, ...]:
    spans = [(span, _claim_extent(span)) for span in _group(doc, "claims")]
    page.claims.update({extent.start: f"c{i}" for i, (_, extent) in enumerate(spans, 1)})
    return tuple(_claim(page, span, extent) for span, extent in spans)


def _claim_extent(span: Span) -> Extent:
    return getattr(span._.claim, "extent", None) or Extent(span.start_char, span.end_char)


def _claim(page: _Page, span: Span, extent: Extent) -> Claim:
    value: ClaimValue = span._.claim
    id_ = page.claims[extent.start]
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


def _evidence(page: _Page, extent: Extent) -> Evidence:
    return Evidence.model_construct(text=page.surface(extent), start=extent.start, end=extent.end)


def _statement(page: _Page, span: Span, number: int) -> Statement:
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


def _programme(page: _Page, span: Span, number: int) -> Programme:
    value: ProgrammeValue = span._.programme
    id_ = f"g{number}"
    page.flag(id_, value.flags, value.confidence)
    extents = _programme_mentions(span)
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


def _coverage(doc: Doc, page: _Page) -> tuple[NumberTrace, ...]:
    return tuple(_trace(page, number) for number in doc._.numbers or ())


def _trace(page: _Page, number: NumberValue) -> NumberTrace:
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
