"""Names as text: keys made from them, and whether they read as Chinese."""

from __future__ import annotations

import re

from pipeline.resources import words

#: A name of one word has no more syllables than "Xishuangbanna" nor more letters.
MOST_SYLLABLES, MOST_LETTERS, LONGEST_SYLLABLE = 5, 24, 6


def looks_chinese(name: str) -> bool:
    """Say whether a word reads as pinyin of two syllables or more: ``"Xinhe"`` does, ``"Water"`` doesn't."""
    if len(name) > MOST_LETTERS:
        return False
    return 2 <= sum(fewest_syllables(part) for part in name.lower().split("'")) <= MOST_SYLLABLES


def fewest_syllables(letters: str) -> int:
    """The least number of pinyin syllables that make up the letters, or more than MOST_SYLLABLES where none do."""
    syllables, none = words("people/pinyin_syllables"), MOST_SYLLABLES + 1
    fewest = [0] + [none] * len(letters)
    for end in range(1, len(letters) + 1):
        starts = range(max(0, end - LONGEST_SYLLABLE), end)
        fewest[end] = min((fewest[s] + 1 for s in starts if letters[s:end] in syllables), default=none)
    return fewest[-1] if letters else none


def slug(name: str) -> str:
    """A key from a name: ``"Leshan high-tech zone"`` → ``"leshan-high-tech-zone"``."""
    return re.sub(r"[^\w]+", "-", name.lower()).strip("-")
