"""Places that the gazetteer doesn't have and no generic word names: by a place beside them, the model, or a mention."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.resources import words
from pipeline.stages.regions.context import certain_place, only_province
from pipeline.stages.regions.scan import Hit
from pipeline.stages.regions.typed import NAME_REACH, is_name

if TYPE_CHECKING:
    from pipeline.stages.regions.view import View

#: Words before a name that say that it is a place's.
LOCATIVE = {
    "in",
    "at",
    "near",
    "outside",
    "from",
    "to",
    "around",
    "through",
    "across",
    "between",
    "toward",
    "towards",
}
#: What makes of "to" no way to a place.
NO_WAY = {"according", "thanks", "due", "owing", "contrary", "similar", "compared", "subject", "related"}
OPENERS = {"and", "but", "while", "meanwhile"}
#: What a comma sets behind a name in lists as well, and so locates nothing.
TOO_LARGE = {"continent", "area", "zone"}
MOST_UNITS = 4
#: Longer capitals are names in a headline.
LONGEST_SHORT = 5


def find_unlisted(view: View, known: list[Hit], rejected: list[Hit]) -> list[Hit]:
    """The mentions of places that neither the gazetteer nor a generic word gives away."""
    refused = {(hit.start, hit.end) for hit in rejected}
    found = [hit for whole in known if (hit := located_name(view, whole))]
    for hit in found:
        view.take(hit.start, hit.end)
    return [*found, *named_by_model(view, known, refused)]


def located_name(view: View, whole: Hit) -> Hit | None:
    """The name before a place and a comma, behind a preposition of place: "the office in Wan Chai, Hong Kong"."""
    last = whole.first - 1
    if view.unit(last) != "," or not whole.places or all(place.kind in TOO_LARGE for place in whole.places):
        return None
    first = last
    while first > max(0, last - NAME_REACH) and is_name(view, first - 1) and view.joined(first):
        first -= 1
    if first == last or view.unit(first - 1).lower() not in LOCATIVE - {"to"} or not view.joined(first):
        return None
    start, end = view.starts[first], view.ends[last - 1]
    if view.is_taken(start, end):
        return None
    return Hit(first, last, start, end, view.text[start:end], [], rule="unknown", parent=only_province(whole))


def named_by_model(view: View, known: list[Hit], refused: set[tuple[int, int]]) -> list[Hit]:
    """Names that the model holds for a country's, a city's or a state's, where a preposition or a place says so too."""
    ends, starts = {hit.end for hit in known}, {hit.first for hit in known}
    found = []
    for entity in view.entities[1]:
        if entity.label_ != "GPE" or view.is_taken(entity.start_char, entity.end_char):
            continue
        hit = hit_of(view, entity.start_char, entity.end_char)
        if (
            hit
            and not _is_short_form(view.text[hit.start : hit.end])
            and (hit.start, hit.end) not in refused
            and (is_behind_locative(view, hit) or is_beside(view, hit, ends, starts))
        ):
            found.append(hit)
    return found


def _is_short_form(name: str) -> bool:
    """Tell letters that stand for words, "income from PV": short forms of places are in the gazetteer."""
    return name.isalpha() and name.isupper() and len(name) <= LONGEST_SHORT


def is_behind_locative(view: View, hit: Hit) -> bool:
    """Say whether a preposition of place stands before a name: "to Batang", not "according **to** Batang"."""
    before = view.unit(hit.first - 1).lower()
    return before in LOCATIVE and not (before == "to" and view.unit(hit.first - 2).lower() in NO_WAY)


def hit_of(view: View, start: int, end: int) -> Hit | None:
    """The name of an entity without its article, if all of it looks like a name."""
    first, last = view.at(start), view.at(end - 1) + 1
    if view.unit(first).lower() == "the":
        first += 1
    if not 0 < last - first <= MOST_UNITS or view.starts[first] < start or view.ends[last - 1] > end:
        return None
    small = words("regions/lower_in_names")
    for k in range(first, last):
        unit = view.unit(k)
        if not (unit[0].isupper() and unit.replace("'", "").isalpha() and len(unit) > 1) and unit not in small | {"-"}:
            return None
    opening = view.unit(first)
    if not opening[0].isupper() or opening in words("regions/not_names"):
        return None
    if opening.lower() in words("organisations/nationalities") or view.unit(last - 1) in words("regions/name_heads"):
        return None
    start, end = view.starts[first], view.ends[last - 1]
    return Hit(first, last, start, end, view.text[start:end], [], rule="unlisted")


def is_beside(view: View, hit: Hit, ends: set[int], starts: set[int]) -> bool:
    """Say whether a known place stands before a name and a comma or an "and", or behind it and a comma."""
    if view.unit(hit.last) == "," and hit.last + 1 in starts:
        return True
    return hit.first > 1 and view.unit(hit.first - 1) in {",", "and"} and view.ends[hit.first - 2] in ends


def find_supported(view: View, named: list[Hit], candidates: list[Hit]) -> list[Hit]:
    """Bare names of counties whose city the text names: "Badong" where Enshi prefecture is spoken of."""
    cities = {place.key for hit in named if (place := certain_place(hit)) and place.kind == "prefecture"}
    found = []
    for hit in candidates:
        inside = [place for place in hit.places if place.kind == "county" and place.upper in cities]
        if inside and stands_alone(view, hit):
            hit.rule, hit.places = "supported", inside
            found.append(hit)
    return found


def stands_alone(view: View, hit: Hit) -> bool:
    """Say whether nothing beside a name makes it a part of another, and the model reads nothing else in it."""
    entity = view.entity(hit.start, hit.end)
    before, behind = view.unit(hit.first - 1), view.unit(hit.last)
    part = behind[:1].isupper() or (before[:1].isupper() and before.lower() not in LOCATIVE | OPENERS)
    return not part and (entity is None or entity.label_ in {"GPE", "LOC"}) and not view.in_title_case(hit.first)


def find_again(view: View, named: list[Hit], candidates: list[Hit]) -> list[Hit]:
    """Later bare mentions of places that a generic word named: "Changba" after "Changba township".

    `candidates` are hits of the gazetteer that nothing else spoke for.
    """
    by_name = {hit.name: hit for hit in reversed(named) if hit.typed}
    again = []
    for hit in candidates:
        first = by_name.get(hit.name)
        if first and hit.start > first.start and not view.is_taken(hit.start, hit.end):
            hit.rule, hit.places, hit.parent, hit.shared = "again", first.places, first.parent, first.typed
            again.append(hit)
    return again + unlisted_again(view, by_name)


def unlisted_again(view: View, by_name: dict[str, Hit]) -> list[Hit]:
    """Bare mentions of names that only the text knows."""
    unknown = {name: hit for name, hit in by_name.items() if not hit.places and " " not in name}
    found = []
    for i in range(len(view)) if unknown else ():
        first = unknown.get(view.unit(i))
        if first and i > first.first and not view.is_taken(view.starts[i], view.ends[i]):
            start, end = view.starts[i], view.ends[i]
            hit = Hit(i, i + 1, start, end, first.name, [], shared=first.typed, rule="again", parent=first.parent)
            found.append(hit)
    return found
