"""The component `find_statements`: who says what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.annotations import Extent, FlagValue, StatementValue
from pipeline.stages.statements.attribution import Attribution
from pipeline.stages.statements.continued import carry_on, continued, look_ahead
from pipeline.stages.statements.headlines import read_headline
from pipeline.stages.statements.normalise import confidence_of, mode_of
from pipeline.stages.statements.read import read_unit
from pipeline.stages.statements.words import Words

if TYPE_CHECKING:
    from pipeline.layout import Block
    from pipeline.schema import Mode
    from pipeline.stages.statements.speakers import Source

_INDEFINITE = frozenset({"a", "an", "one", "another", "some", "any", "each", "every"})

if not Span.has_extension("statement"):
    Span.set_extension("statement", default=None)


@Language.component("find_statements", requires=["doc._.entities"], assigns=["doc.spans", "span._.statement"])
def find_statements(doc: Doc) -> Doc:
    """Fill `doc.spans["statements"]`: each span is what is said, its `_.statement` by whom and how.

    "Exports rose, Li Hua said." → the span "Exports rose", cue "said", mode indirect, the source Li Hua.
    """
    words = Words(doc)
    found = _read(words)
    spans = [_span(words, attribution) for attribution in found]
    doc.spans["statements"] = [span for span in spans if span is not None]
    return doc


def _blocks(words: Words) -> tuple[Block, ...]:
    layout = words.doc._.layout
    return layout.blocks if layout else ()


def _read(words: Words) -> list[Attribution]:
    found: list[Attribution] = []
    headlines = {words.index(block.start) for block in _blocks(words) if block.kind == "headline"}
    for unit in words.units:
        read = read_unit(words, unit)
        if unit.start in headlines and not read:
            read = read_headline(words, unit)
        found += [carry_on(words, attribution, found) for attribution in read]
    found += continued(words, found)
    found = [look_ahead(words, a, found) if _in_headline(words, a, headlines) else a for a in found]
    return _distinct(sorted(found, key=lambda a: (a.content.start, a.content.end, a.cue.at if a.cue else -1)))


def _in_headline(words: Words, attribution: Attribution, headlines: set[int]) -> bool:
    return words.units[words.unit_of[attribution.content.start]].start in headlines


def _distinct(found: list[Attribution]) -> list[Attribution]:
    """One statement for one stretch of words."""
    kept: list[Attribution] = []
    for attribution in found:
        if not kept or kept[-1].content != attribution.content:
            kept.append(attribution)
    return kept


def _span(words: Words, attribution: Attribution) -> Span | None:
    content = attribution.content
    first, last = words.tokens[content.start], words.tokens[content.end - 1]
    span = Span(words.doc, first.i, last.i + 1, label="statement")
    span.id_ = attribution.rule
    span._.statement = _value(words, attribution)
    return span


def _value(words: Words, attribution: Attribution) -> StatementValue:
    source, cue = attribution.source, attribution.cue
    extent = _extent(words, source.start, source.end) if source else None
    kind = source.kind if source else None
    return StatementValue(
        mode=_mode(words, attribution),
        speaker=source.ref if source else None,
        speaker_text=words.doc._.raw[extent.start : extent.end] if extent and words.doc._.raw else None,
        speaker_kind=kind,
        speaker_extent=extent,
        cue=_extent(words, cue.start, cue.end) if cue else None,
        rule=attribution.rule,
        confidence=confidence_of(attribution.rule, kind, resolved=bool(source and source.ref)),
        flags=_flags(words, source),
    )


def _flags(words: Words, source: Source | None) -> tuple[FlagValue, ...]:
    """A flag for a pronoun, a name or "the company" that nothing in the text resolves; "a driver" needs none."""
    if source and (source.ref or source.kind in ("group", "document")):
        return ()
    if source and words.tags[source.head] in ("NN", "NNS") and words.lower[source.start] in _INDEFINITE:
        return ()
    return (FlagValue("unresolved-speaker", "no name in the text says who this source is"),)


def _mode(words: Words, attribution: Attribution) -> Mode:
    start, end = attribution.content
    if _has_one_mark(words, start, end):
        return "direct"
    inside = attribution.rule.endswith("_inside") and words.quote_of[start] >= 0
    quoted = sum((inside and words.quote_of[i] >= 0) or words.in_speech(i) for i in range(start, end))
    return mode_of(quoted, end - start, interrupted=inside)


def _has_one_mark(words: Words, start: int, end: int) -> bool:
    """Whether a mark stands at one end of a statement and its partner is missing."""
    opened = words.opening(start - 1) if start else None
    if opened and not opened.closed:
        return True
    return any(
        words.quote_of[i] >= 0 and words.quotes[words.quote_of[i]].start == i == words.quotes[words.quote_of[i]].end - 1
        for i in range(end, min(end + 2, len(words)))
    )


def _extent(words: Words, start: int, end: int) -> Extent:
    last = words.tokens[end - 1]
    return Extent(words.starts[start], last.idx + len(last))
