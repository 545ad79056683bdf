"""Job titles as phrases: where each begins and ends, and what in it names the employer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TYPE_CHECKING

from pipeline.resources import words
from pipeline.stages.people.employers import Attribute, read_attributes
from pipeline.stages.people.patterns import MAX_MODIFIERS, is_speech

if TYPE_CHECKING:
    from pipeline.stages.people.scene import Scene


#: Of these a manager's title says whose it is; a "plant manager" or a "hotel manager" is called so.
_WHOLE_BODIES = frozenset(("company", "firm", "group", "corporation", "enterprise", "organization", "agency"))
MODIFIER_TAGS = frozenset(("JJ", "NN", "NNP", "JJS", "NNS", "NNPS"))


@dataclass(frozen=True, slots=True)
class RolePhrase:
    """A title at tokens `start:head_end`, with its attributes up to `end`; `outer` is where its noun phrase begins."""

    outer: int
    start: int
    head_end: int
    end: int
    role_end: int
    employer: tuple[int, int] | None


def read_phrase(scene: Scene, head: int) -> RolePhrase | None:
    """Read the title around a head; None where the word only modifies a later head or is part of a compound."""
    head_end = _head_end(scene, head)
    if _is_only_modifier(scene, head, head_end):
        return None
    if scene.text(head_end) == "-" and not scene.doc[head_end - 1].whitespace_ and head_end + 1 not in scene.heads:
        return None  # "leader-led", "user-friendly"
    if scene.text(head_end) in ("'s", "'"):
        return None  # "the **broker**'s managing director"
    start = first_modifier(scene, head)
    outer, before = _outer(scene, start)
    office = scene.lower[head] in words("people/office_heads")
    attributes = read_attributes(scene, head_end, office=office)
    return _compose(RolePhrase(outer, start, head_end, head_end, head_end, before), attributes)


def _is_only_modifier(scene: Scene, head: int, head_end: int) -> bool:
    """Tell a head that a later one outranks: "**executive** vice-president", "**deputy** county head"."""
    reach = 4 if scene.lower[head] in words("people/role_modifiers") else 1
    for index in range(head_end, min(head_end + reach, len(scene.texts))):
        if index in scene.person or not (scene.texts[index].isalpha() or scene.texts[index] == "-"):
            return False
        if index in scene.heads:
            return True
        if scene.doc[index].pos_ not in ("NOUN", "PROPN", "ADJ", "PUNCT") and scene.doc[index].tag_ != "VBG":
            return False
    return False


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


def first_modifier(scene: Scene, head: int) -> int:
    """Walk left over the title's own modifiers: "**deputy general** manager", "**former Party** chief"."""
    start = head
    while start > 0 and head - start < MAX_MODIFIERS and start not in scene.sentence_starts:
        left = start - 1
        if scene.texts[left] == "-" and left > 0 and not scene.doc[left].whitespace_:
            start = left - 1 if left - 1 >= 0 else left
            continue
        if _is_modifier(scene, left):
            start = left
        elif left > 0 and _is_inside_title(scene, left):
            start = left - 1
        else:
            break
    return _skip_foreign_openers(scene, start, head)


def _is_inside_title(scene: Scene, index: int) -> bool:
    """Tell a name inside a title: "chief **China** economist"."""
    plain = index not in scene.organisation and index not in scene.person and scene.texts[index].isalpha()
    plain = plain and scene.texts[index][:1].isupper()
    return plain and scene.lower[index - 1] in words("people/role_modifiers") and scene.texts[index - 1].islower()


def _is_modifier(scene: Scene, index: int) -> bool:
    text, token = scene.texts[index], scene.doc[index]
    if index in scene.person or not text[:1].isalpha():
        return False
    if scene.lower[index] in words("people/role_modifiers"):
        return index not in scene.organisation or _lends_word(scene, index)
    if index in scene.organisation:
        return False
    if (
        index in scene.sentence_starts
        and token.tag_ in ("NN", "JJ", "VBG")
        and text.lower() not in words("people/employer_nouns")
    ):
        return True
    return text.islower() and token.tag_ in MODIFIER_TAGS and not is_speech(text)


def _lends_word(scene: Scene, index: int) -> bool:
    """Tell the last word of a body that a title needs: "US **Treasury** Secretary", not "Ministry of Commerce" 's."""
    start, end = scene.organisation[index]
    return end == index + 1 and "of" not in scene.lower[start:end]


def _skip_foreign_openers(scene: Scene, start: int, head: int) -> int:
    """Cut what says whose the title is or how old the person: "**company** spokesman", "**36-year-old** farmer"."""
    while start < head:
        low = scene.lower[start]
        age = low in ("year", "old", "-", "aged") or low.isdigit()
        origin = low in words("organisations/nationalities") or low in words("people/peoples")
        kept = scene.lower[head] == "manager" and start == head - 1 and low not in _WHOLE_BODIES
        if not age and not origin and (kept or low not in words("people/employer_nouns")):
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
        if (text in words("people/employer_nouns") or text == "its") and employer is None:
            employer = (left, left + 1)
        index = left
    return index, employer


def _compose(bare: RolePhrase, attributes: list[Attribute]) -> RolePhrase:
    """Add its attributes to a title: one of them may be the employer, and then the title ends before it."""
    end = attributes[-1].end if attributes else bare.end
    chosen = choose_employer(attributes)
    if chosen is not None:
        role_end = _own_end(chosen, attributes) if chosen.inside else _cut_market(chosen, attributes)
        return replace(bare, end=end, role_end=role_end, employer=chosen.employer)
    own = takewhile(lambda attribute: attribute.belongs, attributes)
    return replace(bare, end=end, role_end=max((attribute.end for attribute in own), default=bare.head_end))


def _own_end(chosen: Attribute, attributes: list[Attribute]) -> int:
    """Where a title ends that names its body inside: "director of the bureau's division **of free trade zones**"."""
    behind = takewhile(lambda attribute: attribute.belongs, attributes[attributes.index(chosen) + 1 :])
    return max((attribute.end for attribute in behind), default=chosen.end)


def _cut_market(chosen: Attribute, attributes: list[Attribute]) -> int:
    """Where a title ends: before its employer, and before the place that it is held for."""
    markets = [attribute.preposition for attribute in attributes if attribute.market]
    return min([chosen.preposition, *markets])


def choose_employer(attributes: list[Attribute]) -> Attribute | None:
    """The attribute that names the employer.

    The first one that names a body; but a department, a school or a division is a part of the title, and its body
    is named next: "director of the department of rural market development **at the ministry**".
    """
    candidates = [attribute for attribute in attributes if attribute.employer is not None]
    if not candidates:
        return None
    first = candidates[0]
    for following_one in candidates[1:2]:
        if first.unit and following_one.word != "under":
            return following_one
    return first
