"""The surroundings that make capitalised words a person, or keep them from being one; each with its sentence."""

from __future__ import annotations

from functools import cache

from pipeline.resources import table, words

#: How English nouns for somebody who does a thing end.
DOERS = ("er", "or", "ist", "ian", "eer", "man", "woman")

#: "Mo Qiu, **45**, a farmer": the age between name and title.
MAX_AGE = 120

#: "deputy **director** of …": words of a title before its head, and of an attribute after its preposition.
MAX_MODIFIERS = 9
MAX_ATTRIBUTE = 14

#: "He works **as** a farmer": between a name and its title stand at most so many words.
MAX_BRIDGE = 5


@cache
def role_heads() -> dict[str, str]:
    """The nouns that can head a job title, in lower case, with the group of each."""
    return {row["head"]: row["group"] for row in table("people/roles")}


def is_role_head(word: str) -> bool:
    """Tell whether a word can head a title: ``"director"``, ``"CEO"`` → True."""
    return word.lower() in role_heads()


def is_plural_head(word: str) -> bool:
    """Tell a title for several people: "**economists** Li and Yao"."""
    if word.endswith("men"):
        return is_role_head(word[:-3] + "man") or is_role_head(word[:-5] + "woman")
    return word.endswith("s") and (is_role_head(word[:-1]) or is_role_head(word[:-3] + "y"))


def is_honorific(word: str) -> bool:
    """Tell "Mr", "Dr." and the like."""
    return word in words("people/honorifics")


def is_speech(word: str) -> bool:
    """Tell a form of a verb that a speaker stands beside: "Zhang **said**"."""
    return word in words("people/speech_verbs")


def is_class_noun(word: str) -> bool:
    """Tell a noun whose name follows: "the **consultancy** Konrad Meyer said" names no person."""
    return word in words("people/class_nouns") or word in words("organisations/descriptors")
