"""Which dates of a sentence can say when a number holds, and which say something else."""

from __future__ import annotations

from spacy.tokens import Span, Token

from pipeline.annotations import DateValue
from pipeline.resources import words
from pipeline.stages.claims.draft import Draft, by_sentence
from pipeline.stages.claims.index import DocIndex
from pipeline.stages.claims.patterns import (
    COMPARED,
    EARLIER_CUE,
    FROM_BASE,
    LEVEL,
    LINK,
    MOST_IN,
    OF_THEM,
    PER,
    PER_MANY,
    SET_BESIDE,
    SINCE_FIRST,
    UNTIL,
    WHEN,
)
from pipeline.stages.claims.timing.verbs import dates_the_saying, has_subject, is_over, is_over_now, verbs_above

Dated = tuple[Span, DateValue]

#: "**the** 318 village doctors", "**its** 12 members": a set that is known
_KNOWN = frozenset({"the", "its", "their", "these", "those"})
#: "the pay **of** the 318 doctors", "the trip **between** the two cities"
_LINKS = frozenset({"of", "between", "among", "beyond"})


class Dates:
    """The dates of one document as its claims see them."""

    def __init__(self, index: DocIndex, drafts: list[Draft]) -> None:
        """Know the dates of the document, and those that only serve as the basis of a change."""
        self.index = index
        self._bases = [draft.evidence["basis"] for draft in drafts if "basis" in draft.evidence]
        self._by_sentence = by_sentence(drafts)
        self._verbs_known: dict[int, list[Token]] = {}

    def usable(self, draft: Draft) -> list[Dated]:
        """The dates of its sentence that can say when a number holds, in text order."""
        found = self.index.dates_by_sentence.get(draft.sentence.number, [])
        return [(span, value) for span, value in found if self._says_when(span, value, draft)]

    def _says_when(self, span: Span, value: DateValue, draft: Draft) -> bool:
        """Not the basis of a change, a mere length of time, a rate, nor the day of the announcement."""
        own = self.verbs(draft.root)[:1]
        elsewhere = (
            not self._is_bounded(span, value)
            or any(span.start_char < basis.end and basis.start < span.end_char for basis in self._bases)
            or (self._is_compared(span, draft) and not self.tells_when(span, draft))
            or (self._is_starting_point(span, value) and not self.tells_when(span, draft))
            or (value.value == "PRESENT_REF" and any(is_over_now(verb) for verb in self.verbs(draft.root)))
            or is_over(value, own, self.index.doc._.anchor)
            or not _is_within(draft.statement, span)
            or dates_the_saying(span, own)
            or self._of_earlier_figure(span, draft)
            or self._describes_other(span, draft)
            or (value.value == "PRESENT_REF" and _in_subject_of(own, span, draft))
        )
        return not elsewhere

    def _is_bounded(self, span: Span, value: DateValue) -> bool:
        """Whether a date is a time, not a length of time ("three years"), a rate ("monthly") or an hour in words."""
        if value.type == "TIME" and len(span) == 1 and not span[0].shape_.startswith("d"):
            return False
        bounded = value.earliest is not None or value.latest is not None or span[-1].lower_ == "period"
        return value.type != "SET" and (value.type != "DURATION" or bounded or self._is_the_period(span))

    def _is_compared(self, span: Span, draft: Draft) -> bool:
        """As in "2.5 times that of 2021", "a third of the 2021 level", "7 percent more than a year ago"."""
        text = self.index.text
        if COMPARED.search(text, max(0, span.start_char - 50), span.start_char):
            return True
        others = self._by_sentence[draft.sentence.number]
        measured = span[0].lower_ in ("more", "less", "fewer") and any(span.start == o.span.end for o in others)
        return measured or LEVEL.match(text, span.end_char) is not None

    def verbs(self, token: Token) -> list[Token]:
        """The verbs that a token hangs on, the innermost first."""
        if token.i not in self._verbs_known:
            self._verbs_known[token.i] = verbs_above(token)
        return self._verbs_known[token.i]

    def _others(self, draft: Draft) -> list[Draft]:
        """The other claims of its sentence."""
        return [other for other in self._by_sentence[draft.sentence.number] if other is not draft]

    def _of_earlier_figure(self, span: Span, draft: Draft) -> bool:
        """As in "fell to 0.8 yuan from 1.1 yuan in 2021": the date right behind an earlier figure is its own."""
        text = self.index.text
        for other in self._others(draft):
            if other.quantity.end > span.start_char or not self.is_earlier_figure(other):
                continue
            if any(
                LINK.fullmatch(text, end, span.start_char) for end in ends_of(other, text) if end <= span.start_char
            ):
                return True
        return False

    def _describes_other(self, span: Span, draft: Draft) -> bool:
        """As in "raised to 360 yuan from the **current** 200 yuan": an adjective of one figure."""
        return any(0 <= other.lead - span.end_char <= 1 and span[-1].tag_ == "JJ" for other in self._others(draft))

    def is_earlier_figure(self, draft: Draft) -> bool:
        """As in "down from 41 yuan", "compared with an average of about 31 percent": a figure of another time."""
        text, start = self.index.text, draft.sentence.span.start_char
        cued = EARLIER_CUE.search(text, max(start, draft.lead - 30), draft.lead)
        beside = SET_BESIDE.search(text, max(start, draft.lead - 70), draft.lead)
        return (cued is not None and cued.end() >= draft.lead - 1) or beside is not None

    def _is_starting_point(self, span: Span, value: DateValue) -> bool:
        """As in "for the first time since 2017", "and 325 percent from 2019"; "from 2020 to 2023" is a stretch."""
        text, start = self.index.text, span.start_char
        if SINCE_FIRST.search(text, max(0, start - 60), start):
            return True
        if value.value[:1] == "P" and MOST_IN.search(text, max(0, start - 60), start):
            return True
        based = FROM_BASE.search(text, max(0, start - 40), start) if value.value.isdigit() else None
        return based is not None and UNTIL.match(text, span.end_char) is None

    def tells_when(self, span: Span, draft: Draft) -> bool:
        """As in "The third quarter, when growth reached 5.6 percent", "since 2011, when one of 5.3 struck"."""
        behind = span.end_char <= draft.lead <= span.end_char + 80
        return behind and WHEN.fullmatch(self.index.text, span.end_char, draft.lead) is not None

    def _is_the_period(self, span: Span) -> bool:
        """As in "expanded 8.8 percent in the nine months": a stretch that the text has dated before."""
        known = span[0].lower_ == "the" and span[1].lower_ not in ("first", "next", "last") if len(span) > 1 else False
        return known and span.start > 0 and span[0].nbor(-1).lower_ in ("in", "during", "over")

    def is_timeless(self, draft: Draft) -> bool:
        """Whether the date of its clause says nothing of a number: of a source, of a known set, of an aside."""
        return draft.in_source or _is_known_set(draft) or _describes_subject(draft, self.index.text)


def _in_subject_of(own: list[Token], span: Span, draft: Draft) -> bool:
    """As in "The stores **now open** on the island served 14,000": what the subject is now does not date the past."""
    if not own or own[0].tag_ != "VBD":
        return False
    verb = own[0].head if own[0].dep_ == "conj" and not has_subject(own[0]) else own[0]
    for subject in (child for child in verb.lefts if child.dep_ in ("nsubj", "nsubjpass")):
        inside = range(subject.left_edge.i, subject.right_edge.i + 1)
        if span.root.i in inside and draft.root.i not in inside:
            return span.root.i > subject.i
    return False


def _is_within(statement: Span | None, span: Span) -> bool:
    """Whether a date is part of what is said, where something is."""
    return statement is None or statement.start_char <= span.start_char < statement.end_char


def ends_of(draft: Draft, text: str) -> list[int]:
    """Where a number, its rate, its base and its noun end: "340,000| tourists| in 2017", "6 tons| per hectare| in"."""
    ends = [draft.quantity.end, max(draft.quantity.end, draft.tail)]
    ends += [
        base.end() for base in (PER.match(text, draft.quantity.end), PER_MANY.match(text, draft.quantity.end)) if base
    ]
    measure = draft.evidence.get("measure")
    if measure is not None and 0 <= measure.start - draft.quantity.end < 20:
        ends.append(measure.end)
    return ends


def _is_known_set(draft: Draft) -> bool:
    """As in "the pay of **the 318** doctors has gone up since 2019": how many they are is not of that time."""
    opener, noun = draft.before(1), draft.root if draft.root.dep_ == "pobj" else draft.root.head
    if draft.kind != "count" or noun.dep_ != "pobj":
        return False
    link = noun.head
    if link.lower_ == "of" and link.head.lower_ in words("claims/bodies_of_people"):
        # "a cooperative of **63** growers signed in May"
        return True
    known = opener is not None and opener.lower_ in _KNOWN and noun == draft.root.head
    return known and link.lower_ in _LINKS and link.head.tag_ in ("NN", "NNS")


def _describes_subject(draft: Draft, text: str) -> bool:
    """As in "The bank, the city's **fourth-largest** lender, raises its rate in May": an aside on the subject."""
    if draft.change is not None or OF_THEM.match(text, draft.quantity.end):
        return False
    node = draft.root
    for _ in range(5):
        if node.dep_ == "appos":
            return node.head.dep_ in ("nsubj", "nsubjpass")
        if node.head == node or node.pos_ in ("VERB", "AUX"):
            return False
        node = node.head
    return False
