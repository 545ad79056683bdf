"""Which clause of a sentence a place stands in: elided clauses, parts of a whole, relative clauses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Token

from pipeline.stages.claims.draft import Draft
from pipeline.stages.claims.whereabouts.groups import Group

#: A comma, a bracket or a dash that is no part of a number.
_EDGE = re.compile(r"[,;:()](?!\d)|\s[-–—]{1,2}\s")
#: "…, against 5,100", "…; 40 in", "…, while 12": another number of another place.
_SET_AGAINST = re.compile(r";|,? (?:against|compared with|compared to|versus|while|whereas) ")
#: "and **that in** Gansu to 7.9", "and lowest **in** Chengde, at 9 percent"
_SKIPPED = frozenset({"in", "at", "that", "those"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "VBN", "MD"})
#: What may open a clause whose verb is left out: "**and** Zhuhai for 12 percent".
_OPENERS = frozenset({",", ";", "and", "while", "whereas", "but"})
#: These open one only behind a comma or a participle: "followed **by** Shaanxi with 41".
_WEAK_OPENERS = frozenset({"with", "by"})
#: Tags between the place and its number: "Zhuhai **for** 12 percent", "Guilin **getting** 112 millimeters".
_LINKS = frozenset({"IN", "VBG", "VBD", "VBZ", "VBP", "MD", "VB", "RB", "DT", "POS", ":"})


def elided_place(draft: Draft, groups: list[Group], others: Iterable[Draft]) -> Group | None:
    """The place of a clause whose verb is left out: "Shenzhen accounted for 41 percent and **Zhuhai** for 12"."""
    ends = [other.quantity.end for other in others if other is not draft and other.quantity.unit == draft.quantity.unit]
    for group in reversed(groups):
        if group.extent.end > draft.lead:
            continue
        after_another = any(end <= group.extent.start for end in ends)
        return group if after_another and _opens_clause(group) and _leads_to(group, draft) else None
    return None


def _opens_clause(group: Group) -> bool:
    """Whether the place comes right behind a comma or a conjunction, "in" and an article skipped."""
    start = group.first.i - 1
    doc = group.first.doc
    while start > 0 and (doc[start].tag_ in ("DT", "JJS", "RBS") or doc[start].lower_ in _SKIPPED):
        start -= 1
    if start < 1 or doc[start].lower_ in _OPENERS:
        return start >= 1
    return doc[start].lower_ in _WEAK_OPENERS and (doc[start - 1].text == "," or doc[start - 1].tag_ == "VBN")


def _leads_to(group: Group, draft: Draft) -> bool:
    """Whether no more than a preposition or a verb stands between the place and the number."""
    stop = next((token.i for token in draft.sentence.tokens if token.idx >= draft.lead), draft.span.start)
    between = [token for token in group.first.doc[group.first.i : stop] if token.idx >= group.extent.end]
    if between and between[0].text == ",":
        between = between[1:] if between[1:] and between[1].tag_ == "IN" else between
    return len(between) <= 3 and all(token.tag_ in _LINKS for token in between)


@dataclass(frozen=True)
class Part:
    """A part of a whole, and the stretch between commas that it stands in."""

    draft: Draft
    whole: Draft
    start: int
    end: int

    def holds(self, offset: int) -> bool:
        """Whether a place in the text is within the stretch."""
        return self.start <= offset < self.end


def parts_among(drafts: Iterable[Draft], text: str) -> list[Part]:
    """The parts among the numbers of a sentence: "half of them in Deyang", "of which 42,000 will be in Chengdu"."""
    related = [(draft, draft.related) for draft in drafts if draft.relation == "part_of" and draft.related is not None]
    return [Part(draft, whole, *_segment(draft, text)) for draft, whole in related]


def in_part(group: Group, draft: Draft, parts: Iterable[Part]) -> bool:
    """As in "1,240 people, half of them in Deyang": the place of a part does not reach the whole, nor the rest."""
    within = (part for part in parts if part.draft is not draft and part.holds(group.extent.start))
    return any(not part.holds(draft.start) and not part.holds(part.whole.start) for part in within)


def of_other_number(group: Group, draft: Draft, others: Iterable[Draft], text: str) -> bool:
    """As in "2,400 berths, against 5,100 in Hong Kong": the place right behind a number that is set against ours."""
    for other in others:
        measure = other.evidence.get("measure")
        end = max(other.quantity.end, measure.end if measure is not None and measure.start < group.extent.start else 0)
        if other is draft or not 0 < group.extent.start - end <= len(group.cue) + 6:
            continue
        if other.start > draft.start:
            return _SET_AGAINST.search(text, draft.quantity.end, other.lead) is not None
        between = group.first.doc[group.first.i : draft.span.start]
        return any(token.tag_ in _FINITE and token.dep_ == "conj" for token in between)
    return False


def _segment(draft: Draft, text: str) -> tuple[int, int]:
    """The stretch between commas that a number stands in."""
    first, last = draft.sentence.span.start_char, draft.sentence.span.end_char
    starts = [match.end() for match in _EDGE.finditer(text, first, draft.lead)]
    behind = _EDGE.search(text, draft.quantity.end, last)
    return starts[-1] if starts else first, behind.start() if behind else last


def in_other_relative(group: Group, draft: Draft) -> bool:
    """As in "The firm, which has a plant in Deyang, employs 1,240": a place in an aside about something else."""
    node: Token = group.first
    for _ in range(8):
        if node.dep_ in ("relcl", "acl"):
            aside = node.left_edge.i > 0 and node.left_edge.nbor(-1).text == ","
            above = {draft.root.i, *(ancestor.i for ancestor in draft.root.ancestors)}
            return aside and node.i not in above and node.head not in (draft.root, draft.root.head)
        if node.head == node:
            return False
        node = node.head
    return False
