"""The mentions of a document in text order with the sentence that each stands in: what every rule looks back at."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

#: Dependencies of a subject.
SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj"))
#: Dependencies that lead from a place to the noun phrase it stands in.
CLIMBING = frozenset(("conj", "appos", "poss", "pobj", "prep", "compound", "nmod", "pcomp"))


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
    """Tell whether a name is the subject of a clause, alone or in a list."""
    root = span.root
    while root.dep_ in ("conj", "appos") and root.head is not root:
        root = root.head
    return root.dep_ in SUBJECTS


def is_topic(span: Span, places: frozenset[int]) -> bool:
    """Tell whether a sentence is about a place: "**Hunan** grew", "Farmers in **Hancheng** sell", "In **Gansu**, …".

    Not one in a clause inside ("from which Nanjing is an hour away") nor one that only owns another place of
    `places` ("**China**'s Guangxi").
    """
    token = span.root
    for _ in range(6):
        if token.dep_ in SUBJECTS:
            return is_main(token.head)
        if token.dep_ == "pobj" and token.head.is_sent_start is True:
            return True
        if token.dep_ not in CLIMBING or token.head is token or (token.dep_ == "poss" and token.head.i in places):
            return False
        token = token.head
    return False


def is_main(verb: Token) -> bool:
    """Tell the verb of a main clause or of what somebody says in it."""
    while verb.dep_ in ("conj", "ccomp") and verb.head is not verb:
        verb = verb.head
    return verb.dep_ == "ROOT"
