"""The bodies that people are said to be of without a title."""

from __future__ import annotations

from pipeline.resources import words
from pipeline.stages.people.employers import Attribute, read_attributes
from pipeline.stages.people.patterns import is_speech
from pipeline.stages.people.phrases import choose_employer
from pipeline.stages.people.scene import Scene, following

_OF = frozenset(("of", "from", "with"))
_CLOSERS = frozenset((",", ".", ";", ")", "!", "?"))


def find_workplaces(scene: Scene, people: list[tuple[int, int]]) -> dict[int, tuple[int, int]]:
    """The bodies that people are said to be of without a title, by the person's first token.

    "Mo Qiu **of the Cold Chain Association** warned", "said Mo Qiu, **of the Cold Chain Association**", "Rao Lin, **who
    heads the international department of the National Forestry and Grassland Administration**".
    """
    found = {}
    for start, end in people:
        index = following(scene, end)
        if scene.low(index) == "," and scene.low(index + 1) == "who":
            attributes = _in_relative_clause(scene, index + 2)
        elif scene.low(index) in _OF:
            attributes = read_attributes(scene, index)[:1]
        elif scene.low(index) == "," and scene.low(index + 1) in _OF:
            attributes = [found for found in read_attributes(scene, index + 1)[:1] if _is_closed(scene, found)]
        else:
            continue
        chosen = choose_employer(attributes)
        if chosen is not None and chosen.employer is not None:
            found[start] = chosen.employer
    return found


def _is_closed(scene: Scene, attribute: Attribute) -> bool:
    """Tell ", of the bureau," from ", with the bureau refusing to pay": a named body and its end."""
    named = attribute.employer is not None and attribute.employer[0] in scene.organisation
    after = scene.text(following(scene, attribute.end))
    return named and (not after or after in _CLOSERS or is_speech(after))


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
