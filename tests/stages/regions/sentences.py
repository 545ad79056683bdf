"""Reads the labelled sentences of `data/` and says what a label means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pipeline.gazetteer import gazetteer

if TYPE_CHECKING:
    from pipeline.annotations import RegionValue

DATA = Path(__file__).parent / "data"
MARK = re.compile(r"\[([^\]=]+)=([^\]]+)\]")
KNOWN_FAILURE = re.compile(r"xfail\(([^)]+)\): ")


class Label(NamedTuple):
    """A mention as labelled: its extent in the text without markup, and what it means."""

    start: int
    end: int
    means: str


@dataclass(frozen=True)
class Sentence:
    """One labelled text; `fails` is the reason of a known failure."""

    file: str
    line: int
    text: str
    labels: tuple[Label, ...]
    fails: str | None = None

    @property
    def name(self) -> str:
        """What a test of it is called."""
        return f"{self.file}:{self.line}"


def read_sentences() -> list[Sentence]:
    """All labelled texts, in the order of the files."""
    found = []
    for path in sorted(DATA.glob("*.txt")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
            if line and not line.startswith("#"):
                found.append(parse(line, file=path.stem, line=number))
    return found


def parse(marked: str, *, file: str = "", line: int = 0) -> Sentence:
    """Cut the markup out: ``"In [Harbin=哈尔滨市]."`` is ``"In Harbin."`` with one label at 3 to 9."""
    failure = KNOWN_FAILURE.match(marked)
    rest = marked[failure.end() :] if failure else marked
    text, labels, last = "", [], 0
    for match in MARK.finditer(rest):
        text += rest[last : match.start()]
        labels.append(Label(len(text), len(text) + len(match[1]), match[2]))
        text += match[1]
        last = match.end()
    return Sentence(file, line, text + rest[last:], tuple(labels), failure[1] if failure else None)


@cache
def key_of(means: str) -> str:
    """The gazetteer's key of a label: ``"鼓楼区/南京市"`` → ``"320106"``, ``"London, GB"`` → GeoNames' number."""
    if gazetteer().get(means):
        return means
    name, _, parent = means.partition(", ")
    if parent:
        return next(p.key for p in gazetteer() if (p.name, p.parent) == (name, parent) and p.group == "city")
    name, _, upper = means.partition("/")
    matching = [p for p in gazetteer() if p.name_zh == name and p.valid_to is None and p.group == "division"]
    if upper:
        matching = [p for p in matching if (above := gazetteer().get(p.upper or "")) and above.name_zh == upper]
    assert len(matching) == 1, (means, [p.key for p in matching])
    return matching[0].key


def is_right(value: RegionValue, means: str) -> bool:
    """Say whether a mention's value is what its label says."""
    flags = {flag.code for flag in value.flags}
    if means in "?!":
        wanted = "ambiguous-region" if means == "?" else "unknown-region"
        return wanted in flags and value.adcode is None and value.iso_code is None
    return value.key == key_of(means)
