"""The regions of a document as its other references see them: by kind, by nearness, by what sentences are about."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from typing import TYPE_CHECKING

from pipeline.annotations import Ref
from pipeline.gazetteer import gazetteer
from pipeline.resources import words
from pipeline.stages.organisations.lexicon import levels
from pipeline.stages.references.normalise import fold
from pipeline.stages.references.patterns import kinds_of_level
from pipeline.stages.references.setting import is_topic

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from spacy.tokens import Doc, Span

    from pipeline.annotations import RegionValue
    from pipeline.stages.references.setting import Setting

#: For how many sentences a place that one was about stays the topic, strongly and weakly.
TOPIC_REACH, LONG_TOPIC_REACH = 3, 8
#: A place is meant when its weight beats that of the next by so much.
MARGIN = 0.5
#: … and by so much where one sentence names both in the same way.
MARGIN_ALIKE = 1.0
#: How many mentions of places a reader keeps in mind.
MEMORY = 120


@dataclass(frozen=True, slots=True)
class Place:
    """A mention of a region at tokens `start:end`; `topic` where its sentence is about it.

    `implied` is a place that only another name brings in: a county its province, a bureau its city.
    """

    start: int
    end: int
    sentence: int
    value: RegionValue
    topic: bool
    implied: bool = False
    #: The name as the text has it, where the gazetteer has another: "Canton".
    written: str | None = None

    @property
    def spelling(self) -> str:
        """The name that completes a body's: "**Tibet** Regional Museum" where the text says Tibet."""
        return self.written or self.value.name

    @property
    def ref(self) -> Ref:
        """The region meant."""
        return Ref("region", self.value.key)

    def is_of(self, kinds: Collection[str]) -> bool:
        """Tell whether the region is, or may be, of one of these kinds; ``"county:市"`` is a county-level city.

        A name of several places may be any of them: their adcodes end in 00 for prefectures.
        """
        possible = {"prefecture" if code.endswith("00") else "county" for code in self.value.candidates}
        if "prefecture" in possible | {self.value.kind}:
            # "the city" may be the seat that gives an autonomous prefecture its name
            possible.add("prefecture:市")
        return self.is_plainly(kinds) or not possible.isdisjoint(kinds)

    def is_plainly(self, kinds: Collection[str]) -> bool:
        """Tell whether the region is of one of these kinds as it was read: "Jilin Province" is no city."""
        value = self.value
        return value.kind in kinds or f"{value.kind}:{(value.name_zh or '')[-1:]}" in kinds


@dataclass(frozen=True)
class Places:
    """The regions of a document: the mentions by name, and all that bring them in."""

    named: tuple[Place, ...]
    implied: tuple[Place, ...]

    @cached_property
    def all(self) -> tuple[Place, ...]:
        """Every mention, implied ones too, in text order."""
        return tuple(sorted(self.named + self.implied, key=lambda place: place.start))

    @cached_property
    def support(self) -> Counter[Ref]:
        """How often each region is brought in."""
        return Counter(place.ref for place in self.all)

    def by_name(self, name: str) -> Place | None:
        """The region of that name, as the gazetteer writes it or by another of its names: "HKSAR" → Hong Kong.

        A name with more behind it is read by its beginning: "Hong Kong Special Administrative" → Hong Kong.
        """
        units = name.split()
        cut = next((i for i in range(1, len(units)) if _opens_generic(units[i])), len(units))
        return self._named(name) or self._named(" ".join(units[:cut]))

    def _named(self, name: str) -> Place | None:
        wanted = fold(name)
        exact = next((place for place in self.named if fold(place.value.name) == wanted), None)
        if exact is not None:
            return exact
        keys = {place.key for place in gazetteer().lookup(name)}
        found = {place.ref: place for place in reversed(self.named) if place.value.key in keys}
        return next(iter(found.values())) if len(found) == 1 else None

    def at(self, start: int, end: int) -> Place | None:
        """The first region named within tokens `start:end`."""
        return next(iter(self.within(start, end)), None)

    def within(self, start: int, end: int) -> list[Place]:
        """The regions named within tokens `start:end`, in text order."""
        first = bisect_left(self.named, start, key=lambda place: place.start)
        return [place for place in takewhile(lambda p: p.start < end, self.named[first:]) if place.end <= end]

    def implied_at(self, start: int) -> Place | None:
        """The region that the name at a token brings in: "**Hancheng** Bureau of Forestry"."""
        return next((place for place in self.implied if place.start == start), None)

    def meant(self, token: int, sentence: int, kinds: Collection[str], *, reach: int) -> Place | None:
        """The region of one of `kinds` that is meant at `token`, or None where the text leaves a choice.

        Near mentions weigh more than far ones, a place that a sentence is about more than one on its way, and the
        article's main place more than others. ("Jiangsu and Zhejiang … the province": None, neither outweighs.)
        """
        end = bisect_left(self.all, token, key=lambda place: place.start)
        near = self.all[max(0, end - MEMORY) : end]
        reached = [place for place in near if sentence - place.sentence <= reach]
        fits = [place for place in reached if place.is_plainly(kinds)]
        fits = fits or [place for place in reached if place.is_of(kinds)]
        weights = self._weights(fits, sentence)
        ranked = sorted(weights, key=lambda ref: -weights[ref])
        if not ranked or (len(ranked) > 1 and not self._outweighs(fits, weights, ranked[0], ranked[1])):
            return None
        return next(place for place in reversed(fits) if place.ref == ranked[0])

    def _outweighs(self, fits: list[Place], weights: dict[Ref, float], first: Ref, second: Ref) -> bool:
        """Whether the first place is meant rather than the second: by far where one sentence names both alike.

        "Officials from **Sichuan and Yunnan** met in Chengdu" leaves "the provincial government" open.
        """
        last = {place.ref: (place.sentence, place.topic) for place in fits if not place.implied}
        alike = first in last and last.get(first) == last.get(second)
        return weights[first] - weights[second] >= (MARGIN_ALIKE if alike else MARGIN)

    def _weights(self, fits: list[Place], sentence: int) -> dict[Ref, float]:
        total = sum(self.support[ref] for ref in {place.ref for place in fits})
        weights: dict[Ref, float] = {}
        for place in fits:
            weight = _nearness(sentence - place.sentence, place) + 2 * self.support[place.ref] / total
            weights[place.ref] = max(weights.get(place.ref, 0.0), weight)
        return weights

    def is_alone(self, place: Place) -> bool:
        """Tell whether no other region of its kind is brought in."""
        return self._of_kind[place.value.kind] == {place.ref}

    @cached_property
    def _of_kind(self) -> dict[str, set[Ref]]:
        found: dict[str, set[Ref]] = {}
        for place in self.all:
            found.setdefault(place.value.kind, set()).add(place.ref)
        return found

    def only(self, kinds: Collection[str]) -> Place | None:
        """The one region of these kinds in the document, or None where there are several or none."""
        found = [place for place in self.all if place.is_of(kinds)]
        return found[0] if found and len({place.ref for place in found}) == 1 else None


def _is_named(texts: list[str], name: list[str], value: RegionValue) -> bool:
    """Tell whether words begin with a region's name and not with that of another kind: "**Jilin** city government"."""
    behind = texts[len(name)].lower() if len(texts) > len(name) else ""
    kinds = kinds_of_level(levels().get(behind, ""))
    return texts[: len(name)] == name and (not kinds or value.kind in kinds or behind == "region")


def _opens_generic(word: str) -> bool:
    """Tell what opens the generic part of a name: "Ningxia **Hui** autonomous region", "Gansu **province**"."""
    return word.lower() in ("special", "autonomous", "province") or word in words("regions/ethnic_groups")


def _nearness(distance: int, place: Place) -> float:
    near = max(0.0, 3.0 - distance) if distance <= 2 else 0.5 if distance <= TOPIC_REACH else 0.0
    topic = 2.0 if distance <= TOPIC_REACH else 1.0 if distance <= LONG_TOPIC_REACH else 0.0
    return near + (topic if place.topic else 0.0)


def read_places(doc: Doc, setting: Setting) -> Places:
    """The mentions of regions in text order, and the regions that other names bring in."""
    spans = sorted(doc.spans.get("regions", ()), key=lambda span: span.start)
    inside = frozenset(index for span in spans for index in range(span.start, span.end))
    named = tuple(
        Place(s.start, s.end, setting.sentence(s.start), s._.region, is_topic(s, inside), written=_written(s))
        for s in spans
    )
    return Places(named, (*_provinces(named), *_seats(doc.spans.get("organisations", ()), named, setting)))


def _written(span: Span) -> str | None:
    """The name that a mention has for its region without the generic word, where the gazetteer's is another."""
    value, spoken = span._.region, span.text.split()
    if fold(value.name) in fold(span.text) or span.text.isupper():
        return None
    names = (" ".join(spoken[:size]) for size in range(1, len(spoken) + 1))
    return next((name for name in names if any(p.key == value.key for p in gazetteer().lookup(name))), None)


def _provinces(named: tuple[Place, ...]) -> Iterable[Place]:
    """The province that a place in it brings in: "in **Ningdu county**. The provincial government …"."""
    by_code = {place.value.iso_code: place.value for place in named if place.value.iso_code}
    for place in named:
        province = by_code.get(place.value.parent) if place.value.parent else None
        if province is not None and province.kind != "country":
            yield Place(place.start, place.end, place.sentence, province, place.topic, implied=True)


def _seats(organisations: Iterable[Span], named: tuple[Place, ...], setting: Setting) -> Iterable[Place]:
    """The place that an organisation's name brings in: "**Hancheng** Bureau of Forestry"."""
    by_name: dict[str, list[tuple[list[str], RegionValue]]] = {}
    for place in named:
        words_ = place.value.name.split()
        if place.value.kind != "country":
            by_name.setdefault(words_[0], []).append((words_, place.value))
    for span in organisations:
        texts = [token.text for token in span]
        starts = ((i, known) for i, text in enumerate(texts) for known in by_name.get(text, ()))
        found = next((value for i, (words_, value) in starts if _is_named(texts[i:], words_, value)), None)
        if found is not None:
            yield Place(span.start, span.end, setting.sentence(span.start), found, topic=False, implied=True)
