"""Measures that a verb, a price, a rank or the unit names: "earned 80 million yuan"."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.resources import words
from pipeline.stages.claims.draft import Draft
from pipeline.stages.claims.measures.base import Measure, own_subject, past_articles
from pipeline.stages.claims.measures.headings import dimensions, headings
from pipeline.stages.claims.measures.right import Right
from pipeline.stages.claims.numerals import multiples
from pipeline.stages.claims.phrases import counted_noun, extent_of

_OF = frozenset({"of"})


class Headed(Right):
    """Rules for nouns that nobody wrote."""

    def _heading(self, draft: Draft) -> Measure | None:
        """As in "earned 80 million yuan": nobody wrote the noun, the verb tells the column's head."""
        if draft.kind not in ("money", "measure"):
            return None
        verb = self._verb_before(draft)
        if verb is None or headings().get(verb.lower_, "stake") == "stake":
            return None
        subject = own_subject(verb)
        if subject is not None and subject.lower_ in words("claims/amount_nouns"):
            return self._noun_phrase(subject, "amount-subject")
        if draft.kind == "measure" and draft.quantity.unit.dimension not in ("mass", "energy", "volume"):
            return None
        heading = headings()[verb.lower_]
        other = headings().get(verb.head.lower_) if verb.dep_ == "conj" and verb.i - verb.head.i == 2 else None
        if other is not None and other != heading:
            return Measure(f"{other} and {heading}", extent_of(verb.head, verb), "verb-heading")
        return Measure(heading, extent_of(verb, verb), "verb-heading")

    def _verb_before(self, draft: Draft) -> Token | None:
        """The verb that the amount is the object of, right before it."""
        for step in (1, 2, 3):
            token = draft.before(step)
            if token is None or token.tag_ in ("IN", "TO", ","):
                return None
            if token.tag_.startswith("VB"):
                return token
        return None

    def _stake(self, draft: Draft) -> Measure | None:
        """As in "of which it will hold 51 percent": a stake."""
        verb = self._verb_before(draft)
        held = verb is not None and headings().get(verb.lower_) == "stake"
        return Measure("stake", extent_of(verb, verb), "verb-heading") if held and verb is not None else None

    def _price(self, draft: Draft) -> Measure | None:
        """As in "a hot lunch for 12 yuan"; "0.6 yuan a ride", "35 yuan per tonne": a price."""
        after, third = draft.after(1), draft.after(2)
        per = (
            after is not None
            and after.lower_ in ("a", "an", "per", "each")
            and third is not None
            and third.tag_ == "NN"
        )
        if after is not None and after.lower_ == "apiece":
            return Measure("price", None, "price")
        timed = (third is not None and self._is_place_or_time(third)) or (
            third is not None and third.lower_ in words("claims/time_units")
        )
        return Measure("price", None, "price") if per and not timed else None

    def _price_at(self, draft: Draft) -> Measure | None:
        """As in "bought them at 210 yuan apiece", "For 17 yuan a month, people ride": a price, whoever pays it."""
        before = draft.before(1)
        if before is None or before.lower_ not in ("at", "for"):
            return None
        opening = before.i == draft.sentence.tokens[0].i and before.lower_ == "for"
        return Measure("price", None, "price") if opening else self._price(draft)

    def _distance(self, draft: Draft) -> Measure | None:
        """As in "40 km southwest of the county seat"."""
        after = draft.after(1)
        far = (
            draft.quantity.unit.dimension == "length" and after is not None and after.lower_ in words("claims/bearings")
        )
        return Measure("distance", None, "distance") if far else None

    def _dimension(self, draft: Draft) -> Measure | None:
        """As in "covers 0.4 square kilometers": the dimension is the head of the column."""
        heading = dimensions().get(draft.quantity.unit.dimension)
        return Measure(heading, None, "dimension") if heading else None

    def _ranked(self, draft: Draft) -> Measure | None:
        """As in "the second-largest economy"; "ranking second in the province": what the clause before measured."""
        if draft.span[-1].tag_ == "JJS" or (len(draft.span) > 1 and draft.span[-1].lower_.endswith("est")):
            first = draft.after(1)
            found = counted_noun(first, self._limit(draft)) if first is not None else None
            return self._phrase(found[0], found[1], "ranked-noun", prepositions=_OF) if found else None
        return self._ranked_for(draft) or self._level_in_sentence(draft)

    def _ranked_for(self, draft: Draft) -> Measure | None:
        """As in "ranked third in Hebei for air quality", "ranked fifth in terms of GDP"."""
        for step in range(1, 7):
            token = draft.after(step)
            if token is None or token.text in (",", "."):
                return None
            first = draft.after(step + 1)
            if token.lower_ in ("for", "by") or (
                token.lower_ == "of" and (draft.after(step - 1) or token).lower_ == "terms"
            ):
                found = counted_noun(past_articles(first), self._limit(draft)) if first is not None else None
                return self._phrase(found[0], found[1], "ranked-for", prepositions=_OF) if found else None
        return None

    def _multiplied(self, draft: Draft) -> Measure | None:
        """As in "Exports doubled", "doubled its output", "three times the level of 2015"."""
        if draft.span[0].lower_ not in multiples():
            return None
        after = draft.after(1)
        direct = after is not None and after.tag_ in ("DT", "PRP$")
        first = draft.after(2) if direct else None
        if first is not None and first.lower_ in words("claims/antecedent_words") | {"level", "levels"}:
            return self._antecedent(draft)
        found = counted_noun(first, self._limit(draft)) if first is not None else None
        return self._phrase(found[0], found[1], "multiplied-object", prepositions=_OF) if found else None
