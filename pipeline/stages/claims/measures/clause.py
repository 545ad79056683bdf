"""Measures that are the subject or the changed object of the clause."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.annotations import Extent
from pipeline.resources import words
from pipeline.stages.claims.changes import directions, misread_cut
from pipeline.stages.claims.draft import Draft
from pipeline.stages.claims.measures.base import Measure, own_subject, past_articles
from pipeline.stages.claims.measures.elided import narrows
from pipeline.stages.claims.measures.headings import headings
from pipeline.stages.claims.measures.pointing import Pointing
from pipeline.stages.claims.phrases import counted_noun, extent_of, is_noun

_RELATIVES = frozenset({"which", "that", "who", "whom"})


class Clauses(Pointing):
    """Rules that follow the clause."""

    def _subject(self, draft: Draft) -> Measure | None:
        """As in "Tax revenue slid 4.6 percent to 13.5 trillion yuan", "fiscal revenue plummeted, down 5.5 percent"."""
        cue = self._governor(draft)
        if cue is None or self._is_object(draft, cue):
            return None
        if draft.kind in ("percent", "count") and draft.root.dep_ in ("nsubj", "nsubjpass") and draft.change is None:
            return self._understood(draft)
        subject = self._added_up(draft, cue) or self._subject_of(cue, draft)
        if draft.kind == "count" and subject is not None and self._acts(subject, draft):
            return self._understood_but(draft, subject)
        if subject is None or subject.i in self.numbers or (self._is_actor(subject) and draft.kind != "rank"):
            return None
        if draft.kind == "money" and (
            self._is_proper(subject) or (draft.root.dep_ == "dobj" and self._is_teller(subject))
        ):
            # "Police recovered 18 million yuan", "the Liu River brings in 18 million yuan"
            return None
        return self._subject_phrase(subject, draft)

    def _added_up(self, draft: Draft, cue: Token) -> Token | None:
        """As in "Some 400 people got back income tax, totaling 9 million yuan": the amount is of what they got."""
        totals = cue.tag_ == "VBG" and cue.lower_ in ("totaling", "totalling", "amounting")
        if draft.kind not in ("money", "measure") or not totals or cue.i == cue.sent.start or cue.nbor(-1).text != ",":
            return None
        verb = cue.head
        objects = [child for child in verb.rights if child.dep_ == "dobj" and child.i < cue.i and is_noun(child)]
        return objects[-1] if objects else None

    def _acts(self, subject: Token, draft: Draft) -> bool:
        """As in "its seven other airports served a combined 6.1 million": what is counted itself counts others."""
        verb = draft.root.head
        counted = any(child.i in self.numbers for child in subject.lefts)
        acting = draft.root.dep_ == "dobj" and verb.pos_ == "VERB" and verb.lower_ not in directions()
        teller = counted or self._is_teller(subject) or subject.lower_ in words("claims/acting_nouns")
        teller = teller or self._is_proper(subject) or self._does_again(draft) is not None
        return teller and acting and verb.lower_ not in words("claims/level_verbs")

    def _does_again(self, draft: Draft) -> Draft | None:
        """As in "The north gate welcomed 900 hikers and the south gate welcomed 400": the same done to as many more."""
        verb = draft.before(1)
        if verb is None or verb.pos_ != "VERB" or verb.lower_ in directions():
            return None
        if verb.lower_ in words("claims/level_verbs"):
            return None
        alike = (
            d for d in reversed(self.done[-4:]) if d.sentence is draft.sentence and d.kind == "count" and d.measure
        )
        return next((d for d in alike if (d.before(1) or d.root).lower_ == verb.lower_), None)

    def _understood_but(self, draft: Draft, subject: Token) -> Measure | None:
        """The noun counted before, other than `subject`."""
        same = self._does_again(draft)
        if same is not None:
            return Measure(same.measure or "", same.evidence.get("measure"), "noun-understood")
        for earlier in reversed(self.done[-5:]):
            extent = earlier.evidence.get("measure")
            own = extent is not None and extent.start <= subject.idx < extent.end
            near = earlier.sentence is draft.sentence and earlier.kind == "count" and earlier.measure
            if near and not own and not narrows(earlier):
                return Measure(earlier.measure or "", extent, "noun-understood")
        return None

    def _subject_phrase(self, subject: Token, draft: Draft) -> Measure | None:
        """As in "the figure for wind power rose", "the figure rose", "the number of visitors rose"."""
        following = subject.nbor(1) if subject.i + 1 < len(subject.doc) else subject
        if subject.lower_ in words("claims/antecedent_words") and following.lower_ == "for":
            found = counted_noun(past_articles(following.nbor(1)), draft.span.start)
            if found is not None and not self._is_place_or_time(found[1]):
                return self._phrase(found[0], found[1], "figure-for", prepositions=frozenset())
        if (
            subject.lower_ in words("claims/antecedent_words")
            and following.lower_ != "of"
            and not _is_compound(subject)
        ):
            earlier = self._antecedent(draft)
            if earlier is not None or not is_noun(subject):
                return earlier
        return self._noun_phrase(subject, "subject")

    def _is_object(self, draft: Draft, verb: Token) -> bool:
        """As in "a farmer gets 160 yuan": the object of a verb that neither changes nor equals its subject."""
        if draft.modifier in ("above", "below"):
            # "The figure has stayed above 9 trillion yuan"
            return False
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
        before = draft.before(1)
        level = before is not None and before.tag_ in ("VBD", "VBZ") and before.lower_ in words("claims/level_verbs")
        if before is not None and level and own_subject(before) is not None:
            return before
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
                if subject.tag_ in ("WDT", "WP") or (subject.lower_ in _RELATIVES and subject.tag_ != "DT"):
                    return node.head if is_noun(node.head) else None
                return subject
            noun = (_with_noun(node) if node == governor and node.tag_ == "VBG" else None) or self._modified(node)
            if noun is None and node.head == node and node != governor and _is_to_reach(governor):
                # "Rice output forecast to top 9 million tonnes": a headline without a finite verb
                return node if is_noun(node) and node.i < governor.i else None
            if noun is not None or node.head == node:
                return noun
            node = node.head
        return None

    def _modified(self, node: Token) -> Token | None:
        """The noun that a participle or an adverb belongs to: "projects totaling 3 billion", "revenue down 5"."""
        added = node.tag_ == "VBG" and node.i > 0 and node.nbor(-1).text == ","
        if node.dep_ in ("acl", "relcl") and is_noun(node.head) and not added:
            return self._owner_of(node) or self._outer(node.head)
        if node.dep_ in ("advmod", "amod", "npadvmod") and is_noun(node.head) and node.i > node.head.i:
            return node.head
        return None

    def _owner_of(self, verb: Token) -> Token | None:
        """As in "The income of the city's farmers climbed to 9,000 yuan", where the parser has climbed farmers."""
        noun = verb.head
        moved = verb.tag_ == "VBN" and verb.lower_ in words("claims/intransitive_changes") and verb.i == noun.i + 1
        if not moved or noun.dep_ != "pobj" or noun.head.lower_ != "of" or not is_noun(noun.head.head):
            return None
        return noun.head.head

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
        if governor.lower_ in ("up", "down") and governor.head.pos_ == "VERB":
            # "bringing the poverty rate down to 2.1 percent"
            governor = governor.head
        misread = misread_cut(draft)
        if misread is not None:
            joints = [token.i for token in before.doc[misread.i : before.i] if token.lower_ == "and"]
            opening = before.doc[(joints[-1] if joints and self.done else misread.i) + 1]
            found = counted_noun(past_articles(opening), before.i)
            return self._phrase(found[0], found[1], "changed-object", prepositions=frozenset()) if found else None
        gerund = governor if governor.tag_ == "VBG" and governor.dep_ == "xcomp" else None
        cutting = gerund is not None and gerund.head.lower_ in directions()
        if gerund is not None and cutting and gerund.i > gerund.sent.start and gerund.nbor(-1) == gerund.head:
            # "cut charging fees by": no charging of fees
            governor, objects = gerund.head, gerund
        else:
            objects = governor
        moving = governor.lower_ in directions() or governor.lower_ in words("claims/placing_verbs")
        if not moving or not governor.tag_.startswith("VB"):
            return None
        for child in objects.rights:
            if child.dep_ in ("dobj", "obj") and child.i < before.i and is_noun(child) and child.i not in self.numbers:
                if child.lower_ in words("claims/antecedent_words") and child.nbor(1).lower_ != "of":
                    return self._total_of(draft)
                return self._noun_phrase(child, "changed-object")
        return None

    def _total_of(self, draft: Draft) -> Measure | None:
        """As in "It opened 23 new routes, bringing the total to 310": routes, of which not all are new."""
        told = self._told_before(draft)
        if told is None or told.extent is None or not told.text.startswith("new "):
            return told
        return Measure(told.text.removeprefix("new "), Extent(told.extent.start + 4, told.extent.end), told.rule)

    def _given_as(self, draft: Draft) -> Measure | None:
        """As in "53 million yuan was allocated as aid for students", "paid 3 million yuan as compensation"."""
        passive = draft.root.dep_ == "nsubjpass" and draft.root.head.i + 1 < draft.sentence.span.end
        cue = draft.root.head.nbor(1) if passive else draft.after(1)
        if cue is None or cue.lower_ != "as" or cue.i + 1 >= cue.sent.end:
            return None
        found = counted_noun(past_articles(cue.nbor(1)), self._limit(draft))
        if found is None or self._is_place_or_time(found[1]) or self._is_actor(found[1]):
            return None
        return self._phrase(found[0], found[1], "given-as", prepositions=frozenset())

    def _passive(self, draft: Draft) -> Measure | None:
        """As in "1.7 billion yuan has been set aside", "3 billion yuan was invested": the verb heads the column."""
        verb = draft.root.head
        if draft.root.dep_ != "nsubjpass":
            return None
        phrasal = f"{verb.lower_} {verb.nbor(1).lower_}" if verb.i + 1 < verb.sent.end else ""
        row = headings().get(phrasal) or headings().get(verb.lower_)
        return Measure(row.head, extent_of(verb, verb), "verb-heading") if row and not row.beside else None


def _is_to_reach(verb: Token) -> bool:
    """As in "to top 9 million tonnes", "to rise to 3 percent"."""
    open_end = verb.tag_ == "VB" and verb.i > verb.sent.start and verb.nbor(-1).lower_ == "to"
    return open_end and (verb.lower_ in words("claims/level_verbs") or verb.lower_ in directions())


def _is_compound(noun: Token) -> bool:
    """As in "visitor numbers", "the sales figure": a noun before it says of what it is."""
    before = noun.nbor(-1) if noun.i > noun.sent.start else noun
    return before != noun and before.dep_ == "compound" and before.head == noun and is_noun(before)


def _with_noun(verb: Token) -> Token | None:
    """As in "The market held, with home prices in four cities increasing by 0.3 percent": what stands after "with"."""
    for token in reversed(verb.doc[max(verb.sent.start, verb.i - 25) : verb.i]):
        if token.tag_ in ("VBD", "VBZ", "VBP", "MD") or token.text == ";":
            return None
        if token.lower_ == "with":
            return next((child for child in token.rights if child.dep_ == "pobj" and is_noun(child)), None)
    return None
