"""What a word can be in the name of an organisation: one letter a word, from the tables in `resources/organisations`.

``letter("Ministry") → "H"``, ``letter("Zhejiang") → "N"``, ``letter("provincial") → "v"``. The patterns of this stage
are regular expressions over such letters, one a token, so that they read a document once.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from functools import cache

from spacy.lang.en.stop_words import STOP_WORDS

from pipeline.gazetteer import gazetteer
from pipeline.resources import table, words
from pipeline.schema import OrganisationKind

FOLDER = "organisations"

#: Words in lower case that have a letter of their own.
_SMALL = {"of": "o", "for": "f", "on": "f", "the": "t", "and": "a", "at": "i", "in": "i", "under": "i", "with": "i"}
_PARTY = {"CPC": "C", "CCP": "C", "Party": "Y"}
_SIGNS = {"&": "&", "(": "(", ")": ")", ",": ",", "-": "-"}


@cache
def names(name: str) -> frozenset[str]:
    """The word list `name` of this stage."""
    return words(f"{FOLDER}/{name}")


@cache
def heads() -> Mapping[str, OrganisationKind]:
    """The words that name a body ("ministry", "university") and the kind that each stands for."""
    return {row["word"]: row["kind"] for row in table(f"{FOLDER}/heads")}  # type: ignore[misc]


@cache
def _small_heads() -> Mapping[str, str]:
    letters = {"yes": "h", "title": "k"}
    return {row["word"]: letters[row["lower"]] for row in table(f"{FOLDER}/heads") if row["lower"]}


@cache
def levels() -> Mapping[str, str]:
    """The words that say a level of government and the level: ``{"city": "municipal", …}``."""
    return {row["word"].lower(): row["level"] for row in table(f"{FOLDER}/levels")}


@cache
def _level_letters() -> Mapping[str, str]:
    return {row["word"].lower(): "p" if row["generic"] else "v" for row in table(f"{FOLDER}/levels")}


@cache
def suffixes() -> Mapping[str, str]:
    """The words that a company's name ends in: ``{"Ltd": "strong", "Logistics": "weak", …}``."""
    return {row["word"]: row["strength"] for row in table(f"{FOLDER}/company_suffixes")}


@cache
def _days() -> frozenset[str]:
    named = [*calendar.day_name, *calendar.month_name, *calendar.month_abbr, "Sept"]
    return frozenset(name for name in named if name and name != "May")


#: A county's name alone is too often a person's or a common word.
_PLACE_KINDS = frozenset(
    {"country", "province", "municipality", "autonomous_region", "special_administrative_region", "prefecture"}
)


@cache
def is_place(word: str) -> bool:
    """Whether a single word names a country, a province or a prefecture: "Huizhou", not "Mengzi"."""
    return any(place.kind in _PLACE_KINDS for place in gazetteer().lookup(word))


@cache
def letter(word: str) -> str:
    """The letter of a word by itself; "?" where its part of speech must decide, "x" where it can be in no name.

    N name, W subject ("Commerce"), O opener ("National"), A nationality, H head, S and R company suffix (strong,
    weak), E event or place that is no organisation, T job title, V level, Y party, C CPC; in lower case o of, f for,
    t the, a and, i in/at, v level, p place noun, h head, k head in titles, w subject.
    """
    if word in _SIGNS:
        return _SIGNS[word]
    if word in ("'s", "'"):
        return "q"
    if not any(character.isupper() for character in word) or word in _days():
        return _small_letter(word)
    return _capital_letter(word)


def _small_letter(word: str) -> str:
    listed = {**_SMALL, **_level_letters(), **_small_heads()}
    if word in listed:
        return listed[word]
    if word in names("subjects"):
        return "w"
    return "?" if word.isalpha() and word not in STOP_WORDS else "x"


def _capital_letter(word: str) -> str:
    lower = word.lower()
    if word in suffixes():
        return "S" if suffixes()[word] == "strong" else "R"
    if word in _PARTY:
        return _PARTY[word]
    listed = (("H", heads()), ("T", names("titles")), ("A", names("nationalities")), ("O", names("openers")))
    known = ("V", _level_letters()), *listed, ("W", names("subjects")), ("E", names("not_organisations"))
    found = next((found for found, collection in known if lower in collection), "")
    if found == "V":
        return _level_letters()[lower].upper()
    if not found and lower in STOP_WORDS and lower != "us":
        return "x"
    return found or ("N" if word[0].isalnum() else "x")
