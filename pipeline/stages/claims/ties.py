"""What ties two numbers: units and nouns in common, which of those before is meant, and setting the relation."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from pipeline.annotations import Extent
from pipeline.schema import Relation
from pipeline.stages.claims.draft import Draft

#: "900 buyers **from** 41 countries": the number behind says where those before it are.
_ORIGINS = frozenset({"from", "in", "across", "at", "with"})


def relate(draft: Draft, other: Draft, relation: Relation) -> None:
    """Set the other number, how they are related, and the evidence."""
    draft.related, draft.relation = other, relation
    draft.evidence["related"] = Extent(other.quantity.start, other.quantity.end)


def comparable(one: Draft, other: Draft) -> bool:
    """Whether two numbers can be set beside each other: same unit, and both levels or both changes."""
    return one.quantity.unit == other.quantity.unit and (one.change is None) == (other.change is None)


def stem(measure: str | None) -> str:
    """The last word of a measure, as a singular."""
    last = (measure or "").lower().split()
    return last[-1].rstrip("s") if last else ""


_COMPLEMENT = re.compile(r" (?:of|for|to|with|from|in|on|by|between|per|among) ")


def head_of(measure: str | None) -> str:
    """The word that a measure is of, in lower case: "Exports to other countries" → exports."""
    words_before = _COMPLEMENT.split(measure or "")[0].lower().split()
    return words_before[-1] if words_before else ""


def one_thing(one: str | None, other: str | None) -> bool:
    """As in "the price of garlic … the wholesale price": one head, where one of them leaves out of what."""
    bare = [measure for measure in (one or "", other or "") if not _COMPLEMENT.search(measure)]
    return head_of(one) == head_of(other) != "" and len(bare) == 1 and len(bare[0].split()) <= 2


def has_noun(draft: Draft) -> bool:
    """Whether a number has a noun of its own."""
    return draft.measure_rule in ("counted-noun", "joined-noun")


def take_unit(draft: Draft, other: Draft) -> None:
    """As in "93 million yuan, of which 58 million": without a noun, the unit is that of the number meant."""
    if draft.kind != "count" or other.kind not in ("money", "measure", "percent") or has_noun(draft):
        return
    if other.sentence.number != draft.sentence.number or other.change is not None:
        # "visitors, most of whom came by train, rose 40 percent to 1.3 million" counts visitors
        return
    draft.quantity = replace(draft.quantity, unit=other.quantity.unit)
    draft.measure, draft.measure_rule = other.measure, "noun-understood"
    if "measure" in other.evidence:
        draft.evidence["measure"] = other.evidence["measure"]


def heads_first(before: list[Draft]) -> list[Draft]:
    """The numbers before, the last first; in "900 buyers from 41 countries" the buyers before the countries."""
    found = list(reversed(before))
    for position, (later, earlier) in enumerate(pairwise(found)):
        cue = later.before(1)
        if cue is not None and cue.lower_ in _ORIGINS and cue.head in (earlier.root.head, earlier.root.head.head):
            found[position], found[position + 1] = earlier, later
            break
    return found
