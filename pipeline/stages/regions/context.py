"""What stands beside a place and says which one it is."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.gazetteer.relations import lies_in
from pipeline.resources import words
from pipeline.stages.regions.patterns import TypeWord, plural_type_words, type_words
from pipeline.stages.regions.scan import spelled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.gazetteer import Gazetteer, Place
    from pipeline.stages.regions.scan import Hit
    from pipeline.stages.regions.view import View

LIST_JOINTS = {",", "and", "or", "&", ";", "as", "well"}
INSIDE_JOINTS = {"in", "of", ",", "(", "within"}
POSSESSIVES = {("'", "s"), ("'",), (",",), ()}
#: Units between two names at most: of a list (", as well as"), of a part and its whole (", the capital of the").
WIDEST_LIST, WIDEST_JOINT = 4, 6
INTRODUCTIONS = {"including", "like", "namely", "-", ":"}
#: So far away the nearest place of a sentence still says where another one lies.
REACH = 16
#: So many times as likely as the next, a place has no rival.
DOMINATES = 6.0
#: In "Kunshan, a county-level city in Jiangsu", so many units may stand before the generic word.
APPOSITION = 6
DETERMINERS = {"a", "an", "the"}


def note_neighbours(view: View, hits: list[Hit], gazetteer: Gazetteer) -> None:
    """Note on every hit the places beside it that it may lie in, and the generic word that its list shares."""
    for left, right in pairwise(hits):
        first = view.at(left.end - 1) + 1
        if right.first - first <= WIDEST_JOINT:
            link(left, right, [view.unit(k) for k in range(first, right.first)], gazetteer)
    for run in lists(view, hits):
        word = shared_word(view, run)
        if word:
            share(run, word)
        note_alike(run)
    for i, hit in enumerate(hits):
        if len(hit.places) > 1 and not hit.beside:
            note_nearest(hits, i, gazetteer)
        apposed = apposed_word(view, hit)
        if apposed:
            share([hit], apposed)


def link(left: Hit, right: Hit, joint: list[str], gazetteer: Gazetteer) -> None:
    """Note the whole on its part: "Huizhou, Guangdong", "Gulou district of Nanjing", "Guangdong's Huizhou"."""
    spare = words("regions/directions")
    rest = [unit for unit in joint if unit not in spare]
    if rest and len(rest) <= 2 and all(unit in INSIDE_JOINTS for unit in rest):
        note_parent(left, right, gazetteer)
    if tuple(rest) in POSSESSIVES:
        note_parent(right, left, gazetteer)


def note_parent(part: Hit, whole: Hit, gazetteer: Gazetteer) -> None:
    """Note which places of `part` lie in which of `whole`, if any do: "Savannah, Georgia" settles both."""
    pairs = [(p.key, w.key) for p in part.places for w in whole.places if lies_in(p, w, gazetteer)]
    part.beside.update(inner for inner, _ in pairs)
    whole.beside.update(outer for _, outer in pairs)


def only_province(hit: Hit) -> str | None:
    """The province that a hit means or lies in, else its country, if one place is plainly meant."""
    place = certain_place(hit)
    return (place.province or place.country) if place else None


def note_nearest(hits: list[Hit], i: int, gazetteer: Gazetteer) -> None:
    """Note which places of a hit lie in the nearest hit that holds any of them."""
    hit = hits[i]
    around = hits[max(0, i - REACH) : i + REACH]
    others = [o for o in around if o is not hit and abs(o.first - hit.first) <= REACH]
    for other in sorted(others, key=lambda o: abs(o.first - hit.first)):
        whole = certain_place(other)
        inside = {place.key for place in hit.places if whole and lies_in(place, whole, gazetteer)}
        if inside and len(inside) < len(hit.places):
            hit.nearest = inside
            return


def note_alike(run: list[Hit]) -> None:
    """Note which places are of one kind and parent with a certain one of their list: "Georgia, Florida and Alabama".

    Two certain ones of one kind and country will do: "Taiyuan, Shijiazhuang and **Anyang**" are cities in China.
    """
    certain = [certain_place(hit) for hit in run]
    ranks = Counter((place.kind, rank(place)) for place in certain if place)
    countries = Counter((str(place.kind), place.country or "") for place in certain if place)
    for hit, own in zip(run, certain, strict=True):
        for place in hit.places:
            of_rank = (place.kind, rank(place))
            if ranks[of_rank] > (own is not None and (own.kind, rank(own)) == of_rank):
                hit.alike.add(place.key)
            of_country = (str(place.kind), place.country or "")
            if countries[of_country] > 1 + (own is not None and (own.kind, own.country or "") == of_country):
                hit.alike.add(place.key)


def certain_place(hit: Hit) -> Place | None:
    """The place of a hit that has no rival worth the name."""
    places = sorted(hit.places, key=lambda place: -place.prior)
    if not places or (len(places) > 1 and places[0].prior < DOMINATES * places[1].prior):
        return None
    return places[0]


def rank(place: Place) -> str | None:
    """What places of one kind share in a list: countries nothing, the others what they lie in."""
    return None if place.kind == "country" else place.upper


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
    return 0 < right.first - first <= WIDEST_LIST and all(
        view.unit(k).lower() in LIST_JOINTS for k in range(first, right.first)
    )


def shared_word(view: View, run: list[Hit]) -> TypeWord | None:
    """The plural that a list shares, behind or before it: "Jiangsu and Zhejiang provinces", "the cities of A and B"."""
    behind = view.at(run[-1].end - 1) + 1
    word = listed(view, behind) if len(run) > 1 and run[-1].type_word is None else None
    if word:
        return word
    before = run[0].first - 1
    if view.unit(before) == "the":
        before -= 1
    if view.unit(before) == "as" and view.unit(before - 1) == "such":
        before -= 1
    elif view.unit(before).lower() != "of" and view.unit(before) not in INTRODUCTIONS:
        return None
    return word_before(view, before - 1 if view.unit(before - 1) == "," else before)


def listed(view: View, i: int) -> TypeWord | None:
    """The plural that begins with unit `i`."""
    plural = plural_type_words()
    return next((plural[s] for n in (3, 2, 1) if (s := spelled(view, i, n)) in plural), None)


def word_before(view: View, i: int) -> TypeWord | None:
    """The generic word that ends before unit `i`: a plural ("the provinces of"), or one after "the" ("the city of").

    "A district of Jinan" says where, not what: it has no "the".
    """
    plural = plural_type_words()
    for length in (3, 2, 1):
        word = plural.get(spelled(view, i - length, length))
        if word:
            return word
    single = type_words().get(view.unit(i - 1).lower())
    return single if single and view.unit(i) == "of" and behind_the(view, i - 1) else None


def behind_the(view: View, i: int) -> bool:
    """Say whether "the" stands before unit `i`, with two words between at most: "the southern city of"."""
    return any(view.unit(k).lower() == "the" for k in range(max(0, i - 3), i))


def apposed_word(view: View, hit: Hit) -> TypeWord | None:
    """What an apposition calls a place: "Kunshan, a county-level city in Jiangsu province"."""
    i = view.at(hit.end - 1) + 1
    if hit.type_word or view.unit(i) != "," or view.unit(i + 1) not in DETERMINERS:
        return None
    for k in range(i + 2, min(i + 2 + APPOSITION, len(view) - 1)):
        word = type_words().get(view.unit(k))
        if word and view.unit(k + 1) in {"in", "of", "under", "on", "near"}:
            return TypeWord(word.word, plural_kinds(word))
        if not view.unit(k)[0].islower() and view.unit(k) != "-":
            break
    return None


def plural_kinds(word: TypeWord) -> tuple[str, ...]:
    """The kinds that a word means where it is used loosely, as its plural is."""
    return next((plural.kinds for plural in plural_type_words().values() if plural.word == word.word), word.kinds)


def share(run: list[Hit], word: TypeWord) -> None:
    """Give the generic word of a list to those of its hits that it fits.

    A village or town that only shares its name with a division is none of the gazetteer's places.
    """
    for hit in run:
        if hit.type_word is not None:
            continue
        agreeing = [place for place in hit.places if word.agrees(place)]
        if not word.kinds:
            agreeing = [place for place in hit.places if place.group == "city"]
        if agreeing or not word.kinds:
            hit.shared, hit.places = word, agreeing
