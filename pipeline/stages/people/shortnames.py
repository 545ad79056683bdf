"""Family names alone: "Zhou said" after "Zhou Rui", and "Zhang said" where nobody was introduced."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.resources import words
from pipeline.stages.people.names import Found, is_family_first
from pipeline.stages.people.normalise import foreign_name
from pipeline.stages.people.patterns import is_honorific
from pipeline.stages.people.runs import word_runs
from pipeline.stages.people.scene import Scene, Word, following, previous
from pipeline.stages.people.surroundings import LOCATIVES, PLACE_LABELS, look_around

if TYPE_CHECKING:
    from pipeline.stages.people.surroundings import Surroundings

FINITE = frozenset(("VBD", "VBZ", "MD", "VBP", "POS"))


@dataclass(frozen=True, slots=True)
class Short:
    """A name of one word at tokens `start:end`; `introduced` where the document has the full name."""

    start: int
    end: int
    text: str
    introduced: bool
    rule: str
    confidence: float


def find_short_names(scene: Scene, names: list[Found]) -> list[Short]:
    """The names of one word outside `names`, in text order."""
    known = _known(names)
    taken = {index for found in names for index in range(found.start, found.end)}
    places = _typed_places(scene)
    shorts: list[Short] = []
    for run in word_runs(scene):
        free = [word for word in run if word.start not in taken]
        if len(free) != 1 or not free[0].text[:1].isupper():
            continue
        short = _judge(scene, free[0], known)
        if short is not None and not (short.rule == "single-name" and short.text in places):
            shorts.append(short)
    return shorts


def _typed_places(scene: Scene) -> frozenset[str]:
    """The words that the text calls a place somewhere: "from **Jimo** city", "in **Jimo**, a county in the east"."""
    nouns = words("people/place_nouns")
    return frozenset(
        text
        for i, text in enumerate(scene.texts[:-1])
        if text[:1].isupper() and (scene.lower[i + 1] in nouns or _is_described_place(scene, i))
    )


def _is_described_place(scene: Scene, i: int) -> bool:
    return i > 0 and scene.lower[i - 1] == "in" and scene.doc[i].ent_type_ in PLACE_LABELS


def introduced_late(scene: Scene, names: list[Found], shorts: list[Short]) -> list[Found]:
    """Full names that only a later family name gives away: "**Enno Raab** moved to Wuxi. … Raab said"."""
    wanted = {short.text: short.start for short in shorts if short.rule == "single-name"}
    taken = {index for found in names for index in range(found.start, found.end)}
    found: list[Found] = []
    for run in word_runs(scene) if wanted else ():
        last = run[-1] if 2 <= len(run) <= 3 else None
        if (
            last is None
            or last.start > wanted.get(last.text, -1)
            or not taken.isdisjoint(range(run[0].start, last.end))
        ):
            continue
        if scene.low(previous(scene, run[0].start)) == "the" or scene.text(last.end)[:1].isupper():
            continue
        name = foreign_name(tuple(word.text for word in run))
        found.append(Found(run[0].start, last.end, name, name.rule, 0.85))
    return found


def without_parts(names: list[Found]) -> list[Found]:
    """Leave out names of one word that are part of a longer one: "Tuniyaz" beside "Erkin Tuniyaz"."""
    parts = {word for found in names if " " in found.name.text for word in found.name.text.split()}
    return [found for found in names if " " in found.name.text or found.name.text not in parts]


def _known(names: list[Found]) -> frozenset[str]:
    """The words that may stand for a person of the document: the family name, or any where the order is unknown."""
    known: set[str] = set()
    for found in names:
        name = found.name
        known.update([name.family_name] if name.family_name else name.text.split())
    return frozenset(known)


def _judge(scene: Scene, word: Word, known: frozenset[str]) -> Short | None:
    around = look_around(scene, word.start, word.end)
    after = following(scene, word.end)
    if scene.text(after) in words("people/place_nouns") or scene.text(after) in words("people/name_stoppers"):
        return None
    if word.text in known:
        if _is_mere_word(scene, word, after) or _is_place(scene, word, around):
            return None
        return Short(word.start, word.end, word.text, True, "family-name", 0.95 if around.speaks else 0.9)
    return _judge_unknown(scene, word, around)


def _is_mere_word(scene: Scene, word: Word, after: int) -> bool:
    """Tell "**Long** queues formed" and "**He** said" at the start of a sentence from the name."""
    if word.start not in scene.sentence_starts or word.text not in words("people/word_names"):
        return False
    if word.text in words("people/function_words"):
        return True
    return scene.doc[min(after, len(scene.doc) - 1)].tag_ not in FINITE


def _is_place(scene: Scene, word: Word, around: Surroundings) -> bool:
    left = previous(scene, word.start)
    before = scene.low(left)
    if before == "to" and scene.low(previous(scene, left)) == "according":
        return False
    return not around.speaks and (before == "the" or (before in LOCATIVES and bool(around.labels & PLACE_LABELS)))


def _judge_unknown(scene: Scene, word: Word, around: Surroundings) -> Short | None:
    """A word that no full name introduces: kept only where a person is plain from the words beside it."""
    honoured = is_honorific(scene.text(previous(scene, word.start)))
    if is_family_first(word.text) and (around.speech or honoured or around.title):
        opens = word.start in scene.sentence_starts and word.text in words("people/function_words")
        return None if opens else Short(word.start, word.end, word.text, False, "unknown-family-name", 0.85)
    if honoured or (around.person and around.speaks):
        return Short(word.start, word.end, word.text, False, "single-name", 0.8)
    return None
