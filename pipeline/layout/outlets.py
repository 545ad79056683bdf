"""Names of newspapers, agencies and sites, and which of their forms is the name."""

from __future__ import annotations

import re
from functools import cache

from pipeline.resources import table, words


@cache
def _names() -> dict[str, str]:
    names = {}
    for row in table("layout/publishers"):
        for alias in (row["name"], *filter(None, row["aliases"].split("|"))):
            names[alias.casefold()] = row["name"]
    return names


@cache
def outlet_pattern() -> str:
    """A regular expression for any known outlet, longest first."""
    return "|".join(re.escape(name) for name in sorted(_names(), key=len, reverse=True))


@cache
def _whole() -> re.Pattern[str]:
    return re.compile(outlet_pattern(), re.IGNORECASE)


def outlet(words: str) -> str | None:
    """The outlet that `words` name, or None: ``"CHINA DAILY"``, ``"China Daily Website"`` → ``"China Daily"``."""
    name = " ".join(words.split()).casefold()
    return _names().get(name) or _names().get(name.removesuffix(" website"))


def leading_outlet(text: str, start: int, end: int) -> tuple[str, int] | None:
    """The known outlet that begins at `start`, and where it ends."""
    match = _whole().match(text, start, end)
    if match is None or text[match.end() : match.end() + 1].isalnum():
        return None
    return _names()[match[0].casefold()], match.end()


#: "goqinling.com.cn", "www.example.org"
_ADDRESS = re.compile(
    r"(?:[a-z0-9-]{1,40}\.){1,4}(?:com|cn|org|net|gov|edu|info|news|asia|hk|mo|tw|sg|uk|io|tv|cc)", re.IGNORECASE
)


def is_address(words: str) -> bool:
    """Whether `words` are the address of a site: ``is_address("goqinling.com.cn")`` → True."""
    return _ADDRESS.fullmatch(words.strip()) is not None


def is_outlet_like(name: str) -> bool:
    """Whether a name is a newspaper's, known or not: ``is_outlet_like("Qinling Evening Post")`` → True."""
    return outlet(name) is not None or any(word.casefold() in words("layout/outlet_heads") for word in name.split())
