"""The source to the left of a verb: the parser's subject, and what stands there where the parser is wrong."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.stages.statements.attribution import Attribution
from pipeline.stages.statements.clauses import subject_above, subject_of
from pipeline.stages.statements.cues import Cue
from pipeline.stages.statements.patterns import COMMAS, LINKS, QUOTES
from pipeline.stages.statements.speakers import Source, phrase, resolve
from pipeline.stages.statements.words import Stretch, Words


def left_source(words: Words, cue: Cue, unit: Stretch, found: list[Attribution]) -> Source | None:
    """The subject to the left: the parser's, that of the verb it is joined to, else the words before the verb."""
    token = words.tokens[cue.at]
    subject = subject_of(words, token)
    if subject is None or words.place(subject) > cue.at or _is_misread(words, subject, cue, unit):
        subject = _noun_before(words, cue, unit) or _before_apposition(words, cue, unit) or subject
    if subject is None and (token.dep_ == "conj" or words.lower[cue.at - 1] in LINKS):
        inherited = next((a.source for a in reversed(found) if a.cue and a.source and a.cue.at < cue.at), None)
        if inherited:
            return inherited
    if subject is None and (token.dep_ in ("conj", "xcomp") or words.lower[cue.at - 1] == "to"):
        subject = subject_above(words, token)
    if subject is None or words.place(subject) > cue.at:
        return None
    if subject.lower_ in ("who", "which", "that") and token.dep_ == "relcl":
        subject = token.head
    source = phrase(words, subject, unit.start, cue.at)
    return resolve(words, source, cue.at)


def _is_misread(words: Words, subject: Token, cue: Cue, unit: Stretch) -> bool:
    """`After denials from Li, his office said`: a subject that a preposition opens and a comma cuts off."""
    start = words.place(subject.left_edge)
    opened = start == unit.start + 1 and words.tags[unit.start] == "IN"
    return opened and "," in words.lower[words.place(subject) : cue.at]


def _noun_before(words: Words, cue: Cue, unit: Stretch) -> Token | None:
    """The noun that ends right before the verb, adverbs and auxiliaries between left out."""
    i = cue.at - 1
    while i >= unit.start and _is_between(words, i, cue):
        i -= 1
    if i < unit.start or not words.tags[i].startswith(("NN", "PRP")):
        return None
    start = i
    while start > unit.start and words.lower[start - 1] not in COMMAS | QUOTES and words.tags[start - 1] not in (
        "IN", "CC", "VBD", "VBZ", "VBP", "MD",
    ):  # fmt: skip
        start -= 1
    if (joined := _joined_before(words, start, unit)) is not None:
        return joined
    token = words.tokens[i]
    while token.head is not token and start <= words.place(token.head) <= i:
        token = token.head
    return token


def _joined_before(words: Words, start: int, unit: Stretch) -> Token | None:
    """The first of two nouns behind a comma: "…, capital of Hunan, **executives** and officials said"."""
    i = start - 2
    if i <= unit.start or words.lower[start - 1] not in ("and", "or") or not words.tags[i].startswith("NN"):
        return None
    first = i
    while first > unit.start and words.tags[first - 1] in ("NN", "NNS", "JJ", "DT", "CD"):
        first -= 1
    return words.tokens[i] if words.lower[first - 1] in COMMAS | QUOTES else None


def _before_apposition(words: Words, cue: Cue, unit: Stretch) -> Token | None:
    """`Edwin Kwok, secretary for health, announced`: the name between two commas, or a comma and the start."""
    if words.lower[cue.at - 1] != ",":
        return None
    for mention in reversed(words.mentions.within(words.starts[unit.start], words.starts[cue.at])):
        first, last = words.index(mention.extent.start), words.index(mention.extent.end - 1)
        opens = first == unit.start or words.lower[first - 1] in COMMAS or words.closing(first - 1) is not None
        if opens and words.lower[last + 1] == "," and not words.finite(last, cue.at):
            return words.tokens[last]
    return None


def _is_between(words: Words, i: int, cue: Cue) -> bool:
    """Whether a word can stand between subject and verb: adverbs, auxiliaries, "this week"."""
    token = words.tokens[i]
    if token.is_punct:
        return False
    adverb = words.tags[i] in ("RB", "MD") or token.dep_ in ("aux", "auxpass", "npadvmod")
    return adverb or (token.head.dep_ == "npadvmod" and words.place(token.head) < cue.at)
