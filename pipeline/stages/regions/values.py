"""From a mention and what was chosen for it to the value that goes into the records."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from pipeline.annotations import FlagValue, RegionValue
from pipeline.stages.regions.normalise import slug

if TYPE_CHECKING:
    from pipeline.gazetteer import Place
    from pipeline.schema import RegionKind
    from pipeline.stages.regions.resolve import Choice
    from pipeline.stages.regions.scan import Hit

#: What each rule's mentions are worth, measured on labelled sentences.
CONFIDENCE = {
    "typed": 0.98,
    "beside": 0.98,
    "listed": 0.95,
    "known": 0.97,
    "model": 0.88,
    "zone": 0.85,
    "area": 0.85,
    "again": 0.9,
    "supported": 0.85,
    "unknown": 0.7,
    "unlisted": 0.6,
}
UNCERTAIN = 0.5
KIND_OF_WORD = {
    "county": "county",
    "district": "county",
    "banner": "county",
    "autonomous county": "county",
    "prefecture": "prefecture",
    "autonomous prefecture": "prefecture",
}


def region_of(hit: Hit, choice: Choice) -> RegionValue:
    """The value of a mention: the gazetteer's place, or what is left where nothing decides or nothing is known."""
    if choice.place:
        return known_region(hit, choice.place, choice)
    return ambiguous_region(hit, choice) if choice.candidates else unknown_region(hit)


def known_region(hit: Hit, place: Place, choice: Choice) -> RegionValue:
    """A place of the gazetteer with its codes."""
    rivals = tuple(p.key for p in choice.candidates if p.key != place.key)
    return RegionValue(
        key=place.key,
        name=place.name,
        kind=place.kind,
        iso_code=place.iso_code,
        adcode=place.adcode,
        parent=place.parent,
        latitude=place.latitude,
        longitude=place.longitude,
        name_zh=place.name_zh,
        members=place.members,
        candidates=rivals,
        rule=hit.rule,
        confidence=round(CONFIDENCE.get(hit.rule, 0.9) * min(1.0, choice.share + 0.02) * place.confidence, 3),
    )


def ambiguous_region(hit: Hit, choice: Choice) -> RegionValue:
    """A name that several places have and nothing decides: no code, the candidates, a flag."""
    kinds = {place.kind for place in choice.candidates}
    parents = {place.parent for place in choice.candidates}
    names = ", ".join(f"{place.name} ({place.parent or place.iso_code})" for place in choice.candidates)
    return RegionValue(
        key=f"ambiguous:{slug(hit.name)}",
        name=hit.name,
        kind=kinds.pop() if len(kinds) == 1 else "other",
        parent=parents.pop() if len(parents) == 1 else None,
        candidates=tuple(place.key for place in choice.candidates),
        rule=hit.rule,
        confidence=UNCERTAIN,
        flags=(FlagValue("ambiguous-region", f"{hit.name} may be {names}"),),
    )


def unknown_region(hit: Hit) -> RegionValue:
    """A place that the text names as one and the gazetteer doesn't have."""
    word = hit.typed.word if hit.typed else ""
    kind = hit.rule if hit.rule in ("zone", "area") else KIND_OF_WORD.get(word, "other")
    return RegionValue(
        key=f"text:{slug(hit.name)}",
        name=f"{hit.name} {word}" if word and hit.type_word else hit.name,
        kind=cast("RegionKind", kind),
        parent=hit.parent,
        rule=hit.rule,
        confidence=CONFIDENCE.get(hit.rule, UNCERTAIN),
        flags=(FlagValue("unknown-region", f"the gazetteer has no {hit.name} of this kind"),),
    )
