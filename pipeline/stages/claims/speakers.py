"""Who a claim is attributed to: the speaker of the statement that it stands in."""

from __future__ import annotations

from bisect import bisect_right

from spacy.tokens import Span

from pipeline.annotations import StatementValue
from pipeline.stages.claims.draft import Draft
from pipeline.stages.claims.index import DocIndex, group
from pipeline.stages.claims.patterns import GOES_ON


class Statements:
    """The statements of a document, in text order."""

    def __init__(self, index: DocIndex) -> None:
        """Index the statement spans that carry a value."""
        self._text = index.text
        self._spans = [span for span in group(index.doc, "statements") if span._.statement is not None]
        self._starts = [span.start_char for span in self._spans]

    def around(self, draft: Draft) -> Span | None:
        """The innermost statement that a claim stands in: "615 firms participate, Sun said"."""
        position = bisect_right(self._starts, draft.start)
        for span in reversed(self._spans[max(0, position - 4) : position]):
            if span.start_char <= draft.start and draft.quantity.end <= span.end_char:
                return span
        return self._trailing(draft, position)

    def _trailing(self, draft: Draft, position: int) -> Span | None:
        """As in "Exports rose, the chamber said in a statement, with tea making up 81 percent": the rest of it."""
        span = self._spans[position - 1] if position else None
        cue = span._.statement.cue if span is not None else None
        if span is None or cue is None or span[0].sent != draft.span[0].sent or cue.start < span.end_char:
            return None
        between = self._text[cue.end : draft.lead]
        return span if GOES_ON.match(between) and '"' not in between else None


def fill_speaker(draft: Draft, statements: Statements) -> None:
    """Set the speaker; the evidence is the speaker's name in the attribution."""
    span = statements.around(draft)
    if span is None:
        return
    value: StatementValue = span._.statement
    draft.attribution = span
    if span.start_char <= draft.start < span.end_char:
        draft.statement = span
    draft.speaker = value.speaker
    if value.speaker is not None and value.speaker_extent is not None:
        draft.evidence["speaker"] = value.speaker_extent
