"""Where the sentences of a document are, and which groups of mentions each of them names: read once, asked often."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from spacy.tokens import Doc, Span


class Sentences:
    """The sentences of a document, found by a token: spaCy's own `sent` walks a sentence at every call."""

    def __init__(self, doc: Doc) -> None:
        self._spans = list(doc.sents)
        self._starts = [span.start for span in self._spans]

    def at(self, index: int) -> Span:
        """The sentence of the token at `index`."""
        return self._spans[bisect_right(self._starts, index) - 1]


@dataclass(frozen=True, slots=True)
class Heads:
    """The heads of all mentions in text order, each with the number of its group.

    `others` gives for every head the last one before it that belongs to another group, or -1; `groups` for the start of
    a sentence the groups named in it, two at most, as nobody asks for more than whether there is another one.
    """

    indices: list[int]
    owners: list[int]
    others: list[int]
    groups: dict[int, tuple[int, ...]]

    def rivals(self, group: int) -> Rivals:
        """The heads that belong to other groups than `group`."""
        return Rivals(self, group)

    def named_by_others(self, sentence: int, group: int) -> bool:
        """Whether the sentence that starts at a token names another group than `group`."""
        return any(other != group for other in self.groups.get(sentence, ()))


@dataclass(frozen=True, slots=True)
class Rivals:
    """The heads of every group but one."""

    heads: Heads
    group: int

    def before(self, index: int) -> int | None:
        """The last rival's head before a token, or None."""
        at = bisect_left(self.heads.indices, index) - 1
        if at >= 0 and self.heads.owners[at] == self.group:
            at = self.heads.others[at]
        return self.heads.indices[at] if at >= 0 else None


def read_heads(sentences: Sentences, groups: list[list[int]]) -> Heads:
    """Lay out the heads of every group's mentions."""
    pairs = sorted((head, number) for number, heads in enumerate(groups) for head in heads)
    others: list[int] = []
    named: dict[int, tuple[int, ...]] = {}
    for at, (head, number) in enumerate(pairs):
        same = at > 0 and pairs[at - 1][1] == number
        others.append(others[at - 1] if same else at - 1)
        start = sentences.at(head).start
        found = named.get(start, ())
        if len(found) < 2 and number not in found:
            named[start] = (*found, number)
    return Heads([head for head, _ in pairs], [number for _, number in pairs], others, named)
