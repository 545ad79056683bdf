"""Measures that stand behind the number: "84 industrial bases", "99 percent of the residents"."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.resources import words
from pipeline.stages.claims.changes import directions
from pipeline.stages.claims.draft import Draft
from pipeline.stages.claims.measures.base import Measure, is_pro_form, past_articles
from pipeline.stages.claims.measures.headings import headings
from pipeline.stages.claims.measures.left import Left
from pipeline.stages.claims.phrases import counted_noun, extent_of, is_noun

_OF = frozenset({"of"})


class Right(Left):
    """Rules that look to the right."""

    def _counted(self, draft: Draft) -> Measure | None:
        """As in "84 related industrial bases", "three types of vehicles", "dozens of boats"."""
        first = draft.after(1)
        if first is not None and draft.modifier is not None and draft.lead == draft.start:
            first = self._past_bound(draft, first)
        elif first is not None and first.tag_ == "HYPH" and draft.quantity.joined:
            return self._compound(draft)
        if first is not None and first.lower_ in ("or", "and", "-", "+", "plus") and draft.lead == draft.start:
            first = self._past_bound(draft, first)
        if first is not None and first.lower_ == "of":
            first = self._past_of(draft)
        joint = first is not None and first.tag_ == "CC" and (draft.modifier is None or draft.lead != draft.start)
        if first is None or first.tag_ in ("PRP", ",") or joint:
            return None
        found = counted_noun(first, self._limit(draft))
        if found is None or (found[1].lower_ in directions() and found[1].tag_ == "JJR"):
            # "handles 1,400 calls a day": no number is the subject of a singular verb
            misread = found is None and first.tag_ == "VBZ" and first.pos_ == "VERB" and draft.span.end == first.i
            return self._stretch(first, first, "counted-noun") if misread else None
        if found[0] == found[1] and found[1].lower_ in words("claims/generic_units") and self._levels(draft):
            return self._respective(draft) or self._subject(draft) or self._stretch(*found, "counted-noun")
        if self._is_verb(draft, found[0]):
            return self._understood(draft)
        listed = self._lists_all(draft, found[1])
        return self._phrase(found[0], found[1], "counted-noun", prepositions=frozenset() if listed else _OF)

    def _standing(self, draft: Draft) -> Measure | None:
        """As in "536 ships -- 374 outbound and 162 inbound", "25 foreign-funded ones": the noun counted before."""
        first = draft.after(1)
        if first is None or draft.quantity.joined:
            return None
        found = counted_noun(first, self._limit(draft))
        after = draft.after(2)
        closed = after is None or after.is_punct or after.tag_ in ("CC", ":", "-LRB-", "-RRB-")
        alone = closed and first.lower_ in words("claims/standing_adjectives")
        if not alone and (found is None or found[1].lower_ != "ones"):
            return None
        for earlier in reversed(self.done[-6:]):
            extent = earlier.evidence.get("measure")
            near = draft.sentence.number - earlier.sentence.number <= (0 if alone else 1)
            if near and earlier.kind == "count" and extent and self.index.token_at(extent.end - 1).tag_ == "NNS":
                return Measure(earlier.measure or "", extent, "noun-understood")
        return None

    def _lists_all(self, draft: Draft, noun: Token) -> bool:
        """As in "the three systems of filing, trial, and appeal": as many are listed as are counted."""
        tie = noun.nbor(1) if noun.i + 1 < noun.sent.end else noun
        if tie.lower_ != "of" or draft.quantity.form != "words":
            return False
        commas = 0
        for token in tie.doc[tie.i + 1 : tie.sent.end]:
            if token.text == ",":
                commas += token.nbor(1).tag_ != "CC"
            elif token.tag_ == "CC" and token.nbor(-1).text == ",":
                return commas + 2 == draft.quantity.value
            elif token.pos_ in ("VERB", "AUX") or token.text in (";", ".", ":"):
                return False
        return False

    def _levels(self, draft: Draft) -> bool:
        """As in "Output and sales reached 9 and 8 million units": the subject says of what."""
        before, after = draft.before(1), draft.after(1)
        if before is None or after is None or after.lower_ == "of":
            return False
        level = before.tag_ in ("VBD", "VBZ") and before.lower_ in words("claims/level_verbs")
        return level or before.lower_ == "and"

    def _is_verb(self, draft: Draft, word: Token) -> bool:
        """As in "Of every ten engineers, six leave for the coast": no singular noun is counted in sixes."""
        singular = word.tag_ == "NN" and word.lower_ not in words("claims/invariable_nouns")
        if draft.quantity.form not in ("words", "digits") or draft.quantity.value <= 1 or not singular:
            return False
        before, after = draft.before(1), draft.after(2)
        chosen = before is not None and before.lower_ in words("claims/choosing_words")
        opening = draft.before(3) if chosen else before
        opens = opening is None or opening.is_punct or opening.lower_ in ("and", "but", "while", "that")
        if chosen and opens:
            # "The remaining two concern tax rules": the clause has no other verb
            clause = draft.sentence.span.doc[draft.span.end : draft.sentence.span.end]
            stop = next((token.i for token in clause if token.text in (",", ";", ".")), draft.sentence.span.end)
            return not any(token.pos_ in ("VERB", "AUX") for token in clause if token.i < stop)
        return opens and after is not None and after.tag_ in ("IN", "RP", "TO", "RB") and after.lower_ != "of"

    def _past_bound(self, draft: Draft, first: Token) -> Token | None:
        """As in "200 or so villages": the noun follows the words of the bound."""
        if draft.modifier is None:
            return first
        bound = draft.evidence["modifier"]
        if bound.start > draft.quantity.end + 1 or bound.end < draft.start:
            # "60 parks or so", "above an altitude of 3,000 meters": the bound stands apart
            return first
        end = draft.evidence["modifier"].end
        return next((token for token in draft.sentence.tokens if token.idx >= end), None)

    def _past_of(self, draft: Draft) -> Token | None:
        """As in "dozens of boats", "a third of the farmers": the noun follows of and the article."""
        step = 2
        token = draft.after(step)
        while token is not None and step < 6 and (token.tag_ in ("DT", "PRP$", "PDT", "CD") or _before_number(token)):
            step += 1
            token = draft.after(step)
        if token is None:
            return None
        token = self._past_owner(token)
        while token.tag_ == "CD" and token.i + 1 < token.sent.end:
            token = token.nbor(1)
        return token

    def _compound(self, draft: Draft) -> Measure | None:
        """As in "a 20-member team": the joined noun."""
        noun = draft.after(2)
        if noun is None:
            return None
        return Measure(noun.text, extent_of(noun, noun), "joined-noun")

    def _of_right(self, draft: Draft) -> Measure | None:
        """As in "99 percent of the residents", "5 million tonnes of grain", "100 km of roads"."""
        after = draft.after(1)
        if after is not None and after.tag_ in ("DT", "PRP$") and draft.quantity.form == "fraction":
            return self._half_the(draft)
        if after is None or after.lower_ != "of":
            return None
        whole, following = draft.after(2), draft.after(3)
        bare = following is None or (not is_noun(following) and following.tag_ != "JJ")
        if whole is not None and is_pro_form(whole) and (bare or whole.tag_ == "PRP"):
            return self._of_pronoun(draft, whole)
        first = self._past_of(draft)
        found = counted_noun(first, self._limit(draft)) if first is not None and whole is not None else None
        if found is None and first is not None and first.tag_ == "NNS" and first.lower_ in words("claims/time_units"):
            # "71 percent of days": counted, whatever else they are
            return self._stretch(first, first, "of-phrase")
        if found is None:
            return None
        return self._phrase(found[0], found[1], "of-phrase", prepositions=_OF)

    def _share_reached(self, draft: Draft) -> Measure | None:
        """As in "The deficit widened to 4 percent of GDP", "Debts stood at 87 percent of assets": no GDP."""
        before, after = draft.before(1), draft.after(1)
        if before is None or after is None or after.lower_ != "of" or before.lower_ not in ("to", "at"):
            return None
        verb = before.head
        level = verb.lower_ in words("claims/level_verbs") or verb.lower_ in directions() or verb.lower_ == "equivalent"
        subject = self._subject_of(verb, draft) if level else None
        if subject is None or subject.lower_ not in words("claims/amount_nouns") or subject.i in self.numbers:
            return None
        return self._noun_phrase(subject, "subject")

    def _of_pronoun(self, draft: Draft, whole: Token) -> Measure | None:
        """As in "half of it", "a third of which"; "a fifth of that in 2015" is the same thing at another time."""
        following = draft.after(3)
        if whole.lower_ in ("those", "that") and following is not None and following.tag_ == "IN":
            return None
        if whole.lower_ == "it":
            return self._of_it(draft)
        if whole.lower_ == "what":
            return None
        return self._understood(draft, any_kind=True) or self._previous_subject(draft)

    def _half_the(self, draft: Draft) -> Measure | None:
        """As in "half the time needed by sea", "a third its size"."""
        first = draft.after(2)
        found = counted_noun(first, self._limit(draft)) if first is not None else None
        return self._phrase(found[0], found[1], "half-the", prepositions=_OF) if found else None

    def _inside(self, draft: Draft) -> Measure | None:
        """As in "one dam in four": what stands inside the share."""
        words_said = [token for token in draft.span if is_noun(token)]
        if draft.quantity.form != "fraction" or len(draft.span) != 4 or draft.span[2].lower_ != "in":
            return None
        return self._stretch(words_said[0], words_said[0], "share-inside") if words_said else None

    def _of_it(self, draft: Draft) -> Measure | None:
        """As in "The fund has 3 billion yuan, half of it from banks": one amount; else nobody says what."""
        earlier = self.done[-1] if self.done else None
        amount = earlier is not None and earlier.kind != "count" and earlier.measure
        if earlier is None or not amount or draft.sentence is not earlier.sentence:
            return Measure("", None, "it-unsaid")
        return Measure(earlier.measure or "", earlier.evidence.get("measure"), "antecedent")

    def _in_right(self, draft: Draft) -> Measure | None:
        """As in "5 billion yuan in tax revenue", "30 billion yuan worth of goods"."""
        step = self._past_conversion(draft)
        after = draft.after(step)
        if after is None or after.lower_ not in ("in", "worth") or draft.kind not in ("money", "measure"):
            return None
        first = draft.after(step + 2) if after.lower_ == "worth" else draft.after(step + 1)
        if first is None or self._is_place_or_time(first) or (after.lower_ == "in" and _is_named_before(draft)):
            return None
        if after.lower_ == "in" and _is_put_in(draft):
            return None
        found = counted_noun(first, self._limit(draft))
        if found is None or self._is_place_or_time(found[1]) or first.tag_ in ("DT", "CD", "PRP$"):
            return None
        return self._phrase(found[0], found[1], "in-phrase", prepositions=_OF)

    def _past_conversion(self, draft: Draft) -> int:
        """As in "1.2 billion yuan (165 million dollars) in ticket sales": the step behind the bracket, or 1."""
        opening = draft.after(1)
        if opening is None or opening.text != "(":
            return 1
        inside = [draft.after(step) for step in range(2, 12)]
        close = next((step for step, token in enumerate(inside, 2) if token is not None and token.text == ")"), 0)
        converted = any(token is not None and token.i in self.numbers for token in inside[: max(0, close - 2)])
        return close + 1 if close and converted else 1

    def _attributive(self, draft: Draft) -> Measure | None:
        """As in "a 50-yuan note", "a 120-km railway", "a 3.3-percent gain": the noun that the amount stands before."""
        first = draft.after(draft.rate_after() + 1)
        if draft.quantity.form == "fraction" and not draft.quantity.joined and draft.after(1) is not None:
            shared = " in " in draft.span.text
            found = counted_noun(draft.span.doc[draft.span.end], self._limit(draft)) if shared else None
            return self._phrase(found[0], found[1], "counted-noun", prepositions=_OF) if found else None
        if first is not None and first.lower_ in ("more", "fewer", "less") and draft.kind == "percent":
            first = draft.after(2)
        if first is None or first.lower_ in ("year", "month", "quarter") or self._is_place_or_time(first):
            return None
        if first.tag_ == "HYPH":
            after = draft.after(3)
            first = after if after is not None else first
        if first.tag_ not in ("NN", "NNS", "NNP", "JJ", "VBN", "VBG", "NNPS"):
            return None
        found = counted_noun(first, self._limit(draft))
        changed = found is not None and found[1].lower_ in directions()
        rated = draft.kind == "percent" and changed and draft.rate_after() > 0
        if found is None or not (rated or self._hangs_on(draft, found[1])):
            # "registered a 48 percent year on year growth": the parser may hang the rate on the verb
            return None
        if changed:
            return self._of_change(draft, found[1])
        return self._phrase(found[0], found[1], "attributive", prepositions=_OF)

    def _hangs_on(self, draft: Draft, head: Token) -> bool:
        node = draft.root
        for _ in range(4):
            if node.i == head.i:
                return True
            node = node.head
        return False

    def _for_right(self, draft: Draft) -> Measure | None:
        """As in "up to 4 million yuan for machines": what the money is for, where nothing else says what it is."""
        after, first = draft.after(1), draft.after(2)
        if after is None or after.lower_ != "for" or first is None or self._is_place_or_time(first):
            return None
        found = counted_noun(past_articles(first), self._limit(draft))
        if found is None or self._is_place_or_time(found[1]):
            return None
        return self._phrase(found[0], found[1], "for-phrase", prepositions=_OF)

    def _from_funds(self, draft: Draft) -> Measure | None:
        """As in "will receive 20 million yuan from central funds": the funds."""
        after, first = draft.after(1), draft.after(2)
        if after is None or after.lower_ != "from" or first is None:
            return None
        found = counted_noun(past_articles(first), self._limit(draft))
        if found is None or found[1].lower_ not in ("fund", "funds", "funding", "subsidies", "grants", "loans"):
            return None
        return self._phrase(found[0], found[1], "from-funds", prepositions=frozenset())


def _is_put_in(draft: Draft) -> bool:
    """As in "invested 98 billion yuan in railways": the money is none of what it goes into."""
    near = (draft.before(step) for step in (1, 2, 3))
    heads = (headings().get(token.lower_) for token in near if token is not None and token.tag_.startswith("VB"))
    return any(row is not None and row.head == "investment" for row in heads)


def _before_number(token: Token) -> bool:
    """As in "four of the other six cities", "two of its last 10 games": a word that only opens another count."""
    following = token.nbor(1) if token.i + 1 < token.sent.end else token
    return token.tag_ == "JJ" and following.tag_ == "CD"


def _is_named_before(draft: Draft) -> bool:
    """As in "an investment of 5 billion yuan in several fields"; not "a total of 5 billion yuan in tax revenue"."""
    of, noun = draft.before(1), draft.before(2)
    if of is None or noun is None or of.lower_ != "of" or not is_noun(noun):
        return False
    return noun.lower_ not in words("claims/container_nouns") | words("claims/goal_nouns") | directions().keys()
