"""A document as the regions stage looks at it: units of text with their tokens, indexed once."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.gazetteer.names import UNIT
from pipeline.stages.text import text_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

#: A name does not go on over more blanks than this: two in a row stand for a paragraph's end.
ONE_BLANK = 1
#: From this share of capitalised long words on, a sentence is a headline in title case.
TITLE_CASE = 0.7
LONG_WORD = 4


class View:
    """The units of a document's text (`names.UNIT`), and what spaCy and earlier stages say of them."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.text = text_of(doc)
        found = [match.span() for match in UNIT.finditer(self.text)]
        self.starts = [start for start, _ in found]
        self.ends = [end for _, end in found]
        self.taken = bytearray(len(self.text))
        self._title: dict[int, bool] = {}

    def __len__(self) -> int:
        return len(self.starts)

    def unit(self, i: int) -> str:
        """The text of a unit; empty beyond either end."""
        return self.text[self.starts[i] : self.ends[i]] if 0 <= i < len(self.starts) else ""

    def joined(self, i: int) -> bool:
        """Say whether unit `i` follows the one before with one blank or none."""
        return 0 < i < len(self.starts) and self.starts[i] - self.ends[i - 1] <= ONE_BLANK

    def at(self, start: int) -> int:
        """The unit that a character lies in, or the last one before it."""
        return bisect_right(self.starts, start) - 1

    @cached_property
    def token_starts(self) -> list[int]:
        """Where tokens start, in order."""
        return [token.idx for token in self.doc]

    def token(self, i: int) -> Token:
        """The token that unit `i` begins in."""
        return self.doc[bisect_right(self.token_starts, self.starts[i]) - 1]

    @cached_property
    def entities(self) -> tuple[list[int], list[Span]]:
        """The model's entities and where they start."""
        spans = list(self.doc.ents)
        return [span.start_char for span in spans], spans

    def entity(self, start: int, end: int) -> Span | None:
        """The model's entity that covers `start` or lies in `start:end`."""
        starts, spans = self.entities
        i = bisect_right(starts, start) - 1
        if i >= 0 and spans[i].end_char > start:
            return spans[i]
        following = i + 1
        return spans[following] if following < len(spans) and spans[following].start_char < end else None

    def take(self, start: int, end: int) -> None:
        """Mark a stretch as part of something else, or of a region already."""
        self.taken[start:end] = b"\x01" * (end - start)

    def is_taken(self, start: int, end: int) -> bool:
        """Say whether any of a stretch is taken."""
        return 1 in self.taken[start:end]

    @cached_property
    def sentence_starts(self) -> list[int]:
        """The first tokens of sentences, in order."""
        return [token.i for token in self.doc if token.is_sent_start or token.i == 0]

    def in_title_case(self, i: int) -> bool:
        """Say whether unit `i` stands in a sentence without a full stop whose long words nearly all have capitals."""
        starts = self.sentence_starts
        k = bisect_right(starts, self.token(i).i) - 1
        if k not in self._title:
            end = starts[k + 1] if k + 1 < len(starts) else len(self.doc)
            self._title[k] = is_title_case(self.doc[starts[k] : end])
        return self._title[k]


def is_title_case(sentence: Span) -> bool:
    """Say whether a sentence is written as a headline is."""
    texts = [token.text for token in sentence if not token.is_space]
    words = [text for text in texts if len(text) >= LONG_WORD and text.isalpha()]
    capital = sum(word[0].isupper() for word in words)
    return len(words) > 2 and texts[-1] != "." and capital >= TITLE_CASE * len(words)
