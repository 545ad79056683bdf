"""The words that tell a place from other names, and where its name ends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from pipeline.resources import table, words

if TYPE_CHECKING:
    from pipeline.gazetteer import Place

#: The market of a title right behind it: "chief economist* for Greater China*", "head of sales* for Asia and Europe*".
MARKET = re.compile(r"\s?for (?:the )?(?P<place>[A-Z][\w-]{1,30}(?: (?:and |& )?[A-Z][\w-]{1,30}){0,5})(?!['\w-])")
#: The market inside an expert's title: "chief *China* economist", "senior *Southeast Asia* analyst".
EXPERTISE = re.compile(r"[a-z]{3,20} (?P<place>[A-Z][\w-]{1,30}(?: [A-Z][\w-]{1,30}){0,3}) (?P<head>[a-z]{3,20})$")


@dataclass(frozen=True, slots=True)
class TypeWord:
    """A generic word after a name ("province", "autonomous county") and the kinds of division that it may mean."""

    word: str
    kinds: tuple[str, ...]

    def agrees(self, place: Place) -> bool:
        """Say whether `place` may be called so: "Enshi city" is the county-level city, not the prefecture."""
        return any(_is_of(place, kind) for kind in self.kinds)

    def agreed(self, place: Place) -> bool:
        """Say whether `place` was called so before it was raised: "Tongzhou **county**", a district since 1997."""
        raised = place.valid_from is not None and place.type_word in ("city", "district")
        return self.word == "county" and place.kind == "county" and raised


def _is_of(place: Place, kind: str) -> bool:
    kind, _, type_word = kind.partition(" ")
    untyped = place.group == "user" and place.type_word is None
    return kind in (place.kind, place.group) and (not type_word or untyped or place.type_word == type_word)


@cache
def type_words() -> dict[str, TypeWord]:
    """Generic words in the singular: what stands right behind a name and belongs to it."""
    return {row["word"]: TypeWord(row["word"], _kinds(row["kinds"])) for row in table("regions/type_words")}


@cache
def plural_type_words() -> dict[str, TypeWord]:
    """Generic words in the plural: what a list shares ("Jiangsu and Zhejiang provinces"); they mean more kinds."""
    return {row["plural"]: TypeWord(row["word"], _kinds(row["plural_kinds"])) for row in table("regions/type_words")}


def _kinds(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, cell.split("|")))


@cache
def area_heads() -> frozenset[tuple[str, ...]]:
    """What names of areas that join several places end with ("economic corridor"), folded."""
    return frozenset(_units(head) for head in words("regions/area_heads"))


def _units(head: str) -> tuple[str, ...]:
    return tuple(head.lower().replace("-", " - ").split())


@cache
def zone_heads() -> dict[str, tuple[tuple[str, ...], ...]]:
    """What names of zones and areas end with ("high-tech zone"), folded, by their last word, longest first."""
    heads: dict[str, list[tuple[str, ...]]] = {}
    for units in area_heads() | {_units(head) for head in words("regions/zone_heads")}:
        heads.setdefault(units[-1], []).append(units)
    return {last: tuple(sorted(found, key=lambda head: (-len(head), head))) for last, found in heads.items()}
