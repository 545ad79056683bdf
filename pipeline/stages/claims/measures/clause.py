"""Measures that are the subject or the changed object of the clause."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.resources import words
from pipeline.stages.claims.changes import directions
from pipeline.stages.claims.draft import Draft
from pipeline.stages.claims.measures.base import Measure, own_subject, past_articles
from pipeline.stages.claims.measures.elided import Elided
from pipeline.stages.claims.measures.headings import headings
from pipeline.stages.claims.phrases import counted_noun, extent_of, is_noun, left_edge

_RELATIVES = frozenset({"which", "that", "who", "whom"})


class Clauses(Elided):
    """Rules that follow the clause."""

    def _subject(self, draft: Draft) -> Measure | None:
        """As in "Tax revenue slid 4.6 percent to 13.5 trillion yuan", "fiscal revenue plummeted, down 5.5 percent"."""
        cue = self._governor(draft)
        if cue is None or self._is_object(draft, cue):
            return None
        if draft.kind in ("percent", "count") and draft.root.dep_ in ("nsubj", "nsubjpass") and draft.change is None:
            return self._understood(draft)
        subject = self._subject_of(cue, draft)
        if subject is None or subject.i in self.numbers or (self._is_actor(subject) and draft.kind != "rank"):
            return None
        return self._subject_phrase(subject, draft)

    def _subject_phrase(self, subject: Token, draft: Draft) -> Measure | None:
        """As in "that of aluminum fell", "the figure rose", "the number of visitors rose"."""
        following = subject.nbor(1) if subject.i + 1 < len(subject.doc) else subject
        if subject.lower_ in ("that", "those") and following.lower_ == "of":
            found = counted_noun(past_articles(following.nbor(1)), self._limit(draft))
            return self._phrase(found[0], found[1], "that-of", prepositions=frozenset()) if found else None
        if subject.lower_ in words("claims/antecedent_words") and following.lower_ != "of":
            pointing = self._subject_before(draft) if subject.lower_ in ("that", "those") else None
            earlier = pointing or self._antecedent(draft)
            if earlier is not None or not is_noun(subject):
                return earlier
        return self._noun_phrase(subject, "subject")

    def _is_object(self, draft: Draft, verb: Token) -> bool:
        """As in "a farmer gets 160 yuan": the object of a verb that neither changes nor equals its subject."""
        adjacent = draft.before(1) == verb and verb.pos_ == "VERB"
        if draft.kind not in ("money", "measure") or not (
            adjacent or (draft.root.dep_ == "dobj" and draft.root.head == verb)
        ):
            return False
        return verb.lower_ not in directions() and verb.lower_ not in words("claims/level_verbs")

    def _governor(self, draft: Draft) -> Token | None:
        """The verb, noun or adverb that the amount depends on."""
        node = draft.root
        if draft.kind == "multiple" and node.pos_ == "VERB":
            return node
        for _ in range(8):
            if node.head == node:
                return node if node.pos_ in ("VERB", "AUX") or node.i not in self._own(draft) else None
            node = node.head
            if node.pos_ in ("VERB", "AUX") or node.lower_ in directions() or node.dep_ in ("ccomp", "acl"):
                return node
        return None

    def _own(self, draft: Draft) -> range:
        return range(draft.span.start, draft.span.end)

    def _subject_of(self, governor: Token, draft: Draft) -> Token | None:
        """The subject of a verb; upwards from participles, adverbs and nouns without one."""
        node = governor
        for _ in range(8):
            subject = own_subject(node)
            if subject is not None and subject.i not in self._own(draft):
                if subject.lower_ in _RELATIVES or subject.tag_ in ("WDT", "WP"):
                    return node.head if is_noun(node.head) else None
                return subject
            noun = (_with_noun(node) if node == governor and node.tag_ == "VBG" else None) or self._modified(node)
            if noun is not None or node.head == node:
                return noun
            node = node.head
        return None

    def _modified(self, node: Token) -> Token | None:
        """The noun that a participle or an adverb belongs to: "projects totaling 3 billion", "revenue down 5"."""
        added = node.tag_ == "VBG" and node.i > 0 and node.nbor(-1).text == ","
        if node.dep_ in ("acl", "relcl") and is_noun(node.head) and not added:
            return self._outer(node.head)
        if node.dep_ in ("advmod", "amod", "npadvmod") and is_noun(node.head) and node.i > node.head.i:
            return node.head
        return None

    def _outer(self, noun: Token) -> Token:
        """As in "prices in four cities, increasing by 0.3 percent": what is counted already is not what increases."""
        counted = any(child.i in self.numbers for child in noun.lefts)
        if counted and noun.dep_ == "pobj" and is_noun(noun.head.head):
            return noun.head.head
        return noun

    def _changed_object(self, draft: Draft) -> Measure | None:
        """As in "reducing poverty incidence to zero", "cut emissions by 5 percent", "raised output to 3 million"."""
        before = draft.before(1)
        governor = self._governor(draft)
        if before is None or before.lower_ not in ("to", "by", "from", "at") or governor is None:
            return None
        gerund = governor if governor.tag_ == "VBG" and governor.dep_ == "xcomp" else None
        if gerund is not None and gerund.i > gerund.sent.start and gerund.nbor(-1) == gerund.head:
            # "cut charging fees by": no charging of fees
            governor, objects = gerund.head, gerund
        else:
            objects = governor
        moving = governor.lower_ in directions() or governor.lower_ in words("claims/placing_verbs")
        if not moving or not governor.tag_.startswith("VB"):
            return None
        for child in objects.rights:
            if child.dep_ in ("dobj", "obj") and child.i < before.i and is_noun(child) and child.i not in self.numbers:
                return self._noun_phrase(child, "changed-object")
        return None

    def _respective(self, draft: Draft) -> Measure | None:
        """As in "Exports and imports rose by 4.8 and 9.1 percent respectively": the n-th noun for the n-th number."""
        if "respectively" not in draft.sentence.words and not self._paired(draft):
            return None
        governor = self._governor(draft)
        subject = self._subject_of(governor, draft) if governor is not None else None
        if subject is None or not is_noun(subject) or self._is_actor(subject):
            return None
        members = [subject, *subject.conjuncts]
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
        return self._alone(noun, "respective") if is_noun(noun) else None

    def _paired(self, draft: Draft) -> bool:
        """As in "Exports and imports rose 5 percent and 6 percent": two subjects, two amounts, and nothing else."""
        joint, following, before = draft.after(1), draft.after(2), draft.before(1)
        if draft.kind != "percent" or draft.change is None:
            return False
        first = joint is not None and joint.lower_ == "and" and following is not None and following.i in self.numbers
        last = self.done[-1] if self.done else None
        second = last is not None and last.measure_rule == "respective" and last.span.end == draft.span.start - 1
        return first or (second and before is not None and before.lower_ == "and")

    def _alone(self, noun: Token, rule: str) -> Measure:
        """The phrase of one noun, without what is coordinated with it."""
        extent = extent_of(left_edge(noun), noun)
        return Measure(" ".join(self.index.text[extent.start : extent.end].split()), extent, rule)

    def _passive(self, draft: Draft) -> Measure | None:
        """As in "1.7 billion yuan has been set aside", "3 billion yuan was invested": the verb heads the column."""
        verb = draft.root.head
        if draft.root.dep_ != "nsubjpass":
            return None
        heading = "funds" if verb.lower_ == "set" else headings().get(verb.lower_)
        return Measure(heading, extent_of(verb, verb), "verb-heading") if heading else None


def _with_noun(verb: Token) -> Token | None:
    """As in "The market held, with home prices in four cities increasing by 0.3 percent": what stands after "with"."""
    for token in reversed(verb.doc[max(verb.sent.start, verb.i - 25) : verb.i]):
        if token.tag_ in ("VBD", "VBZ", "VBP", "MD") or token.text == ";":
            return None
        if token.lower_ == "with":
            return next((child for child in token.rights if child.dep_ == "pobj" and is_noun(child)), None)
    return None
