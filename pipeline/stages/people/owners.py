"""Whose a title is: the person before it, right after it, or after a comma."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.resources import words
from pipeline.stages.people.patterns import MAX_AGE, MAX_BRIDGE, is_honorific, is_speech
from pipeline.stages.people.scene import Scene, following, previous

if TYPE_CHECKING:
    from pipeline.stages.people.phrases import RolePhrase


def find_owner(
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
    """Find the person before the title: "**Mo Qiu**, deputy director of …", "**Li Na**, 45, is a farmer"."""
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
    before = previous(scene, phrase.outer)
    opened = scene.text(before) in ("", ".", ",", '"') or phrase.outer in scene.sentence_starts
    opened = opened or (scene.low(before) == "to" and scene.low(before - 1) == "according")
    opened, closed = (
        opened or honoured,
        honoured or scene.text(closing) in (",", ".", "", ";") or is_speech(scene.text(closing)),
    )
    return (
        person[0] if definite and closed and (opened or is_speech(scene.text(previous(scene, phrase.outer)))) else None
    )


def _possessed(scene: Scene, phrase: RolePhrase) -> bool:
    return any(scene.texts[index] in ("'s", "'") for index in range(phrase.outer, phrase.start))


def continues(scene: Scene, end: int, phrase: RolePhrase) -> bool:
    """Tell a second title of the same person: "director of X **and president** of Y", "CEO **and** president"."""
    between = [text for text in scene.lower[end : phrase.outer] if not text.isspace()]
    if between in ([","], [",", "and"]):  # "member of X, director of Y, and spokesperson for Z"
        return phrase.outer == phrase.start and following(scene, phrase.end) not in scene.person
    return between in (["and"], ["&"], ["/"], ["as", "well", "as"], ["and", "also"], ["-"])
