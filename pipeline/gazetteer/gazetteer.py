"""Places by name and by key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from pipeline.gazetteer.names import UNIT, fold, fold_name
from pipeline.gazetteer.place import Place
from pipeline.gazetteer.tables import TABLES, Cells, Table, read_rows


class Gazetteer:
    """An index of places by folded name and by key; a row becomes a `Place` when it is first asked for."""

    def __init__(self) -> None:
        self._rows: list[tuple[Table, Cells] | Place] = []
        self._by_key: dict[str, int] = {}
        self._by_name: dict[str, list[int]] = {}
        self._found: dict[str, tuple[Place, ...]] = {}
        self._above: dict[str, tuple[str, ...]] = {}
        #: The most units that a name has, by its first unit: where a scan of a text has to look.
        self.longest: dict[str, int] = {}

    def add_table(self, table: Table) -> None:
        """Index one of the committed tables."""
        rows, by_key, index = self._rows, self._by_key, self._index
        for cells in read_rows(table.file):
            at = by_key[table.key(cells)] = len(rows)
            rows.append((table, cells))
            index(cells[table.name], at)
            if cells[table.aliases]:
                for alias in cells[table.aliases].split("|"):
                    index(alias, at)

    def add(self, place: Place) -> None:
        """Add a place under its name and aliases; it takes the place of one of the same key."""
        at = self._by_key.setdefault(place.key, len(self._rows))
        if at == len(self._rows):
            self._rows.append(place)
        self._rows[at] = place
        self._found.clear()
        self._above.clear()
        for name in (place.name, *place.aliases):
            self._index(name, at)

    def _index(self, name: str, at: int) -> None:
        folded = fold_name(name)
        places = self._by_name.setdefault(folded, [])
        if at not in places:
            places.append(at)
        first, _, rest = folded.partition(" ")
        units = rest.count(" ") + 2 if rest else 1
        if units > self.longest.get(first, 0):
            self.longest[first] = units

    def _place(self, at: int) -> Place:
        row = self._rows[at]
        if isinstance(row, Place):
            return row
        table, cells = row
        place = self._rows[at] = table.place(cells)
        return place

    def __iter__(self) -> Iterator[Place]:
        return (self._place(at) for at in range(len(self._rows)))

    def __len__(self) -> int:
        return len(self._rows)

    def get(self, key: str) -> Place | None:
        """The place of a key: ``get("441300").name`` is ``"Huizhou"``."""
        at = self._by_key.get(key)
        return None if at is None else self._place(at)

    def above(self, place: Place) -> tuple[str, ...]:
        """The keys of what a place lies in, from the nearest up: of Haidian ``("110000", "CN", "asia")``."""
        found = self._above.get(place.key)
        if found is None:
            keys: list[str] = []
            upper = self.get(place.upper) if place.upper else None
            while upper is not None and upper.key not in keys:
                keys.append(upper.key)
                upper = self.get(upper.upper) if upper.upper else None
            found = self._above[place.key] = tuple(keys)
        return found

    def lookup(self, name: str) -> tuple[Place, ...]:
        """Every place of that name or alias, the likeliest first; ``lookup("us")`` is empty, ``lookup("US")`` is not.

        >>> [place.adcode for place in gazetteer().lookup("Suzhou")][:2]
        ['320500', '341300']
        """
        return self.candidates(tuple(UNIT.findall(name)))

    def candidates(self, units: tuple[str, ...]) -> tuple[Place, ...]:
        """The places that the units of a text name, the likeliest first; abbreviations only in their own capitals."""
        if not units or not units[0][0].isupper():
            return ()
        text = "".join(units)
        found = self._found.get(text)
        if found is None:
            folded = " ".join(map(fold, units))
            if folded not in self._by_name:
                return ()
            places = map(self._place, self._by_name[folded])
            named = [place for place in places if _is_named(place, folded, text)]
            found = self._found[text] = tuple(sorted(named, key=lambda place: -place.prior))
        return found


def _is_named(place: Place, folded: str, text: str) -> bool:
    """Say whether one of the place's names is written so: "US" only in these capitals, "BEIJING" like "Beijing"."""
    names = [name for name in (place.name, *place.aliases) if fold_name(name) == folded]
    return any(not is_abbreviation(name) or "".join(UNIT.findall(name)) == text for name in names)


def is_abbreviation(name: str) -> bool:
    """Say whether a name is written in capitals and must be found so: ``"US"``, ``"GBA"``, ``"SW China"``."""
    first = UNIT.findall(name)[0]
    return len(first) > 1 and first.isupper()


def extended(places: Iterable[Place]) -> Gazetteer:
    """A gazetteer of the committed tables and some more places."""
    found = Gazetteer()
    for table in TABLES:
        found.add_table(table)
    for place in places:
        found.add(place)
    return found


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer of the committed tables, read when first asked for."""
    return extended(())
