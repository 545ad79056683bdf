"""Joins the mentions of organisations, and names the ones that only their place completes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.annotations import Extent, OrganisationEntity, Ref
from pipeline.stages.references.normalise import complete_name, fold, head_word, one_key
from pipeline.stages.references.patterns import kinds_of_level
from pipeline.stages.references.places import Place, by_name, nearest, only
from pipeline.stages.references.setting import is_subject

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

    from pipeline.annotations import OrganisationMention
    from pipeline.stages.references.setting import Setting

#: How many sentences back the place of "the provincial government" may stand.
PLACE_REACH = 6


@dataclass(frozen=True, slots=True)
class Body:
    """A mention of an organisation at tokens `start:end`."""

    start: int
    end: int
    sentence: int
    extent: Extent
    value: OrganisationMention
    ref: Ref
    name: str
    place: Place | None
    subject: bool


@dataclass(slots=True)
class Bodies:
    """All mentions of organisations, and the joined organisations."""

    mentions: list[Body] = field(default_factory=list)
    entities: dict[Ref, OrganisationEntity] = field(default_factory=dict)

    def at(self, extent: Extent) -> Ref | None:
        """The organisation named within a stretch of text, the widest name first."""
        inside = [b for b in self.mentions if extent.start <= b.extent.start and b.extent.end <= extent.end]
        return max(inside, key=lambda b: b.extent.end - b.extent.start).ref if inside else None


def join_bodies(doc: Doc, setting: Setting, places: list[Place]) -> Bodies:
    """Join `doc.spans["organisations"]`: by the stage's keys, described bodies by their completed names."""
    spans = sorted(doc.spans.get("organisations", ()), key=lambda span: (span.start, -span.end))
    bodies = Bodies()
    named = {fold(span._.organisation.name): span.kb_id_ for span in spans if not span._.organisation.described}
    for span in spans:
        bodies.mentions.append(_read(span, setting, places, named, bodies.mentions))
    for ref in dict.fromkeys(body.ref for body in bodies.mentions):
        bodies.entities[ref] = _entity(ref, [b for b in bodies.mentions if b.ref == ref], bodies, places)
    return bodies


def _read(span: Span, setting: Setting, places: list[Place], named: dict[str, str], before: list[Body]) -> Body:
    value: OrganisationMention = span._.organisation
    sentence = setting.sentence(span.start)
    name, key, place = value.name, span.kb_id_ or fold(value.name), None
    if value.described:
        earlier = _shortened(value.name, before)
        if earlier is not None:
            name, key, place = earlier.name, earlier.ref.key, earlier.place
        else:
            place = _place_of(span, sentence, value, places)
            name = complete_name(value.name, place.value.name) if place else value.name
            key = named.get(fold(name), one_key(name))
    extent = Extent(span.start_char, span.end_char)
    ref = Ref("organisation", key)
    return Body(span.start, span.end, sentence, extent, value, ref, name, place, is_subject(span))


def _shortened(description: str, before: list[Body]) -> Body | None:
    """The last body whose full name ends so: "the **municipal government**" after Suzhou municipal government."""
    tail = " " + one_key(description)
    return next((b for b in reversed(before) if not b.value.described and one_key(b.name).endswith(tail)), None)


def _place_of(span: Span, sentence: int, value: OrganisationMention, places: list[Place]) -> Place | None:
    if value.seat:
        return by_name(places, value.seat)
    kinds = kinds_of_level(value.level or "")
    behind = next((p for p in places if p.start == span.end + 1 and span.doc[span.end].lower_ in ("of", "in")), None)
    if behind is not None and behind.is_of(kinds):
        return behind
    return nearest(places, span.start, sentence, kinds, reach=PLACE_REACH) or only(places, kinds)


def _entity(ref: Ref, mentions: list[Body], bodies: Bodies, places: list[Place]) -> OrganisationEntity:
    fullest = max(mentions, key=lambda body: (not body.value.described, len(body.name)))
    described = all(body.value.described for body in mentions)
    place = next((body.place for body in mentions if body.place), None) or _seat(mentions, places)
    parents = (bodies.at(body.value.parent) for body in mentions if body.value.parent)
    parent = next((found for found in parents if found is not None and found != ref), None)
    return OrganisationEntity(
        ref=ref,
        name=fullest.name,
        kind=fullest.value.kind,
        parent=parent,
        region=place.ref if place else None,
        rule=fullest.value.rule,
        confidence=min(fullest.value.confidence, 1.0 if place or not described else 0.6),
    )


def _seat(mentions: list[Body], places: list[Place]) -> Place | None:
    seats = (by_name(places, body.value.seat) for body in mentions if body.value.seat)
    return next((place for place in seats if place is not None), None)


def matches_head(body: Body, entities: dict[Ref, OrganisationEntity], heads: frozenset[str]) -> bool:
    """Tell whether a body is what a noun names: "the commission" for National Development and Reform Commission."""
    return head_word(entities[body.ref].name) in heads
