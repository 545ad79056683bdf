"""Places by name and by key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain
from typing import NamedTuple

from pipeline.gazetteer import tables
from pipeline.gazetteer.names import UNIT, fold, fold_name
from pipeline.gazetteer.place import Place


class Entry(NamedTuple):
    """One name of a place; `exact` asks for the same capitals ("US", "GBA")."""

    place: Place
    name: str
    exact: bool


class Gazetteer:
    """An index of places by folded name and by key."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.places: dict[str, Place] = {}
        self.entries: dict[str, list[Entry]] = {}
        #: The most units that a name has, by its first unit: where a scan of a text has to look.
        self.longest: dict[str, int] = {}
        for place in places:
            self.add(place)

    def add(self, place: Place) -> None:
        """Add a place under its name and aliases; a place of the same key is replaced by the new one."""
        self.places[place.key] = place
        for name in (place.name, *place.aliases):
            folded = fold_name(name)
            self.entries.setdefault(folded, []).append(Entry(place, name, is_abbreviation(name)))
            first, _, rest = folded.partition(" ")
            units = rest.count(" ") + 2 if rest else 1
            if units > self.longest.get(first, 0):
                self.longest[first] = units

    def __iter__(self) -> Iterator[Place]:
        return iter(self.places.values())

    def __len__(self) -> int:
        return len(self.places)

    def get(self, key: str) -> Place | None:
        """The place of a key: ``get("441300").name`` is ``"Huizhou"``."""
        return self.places.get(key)

    def lookup(self, name: str) -> tuple[Place, ...]:
        """Every place of that name or alias, the likeliest first; ``lookup("us")`` is empty, ``lookup("US")`` is not.

        >>> [place.adcode for place in gazetteer().lookup("Suzhou")]
        ['320500', '341300']
        """
        found = self.candidates(tuple(UNIT.findall(name)))
        return tuple(sorted(found, key=lambda place: -place.prior))

    def candidates(self, units: tuple[str, ...]) -> list[Place]:
        """The places that the units of a text name, in the order of the tables, without those that need capitals."""
        entries = self.entries.get(" ".join(map(fold, units)), ())
        if not entries or not units[0][:1].isupper():
            return []
        text = "".join(units)
        places = {e.place.key: e.place for e in entries if not e.exact or _same_capitals(e.name, text)}
        return list(places.values())


def is_abbreviation(name: str) -> bool:
    """Say whether a name is written in capitals and must be found so: ``"US"``, ``"GBA"``, ``"SW China"``."""
    first = UNIT.findall(name)[0]
    return len(first) > 1 and first.isupper()


def _same_capitals(name: str, text: str) -> bool:
    return "".join(UNIT.findall(name)) == text


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer of the committed tables, read when first asked for."""
    today = chain(tables.countries(), tables.divisions(), tables.areas(), tables.world())
    return Gazetteer(chain(today, tables.past_divisions()))
