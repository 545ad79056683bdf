"""Stretches of capitalised words that may hold names."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.resources import words
from pipeline.stages.people.normalise import families, is_given_pinyin, is_mandarin_family
from pipeline.stages.people.patterns import is_honorific, is_plural_head, is_role_head
from pipeline.stages.people.scene import Scene, Word, read_word

if TYPE_CHECKING:
    from collections.abc import Iterator


#: "Zhou Rui", "J.", "O'Brien", "Yuet-ngor", "Müller"; no acronym.
NAME_WORD = re.compile(r"[A-ZÀ-ÖØ-Þ](?:\.|[a-zß-ÿā-ž'’][A-Za-zÀ-ÿĀ-ž'’\-]{0,30})\.?")
FUNCTION_TAGS = frozenset(("IN", "CC", "DT", "PRP", "PRP$", "RB", "WRB", "WP", "WDT", "TO", "MD", "EX"))


def word_runs(scene: Scene) -> Iterator[list[Word]]:
    """Stretches of adjacent words that may be parts of a name; organisations and titles part them."""
    run: list[Word] = []
    index = 0
    while index < len(scene.texts):
        word = _name_word(scene, index, run)
        parted = word is None or (run and (index in scene.sentence_starts or index != run[-1].end))
        if parted and run:
            yield _trim(run)
            run = []
        if word is not None and (run or word.text[:1].isupper()):
            run.append(word)
        index = word.end if word is not None else index + 1
    if run:
        yield _trim(run)


def _trim(run: list[Word]) -> list[Word]:
    """Leave out particles at the end: "Li Wei de" is no name."""
    while run and not run[-1].text[:1].isupper():
        run = run[:-1]
    return run


def _name_word(scene: Scene, index: int, run: list[Word]) -> Word | None:
    text = scene.texts[index]
    if index in scene.organisation:
        return None
    if run and text in words("people/particles") and index + 1 < len(scene.texts):
        nearby = scene.texts[index + 1]
        return Word(index, index + 1, text) if nearby[:1].isupper() or nearby in words("people/particles") else None
    if text.isupper() and len(text) > 1 and _is_capitals(scene, index, run):
        return replace(read_word(scene, index), text=text.capitalize())
    opens = index in scene.sentence_starts and not run and _opens_sentence(scene, index)
    return None if opens or not _may_be_name(text, run) else read_word(scene, index)


def _may_be_name(text: str, run: list[Word]) -> bool:
    """Tell a word that can be part of a name by itself: no title, no honorific, none of the listed words."""
    if not text[:1].isupper() or not NAME_WORD.fullmatch(text) or text in words("people/not_name_words"):
        return False
    title = is_role_head(text) or is_plural_head(text)
    return not is_honorific(text) and (not title or _given_before(run))


def _is_capitals(scene: Scene, index: int, run: list[Word]) -> bool:
    """Tell a name in capitals: "Mr **LIU** Shunxing", "**RAO LIN**"."""
    if run and scene.texts[index - 1].isupper() and is_given_pinyin(scene.texts[index]):
        return True
    if not is_mandarin_family(scene.texts[index]):
        return False
    after = scene.text(index + 1)
    return is_honorific(scene.text(index - 1)) or (after[:1].isupper() and is_given_pinyin(after))


def _given_before(run: list[Word]) -> bool:
    """Tell whether a title's word is a family name: "Tim **Cook**", "Ella **Baker**"."""
    return bool(run) and run[-1].text in words("people/given_names")


def _opens_sentence(scene: Scene, index: int) -> bool:
    """Tell a first word that has its capital from its place alone: "**But** Zhou said", not "**He** Jiankui said"."""
    token, after = scene.doc[index], scene.text(index + 1)
    if token.tag_ in ("NNP", "NNPS") or (token.ent_type_ == "PERSON" and token.tag_ not in FUNCTION_TAGS):
        return False
    if token.tag_ not in FUNCTION_TAGS and not token.tag_.startswith("VB") and not after[:1].isupper():
        return False  # "**Horvat** designs axles": a noun for the tagger, alone before its verb
    listed = token.text in words("people/given_names") or token.text in words("people/minority_names")
    return not listed and scene.lower[index] not in families("pinyin", "compound", "cantonese")
