"""The mentions of a document in text order with the sentence that each stands in: what every rule looks back at."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

#: Dependencies of a subject.
SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj"))


@dataclass(frozen=True, slots=True)
class Setting:
    """Where sentences and paragraphs begin (token indexes), and which tokens name an entity already."""

    doc: Doc
    sentences: tuple[int, ...]
    paragraphs: tuple[int, ...]
    headline_end: int
    named: frozenset[int]

    def sentence(self, token: int) -> int:
        """The number of the sentence that holds a token."""
        return max(bisect_right(self.sentences, token) - 1, 0)

    def paragraph(self, token: int) -> int:
        """The number of the paragraph that holds a token."""
        return max(bisect_right(self.paragraphs, token) - 1, 0)


def read_setting(doc: Doc) -> Setting:
    """Lay out `doc`, which carries its names."""
    layout = doc._.layout
    blocks = layout.blocks if layout else ()
    offsets = [token.idx for token in doc]
    starts = tuple(bisect_left(offsets, block.start) for block in blocks)
    headline = max((bisect_left(offsets, block.end) for block in blocks if block.kind == "headline"), default=0)
    sentences = tuple(token.i for token in doc if token.is_sent_start)
    named = frozenset(
        index
        for group in ("organisations", "people", "regions")
        for span in doc.spans.get(group, ())
        for index in range(span.start, span.end)
    )
    return Setting(doc, sentences or (0,), starts or (0,), headline, named)


def is_subject(span: Span) -> bool:
    """Tell whether a name is the subject of its clause, or the place that opens it: "**In Zhejiang**, …"."""
    root = span.root
    while root.dep_ in ("conj", "appos") and root.head is not root:
        root = root.head
    if root.dep_ in SUBJECTS or (root.dep_ == "poss" and root.head.dep_ in SUBJECTS):
        return True
    return root.dep_ == "pobj" and root.head.is_sent_start is True
