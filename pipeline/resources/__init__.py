"""What somebody who does not program could correct: tables and word lists, read once, when first asked for."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files


@cache
def words(name: str) -> frozenset[str]:
    """The lines of `name`.txt, blank ones and comments (`#`) left out."""
    return frozenset(ordered_words(name))


@cache
def ordered_words(name: str) -> tuple[str, ...]:
    """The lines of `name`.txt in their order, blank ones and comments (`#`) left out."""
    lines = (line.strip() for line in _read(f"{name}.txt").splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `name`.csv, each a mapping from column to text."""
    return tuple(csv.DictReader(_read(f"{name}.csv").splitlines()))


def _read(name: str) -> str:
    return files(__name__).joinpath(name).read_text("utf-8")
