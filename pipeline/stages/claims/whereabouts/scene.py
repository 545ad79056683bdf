"""The places, clauses and earlier claims of one document, as the rules for regions read them."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.annotations import Extent, Ref
from pipeline.resources import words
from pipeline.stages.claims.draft import Draft
from pipeline.stages.claims.index import DocIndex, Sentence
from pipeline.stages.claims.whereabouts.clauses import Part, parts_among
from pipeline.stages.claims.whereabouts.groups import PlaceGroups

#: The places that a rule found, and where they stand.
Found = tuple[tuple[Ref, ...], Extent | None]
#: What a public body does holds where it sits; a company's figures need not.
_SEATED = frozenset({"government", "party"})


class Scene(PlaceGroups):
    """What the rules look at; each answer is worked out once."""

    def __init__(self, index: DocIndex, drafts: list[Draft]) -> None:
        """Group the places of each sentence when first asked for."""
        super().__init__(index, drafts)
        self._subjects_known: dict[int, list[Token]] = {}
        self._parts_known: dict[int, list[Part]] = {}
        #: The claims that have their places.
        self.done: list[Draft] = []

    def subjects(self, token: Token) -> list[Token]:
        """The subjects of the clauses that a token stands in, the innermost first."""
        if token.i not in self._subjects_known:
            self._subjects_known[token.i] = _subjects_above(token)
        return self._subjects_known[token.i]

    def subjects_behind(self, token: Token) -> list[Token]:
        """As in "Citing a survey of **2,400** exporters, Hou warned": the subject of a verb that follows."""
        node = token
        for _ in range(12):
            if node.head == node:
                break
            node = node.head
        return [child for child in node.lefts if child.dep_ in ("nsubj", "nsubjpass") and child.i > token.i]

    def seat(self, ref: Ref | None) -> Ref | None:
        """Where a local public body sits: what it does, and reports, holds there; a ministry's may hold anywhere."""
        body = self.index.entities.organisations.get(ref) if ref is not None else None
        if body is None or body.region is None or body.kind not in _SEATED:
            return None
        place = self.index.entities.regions.get(body.region)
        wider = place is None or place.kind == "country" or not _wider().isdisjoint(body.name.lower().split())
        return None if wider else body.region

    def parts(self, sentence: Sentence) -> list[Part]:
        """The numbers of a sentence that are parts of a whole."""
        if sentence.number not in self._parts_known:
            self._parts_known[sentence.number] = parts_among(self.by_sentence[sentence.number], self.index.text)
        return self._parts_known[sentence.number]


def _subjects_above(token: Token) -> list[Token]:
    found: list[Token] = []
    node = token
    for _ in range(12):
        found.extend(child for child in node.lefts if child.dep_ in ("nsubj", "nsubjpass") and child.i < token.i)
        if node.head == node:
            break
        node = node.head
    return found


def _wider() -> frozenset[str]:
    """Words of bodies whose figures hold for more than the place in their name: "Nanchang **Customs**"."""
    return words("claims/wider_than_seat")
