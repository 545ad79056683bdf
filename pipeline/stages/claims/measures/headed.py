"""Measures that a verb, a price, a rank or the unit names: "earned 80 million yuan"."""

from __future__ import annotations

from pipeline.resources import words
from pipeline.stages.claims.draft import Draft
from pipeline.stages.claims.measures.base import Measure, past_articles
from pipeline.stages.claims.measures.headings import dimensions
from pipeline.stages.claims.measures.verbed import Verbed, per_thing
from pipeline.stages.claims.numerals import multiples
from pipeline.stages.claims.phrases import counted_noun, is_noun, left_edge

_OF = frozenset({"of"})

#: What an adjective behind a length says is measured.
_EXTENSIONS = {
    **dict.fromkeys(("long", "length"), "length"),
    **dict.fromkeys(("wide", "broad"), "width"),
    **dict.fromkeys(("high", "tall"), "height"),
    **dict.fromkeys(("deep", "below", "beneath", "underground"), "depth"),
    **dict.fromkeys(("thick",), "thickness"),
    **dict.fromkeys(("across",), "diameter"),
}


#: What is got for the money may be people's work: "hired pickers at 200 yuan a day".
_OF_PEOPLE = frozenset({"hire", "hires", "hired", "hiring"})


class Headed(Verbed):
    """Rules for nouns that nobody wrote."""

    def _price(self, draft: Draft) -> Measure | None:
        """As in "a hot lunch for 12 yuan"; "0.6 yuan a ride", "35 yuan per tonne": a price."""
        after, thing = draft.after(1), draft.after(2)
        apiece = after is not None and after.lower_ == "apiece"
        timed = thing is not None and self._is_place_or_time(thing)
        return Measure("price", None, "price") if apiece or (per_thing(draft) and not timed) else None

    def _price_at(self, draft: Draft) -> Measure | None:
        """As in "bought them at 210 yuan apiece", "For 17 yuan a month, people ride": a price, whoever pays it."""
        before = draft.before(1)
        if before is None or before.lower_ not in ("at", "for"):
            return None
        if before.head.lower_ in words("claims/level_verbs") and before.head.pos_ == "VERB":
            # "the price of new homes stood at 16,300 yuan per square meter"
            return None
        if before.lower_ == "at" and before.head.lower_ in words("claims/trading_verbs") - _OF_PEOPLE:
            # "sold all rooms at 800 yuan a night"
            return Measure("price", None, "price")
        opening = before.i == draft.sentence.tokens[0].i and before.lower_ == "for"
        return Measure("price", None, "price") if opening else self._price(draft)

    def _distance(self, draft: Draft) -> Measure | None:
        """As in "40 km southwest of the county seat", "sail 287 km inland", "within 50 km of the mine"."""
        after, before = self._behind_list(draft), draft.before(1)
        if draft.quantity.unit.dimension != "length":
            return None
        if after is not None and after.lower_ == "to" and after.i + 2 < after.sent.end:
            # "an old port 30 kilometers to the north"
            after = past_articles(after.nbor(1))
        far = after is not None and after.lower_ in words("claims/bearings")
        travelled = before is not None and before.lower_ in words("claims/travel_verbs")
        within = (draft.modifier or "").lower() == "within" and after is not None and after.lower_ in ("of", "from")
        return Measure("distance", None, "distance") if far or travelled or within else None

    def _sized(self, draft: Draft) -> Measure | None:
        """As in "a tunnel, 12 kilometers long and 15 meters wide", "a rotor 200 meters across": noun or dimension."""
        after, before = draft.after(1), draft.before(1)
        heading = _EXTENSIONS.get(after.lower_) if after is not None else None
        if after is not None and after.lower_ == "above" and (draft.after(2) or after).lower_ == "sea":
            heading = "altitude"
        if heading is None or before is None or draft.quantity.unit.dimension != "length":
            return None
        if is_noun(before) and not self._is_place_or_time(before) and not self._is_actor(before):
            return self._phrase(left_edge(before), before, "sized-noun", prepositions=frozenset())
        beside = self.done[-1].measure_rule == "sized" if self.done and before.lower_ == "and" else False
        apart = before.text in (",", "--", "–", "(") or heading in ("depth", "altitude")
        return Measure(heading, None, "sized") if apart or beside else None

    def _grown_on(self, draft: Draft) -> Measure | None:
        """As in "planted 3,000 trees on 20 hectares": the area, whoever planted them."""
        before = draft.before(1)
        on = before is not None and before.lower_ in ("on", "across", "over")
        return Measure("area", None, "dimension") if on and draft.quantity.unit.dimension == "area" else None

    def _temperature(self, draft: Draft) -> Measure | None:
        """As in "loses a third of its charge at minus 25 C", "trains run at 250 km per hour": no charge, no trains."""
        before, dimension = draft.before(1), draft.quantity.unit.dimension
        if dimension not in ("temperature", "speed") or before is None or before.lower_ not in ("at", "in"):
            return None
        level = before.head.lower_ in words("claims/level_verbs")
        return None if level else Measure(dimension, None, "dimension")

    def _dimension(self, draft: Draft) -> Measure | None:
        """As in "covers 0.4 square kilometers": the dimension is the head of the column."""
        unit = draft.quantity.unit
        heading = dimensions().get(unit.symbol) or dimensions().get(unit.dimension)
        return Measure(heading, None, "dimension") if heading else None

    def _ranked(self, draft: Draft) -> Measure | None:
        """As in "the second-largest economy"; "ranking second in the province": what the clause before measured."""
        if draft.span[-1].tag_ == "JJS" or (len(draft.span) > 1 and draft.span[-1].lower_.endswith("est")):
            first = draft.after(1)
            found = counted_noun(first, self._limit(draft)) if first is not None else None
            if found is not None:
                return self._phrase(found[0], found[1], "ranked-noun", prepositions=_OF)
            return self._level_in_sentence(draft) if _is_aside(draft) else None
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

    def _of_that_number(self, draft: Draft) -> bool:
        """As in "carries four times that number", "three times the amount of 2015"."""
        pointer, noun = draft.after(1), draft.after(2)
        pointed = pointer is not None and pointer.lower_ in ("that", "this", "the")
        return pointed and noun is not None and noun.lower_ in words("claims/antecedent_words")

    def _as_many(self, draft: Draft) -> Measure | None:
        """As in "three times as many women as men", "five times more parcels than": what follows is what is counted."""
        many, joint = draft.after(2), draft.after(1)
        if joint is not None and joint.lower_ in ("more", "fewer"):
            first = many
        elif joint is not None and many is not None and joint.lower_ == "as" and many.lower_ in ("many", "much"):
            first = draft.after(3)
        else:
            return None
        found = counted_noun(first, self._limit(draft)) if first is not None and first.tag_ != "IN" else None
        return self._phrase(found[0], found[1], "times-as-many", prepositions=_OF) if found else None

    def _compared_in(self, draft: Draft) -> Measure | None:
        """As in "is three times larger than Qinghai in area", "40 percent bigger than the old one in volume"."""
        comparative, than = draft.after(1), draft.after(2)
        if comparative is None or than is None or comparative.tag_ not in ("JJR", "RBR") or than.lower_ != "than":
            return None
        for token in than.doc[than.i + 2 : min(than.i + 12, draft.sentence.span.end - 1)]:
            if token.is_punct or token.tag_ == "CC" or token.i in self.numbers:
                return None
            noun, behind = token.nbor(1), token.nbor(2) if token.i + 2 < token.sent.end else token
            closed = behind.is_punct or behind.tag_ in ("CC", "IN") or behind == token
            if token.lower_ == "in" and noun.tag_ == "NN" and closed and not self._is_place_or_time(noun):
                return self._stretch(noun, noun, "compared-in")
        return None

    def _multiplied(self, draft: Draft) -> Measure | None:
        """As in "doubled its output", "three times the level of 2015", "twice as many women as men"."""
        counted = self._as_many(draft)
        if counted is not None:
            return counted
        after = draft.after(1)
        if draft.span[0].lower_ not in multiples() and not self._of_that_number(draft):
            return None
        direct = after is not None and after.tag_ in ("DT", "PRP$")
        first = draft.after(2) if direct else None
        if first is not None and first.lower_ in words("claims/antecedent_words") | {"level", "levels"}:
            return self._antecedent(draft)
        found = counted_noun(first, self._limit(draft)) if first is not None else None
        return self._phrase(found[0], found[1], "multiplied-object", prepositions=_OF) if found else None


def _is_aside(draft: Draft) -> bool:
    """As in "Trade grew by 9 percent, the second fastest in the country": it stands beside what it ranks."""
    opening = draft.before(1)
    tie = draft.before(2) if opening is not None and opening.lower_ in ("the", "its", "their") else opening
    return tie is not None and tie.text in (",", "-", "--", "–", "—", "(")
