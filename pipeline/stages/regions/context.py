"""What stands beside a place and says which one it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.stages.regions.patterns import TypeWord, plural_type_words
from pipeline.stages.regions.scan import spelled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.gazetteer import Gazetteer, Place
    from pipeline.stages.regions.scan import Hit
    from pipeline.stages.regions.view import View

LIST_JOINTS = {",", "and", "or", "&", ";", "as", "well"}
INSIDE_JOINTS = {"in", "of", ",", "(", "within"}
#: From one name of a list to the next there are no more units than ", as well as".
WIDEST_JOINT = 4
INTRODUCTIONS = {"including", "like", "namely", "-", ":"}


def note_neighbours(view: View, hits: list[Hit], gazetteer: Gazetteer) -> None:
    """Note on every hit the places beside it that it may lie in, and the generic word that its list shares."""
    for left, right in zip(hits, hits[1:], strict=False):
        joint = [view.unit(k) for k in range(view.at(left.end - 1) + 1, right.first)]
        if len(joint) <= WIDEST_JOINT:
            link(left, right, joint, gazetteer)
    for run in lists(view, hits):
        word = shared_word(view, run)
        if word:
            share(run, word)


def link(left: Hit, right: Hit, joint: list[str], gazetteer: Gazetteer) -> None:
    """Note the whole on its part: "Huizhou, Guangdong", "Gulou district of Nanjing", "Guangdong's Huizhou"."""
    words = [unit for unit in joint if unit not in {"the", "city", "province"}]
    if len(words) == 1 and words[0] in INSIDE_JOINTS:
        note_parent(left, right, gazetteer)
    if not words or words == ["'", "s"] or words == [","] or words == ["'"]:
        note_parent(right, left, gazetteer)


def note_parent(part: Hit, whole: Hit, gazetteer: Gazetteer) -> None:
    """Note which places of `part` lie in a place of `whole`, if any do."""
    for place in part.places:
        if any(lies_in(place, other, gazetteer) for other in whole.places):
            part.beside.add(place.key)


def lies_in(place: Place, other: Place, gazetteer: Gazetteer) -> bool:
    """Say whether `place` is below `other` in the order of divisions, or one of an area's members."""
    if place.key == other.key:
        return False
    above: str | None = place.upper
    while above:
        if above == other.key or above in other.members:
            return True
        upper = gazetteer.get(above)
        above = upper.upper if upper else None
    return place.key in other.members or (
        place.province is not None and place.province == other.iso_code != place.iso_code
    )


def lists(view: View, hits: list[Hit]) -> Iterator[list[Hit]]:
    """Runs of hits that only commas and conjunctions stand between: "Jiangsu, Zhejiang and Anhui"."""
    run: list[Hit] = []
    for hit in hits:
        if run and not are_listed(view, run[-1], hit):
            yield run
            run = []
        run.append(hit)
    if run:
        yield run


def are_listed(view: View, left: Hit, right: Hit) -> bool:
    """Say whether nothing but the joints of a list stands between two hits."""
    first = view.at(left.end - 1) + 1
    return 0 < right.first - first <= WIDEST_JOINT and all(
        view.unit(k).lower() in LIST_JOINTS for k in range(first, right.first)
    )


def shared_word(view: View, run: list[Hit]) -> TypeWord | None:
    """The plural that a list shares, behind or before it: "Jiangsu and Zhejiang provinces", "the cities of A and B"."""
    behind = view.at(run[-1].end - 1) + 1
    for length in (3, 2, 1):
        word = plural_type_words().get(spelled(view, behind, length))
        if word and len(run) > 1 and run[-1].type_word is None:
            return word
    before = run[0].first - 1
    if view.unit(before).lower() == "of" or view.unit(before) in INTRODUCTIONS:
        return word_before(view, before)
    if view.unit(before) == "as" and view.unit(before - 1) == "such":
        return word_before(view, before - 1)
    return None


def word_before(view: View, i: int) -> TypeWord | None:
    """The generic word, plural or after "the", that ends before unit `i`: "the provinces of", "the city of"."""
    for length in (3, 2, 1):
        word = plural_type_words().get(spelled(view, i - length, length))
        if word:
            return word
    from pipeline.stages.regions.patterns import type_words  # noqa: PLC0415

    single = type_words().get(view.unit(i - 1).lower())
    return single if single and view.unit(i).lower() == "of" else None


def share(run: list[Hit], word: TypeWord) -> None:
    """Give the generic word of a list to those of its hits that it fits."""
    for hit in run:
        agreeing = [place for place in hit.places if word.agrees(place)]
        if hit.type_word is None and agreeing:
            hit.shared, hit.places = word, agreeing
