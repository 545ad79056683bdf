"""What stands around words and speaks for a person: titles, verbs of saying, the model's labels."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.stages.people.patterns import is_class_noun, is_honorific, is_plural_head, is_speech, role_heads
from pipeline.stages.people.scene import Scene, after_remark, previous

OTHER_LABELS = frozenset(("GPE", "LOC", "FAC", "ORG", "NORP", "PRODUCT", "EVENT", "LAW", "WORK_OF_ART", "LANGUAGE"))
PLACE_LABELS = frozenset(("GPE", "LOC", "FAC"))
#: "in **Ping Shan**": after these, two words of pinyin that the model takes for a place are one.
LOCATIVES = frozenset(("in", "at", "near", "around", "to", "from", "across", "outside", "through", "towards", "via"))


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What speaks for a person at one place: a title or a verb of saying beside it, the model's own labels."""

    title: bool
    speech: bool
    apposition: bool
    labels: frozenset[str]
    #: Whether the text explains the words as a company or a brand: "Li Ning, a sportswear **brand**".
    thing: bool = False

    @property
    def speaks(self) -> bool:
        """Whether the text itself treats the words as a person."""
        return self.title or self.speech or self.apposition

    @property
    def person(self) -> bool:
        """Whether the model does."""
        return "PERSON" in self.labels

    @property
    def other(self) -> bool:
        """Whether the model takes the words for something else."""
        return not self.person and bool(self.labels & OTHER_LABELS)


def look_around(scene: Scene, start: int, end: int) -> Surroundings:
    """What stands around the tokens `start:end`."""
    left, right = previous(scene, start), after_remark(scene, end)
    beside = left if scene.text(left) != "," else previous(scene, left)
    title = start not in scene.sentence_starts and (
        beside in scene.heads
        or is_honorific(scene.text(left))
        or is_plural_head(scene.low(left))
        or scene.low(left) == "surnamed"
    )
    labels = frozenset(token.ent_type_ for token in scene.doc[start:end] if token.ent_type_)
    speech = is_speech(scene.text(left)) or speaks_next(scene, right)
    apposition = title_after(scene, right)
    return Surroundings(title, speech, apposition, labels, not apposition and _thing_after(scene, right))


def speaks_next(scene: Scene, right: int) -> bool:
    """Tell whether a verb of saying follows, an adverb or an auxiliary between: "Zhou **also said**"."""
    while scene.low(right) in ("also", "has", "had", "then", "further", "later", ","):
        right += 1
    return is_speech(scene.text(right))


def worker_after(scene: Scene, right: int) -> bool:
    """Tell an apposition that only a person can have: "Tsetso, a 51-year-old **beekeeper**", for names of one word."""
    if scene.text(right) != "," or scene.low(right + 1) not in ("a", "an"):
        return False
    for index in range(right + 2, min(right + 9, len(scene.texts))):
        if index in scene.heads:
            return role_heads().get(scene.lower[index]) in ("worker", "culture", "sport")
        if scene.texts[index] in (",", ".") or scene.doc[index].tag_ in ("IN", "VBD", "VBZ"):
            return False
    return False


def _thing_after(scene: Scene, right: int) -> bool:
    """Tell an apposition that explains a company, a brand or a place: "Li Ning, a sportswear **brand**, …"."""
    if scene.text(right) != "," or scene.low(right + 1) not in ("a", "an", "the"):
        return False
    for index in range(right + 2, min(right + 10, len(scene.texts))):
        if is_class_noun(scene.lower[index]):
            return True
        if scene.texts[index] in (",", ".", ";", ":") or scene.lower[index] in ("of", "in", "who", "with"):
            return False
    return False


def title_after(scene: Scene, right: int) -> bool:
    """Tell an apposition with a title in it: "Zhou Rui, deputy **director** of …"."""
    if scene.low(right) == "and" and scene.low(right + 1) in ("her", "his"):
        return True  # "Degyi and her sister"
    if scene.text(right) not in (",", "(") and scene.low(right) not in ("is", "was"):
        return False
    if scene.text(right) == "," and scene.low(right + 1) == "who":
        return True
    for index in range(right + 1, min(right + 11, len(scene.texts))):
        if index in scene.heads:
            return True
        if scene.texts[index] in (",", ".", ")", ";", ":") or is_speech(scene.texts[index]):
            return False
    return False
