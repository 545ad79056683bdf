"""Measures that are left out and understood from the figures before."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.resources import words
from pipeline.stages.claims.changes import directions
from pipeline.stages.claims.draft import Draft
from pipeline.stages.claims.measures.base import Measure, Phrases, is_pro_form, own_subject
from pipeline.stages.claims.phrases import is_noun, left_edge

_OF = frozenset({"of"})


class Elided(Phrases):
    """Rules for nouns that the text leaves out."""

    def _trailing(self, draft: Draft) -> Measure | None:
        """As in "…hit 116 billion yuan, a surge of 27.12 percent", "…, up by 50 percent": the level before, again."""
        earlier = self.done[-1] if self.done else None
        if earlier is None or earlier.sentence.number != draft.sentence.number or earlier.measure is None:
            return None
        if self._inside_phrase(earlier):
            return None
        between = self.index.doc[earlier.span.end : draft.span.start]
        near = [token for token in (draft.before(step) for step in (1, 2, 3)) if token is not None]
        appended = draft.change is not None and any(token.text == "," for token in near)
        if not appended and any(
            token.tag_ in ("VBD", "VBZ", "VBP", "MD") and token.lower_ not in ("was", "were") for token in between
        ):
            return None
        if not any(token.text in (",", "(", "-", ";") for token in between) or any(
            t.lower_ == "while" for t in between
        ):
            return None
        if self._moves_itself(draft) is not None or self._with_participle(draft, earlier):
            return None
        return Measure(earlier.measure, earlier.evidence.get("measure"), "level-before")

    def _moves_itself(self, draft: Draft) -> Token | None:
        """As in "exports rose 3 percent, imports fell 2 percent": a noun between the comma and its own verb."""
        steps = 2 if (draft.before(1) or draft.root).lower_ == "by" else 1
        verb, noun = draft.before(steps), draft.before(steps + 1)
        if verb is None or noun is None or verb.tag_ not in ("VBD", "VBZ", "VBN") or verb.lower_ not in directions():
            return None
        subject = noun.tag_ in ("NN", "NNS", "VBZ") and noun.lower_ not in directions()
        if not subject or noun.i in self.numbers or self._is_teller(noun) or self._is_place_or_time(noun):
            return None
        first = left_edge(noun)
        opens = first.i == first.sent.start or first.nbor(-1).lower_ in (",", ";", "and", "while", "but")
        return noun if opens else None

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

    def _part(self, draft: Draft) -> Measure | None:
        """As in "including 154 from Hainan", "147 more than in the same period": the noun counted just before."""
        before, after = draft.before(1), draft.after(1)
        whole = draft.after(2)
        of_them = after is not None and after.lower_ == "of" and whole is not None and is_pro_form(whole)
        cued = of_them or (before is not None and before.lower_ in ("including", "which", "whom", "them", "these"))
        than = whole is not None and whole.lower_ in ("than", "from")
        compared = after is not None and (
            after.lower_ in ("were", "are", "was")
            or (than and after.lower_ in ("more", "fewer", "less", "higher", "lower"))
        )
        plural = after is not None and (
            after.tag_ in ("NNS", "NNP", "NNPS", "JJ", "VBN") or (after.tag_ == "NN" and after.dep_ == "compound")
        )
        if (not cued and not compared) or (cued and not of_them and plural):
            return None
        if after is not None and after.lower_ in ("were", "are") and whole is not None and whole.tag_ == "NNS":
            return self._phrase(whole, whole, "predicate-noun", prepositions=_OF)
        return self._understood(draft) or (self._previous_subject(draft) if of_them else None)

    def _previous_subject(self, draft: Draft) -> Measure | None:
        """As in "Residents of the zone may join. 41,200 of them have": the plural subject of the sentence before."""
        number = draft.sentence.number - 1
        if number < 0:
            return None
        subject = own_subject(self.index.sentences[number].span.root)
        return self._noun_phrase(subject, "subject-before") if subject is not None and subject.tag_ == "NNS" else None

    def _ellipsis(self, draft: Draft) -> Measure | None:
        """As in "each gets 20 million yuan, and the others 8 million yuan": no verb of its own, the same measure."""
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
        """As in "The six are:" after "six places": the number that was counted before, again."""
        before = draft.before(1)
        if before is None or before.lower_ not in ("the", "these", "those", "all"):
            return None
        for earlier in reversed(self.done[-8:]):
            if earlier.kind == "count" and earlier.quantity.value == draft.quantity.value and earlier.measure:
                return Measure(earlier.measure, earlier.evidence.get("measure"), "number-again")
        return None

    def _antecedent(self, draft: Draft) -> Measure | None:
        """As in "but the figure rose to over 18 billion yuan": the measure of the claim before."""
        return self._told_before(draft) or self._subject_before(draft)

    def _told_before(self, draft: Draft) -> Measure | None:
        """The measure of the nearest claim of its kind, in this sentence or the one before."""
        for earlier in reversed(self.done[-4:]):
            alike = earlier.kind == draft.kind or draft.kind != "percent" or draft.change is not None
            if alike and earlier.measure is not None and draft.sentence.number - earlier.sentence.number <= 1:
                return Measure(earlier.measure, earlier.evidence.get("measure"), "antecedent")
        return None

    def _subject_before(self, draft: Draft) -> Measure | None:
        """As in "Trade with Japan was flat, while that with Korea dropped by 31 percent": the subject before."""
        subjects = [t for t in draft.sentence.tokens if t.dep_ == "nsubj" and is_noun(t) and t.i < draft.span.start]
        usable = [t for t in subjects if not self._is_actor(t) and t.lower_ not in words("claims/antecedent_words")]
        return self._noun_phrase(usable[0], "subject-before") if usable else None

    def _understood(self, draft: Draft, *, any_kind: bool = False) -> Measure | None:
        """As in "including 154 from Hainan", "931 more than those in the previous year": the noun counted before."""
        for earlier in reversed(self.done[-5:]):
            near = draft.sentence.number - earlier.sentence.number <= 2
            if near and earlier.measure not in (None, "times") and (any_kind or earlier.kind == "count"):
                return Measure(earlier.measure or "", earlier.evidence.get("measure"), "noun-understood")
        return None

    def _level_in_sentence(self, draft: Draft) -> Measure | None:
        for earlier in reversed(self.done[-3:]):
            if earlier.measure and earlier.sentence.number == draft.sentence.number:
                return Measure(earlier.measure, earlier.evidence.get("measure"), "level-before")
        return None
