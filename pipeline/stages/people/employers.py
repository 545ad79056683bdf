"""The attributes of a title, one preposition after another: "of the department … at the ministry"."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.gazetteer import gazetteer
from pipeline.resources import words
from pipeline.stages.people.patterns import MAX_ATTRIBUTE, is_speech
from pipeline.stages.people.scene import Scene, following

PREPOSITIONS = frozenset(("of", "at", "for", "with", "in", "from", "under", "within", "to", "on"))
#: "professor **of** economics", "vice-president **for** sales": these open a part of the title itself.
OWN = frozenset(("of", "for"))


@dataclass(frozen=True, slots=True)
class Attribute:
    """A preposition with its noun phrase; `employer` where that names a body, `unit` where only a part of one."""

    preposition: int
    word: str
    end: int
    employer: tuple[int, int] | None
    unit: bool
    belongs: bool
    #: Whether the body is named inside the title: "head of **the ministry's** water transport bureau".
    inside: bool = False
    #: Whether it is a place that the title is held for: "chief economist **for Asia**".
    market: bool = False


def read_attributes(
    scene: Scene, index: int, *, opened: bool = False, office: bool = False, loose: bool = False
) -> list[Attribute]:
    """The attributes that follow one another from a token on; `opened` where that is a verb: "who **heads** the …".

    `office` says that the title's head is an office: "Minister **of Commerce**", "ambassador **to China**"; `loose`
    that whatever a body owns will do: "in charge **of Beigu's warehouses**".
    """
    attributes: list[Attribute] = []
    if opened:
        first = _read(scene, index, "of", office=office)
        if first is None:
            return []
        attributes.append(first)
        index = first.end
    while (index := following(scene, index)) < len(scene.texts):
        word = scene.lower[index]
        if word not in PREPOSITIONS or index in scene.sentence_starts:
            break
        attribute = _read(scene, index, word, office=office, loose=loose)
        if attribute is None:
            break
        attributes.append(attribute)
        index = attribute.end
    return attributes


def _read(scene: Scene, preposition: int, word: str, *, office: bool, loose: bool = False) -> Attribute | None:
    start = following(scene, preposition + 1)
    if scene.low(start) in ("the", "a", "an", "its", "their", "his", "her", "our"):
        start += 1
    end, body = _scan(scene, start)
    if end == start:
        return None
    owner = _possessor(scene, start, end, loose=loose)
    if owner is not None:
        return Attribute(preposition, word, end, owner, unit=False, belongs=True, inside=True)
    unit = _is_unit(scene, *(body or (start, end)))
    if body is None and _is_nominal(scene, start, end):
        body = (start, end)
    last = scene.texts[end - 1]
    named = scene.texts[start][:1].isupper() and (not last.islower() or last in words("people/place_nouns"))
    if body is None and named and (word in ("at", "with") or (word == "of" and not office)):
        body = (start, end)
    common = start > following(scene, preposition + 1) and scene.texts[start].islower() and not unit
    market = word == "for" and not office and body is None and _is_place(scene, start, end)
    belongs = (word in OWN or (word == "to" and office)) and body is None and not common and not market
    return Attribute(preposition, word, end, body, unit, belongs, market=market)


def _is_place(scene: Scene, start: int, end: int) -> bool:
    """Tell the market of a title from its subject: "chief economist for **Greater China**", not "for sales"."""
    names_ = [text for text in scene.texts[start:end] if text[:1].isalpha()]
    if not names_ or not all(text[0].isupper() or text == "and" for text in names_):
        return False
    return any(gazetteer().lookup(name) for name in (" ".join(names_), "-".join(names_), names_[0], names_[-1]))


def _possessor(scene: Scene, start: int, end: int, *, loose: bool) -> tuple[int, int] | None:
    """The body before a possessive: "**the ministry**'s water transport bureau"."""
    mark = next((index for index in range(start, end - 1) if scene.texts[index] in ("'s", "'")), None)
    if mark is None or not (loose or _is_unit(scene, mark + 1, end)):
        return None
    if mark - 1 in scene.organisation:
        return scene.organisation[mark - 1]
    return (start, mark) if _is_nominal(scene, start, mark) else None


def _scan(scene: Scene, start: int) -> tuple[int, tuple[int, int] | None]:
    """Read a noun phrase: where it ends, and the organisation in it."""
    index, body = start, None
    while index < min(start + MAX_ATTRIBUTE, len(scene.texts)):
        if index in scene.organisation:
            body = body or scene.organisation[index]
            index = max(scene.organisation[index][1], index + 1)
            continue
        if body is not None and scene.texts[index] not in ("'s", "-"):
            break
        if body is not None:
            body = None  # "Huawei's mobile business"
        if index in scene.heads and index > start and scene.texts[index - 1] == "'s":
            break
        if not _goes_on(scene, index, start):
            break
        index += 1
    return index, body


def _goes_on(scene: Scene, index: int, start: int) -> bool:
    token, low = scene.doc[index], scene.lower[index]
    if index in scene.person or index in scene.sentence_starts:
        return False
    if low in ("-", "'s", "&", "/"):
        return True
    if low == "and":
        return index > start and _joins_nouns(scene, index)
    if token.is_punct or token.is_space or is_speech(token.text):
        return False
    return token.pos_ in ("NOUN", "PROPN", "ADJ", "NUM") or token.tag_ in ("VBG", "VBN")


def _joins_nouns(scene: Scene, index: int) -> bool:
    """Tell "culture **and** tourism" from "operations **and** chief engineer" and "… **and** Li Wei"."""
    for ahead in range(index + 1, min(index + 5, len(scene.texts))):
        if ahead in scene.heads or ahead in scene.person:
            return False
        if scene.doc[ahead].pos_ not in ("NOUN", "ADJ", "PROPN"):
            break
    after = scene.doc[min(index + 1, len(scene.doc) - 1)]
    return after.pos_ in ("NOUN", "ADJ") and after.text.islower()


def _is_nominal(scene: Scene, start: int, end: int) -> bool:
    """Tell a body meant without its name: "the **ministry**", "the **company**", "a local **hospital**"."""
    last = end - 1
    while last > start and scene.texts[last - 1] == "-":
        last -= 2
    return "".join(scene.lower[last:end]) in words("people/employer_nouns")


def _is_unit(scene: Scene, start: int, end: int) -> bool:
    """Tell a part of a body: "**department** of rural market development", "**School** of Economics"."""
    nouns = [scene.lower[index] for index in range(start, end)]
    head = nouns[: nouns.index("of")] if "of" in nouns else nouns
    return bool(head) and head[-1] in words("people/unit_nouns")
