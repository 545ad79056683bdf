"""What a layout is: the blocks that are read and what the front matter says."""

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
