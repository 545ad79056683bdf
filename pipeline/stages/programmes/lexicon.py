"""The tables of this stage: heads of programme names, nominals, verbs, words that rule a programme out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pipeline.resources import table, words
from pipeline.schema import ProgrammeKind

FOLDER = "programmes"


@dataclass(frozen=True, slots=True)
class Head:
    """The words that a programme's name ends in ("pilot program"), and how much they say by themselves (1 or 2)."""

    words: tuple[str, ...]
    kind: ProgrammeKind
    family: str
    weight: int
    plural: bool


@cache
def names(name: str) -> frozenset[str]:
    """The word list `name` of this stage."""
    return words(f"{FOLDER}/{name}")


@cache
def heads() -> Mapping[str, tuple[Head, ...]]:
    """The heads under their last word in lower case, the longest first."""
    index: dict[str, list[Head]] = {}
    for row in table(f"{FOLDER}/heads"):
        parts = tuple(row["phrase"].lower().replace("-", " - ").split())
        kind: ProgrammeKind = row["kind"]  # type: ignore[assignment]
        head = Head(parts, kind, row["family"], int(row["weight"]), bool(row["plural"]))
        index.setdefault(parts[-1], []).append(head)
    return {word: tuple(sorted(listed, key=lambda head: -len(head.words))) for word, listed in index.items()}


@cache
def nominals() -> Mapping[str, frozenset[str]]:
    """The families that a noun with "the" can mean: ``{"scheme": {"pilot", "scheme"}, …}``."""
    index: dict[str, set[str]] = {}
    for row in table(f"{FOLDER}/nominals"):
        index.setdefault(row["word"], set()).add(row["family"])
    return {word: frozenset(families) for word, families in index.items()}


@cache
def verbs() -> Mapping[str, str]:
    """What a verb form says of a programme: "start", "issue", "announce", "run", "cover", "join", "serve" or "end"."""
    return {row["form"]: row["group"] for row in table(f"{FOLDER}/verbs")}
