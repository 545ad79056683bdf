"""When a claim holds: the date that its clause, its sentence or the sentence before gives."""

from __future__ import annotations

import itertools
import re

from spacy.tokens import Span, Token

from pipeline.annotations import Extent
from pipeline.stages.claims.draft import Draft
from pipeline.stages.claims.index import DocIndex
from pipeline.stages.claims.patterns import AS_WHEN, BRACKETS, EARLIER_CUE, LINK, PERIOD, UNTIL
from pipeline.stages.claims.timing.dated import Dated, Dates, ends_of
from pipeline.stages.claims.timing.series import in_main_clause, is_closed_period, states_figure
from pipeline.stages.claims.timing.verbs import (
    continues,
    has_subject,
    in_aside,
    is_over,
    is_past,
    is_present,
    is_tied_to_now,
    stands_aside,
    tells_of,
    turned_away,
    word_before,
)

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
#: "The city **had** built 30", "A park **can** receive 80 million": of no time, or of one before.
_ELSEWHEN = frozenset({"can", "could", "may", "might", "must", "should", "would", "had"})
_STRETCHES = frozenset({"months", "quarter", "half", "weeks", "days", "years", "period", "year"})
#: "the same period **last** year", "a year **earlier**": what a figure is compared with.
_BACK = frozenset({"same", "earlier", "ago", "previous", "prior", "before"})
_OPENS_SPAN = frozenset({"from", "between"})


class Calendar(Dates):
    """Gives every claim of a document its date."""

    def __init__(self, index: DocIndex, drafts: list[Draft]) -> None:
        """Know the dates of the document."""
        super().__init__(index, drafts)
        self._done: list[Draft] = []

    def fill(self, draft: Draft) -> None:
        """Set `date`, `date_until` and their evidence."""
        rule, found = self._find(draft)
        if found is not None:
            self._set(draft, found, rule)
        elif rule:
            self._inherit(draft, rule)
        if draft.date is None and draft.sentence.number in self.index.dates_by_sentence:
            # the sentence has a date, yet none that is plainly this claim's
            draft.date_rule = "left-out"
        self._done.append(draft)

    def fill_part(self, draft: Draft) -> None:
        """Date a part by its whole: "Last year 80 trains -- **50** outbound and **30** inbound -- passed"."""
        whole = draft.related if draft.relation == "part_of" else None
        if whole is not None and draft.date is None and whole.date is not None and whole.sentence is draft.sentence:
            self._share(draft, whole, "date-of-whole")

    def _find(self, draft: Draft) -> tuple[str, Dated | None]:
        dates = self.usable(draft)
        behind = self._right_behind(draft, dates)
        if behind is not None:
            return "date-behind", behind
        if draft.related is not None and draft.relation == "equivalent":
            return "conversion", None
        if self.is_timeless(draft):
            return "", None
        if self._set_beside(draft, dates):
            return "date-of-figure", None
        if self.is_earlier_figure(draft):
            # "has now fallen to 3 percent from 8": what was before is not what is now
            dates = [(span, value) for span, value in dates if value.value != "PRESENT_REF"]
        if self._starts_from(draft):
            # "fell to 32,000 in May from 40,000": May is that of the figure reached
            taken = {other.date for other in self._done[-3:] if other.date_rule == "date-behind"}
            dates = [(span, value) for span, value in dates if span.start_char not in taken]
        for name, rule in (
            ("date-in-clause", self._in_clause),
            ("date-earlier-in-sentence", self._earlier_in_sentence),
            ("date-later-in-clause", self._later_in_clause),
            ("date-in-next-clause", self._in_next_clause),
            ("date-of-relative", self._of_relative),
        ):
            found = rule(draft, dates)
            if found is not None:
                return name, found
        return self._told_before(draft)

    def _told_before(self, draft: Draft) -> tuple[str, Dated | None]:
        """The date of an earlier claim or sentence that holds here, too."""
        carried = self._carried(draft)
        if carried:
            return carried, None
        if self._in_the_period(draft) and (period := self._period_before(draft)) is not None:
            return "date-of-period", period
        series = self._period_of_uncounted(draft)
        return ("date-of-series", series) if series is not None else ("", None)

    def _set_beside(self, draft: Draft, dates: list[Dated]) -> bool:
        """As in "rising 6 percent in the first quarter, 1.2 points above average": a figure that explains another."""
        earlier = self._done[-1] if self._done else None
        if earlier is None or earlier.date is None or draft.measure_rule != "level-before":
            return False
        if self.is_earlier_figure(draft) or self.is_earlier_figure(earlier):
            return False
        joined = self.index.text[earlier.quantity.end : draft.lead]
        return (
            earlier.sentence is draft.sentence
            and earlier.date > earlier.start
            and ";" not in joined
            and not any(token.tag_ in _FINITE for token in draft.sentence.span.doc[earlier.span.end : draft.span.start])
            and not any(span.start_char > earlier.date for span, _ in dates)
        )

    def _right_behind(self, draft: Draft, dates: list[Dated]) -> Dated | None:
        """As in "1,499 yuan in 2015", "3.86 trillion yuan last month", "340,000 tourists in 2017"."""
        for span, value in dates:
            for end in ends_of(draft, self.index.text):
                if end > span.start_char:
                    continue
                if LINK.fullmatch(self.index.text, end, span.start_char):
                    return span, value
                if AS_WHEN.fullmatch(self.index.text, end, span.start_char) and self.is_earlier_figure(draft):
                    return span, value
        return None

    def _in_clause(self, draft: Draft, dates: list[Dated]) -> Dated | None:
        """As in "In 2019, the city's GDP reached", "plummeted in October, down 5.5 percent": a shared verb."""
        verbs = self.verbs(draft.root)
        best: tuple[int, Dated] | None = None
        for span, value in dates:
            shared = next((depth for depth, verb in enumerate(verbs) if verb in self.verbs(span.root)[:1]), None)
            if shared is not None and turned_away(verbs[:shared], span, verbs[shared]):
                continue
            if shared and is_tied_to_now(verbs[0]) and verbs[shared].tag_ == "VBD":
                # "schools opened on Friday, and 60 buses run"
                continue
            if shared is not None and not self._other_claim_owns(draft, span):
                behind = 300 if span.start_char > draft.start else 0
                # "fined it on Friday for dumping 400 tonnes in 2021": the day belongs to the outer verb alone
                behind += 500 if shared and verbs[shared].i < span.start < verbs[0].i else 0
                rank = shared * 1000 + behind + abs(span.start_char - draft.start)
                best = min(best or (rank, (span, value)), (rank, (span, value)), key=lambda pair: pair[0])
        return best[1] if best else None

    def _other_claim_owns(self, draft: Draft, span: Span) -> bool:
        """As in "1,499 yuan in 2015 to 9,328 yuan": a date right behind another number is that number's."""
        return any(
            other is not draft
            and other.date == span.start_char
            and other.date_rule == "date-behind"
            and other.sentence.number == draft.sentence.number
            and draft.start > span.start_char
            and draft.quantity.unit == other.quantity.unit
            and draft.related is other
            for other in self._done[-3:]
        )

    def _earlier_in_sentence(self, draft: Draft, dates: list[Dated]) -> Dated | None:
        """The last date before the claim, unless it stands in an aside of its own."""
        verbs = self.verbs(draft.root)
        before = [dated for dated in dates if dated[0].end_char <= draft.start and not in_aside(dated[0].root, verbs)]
        if not before or turned_away(verbs[:1], before[-1][0], verbs[0].head if verbs else before[-1][0].root):
            return None
        own, other = next(iter(verbs), None), self._verb_of(before[-1])
        since = other is not None and any(child.lower_ in ("since", "after", "when") for child in other.lefts)
        if is_tied_to_now(own) and is_past(other) and not since:
            return None
        return before[-2] if self._are_joined(before[-2:]) else before[-1]

    def _are_joined(self, dates: list[Dated]) -> bool:
        """As in "residents asked in April and May": both, the first stands for them."""
        if len(dates) < 2 or dates[1][1].value == "PRESENT_REF":
            return False
        return self.index.text[dates[0][0].end_char : dates[1][0].start_char] == " and "

    def _verb_of(self, dated: Dated) -> Token | None:
        return next(iter(self.verbs(dated[0].root)), None)

    def _later_in_clause(self, draft: Draft, dates: list[Dated]) -> Dated | None:
        """The first date after the claim, with no verb between but its own: "300 firms were set up there in May"."""
        own = next(iter(self.verbs(draft.root)), None)
        if own is not None and own.dep_ == "relcl":
            dates = [dated for dated in dates if own in self.verbs(dated[0].root)]
        for dated in dates:
            if dated[0].start < draft.span.end:
                continue
            between = [token for token in draft.span.doc[draft.span.end : dated[0].start] if token.tag_ in _FINITE]
            others = [t for t in between if t != own and not (t.head == own and t.dep_ in ("aux", "auxpass"))]
            text = BRACKETS.sub("", self.index.text[draft.quantity.end : dated[0].start_char])
            far = re.search(r"[;:]|, (?:while|but|and) ", text) or (between and "," in text)
            if not others and not far:
                return dated
        return None

    def _in_next_clause(self, draft: Draft, dates: list[Dated]) -> Dated | None:
        """As in "trained 4,260 teachers and opened 38 schools last year", "32 died when the quake struck in 2022"."""
        verb = next(iter(self.verbs(draft.root)), None)
        for dated in dates:
            other = next(iter(self.verbs(dated[0].root)), None)
            alone = is_present(verb) and is_past(other)
            if other is not None and other.head == verb and continues(other) and not alone:
                return dated
        return None

    def _of_relative(self, draft: Draft, dates: list[Dated]) -> Dated | None:
        """As in "420 workers whom it has moved since March", "the quarter when growth reached 5 percent"."""
        noun = draft.root.head if draft.root.dep_ == "nummod" else draft.root
        counted = {v.i for other in self._others(draft) for v in self.verbs(other.root)[:1] if other.root.i < v.i}
        told = {token.i for token in noun.subtree if tells_of(token, noun) and token.i not in counted}
        for span, value in dates:
            verb = self._verb_of((span, value))
            if self.tells_when(span, draft) or (verb is not None and verb.i in told):
                return span, value
        return None

    def _carried(self, draft: Draft) -> str:
        """Why the date of the claim before holds here, too: same sentence, or one that goes on."""
        if not self._done:
            return ""
        earlier = self._done[-1]
        if self._starts_from(earlier):
            return ""
        gap = draft.sentence.number - earlier.sentence.number
        same_place = earlier.sentence.paragraph == draft.sentence.paragraph and earlier.sentence.kind == "body"
        if gap == 0:
            turned = self._back_to_now(earlier, draft) and has_subject(self.verbs(draft.root)[0])
            turned = turned or self._is_past_and_over(earlier, draft) or self._still(earlier, draft)
            turned = turned or (self.is_earlier_figure(draft) and self._is_deictic(earlier)) or self._starts_from(draft)
            return "" if turned or stands_aside(earlier.root, draft.root) else "date-of-sentence"
        if gap <= 2 and self._in_the_period(draft):
            return "date-of-period"
        framed = earlier.date is not None and self._frames(earlier) and self._goes_on(earlier, draft)
        if gap == 1 and same_place and framed:
            return "date-before"
        return "date-of-series" if gap == 1 and self._goes_on_counting(earlier, draft, same_place=same_place) else ""

    def _goes_on_counting(self, earlier: Draft, draft: Draft, *, same_place: bool) -> bool:
        """As in "Exports reached 8 billion yuan **in 2019**. Imports **rose** 3 percent": figures of one period."""
        if earlier.sentence.kind != "body" or draft.sentence.kind != "body" or (not same_place and earlier.chained):
            return False
        dated = self.index.date_at(earlier.date) if earlier.date is not None else None
        paired = earlier.date_until is not None
        if dated is None or not is_closed_period(*dated, self.index.doc._.anchor, paired=paired):
            return False
        if not earlier.chained and not in_main_clause(dated[0].root):
            return False
        alike = earlier.is_spoken == draft.is_spoken
        return alike and self._states_figure(draft)

    def _states_figure(self, draft: Draft) -> bool:
        """Whether its clause tells how much it was; not "flats over **40 sq m** fell", "were its **two** partners"."""
        verb = next(iter(self.verbs(draft.root)), None)
        if verb is None or not states_figure(verb):
            return False
        opener = draft.before(1)
        known = verb.lower_ == "were" and draft.start > verb.idx and opener is not None and opener.tag_ == "PRP$"
        return not known and not (draft.kind == "measure" and draft.start < verb.idx)

    def _period_of_uncounted(self, draft: Draft) -> Dated | None:
        """As in "The air got worse **in the first quarter**. Readings soared to 95": dated where nothing is counted."""
        number = draft.sentence.number - 1
        told = self._states_figure(draft) and not draft.is_spoken and draft.sentence.kind == "body"
        known = self.index.dates_by_sentence
        dates = known.get(number, ()) if told and number not in self._by_sentence else ()
        if len(dates) != 1 or draft.sentence.number in known:
            return None
        if self.index.sentences[number].paragraph != draft.sentence.paragraph:
            return None
        span, value = dates[0]
        held = is_closed_period(span, value, self.index.doc._.anchor) and in_main_clause(span.root)
        return (span, value) if held else None

    def _is_past_and_over(self, earlier: Draft, draft: Draft) -> bool:
        """As in "In April it won an order, and a venture of which it will hold 51 percent waits": April is over."""
        known = self.index.dates_by_sentence.get(earlier.sentence.number, ())
        value = next((value for span, value in known if span.start_char == earlier.date), None)
        return value is not None and is_over(value, self.verbs(draft.root)[:1], self.index.doc._.anchor)

    def _back_to_now(self, earlier: Draft, draft: Draft) -> bool:
        """As in "In 2022, the lake lost 3 sq km. The reserve has 26 wardens": a state of today after a past event."""
        now = next(iter(self.verbs(draft.root)), None)
        then = next(iter(self.verbs(earlier.root)), None)
        return is_tied_to_now(now) and not is_tied_to_now(then)

    def _still(self, earlier: Draft, draft: Draft) -> bool:
        """As in "dozens have cut shifts since it was advised in 2021, but others **still work** 12 hours".

        Nor is what was so dated by what is so now: "the **four** stores now open **served** 14,000".
        """
        own = next(iter(self.verbs(draft.root)), None)
        if own is not None and own.tag_ == "VBD" and self._is_deictic(earlier):
            return earlier.root.i < own.i
        return earlier.date_rule == "date-in-next-clause" and own is not None and is_present(own) and has_subject(own)

    def _goes_on(self, earlier: Draft, draft: Draft) -> bool:
        """Whether a sentence tells on in the tense of the one before, of no other person: "Crab **made up** 68"."""
        if self._back_to_now(earlier, draft):
            return False
        above = self.verbs(draft.root)[:2]
        aux = {child.lower_ for verb in above for child in verb.lefts if child.dep_ in ("aux", "auxpass")}
        mentions = self.index.mentions_by_sentence.get(draft.sentence.number, ())
        opening = draft.sentence.tokens[0].idx
        turned = any(
            m.kind == "person" and m.form == "name" and m.extent.start <= opening < m.extent.end for m in mentions
        )
        return not turned and aux.isdisjoint(_ELSEWHEN)

    def _starts_from(self, earlier: Draft) -> bool:
        """As in "grew from seven in 1981 to 7,000": the date of the start is not that of the end."""
        cued = EARLIER_CUE.search(self.index.text, max(0, earlier.lead - 30), earlier.lead)
        return cued is not None and cued.end() >= earlier.lead - 1

    def _in_the_period(self, draft: Draft) -> bool:
        """As in "Over the period, imports rose": the period is the one that was dated before."""
        return PERIOD.search(draft.sentence.text) is not None

    def _period_before(self, draft: Draft) -> Dated | None:
        """As in "… in the last two months of 2018. Readings fell in the period": dated where nothing is counted."""
        for number in range(draft.sentence.number - 1, max(-1, draft.sentence.number - 4), -1):
            for span, value in reversed(self.index.dates_by_sentence.get(number, [])):
                words = set(span.text.lower().split())
                if not words.isdisjoint(_STRETCHES) and words.isdisjoint(_BACK) and value.earliest is not None:
                    return span, value
        return None

    def _is_period(self, earlier: Draft) -> bool:
        """Whether a claim's date is a stretch of time: "the first five months", not "May"."""
        extent = earlier.evidence.get("date")
        written = self.index.text[extent.start : extent.end].lower() if extent is not None else ""
        return any(word in written for word in _STRETCHES)

    def _frames(self, earlier: Draft) -> bool:
        """As in "In 2019, …": a date at the head of its sentence holds for the next one, too."""
        if earlier.date_rule == "date-before":
            return False
        tokens = earlier.sentence.tokens
        if self._is_deictic(earlier):
            return False
        return earlier.date is not None and earlier.date - tokens[0].idx <= 12

    def _is_deictic(self, earlier: Draft) -> bool:
        """As in "Now the village earns 3 million. Half goes to the families": a frame of its own sentence only."""
        known = self.index.dates_by_sentence.get(earlier.sentence.number, ())
        return any(value.value == "PRESENT_REF" for span, value in known if span.start_char == earlier.date)

    def _inherit(self, draft: Draft, rule: str) -> None:
        earlier = draft.related if rule == "conversion" and draft.related is not None else self._done[-1]
        if rule == "date-of-period":
            earlier = next((other for other in reversed(self._done[-12:]) if self._is_period(other)), earlier)
        if earlier.date is not None:
            self._share(draft, earlier, rule)

    def _share(self, draft: Draft, earlier: Draft, rule: str) -> None:
        draft.date, draft.date_until, draft.date_rule = earlier.date, earlier.date_until, rule
        for slot in ("date", "date_until"):
            if slot in earlier.evidence:
                draft.evidence[slot] = earlier.evidence[slot]

    def _set(self, draft: Draft, found: Dated, rule: str) -> None:
        first, second = self._pair(found[0], draft)
        draft.date, draft.date_rule = first.start_char, rule
        draft.evidence["date"] = Extent(first.start_char, first.end_char)
        if second is not None:
            draft.date_until = second.start_char
            draft.evidence["date_until"] = Extent(second.start_char, second.end_char)

    def _pair(self, span: Span, draft: Draft) -> tuple[Span, Span | None]:
        """As in "from May 14 to Aug 30", "between November 2016 and March 2017"."""
        spans = [dated[0] for dated in self.index.dates_by_sentence.get(draft.sentence.number, [])]
        for first, second in itertools.pairwise(spans):
            opened = first.start > 0 and word_before(first) in _OPENS_SPAN
            joined = UNTIL.fullmatch(self.index.text, first.end_char, second.start_char)
            if opened and joined and span in (first, second):
                return first, second
        return span, None
