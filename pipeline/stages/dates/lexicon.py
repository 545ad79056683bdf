"""The words of time: what each word can be (month, unit, ordinal, …), read once from `resources/dates/`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pipeline.resources import table

Phrases = Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Word classes and multi-word phrases, in lower case.

    `kinds` maps a kind to its words and their values (``kinds["month"]["nov"] == "11"``); `phrases` and `holidays` map
    a first word to the phrases that begin with it, the longest first; so does `approximators` ("more than").
    """

    kinds: Mapping[str, Mapping[str, str]]
    phrases: Phrases
    holidays: Phrases
    approximators: Phrases


@cache
def lexicon() -> Lexicon:
    """The lexicon, read when first asked for."""
    kinds: dict[str, dict[str, str]] = {}
    for row in table("dates/words"):
        kinds.setdefault(row["kind"], {})[row["word"]] = row["value"]
    phrases = {row["phrase"]: row["value"] for row in table("dates/phrases")}
    holidays = {row["name"]: row["name"] for row in table("dates/holidays")}
    approximators = {row["phrase"]: row["mod"] for row in table("dates/approximators")}
    return Lexicon(kinds, _by_first_word(phrases), _by_first_word(holidays), _by_first_word(approximators))


def split_phrase(text: str) -> tuple[str, ...]:
    """Cut a phrase as the lexer does: ``"New Year's Day"`` → ``("new", "year", "'", "s", "day")``."""
    spaced = "".join(c if c.isalnum() else f" {c} " for c in text.lower())
    return tuple(spaced.split())


def _by_first_word(values: Mapping[str, str]) -> Phrases:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for phrase, value in values.items():
        words = split_phrase(phrase)
        found.setdefault(words[0], []).append((words, value))
    return {first: tuple(sorted(rest, key=lambda r: -len(r[0]))) for first, rest in found.items()}


@cache
def words_of(context: str) -> frozenset[str]:
    """The words that decide at one place of the grammar, by the name it gives them: ``words_of("before_clock")``."""
    return _contexts()[context]


@cache
def _contexts() -> dict[str, frozenset[str]]:
    return {row["context"]: frozenset(row["words"].split(" ")) for row in table("dates/contexts")}
