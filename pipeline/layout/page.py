"""From a raw page to its layout: the stamp, the headline above it, the body below it."""

from __future__ import annotations

import html
import re
from datetime import date
from itertools import pairwise

from pipeline.layout.dateline import Dateline, read_city, read_dateline
from pipeline.layout.front import Front, read_front
from pipeline.layout.furniture import (
    body_end,
    credits_in,
    ends_sentence,
    is_furniture_line,
    sentence_ends,
)
from pipeline.layout.headline import Extent, trim, without_site
from pipeline.layout.model import Block, Layout
from pipeline.layout.outlets import outlet
from pipeline.layout.plain import plain
from pipeline.layout.stamp import Stamp

_END_MARK = re.compile(r"(?<=[.!?\"')])\s+(?:Enditem|Item end|ENDS|#{2,3}|-30-|\u25a0|\u25aa)$|^(?:Enditem|#{2,3})$")
#: In so many lines at the top of a page its site stands alone, if anywhere: "Global Times", then the menus.
_SITE_LINES = 5
#: What stands before a point of a list, or before a link; so many links make a list.
_DOTS = "-*\u2022\u00b7"
_LINK_LIST = 3
_NUMBER = re.compile(r"\d{1,3}[.)]\s")
_BLANK_LINE = re.compile(r"\n *\n")
_LINE = re.compile(r"[^\n]+")
_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?! *\n)[^\n]+)*")


def read_layout(text: str, *, title: str | None = None, published: date | None = None) -> Layout:
    """Lay out `text`; `title` and `published` are what the input's metadata says, where it says anything.

    Never raises, and takes time linear in the length of `text`. A page without paragraphs is one body block.
    """
    page = plain(text)
    lines = _lines(page)
    front = read_front(page, lines, plain(title).strip() if title else None)
    end = body_end(page, front.body, frozenset(start for start, _ in lines))
    known = published or (front.stamp.published if front.stamp else None)
    body, dateline = _read_body(page, front, [line for line in lines if line[1] > front.body], end, known)
    blocks = _front_blocks(page, front) + [Block("body", *extent) for extent in body]
    return Layout(
        clean=_blank_outside(page, blocks),
        blocks=tuple(blocks),
        title=title or (" ".join(html.unescape(text[slice(*front.headline)]).split()) if front.headline else None),
        authors=_authors(text, front.stamp),
        publisher=_publisher(page, front, dateline),
        published=known,
        dateline_place=dateline.place if dateline else None,
        dateline_date=dateline.day if dateline else None,
    )


def _lines(page: str) -> list[Extent]:
    """The lines of `page`, trimmed; lines wrapped at a fixed width are joined to their paragraph."""
    pattern = _PARAGRAPH if _is_wrapped(page) else _LINE
    extents = (trim(page, *match.span()) for match in pattern.finditer(page))
    return [extent for extent in extents if extent[0] < extent[1]]


def _is_wrapped(page: str) -> bool:
    """Whether blank lines part the paragraphs and most other line ends fall near one width."""
    if not _BLANK_LINE.search(page):
        return False
    inner = [len(line) for line, after in pairwise(page.split("\n")) if line.strip() and after.strip()]
    width = max(inner, default=0)
    if max(map(len, page.split("\n"))) > 2 * width:
        return False
    return len(inner) >= 3 and 40 <= width <= 120 and sum(size >= 0.75 * width for size in inner) >= 0.6 * len(inner)


def _read_body(
    page: str, front: Front, lines: list[Extent], end: int, published: date | None
) -> tuple[list[Extent], Dateline | None]:
    """The paragraphs of the body without furniture and dateline."""
    paragraphs = [trim(page, max(first, front.body), min(last, end)) for first, last in lines if first < end]
    kept = [line for line in paragraphs if line[0] < line[1] and not is_furniture_line(page[slice(*line)])]
    kept = [_without_end_mark(page, line) for line in _without_tail(page, kept)]
    kept, dateline = _cut_dateline(page, kept, published)
    return [piece for line in kept for piece in _pieces(page, line)], dateline


def _without_end_mark(page: str, line: Extent) -> Extent:
    """A wire's last paragraph without its end mark: `The session ends on Saturday. Enditem`."""
    match = _END_MARK.search(page, max(line[0], line[1] - 12), line[1])
    return trim(page, line[0], match.start()) if match else line


def _without_tail(page: str, lines: list[Extent]) -> list[Extent]:
    """Drop link lists after the last sentence: two lines or more that end like titles, three with dots before them.

    A list of points belongs to the text where a colon leads to it; lines of several sentences are text cut short.
    """
    last = max((i for i, line in enumerate(lines) if _is_text(page, line)), default=-1)
    if last < 0:
        return lines
    tail = lines[last + 1 :]
    dotted = [line for line in tail if page[line[0]] in _DOTS]
    told = page[slice(*lines[last])].rstrip().endswith(":")
    links = len(tail) - len(dotted) >= 2 or (len(dotted) >= _LINK_LIST and not told)
    return lines[: last + 1] if links else lines


def _is_text(page: str, line: Extent) -> bool:
    """A line that closes like a sentence, or has one inside and goes on: no link does, behind its number ("1. ")."""
    numbered = _NUMBER.match(page, *line)
    return (
        ends_sentence(page[slice(*line)]) or sentence_ends(page, numbered.end() if numbered else line[0], line[1]) > 0
    )


def _cut_dateline(page: str, lines: list[Extent], published: date | None) -> tuple[list[Extent], Dateline | None]:
    """Cut the dateline off the first paragraph that has one (captions may come before it)."""
    for i, (start, end) in enumerate(lines[:5]):
        found = read_dateline(page, start, published=published)
        if found is None and ends_sentence(page[start:end]):
            found = read_city(page, start)
        if found:
            return [*lines[:i], (found.end, end), *lines[i + 1 :]], found
    return lines, None


def _pieces(page: str, line: Extent) -> list[Extent]:
    """A paragraph without its credits."""
    start, end = line
    pieces = []
    for first, last in credits_in(page, start, end):
        pieces.append(trim(page, start, max(start, first)))
        start = max(start, last)
    pieces.append(trim(page, start, end))
    return [piece for piece in pieces if any(map(str.isalnum, page[slice(*piece)]))]


def _front_blocks(page: str, front: Front) -> list[Block]:
    blocks = [Block("byline", *extent) for extent in (front.stamp.authors if front.stamp else ())]
    if front.headline:
        blocks.append(Block("headline", *front.headline))
    blocks += [Block("body", *piece) for extent in front.summary for piece in _pieces(page, extent)]
    return sorted(blocks, key=lambda block: block.start)


def _blank_outside(page: str, blocks: list[Block]) -> str:
    parts, at = [], 0
    for block in blocks:
        parts += [" " * (block.start - at), page[block.start : block.end]]
        at = block.end
    return "".join([*parts, " " * (len(page) - at)]).replace("\n", " ")


def _authors(text: str, stamp: Stamp | None) -> tuple[str, ...]:
    names = (text[slice(*extent)] for extent in (stamp.authors if stamp else ()))
    return tuple(name.title() if name.isupper() else name for name in names)


def _publisher(page: str, front: Front, dateline: Dateline | None) -> str | None:
    """The stamp's source, else the agency of the dateline, else the site in the page's title or on a line of its own.

    That line stands at the top of the page, between the headline and the body, or below the last paragraph.
    """
    if front.stamp and front.stamp.publisher:
        return front.stamp.publisher
    if dateline and dateline.agency:
        return dateline.agency
    above = page[: front.headline[0] if front.headline else 0].strip().split("\n")
    site = above[0][len(without_site(above[0])) :].strip(" -|_\u2013\u2014")
    below = page[front.headline[1] : front.body].strip().split("\n") if front.headline else []
    last = page.rstrip().rsplit("\n", 1)[-1]
    alone = (name for line in (*above[:_SITE_LINES], *below, last) if (name := outlet(line.strip(" ()"))))
    return outlet(site) or next(alone, None)
