"""The regions of a document as its other references see them: by kind, by nearness, by subject."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.annotations import Ref
from pipeline.stages.references.normalise import fold
from pipeline.stages.references.setting import is_subject

if TYPE_CHECKING:
    from collections.abc import Collection

    from spacy.tokens import Doc

    from pipeline.annotations import RegionValue
    from pipeline.stages.references.setting import Setting


#: What a name of several places may be: "Suzhou" is two prefectures.
SMALL = frozenset(("prefecture", "county"))


#: For how many sentences a place that one was about stays the topic.
TOPIC_REACH = 3


@dataclass(frozen=True, slots=True)
class Place:
    """A mention of a region at tokens `start:end`."""

    start: int
    end: int
    sentence: int
    value: RegionValue
    subject: bool

    @property
    def ref(self) -> Ref:
        """The region meant."""
        return Ref("region", self.value.key)

    def is_of(self, kinds: Collection[str]) -> bool:
        """Tell whether the region is, or may be, of one of these kinds."""
        return self.value.kind in kinds or (bool(self.value.candidates) and not SMALL.isdisjoint(kinds))


def read_places(doc: Doc, setting: Setting) -> list[Place]:
    """The mentions of regions in text order."""
    return [
        Place(span.start, span.end, setting.sentence(span.start), span._.region, is_subject(span))
        for span in sorted(doc.spans.get("regions", ()), key=lambda span: span.start)
    ]


def nearest(places: list[Place], token: int, sentence: int, kinds: Collection[str], *, reach: int) -> Place | None:
    """The region of one of `kinds` that is meant at `token`, or None where the text leaves a choice.

    The last one that a sentence was about, near by; else the one of the nearest sentence that has any. None where
    two stand side by side ("Jiangsu and Zhejiang … the province").
    """
    fits = [p for p in places if p.is_of(kinds) and p.start < token and sentence - p.sentence <= reach]
    topics = [place for place in fits if place.subject and sentence - place.sentence <= TOPIC_REACH]
    return _last_group(topics) or (_last_group(fits) if len(_in_last_sentence(topics)) < 2 else None)


def _in_last_sentence(fits: list[Place]) -> set[Ref]:
    return {place.ref for place in fits if place.sentence == fits[-1].sentence}


def _last_group(fits: list[Place]) -> Place | None:
    return fits[-1] if fits and len(_in_last_sentence(fits)) == 1 else None


def by_name(places: list[Place], name: str) -> Place | None:
    """The region of that name, as the gazetteer or the text writes it."""
    wanted = fold(name)
    return next((p for p in places if fold(p.value.name) == wanted), None)


def only(places: list[Place], kinds: Collection[str]) -> Place | None:
    """The one region of these kinds in the document, or None where there are several or none."""
    found = [place for place in places if place.is_of(kinds)]
    return found[0] if found and len({place.ref for place in found}) == 1 else None
