"""Which words above the body are the headline."""

from __future__ import annotations

import re
from functools import cache

from pipeline.layout.furniture import after_menu, ends_sentence, is_caption, is_label_line, is_menu_line
from pipeline.layout.outlets import outlet
from pipeline.resources import words

_SUFFIX = re.compile(r"\s(?:-{1,2}|\u2013|\u2014|\||_)\s|_|\|")
_SCRIPT = re.compile(r"(?:[\w.$]{1,60}\([^()\n]{0,200}\);|\{[^{}\n]{0,200}\}|<!--|-->|//)")

Extent = tuple[int, int]

#: So many words a headline has, where nothing else tells it from a label above or an explanation below.
SHORTEST, LONGEST = 4, 20


def trim(page: str, start: int, end: int) -> Extent:
    """`start:end` without white space at its ends."""
    part = page[start:end]
    return start + len(part) - len(part.lstrip()), start + len(part.rstrip())


def find_headline(page: str, end: int, lines: list[Extent], title: str | None) -> Extent | None:
    """The headline in the front matter `page[:end]`: the known title, a repeated page title, else what no menu is."""
    if title and (at := _rfind(page[:end], title)) != -1 and stands_alone(page, at + len(title)):
        return at, at + len(title)
    shown = ((line, page[slice(*line)]) for line in lines)
    kept = [line for line, there in shown if not (is_menu_line(there) or is_label_line(there) or is_caption(there))]
    if not kept:
        return None
    if len(kept) == 1 or not _is_clean(page, kept[-1]):
        return _in_line(page, kept[-1])
    return _repeated(page, kept) or _last(page, kept)


def stands_alone(page: str, end: int) -> bool:
    """Whether a title that ends at `end` is one here: a line ends there, or what follows begins anew.

    "Tianjin port" is none in "Tianjin port handled 3 million boxes".
    """
    line = page[end : end + 80].split("\n", 1)[0]
    rest = line.lstrip(" -|_:.\u2013\u2014")
    return not rest or (line != rest and not rest[0].islower())


def _rfind(page: str, title: str) -> int:
    """Where `title` last stands in `page`, in capitals or not; letters whose small form is longer move no offset."""
    folded, wanted = page.casefold(), title.casefold()
    same = len(folded) == len(page) and len(wanted) == len(title)
    return folded.rfind(wanted) if same else page.rfind(title)


def _is_clean(page: str, line: Extent) -> bool:
    return after_menu(page[slice(*line)]) == 0 and line[1] - line[0] < 300


def _repeated(page: str, lines: list[Extent]) -> Extent | None:
    """A line that the page's title, its site's name cut off, says already."""
    seen: set[str] = set()
    for line in lines:
        there = page[slice(*line)].casefold()
        if there in seen:
            return line
        seen |= {there, without_site(there)}
    return None


def _last(page: str, lines: list[Extent]) -> Extent | None:
    """The line above the stamp, or the one before it when that is a summary in whole sentences or too long.

    A word or two between them ("Leaders") are the section that a page stands in.
    """
    *earlier, before, last = lines
    if earlier and _is_summary(page, last) and len(page[slice(*before)].split()) < SHORTEST:
        before = next((line for line in reversed(earlier) if _has_length(page, line)), before)
    summary = ends_sentence(page[slice(*last)]) and not ends_sentence(page[slice(*before)])
    longer = is_too_long(page, last) and not is_too_long(page, before)
    return _in_line(page, before if summary or (longer and len(page[slice(*before)].split()) >= SHORTEST) else last)


def _is_summary(page: str, line: Extent) -> bool:
    return ends_sentence(page[slice(*line)]) and is_too_long(page, line)


def _has_length(page: str, line: Extent) -> bool:
    return len(page[slice(*line)].split()) >= SHORTEST and not is_too_long(page, line)


def is_too_long(page: str, line: Extent) -> bool:
    """Whether a line has more words than headlines have: what explains one, in a line below it."""
    return len(page[slice(*line)].split()) > LONGEST


def _in_line(page: str, line: Extent) -> Extent | None:
    """The headline within one line: what its end repeats from its beginning, else what follows the last menu."""
    start, end = line
    whole = page[start:end]
    if size := _border(whole):
        return trim(page, end - size, end)
    script = max((m.end() for m in _SCRIPT.finditer(whole)), default=0)
    cut = max(after_menu(whole), script)
    first, last = trim(page, start + cut, end)
    first, _ = without_label(page, (first, last))
    last = first + len(without_site(page[first:last]))
    return (first, last) if 1 < len(page[first:last].split()) <= 45 and last - first <= 320 else None


@cache
def _label() -> re.Pattern[str]:
    labels = "|".join(sorted(map(re.escape, words("layout/title_labels")), key=len, reverse=True))
    return re.compile(rf"(?:{labels}) ?\| ?(?=\S)", re.IGNORECASE)


def without_label(page: str, line: Extent) -> Extent:
    """The line without the kind of text that stands before a bar: `Exclusive | Port fees fall`."""
    match = _label().match(page, *line)
    return (match.end(), line[1]) if match else line


def _border(line: str) -> int:
    """The length of the longest end of `line` that is also its beginning (Knuth, Morris, Pratt), from 12 on."""
    folded, table, size = line.casefold(), [0], 0
    if len(folded) != len(line):
        return 0
    for char in folded[1:]:
        while size and folded[size] != char:
            size = table[size - 1]
        size += folded[size] == char
        table.append(size)
    while size > len(line) // 2:
        size = table[size - 1]
    return size if size >= 12 and not folded[size : size + 1].isalnum() else 0


def without_site(title: str) -> str:
    """A page's title without its site: ``without_site("Ports grow - People's Daily Online")`` → ``"Ports grow"``."""
    for match in reversed(list(_SUFFIX.finditer(title))):
        site = title[match.end() :].strip()
        if outlet(site) or (match[0].strip() in ("|", "_") and len(site.split()) <= 6):
            return without_site(title[: match.start()].rstrip())
    return title
