"""Reads the labelled passages of `passages.txt` and says where in the plain text their marks lie."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

MODES = {"d": "direct", "i": "indirect", "m": "mixed"}
_TAG = re.compile(r"<(/?)([scw])(\d?)>")


@dataclass(frozen=True)
class Statement:
    """One labelled statement: its words, cue and source as extents, its mode, its speaker's name ("" untested)."""

    content: tuple[int, int]
    cue: tuple[int, int] | None
    source: tuple[int, int] | None
    mode: str
    speaker: str


@dataclass(frozen=True)
class Passage:
    """A passage and its statements; `reason` says why it is known to fail."""

    text: str
    statements: tuple[Statement, ...]
    reason: str | None


def read_passages(path: Path | None = None) -> list[Passage]:
    path = path or Path(__file__).with_name("passages.txt")
    lines = path.read_text("utf-8").splitlines()
    return [_passage(line) for line in lines if line.strip() and not line.startswith("#")]


def _passage(line: str) -> Passage:
    modes, speakers, rest = (part.strip() for part in line.split("|", 2))
    marked, _, comment = rest.partition(" ## ")
    text, extents = _unmark(marked.replace(" ¶ ", "\n\n"))
    names = [name.strip() for name in speakers.split(";")]
    known = modes.startswith("!")
    statements = []
    for number, mode in enumerate(modes.lstrip("!"), 1):
        name = names[number - 1] if number <= len(names) else ""
        statements.append(
            Statement(extents["s", number], extents.get(("c", number)), extents.get(("w", number)), MODES[mode], name)
        )
    return Passage(text, tuple(statements), comment.strip() if known else None)


def _unmark(marked: str) -> tuple[str, dict[tuple[str, int], tuple[int, int]]]:
    text, at, begun, extents = "", 0, {}, {}
    for tag in _TAG.finditer(marked):
        text += marked[at : tag.start()]
        at = tag.end()
        key = (tag[2], int(tag[3] or 1))
        if tag[1]:
            extents[key] = (begun[key], len(text))
        else:
            begun[key] = len(text)
    return text + marked[at:], extents
