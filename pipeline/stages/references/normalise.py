"""Names from parts, and words to compare by: str in, value or None out. No spaCy."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from pipeline.resources import words

_HKSAR = re.compile(r"\bhksar\b")
_GOVERNMENT_OF = re.compile(r"^(?:people's )?government of (?:the )?([\w ]{1,60} (?:regional|autonomous region))$")
_SPECIAL_REGION = re.compile(r"\b(?:special administrative region|sar)\b")


def fold(name: str) -> str:
    """A name as a key: ``"the  Ministry of Commerce"`` → ``"ministry of commerce"``."""
    words_ = name.replace("\u2019", "'").casefold().split()
    return " ".join(words_[1:] if words_[:1] == ["the"] else words_)


@lru_cache(maxsize=4096)
def one_key(name: str) -> str:
    """A key that several ways to write one body share: ``"seventh CPC committee"`` → ``"party committee"``.

    ``"Suzhou municipal people's government"`` → ``"suzhou municipal government"``; ``"HKSAR government"`` and ``"Hong
    Kong Special Administrative Region government"`` → ``"hong kong regional government"``.
    """
    dropped = words("references/ordinals")
    kept = [word for word in _as_regional(fold(name)).split() if word not in dropped]
    return " ".join("party" if word == "cpc" else word for word in kept)


def _as_regional(name: str) -> str:
    """Write an autonomous or special administrative region as it is written for short: "ningxia regional …"."""
    plain = _SPECIAL_REGION.sub("regional", _HKSAR.sub("hong kong sar", name))
    plain = _GOVERNMENT_OF.sub(r"\1 government", plain)
    before, autonomous, after = plain.partition(" autonomous region")
    if not autonomous:
        return plain
    place = before.split()
    while len(place) > 1 and place[-1].capitalize() in words("regions/ethnic_groups"):
        place.pop()
    return f"{' '.join(place)} regional{after}"


def title_case(phrase: str) -> str:
    """Write a description like a name: ``"municipal bureau of commerce"`` → ``"Municipal Bureau of Commerce"``."""
    return " ".join(
        word if index and word in words("references/short_words") else word[:1].upper() + word[1:]
        for index, word in enumerate(phrase.split())
    )


def complete_name(description: str, place: str) -> str:
    """Name a body by its place: ``("provincial government", "Zhejiang")`` → ``"Zhejiang Provincial Government"``."""
    name = title_case(description)
    return name if fold(name).startswith(fold(place)) else f"{place} {name}"


def ministry_subject(role: str) -> str | None:
    """What a minister is minister of: ``"Vice-Minister of Civil Affairs"`` → ``"civil affairs"``, else None.

    ``"Commerce Minister"`` → ``"commerce"``.
    """
    match = re.fullmatch(r"(?:vice[- ]|deputy )?minister (?:of|for) (.{1,60})", role.casefold())
    match = match or re.fullmatch(r"(?:vice |deputy )?(\w{1,20}(?: affairs)?) (?:vice-)?minister", role.casefold())
    return match[1] if match and match[1] not in ("prime", "vice", "deputy", "former") else None


@cache
def head_word(name: str) -> str:
    """The noun that says what an organisation is: ``"Ministry of Commerce"`` → ``"ministry"``.

    ``"National Development and Reform Commission"`` → ``"commission"``; ``"China (Shanghai) Bank Co"`` → ``"bank"``.
    """
    before = [word.strip(".,()") for word in name.split("(", maxsplit=1)[0].split()] or [name]
    lowered = [word.casefold() for word in before]
    for preposition in ("of", "for", "on", "under", "at"):
        if preposition in lowered[1:]:
            lowered = lowered[: lowered.index(preposition, 1)]
    while len(lowered) > 1 and lowered[-1] in words("references/company_endings"):
        lowered = lowered[:-1]
    return lowered[-1]


def is_part_of_name(short: str, full: str) -> bool:
    """Tell whether a name is a shorter form of another: ``("Carrie Lam", "Carrie Lam Cheng Yuet-ngor")`` → True."""
    small, large = fold(short).split(), fold(full).split()
    if len(small) < 2 or len(small) >= len(large):
        return False
    rest = iter(large)
    return all(word in rest for word in small)
