"""How places stand to each other: what lies in what, and how far apart."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.gazetteer.gazetteer import Gazetteer
    from pipeline.gazetteer.place import Place

EARTH_KM = 6371.0


def lies_in(place: Place, other: Place, gazetteer: Gazetteer) -> bool:
    """Say whether `place` is below `other` in the order of divisions, or one of an area's members."""
    if place.key == other.key:
        return False
    if place.key in other.members or (place.parent is not None and place.parent == other.iso_code):
        return True
    above = gazetteer.above(place)
    return other.key in above or any(key in above for key in other.members)


def uppers(place: Place, gazetteer: Gazetteer) -> list[Place]:
    """What a place lies in, from the nearest up: Haidian's are Beijing, China and Asia."""
    return [found for key in gazetteer.above(place) if (found := gazetteer.get(key))]


def distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Kilometres between two points (haversine): Beijing to Tianjin is about 110."""
    (lat1, lon1), (lat2, lon2) = (tuple(map(radians, point)) for point in (one, other))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))
