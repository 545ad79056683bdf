"""What stands before the body: the stamp, a dateline or the shape of the first lines, and the headline among them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.layout.dateline import read_dateline, search_dateline
from pipeline.layout.days import DAY, day_of
from pipeline.layout.furniture import (
    after_buttons,
    ends_sentence,
    is_caption,
    is_label_line,
    is_menu_line,
    is_trail,
    sentence_ends,
)
from pipeline.layout.headline import (
    SHORTEST,
    Extent,
    find_headline,
    is_too_long,
    stands_alone,
    trim,
    without_label,
)
from pipeline.layout.stamp import Stamp, find_stamp
from pipeline.layout.stamp_lines import is_signed, read_stamp_line

#: How many lines of front matter a page can have.
_MOST_LINES = 40
_DOCUMENT_NUMBER = re.compile(r"\bNo\.? ?\d{1,4}(?: ?[\[(]\d{4}[\])])?\s*$|[\[(]\d{4}[\])] ?No\.? ?\d")
_CRAWL_LABEL = re.compile(rf"date:? {DAY}\s")


@dataclass(slots=True)
class Front:
    """What stands before the body."""

    body: int
    headline: Extent | None = None
    stamp: Stamp | None = None
    summary: tuple[Extent, ...] = ()


def read_front(page: str, lines: list[Extent], title: str | None) -> Front:
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
        summary = tuple(line for line in above if line[0] >= below and _is_summary(page, line))
        front = Front(after_buttons(page, stamp.end), headline, stamp, summary)
        return front if headline else _headline_below(page, lines, front, title)
    return _by_dateline(page, lines, title) or _headline_below(page, lines, Front(0), title)


def _by_crawl_label(page: str, lines: list[Extent]) -> Front | None:
    """`date 2018-10-17 Ports grow`: what some collections write before the headline in its line."""
    start, end = lines[0] if lines else (0, 0)
    label = _CRAWL_LABEL.match(page, start, end)
    if label is None:
        return None
    headline = trim(page, label.end(), end)
    fits = headline[0] < headline[1] and headline[1] - headline[0] <= 250 and not _is_paragraph(page, headline)
    stamp = Stamp(start, label.end(), published=day_of(label))
    return Front(headline[1] if fits else label.end(), headline if fits else None, stamp)


def _by_stamp_lines(page: str, lines: list[Extent], title: str | None) -> Front | None:
    """A page in lines: before the first paragraph, those that are nothing but a stamp; of the others the headline."""
    first = next((i for i, line in enumerate(lines[:_MOST_LINES]) if _is_text(page, line)), 0)
    first = _after_second_signature(page, lines, first)
    found = ((line, read_stamp_line(page, line)) for line in lines[:first])
    stamps = {line: s for line, s in found if s and (s.published or s.labelled or not is_menu_line(page[slice(*line)]))}
    stamps = {
        line: s
        for line, s in stamps.items()
        if not _is_bare_name(page, line, s) or _has_neighbour(page, line, stamps, lines)
    }
    if not any(stamp.published or stamp.authors or stamp.labelled for stamp in stamps.values()):
        return None
    stamp = _joined(list(stamps.values()))
    rest = [line for line in lines[:first] if line not in stamps and not _is_no_text(page, line)]
    rest = _below_trail(page, lines[:first], rest)
    above = [line for line in rest if line[1] <= stamp.start]
    headline = _pick_headline(page, stamp.start, above, rest, title)
    if headline is None and title is None:
        return None
    after = headline[1] if headline else stamp.end
    summary = tuple(line for line in rest if after <= line[0] < lines[first][0] and _is_summary(page, line))
    return Front(max(after, stamp.end), headline, stamp, summary)


def _after_second_signature(page: str, lines: list[Extent], first: int) -> int:
    """Past a summary in sentences that the writer's name, said above it already, parts from the body."""
    below = lines[first + 1 : first + 3]
    if first == 0 or len(below) < 2 or not _is_text(page, below[1]):
        return first
    name = page[slice(*below[0])]
    again = name in (page[slice(*line)] for line in lines[:first]) and read_stamp_line(page, below[0])
    return first + 2 if again else first


def _is_no_text(page: str, line: Extent) -> bool:
    """A menu, a label ("Advertisement") or a caption: none of them is a headline."""
    words = page[slice(*line)]
    return is_menu_line(words) or is_label_line(words) or is_caption(words)


def _below_trail(page: str, front: list[Extent], rest: list[Extent]) -> list[Extent]:
    """Of what may be the headline, the lines below the trail "Home » Cities » Ningbo", where one is long enough."""
    trail = max((end for start, end in front if is_trail(page[start:end])), default=0)
    below = [line for line in rest if line[0] >= trail]
    return below if any(len(page[slice(*line)].split()) >= SHORTEST for line in below) else rest


def _is_bare_name(page: str, line: Extent, stamp: Stamp) -> bool:
    """A line that a title in capitals could be too: words in capitals without "By", a dash, day or outlet."""
    bare = bool(stamp.authors) and not stamp.published and not stamp.publisher
    words = page[slice(*line)]
    return bare and not words.casefold().startswith("by") and not is_signed(words)


def _has_neighbour(page: str, line: Extent, stamps: dict[Extent, Stamp], lines: list[Extent]) -> bool:
    """Whether the line before or after `line` is a stamp with a day or an outlet, or another line says the same."""
    at = lines.index(line)
    if sum(page[slice(*other)] == page[slice(*line)] for other in stamps) > 1:
        return True
    beside = [stamps.get(other) for other in lines[max(0, at - 1) : at + 2] if other != line]
    return at > 0 and any(stamp and (stamp.published or stamp.publisher) for stamp in beside)


def _is_text(page: str, line: Extent) -> bool:
    if _is_question(page, line):
        return False
    return _is_paragraph(page, line) or read_dateline(page, line[0], published=None) is not None


def _joined(stamps: list[Stamp]) -> Stamp:
    """Several lines as one stamp; the first to say a thing is right, but an outlet that was named goes first."""
    whole = Stamp(stamps[0].start, stamps[-1].end)
    for stamp in stamps:
        whole.authors = whole.authors or stamp.authors
        whole.publisher = whole.publisher or stamp.publisher
    told = [stamp for stamp in stamps if stamp.published and (stamp.labelled or stamp.publisher or stamp.authors)]
    # a day alone may be the one on which the page was fetched
    whole.published = next((stamp.published for stamp in [*told, *stamps] if stamp.published), None)
    return whole


def _pick_headline(page: str, end: int, above: list[Extent], rest: list[Extent], title: str | None) -> Extent | None:
    """The known title, else the last line above the stamp that is long enough for one, else the first below it."""
    if title:
        return find_headline(page, end, above, title)
    long = [line for line in above if len(page[slice(*line)].split()) >= SHORTEST and not _is_number(page, line)]
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


def _by_dateline(page: str, lines: list[Extent], title: str | None) -> Front | None:
    """A wire story on one line: what stands before the dateline is its headline."""
    at = search_dateline(page, min(len(page), 6000))
    if not at or _is_text_before(page, at):
        return None
    headline = find_headline(page, at, _above(page, lines, at), title)
    return Front(at, headline) if headline else None


def _headline_below(page: str, lines: list[Extent], front: Front, title: str | None) -> Front:
    """The headline among the lines from `front.body` on: the known title, else lines that are no sentence."""
    rest = [line for line in lines if line[1] > front.body]
    if title and (found := _title_at(page, rest, title)):
        front.headline = found
        front.body = found[1]
        return front
    rest = [line for line in rest if not is_label_line(page[slice(*line)])]
    first = next((i for i, line in enumerate(rest) if _is_paragraph(page, line)), None)
    if not first or first > 40 or title or all(is_caption(page[slice(*line)]) for line in rest[:first]):
        return _skip_menus(page, rest, front)
    front.headline = find_headline(page, rest[first - 1][1], rest[:first], None)
    below = front.headline[1] if front.headline else rest[first][0]
    captions = (line for line in rest[:first] if line[0] >= below and is_caption(page[slice(*line)]))
    front.body = next(captions, rest[first])[0]
    kept = [line for line in rest[:first] if not _is_no_text(page, line)]
    says_again = len(kept) == 2 and page[slice(*kept[1])].casefold() in page[slice(*kept[0])].casefold()
    if len(kept) == 2 and not says_again and not front.stamp and all(_may_be_headline(page, line) for line in kept):
        above = tuple(line for line in rest[:first] if line[0] < kept[0][0] and is_caption(page[slice(*line)]))
        front.headline, front.summary = without_label(page, kept[0]), (*above, kept[1])
    return front


def _may_be_headline(page: str, line: Extent) -> bool:
    """Two such lines at the top of a page are its headline and a second line to it."""
    there = page[slice(*line)]
    return SHORTEST <= len(there.split()) <= 30 and not is_menu_line(there) and not is_caption(there)


def _title_at(page: str, lines: list[Extent], title: str) -> Extent | None:
    """The given title where the first lines that are no menu begin with it."""
    for start, _ in lines[:12]:
        end = start + len(title)
        if page[start:end].casefold() == title.casefold() and stands_alone(page, end):
            return start, end
    return None


def _is_paragraph(page: str, line: Extent) -> bool:
    words = page[slice(*line)]
    return ends_sentence(words) and len(words.split()) >= 8


def _is_summary(page: str, line: Extent) -> bool:
    """What stands between headline and stamp and is read: whole sentences, or a line too long for a headline."""
    return _is_paragraph(page, line) or is_too_long(page, line)


def _is_question(page: str, line: Extent) -> bool:
    """A line that asks one thing, as headlines do: "Is the river clean enough to swim in?"."""
    return page[slice(*line)].rstrip("\"'").endswith("?") and sentence_ends(page, *line) == 1


def _skip_menus(page: str, lines: list[Extent], front: Front) -> Front:
    for start, end in lines:
        if ends_sentence(page[start:end]) or not is_menu_line(page[start:end]):
            front.body = max(front.body, start)
            break
    return front
