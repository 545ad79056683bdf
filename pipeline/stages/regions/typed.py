"""Places that the gazetteer may not have and the text names as such: "Xinhe county", "Suining high-tech zone"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.gazetteer.names import fold
from pipeline.resources import words
from pipeline.stages.regions.patterns import TypeWord, looks_chinese, type_words, zone_heads
from pipeline.stages.regions.scan import Hit

if TYPE_CHECKING:
    from pipeline.stages.regions.view import View

SMALL = {"county", "district", "township", "town", "village", "subdistrict", "sub-district", "banner", "city"}
#: So many units a zone's name has before its head.
ZONE_REACH = 8
NAME_REACH = 3
NAME_TAGS = {"NNP", "NNPS"}
LOCATIVE = {"in", "at", "near", "outside", "from"}
#: What a comma sets behind a name in lists as well, and so locates nothing.
TOO_LARGE = {"continent", "area", "zone"}


def find_typed(view: View, hits: list[Hit]) -> list[Hit]:
    """Zones and small places, in text order; a zone swallows the hits inside it."""
    at = {hit.first: hit for hit in hits}
    until = {k: hit for hit in hits for k in range(hit.first, view.at(hit.end - 1) + 1)}
    found: list[Hit] = []
    heads, small = zone_heads(), type_words()
    for i in range(1, len(view)):
        unit = view.unit(i)
        low = unit.lower()
        if low in heads or unit in heads:
            hit = zone(view, i, heads.get(low) or heads[unit], until)
        elif low in SMALL and low in small:
            hit = small_place(view, i, small[low], until) or place_of(view, i, small[low], at)
        else:
            continue
        if hit and not view.is_taken(hit.start, hit.end):
            found.append(hit)
    return found


def zone(view: View, i: int, heads: tuple[tuple[str, ...], ...], until: dict[int, Hit]) -> Hit | None:
    """The zone whose head ends with unit `i`: "Suining high-tech zone", "Zhengzhou Airport Economy Zone"."""
    head = next((h for h in heads if ends_with(view, i, h)), None)
    if head is None:
        return None
    top = i - len(head) + 1
    first = zone_start(view, top)
    if first == top or view.unit(first) in words("regions/not_names"):
        return None
    inside = next((until[k] for k in range(first, top) if k in until), None)
    capital = view.unit(top)[0].isupper()
    name = view.text[view.starts[first] : view.ends[top - 1]]
    if inside is None and not capital and not looks_chinese(name):
        return None
    known = until.get(first)
    if known and known.first == first and known.last == i + 1:
        return None
    start, end = view.starts[first], view.ends[i]
    return Hit(first, i + 1, start, end, view.text[start:end], [], rule="zone", parent=parent_of(inside))


def ends_with(view: View, i: int, head: tuple[str, ...]) -> bool:
    """Say whether a head's units end with unit `i`."""
    first = i - len(head) + 1
    return first > 0 and all(
        fold(view.unit(first + k)) == unit and (k == 0 or view.joined(first + k)) for k, unit in enumerate(head)
    )


def zone_start(view: View, top: int) -> int:
    """Where the capitalised words before a zone's head begin."""
    first = top
    while first > max(0, top - ZONE_REACH) and view.joined(first):
        unit = view.unit(first - 1)
        if not (unit[0].isupper() or unit in {"-", "(", ")", "and", "&"}):
            break
        first -= 1
    while first < top and (not view.unit(first)[0].isupper() or view.unit(first) in words("regions/not_names")):
        first += 1
    return first


def small_place(view: View, i: int, word: TypeWord, until: dict[int, Hit]) -> Hit | None:
    """A name before a generic word: "Xinhe county", "Dafen village"."""
    first = i
    while first > max(0, i - NAME_REACH) and view.joined(first) and is_name(view, first - 1) and first - 1 not in until:
        first -= 1
    if first == i or (first - 1 in until and view.joined(first)):
        return None
    name = view.text[view.starts[first] : view.ends[i - 1]]
    if not is_named(view, first, i, name):
        return None
    start, end = view.starts[first], view.ends[i]
    return Hit(first, i + 1, start, end, view.text[start:end], [], type_word=word, rule="unknown")


def place_of(view: View, i: int, word: TypeWord, at: dict[int, Hit]) -> Hit | None:
    """A name after a generic word: "the village of Xiajiang"."""
    if view.unit(i + 1) != "of" or i + 2 >= len(view) or i + 2 in at:
        return None
    if not is_name(view, i + 2) or not is_named(view, i + 2, i + 3, view.unit(i + 2)):
        return None
    start, end = view.starts[i + 2], view.ends[i + 2]
    return Hit(i + 2, i + 3, start, end, view.text[start:end], [], shared=word, rule="unknown")


def located_names(view: View, hits: list[Hit]) -> list[Hit]:
    """Names that a place behind a comma locates: "the office in Wan Chai, Hong Kong"."""
    return [hit for whole in hits if (hit := located_name(view, whole))]


def located_name(view: View, whole: Hit) -> Hit | None:
    """The name before a place and a comma, behind a preposition of place."""
    last = whole.first - 1
    if view.unit(last) != "," or not whole.places or all(place.kind in TOO_LARGE for place in whole.places):
        return None
    first = last
    while first > max(0, last - NAME_REACH) and is_name(view, first - 1) and view.joined(first):
        first -= 1
    if first == last or view.unit(first - 1).lower() not in LOCATIVE or not view.joined(first):
        return None
    start, end = view.starts[first], view.ends[last - 1]
    if view.is_taken(start, end):
        return None
    return Hit(first, last, start, end, view.text[start:end], [], rule="unknown", parent=parent_of(whole))


def is_name(view: View, i: int) -> bool:
    """Say whether a unit is a word with a capital that no sentence merely begins with."""
    unit = view.unit(i)
    if not unit[0].isupper() or unit in words("regions/not_names"):
        return False
    return view.token(i).tag_ in NAME_TAGS or looks_chinese(unit)


def is_named(view: View, first: int, last: int, name: str) -> bool:
    """Say whether a name is one of a place: it reads as pinyin, or the model holds it for a place."""
    if all(looks_chinese(view.unit(k)) for k in range(first, last)):
        return True
    entity = view.entity(view.starts[first], view.ends[last - 1])
    return entity is not None and entity.label_ in {"GPE", "LOC"} and entity.end_char >= view.ends[last - 1]


def parent_of(hit: Hit | None) -> str | None:
    """The province that the place inside a zone's name lies in or is, if there is but one."""
    provinces = {place.province or place.country for place in hit.places} if hit else set()
    return provinces.pop() if len(provinces) == 1 else None
