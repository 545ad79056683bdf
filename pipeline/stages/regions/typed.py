"""Places that the gazetteer may not have and the text names as such: "Xinhe county", "Leshan high-tech zone"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.gazetteer import gazetteer
from pipeline.gazetteer.names import fold
from pipeline.resources import words
from pipeline.stages.regions.context import behind_the, only_province
from pipeline.stages.regions.normalise import looks_chinese
from pipeline.stages.regions.patterns import TypeWord, area_heads, type_words, zone_heads
from pipeline.stages.regions.scan import Hit

if TYPE_CHECKING:
    from pipeline.gazetteer import Place
    from pipeline.stages.regions.view import View

#: So many units a zone's name has before its head, and a small place's before its generic word.
ZONE_REACH, NAME_REACH = 8, 3
#: Words from the article of an apposition to its noun.
APPOSITION = 5
#: What follows the noun of an apposition and says where the place is: "a village **by** the lake".
APPOSED_BY = {"in", "of", "on", "near", "under", "by", "beside", "along", "outside", "at"}
NAME_TAGS = {"NNP", "NNPS"}
#: Generic words that are also said of what is no place ("the Islamic state"): they ask for a name that looks like one.
LOOSE_WORDS = {"state", "region", "city", "new area", "new district", "league"}


def find_typed(view: View, hits: list[Hit]) -> list[Hit]:
    """Zones and small places, in text order; a zone swallows the hits inside it."""
    starts = {hit.first: hit for hit in hits}
    within = {k: hit for hit in hits for k in range(hit.first, view.at(hit.end - 1) + 1)}
    heads, generic = zone_heads(), type_words()
    found: list[Hit] = []
    for i in range(1, len(view)):
        low = view.unit(i).lower()
        hit = zone(view, i, heads[low], within) if low in heads else None
        if hit is None and low in generic:
            hit = (
                small_place(view, i, generic[low], within)
                or place_of(view, i, generic[low], starts)
                or apposed_place(view, i, generic[low], within)
            )
        if hit and not view.is_taken(hit.start, hit.end):
            found.append(hit)
    return found


def zone(view: View, i: int, heads: tuple[tuple[str, ...], ...], within: dict[int, Hit]) -> Hit | None:
    """The zone whose head ends with unit `i`: "Leshan high-tech zone", "Zhengzhou Airport Economy Zone"."""
    head = next((h for h in heads if ends_with(view, i, h)), None)
    if head is None:
        return None
    top = i - len(head) + 1
    first = zone_start(view, top)
    known = within.get(first)
    if first == top or (known and known.first == first and known.last == i + 1):
        return None
    inside = list({within[k].first: within[k] for k in range(first, top) if k in within}.values())
    bare = view.text[view.starts[first] : view.ends[top - 1]]
    if not inside and not view.unit(top)[0].isupper() and not looks_chinese(bare):
        return None
    start, end = view.starts[first], view.ends[i]
    parents = {only_province(hit) for hit in inside}
    parent = parents.pop() if len(parents) == 1 and not is_small(inside[0]) else shared_country(parents)
    rule, name = ("area" if head in area_heads() else "zone"), view.text[start:end]
    return Hit(first, i + 1, start, end, name, list(spelled_out(name)), rule=rule, parent=parent)


def shared_country(parents: set[str | None]) -> str | None:
    """The country that several places lie in, if it is one: "the Nanning-Kunming Economic Belt" is China's."""
    countries = {parent.split("-")[0] if parent else None for parent in parents}
    return countries.pop() if len(parents) > 1 and len(countries) == 1 else None


def spelled_out(name: str) -> tuple[Place, ...]:
    """The zone that the gazetteer has under its full words only: "China (Henan) Pilot FTZ"."""
    return gazetteer().lookup(name.replace("FTZ", "Free Trade Zone").replace("Free Trade Pilot", "Pilot Free Trade"))


def is_small(hit: Hit) -> bool:
    """Say whether only counties have that name, which a lake may have too: "Songshan Lake High-tech Zone"."""
    return all(place.kind == "county" for place in hit.places)


def ends_with(view: View, i: int, head: tuple[str, ...]) -> bool:
    """Say whether a head's units end with unit `i`."""
    first = i - len(head) + 1
    return first > 0 and all(
        fold(view.unit(first + k)) == unit and (k == 0 or view.joined(first + k)) for k, unit in enumerate(head)
    )


def zone_start(view: View, top: int) -> int:
    """Where the capitalised words before a zone's head begin; never before a bracket that they don't close."""
    first, closed = top, 0
    while first > max(0, top - ZONE_REACH) and view.joined(first):
        unit = view.unit(first - 1)
        closed += (unit == ")") - (unit == "(")
        if closed < 0:
            break
        small = unit in {"-", "(", ")", "and", "&"} or view.unit(first - 2) == "-"
        if not (unit[0].isupper() or small):
            break
        first -= 1
    while first < top and (not view.unit(first)[0].isupper() or view.unit(first) in words("regions/not_names")):
        first += 1
    return first


def small_place(view: View, i: int, word: TypeWord, within: dict[int, Hit]) -> Hit | None:
    """A name before a generic word: "Xinhe county", "Dafen village", "Anbar province"."""
    first = i
    while (
        first > max(0, i - NAME_REACH) and view.joined(first) and is_name(view, first - 1) and first - 1 not in within
    ):
        first -= 1
    if first == i or (first - 1 in within and view.joined(first)) or not is_named(view, first, i, word):
        return None
    start, end = view.starts[first], view.ends[i]
    bare = view.text[start : view.ends[i - 1]]
    return Hit(first, i + 1, start, end, bare, [], type_word=word, rule="unknown")


def place_of(view: View, i: int, word: TypeWord, starts: dict[int, Hit]) -> Hit | None:
    """A name after a generic word: "the village of Xiajiang"."""
    first = i + 2
    if view.unit(i + 1) != "of" or not behind_the(view, i) or first >= len(view) or first in starts:
        return None
    if not is_name(view, first) or view.unit(first + 1)[:1].isupper():
        return None
    start, end = view.starts[first], view.ends[first]
    return Hit(first, first + 1, start, end, view.text[start:end], [], shared=word, rule="unknown")


def apposed_place(view: View, i: int, word: TypeWord, within: dict[int, Hit]) -> Hit | None:
    """A name that an apposition calls so: "Shatian, a town of 28,000 people"."""
    article = next((k for k in range(i - 1, max(1, i - APPOSITION), -1) if view.unit(k) in {"a", "an"}), None)
    if article is None or view.unit(article - 1) != "," or view.unit(i + 1) not in APPOSED_BY:
        return None
    last = article - 1
    first = last - 1
    if first in within or not is_name(view, first) or is_name(view, first - 1):
        return None
    start, end = view.starts[first], view.ends[first]
    if not looks_chinese(view.unit(first)) and view.token(first).ent_type_ not in {"GPE", "LOC"}:
        return None
    return Hit(first, last, start, end, view.text[start:end], [], shared=word, rule="unknown")


def is_name(view: View, i: int) -> bool:
    """Say whether a unit is a word with a capital that no sentence merely begins with."""
    unit = view.unit(i)
    if not unit[:1].isupper() or unit in words("regions/not_names") or not unit.replace("'", "").isalpha():
        return False
    if unit.lower() in words("organisations/nationalities"):
        return False
    return view.token(i).tag_ in NAME_TAGS or looks_chinese(unit)


def is_named(view: View, first: int, last: int, word: TypeWord) -> bool:
    """Say whether the units before a generic word are a place's name.

    They read as pinyin, or the model holds them for a place, or a word in small letters follows a proper name that is
    no people's: "Anbar province". "Green City" may be an award's.
    """
    if all(looks_chinese(view.unit(k)) for k in range(first, last)):
        return True
    if word.word == "city" or view.unit(last - 1) in words("regions/name_heads"):
        return False
    entity = view.entity(view.starts[first], view.ends[last - 1])
    if entity is not None and entity.end_char >= view.ends[last - 1] and entity.label_ != "ORG":
        return entity.label_ in {"GPE", "LOC"}
    return word.word not in LOOSE_WORDS and view.unit(last).islower() and not view.in_title_case(first)
