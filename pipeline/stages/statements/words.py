"""A document's words in arrays, sentences and quotations by index: built once, read by every rule."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from pipeline.stages.statements.mentions import Mentions
from pipeline.stages.statements.quotes import Quote, find_quotes
from pipeline.stages.text import text_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_WH_TAGS = frozenset({"WP", "WDT", "WRB", "WP$"})
_TERMINALS = frozenset({".", "!", "?", "...", "\u2026"})
_SPEECH_WORDS = 5
#: Words after which the parser's sentence is taken as it is, and after which there is one in any case.
_LONG_SENTENCE = 150
_LONGEST_SENTENCE = 400


class Stretch(NamedTuple):
    """Words by index, end exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Speech:
    """A quotation in words: `start` is its opening mark, `first` to `last` what it says, `end` follows its end mark."""

    start: int
    first: int
    last: int
    end: int
    closed: bool


class Words:
    """The words of a document without white space; everything is an index into them."""

    __slots__ = (
        "_children",
        "at",
        "block_starts",
        "doc",
        "lower",
        "mentions",
        "quote_of",
        "quotes",
        "starts",
        "tags",
        "tokens",
        "unit_of",
        "units",
    )

    def __init__(self, doc: Doc) -> None:
        """Index `doc` once."""
        self.doc = doc
        self.mentions = Mentions(doc._.entities, doc.spans.get("people", ()))
        self.tokens: list[Token] = [token for token in doc if not token.is_space]
        self._children = self._read_children()
        self.lower = [token.lower_ for token in self.tokens]
        self.tags = [token.tag_ for token in self.tokens]
        self.starts = [token.idx for token in self.tokens]
        self.at = {token.i: i for i, token in enumerate(self.tokens)}
        self.quotes = self._read_quotes()
        self.quote_of = self._mark_quotes()
        self.block_starts = self._block_starts()
        self.units, self.unit_of = self._read_units()

    def children(self, token: Token) -> list[Token]:
        """The words that hang on `token`, in text order; spaCy's own walk takes time in a long sentence's length."""
        return self._children.get(token.i, [])

    def _read_children(self) -> dict[int, list[Token]]:
        children: dict[int, list[Token]] = {}
        heads = self.doc.to_array("HEAD").astype("int32").tolist()
        for token in self.tokens:
            if offset := heads[token.i]:
                children.setdefault(token.i + offset, []).append(token)
        return children

    def __len__(self) -> int:
        return len(self.tokens)

    def _read_quotes(self) -> list[Speech]:
        layout, text = self.doc._.layout, text_of(self.doc)
        if layout is None:
            return []
        return [self._speech(quote) for quote in find_quotes(text, self.doc._.raw or text, layout.blocks)]

    def _speech(self, quote: Quote) -> Speech:
        start, end = self.index(quote.start), self.index(quote.end)
        first = start + 1 if start < len(self) and self.lower[start] in ('"', "'", "``") else start
        last = end - 1 if quote.closed and end > first and self.lower[end - 1] in ('"', "'", "''") else end
        while last > first and self.lower[last - 1] in (",", ".", '"'):
            last -= 1
        return Speech(start, first, last, end, quote.closed)

    def _mark_quotes(self) -> list[int]:
        marks = [-1] * len(self)
        for number, quote in enumerate(self.quotes):
            marks[quote.start : quote.end] = [number] * (quote.end - quote.start)
        return marks

    def _read_units(self) -> tuple[list[Stretch], list[int]]:
        """Sentences: the parser's, but none that ends before a sentence can end."""
        ends = self.block_starts
        starts: list[int] = []
        for i, token in enumerate(self.tokens):
            length = i - starts[-1] if starts else 0
            begins = token.is_sent_start and (length > _LONG_SENTENCE or self._can_end(i - 1))
            if i == 0 or i in ends or begins or length > _LONGEST_SENTENCE:
                starts.append(i)
        units = [Stretch(a, b) for a, b in pairwise([*starts, len(self)])]
        return units, [number for number, unit in enumerate(units) for _ in range(unit.start, unit.end)]

    def _block_starts(self) -> set[int]:
        layout = self.doc._.layout
        return {self.index(block.start) for block in layout.blocks} if layout else set()

    def _can_end(self, i: int) -> bool:
        while i > 0 and self.lower[i] in ('"', "'", "''", ")", "]"):
            i -= 1
        return self.lower[i] in _TERMINALS or self.tokens[i].text[-1] in ".!?:"

    def index(self, char: int) -> int:
        """The first word that ends after `char`."""
        i = bisect_left(self.starts, char)
        return i - 1 if i and self.starts[i - 1] + len(self.tokens[i - 1]) > char else i

    def place(self, token: Token) -> int:
        """The index of a token; of white space, the next word's."""
        return self.at[token.i] if token.i in self.at else bisect_left(self.starts, token.idx)

    def finite(self, start: int, end: int) -> bool:
        """Whether a main verb in a finite form stands in `start:end`: not one in a clause with "who", "when", "as"."""
        subordinate = False
        for i in range(start, end):
            token = self.tokens[i]
            if self.tags[i] in _WH_TAGS or (token.dep_ == "mark" and self.lower[i] != "that"):
                subordinate = True
            elif self.lower[i] == ",":
                subordinate = False
            elif not subordinate and self.tags[i] in FINITE and token.dep_ not in ("relcl", "acl"):
                return True
        return False

    def any_finite(self, start: int, end: int) -> bool:
        """Whether any finite verb stands in `start:end`."""
        return any(tag in FINITE for tag in self.tags[start:end])

    def closing(self, i: int) -> Speech | None:
        """The quotation that the mark at `i` closes."""
        number = self.quote_of[i] if 0 <= i < len(self) else -1
        quote = self.quotes[number] if number >= 0 else None
        if quote is None or not quote.closed or quote.end != i + 1:
            return None
        if quote.start < i:
            return quote
        start = self.units[self.unit_of[i]].start
        return Speech(start, start, i - (self.lower[i - 1] == ","), i + 1, closed=True)

    def opening(self, i: int) -> Speech | None:
        """The quotation that the mark at `i` opens."""
        number = self.quote_of[i] if 0 <= i < len(self) else -1
        quote = self.quotes[number] if number >= 0 else None
        return quote if quote and quote.start == i and quote.last > quote.first else None

    def is_speech(self, quote: Speech) -> bool:
        """Whether a quotation is somebody's words rather than a term in quotes."""
        return quote.last - quote.first >= _SPEECH_WORDS or self.any_finite(quote.first, quote.last)

    def is_said(self, quote: Speech) -> bool:
        """Whether an attribution may follow: it is speech, or a comma or "?" before its end mark shows it."""
        return self.is_speech(quote) or (quote.end >= 2 and self.lower[quote.end - 2] in (",", "?", "!"))

    def in_speech(self, i: int) -> bool:
        """Whether the word stands inside what somebody says."""
        quote = self.quotes[self.quote_of[i]] if self.quote_of[i] >= 0 else None
        return bool(quote and quote.closed and self.is_speech(quote))

    def end_of(self, i: int) -> int:
        """The character after the word at `i`."""
        return self.starts[i] + len(self.tokens[i])

    def trimmed(self, start: int, end: int) -> Stretch:
        """`start:end` without marks and commas at its ends, unless a mark's partner stays inside."""
        while start < end and self.lower[start] in (",", ";", ":", '"', "``", "''", "-", "--", "\u2014", "\u2013"):
            start += 1
        while end > start and self.lower[end - 1] in (",", ";", ":", ".", '"', "''", "--", "\u2014", "\u2013", "-"):
            end -= 1
        if end - start > 2 and self.lower[end - 1] == "'" and not self.tokens[end - 2].text[-1].isalnum():
            return self.trimmed(start, end - 1)
        return Stretch(start, end)
