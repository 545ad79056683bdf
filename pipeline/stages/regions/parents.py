"""The province or country of places that only the text knows, from what they stand in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.resources import words
from pipeline.stages.regions.context import INSIDE_JOINTS, REACH

if TYPE_CHECKING:
    from pipeline.gazetteer import Place
    from pipeline.stages.regions.resolve import Choice
    from pipeline.stages.regions.scan import Hit
    from pipeline.stages.regions.view import View


def settle_parents(view: View, hits: list[Hit], choices: list[Choice]) -> None:
    """Give each unknown place the parent that its sentence states, from the last to the first.

    What stands behind it ("Hongtang town in Yichun, Jiangxi"), else before it ("Gansu's Huaqiao village"), else the
    one province that is named near it; else none. A name that only the model takes for a place may lie anywhere.
    """
    for i in range(len(hits) - 1, -1, -1):
        hit = hits[i]
        if choices[i].place or choices[i].candidates or hit.parent:
            continue
        if i + 1 < len(hits) and is_inside(view, hit, hits[i + 1]):
            hit.parent = code_of(hits[i + 1], choices[i + 1])
        elif i and possesses(view, hits[i - 1], hit):
            hit.parent = code_of(hits[i - 1], choices[i - 1])
        if hit.rule != "unlisted":
            hit.parent = hit.parent or only_near(i, hits, choices)


def is_inside(view: View, part: Hit, whole: Hit) -> bool:
    """Say whether "in", "of" or a comma joins a place to the one behind it."""
    first = view.at(part.end - 1) + 1
    rest = [unit for k in range(first, whole.first) if (unit := view.unit(k)) not in words("regions/directions")]
    return whole.first - first <= len(rest) + 2 and len(rest) == 1 and rest[0] in INSIDE_JOINTS


def possesses(view: View, whole: Hit, part: Hit) -> bool:
    """Say whether a possessive joins a place to the one before it."""
    first = view.at(whole.end - 1) + 1
    return [view.unit(k) for k in range(first, min(part.first, first + 3))] == ["'", "s"]


def code_of(hit: Hit, choice: Choice) -> str | None:
    """The province, else the country, of what a hit means."""
    return province_or_country(choice.place) if choice.place else hit.parent


def province_or_country(place: Place) -> str | None:
    """The code that a place inside another has for its parent."""
    return place.province or place.country


def only_near(i: int, hits: list[Hit], choices: list[Choice]) -> str | None:
    """The province of the places around, if they agree on one."""
    around = range(max(0, i - 3), min(len(hits), i + 4))
    near = [choices[k].place for k in around if abs(hits[k].first - hits[i].first) <= REACH]
    codes = {place.province for place in near if place and place.province}
    return codes.pop() if len(codes) == 1 else None
