"""Joins the mentions of organisations, and names the ones that only their place completes."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import takewhile
from typing import TYPE_CHECKING

from pipeline.annotations import Extent, OrganisationEntity, Ref
from pipeline.stages.references.normalise import complete_name, fold, head_word, one_key
from pipeline.stages.references.patterns import is_levelled, kinds_of_level
from pipeline.stages.references.setting import is_subject

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

    from pipeline.annotations import OrganisationMention
    from pipeline.stages.references.places import Place, Places
    from pipeline.stages.references.setting import Setting

#: How many sentences back the place of "the provincial government" may stand.
PLACE_REACH = 10
#: How many words behind "of" or "in" its place may reach: "the district government in **Shanghai's Huangpu district**".
BEHIND = 7
#: How many sentences back a full name wins over the place that is meant.
NAME_REACH = 3
#: How many words of an apposition say what a body is, and where it ends.
APPOSITION = 8
_APPOSITION_ENDS = frozenset((",", ".", ";", "that", "which", "of", "in", "with", "whose"))
#: How sure a name is that one of several places completes.
COMPLETED = 0.86
#: … and one of more than so many words, or with several joints.
LONG_NAME, LONG = 0.88, 8


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
    #: The common nouns right before it and in its apposition: "**broker** Deyang Homes", "Moxu, a glass **supplier**".
    called: frozenset[str]


@dataclass(slots=True)
class Bodies:
    """All mentions of organisations, and the joined organisations."""

    mentions: list[Body] = field(default_factory=list)
    entities: dict[Ref, OrganisationEntity] = field(default_factory=dict)

    def at(self, extent: Extent) -> Ref | None:
        """The organisation named within a stretch of text, the widest name first."""
        inside = [b for b in self.mentions if extent.start <= b.extent.start and b.extent.end <= extent.end]
        return max(inside, key=lambda b: b.extent.end - b.extent.start).ref if inside else None


def join_bodies(doc: Doc, setting: Setting, places: Places) -> Bodies:
    """Join `doc.spans["organisations"]`: by the stage's keys, described bodies by their completed names."""
    people = frozenset(index for span in doc.spans.get("people", ()) for index in range(span.start, span.end))
    found = (s for s in doc.spans.get("organisations", ()) if not (s.start in people and s.end - 1 in people))
    spans = sorted(found, key=lambda span: (span.start, -span.end))
    bodies = Bodies()
    named = {one_key(span._.organisation.name): span.kb_id_ for span in spans if not span._.organisation.described}
    for span in spans:
        body = _read(span, setting, places, named, bodies.mentions)
        if body.place is not None or not _needs_place(body):
            bodies.mentions.append(body)
    for ref in dict.fromkeys(body.ref for body in bodies.mentions):
        bodies.entities[ref] = _entity(doc, [b for b in bodies.mentions if b.ref == ref], bodies, places)
    return bodies


def _read(span: Span, setting: Setting, places: Places, named: dict[str, str], before: list[Body]) -> Body:
    value: OrganisationMention = span._.organisation
    sentence = setting.sentence(span.start)
    name, key, place = value.name, span.kb_id_ or fold(value.name), None
    if " regional " in one_key(name):
        key = named.get(one_key(name), key)
    if value.described or is_levelled(value.name):
        place = _place_of(span, sentence, value, places)
        earlier = _shortened(value, before, sentence - NAME_REACH if place else 0)
        if len(earlier) > 1 or any(_has_turned(body, place) for body in earlier):
            place = None
        elif earlier:
            name, key, place = earlier[0].name, earlier[0].ref.key, earlier[0].place
        else:
            name = complete_name(value.name, place.spelling) if place else value.name
            known = one_key(complete_name(value.name, place.value.name)) if place else one_key(name)
            key = named.get(one_key(name)) or named.get(known, known)
    extent = Extent(span.start_char, span.end_char)
    ref = Ref("organisation", key)
    return Body(span.start, span.end, sentence, extent, value, ref, name, place, is_subject(span), _called(span))


def _called(span: Span) -> frozenset[str]:
    """The nouns that say what a body is: "Danish **broker** Deyang Homes", "Moxu, a glass **supplier**"."""
    doc, end = span.doc, span.end
    found = [token for token in doc[max(0, span.start - 2) : span.start] if token.pos_ in ("NOUN", "PROPN")]
    if end + 1 < len(doc) and doc[end].text == "," and doc[end + 1].lower_ in ("a", "an", "the"):
        behind = takewhile(lambda token: token.text not in _APPOSITION_ENDS, doc[end + 2 : end + 2 + APPOSITION])
        found += [token for token in behind if token.pos_ == "NOUN"]
    return frozenset(token.lower_ for token in found)


def _needs_place(body: Body) -> bool:
    """Tell a description that no place completes: "local officials asked the **county government**" names nobody."""
    described = body.value.described or is_levelled(body.name)
    return described and fold(body.name) == fold(body.value.name) and kinds_of_level(body.value.level or "") != ()


def _shortened(value: OrganisationMention, before: list[Body], since: int) -> list[Body]:
    """The last body whose full name ends so: "the **municipal government**" after Suzhou municipal government.

    Several where one sentence names them: Hubei and Hunan provincial governments leave open which is meant next.
    """
    if not (value.level or is_levelled(value.name)) or value.seat:
        return []
    tail = " " + one_key(value.name)
    fits: dict[Ref, Body] = {}
    last = since
    for body in reversed(before):
        if body.sentence < last:
            break
        if not body.value.described and one_key(body.name).endswith(tail):
            fits.setdefault(body.ref, body)
            last = body.sentence
    return list(fits.values())


def _has_turned(body: Body, place: Place | None) -> bool:
    """Tell whether the text has gone on from a body to be about another place, so that either may be meant."""
    later = place is not None and place.topic and not place.implied and place.sentence > body.sentence
    return later and place is not None and fold(place.spelling) not in fold(body.name)


def _place_of(span: Span, sentence: int, value: OrganisationMention, places: Places) -> Place | None:
    """The place of a described body: stated with it, else the one that its level points at."""
    stated = _stated(value, places)
    behind = span.doc[span.end].lower_ if span.end < len(span.doc) else ""
    kinds = kinds_of_level(value.level or value.name.split()[0])
    if stated is None and behind in ("of", "in"):
        named = places.within(span.end + 1, span.end + BEHIND)
        stated = next((place for place in named if place.is_of(kinds)), None)
        if stated is None and named and behind == "of":
            return None
    if stated is not None and (value.seat or stated.is_of(kinds)):
        return stated
    return places.meant(span.start, sentence, kinds, reach=PLACE_REACH) or places.only(kinds)


def _stated(value: OrganisationMention, places: Places) -> Place | None:
    """The place that a body's own words name, if that has its level: "**Jilin** city government" is no province's."""
    place = places.by_name(value.seat) if value.seat else None
    kinds = kinds_of_level(value.level or "")
    return place if place is not None and (not kinds or place.is_of(kinds)) else None


def _entity(doc: Doc, mentions: list[Body], bodies: Bodies, places: Places) -> OrganisationEntity:
    ref = mentions[0].ref
    fullest = max(mentions, key=lambda body: (not body.value.described, len(body.name)))
    described = all(body.value.described for body in mentions)
    place = next((body.place for body in mentions if body.place), None) or _seat(doc, mentions, places)
    sure = place is None or not described or places.is_alone(place)
    parents = (bodies.at(body.value.parent) for body in mentions if body.value.parent)
    parent = next((found for found in parents if found is not None and found != ref), None)
    return OrganisationEntity(
        ref=ref,
        name=fullest.name,
        kind=fullest.value.kind,
        parent=parent,
        region=place.ref if place else None,
        rule=fullest.value.rule,
        confidence=min(
            fullest.value.confidence,
            0.6 if described and not place else 1.0 if sure else COMPLETED,
            LONG_NAME if _is_long(fullest) else 1.0,
        ),
    )


def _is_long(body: Body) -> bool:
    """Tell a name that only its words join and that may be two, or end too early or too late."""
    spoken = body.name.split()
    return not body.value.rule.startswith("known") and (len(spoken) > LONG or "&" in spoken or spoken.count("and") > 1)


def _seat(doc: Doc, mentions: list[Body], places: Places) -> Place | None:
    """Where an organisation belongs: as its name says, or the words right after it."""
    named = (_stated(body.value, places) for body in mentions)
    place = next((found for found in named if found is not None), None)
    place = place or next((found for body in mentions if (found := _location(doc, body, places))), None)
    public = mentions[0].value.kind in ("government", "party")
    return place or (places.implied_at(mentions[0].start) if public else None)


def _location(doc: Doc, body: Body, places: Places) -> Place | None:
    """The place beside it: "… Association **in Huizhou**", "… Co, **based in Hunan**", "**Gansu's** … Bureau"."""
    if body.start > 1 and doc[body.start - 1].text == "'s":
        owner = places.at(body.start - 4, body.start - 1)
        if owner is not None:
            return owner
    index = body.end
    words_ = [token.lower_ for token in doc[index : index + 5]]
    if words_[:1] == [","]:
        words_, index = words_[1:], index + 1
        if words_[:1] not in (["based"], ["headquartered"], ["located"]):
            return None
    if words_[:1] in (["based"], ["headquartered"], ["located"]):
        words_, index = words_[1:], index + 1
    return places.at(index + 1, index + 7) if words_[:1] == ["in"] else None


def matches_head(body: Body, entities: dict[Ref, OrganisationEntity], heads: frozenset[str]) -> bool:
    """Tell whether a body is what a noun names: "the commission" for National Development and Reform Commission."""
    return head_word(entities[body.ref].name) in heads
