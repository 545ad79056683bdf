"""Reads the parts of a name: which words can be Chinese, and where its family name stands. No spaCy."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pipeline.resources import table, words

NameRule = Literal[
    "pinyin", "compound", "hyphenated", "mixed", "foreign", "minority", "korean", "vietnamese", "family-first", "plain"
]

#: The longest run of letters that two syllables of pinyin take ("zhuangshuang").
MAX_PINYIN = 18


@dataclass(frozen=True, slots=True)
class Name:
    """A full name in its parts; the family name is None where the order is not known."""

    text: str
    family_name: str | None
    given_name: str | None
    rule: NameRule


@cache
def families(*origins: str) -> frozenset[str]:
    """The family names of `origins` in lower case; without one, of all."""
    rows = table("people/family_names")
    return frozenset(row["family"] for row in rows if not origins or row["origin"] in origins)


@cache
def common_families() -> frozenset[str]:
    """The Mandarin family names that many people bear."""
    rows = table("people/family_names")
    return frozenset(r["family"] for r in rows if r["origin"] in ("pinyin", "compound") and r["frequency"] == "common")


def is_mandarin_family(word: str) -> bool:
    """Tell whether a word is a family name in pinyin: ``"Zhou"`` → True, ``"Ouyang"`` → True, ``"Smith"`` → False."""
    return word.lower() in families("pinyin", "compound")


@cache
def count_syllables(word: str) -> int | None:
    """The fewest syllables of pinyin that a word can be read as: ``"Jiankui"`` → 2, ``"Smith"`` → None.

    An apostrophe and a hyphen part syllables (GB/T 16159): ``"Ya'nan"`` → 2, ``"Xian-ming"`` → 2.
    """
    total = 0
    for part in re.split(r"['\-]", word.lower().replace("ü", "v")):
        fewest = _fewest(part)
        if fewest is None:
            return None
        total += fewest
    return total


def _fewest(part: str) -> int | None:
    if not 0 < len(part) <= MAX_PINYIN:
        return None
    syllables = words("people/pinyin_syllables")
    best: list[int | None] = [0] + [None] * len(part)
    for end in range(1, len(part) + 1):
        steps = [best[start] for start in range(max(0, end - 6), end) if part[start:end] in syllables]
        reached = [step for step in steps if step is not None]
        best[end] = min(reached) + 1 if reached else None
    return best[-1]


def is_given_pinyin(word: str) -> bool:
    """Tell whether a word can be a given name of one or two syllables: ``"Qiang"`` → True, ``"Smith"`` → False."""
    syllables = count_syllables(word)
    return syllables is not None and syllables <= 2


def is_word_in_pinyin(word: str) -> bool:
    """Tell an English word that pinyin could spell too: ``"Lake"`` (la-ke), ``"Waiting"`` (wai-ting) → True."""
    return word.lower() in words("people/not_given_names")


def is_hyphenated_given(word: str) -> bool:
    """Tell a given name of two syllables with a hyphen: ``"Yuet-ngor"``, ``"Ying-jeou"``, ``"Jae-In"`` → True."""
    return re.fullmatch(r"[A-Z][a-z]{0,6}-[A-Za-z][a-z]{0,6}", word) is not None


def chinese_name(parts: tuple[str, ...]) -> Name | None:
    """Read words as a Chinese name, family name first.

    ``("Zhou", "Qiang")`` → family Zhou, given Qiang; ``("Ouyang", "Ping")``; ``("Wang", "Xiao", "Ming")``;
    ``("Tung", "Chee-hwa")``; None where the structure is another.
    """
    if len(parts) < 2:
        return None
    family, *rest = parts
    text, given = " ".join(parts), " ".join(rest)
    if is_mandarin_family(family):
        rule: NameRule = "pinyin" if family.lower() in families("pinyin") else "compound"
        if len(rest) == 1 and is_given_pinyin(rest[0]):
            return Name(text, family, given, rule)
        if len(rest) == 2 and all(count_syllables(word) == 1 for word in rest):
            return Name(text, family, given, rule)
    if len(rest) == 1 and is_hyphenated_given(rest[0]) and family.lower() in families():
        korean = family.lower() in families("korean") and family.lower() not in families(
            "pinyin", "cantonese", "taiwan"
        )
        return Name(text, family, given, "korean" if korean else "hyphenated")
    return None


def mixed_name(parts: tuple[str, ...]) -> Name | None:
    """Read a Western given name before a Chinese name: ``("Carrie", "Lam", "Cheng", "Yuet-ngor")`` → family Lam.

    ``("Vivian", "Jiang")``, ``("Paul", "Chan", "Mo-po")`` and ``("Teh-han", "Chow")`` → family Jiang, Chan and Chow;
    ``("Justin", "Lin", "Yifu")`` → family Lin.
    """
    if len(parts) < 2:
        return None
    first, *rest = parts
    given_first = first in words("people/given_names") or (len(rest) == 1 and is_hyphenated_given(first))
    if not given_first or rest[0].lower() not in families():
        return None
    tail = rest[1:]
    family_names = [word for word in tail if not is_hyphenated_given(word)]
    mandarin = len(tail) == 1 and is_mandarin_family(rest[0]) and is_given_pinyin(tail[0])
    if mandarin and not is_word_in_pinyin(tail[0]):
        return Name(" ".join(parts), rest[0], f"{first} {tail[0]}", "mixed")
    if tail and (not is_hyphenated_given(tail[-1]) or len(family_names) > 1):
        return None
    if any(word.lower() not in families() for word in family_names):
        return None
    given = " ".join([first, *tail[-1:]])
    return Name(" ".join(parts), rest[0], given, "mixed")


def foreign_name(parts: tuple[str, ...]) -> Name:
    """Read words as given name first: ``("Ursula", "von", "der", "Leyen")`` → family von der Leyen."""
    if any(is_minority(word) for word in parts):
        return Name(" ".join(parts), None, None, "minority")
    if len(parts) > 1 and parts[0].lower() in families("vietnamese") and parts[0].lower() not in families("pinyin"):
        return Name(" ".join(parts), parts[0], " ".join(parts[1:]), "vietnamese")
    if _is_family_first(parts) or (len(parts) == 2 and _is_rare_chinese(*parts)):
        return Name(" ".join(parts), parts[0], " ".join(parts[1:]), "family-first")
    last = len(parts) - 1
    particle = next((i for i in range(1, last) if parts[i].lower() in words("people/particles")), last)
    if particle == 0:
        return Name(" ".join(parts), None, None, "plain")
    return Name(" ".join(parts), " ".join(parts[particle:]), " ".join(parts[:particle]), "foreign")


@cache
def is_minority(word: str) -> bool:
    """Tell a word of a Uygur, Kazak, Tibetan or Mongolian name: ``"Tsering"``, ``"Ganbold"`` → True."""
    endings = tuple(words("people/minority_endings"))
    return word in words("people/minority_names") or (len(word) > 6 and word.endswith(endings))


def _is_rare_chinese(first: str, second: str) -> bool:
    """Tell two words of pinyin, the first one syllable, whose family name is in no table: ``("Zhe", "Lan")``."""
    listed = first in words("people/given_names") or second in words("people/given_names")
    return count_syllables(first) == 1 and (count_syllables(second) or 9) <= 2 and not listed


def _is_family_first(parts: tuple[str, ...]) -> bool:
    """Tell three words with an Asian family name in front: ``("Lee", "Hsien", "Loong")``, ``("Kim", "Jong", "Un")``."""
    asian = families("cantonese", "taiwan", "southeast", "korean", "vietnamese")
    known = words("people/given_names")
    short = all(len(word) <= 6 and word.isalpha() and word not in known for word in parts[1:])
    return len(parts) == 3 and parts[0].lower() in asian and short


def read_name(text: str) -> Name:
    """Read a text that is known to be one person's name, as a byline's is: ``"He Lanying"`` → family He."""
    parts = tuple(text.split())
    short = parts[:4]
    return chinese_name(short) or (mixed_name(short) if len(parts) <= 4 else None) or foreign_name(parts)
