"""Text-to-value rules for the names of organisations."""

from __future__ import annotations

import re

_SPACES = re.compile(r"\s+")
_ABBREVIATION_IN_NAME = re.compile(r" \([A-Z]{2,8}\)")
_MINISTRY = re.compile(r"^(\w+) ministry$")
_OF_CHINA = re.compile(r"(?: of (?:the )?(?:People's Republic of China|China|PRC))$")
_SUFFIX = re.compile(
    r"(?:,? (?:Co|Ltd|Inc|Corp|Corporation|Company|Limited|LLC|PLC|Plc|AG|AB|SE|SA|NV|GmbH|Holdings?|Group)\.?){1,6}$"
)


def clean_name(text: str) -> str:
    """One line without a leading article: ``"the  Ministry of\\nCommerce" → "Ministry of Commerce"``."""
    plain = _SPACES.sub(" ", text.replace("\u2019", "'")).strip(" ,")
    return plain[4:] if plain.lower().startswith("the ") and len(plain) > 4 else plain


def name_key(name: str) -> str:
    """What two ways to write one name share: ``"National Audit Office of China" → "nationalauditoffice"``.

    Case, punctuation, an abbreviation inside, company words and a closing "of China" do not tell names apart, nor
    "Finance Ministry" from "Ministry of Finance".
    """
    plain = _ABBREVIATION_IN_NAME.sub("", clean_name(name)).replace("&", "and")
    stem = short_company(plain) or plain
    if not stem.startswith(("Bank ", "People's Bank", "Communist", "Industrial", "University", "Civil", "Cyberspace")):
        stem = _OF_CHINA.sub("", stem) or stem
    stem = _MINISTRY.sub(r"ministry of \1", stem.casefold())
    return re.sub(r"[^\w]+", "", "ministry of foreign affairs" if stem == "ministry of foreign" else stem)


def short_company(name: str) -> str | None:
    """A company's name without its company words: ``"Lanqiao Technology Co" → "Lanqiao Technology"``, else None."""
    stem = _SUFFIX.sub("", name)
    return stem if stem and stem != name else None


def initials_fit(abbreviation: str, name: str) -> bool:
    """Whether a bracket can abbreviate a name: ``("NBS", "National Bureau of Statistics") → True``.

    Its letters must come in order among the letters of the name and begin as one of its words does.

    >>> initials_fit("MIIT", "Ministry of Industry and Information Technology"), initials_fit("GDP", "State Council")
    (True, False)
    """
    letters = [c for c in abbreviation.lower() if c.isalnum()]
    text = name.lower()
    starts = {word[0] for word in re.findall(r"\w+", text)}
    if not letters or letters[0] not in starts:
        return False
    position = 0
    for character in letters:
        position = text.find(character, position) + 1
        if not position:
            return False
    return True
