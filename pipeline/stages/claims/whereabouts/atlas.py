"""Gives every claim of a document its places: the rules in the order in which they are tried."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.stages.claims.draft import Draft
from pipeline.stages.claims.whereabouts.beside import (
    again,
    among,
    apposed,
    elided,
    listed,
    nationwide,
    of_measure,
    of_part,
    of_relative,
    respective,
    right_before,
)
from pipeline.stages.claims.whereabouts.earlier import carried, inherited, its_own, itself, sourced, there, topic
from pipeline.stages.claims.whereabouts.inside import (
    ahead,
    fronted,
    in_clause,
    of_sentence,
    owner,
    partner,
    subject,
    where,
)
from pipeline.stages.claims.whereabouts.scene import Found, Scene

Rule = Callable[[Scene, Draft], Found | None]

RULES: tuple[Rule, ...] = (
    nationwide,
    respective,
    listed,
    again,
    apposed,
    elided,
    of_measure,
    right_before,
    of_relative,
    of_part,
    itself,
    inherited,
    owner,
    among,
    its_own,
    there,
    where,
    partner,
    subject,
    fronted,
    ahead,
    in_clause,
    of_sentence,
    carried,
    topic,
    sourced,
)


class Atlas(Scene):
    """Gives every claim of a document its places."""

    def fill(self, draft: Draft) -> None:
        """Set regions, their evidence and the rule; nothing where the text doesn't say."""
        for rule in () if _of_world(draft) or draft.in_source else RULES:
            found = rule(self, draft)
            if found is not None:
                draft.regions, extent = found
                draft.region_rule = rule.__name__
                if extent is not None:
                    draft.evidence["regions"] = extent
                break
        if not draft.regions and not draft.region_rule and self.groups(draft.sentence):
            # the sentence names a place, yet none that is plainly this claim's
            draft.region_rule = "left-out"
        self.done.append(draft)


def _of_world(draft: Draft) -> bool:
    """As in "the world's second-largest economy": the rank holds everywhere."""
    near = {token.lower_ for token in (draft.before(1), draft.before(2)) if token is not None}
    return draft.kind == "rank" and "world" in near
