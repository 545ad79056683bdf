"""A block of text as words, numbers and signs, with the few look-ups that patterns need."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_LEXEME = re.compile(r"[^\W\d_]+|\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|[^\s\w]|_")

#: Empty words behind the last one, so that a pattern may look ahead without asking for the end.
_PADDING = 12

HYPHENS = frozenset("-\u2010\u2011\u2012\u2013\u2014")


@dataclass(slots=True)
class Lexemes:
    """The words of one block in lower case (`words`) and as written (`raw`), with their offsets in the article.

    Words before the first and behind the last are empty, also at index -1. `depth` counts how deep "of" phrases nest
    ("the first week of the last month of 2019"), so that no text can make them nest without end.
    """

    words: list[str] = field(default_factory=list)
    raw: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    read_tag: Callable[[int], str] = lambda _: ""
    depth: int = 0

    @property
    def size(self) -> int:
        """How many words there are, padding left out."""
        return len(self.words) - _PADDING

    def glued(self, i: int) -> bool:
        """Whether no space stands before word `i`."""
        return 0 < i < len(self.words) and self.starts[i] == self.ends[i - 1]

    def hyphen(self, i: int) -> bool:
        """Whether word `i` is a hyphen or dash that touches the word before it."""
        return self.words[i] in HYPHENS and self.glued(i)

    def joined(self, i: int) -> bool:
        """Whether a hyphen without spaces on either side is word `i`: the one in "year-end"."""
        return self.hyphen(i) and self.glued(i + 1)

    def tag(self, i: int) -> str:
        """The part-of-speech tag of word `i` (Penn Treebank), empty where nothing is known."""
        return self.read_tag(self.starts[i]) if self.words[i] else ""

    def capital(self, i: int) -> bool:
        """Whether word `i` begins with a capital letter."""
        return self.raw[i][:1].isupper()

    def possessive(self, i: int) -> bool:
        """Whether words `i` and `i + 1` are a possessive ending: ``'s`` or a lone apostrophe before a space."""
        return self.words[i] == "'" and self.glued(i)


def read_lexemes(text: str, start: int, end: int) -> Lexemes:
    """Cut ``text[start:end]`` into words: "mid-2022" is three, "Nov. 18" three, "2,000" one."""
    lex = Lexemes()
    for match in _LEXEME.finditer(text, start, end):
        word = match.group()
        lex.raw.append(word)
        lex.words.append(word.lower())
        lex.starts.append(match.start())
        lex.ends.append(match.end())
    lex.raw.extend([""] * _PADDING)
    lex.words.extend([""] * _PADDING)
    lex.starts.extend([end + 1] * _PADDING)
    lex.ends.extend([end + 1] * _PADDING)
    return lex
