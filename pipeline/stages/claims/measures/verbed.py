"""Measures that a verb names: "earned 80 million yuan" is revenue, "has set aside 3 billion yuan" funds."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.resources import words
from pipeline.stages.claims.draft import Draft
from pipeline.stages.claims.measures.base import Measure, own_subject
from pipeline.stages.claims.measures.headings import headings
from pipeline.stages.claims.measures.right import Right
from pipeline.stages.claims.phrases import extent_of, is_noun, left_edge

#: Dimensions that a verb heads: "consumes 3 million tonnes"; "built 3 km" is no output.
_HEADED = frozenset({"mass", "energy", "volume"})


_THINGS = frozenset({"NN", "NNP", "FW", "JJ"})


class Verbed(Right):
    """Rules for the verb that an amount is the object of."""

    def _heading(self, draft: Draft) -> Measure | None:
        """As in "earned 80 million yuan": nobody wrote the noun, the verb tells the column's head."""
        if draft.kind not in ("money", "measure"):
            return None
        verb, head = self._headed_by(draft)
        if verb is None or head is None or head == "stake":
            return None
        amount = self._amount_subject(verb)
        if amount is not None or (draft.kind == "measure" and draft.quantity.unit.dimension not in _HEADED):
            return amount
        return self._head_of(draft, verb, head)

    def _head_of(self, draft: Draft, verb: Token, head: str) -> Measure | None:
        """The column's head, or the price where an amount is paid for a thing; None where the subject is what costs."""
        if head == "cost" and not self._is_empty_subject(verb):
            return None
        if head in ("payment", "income", "funding") and (per_thing(draft) or (head == "payment" and _buys(draft))):
            return Measure("price", None, "price")
        if head == "contribution":
            # "Private firms contributed 3 trillion yuan": to what was told of before
            earlier = self._told_before(draft)
            if earlier is not None:
                return earlier
        other = headings().get(verb.head.lower_) if verb.dep_ == "conj" and verb.i - verb.head.i == 2 else None
        if other is not None and other.head != head:
            return Measure(f"{other.head} and {head}", extent_of(verb.head, verb), "verb-heading")
        return Measure(head, extent_of(verb, verb), "verb-heading")

    def _is_empty_subject(self, verb: Token) -> bool:
        """As in "It costs 3 yuan to charge a bike"; "The bridge cost 3 billion yuan" names the thing."""
        subject = self._acting(verb)
        if subject is None:
            # "Sending a container to the port costs 6,000 yuan"
            opening = verb.sent[0]
            doing = opening.tag_ == "VBG" and opening.dep_ in ("csubj", "advcl") and opening.head == verb
            # "The river brings clean water, costing the town 20 million yuan"
            added = verb.tag_ == "VBG" and verb.i > verb.sent.start and verb.nbor(-1).text == ","
            return verb.tag_ in ("NN", "NNS") or doing or added
        return subject.lower_ == "it" or subject.tag_ == "VBG"

    def _amount_subject(self, verb: Token) -> Measure | None:
        """As in "sales brought in 3 billion yen": a subject that is an amount itself."""
        if verb.lower_ in words("claims/amount_nouns") and own_subject(verb) is None and verb.nbor(1).i in self.numbers:
            # "exports came to 391 billion yuan, and imports 119 billion": the tagger has a verb
            return self._stretch(left_edge(verb), verb, "amount-subject")
        subject = self._acting(verb)
        if subject is None or subject.lower_ not in words("claims/amount_nouns"):
            return None
        return self._noun_phrase(subject, "amount-subject")

    def _headed_by(self, draft: Draft) -> tuple[Token | None, str | None]:
        """The verb that the amount is the object of, and the head of its column."""
        verb = self._verb_before(draft)
        if verb is None:
            return None, None
        phrasal = f"{verb.lower_} {verb.nbor(1).lower_}" if verb.i + 1 < draft.span.start else verb.lower_
        row = headings().get(phrasal) or headings().get(verb.lower_)
        after = draft.after(1)
        if row is None or (row.beside and (after is None or after.lower_ != row.beside)):
            return verb, None
        return verb, row.of(draft.kind, person=self._is_earner(self._acting(verb)))

    def _acting(self, verb: Token) -> Token | None:
        """Who does what the verb says: "sales rose fivefold and bring in 3 billion yen"."""
        for _ in range(4):
            subject = own_subject(verb)
            if subject is not None or verb.dep_ not in ("conj", "xcomp"):
                # "The 46-year-old earns 4,300 yuan": the parser hangs a bare article on the verb
                return subject or next((child for child in verb.lefts if child.tag_ == "DT"), None)
            verb = verb.head
        return None

    def _is_earner(self, subject: Token | None) -> bool:
        """Whether a subject is people, who have an income where a company has a revenue."""
        if subject is None:
            return False
        if (
            subject.lower_ in ("the", "a")
            or subject.lower_ in ("i", "he", "she", "who")
            or subject.lower_ in words("claims/earner_nouns")
        ):
            return True
        mentions = self.index.mentions_by_sentence.get(self.index.sentence_of(subject).number, ())
        return any(m.kind == "person" and m.extent.start <= subject.idx < m.extent.end for m in mentions)

    def _verb_before(self, draft: Draft) -> Token | None:
        """The verb that the amount is the object of, right before it."""
        for step in (1, 2, 3):
            token = draft.before(step)
            outer = draft.before(step + 1)
            if token is not None and outer is not None and f"{outer.lower_} {token.lower_}" in headings():
                # "turns over 6 billion yuan a year"
                return outer
            if token is None or token.tag_ in ("IN", "TO", ","):
                return None
            if token.tag_.startswith("VB") or (step == 1 and self._misread(token)):
                return token
        return None

    def _misread(self, token: Token) -> bool:
        """As in "Sending a box to the port costs 60 yuan": no other verb, and the tagger has port costs."""
        opening = token.doc[token.sent.start : token.i]
        return (
            token.lower_ in ("costs", "cost")
            and is_noun(token)
            and any(before.tag_ == "VBG" for before in opening)
            and not any(before.tag_ in ("VBD", "VBZ", "VBP", "MD") for before in opening)
        )

    def _stake(self, draft: Draft) -> Measure | None:
        """As in "of which it will hold 51 percent": a stake."""
        verb, head = self._headed_by(draft)
        return Measure("stake", extent_of(verb, verb), "verb-heading") if verb is not None and head == "stake" else None

    def _charged(self, draft: Draft) -> Measure | None:
        """As in "a lender that charges 1.2 percent a month": a rate, and never the lender."""
        verb = draft.before(1)
        charged = verb is not None and verb.lower_ in words("claims/charging_verbs")
        return Measure("rate", None, "verb-heading") if charged else None

    def _said_behind(self, draft: Draft) -> Measure | None:
        """As in "two-thirds of the 1.1 billion yuan needed", "the 3 billion yuan invested so far"."""
        after, before = draft.after(1), draft.before(1)
        if after is None or before is None or after.tag_ != "VBN" or before.lower_ not in ("the", "of", "all", "every"):
            return None
        row = headings().get(after.lower_)
        return Measure(row.head, extent_of(after, after), "verb-heading") if row is not None else None


def _buys(draft: Draft) -> bool:
    """As in "paid 300 yuan for a loom", "a flat for which she paid 10,000 yuan": what is paid for is a thing."""
    opening = draft.sentence.span.doc[max(draft.sentence.span.start, draft.span.start - 8) : draft.span.start]
    if any(token.lower_ == "which" and token.i and token.nbor(-1).lower_ == "for" for token in opening):
        return True
    rated = (draft.after(1) or draft.root).lower_ in ("a", "an", "per", "each")
    cue, first = draft.after(3 if rated else 1), draft.after(4 if rated else 2)
    return cue is not None and cue.lower_ == "for" and first is not None and first.tag_ in ("DT", "PRP$", "PRP")


def per_thing(draft: Draft) -> bool:
    """As in "35 yuan per tonne", "160 yuan for a ton", "0.6 yuan a ride"; not "4,000 yuan a month"."""
    skipped = 1 if (draft.after(1) or draft.root).lower_ == "for" else 0
    after, thing = draft.after(1 + skipped), draft.after(2 + skipped)
    if after is None or thing is None or after.lower_ not in ("a", "an", "per", "each") or thing.tag_ not in _THINGS:
        return False
    return thing.lower_ not in words("claims/time_units") and thing.lower_ != "capita"
