"""Finds every stretch of a text that the gazetteer has a name for, longest first."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.gazetteer.names import fold
from pipeline.resources import words
from pipeline.stages.regions.patterns import TypeWord, type_words

if TYPE_CHECKING:
    from pipeline.gazetteer import Gazetteer, Place
    from pipeline.stages.regions.view import View

#: "Bayan Gol Mongol and Hui autonomous prefecture" has five units between name and head; no people's list has more.
MOST_PEOPLES = 9
BETWEEN_PEOPLES = {"and", "-", ",", "&", "ethnic"}


@dataclass(slots=True)
class Hit:
    """A name in the text, from unit `first` to before unit `last`, and what it may mean.

    `start` and `end` are its extent with the generic word that belongs to it. `shared` is a generic word in the
    plural that a list shares, or one before the name ("the city of").
    """

    first: int
    last: int
    start: int
    end: int
    name: str
    places: list[Place]
    type_word: TypeWord | None = None
    shared: TypeWord | None = None
    rule: str = ""
    parent: str | None = None
    #: Keys of the places that lie in one named beside, of those that lie in the nearest one of the sentence, and of
    #: those that are of one kind and parent with another of the list.
    beside: set[str] = field(default_factory=set)
    nearest: set[str] = field(default_factory=set)
    alike: set[str] = field(default_factory=set)

    @property
    def typed(self) -> TypeWord | None:
        """The generic word that says what it is, its own or the one of its list."""
        return self.type_word or self.shared


def scan(view: View, gazetteer: Gazetteer) -> list[Hit]:
    """The hits of a text in order, none over another."""
    hits: list[Hit] = []
    text, starts, ends, longest = view.text, view.starts, view.ends, gazetteer.longest
    i = 0
    while i < len(starts):
        most = longest.get(fold(text[starts[i] : ends[i]])) if text[starts[i]].isupper() else None
        hit = longest_name(view, gazetteer, i, most) if most else None
        if hit:
            hits.append(hit)
            i = max(hit.last, view.at(hit.end - 1) + 1)
        else:
            i += 1
    return hits


def longest_name(view: View, gazetteer: Gazetteer, i: int, most: int) -> Hit | None:
    """The longest name that starts with unit `i`, with the generic word behind it."""
    stop = i + 1
    while stop < i + most and view.joined(stop):
        stop += 1
    for last in range(stop, i, -1):
        units = tuple(view.unit(k) for k in range(i, last))
        if not is_capitalised(units):
            continue
        places = gazetteer.candidates(units)
        if places:
            start, end = view.starts[i], view.ends[last - 1]
            hit = Hit(i, last, start, end, view.text[start:end], list(places))
            extend(view, hit)
            return hit
    return None


def is_capitalised(units: tuple[str, ...]) -> bool:
    """Say whether all units but the small ones have capitals: a name, not the words of it by chance.

    "d'Ivoire" and the second half of "Lin-gang" may begin small.
    """
    small = words("regions/lower_in_names")
    return all(
        not unit[0].islower() or unit in small or not unit.islower() or units[i - 1] == "-"
        for i, unit in enumerate(units)
    )


def extend(view: View, hit: Hit) -> None:
    """Take in the generic word that follows at once: "Guangdong province", "Xinjiang Uygur autonomous region".

    "City" with a capital behind a city abroad is a club's: "Manchester City".
    """
    found = type_after(view, hit.last)
    if last := area_after(view, hit):
        hit.end = view.ends[last - 1]
        return
    if found is None:
        return
    word, last = found
    agreeing = [place for place in hit.places if word.agrees(place)]
    agreeing = agreeing or [place for place in hit.places if word.agreed(place)]
    if view.unit(last - 1) == "City" and all(place.group == "city" for place in agreeing):
        return
    if not agreeing and not may_be_unknown(word, hit):
        return
    countries = {place.country for place in hit.places}
    if not agreeing and word.word in LARGE and len(countries) == 1:
        hit.parent = countries.pop()
    hit.type_word, hit.end = word, view.ends[last - 1]
    hit.places = agreeing


#: Generic words that make a place of their own of a name that a division or a city has.
SMALL = {"county", "district", "township", "town", "village", "subdistrict", "sub-district", "banner"}
LARGE = {"province", "region", "state", "governorate", "oblast", "prefecture"}


def may_be_unknown(word: TypeWord, hit: Hit) -> bool:
    """Say whether name and word may be a place that only shares the name.

    "Hongqi county" and "Denizli province", after a town of that name abroad; not "China region".
    """
    if word.word in LARGE:
        return all(place.group == "city" for place in hit.places)
    return word.word in SMALL and all(place.kind in ("county", "prefecture", "other") for place in hit.places)


#: What areas and zones are called besides their names, longest first.
AREA_WORDS = (("special", "area"), ("new", "area"), ("new", "district"), ("area",))


def area_after(view: View, hit: Hit) -> int | None:
    """Where "area" behind a name that only an area or a zone has ends: "the Hengqin *area*", not "the Dalian area".

    A state-level new area is as often called a new district: "Xixian *New District*".
    """
    if not all(place.kind in ("area", "zone") for place in hit.places) or view.unit(hit.last - 1).lower() == "area":
        return None
    for words_ in AREA_WORDS:
        last = hit.last + len(words_)
        units = tuple(view.unit(k).lower() for k in range(hit.last, last))
        if units == words_ and all(view.joined(k) for k in range(hit.last, last)):
            return last
    return None


def type_after(view: View, i: int) -> tuple[TypeWord, int] | None:
    """The generic word that begins with unit `i` and where it ends, the names of peoples before it included."""
    j = after_peoples(view, i)
    for length in (3, 2, 1):
        if j > i and length == 1:
            break
        if all(view.joined(k) for k in range(i, j + length)):
            word = type_words().get(spelled(view, j, length))
            if word and (j == i or word.word.startswith("autonomous")):
                return word, j + length
    return None


def spelled(view: View, i: int, length: int) -> str:
    """Some units as a generic word is listed: "Autonomous Region" → "autonomous region"."""
    units = [view.unit(k) for k in range(i, i + length)]
    text = " ".join(units).replace(" - ", "-")
    return text if text.isupper() and len(text) <= 4 else text.lower()


def after_peoples(view: View, i: int) -> int:
    """The unit after the names of peoples that begin at unit `i`: "Tujia and Miao" is skipped, or nothing is."""
    peoples = words("regions/ethnic_groups")
    j = i
    while j < i + MOST_PEOPLES and (view.unit(j) in peoples or (j > i and view.unit(j) in BETWEEN_PEOPLES)):
        j += 1
    return j if view.unit(j).lower() == "autonomous" else i
