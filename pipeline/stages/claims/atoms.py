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


#: "2,984.5" | "0.4" | "U.S." | "yuan" | "$". A run of digits and commas is read whole and never given back.
_ATOM = re.compile(
    r"(?P<digits>\d++(?:,\d++)*+(?:\.\d++)?)"
    r"|(?P<word>(?:[A-Z]\.){2,4}|[^\W\d_]+)"
    r"|(?P<mark>[^\w\s]|_)"
)


#: "2,984", "1,000,000.5": commas after every third digit.
GROUPED = re.compile(r"\d{1,3}(?:,\d{3})++(?:\.\d++)?")


def split_atoms(text: str) -> tuple[Atom, ...]:
    """Cut `text` into atoms: ``"US$5m"`` → ``US  $  5  m``, the last three glued to what stands before."""
    atoms: list[Atom] = []
    last = -1
    for match in _ATOM.finditer(text):
        start, end = match.span()
        piece = match.group()
        if match.lastgroup == "digits":
            atoms.extend(_digits(piece, start, glued=start == last))
        else:
            kind: AtomKind = "word" if match.lastgroup == "word" else "mark"
            atoms.append(Atom(piece, piece.lower(), start, end, kind, start == last))
        last = end
    return tuple(atoms)


def _digits(piece: str, start: int, *, glued: bool) -> list[Atom]:
    """One atom of "2,984" and of what nobody can read ("1,00,000"); five of the list "12,13,14"."""
    members = piece.split(",")
    if len(members) == 1 or GROUPED.fullmatch(piece) or not _is_list(members):
        return [Atom(piece, piece, start, start + len(piece), "digits", glued)]
    atoms: list[Atom] = []
    for member in members:
        if atoms:
            atoms.append(Atom(",", ",", start, start + 1, "mark", glued=True))
            start += 1
        atoms.append(Atom(member, member, start, start + len(member), "digits", bool(atoms) or glued))
        start += len(member)
    return atoms


def _is_list(members: list[str]) -> bool:
    """As in "rows 7,8,12", "in 2021,2022": numbers of their own, none with a zero before it."""
    sizes = [len(member.partition(".")[0]) for member in members]
    return (max(sizes) <= 2 or set(sizes) == {4}) and not any(member[0] == "0" for member in members[1:])


def text_at(atoms: tuple[Atom, ...], index: int) -> str:
    """The lower-case text of the atom at `index`, empty outside the text."""
    return atoms[index].lower if 0 <= index < len(atoms) else ""


def is_glued(atoms: tuple[Atom, ...], index: int) -> bool:
    """Whether the atom at `index` exists and follows the one before without a space."""
    return 0 < index < len(atoms) and atoms[index].glued
