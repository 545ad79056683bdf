"""Measures that a pronoun points at: "that of aluminum", "of them", "those with fever", "what they save"."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.resources import words
from pipeline.stages.claims.draft import Draft
from pipeline.stages.claims.measures.base import Measure, past_articles
from pipeline.stages.claims.measures.elided import Elided, narrows
from pipeline.stages.claims.phrases import counted_noun, is_noun, left_edge

_OF = frozenset({"of"})
_SHARES = frozenset({"share", "proportion", "percentage"})
_JOINTS = frozenset({",", ";", "and", "but", "that", "while"})
_POINTERS = frozenset({"that", "those"})
_TIES = frozenset({"of", "for", "with", "in", "to", "from"})
_BEFORE_POINTER = frozenset({",", "and", "but", "while", "whereas", "than", ";", "against", "with"})


class Pointing(Elided):
    """Rules for pronouns that a phrase makes plain."""

    def _that_of(self, draft: Draft) -> Measure | None:
        """As in "Trade with Japan was flat, while that with Korea dropped by 31 percent": trade."""
        pointer = self._pointer(draft)
        if pointer is None:
            return None
        noun = self._clause_before(pointer)
        found = counted_noun(past_articles(pointer.nbor(2)), draft.span.start)
        plain = noun is not None and (_is_tied(noun) or not _is_named(noun))
        says = noun is not None and (noun.lower_ not in words("claims/antecedent_words") or noun.lower_ in _SHARES)
        if noun is not None and plain and says:
            return self._phrase(left_edge(noun), noun, "that-of", prepositions=frozenset())
        if found is None or self._is_place_or_time(found[1]):
            return None
        # "Copper output rose 5 percent, while that of aluminum fell 2 percent", "The figure … and that for coal"
        return self._phrase(found[0], found[1], "that-of", prepositions=frozenset())

    def _pointer(self, draft: Draft) -> Token | None:
        """The "that" or "those" that the clause of the number begins with."""
        for step in range(2, 15):
            token = draft.before(step)
            if token is None or token.i in self.numbers or token.text in (";", ","):
                return None
            if token.lower_ in _POINTERS and token.nbor(1).lower_ in _TIES:
                before = token.nbor(-1) if token.i > token.sent.start else token
                opens = before == token or before.lower_ in _BEFORE_POINTER or before.tag_ == "VBG"
                return token if opens and not self._is_place_or_time(token.nbor(2)) else None
        return None

    def _clause_before(self, pointer: Token) -> Token | None:
        """The last subject before the pronoun, the outer one where the parser finds two."""
        for token in reversed(pointer.doc[pointer.sent.start : pointer.i]):
            if token.dep_ in ("nsubj", "nsubjpass") and is_noun(token):
                return None if self._is_actor(token) or token.i in self.numbers else token
        return None

    def _those(self, draft: Draft) -> Measure | None:
        """As in "two-thirds of those with fever", "5 percent of those studied", "a tenth of those who left"."""
        of, those, following = draft.after(1), draft.after(2), draft.after(3)
        if of is None or those is None or following is None or of.lower_ != "of" or those.lower_ != "those":
            return None
        if following.tag_ == "VBN":
            return self._stretch(those, following, "those-said")
        if following.tag_ == "WP":
            return self._stretch(those, _verb_after(following), "those-said")
        found = counted_noun(past_articles(following.nbor(1)), self._limit(draft)) if following.tag_ == "IN" else None
        if found is None or following.lower_ not in ("with", "without") or self._is_place_or_time(found[1]):
            return None
        return self._stretch(those, found[1], "those-said")

    def _what(self, draft: Draft) -> Measure | None:
        """As in "may keep 70 percent of what they save"; not "a fifth of what it was in 2016"."""
        of, what = draft.after(1), draft.after(2)
        if of is None or what is None or of.lower_ != "of" or what.lower_ != "what":
            return None
        verb = _verb_after(what)
        if verb == what:
            return None
        if verb.pos_ == "AUX" or verb.lower_ in ("was", "is", "were", "are"):
            return self._told_before(draft) if draft.kind != "percent" else self._told_or_understood(draft)
        return self._stretch(what, verb, "what-clause")

    def _told_or_understood(self, draft: Draft) -> Measure | None:
        earlier = self.done[-1] if self.done else None
        if earlier is None or earlier.sentence is not draft.sentence or not earlier.measure:
            return None
        return Measure(earlier.measure, earlier.evidence.get("measure"), "antecedent")

    def _them(self, draft: Draft) -> Measure | None:
        """As in "Officials checked 30 wells in two towns, and 12 of them were dry": what was counted or named."""
        of, whole = draft.after(1), draft.after(2)
        if of is None or whole is None or of.lower_ not in ("of", "among"):
            return None
        bare = whole.tag_ == "PRP" or not _says_more(draft.after(3))
        if whole.lower_ not in ("them", "these", "which", "whom", "those") or not bare:
            return None
        whichever = whole.lower_ in ("which", "whom") or draft.kind == "percent"
        return (
            (self._amount_beside(draft) if whole.lower_ in ("which", "them", "these") else None)
            or self._counted_beside(draft)
            or self._plural_beside(draft)
            or self._object_before(draft)
            or self._understood(draft)
            or self._previous_subject(draft)
            or (self._understood(draft, any_kind=True) if whichever else None)
        )

    def _amount_beside(self, draft: Draft) -> Measure | None:
        """As in "an investment of 40 million yuan, a tenth of which comes from the city": the amount right before."""
        earlier = self.done[-1] if self.done else None
        before = draft.before(1)
        if earlier is None or before is None or earlier.sentence is not draft.sentence or not earlier.measure:
            return None
        if earlier.kind not in ("money", "measure") or before.i - earlier.span.end > 3:
            return None
        if (draft.after(2) or draft.root).lower_ != "which" and not (earlier.measure or "").endswith("s"):
            # "bonds worth 1.2 trillion yuan, three quarters of them": more than one
            return None
        return Measure(earlier.measure, earlier.evidence.get("measure"), "them-counted")

    def _counted_beside(self, draft: Draft) -> Measure | None:
        """What the sentence counted before, or the sentence before it, where it does not only narrow another noun."""
        for earlier in reversed(self.done[-6:]):
            near = earlier.sentence is draft.sentence
            if near and earlier.kind == "count" and earlier.measure not in (None, "times") and not narrows(earlier):
                return Measure(earlier.measure or "", earlier.evidence.get("measure"), "them-counted")
        return None

    def _object_before(self, draft: Draft) -> Measure | None:
        """As in "It spent 5 million yuan to repair old bridges. Half of them are open": the last thing spoken of.

        Where the sentence before counts something, that is meant.
        """
        number = draft.sentence.number - 1
        opening = draft.sentence.tokens[: draft.span.start - draft.sentence.span.start]
        if number < 0 or any(token.tag_ in ("NNS", ",") for token in opening):
            return None
        if any(d.sentence.number == number and d.kind == "count" and d.measure for d in self.done[-6:]):
            return None
        found = [
            token
            for token in self.index.sentences[number].tokens
            if token.tag_ == "NNS" and token.dep_ == "dobj" and token.i not in self.numbers
        ]
        if not found or self._is_place_or_time(found[-1]) or found[-1].lower_ in words("claims/place_nouns"):
            return None
        return self._phrase(left_edge(found[-1]), found[-1], "them-named", prepositions=frozenset())

    def _plural_beside(self, draft: Draft) -> Measure | None:
        """As in "People may order a bus, and 40,000 of them have", "Asked about ports, he said nine of them …"."""
        joints = [t.i for t in draft.sentence.tokens if t.i < draft.span.start and t.lower_ in _JOINTS]
        if not joints:
            return None
        # "Big firms bought 300 of them": the subject of the number's own clause is not what it counts
        plural = [
            token
            for token in draft.sentence.tokens
            if token.tag_ == "NNS"
            and token.i < joints[-1]
            and token.i not in self.numbers
            and not self._is_place_or_time(token)
            and token.lower_ not in words("claims/place_nouns")
        ]
        subjects = [token for token in plural if token.dep_ in ("nsubj", "nsubjpass")]
        meant = subjects[-1] if subjects else plural[-1] if plural else None
        if meant is None or any(child.i in self.numbers for child in meant.lefts):
            return None
        return self._phrase(left_edge(meant), meant, "them-named", prepositions=frozenset())


def _is_named(noun: Token) -> bool:
    """As in "copper output", which that of aluminum is set against; not "disposable income"."""
    before = noun.doc[left_edge(noun).i : noun.i]
    return any(is_noun(token) and token.lower_ != "capita" for token in before)


def _is_tied(noun: Token) -> bool:
    """Whether "of" or the like follows at once: "the output of copper", "sales in towns"; not "copper output"."""
    return noun.i + 1 < noun.sent.end and noun.nbor(1).lower_ in _TIES


def _says_more(token: Token | None) -> bool:
    """As in "half of those in work", "two of these towns": no bare pronoun."""
    return token is not None and (is_noun(token) or (token.tag_ in ("JJ", "IN") and token.lower_ in ("with", "in")))


def _verb_after(token: Token) -> Token:
    """The first verb of the clause that a relative opens, its auxiliaries passed over; the word itself without one."""
    found = token
    for following in token.doc[token.i + 1 : min(token.i + 8, token.sent.end)]:
        if following.pos_ in ("VERB", "AUX"):
            found = following
            if following.pos_ == "VERB":
                break
        elif found is not token or following.tag_ in (",", ".", "IN"):
            break
    return found
