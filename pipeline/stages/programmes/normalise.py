"""Text-to-value rules for programmes: names, the stems that two names share, ISO dates."""

from __future__ import annotations

import re

_SPACES = re.compile(r"\s+")
_IN_PLACE = re.compile(r" in (?:place|force)(?= (?:on|for|of|to)\b)")
_ISO = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_FTZ = re.compile(r"\bft([zp])s?\b")
_ENDS = {"z": "zone", "p": "port"}
_WORDS = re.compile(r"[a-z0-9]+")
_FUNCTION_WORDS = ("a", "an", "the", "of", "on", "for", "in", "to", "and", "or", "with", "between", "at", "by", "from")
_HEAD_WORDS = ("pilot", "program", "programme", "project", "scheme", "plan", "action", "trial", "outline")
_EMPTY = frozenset((*_FUNCTION_WORDS, *_HEAD_WORDS, *(f"{word}s" for word in _HEAD_WORDS), "new", "national"))


def clean_name(text: str) -> str:
    """One line, without article, quotes around it or "in place".

    >>> clean_name("pilot program in place on the integration of trade")
    'pilot program on the integration of trade'
    """
    plain = _IN_PLACE.sub("", _SPACES.sub(" ", text).strip(" ,;"))
    return re.sub(r"^(?:the|a|an) ", "", plain, flags=re.IGNORECASE)


def stems(text: str) -> frozenset[str]:
    """The first letters of the words that tell a programme from others.

    >>> sorted(stems("plan for the construction of the Han River belt"))
    ['belt', 'const', 'han', 'river']
    """
    words = _WORDS.findall(_FTZ.sub(lambda m: f"free trade {_ENDS[m.group(1)]}", text.lower()))
    return frozenset(word.removesuffix("s")[:5] for word in words if word not in _EMPTY)


def alike(one: frozenset[str], other: frozenset[str], *, loose: bool = False) -> bool:
    """Whether two sets of stems can belong to one programme: one within the other, or most shared (`loose`: half)."""
    if not one or not other:
        return False
    shared = len(one & other)
    return shared == min(len(one), len(other)) or 2 * shared >= (0.5 if loose else 0.7) * (len(one) + len(other))


def iso_date(value: str) -> str | None:
    """A TIMEX3 value that is a year, a month or a day, else None: ``"2022-05" → "2022-05"``, ``"P1Y" → None``."""
    return value if _ISO.fullmatch(value) else None


def most_precise(values: list[str]) -> str | None:
    """The longest ISO date that agrees with the first: ``["2022", "2022-05"] → "2022-05"``; None for none."""
    if not values:
        return None
    agreeing = [value for value in values if value.startswith(values[0]) or values[0].startswith(value)]
    return max(agreeing, key=len)
