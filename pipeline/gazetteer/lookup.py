"""What the gazetteer knows of a name: the answer to `pilotfacts lookup`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.gazetteer.gazetteer import Gazetteer, gazetteer
from pipeline.gazetteer.relations import distance, lies_in, uppers

if TYPE_CHECKING:
    from pipeline.gazetteer.place import Place

#: How much nearer evidence brings a place that lies in the region named, in its province, or not far from it.
INSIDE, SAME_PROVINCE, NEAR = 1000.0, 30.0, 6.0
NEAR_KM = 160.0


class Found(NamedTuple):
    """One place of a name, for people: codes, what it lies in, the years it was so, and its share of the evidence."""

    name: str
    name_zh: str | None
    kind: str
    iso_code: str | None
    adcode: str | None
    parent: str | None
    inside: str
    latitude: float | None
    longitude: float | None
    valid_from: int | None
    valid_to: int | None
    now: str | None
    members: tuple[str, ...]
    aliases: tuple[str, ...]
    share: float
    key: str


class UnknownRegionError(ValueError):
    """A region to look near to that the gazetteer doesn't have."""


def look_up(name: str, *, near: str | None = None, places: Gazetteer | None = None) -> tuple[Found, ...]:
    """Every place of that name, codes and all, the likeliest first; none where the name is not known.

    `near` names a region or gives its code and brings forward what lies in it or by it. The name may carry a generic
    word ("Huizhou city") and any capitals. Raises `UnknownRegionError` for a region that the gazetteer doesn't have.

    >>> [found.adcode for found in look_up("Suzhou", near="Anhui")][:1]
    ['341300']
    """
    places = places or gazetteer()
    rivals = by_name(name, places)
    regions = region_named(near, places) if near else ()
    weights = [
        place.prior * max((nearness(place, region, places) for region in regions), default=1.0) for place in rivals
    ]
    total = sum(weights) or 1.0
    order = sorted(range(len(rivals)), key=lambda i: -weights[i])
    return tuple(describe(rivals[i], weights[i] / total, places) for i in order)


def by_name(name: str, places: Gazetteer) -> tuple[Place, ...]:
    """The places of a name as typed by a person: by code, as written, with capitals put right, in Chinese."""
    place = places.get(name)
    coded = (place,) if place else by_code(name, places)
    if coded:
        return coded
    plain = name.strip()
    for form in (plain, plain.title(), plain.upper(), without_type(plain), without_type(plain).title()):
        found = places.lookup(form)
        if found:
            return found
    return tuple(p for p in places if p.name_zh and plain and plain in (p.name_zh, p.name_zh[:-1]))


def by_code(code: str, places: Gazetteer) -> tuple[Place, ...]:
    """The place that has this ISO code or adcode, one of today before one that is gone: ``"CN-GD"`` is Guangdong."""
    coded = [place for place in places if code in (place.iso_code, place.adcode)]
    return tuple(sorted(coded, key=lambda place: place.valid_to is not None)[:1])


def without_type(name: str) -> str:
    """The name without one generic word at its end: ``"Huizhou city"`` → ``"Huizhou"``."""
    first, _, last = name.rpartition(" ")
    return first if last.lower() in {"city", "province", "county", "district", "prefecture", "municipality"} else name


def region_named(near: str, places: Gazetteer) -> tuple[Place, ...]:
    """The likeliest place that a name or code means."""
    found = by_name(near, places)[:1]
    if not found:
        raise UnknownRegionError(
            f"the gazetteer has no region {near!r}: give a name such as Jiangsu or a code such as CN-JS"
        )
    return found


def nearness(place: Place, region: Place, places: Gazetteer) -> float:
    """How much likelier `place` is where the talk is of `region`."""
    if place.key == region.key or lies_in(place, region, places) or lies_in(region, place, places):
        return INSIDE
    if place.province is not None and place.province == region.province:
        return SAME_PROVINCE
    points = [(p.latitude, p.longitude) for p in (place, region) if p.latitude is not None and p.longitude is not None]
    return NEAR if len(points) == 2 and distance(points[0], points[1]) <= NEAR_KM else 1.0


def describe(place: Place, share: float, places: Gazetteer) -> Found:
    """A place with the names of what it lies in and, where it is gone, of what it is now."""
    now = places.get(place.successor) if place.successor else None
    return Found(
        name=place.name,
        name_zh=place.name_zh,
        kind=place.kind,
        iso_code=place.iso_code,
        adcode=place.adcode,
        parent=place.parent,
        inside=", ".join(above.name for above in uppers(place, places) if above.kind != "continent"),
        latitude=place.latitude,
        longitude=place.longitude,
        valid_from=place.valid_from,
        valid_to=place.valid_to,
        now=now.name if now else None,
        members=tuple(member.name for key in place.members if (member := places.get(key))),
        aliases=place.aliases,
        share=round(share, 3),
        key=place.key,
    )
