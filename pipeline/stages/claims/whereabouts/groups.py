"""Places that stand together in a sentence, read as one: lists, and places inside wider places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Token

from pipeline.annotations import EntityMention, Extent, Ref
from pipeline.resources import words
from pipeline.stages.claims.draft import Draft, by_sentence
from pipeline.stages.claims.index import DocIndex, Intervals, Sentence

#: What may stand between the members of a list of places.
_JOINTS = frozenset(
    {",", "and", "or", "as", "well", "the", "&", "/", "--", "provinces", "municipalities", "cities", "of"}
)
#: Tags between two nested places: "China's northernmost province of Heilongjiang".
_NESTING = frozenset({"POS", "JJ", "JJS", "NN", "IN", ",", "DT", "NNP", "HYPH", "-LRB-"})


@dataclass(frozen=True)
class Group:
    """Places that stand together as one list: "Hong Kong and Macao"; `cue` is the word before them."""

    refs: tuple[Ref, ...]
    extent: Extent
    first: Token
    cue: str
    possessive: bool


class PlaceGroups:
    """The places of each sentence of one document."""

    def __init__(self, index: DocIndex, drafts: list[Draft]) -> None:
        """Group the places of each sentence when first asked for."""
        self.index = index
        self.by_sentence = by_sentence(drafts)
        self._amounts = Intervals(Extent(draft.quantity.start, draft.quantity.end) for draft in drafts)
        self._groups: dict[int, list[Group]] = {}

    def groups(self, sentence: Sentence) -> list[Group]:
        """The places of a sentence, lists joined and the wider of two nested places left out."""
        if sentence.number not in self._groups:
            self._groups[sentence.number] = self._group(sentence)
        return self._groups[sentence.number]

    def _group(self, sentence: Sentence) -> list[Group]:
        mentions = [
            mention
            for mention in self.index.mentions_by_sentence.get(sentence.number, [])
            if mention.kind == "region" and not self._in_unit(mention)
        ]
        mentions = sorted([*mentions, *self._islands(sentence)], key=lambda mention: mention.extent)
        found: list[list[EntityMention]] = []
        for mention in mentions:
            if found and self._joined(found[-1][-1], mention):
                found[-1].append(mention)
            else:
                found.append([mention])
        return [self._as_group(members) for members in found]

    def _islands(self, sentence: Sentence) -> Iterator[EntityMention]:
        """As in "the island's duty-free sales": the one province of the document that is an island."""
        if "island" not in sentence.words:
            return
        known = [ref for ref in self.index.entities.regions if ref.key in words("claims/island_provinces")]
        tokens = sentence.tokens
        for before, token in pairwise(tokens):
            extent = Extent(token.idx, token.idx + len(token))
            meant = len(known) == 1 and (before.lower_, token.lower_) == ("the", "island")
            if meant and self.index.names.touching(*extent) is None:
                yield EntityMention("region", "nominal", extent, known[0])

    def _joined(self, left: EntityMention, right: EntityMention) -> bool:
        between = self.index.text[left.extent.end : right.extent.start]
        if len(between) > 40:
            return False
        if between.strip() == "'s":
            return True
        if "nominal" in (left.form, right.form) and "and" not in between.split():
            # "From Qinghai to Shanghai, **the belt** covers …"
            return False
        nested = self._within(left, right) or self._within(right, left)
        pieces = between.replace(",", " , ").replace("'s", " 's ").split()
        if nested:
            tokens = (
                self.index.span(left.extent.end, right.extent.start)[:-1]
                if right.extent.start > left.extent.end + 1
                else ()
            )
            return bool(pieces) and (
                all(piece in (",", "'s", "(", "in") for piece in pieces) or all(t.tag_ in _NESTING for t in tokens)
            )
        return bool(pieces) and all(piece.lower() in _JOINTS for piece in pieces)

    def _as_group(self, members: list[EntityMention]) -> Group:
        owners = [m for m in members[:-1] if self.index.text[m.extent.end : m.extent.end + 3] == "'s "]
        kept = self._narrowest([m for m in members if m not in owners])
        extent = Extent(members[0].extent.start, members[-1].extent.end)
        first = self.index.token_at(extent.start)
        last = self.index.token_at(extent.end - 1)
        refs = tuple(dict.fromkeys(m.ref for m in kept if m.ref is not None))
        following = last.nbor(1) if last.i + 1 < len(last.doc) else None
        pronoun = first.tag_ == "PRP$"
        return Group(refs, extent, first, _cue(first), pronoun or (following is not None and following.tag_ == "POS"))

    def _narrowest(self, members: list[EntityMention]) -> list[EntityMention]:
        """Leave out what only tells where its neighbour lies; "Fuzhou, Xiamen and Pingtan" are three all the same."""
        while True:
            pairs = [pair for one, other in pairwise(members) for pair in ((one, other), (other, one))]
            wider = [outer for inner, outer in pairs if self._within(inner, outer)]
            if not wider:
                return members
            members = [member for member in members if member not in wider]

    def _within(self, inner: EntityMention, outer: EntityMention) -> bool:
        """Whether one place lies in the other: Shenzhen in Guangdong, Guangdong in China."""
        regions = self.index.entities.regions
        if inner.ref is None or outer.ref is None or inner.ref == outer.ref:
            return False
        small, large = regions.get(inner.ref), regions.get(outer.ref)
        if small is not None and large is not None and _holds(large.adcode, small.adcode):
            return True
        if small is None or large is None or large.iso_code is None:
            return False
        parent = small.parent or (small.iso_code or "").partition("-")[0]
        return parent == large.iso_code or (large.kind == "country" and parent.startswith(f"{large.iso_code}-"))

    def _in_unit(self, mention: EntityMention) -> bool:
        """As in "2.42 trillion U.S. dollars": the place is part of the unit."""
        return self._amounts.touching(mention.extent.start, mention.extent.end) is not None


def _holds(large: str | None, small: str | None) -> bool:
    """Whether a code of GB/T 2260 is that of a prefecture, and the other of a county in it: 621100 and 621102."""
    if large is None or small is None or large == small or large.endswith("0000"):
        return False
    return large.endswith("00") and large[:4] == small[:4]


def _cue(first: Token) -> str:
    """The word before a place, articles and directions skipped: "in southwest China"."""
    token = first
    for _ in range(4):
        if token.i == 0 or token.is_sent_start:
            return ""
        token = token.nbor(-1)
        if token.tag_ not in ("DT", "JJ", "NN", "PDT", "POS"):
            return token.lower_
    return ""
