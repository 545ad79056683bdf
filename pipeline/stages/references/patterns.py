"""The nominals and pronouns that can mean an entity, and what each may mean."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import cast

from pipeline.annotations import EntityKind
from pipeline.resources import table, words

#: How many sentences back a nominal may reach; "the country" and "the province" hold for longer than "the company".
REACH = {"organisation": 12, "region": 12, "person": 6}
#: How many sentences back "he" and "she" may reach.
PRONOUN_REACH = 3
#: … and how many where the article has one person only.
LONG_PRONOUN_REACH = 12

#: "**the** ministry", "**this** province": what opens a nominal.
OPENERS = frozenset(("the", "this", "that"))


@dataclass(frozen=True, slots=True)
class Nominal:
    """A noun and what it can mean: heads of names, kinds of regions or organisations, roles or groups of roles."""

    kind: EntityKind
    heads: frozenset[str]
    kinds: frozenset[str]
    #: The noun itself where only what the text has called so is meant: "**broker** Deyang Homes … the broker".
    called: str | None
    #: How many sentences back it may reach.
    reach: int


@cache
def nominals() -> dict[str, Nominal]:
    """The nouns of `nominals.csv`, in lower case."""
    return {row["noun"].lower(): _nominal(row) for row in table("references/nominals")}


def _nominal(row: dict[str, str]) -> Nominal:
    kind, matches = cast("EntityKind", row["kind"]), row["matches"]
    reach = int(row["reach"] or REACH[kind])
    for label in ("kind:", "group:"):
        if matches.startswith(label):
            return Nominal(kind, frozenset(), frozenset([matches.removeprefix(label)]), None, reach)
    if matches == "called":
        return Nominal(kind, frozenset(), frozenset(), row["noun"].lower(), reach)
    if kind == "region":
        return Nominal(kind, frozenset(), frozenset(matches.split()), None, reach)
    return Nominal(kind, frozenset(matches.removeprefix("head:").split()), frozenset(), None, reach)


@cache
def pronouns() -> dict[str, str]:
    """The pronouns that mean one person, with the gender of each."""
    return {row["word"]: row["gender"] for row in table("references/pronouns")}


@cache
def kinds_of_level(level: str) -> tuple[str, ...]:
    """The kinds of region that a level of government stands for: ``"provincial"`` → province, autonomous_region."""
    return next((tuple(row["kinds"].split()) for row in table("references/levels") if row["level"] == level), ())


def is_levelled(name: str) -> bool:
    """Tell a name that begins with its level, in lower case: ``"provincial Department of Commerce"`` → True."""
    first = name.split(maxsplit=1)[0] if name.strip() else ""
    return first.islower() and bool(kinds_of_level(first))


def gender_of(word: str) -> str | None:
    """What a title or an honorific says of the person: ``"chairwoman"`` → female, ``"Mr"`` → male, else None."""
    low = word.lower()
    if low in words("references/female_words"):
        return "female"
    return "male" if low in words("references/male_words") else None
