"""Plain characters in place of typographic ones, one for one, so that no offset moves."""

from __future__ import annotations

import html
import re
from functools import cache

#: One code point each: quotes, hyphens, and signs that tokenisers know only in their ASCII form.
_SIGNS = {
    "\u2018": "'", "\u2019": "'", "\u201a": "'", "\u201b": "'", "\u2032": "'", "\u00b4": "'", "\u0060": "'",
    "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u201f": '"', "\u2033": '"', "\u00ab": '"', "\u00bb": '"',
    "\u300c": '"', "\u300d": '"', "\u300e": '"', "\u300f": '"',
    "\u2010": "-", "\u2011": "-", "\u2212": "-", "\u3002": ".", "\u3001": ",",
}  # fmt: skip

#: "&gt;", "&#39;", "&quot;", and the quote escaped by a backslash ("the country\'s") that dumps of pages leave behind.
_ESCAPE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8}[0-9]{0,2});|\\['\"]")


#: Signs without end ("((((…"): a tokeniser tries each as an affix of all the others.
_RUN = re.compile(r"[^\w\s]{40,}")


def plain(text: str) -> str:
    r"""Map `text` to plain characters of the same length; "\n" stays, every other white space is a blank.

    ``plain("“Yes,”\u00a0he said.")`` → ``'"Yes," he said.'``; an escaped character stands at one end of the blanks
    that fill its escape: ``plain("China&#39;s")`` → ``"China    's"``.
    """
    text = _RUN.sub(lambda run: run[0][:3].ljust(len(run[0])), text.translate(_table()))
    return _ESCAPE.sub(_unescape, text) if "&" in text or "\\" in text else text


@cache
def _table() -> dict[int, str]:
    table = {code: " " for code in range(0x3001) if chr(code).isspace() or code < 32 or 0x7F <= code < 0xA0}
    table |= {0xFEFF: " ", 0x200B: " "} | {full: chr(full - 0xFEE0) for full in range(0xFF01, 0xFF5F)}
    table |= {ord(sign): simple for sign, simple in _SIGNS.items()}
    del table[ord("\n")]
    return table


def _unescape(match: re.Match[str]) -> str:
    """Keep an escape that stands for nothing or joins a word ("B&amp;R"); else pad what it stands for."""
    escape = match[0]
    sign = escape[1:] if escape[0] == "\\" else html.unescape(escape).translate(_table())
    before = match.string[match.start() - 1 : match.start()]
    after = match.string[match.end() : match.end() + 1]
    if len(sign) != 1 or (sign == "&" and before.isalnum()):
        return escape
    comes_first = sign == '"' or (bool(before) and not before.isspace() and not after.isalnum())
    return sign.ljust(len(escape)) if comes_first else sign.rjust(len(escape))
