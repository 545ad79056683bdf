"""Measures whose noun is said once for several numbers: behind the last of them, or with the first."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.resources import words
from pipeline.stages.claims.draft import Draft
from pipeline.stages.claims.measures.base import Measure, own_subject
from pipeline.stages.claims.measures.headed import Headed
from pipeline.stages.claims.phrases import counted_noun, is_noun

_OF = frozenset({"of"})
_CUES = frozenset({"including", "which", "whom", "them", "these", "against", "versus"})


class SharedNouns(Headed):
    """Rules for a noun that stands with another number."""

    def _shares_next(self, draft: Draft) -> Measure | None:
        """As in "46 and 19 charging stations": the noun stands behind the second number."""
        joint, number = draft.after(1), draft.after(2)
        if joint is not None and joint.lower_ == "to":
            return self._shares_end(draft)
        if joint is None or number is None or joint.lower_ not in ("and", "or") or number.tag_ != "CD":
            return None
        first = next((t for t in draft.sentence.tokens if t.i > number.i and t.i not in self.numbers), None)
        if draft.quantity.form == "words" and first != draft.after(3):
            return None
        found = counted_noun(first, self._limit(draft)) if first is not None else None
        if found is not None and found[0].lower_ in words("claims/generic_units"):
            return None
        return self._phrase(found[0], found[1], "counted-noun", prepositions=_OF) if found else None

    def _shares_end(self, draft: Draft) -> Measure | None:
        """As in "from 12,300 to about 4,200 permits": the noun stands behind the level that was reached."""
        start, rest = draft.before(1), [token for token in map(draft.after, range(2, 7)) if token is not None]
        end = next((token for token in rest if token.i in self.numbers), None)
        if start is None or start.lower_ != "from" or end is None:
            return None
        bound = [token for token in rest if token.i < end.i]
        if any(token.pos_ in ("VERB", "AUX") or token.is_punct or is_noun(token) for token in bound):
            return None
        first = next((t for t in draft.sentence.tokens if t.i > end.i and t.i not in self.numbers), None)
        found = counted_noun(first, self._limit(draft)) if first is not None else None
        if found is None or found[1].tag_ not in ("NNS", "NNPS") or found[0].lower_ in words("claims/generic_units"):
            # "from 12 to 15 year on year"
            return None
        return self._phrase(found[0], found[1], "counted-noun", prepositions=_OF)

    def _part(self, draft: Draft) -> Measure | None:
        """As in "including 154 from Hainan", "147 more than in the same period": the noun counted just before."""
        before, after = draft.before(1), draft.after(1)
        whole = draft.after(2)
        if after is not None and after.lower_ == "of":
            return None
        # "visitors, up from 410,000 in 2018"
        behind = draft.before(2) or draft.root
        up_from = before is not None and before.lower_ == "from" and behind.lower_ in ("up", "down")
        cued = up_from or (before is not None and before.lower_ in _CUES)
        than = whole is not None and whole.lower_ in ("than", "from")
        compared = after is not None and (
            after.lower_ in ("were", "are", "was")
            or (than and after.lower_ in ("more", "fewer", "less", "higher", "lower"))
        )
        plural = after is not None and (
            after.tag_ in ("NNS", "NNP", "NNPS", "VBN")
            or (after.tag_ == "NN" and after.dep_ == "compound")
            # "including 61 Dutch and 23 others" leaves out the noun
            or (after.tag_ == "JJ" and counted_noun(after, draft.sentence.span.end) is not None)
        )
        further = after is not None and after.lower_ == "more" and (whole is None or whole.is_punct or _has_come(whole))
        if (not cued and not compared and not further) or (cued and plural):
            return None
        if after is not None and after.lower_ in ("were", "are") and whole is not None and whole.tag_ == "NNS":
            return self._phrase(whole, whole, "predicate-noun", prepositions=_OF)
        return (self._enumerated(draft) if further else None) or self._understood(draft)

    def _enumerated(self, draft: Draft) -> Measure | None:
        """As in "The first high-speed line opened in 2014. Two more have followed": lines, of which one was told of."""
        number = draft.sentence.number - 1
        subject = own_subject(self.index.sentences[number].span.root) if number >= 0 else None
        if subject is None or not is_noun(subject) or subject.i in self.numbers or self._is_actor(subject):
            return None
        first = next((child for child in subject.lefts if child.lower_ in ("first", "second", "third", "one")), None)
        found = counted_noun(first.nbor(1), subject.i + 1) if first is not None and first.i < subject.i else None
        return self._phrase(found[0], found[1], "noun-understood", prepositions=frozenset()) if found else None

    def _included(self, draft: Draft) -> Measure | None:
        """As in "5 million tonnes of quotas to 24 mills, including 2 million tonnes to Jiujiang": the quotas."""
        cue = draft.before(1)
        if cue is None or cue.lower_ != "including":
            return None
        for earlier in reversed(self.done[-5:]):
            alike = earlier.sentence is draft.sentence and earlier.quantity.unit == draft.quantity.unit
            if alike and earlier.measure and earlier.change is None:
                return Measure(earlier.measure, earlier.evidence.get("measure"), "level-before")
        return None


def _has_come(token: Token) -> bool:
    """As in "two more have followed", "three more are planned"."""
    return token.pos_ == "AUX" or token.tag_ in ("MD", "VBD", "VBP")
