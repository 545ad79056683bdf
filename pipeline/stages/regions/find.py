"""The component `find_regions`: places, with their codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.gazetteer import gazetteer_with
from pipeline.stages.regions.accept import accept
from pipeline.stages.regions.context import note_neighbours
from pipeline.stages.regions.normalise import region_of
from pipeline.stages.regions.resolve import Known, resolve
from pipeline.stages.regions.scan import scan
from pipeline.stages.regions.typed import find_typed, located_names
from pipeline.stages.regions.view import View

if TYPE_CHECKING:
    from pipeline.gazetteer import Gazetteer
    from pipeline.stages.regions.resolve import Choice
    from pipeline.stages.regions.scan import Hit

#: What earlier stages found and no region may overlap.
EARLIER = ("dates", "organisations", "people")

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
        hits = find_hits(view, places)
        anchor = doc._.anchor if Doc.has_extension("anchor") else None
        choices = resolve(hits, Known(places, anchor.year if anchor else None))
        spans = [make_span(doc, hit, choice) for hit, choice in zip(hits, choices, strict=True)]
        doc.spans["regions"] = [span for span in spans if span is not None]
        return doc


def find_hits(view: View, places: Gazetteer) -> list[Hit]:
    """The mentions in text order, each with the places that it may mean."""
    hits = [hit for hit in scan(view, places) if not view.is_taken(hit.start, hit.end)]
    note_neighbours(view, hits, places)
    typed = find_typed(view, hits)
    for hit in typed:
        view.take(hit.start, hit.end)
    kept = [hit for hit in hits if not view.is_taken(hit.start, hit.end)]
    for hit in kept:
        hit.rule = accept(view, hit) or ""
    kept = [hit for hit in kept if hit.rule]
    for hit in kept:
        view.take(hit.start, hit.end)
    return sorted([*kept, *typed, *located_names(view, kept)], key=lambda hit: hit.start)


def make_span(doc: Doc, hit: Hit, choice: Choice) -> Span | None:
    """The span of a mention with its value."""
    span = doc.char_span(hit.start, hit.end, alignment_mode="expand")
    if span is None:
        return None
    value = region_of(hit, choice)
    span.label_, span.id_, span.kb_id_ = value.kind, value.rule, value.key
    span._.region = value
    return span
