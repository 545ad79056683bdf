"""Areas of a list that share the last word of their names: "the Yellow River and Liaohe River **deltas**"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.gazetteer import gazetteer
from pipeline.resources import words
from pipeline.stages.regions.scan import Hit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.stages.regions.view import View

JOINTS = {"and", ",", "&", "or"}
#: So many units the names of a list have together.
REACH = 14


def find_shared_heads(view: View) -> list[Hit]:
    """The members of such lists in text order, each name alone, where the gazetteer has the area it stands for."""
    found = [hit for i in range(len(view)) for hit in members(view, i)]
    return [hit for hit in found if not view.is_taken(hit.start, hit.end)]


def members(view: View, i: int) -> Iterator[Hit]:
    """The areas of the list whose plural is unit `i`; none where the gazetteer lacks one of them."""
    plural = view.unit(i).lower()
    if plural not in words("regions/shared_heads"):
        return
    head = plural.removesuffix("s")
    names = listed_names(view, i)
    hits = [hit for first, last in names if (hit := area_of(view, first, last, head))]
    if len(names) > 1 and len(hits) == len(names):
        yield from hits


def listed_names(view: View, stop: int) -> list[tuple[int, int]]:
    """The capitalised names before unit `stop`, first and last unit of each: "Pearl River", "Yangtze River"."""
    names: list[tuple[int, int]] = []
    last = k = stop
    while k > max(0, stop - REACH):
        unit = view.unit(k - 1)
        if unit in JOINTS and last > k:
            names.append((k, last))
            k, last = k - 1, k - 1
        elif unit[:1].isupper() or unit == "-":
            k -= 1
        elif unit in JOINTS:
            k, last = k - 1, k - 1
        else:
            break
    if last > k:
        names.append((k, last))
    return names[::-1]


def area_of(view: View, first: int, last: int, head: str) -> Hit | None:
    """The area that a name of a list stands for with the shared word: "Pearl River" before "deltas"."""
    start, end = view.starts[first], view.ends[last - 1]
    name = view.text[start:end]
    places = [place for place in gazetteer().lookup(f"{name} {head.capitalize()}") if place.group == "area"]
    return Hit(first, last, start, end, name, places, rule="listed") if places else None
