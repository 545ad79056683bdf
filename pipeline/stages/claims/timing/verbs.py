"""The verbs around a date and a number: tense, shared and joined clauses, asides."""

from __future__ import annotations

from datetime import date

from spacy.tokens import Span, Token

from pipeline.annotations import DateValue
from pipeline.resources import words

#: Verbs before a bare infinitive.
_SEEING = frozenset(
    {"see", "sees", "saw", "seen", "seeing", "witness", "witnesses", "witnessed", "helped", "made", "let"}
)


def is_over(value: DateValue, verbs: list[Token], anchor: date | None) -> bool:
    """As in "won an order in April, and it will hold 51 percent": a past day does not date what is to come."""
    ahead = any(child.lower_ in ("will", "shall") for verb in verbs for child in verb.lefts)
    return ahead and anchor is not None and value.latest is not None and value.latest < anchor


def is_present(verb: Token | None) -> bool:
    """Whether a verb states what is so now: "has 26 wardens", not "has built" nor "will have"."""
    return verb is not None and verb.tag_ in ("VBZ", "VBP")


def is_past(verb: Token | None) -> bool:
    """Whether a verb tells what happened: "opened", "was opened", "had opened", "set up in 2019, …"."""
    if verb is None or verb.tag_ not in ("VBD", "VBN"):
        return False
    return verb.tag_ == "VBD" or not any(child.lower_ in ("has", "have", "is", "are", "be") for child in verb.lefts)


def is_over_now(verb: Token) -> bool:
    """As in "which **used** to sell for 73 yuan, now costs 29"; not so "is now used to settle a third"."""
    return verb.lower_ == "used" and not any(child.dep_ in ("aux", "auxpass") for child in verb.lefts)


def is_tied_to_now(verb: Token | None) -> bool:
    """Whether a verb tells what is, or has become, so: "covers", "has been extended"."""
    perfect = verb is not None and verb.tag_ == "VBN" and any(child.lower_ in ("has", "have") for child in verb.lefts)
    return is_present(verb) or perfect


def continues(verb: Token) -> bool:
    """Whether the date of a joined verb holds for the verb that it is joined to, as well."""
    if verb.dep_ == "conj":
        return not has_subject(verb)
    if verb.dep_ == "advcl":
        openers = ("when", "after", "once", "before", *(("since",) if verb.head.tag_ == "VBN" else ()))
        return not has_subject(verb) or any(child.lower_ in openers for child in verb.lefts)
    return verb.dep_ == "xcomp"


def has_subject(verb: Token) -> bool:
    """Whether a verb has a subject of its own."""
    return any(child.dep_ in ("nsubj", "nsubjpass") for child in verb.lefts)


def turned_away(verbs: list[Token], span: Span, head: Token) -> bool:
    """As in "schools opened on Friday, and 60 buses run": a new subject leaves behind a date in mid-sentence."""
    return span.start > head.i and any(verb.dep_ == "conj" and has_subject(verb) for verb in verbs)


def in_aside(token: Token, verbs: list[Token]) -> bool:
    """As in "A maker, which came in 2019, sold 8": a date of its own clause; not so of an event, "which ends today"."""
    past = bool(verbs) and is_past(verbs[0])
    node = token
    for _ in range(8):
        if node.dep_ == "relcl":
            return not (_is_event(node.head) and past == (node.tag_ == "VBD"))
        if node.dep_ == "acl" and node.tag_ == "VBN" and node.i > 0 and node.nbor(-1).text == ",":
            return not past
        if node.head == node:
            return False
        node = node.head
    return False


def _is_event(noun: Token) -> bool:
    """As in "the **fair**", "the **27th** Tea Expo", "the **second** ICIF": what takes place at one time."""
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and _is_event(noun.head.head):
        # "the second **phase** of the program, which runs from 2023 to 2025"
        return True
    name = noun.lower_.removesuffix("s")
    return name in words("claims/event_nouns") or any(child.lower_[:1].isdigit() for child in noun.lefts)


def tells_of(verb: Token, noun: Token) -> bool:
    """As in "420 workers **whom it moved** in March", "1,860 herders in three counties **who are paid** since 2018"."""
    people = any(child.lower_ in ("who", "whom") for child in verb.lefts)
    return verb.dep_ in ("relcl", "acl") and (verb.head == noun or people)


def stands_aside(token: Token, other: Token) -> bool:
    """As in "The index, which had stood at 264 in May, climbed to 290": in a relative clause without the other."""
    above = {other.i, *(node.i for node in other.ancestors)}
    return any(_is_aside(node) and node.i not in above for node in (token, *token.ancestors))


def _is_aside(node: Token) -> bool:
    """As in "the index, **which had stood** at 264", "the pilot, **begun** on eight islands"."""
    reduced = node.dep_ == "acl" and node.tag_ == "VBN" and node.i > 0 and node.nbor(-1).text == ","
    return node.dep_ == "relcl" or reduced


def word_before(span: Span) -> str:
    """The word before a date, an article skipped."""
    token = span.doc[span.start - 1]
    return token.lower_ if token.tag_ != "DT" or span.start < 2 else span.doc[span.start - 2].lower_


def dates_the_saying(span: Span, own: list[Token]) -> bool:
    """As in "said on Monday", "official data showed Wednesday"; not "the city reported 14 cases on March 1"."""
    node = span.root
    for _ in range(3):
        if node.head == node:
            return False
        node = node.head
        if node.pos_ in ("VERB", "AUX"):
            return node.lower_ in words("claims/saying_verbs") and node not in own
    return False


def verbs_above(token: Token) -> list[Token]:
    """The verbs of the clauses that a token stands in, from the innermost to the main one or a relative one."""
    found: list[Token] = []
    node = token
    for _ in range(12):
        if node.pos_ in ("VERB", "AUX") and not _is_seen(node):
            found.append(node)
            if node.dep_ in ("relcl", "ccomp"):
                break
        if node.head == node:
            if not found:
                found.append(node)
            break
        node = node.head
    return found


def _is_seen(verb: Token) -> bool:
    """As in "the region saw profits **exceed** 300 billion": a bare infinitive, whose tense is that of "saw"."""
    return verb.dep_ == "ccomp" and verb.tag_ in ("VB", "VBP") and verb.head.lower_ in _SEEING
