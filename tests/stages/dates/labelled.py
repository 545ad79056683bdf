"""Reads the labelled sentences of `data/` (format: `data/README.md`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

DATA = Path(__file__).parent / "data"
_LABEL = re.compile(r"\{([^{}|]+)\|([^{}]*)\}")


@dataclass(frozen=True)
class Label:
    """One expected expression; `bounds` is None where the label says nothing of them."""

    start: int
    end: int
    type: str
    value: str
    mod: str | None
    bounds: str | None


@dataclass(frozen=True)
class Example:
    """A text without its braces, the day it was written, and what is to be found."""

    where: str
    text: str
    anchor: date | None
    dateline: date | None
    labels: tuple[Label, ...]
    failure: str | None


def examples(name: str) -> Iterator[Example]:
    """The examples of ``data/<name>.txt`` in order."""
    days: list[date | None] = [None, None]
    failure = None
    for number, line in enumerate((DATA / f"{name}.txt").read_text("utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("@"):
            read = [None if d == "none" else date.fromisoformat(d) for d in line[1:].split()]
            days = [*read, None][:2]
        elif line.startswith("!"):
            failure = line[1:].strip()
        else:
            text, labels = _read(line)
            yield Example(f"{name}.txt:{number}", text, days[0], days[1], labels, failure)
            failure = None


def _read(line: str) -> tuple[str, tuple[Label, ...]]:
    labels, text, at = [], "", 0
    for match in _LABEL.finditer(line):
        text += line[at : match.start()]
        start = len(text)
        text += match.group(1)
        labels.append(_label(start, len(text), match.group(2)))
        at = match.end()
    return text + line[at:], tuple(labels)


def _label(start: int, end: int, said: str) -> Label:
    value, _, bounds = said.partition("|")
    value, _, mod = value.partition("+")
    kind, _, rest = value.rpartition(" ")
    if not kind:
        kind = "DURATION" if re.match(r"P[T\dX]", rest) else "TIME" if "T" in rest.replace("_REF", "")[4:] else "DATE"
        kind = "DATE" if rest.endswith("_REF") else kind
    return Label(start, end, kind, rest, mod or None, bounds or None)
