"""Measures of numbers that stand in a list: "Exports and imports rose by 4.8 and 9.1 percent respectively"."""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Token

from pipeline.resources import words
from pipeline.stages.claims.changes import directions
from pipeline.stages.claims.draft import Draft
from pipeline.stages.claims.measures.base import Measure
from pipeline.stages.claims.measures.clause import Clauses
from pipeline.stages.claims.measures.elided import narrows
from pipeline.stages.claims.phrases import hyphened, is_noun, left_edge

_JOINTS = frozenset({",", "and", "or"})
#: What says that a list of numbers goes with a list of things.
_PAIRING = frozenset({"respectively", "separately"})
_BEFORE_LIST = frozenset({"a", "an", "by", "of", "or", "and", "year", "month", "quarter", "on", "over", "-", "annual"})


class Row(NamedTuple):
    """Numbers side by side: the first of them, the place of the one meant, and how many there are."""

    first: Draft
    place: int
    length: int


class Lists(Clauses):
    """Rules for the n-th number of a list."""

    def _respective(self, draft: Draft) -> Measure | None:
        """As in "Exports and imports rose by 4.8 and 9.1 percent respectively": the n-th noun for the n-th number."""
        row = self._row(draft)
        said = not _PAIRING.isdisjoint(draft.sentence.words)
        if not said and (row.length < 2 or draft.kind == "count"):
            return None
        governor = self._governor(row.first)
        subject = self._subject_of(governor, row.first) if governor is not None else None
        if subject is None or not is_noun(subject) or self._is_actor(subject):
            return None
        members = self._members(subject)
        # "Prices of pork and beef were 20 and 60 yuan": no pork is measured in yuan
        inner = subject not in members and draft.kind != "percent"
        if not said and (row.length != len(members) or inner):
            return None
        place = row.place if row.length == len(members) else self._place_of(draft, members)
        if len(members) < 2 or place >= len(members):
            return None
        noun = members[place]
        noun = self._behind_number_of(noun) or noun
        behind = members[place - 1].i + 1 if place and members[place - 1].i < noun.i else noun.sent.start
        return self._alone(noun, "respective", behind=behind) if is_noun(noun) else None

    def _place_of(self, draft: Draft, members: list[Token]) -> int:
        """As in "hit 3 million and 40,000 tonnes, respectively": behind what the number beside it is of."""
        last = self.done[-1] if self.done else None
        beside = last is not None and last.span.end == draft.span.start - 1 and "measure" in last.evidence
        if last is not None and beside and (draft.before(1) or draft.root).lower_ == "and":
            start = last.evidence["measure"].end
            return next((n for n, member in enumerate(members) if member.idx >= start), len(members))
        return sum(d.sentence is draft.sentence and d.quantity.unit == draft.quantity.unit for d in self.done)

    def _row(self, draft: Draft) -> Row:
        """The numbers side by side that the number is one of: "by **4.8, 5.2 and** 9.1 percent" is the third of three.

        A number that stands alone is the first of one.
        """
        row = [draft]
        for earlier in reversed(self.done):
            if not self._only_joints(earlier.span.end, row[0].span.start) or earlier.sentence is not draft.sentence:
                break
            row.insert(0, earlier)
        place, end, length = len(row) - 1, draft.span.end, len(row)
        while (start := self._next_number(end)) is not None:
            end, length = start, length + 1
            while end in self.numbers:
                end += 1
        return Row(row[0], place, length)

    def _next_number(self, end: int) -> int | None:
        """The token where the next number of a list begins, or None."""
        stop = end
        while stop < min(end + 3, len(self.index.doc)) and self.index.doc[stop].lower_ in _JOINTS:
            stop += 1
        return stop if stop > end and stop in self.numbers else None

    def _only_joints(self, start: int, stop: int) -> bool:
        return 0 < stop - start < 3 and all(token.lower_ in _JOINTS for token in self.index.doc[start:stop])

    def _members(self, subject: Token) -> list[Token]:
        """Subjects side by side; or, of one subject, what it is of: "Sales of cars, boats and bikes"."""
        members = [subject, *subject.conjuncts]
        tie = subject.nbor(1) if subject.i + 1 < subject.sent.end else subject
        inner = next((child for child in tie.children if child.dep_ == "pobj"), None)
        if tie.lower_ not in ("of", "in", "for") or inner is None:
            return members
        if len(members) == 1:
            return [inner, *inner.conjuncts] if inner.conjuncts else members
        amounts = any(member.lower_ in words("claims/amount_nouns") for member in members[1:])
        tied = any(member.nbor(1).lower_ == tie.lower_ for member in members[1:])
        # "Output of cranes, drills and pumps", where the parser has output and drills side by side
        return members if amounts or tied else [inner, *members[1:]]

    def _alone(self, noun: Token, rule: str, *, behind: int) -> Measure:
        """The phrase of one noun from the token `behind` on, without what is coordinated with it."""
        first = noun.doc[max(left_edge(noun).i, behind)]
        while first.i < noun.i and first.tag_ in ("CC", ",", "DT"):
            first = first.nbor(1)
        return self._stretch(first, noun, rule)

    def _level_of_list(self, draft: Draft) -> Measure | None:
        """As in "3 million visits and 44 million yuan in revenue, up 26 and 41 percent, respectively"."""
        if _PAIRING.isdisjoint(draft.sentence.words) or draft.kind != "percent" or draft.change is None:
            return None
        row = self._row(draft)
        if row.length < 2 or not _is_appended(row.first):
            return None
        levels = [
            earlier
            for earlier in self.done
            if earlier.sentence is draft.sentence
            and earlier.span.start < row.first.span.start
            and earlier.measure
            and earlier.change is None
            and earlier.relation != "equivalent"
            and not narrows(earlier)
        ][-row.length :]
        if len({earlier.measure for earlier in levels}) < row.length:
            return None
        meant = levels[row.place]
        return Measure(meant.measure or "", meant.evidence.get("measure"), "level-of-list")

    def _behind_list(self, draft: Draft) -> Token | None:
        """The token behind "1,260, 1,980 and 3,010 kilometers": what follows the last of a list follows each."""
        number = draft.span[-1]
        for token in number.doc[number.i + 1 : min(number.i + 16, draft.sentence.span.end)]:
            if token.i in self.numbers or token.lower_ in (",", "and", "or"):
                continue
            return token
        return None


def _is_appended(draft: Draft) -> bool:
    """As in ", up 26 percent and …", " - a 26 percent and … increase": only the change stands behind comma or dash."""
    for step in range(1, 9):
        token = draft.before(step)
        if token is None:
            return False
        if token.text in (",", "--", "–", "—") or (token.text == "-" and not hyphened(token.nbor(-1), token)):
            return True
        if token.lower_ not in _BEFORE_LIST and token.lower_ not in directions() and token.tag_ not in ("RB", "JJ"):
            return False
    return False
