"""The component `find_dates`: temporal expressions with TIMEX3 values and ISO bounds."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.annotations import DateValue, FlagValue
from pipeline.stages.dates.context import Context, Said
from pipeline.stages.dates.lexemes import Lexemes, read_lexemes
from pipeline.stages.dates.normalise import edtf_value
from pipeline.stages.dates.order import by_dependence
from pipeline.stages.dates.patterns import find_expressions
from pipeline.stages.dates.ranges import Linked, link_ranges
from pipeline.stages.dates.resolve import Resolved, is_basis, resolve
from pipeline.stages.dates.tense import Tense, tense_at
from pipeline.stages.dates.traps import is_trap
from pipeline.stages.text import text_of

if TYPE_CHECKING:
    from datetime import date

    from pipeline.layout import Layout
    from pipeline.stages.dates.expressions import Found

if not Span.has_extension("date"):
    Span.set_extension("date", default=None)

#: A dateline this many days before the day of writing is the day that weekdays count from.
_DATELINE_REACH = 7


@Language.component("find_dates", assigns=["doc.spans", "span._.date"])
def find_dates(doc: Doc) -> Doc:
    """Fill `doc.spans["dates"]` with the expressions of headline and body, each with its `DateValue`.

    "Output rose in October" in an article of 2020-11-18 gives "October" the value 2020-10 and the bounds of that month.
    """
    places = _Places(doc)
    context = Context(doc._.anchor, _today(doc._.anchor, doc._.layout))
    spans: list[Span] = []
    text = text_of(doc)
    for start, end in _blocks(doc, text):
        lex = read_lexemes(text, start, end)
        lex.read_tag = places.tag
        found = [f for f in find_expressions(lex) if not is_trap(lex, f)]
        read = (_span(doc, places, lex, item, context) for item in by_dependence(lex, list(link_ranges(lex, found))))
        for span in sorted((span for span in read if span is not None), key=lambda span: span.start):
            if not spans or span.start >= spans[-1].end:
                spans.append(span)
    doc.spans["dates"] = spans
    return doc


class _Places:
    """Character offsets to tokens and sentences of a `Doc`, read once."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.idx: list[int] = doc.to_array("IDX").tolist()
        starts = doc.to_array("SENT_START").tolist()
        self.sentences = [self.idx[i] for i, flag in enumerate(starts) if flag == 1]

    def token(self, offset: int) -> int:
        """The index of the token that holds a character."""
        return max(bisect_right(self.idx, offset) - 1, 0)

    def token_behind(self, offset: int) -> int:
        """The index of the first token that begins at or behind a character."""
        return bisect_left(self.idx, offset)

    def sentence(self, offset: int) -> int:
        """The number of the sentence that holds a character."""
        return bisect_right(self.sentences, offset) - 1

    def tag(self, offset: int) -> str:
        """The tag of the token at a character."""
        return str(self.doc[self.token(offset)].tag_)

    def tense(self, offset: int) -> Tense | None:
        """The tense of the clause at a character."""
        return tense_at(self.doc[self.token(offset)])


def _blocks(doc: Doc, text: str) -> list[tuple[int, int]]:
    layout: Layout | None = doc._.layout
    if layout is None:
        return [(0, len(text))]
    return [(b.start, b.end) for b in layout.blocks if b.kind != "byline"]


def _today(anchor: date | None, layout: Layout | None) -> date | None:
    dateline = layout.dateline_date if layout is not None else None
    if anchor is None or dateline is None:
        return anchor or dateline
    return dateline if 0 <= (anchor - dateline).days <= _DATELINE_REACH else anchor


def _span(doc: Doc, places: _Places, lex: Lexemes, linked: Linked, context: Context) -> Span | None:
    found = linked.found
    start, end = lex.starts[found.first], lex.ends[found.last - 1]
    context.sentence = places.sentence(start)
    context.read_tense = lambda: places.tense(lex.starts[found.last - 1])
    resolved = resolve(found.node, context)
    first, behind = places.token(start), places.token_behind(end)
    if behind <= first:
        return None
    if resolved.period is not None:
        opening = _opens(places, lex, found)
        said = Said(resolved.period, context.sentence, is_basis(found.node) or _is_compared(lex, found), opening)
        context.say(said, joins=linked.joins)
    span = Span(doc, first, behind, label="date", span_id=found.rule)
    span._.date = _value(resolved, found.rule)
    return span


def _opens(places: _Places, lex: Lexemes, found: Found) -> bool:
    """Whether an expression opens its sentence, behind a preposition at most: "In 2019, …"."""
    i = found.first - 1 if lex.words[found.first - 1] in {"in", "during", "throughout", "for"} else found.first
    return lex.starts[i] in places.sentences or (i == 0)


def _is_compared(lex: Lexemes, found: Found) -> bool:
    """Whether the sentence only looks back at a time: "more than in 2019", "as high as in May"; not "as of May"."""
    i = found.first - 1
    placed = lex.words[i] in {"in", "on", "at", "during", "for"}
    return lex.words[i - placed] == "than" or (placed and lex.words[i - 1] == "as")


def _value(resolved: Resolved, rule: str) -> DateValue:
    flags = (FlagValue("date-unanchored", "Nothing in the text says which day this counts from."),)
    edtf = edtf_value(resolved.value, resolved.mod)
    if resolved.earliest and resolved.latest and (edtf is None or resolved.mod in {"START", "MID", "END"}):
        edtf = (
            f"{resolved.earliest}/{resolved.latest}" if resolved.earliest != resolved.latest else f"{resolved.earliest}"
        )
    return DateValue(
        type=resolved.type,
        value=resolved.value,
        mod=resolved.mod,
        earliest=resolved.earliest,
        latest=resolved.latest,
        edtf=edtf,
        rule=rule,
        confidence=_confidence(resolved, rule),
        flags=flags if resolved.unanchored else (),
    )


def _confidence(resolved: Resolved, rule: str) -> float:
    if resolved.unanchored:
        return 0.4
    return _CONFIDENCE.get(rule.removeprefix("part_").removeprefix("edge_"), 0.93)


#: Rules that are less sure than the others.
_CONFIDENCE = {
    "iso_day": 0.99,
    "month_year": 0.98,
    "month_day": 0.96,
    "quarter": 0.9,
    "half": 0.9,
    "ago": 0.9,
    "earlier": 0.85,
    "rate": 0.6,
    "definite_unit": 0.7,
    "season_alone": 0.7,
    "set_word": 0.75,
    "recent": 0.75,
    "current": 0.75,
    "weekend": 0.8,
    "fiscal_year": 0.75,
    "same_period": 0.85,
    "later": 0.75,
}
