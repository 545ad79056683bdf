"""Measures that are left out and understood from the figures before."""

from __future__ import annotations

from spacy.tokens import Span, Token

from pipeline.resources import words
from pipeline.stages.claims.changes import directions
from pipeline.stages.claims.draft import Draft
from pipeline.stages.claims.measures.base import Measure, Phrases, own_subject
from pipeline.stages.claims.phrases import is_noun, left_edge

_OF = frozenset({"of"})
_NARROWING = frozenset({"in", "with", "from", "across", "for", "over", "on", "at", "between", "by"})


def _has_subject(tokens: Span) -> bool:
    """As in "6 million visits, up 41 percent, and bookings were up 63 percent": something else is what is up."""
    return any(
        token.dep_ in ("nsubj", "nsubjpass") and is_noun(token) and token.head.lower_ in ("was", "were", "is", "are")
        for token in tokens
    )


def _opens_clause(preposition: Token) -> bool:
    """As in "; with Australia, surged 54 percent", "and with Brazil fell": a joint before it."""
    before = preposition.nbor(-1)
    return before.text == ";" or (before.lower_ in ("and", "while", "but") and preposition.lower_ in ("with", "to"))


def between(first: Token, draft: Draft) -> Span:
    """The tokens from one token up to a number."""
    return first.doc[first.i : draft.span.start]


class Elided(Phrases):
    """Rules for nouns that the text leaves out."""

    def _trailing(self, draft: Draft) -> Measure | None:
        """As in "…hit 116 billion yuan, a surge of 27.12 percent", "…, up by 50 percent": the level before, again."""
        earlier = self.done[-1] if self.done else None
        if earlier is None or earlier.sentence.number != draft.sentence.number or earlier.measure is None:
            return None
        if self._inside_phrase(earlier) or self._goes_on(draft, earlier) or self._of_other_size(draft, earlier):
            return None
        between = self.index.doc[earlier.span.end : draft.span.start]
        near = [token for token in (draft.before(step) for step in (1, 2, 3)) if token is not None]
        multiple = draft.kind == "multiple" and near[:1] and near[0].text == ","
        appended = multiple or (draft.change is not None and any(token.text in (",", "but") for token in near))
        if not appended and any(
            token.tag_ in ("VBD", "VBZ", "VBP", "MD") and token.lower_ not in ("was", "were") for token in between
        ):
            return None
        if not any(token.text in (",", "(", "-", ";", "but") for token in between) or any(
            t.lower_ == "while" for t in between
        ):
            return None
        if self._moves_itself(draft) is not None or self._with_participle(draft, earlier) or _has_subject(between):
            return None
        return self._again(draft, earlier, "level-before")

    def _again(self, draft: Draft, earlier: Draft, rule: str) -> Measure:
        """The measure of a figure before; what it is with or of is left out where the clause says another.

        "trade with ASEAN rose 9 percent; with Australia, it surged 54 percent": trade.
        """
        extent = earlier.evidence.get("measure")
        told = Measure(earlier.measure or "", extent, rule)
        clause = self.index.doc[earlier.span.end : draft.span.start]
        opening = next((token for token in clause if token.tag_ in ("IN", "TO") and _opens_clause(token)), None)
        if extent is None or opening is None or earlier.sentence is not draft.sentence:
            return told
        first, last = self.index.token_at(extent.start), self.index.token_at(extent.end - 1)
        phrase = self.index.doc[first.i + 1 : last.i + 1]
        tie = next((token for token in phrase if token.lower_ == opening.lower_), None)
        return self._stretch(first, tie.nbor(-1), rule) if tie is not None else told

    def _of_other_size(self, draft: Draft, earlier: Draft) -> bool:
        """As in "5 million cubic meters of water, enough for 800 hectares": no land is what water was."""
        sizes = ("measure", "money")
        if draft.kind == "money" and earlier.kind == "count":
            # "paid 23 million yuan to 9,100 herders, or 2,500 yuan each"
            return any(told.kind == "money" and told.sentence is draft.sentence for told in self.done[-3:])
        if draft.kind not in sizes or earlier.kind not in sizes or draft.change is not None:
            return False
        before = (draft.before(1) or draft.root).lower_
        alike = draft.quantity.unit.dimension == earlier.quantity.unit.dimension
        return not alike and before not in ("or", "(", "to", "for", "with", "at")

    def _moves_itself(self, draft: Draft) -> Token | None:
        """As in "exports rose 3 percent, imports fell 2 percent": a noun between the comma and its own verb."""
        steps = 2 if (draft.before(1) or draft.root).lower_ == "by" else 1
        verb, noun = draft.before(steps), draft.before(steps + 1)
        if verb is None or noun is None or verb.tag_ not in ("VBD", "VBZ", "VBN") or verb.lower_ not in directions():
            return None
        subject = noun.tag_ in ("NN", "NNS", "VBZ") and noun.lower_ not in directions()
        if not subject or noun.i in self.numbers or self._is_teller(noun) or self._is_place_or_time(noun):
            return None
        if noun.lower_ in words("claims/place_nouns"):
            # "Sales to Brazil, Peru and other countries rose": where to, whatever the parser makes of it
            return None
        first = left_edge(noun)
        if first.i == first.sent.start:
            return noun
        opens = first.nbor(-1).lower_ in (",", ";", "and", "while", "but")
        return noun if opens and not self._coordinated(first.nbor(-1)) else None

    def _coordinated(self, joint: Token) -> bool:
        """As in "imports and exports rose", "computer, phone and other makers rose": the joint ties two nouns."""
        if joint.i <= joint.sent.start or joint.lower_ not in ("and", ","):
            return False
        before = joint.nbor(-1)
        return is_noun(before) and before.i not in self.numbers and not self._is_place_or_time(before)

    def _own_mover(self, draft: Draft) -> Measure | None:
        """As in "…, imports fell 2 percent", where the parser takes the noun for a verb."""
        noun = self._moves_itself(draft)
        tagged = noun is not None and (noun.tag_ == "VBZ" or noun.dep_ not in ("nsubj", "nsubjpass"))
        return self._phrase(left_edge(noun), noun, "own-mover", prepositions=frozenset()) if tagged and noun else None

    def _with_participle(self, draft: Draft, earlier: Draft) -> bool:
        """As in "…, with spending per visitor rising 8 percent": the participle has a noun of its own."""
        verb = draft.before(2) if (draft.before(1) or draft.root).lower_ == "by" else draft.before(1)
        if verb is None or verb.tag_ != "VBG":
            return False
        between = self.index.doc[earlier.span.end : verb.i]
        start = next((token.i for token in between if token.lower_ == "with"), None)
        return start is not None and any(is_noun(token) for token in self.index.doc[start : verb.i])

    def _goes_on(self, draft: Draft, earlier: Draft) -> bool:
        """As in "Prices of flats, which make up a third of the stock, fell 2 percent": the figure before is an aside.

        And as in "…, and the number of ferries doubled", where the number is the verb.
        """
        doing = draft.kind == "multiple" and draft.root.tag_ == "VBG"
        # "with the registered capital doubling to 5 billion yuan"
        verb = draft.root if doing or draft.root.tag_ in ("VBD", "VBZ") else draft.root.head
        if not verb.tag_.startswith("VB"):
            return False
        subject = own_subject(verb)
        if subject is None or subject.i in self.numbers or not is_noun(subject):
            return False
        return verb == draft.root or (
            subject.i < earlier.span.start and any(token.tag_ in ("WDT", "WP") for token in between(subject, earlier))
        )

    def _inside_phrase(self, earlier: Draft) -> bool:
        """As in "prices in four cities, increasing by 0.3 percent": the count before only narrows another noun."""
        measure = earlier.evidence.get("measure")
        if earlier.kind != "count" or measure is None:
            return False
        noun = self.index.token_at(measure.end - 1)
        return noun.dep_ == "pobj" and noun.head.lower_ in ("in", "across", "from") and is_noun(noun.head.head)

    def _bracketed(self, draft: Draft) -> Measure | None:
        """As in "15.85 trillion yuan (about 2.42 trillion U.S. dollars)": the same thing in another currency."""
        if draft.related is None or draft.relation != "equivalent":
            return None
        return Measure(draft.related.measure or "", draft.related.evidence.get("measure"), "conversion")

    def _beside(self, draft: Draft) -> Measure | None:
        """As in "to 140 million yuan in 2004 and 279 million yuan in 2005": a second level of the same thing."""
        joint = draft.before(1)
        earlier = self.done[-1] if self.done else None
        if earlier is None or joint is None or earlier.measure is None or joint.lower_ not in ("and", "or", ",", "to"):
            return None
        if joint.lower_ == "to" and (earlier.before(1) or joint).lower_ != "from":
            return None
        same = earlier.sentence.number == draft.sentence.number and earlier.quantity.unit == draft.quantity.unit
        return Measure(earlier.measure, earlier.evidence.get("measure"), "level-beside") if same else None

    def _previous_subject(self, draft: Draft) -> Measure | None:
        """As in "Residents of the zone may join. 41,200 of them have": the plural subject of the sentence before."""
        number = draft.sentence.number - 1
        if number < 0:
            return None
        subject = own_subject(self.index.sentences[number].span.root)
        return self._noun_phrase(subject, "subject-before") if subject is not None and subject.tag_ == "NNS" else None

    def _ellipsis(self, draft: Draft) -> Measure | None:
        """As in "each gets 20 million yuan, and the others 8 million yuan": no verb of its own, the same measure."""
        dimension = draft.quantity.unit.dimension
        alike = (d for d in reversed(self.done[-4:]) if d.quantity.unit.dimension == dimension)
        earlier = next(alike, None)
        further = {(draft.before(step) or draft.root).lower_ for step in (1, 2)} & {"further", "another", "additional"}
        reach = 1 if further else 0
        if earlier is None or earlier.measure is None or draft.sentence.number - earlier.sentence.number > reach:
            return None
        between = self.index.doc[earlier.span.end : draft.span.start]
        verbless = not any(token.pos_ in ("VERB", "AUX") for token in between)
        if not further and not verbless:
            return None
        return Measure(earlier.measure, earlier.evidence.get("measure"), "ellipsis")

    def _same_number(self, draft: Draft) -> Measure | None:
        """As in "The six are:" after "six places": the number that was counted before, again."""
        before, after = draft.before(1), draft.after(1)
        chosen = before is not None and before.lower_ in words("claims/choosing_words")
        if chosen:
            before = draft.before(2)
        if before is None or before.lower_ not in ("the", "these", "those", "all", "its", "their"):
            return None
        if after is not None and not (after.is_punct or after.pos_ in ("VERB", "AUX", "ADP")):
            return None
        for earlier in reversed(self.done[-8:]):
            if earlier.kind == "count" and earlier.quantity.value == draft.quantity.value and earlier.measure:
                return Measure(earlier.measure, earlier.evidence.get("measure"), "number-again")
        return self._understood(draft) if chosen else None

    def _antecedent(self, draft: Draft) -> Measure | None:
        """As in "but the figure rose to over 18 billion yuan": the measure of the claim before."""
        return self._told_before(draft) or self._subject_before(draft)

    def _told_before(self, draft: Draft) -> Measure | None:
        """The measure of the nearest claim of its kind, in this sentence or the one before."""
        near = [
            earlier
            for earlier in reversed(self.done[-4:])
            if earlier.measure and draft.sentence.number - earlier.sentence.number <= 1 and _may_be_told(draft, earlier)
        ]
        # "Prices fell 3 percent in 20 cities. In Ganzhou they fell 7 percent": prices, not cities
        meant = next((earlier for earlier in near if not narrows(earlier)), next(iter(near), None))
        return self._again(draft, meant, "antecedent") if meant else None

    def _subject_before(self, draft: Draft) -> Measure | None:
        """As in "Trade with Japan was flat, while that with Korea dropped by 31 percent": the subject before."""
        subjects = [t for t in draft.sentence.tokens if t.dep_ == "nsubj" and is_noun(t) and t.i < draft.span.start]
        barred = words("claims/antecedent_words") | (
            words("claims/acting_nouns") if draft.kind == "count" else frozenset()
        )
        usable = [t for t in subjects if not self._is_actor(t) and t.lower_ not in barred and t.i not in self.numbers]
        return self._noun_phrase(usable[0], "subject-before") if usable else None

    def _understood(self, draft: Draft, *, any_kind: bool = False) -> Measure | None:
        """As in "including 154 from Hainan", "931 more than those in the previous year": the noun counted before."""
        near = [
            earlier
            for earlier in reversed(self.done[-6:])
            if draft.sentence.number - earlier.sentence.number <= 2
            and earlier.measure not in (None, "times")
            and (any_kind or earlier.kind == "count")
        ]
        if not near:
            return None
        beside = [earlier for earlier in near if earlier.sentence is near[0].sentence]
        meant = next((earlier for earlier in beside if not narrows(earlier)), near[0])
        return Measure(meant.measure or "", meant.evidence.get("measure"), "noun-understood")

    def _level_in_sentence(self, draft: Draft) -> Measure | None:
        for earlier in reversed(self.done[-3:]):
            if earlier.measure and earlier.sentence.number == draft.sentence.number:
                return Measure(earlier.measure, earlier.evidence.get("measure"), "level-before")
        return None


def _may_be_told(draft: Draft, earlier: Draft) -> bool:
    """Whether two figures can be of one thing: people are not what money was, nor hectares what tonnes were."""
    if draft.kind == "percent":
        return draft.change is not None or earlier.kind == "percent"
    if draft.kind == "multiple" or earlier.change is not None or earlier.quantity.value == 0:
        return True
    if (draft.before(1) or draft.root).text == "(" and earlier.kind == "percent":
        # "The east took 74 percent of the volume. Guangdong (13 billion) and Zhejiang (12 billion) lead"
        return True
    if draft.kind == "measure":
        return draft.quantity.unit.dimension == earlier.quantity.unit.dimension
    return draft.kind == earlier.kind


def narrows(earlier: Draft) -> bool:
    """As in "38 parks in 17 provinces", "213 firms with 4,600 workers": a count that only narrows another noun."""
    step = 1
    while step < 4 and (earlier.before(step) or earlier.root).tag_ in ("DT", "PRP$"):
        # "3.4 shops for every 10,000 residents"
        step += 1
    before, outer = earlier.before(step), earlier.before(step + 1)
    return before is not None and outer is not None and before.lower_ in _NARROWING and is_noun(outer)
