"""What a document holds, indexed once: tokens by offset, sentences, blocks, and what earlier stages found."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from spacy.tokens import Doc, Span, Token

from pipeline.annotations import DateValue, Entities, EntityMention, Extent
from pipeline.layout import Layout
from pipeline.stages.text import text_of


class Intervals:
    """Stretches that do not overlap, in text order; tells which one covers a place."""

    def __init__(self, extents: Iterable[Extent]) -> None:
        """Keep `extents`, sorted."""
        self._extents = sorted(extents)
        self._starts = [extent.start for extent in self._extents]

    def touching(self, start: int, end: int) -> Extent | None:
        """The first stretch that shares a character with `start:end`."""
        position = max(bisect_right(self._starts, start) - 1, 0)
        for extent in self._extents[position : position + 4]:
            if extent.start < end and start < extent.end:
                return extent
        return None


@dataclass(frozen=True)
class Sentence:
    """One sentence: its tokens without blanks, and its place in the document."""

    number: int
    span: Span
    paragraph: int
    kind: str

    @cached_property
    def tokens(self) -> list[Token]:
        """The tokens that are no white space."""
        return [token for token in self.span if not token.is_space]

    @cached_property
    def words(self) -> frozenset[str]:
        """The lower-case words."""
        return frozenset(token.lower_ for token in self.tokens)

    @cached_property
    def is_title_case(self) -> bool:
        """Whether capitals say nothing here: a headline in title case."""
        long_words = [token for token in self.tokens if token.is_alpha and len(token) > 3]
        capitals = sum(token.text[0].isupper() for token in long_words)
        return self.kind == "headline" and capitals > 0.6 * len(long_words)

    @cached_property
    def text(self) -> str:
        """The text, put together once."""
        return self.span.text


@dataclass
class DocIndex:
    """Look-ups of one document."""

    doc: Doc
    sentences: list[Sentence] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Index tokens, sentences and blocks once."""
        self._token_starts = [token.idx for token in self.doc]
        layout: Layout | None = self.doc._.layout
        self._blocks = list(layout.blocks) if layout else []
        self._block_starts = [block.start for block in self._blocks]
        starts = []
        for number, span in enumerate(self.doc.sents):
            position, kind = self._block(span)
            self.sentences.append(Sentence(number, span, position, kind))
            starts.append(span.start)
        self._sentence_starts = starts

    @cached_property
    def text(self) -> str:
        """The text of the document, which spaCy puts together anew whenever it is asked for."""
        return text_of(self.doc)

    def _block(self, span: Span) -> tuple[int, str]:
        first = next((token for token in span if not token.is_space), None)
        if not self._blocks or first is None:
            return 0, "body"
        position = max(bisect_right(self._block_starts, first.idx) - 1, 0)
        return position, self._blocks[position].kind

    def token_at(self, offset: int) -> Token:
        """The token that covers a character."""
        return self.doc[max(bisect_right(self._token_starts, offset) - 1, 0)]

    def span(self, start: int, end: int) -> Span:
        """The tokens that cover `start:end`, widened to whole tokens."""
        return self.doc[self.token_at(start).i : self.token_at(end - 1).i + 1]

    def sentence_of(self, token: Token) -> Sentence:
        """The sentence that a token stands in."""
        return self.sentences[bisect_right(self._sentence_starts, token.i) - 1]

    @cached_property
    def dates(self) -> Intervals:
        """The temporal expressions."""
        return Intervals(extents(group(self.doc, "dates")))

    @cached_property
    def names(self) -> Intervals:
        """Names of organisations, people and regions."""
        spans = [span for kind in ("organisations", "people", "regions") for span in group(self.doc, kind)]
        return Intervals(extents(spans))

    @cached_property
    def entities(self) -> Entities:
        """The joined entities, empty before `resolve_references`."""
        found = self.doc._.entities if Doc.has_extension("entities") else None
        return found or Entities()

    @cached_property
    def mentions_by_sentence(self) -> dict[int, list[EntityMention]]:
        """Resolved mentions of regions and organisations, by the number of their sentence."""
        found: dict[int, list[EntityMention]] = {}
        for mention in self.entities.mentions:
            if mention.ref is not None:
                number = self.sentence_of(self.token_at(mention.extent.start)).number
                found.setdefault(number, []).append(mention)
        return found

    def date_at(self, start: int) -> tuple[Span, DateValue] | None:
        """The temporal expression that begins at a character."""
        number = self.sentence_of(self.token_at(start)).number
        return next((dated for dated in self.dates_by_sentence.get(number, ()) if dated[0].start_char == start), None)

    @cached_property
    def dates_by_sentence(self) -> dict[int, list[tuple[Span, DateValue]]]:
        """Date spans with their values, by the number of their sentence."""
        found: dict[int, list[tuple[Span, DateValue]]] = {}
        for span in group(self.doc, "dates"):
            if span._.date is not None:
                found.setdefault(self.sentence_of(span[0]).number, []).append((span, span._.date))
        return found


def group(doc: Doc, name: str) -> Sequence[Span]:
    """A span group of the document, empty where the stage did not run."""
    return tuple(doc.spans[name]) if name in doc.spans else ()


def extents(spans: Iterable[Span]) -> list[Extent]:
    """Offsets of spans."""
    return [Extent(span.start_char, span.end_char) for span in spans]
