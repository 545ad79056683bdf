"""Job titles: where each begins and ends, what names the employer, and whose they are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TYPE_CHECKING

from pipeline.annotations import Extent, Role
from pipeline.resources import words
from pipeline.stages.people.employers import Attribute, read_attributes
from pipeline.stages.people.patterns import MAX_AGE, MAX_BRIDGE, MAX_MODIFIERS, is_speech
from pipeline.stages.people.scene import Scene, following, previous

if TYPE_CHECKING:
    from spacy.tokens import Doc

MODIFIER_TAGS = frozenset(("JJ", "NN", "NNP", "VBG", "VBN", "JJS", "NNS", "NNPS"))


@dataclass(frozen=True, slots=True)
class RolePhrase:
    """A title at tokens `start:head_end`, with its attributes up to `end`; `outer` is where its noun phrase begins."""

    outer: int
    start: int
    head_end: int
    end: int
    role_end: int
    employer: tuple[int, int] | None


def find_roles(scene: Scene, people: list[tuple[int, int]]) -> dict[int, list[RolePhrase]]:
    """The titles of every person, by the index of the person's first token."""
    starts = {start: (start, end) for start, end in people}
    ends = {end: (start, end) for start, end in people}
    roles: dict[int, list[RolePhrase]] = {}
    previous_owner: tuple[int, int | None] = (-1, None)
    done = 0
    for head in sorted(scene.heads):
        phrase = _read_phrase(scene, head) if head >= done else None
        if phrase is None:
            continue
        done = phrase.head_end
        owner = _owner(scene, phrase, starts, ends)
        if owner is None and previous_owner[1] is not None and _continues(scene, previous_owner[0], phrase):
            owner = previous_owner[1]
        if owner is not None:
            roles.setdefault(owner, []).append(phrase)
        previous_owner = (phrase.end, owner)
    return roles


def _read_phrase(scene: Scene, head: int) -> RolePhrase | None:
    head_end = _head_end(scene, head)
    if head_end in scene.heads and scene.doc[head_end - 1].tag_ != "NNS" and head_end not in scene.person:
        return None  # "executive director", "deputy general manager": the later head stands for the phrase
    if scene.text(head_end) == "-" and not scene.doc[head_end - 1].whitespace_ and head_end + 1 not in scene.heads:
        return None  # "leader-led", "user-friendly"
    start = _start(scene, head)
    outer, before = _outer(scene, start)
    return _compose(RolePhrase(outer, start, head_end, head_end, head_end, before), read_attributes(scene, head_end))


def _head_end(scene: Scene, head: int) -> int:
    """The end of the head with what follows inside it: "secretary-general", "editor-in-chief", "director general"."""
    end = head + 1
    while (
        scene.text(end) == "-"
        and not scene.doc[end - 1].whitespace_
        and scene.low(end + 1) in ("general", "in", "elect", "chief")
    ):
        end += 2
    while scene.low(end) in ("general", "emeritus", "designate") and end not in scene.sentence_starts:
        end += 1
    return end


def _start(scene: Scene, head: int) -> int:
    """Walk left over the title's own modifiers: "**deputy general** manager", "**former Party** chief"."""
    start = head
    while start > 0 and head - start < MAX_MODIFIERS and start not in scene.sentence_starts:
        left = start - 1
        if scene.texts[left] == "-" and left > 0 and not scene.doc[left].whitespace_:
            start = left - 1 if left - 1 >= 0 else left
            continue
        if not _is_modifier(scene, left):
            break
        start = left
    return _skip_foreign_openers(scene, start, head)


def _is_modifier(scene: Scene, index: int) -> bool:
    text, token = scene.texts[index], scene.doc[index]
    if index in scene.organisation or index in scene.person or not text[:1].isalpha():
        return False
    if scene.lower[index] in words("people/role_modifiers"):
        return True
    return text.islower() and token.tag_ in MODIFIER_TAGS and not is_speech(text)


def _skip_foreign_openers(scene: Scene, start: int, head: int) -> int:
    """Cut what says whose the title is or how old the person: "**company** spokesman", "**36-year-old** farmer"."""
    while start < head:
        low = scene.lower[start]
        age = low in ("year", "old", "-", "aged") or low.isdigit()
        if not age and low not in words("people/employer_nouns") and low not in words("organisations/nationalities"):
            break
        start += 1
    return start


def _outer(scene: Scene, start: int) -> tuple[int, tuple[int, int] | None]:
    """Where the noun phrase around a title begins, and the employer before it: "**Huawei's** rotating chairman"."""
    index, employer = start, None
    while index > 0 and start - index < 12 and index not in scene.sentence_starts:
        left = index - 1
        if left in scene.organisation:
            index = scene.organisation[left][0]
            employer = employer or scene.organisation[left]
            continue
        text = scene.lower[left]
        if left in scene.person or not (text[:1].isalnum() or text in ("'s", "-", "'")):
            break
        token = scene.doc[left]
        if token.pos_ in ("VERB", "AUX", "ADP", "SCONJ", "CCONJ", "PRON") and token.tag_ not in ("VBN", "VBG", "PRP$"):
            break
        if text in words("people/employer_nouns") and employer is None:
            employer = (left, left + 1)
        index = left
    return index, employer


def _compose(bare: RolePhrase, attributes: list[Attribute]) -> RolePhrase:
    """Add its attributes to a title: one of them may be the employer, and then the title ends before it."""
    end = attributes[-1].end if attributes else bare.end
    chosen = _employer(attributes)
    if chosen is not None:
        return replace(bare, end=end, role_end=chosen.preposition, employer=chosen.employer)
    own = takewhile(lambda attribute: attribute.belongs, attributes)
    return replace(bare, end=end, role_end=max((attribute.end for attribute in own), default=bare.head_end))


def _employer(attributes: list[Attribute]) -> Attribute | None:
    """The attribute that names the employer.

    The first one that names a body; but a department, a school or a division is a part of the title, and its body
    is named next: "director of the department of market system development **at the ministry**".
    """
    candidates = [attribute for attribute in attributes if attribute.employer is not None]
    if not candidates:
        return None
    first = candidates[0]
    for following_one in candidates[1:2]:
        if first.unit and following_one.word != "under":
            return following_one
    return first


def _owner(
    scene: Scene,
    phrase: RolePhrase,
    starts: dict[int, tuple[int, int]],
    ends: dict[int, tuple[int, int]],
) -> int | None:
    """The first token of the person whose title this is, or None."""
    after = _after_name(scene, phrase, ends)
    if after is not None:
        return after
    right = following(scene, phrase.end)
    if right in starts and phrase.end not in scene.sentence_starts:
        return right
    return _before_comma(scene, phrase, starts)


def _after_name(scene: Scene, phrase: RolePhrase, ends: dict[int, tuple[int, int]]) -> int | None:
    """Find the person before the title: "**Sun Bin**, deputy director of …", "**Li Na**, 45, is a farmer"."""
    index, bridge = phrase.outer, 0
    words_between: list[str] = []
    while index not in ends and bridge <= MAX_BRIDGE + 2 and index > 0:
        index -= 1
        bridge += 1
        words_between.insert(0, scene.lower[index])
    if index not in ends:
        return None
    person = ends[index][0]
    return person if _is_bridge(words_between) else None


def _is_bridge(between: list[str]) -> bool:
    """Tell whether words join a name to a title: ``[","]``, ``["(",]``, ``[",", "45", ","]``, ``["is"]``."""
    kept = [word for word in between if not word.isspace()]
    if len(kept) >= 2 and kept[0] == "," and kept[1].isdigit() and int(kept[1]) < MAX_AGE:
        kept = kept[2:]
    openers = words("people/apposition_openers")
    while kept and kept[-1] in openers:
        kept = kept[:-1]
    if kept in ([","], ["("], ["-"], ["--"], ["–"], ["—"]):
        return True
    return " ".join(word for word in kept if word not in openers) in words("people/copulas")


def _before_comma(scene: Scene, phrase: RolePhrase, starts: dict[int, tuple[int, int]]) -> int | None:
    """Find the person after a title and a comma: "The ministry's spokesman, **Li Wei**, said"."""
    comma = following(scene, phrase.end)
    person = starts.get(following(scene, comma + 1))
    if scene.text(comma) != "," or person is None:
        return None
    closing = following(scene, person[1])
    definite = scene.lower[phrase.outer] in ("the", "its", "their", "his", "her") or _possessed(scene, phrase)
    opened = scene.text(previous(scene, phrase.outer)) in ("", ".", ",", '"') or phrase.outer in scene.sentence_starts
    closed = scene.text(closing) in (",", ".", "") or is_speech(scene.text(closing))
    return (
        person[0] if definite and closed and (opened or is_speech(scene.text(previous(scene, phrase.outer)))) else None
    )


def _possessed(scene: Scene, phrase: RolePhrase) -> bool:
    return any(scene.texts[index] in ("'s", "'") for index in range(phrase.outer, phrase.start))


def _continues(scene: Scene, end: int, phrase: RolePhrase) -> bool:
    """Tell a second title of the same person: "director of X **and president** of Y", "CEO **and** president"."""
    between = [text for text in scene.lower[end : phrase.outer] if not text.isspace()]
    return between in (["and"], [",", "and"], ["&"], ["/"], [","], ["as", "well", "as"], ["and", "also"], ["-"])


def to_role(doc: Doc, phrase: RolePhrase) -> Role:
    """The typed role with its extents in the text."""
    text = " ".join(doc[phrase.start : phrase.role_end].text.split())
    extent = Extent(doc[phrase.start].idx, _end(doc, phrase.role_end))
    employer = phrase.employer
    return Role(text, extent, Extent(doc[employer[0]].idx, _end(doc, employer[1])) if employer else None)


def _end(doc: Doc, index: int) -> int:
    return doc[index - 1].idx + len(doc[index - 1])
