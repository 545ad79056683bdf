"""Lists of places in a text: what belongs to one list, and which of its members only say where another one lies."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Span

from pipeline.annotations import RegionValue
from pipeline.stages.programmes.patterns import LIST_GAP, OPENS_PARTS, WITHIN
from pipeline.stages.text import text_of


@dataclass(frozen=True, slots=True)
class PlaceList:
    """Places in a row: tokens `start:end`, and the spans of those that are meant themselves."""

    start: int
    end: int
    members: tuple[Span, ...]


def place_lists(doc: Doc) -> list[PlaceList]:
    """Every run of places without countries and continents.

    ``"Luoyang in Henan province, Wuhu in Anhui"`` is one list with the members Luoyang and Wuhu.
    """
    text = text_of(doc)
    lists: list[list[Span]] = []
    for span in doc.spans.get("regions", ()):
        value = span._.region
        if not isinstance(value, RegionValue) or value.kind in ("country", "continent", "zone"):
            continue
        if lists and _joined(text, lists[-1][-1], span):
            lists[-1].append(span)
        else:
            lists.append([span])
    return [PlaceList(run[0].start, run[-1].end, tuple(_members(text, run))) for run in lists]


def _joined(text: str, before: Span, span: Span) -> bool:
    return LIST_GAP.fullmatch(text[before.end_char : span.start_char]) is not None


def _members(text: str, run: list[Span]) -> list[Span]:
    """Leave out what only says where a neighbour lies: "Henan" in "Luoyang in Henan"."""
    members: list[Span] = []
    for i, span in enumerate(run):
        gap = text[run[i - 1].end_char : span.start_char] if i else ""
        if members and WITHIN.search(gap) and any(lies_in(m._.region, span._.region) for m in members[-4:]):
            continue
        following = text[span.end_char : run[i + 1].start_char] if i + 1 < len(run) else ""
        owner = following.startswith("'s") or OPENS_PARTS.fullmatch(following) is not None
        if owner and (span._.region.kind == "area" or lies_in(run[i + 1]._.region, span._.region)):
            continue
        members.append(span)
    return members


def lies_in(inner: RegionValue, outer: RegionValue) -> bool:
    """Whether one place lies in another, by their codes: Huizhou (441300) in Guangdong (440000)."""
    if inner.adcode and outer.adcode and inner.adcode != outer.adcode:
        prefix = outer.adcode.rstrip("0")
        prefix += "0" * (len(prefix) % 2)
        return inner.adcode.startswith(prefix)
    return inner.parent is not None and inner.parent == outer.iso_code
