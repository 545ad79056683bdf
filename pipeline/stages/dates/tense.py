"""Whether the clause around a word speaks of the past or of the future, read from the parse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pipeline.resources import words

if TYPE_CHECKING:
    from spacy.tokens import Token

Tense = Literal["past", "present", "future"]

_CLIMB = 8


def tense_at(token: Token) -> Tense | None:
    """The tense of the verb that governs `token`; None where no finite verb does.

    "It will open on Friday" is future at "Friday", "It opened on Friday" past, "The fair, due Friday" future.
    """
    planned = words("dates/planning_words")
    for _ in range(_CLIMB):
        if token.lower_ in planned and token.tag_ in {"JJ", "VBN", "VBD", "VBZ", "VBP", "VB"}:
            return "future"
        if token.tag_[:2] == "VB" and token.tag_ != "VBG":
            return _tense_of(token)
        if token.tag_ == "VBG":
            found = _auxiliary_tense(token)
            if found is not None:
                return found
        if token.head.i == token.i:
            return None
        token = token.head
    return None


def _tense_of(verb: Token) -> Tense | None:
    helped = _auxiliary_tense(verb)
    if helped is not None:
        return helped
    if verb.tag_ in {"VBD", "VBN"}:
        return "past"
    if verb.tag_ in {"VBZ", "VBP"}:
        return "future" if verb.lower_ in words("dates/schedule_verbs") else "present"
    return None


def _auxiliary_tense(verb: Token) -> Tense | None:
    forms = [c for c in verb.children if c.dep_ in {"aux", "auxpass"}]
    if any(c.tag_ == "MD" for c in forms):
        return "future"
    if any(c.tag_ in {"VBD", "VBN"} or c.lower_ in {"has", "have", "'ve", "having"} for c in forms):
        return "past"
    if any(c.tag_ == "TO" for c in forms):
        return _purpose_tense(verb)
    if any(c.lower_ in {"is", "are", "am", "'s", "'re"} for c in forms):
        return "future" if verb.tag_ == "VBG" and verb.lower_ not in {"doing"} else "present"
    return None


def _purpose_tense(verb: Token) -> Tense:
    """Such as "went on to win on Friday" is past, "plans to open on Friday" future."""
    return "past" if verb.head.lower_ in words("dates/achieving_verbs") else "future"
