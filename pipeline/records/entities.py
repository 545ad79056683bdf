"""Regions, people and organisations of a document, and every mention of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from pipeline.annotations import Extent
from pipeline.records.page import group
from pipeline.schema import Mention, Organisation, Person, Region

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.tokens import Doc, Span

    from pipeline.annotations import ProgrammeValue, Ref
    from pipeline.records.page import Page

Entity = TypeVar("Entity")

# A mention row before ids: kind, form, extent, and the entity or record that it means.
Row = tuple[str, str, Extent, Any]


def mention_rows(doc: Doc, page: Page) -> list[Row]:
    """Every mention of the document in text order, not numbered yet."""
    rows: list[Row] = [(m.kind, m.form, m.extent, m.ref) for m in page.entities.mentions]
    for i, span in enumerate(group(doc, "dates"), 1):
        rows.append(("date", "name", Extent(span.start_char, span.end_char), f"d{i}"))
    for i, span in enumerate(group(doc, "programmes"), 1):
        rows.extend(("programme", form, extent, f"g{i}") for extent, form in programme_mentions(span))
    return sorted(rows, key=lambda row: (row[2], row[0]))


def programme_mentions(span: Span) -> tuple[tuple[Extent, str], ...]:
    """Where a programme is mentioned, and in which form; at least where its span stands."""
    value: ProgrammeValue = span._.programme
    return value.mentions or ((Extent(span.start_char, span.end_char), "name"),)


def mention_records(page: Page, rows: list[Row]) -> tuple[Mention, ...]:
    """Number the mentions and turn what they mean into ids."""
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


def numbered(
    page: Page, entities: Mapping[Ref, Entity], rows: list[Row], prefix: str
) -> list[tuple[str, Entity, int, int | None]]:
    """Give ids in order of first mention; entities that nothing mentions come last."""
    seen: dict[Ref, list[int]] = {ref: [] for ref in entities}
    for _, _, extent, ref in rows:
        if ref in seen:
            seen[ref].append(extent.start)
    order = sorted(entities, key=lambda ref: (not seen[ref], min(seen[ref], default=0)))
    page.refs.update({ref: f"{prefix}{i}" for i, ref in enumerate(order, 1)})
    return [(page.refs[ref], entities[ref], len(seen[ref]), min(seen[ref], default=None)) for ref in order]


def region_records(page: Page, rows: list[Row]) -> tuple[Region, ...]:
    """The places of the document, in order of first mention."""
    out = []
    for id_, value, count, start in numbered(page, page.entities.regions, rows, "r"):
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


def person_records(page: Page, rows: list[Row]) -> tuple[Person, ...]:
    """The people of the document, in order of first mention."""
    out = []
    for id_, value, count, start in numbered(page, page.entities.people, rows, "p"):
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


def organisation_records(page: Page, rows: list[tuple[str, Any, int, int | None]]) -> tuple[Organisation, ...]:
    """The organisations of the document, numbered before."""
    out = []
    for id_, value, count, start in rows:
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
