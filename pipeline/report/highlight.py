"""A text with its stretches marked, as HTML: overlapping ones included, every character escaped."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Mark(NamedTuple):
    """A stretch to mark: `label` is its type, `id` what it belongs to, `title` what a reader sees on pointing at it."""

    start: int
    end: int
    label: str
    id: str
    title: str = ""


def highlighted(text: str, marks: Iterable[Mark]) -> str:
    """Return `text` as escaped HTML with a `<mark>` round each piece that one or more marks cover.

    The text is cut at every mark's ends, so that overlapping marks need no nesting: a piece carries the classes, ids
    and titles of all marks that cover it. Marks outside the text are cut to it.

    >>> highlighted("a <b>", [Mark(2, 5, "x", "m1")])
    'a <mark class="x" data-ids="m1" title="">&lt;b&gt;</mark>'
    """
    return "".join(_pieces(text, sorted(marks)))


def _pieces(text: str, marks: list[Mark]) -> Iterator[str]:
    cuts = sorted({0, len(text), *(min(c, len(text)) for m in marks for c in (m.start, m.end))})
    waiting, last = iter(marks), 0
    covering: list[Mark] = []
    upcoming = next(waiting, None)
    for cut in cuts:
        if cut > last:
            yield _piece(text[last:cut], covering)
        covering = [m for m in covering if m.end > cut]
        while upcoming is not None and upcoming.start <= cut:
            if upcoming.end > cut:
                covering.append(upcoming)
            upcoming = next(waiting, None)
        last = cut


#: Characters that turn or hide text without being seen (Unicode bidirectional algorithm, UAX 9).
_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def visible(text: str) -> str:
    """Escape `text` for HTML, and show characters that would turn the text round by their number.

    >>> visible("a\u202eb<")
    'a<span class="control">U+202E</span>b&lt;'
    """
    return _TURNING.sub(lambda m: f'<span class="control">U+{ord(m.group()):04X}</span>', escape(text))


def _piece(text: str, marks: list[Mark]) -> str:
    shown = visible(text)
    if not marks:
        return shown
    classes = " ".join(dict.fromkeys(escape(m.label) for m in marks))
    ids = " ".join(dict.fromkeys(escape(m.id) for m in marks))
    title = escape("; ".join(dict.fromkeys(m.title for m in marks if m.title)))
    return f'<mark class="{classes}" data-ids="{ids}" title="{title}">{shown}</mark>'
