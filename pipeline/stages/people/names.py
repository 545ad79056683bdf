"""Full names: runs of capitalised words, read by structure, kept or refused by what stands around them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pipeline.gazetteer.gazetteer import gazetteer
from pipeline.resources import words
from pipeline.stages.people.normalise import (
    Name,
    chinese_name,
    common_families,
    count_syllables,
    families,
    foreign_name,
    is_mandarin_family,
    is_minority,
    is_word_in_pinyin,
    mixed_name,
)
from pipeline.stages.people.patterns import is_class_noun
from pipeline.stages.people.runs import word_runs
from pipeline.stages.people.scene import Scene, Word, following, previous
from pipeline.stages.people.surroundings import LOCATIVES, PLACE_LABELS, Surroundings, look_around, worker_after

#: The most words of a name: "Luiz Inacio Lula da Silva".
MAX_WORDS = 5


@dataclass(frozen=True, slots=True)
class Found:
    """A full name found at tokens `start:end`."""

    start: int
    end: int
    name: Name
    rule: str
    confidence: float


def find_names(scene: Scene) -> list[Found]:
    """The full names of a document in text order."""
    return [found for run in word_runs(scene) for found in _read_run(scene, run)]


def _read_run(scene: Scene, run: list[Word]) -> list[Found]:
    found: list[Found] = []
    position = 0
    while position < len(run):
        match = _match(scene, run, position)
        if match is None:
            position += max(1, _listed_length(run, position))
            continue
        length, result = match
        found.append(result)
        position += length
    return found


def _listed_length(run: list[Word], position: int) -> int:
    """How many words from here on are a listed phrase that names nobody: "**Lu Ban** Workshops"."""
    texts = [word.text for word in run[position : position + 4]]
    sizes = (size for size in range(len(texts), 1, -1) if " ".join(texts[:size]) in words("people/not_people"))
    return next(sizes, 0)


def _match(scene: Scene, run: list[Word], position: int) -> tuple[int, Found] | None:
    if _listed_length(run, position):
        return None
    for length in (4, 3, 2):
        part = run[position : position + length]
        if len(part) < length:
            continue
        texts = tuple(word.text for word in part)
        name = (chinese_name(texts) if length < 4 else None) or mixed_name(texts)
        if name is None or (length == 3 and name.rule in ("pinyin", "compound") and not _is_one(scene, part)):
            continue
        confidence = _judge_chinese(scene, run, position, length, name)
        if confidence is not None:
            return length, Found(part[0].start, part[-1].end, name, name.rule, confidence)
    return _match_foreign(scene, run, position)


def _is_one(scene: Scene, part: list[Word]) -> bool:
    """Tell whether the model sees one person in all the words: "Wang Xiao Ming"."""
    tokens = scene.doc[part[0].start : part[-1].end]
    return all(token.ent_type_ == "PERSON" for token in tokens) and all(token.ent_iob_ == "I" for token in tokens[1:])


def _judge_chinese(scene: Scene, run: list[Word], position: int, length: int, name: Name) -> float | None:
    """The confidence in a name of Chinese structure, or None where it is refused."""
    part = run[position : position + length]
    start, end = part[0].start, part[-1].end
    around = look_around(scene, start, end)
    if _refused(scene, run, position + length, name):
        return None
    if name.rule == "mixed" and length == 2 and len(run) > position + 2:
        return None  # "Gianni Di Giovanni"
    if name.rule in ("hyphenated", "korean", "mixed"):
        return 0.96 if around.person or around.speaks else 0.8 if not around.other else None
    return _judge_pinyin(scene, part, name, around)


def _judge_pinyin(scene: Scene, part: list[Word], name: Name, around: Surroundings) -> float | None:
    if around.thing:
        return None
    evidence = around.person or around.speaks
    if evidence:
        return 0.97
    before = scene.low(previous(scene, part[0].start))
    if before == "the" or _all_words(part) or is_class_noun(before) or is_word_in_pinyin(part[-1].text):
        return None
    if around.labels & PLACE_LABELS and before in LOCATIVES:
        return None
    if (name.family_name or "").lower() in common_families():
        return 0.85 if around.other else 0.92
    return None if around.other else 0.7


def _all_words(part: list[Word]) -> bool:
    return all(word.text in words("people/word_names") for word in part)


def _refused(scene: Scene, run: list[Word], after: int, name: Name) -> bool:
    """Tell a name inside another one: "Huang Shan **Mountain**", "Lu Xun **Prize**", "Tai Po **district**"."""
    rest = [word.text for word in run[after : after + 3]]
    if any(word in words("people/name_stoppers") for word in rest) or name.text in words("people/not_people"):
        return True
    if rest:
        return False
    last = following(scene, run[-1].end)
    return scene.text(last) in words("people/place_nouns")


def _match_foreign(scene: Scene, run: list[Word], position: int) -> tuple[int, Found] | None:
    listed = _is_listed(run[position].text)
    length = min(len(run) - position, MAX_WORDS) if listed else _labelled_length(scene, run, position)
    part = run[position : position + length]
    if _is_office_and_name(part):
        return None
    if not part and len(run) == 1:
        return _match_mononym(scene, run[0])
    mononym = len(part) == 1 and is_minority(part[0].text)
    if not part or (len(part) == 1 and not mononym):
        return None
    name = foreign_name(tuple(word.text for word in part))
    around = look_around(scene, part[0].start, part[-1].end)
    if _refused(scene, run, position + length, name) or _refuses_foreign(scene, run, part, around):
        return None
    minority = sum(is_minority(word.text) for word in part)
    confidence = _judge_foreign(around, listed=listed) or (0.85 if minority > 1 else None)
    if confidence is None or (mononym and not around.speaks):
        return None
    return length, Found(part[0].start, part[-1].end, name, name.rule, confidence)


def _is_office_and_name(part: list[Word]) -> bool:
    """Tell what a title is for and the model joins to the name behind it.

    "Ambassador to **Laos** Jiang Zaidong", "Vice-Minister of **Labor** Chen Bo".
    """
    if len(part) < 3 or chinese_name(tuple(word.text for word in part[1:4])) is None:
        return False
    return part[0].text.lower() in words("organisations/subjects") or bool(gazetteer().lookup(part[0].text))


def _match_mononym(scene: Scene, word: Word) -> tuple[int, Found] | None:
    """A name of one word that only its apposition shows: "**Tsetso**, a 51-year-old beekeeper"."""
    known = gazetteer().lookup(word.text) or word.text in words("people/name_stoppers") or is_family_first(word.text)
    if known or scene.doc[word.start].tag_ != "NNP":
        return None
    if not worker_after(scene, following(scene, word.end)) and not _is_introduced(scene, word):
        return None
    name = Name(word.text, None, None, "plain")
    return 1, Found(word.start, word.end, name, "mononym", 0.8)


def _is_introduced(scene: Scene, word: Word) -> bool:
    """Tell a name of one word by its title where it speaks: "said **Narangua**, deputy director of the bureau"."""
    around = look_around(scene, word.start, word.end)
    beside = scene.text(following(scene, word.end)) == ","
    return beside and around.apposition and not around.thing and (around.speech or around.person)


@cache
def _is_listed(word: str) -> bool:
    return word.split("-", maxsplit=1)[0] in words("people/given_names") or is_minority(word)


def _labelled_length(scene: Scene, run: list[Word], position: int) -> int:
    """How many words from here on the model labels as one person."""
    length = 0
    for word in run[position : position + MAX_WORDS]:
        token = scene.doc[word.start]
        if token.ent_type_ != "PERSON" or (length and token.ent_iob_ == "B"):
            break
        length += 1
    return length if length > 1 else 0


def _refuses_foreign(scene: Scene, run: list[Word], part: list[Word], around: Surroundings) -> bool:
    before = previous(scene, part[0].start)
    if part[0].start in scene.sentence_starts:
        before = -1
    if part[-1].text.lower() in words("organisations/company_words") and not _is_listed(part[0].text):
        return True  # "roaster **Baiyue Coffee**"
    if around.thing or is_class_noun(scene.text(before)) or (scene.low(before) in ("at", "the") and not around.title):
        return True
    if not _is_listed(part[0].text) and not around.title and _modifies(scene, before):
        return True
    if all(count_syllables(word.text) for word in part) and not _is_listed(part[0].text):
        return not around.person or not (around.speaks or _is_chinese_like(part))
    if not around.title and gazetteer().lookup(" ".join(word.text for word in part)):
        return True
    return any(word.text in words("people/name_stoppers") for word in part)


def _is_chinese_like(part: list[Word]) -> bool:
    """Tell two words of pinyin with a rare family name in front: "**Zhe Lan**'s home"."""
    return len(part) == 2 and count_syllables(part[0].text) == 1 and (count_syllables(part[1].text) or 9) <= 2


def _modifies(scene: Scene, before: int) -> bool:
    """Tell a word that stands before things and not before people: "the **annual** Harvest Monitor"."""
    if before < 0:
        return False
    token = scene.doc[before]
    return token.tag_ in ("DT", "PRP$", "JJ", "POS", "JJS") or (token.tag_ == "NN" and token.text.islower())


def _judge_foreign(around: Surroundings, *, listed: bool) -> float | None:
    if around.person:
        return (0.97 if around.speaks else 0.93) if listed else (0.93 if around.speaks else 0.7)
    if not listed or not around.speaks:
        return None
    return 0.85 if around.other else 0.9


def is_family_first(word: str) -> bool:
    """Tell a word that may stand alone for a Chinese person: "Zhang said"."""
    return is_mandarin_family(word) or word.lower() in families("cantonese", "taiwan", "korean")
