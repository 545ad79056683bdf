"""Measures of numbers that stand in a list: "Exports and imports rose by 4.8 and 9.1 percent respectively"."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.stages.claims.draft import Draft
from pipeline.stages.claims.measures.base import Measure
from pipeline.stages.claims.measures.clause import Clauses
from pipeline.stages.claims.phrases import is_noun, left_edge


class Lists(Clauses):
    """Rules for the n-th number of a list."""

    def _respective(self, draft: Draft) -> Measure | None:
        """As in "Exports and imports rose by 4.8 and 9.1 percent respectively": the n-th noun for the n-th number."""
        if "respectively" not in draft.sentence.words and not self._paired(draft):
            return None
        governor = self._governor(draft)
        subject = self._subject_of(governor, draft) if governor is not None else None
        if subject is None or not is_noun(subject) or self._is_actor(subject):
            return None
        members = self._members(subject)
        same = [
            d
            for d in self.done
            if d.sentence.number == draft.sentence.number and d.quantity.unit == draft.quantity.unit
        ]
        place = len(same)
        last = self.done[-1] if self.done else None
        beside = last is not None and last.span.end == draft.span.start - 1 and "measure" in last.evidence
        if last is not None and beside and (draft.before(1) or draft.root).lower_ == "and":
            # "hit 3 million and 40,000 tonnes, respectively"
            start = last.evidence["measure"].end
            place = next((n for n, member in enumerate(members) if member.idx >= start), len(members))
        if len(members) < 2 or place >= len(members):
            return None
        noun = members[place]
        noun = self._behind_number_of(noun) or noun
        behind = members[place - 1].i + 1 if place and members[place - 1].i < noun.i else noun.sent.start
        return self._alone(noun, "respective", behind=behind) if is_noun(noun) else None

    def _members(self, subject: Token) -> list[Token]:
        """Subjects side by side; or, of one subject, what it is of: "Sales of cars, boats and bikes"."""
        members = [subject, *subject.conjuncts]
        tie = subject.nbor(1) if subject.i + 1 < subject.sent.end else subject
        if len(members) > 1 or tie.lower_ not in ("of", "in", "for"):
            return members
        inner = next((child for child in tie.children if child.dep_ == "pobj"), None)
        return [inner, *inner.conjuncts] if inner is not None and inner.conjuncts else members

    def _paired(self, draft: Draft) -> bool:
        """As in "Exports and imports rose 5 percent and 6 percent": two subjects, two amounts, and nothing else."""
        joint, following, before = draft.after(1), draft.after(2), draft.before(1)
        if draft.kind != "percent" or draft.change is None:
            return False
        first = joint is not None and joint.lower_ == "and" and following is not None and following.i in self.numbers
        last = self.done[-1] if self.done else None
        second = last is not None and last.measure_rule == "respective" and last.span.end == draft.span.start - 1
        return first or (second and before is not None and before.lower_ == "and")

    def _alone(self, noun: Token, rule: str, *, behind: int) -> Measure:
        """The phrase of one noun from the token `behind` on, without what is coordinated with it."""
        first = noun.doc[max(left_edge(noun).i, behind)]
        while first.i < noun.i and first.tag_ in ("CC", ",", "DT"):
            first = first.nbor(1)
        return self._stretch(first, noun, rule)

    def _level_of_list(self, draft: Draft) -> Measure | None:
        """As in "3 million visits and 44 million yuan in revenue, up 26 and 41 percent, respectively"."""
        if "respectively" not in draft.sentence.words or draft.kind != "percent" or draft.change is None:
            return None
        beside = [earlier for earlier in self.done[-6:] if earlier.sentence is draft.sentence and earlier.measure]
        if self._opens_pair(draft):
            levels = [earlier for earlier in beside if earlier.change is None]
            place = -2
        elif beside and beside[-1].measure_rule == "level-of-list" and (draft.before(1) or draft.root).lower_ == "and":
            levels = [earlier for earlier in beside if earlier.change is None]
            place = -1
        else:
            return None
        if len(levels) < 2 or levels[-1].measure == levels[-2].measure:
            return None
        meant = levels[place]
        return Measure(meant.measure or "", meant.evidence.get("measure"), "level-of-list")

    def _opens_pair(self, draft: Draft) -> bool:
        """As in ", up 26 percent and 41 percent": "and" with a second number right behind, a comma before."""
        joint, number = draft.after(1), draft.after(2)
        comma = any((draft.before(step) or draft.root).text == "," for step in (1, 2, 3))
        paired = joint is not None and joint.lower_ == "and" and number is not None
        return comma and paired and number is not None and number.i in self.numbers

    def _behind_list(self, draft: Draft) -> Token | None:
        """The token behind "1,260, 1,980 and 3,010 kilometers": what follows the last of a list follows each."""
        number = draft.span[-1]
        for token in number.doc[number.i + 1 : min(number.i + 16, draft.sentence.span.end)]:
            if token.i in self.numbers or token.lower_ in (",", "and", "or"):
                continue
            return token
        return None
