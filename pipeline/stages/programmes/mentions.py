"""Where a text speaks of a programme: noun phrases with a head of the table, and "the program" for one named before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Span, Token

from pipeline.schema import ProgrammeKind
from pipeline.stages.programmes.extents import name_end, name_start, strip_generic, tells_apart, topic_of
from pipeline.stages.programmes.lexicon import Head, heads, names, nominals

#: Families whose "in" and "of" lead on to where they are ("free trade zones in the border areas").
_IN_PLACES = frozenset({"port"})
#: So many words at most say what a pilot zone tries out.
_TRIED = 4
#: Whose plans are nobody's policy.
_PRIVATE = frozenset({"my", "our", "your", "his", "her"})


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
        at, head = _zone_head(doc, span)
        if span.label_ in ("zone", "area") and head:
            end = name_end(doc, at, proper=True) if at == span.end - 1 else span.end
            yield Mention(span.start, end, at, head.kind, head.family, head.weight, proper=True, own=1)


def _zone_head(doc: Doc, span: Span) -> tuple[int, Head | None]:
    """The last word of a zone's name that makes it policy: the last, or "Zone" of "Pilot Zone of Green Growth of …"."""
    for i in range(span.end - 1, span.start - 1, -1):
        head = _head_at(doc, i)
        if head and head.kind in ("free_trade_zone", "pilot_zone"):
            return i, head
    return span.end - 1, None


def _phrases(doc: Doc, taken: set[int]) -> Iterator[Mention | None]:
    covered = -1
    for token in doc:
        if token.i <= covered or token.i in taken:
            continue
        mention = _phrase(doc, token, taken) or _nominal(token)
        if mention is not None:
            covered = mention.end - 1
            if token.is_digit:
                taken.update(range(mention.start, mention.end))
            yield mention


def _head_at(doc: Doc, index: int) -> Head | None:
    for head in heads().get(doc[index].lower_, ()):
        start = index + 1 - len(head.words)
        if start >= 0 and all(doc[start + k].lower_ == word for k, word in enumerate(head.words)):
            return head
    return _tested_zone(doc, index)


def _tested_zone(doc: Doc, index: int) -> Head | None:
    """A zone with what it tries out between: "a **pilot** financial reform **zone**"."""
    word = doc[index].lower_
    zone = next((head for head in heads().get(word, ()) if head.words == ("pilot", word)), None)
    if zone is None or zone.kind != "pilot_zone":
        return None
    for start in range(index - 2, max(index - 1 - _TRIED, -1), -1):
        if doc[start].lower_ == "pilot":
            return replace(zone, words=tuple(token.lower_ for token in doc[start : index + 1]))
        if doc[start].pos_ not in ("NOUN", "PROPN", "ADJ"):
            return None
    return None


def _phrase(doc: Doc, token: Token, taken: set[int]) -> Mention | None:
    head = _head_at(doc, token.i)
    if head is None:
        return None
    fixed = token.is_digit
    if not fixed and (token.pos_ not in ("NOUN", "PROPN") or _leads_on(doc, token)):
        return None
    first = token.i + 1 - len(head.words)
    start = strip_generic(doc, name_start(doc, first, taken), first)
    if start > 0 and doc[start - 1].lower_ in _PRIVATE:
        return None
    if head.kind == "free_trade_zone" and _is_goal(doc, start):
        return None
    social = head.kind == "policy" and doc[first - 1].lower_ in names("social_policies")
    if head.weight < 2 and not social and _is_another_thing(doc, first, token.i):
        return None
    capital = token.text[0].isupper() and any(
        doc[i].text[0].isupper() for i in range(start, first + len(head.words) - 1)
    )
    capital |= fixed and doc[first].text[0].isupper()
    proper = capital and not _is_title_case(token.sent)
    end = name_end(doc, token.i, proper=proper) if head.family not in _IN_PLACES else token.i + 1
    topic = topic_of(doc, token.i, end)
    own = sum(1 for i in range(start, first) if tells_apart(doc[i]))
    if head not in heads()[token.lower_]:  # what a pilot zone tries out
        own += sum(1 for i in range(first + 1, token.i) if tells_apart(doc[i]))
    if doc[first].lower_ == "five":
        own += any(token.like_num or token.text[0].isdigit() for token in doc[start:first])
    tested = head.kind in ("policy", "plan") and any(doc[i].lower_ == "pilot" for i in range(start, first))
    return Mention(
        start if own or proper or start < first else first,
        end,
        token.i,
        "pilot_program" if tested else head.kind,
        "pilot" if tested else head.family,
        0 if social else head.weight,
        plural=head.plural,
        proper=proper,
        definite=_is_definite(doc, start),
        topic=topic,
        own=own,
    )


def _is_goal(doc: Doc, start: int) -> bool:
    """Whether a zone is only what a place is to become: "build the island **into a** high-level free trade port"."""
    before = [token.lower_ for token in doc[max(0, start - 6) : start]]
    return "into" in before and before[before.index("into") + 1 : before.index("into") + 2] in (["a"], ["an"])


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


def _is_definite(doc: Doc, start: int) -> bool:
    return start > 0 and doc[start - 1].lower_ in ("the", "this", "that", "'s", "its", "their")


def _is_title_case(sentence: Span) -> bool:
    """Whether a sentence is a headline with a capital on every long word."""
    long = [token for token in sentence if token.is_alpha and len(token) > 4]
    return len(long) > 3 and sum(token.text[0].isupper() for token in long) > 0.8 * len(long)
