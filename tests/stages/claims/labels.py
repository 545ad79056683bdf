"""Reads the labelled quantities of `data/`: the format is in `data/README.md`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

DATA = Path(__file__).parent / "data"
PUBLISHED = date(2024, 3, 15)
KINDS = {
    "pct": ("percent", "percent"),
    "pp": ("percentage_point", "percent"),
    "rank": ("1", "rank"),
    "x": ("1", "multiple"),
}
COMPARATORS = ("~", ">", ">=", "<", "<=")
CHANGES = {"+": "increase", "-": "decrease"}


@dataclass
class Label:
    """One quantity with every slot that the label states."""

    surface: str
    value: Decimal
    high: Decimal | None
    unit: str
    kind: str | None
    measures: tuple[str, ...]
    comparator: str = "="
    change: str | None = None
    basis: str | None = None
    regions: tuple[frozenset[str], ...] = (frozenset(),)
    dates: tuple[str | None, ...] = (None,)
    until: str | None = None
    speaker: str | None = None
    relation: str | None = None
    related: str | None = None
    known: dict[str, str] = field(default_factory=dict)


@dataclass
class Example:
    """One text with its labels."""

    source: str
    text: str
    published: date
    labels: list[Label]


def examples() -> list[Example]:
    """Every labelled text, in file order."""
    found = []
    for path in sorted(DATA.glob("*.txt")):
        if path.stem != "traps":
            found.extend(_read(path))
    return found


def _read(path: Path) -> list[Example]:
    found: list[Example] = []
    for block in path.read_text("utf-8").strip().split("\n\n"):
        published, lines = PUBLISHED, block.splitlines()
        if lines[0].startswith("@ "):
            published, lines = date.fromisoformat(lines[0][2:]), lines[1:]
        example = Example(path.stem, lines[0].replace(" ¶ ", "\n"), published, [])
        for line in lines[1:]:
            if line.startswith("= "):
                example.labels.append(_label(line[2:]))
            elif line.startswith("! "):
                slot, _, reason = line[2:].partition(": ")
                example.labels[-1].known[slot] = reason
        found.append(example)
    return found


def _label(line: str) -> Label:
    surface, amount, measures, *flags = [part.strip() for part in line.split(" ; ")]
    number, _, code = amount.partition(" ")
    low, _, high = number.partition("..")
    unit, kind = KINDS.get(code, (code or "1", None))
    label = Label(surface, Decimal(low), Decimal(high) if high else None, unit, kind, tuple(measures.split(" / ")))
    for flag in flags:
        _apply(label, flag)
    return label


def _apply(label: Label, flag: str) -> None:
    word, _, rest = flag.partition(" ")
    if flag in COMPARATORS:
        label.comparator = flag
    elif flag in CHANGES:
        label.change = CHANGES[flag]
    elif word == "in":
        options = [option for part in rest.split(" or ") for option in [part.strip()]]
        label.regions = tuple(frozenset() if o == "-" else frozenset(re.split(r" & ", o)) for o in options)
    elif word == "on":
        label.dates = tuple(None if option.strip() == "-" else option.strip() for option in rest.split(" or "))
    elif word in ("part_of", "equivalent", "compared_with"):
        label.relation, label.related = word, rest
    else:
        slots = {"until": "until", "by": "speaker", "basis": "basis"}
        setattr(label, slots[word], rest)


def traps() -> list[tuple[str, list[tuple[str, tuple[str, ...]]]]]:
    """Sentences with the outcomes that each number may have."""
    found = []
    body = (DATA / "traps.txt").read_text("utf-8").strip()
    for block in body.split("\n\n")[1:]:
        lines = block.splitlines()
        pairs = [line.split(" ; ") for line in lines[1:]]
        found.append((lines[0], [(surface, tuple(outcome.split("/"))) for surface, outcome in pairs]))
    return found
