"""How a programme stands in its clause: which verbs act on it, with which subjects, agents and dates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from pipeline.stages.programmes.lexicon import names, verbs
from pipeline.stages.programmes.mentions import Mention

_OBJECTS = frozenset({"dobj", "obj", "nsubjpass", "nsubj", "attr", "oprd"})
#: How far behind a name "it" may still mean it.
_FAR = 60
#: How far behind "that" its verb may stand.
_REACH = 20
#: "take *effect*", not "take part in".
_TAKES = frozenset({"take", "takes", "took", "taken"})
#: Nouns for how a programme began.
_STARTS = frozenset({"establishment", "launch", "inception", "founding", "introduction", "implementation", "creation"})
#: Nouns that stand for the programme as the object of a verb: "announced the first *batch* of cities in a pilot".
_STAND_INS = frozenset(
    {
        "batch",
        "list",
        "outline",
        "version",
        "edition",
        "details",
        "draft",
        "set",
        "implementation",
        "establishment",
        "launch",
    }
)


@dataclass(frozen=True, slots=True)
class Event:
    """A verb (or "establishment") that says something of a programme, and what it says: a group of the verb table."""

    verb: Token
    group: str
    active: bool
    subject: tuple[int, int] | None = None


def events(doc: Doc, mention: Mention) -> Iterator[Event]:
    """The verbs that a mention is subject or object of, and those of the clauses that hang on it."""
    head = doc[mention.start : mention.end].root if mention.proper else doc[mention.head]
    for child in (child for token in doc[mention.start : mention.end] for child in token.children):
        if child.i >= mention.end and child.dep_ in ("relcl", "acl", "appos") and (found := _group(child)):
            yield Event(child, found, active=_is_active(child))
    verb = _governor(head)
    if verb is not None and (found := _group(verb)):
        yield Event(verb, found, active=head.dep_ in ("dobj", "obj") or _stands_in(head, verb))
        for other in verb.children:
            fronted = other.dep_ == "advcl" and other.tag_ == "VBN" and other.i < head.i
            if (fronted or other.dep_ in ("conj", "xcomp")) and (also := _group(other)):
                yield Event(other, also, active=False)
    if verb is not None and verb.dep_ == "relcl" and (outer := _announced(verb)) is not None:
        yield Event(outer, _group(outer) or "announce", active=True)
    yield from _behind(doc, mention)
    yield from _it_clauses(doc, head)


def _behind(doc: Doc, mention: Mention) -> Iterator[Event]:
    """The verb of "…, *which* the ministry *launched* in March", by position: long subjects mislead the parse."""
    start = mention.end + (mention.end < len(doc) and doc[mention.end].text == ",")
    if start >= len(doc) or doc[start].lower_ not in ("that", "which"):
        return
    for i in range(start + 1, min(start + _REACH, len(doc))):
        if doc[i].is_sent_start or doc[i].text in (";", ":"):
            return
        if doc[i].pos_ in ("VERB", "AUX"):
            found = _group(doc[i])
            if found:
                yield Event(doc[i], found, active=i > start + 1, subject=(start + 1, i))
            if doc[i].pos_ == "VERB":
                return


def _announced(verb: Token) -> Token | None:
    """The verb above "the first *batch* of regions that will take part in …"."""
    noun = verb.head
    while noun.dep_ in ("pobj", "prep") and noun.head != noun:
        noun = noun.head
    above = noun.head
    return above if noun.lower_ in _STAND_INS and _group(above) in ("announce", "issue", "start") else None


def _group(token: Token) -> str | None:
    if token.lower_ == "set" and not any(child.lower_ in ("up", "forth") for child in token.children):
        return None
    if token.lower_ in _TAKES and not any(child.lower_ in ("effect", "force", "shape") for child in token.children):
        return None
    return verbs().get(token.lower_) if token.pos_ in ("VERB", "AUX") else None


def _is_active(verb: Token) -> bool:
    return any(child.dep_ == "nsubj" and child.lower_ not in ("that", "which") for child in verb.children)


def _governor(head: Token) -> Token | None:
    """The verb that the noun depends on, through "the first batch of …" where that stands between."""
    token = head
    for _ in range(6):
        if token.dep_ in _OBJECTS and token.head.pos_ in ("VERB", "AUX"):
            return token.head
        if token.dep_ in ("conj", "appos", "pobj", "prep", "compound", "nmod"):
            token = token.head
            if token.pos_ in ("VERB", "AUX"):
                return token if token.i < head.i else None
            if token.pos_ in ("NOUN", "PROPN") and token.lower_ not in _STAND_INS | names("place_nouns"):
                return None
            continue
        return None
    return None


def _stands_in(head: Token, verb: Token) -> bool:
    return any(child.dep_ in ("dobj", "obj") and child.lower_ in _STAND_INS for child in verb.children)


def _it_clauses(doc: Doc, head: Token) -> Iterator[Event]:
    """Clauses about "it" in the same sentence: "has signed 410 contracts since *it was established* in 2019".

    They may stand in front of the subject: "Since *its establishment* in 2019, the zone has signed …".
    """
    first = head.sent.start if _is_fronted(doc, head) else head.i
    for token in doc[first : min(head.sent.end, head.i + _FAR)]:
        if token.lower_ == "it" and token.i != head.i and token.dep_ in ("nsubj", "nsubjpass"):
            found = _group(token.head)
            if found:
                yield Event(token.head, found, active=False)
        if token.lower_ in _STARTS:
            owned = any(child.lower_ in ("its", "their") or child == head for child in token.children)
            if owned and token.i != head.i:
                yield Event(token, "start", active=False)


def _is_fronted(doc: Doc, head: Token) -> bool:
    """Whether a phrase and a comma stand between the beginning of a sentence and its subject `head`."""
    left = head.left_edge.i
    main = head.dep_ in ("nsubj", "nsubjpass") and head.head.dep_ in ("ROOT", "ccomp")
    return main and left > head.sent.start and doc[left - 1].text == ","


def governs(verb: Token, token: Token) -> bool:
    """Whether a word hangs on `verb` without another verb of the tables between."""
    for ancestor in (token, *token.ancestors):
        if ancestor == verb:
            return True
        if ancestor.pos_ == "VERB" and ancestor != token and ancestor.dep_ not in ("amod", "acl"):
            return False
    return False


def permits(verb: Token, done: Token) -> bool:
    """Whether `verb` lets somebody do what `done` says: "**approved** 12 cities to **establish** a pilot zone"."""
    infinitive = any(child.lower_ == "to" and child.dep_ == "aux" for child in done.children)
    return infinitive and done.head == verb and verb.lower_ in names("permitting_verbs")


def is_outside(doc: Doc, start: int, index: int) -> bool:
    """Whether a word of exclusion stands between the start of its clause and `index`."""
    for i in range(index - 1, max(start, index - 14) - 1, -1):
        if doc[i].lower_ in names("outside"):
            return True
        if doc[i].text in (";", ".") or (doc[i].text == "," and doc[i + 1].lower_ in ("and", "but", "which", "while")):
            return False
    return False
