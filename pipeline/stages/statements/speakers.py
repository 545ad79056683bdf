"""Who is the source: the noun phrase beside the cue, and the entity of the document that it means."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.annotations import EntityMention, Ref
from pipeline.stages.statements.verbs import noun_kind, publishing_verbs
from pipeline.stages.statements.words import FINITE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Token

    from pipeline.schema import SpeakerKind
    from pipeline.stages.statements.verbs import Verb
    from pipeline.stages.statements.words import Words

#: How many words behind a phrase the name in its apposition may end.
APPOSED = 5
_NOMINAL = frozenset(
    {"NN", "NNS", "NNP", "NNPS", "PRP", "DT", "CD", "JJ", "JJS", "WP", "VBN", "VBG", "JJR", "FW", "WDT"}
)
_STOPS = frozenset(
    {",", "who", "which", "that", "(", ")", "--", "\u2014", ";", ":", '"', "whose", "where", "when", "while"}
)
_PUBLISHED = frozenset({"by", "from", "of", "at", "for", "with", "in"})
#: Where a body is, behind its name: "in east China's Anhui province".
_PLACED = frozenset({"IN", "DT", "JJ", "NN", "NNP", "POS"})
#: Nouns of these kinds stand for one source that a name may follow.
_ONE = ("person", "organisation", "group")
_SPOKESPEOPLE = ("spokes",)
_PERSONAL = {"he": "person", "she": "person", "i": "person", "they": "group", "we": "group", "it": "organisation"}
_EMPTY = frozenset({"i", "we", "you", "this", "that", "which", "what", "there", "these"})


@dataclass(frozen=True, slots=True)
class Source:
    """The words that name a source, its head word, and what it was resolved to."""

    start: int
    end: int
    head: int
    ref: Ref | None = None
    kind: SpeakerKind | None = None


def phrase(words: Words, head: Token, low: int, high: int) -> Source:
    """The noun phrase around `head` between the indices `low` and `high`, without appositions and relative clauses."""
    at = words.place(head)
    start = max(low, words.place(head.left_edge))
    stop = min(high, words.place(head.right_edge) + 1)
    start = _compound_start(words, at, start, low)
    at = _compound_end(words, at, high)
    end = at + 1
    while end < stop and words.lower[end] not in _STOPS and words.tags[end] not in FINITE:
        end += 1
    while end + 1 < high and words.lower[end] == "-" and words.tags[end + 1] == "NN":
        # "its vice|-president"
        at, end = end + 1, end + 2
    while start < at and words.lower[start] in (",", '"', "and", "but", "as", "--"):
        start += 1
    return Source(start, end, at)


def _compound_start(words: Words, at: int, start: int, low: int) -> int:
    """Where a phrase begins whose words the parser hangs on the verb for a noun: "**customs data** show"."""
    head = words.tokens[at]
    while head.dep_ == "compound" and start > low and words.tokens[start - 1].head == head.head:
        if words.tokens[start - 1].dep_ not in ("compound", "amod", "det", "nmod"):
            break
        start -= 1
    return start


def _compound_end(words: Words, at: int, high: int) -> int:
    """The last part of a head that hyphens join: "its **vice-president**", whose parts parsers take apart."""
    first = at
    while at + 2 < high and words.lower[at + 1] == "-" and words.end_of(at) == words.starts[at + 1]:
        at += 2
    above = words.tokens[at].head
    if at > first and words.tokens[at].dep_ == "compound" and at < words.place(above) < high:
        return words.place(above)  # "**Vice-Premier Yu Lan** said"
    return at


def resolve(words: Words, source: Source, reach: int) -> Source:
    """What `source` means; `reach` is where the words that may say who published it end."""
    source = _whole_name(words, source)
    ref, kind = _entity(words, source, reach) or (None, None)
    if ref is None:
        kind = kind or _kind(words, source)
    return Source(source.start, source.end, source.head, ref, kind)


def _whole_name(words: Words, source: Source) -> Source:
    """A phrase that the parser cut short made as long as the name that its head belongs to."""
    head = words.starts[source.head]
    for mention in words.mentions.within(max(0, head - 60), head + 60):
        if mention.extent.start <= head < mention.extent.end:
            start, end = words.index(mention.extent.start), words.index(mention.extent.end - 1) + 1
            return replace(source, start=min(start, source.start), end=max(end, source.end))
    return source


def _entity(words: Words, source: Source, reach: int) -> tuple[Ref | None, SpeakerKind | None] | None:
    reach = max(reach, source.end)
    if reach < len(words) - 1 and words.lower[reach] == "," and reach == source.end:
        reach = min(reach + APPOSED, len(words))  # "according to its vice-president**, Shu Lan**"
    found = words.mentions.within(words.starts[source.start], _end(words, reach))
    head = words.starts[source.head]
    at_head = [m for m in found if m.extent.start <= head < m.extent.end]
    if at_head:
        return at_head[0].ref, _ref_kind(at_head[0])
    noun = words.lower[source.head]
    kind = noun_kind(noun)
    people = [m for m in found if m.kind == "person" and m.form == "name"]
    people = [m for m in people if _is_in_title(words, m, source) or _names_head(words, m, source)]
    if people:
        return people[0].ref, _ref_kind(people[0])
    if kind == "document" or noun.startswith(_SPOKESPEOPLE):
        named = [m for m in found if _publishes(words, m, source)] or _its_owner(words, source)
        return (named[0].ref, _ref_kind(named[0])) if named else None
    bodies = [m for m in found if m.kind == "organisation" and m.form == "name" and _is_apposed_body(words, m, source)]
    if bodies and kind != "person":
        return bodies[0].ref, _ref_kind(bodies[0])
    if kind == "group" or (kind is None and words.tags[source.head] == "NNS"):
        return None
    named = [m for m in found if m.form == "name" and _names_head(words, m, source)]
    return (named[0].ref, _ref_kind(named[0])) if named else None


def _its_owner(words: Words, source: Source) -> list[EntityMention]:
    """`**The bank** lent 3 billion yuan, according to its report`: the one body at the head of the sentence."""
    unit = words.units[words.unit_of[source.start]]
    if words.lower[source.start] != "its" or source.start <= unit.start:
        return []
    before = words.mentions.within(words.starts[unit.start], words.starts[source.start])
    bodies = [m for m in before if m.kind == "organisation" and m.ref is not None]
    opens = bodies and bodies[0].extent.start <= words.starts[min(unit.start + 1, len(words) - 1)]
    return bodies[:1] if opens and len({m.ref for m in bodies}) == 1 else []


def _ref_kind(mention: EntityMention) -> SpeakerKind | None:
    if mention.ref is None:
        return None
    return "person" if mention.kind == "person" else "organisation"


def _publishes(words: Words, mention: EntityMention, source: Source) -> bool:
    """Whether the phrase says that a document comes from an organisation: by name, or as its modifier."""
    if mention.ref is None:
        return False
    at = words.index(mention.extent.start)
    if at < source.head:
        return mention.kind == "organisation"
    if _followed_by_publishing(words, mention):
        return True
    i = _before_modifiers(words, at)
    before = words.lower[i]
    if before == "by" and words.tags[i - 1] == "VBN" and words.lower[i - 1] not in publishing_verbs():
        return False
    return before in _PUBLISHED or (
        mention.kind == "organisation" and words.tags[at - 1] in ("JJ", "NNP", "POS", "NNPS")
    )


def _before_modifiers(words: Words, at: int) -> int:
    """The word before a name and what says what it is: "data **from** online travel agency Tuyou"."""
    i = at - 1
    while i > 0 and at - i < APPOSED and words.tags[i] in ("NN", "JJ", "VBG", "HYPH") and words.lower[i].islower():
        i -= 1
    return i - 1 if words.lower[i] in ("the", "its", "their") else i


def _is_apposed(words: Words, first: int, last: int, source: Source) -> bool:
    """`a spokeswoman for the ministry, Tara Hill,`, `its operator, the Xin Group`: a name right behind a noun."""
    after = words.lower[last + 1] if last + 1 < len(words) else "."
    one = words.tags[source.head] == "NN" and noun_kind(words.lower[source.head]) in _ONE
    first -= words.lower[first - 1] == "the"
    return one and first == source.end + 1 and words.lower[source.end] == "," and after in (",", ".")


def _is_apposed_body(words: Words, mention: EntityMention, source: Source) -> bool:
    """`the line's operator, the Yuxi Rail Group,`: a body's name between commas right after a phrase for one."""
    first, last = words.index(mention.extent.start), words.index(mention.extent.end - 1)
    first -= words.lower[first - 1] == "the"
    after = words.lower[last + 1] if last + 1 < len(words) else "."
    one = words.tags[source.head] == "NN" and words.lower[source.end : source.end + 1] == [","]
    return one and first == source.end + 1 and after in (",", ".")


def _followed_by_publishing(words: Words, mention: EntityMention) -> bool:
    """`a survey that the council published last month`, `figures that the customs **in Anhui province** released`."""
    after = words.index(mention.extent.end - 1) + 1
    if after < len(words) and words.lower[after] in ("in", "of"):
        while after < len(words) and words.tags[after] in _PLACED:
            after += 1
    return after < len(words) and words.lower[after] in publishing_verbs()


def _names_head(words: Words, mention: EntityMention, source: Source) -> bool:
    """Whether a name is the head's: "the mayor, Li Hua, said", "director Li Hua", "a man surnamed Li"."""
    first, last = words.index(mention.extent.start), words.index(mention.extent.end - 1)
    if last < source.head:
        branch = (
            mention.kind == "organisation"
            and last == source.head - 1
            and noun_kind(words.lower[source.head]) == "organisation"
        )
        return branch or (first == source.start and words.lower[last + 1] == ",")
    if words.lower[first - 1] in ("surnamed", "named", "called") or _is_apposed(words, first, last, source):
        return True
    if mention.kind == "person" and last + 1 == source.end and words.tags[first - 1].startswith("NNP"):
        return True
    token = words.tokens[last]
    for _ in range(3):
        if token.dep_ not in ("appos", "compound", "flat"):
            return False
        token = token.head
        if words.place(token) == source.head:
            return True
    return False


def _is_in_title(words: Words, mention: EntityMention, source: Source) -> bool:
    """Whether the head is that of the title before a name, what it is for between: "**minister** of labor Li Hua"."""
    title = words.mentions.title_before(mention)
    return title is not None and title.start <= words.starts[source.head] < title.end


def _kind(words: Words, source: Source) -> SpeakerKind | None:
    """Person, organisation, document or group by the head noun."""
    noun, tag = words.lower[source.head], words.tags[source.head]
    if noun in _PERSONAL:
        return _PERSONAL[noun]  # type: ignore[return-value]
    kind = noun_kind(noun)
    if kind:
        return kind  # type: ignore[return-value]
    if tag == "NNS" or any(child.dep_ == "conj" for child in words.children(words.tokens[source.head])):
        return "group"
    return "organisation" if tag in ("NNP", "NNPS") else "person" if tag == "NN" else "group"


def _end(words: Words, i: int) -> int:
    token = words.tokens[min(i, len(words)) - 1]
    return token.idx + len(token)


def can_speak(words: Words, source: Source, verb: Verb) -> bool:
    """Whether the phrase can be the subject of `verb`; "this" and a narrator's "I" are no source.

    Neither is "it" where nothing says what it means and a label or a rule could: "it shows", "it tells them that"; nor
    a plan that "encourages families to move": it says what it is for, not what anybody said.
    """
    noun, tag = words.lower[source.head], words.tags[source.head]
    if tag not in _NOMINAL or noun in _EMPTY:
        return False
    if noun == "it" and (verb.subject == "document" or "object" in verb.takes):
        return source.ref is not None
    if verb.subject == "people" and verb.takes == {"to"} and noun_kind(noun) == "document":
        return source.ref is not None
    return verb.subject != "document" or source.ref is not None or noun_kind(noun) is not None


def head_of(tokens: Iterable[Token]) -> Token | None:
    """The word that the others hang on: the first whose head is outside of them."""
    inside = {token.i: token for token in tokens}
    return next((t for t in inside.values() if t.head.i not in inside and t.tag_ in _NOMINAL), None)
