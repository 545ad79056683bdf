"""Measures that stand before the number: "investment of 3 billion yuan", "exports up 5 percent"."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.resources import words
from pipeline.stages.claims.changes import directions
from pipeline.stages.claims.draft import Draft
from pipeline.stages.claims.measures.base import Measure, own_subject, past_articles
from pipeline.stages.claims.measures.headings import headings
from pipeline.stages.claims.measures.levels import Levels
from pipeline.stages.claims.phrases import counted_noun, extent_of, is_noun, left_edge

_WITHIN = frozenset({"of", "in"})
_OF = frozenset({"of"})


class Left(Levels):
    """Rules that look to the left."""

    def _of_left(self, draft: Draft) -> Measure | None:
        """As in "investment of more than 200 million euros", "a population of 590,000"; "an increase of 8 percent"."""
        preposition = draft.before(1)
        if preposition is None or preposition.lower_ != "of":
            return None
        noun = draft.before(2)
        if noun is None or not is_noun(noun):
            noun = preposition.head if is_noun(preposition.head) else self._again_of(draft)
        if noun is None or noun.lower_ in words("claims/container_nouns"):
            return None
        noun = self._past_counted(noun)
        if noun.lower_ in directions() or (draft.change is not None and noun.lower_ in ("rate", "pace", "speed")):
            return self._of_change(draft, noun)
        valued = self._with_value(noun)
        if valued is not None:
            return valued
        return self._phrase(left_edge(noun), noun, "noun-of", prepositions=frozenset())

    def _past_counted(self, noun: Token) -> Token:
        """As in "a reduction in capacity at nine mills of 11 million tonnes": no mills, which are counted already."""
        counted = any(child.i in self.numbers for child in noun.lefts)
        if not counted or noun.dep_ != "pobj":
            return noun
        outer = noun.head.head
        for _ in range(2):
            # the parser may have the mills at the capacity, and the capacity in the reduction
            if outer.dep_ == "pobj" and is_noun(outer.head.head) and outer.head.head.lower_ in directions():
                outer = outer.head.head
        return outer if is_noun(outer) and outer.i < noun.i else noun

    def _again_of(self, draft: Draft) -> Token | None:
        """As in "an increase of 8 percent in value and of 7 percent in volume": the noun is said once."""
        earlier, joint = self.done[-1] if self.done else None, draft.before(2)
        if earlier is None or earlier.sentence is not draft.sentence or joint is None or joint.lower_ != "and":
            return None
        preposition, noun = earlier.before(1), earlier.before(2)
        same = preposition is not None and preposition.lower_ == "of"
        return noun if same and noun is not None and is_noun(noun) else None

    def _with_value(self, noun: Token) -> Measure | None:
        """As in "electronic components with a total value of 10.83 billion yuan": the thing that has the value."""
        if noun.lower_ not in ("value", "worth") or noun.head.lower_ not in ("with", "at") or _is_kind_of_value(noun):
            return None
        cue = noun.head
        thing = cue.nbor(-1) if cue.i > cue.sent.start else cue
        if not is_noun(thing) or self._is_place_or_time(thing) or self._is_actor(thing):
            return None
        return self._phrase(left_edge(thing), thing, "valued-noun", prepositions=frozenset())

    def _of_change(self, draft: Draft, noun: Token) -> Measure | None:
        """As in "an increase of 12 percent in exports"; else what the sentence is about, else the change itself."""
        inner = self._in_object(noun, draft)
        if inner is not None:
            return inner
        before = noun.nbor(-1) if noun.i > noun.sent.start else noun
        named = before.tag_ in ("NN", "NNS") and before.dep_ == "compound" and before.i not in self.numbers
        if named and before.lower_ not in ("year", "month"):
            return self._phrase(left_edge(noun), noun, "compound-change", prepositions=frozenset())
        earlier = self._trailing(draft)
        if earlier is not None:
            return earlier
        subject = self._subject_of(noun, draft)
        if subject is not None and subject.i in self.numbers:
            return self._measure_at(subject)
        told = (
            noun.head.pos_ != "VERB"
            or noun.head.lower_ in words("claims/report_verbs")
            or noun.head.lower_ in directions()
        )
        told = told or noun.lower_ in ("rate", "pace", "speed")
        if subject is not None and told and not self._is_teller(subject):
            return self._noun_phrase(subject, "subject-of-change")
        meant = self._told_by_actor(draft, noun, subject)
        return meant or self._phrase(left_edge(noun), noun, "change-noun", prepositions=_WITHIN)

    def _measure_at(self, number: Token) -> Measure | None:
        """As in "Some 86 percent of samples met the standard, a rise of 1.5 points": what that number is of."""
        for earlier in reversed(self.done[-6:]):
            if earlier.span.start <= number.i < earlier.span.end and earlier.measure:
                return Measure(earlier.measure, earlier.evidence.get("measure"), "level-before")
        return None

    def _told_by_actor(self, draft: Draft, noun: Token, subject: Token | None) -> Measure | None:
        """As in "Profit was thin. The mill posted a 7 percent decline": a bare change is one of what was spoken of."""
        bare = all(token.i in self.numbers for token in noun.doc[left_edge(noun).i : noun.i])
        if not bare or noun.nbor(1).lower_ in _WITHIN:
            return None
        teller = subject is not None and self._is_teller(subject)
        meant = self._spoken_of(draft) or (self._told_before(draft) if teller else None)
        if meant is None and teller and noun.lower_ != "growth":
            # nobody says what declined
            return Measure("", None, "change-unsaid")
        return meant

    def _spoken_of(self, draft: Draft) -> Measure | None:
        """The subject of the sentence before, where it is an amount: "Net profit was thin."."""
        number = draft.sentence.number - 1
        found = own_subject(self.index.sentences[number].span.root) if number >= 0 else None
        if found is None or found.lower_ not in words("claims/amount_nouns"):
            return None
        return self._noun_phrase(found, "subject-before")

    def _reached(self, draft: Draft) -> Measure | None:
        """As in "posted a 7 percent decline to 84 million yuan": the level of what declined."""
        before, noun = draft.before(1), draft.before(2)
        earlier = self.done[-1] if self.done else None
        if earlier is None or before is None or noun is None or before.lower_ != "to":
            return None
        if earlier.change is None or not earlier.measure or earlier.sentence is not draft.sentence:
            return None
        # "rose 5 percent to 3 billion yuan", "doubled to 1,900"
        measured = earlier.evidence.get("measure")
        inside = measured is not None and earlier.measure_rule == "change-in" and noun.idx + len(noun) == measured.end
        # "registered 9 percent growth in exports to 3 billion yuan"
        # "rose 9 percent year on year to 3 billion yuan", "rose 9 percent from 2019 to 3 billion yuan"
        based = earlier.basis is not None and noun.idx + len(noun) == earlier.tail
        behind = noun.i == earlier.span[-1].i or inside or based
        declined = is_noun(noun) and noun.lower_ in directions() and 0 <= noun.i - earlier.span.end <= 4
        if not behind and not declined:
            return None
        return Measure(earlier.measure, earlier.evidence.get("measure"), "level-reached")

    def _elided_verb(self, draft: Draft) -> Measure | None:
        """As in "exports rose 3 percent and imports 5 percent": the verb is said once."""
        noun, earlier = draft.before(1), self.done[-1] if self.done else None
        if noun is not None and noun.lower_ == "by":
            noun = draft.before(2)
        if not draft.elided or earlier is None or noun is None:
            return None
        return self._phrase(left_edge(noun), noun, "elided-verb", prepositions=frozenset())

    def _elided_copula(self, draft: Draft) -> Measure | None:
        """As in "Its revenue was 9 billion yuan and its profit 800 million yuan": "was" is said once."""
        noun, earlier = draft.before(1), self.done[-1] if self.done else None
        if noun is None or earlier is None or earlier.sentence is not draft.sentence:
            return None
        if noun.lower_ not in words("claims/amount_nouns") - words("claims/level_verbs") or noun.i in self.numbers:
            return None
        between = self.index.doc[earlier.span.end : draft.span.start]
        if any(token.pos_ == "AUX" or (token.pos_ == "VERB" and token != noun) for token in between):
            return None
        return self._phrase(left_edge(noun), noun, "elided-verb", prepositions=frozenset())

    def _in_object(self, noun: Token, draft: Draft) -> Measure | None:
        """As in "growth in retail sales": right after the noun, or after the amount."""
        for place in (noun, draft.span[-1]):
            for token in place.doc[place.i + 1 : min(place.i + 3, self._limit(draft))]:
                opening = past_articles(token.nbor(1)) if self._opens_in(token) else None
                target = counted_noun(opening, self._limit(draft)) if opening is not None else None
                if target is not None and not self._is_place_or_time(target[1]):
                    inner = self._behind_number_of(target[1])
                    if inner is not None:
                        return self._noun_phrase(inner, "change-in")
                    return self._phrase(target[0], target[1], "change-in", prepositions=_OF)
                if token.lower_ not in ("-", "increase", "decrease", "growth", "rise", "decline", "drop"):
                    break
        return None

    def _opens_in(self, token: Token) -> bool:
        if token.lower_ != "in" or token.i + 2 >= token.sent.end:
            return False
        following = token.nbor(1)
        return following.tag_ not in ("CD", "PRP$") and not self._is_place_or_time(following)

    def _compared(self, draft: Draft) -> Measure | None:
        """As in "flats smaller than 40 square meters", "firms with a revenue above 5 billion yuan": the noun before."""
        words_said = (draft.modifier or "").lower().split()
        noun = draft.before(1)
        sized = len(words_said) > 1 and words_said[-1] == "than" and words_said[0].endswith("er")
        bounded = bool(words_said) and noun is not None and noun.dep_ == "pobj" and noun.head.lower_ == "with"
        # "growth above 6 percent", "prices below 300 yuan"
        over = words_said in (["above"], ["below"], ["exceeding"]) and noun is not None and noun.pos_ == "NOUN"
        if not sized and not bounded and not over:
            return None
        if noun is None or not is_noun(noun) or self._is_place_or_time(noun) or self._is_actor(noun):
            return None
        if noun.i in self.numbers or (noun.lower_ in directions() and noun.tag_ == "NNS"):
            # "10 points above 60 percent", "Hog price climbs above 3 yuan"
            return None
        return self._phrase(left_edge(noun), noun, "compared-noun", prepositions=frozenset())

    def _accounts_for(self, draft: Draft) -> Measure | None:
        """As in "Two counties account for 411 hectares": of what was measured in hectares before."""
        cue, verb = draft.before(1), draft.before(2)
        if cue is None or verb is None or cue.lower_ != "for" or verb.lower_ not in words("claims/share_verbs"):
            return None
        subject = self._subject_of(verb, draft)
        if subject is not None and not self._is_actor(subject) and subject.lower_ not in words("claims/place_nouns"):
            # "online sales accounted for 280 billion yuan"
            return None
        for earlier in reversed(self.done[-8:]):
            near = draft.sentence.number - earlier.sentence.number <= 2
            if near and earlier.quantity.unit.dimension == draft.quantity.unit.dimension and earlier.measure:
                return Measure(earlier.measure, earlier.evidence.get("measure"), "share-of-level")
        return None

    def _worth(self, draft: Draft) -> Measure | None:
        """As in "vouchers worth HK$2,000": the noun before."""
        before, noun = draft.before(1), draft.before(2)
        if before is None or before.lower_ != "worth" or noun is None or not is_noun(noun):
            return None
        return self._phrase(left_edge(noun), noun, "worth-noun", prepositions=frozenset())

    def _priced(self, draft: Draft) -> Measure | None:
        """As in "a hot lunch for 12 yuan": the thing that is to be had."""
        before, noun = draft.before(1), draft.before(2)
        if (
            before is None
            or before.lower_ != "for"
            or (draft.kind == "measure" and noun is not None and noun.lower_ not in words("claims/deal_nouns"))
            or noun is None
            or not is_noun(noun)
            or self._is_place_or_time(noun)
        ):
            return None
        if noun.lower_ in headings() or self._bought(before):
            # "a bale sells for 12 yuan", whatever the tagger makes of it
            return Measure("price", None, "price")
        if draft.kind == "money" and _by_time(draft):
            # "She sews gloves in a workshop for 2,200 yuan a month"
            return Measure("pay", None, "price")
        return self._phrase(left_edge(noun), noun, "priced-noun", prepositions=_OF)

    def _bought(self, preposition: Token) -> bool:
        """As in "bought a watch and a scarf for 900 yuan": the price of all that was bought."""
        opening = preposition.doc[preposition.sent.start : preposition.i]
        verb = next((token for token in reversed(opening) if token.tag_.startswith("VB")), None)
        return verb is not None and verb.lower_ in words("claims/trading_verbs")

    def _gapped(self, draft: Draft) -> Measure | None:
        """As in "Exports came to 828 billion yuan, and imports to 449 billion yuan": the verb is left out."""
        before, noun = draft.before(1), draft.before(2)
        if before is None or noun is None or before.lower_ not in ("to", "at", "by", "for"):
            return None
        first = self._past_numbers(left_edge(noun), noun)
        opens = first.i > first.sent.start and first.nbor(-1).lower_ in ("and", "while", ",", "but")
        if noun.tag_ not in ("NN", "NNS") or not opens or (before.lower_ == "for" and not self._for_again(draft)):
            return None
        return self._phrase(first, noun, "gapped-subject", prepositions=frozenset())

    def _for_again(self, draft: Draft) -> bool:
        """As in "Coal accounted for 60 percent and wind power for 9 percent": the figure before has the same "for"."""
        earlier = self.done[-1] if self.done else None
        if earlier is None or earlier.sentence is not draft.sentence or earlier.kind != draft.kind:
            return False
        same = (earlier.before(1) or draft.root).lower_ == "for"
        gap = self.index.doc[earlier.span.end : draft.span.start]
        return same and not any(token.pos_ in ("VERB", "AUX") for token in gap)

    def _noun_up(self, draft: Draft) -> Measure | None:
        """As in "with exports up nearly a third"; "saw its output surge 9 percent", where the parser has a surge."""
        by = 1 if (draft.before(1) or draft.root).lower_ == "by" else 0
        cue, noun = draft.before(1 + by), draft.before(2 + by)
        if cue is None or noun is None or not is_noun(noun) or not _is_bare_mover(cue):
            return None
        if self._is_place_or_time(noun) or noun.i in self.numbers:
            return None
        outer = noun.head.head
        inner = noun.dep_ == "pobj" and noun.head.i == left_edge(noun).i - 1 and is_noun(outer)
        if inner and cue.lower_ in ("up", "down") and not self._is_actor(outer) and outer.i not in self.numbers:
            # "trade volume via rail up 23 percent"
            return self._noun_phrase(outer, "noun-up")
        return self._stretch(self._past_numbers(left_edge(noun), noun), noun, "noun-up")

    def _behind_apposition(self, token: Token) -> Measure | None:
        """As in "revenue in Chengdu, the provincial capital, reached": what the explained name belongs to."""
        node = token
        for _ in range(6):
            if node.dep_ == "appos" or (node.dep_ == "pobj" and is_noun(node.head.head)):
                node = node.head if node.dep_ == "appos" else node.head.head
        if not is_noun(node) or self._is_place_or_time(node) or self._is_actor(node) or node.i in self.numbers:
            return None
        return self._phrase(left_edge(node), node, "before-apposition", prepositions=frozenset({"of"}))

    def _magnitude(self, draft: Draft) -> Measure | None:
        """As in "an earthquake of magnitude 4.8"."""
        before = draft.before(1)
        named = before is not None and before.lower_ == "magnitude"
        return Measure(before.text, extent_of(before, before), "magnitude") if named and before is not None else None

    def _apposed(self, draft: Draft) -> Measure | None:
        """As in "the remainder, 1.4 billion, crossed a border", "The money, 90 million yuan in all": in apposition."""
        before, head = draft.before(1), draft.root.head
        if before is None or before.text not in (",", "--", ":") or draft.root.dep_ != "appos":
            return None
        if not is_noun(head) or head.i > draft.span.start or head.i in self.numbers or self._is_actor(head):
            return None
        return self._noun_phrase(head, "apposition")

    def _acts_on(self, subject: Token, draft: Draft) -> bool:
        """As in "the government will take up 3 billion yuan": who does something is not what is measured."""
        verb = subject.head
        level = verb.lower_ in words("claims/level_verbs") or verb.lower_ in directions()
        barred = draft.kind == "money" or (draft.kind == "count" and subject.lower_ in words("claims/acting_nouns"))
        return barred and subject.i < verb.i < draft.span.start and verb.pos_ == "VERB" and not level

    def _nearest_noun(self, draft: Draft) -> Measure | None:
        """Last resort: the noun phrase right before the amount, "tuition fees, 5,000 yuan"."""
        for step in range(1, 7):
            token = draft.before(step)
            if token is None or (token.dep_ == "nsubj" and self._acts_on(token, draft)):
                return None
            if step == 1 and token.tag_ == "VBD" and (draft.before(2) or token).lower_ == "and":
                # "froze bank accounts and recovered 18 million yuan"
                return None
            if is_noun(token) and token.dep_ == "appos" and token.head.i < token.i:
                return self._behind_apposition(token)
            if token.lower_ in directions():
                continue
            if is_noun(token) and not self._is_place_or_time(token) and token.i not in self.numbers:
                if not self._is_actor(token):
                    return self._phrase(left_edge(token), token, "nearest-noun", prepositions=frozenset())
                return None
        return None


def _is_kind_of_value(noun: Token) -> bool:
    """As in "a factory with an annual output value of 3 billion yuan": no factory is bought for that."""
    before = noun.nbor(-1) if noun.i > noun.sent.start else noun
    return before != noun and (is_noun(before) or before.tag_ in ("VBN", "VBG") or before.lower_ == "added")


def _by_time(draft: Draft) -> bool:
    """As in "2,200 yuan a month": so much for each stretch of time."""
    after, unit = draft.after(1), draft.after(2)
    rated = after is not None and after.lower_ in ("a", "an", "per", "each", "every")
    return rated and unit is not None and unit.lower_ in words("claims/time_units")


def _is_bare_mover(cue: Token) -> bool:
    """Whether a word of change stands where only a verb can, whatever the tagger has: "saw output surge 9 percent"."""
    return cue.lower_ in ("up", "down") or (cue.lower_ in directions() and cue.tag_ in ("NN", "VB", "VBP"))
