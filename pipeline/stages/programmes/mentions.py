"""Where a text speaks of a programme: noun phrases with a head of the table, and "the program" for one named before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from pipeline.schema import ProgrammeKind
from pipeline.stages.programmes.lexicon import Head, heads, names, nominals, verbs

#: Families whose "in" and "of" lead on to where they are ("free trade zones in the border areas").
_IN_PLACES = frozenset({"port"})
#: How far a name may reach to the left and to the right of its head.
LEFT, RIGHT = 8, 24
_NAME_TAGS = frozenset({"NOUN", "PROPN", "ADJ", "NUM"})
_INSIDE = frozenset(
    {
        "of",
        "for",
        "between",
        "and",
        "the",
        "a",
        "an",
        "&",
        "'s",
        "-",
        "to",
        "with",
        "into",
        "from",
        "without",
        "outside",
        "among",
    }
)
_OPENERS = frozenset({"on", "for", "of", "in", "against", "to", "about", "towards", "toward", "concerning"})
#: Generic words that a name keeps all the same.
_KEPT = frozenset({"national", "comprehensive", "pilot"})
#: Whose plans are nobody's policy.
_PRIVATE = frozenset({"my", "our", "your", "his", "her"})
_STOPS = frozenset({"that", "which", "who", "since", "until", "by", "where", "when", "as", "while", "after", "before"})


@dataclass(frozen=True, slots=True)
class Mention:
    """Tokens `start:end` that name or mean a programme; `head` is the last token of its head words.

    `topic` are the tokens of the complement; `own` counts the words that tell it from any other programme.
    """

    start: int
    end: int
    head: int
    kind: ProgrammeKind
    family: str
    weight: int
    plural: bool = False
    proper: bool = False
    definite: bool = False
    topic: tuple[int, int] | None = None
    own: int = 0

    @property
    def bare(self) -> bool:
        """Whether it says no more than "the program" does."""
        return not self.proper and self.topic is None and not self.own


def find_mentions(doc: Doc) -> list[Mention]:
    """Every phrase that may name or mean a programme, in text order."""
    zones = list(_zones(doc))
    taken = {i for zone in zones for i in range(zone.start, zone.end)}
    taken |= {token.i for span in doc.spans.get("organisations", ()) for token in span}
    found = zones + [m for m in _phrases(doc, taken) if m is not None]
    return sorted(found, key=lambda mention: mention.start)


def _zones(doc: Doc) -> Iterator[Mention]:
    """Named zones that the regions stage found and whose name says that they are policy."""
    for span in doc.spans.get("regions", ()):
        head = _head_at(doc, span.end - 1)
        if span.label_ in ("zone", "area") and head and head.kind in ("free_trade_zone", "pilot_zone"):
            end = _right(doc, span.end - 1, proper=True)
            yield Mention(span.start, end, span.end - 1, head.kind, head.family, head.weight, proper=True, own=1)


def _phrases(doc: Doc, taken: set[int]) -> Iterator[Mention | None]:
    covered = -1
    for token in doc:
        if token.i <= covered or token.i in taken:
            continue
        mention = _phrase(doc, token, taken) or _nominal(token)
        if mention is not None:
            covered = mention.end - 1
            yield mention


def _head_at(doc: Doc, index: int) -> Head | None:
    for head in heads().get(doc[index].lower_, ()):
        start = index + 1 - len(head.words)
        if start >= 0 and all(doc[start + k].lower_ == word for k, word in enumerate(head.words)):
            return head
    return None


def _phrase(doc: Doc, token: Token, taken: set[int]) -> Mention | None:
    head = _head_at(doc, token.i)
    if head is None or token.pos_ not in ("NOUN", "PROPN") or _leads_on(doc, token):
        return None
    first = token.i + 1 - len(head.words)
    start = _strip(doc, _left(doc, first, taken), first)
    if start > 0 and doc[start - 1].lower_ in _PRIVATE:
        return None
    if head.weight < 2 and _is_another_thing(doc, first, token.i):
        return None
    capital = token.text[0].isupper() and any(
        doc[i].text[0].isupper() for i in range(start, first + len(head.words) - 1)
    )
    proper = capital and not _is_title_case(token.sent)
    end = _right(doc, token.i, proper=proper) if head.family not in _IN_PLACES else token.i + 1
    topic = _topic(doc, token.i, end)
    own = sum(1 for i in range(start, first) if _tells_apart(doc[i]))
    if doc[first].lower_ == "five":
        own += any(token.like_num or token.text[0].isdigit() for token in doc[start:first])
    tested = head.kind in ("policy", "plan") and any(doc[i].lower_ == "pilot" for i in range(start, first))
    return Mention(
        start if own or proper or start < first else first,
        end,
        token.i,
        "pilot_program" if tested else head.kind,
        "pilot" if tested else head.family,
        head.weight,
        plural=head.plural,
        proper=proper,
        definite=_is_definite(doc, start),
        topic=topic,
        own=own,
    )


def _is_another_thing(doc: Doc, first: int, last: int) -> bool:
    """Whether the word beside a weak head makes it something else: "television program", "murder trial"."""
    person = doc[last].lower_.startswith(("pilot", "trial"))
    listed = names("not_pilots" if person else "not_programmes")
    return any(doc[i].lower_ in listed for i in (first - 1, last + 1) if 0 <= i < len(doc))


def _leads_on(doc: Doc, token: Token) -> bool:
    """Whether the head only qualifies the next noun: "plan period", "pilot program manager"."""
    return token.head.i > token.i and token.dep_ in ("compound", "amod", "nmod")


def _nominal(token: Token) -> Mention | None:
    families = nominals().get(token.lower_)
    if not families or token.i == 0 or token.pos_ not in ("NOUN", "PROPN") or token.dep_ == "compound":
        return None
    if token.nbor(-1).lower_ not in ("the", "this", "that", "these", "its"):
        return None
    return Mention(token.i, token.i + 1, token.i, "policy", token.lower_, 0, definite=True)


def _left(doc: Doc, first: int, taken: set[int]) -> int:
    """The first token of a name whose head words begin at `first`."""
    start = first
    while start > 0 and first - start < LEFT:
        before = doc[start - 1]
        if before.text == '"' and (opening := _opening_quote(doc, start - 1)) is not None:
            return opening
        if before.text == ")" and start > 3 and doc[start - 3].text == "(":
            start -= 3
            continue
        if before.lower_ == "and" and start > 1 and doc[start].text[0].isupper() and doc[start - 2].text[0].isupper():
            start -= 2
            continue
        joined = "-" in (before.text, doc[start].text, doc[start - 2].text if _is_glued(doc, start - 1) else "")
        if not (joined or before.pos_ in _NAME_TAGS or _is_participle(before)) or before.is_space:
            return start
        if doc[start].is_sent_start or start - 1 in taken or before.lower_ in verbs():
            return start
        start -= 1
    return start


def _is_glued(doc: Doc, i: int) -> bool:
    """Whether a token hangs on the one before by a hyphen: "in" of "trade-in"."""
    return i > 0 and doc[i - 1].text == "-" and not doc[i - 1].whitespace_


def _opening_quote(doc: Doc, closing: int) -> int | None:
    for i in range(closing - 1, max(closing - 8, -1), -1):
        if doc[i].text == '"':
            return i
    return None


def _is_participle(token: Token) -> bool:
    return token.tag_ in ("VBN", "VBG") and token.dep_ in ("amod", "compound")


def _strip(doc: Doc, start: int, first: int) -> int:
    """Leave out the generic words and the numbers that a name opens with ("two new …"), not "14th", "national"."""
    while start < first and (
        (doc[start].lower_ in names("generic_modifiers") and doc[start].lower_ not in _KEPT)
        or doc[start].text == "-"
        or (doc[start].tag_ == "CD" and doc[start + 1].text != "-")
    ):
        start += 1
    return start


def _tells_apart(token: Token) -> bool:
    return token.is_alpha and token.lower_ not in names("generic_modifiers")


def _is_definite(doc: Doc, start: int) -> bool:
    return start > 0 and doc[start - 1].lower_ in ("the", "this", "that", "'s", "its", "their")


def _is_title_case(sentence: Span) -> bool:
    """Whether a sentence is a headline with a capital on every long word."""
    long = [token for token in sentence if token.is_alpha and len(token) > 4]
    return len(long) > 3 and sum(token.text[0].isupper() for token in long) > 0.8 * len(long)


def _right(doc: Doc, head: int, *, proper: bool) -> int:
    """The end of the name: the head, or the last word of "on the integration of domestic and foreign trade"."""
    start = _complement_start(doc, head)
    if start is None:
        return head + 1
    end = start + 1
    for i in range(start + 1, min(start + RIGHT, len(doc))):
        if _ends_name(doc, i, start, proper=proper):
            break
        end = i + 1
    while end > start and (doc[end - 1].lower_ in _INSIDE | _OPENERS or doc[end - 1].is_punct):
        end -= 1
    return end if end > start + 1 else head + 1


def _complement_start(doc: Doc, head: int) -> int | None:
    """The preposition that opens a complement, behind "in place" too; None where there is none."""
    i = head + 1
    if i + 1 < len(doc) and doc[i].lower_ == "in" and doc[i + 1].lower_ in ("place", "force"):
        i += 2
    if i + 1 >= len(doc) or doc[i].lower_ not in _OPENERS:
        return None
    zone = doc[head].lower_ in ("zone", "zones", "ftz", "ftzs")
    vague = doc[i].lower_ == "in" and (zone or (doc[i].head.i != head and doc[head - 1].lower_ != "pilot"))
    goal = doc[i].lower_ == "to" and (zone or not _is_infinitive(doc[i + 1]))
    counted = doc[i + 1].tag_ == "CD" and doc[head].lower_.startswith("trial")
    return None if vague or goal or counted or _is_setting(doc, i + 1) else i


def _is_infinitive(token: Token) -> bool:
    """Whether "to" is followed by a verb, or by an adverb and a verb."""
    return token.tag_ == "VB" or (token.tag_ == "RB" and token.head.tag_ == "VB")


def _is_setting(doc: Doc, i: int) -> bool:
    """Whether what follows a preposition is a place, a date or a number of places, no topic."""
    if i >= len(doc):
        return True
    preposition = doc[i - 1]
    objects = [child for child in preposition.children if child.dep_ == "pobj"]
    while i < len(doc) - 1 and (doc[i].pos_ in ("DET", "NUM") or doc[i].lower_ in names("generic_modifiers")):
        i += 1
    local = preposition.lower_ in ("in", "at", "across")
    places = ("GPE", "DATE", "LOC") if local else ("GPE", "DATE")
    return any(t.ent_type_ in places or _is_any_place(t, local=local) for t in (doc[i], *objects))


def _is_any_place(token: Token, *, local: bool) -> bool:
    """Whether a place noun names no topic: "in many cities", "for cities", but not "on zero-waste islands"."""
    if token.lower_ not in names("place_nouns"):
        return False
    own = [child for child in token.children if child.dep_ in ("amod", "compound") and _tells_apart(child)]
    return local or not own


def _ends_name(doc: Doc, i: int, start: int, *, proper: bool) -> bool:
    token = doc[i]
    if proper:
        return not (token.text[0].isupper() or token.text[0].isdigit() or token.lower_ in _INSIDE | _OPENERS)
    if token.is_sent_start or token.is_space or token.lower_ in _STOPS or token.is_punct:
        return token.text not in ("-", '"')
    if token.lower_ in ("and", "or"):
        return not _joins_inside(doc, i, start)
    if token.pos_ == "ADP":
        return _leaves_topic(doc, i)
    following = doc[i + 1].lower_ if i + 1 < len(doc) else ""
    return (
        (token.lower_, following) == ("to", "be")
        or token.tag_ in ("VBD", "VBZ", "VBP", "MD")
        or (token.tag_ == "VBN" and token.dep_ in ("acl", "ROOT", "relcl"))
    )


def _leaves_topic(doc: Doc, i: int) -> bool:
    """Whether a preposition leads on from the topic to a place, a date or a way of doing it."""
    word = doc[i].lower_
    if word == "outside":
        return i + 1 < len(doc) and doc[i + 1].ent_type_ in ("GPE", "LOC")
    if word not in _INSIDE | _OPENERS:
        return True
    return _is_date(doc, i + 1) or (word not in _INSIDE and _is_setting(doc, i + 1))


def _joins_inside(doc: Doc, i: int, start: int) -> bool:
    """Whether an "and" joins two parts of the complement, by the parse."""
    right = [child for child in doc[i].head.conjuncts if child.i > i]
    return bool(start < doc[i].head.i < i and right and right[0].pos_ in ("NOUN", "PROPN", "ADJ", "VERB"))


def _is_date(doc: Doc, i: int) -> bool:
    return i < len(doc) and doc[i].ent_type_ == "DATE"


def _topic(doc: Doc, head: int, end: int) -> tuple[int, int] | None:
    start = head + 1
    if start < end and doc[start].lower_ == "in" and doc[start + 1].lower_ in ("place", "force"):
        start += 2
    start += 1
    while start < end and doc[start].lower_ in ("the", "a", "an"):
        start += 1
    return (start, end) if start < end else None
