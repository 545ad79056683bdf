"""Job titles: where each begins and ends, what names the employer, and whose they are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TYPE_CHECKING

from pipeline.annotations import Extent, Role
from pipeline.resources import words
from pipeline.stages.people.employers import Attribute, read_attributes
from pipeline.stages.people.patterns import MAX_AGE, MAX_BRIDGE, MAX_MODIFIERS, is_honorific, is_plural_head, is_speech
from pipeline.stages.people.scene import Scene, after_remark, following, previous

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

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


def find_roles(scene: Scene, people: list[tuple[int, int]]) -> dict[int, list[RolePhrase]]:
    """The titles of every person, by the index of the person's first token."""
    starts = {start: (start, end) for start, end in people}
    ends = {end: (start, end) for start, end in people}
    ends |= {after_remark(scene, end): spot for end, spot in ends.items()}
    roles: dict[int, list[RolePhrase]] = {}
    for chain in _chains(scene):
        owners = (_owner(scene, replace(phrase, outer=chain[0].outer), starts, ends) for phrase in reversed(chain))
        owner = next((found for found in owners if found is not None), None)
        if owner is not None:
            roles.setdefault(owner, []).extend(_share_employers(chain))
    for owner, phrase in _plural_roles(scene, starts):
        roles.setdefault(owner, []).append(phrase)
    return roles


def _chains(scene: Scene) -> Iterator[list[RolePhrase]]:
    """The titles of a document, those that are joined ("founder and chairman of X") together."""
    chain: list[RolePhrase] = []
    done = 0
    for head in sorted(scene.heads):
        phrase = _read_phrase(scene, head) if head >= done and head not in scene.person else None
        if phrase is None:
            continue
        done = phrase.head_end
        if chain and not _continues(scene, chain[-1].end, phrase):
            yield chain
            chain = []
        chain.append(phrase)
    if chain:
        yield chain


def _share_employers(chain: list[RolePhrase]) -> list[RolePhrase]:
    """Give joined titles the employer that is named once: "**founder** and CEO of X", "X's founder and **CEO**"."""
    return _inherit(_inherit(chain[::-1])[::-1])


def _inherit(chain: list[RolePhrase]) -> list[RolePhrase]:
    """Pass an employer on to the titles after it that have no attribute of their own."""
    passed: list[RolePhrase] = []
    for phrase in chain:
        bare = phrase.employer is None and phrase.end == phrase.head_end
        passed.append(replace(phrase, employer=passed[-1].employer) if bare and passed else phrase)
    return passed


def find_workplaces(scene: Scene, people: list[tuple[int, int]]) -> dict[int, tuple[int, int]]:
    """The bodies that people are said to be of without a title, by the person's first token.

    "Sun Lei **of the Hydrogen Energy Association** warned", "Guo Liping, **who heads the international department of
    the National Forestry and Grassland Administration**".
    """
    found = {}
    for start, end in people:
        index = following(scene, end)
        if scene.low(index) == "," and scene.low(index + 1) == "who":
            attributes = _in_relative_clause(scene, index + 2)
        elif scene.low(index) in ("of", "from", "with"):
            attributes = read_attributes(scene, index)[:1]
        else:
            continue
        chosen = _employer(attributes)
        if chosen is not None and chosen.employer is not None:
            found[start] = chosen.employer
    return found


def _in_relative_clause(scene: Scene, index: int) -> list[Attribute]:
    """The bodies of "who **heads** the bureau", "who **is in charge of** X's depots", "who **teaches at** Y"."""
    if scene.low(index) in words("people/leading"):
        return read_attributes(scene, index, opened=True)
    if scene.low(index) in ("is", "was") and scene.lower[index + 1 : index + 4] == ["in", "charge", "of"]:
        return read_attributes(scene, index + 3, loose=True)
    if scene.low(index) in words("people/working"):
        for at in range(index + 1, min(index + 6, len(scene.texts))):
            if scene.lower[at] in ("at", "for"):
                return read_attributes(scene, at)
    return []


def _plural_roles(scene: Scene, starts: dict[int, tuple[int, int]]) -> Iterator[tuple[int, RolePhrase]]:
    """A title for several people: "**Economists** Li Daokui and Yao Yang"."""
    for start, spot in starts.items():
        head = previous(scene, start)
        if head < 0 or head in scene.person or not is_plural_head(scene.lower[head]):
            continue
        first = _start(scene, head)
        phrase = RolePhrase(first, first, head + 1, head + 1, head + 1, None)
        person: tuple[int, int] | None = spot
        while person is not None:
            yield person[0], phrase
            person = _next_in_list(scene, person[1], starts)


def _next_in_list(scene: Scene, index: int, starts: dict[int, tuple[int, int]]) -> tuple[int, int] | None:
    """The person after a comma or "and": "Li Daokui **and** Yao Yang"."""
    while scene.low(index) in (",", "and"):
        index += 1
        if index in starts:
            return starts[index]
    return None


def _read_phrase(scene: Scene, head: int) -> RolePhrase | None:
    head_end = _head_end(scene, head)
    if _is_only_modifier(scene, head, head_end):
        return None
    if scene.text(head_end) == "-" and not scene.doc[head_end - 1].whitespace_ and head_end + 1 not in scene.heads:
        return None  # "leader-led", "user-friendly"
    start = _start(scene, head)
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
        if scene.doc[index].pos_ not in ("NOUN", "PROPN", "ADJ", "PUNCT"):
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


def _start(scene: Scene, head: int) -> int:
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
    return plain and scene.lower[index - 1] in words("people/role_modifiers") and scene.texts[index - 1].islower()


def _is_modifier(scene: Scene, index: int) -> bool:
    text, token = scene.texts[index], scene.doc[index]
    if index in scene.person or not text[:1].isalpha():
        return False
    if scene.lower[index] in words("people/role_modifiers"):
        return index not in scene.organisation or scene.organisation[index][1] == index + 1
    if index in scene.organisation:
        return False
    if (
        index in scene.sentence_starts
        and token.tag_ in ("NN", "JJ", "VBG")
        and text.lower() not in words("people/employer_nouns")
    ):
        return True
    return text.islower() and token.tag_ in MODIFIER_TAGS and not is_speech(text)


def _skip_foreign_openers(scene: Scene, start: int, head: int) -> int:
    """Cut what says whose the title is or how old the person: "**company** spokesman", "**36-year-old** farmer"."""
    while start < head:
        low = scene.lower[start]
        age = low in ("year", "old", "-", "aged") or low.isdigit()
        origin = low in words("organisations/nationalities") or low in words("people/peoples")
        if not age and not origin and low not in words("people/employer_nouns"):
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
    chosen = _employer(attributes)
    if chosen is not None:
        role_end = chosen.end if chosen.inside else chosen.preposition
        return replace(bare, end=end, role_end=role_end, employer=chosen.employer)
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
    right = _skip_honorific(scene, phrase.end)
    if right in starts and phrase.end not in scene.sentence_starts:
        return right
    ahead = _before_comma(scene, phrase, starts)
    if ahead is not None and is_honorific(scene.text(previous(scene, ahead))):
        return ahead
    after = _after_name(scene, phrase, ends)
    return after if after is not None else ahead


def _skip_honorific(scene: Scene, index: int) -> int:
    """The first index after "Mr": "the Secretary, **Mr** Edward Yau"."""
    index = following(scene, index)
    return following(scene, index + 1) if is_honorific(scene.text(index)) else index


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
    honoured = is_honorific(scene.text(following(scene, comma + 1)))
    person = starts.get(_skip_honorific(scene, comma + 1))
    if scene.text(comma) != "," or person is None:
        return None
    closing = following(scene, person[1])
    definite = scene.lower[phrase.outer] in ("the", "its", "their", "his", "her") or _possessed(scene, phrase)
    opened = scene.text(previous(scene, phrase.outer)) in ("", ".", ",", '"') or phrase.outer in scene.sentence_starts
    opened, closed = (
        opened or honoured,
        honoured or scene.text(closing) in (",", ".", "", ";") or is_speech(scene.text(closing)),
    )
    return (
        person[0] if definite and closed and (opened or is_speech(scene.text(previous(scene, phrase.outer)))) else None
    )


def _possessed(scene: Scene, phrase: RolePhrase) -> bool:
    return any(scene.texts[index] in ("'s", "'") for index in range(phrase.outer, phrase.start))


def _continues(scene: Scene, end: int, phrase: RolePhrase) -> bool:
    """Tell a second title of the same person: "director of X **and president** of Y", "CEO **and** president"."""
    between = [text for text in scene.lower[end : phrase.outer] if not text.isspace()]
    if between in ([","], [",", "and"]):  # "member of X, director of Y, and spokesperson for Z"
        return phrase.outer == phrase.start and following(scene, phrase.end) not in scene.person
    return between in (["and"], ["&"], ["/"], ["as", "well", "as"], ["and", "also"], ["-"])


def to_role(doc: Doc, phrase: RolePhrase) -> Role:
    """The typed role with its extents in the text."""
    text = " ".join(doc[phrase.start : phrase.role_end].text.split())
    employer = to_extent(doc, *phrase.employer) if phrase.employer else None
    return Role(text, to_extent(doc, phrase.start, phrase.role_end), employer)


def to_extent(doc: Doc, start: int, end: int) -> Extent:
    """The characters of some tokens."""
    return Extent(doc[start].idx, doc[end - 1].idx + len(doc[end - 1]))
