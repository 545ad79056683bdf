"""Chooses the place that a name means, from what stands beside it and from the rest of the document."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.gazetteer.relations import distance

if TYPE_CHECKING:
    from pipeline.gazetteer import Gazetteer, Place
    from pipeline.stages.regions.scan import Hit

#: How much more likely a place becomes by each kind of evidence.
NEAREST, SAME_NAME, SAME_UPPER, SAME_PROVINCE, ALIKE, NEAR, OUT_OF_TIME = 10000.0, 50.0, 200.0, 100.0, 20.0, 6.0, 0.02
#: What is so much less likely by its bare name stays so, whatever else the document names.
DOMINATED, MOST_FOR_DOMINATED = 10.0, 2.0
#: ... but a county whose city is named may be meant: enough to leave the name open.
MOST_BESIDE_UPPER = 40.0
NEAR_KM = 160.0
#: So many of the places named last are asked for their distance.
MOST_POINTS = 40
#: From this share of the evidence on a name is resolved.
SURE = 0.9
CAPITAL = "110000"
#: Runners-up that are kept for the reader.
MOST_CANDIDATES = 5
#: From this prior on, a county is named without its province.
NAMED_ALONE = 0.05


@dataclass(slots=True)
class Choice:
    """The place that a name means (None: nothing decides), the share of the evidence for it, and the runners-up."""

    place: Place | None
    share: float
    candidates: tuple[Place, ...] = ()


@dataclass(slots=True)
class Known:
    """What the document has said so far: places resolved, by key, province and name."""

    gazetteer: Gazetteer
    year: int | None = None
    keys: set[str] = field(default_factory=set)
    provinces: set[str] = field(default_factory=set)
    uppers: set[str] = field(default_factory=set)
    by_name: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    points: list[tuple[float, float]] = field(default_factory=list)

    def add(self, hit: Hit, place: Place) -> None:
        """Take in a resolved place under the name it was found by."""
        self.by_name[hit.name].add(place.key)
        self.take_in(place)

    def take_in(self, place: Place) -> None:
        """Take in a place that the document speaks of, and what it lies in."""
        if place.key in self.keys:
            return
        self.keys.add(place.key)
        if place.latitude is not None and place.longitude is not None and place.kind not in ("country", "continent"):
            self.points.append((place.latitude, place.longitude))
        if place.province:
            self.provinces.add(place.province)
        if place.upper:
            self.uppers.add(place.upper)


def begin(gazetteer: Gazetteer, year: int | None, dateline: str | None) -> Known:
    """What is known before the first mention: the year of the text, and where it was written.

    A dateline of the capital says nothing: national news is written there.
    """
    known = Known(gazetteer, year)
    places = gazetteer.lookup(dateline.title()) if dateline else ()
    if places and places[0].key != CAPITAL and (len(places) == 1 or places[0].prior > DOMINATED * places[1].prior):
        known.take_in(places[0])
    return known


def resolve(hits: list[Hit], known: Known) -> list[Choice]:
    """Choose for every hit: first those that need no help, then the others with what these have settled."""
    choices: list[Choice | None] = [None] * len(hits)
    for pass_ in range(3):
        for i, hit in enumerate(hits):
            if choices[i] is None and (pass_ or hit.rule != "model"):
                choice = choose(hit, known)
                if choice.place and (choice.share >= SURE):
                    choices[i] = choice
                    known.add(hit, choice.place)
                elif pass_ == 2:
                    choices[i] = choice
    return [choice for choice in choices if choice is not None]


def choose(hit: Hit, known: Known) -> Choice:
    """Weigh the places of one hit."""
    if not hit.places:
        return Choice(None, 1.0)
    if hit.rule == "model" and not any(is_supported(hit, place, known) for place in hit.places):
        return Choice(None, 0.0, tuple(hit.places[:MOST_CANDIDATES]))
    if len(hit.places) == 1:
        return Choice(today(hit.places[0], known), 1.0)
    places = [place for place in hit.places if place.key in hit.beside] or hit.places
    top = max(place.prior for place in places)
    weights = {place.key: weight(hit, place, known, top) for place in places}
    order = sorted(places, key=lambda place: -weights[place.key])
    total = sum(weights.values()) or 1.0
    share = weights[order[0].key] / total
    if len(order) > 1 and order[0].key == order[1].upper:
        share += weights[order[1].key] / total
    runners = tuple(place for place in order[: MOST_CANDIDATES + 1] if weights[place.key] > total / 1000)
    return Choice(today(order[0], known) if share >= SURE else None, share, runners)


def is_supported(hit: Hit, place: Place, known: Known) -> bool:
    """Say whether more than the bare name speaks for a place.

    A county's name alone may be anything's, but where no other county has it and no other province is named.
    """
    if len(hit.places) == 1 and not known.provinces:
        return True
    return place.kind != "county" or place.prior >= NAMED_ALONE or evidence(hit, place, known) > 1.0


def today(place: Place, known: Known) -> Place:
    """The place that one which is gone goes on as: Xiangfan is Xiangyang, but not in a text of 2005."""
    if place.successor is None or (known.year and place.valid_in(known.year)):
        return place
    return known.gazetteer.get(place.successor) or place


def weight(hit: Hit, place: Place, known: Known, top: float) -> float:
    """The prior of a place times what speaks for it; `top` is the highest prior of its rivals and its own."""
    found = evidence(hit, place, known)
    beside = place.upper in known.keys and place.key not in known.keys and not is_provinces_name(hit)
    most = MOST_BESIDE_UPPER if beside else MOST_FOR_DOMINATED
    now = place.valid_in(known.year)
    if place.prior * DOMINATED < top and not (hit.typed and now):
        found = min(found, most)
    return place.prior * found * (1.0 if now else OUT_OF_TIME)


def is_provinces_name(hit: Hit) -> bool:
    """Say whether a bare name is a province's too: "Hebei" by Tianjin is the province, not Tianjin's Hebei district."""
    return any(place.kind in ("province", "autonomous_region", "municipality") for place in hit.places)


def evidence(hit: Hit, place: Place, known: Known) -> float:
    """How much more likely a place is made by its sentence and by what the document has named."""
    found = 1.0
    if place.key in hit.nearest:
        found *= NEAREST
    if place.key in hit.alike:
        found *= ALIKE
    if place.key in known.by_name.get(hit.name, ()) or place.key in known.keys:
        found *= SAME_NAME
    if (place.upper in known.keys and place.upper != "CN") or any(key in known.keys for key in place.members):
        found *= SAME_UPPER
    elif place.province in known.provinces:
        found *= SAME_PROVINCE
    elif known.points and is_near(place, known):
        found *= NEAR
    return found


def is_near(place: Place, known: Known) -> bool:
    """Say whether a place lies within NEAR_KM of one that the document has named."""
    if place.latitude is None or place.longitude is None:
        return False
    here = (place.latitude, place.longitude)
    return any(distance(here, there) <= NEAR_KM for there in known.points[-MOST_POINTS:])
