"""Boundaries that every shape of attribution needs: commas, marks, subjects, clauses."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.stages.statements.patterns import COMMAS, QUOTES, SUBJECTS, TERMINALS
from pipeline.stages.statements.words import Speech, Stretch, Words


def segment_end(words: Words, start: int, end: int) -> int:
    """The first comma, mark or end of a sentence from `start` on."""
    for i in range(start, end):
        if words.lower[i] in COMMAS | QUOTES | TERMINALS | {":"}:
            return i
    return end


def clause_end(words: Words, start: int, end: int) -> int:
    """The first comma or end of a sentence from `start` on, over brackets."""
    for i in range(start, end):
        if words.lower[i] in COMMAS | TERMINALS:
            return i
    return end


def opens_quote(words: Words, stop: int, end: int) -> bool:
    """Whether a quotation begins at `stop` or right after it."""
    return any(words.opening(i) is not None for i in range(stop, min(stop + 2, end)))


def quote_before(words: Words, i: int, unit: Stretch) -> Speech | None:
    """The quotation whose end mark is the word at `i`, if the attribution after it can be its own.

    Where the mark stands in the sentence before (parsers part '"Why?" she asked' in two), no full stop may close
    the quotation, and no paragraph end may part them.
    """
    quote = words.closing(i)
    if quote is None or i >= unit.start:
        return quote
    apart = words.lower[i - 1] == "." or unit.start in words.block_starts
    return None if apart else quote


def subject_of(words: Words, token: Token) -> Token | None:
    """The subject that the parser gives a verb."""
    return next((child for child in words.children(token) if child.dep_ in SUBJECTS), None)


def subject_above(words: Words, token: Token) -> Token | None:
    """The subject of the nearest verb above that has one."""
    for _ in range(6):
        if token.head is token:
            return None
        token = token.head
        if (subject := subject_of(words, token)) is not None:
            return subject
    return None


def is_infinitive(words: Words, token: Token) -> bool:
    """Whether a verb is an infinitive with "to"."""
    return token.tag_ == "VB" and any(child.tag_ == "TO" for child in words.children(token))


def is_finite(words: Words, token: Token) -> bool:
    """Whether a verb, or one of its auxiliaries, has a finite form."""
    return token.tag_ in ("VBD", "VBZ", "VBP") or any(
        child.dep_ in ("aux", "auxpass", "cop") and child.tag_ in ("VBD", "VBZ", "VBP", "MD")
        for child in words.children(token)
    )


def is_named(words: Words, start: int, end: int) -> bool:
    """Whether a person or an organisation is mentioned in `start:end`."""
    return start < end and bool(words.mentions.within(words.starts[start], words.end_of(end - 1)))
