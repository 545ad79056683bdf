"""From a raw page to its layout: the stamp, the headline above it, the body below it."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from pipeline.layout.dateline import Dateline, read_dateline, search_dateline
from pipeline.layout.days import DAY, day_of
from pipeline.layout.furniture import (
    after_buttons,
    body_end,
    credits_in,
    ends_sentence,
    is_furniture_line,
    is_menu_line,
    sentence_ends,
)
from pipeline.layout.headline import Extent, find_headline, trim, without_site
from pipeline.layout.model import Block, Layout
from pipeline.layout.outlets import outlet
from pipeline.layout.plain import plain
from pipeline.layout.stamp import Stamp, find_stamp
from pipeline.layout.stamp_lines import read_stamp_line

#: How many lines of front matter a page can have, and how many words a headline has at least.
_MOST_LINES = 40
_HEADLINE_WORDS = 4
_DOCUMENT_NUMBER = re.compile(r"\bNo\.? ?\d{1,4}(?: ?[\[(]\d{4}[\])])?\s*$|[\[(]\d{4}[\])] ?No\.? ?\d")
_END_MARK = re.compile(r"(?<=[.!?\"')])\s+(?:Enditem|Item end|ENDS|#{2,3}|-30-|\u25a0|\u25aa)$|^(?:Enditem|#{2,3})$")
_CRAWL_LABEL = re.compile(rf"date:? {DAY}\s")
_BLANK_LINE = re.compile(r"\n *\n")
_LINE = re.compile(r"[^\n]+")
_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?! *\n)[^\n]+)*")


@dataclass(slots=True)
class _Front:
    """What stands before the body."""

    body: int
    headline: Extent | None = None
    stamp: Stamp | None = None
    summary: tuple[Extent, ...] = ()


def read_layout(text: str, *, title: str | None = None, published: date | None = None) -> Layout:
    """Lay out `text`; `title` and `published` are what the input's metadata says, where it says anything.

    Never raises, and takes time linear in the length of `text`. A page without paragraphs is one body block.
    """
    page = plain(text)
    lines = _lines(page)
    front = _read_front(page, lines, plain(title).strip() if title else None)
    end = body_end(page, front.body, frozenset(start for start, _ in lines))
    known = published or (front.stamp.published if front.stamp else None)
    body, dateline = _read_body(page, front, [line for line in lines if line[1] > front.body], end, known)
    blocks = _front_blocks(front) + [Block("body", *extent) for extent in body]
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


def _read_front(page: str, lines: list[Extent], title: str | None) -> _Front:
    """The front matter by its stamp, else by a dateline, else by the shape of the first lines."""
    if found := _by_stamp_lines(page, lines, title):
        return found
    if found := _by_crawl_label(page, lines):
        return found
    stamp = find_stamp(page, frozenset(start for start, _ in lines))
    if stamp and not _is_text_before(page, stamp.start):
        above = _above(page, lines, stamp.start)
        headline = find_headline(page, stamp.start, above, title)
        below = headline[1] if headline else stamp.start
        summary = tuple(line for line in above if line[0] >= below and _is_paragraph(page, line))
        front = _Front(after_buttons(page, stamp.end), headline, stamp, summary)
        return front if headline else _headline_below(page, lines, front, title)
    return _by_dateline(page, lines, title) or _headline_below(page, lines, _Front(0), title)


def _by_crawl_label(page: str, lines: list[Extent]) -> _Front | None:
    """`date 2018-10-17 Ports grow`: what some collections write before the headline in its line."""
    start, end = lines[0] if lines else (0, 0)
    label = _CRAWL_LABEL.match(page, start, end)
    if label is None:
        return None
    headline = trim(page, label.end(), end)
    fits = headline[0] < headline[1] and headline[1] - headline[0] <= 250 and not _is_paragraph(page, headline)
    stamp = Stamp(start, label.end(), published=day_of(label))
    return _Front(headline[1] if fits else label.end(), headline if fits else None, stamp)


def _by_stamp_lines(page: str, lines: list[Extent], title: str | None) -> _Front | None:
    """A page in lines: before the first paragraph, those that are nothing but a stamp; of the others the headline."""
    first = next((i for i, line in enumerate(lines[:_MOST_LINES]) if _is_text(page, line)), 0)
    found = ((line, read_stamp_line(page, line)) for line in lines[:first])
    stamps = {line: s for line, s in found if s and (s.published or not is_menu_line(page[slice(*line)]))}
    stamps = {
        line: s for line, s in stamps.items() if not _is_bare_name(page, line, s) or _has_neighbour(line, stamps, lines)
    }
    if not any(stamp.published or stamp.authors for stamp in stamps.values()):
        return None
    stamp = _joined(list(stamps.values()))
    rest = [line for line in lines[:first] if line not in stamps and not is_menu_line(page[slice(*line)])]
    above = [line for line in rest if line[1] <= stamp.start]
    headline = _pick_headline(page, stamp.start, above, rest, title)
    if headline is None and title is None:
        return None
    after = headline[1] if headline else stamp.end
    summary = tuple(line for line in rest if after <= line[0] < lines[first][0] and _is_paragraph(page, line))
    return _Front(max(after, stamp.end), headline, stamp, summary)


def _is_bare_name(page: str, line: Extent, stamp: Stamp) -> bool:
    """A line that a title in capitals could be too: words in capitals without "By", day or outlet."""
    bare = bool(stamp.authors) and not stamp.published and not stamp.publisher
    return bare and not page[slice(*line)].casefold().startswith("by")


def _has_neighbour(line: Extent, stamps: dict[Extent, Stamp], lines: list[Extent]) -> bool:
    """Whether the line before or after `line` is a stamp with a day or an outlet."""
    at = lines.index(line)
    beside = [stamps.get(other) for other in lines[max(0, at - 1) : at + 2] if other != line]
    return at > 0 and any(stamp and (stamp.published or stamp.publisher) for stamp in beside)


def _is_text(page: str, line: Extent) -> bool:
    return _is_paragraph(page, line) or read_dateline(page, line[0], published=None) is not None


def _joined(stamps: list[Stamp]) -> Stamp:
    """Several lines as one stamp; the first to say a thing is right, but an outlet that was named goes first."""
    whole = Stamp(stamps[0].start, stamps[-1].end)
    for stamp in stamps:
        whole.authors = whole.authors or stamp.authors
        whole.publisher = whole.publisher or stamp.publisher
        whole.published = whole.published or stamp.published
    return whole


def _pick_headline(page: str, end: int, above: list[Extent], rest: list[Extent], title: str | None) -> Extent | None:
    """The known title, else the last line above the stamp that is long enough for one, else the first below it."""
    if title:
        return find_headline(page, end, above, title)
    long = [line for line in above if len(page[slice(*line)].split()) >= _HEADLINE_WORDS and not _is_number(page, line)]
    if long:
        return find_headline(page, end, long, None)
    below = [line for line in rest if line[0] >= end and not _is_number(page, line)]
    return below[0] if below else (above[-1] if above else None)


def _is_number(page: str, line: Extent) -> bool:
    """The number of a document: `Document No. 57 [2020]`."""
    return _DOCUMENT_NUMBER.search(page, *line) is not None


def _above(page: str, lines: list[Extent], end: int) -> list[Extent]:
    above = (trim(page, start, min(last, end)) for start, last in lines if start < end)
    return [line for line in above if line[0] < line[1]]


def _is_text_before(page: str, end: int) -> bool:
    """A stamp with several sentences above it stands below an article, not above it."""
    return sentence_ends(page, 0, end) >= 3


def _by_dateline(page: str, lines: list[Extent], title: str | None) -> _Front | None:
    """A wire story on one line: what stands before the dateline is its headline."""
    at = search_dateline(page, min(len(page), 6000))
    if not at or _is_text_before(page, at):
        return None
    headline = find_headline(page, at, _above(page, lines, at), title)
    return _Front(at, headline) if headline else None


def _headline_below(page: str, lines: list[Extent], front: _Front, title: str | None) -> _Front:
    """The headline among the lines from `front.body` on: the known title, else lines that are no sentence."""
    rest = [line for line in lines if line[1] > front.body]
    if title and (found := _title_at(page, rest, title)):
        front.headline = found
        front.body = found[1]
        return front
    first = next((i for i, line in enumerate(rest) if _is_paragraph(page, line)), None)
    if not first or first > 40 or title:
        return _skip_menus(page, rest, front)
    front.headline = find_headline(page, rest[first - 1][1], rest[:first], None)
    front.body = rest[first][0]
    if first == 2 and not front.stamp and all(_may_be_headline(page, line) for line in rest[:2]):
        front.headline, front.summary = rest[0], (rest[1],)
    return front


def _may_be_headline(page: str, line: Extent) -> bool:
    """Two such lines at the top of a page are its headline and a second line to it."""
    words = page[slice(*line)].split()
    return _HEADLINE_WORDS <= len(words) <= 30 and not is_menu_line(page[slice(*line)])


def _title_at(page: str, lines: list[Extent], title: str) -> Extent | None:
    """The given title where the first lines that are no menu begin with it."""
    for start, _ in lines[:12]:
        if page[start : start + len(title)].casefold() == title.casefold():
            return start, start + len(title)
    return None


def _is_paragraph(page: str, line: Extent) -> bool:
    words = page[slice(*line)]
    return ends_sentence(words) and len(words.split()) >= 8


def _skip_menus(page: str, lines: list[Extent], front: _Front) -> _Front:
    for start, end in lines:
        if ends_sentence(page[start:end]) or not is_menu_line(page[start:end]):
            front.body = max(front.body, start)
            break
    return front


def _read_body(
    page: str, front: _Front, lines: list[Extent], end: int, published: date | None
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
    """Drop link lists after the last sentence: two lines or more that end like titles."""
    last = max((i for i, line in enumerate(lines) if ends_sentence(page[slice(*line)])), default=-1)
    tail = [line for line in lines[last + 1 :] if page[line[0]] not in "-*\u2022\u00b7"]
    return lines[: last + 1] if last >= 0 and len(tail) >= 2 else lines


def _cut_dateline(page: str, lines: list[Extent], published: date | None) -> tuple[list[Extent], Dateline | None]:
    """Cut the dateline off the first paragraph that has one (captions may come before it)."""
    for i, (start, end) in enumerate(lines[:5]):
        if found := read_dateline(page, start, published=published):
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


def _front_blocks(front: _Front) -> list[Block]:
    blocks = [Block("byline", *extent) for extent in (front.stamp.authors if front.stamp else ())]
    if front.headline:
        blocks.append(Block("headline", *front.headline))
    blocks += [Block("body", *extent) for extent in front.summary]
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


def _publisher(page: str, front: _Front, dateline: Dateline | None) -> str | None:
    """The stamp's source, else the agency of the dateline, else the site in the page's title."""
    if front.stamp and front.stamp.publisher:
        return front.stamp.publisher
    if dateline and dateline.agency:
        return dateline.agency
    first = page[: front.headline[0] if front.headline else 0].strip().split("\n")[0]
    site = first[len(without_site(first)) :].strip(" -|_\u2013\u2014")
    return outlet(site)
