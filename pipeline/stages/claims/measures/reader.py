"""The rules of each kind of number, in the order in which they are tried."""

from __future__ import annotations

from dataclasses import replace

from pipeline.resources import words
from pipeline.stages.claims.draft import Draft
from pipeline.stages.claims.measures.base import Measure
from pipeline.stages.claims.measures.shared_nouns import SharedNouns
from pipeline.stages.claims.quantity import PERCENT

_RULES = {
    "count": (
        "_reached",
        "_them",
        "_shares_next",
        "_part",
        "_magnitude",
        "_same_number",
        "_standing",
        "_counted",
        "_elided_copula",
        "_that_of",
        "_noun_up",
        "_own_level",
        "_of_left",
        "_apposed",
        "_changed_object",
        "_beside",
        "_respective",
        "_subject",
        "_understood",
        "_antecedent",
        "_nearest_noun",
    ),
    "money": (
        "_bracketed",
        "_compared",
        "_elided_copula",
        "_what",
        "_worth",
        "_of_right",
        "_in_right",
        "_attributive",
        "_of_left",
        "_included",
        "_apposed",
        "_from_funds",
        "_respective",
        "_price_at",
        "_priced",
        "_reached",
        "_that_of",
        "_accounts_for",
        "_said_behind",
        "_given_as",
        "_passive",
        "_heading",
        "_changed_object",
        "_gapped",
        "_noun_up",
        "_own_level",
        "_own_mover",
        "_trailing",
        "_beside",
        "_ellipsis",
        "_subject",
        "_price",
        "_at_noun",
        "_for_right",
        "_nearest_noun",
        "_dimension",
    ),
    "percent": (
        "_inside",
        "_compared_in",
        "_what",
        "_those",
        "_them",
        "_share_reached",
        "_of_right",
        "_level_of_list",
        "_attributive",
        "_of_left",
        "_respective",
        "_reached",
        "_that_of",
        "_compared",
        "_changed_object",
        "_charged",
        "_stake",
        "_elided_verb",
        "_elided_copula",
        "_gapped",
        "_noun_up",
        "_own_level",
        "_own_mover",
        "_trailing",
        "_beside",
        "_subject",
        "_ellipsis",
        "_antecedent",
        "_nearest_noun",
    ),
    "measure": (
        "_distance",
        "_compared",
        "_elided_copula",
        "_of_right",
        "_in_right",
        "_attributive",
        "_of_left",
        "_included",
        "_respective",
        "_reached",
        "_noun_up",
        "_own_level",
        "_that_of",
        "_accounts_for",
        "_heading",
        "_changed_object",
        "_temperature",
        "_grown_on",
        "_sized",
        "_priced",
        "_trailing",
        "_beside",
        "_ellipsis",
        "_subject",
        "_at_noun",
        "_for_right",
        "_dimension",
        "_nearest_noun",
    ),
    "multiple": (
        "_compared_in",
        "_multiplied",
        "_what",
        "_that_of",
        "_respective",
        "_trailing",
        "_subject",
        "_antecedent",
    ),
    "rank": ("_ranked", "_subject"),
}


class Reader(SharedNouns):
    """Finds the measure of one claim after another."""

    def fill(self, draft: Draft) -> None:
        """Set measure, its evidence and the rule."""
        measure = self._read(draft)
        if measure is not None and measure.text:
            draft.measure, draft.measure_rule = measure.text, measure.rule
            if measure.extent is not None:
                draft.evidence["measure"] = measure.extent
        self.done.append(draft)

    def _read(self, draft: Draft) -> Measure | None:
        rules = _RULES.get(draft.kind, _RULES["measure"])
        for rule in rules:
            found: Measure | None = getattr(self, rule)(draft)
            if found is not None:
                return found
        return None


def zero_rate(draft: Draft) -> None:
    """As in "reducing poverty incidence to zero": a rate of zero is in percent."""
    if draft.quantity.value == 0 and draft.kind == "count" and draft.noun in words("claims/rate_nouns"):
        draft.quantity = replace(draft.quantity, unit=PERCENT)
