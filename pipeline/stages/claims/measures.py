"""What a number counts or measures: named rules, tried in order, each with the sentence that it is for."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import NamedTuple

from spacy.tokens import Token

from pipeline.annotations import Extent
from pipeline.resources import table, words
from pipeline.stages.claims.changes import directions
from pipeline.stages.claims.draft import Draft
from pipeline.stages.claims.index import DocIndex
from pipeline.stages.claims.numerals import multiples
from pipeline.stages.claims.quantities import PERCENT
from pipeline.stages.claims.phrases import counted_noun, extent_of, is_noun, left_edge, right_edge

_OF = frozenset({"of"})
_WITHIN = frozenset({"of", "in"})
_BE = frozenset({"is", "was", "are", "were", "be", "been", "being"})
_RELATIVES = frozenset({"which", "that", "who", "whom"})


class Measure(NamedTuple):
    """A noun phrase, where it stands (None for a heading that nobody wrote), and the rule that found it."""

    text: str
    extent: Extent | None
    rule: str


class Reader:
    """Finds the measure of one claim after another; remembers the claims before for what is left out."""

    def __init__(self, index: DocIndex) -> None:
        """Read in the document of `index`."""
        self.index = index
        self.done: list[Draft] = []
        self.numbers: set[int] = set()

    def fill(self, draft: Draft) -> None:
        """Set measure, its evidence and the rule."""
        measure = self._read(draft)
        if measure is not None and measure.text:
            draft.measure, draft.measure_rule = measure.text, measure.rule
            if measure.extent is not None:
                draft.evidence["measure"] = measure.extent
        self.done.append(draft)

    def _read(self, draft: Draft) -> Measure | None:
        rules = _RULES.get(draft.kind, _RULES["measure"])
        for rule in rules:
            found: Measure | None = getattr(self, rule)(draft)
            if found is not None:
                return found
        return None

    def _limit(self, draft: Draft) -> int:
        """The token that a phrase after the number must not reach: the next date, or the end of the sentence."""
        for span, _ in self.index.dates_by_sentence.get(draft.sentence.number, ()):
            if span.start >= draft.span.end:
                return span.start
        return draft.sentence.span.end

    # -- what stands to the right of the number

    def _counted(self, draft: Draft) -> Measure | None:
        """"84 related industrial bases", "three types of vehicles", "dozens of boats"."""
        first = draft.after(1)
        if first is not None and draft.modifier is not None and draft.lead == draft.start:
            first = self._past_bound(draft, first)
        elif first is not None and first.tag_ == "HYPH" and draft.quantity.joined:
            return self._compound(draft)
        if first is not None and first.lower_ in ("or", "and", "-", "+", "plus") and draft.lead == draft.start:
            first = self._past_bound(draft, first)
        if first is not None and first.lower_ == "of":
            first = self._past_of(draft)
        if first is None or first.tag_ in ("PRP", ","):
            return None
        found = counted_noun(first, self._limit(draft))
        if found is None or found[1].lower_ in directions() and found[1].tag_ == "JJR":
            return None
        return self._phrase(found[0], found[1], "counted-noun", prepositions=_OF)

    def _past_bound(self, draft: Draft, first: Token) -> Token | None:
        """"200 or so villages": the noun follows the words of the bound."""
        if draft.modifier is None:
            return first
        end = draft.evidence["modifier"].end
        return next((token for token in draft.sentence.tokens if token.idx >= end), None)

    def _past_of(self, draft: Draft) -> Token | None:
        """"dozens of boats", "a third of the farmers": the noun follows of and the article."""
        step = 2
        token = draft.after(step)
        while token is not None and step < 6 and token.tag_ in ("DT", "PRP$", "PDT", "CD"):
            step += 1
            token = draft.after(step)
        return self._past_owner(token) if token is not None else None

    def _past_owner(self, token: Token) -> Token:
        """"half of the province's farmers": the owner is no part of what is counted."""
        for step in range(1, 5):
            if token.i + step + 1 >= token.sent.end:
                break
            if token.nbor(step).tag_ == "POS":
                return token.nbor(step + 1)
        return token

    def _compound(self, draft: Draft) -> Measure | None:
        """"a 20-member team": the joined noun."""
        noun = draft.after(2)
        if noun is None:
            return None
        return Measure(noun.text, extent_of(noun, noun), "joined-noun")

    def _of_right(self, draft: Draft) -> Measure | None:
        """"99 percent of the residents", "5 million tonnes of grain", "3 billion yuan of loans", "100 km of roads"."""
        after = draft.after(1)
        if after is None or after.lower_ != "of":
            return None
        whole = draft.after(2)
        following = draft.after(3)
        if whole is not None and whole.lower_ in ("those", "that") and following is not None and following.tag_ == "IN":
            return None
        bare = following is None or not is_noun(following) and following.tag_ != "JJ"
        if whole is not None and _is_pro_form(whole) and (bare or whole.tag_ == "PRP"):
            return self._understood(draft, any_kind=True) or self._previous_subject(draft)
        first = self._past_of(draft)
        found = counted_noun(first, self._limit(draft)) if first is not None else None
        if found is None:
            return None
        return self._phrase(found[0], found[1], "of-phrase", prepositions=_OF)

    def _in_right(self, draft: Draft) -> Measure | None:
        """"5 billion yuan in tax revenue", "30 billion yuan worth of goods"."""
        after = draft.after(1)
        if after is None or after.lower_ not in ("in", "worth") or draft.kind not in ("money", "measure"):
            return None
        first = draft.after(3) if after.lower_ == "worth" else draft.after(2)
        if first is None or self._is_place_or_time(first):
            return None
        found = counted_noun(first, self._limit(draft))
        if found is None or self._is_place_or_time(found[1]) or first.tag_ in ("DT", "CD", "PRP$"):
            return None
        return self._phrase(found[0], found[1], "in-phrase", prepositions=_OF)

    def _attributive(self, draft: Draft) -> Measure | None:
        """"a 50-yuan note", "a 120-km railway", "a 3.3-percent gain": the noun that the amount stands before."""
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
        if found is None or not self._hangs_on(draft, found[1]):
            return None
        if found[1].lower_ in directions():
            return self._of_change(draft, found[1])
        return self._phrase(found[0], found[1], "attributive", prepositions=_OF)

    def _hangs_on(self, draft: Draft, head: Token) -> bool:
        node = draft.root
        for _ in range(4):
            if node.i == head.i:
                return True
            node = node.head
        return False

    # -- what stands to the left of the number

    def _of_left(self, draft: Draft) -> Measure | None:
        """"investment of more than 200 million euros", "a population of 590,000"; "an increase of 8 percent"."""
        preposition = draft.before(1)
        if preposition is None or preposition.lower_ != "of":
            return None
        noun = draft.before(2)
        if noun is None or not is_noun(noun):
            noun = preposition.head if is_noun(preposition.head) else None
        if noun is None or noun.lower_ in words("claims/container_nouns"):
            return None
        if noun.lower_ in directions() or (draft.change is not None and noun.lower_ in ("rate", "pace", "speed")):
            return self._of_change(draft, noun)
        valued = self._with_value(noun)
        if valued is not None:
            return valued
        return self._phrase(left_edge(noun), noun, "noun-of", prepositions=frozenset())

    def _with_value(self, noun: Token) -> Measure | None:
        """"electronic components with a total value of 10.83 billion yuan": the thing that has the value."""
        if noun.lower_ not in ("value", "worth") or noun.head.lower_ not in ("with", "at"):
            return None
        cue = noun.head
        thing = cue.nbor(-1) if cue.i > cue.sent.start else cue
        if not is_noun(thing) or self._is_place_or_time(thing) or self._is_actor(thing):
            return None
        return self._phrase(left_edge(thing), thing, "valued-noun", prepositions=frozenset())

    def _of_change(self, draft: Draft, noun: Token) -> Measure | None:
        """"an increase of 12 percent in exports"; else what the sentence is about, else the change itself."""
        inner = self._in_object(noun, draft)
        if inner is not None:
            return inner
        earlier = self._trailing(draft)
        if earlier is not None:
            return earlier
        subject = self._subject_of(noun, draft)
        told = noun.head.pos_ != "VERB" or noun.head.lower_ in words("claims/report_verbs") or noun.head.lower_ in directions()
        told = told or noun.lower_ in ("rate", "pace", "speed")
        if subject is not None and told and not self._is_actor(subject):
            return self._noun_phrase(subject, "subject-of-change")
        return self._phrase(left_edge(noun), noun, "change-noun", prepositions=_WITHIN)

    def _in_object(self, noun: Token, draft: Draft) -> Measure | None:
        """"growth in retail sales": right after the noun, or after the amount."""
        for place in (noun, draft.span[-1]):
            for token in place.doc[place.i + 1 : min(place.i + 3, self._limit(draft))]:
                target = counted_noun(token.nbor(1), self._limit(draft)) if self._opens_in(token) else None
                if target is not None and not self._is_place_or_time(target[1]):
                    return self._phrase(target[0], target[1], "change-in", prepositions=_OF)
                if token.lower_ not in ("-", "increase", "decrease", "growth", "rise", "decline", "drop"):
                    break
        return None

    def _opens_in(self, token: Token) -> bool:
        if token.lower_ != "in" or token.i + 2 >= token.sent.end:
            return False
        following = token.nbor(1)
        return following.tag_ not in ("CD", "PRP$") and not self._is_place_or_time(following)

    def _heading(self, draft: Draft) -> Measure | None:
        """"earned 80 million yuan": nobody wrote the noun, the verb tells the column's head."""
        if draft.kind not in ("money", "measure"):
            return None
        verb = self._verb_before(draft)
        if verb is None or headings().get(verb.lower_, "stake") == "stake":
            return None
        subject = _own_subject(verb)
        if subject is not None and subject.lower_ in words("claims/amount_nouns"):
            return self._noun_phrase(subject, "amount-subject")
        if draft.kind == "measure" and draft.quantity.unit.dimension not in ("mass", "energy", "volume"):
            return None
        heading = headings()[verb.lower_]
        other = headings().get(verb.head.lower_) if verb.dep_ == "conj" and verb.i - verb.head.i == 2 else None
        if other is not None and other != heading:
            return Measure(f"{other} and {heading}", extent_of(verb.head, verb), "verb-heading")
        return Measure(heading, extent_of(verb, verb), "verb-heading")

    def _verb_before(self, draft: Draft) -> Token | None:
        """The verb that the amount is the object of, right before it."""
        for step in (1, 2, 3):
            token = draft.before(step)
            if token is None or token.tag_ in ("IN", "TO", ","):
                return None
            if token.tag_.startswith("VB"):
                return token
        return None

    def _trailing(self, draft: Draft) -> Measure | None:
        """"…hit 116 billion yuan, a surge of 27.12 percent", "…, up by 50 percent": the level before, again."""
        earlier = self.done[-1] if self.done else None
        if earlier is None or earlier.sentence.number != draft.sentence.number or earlier.measure is None:
            return None
        if self._inside_phrase(earlier):
            return None
        between = self.index.doc[earlier.span.end : draft.span.start]
        near = [token for token in (draft.before(step) for step in (1, 2, 3)) if token is not None]
        appended = draft.change is not None and any(token.text == "," for token in near)
        if not appended and any(token.tag_ in ("VBD", "VBZ", "VBP", "MD") and token.lower_ not in ("was", "were") for token in between):
            return None
        if not any(token.text in (",", "(", "-", ";") for token in between) or any(t.lower_ == "while" for t in between):
            return None
        return Measure(earlier.measure, earlier.evidence.get("measure"), "level-before")

    def _inside_phrase(self, earlier: Draft) -> bool:
        """"prices in four cities, increasing by 0.3 percent": the count before only narrows another noun."""
        measure = earlier.evidence.get("measure")
        if earlier.kind != "count" or measure is None:
            return False
        noun = self.index.token_at(measure.end - 1)
        return noun.dep_ == "pobj" and noun.head.lower_ in ("in", "across", "from") and is_noun(noun.head.head)

    def _bracketed(self, draft: Draft) -> Measure | None:
        """"15.85 trillion yuan (about 2.42 trillion U.S. dollars)": the same thing in another currency."""
        if draft.related is None or draft.relation != "equivalent":
            return None
        return Measure(draft.related.measure or "", draft.related.evidence.get("measure"), "conversion")

    def _subject(self, draft: Draft) -> Measure | None:
        """"Tax revenue slid 4.6 percent to 13.5 trillion yuan", "fiscal revenue plummeted, down 5.5 percent"."""
        cue = self._governor(draft)
        if cue is None:
            return None
        if self._is_object(draft, cue):
            return None
        if draft.kind in ("percent", "count") and draft.root.dep_ in ("nsubj", "nsubjpass") and draft.change is None:
            return self._understood(draft)
        subject = self._subject_of(cue, draft)
        if subject is None or subject.i in self.numbers or (self._is_actor(subject) and draft.kind != "rank"):
            return None
        following = subject.nbor(1) if subject.i + 1 < len(subject.doc) else subject
        if subject.lower_ in words("claims/antecedent_words") and following.lower_ != "of":
            earlier = self._antecedent(draft)
            if earlier is not None or not is_noun(subject):
                return earlier
        return self._noun_phrase(subject, "subject")

    def _is_object(self, draft: Draft, verb: Token) -> bool:
        """"a farmer gets 160 yuan": the object of a verb that neither changes nor equals its subject."""
        adjacent = draft.before(1) == verb and verb.pos_ == "VERB"
        if draft.kind not in ("money", "measure") or not (adjacent or draft.root.dep_ == "dobj" and draft.root.head == verb):
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
            subject = _own_subject(node)
            if subject is not None and subject.i not in self._own(draft):
                if subject.lower_ in _RELATIVES or subject.tag_ in ("WDT", "WP"):
                    return node.head if is_noun(node.head) else None
                return subject
            accompanying = _with_noun(node) if node == governor and node.tag_ == "VBG" else None
            if accompanying is not None:
                return accompanying
            added = node.tag_ == "VBG" and node.i > 0 and node.nbor(-1).text == ","
            if node.dep_ in ("acl", "relcl") and is_noun(node.head) and not added:
                return self._outer(node.head)
            if node.dep_ in ("advmod", "amod", "npadvmod") and is_noun(node.head) and node.i > node.head.i:
                return node.head
            if node.head == node:
                return None
            node = node.head
        return None

    def _outer(self, noun: Token) -> Token:
        """"prices in four cities, increasing by 0.3 percent": what is counted already is not what increases."""
        counted = any(child.i in self.numbers for child in noun.lefts)
        if counted and noun.dep_ == "pobj" and is_noun(noun.head.head):
            return noun.head.head
        return noun

    def _changed_object(self, draft: Draft) -> Measure | None:
        """"reducing poverty incidence to zero", "cut emissions by 5 percent", "raised output to 3 million tonnes"."""
        before = draft.before(1)
        governor = self._governor(draft)
        if before is None or before.lower_ not in ("to", "by", "from", "at") or governor is None:
            return None
        moving = governor.lower_ in directions() or governor.lower_ in words("claims/placing_verbs")
        if not moving or not governor.tag_.startswith("VB"):
            return None
        for child in governor.rights:
            if child.dep_ in ("dobj", "obj") and child.i < before.i and is_noun(child) and child.i not in self.numbers:
                return self._noun_phrase(child, "changed-object")
        return None

    def _beside(self, draft: Draft) -> Measure | None:
        """"to 140 million yuan in 2004 and 279 million yuan in 2005": a second level of the same thing."""
        joint = draft.before(1)
        earlier = self.done[-1] if self.done else None
        if earlier is None or joint is None or earlier.measure is None or joint.lower_ not in ("and", "or", ",", "to"):
            return None
        if joint.lower_ == "to" and (earlier.before(1) or joint).lower_ != "from":
            return None
        same = earlier.sentence.number == draft.sentence.number and earlier.quantity.unit == draft.quantity.unit
        return Measure(earlier.measure, earlier.evidence.get("measure"), "level-beside") if same else None

    def _part(self, draft: Draft) -> Measure | None:
        """"including 169 from Hong Kong", "147 more than in the same period": the noun counted just before."""
        before, after = draft.before(1), draft.after(1)
        whole = draft.after(2)
        of_them = after is not None and after.lower_ == "of" and whole is not None and _is_pro_form(whole)
        cued = of_them or (before is not None and before.lower_ in ("including", "which", "whom", "them", "these"))
        than = whole is not None and whole.lower_ in ("than", "from")
        compared = after is not None and (
            after.lower_ in ("were", "are", "was") or (than and after.lower_ in ("more", "fewer", "less", "higher", "lower"))
        )
        plural = after is not None and (after.tag_ in ("NNS", "NNPS", "JJ", "VBN") or (after.tag_ == "NN" and after.dep_ == "compound"))
        if not cued and not compared or (cued and not of_them and plural):
            return None
        if after is not None and after.lower_ in ("were", "are") and whole is not None and whole.tag_ == "NNS":
            return self._phrase(whole, whole, "predicate-noun", prepositions=_OF)
        return self._understood(draft) or (self._previous_subject(draft) if of_them else None)

    def _previous_subject(self, draft: Draft) -> Measure | None:
        """"Residents of the zone may join. 41,200 of them have": the plural subject of the sentence before."""
        number = draft.sentence.number - 1
        if number < 0:
            return None
        subject = _own_subject(self.index.sentences[number].span.root)
        return self._noun_phrase(subject, "subject-before") if subject is not None and subject.tag_ == "NNS" else None

    def _apposed(self, draft: Draft) -> Measure | None:
        """"the remainder, 1.4 billion, crossed a border", "The money, 90 million yuan in all": in apposition."""
        before, head = draft.before(1), draft.root.head
        if before is None or before.text not in (",", "--", ":") or draft.root.dep_ != "appos":
            return None
        if not is_noun(head) or head.i > draft.span.start or head.i in self.numbers or self._is_actor(head):
            return None
        return self._noun_phrase(head, "apposition")

    def _worth(self, draft: Draft) -> Measure | None:
        """"vouchers worth HK$2,000": the noun before."""
        before, noun = draft.before(1), draft.before(2)
        if before is None or before.lower_ != "worth" or noun is None or not is_noun(noun):
            return None
        return self._phrase(left_edge(noun), noun, "worth-noun", prepositions=frozenset())

    def _from_funds(self, draft: Draft) -> Measure | None:
        """"will receive 20 million yuan from central funds": the funds."""
        after, first = draft.after(1), draft.after(2)
        if after is None or after.lower_ != "from" or first is None:
            return None
        found = counted_noun(_past_articles(first), self._limit(draft))
        if found is None or found[1].lower_ not in ("fund", "funds", "funding", "subsidies", "grants", "loans"):
            return None
        return self._phrase(found[0], found[1], "from-funds", prepositions=frozenset())

    def _ellipsis(self, draft: Draft) -> Measure | None:
        """"each gets 20 million yuan, and the three others 8 million yuan": no verb of its own, the same measure."""
        alike = (d for d in reversed(self.done[-4:]) if d.quantity.unit == draft.quantity.unit)
        earlier = next(alike, None)
        if earlier is None or earlier.measure is None or earlier.sentence.number != draft.sentence.number:
            return None
        further = {(draft.before(step) or draft.root).lower_ for step in (1, 2)} & {"further", "another", "additional"}
        between = self.index.doc[earlier.span.end : draft.span.start]
        verbless = not any(token.pos_ in ("VERB", "AUX") for token in between)
        if not further and not verbless:
            return None
        return Measure(earlier.measure, earlier.evidence.get("measure"), "ellipsis")

    def _same_number(self, draft: Draft) -> Measure | None:
        """"The six are:" after "six places": the number that was counted before, again."""
        before = draft.before(1)
        if before is None or before.lower_ not in ("the", "these", "those", "all"):
            return None
        for earlier in reversed(self.done[-8:]):
            if earlier.kind == "count" and earlier.quantity.value == draft.quantity.value and earlier.measure:
                return Measure(earlier.measure, earlier.evidence.get("measure"), "number-again")
        return None

    def _price(self, draft: Draft) -> Measure | None:
        """"a hot lunch for 12 yuan"; "0.6 yuan a ride", "35 yuan per tonne": a price."""
        after, third = draft.after(1), draft.after(2)
        per = after is not None and after.lower_ in ("a", "an", "per", "each") and third is not None and third.tag_ == "NN"
        if after is not None and after.lower_ == "apiece":
            return Measure("price", None, "price")
        timed = third is not None and self._is_place_or_time(third) or (third is not None and third.lower_ in words("claims/time_units"))
        return Measure("price", None, "price") if per and not timed else None

    def _priced(self, draft: Draft) -> Measure | None:
        """"a hot lunch for 12 yuan": the thing that is to be had."""
        before, noun = draft.before(1), draft.before(2)
        if before is None or before.lower_ != "for" or noun is None or not is_noun(noun) or self._is_place_or_time(noun):
            return None
        return self._phrase(left_edge(noun), noun, "priced-noun", prepositions=_OF)

    def _price_at(self, draft: Draft) -> Measure | None:
        """"bought them at 210 yuan apiece", "For 17 yuan a month, people ride": a price, whoever pays it."""
        before = draft.before(1)
        if before is None or before.lower_ not in ("at", "for"):
            return None
        opening = before.i == draft.sentence.tokens[0].i and before.lower_ == "for"
        return Measure("price", None, "price") if opening else self._price(draft)

    def _distance(self, draft: Draft) -> Measure | None:
        """"40 km southwest of the county seat"."""
        after = draft.after(1)
        far = draft.quantity.unit.dimension == "length" and after is not None and after.lower_ in words("claims/bearings")
        return Measure("distance", None, "distance") if far else None

    def _magnitude(self, draft: Draft) -> Measure | None:
        """"an earthquake of magnitude 4.8"."""
        before = draft.before(1)
        named = before is not None and before.lower_ == "magnitude"
        return Measure(before.text, extent_of(before, before), "magnitude") if named and before is not None else None

    def _respective(self, draft: Draft) -> Measure | None:
        """"Exports and imports rose by 4.8 and 9.1 percent respectively": the n-th noun for the n-th number."""
        if not any(token.lower_ == "respectively" for token in draft.sentence.tokens):
            return None
        governor = self._governor(draft)
        subject = self._subject_of(governor, draft) if governor is not None else None
        if subject is None or not is_noun(subject) or self._is_actor(subject):
            return None
        members = [subject, *subject.conjuncts]
        same = [d for d in self.done if d.sentence.number == draft.sentence.number and d.quantity.unit == draft.quantity.unit]
        if len(members) < 2 or len(same) >= len(members):
            return None
        noun = members[len(same)]
        return self._phrase(left_edge(noun), noun, "respective", prepositions=frozenset()) if is_noun(noun) else None

    def _stake(self, draft: Draft) -> Measure | None:
        """"of which it will hold 51 percent": a stake."""
        verb = self._verb_before(draft)
        held = verb is not None and headings().get(verb.lower_) == "stake"
        return Measure("stake", extent_of(verb, verb), "verb-heading") if held and verb is not None else None

    def _for_right(self, draft: Draft) -> Measure | None:
        """"up to 4 million yuan for machines": what the money is for, where nothing else says what it is."""
        after, first = draft.after(1), draft.after(2)
        if after is None or after.lower_ != "for" or first is None or self._is_place_or_time(first):
            return None
        found = counted_noun(_past_articles(first), self._limit(draft))
        if found is None or self._is_place_or_time(found[1]):
            return None
        return self._phrase(found[0], found[1], "for-phrase", prepositions=_OF)

    def _antecedent(self, draft: Draft) -> Measure | None:
        """"but the figure rose to over 18 billion yuan": the measure of the claim before."""
        for earlier in reversed(self.done[-4:]):
            alike = earlier.kind == draft.kind or draft.kind != "percent"
            if alike and earlier.measure is not None and draft.sentence.number - earlier.sentence.number <= 1:
                return Measure(earlier.measure, earlier.evidence.get("measure"), "antecedent")
        subjects = [t for t in draft.sentence.tokens if t.dep_ == "nsubj" and is_noun(t) and t.i < draft.span.start]
        usable = [t for t in subjects if not self._is_actor(t) and t.lower_ not in words("claims/antecedent_words")]
        return self._noun_phrase(usable[0], "subject-before") if usable else None

    def _understood(self, draft: Draft, *, any_kind: bool = False) -> Measure | None:
        """"including 169 from Hong Kong", "931 more than those in the previous year": the noun counted before."""
        for earlier in reversed(self.done[-5:]):
            near = draft.sentence.number - earlier.sentence.number <= 2
            if near and earlier.measure is not None and (any_kind or earlier.kind == "count"):
                return Measure(earlier.measure, earlier.evidence.get("measure"), "noun-understood")
        return None

    def _nearest_noun(self, draft: Draft) -> Measure | None:
        """Last resort: the noun phrase right before the amount, "tuition fees, 5,000 yuan"."""
        for step in range(1, 7):
            token = draft.before(step)
            if token is None:
                return None
            if is_noun(token) and not self._is_place_or_time(token) and token.i not in self.numbers:
                if not self._is_actor(token):
                    return self._phrase(left_edge(token), token, "nearest-noun", prepositions=frozenset())
                return None
        return None

    def _dimension(self, draft: Draft) -> Measure | None:
        """"covers 0.4 square kilometers": the dimension is the head of the column."""
        heading = dimensions().get(draft.quantity.unit.dimension)
        return Measure(heading, None, "dimension") if heading else None

    def _ranked(self, draft: Draft) -> Measure | None:
        """"the second-largest economy"; "ranking second in the province": what the clause before measured."""
        if draft.span[-1].tag_ == "JJS" or len(draft.span) > 1 and draft.span[-1].lower_.endswith("est"):
            first = draft.after(1)
            found = counted_noun(first, self._limit(draft)) if first is not None else None
            return self._phrase(found[0], found[1], "ranked-noun", prepositions=_OF) if found else None
        return self._ranked_for(draft) or self._level_in_sentence(draft)

    def _ranked_for(self, draft: Draft) -> Measure | None:
        """"ranked third in Hebei for air quality", "ranked fifth in terms of GDP"."""
        for step in range(1, 7):
            token = draft.after(step)
            if token is None or token.text in (",", "."):
                return None
            first = draft.after(step + 1)
            if token.lower_ in ("for", "by") or (token.lower_ == "of" and (draft.after(step - 1) or token).lower_ == "terms"):
                found = counted_noun(_past_articles(first), self._limit(draft)) if first is not None else None
                return self._phrase(found[0], found[1], "ranked-for", prepositions=_OF) if found else None
        return None

    def _level_in_sentence(self, draft: Draft) -> Measure | None:
        for earlier in reversed(self.done[-3:]):
            if earlier.measure and earlier.sentence.number == draft.sentence.number:
                return Measure(earlier.measure, earlier.evidence.get("measure"), "level-before")
        return None

    def _multiplied(self, draft: Draft) -> Measure | None:
        """"Exports doubled", "doubled its output", "three times the level of 2015"."""
        if draft.span[0].lower_ not in multiples():
            return None
        after = draft.after(1)
        direct = after is not None and after.tag_ in ("DT", "PRP$")
        first = draft.after(2) if direct else None
        if first is not None and first.lower_ in words("claims/antecedent_words") | {"level", "levels"}:
            return self._antecedent(draft)
        found = counted_noun(first, self._limit(draft)) if first is not None else None
        return self._phrase(found[0], found[1], "multiplied-object", prepositions=_OF) if found else None

    # -- phrases

    def _noun_phrase(self, noun: Token, rule: str) -> Measure | None:
        if not is_noun(noun):
            return None
        number_of = self._behind_number_of(noun)
        noun = number_of or noun
        return self._phrase(left_edge(noun), noun, rule, prepositions=None)

    def _shares_next(self, draft: Draft) -> Measure | None:
        """"46 and 19 charging stations": the noun stands behind the second number."""
        joint, number = draft.after(1), draft.after(2)
        if joint is None or number is None or joint.lower_ not in ("and", "or") or number.tag_ != "CD":
            return None
        first = draft.after(3)
        found = counted_noun(first, self._limit(draft)) if first is not None and first.i not in self.numbers else None
        return self._phrase(found[0], found[1], "counted-noun", prepositions=_OF) if found else None

    def _gapped(self, draft: Draft) -> Measure | None:
        """"Exports came to 828 billion yuan, and imports to 449 billion yuan": the verb is left out."""
        before, noun, joint = draft.before(1), draft.before(2), draft.before(3)
        if before is None or noun is None or joint is None or before.lower_ not in ("to", "at", "by"):
            return None
        fits = noun.tag_ in ("NN", "NNS") and joint.lower_ in ("and", "while", ",", "but")
        return self._phrase(left_edge(noun), noun, "gapped-subject", prepositions=frozenset()) if fits else None

    def _noun_up(self, draft: Draft) -> Measure | None:
        """"with exports up nearly a third", "fiscal revenue down 5.5 pct": the noun right before up or down."""
        cue, noun = draft.before(1), draft.before(2)
        if cue is None or noun is None or cue.lower_ not in ("up", "down") or not is_noun(noun):
            return None
        if self._is_place_or_time(noun) or noun.i in self.numbers:
            return None
        return self._phrase(left_edge(noun), noun, "noun-up", prepositions=frozenset())

    def _passive(self, draft: Draft) -> Measure | None:
        """"1.7 billion yuan has been set aside", "3 billion yuan was invested": the verb heads the column."""
        verb = draft.root.head
        if draft.root.dep_ != "nsubjpass":
            return None
        heading = "funds" if verb.lower_ == "set" else headings().get(verb.lower_)
        return Measure(heading, extent_of(verb, verb), "verb-heading") if heading else None

    def _behind_number_of(self, noun: Token) -> Token | None:
        """"the number of visitors reached 2 million" counts visitors."""
        if noun.lower_ not in words("claims/container_nouns") or noun.i + 2 >= noun.sent.end:
            return None
        if noun.nbor(1).lower_ != "of":
            return None
        found = counted_noun(self._past_owner(_past_articles(noun.nbor(2))), noun.sent.end)
        return found[1] if found else None

    def _phrase(self, first: Token, head: Token, rule: str, *, prepositions: frozenset[str] | None) -> Measure:
        while first.i < head.i and (first.i in self.numbers or first.tag_ == "HYPH" or first.nbor(1).i in self.numbers):
            first = first.nbor(1)
        stop = self._is_place_or_time_or_number
        if prepositions is None:
            last = right_edge(head, stop=stop)
        else:
            last = right_edge(head, prepositions=prepositions, stop=stop)
        extent = extent_of(first, last)
        text = " ".join(self.index.text[extent.start : extent.end].split())
        return Measure(text, extent, rule)

    def _is_place_or_time(self, token: Token) -> bool:
        if self.index.dates.touching(token.idx, token.idx + len(token)) is not None:
            return True
        return any(
            mention.kind == "region" and mention.extent.start <= token.idx < mention.extent.end
            for mention in self.index.mentions_by_sentence.get(self.index.sentence_of(token).number, ())
        )

    def _is_place_or_time_or_number(self, token: Token) -> bool:
        return token.i in self.numbers or self._is_place_or_time(token)

    def _is_actor(self, noun: Token) -> bool:
        """Whether a subject is a place, an organisation, a person or a pronoun: it has a measure, it is none."""
        if noun.tag_ in ("PRP", "WP", "EX", "DT") and noun.lower_ not in words("claims/antecedent_words"):
            return True
        number = self.index.sentence_of(noun).number
        return any(
            mention.extent.start <= noun.idx < mention.extent.end
            for mention in self.index.mentions_by_sentence.get(number, ())
        )


def _is_pro_form(token: Token) -> bool:
    return token.tag_ in ("PRP", "WDT", "WP") or token.lower_ in ("that", "those", "these", "which", "whom", "this")


def zero_rate(draft: Draft) -> None:
    """"reducing poverty incidence to zero": a rate of zero is in percent."""
    last = (draft.measure or "").lower().rpartition(" ")[2]
    if draft.quantity.value == 0 and draft.kind == "count" and last in words("claims/rate_nouns"):
        draft.quantity = replace(draft.quantity, unit=PERCENT)


def _past_articles(token: Token) -> Token:
    while token.tag_ in ("DT", "PRP$") and token.i + 1 < token.sent.end:
        token = token.nbor(1)
    return token


def _with_noun(verb: Token) -> Token | None:
    """"The market held, with home prices in four cities increasing by 0.3 percent": what stands after "with"."""
    for token in reversed(verb.doc[max(verb.sent.start, verb.i - 25) : verb.i]):
        if token.tag_ in ("VBD", "VBZ", "VBP", "MD") or token.text == ";":
            return None
        if token.lower_ == "with":
            return next((child for child in token.rights if child.dep_ == "pobj" and is_noun(child)), None)
    return None


def _own_subject(node: Token) -> Token | None:
    return next((child for child in node.lefts if child.dep_ in ("nsubj", "nsubjpass")), None)


@cache
def headings() -> dict[str, str]:
    """What an analyst would head the column with, by verb."""
    return {row["verb"]: row["heading"] for row in table("claims/headings")}


@cache
def dimensions() -> dict[str, str]:
    """What an analyst would head the column with, by the unit's dimension."""
    return {row["dimension"]: row["heading"] for row in table("claims/dimensions")}


_RULES = {
    "count": (
        "_part",
        "_shares_next",
        "_magnitude",
        "_counted",
        "_same_number",
        "_noun_up",
        "_of_left",
        "_apposed",
        "_changed_object",
        "_beside",
        "_subject",
        "_understood",
        "_antecedent",
        "_nearest_noun",
    ),
    "money": (
        "_bracketed",
        "_worth",
        "_of_right",
        "_in_right",
        "_attributive",
        "_of_left",
        "_apposed",
        "_from_funds",
        "_respective",
        "_price_at",
        "_priced",
        "_passive",
        "_heading",
        "_changed_object",
        "_gapped",
        "_noun_up",
        "_trailing",
        "_beside",
        "_ellipsis",
        "_subject",
        "_price",
        "_for_right",
        "_nearest_noun",
        "_dimension",
    ),
    "percent": (
        "_of_right",
        "_attributive",
        "_of_left",
        "_respective",
        "_changed_object",
        "_stake",
        "_gapped",
        "_noun_up",
        "_trailing",
        "_beside",
        "_subject",
        "_ellipsis",
        "_antecedent",
        "_nearest_noun",
    ),
    "measure": (
        "_distance",
        "_of_right",
        "_in_right",
        "_attributive",
        "_of_left",
        "_respective",
        "_heading",
        "_changed_object",
        "_trailing",
        "_beside",
        "_ellipsis",
        "_subject",
        "_for_right",
        "_dimension",
        "_nearest_noun",
    ),
    "multiple": ("_multiplied", "_trailing", "_subject", "_antecedent"),
    "rank": ("_ranked", "_subject"),
}
