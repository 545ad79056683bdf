"""Measures of a level that no finite verb says: "with roads totaling 8 km", "the price at 300 yuan"."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.resources import words
from pipeline.stages.claims.changes import directions
from pipeline.stages.claims.draft import Draft
from pipeline.stages.claims.measures.base import Measure, own_subject
from pipeline.stages.claims.measures.lists import Lists
from pipeline.stages.claims.phrases import is_noun, left_edge

_OF = frozenset({"of"})
#: What a clause without a finite verb opens with.
_OPENING = frozenset({",", ";", "and", "with", "while", "but"})


#: Dimensions that say where or how something is.
_PLACED = frozenset({"length", "temperature", "angle", "speed"})


class Levels(Lists):
    """Rules for clauses without a verb of their own, and for verbs that the parser misreads."""

    def _own_level(self, draft: Draft) -> Measure | None:
        """As in ", with roads totaling 8 km, tunnels reaching 6 km and dams extending 3 km": each has its own noun.

        And as in "with daily flow peaking at 41,000", "while visits to its site averages 900", whatever the parser has.
        """
        tied = (draft.before(1) or draft.root).lower_ in ("at", "to", "by", "on", "for")
        verb, last = draft.before(2 if tied else 1), draft.before(3 if tied else 2)
        if draft.modifier is not None and draft.modifier.lower().endswith("ing") and not tied:
            # "with arrivals exceeding 3,000": the verb is the bound
            verb, last = draft.sentence.span.doc[draft.span.start - 1], draft.before(1)
        if verb is None or last is None or not is_noun(last) or not _says_level(verb):
            return None
        noun = _outermost(last)
        first = self._past_numbers(left_edge(noun), noun)
        if first.i == first.sent.start or first.nbor(-1).lower_ not in _OPENING or self._coordinated(first.nbor(-1)):
            return None
        named = self._is_actor(noun) or self._is_place_or_time(noun) or self._is_proper(noun)
        if named or noun.i in self.numbers or last.i in self.numbers:
            return None
        if is_noun(verb):
            return self._stretch(first, last, "own-level")
        return self._noun_phrase(noun, "own-level")

    def _at_noun(self, draft: Draft) -> Measure | None:
        """As in "The order caps emissions of dust at 7 million tons", where the parser has caps of emissions.

        Heights, distances and degrees are no level of the noun: "farms at 3,000 meters".
        """
        before = draft.before(1)
        if before is None or before.lower_ != "at" or draft.quantity.unit.dimension in _PLACED:
            return None
        noun = before.head
        named = self._is_actor(noun) or self._is_place_or_time(noun) or self._is_proper(noun)
        if not is_noun(noun) or noun.i > before.i or noun.i in self.numbers or named:
            return None
        return self._phrase(left_edge(noun), noun, "at-noun", prepositions=_OF)


def _says_level(verb: Token) -> bool:
    """Whether a participle says a level or a change, or a finite verb that the parser gave no subject."""
    if verb.lower_ not in words("claims/level_verbs") and verb.lower_ not in directions():
        return False
    if verb.lower_.endswith("ing"):
        return True
    return verb.tag_ == "VBZ" and own_subject(verb) is None and verb.dep_ in ("prep", "dep", "dobj", "pobj", "nsubj")


def _outermost(noun: Token) -> Token:
    """As in "visits to the park's website": the visits."""
    for _ in range(3):
        outer = noun.head.head
        if noun.dep_ != "pobj" or not is_noun(outer) or outer.i > noun.i or outer.lower_.endswith("ing"):
            break
        noun = outer
    return noun
