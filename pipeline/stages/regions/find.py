"""The component `find_regions`: places, with their codes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.gazetteer import gazetteer_with
from pipeline.resources import words
from pipeline.stages.people.patterns import role_heads
from pipeline.stages.regions.accept import NO_EVIDENCE, NO_PLACE, accept
from pipeline.stages.regions.context import note_neighbours
from pipeline.stages.regions.parents import settle_parents
from pipeline.stages.regions.patterns import EXPERTISE, MARKET
from pipeline.stages.regions.resolve import begin, resolve
from pipeline.stages.regions.scan import scan
from pipeline.stages.regions.shared_heads import find_shared_heads
from pipeline.stages.regions.typed import find_typed
from pipeline.stages.regions.unlisted import find_again, find_supported, find_unlisted
from pipeline.stages.regions.values import region_of
from pipeline.stages.regions.view import View
from pipeline.stages.text import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.gazetteer import Gazetteer
    from pipeline.stages.regions.resolve import Choice
    from pipeline.stages.regions.scan import Hit

REFUSED = (NO_EVIDENCE, NO_PLACE)
#: What earlier stages found and no region may overlap.
EARLIER = ("dates", "organisations", "people")

#: Whose "for" names whom they speak for.
SPOKESPEOPLE = {"spokesman", "spokesperson", "spokeswoman", "representative", "commissioner"}

if not Span.has_extension("region"):
    Span.set_extension("region", default=None)


@Language.factory(
    "find_regions",
    default_config={"gazetteer": None},
    assigns=["doc.spans", "span._.region"],
)
def find_regions(nlp: Language, name: str, gazetteer: str | None) -> RegionFinder:
    """Make the component; `gazetteer` is the path of a user's own table, or None. A bad table is refused here."""
    return RegionFinder(gazetteer)


class RegionFinder:
    """Fills `doc.spans["regions"]` with every name of a place, outside organisations, people and dates."""

    def __init__(self, table: str | None = None) -> None:
        self.table = table
        if table:
            gazetteer_with(table)

    def __call__(self, doc: Doc) -> Doc:
        """Find and resolve the places of one document."""
        places = gazetteer_with(self.table)
        view = View(doc)
        for group in EARLIER:
            for span in doc.spans.get(group, ()):
                view.take(span.start_char, span.end_char)
        for start, end in title_markets(doc):
            view.take(start, end)
        hits = find_hits(view, places)
        anchor, layout = about(doc, "anchor"), about(doc, "layout")
        dateline = layout.dateline_place if layout else None
        choices = resolve(hits, begin(places, anchor.year if anchor else None, dateline))
        settle_parents(view, hits, choices)
        doc.spans["regions"] = list(make_spans(doc, hits, choices))
        return doc


def title_markets(doc: Doc) -> Iterator[tuple[int, int]]:
    """The places that belong to a job title: "chief economist *for Asia*", "managing director *for Greater China*".

    An office is another matter: "envoy for …", "spokesman for …" speak of the place.
    """
    offices = words("people/office_heads") | SPOKESPEOPLE
    for span in doc.spans.get("people", ()):
        for role in span._.person.roles:
            market = MARKET.match(text_of(doc), role.extent.end)
            if market and offices.isdisjoint(role.text.lower().split()):
                yield market.span("place")
            inside = EXPERTISE.search(text_of(doc)[role.extent.start : role.extent.end])
            if inside and role_heads().get(inside["head"]) == "expert":
                start, end = inside.span("place")
                yield role.extent.start + start, role.extent.start + end


def about(doc: Doc, name: str) -> Any:
    """What `make_doc` noted on a document; None on one made without it."""
    return doc._.get(name) if Doc.has_extension(name) else None


def find_hits(view: View, places: Gazetteer) -> list[Hit]:
    """The mentions in text order, each with the places that it may mean."""
    hits = [hit for hit in scan(view, places) if not view.is_taken(hit.start, hit.end)]
    note_neighbours(view, hits, places)
    found = take_all(view, find_shared_heads(view))
    found += take_all(view, find_typed(view, hits))
    named = [hit for hit in hits if not view.is_taken(hit.start, hit.end)]
    for hit in named:
        hit.rule = accept(view, hit)
    found += take_all(view, [hit for hit in named if hit.rule not in REFUSED])
    unsure = [hit for hit in named if hit.rule == NO_EVIDENCE]
    found += take_all(view, find_again(view, sorted(found, key=by_start), unsure))
    unsure = [hit for hit in unsure if hit.rule == NO_EVIDENCE]
    found += take_all(view, find_supported(view, found, unsure))
    found += find_unlisted(view, found, [hit for hit in named if hit.rule in REFUSED])
    return sorted(found, key=by_start)


def by_start(hit: Hit) -> int:
    """Text order."""
    return hit.start


def take_all(view: View, hits: list[Hit]) -> list[Hit]:
    """Mark what is a region now, so that nothing else is found in it."""
    for hit in hits:
        view.take(hit.start, hit.end)
    return hits


def make_spans(doc: Doc, hits: list[Hit], choices: list[Choice]) -> Iterator[Span]:
    """The spans of the mentions with their values; of two in one token ("Beijing(Tianjin") the first."""
    last = 0
    for hit, choice in zip(hits, choices, strict=True):
        span = doc.char_span(hit.start, hit.end, alignment_mode="expand")
        if span is None or span.start < last:
            continue
        last = span.end
        value = region_of(hit, choice)
        span.label_, span.id_, span.kb_id_ = value.kind, value.rule, value.key
        span._.region = value
        yield span
