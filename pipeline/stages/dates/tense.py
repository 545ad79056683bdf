"""Whether the clause around a word speaks of the past or of the future, read from the parse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pipeline.resources import words

if TYPE_CHECKING:
    from spacy.tokens import Token

Tense = Literal["past", "present", "future"]

_CLIMB = 8
_HAVE = frozenset({"has", "have", "had", "'ve", "having"})
_BE = frozenset({"is", "are", "am", "'s", "'re"})


def tense_at(token: Token) -> Tense | None:
    """The tense that the clause gives `token`; None where no finite verb governs it.

    "It will open on Friday" is future at "Friday", "It opened on Friday" past, "The fair, due Friday" future; "since
    Friday" is past whatever the verb, and "until Friday" future unless the verb is past.
    """
    token = _head_of_date(token)
    preposition = token.head.lower_ if token.dep_ == "pobj" else ""
    if preposition == "since":
        return "past"
    tense = _governing_tense(token)
    open_ended = preposition in {"until", "till", "by"} or token.dep_ == "attr"
    return "future" if tense == "present" and open_ended else tense


def _head_of_date(token: Token) -> Token:
    """The month of "until Dec **31**", which the preposition governs."""
    return token.head if token.dep_ == "nummod" and token.head.i in (token.i - 1, token.i - 2) else token


def _governing_tense(token: Token) -> Tense | None:
    origin = token.i
    for _ in range(_CLIMB):
        if token.i > origin and token.tag_[:2] == "VB":
            token = _told_before(token, origin)
        if _is_planned(token):
            return "future"
        if token.tag_[:2] == "VB":
            found = _tense_of(token)
            if found is not None:
                return found
        if token.head.i == token.i:
            return None
        token = token.head
    return None


def _told_before(verb: Token, origin: int) -> Token:
    """The verb of what is told where an attribution closes the sentence: "It **plans** to open in May, Li told us"."""
    return next((child for child in verb.children if child.dep_ == "ccomp" and child.i < origin), verb)


def _is_planned(token: Token) -> bool:
    """Such as "due", "is scheduled", "plans": words that put what they govern into the future."""
    if token.lower_ == "set":
        return any(child.lower_ == "for" for child in token.children)
    if token.lower_ not in words("dates/planning_words") or token.tag_ not in {"JJ", "VBN", "VBZ", "VBP"}:
        return False
    return not any(child.lower_ in _HAVE for child in token.children)


def _tense_of(verb: Token) -> Tense | None:
    helped = _auxiliary_tense(verb)
    if helped is not None or verb.tag_ == "VBG":
        return helped
    if verb.tag_ in {"VBD", "VBN"}:
        return "past"
    if verb.tag_ in {"VBZ", "VBP"}:
        return "future" if verb.lower_ in words("dates/schedule_verbs") else "present"
    return None


def _auxiliary_tense(verb: Token) -> Tense | None:
    helpers = [child for child in verb.children if child.dep_ in {"aux", "auxpass"}]
    tags = {child.tag_ for child in helpers}
    forms = {child.lower_ for child in helpers}
    if "MD" in tags and not forms & _HAVE:
        return "future"
    if tags & {"VBD", "VBN"} or forms & _HAVE:
        return "past"
    if "TO" in tags:
        return "past" if verb.head.lower_ in words("dates/achieving_verbs") else "future"
    if forms & _BE:
        return "future" if verb.tag_ == "VBG" else "present"
    return None
