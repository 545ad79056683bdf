"""The visible text of a page: for pages so small that nothing in them looks like an article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

#: What is on a page and isn't its text: code, forms, and what HTML itself calls the surroundings.
_CODE = frozenset(["script", "style", "svg"])
_LEFT_OUT = _CODE | frozenset(
    ["noscript", "template", "head", "nav", "header", "footer", "aside", "form", "button", "select", "textarea"]
)
#: What stands within a line; everything else begins a new one.
_INLINE = _CODE | frozenset(
    ["a", "abbr", "b", "cite", "em", "font", "i", "mark", "q", "small", "span", "strong", "sub", "sup", "time", "u"]
)
#: "The port opened on Monday." has four words and an end; a menu has one or the other.
_SENTENCE = re.compile(r"(?:\S+\s+){3,40}\S+[.!?\u3002][\"'\u2019\u201d)]{0,3}$")


def visible_text(html: str) -> str | None:
    """The lines that a reader sees, where one of them is a sentence; None for a page without any.

    ``"<nav>Home</nav><p>The port opened on <b>Monday</b>.</p>"`` → ``"The port opened on Monday."``
    """
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    try:
        page = document_fromstring(html.encode(), parser=HTMLParser(encoding="utf-8"))
    except (etree.ParserError, ValueError):
        return None
    lines = [" ".join(line.split()) for line in "".join(_pieces(page)).split("\n")]
    return "\n".join(filter(None, lines)) if any(map(_is_sentence, lines)) else None


def _is_sentence(line: str) -> bool:
    return _SENTENCE.search(line[-600:]) is not None


def _pieces(page: Any) -> Iterator[str]:
    """The text of the page in its order, with line ends where blocks begin and end; no recursion, as pages are deep."""
    from lxml.etree import iterwalk

    walk = iterwalk(page, events=("start", "end", "comment", "pi"))
    for event, node in walk:
        if event in {"start", "end"} and node.tag not in _INLINE:
            yield "\n"
        if event != "start":
            yield (node.tail or "").replace("\n", " ")
        elif node.tag in _LEFT_OUT:
            walk.skip_subtree()
        else:
            yield (node.text or "").replace("\n", " ")
