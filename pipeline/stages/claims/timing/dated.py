"""Which dates of a sentence can say when a number holds, and which say something else."""

from __future__ import annotations

from spacy.tokens import Span, Token

from pipeline.annotations import DateValue
from pipeline.stages.claims.draft import Draft, by_sentence
from pipeline.stages.claims.index import DocIndex
from pipeline.stages.claims.patterns import COMPARED, EARLIER_CUE, LEVEL, LINK
from pipeline.stages.claims.timing.verbs import dates_the_saying, is_over, verbs_above

Dated = tuple[Span, DateValue]


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
        bounded = value.earliest is not None or value.latest is not None or span[-1].lower_ == "period"
        if value.type == "TIME" and len(span) == 1 and not span[0].shape_.startswith("d"):
            return False
        if value.type == "SET" or (value.type == "DURATION" and not bounded):
            return False
        if any(span.start_char < basis.end and basis.start < span.end_char for basis in self._bases):
            return False
        if self._is_compared(span, draft) or is_over(value, self.verbs(draft.root)[:1], self.index.doc._.anchor):
            return False
        statement = draft.statement
        if statement is not None and not statement.start_char <= span.start_char < statement.end_char:
            return False
        return not (dates_the_saying(span, self.verbs(draft.root)[:1]) or self._of_earlier_figure(span, draft))

    def _is_compared(self, span: Span, draft: Draft) -> bool:
        """As in "2.5 times that of 2021", "a third of the 2021 level", "7 percent more than a year ago"."""
        text = self.index.text
        if COMPARED.search(text, max(0, span.start_char - 30), span.start_char):
            return True
        measured = span[0].lower_ in ("more", "less", "fewer") and span.start == draft.span.end
        return measured or LEVEL.match(text, span.end_char) is not None

    def verbs(self, token: Token) -> list[Token]:
        """The verbs that a token hangs on, the innermost first."""
        if token.i not in self._verbs_known:
            self._verbs_known[token.i] = verbs_above(token)
        return self._verbs_known[token.i]

    def _of_earlier_figure(self, span: Span, draft: Draft) -> bool:
        """As in "fell to 0.8 yuan from 1.1 yuan in 2021": the date right behind an earlier figure is its own."""
        text = self.index.text
        for other in self._by_sentence[draft.sentence.number]:
            if other is draft or other.quantity.end > span.start_char:
                continue
            cued = EARLIER_CUE.search(text, max(0, other.lead - 30), other.lead)
            if cued and cued.end() >= other.lead - 1 and LINK.fullmatch(text, other.quantity.end, span.start_char):
                return True
        return False
