"""The smallest pieces that the number grammar reads: digit groups, words and marks, with their offsets."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

AtomKind = Literal["digits", "word", "mark"]


class Atom(NamedTuple):
    """One piece of text; `glued` says that no space stands before it."""

    text: str
    lower: str
    start: int
    end: int
    kind: AtomKind
    glued: bool


#: "2,984.5" | "0.4" | "U.S." | "yuan" | "$". Every repeat is bounded or consumes what it reads.
_ATOM = re.compile(
    r"(?P<digits>\d{1,3}(?:,\d{3}){1,6}(?![\d,]\d)(?:\.\d{1,9})?|\d+(?:\.\d+)?)"
    r"|(?P<word>(?:[A-Z]\.){2,4}|[^\W\d_]+)"
    r"|(?P<mark>[^\w\s]|_)"
)


def split_atoms(text: str) -> tuple[Atom, ...]:
    """Cut `text` into atoms: ``"US$5m"`` → ``US  $  5  m``, the last three glued to what stands before."""
    atoms: list[Atom] = []
    last = -1
    for match in _ATOM.finditer(text):
        start, end = match.span()
        piece = match.group()
        kind: AtomKind = "digits" if match.lastgroup == "digits" else "word" if match.lastgroup == "word" else "mark"
        atoms.append(Atom(piece, piece.lower(), start, end, kind, start == last))
        last = end
    return tuple(atoms)


def text_at(atoms: tuple[Atom, ...], index: int) -> str:
    """The lower-case text of the atom at `index`, empty outside the text."""
    return atoms[index].lower if 0 <= index < len(atoms) else ""


def is_glued(atoms: tuple[Atom, ...], index: int) -> bool:
    """Whether the atom at `index` exists and follows the one before without a space."""
    return 0 < index < len(atoms) and atoms[index].glued
