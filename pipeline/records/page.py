"""What every record of one document needs: its text, its sentences, and the ids given so far."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.annotations import Entities, Extent, Ref
from pipeline.schema import Flag

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc, Span

    from pipeline.annotations import FlagValue

#: Records that a rule trusts less than this are flagged for a reviewer.
LOW_CONFIDENCE = 0.5


@dataclass(slots=True)
class Page:
    """One document on its way to records; `refs`, `dates` and `claims` map what the stages say to ids."""

    text: str
    entities: Entities
    sentences: list[int]
    bylines: tuple[Extent, ...]
    refs: dict[Ref, str] = field(default_factory=dict)
    dates: dict[int, str] = field(default_factory=dict)
    claims: dict[int, str] = field(default_factory=dict)
    flags: list[Flag] = field(default_factory=list)

    def surface(self, extent: Extent) -> str:
        """The text of a stretch."""
        return self.text[extent.start : extent.end]

    def sentence(self, offset: int) -> int | None:
        """The number of the sentence at `offset`, counted from 0 over headline and body; None in a byline."""
        if any(start <= offset < end for start, end in self.bylines):
            return None
        return max(bisect_right(self.sentences, offset) - 1, 0)

    def ids(self, refs: Iterable[Ref]) -> tuple[str, ...]:
        """The ids of some entities, each once; entities that have none are left out."""
        return tuple(dict.fromkeys(self.refs[ref] for ref in refs if ref in self.refs))

    def id(self, ref: Ref | None) -> str | None:
        """The id of an entity, or None."""
        return self.refs.get(ref) if ref else None

    def flag(self, record: str, flags: Iterable[FlagValue], confidence: float) -> None:
        """Keep a record's flags, and add one where its rule is trusted little and no flag says why."""
        stated = [Flag.model_construct(record=record, code=f.code, message=f.message) for f in flags]
        self.flags.extend(stated)
        if confidence < LOW_CONFIDENCE and not stated:
            message = f"the rule that found this is right in fewer than {LOW_CONFIDENCE:.0%} of cases"
            self.flags.append(Flag.model_construct(record=record, code="low-confidence", message=message))


def make_page(doc: Doc) -> Page:
    """Read from a `Doc` what its records need."""
    blocks = doc._.layout.blocks
    bylines = tuple(Extent(b.start, b.end) for b in blocks if b.kind == "byline")
    starts = [start for start in map(_first_word, doc.sents) if start is not None]
    sentences = [s for s in starts if not any(a <= s < z for a, z in bylines)]
    return Page(text=doc._.raw, entities=doc._.entities or Entities(), sentences=sentences, bylines=bylines)


def _first_word(sentence: Span) -> int | None:
    return next((token.idx for token in sentence if not token.is_space), None)


def group(doc: Doc, name: str) -> list[Span]:
    """The spans of one stage in text order."""
    return sorted(doc.spans.get(name, ()), key=lambda span: (span.start_char, span.end_char))
